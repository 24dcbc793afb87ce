/** What a run over many things would cost, before anything is sent. */

/** What one call costs, by the researcher's own figure. */
export interface CallPrice {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
}

export interface RunPlan {
  /** Things that are asked for. */
  readonly count: number;
  /** Calls per second, on average. */
  readonly perSecond: number;
  /** Calls that may start at once. */
  readonly burst: number;
  /** One for a lookup; for a list one divided by the page's size. */
  readonly callsPerItem: number;
  /** Null: nothing is known of it. */
  readonly price: CallPrice | null;
  /** What is left of today's allowance; null: no limit is known. */
  readonly callsLeft: number | null;
}

export interface RunEstimate {
  readonly calls: number;
  /** Null without a price. */
  readonly cost: CallPrice | null;
  /** Until the last call may start, in ms: answers take their own time. Null: it would never end. */
  readonly durationMs: number | null;
  /** Whether today's allowance suffices. */
  readonly fits: boolean;
}

/** Prices per call have up to six decimals; what is beyond them is the noise of binary fractions. */
const costDecimals = 1e6;

/**
 * The estimate of a run in which every call succeeds at once: 1,200 posts at 3 per second and $0.001 are 1,200 calls,
 * $1.20 and under 7 minutes. Pure; never throws; counts below zero are none.
 */
export function estimateRun({ count, perSecond, burst, callsPerItem, price, callsLeft }: RunPlan): RunEstimate {
  const calls = Math.max(0, Math.ceil(count * callsPerItem - Number.EPSILON * count));
  const waiting = Math.max(0, calls - Math.max(1, burst));
  return {
    calls,
    cost: price && {
      amount: Math.round(calls * price.amount * costDecimals) / costDecimals,
      currency: price.currency,
    },
    durationMs: waiting === 0 ? 0 : perSecond > 0 ? Math.ceil((waiting / perSecond) * 1000) : null,
    fits: callsLeft === null || calls <= callsLeft,
  };
}
