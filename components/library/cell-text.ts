/**
 * A cell of the table as text. Formats are made once each: a table that is scrolled writes hundreds of cells between two
 * frames, and to make a format costs a hundred times what it costs to use it.
 */
import { formatDuration } from '../../lib/analysis/format.ts';
import { currencyExponent } from '../../lib/analysis/money.ts';
import { isoInZone } from '../../lib/analysis/time.ts';
import type { Precision } from '../../lib/core/record.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { CellValue, LibraryColumn, LibraryRow } from '../../lib/messaging/protocol.ts';
import { missingText } from '../show.ts';
import { fieldOf, valueWord } from './column-words.ts';

/** Stands for "not reported" in a cell; its title says why. */
export const missingMark = '–';

/** What cells are written with. */
export interface Writing {
  readonly t: Translate;
  /** IANA zone of times. */
  readonly zone: string;
  /** Names of projects by their ids. */
  readonly projects: ReadonlyMap<string, string>;
}

export interface CellText {
  readonly text: string;
  /** Why there is no value, or how good it is. */
  readonly title?: string;
  readonly missing?: boolean;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** `12,589`. */
export function countText(count: number, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 0 }).format(count);
}

/** `0.064`: up to four decimals, none that are zero. */
export function ratioText(ratio: number, locale: string): string {
  return numberFormat(locale, { maximumFractionDigits: 4 }).format(ratio);
}

/** `12.5%`. */
export function percentText(share: number, locale: string): string {
  return numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);
}

/** `12K`, `1.2万`: for axes, where the exact number is a click away. */
export function shortCount(count: number, locale: string): string {
  return numberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(count);
}

/** Minor units as an amount of the currency; as they came where none is known, since they have no known decimals then. */
export function moneyText(minor: number, currency: string | null, locale: string): string {
  if (currency === null || !/^[A-Z]{3}$/u.test(currency)) return countText(minor, locale);
  const digits = currencyExponent(currency);
  const options = {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return numberFormat(locale, options).format(minor / 10 ** digits);
}

/** `2026-11-21 14:03` on the clocks of the zone. */
export function minuteText(ms: number, zone: string): string {
  return isoInZone(ms, zone)?.slice(0, 16).replace('T', ' ') ?? missingMark;
}

function precise(text: string, precision: Precision | undefined): string {
  if (precision === undefined || precision === 'exact') return text;
  return precision === 'lower_bound' ? `≥${text}` : `≈${text}`;
}

/** The currency of a record's amounts; null: none is known. */
export function currencyOf(record: object): string | null {
  return 'currency' in record && typeof record.currency === 'string' ? record.currency : null;
}

function missing(t: Translate, row: LibraryRow, column: LibraryColumn): CellText {
  const field = fieldOf(column.name);
  if (field in row.record || field in row.record.missing_reasons)
    return { text: missingMark, missing: true, title: missingText(t, row.record, field) };
  if (column.formula !== undefined) return { text: missingMark, missing: true, title: t('library_metric_missing') };
  return { text: missingMark, missing: true, title: t('figure_unknown') };
}

/** What a cell shows. */
export function cellText(writing: Writing, column: LibraryColumn, row: LibraryRow): CellText {
  const { t } = writing;
  const value: CellValue = row.values[column.name] ?? null;
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return missing(t, row, column);
  if (typeof value === 'boolean') return { text: t(value ? 'yes' : 'no') };
  if (typeof value === 'string') return { text: valueWord(t, column.name, value) };
  if (typeof value === 'number') return numberCell(writing, column, row, value);
  const word = (one: string) =>
    column.name === 'projects' ? (writing.projects.get(one) ?? one) : valueWord(t, column.name, one);
  return { text: value.map(word).join(t('list_separator')) };
}

function numberCell({ t, zone }: Writing, column: LibraryColumn, row: LibraryRow, value: number): CellText {
  const precision = row.record.figures[fieldOf(column.name)]?.precision;
  const title = precision === undefined || precision === 'exact' ? {} : { title: t(`precision_${precision}`) };
  switch (column.type) {
    case 'time':
      return { text: minuteText(value, zone) };
    case 'duration':
      return { text: formatDuration(value) };
    case 'money':
      return { text: precise(moneyText(value, currencyOf(row.record), t.locale), precision), ...title };
    case 'number':
      return { text: precise(ratioText(value, t.locale), precision), ...title };
    default:
      return { text: precise(countText(value, t.locale), precision), ...title };
  }
}
