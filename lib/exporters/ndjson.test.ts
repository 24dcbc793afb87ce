import { expect, test } from 'vitest';
import { toObservation, type Observation } from '../core/observation.ts';
import { bareRecords, postRecord, skuRecord } from '../core/record.samples.ts';
import { type AnyRecord, noSighting, recordTypes } from '../core/record.ts';
import type { ExportContext } from './exporter.ts';
import { awkwardTexts, harnessContext, writeFile } from './harness.ts';
import { ndjson } from './ndjson.ts';

async function write(rows: readonly AnyRecord[], context: Partial<ExportContext>): Promise<readonly unknown[]> {
  const bytes = await writeFile(ndjson, rows[0]?.record_type ?? 'post', rows, { ...harnessContext, ...context });
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  expect(text === '' || text.endsWith('}\n')).toBe(true);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
}

function known(observations: readonly Observation[]): Partial<ExportContext> {
  return { observationsOf: async (ref) => observations.filter((one) => one.ref_key === ref) };
}

test.each(recordTypes)('a %s is all that was observed of it', async (type) => {
  const observation = toObservation(bareRecords[type]);
  expect(await write([bareRecords[type]], known([observation]))).toEqual([{ clipscope: 1, observation }]);
});

test('each observation is a line; the first has when and where it was saved, each its raw text', async () => {
  const post = postRecord({});
  const first = toObservation({ ...post, raw_sha256: 'aa' });
  const second = toObservation({ ...post, view_count: 7, raw_sha256: 'bb' });
  const saved = { saved_at: 5, page_url: null, sighting: { ...noSighting, result_rank: 3 } };
  const lines = await write([post], {
    ...known([first, second]),
    rawOf: async ({ record }) => (record.raw_sha256 === 'aa' ? '{"id":"1"}' : null),
    // What else is known of a saving stays here.
    savedOf: async () => ({ ...saved, project: 'one' }),
  });
  expect(lines).toEqual([
    { clipscope: 1, observation: first, raw: '{"id":"1"}', saved },
    { clipscope: 1, observation: second },
  ]);
});

test('a raw text that an old observation holds itself stands beside it', async () => {
  const { raw: _raw, ...said } = toObservation(postRecord({}), '{}');
  expect(await write([postRecord({})], known([{ ...said, raw: '{}' }]))).toEqual([
    { clipscope: 1, observation: said, raw: '{}' },
  ]);
});

test('a SKU is not its product, and not another SKU', async () => {
  const { product } = bareRecords;
  const one = skuRecord({ product_id: product.product_id });
  const other = skuRecord({ product_id: product.product_id, sku_id: '2' });
  const observations = [product, one, other].map((record) => toObservation(record));
  expect(await write([one], known(observations))).toEqual([{ clipscope: 1, observation: observations[1] }]);
  expect(await write([product], known(observations))).toEqual([{ clipscope: 1, observation: observations[0] }]);
});

test('of a row that nothing was observed of the ref is written', async () => {
  const skipped: string[] = [];
  const context = { skipped: (message: string) => void skipped.push(message) };
  const ref = 'tiktok:post:7528963259874125698';
  expect(await write([postRecord({ collected_via: 'dom' }), postRecord({})], context)).toEqual([
    { clipscope: 1, ref },
    { clipscope: 1, ref },
  ]);
  // What was only seen has nothing to lose.
  expect(skipped).toEqual(['export_skipped_unobserved']);
});

test('texts come back as they were', async () => {
  const rows = awkwardTexts.map((caption, index) =>
    postRecord({ caption, post_id: String(7_528_963_259_874_125_000n + BigInt(index)) }),
  );
  const lines = await write(rows, known(rows.map((row) => toObservation(row))));
  expect(lines).toMatchObject(awkwardTexts.map((caption) => ({ observation: { record: { caption } } })));
});
