/**
 * NDJSON for analysis: one flat JSON object per row of any table, `record_type` (the name of the table) first and then the
 * chosen columns with their JSON types: ids and times are strings, counts numbers, lists arrays, structures objects. Every
 * line has every column; null is null. UTF-8 without a byte order mark, line feeds.
 *
 * - pandas reads it with `read_json(path, lines=True, dtype=False, convert_dates=False)`.
 * - R reads it with `jsonlite::stream_in(file(path))`; R ends a text at a NUL.
 * - DuckDB reads it with `read_json(path, format = 'newline_delimited')`. Its guesses turn times with an offset into UTC and
 *   give every structure the names of all: `timestampformat = '%Y-%m-%dT%H:%M:%SZ', map_inference_threshold = 0,
 *   field_appearance_threshold = 1` keep both as they are.
 * - Where two columns have the same name (a coding column that is called like one of ours), the later one gets a number.
 * - Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD.
 */
import type { JsonValue } from './columns/column.ts';
import { defineExporter, onlyTable } from './exporter.ts';
import { sheetOf, type SheetRow } from './sheet.ts';
import { distinctNames } from './table-names.ts';
import { jsonText } from './typed-cell.ts';

function cellJson(value: JsonValue): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/** Writes rows of these columns; what stands before the first one is always the same. */
function lineWriter(start: string, names: readonly string[]): (row: SheetRow) => string {
  const keys = names.map((name) => `,${JSON.stringify(name)}:`);
  // Many cells are null, side by side, and what is said of them is always the same: they are written as one.
  const nulls = keys.map((key) => `${key}null`);
  const allNull = nulls.join('');
  const offsets = nulls.reduce<number[]>((list, text) => [...list, (list.at(-1) ?? 0) + text.length], [0]);
  const lineOf = (row: SheetRow, cell: (value: JsonValue) => string): string => {
    let text = start;
    let firstNull = 0;
    for (let index = 0; index < keys.length; index++) {
      const value = row[index] ?? null;
      if (value === null) continue;
      if (firstNull < index) text += allNull.slice(offsets[firstNull], offsets[index]);
      text += `${keys[index]}${cell(value)}`;
      firstNull = index + 1;
    }
    return `${text}${allNull.slice(offsets[firstNull])}}\n`;
  };
  return (row) => {
    const line = lineOf(row, cellJson);
    // JSON.stringify escapes half a surrogate pair, and nothing else so; readers refuse it.
    return line.includes(String.raw`\ud`) ? lineOf(row, jsonText) : line;
  };
}

export const ndjsonRecords = defineExporter({
  id: 'ndjson-records',
  label: 'exporter_ndjson_records',
  hint: 'exporter_ndjson_records_hint',
  extension: 'ndjson',
  mediaType: 'application/x-ndjson',
  form: 'sheet',
  async *write(tables, context) {
    const sheet = sheetOf(onlyTable(tables), context);
    const start = `{"record_type":${JSON.stringify(sheet.table)}`;
    const [, ...names] = distinctNames(['record_type', ...sheet.columns.map(({ header }) => header)]);
    const line = lineWriter(start, names);
    for await (const rows of sheet.rows()) for (const row of rows) yield line(row);
  },
});
