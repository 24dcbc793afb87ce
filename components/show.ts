/** How values are written, in the reader's language and time zone. The numbers' rules are in lib/analysis/format.ts. */
import type { FigureNote } from '../lib/core/record.ts';
import type { Translate } from '../lib/i18n/index.ts';
import { providerById } from '../lib/providers/index.ts';

/** "3 min ago"; the clock time where it is more than a month ago. */
export function ago(t: Translate, now: number, time: number): string {
  const seconds = Math.round((time - now) / 1000);
  if (Math.abs(seconds) < 45) return t('time_just_now');
  const format = new Intl.RelativeTimeFormat(t.locale, { numeric: 'always', style: 'short' });
  const units = [
    ['minute', 60],
    ['hour', 3_600],
    ['day', 86_400],
    ['month', 2_629_800],
    ['year', 31_557_600],
  ] as const;
  const unit = units.findLast(([, length]) => Math.abs(seconds) >= length) ?? units[0];
  return format.format(Math.trunc(seconds / unit[1]) || Math.sign(seconds), unit[0]);
}

/** "Gateway", "page data (statsV2)": where a figure was read. */
export function sourceName(t: Translate, source: string): string {
  if (source.startsWith('api:')) return providerName(source.slice(4));
  const key = `source_${source}`;
  return t.has(key) ? t(key) : source;
}

/** A provider by the name that people know; its id where it is no longer in the registry. */
export function providerName(id: string): string {
  return providerById(id)?.label ?? id;
}

/** "exact", "lower bound, read from “1.3万+”". */
export function precisionText(t: Translate, note: FigureNote): string {
  const word = t(`precision_${note.precision}`);
  return note.raw ? t('precision_read_from', word, note.raw) : word;
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
