/**
 * An Excel workbook: a sheet for each table, the header row frozen, rows written as they come. Our own writer: the library
 * that was looked at (hucre 1.0) streams workbooks of one table only, and others hold all rows in memory.
 *
 * - Ids and texts are text cells, with the format "text", so that editing one does not make it a number or a formula; that
 *   makes formulas of captions harmless. Numbers are numbers, but whole ones of more than 15 digits are text, since Excel
 *   shows zeros for the rest. Times in UTC are dates; a time with an offset stays text, since a date has no room for it.
 * - Lists and structures are text as in csv.ts. Null is an empty cell, and so is an empty text.
 * - What XML does not allow (control characters) is left out of its cell; texts end at 32,767 characters; a sheet ends at
 *   1,048,576 rows, earlier where its XML comes to 4 GiB. All three are told. Half a surrogate pair becomes U+FFFD.
 */
import { defineExporter, type ExportContext, type ExportTable } from './exporter.ts';
import { sheetOf } from './sheet.ts';
import { tableNames } from './table-names.ts';
import { sheetPath, workbookParts } from './xlsx-parts.ts';
import { sheetXml } from './xlsx-sheet.ts';
import { type ZipEntry, zipOf } from './zip-stream.ts';

function* entriesOf(tables: readonly ExportTable[], context: ExportContext): Generator<ZipEntry> {
  const parts = workbookParts(tables.map(({ id }) => tableNames[id]));
  for (const [path, text] of parts) yield { path, chunks: [text] };
  for (const [index, table] of tables.entries()) {
    yield { path: sheetPath(index + 1), chunks: sheetXml(sheetOf(table, context), context) };
  }
}

export const xlsx = defineExporter({
  id: 'xlsx',
  label: 'exporter_xlsx',
  hint: 'exporter_xlsx_hint',
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  form: 'sheet',
  holdsAll: true,
  write: (tables, context) => zipOf(entriesOf(tables, context), context.now),
});
