/** What a run of calls will take, in words, before anything is asked: "1,200 posts ≈ 1,200 calls ≈ $1.20, 7 min at 3 per second". */
import { estimateRun, type RunEstimate } from '../lib/analysis/estimate.ts';
import type { Settings } from '../lib/core/settings.ts';
import type { Translate } from '../lib/i18n/index.ts';
import type { CredentialState } from '../lib/messaging/protocol.ts';

/** So many calls with this credential, by the researcher's own price, and what is left of the day. */
export function estimateCalls(
  calls: number,
  state: CredentialState,
  settings: Settings,
): { readonly estimate: RunEstimate; readonly left: number | null } {
  const { limits, perDay, callsToday } = state.usage;
  const left = perDay === null ? null : Math.max(0, perDay - callsToday);
  const estimate = estimateRun({
    count: calls,
    perSecond: limits.perSecond,
    burst: limits.burst,
    callsPerItem: 1,
    price: settings.callPrices[state.provider] ?? null,
    callsLeft: left,
  });
  return { estimate, left };
}

/** "1,200 posts ≈ 1,200 calls ≈ $1.20, 7 min at 3 per second". `what` is what is asked for: "1,200 posts". */
export function estimateText(t: Translate, what: string, estimate: RunEstimate, perSecond: number): string {
  const cost = estimate.cost && priceText(estimate.cost.amount, estimate.cost.currency, t.locale);
  const amounts = [what, t('estimate_calls', count(t, estimate.calls)), cost].filter(Boolean).join(' ≈ ');
  if (estimate.durationMs === null) return amounts;
  const time = t('estimate_time', durationText(t, estimate.durationMs / 1000), count(t, perSecond));
  return `${amounts}${t('list_separator')}${time}`;
}

/** Where a run is more than what is left today, in words; null where it fits. */
export function beyondText(t: Translate, estimate: RunEstimate, left: number | null): string | null {
  if (estimate.fits || left === null) return null;
  return t('estimate_beyond', count(t, left), count(t, estimate.calls - left));
}

/** "$1.20"; so many decimals that a thousandth of a cent is not nothing. */
export function priceText(amount: number, currency: string, locale: string): string {
  const digits = amount !== 0 && amount < 0.1 ? { maximumSignificantDigits: 2 } : {};
  return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(amount);
}

/** "7 min", "2 h 5 min", "under a second"; rounded up, since nobody minds being done earlier. */
export function durationText(t: Translate, seconds: number): string {
  if (seconds < 1) return t('duration_moment');
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    new Intl.NumberFormat(t.locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  if (seconds < 90) return unit(Math.ceil(seconds), 'second');
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return unit(minutes, 'minute');
  const rest = minutes % 60;
  return [unit(Math.floor(minutes / 60), 'hour'), rest > 0 && unit(rest, 'minute')].filter(Boolean).join(' ');
}

function count(t: Translate, value: number): string {
  return new Intl.NumberFormat(t.locale).format(value);
}
