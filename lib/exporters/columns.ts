/** The codebook: every column of every table, in the order in which they are written. docs/codebook.md is made of it. */
import type { AnyRecord, RecordType } from '../core/record.ts';
import type { Column, ColumnInfo, JsonValue } from './columns/column.ts';
import { authorTableColumns } from './columns/author.ts';
import { commentColumns } from './columns/comment.ts';
import { collectionColumns, hashtagColumns, liveColumns } from './columns/gathering.ts';
import { musicColumns } from './columns/music.ts';
import { postColumns } from './columns/post.ts';
import { productColumns, skuColumns } from './columns/product.ts';
import { reviewColumns, shopColumns } from './columns/shop.ts';
import type { ExportContext } from './exporter.ts';

export const columns: { readonly [Type in RecordType]: readonly Column<Extract<AnyRecord, { record_type: Type }>>[] } =
  {
    post: postColumns,
    product: productColumns,
    sku: skuColumns,
    author: authorTableColumns,
    hashtag: hashtagColumns,
    music: musicColumns,
    collection: collectionColumns,
    comment: commentColumns,
    review: reviewColumns,
    live: liveColumns,
    shop: shopColumns,
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
  switch (record.record_type) {
    case 'post':
      return evaluate(columns.post, record, context);
    case 'product':
      return evaluate(columns.product, record, context);
    case 'sku':
      return evaluate(columns.sku, record, context);
    case 'author':
      return evaluate(columns.author, record, context);
    case 'hashtag':
      return evaluate(columns.hashtag, record, context);
    case 'music':
      return evaluate(columns.music, record, context);
    case 'collection':
      return evaluate(columns.collection, record, context);
    case 'comment':
      return evaluate(columns.comment, record, context);
    case 'review':
      return evaluate(columns.review, record, context);
    case 'live':
      return evaluate(columns.live, record, context);
    case 'shop':
      return evaluate(columns.shop, record, context);
  }
}

/** Whether a file holds the column when nobody chose columns. */
export function isExportedByDefault(column: ColumnInfo): boolean {
  return column.exportedByDefault !== false;
}
