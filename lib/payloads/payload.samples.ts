/** For tests: contexts in which answers arrive. */
import type { PayloadContext } from './payload.ts';

/** A live answer of this time. */
export function contextAt(fetchedAt: number, changes: Partial<PayloadContext> = {}): PayloadContext {
  return { collectedVia: 'api', provider: null, endpoint: null, pageUrl: null, fetchedAt, ...changes };
}
