/** What the options page shows of a provider's allowance. Pure. */
import type { Limits, Usage } from '../core/usage.ts';
import type { UsageView } from '../messaging/protocol.ts';
import { endOfRest } from '../transport/breaker.ts';
import { callsOn, nextMidnight } from '../transport/quota.ts';

/**
 * The view of what is kept of a provider's calls. `ownLimit`: the researcher's own calls per day; null: none. `now`: Unix
 * ms. The provider's clock decides when its day ends, as far as it is known.
 */
export function usageView(limits: Limits, ownLimit: number | null, usage: Usage | null, now: number): UsageView {
  const skew = usage?.skew_ms ?? 0;
  const perDay = [limits.perDay, ownLimit].filter((limit) => limit !== null);
  const rests = [usage?.refused_until ?? 0, usage ? (endOfRest(usage) ?? 0) : 0];
  const until = Math.max(...rests);
  return {
    limits,
    perDay: perDay.length > 0 ? Math.min(...perDay) : null,
    callsToday: usage ? callsOn(usage, now + skew, limits.dayZone).calls : 0,
    resetsAt: nextMidnight(now + skew, limits.dayZone) - skew,
    restsUntil: until > now ? until : null,
    lastError: usage?.last_error ?? null,
    skewMs: usage?.skew_ms ?? null,
  };
}
