/** What a provider allows, and what was used of it: the transport counts, surfaces show. */
import type { WireError } from './errors.ts';

/** How fast and how often one credential may call. A rate limit heals by waiting; the daily allowance by a new day only. */
export interface Limits {
  /** Calls per second, on average. */
  readonly perSecond: number;
  /** Calls that may start at once after a rest; at least 1. */
  readonly burst: number;
  /** Calls that may be under way at once. */
  readonly concurrency: number;
  /** Calls per day; null: no such limit is known. */
  readonly perDay: number | null;
  /** Where midnight begins a new day of the allowance. */
  readonly dayZone: 'UTC' | 'Asia/Shanghai';
}

/** What is kept of one provider's calls, committed before each of them: a worker that dies has spent what it spent. */
export interface Usage {
  readonly provider: string;
  /** The token bucket: so many tokens at this time (Unix ms). A restart is not a refill. */
  readonly tokens: number;
  readonly tokens_at: number;
  /** The day (`2026-11-21`, in the limits' zone) that `calls` counts. */
  readonly day: string;
  readonly calls: number;
  /** Unix ms until which the provider said that there is nothing left, or that it is too much; null: it did not. */
  readonly refused_until: number | null;
  /** Failures in a row of the provider itself (not of one item, not of the key). */
  readonly failures: number;
  /** Unix ms since when the breaker is open; null: closed. */
  readonly opened_at: number | null;
  /** The provider's clock minus ours, from the Date header of its answers; null: not seen yet. */
  readonly skew_ms: number | null;
  /** The last one that was not about one item; null: none, or a later call succeeded. */
  readonly last_error: { readonly error: WireError; readonly at: number } | null;
}

/** Where usage is kept. */
export interface UsageStore {
  read(provider: string): Promise<Usage | null>;
  write(usage: Usage): Promise<void>;
  /** Another key: what the former one used says nothing of it. */
  forget(provider: string): Promise<void>;
}
