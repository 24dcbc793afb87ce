/** Files of what a source has, whatever the source is. */
import { describe, expect, test } from 'vitest';
import { defaultExportChoices, type ExportChoices } from '../core/export-choices.ts';
import { recordRef, toObservation } from '../core/observation.ts';
import { bareRecords, postRecord, productRecord, skuRecord } from '../core/record.samples.ts';
import type { AnyRecord } from '../core/record.ts';
import { refKey, type RefKey } from '../core/ref.ts';
import { createPseudonyms } from './pseudonymise.ts';
import type { ExportPlan, RowSource } from './export-plan.ts';
import { previewExport } from './preview-export.ts';
import { writeExport } from './write-export.ts';

const tiktok = ['1', '2', '3'].map((digit) =>
  postRecord({
    post_id: `750000000000000000${digit}`,
    caption: `Rye bread ${digit}`,
    author_handle: 'invented.baker',
    author_name: 'Invented Baker',
    post_url: `https://www.tiktok.com/@invented.baker/video/750000000000000000${digit}`,
    hashtags: [
      { name: 'rye', id: null, origin: 'caption' },
      { name: 'bread', id: '77', origin: 'both' },
    ],
    view_count: 10,
    figures: { view_count: { precision: 'exact', source: 'statsV2', observed_at: 0, fetched_at: 1 } },
  }),
);
const douyin: AnyRecord = {
  ...postRecord({ post_id: '7600000000000000001', caption: '红烧茄子' }),
  platform: 'douyin',
};
const product = productRecord({});
const skus = [skuRecord({ sku_id: '1' }), skuRecord({ sku_id: '2' })];
const everything: readonly AnyRecord[] = [...tiktok, douyin, product, bareRecords.comment];
const keyOf = (record: AnyRecord): RefKey => refKey(recordRef(record));

function sourceOf(exported: readonly RefKey[] = []): RowSource {
  const byRef = new Map(everything.map((record) => [keyOf(record), record]));
  return {
    async *rowsOf(type, refs) {
      for (const ref of refs) {
        const record = byRef.get(ref);
        if (type === 'sku' && record === product) yield* skus;
        else if (record?.record_type === type) yield record;
      }
    },
    withSkus: async (refs) => refs.filter((ref) => ref === keyOf(product)),
    exported: async () => new Set(exported),
    observationsOf: async (ref) =>
      everything.filter((record) => keyOf(record) === ref).map((record) => toObservation(record)),
  };
}

function planOf(change: Partial<ExportChoices> = {}, refs = everything.map(keyOf)): ExportPlan {
  return {
    choices: { ...defaultExportChoices, ...change },
    refs,
    now: Date.UTC(2026, 10, 21),
    timeZone: 'UTC',
    extensionVersion: '1',
    projectName: 'Study',
    pseudonyms: createPseudonyms('ab'.repeat(32)),
  };
}

const linesOf = async (blob: Blob): Promise<string[]> => (await blob.text()).trim().split('\r\n');

describe('the files', () => {
  test('are one per table that has rows, the long ones only where asked for', async () => {
    const { files, refs } = await writeExport(planOf(), sourceOf());
    expect(files.map(({ name, rows }) => [name.split('_')[2], rows])).toEqual([
      ['posts', 4],
      ['products', 1],
      ['skus', 2],
      ['comments', 1],
    ]);
    expect(refs).toHaveLength(everything.length);
    const few = await writeExport(planOf({ tables: ['product'] }), sourceOf());
    expect(few.refs).toEqual([keyOf(product)]);
    const long = await writeExport(planOf({ tables: ['post_hashtag', 'observation'] }), sourceOf());
    const [hashtags, observations] = await Promise.all(long.files.map(({ blob }) => linesOf(blob)));
    expect(hashtags).toHaveLength(1 + 2 * tiktok.length);
    expect(hashtags?.[1]).toBe('tiktok,7500000000000000001,rye,,caption,1');
    expect(observations?.filter((line) => line.includes('view_count')).length).toBe(tiktok.length);
  });

  test('name nobody unless it was chosen, and tell people apart all the same', async () => {
    const text = async (personal: ExportChoices['personal']): Promise<string> =>
      (await writeExport(planOf({ personal, tables: ['post'] }), sourceOf())).files[0]?.blob.text() ?? '';
    const [pseudonyms, omitted, included] = [await text('pseudonyms'), await text('omit'), await text('include')];
    for (const closed of [pseudonyms, omitted]) expect(closed).not.toMatch(/invented/iu);
    expect(included).toContain('invented.baker');
    const [header = '', first = '', second = ''] = pseudonyms.split('\r\n');
    const place = header.split(',').indexOf('author_pseudonym');
    expect(first.split(',')[place]).toMatch(/^[0-9a-f]{32}$/u);
    expect(second.split(',')[place]).toBe(first.split(',')[place]);
    expect(omitted).not.toContain('author_pseudonym');
    expect(omitted).toContain('redacted');
  });

  test('of captured answers are refused while people are not included', async () => {
    await expect(writeExport(planOf({ format: 'ndjson' }), sourceOf())).rejects.toMatchObject({
      code: 'bad_request',
      details: { advice: 'error_export_captured' },
    });
  });

  test('hold one platform where the format must', async () => {
    const { files } = await writeExport(planOf({ format: 'zeeschuimer', personal: 'include' }), sourceOf());
    expect(files.map(({ name }) => name.split('-')[2])).toEqual(['tiktok.com', 'tiktok', 'douyin.com']);
  });

  test('leave out what was exported before, and hold the sample only', async () => {
    const before = tiktok.slice(0, 2).map(keyOf);
    const fresh = await writeExport(planOf({ skipExported: true, tables: ['post'] }), sourceOf(before));
    expect(fresh.refs).not.toContain(before[0]);
    expect(fresh.files[0]?.rows).toBe(2);
    const sample = { size: 1, seed: 's', by: 'platform' } as const;
    const drawn = await writeExport(planOf({ sample, tables: ['post'] }), sourceOf());
    expect(drawn.files[0]?.rows).toBe(2);
    await expect(writeExport(planOf({ skipExported: true }), sourceOf(everything.map(keyOf)))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('come twice for two coders, with the empty columns', async () => {
    const plan = planOf({ coders: 2, codes: ['tone', '主题'], tables: ['post'] });
    const { files } = await writeExport(plan, sourceOf());
    expect(files.map(({ name }) => /_coder(\d)_/u.exec(name)?.[1])).toEqual(['1', '2']);
    const [header = '', row = ''] = await linesOf(files[0]?.blob ?? new Blob());
    expect(header.endsWith(',tone,主题')).toBe(true);
    expect(row.endsWith(',,')).toBe(true);
    expect(await files[1]?.blob.text()).toBe(await files[0]?.blob.text());
  });

  test('can be stopped, and tell how far they are', async () => {
    const stop = new AbortController();
    stop.abort();
    await expect(writeExport(planOf(), sourceOf(), { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    const told: (readonly [number, number])[] = [];
    await writeExport(planOf(), sourceOf(), { progress: (...how) => told.push(how) });
    // The product makes two rows in the table of SKUs.
    expect(told.at(-1)).toEqual([8, 7]);
    told.length = 0;
    await writeExport(planOf({ tables: ['post'] }), sourceOf(), { progress: (...how) => told.push(how) });
    const [rows, things] = told.at(-1) ?? [];
    expect(things).toBe(rows);
    expect(things).toBeLessThan(8);
  });

  test('hold chosen columns in their order, ids only, or no texts', async () => {
    const headerOf = async (change: Partial<ExportChoices>): Promise<string> => {
      const { files } = await writeExport(planOf({ tables: ['post'], ...change }), sourceOf());
      return (await linesOf(files[0]?.blob ?? new Blob()))[0] ?? '';
    };
    expect(await headerOf({ columns: { post: ['like_count', 'author_handle', 'post_id'] } })).toBe(
      'like_count,post_id',
    );
    expect(await headerOf({ idsOnly: true, personal: 'omit' })).toBe('platform,post_id');
    expect(await headerOf({ withholdText: true })).not.toContain(',caption,');
  });
});

describe('the preview', () => {
  test('shows the beginning of a table, what there is, and how large it will be', async () => {
    const plan = planOf();
    const preview = await previewExport(plan, 'post', sourceOf([keyOf(tiktok[0]!)]));
    expect(preview).toMatchObject({ table: 'post', things: everything.length, exportedBefore: 1 });
    expect(preview.tables.find(({ id }) => id === 'post')).toEqual({ id: 'post', things: 4 });
    expect(preview.rows).toHaveLength(4);
    const captions = preview.columns.findIndex(({ header }) => header === 'caption');
    expect(preview.rows[3]?.[captions]).toBe('红烧茄子');
    const { files } = await writeExport(plan, sourceOf());
    const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
    expect(Math.abs((preview.bytes ?? 0) - size) / size).toBeLessThan(0.2);
  });

  test('of nothing says so', async () => {
    expect(await previewExport(planOf({}, []), null, sourceOf())).toMatchObject({ table: null, rows: [], bytes: null });
  });
});
