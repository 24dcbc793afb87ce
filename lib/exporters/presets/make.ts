/** What the lists of preset columns are written with: how a column is made of ours, and the forms that tools share. */
import { isoInZone } from '../../analysis/time.ts';
import type { ColumnType, JsonValue } from '../columns/column.ts';
import type { ExportContext } from '../exporter.ts';
import type { CellReader, PresetColumn } from './preset.ts';

/** What a column is, in English and Chinese. */
export type Words = readonly [en: string, zhCn: string];

type Value = (cell: CellReader, context: ExportContext) => JsonValue;

/** Declares a column that is one of ours under another name. `words`: where it means something else than ours. */
export function renamed(header: string, type: ColumnType, from: string, words?: Words): PresetColumn {
  return { header, type, from: [from], ...described(words) };
}

/** Declares a column that is made of ours. It is given no record, so that it holds nothing but what `from` names. */
export function made(
  header: string,
  type: ColumnType,
  from: readonly string[],
  value: Value,
  words?: Words,
): PresetColumn {
  return { header, type, from, value: (cell, _record, context) => value(cell, context), ...described(words) };
}

/** Declares a column that is one of ours in another form. */
export function formed(
  header: string,
  type: ColumnType,
  from: string,
  form: (value: JsonValue, context: ExportContext) => JsonValue,
  words?: Words,
): PresetColumn {
  return made(header, type, [from], (cell, context) => form(cell(from), context), words);
}

/** Declares a column that stays empty, and why. */
export function never(header: string, type: ColumnType, ...[en, zhCn]: Words): PresetColumn {
  return { header, type, from: [], unfillable: { en, zh_CN: zhCn } };
}

function described(words: Words | undefined): Pick<PresetColumn, 'description'> {
  return words ? { description: { en: words[0], zh_CN: words[1] } } : {};
}

export function textOf(value: JsonValue): string | null {
  return typeof value === 'string' ? value : null;
}

/** The texts of a list; a gap is the empty text. */
export function textsOf(value: JsonValue): readonly string[] {
  return Array.isArray(value) ? value.map((entry) => (typeof entry === 'string' ? entry : '')) : [];
}

/** A list as one text; null where nothing is in it. */
export function joinedWith(separator: string): (value: JsonValue) => string | null {
  return (value) => textsOf(value).join(separator) || null;
}

/** The lines of a text as one line. */
export function linesJoinedWith(separator: string): (value: JsonValue) => string | null {
  return (value) => textOf(value)?.replaceAll('\n', separator) ?? null;
}

/** Each text of a list as a structure of its own; null where nothing is in it. */
export function objectsUnder(name: string): (value: JsonValue) => JsonValue {
  return (value) => {
    const texts = textsOf(value);
    return texts.length === 0 ? null : texts.map((text) => ({ [name]: text }));
  };
}

/** Only a platform's own word makes a yes or a no. */
export function yesOrNo(value: JsonValue): 'yes' | 'no' | null {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : null;
}

/** As Python writes them. */
export function pythonBoolean(value: JsonValue): 'True' | 'False' | null {
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : null;
}

/** An ISO 8601 time without its offset: `2025-06-18T10:06:05`. */
export function bareTime(value: JsonValue): string | null {
  return textOf(value)?.slice(0, 19) ?? null;
}

/** An ISO 8601 time as `2025-06-18 10:06:05`. */
export function spacedTime(value: JsonValue): string | null {
  return bareTime(value)?.replace('T', ' ') ?? null;
}

/** An ISO 8601 time in UTC on the clocks of the export's zone, as `2025-06-18 10:06:05`. */
export function spacedLocalTime(value: JsonValue, { timeZone }: ExportContext): string | null {
  const text = textOf(value);
  return text === null ? null : spacedTime(isoInZone(Date.parse(text), timeZone));
}

/** Whole seconds, minutes and hours of a length in seconds; null: it is not known. */
export function clockParts(value: JsonValue): readonly [hours: number, minutes: number, seconds: number] | null {
  if (typeof value !== 'number') return null;
  const whole = Math.floor(value);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
}

/** The page that a comment was met on, where that is its post's own. Uses `collected_from_url` and `post_id`. */
export function postAddressOf(cell: CellReader): string | null {
  const page = textOf(cell('collected_from_url'));
  const post = textOf(cell('post_id'));
  return page !== null && post !== null && new RegExp(`/(?:video|photo|note)/${post}$`, 'u').test(page) ? page : null;
}
