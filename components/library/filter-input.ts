/** What people type into a filter, and what it means. Pure. */
import { formatDuration } from '../../lib/analysis/format.ts';
import { currencyExponent } from '../../lib/analysis/money.ts';
import { parseCount } from '../../lib/core/counts.ts';
import type { LibraryColumn } from '../../lib/messaging/protocol.ts';
import { isWorded } from './column-words.ts';
import { dayEnd, dayOf, dayStart } from './zoned.ts';

/** How a column's filter is edited. */
export type FilterManner = 'range' | 'choice' | 'text' | 'flag';

/** Columns of texts that few records share, beside the lists: what is chosen from, not searched in. */
const chosen =
  /^(?:tags|hashtags|author_handle|author_name|category_l[123]|currency|shop_name|brand|region|caption_language|language|music_title|projects?|ratio|definition)$/u;

/** A column's usual way to be filtered. */
export function filterManner({ name, type }: Pick<LibraryColumn, 'name' | 'type'>): FilterManner {
  if (type === 'boolean') return 'flag';
  if (type === 'list') return 'choice';
  if (type === 'text') return isWorded(name) || chosen.test(name) ? 'choice' : 'text';
  return 'range';
}

export interface Units {
  /** IANA zone of days. */
  readonly zone: string;
  /** ISO 4217 of amounts; null: minor units are typed as they are. */
  readonly currency: string | null;
}

export type Bound = 'from' | 'to';

/** A bound as typed, in the column's raw unit; null for an empty text; undefined for what is none. */
export function parseBound(
  type: LibraryColumn['type'],
  typed: string,
  bound: Bound,
  units: Units,
): number | null | undefined {
  const text = typed.trim();
  if (text === '') return null;
  if (type === 'time') return (bound === 'from' ? dayStart : dayEnd)(text, units.zone) ?? undefined;
  if (type === 'duration') return parseDuration(text);
  if (type === 'money' && units.currency !== null) return parseAmount(text, units.currency);
  if (type === 'number') return parseDecimal(text);
  return parseCount(text)?.value ?? parseInteger(text);
}

/** The text that means this bound. */
export function boundText(type: LibraryColumn['type'], value: number | null, units: Units): string {
  if (value === null) return '';
  if (type === 'time') return dayOf(value, units.zone);
  if (type === 'duration') return value % 1000 === 0 ? formatDuration(value) : String(value / 1000);
  if (type === 'money' && units.currency !== null) {
    const digits = currencyExponent(units.currency);
    return (value / 10 ** digits).toFixed(digits);
  }
  return String(value);
}

/** `1:30`, `1:02:03`, `90`, `90 s`: ms. */
function parseDuration(text: string): number | undefined {
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{2})$/u.exec(text);
  if (clock) {
    const [, hours = '0', minutes = '0', seconds = '0'] = clock;
    return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  }
  const seconds = /^(\d+(?:\.\d{1,3})?)\s*(?:s|sec|秒)?$/u.exec(text)?.[1];
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1000);
}

/** An amount in the currency's minor units; what has more decimals than the currency is none. */
function parseAmount(text: string, currency: string): number | undefined {
  const match = /^(\d+)(?:\.(\d+))?$/u.exec(text.replaceAll(/[\s,]/gu, ''));
  if (!match) return undefined;
  const digits = currencyExponent(currency);
  const fraction = match[2] ?? '';
  if (fraction.length > digits) return undefined;
  return Number((match[1] ?? '') + fraction.padEnd(digits, '0'));
}

function parseDecimal(text: string): number | undefined {
  return /^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : undefined;
}

function parseInteger(text: string): number | undefined {
  return /^-?\d{1,15}$/u.test(text) ? Number(text) : undefined;
}
