/** What the formats that hold posts in a form of their own have in common. */
import { AppError } from '../core/errors.ts';
import type { PostRecord } from '../core/record.ts';
import { isExportedByDefault } from './columns.ts';
import { type ExportContext, type ExportTable, onlyTable } from './exporter.ts';
import { publicRecord } from './public-record.ts';
import { isOpen } from './sheet.ts';
import { columnsOfTable } from './tables.ts';

/** The posts of the only table. Throws AppError `unsupported` for a table of other things. */
export async function* postsOf(tables: readonly ExportTable[], context: ExportContext): AsyncGenerator<PostRecord> {
  const { id, rows } = onlyTable(tables);
  for await (const record of rows()) {
    if (id !== 'post' || record.record_type !== 'post')
      throw new AppError('unsupported', `The format has no ${id} rows.`, { advice: 'error_export_table' });
    yield publicRecord(record, context);
  }
}

/**
 * The columns of a post whose values the file may hold, by the same rules as in a sheet: what was chosen about people and
 * texts, and that what is not exported by default has to be asked for by its name.
 */
export function openColumns(context: ExportContext): ReadonlySet<string> {
  const asked = new Set(context.choices.columns.post);
  const open = columnsOfTable('post').filter(
    (column) => isOpen(column, 'post', context) && (isExportedByDefault(column) || asked.has(column.name)),
  );
  return new Set(open.map(({ name }) => name));
}
