/** The service over a real (in-memory) IndexedDB, written by the functions that the extension writes with. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { toObservation } from '../../core/observation.ts';
import { postRecord, productRecord, skuRecord } from '../../core/record.samples.ts';
import { type AnyRecord, type FigureNote, noSighting, type PostRecord } from '../../core/record.ts';
import type { RefKey } from '../../core/ref.ts';
import type { LibraryFilter, LibraryQuery, Progress } from '../../messaging/library-models.ts';
import { connectCredentials, connectData, type DataDatabase, type Membership } from '../../storage/database.ts';
import { addObservations } from '../../storage/records.ts';
import { createLibrary, type WorkerLibrary } from './library-service.ts';

const hour = 3_600_000;
const then = Date.UTC(2026, 10, 1);
let number = 0;
let database: DataDatabase;
let library: WorkerLibrary;

function open(data: () => Promise<DataDatabase>): WorkerLibrary {
  return createLibrary({
    data,
    credentials: connectCredentials(`library-keys-${number}`),
    clock: { now: () => then + 99 * hour },
    sleep: () => new Promise((resolve) => setTimeout(resolve)),
  });
}

beforeEach(async () => {
  const data = connectData(`library-${(number += 1)}`);
  database = await data();
  library = open(data);
});

const note = (at: number, source = 'statsV2'): FigureNote => ({
  precision: 'exact',
  source,
  observed_at: at,
  fetched_at: at,
});

function post(id: string, fields: Partial<PostRecord> = {}, at = then): PostRecord {
  const figures = Object.fromEntries(
    Object.entries(fields)
      .filter(([name, value]) => name.endsWith('_count') && value !== null)
      .map(([name]) => [name, note(at)]),
  );
  return postRecord({ post_id: id, observed_at: at, fetched_at: at, api_provider: null, figures, ...fields });
}

function saved(ref: RefKey, project = 'default', more: Partial<Membership> = {}): Membership {
  return { project, ref_key: ref, saved_at: then, sighting: noSighting, page_url: null, ...more };
}

function add(records: readonly AnyRecord[], memberships: readonly Membership[] = []): Promise<unknown> {
  return addObservations(
    database,
    records.map((record) => toObservation(record)),
    memberships,
  );
}

const posts: LibraryQuery = { type: 'post', project: null, text: '', filters: [], sort: null };
const ignore = (): void => undefined;

async function found(query: Partial<LibraryQuery>, from = library): Promise<readonly RefKey[]> {
  const { generation } = await from.query({ ...posts, ...query });
  return from.refs(generation);
}

const one: RefKey = 'tiktok:post:7500000000000000001';
const two: RefKey = 'douyin:post:7500000000000000002';
const three: RefKey = 'tiktok:post:7500000000000000003';

function addThree(): Promise<unknown> {
  return add(
    [
      post('7500000000000000001', { caption: 'Rye bread', view_count: 100 }),
      post('7500000000000000002', { platform: 'douyin', caption: '红烧茄子', like_count: 7 }),
      post('7500000000000000003', { caption: 'Butter', view_count: 300 }),
    ],
    [
      saved(one, 'default', { sighting: { ...noSighting, query_text: 'rye', result_rank: 4, last_seen_at: then + 5 } }),
      saved(one, 'other', {
        saved_at: then + 9,
        sighting: { ...noSighting, query_text: 'later', last_seen_at: then + 9 },
      }),
      saved(two),
    ],
  );
}

describe('the index', () => {
  test('the first rows come without it, in the order and with the values that they have with it', async () => {
    await addThree();
    const first = await library.first('post', 2);
    expect(first.map(({ ref }) => ref)).toEqual([three, two]);
    await library.open(ignore);
    const { generation, total } = await library.query(posts);
    expect(total).toBe(3);
    expect(await library.rows(generation, 0, 2)).toEqual(first);
    const [row] = await library.rows(generation, 2, 3);
    expect(row).toMatchObject({
      ref: one,
      observationCount: 1,
      tags: [],
      hasNote: false,
    });
    for (const unknown of ['like_count', 'created_at', 'is_ad']) expect(row?.values).not.toHaveProperty(unknown);
    expect(row?.values).toMatchObject({
      caption: 'Rye bread',
      view_count: 100,
      projects: ['default', 'other'],
      query_text: 'rye',
      result_rank: 4,
      last_seen_at: then + 9,
      saved_at: then,
      sources: ['page'],
      observed_at: then,
    });
  });

  test('tells what there is, and how far it has come', async () => {
    await addThree();
    await add([productRecord({ category_l1: '女装' })]);
    const told: Progress[] = [];
    expect(await library.open((progress) => told.push(progress))).toEqual({
      counts: { post: 3, product: 1 },
      platforms: ['tiktok', 'douyin'],
      sources: ['gateway', 'page'],
      categories: ['女装'],
      tags: [],
    });
    expect(told.at(-1)).toEqual({ done: 4, total: 4 });
  });

  test('summarises what was stored before there were summaries, and what is of another version', async () => {
    await addThree();
    await database.clear('summaries');
    expect(await found({})).toEqual([three, two, one]);
    expect(await database.count('summaries')).toBe(4);
    const old = await database.get('summaries', one);
    await database.put('summaries', { ...old!, form: 1 } as never);
    const again = open(() => Promise.resolve(database));
    expect(await found({ text: 'rye' }, again)).toEqual([one]);
  });

  test('a query waits for the index, and rows of an older result are none', async () => {
    await addThree();
    const { generation } = await library.query(posts);
    await library.query({ ...posts, text: 'rye' });
    expect(await library.rows(generation, 0, 9)).toEqual([]);
    expect(await library.refs(generation)).toEqual([]);
  });

  test('finds by project, text, filter and order', async () => {
    await addThree();
    expect(await found({ project: 'other' })).toEqual([one]);
    expect(await found({ project: 'default' })).toEqual([two, one]);
    expect(await found({ text: '茄子' })).toEqual([two]);
    expect(await found({ sort: { column: 'view_count', descending: false } })).toEqual([one, three, two]);
    expect(await found({ sort: { column: 'view_count', descending: true } })).toEqual([three, one, two]);
    const filters: readonly LibraryFilter[] = [{ kind: 'between', column: 'view_count', from: 200, to: null }];
    expect(await found({ filters })).toEqual([three]);
    await expect(
      library.query({ ...posts, filters: [{ kind: 'missing', column: 'x', missing: true }] }),
    ).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('refresh', () => {
  /** Whether the service, after reading what is new, says what one says that reads everything. */
  async function expectFresh(): Promise<void> {
    const fresh = open(() => Promise.resolve(database));
    expect(await library.refresh(null, ignore)).toEqual(await fresh.open(ignore));
    for (const query of [
      posts,
      { ...posts, project: 'default' },
      { ...posts, project: 'other' },
      { ...posts, text: 'new' },
    ]) {
      const [own, other] = [await library.query(query), await fresh.query(query)];
      expect(await library.rows(own.generation, 0, 99)).toEqual(await fresh.rows(other.generation, 0, 99));
    }
  }

  test('sees what is new, changed, saved, taken out of a project, and written', async () => {
    await addThree();
    await library.open(ignore);
    await expectFresh();
    await add([post('7500000000000000009', { caption: 'new' })]);
    await expectFresh();
    await add([post('7500000000000000001', { caption: 'new too', view_count: 900 }, then + hour)]);
    await expectFresh();
    await add([], [saved(three, 'other')]);
    await expectFresh();
    await database.delete('memberships', ['default', two]);
    await expectFresh();
    await database.put('annotations', { ref_key: two, tags: ['new'], note: '', changed_at: 1 });
    await expectFresh();
    await database.delete('annotations', two);
    await expectFresh();
  });

  test('sees a deletion', async () => {
    await addThree();
    await library.open(ignore);
    const transaction = database.transaction(['records', 'summaries', 'deletions'], 'readwrite');
    await transaction.objectStore('records').delete(one);
    await transaction.objectStore('summaries').delete(one);
    await transaction
      .objectStore('deletions')
      .add({ at: 1, cause: 'selection', project: null, records: 1, observations: 1 });
    await transaction.done;
    await expectFresh();
    expect(await found({})).toEqual([three, two]);
  });

  test('reads only these where they are named', async () => {
    await addThree();
    await library.open(ignore);
    await add([
      post('7500000000000000001', { caption: 'Changed' }, then + hour),
      post('7500000000000000003', { caption: 'Changed' }, then + hour),
    ]);
    await library.refresh([one], ignore);
    expect(await found({ text: 'changed' })).toEqual([one]);
    expect((await library.refresh([one, three], ignore)).counts).toEqual({ post: 3 });
    expect(await found({ text: 'changed' })).toEqual([three, one]);
  });
});

describe('one thing', () => {
  test('has its observations, how its figures went, where its sources differ, and its raw texts', async () => {
    const raw = '{"id":"1"}';
    await add([post('7500000000000000001', { view_count: 100, like_count: 5 })], [saved(one), saved(one, 'other')]);
    const later = { ...post('7500000000000000001', { view_count: 150 }, then + hour), raw_sha256: 'aa' };
    await addObservations(database, [toObservation(later, raw)]);
    await library.annotate([one], { add: ['a'], note: 'Look again' });
    const detail = await library.detail(one);
    expect(detail).toMatchObject({
      ref: one,
      url: 'https://www.tiktok.com/@/video/7500000000000000001',
      record: { view_count: 150, like_count: 5 },
      skus: [],
      differences: [],
      projects: ['default', 'other'],
      tags: ['a'],
      note: 'Look again',
    });
    expect(detail?.observations).toHaveLength(2);
    expect(detail?.history['view_count']).toEqual([
      { at: then, value: 100, precision: 'exact', source: 'page' },
      { at: then + hour, value: 150, precision: 'exact', source: 'page' },
    ]);
    expect(detail?.history['like_count']?.map(({ value }) => value)).toEqual([5, null]);
    expect(detail?.history['share_count']).toBeUndefined();
    expect(await library.raw(one, 0)).toBeNull();
    expect(await library.raw(one, 1)).toBe(raw);
    expect(await library.raw(one, 7)).toBeNull();
    expect(await library.detail('tiktok:post:1')).toBeNull();
  });

  test('of a product has the lowest price and the stock of its SKUs, as they were listed each time', async () => {
    const product = productRecord({ price_minor: 500, figures: { price_minor: note(then) } });
    const sku = (id: string, price: number, stock: number | null, at: number) =>
      skuRecord({
        sku_id: id,
        price_minor: price,
        stock,
        observed_at: at,
        figures: { price_minor: note(at), ...(stock === null ? {} : { stock: note(at) }) },
      });
    await add([product, sku('1', 900, 3, then), sku('2', 500, 4, then), sku('1', 450, null, then + hour)]);
    const detail = await library.detail(`douyin:product:${product.product_id}`);
    expect(detail?.skus.map(({ sku_id: id }) => id)).toEqual(['1', '2']);
    expect(detail?.history['sku_price_min_minor']?.map(({ at, value }) => [at, value])).toEqual([
      [then, 500],
      [then + hour, 450],
    ]);
    expect(detail?.history['sku_stock_total']?.map(({ value }) => value)).toEqual([7]);
  });
});

describe('tags and notes', () => {
  test('are added, taken away and found', async () => {
    await addThree();
    await library.open(ignore);
    await library.annotate([one, two], { add: [' Keep ', 'keep', ''], note: '看看' });
    expect(await found({ text: '看看' })).toEqual([two, one]);
    expect(await found({ filters: [{ kind: 'one_of', column: 'tags', values: ['KEEP'] }] })).toEqual([two, one]);
    await library.annotate([one], { remove: ['KEEP'], add: ['other'] });
    const { generation } = await library.query({ ...posts, text: '看看' });
    const rows = await library.rows(generation, 0, 9);
    expect(rows.map(({ ref, tags, hasNote }) => [ref, tags, hasNote])).toEqual([
      [two, ['Keep'], true],
      [one, ['other'], true],
    ]);
    await library.annotate([one, two], { remove: ['keep', 'other'], note: '' });
    expect(await database.count('annotations')).toBe(0);
    expect(await found({ text: '看看' })).toEqual([]);
    expect((await library.refresh(null, ignore)).tags).toEqual([]);
  });
});

describe('reports', () => {
  test('are about what the query finds', async () => {
    const tag = (name: string) => ({ name, id: null, origin: 'caption' as const });
    await add([
      post('7500000000000000001', {
        caption: 'Rye bread',
        hashtags: [tag('rye'), tag('Bread')],
        author_handle: 'lily',
      }),
      post('7500000000000000002', {
        caption: 'rye again',
        hashtags: [tag('rye')],
        author_handle: 'lily',
        view_count: 6,
      }),
      post('7500000000000000003', { platform: 'douyin', caption: '红烧茄子', hashtags: [tag('rye')] }),
    ]);
    const hashtags = await library.hashtags(posts);
    expect(hashtags.rows.map(({ platform, name, posts: count }) => [platform, name, count])).toEqual([
      ['tiktok', 'rye', 2],
      ['tiktok', 'Bread', 1],
      ['douyin', 'rye', 1],
    ]);
    expect((await library.hashtags({ ...posts, text: 'again' })).posts).toBe(1);
    const keywords = await library.keywords(posts);
    expect(keywords).toMatchObject({ records: 3, categories: [] });
    expect(keywords.terms[0]).toEqual({ term: 'rye', records: 2, occurrences: 2 });
    expect(keywords.terms.map(({ term }) => term)).toContain('茄子');
    const authors = await library.authors(posts);
    expect(authors.posts).toBe(3);
    expect(authors.rows).toHaveLength(1);
    expect(authors.rows[0]).toMatchObject({ handle: 'lily', captured: 2, medianViews: 6, medianViewsN: 1 });
  });

  test('products have categories', async () => {
    await add([productRecord({ product_name: '棉 衬衫', category_l1: '女装', price_minor: 100, currency: 'CNY' })]);
    expect(await library.keywords({ ...posts, type: 'product' })).toMatchObject({
      records: 1,
      categories: [{ platform: 'douyin', category: '女装', products: 1, medianPriceMinor: 100, currency: 'CNY' }],
    });
  });

  test('a comparison has the figures that one of them has, and ranks no counts across platforms', async () => {
    await addThree();
    const { items, rows } = await library.compare([one, three]);
    expect(items.map(({ ref }) => ref)).toEqual([one, three]);
    expect(rows.map(({ column, values, highest }) => [column.name, values, highest])).toEqual([
      ['view_count', [100, 300], 1],
    ]);
    await add([post('7500000000000000004', { platform: 'douyin', like_count: 9 })]);
    await library.refresh(null, ignore);
    const across = await library.compare([two, one, 'douyin:post:7500000000000000004']);
    expect(across.rows.find(({ column }) => column.name === 'like_count')).toMatchObject({
      values: [7, null, 9],
      highest: 2,
    });
    await expect(library.compare([one])).rejects.toMatchObject({ code: 'bad_request' });
    await expect(library.compare([one, 'tiktok:post:5'])).rejects.toMatchObject({ code: 'bad_request' });
  });
});
