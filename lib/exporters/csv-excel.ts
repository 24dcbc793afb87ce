/**
 * CSV to be opened by double click in Excel: as csv.ts (byte order mark, CRLF, a header row), with a guard against formulas.
 *
 * - A text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets an apostrophe in front, so that no program takes
 *   it for a formula (OWASP, CSV Injection, as of 2025-08). This alters data, captions that begin with a mention above all:
 *   how many cells were altered is told. Numbers, truth values and times are left alone.
 * - Ids stay plain digits. Excel keeps 15 significant digits of a number (Microsoft, Q269370) and so rounds ids when such a
 *   file is opened by double click. `="…"` would keep them there and break them in every other program: whoever wants
 *   ids in Excel takes xlsx.ts, where they are text.
 */
import { writeDelimited } from './delimited.ts';
import { defineExporter, onlyTable } from './exporter.ts';

const formulaStart = /^[=+\-@\t\r\n]/u;
const texts: ReadonlySet<string> = new Set(['string', 'list', 'json']);

export const csvExcel = defineExporter({
  id: 'csv-excel',
  label: 'exporter_csv_excel',
  hint: 'exporter_csv_excel_hint',
  extension: 'csv',
  mediaType: 'text/csv;charset=utf-8',
  form: 'sheet',
  write: (tables, context) =>
    writeDelimited(onlyTable(tables), context, {
      delimiter: ',',
      newline: '\r\n',
      byteOrderMark: true,
      change: (text, type) => {
        if (!texts.has(type) || !formulaStart.test(text)) return text;
        context.skipped?.('export_changed_formula');
        return `'${text}`;
      },
    }),
});
