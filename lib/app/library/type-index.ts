/** All rows of one type: their columns, in which they are found, and their order. */
import { authorGroups } from '../../analysis/author-groups.ts';
import { type Outliers, outliersOf } from '../../analysis/outliers.ts';
import { AppError } from '../../core/errors.ts';
import { type RecordSummary, summaryFields, type SummaryValue } from '../../core/record-summary.ts';
import type { RecordType } from '../../core/record.ts';
import type { RefKey } from '../../core/ref.ts';
import type { CellValue } from '../../messaging/library-models.ts';
import {
  createListColumn,
  createNumberColumn,
  createTextColumn,
  folded,
  type NumberColumn,
  type StoredColumn,
} from './column-store.ts';
import { computedColumn, type ComputedSource, computing } from './computed-columns.ts';
import { libraryColumns, type SourcedColumn } from './library-columns.ts';
import type { OwnField } from './own-columns.ts';
import { searchedFields, searching } from './search-text.ts';

export interface TypeIndex {
  readonly type: RecordType;
  /** By row; rows are never renumbered. */
  readonly refs: readonly RefKey[];
  /** How many rows are there. */
  count(): number;
  rowOf(ref: RefKey): number | null;
  put(summary: RecordSummary): number;
  remove(ref: RefKey): void;
  /** Sets what the library itself knows of a row. */
  setOwn(row: number, field: OwnField, value: CellValue): void;
  /** What the researcher wrote on a row, for the search. */
  setWritten(row: number, text: string): void;
  /** Throws AppError `bad_request` where the table has no such column. */
  column(name: string): { readonly stored: StoredColumn; readonly isBoolean: boolean };
  value(row: number, column: SourcedColumn): CellValue;
  /** A field of the record, of rows that are there; null where the type has none. */
  field(name: string): StoredColumn | null;
  /** The columns that a search looks through. */
  readonly searched: readonly StoredColumn[];
  /** Tells of a row whether every word occurs in its texts. */
  searching(words: readonly string[]): (row: number) => boolean;
  /** All rows, the newest id first. */
  order(): Int32Array;
  /** For posts: how far each stands above its author's others. */
  outliers(): Outliers;
  /** For posts: a number for the author of each. */
  authors(): Int32Array;
}

/** What follows the second colon: platforms and kinds have none. */
function idOf(ref: RefKey): string {
  return ref.slice(ref.indexOf(':', ref.indexOf(':') + 1) + 1);
}

/** `isPart`: it holds some rows only, from which nothing can be said of the others. */
export function createTypeIndex(type: RecordType, options: { readonly isPart?: boolean } = {}): TypeIndex {
  const fields = summaryFields(type);
  const columns = new Map(libraryColumns(type).map((column) => [column.column.name, column]));
  const kinds = storedKinds(type);
  const byField = new Map<string, StoredColumn>(
    [...kinds].map(([field, kind]) => [
      field,
      kind === 'number' ? createNumberColumn() : kind === 'text' ? createTextColumn() : createListColumn(),
    ]),
  );
  const stored = fields.map((field) => byField.get(field) ?? createNumberColumn());
  const searched = searchedFields(type).flatMap((field) => byField.get(field) ?? []);
  const refs: RefKey[] = [];
  const ids: string[] = [];
  const rows = new Map<RefKey, number>();
  const written = new Map<number, string>();
  /** What is made of all rows together, until one of them changes. */
  const computed = new Map<string, NumberColumn>();
  const computes = new Map<string, (row: number) => number | null>();
  let outliers: Outliers | null = null;
  let authors: Int32Array | null = null;
  let order: Int32Array | null = null;

  function changed(): void {
    computed.clear();
    outliers = null;
    authors = null;
  }

  function put({ ref_key: ref, values }: RecordSummary): number {
    let row = rows.get(ref);
    if (row === undefined) {
      row = refs.push(ref) - 1;
      ids.push(idOf(ref));
      rows.set(ref, row);
      order = null;
    }
    for (let place = 0; place < stored.length; place++) setValue(stored[place], row, values[place] ?? null);
    changed();
    return row;
  }

  function authorsOf(): Int32Array {
    if (authors) return authors;
    const text = (field: string) => {
      const column = byField.get(field);
      return (row: number): string | null => (column?.kind === 'text' ? column.get(row) : null);
    };
    const [platform, id, secId, handle] = [
      text('platform'),
      text('author_id'),
      text('author_sec_id'),
      text('author_handle'),
    ];
    authors = authorGroups(refs.length, (row) =>
      rows.get(refs[row] ?? 'tiktok:post:') === row
        ? {
            platform: platform(row) === 'douyin' ? 'douyin' : 'tiktok',
            id: id(row),
            secId: secId(row),
            handle: handle(row),
          }
        : { platform: 'tiktok', id: null, secId: null, handle: null },
    );
    return authors;
  }

  function outliersOfAll(): Outliers {
    const views = byField.get('view_count');
    const known = views?.kind === 'number' ? views.values() : new Float64Array(0);
    outliers ??= isPart ? outliersOf([], []) : outliersOf(authorsOf(), known);
    return outliers;
  }
  const isPart = options.isPart === true;

  function ownColumn(field: OwnField): StoredColumn {
    if (field === 'outlier_x_median') return fixedColumn(outliersOfAll().timesMedian);
    if (field === 'outlier_n') return fixedColumn(outliersOfAll().others);
    return byField.get(field) ?? createNumberColumn();
  }

  function computeOf(name: string, source: ComputedSource): (row: number) => number | null {
    const compute = computes.get(name) ?? computing(source, byField);
    computes.set(name, compute);
    return compute;
  }

  function storedOf({ column, source }: SourcedColumn): StoredColumn {
    if (source.kind === 'summary') return byField.get(source.field) ?? createNumberColumn();
    if (source.kind === 'own') return ownColumn(source.field);
    const known = computed.get(column.name);
    if (known) return known;
    const made = computedColumn(computeOf(column.name, source), refs.length);
    computed.set(column.name, made);
    return made;
  }

  return {
    type,
    refs,
    count: () => rows.size,
    rowOf: (ref) => rows.get(ref) ?? null,
    put,
    remove(ref) {
      const row = rows.get(ref);
      if (row === undefined) return;
      rows.delete(ref);
      written.delete(row);
      // Nothing of it is left in what is made of all rows.
      for (const column of byField.values()) setValue(column, row, null);
      order = null;
      changed();
    },
    setOwn(row, field, value) {
      setValue(byField.get(field), row, value);
    },
    setWritten(row, text) {
      if (text === '') written.delete(row);
      else written.set(row, folded(text));
    },
    column(name) {
      const column = columns.get(name);
      if (!column) throw new AppError('bad_request', `The table of ${type} has no column ${name}.`);
      return { stored: storedOf(column), isBoolean: column.column.type === 'boolean' };
    },
    value(row, column) {
      const { source } = column;
      // One row is shown: that is no reason to compute all of them.
      const isComputed = source.kind === 'metric' || source.kind === 'computed';
      const value = isComputed ? computeOf(column.column.name, source)(row) : storedOf(column).get(row);
      return column.column.type === 'boolean' && value !== null ? value === 1 : value;
    },
    field: (name) => byField.get(name) ?? null,
    searched,
    searching: (words) => searching(searched, written, words),
    order() {
      if (order) return order;
      // As they were read they ascend, one platform after the other: turned round they are all but in order.
      const all = [...rows.values()].reverse();
      order = Int32Array.from(all.sort((a, b) => descending(ids[a], ids[b]) || descending(refs[a], refs[b])));
      return order;
    },
    outliers: outliersOfAll,
    authors: authorsOf,
  };
}

function descending(a: string | undefined, b: string | undefined): number {
  return a === b || a === undefined || b === undefined ? 0 : a < b ? 1 : -1;
}

/** How each field of a type is stored, by the type of its column; hidden fields are numbers. */
function storedKinds(type: RecordType): ReadonlyMap<string, StoredColumn['kind']> {
  const kinds = new Map<string, StoredColumn['kind']>(summaryFields(type).map((field) => [field, 'number']));
  for (const { column, source } of libraryColumns(type)) {
    if (source.kind !== 'summary' && source.kind !== 'own') continue;
    kinds.set(source.field, column.type === 'text' || column.type === 'list' ? column.type : 'number');
  }
  return kinds;
}

function setValue(column: StoredColumn | undefined, row: number, value: SummaryValue | CellValue): void {
  if (column?.kind === 'text') {
    const text = typeof value === 'string' ? value : null;
    if (text === null || column.get(row) !== text) column.set(row, text);
  } else if (column?.kind === 'list') {
    column.set(row, typeof value === 'object' ? value : null);
  } else {
    column?.set(row, typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null);
  }
}

/** Values that are made all at once, as a column. */
export function fixedColumn(values: Float64Array): NumberColumn {
  return {
    kind: 'number',
    values: () => values,
    get(row) {
      const value = values[row] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    },
    set() {
      throw new AppError('internal', 'This column is made of others.');
    },
  };
}
