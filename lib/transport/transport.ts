/**
 * The one way to a provider: waits for its turn, counts, retries what may be retried, and stops asking who is down.
 * (Contract; the policy is in the files beside it.)
 */
import type { Http, WaitingClock } from '../core/ports.ts';
import type { Limits, Usage, UsageStore } from '../core/usage.ts';

/** Whose limits count, and what they are. */
export interface Policy {
  readonly provider: string;
  readonly limits: Limits;
}

export interface CallOptions {
  /** Names what is asked for: two calls under way with the same name share one answer. Null: never shared. */
  readonly name: string | null;
  readonly signal?: AbortSignal;
  /** Waiting longer than this for a turn or before a retry is an error, which says when to try again. Ms. */
  readonly patienceMs: number;
}

/** What a call is given: requests that keep the limits, and the provider's own time, by which requests are signed. */
export interface CallTools {
  readonly http: Http;
  /** Unix ms of the provider's clock, as far as its answers told. */
  readonly now: () => number;
}

export interface Transport {
  /**
   * Runs one call, which may send several requests, each counted. Throws what the call throws at last, or AppError
   * `quota_exhausted` (nothing left today: nothing was sent), `rate_limited` (waiting would exceed the patience),
   * `upstream` (the breaker is open), `cancelled`.
   */
  call<Value>(policy: Policy, options: CallOptions, make: (tools: CallTools) => Promise<Value>): Promise<Value>;
  usage(provider: string): Promise<Usage | null>;
}

export interface TransportDependencies {
  readonly http: Http;
  readonly clock: WaitingClock;
  readonly store: UsageStore;
  /** From 0 to 1, for the jitter. */
  readonly random: () => number;
}
