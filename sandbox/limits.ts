/** What an API of the sandbox lets through. Shares nothing with the extension: another algorithm, another clock. */

export interface SandboxLimit {
  perSecond: number;
  /** Calls that may come at once after a rest. */
  burst: number;
  perDay: number | null;
  /** Where the day of `perDay` begins, in hours east of Greenwich; Beijing's 8 without it. */
  dayOffsetHours?: number;
}

/** The limit of one API and what was let through so far. */
export interface Limiter {
  limit: SandboxLimit;
  /** When the next call is due that comes exactly at the allowed rate (Unix ms). */
  dueAt: number;
  day: number;
  calls: number;
}

const hourMs = 3_600_000;

export function createLimiter(limit: SandboxLimit): Limiter {
  return { limit, dueAt: 0, day: 0, calls: 0 };
}

/**
 * Lets a call through or says why not, with the whole seconds after which one would be let through. Refused calls cost
 * nothing. The generic cell rate algorithm: a call may come so much earlier than due as the burst allows.
 */
export function limitCall(
  limiter: Limiter,
  now: number,
): { refused: 'rate_limit' | 'quota'; retryAfter: number } | null {
  const { perSecond, burst, perDay, dayOffsetHours = 8 } = limiter.limit;
  const day = Math.floor((now + dayOffsetHours * hourMs) / (24 * hourMs));
  if (day !== limiter.day) {
    limiter.day = day;
    limiter.calls = 0;
  }
  if (perDay !== null && limiter.calls >= perDay) {
    return {
      refused: 'quota',
      retryAfter: Math.ceil(((day + 1) * 24 * hourMs - dayOffsetHours * hourMs - now) / 1000),
    };
  }
  const distance = 1000 / perSecond;
  const earliest = limiter.dueAt - (burst - 1) * distance;
  // A millisecond is what two clocks of whole milliseconds may differ by.
  if (now + 1 < earliest) return { refused: 'rate_limit', retryAfter: Math.ceil((earliest - now) / 1000) };
  limiter.dueAt = Math.max(limiter.dueAt, now) + distance;
  limiter.calls += 1;
  return null;
}

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32, public domain). */
export function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
