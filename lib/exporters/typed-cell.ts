/** What formats with typed columns make of a cell. */
import type { JsonValue } from './columns/column.ts';
import type { ExportContext } from './exporter.ts';
import type { SheetColumn } from './sheet.ts';

const utcTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u;

/** Unix ms of a time that is written in UTC; null: it is not, or no time of the years 0 to 9999. */
export function utcMs(text: string): number | null {
  const ms = utcTime.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

function isOfType({ type, utc }: SheetColumn, value: JsonValue): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'time':
      return typeof value === 'string' && (!utc || utcMs(value) !== null);
    case 'list':
      return Array.isArray(value);
    case 'string':
    case 'json':
      return true;
  }
}

/**
 * The cell as its column's type has it; null where the value is of another type, which a typed column cannot hold:
 * `skipped` is told. Structures in columns of texts become JSON.
 */
export function typedCell(column: SheetColumn, value: JsonValue, { skipped }: ExportContext): JsonValue {
  if (value === null) return null;
  if (!isOfType(column, value)) {
    skipped?.('export_changed_type');
    return null;
  }
  return column.type === 'string' ? cellAsText(value) : value;
}

/** A value as text: structures, lists too, as JSON. Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD. */
export function cellAsText(value: JsonValue): string {
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'object' ? jsonText(value) : String(value);
}

/** JSON of whole characters only: what reads it may refuse half a surrogate pair as an escape, too. */
export function jsonText(value: JsonValue): string {
  const text = JSON.stringify(value);
  // Nothing but half a pair is escaped so.
  if (!text.includes(String.raw`\ud`)) return text;
  return JSON.stringify(value, (_name, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part));
}

/** The elements of a list as texts; null is a gap. */
export function listTexts(list: readonly JsonValue[]): readonly (string | null)[] {
  return list.map((element) => (element === null ? null : cellAsText(element)));
}
