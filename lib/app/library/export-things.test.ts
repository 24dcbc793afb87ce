/** Files of stored things, over a real (in-memory) IndexedDB. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { defaultExportChoices, type ExportChoices } from '../../core/export-choices.ts';
import { toObservation } from '../../core/observation.ts';
import { postRecord, productRecord, skuRecord } from '../../core/record.samples.ts';
import { type AnyRecord, noSighting } from '../../core/record.ts';
import type { RefKey } from '../../core/ref.ts';
import type { LibraryFile } from '../../messaging/library-models.ts';
import { connectCredentials, connectData, type DataDatabase, type Membership } from '../../storage/database.ts';
import { addObservations } from '../../storage/records.ts';
import { createThingExports, type ThingExports } from './export-things.ts';

const then = Date.UTC(2026, 10, 1);
let number = 0;
let database: DataDatabase;
let library: ThingExports;

beforeEach(async () => {
  const data = connectData(`things-${(number += 1)}`);
  database = await data();
  const credentials = connectCredentials(`things-keys-${number}`);
  library = createThingExports({ data, credentials, clock: { now: () => then } });
});

function add(records: readonly AnyRecord[], memberships: readonly Membership[] = []): Promise<unknown> {
  return addObservations(
    database,
    records.map((record) => toObservation(record)),
    memberships,
  );
}

const one: RefKey = 'tiktok:post:7500000000000000001';
const two: RefKey = 'douyin:post:7500000000000000002';
const three: RefKey = 'tiktok:post:7500000000000000003';

function saved(ref: RefKey, project: string, text: string, at = then): Membership {
  const sighting = { ...noSighting, query_text: text, last_seen_at: at };
  return { project, ref_key: ref, saved_at: at, sighting, page_url: null };
}

function addThree(): Promise<unknown> {
  return add(
    [
      postRecord({ post_id: '7500000000000000001', caption: 'Rye bread' }),
      postRecord({ post_id: '7500000000000000002', platform: 'douyin', caption: '红烧茄子' }),
      postRecord({ post_id: '7500000000000000003', caption: 'Butter' }),
    ],
    [saved(one, 'study', 'rye'), saved(one, 'other', 'later', then + 9), saved(two, 'study', '茄子')],
  );
}

describe('files', () => {
  const surroundings = { timeZone: 'UTC', extensionVersion: '1.2.3', project: { id: 'study', name: 'Study' } };
  const write = (refs: readonly RefKey[], change: Partial<ExportChoices> = {}) =>
    library.export(refs, { ...defaultExportChoices, personal: 'include', ...change }, surroundings, () => undefined);
  async function only(files: Promise<readonly LibraryFile[]>): Promise<LibraryFile> {
    const [file, ...others] = await files;
    if (!file || others.length > 0) throw new Error('one file was expected');
    return file;
  }

  test('hold these rows in their order, with where they were met', async () => {
    await addThree();
    const file = await only(write([one, two]));
    expect(file).toMatchObject({ rows: 2 });
    expect(file.name).toMatch(/^clipscope_mixed_posts_\d{8}T\d{6}Z\.csv$/u);
    const [header = '', first = '', second = ''] = (await file.blob.text()).split('\r\n');
    const column = header.split(',').indexOf('query_text');
    expect(first.split(',')[column]).toBe('rye');
    expect(first).toContain('Rye bread');
    expect(second).toContain('红烧茄子');
    expect((await only(write([three]))).name).toContain('clipscope_tiktok_posts_');
  });

  test('hold the SKUs of products, and every observation in our own form', async () => {
    await add([productRecord({}), skuRecord({ sku_id: '1' }), skuRecord({ sku_id: '2' })]);
    const ref: RefKey = `douyin:product:${productRecord({}).product_id}`;
    expect((await only(write([ref], { tables: ['sku'] }))).rows).toBe(2);
    const file = await only(write([ref], { format: 'ndjson', tables: ['product'] }));
    const lines = (await file.blob.text()).trim().split('\n');
    expect(lines).toHaveLength(1);
    await expect(write([ref], { format: 'no-such' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(write([ref], { format: 'ndjson', personal: 'pseudonyms' })).rejects.toMatchObject({
      details: { advice: 'error_export_captured' },
    });
  });

  test('are asked for by project, remembered, and left out the next time', async () => {
    await addThree();
    expect([...(await library.things('study'))].sort()).toEqual([two, one].sort());
    expect([...(await library.things(null))].sort()).toEqual([two, one, three].sort());
    await write([one, two]);
    const preview = await library.previewExport([two, one, three], defaultExportChoices, null, surroundings);
    expect(preview).toMatchObject({ things: 3, exportedBefore: 2 });
    const rest = await only(write([two, one, three], { skipExported: true }));
    expect(rest.rows).toBe(1);
    expect(await rest.blob.text()).toContain('Butter');
  });

  test('are the same in any order of asking, with each row’s own place', async () => {
    await addThree();
    const rows = async (refs: readonly RefKey[]): Promise<readonly string[]> =>
      (await (await only(write(refs))).blob.text()).trim().split('\r\n').slice(1).sort();
    expect(await rows([two, one, three])).toEqual(await rows([three, one, two]));
  });

  test('name nobody under a key of the project, which is another in another project', async () => {
    await add([postRecord({ author_handle: 'invented.baker' })]);
    const ref: RefKey = `tiktok:post:${postRecord({}).post_id}`;
    const text = async (id: string): Promise<string> => {
      const project = { id, name: '' };
      const files = library.export([ref], defaultExportChoices, { ...surroundings, project }, () => undefined);
      return (await only(files)).blob.text();
    };
    const pseudonym = (file: string): string => /\b[0-9a-f]{32}\b/u.exec(file)?.[0] ?? '';
    const [first, again, other] = [await text('a'), await text('a'), await text('b')];
    expect(first).not.toContain('invented.baker');
    expect(pseudonym(first)).toMatch(/^[0-9a-f]{32}$/u);
    expect(pseudonym(again)).toBe(pseudonym(first));
    expect(pseudonym(other)).not.toBe(pseudonym(first));
  });
});
