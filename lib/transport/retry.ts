/** Which failed call is made again, and when. */
import type { AppError, ErrorCode } from '../core/errors.ts';

const baseMs = 1_000;
const capMs = 30_000;

/**
 * How often a call is made again after an error of this code; never for codes that are not here. A call that was not
 * answered in time, or whose answer broke off, may have been billed: once more is all that it is worth.
 */
const mostRetries: Readonly<Partial<Record<ErrorCode, number>>> = {
  upstream: 3,
  network: 3,
  rate_limited: 3,
  timeout: 1,
  schema: 1,
};

/**
 * Ms to wait before the call is made again, having been made again `retries` times already; null: it is not. Exponential
 * back-off with full jitter, but never before the time that the provider named. `random` is from 0 to 1.
 */
export function retryDelay(error: AppError, retries: number, now: number, random: () => number): number | null {
  if (!error.retryable || retries >= (mostRetries[error.code] ?? 0)) return null;
  const jitter = random() * Math.min(capMs, baseMs * 2 ** retries);
  return Math.ceil(Math.max(jitter, (error.details.retryAt ?? 0) - now));
}
