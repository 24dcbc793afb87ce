import { describe, expect, test } from 'vitest';
import { toObservation } from '../core/observation.ts';
import { bareRecords, postRecord, skuRecord } from '../core/record.samples.ts';
import { noSighting } from '../core/record.ts';
import { clipscopeNdjson } from './clipscope-ndjson.ts';
import { importText } from './importer.samples.ts';
import { importerFor } from './index.ts';
import { ndjsonOf } from './zeeschuimer.samples.ts';

const observation = toObservation(postRecord({ caption: '穿搭 👩‍👩‍👧', view_count: 12 }));
const line = { clipscope: 1, observation };
const saved = {
  saved_at: Date.UTC(2026, 8, 1),
  page_url: 'https://www.tiktok.com/search?q=x',
  sighting: { ...noSighting, query_type: 'search', query_text: 'rye', result_rank: 3, shown_on_page: true },
};

test('every type of record comes back as it was', async () => {
  const observations = [...Object.values(bareRecords), skuRecord({ properties: { __proto__x: '1', 尺码: 'XL' } })].map(
    (record) => toObservation(record),
  );
  const { items, problems } = await importText(
    clipscopeNdjson,
    ndjsonOf(observations.map((own) => ({ clipscope: 1, observation: own }))),
  );
  expect(problems).toEqual([]);
  expect(items.map((item) => item.observations)).toEqual(observations.map((own) => [own]));
});

test('raw text, place and bare refs', async () => {
  const raw = '{"id":"1","msToken":"SECRET","a":[1,2.5,null]}';
  const { items } = await importText(
    clipscopeNdjson,
    ndjsonOf([
      { ...line, raw, saved },
      { clipscope: 1, ref: 'douyin:post:7401122334455667788', saved },
    ]),
  );
  expect(items).toEqual([
    {
      kind: 'item',
      line: 1,
      observations: [{ ...observation, raw: '{"id":"1","a":[1,2.5,null]}' }],
      refs: [],
      met: { pageUrl: 'https://www.tiktok.com/search', sighting: saved.sighting },
      savedAt: saved.saved_at,
      hashed: raw,
    },
    {
      kind: 'item',
      line: 2,
      observations: [],
      refs: ['douyin:post:7401122334455667788'],
      met: { pageUrl: 'https://www.tiktok.com/search', sighting: saved.sighting },
      savedAt: saved.saved_at,
    },
  ]);
});

describe('what is not ours is told by its line', () => {
  test.each<readonly [string, unknown, string]>([
    ['a later version', { ...line, clipscope: 2 }, 'import_line_newer'],
    ['another object', { id: 1 }, 'import_line_not_ours'],
    ['no observation', { clipscope: 1 }, 'import_line_not_ours'],
    [
      'a field of a wrong type',
      { clipscope: 1, observation: { ...observation, record: { ...observation.record, view_count: '12' } } },
      'import_line_not_ours',
    ],
    [
      'a record under another kind of ref',
      { clipscope: 1, observation: { ...observation, ref_key: 'tiktok:product:1' } },
      'import_line_not_ours',
    ],
    ['a ref that is none', { clipscope: 1, ref: 'https://x' }, 'import_line_not_ours'],
    ['raw that is no JSON', { ...line, raw: '{' }, 'import_raw_damaged'],
    ['raw that is no text', { ...line, raw: { id: 1 } }, 'import_raw_damaged'],
  ])('%s', async (_name, wrong, message) => {
    const { items, problems } = await importText(clipscopeNdjson, ndjsonOf([line, wrong, line]));
    expect(items.map((item) => item.line)).toEqual([1, 3]);
    expect(problems).toMatchObject([{ line: 2, message }]);
  });

  test('a line that is cut off', async () => {
    const { problems } = await importText(clipscopeNdjson, ndjsonOf([line]).slice(0, -20));
    expect(problems).toMatchObject([{ line: 1, message: 'import_line_not_json' }]);
  });

  test('a place that is none is no reason to lose the line', async () => {
    const { items } = await importText(clipscopeNdjson, ndjsonOf([{ ...line, saved: { page_url: 7 } }]));
    expect(items).toMatchObject([{ met: null }]);
  });
});

test('is recognised by its first line, however long', () => {
  expect(importerFor({ text: ndjsonOf([line]), isWhole: true })).toBe(clipscopeNdjson);
  expect(importerFor({ text: ndjsonOf([line]).slice(0, 50), isWhole: false })).toBe(clipscopeNdjson);
});
