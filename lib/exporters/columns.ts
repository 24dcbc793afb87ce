/** The codebook: every column of every table, in the order in which they are written. docs/codebook.md is made of it. */
import type { AnyRecord, RecordType } from '../core/record.ts';
import type { Column, ColumnInfo, JsonValue } from './columns/column.ts';
import { postColumns } from './columns/post.ts';
import { productColumns, skuColumns } from './columns/product.ts';
import type { ExportContext } from './exporter.ts';

export const columns: { readonly [Type in RecordType]: readonly Column<Extract<AnyRecord, { record_type: Type }>>[] } =
  {
    post: postColumns,
    product: productColumns,
    sku: skuColumns,
  };

export interface Cell {
  readonly column: ColumnInfo;
  readonly value: JsonValue;
}

function evaluate<R>(list: readonly Column<R>[], record: R, context: ExportContext): Cell[] {
  return list.map((column) => ({ column, value: column.value(record, context) }));
}

/** A record as cells, one per column of its table, those included that are not exported by default. */
export function cellsOf(record: AnyRecord, context: ExportContext): readonly Cell[] {
  if (record.record_type === 'post') return evaluate(columns.post, record, context);
  if (record.record_type === 'product') return evaluate(columns.product, record, context);
  return evaluate(columns.sku, record, context);
}

/** Whether a file holds the column when nobody chose columns. */
export function isExportedByDefault(column: ColumnInfo): boolean {
  return column.exportedByDefault !== false;
}
