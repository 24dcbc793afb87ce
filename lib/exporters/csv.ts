/**
 * CSV for research: UTF-8 with a byte order mark (without it Excel garbles CJK), RFC 4180 with CRLF, a header row.
 *
 * - Null is an empty cell. So is an empty text; `missing_reasons` names the columns that are empty for a reason.
 * - Booleans are `true` and `false`; structures are JSON.
 * - The elements of a list are joined with `;`. Within an element `;` is written `\;` and `\` is written `\\`. A gap in
 *   one of several parallel lists is an empty element.
 * - Values are written as they are, captions that begin with `=`, `+`, `-` or `@` too: a guard against formulas alters
 *   data, and captions that begin with a mention are common. A profile for Excel, with the guard, will be a format of its
 *   own. Control characters stay as well.
 * - Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
 */
import { AppError } from '../core/errors.ts';
import type { ColumnInfo, JsonValue } from './columns/column.ts';
import { type Cell, cellsOf, columns, isExportedByDefault } from './columns.ts';
import { defineExporter } from './exporter.ts';

const rowsPerChunk = 500;
const byteOrderMark = '\uFEFF';
const newline = '\r\n';

function listText(list: readonly JsonValue[]): string {
  const texts = list.map((element) => {
    if (element === null) return '';
    return typeof element === 'string' ? element : JSON.stringify(element);
  });
  return texts.map((text) => text.replaceAll(/[\\;]/gu, String.raw`\$&`)).join(';');
}

/** A cell's text before quoting; null is the empty cell. */
function cellText({ type }: ColumnInfo, value: JsonValue): string | null {
  if (value === null) return null;
  if (typeof value !== 'object') return String(value);
  if (Object.keys(value).length === 0) return null;
  return type === 'list' && Array.isArray(value) ? listText(value) : JSON.stringify(value);
}

function rowTexts(cells: readonly Cell[]): (string | null)[] {
  return cells.filter(({ column }) => isExportedByDefault(column)).map(({ column, value }) => cellText(column, value));
}

export const csv = defineExporter({
  id: 'csv',
  label: 'exporter_csv',
  extension: 'csv',
  mediaType: 'text/csv;charset=utf-8',
  async *write(recordType, rows, context) {
    const { default: Papa } = await import('papaparse');
    const toText = (table: readonly (readonly (string | null)[])[]) =>
      Papa.unparse(table, { delimiter: ',', newline, header: false }).toWellFormed() + newline;

    const names = columns[recordType].filter(isExportedByDefault).map(({ name }) => name);
    yield byteOrderMark + toText([names]);
    let waiting: (string | null)[][] = [];
    for await (const row of rows) {
      if (row.record_type !== recordType) {
        throw new AppError('internal', `A ${row.record_type} record was handed to a table of ${recordType} records.`);
      }
      waiting.push(rowTexts(cellsOf(row, context)));
      if (waiting.length < rowsPerChunk) continue;
      yield toText(waiting);
      waiting = [];
    }
    if (waiting.length > 0) yield toText(waiting);
  },
});
