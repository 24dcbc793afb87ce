/**
 * CSV for research: UTF-8 with a byte order mark (without it Excel garbles CJK), RFC 4180 with CRLF, a header row.
 *
 * - Null is an empty cell. So is an empty text; `missing_reasons` names the columns that are empty for a reason.
 * - Booleans are `true` and `false`; structures are JSON.
 * - The elements of a list are joined with `;`. Within an element `;` is written `\;` and `\` is written `\\`. A gap in
 *   one of several parallel lists is an empty element.
 * - Values are written as they are, captions that begin with `=`, `+`, `-` or `@` too: a guard against formulas alters
 *   data, and captions that begin with a mention are common. The profile with the guard is csv-excel.ts. Control characters
 *   stay as well.
 * - Every cell is read alike by Python, pandas, R, DuckDB and LibreOffice (e2e/interop), but: pandas and R end a cell at a NUL,
 *   R and spreadsheets make every line break within a cell a line feed, and spreadsheets drop control characters.
 */
import { writeDelimited } from './delimited.ts';
import { defineExporter, onlyTable } from './exporter.ts';

export const csv = defineExporter({
  id: 'csv',
  label: 'exporter_csv',
  hint: 'exporter_csv_hint',
  extension: 'csv',
  mediaType: 'text/csv;charset=utf-8',
  form: 'sheet',
  write: (tables, context) =>
    writeDelimited(onlyTable(tables), context, { delimiter: ',', newline: '\r\n', byteOrderMark: true }),
});
