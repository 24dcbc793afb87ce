/** The tables that files are made of: what a row is, and the columns that it has. */
import type { TableId } from '../core/export-choices.ts';
import { type AnyRecord, type RecordType, recordTypes } from '../core/record.ts';
import type { Column } from './columns/column.ts';
import { hashtagRows, postHashtagColumns } from './columns/post-hashtag.ts';
import { observationColumns, observationRows } from './columns/observation.ts';
import { columns } from './columns.ts';
import type { ExportContext } from './exporter.ts';

export interface Table {
  readonly id: TableId;
  /** The records that its rows are made of. */
  readonly bases: readonly RecordType[];
  /** What makes a row findable again, and is left of it in the form that has ids only. */
  readonly ids: readonly string[];
}

const idColumns: { readonly [Type in RecordType]: readonly string[] } = {
  post: ['platform', 'post_id'],
  product: ['platform', 'product_id'],
  sku: ['platform', 'product_id', 'sku_id'],
  author: ['platform', 'author_id', 'author_sec_id', 'author_handle'],
  hashtag: ['platform', 'hashtag', 'hashtag_id'],
  music: ['platform', 'music_id'],
  collection: ['platform', 'collection_id'],
  comment: ['platform', 'comment_id', 'post_id'],
  review: ['platform', 'review_id', 'product_id'],
  live: ['platform', 'live_id', 'room_id'],
  shop: ['platform', 'shop_id'],
};

const long: readonly Table[] = [
  { id: 'post_hashtag', bases: ['post'], ids: ['platform', 'post_id', 'hashtag', 'hashtag_id', 'position'] },
  {
    id: 'observation',
    bases: recordTypes.filter((type) => type !== 'sku'),
    ids: ['platform', 'entity_type', 'entity_id', 'observed_at_utc'],
  },
];

/** Every table, in the order in which they are written. */
export const tables: readonly Table[] = [
  ...recordTypes.map((id) => ({ id, bases: [id], ids: idColumns[id] })),
  ...long,
];

export function tableById(id: TableId): Table {
  const table = tables.find((one) => one.id === id);
  if (!table) throw new Error(`There is no table ${id}.`);
  return table;
}

/** A row of any table: a record, or what a long table has instead. */
export type TableRow = object;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a table's columns are only ever given rows of its own
const columnsById = { ...columns, post_hashtag: postHashtagColumns, observation: observationColumns } as Readonly<
  Record<TableId, readonly Column<TableRow>[]>
>;

/** The columns of a table, those included that are not exported by default. */
export function columnsOfTable(id: TableId): readonly Column<TableRow>[] {
  return columnsById[id];
}

/** The rows that a record makes in a table: one, or in a long table any number. */
export function rowsOfRecord(
  id: TableId,
  record: AnyRecord,
  context: ExportContext,
): readonly TableRow[] | Promise<readonly TableRow[]> {
  if (id === 'post_hashtag') return record.record_type === 'post' ? hashtagRows(record) : [];
  return id === 'observation' ? observationRows(record, context) : [record];
}
