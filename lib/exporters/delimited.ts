/** What CSV and TSV files have in common: cells as text, and rows of them in chunks. */
import type { ColumnType, JsonValue } from './columns/column.ts';
import type { ExportContext, ExportTable } from './exporter.ts';
import { sheetOf } from './sheet.ts';

function listText(list: readonly JsonValue[]): string {
  const texts = list.map((element) => {
    if (element === null) return '';
    return typeof element === 'string' ? element : JSON.stringify(element);
  });
  const all = texts.join(';');
  // Most lists need no escaping, and most cells of a table are made again and again.
  if (!all.includes('\\') && !texts.some((text) => text.includes(';'))) return all;
  return texts.map((text) => text.replaceAll(/[\\;]/gu, String.raw`\$&`)).join(';');
}

/** A cell's text before quoting; null is the empty cell. */
export function cellText(type: ColumnType, value: JsonValue): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  if (Object.keys(value).length === 0) return null;
  return type === 'list' && Array.isArray(value) ? listText(value) : JSON.stringify(value);
}

export interface Delimited {
  readonly delimiter: ',' | '\t';
  readonly newline: '\r\n' | '\n';
  readonly byteOrderMark: boolean;
  /** Changes a cell's text before it is quoted; absent: values are written as they are. */
  readonly change?: (text: string, type: ColumnType) => string;
}

/** Spaces at the edges, too: some readers trim what is not quoted. */
const needsQuotes = { ',': /[",\r\n]|^[\s\uFEFF]|\s$/u, '\t': /["\t\r\n]|^[\s\uFEFF]|\s$/u } as const;

/**
 * RFC 4180, written here: of the time of a large table a third went into papaparse's look at every cell, which the limit of
 * twice the bare reading has no room for. Papaparse, Python and DuckDB read it back in the tests. Half a surrogate pair,
 * which UTF-8 cannot hold, becomes U+FFFD.
 */
export async function* writeDelimited(
  table: ExportTable,
  context: ExportContext,
  { delimiter, newline, byteOrderMark, change }: Delimited,
): AsyncGenerator<string> {
  const pattern = needsQuotes[delimiter];
  const quoted = (text: string): string => (pattern.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const sheet = sheetOf(table, context);
  const types = sheet.columns.map(({ type }) => type);
  const line = (row: readonly JsonValue[]): string => {
    let text = '';
    for (let index = 0; index < types.length; index++) {
      if (index > 0) text += delimiter;
      const value = row[index] ?? null;
      if (value === null) continue;
      if (typeof value === 'number' || typeof value === 'boolean') {
        text += String(value);
        continue;
      }
      const type = types[index] ?? 'string';
      const cell = cellText(type, value);
      if (cell !== null) text += quoted(change ? change(cell, type) : cell);
    }
    return text + newline;
  };
  const header = sheet.columns.map((column) => quoted(column.header)).join(delimiter) + newline;
  yield (byteOrderMark ? '\uFEFF' : '') + header.toWellFormed();
  for await (const rows of sheet.rows()) for (const row of rows) yield line(row).toWellFormed();
}
