/** The arithmetic of a token bucket that is kept as two numbers, so that a restart is no refill. */
import type { Limits, Usage } from '../core/usage.ts';

export type Bucket = Pick<Usage, 'tokens' | 'tokens_at'>;

/** Sums of fractions miss a whole token by this much at most. */
const roundingError = 1e-6;

/** The bucket at `now` (Unix ms). A clock that was set back neither refills it nor makes it wait for the old time. */
export function refill(bucket: Bucket, { perSecond, burst }: Limits, now: number): Bucket {
  const gained = (Math.max(0, now - bucket.tokens_at) / 1000) * perSecond;
  return { tokens: Math.min(Math.max(1, burst), bucket.tokens + gained), tokens_at: now };
}

/** Ms until a refilled bucket holds that many tokens. */
export function timeToTokens({ tokens }: Bucket, { perSecond }: Limits, wanted = 1): number {
  const missing = wanted - tokens;
  return missing <= roundingError ? 0 : Math.ceil((missing / perSecond) * 1000);
}
