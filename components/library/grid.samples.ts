/** Refs for tests. */
import type { RefKey } from '../../lib/core/ref.ts';

/** The ref of the n-th thing. */
export function addressOf(number: number): RefKey {
  return `tiktok:post:${7_500_000_000_000_000 + number}`;
}
