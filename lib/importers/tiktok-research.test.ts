import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AnyRecord } from '../core/record.ts';
import { importContext, importText } from './importer.samples.ts';
import { importerFor } from './index.ts';
import { tiktokResearch } from './tiktok-research.ts';

const fixtures = join(import.meta.dirname, '../payloads/fixtures');
const fixture = (name: string): string => readFileSync(join(fixtures, name), 'utf8');

async function recordsOf(text: string): Promise<readonly AnyRecord[]> {
  const { items, problems } = await importText(tiktokResearch, text);
  expect(problems).toEqual([]);
  return items.flatMap(({ observations }) => observations.map(({ record }) => record));
}

const video = {
  id: '7529963259874125001',
  create_time: 1_753_142_400,
  username: 'invented.ferry',
  region_code: 'NO',
  video_description: 'Third ferry, late "again" #fjord',
  music_id: '7300000000000000009',
  like_count: 1200,
  comment_count: 33,
  share_count: 4,
  view_count: 98_765,
  favorites_count: 12,
  effect_ids: ['0', '7100000000000000002'],
  hashtag_names: ['fjord', 'ferry'],
  playlist_id: '7300000000000000077',
  voice_to_text: "it's late",
  video_duration: 18,
};
const other = { ...video, id: '7529963259874125999', video_description: 'x', hashtag_names: [] };

/** What every form of the first video must give. */
const read = {
  record_type: 'post',
  post_id: '7529963259874125001',
  caption: 'Third ferry, late "again" #fjord',
  created_at: 1_753_142_400_000,
  author_handle: 'invented.ferry',
  author_region: 'NO',
  music_id: '7300000000000000009',
  like_count: 1200,
  comment_count: 33,
  share_count: 4,
  view_count: 98_765,
  save_count: 12,
  duration_ms: 18_000,
  collection_id: '7300000000000000077',
  transcript: "it's late",
  effects: ['7100000000000000002'],
  hashtags: [
    { name: 'fjord', origin: 'both' },
    { name: 'ferry', origin: 'tag_list' },
  ],
  collected_via: 'import',
  api_provider: 'tiktok-research',
  observed_at: null,
  fetched_at: importContext.fetchedAt,
  figures: { view_count: { source: 'api:tiktok-research', observed_at: null } },
};

describe('JSON', () => {
  const answer = (videos: readonly object[]): object => ({
    data: { cursor: 100, has_more: true, search_id: '1', videos },
    error: { code: 'ok', message: '', log_id: '20260901' },
  });
  test.each([
    ['an answer', JSON.stringify(answer([video, other]))],
    ['an answer, laid out', JSON.stringify(answer([video, other]), null, 2)],
    ['a list of videos', JSON.stringify([video, other])],
    ['a list of answers', JSON.stringify([answer([video]), answer([other])], null, 1)],
    ['videos one a line', `${JSON.stringify(video)}\n${JSON.stringify(other)}\n`],
    ['answers one a line', `${JSON.stringify(answer([video]))}\r\n\r\n${JSON.stringify(answer([other]))}`],
    ['ids as bare numbers', JSON.stringify([video, other]).replaceAll(/"(\d{19})"/gu, '$1')],
    ['a byte order mark', `\uFEFF${JSON.stringify([video, other])}`],
  ])('%s', async (_name, text) => {
    expect(importerFor({ text: text.replace(/^\uFEFF/u, ''), isWhole: true })).toBe(tiktokResearch);
    const records = await recordsOf(text);
    expect(records).toMatchObject([read, { post_id: '7529963259874125999' }]);
  });

  test('keeps the object as the API gave it', async () => {
    const { items } = await importText(tiktokResearch, JSON.stringify([video]));
    expect(items[0]?.observations[0]).toMatchObject({ source: 'tiktok-research', ref_key: `tiktok:post:${video.id}` });
    expect(JSON.parse(items[0]?.observations[0]?.raw ?? '')).toEqual(video);
  });

  test('the fixtures of the API’s answers give what their payloads read', async () => {
    const videos = await recordsOf(fixture('tiktok-research-video.json'));
    expect(videos.length).toBeGreaterThan(1);
    expect(new Set(videos.map((record) => record.record_type))).toEqual(new Set(['post']));
    expect(await recordsOf(fixture('tiktok-research-comment.json'))).toMatchObject([
      { record_type: 'comment', comment_id: '7401200000000000101', parent_comment_id: null, like_count: 50 },
      { record_type: 'comment', parent_comment_id: '7401200000000000101' },
    ]);
    expect(await recordsOf(fixture('tiktok-research-user.json'))).toMatchObject([{ record_type: 'author' }]);
  });

  test('an answer without videos, and one that says why, are no data and told as such', async () => {
    expect(await importText(tiktokResearch, JSON.stringify(answer([])))).toEqual({ items: [], problems: [] });
    const refused = { data: {}, error: { code: 'daily_quota_limit_exceeded', message: 'x' } };
    const { problems } = await importText(tiktokResearch, `${JSON.stringify(video)}\n${JSON.stringify(refused)}`);
    expect(problems).toMatchObject([{ line: 2, message: 'import_row_unknown' }]);
  });

  test('a file that is cut off keeps what came before', async () => {
    const text = JSON.stringify(answer([video, other]), null, 1);
    const { items, problems } = await importText(tiktokResearch, text.slice(0, text.indexOf(other.id) + 30));
    expect(items).toHaveLength(1);
    expect(problems).toMatchObject([{ message: 'import_truncated' }]);
  });

  test('a damaged line costs itself', async () => {
    const text = `${JSON.stringify(video)}\n{"id":"752\n7\n${JSON.stringify(other)}\n`;
    const { items, problems } = await importText(tiktokResearch, text);
    expect(items.map(({ line }) => line)).toEqual([1, 4]);
    expect(problems).toMatchObject([
      { line: 2, message: 'import_line_not_json' },
      { line: 3, message: 'import_line_not_json' },
    ]);
  });
});

/** A cell as a program writes it. */
function cell(value: unknown): string {
  const text = String(value);
  return /[",;\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function table(rows: readonly Readonly<Record<string, unknown>>[], delimiter = ','): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => names.map((name) => cell(row[name])).join(delimiter));
  return `${[names.join(delimiter), ...lines].join('\n')}\n`;
}

describe('CSV', () => {
  const json = { ...video, effect_ids: '["0","7100000000000000002"]', hashtag_names: '["fjord","ferry"]' };
  test.each<readonly [string, string]>([
    ['lists as JSON', table([json])],
    [
      'lists as Python prints them',
      table([{ ...json, effect_ids: "['0', '7100000000000000002']", hashtag_names: "['fjord', 'ferry']" }]),
    ],
    [
      'lists as R prints them',
      table([{ ...json, effect_ids: 'c("0", "7100000000000000002")', hashtag_names: 'c("fjord", "ferry")' }]),
    ],
    ['lists with commas', table([{ ...json, effect_ids: '0, 7100000000000000002', hashtag_names: 'fjord, ferry' }])],
    ['lists with bars', table([{ ...json, effect_ids: '0|7100000000000000002', hashtag_names: 'fjord|ferry' }])],
    ['semicolons between cells', table([json], ';')],
    ['tabs between cells', table([json], '\t')],
    ['an index and a column of somebody’s own', table([{ '': 0, ...json, coded_as: 'x' }])],
    ['names in capitals', table([json]).replace(/^[^\n]+/u, (names) => names.toUpperCase())],
    [
      'numbers with fractions',
      table([{ ...json, like_count: '1200.0', view_count: '98765.0', create_time: '1753142400.0' }]),
    ],
    ['the time as a date with a zone', table([{ ...json, create_time: '2025-07-22T00:00:00Z' }])],
    ['the time as a date with an offset', table([{ ...json, create_time: '2025-07-22 02:00:00+0200' }])],
    ['ids that are kept from a spreadsheet', table([{ ...json, id: `'${video.id}` }])],
    ['ids as formulas', table([{ ...json, id: `="${video.id}"` }])],
    ['traktok’s names', table([json]).replace(/^id,/u, 'video_id,').replace('username', 'author_name')],
    ['lines of Windows and a byte order mark', `\uFEFF${table([json]).replaceAll('\n', '\r\n')}`],
    ['the older name of saves', table([json]).replace('favorites_count', 'favourites_count')],
  ])('%s', async (_name, text) => {
    expect(importerFor({ text: text.replace(/^\uFEFF/u, ''), isWhole: true })).toBe(tiktokResearch);
    expect(await recordsOf(text)).toMatchObject([read]);
  });

  test('nothing in a cell is nothing, never zero', async () => {
    const row = {
      ...json,
      view_count: '',
      like_count: 'NA',
      voice_to_text: 'nan',
      hashtag_names: '[]',
      effect_ids: 'NULL',
    };
    expect(await recordsOf(table([row]))).toMatchObject([
      {
        view_count: null,
        like_count: null,
        transcript: null,
        effects: [],
        missing_reasons: { view_count: 'not_in_response' },
      },
    ]);
  });

  test('a date without a zone is UTC where the id says so, and else unreadable', async () => {
    const stamp = Number(BigInt(video.id) >> 32n) * 1000;
    const near = new Date(stamp + 9000).toISOString().slice(0, 19).replace('T', ' ');
    const far = new Date(stamp + 7_200_000).toISOString().slice(0, 19);
    const records = await recordsOf(
      table([
        { ...json, create_time: near },
        { ...json, create_time: far },
      ]),
    );
    expect(records).toMatchObject([
      { created_at: stamp + 9000 },
      { created_at: null, missing_reasons: { created_at: 'parse_error' } },
    ]);
  });

  test('keeps the row as it stands', async () => {
    const { items } = await importText(tiktokResearch, table([{ ...json, coded_as: 'late' }]));
    const raw: unknown = JSON.parse(items[0]?.observations[0]?.raw ?? '');
    expect(raw).toMatchObject({ hashtag_names: '["fjord","ferry"]', view_count: '98765', coded_as: 'late' });
  });

  test('comments and accounts', async () => {
    const comments = table([
      {
        id: '7529963259874126001',
        video_id: video.id,
        text: 'late',
        like_count: 1,
        reply_count: 0,
        parent_comment_id: video.id,
        create_time: 1_753_142_500,
      },
    ]);
    expect(await recordsOf(comments)).toMatchObject([
      { record_type: 'comment', post_id: video.id, parent_comment_id: null, text: 'late', like_count: 1 },
    ]);
    const users = table([
      { username: 'Invented.Ferry', display_name: 'Ferry', follower_count: 12, is_verified: 'True' },
    ]);
    expect(await recordsOf(users)).toMatchObject([
      { record_type: 'author', author_follower_count: 12, author_verified: true },
    ]);
  });

  describe('ids that a program destroyed are told, never guessed', () => {
    const rows = Array.from({ length: 60 }, (_unused, index) => ({
      ...json,
      id: String(7_529_963_259_874_125_001n + BigInt(index) * 7_919n),
    }));
    test.each<readonly [string, (id: string) => string]>([
      ['a spreadsheet shows', () => '7.52996E+18'],
      ['a German spreadsheet shows', () => '7,52996E+18'],
      ['a spreadsheet stores', (id) => `${id.slice(0, 15)}0000`],
      ['JavaScript writes', (id) => String(Number(id))],
      ['Python writes', (id) => BigInt(Number(id)).toString()],
      ['pandas writes', (id) => `${BigInt(Number(id))}.0`],
    ])('as %s them', async (_name, destroy) => {
      const { items, problems } = await importText(
        tiktokResearch,
        table(
          rows.map((row) => ({ ...row, id: destroy(row.id) })),
          '\t',
        ),
      );
      expect(items).toEqual([]);
      expect(problems).toHaveLength(60);
      expect(problems[0]).toMatchObject({ line: 2, message: 'import_id_rounded', parameters: [destroy(json.id)] });
    });

    test('those of the music alone are left out', async () => {
      const records = await recordsOf(
        table(rows.map((row, index) => ({ ...row, music_id: String(7.300_000_000_000_001e18 + index * 4096) }))),
      );
      expect(records).toHaveLength(60);
      expect(records[0]).toMatchObject({
        post_id: json.id,
        music_id: null,
        missing_reasons: { music_id: 'parse_error' },
      });
    });

    test('in JSON too', async () => {
      const text = JSON.stringify([{ ...video, id: Number(video.id) }]);
      expect(await importText(tiktokResearch, text)).toMatchObject({
        items: [],
        problems: [{ message: 'import_id_rounded' }],
      });
    });

    test('and true ones all come through', async () => {
      expect(await recordsOf(table(rows))).toHaveLength(60);
    });
  });

  test('a row without an id costs itself', async () => {
    const { items, problems } = await importText(
      tiktokResearch,
      table([json, { ...json, id: '' }, { ...json, id: 'x' }, json]),
    );
    expect(items.map(({ line }) => line)).toEqual([2, 5]);
    expect(problems).toMatchObject([
      { line: 3, message: 'import_row_without_id' },
      { line: 4, message: 'import_row_without_id' },
    ]);
  });

  test('a column called __proto__ changes nothing', async () => {
    const records = await recordsOf(table([{ ...json }]).replace('video_duration', '__proto__'));
    expect(records).toMatchObject([{ duration_ms: null }]);
    expect(Reflect.get({}, 'duration')).toBeUndefined();
  });
});

test.each([
  ['a table of 4CAT', 'collected_from_url,id,thread_id,author,body,likes,comments,shares,plays\n'],
  ['a table of ours', 'platform,post_id,post_url,view_count,like_count,comment_count,share_count,music_id\n'],
  ['a table of pyktok', 'video_id,video_timestamp,video_duration,video_diggcount,video_playcount,video_description\n'],
  ['an answer of the Display API', '{"data":{"videos":[{"id":"1","video_description":"x","share_url":"https://x"}]}}'],
  ['a list of ids', '7529963259874125001\n'],
])('%s is none', (_name, text) => {
  expect(tiktokResearch.recognises({ text, isWhole: true })).toBe(false);
});
