/** Stops asking a provider that is down: after some failures in a row it rests, and then one call tries. */
import type { AppError, ErrorCode } from '../core/errors.ts';
import type { Usage } from '../core/usage.ts';

export type Breaker = Pick<Usage, 'failures' | 'opened_at'>;

const failuresToOpen = 5;
const firstRestMs = 30_000;
const longestRestMs = 10 * 60_000;

/** What a call said of its provider: it answered (whatever it thinks of the item or the key), it failed, or nothing. */
export type Outcome = 'answered' | 'failed' | 'unknown';

const saysNothing: ReadonlySet<ErrorCode> = new Set(['cancelled', 'internal', 'storage_full']);

/** What an error says of the provider; null: the call succeeded. */
export function outcomeOf(error: AppError | null): Outcome {
  if (error === null) return 'answered';
  if (saysNothing.has(error.code)) return 'unknown';
  if (error.code === 'network' || error.code === 'timeout') return 'failed';
  // What another try would not mend (a wrong address, an answer about another item) is no sign of a server that is down.
  return error.code === 'upstream' && error.retryable ? 'failed' : 'answered';
}

/** Unix ms until which an open breaker rests: 30 s, doubled by every probe that failed, at most 10 min; null: closed. */
export function endOfRest({ failures, opened_at }: Breaker): number | null {
  if (opened_at === null) return null;
  return opened_at + Math.min(longestRestMs, firstRestMs * 2 ** Math.max(0, failures - failuresToOpen));
}

/** Whether nobody may call. A time of opening that is still to come is one of a clock that was wrong. */
export function isResting(breaker: Breaker, now: number): boolean {
  const until = endOfRest(breaker);
  return until !== null && now < until && now >= (breaker.opened_at ?? 0);
}

/** The breaker after a call. `isProbe`: the one call that tried while it was open. */
export function afterOutcome(breaker: Breaker, outcome: Outcome, isProbe: boolean, now: number): Breaker {
  const { failures, opened_at } = breaker;
  if (outcome === 'unknown') return { failures, opened_at };
  // Calls that were under way when it opened neither close it nor lengthen its rest.
  if (opened_at !== null && !isProbe) return { failures, opened_at };
  if (outcome === 'answered') return { failures: 0, opened_at: null };
  const counted = failures + 1;
  return { failures: counted, opened_at: counted >= failuresToOpen ? now : null };
}
