import { describe, expect, test } from 'vitest';
import { toObservation } from '../core/observation.ts';
import { bareRecords, postRecord } from '../core/record.samples.ts';
import { type AnyRecord, recordTypes } from '../core/record.ts';
import { columns, isExportedByDefault } from './columns.ts';
import type { ExportContext } from './exporter.ts';
import { awkwardTexts, harnessContext } from './harness.ts';
import { ndjsonRecords } from './ndjson-records.ts';
import type { TableId } from '../core/export-choices.ts';

type Line = Readonly<Record<string, unknown>>;

async function write(
  id: TableId,
  rows: readonly AnyRecord[],
  context: Partial<ExportContext> = {},
): Promise<{ readonly text: string; readonly lines: readonly Line[] }> {
  let text = '';
  for await (const chunk of ndjsonRecords.write([{ id, rows: () => rows }], { ...harnessContext, ...context }))
    text += String(chunk);
  expect(text === '' || text.endsWith('}\n')).toBe(true);
  return {
    text,
    lines: text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Line),
  };
}

test('is called ndjson-records', () => {
  expect(ndjsonRecords).toMatchObject({ id: 'ndjson-records', form: 'sheet' });
});

test.each(recordTypes)('a bare %s has every column, in order, null where nothing is known', async (type) => {
  const { lines } = await write(type, [bareRecords[type]]);
  const names = columns[type].filter(isExportedByDefault).map(({ name }) => name);
  expect(Object.keys(lines[0] ?? {})).toEqual(['record_type', ...names]);
  expect(lines[0]?.['record_type']).toBe(type);
});

test('values have their JSON types', async () => {
  const post = postRecord({
    author_id: '6952369874521000001',
    view_count: 9_007_199_254_740_991,
    like_count: 0,
    is_ad: false,
    created_at: Date.UTC(2026, 8, 1, 12),
    duration_ms: 12_850,
    hashtags: [
      { name: 'ootd', id: '1600000000000000001', origin: 'both' },
      { name: '穿搭', id: null, origin: 'caption' },
    ],
    ai_flags: { IsAigc: 'false' },
  });
  const { lines } = await write('post', [post]);
  expect(lines[0]).toMatchObject({
    post_id: '7528963259874125698',
    author_id: '6952369874521000001',
    view_count: 9_007_199_254_740_991,
    like_count: 0,
    comment_count: null,
    is_ad: false,
    created_at_utc: '2026-09-01T12:00:00Z',
    duration_s: 12.85,
    hashtags: ['ootd', '穿搭'],
    hashtag_ids: ['1600000000000000001', null],
    ai_flags: { IsAigc: 'false' },
    mentions: [],
  });
});

test('texts come back as they were, one line each', async () => {
  const { text, lines } = await write(
    'post',
    awkwardTexts.map((caption) => postRecord({ caption })),
  );
  expect(lines.map((line) => line['caption'])).toEqual(awkwardTexts);
  expect(text.split('\n')).toHaveLength(awkwardTexts.length + 1);
});

test('half a surrogate pair becomes U+FFFD, whether in a text or in a list; a backslash before "ud" stays', async () => {
  const tag = { name: 'x\ud83d', id: null, origin: 'caption' } as const;
  const { text, lines } = await write('post', [
    postRecord({ caption: 'a\ud83db', hashtags: [tag] }),
    postRecord({ caption: String.raw`C:\udine` }),
  ]);
  expect(lines.map(({ caption, hashtags }) => [caption, hashtags])).toEqual([
    ['a\ufffdb', ['x\ufffd']],
    [String.raw`C:\udine`, []],
  ]);
  expect(text).not.toMatch(/[^\\]\\ud/u);
});

describe('the choices', () => {
  test('long tables, coding columns and columns that are called alike', async () => {
    const post = postRecord({ hashtags: [{ name: 'a', id: null, origin: 'caption' }] });
    const choices = { ...harnessContext.choices, codes: ['hashtag', 'hashtag', 'record_type'] };
    const { lines } = await write('post_hashtag', [post], { choices });
    expect(lines).toEqual([
      {
        record_type: 'post_hashtag',
        platform: 'tiktok',
        post_id: post.post_id,
        hashtag: 'a',
        hashtag_id: null,
        hashtag_origin: 'caption',
        position: 1,
        hashtag_2: null,
        hashtag_3: null,
        record_type_2: null,
      },
    ]);
  });

  test('observations', async () => {
    const post = postRecord({
      view_count: 7,
      figures: { view_count: { precision: 'exact', source: 'statsV2', observed_at: 0, fetched_at: 1000 } },
    });
    const { lines } = await write('observation', [post], { observationsOf: async () => [toObservation(post)] });
    expect(lines).toMatchObject([
      { record_type: 'observation', entity_id: post.post_id, metric: 'view_count', value: 7 },
    ]);
  });
});
