/**
 * Tab-separated values: UTF-8 without a byte order mark, line feeds, a header row. Cells as in csv.ts, quoted as in CSV
 * where they hold a tab, a quote or a line break: with that pandas (`read_csv(sep="\t")`), R (`read.delim`) and DuckDB read
 * the same cells. R makes every line break within a cell a line feed, and ends a text at a NUL, as it does in CSV.
 *
 * All three guess that ids are numbers and round them: ask for texts (`dtype=str`, `colClasses="character"`,
 * `all_varchar=true`).
 */
import { writeDelimited } from './delimited.ts';
import { defineExporter, onlyTable } from './exporter.ts';

export const tsv = defineExporter({
  id: 'tsv',
  label: 'exporter_tsv',
  hint: 'exporter_tsv_hint',
  extension: 'tsv',
  mediaType: 'text/tab-separated-values;charset=utf-8',
  form: 'sheet',
  write: (tables, context) =>
    writeDelimited(onlyTable(tables), context, { delimiter: '\t', newline: '\n', byteOrderMark: false }),
});
