/** The rows that the table shows: read from the data when they are shown, with their values from the index. */
import { summaryOf } from '../../core/record-summary.ts';
import type { AnyRecord, Precision, RecordType } from '../../core/record.ts';
import { platforms, type RefKey } from '../../core/ref.ts';
import type { CellValue, LibraryRow, RowRecord } from '../../messaging/library-models.ts';
import { getAnnotations } from '../../storage/annotations.ts';
import type { DataDatabase, KeptRecord, Membership } from '../../storage/database.ts';
import { libraryColumns } from './library-columns.ts';
import { createLibraryIndex, type LibraryIndex } from './library-index.ts';
import { membershipsOf } from './stored.ts';
import type { TypeIndex } from './type-index.ts';

function notesOf(record: AnyRecord): RowRecord {
  const { api_provider, missing_reasons, figures } = record;
  const inexact: Record<string, { readonly precision: Precision }> = {};
  for (const name of Object.keys(figures)) {
    const precision = figures[name]?.precision;
    if (precision !== undefined && precision !== 'exact') inexact[name] = { precision };
  }
  return {
    api_provider,
    missing_reasons,
    figures: inexact,
    ...('currency' in record ? { currency: record.currency } : {}),
  };
}

function rowOf(kept: KeptRecord, index: TypeIndex): LibraryRow {
  const row = index.rowOf(kept.ref_key);
  const values: Record<string, CellValue> = {};
  for (const column of libraryColumns(index.type)) {
    const value = row === null ? null : index.value(row, column);
    if (value !== null) values[column.column.name] = value;
  }
  const tags = values['tags'];
  return {
    ref: kept.ref_key,
    record: notesOf(kept.record),
    values,
    observationCount: kept.observation_count,
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
    hasNote: typeof values['note'] === 'string',
  };
}

/** These rows in their order; what is no longer stored, or not in the index, is left out. */
export async function readRows(
  database: DataDatabase,
  index: LibraryIndex,
  home: TypeIndex,
  refs: readonly RefKey[],
): Promise<readonly LibraryRow[]> {
  const [found, memberships] = await Promise.all([
    Promise.all(refs.map((ref) => database.get('records', ref))),
    // All of them may still be on their way.
    index.hasMemberships() ? new Map<RefKey, readonly Membership[]>() : membershipsOf(database, refs),
  ]);
  for (const own of memberships.values()) for (const membership of own) index.save(membership);
  return found.flatMap((kept) => (kept && home.rowOf(kept.ref_key) !== null ? [rowOf(kept, home)] : []));
}

/** The newest records of a type, without an index. */
async function newest(database: DataDatabase, type: RecordType, count: number): Promise<readonly KeptRecord[]> {
  const found = await Promise.all(
    platforms.map(async (platform) => {
      const own: KeptRecord[] = [];
      // A semicolon comes right after a colon.
      const range = IDBKeyRange.bound(`${platform}:${type}:`, `${platform}:${type};`, false, true);
      let cursor = await database.transaction('records').store.openCursor(range, 'prev');
      while (cursor && own.length < count) {
        own.push(cursor.value);
        cursor = await cursor.continue();
      }
      return own;
    }),
  );
  return found.flat();
}

/** The first rows in the library's own order. What only all rows together tell is null. */
export async function firstRows(
  database: DataDatabase,
  type: RecordType,
  count: number,
): Promise<readonly LibraryRow[]> {
  const kept = await newest(database, type, count);
  const refs = kept.map(({ ref_key: ref }) => ref);
  const [memberships, annotations] = await Promise.all([membershipsOf(database, refs), getAnnotations(database, refs)]);
  const index = createLibraryIndex({ isPart: true });
  for (const one of kept) index.put(summaryOf(one));
  for (const own of memberships.values()) for (const membership of own) index.save(membership);
  for (const annotation of annotations.values()) index.annotate(annotation);
  const home = index.of(type);
  const byRef = new Map(kept.map((one) => [one.ref_key, one]));
  return Array.from(home.order().subarray(0, count), (row) => home.refs[row]).flatMap((ref) => {
    const one = ref && byRef.get(ref);
    return one ? [rowOf(one, home)] : [];
  });
}
