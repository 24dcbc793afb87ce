import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deriveRecord } from '../core/derive.ts';
import { type Observation, toObservation } from '../core/observation.ts';
import { bareRecords, postRecord, productRecord, skuRecord } from '../core/record.samples.ts';
import { noSighting, type PostRecord } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import { connectData, type DataDatabase, type Membership } from './database.ts';
import { getRaw, rawOf } from './raws.ts';
import {
  addObservations,
  countStored,
  getObservations,
  getRecords,
  observeSaves,
  type StoredRecord,
} from './records.ts';

async function storedRecord(database: DataDatabase, key: RefKey): Promise<StoredRecord | null> {
  return (await getRecords(database, [key])).get(key) ?? null;
}

let databases = 0;
const open = (): Promise<DataDatabase> => connectData(`records-${(databases += 1)}`)();
afterEach(() => vi.restoreAllMocks());

const then = Date.UTC(2026, 10, 1);
const hour = 3_600_000;
/** Things of one transaction. */
const atOnce = 40;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function seen(id: string, at: number, fields: Partial<PostRecord> = {}, raw?: string): Observation {
  const views = { precision: 'exact', source: 'statsV2', observed_at: at, fetched_at: at } as const;
  return toObservation(
    postRecord({
      post_id: id,
      observed_at: at,
      fetched_at: at,
      view_count: 5,
      figures: { view_count: views },
      raw_sha256: raw === undefined ? null : hashOf(raw),
      ...fields,
    }),
    raw,
  );
}

const refOf = (id: string): RefKey => `tiktok:post:${id}`;
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => String(7_500_000_000_000 + index));
const member = (ref: RefKey, at = then, project = 'default'): Membership => ({
  project,
  ref_key: ref,
  saved_at: at,
  sighting: { ...noSighting, last_seen_at: at },
  page_url: null,
});

/** The browser refuses the write of this number into a store, as it does on a full disk. */
function failWrite(store: string, number: number): void {
  let writes = 0;
  for (const name of ['add', 'put'] as const) {
    // oxlint-disable-next-line typescript/unbound-method -- called with its own store below
    const write = IDBObjectStore.prototype[name];
    vi.spyOn(IDBObjectStore.prototype, name).mockImplementation(function refuse(this: IDBObjectStore, ...given) {
      if (this.name === store && (writes += 1) === number) throw new DOMException('no room', 'QuotaExceededError');
      return write.apply(this, given);
    });
  }
}

describe('what was said before', () => {
  test('is stored once, whatever the answer around it and whenever it was asked for', async () => {
    const database = await open();
    const first = seen('7500000000001', then, { api_provider: 'gateway' }, '{"request_id":1}');
    expect(await addObservations(database, [first])).toEqual({ added: 1 });
    const fields = { api_provider: 'gateway', fetched_at: then + hour, collected_from_url: 'https://a.example/' };
    const again = seen('7500000000001', then, fields, '{"request_id":2}');
    expect(await addObservations(database, [again, again])).toEqual({ added: 0 });
    expect(await getObservations(database, first.ref_key)).toHaveLength(1);
    expect(await database.count('raws')).toBe(1);
    const later = seen('7500000000001', then + hour, { api_provider: 'gateway', view_count: 9 });
    expect(await addObservations(database, [later, later])).toEqual({ added: 1 });
    expect(await database.get('records', first.ref_key)).toMatchObject({
      observation_count: 2,
      record: { view_count: 9 },
      view_interval: { earlier: { value: 5, at: then }, later: { value: 9, at: then + hour } },
    });
  });

  test('in one large batch and in small ones comes to the same', async () => {
    const [large, small] = [await open(), await open()];
    // More than one transaction; each thing twice, some of them with the same words.
    const all = ids(atOnce + 6).flatMap((id, index) => [
      seen(id, then),
      seen(id, index % 3 === 0 ? then : then + hour, { view_count: index % 3 === 0 ? 5 : 8 }),
    ]);
    const { added } = await addObservations(large, all, [], atOnce);
    for (const id of ids(atOnce + 6)) {
      await addObservations(
        small,
        all.filter(({ ref_key: ref }) => ref === refOf(id)),
      );
    }
    expect(added).toBe(all.length - Math.ceil((atOnce + 6) / 3));
    expect(await countStored(large)).toEqual(await countStored(small));
    expect(await large.getAll('records')).toEqual(await small.getAll('records'));
    expect(await large.getAll('summaries')).toEqual(await small.getAll('summaries'));
    expect(await addObservations(large, all, [], atOnce)).toEqual({ added: 0 });
  });

  test('is found although the batch looked new, and the thing keeps what it had', async () => {
    const database = await open();
    const [known = '', ...others] = ids(100).reverse();
    await addObservations(database, [seen(known, then - hour, { caption: 'first words' })]);
    const batch = [...others.slice(0, 50), known, ...others.slice(50)].map((id) => seen(id, then, { caption: null }));
    expect(await addObservations(database, batch)).toEqual({ added: 100 });
    expect(await storedRecord(database, refOf(known))).toMatchObject({
      observation_count: 2,
      record: { caption: 'first words' },
    });
    expect(await getObservations(database, refOf(known))).toHaveLength(2);
  });

  test('of SKUs is found where their product has no record yet', async () => {
    const database = await open();
    const sku = toObservation(skuRecord({ fetched_at: then, observed_at: then }));
    await addObservations(database, [sku]);
    expect(await storedRecord(database, sku.ref_key)).toBeNull();
    const others = ids(60).map((id) => seen(id, then));
    const product = toObservation(productRecord({ fetched_at: then, observed_at: then }));
    expect(await addObservations(database, [...others, sku, product])).toEqual({ added: 61 });
    expect(await getObservations(database, sku.ref_key)).toHaveLength(2);
    expect((await storedRecord(database, sku.ref_key))?.observation_count).toBe(1);
  });

  test.each(Object.values(bareRecords))('derives a $record_type as all its observations say', async (record) => {
    const database = await open();
    const looks = [then, then + hour].map((at) => toObservation({ ...record, observed_at: at, fetched_at: at }));
    await addObservations(database, looks);
    const own = looks.filter((observation) => observation.record.record_type !== 'sku');
    expect((await storedRecord(database, looks[0]!.ref_key))?.record ?? null).toEqual(deriveRecord(own));
  });
});

describe('what is saved into a project', () => {
  test('keeps its first time and place, and is seen again', async () => {
    const database = await open();
    const ref = refOf('7500000000001');
    const later = { ...member(ref, then + hour), page_url: 'https://elsewhere.example/' };
    await addObservations(database, [], [member(ref), later, member(ref, then, 'other')]);
    await addObservations(database, [], [{ ...later, sighting: { ...noSighting, last_seen_at: then + 2 * hour } }]);
    expect(await database.getAll('memberships')).toEqual([
      { ...member(ref), sighting: { ...noSighting, last_seen_at: then + 2 * hour } },
      member(ref, then, 'other'),
    ]);
  });
});

describe('raw texts', () => {
  test('are kept once beside the observations that share them, and found by their hash', async () => {
    const database = await open();
    const text = JSON.stringify({ words: 'Regen auf Blech 雨'.repeat(200) });
    const shared = ids(3).map((id) => seen(id, then, {}, text));
    await addObservations(database, shared);
    expect(await database.count('raws')).toBe(1);
    const [stored] = await getObservations(database, refOf(ids(1)[0]!));
    expect(stored).not.toHaveProperty('raw');
    expect(await rawOf(database, stored!)).toBe(text);
    expect(await getRaw(database, hashOf(text))).toBe(text);
    const [kept] = await database.getAll('raws');
    expect(kept).toMatchObject({ sha256: hashOf(text), size: Buffer.byteLength(text) });
    expect(kept!.deflated.byteLength).toBeLessThan(kept!.size / 10);
  });

  test('of before version 3 are read from the observation itself; without one there is none', async () => {
    const database = await open();
    const old = seen('7500000000001', then, {}, '{"inline":true}');
    await database.add('observations', old);
    expect(await rawOf(database, (await getObservations(database, old.ref_key))[0]!)).toBe('{"inline":true}');
    expect(await rawOf(database, seen('7500000000002', then))).toBeNull();
    expect(await getRaw(database, hashOf('nothing'))).toBeNull();
  });
});

describe('a full disk', () => {
  const count = 2 * atOnce + 10;

  test.each([
    ['an observation', 'observations', atOnce + 30],
    ['a record', 'records', atOnce + 30],
    ['a raw text', 'raws', atOnce + 30],
    ['a membership', 'memberships', atOnce + 30],
  ])('in the middle of a batch, at %s, loses nothing and leaves nothing half-written', async (_name, store, at) => {
    const database = await open();
    const before = seen('7400000000000', then);
    await addObservations(database, [before], [member(before.ref_key)]);
    const told: boolean[] = [];
    observeSaves((isFull) => told.push(isFull));
    const batch = ids(count).map((id) => seen(id, then, {}, `{"id":"${id}"}`));
    const memberships = batch.map(({ ref_key: ref }) => member(ref));
    failWrite(store, at);
    await expect(addObservations(database, batch, memberships, atOnce)).rejects.toMatchObject({ code: 'storage_full' });
    vi.restoreAllMocks();
    // The first transaction stays as a whole, the second is not there at all.
    const whole = atOnce + 1;
    expect(await countStored(database)).toEqual({ observations: whole, records: whole });
    expect([await database.count('memberships'), await database.count('raws')]).toEqual([whole, whole - 1]);
    expect(await storedRecord(database, before.ref_key)).toMatchObject({ observation_count: 1 });
    expect(told).toEqual([false, true]);
    // With room again, and by another worker: what is there is not doubled.
    expect(await addObservations(database, batch, memberships, atOnce)).toEqual({ added: count - atOnce });
    expect(await countStored(database)).toEqual({ observations: count + 1, records: count + 1 });
    expect(await database.count('raws')).toBe(count);
    expect(told.at(-1)).toBe(false);
  });
});
