/** The index against the plainest way of doing the same, on random rows. */
import { describe, expect, test } from 'vitest';
import { median } from '../../analysis/median.ts';
import { defaultSheetChoices } from '../../core/export-choices.ts';
import { cellsOf } from '../../exporters/columns.ts';
import type { CellValue, LibraryFilter, LibraryQuery } from '../../messaging/library-models.ts';
import type { KeptRecord } from '../../storage/database.ts';
import { kept, randomPosts, randomProducts, seeded, summaries } from './index-rows.samples.ts';
import { libraryColumns, libraryName } from './library-columns.ts';
import { runQuery } from './run-query.ts';
import { createTypeIndex, type TypeIndex } from './type-index.ts';
import { postRecord } from '../../core/record.samples.ts';

const context = { timeZone: 'UTC', now: 0, extensionVersion: '1', choices: defaultSheetChoices };
const rows = randomPosts(240, 7);
const everything: LibraryQuery = { type: 'post', project: null, text: '', filters: [], sort: null };

function indexOf(records: readonly KeptRecord[]): TypeIndex {
  const index = createTypeIndex('post');
  for (const summary of summaries(records)) index.put(summary);
  return index;
}

const index = indexOf(rows);
const columns = libraryColumns('post');

/** The values of a record as the codebook has them, in the library's units; a column that it has not is missing. */
function plainValues({ record }: KeptRecord): ReadonlyMap<string, CellValue> {
  return new Map(
    cellsOf(record, context).flatMap(({ column, value }): [string, CellValue][] => {
      const name = libraryName(column.name);
      if (value === null || (Array.isArray(value) && value.length === 0)) return [[name, null]];
      if (column.type === 'time' && typeof value === 'string') return [[name, Date.parse(value)]];
      if (column.name.endsWith('duration_s')) return [[name, Number(value) * 1000]];
      if (Array.isArray(value)) return [[name, value.map(String)]];
      return typeof value === 'object' ? [] : [[name, value]];
    }),
  );
}

const values = new Map(
  columns.map((column) => [
    column.column.name,
    new Map(rows.map((row) => [row.ref_key, index.value(index.rowOf(row.ref_key) ?? -1, column)])),
  ]),
);

function valueOf(row: KeptRecord, name: string): CellValue {
  return values.get(name)?.get(row.ref_key) ?? null;
}

test('every column has the value that the codebook computes from the whole record', () => {
  // Of the saving, which a record knows nothing of.
  const saving = new Set(['first_seen_at', 'last_seen_at', 'query_type', 'query_text', 'page_tab', 'result_rank']);
  let compared = 0;
  for (const row of rows.slice(0, 60)) {
    const plainly = plainValues(row);
    for (const { column } of columns) {
      const plain = saving.has(column.name) ? undefined : plainly.get(column.name);
      if (plain === undefined) continue;
      compared += 1;
      expect([column.name, valueOf(row, column.name)]).toEqual([column.name, plain]);
    }
  }
  expect(compared).toBeGreaterThan(60 * 70);
});

test('outliers and views per hour between two looks are as their formulae say', () => {
  const authorOf = ({ record }: KeptRecord): string => {
    if (record.record_type !== 'post') return '';
    return `${record.platform} ${record.author_id ?? record.author_handle}`;
  };
  // Only one author was ever seen with each handle, so that those without an id are the same.
  const handles = new Map<string, string>(
    rows.flatMap((row) =>
      row.record.record_type === 'post' && row.record.author_id !== null
        ? [[`${row.record.platform} ${row.record.author_handle}`, authorOf(row)] as const]
        : [],
    ),
  );
  const own = (row: KeptRecord): string => handles.get(authorOf(row)) ?? authorOf(row);
  const viewsOf = (row: KeptRecord): number | null =>
    row.record.record_type === 'post' ? row.record.view_count : null;
  let found = 0;
  for (const row of rows) {
    const others = rows
      .filter((other) => other !== row && own(other) === own(row))
      .flatMap((other) => viewsOf(other) ?? []);
    const typical = median(others);
    const views = viewsOf(row);
    const isKnown = views !== null && others.length >= 5 && typical !== null && typical !== 0;
    if (isKnown) found += 1;
    expect(valueOf(row, 'outlier_n')).toBe(isKnown ? others.length : null);
    expect(valueOf(row, 'outlier_x_median')).toBe(isKnown ? Math.round((views / typical) * 1e6) / 1e6 : null);
    const interval = row.view_interval;
    const speed = interval
      ? (interval.later.value - interval.earlier.value) / ((interval.later.at - interval.earlier.at) / 3_600_000)
      : null;
    expect(valueOf(row, 'views_per_hour_interval')).toBe(speed === null ? null : Math.round(speed * 1e6) / 1e6);
  }
  expect(found).toBeGreaterThan(60);
});

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

function plainFilter(filter: LibraryFilter, row: KeptRecord): boolean {
  const value = valueOf(row, filter.column);
  const isNull = value === null || (Array.isArray(value) && value.length === 0);
  if (filter.kind === 'missing') return isNull === filter.missing;
  if (isNull) return false;
  const list = Array.isArray(value) ? value : [String(value)];
  if (filter.kind === 'one_of') return list.some((one) => filter.values.map(fold).includes(fold(one)));
  if (filter.kind === 'contains') return list.some((one) => fold(one).includes(fold(filter.text)));
  return Number(value) >= (filter.from ?? -Infinity) && Number(value) <= (filter.to ?? Infinity);
}

const collator = new Intl.Collator('zh-Hans-CN', { numeric: true });

function compare(a: CellValue, b: CellValue): number {
  if (typeof a === 'string' && typeof b === 'string') return collator.compare(a, b);
  if (Array.isArray(a) && Array.isArray(b)) return collator.compare(String(a[0]), String(b[0])) || a.length - b.length;
  return Number(a) - Number(b);
}

function plainQuery(query: LibraryQuery): readonly string[] {
  const newestFirst = [...rows].sort((a, b) => {
    const [one, other] = [a.ref_key.split(':')[2] ?? '', b.ref_key.split(':')[2] ?? ''];
    return one < other ? 1 : one > other ? -1 : a.ref_key < b.ref_key ? 1 : -1;
  });
  const found = newestFirst.filter((row) => query.filters.every((filter) => plainFilter(filter, row)));
  const { sort } = query;
  if (!sort) return found.map(({ ref_key: ref }) => ref);
  const known = found.filter((row) => valueOf(row, sort.column) !== null);
  const unknown = found.filter((row) => valueOf(row, sort.column) === null);
  known.sort((a, b) => compare(valueOf(a, sort.column), valueOf(b, sort.column)) * (sort.descending ? -1 : 1));
  return [...known, ...unknown].map(({ ref_key: ref }) => ref);
}

function refsOf(query: LibraryQuery, from = index): readonly (string | undefined)[] {
  return Array.from(runQuery(from, query), (row) => from.refs[row]);
}

describe('a query finds what the plain way finds, in its order', () => {
  const random = seeded(99);
  const pick = <Value>(list: readonly Value[]): Value => list[Math.floor(random() * list.length)]!;
  // A column that is null everywhere tells nothing of most filters.
  const varied = columns.filter(({ column }) => new Set(rows.map((row) => String(valueOf(row, column.name)))).size > 1);
  const filters = (): LibraryFilter => {
    const column = pick(random() < 0.9 ? varied : columns).column;
    const kind = random();
    const sample = valueOf(pick(rows), column.name);
    if (kind < 0.2) return { kind: 'missing', column: column.name, missing: random() < 0.5 };
    if (column.type === 'text' || column.type === 'list') {
      const text = Array.isArray(sample) ? (sample[0] ?? 'x') : String(sample ?? 'rye');
      if (kind < 0.6) return { kind: 'contains', column: column.name, text: text.slice(0, 3).toUpperCase() };
      return { kind: 'one_of', column: column.name, values: [text.toUpperCase(), 'rye'] };
    }
    if (kind < 0.4) return { kind: 'one_of', column: column.name, values: [String(sample), '0', 'false'] };
    const number = typeof sample === 'number' ? sample : 0;
    return {
      kind: 'between',
      column: column.name,
      from: random() < 0.3 ? null : number,
      to: random() < 0.3 ? null : number * 2,
    };
  };

  test.each(columns.map(({ column }) => [column.name] as const))('sorted by %s', (column) => {
    for (const descending of [false, true]) {
      const query = { ...everything, sort: { column, descending } };
      expect(refsOf(query)).toEqual(plainQuery(query));
    }
  });

  test('filtered by one or two columns, 250 times', () => {
    let found = 0;
    for (let round = 0; round < 250; round++) {
      const list = [filters(), ...(random() < 0.4 ? [filters()] : [])];
      const sort = random() < 0.5 ? { column: pick(columns).column.name, descending: random() < 0.5 } : null;
      const query = { ...everything, filters: list, sort };
      const refs = refsOf(query);
      expect({ list, sort, refs }).toEqual({ list, sort, refs: plainQuery(query) });
      if (refs.length > 0 && refs.length < rows.length) found += 1;
    }
    expect(found).toBeGreaterThan(100);
  });
});

describe('the search', () => {
  const small = indexOf([
    kept(postRecord({ post_id: '1', caption: 'Rye BREAD in the pot', author_name: 'Ärger' })),
    kept(
      postRecord({
        post_id: '2',
        caption: '今天教大家做一道家常红烧茄子',
        hashtags: [{ name: '家常菜', id: null, origin: 'tag_list' }],
      }),
    ),
    kept(postRecord({ post_id: '3', caption: 'a\u030Angstro\u0308m', music_title: 'Bread song' })),
    kept(postRecord({ post_id: '4', caption: null })),
  ]);
  const find = (text: string): readonly (string | undefined)[] =>
    refsOf({ ...everything, text }, small).map((ref) => ref?.split(':')[2]);

  test('needs every word somewhere in the texts, without case and whatever the form', () => {
    expect(find('bread')).toEqual(['3', '1']);
    expect(find('  BREAD  rye ')).toEqual(['1']);
    expect(find('bread äRGER')).toEqual(['1']);
    expect(find('ångström')).toEqual(['3']);
    expect(find('')).toEqual(['4', '3', '2', '1']);
    expect(find('tiktok')).toEqual([]);
  });

  test('finds Chinese within a text', () => {
    expect(find('红烧')).toEqual(['2']);
    expect(find('茄子 家常菜')).toEqual(['2']);
    expect(find('烧红')).toEqual([]);
  });

  test('finds tags and notes, and no more once they are gone', () => {
    small.setWritten(3, 'Later\n看看');
    expect(find('later')).toEqual(['4']);
    expect(find('看看')).toEqual(['4']);
    small.setWritten(3, '');
    expect(find('later')).toEqual([]);
  });
});

describe('an index that changes', () => {
  test('is as if it had been read so', () => {
    const changing = indexOf(rows.slice(0, 120));
    changing.column('er_views_lcs');
    changing.column('outlier_x_median');
    runQuery(changing, { ...everything, sort: { column: 'caption', descending: false } });
    const renewed = randomPosts(240, 8).slice(0, 100);
    const wanted = new Map(rows.map((row) => [row.ref_key, row]));
    for (const summary of summaries(rows.slice(120))) changing.put(summary);
    rows.slice(0, 100).forEach((row, place) => {
      const record = { ...renewed[place]!.record, post_id: row.ref_key.split(':')[2] } as KeptRecord['record'];
      const after = { ...renewed[place]!, record, ref_key: row.ref_key };
      wanted.set(row.ref_key, after);
      for (const summary of summaries([after])) changing.put(summary);
    });
    for (const row of rows.slice(50, 90)) {
      changing.remove(row.ref_key);
      wanted.delete(row.ref_key);
    }
    const fresh = indexOf([...wanted.values()]);
    expect(changing.count()).toBe(wanted.size);
    for (const { column } of columns) {
      const query = { ...everything, sort: { column: column.name, descending: true } };
      expect(refsOf(query, changing)).toEqual(refsOf(query, fresh));
    }
    for (const text of ['rye', '面包', 'person3']) {
      expect(refsOf({ ...everything, text }, changing)).toEqual(refsOf({ ...everything, text }, fresh));
    }
  });
});

test('a column that is not there, and a filter that does not fit, are refused', () => {
  const bad = (filter: LibraryFilter) => () => runQuery(index, { ...everything, filters: [filter] });
  expect(bad({ kind: 'missing', column: 'no_such', missing: true })).toThrow(/no_such/u);
  expect(bad({ kind: 'between', column: 'caption', from: 1, to: 2 })).toThrow(/caption/u);
  expect(bad({ kind: 'contains', column: 'view_count', text: '1' })).toThrow(/view_count/u);
});

test('rows of other types have columns of their own', () => {
  const products = createTypeIndex('product');
  for (const summary of summaries(randomProducts(20, 3))) products.put(summary);
  const cheap: LibraryQuery = {
    ...everything,
    type: 'product',
    filters: [{ kind: 'between', column: 'price_minor', from: null, to: 4_000 }],
    sort: { column: 'price_minor', descending: false },
  };
  const found = Array.from(runQuery(products, cheap), (row) => products.refs[row]);
  expect(found.length).toBeGreaterThan(2);
  expect(products.order()).toHaveLength(20);
});
