/** Words around values: sources, precisions, reasons, zones. How the values themselves are written: lib/analysis/format.ts. */
import { formatAge } from '../lib/analysis/format.ts';
import type { AnyRecord, FigureNote } from '../lib/core/record.ts';
import type { Translate } from '../lib/i18n/index.ts';
import { providerById } from '../lib/providers/index.ts';

/** Younger than this needs no number. */
const justNowMs = 60_000;

/** "Gateway", "page data (statsV2)": where a figure was read. */
export function sourceName(t: Translate, source: string): string {
  if (source.startsWith('api:')) return providerName(t, source.slice(4));
  const key = `source_${source}`;
  // Where in the page's data: the names there are the platform's own.
  return t.has(key) ? t(key) : t('source_in_page', source);
}

/** A provider by the name that people know; its id where it is no longer in the registry. */
export function providerName(t: Translate, id: string): string {
  const key = `provider_${id.replaceAll('-', '_')}_name`;
  return t.has(key) ? t(key) : (providerById(id)?.label ?? id);
}

/** "just now", "3 min. ago". */
export function ageText(t: Translate, time: number, now: number): string {
  return Math.abs(now - time) < justNowMs ? t('just_now') : formatAge(time, now, t.locale);
}

/** "exact", "lower bound, read from “1.3万+”". */
export function precisionText(t: Translate, note: FigureNote): string {
  const word = t(`precision_${note.precision}`);
  return note.raw ? t('precision_read_from', word, note.raw) : word;
}

/** "exact · Gateway · observed 3 min ago"; without the precision where that is said elsewhere. */
export function noteText(t: Translate, note: FigureNote, now: number, withPrecision: boolean): string {
  const when = note.observed_at === null ? 'figure_fetched_ago' : 'figure_observed_ago';
  const age = ageText(t, exactTime(note), now);
  return [withPrecision ? precisionText(t, note) : null, sourceName(t, note.source), t(when, age)]
    .filter(Boolean)
    .join(' · ');
}

/** When the source saw the figure, else when we got it. */
export function exactTime(note: FigureNote): number {
  return note.observed_at ?? note.fetched_at;
}

/** Why a field is null, in words. Never empty: a gap without a reason looks like a fault. */
export function missingText(
  t: Translate,
  record: Pick<AnyRecord, 'missing_reasons' | 'api_provider'>,
  field: string,
): string {
  const reason = record.missing_reasons[field] ?? 'not_observed';
  if (reason === 'not_in_response' && record.api_provider === null) return t('missing_not_in_page');
  return t(`missing_${reason}`);
}

/** "14:03", with the day where it is not today. */
export function clockText(t: Translate, time: number, zone: string, now: number): string {
  const far = Math.abs(time - now) > 12 * 3_600_000;
  return new Intl.DateTimeFormat(t.locale, {
    timeZone: zone,
    ...(far ? { month: 'short', day: 'numeric' } : {}),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(time);
}

/** "Europe/Berlin (Central European Standard Time)". */
export function zoneName(t: Translate, zone: string): string {
  if (zone === 'UTC') return 'UTC';
  const parts = new Intl.DateTimeFormat(t.locale, { timeZone: zone, timeZoneName: 'long' }).formatToParts();
  const name = parts.find((part) => part.type === 'timeZoneName')?.value;
  return name && name !== zone ? `${zone} (${name})` : zone;
}

/** The name of a language in the reader's own ("Chinese (China)"); the tag itself where it is not one. */
export function languageName(t: Translate, tag: string): string {
  try {
    return new Intl.DisplayNames([t.locale], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** The name of a country in the reader's language; the code itself where it is not one ("FAKE-AD"). */
export function regionName(t: Translate, code: string): string {
  if (!/^[A-Za-z]{2}$/u.test(code)) return code;
  const name = new Intl.DisplayNames([t.locale], { type: 'region' }).of(code.toUpperCase());
  return name && name !== code ? `${name} (${code.toUpperCase()})` : code;
}

const sizeUnits = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "3.4 MB", in steps of a thousand as browsers and file managers count. */
export function sizeText(bytes: number, locale: string): string {
  const step = bytes < 1e3 ? 1 : Math.min(sizeUnits.length, Math.floor(Math.log10(bytes) / 3));
  const unit = sizeUnits[step - 1] ?? 'kilobyte';
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / 1e3 ** step);
}
