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

function cellJson(value: Exclude<JsonValue, null>): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = JSON.stringify(value);
  // JSON.stringify escapes half a surrogate pair, and nothing else so; readers refuse it.
  return text.includes(String.raw`\ud`) ? jsonText(value) : text;
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
    const keys = names.map((name) => `,${JSON.stringify(name)}:`);
    // Most cells are null, and what is said of them is always the same.
    const nulls = keys.map((key) => `${key}null`);
    const line = (row: SheetRow): string => {
      let text = start;
      for (let index = 0; index < keys.length; index++) {
        const value = row[index] ?? null;
        text += value === null ? nulls[index] : `${keys[index]}${cellJson(value)}`;
      }
      return `${text}}\n`;
    };
    for await (const rows of sheet.rows()) yield rows.map(line).join('');
  },
});
