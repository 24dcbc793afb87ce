/** How far a job is: its counts, how fast it goes and how long it will take. Pure. */
import type { Job, JobCounts, JobItemState } from './job.ts';

export interface JobProgress {
  /** Things that have their result. */
  readonly settled: number;
  /** From 0 to 1; null where nobody knows how many there will be (a listing to its end, a watchlist). */
  readonly share: number | null;
  /** Things per minute of running; null: not known yet. */
  readonly perMinute: number | null;
  /** Ms of running that are left at this rate; null: not known. */
  readonly leftMs: number | null;
}

/** Shorter than this nothing is to be learned of the rate. */
const shortestMs = 2_000;
const minuteMs = 60_000;

/** Things that have their result. */
export function settledOf({ done, failed, skipped }: JobCounts): number {
  return done + failed + skipped;
}

/** How many things a job will have in the end; null: nobody knows. */
function expectedOf({ plan, counts, state }: Job): number | null {
  if (plan.kind === 'watchlist') return null;
  if (plan.kind !== 'listing') return counts.total;
  return state === 'done' ? counts.total : plan.most;
}

/** What a job's counts and its time of running tell. A rate is reckoned from calls: what was left out took no time. */
export function progressOf(job: Job): JobProgress {
  const { counts, active_ms, plan, state } = job;
  const settled = settledOf(counts);
  const expected = expectedOf(job);
  const asked = counts.done + counts.failed;
  // The looks of a watchlist are not counted, its things are.
  const isKnown = plan.kind !== 'watchlist' && active_ms >= shortestMs && asked > 0;
  const perMinute = isKnown ? (asked / active_ms) * minuteMs : null;
  const isOver = state === 'done' || state === 'cancelled';
  const left = expected === null ? null : Math.max(0, expected - settled);
  return {
    settled,
    share: expected === null || expected === 0 ? (isOver ? 1 : null) : Math.min(1, settled / expected),
    perMinute,
    leftMs: isOver ? 0 : left === null || perMinute === null ? null : Math.round((left / perMinute) * minuteMs),
  };
}

/** The count that an item of this state is in: what was asked for and is not there yet is still to come. */
function countOf(state: JobItemState): 'queued' | 'done' | 'failed' | 'skipped' {
  return state === 'running' ? 'queued' : state;
}

/** The counts after items went from these states into those; `from` null: they are new. */
export function recounted(
  before: JobCounts,
  moves: readonly (readonly [from: JobItemState | null, to: JobItemState])[],
): JobCounts {
  const counts = { ...before };
  for (const [from, to] of moves) {
    if (from === null) counts.total += 1;
    else counts[countOf(from)] -= 1;
    counts[countOf(to)] += 1;
  }
  return counts;
}
