/** How many calls may be spent within a time, over all tabs: the worker does not trust what runs beside a page. */
export interface Budget {
  /** Takes one; null, or Unix ms at which the next one is there. */
  take(): number | null;
}

/** A budget of `limit` per `windowMs`. It starts full, as it would be after the idle time in which a worker is ended. */
export function createBudget(limit: number, windowMs: number, now: () => number): Budget {
  let taken: readonly number[] = [];
  return {
    take() {
      const time = now();
      // A time in the future is one from before the clock was set back.
      taken = taken.filter((moment) => moment > time - windowMs && moment <= time);
      const oldest = taken[0];
      if (oldest !== undefined && taken.length >= limit) return oldest + windowMs;
      taken = [...taken, time];
      return null;
    },
  };
}
