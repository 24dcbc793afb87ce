/** How far a provider's clock is from ours, as the Date header of its answers tells (RFC 9110, 6.6.1). */
import type { AppError } from '../core/errors.ts';
import type { HttpResponse } from '../core/ports.ts';

/** Smaller differences are within what a header of whole seconds and a slow line can tell, and no API minds them. */
const smallestSkewMs = 30_000;
/** A server that believes in 1970 is not to be followed. */
const largestSkewMs = 366 * 86_400_000;
/** So much between the time that a call was signed with and the provider's explains a refusal. */
const skewWorthRetryingMs = 60_000;

/**
 * The provider's clock minus ours in ms, 0 for a small difference; null: the answer does not tell. `sentAt` is our time
 * (Unix ms) at which the request left: the header was written somewhere between then and the arrival.
 */
export function measureSkew({ headers, receivedAt }: HttpResponse, sentAt: number): number | null {
  const date = Date.parse(headers['date'] ?? '');
  // A cache on the way answers with the date of the original.
  if (Number.isNaN(date) || Number(headers['age'] ?? 0) !== 0) return null;
  // The header leaves out the fraction of its second: half of one on average.
  const skew = Math.round(date + 500 - (sentAt + receivedAt) / 2);
  if (Math.abs(skew) > largestSkewMs) return null;
  return Math.abs(skew) < smallestSkewMs ? 0 : skew;
}

/** Whether a call may have been refused for its time only. Both skews in ms: what it was signed with, what it learned. */
export function isClockToBlame(error: AppError, signedWith: number, learned: number | null): boolean {
  const isRefusal = error.code === 'auth' || /clock/u.test(error.details.advice ?? '');
  return isRefusal && learned !== null && Math.abs(learned - signedWith) > skewWorthRetryingMs;
}
