/** Figures, money and times as people read them, in the language of the interface. What is not known is a dash. */
import type { Precision } from '../core/record.ts';
import { currencyExponent } from './money.ts';
import { resolveTimeZone } from './time.ts';

/** Stands for "not reported", never for zero. */
export const unknownMark = '—';

/**
 * The count as it is known: `12,589`; `≥13,000` for a lower bound; `≈12,500` where digits were rounded away, were
 * abbreviated, or may have been (`unknown`, null).
 */
export function formatCount(count: number | null, precision: Precision | null, locale: string): string {
  if (count === null) return unknownMark;
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
  if (precision === 'exact') return digits;
  return precision === 'lower_bound' ? `≥${digits}` : `≈${digits}`;
}

/** A ratio such as a metric: up to so many decimals, none that are zero. */
export function formatRatio(ratio: number | null, locale: string, decimals = 4): string {
  if (ratio === null) return unknownMark;
  return new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(ratio);
}

/**
 * Minor units as an amount: 7200 CNY → `CN¥72.00`, 99000 VND → `₫99,000`. A dash without a currency, since minor units
 * mean nothing without its exponent. Who declared the unit is the caller's to show.
 */
export function formatMoney(minor: number | null, currency: string | null, locale: string): string {
  if (minor === null || currency === null) return unknownMark;
  const digits = currencyExponent(currency);
  const amount = minor / 10 ** digits;
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (/^[A-Z]{3}$/u.test(currency)) {
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction }).format(amount);
  }
  return `${new Intl.NumberFormat(locale, fraction).format(amount)} ${currency}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `0:12`, `75:00` never: `1:15:00`. Whole seconds, cut off as the platforms do. */
export function formatDuration(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || ms < 0) return unknownMark;
  const seconds = Math.floor(ms / 1000);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A time with its zone: `Jun 18, 2025, 02:06:05 UTC`. `zone` is an IANA zone, `UTC` or `local`. */
export function formatTime(ms: number | null, zone: string, locale: string): string {
  if (ms === null || Number.isNaN(new Date(ms).getTime())) return unknownMark;
  return new Intl.DateTimeFormat(locale, {
    timeZone: resolveTimeZone(zone),
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(ms);
}

const ageUnits: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago: `now`, `3 min. ago`, `2 days ago`; cut off to the unit, as ages are. */
export function formatAge(ms: number | null, now: number, locale: string): string {
  if (ms === null || !Number.isFinite(ms)) return unknownMark;
  const distance = ms - now;
  const [unit, length] = ageUnits.find(([, unitMs]) => Math.abs(distance) >= unitMs) ?? [null, 1];
  if (unit === null) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  // Never `auto` here: "yesterday" is a calendar day, and 25 hours may lie on the day before that.
  return new Intl.RelativeTimeFormat(locale, { style: 'short' }).format(Math.trunc(distance / length), unit);
}
