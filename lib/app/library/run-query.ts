/** Which rows a query finds, in its order. */
import { AppError } from '../../core/errors.ts';
import type { LibraryFilter, LibraryQuery } from '../../messaging/library-models.ts';
import { folded, type StoredColumn } from './column-store.ts';
import { searchWords } from './search-text.ts';
import { compareTexts } from './text-order.ts';
import type { TypeIndex } from './type-index.ts';

/**
 * The rows of a query in its order: the newest id first where it names no order, and among equals. Null comes last in
 * either direction. Throws AppError `bad_request` for a column that is not there, or that a filter does not fit.
 */
export function runQuery(index: TypeIndex, query: LibraryQuery): Int32Array {
  const found = filtered(index, query);
  return query.sort === null ? found : sorted(index, found, query.sort);
}

/** The rows that fulfil a query, the newest id first. */
export function filtered(index: TypeIndex, query: LibraryQuery): Int32Array {
  let rows = index.order();
  const keep = (fulfils: (row: number) => boolean): void => {
    rows = rows.filter(fulfils);
  };
  if (query.project !== null) keep(condition(index, { kind: 'one_of', column: 'projects', values: [query.project] }));
  for (const filter of query.filters) keep(condition(index, filter));
  const words = searchWords(query.text);
  if (words.length > 0) keep(index.searching(words));
  return rows;
}

function unfit(filter: LibraryFilter): AppError {
  return new AppError('bad_request', `The column ${filter.column} cannot be filtered by ${filter.kind}.`);
}

function condition(index: TypeIndex, filter: LibraryFilter): (row: number) => boolean {
  const { stored, isBoolean } = index.column(filter.column);
  switch (filter.kind) {
    case 'missing':
      return isNull(stored, filter.missing);
    case 'between':
      if (stored.kind !== 'number') throw unfit(filter);
      return between(stored.values(), filter.from, filter.to);
    case 'one_of': {
      const wanted = new Set(filter.values.map(folded));
      if (stored.kind !== 'number') return textual(stored, (text) => wanted.has(text));
      const values = stored.values();
      const numbers = new Set(filter.values.map((value) => numberOf(value, isBoolean)));
      numbers.delete(Number.NaN);
      return (row) => numbers.has(values[row] ?? Number.NaN);
    }
    case 'contains': {
      if (stored.kind === 'number') throw unfit(filter);
      const part = folded(filter.text);
      return textual(stored, (text) => text.includes(part));
    }
  }
}

/** What a value of a list of choices is as a number: booleans are chosen by name. */
function numberOf(value: string, isBoolean: boolean): number {
  if (!isBoolean) return value.trim() === '' ? Number.NaN : Number(value);
  return folded(value) === 'true' ? 1 : folded(value) === 'false' ? 0 : Number.NaN;
}

function isNull(stored: StoredColumn, wanted: boolean): (row: number) => boolean {
  if (stored.kind === 'list') return (row) => (stored.length(row) === 0) === wanted;
  if (stored.kind === 'text') {
    const numbers = stored.numbers();
    return (row) => (numbers[row] ?? -1) < 0 === wanted;
  }
  const values = stored.values();
  return (row) => Number.isNaN(values[row] ?? Number.NaN) === wanted;
}

function between(values: Float64Array, from: number | null, to: number | null): (row: number) => boolean {
  const [least, most] = [from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY];
  // NaN, which is null, is not within anything.
  return (row) => {
    const value = values[row] ?? Number.NaN;
    return value >= least && value <= most;
  };
}

function textual(
  stored: Exclude<StoredColumn, { kind: 'number' }>,
  fulfils: (text: string) => boolean,
): (row: number) => boolean {
  const flags = stored.dictionary.matching(fulfils);
  if (stored.kind === 'list') {
    return (row) => {
      for (let place = stored.length(row) - 1; place >= 0; place--) if (flags[stored.at(row, place)] === 1) return true;
      return false;
    };
  }
  const numbers = stored.numbers();
  return (row) => flags[numbers[row] ?? -1] === 1;
}

/** By value, null last in either direction; among equals the order stays. */
function sorted(index: TypeIndex, rows: Int32Array, sort: NonNullable<LibraryQuery['sort']>): Int32Array {
  const { stored } = index.column(sort.column);
  const keys = sortKeys(stored, rows);
  const isKnown = (row: number): boolean => !Number.isNaN(keys[row] ?? Number.NaN);
  const known = rows.filter(isKnown);
  const unknown = rows.filter((row) => !isKnown(row));
  const at = (row: number): number => keys[row] ?? 0;
  known.sort(sort.descending ? (a, b) => at(b) - at(a) : (a, b) => at(a) - at(b));
  const all = new Int32Array(rows.length);
  all.set(known);
  all.set(unknown, known.length);
  return all;
}

/** A number for each row that its value is ordered by; NaN is null. Lists go by their first text, then by their length. */
function sortKeys(stored: StoredColumn, rows: Int32Array): Float64Array {
  if (stored.kind === 'number') return stored.values();
  const ranks = stored.dictionary.ranks(compareTexts);
  const highest = rows.reduce((most, row) => Math.max(most, row), -1);
  const keys = new Float64Array(highest + 1).fill(Number.NaN);
  const numbers = stored.kind === 'text' ? stored.numbers() : null;
  for (const row of rows) {
    const length = stored.kind === 'list' ? stored.length(row) : 0;
    const number = stored.kind === 'list' ? (length === 0 ? -1 : stored.at(row, 0)) : (numbers?.[row] ?? -1);
    if (number >= 0) keys[row] = (ranks[number] ?? 0) * 1_000 + Math.min(999, length);
  }
  return keys;
}
