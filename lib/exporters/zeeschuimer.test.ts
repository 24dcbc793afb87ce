import { describe, expect, test } from 'vitest';
import { toObservation, type Observation, recordRef } from '../core/observation.ts';
import { bareRecords, postRecord } from '../core/record.samples.ts';
import type { AnyRecord, RecordType } from '../core/record.ts';
import { refKey } from '../core/ref.ts';
import { fourCat } from './four-cat.samples.ts';
import { harnessContext, writeFile } from './harness.ts';
import { zeeschuimer, zeeschuimerPlatform } from './zeeschuimer.ts';

const captured = Date.UTC(2026, 8, 1, 12, 0, 0, 7);
const page = 'https://www.tiktok.com/@invented.baker';

const item = {
  id: '7528963259874125698',
  desc: 'Rye \u2028 and "salt"\n穿搭 👩‍👩‍👧',
  createTime: 1_752_900_000,
  author: { uniqueId: 'invented.baker', nickname: 'Baker' },
  video: {},
  music: { id: '1', title: 'x' },
  stats: { diggCount: 1, commentCount: 2, shareCount: 3, playCount: 4 },
};

function seen(record: AnyRecord, raw: unknown, at = captured): Observation {
  const own = {
    ...record,
    fetched_at: at,
    observed_at: at,
    collected_from_url: page,
    collected_via: 'page_xhr',
  } as const;
  return {
    ...toObservation({ ...own, api_provider: null }),
    ...(raw === undefined ? {} : { raw: JSON.stringify(raw) }),
  };
}

interface Written {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly text: string;
  readonly skipped: Readonly<Record<string, number>>;
}

async function write(
  table: RecordType,
  rows: readonly AnyRecord[],
  observations: readonly Observation[],
): Promise<Written> {
  const skipped: Record<string, number> = {};
  const bytes = await writeFile(zeeschuimer, table, rows, {
    ...harnessContext,
    observationsOf: async (ref) =>
      observations.filter((one) => one.ref_key === ref).map(({ raw: _raw, ...said }) => said),
    rawOf: async (observation) =>
      observations.find((one) => one.ref_key === observation.ref_key && one.fetched_at === observation.fetched_at)
        ?.raw ?? null,
    skipped: (message) => {
      skipped[message] = (skipped[message] ?? 0) + 1;
    },
  });
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  return { lines, text, skipped };
}

const post = postRecord({});

test('a line has Zeeschuimer’s keys in their order, and says nothing of whoever collected', async () => {
  const { lines, text, skipped } = await write('post', [post], [seen(post, item)]);
  expect(Object.entries(lines[0] ?? {})).toEqual([
    ['nav_index', '1:-1:0'],
    ['item_id', item.id],
    ['timestamp_collected', captured],
    ['last_updated', captured],
    ['source_platform', 'tiktok.com'],
    ['source_platform_url', page],
    ['source_url', page],
    ['user_agent', 'Clipscope/0.1.0'],
    ['data', item],
    ['id', 1],
  ]);
  expect(text.endsWith('}\n')).toBe(true);
  expect(text).toContain('穿搭');
  expect(skipped).toEqual({});
});

test('the item is as it was captured last, and as early as it was first met', async () => {
  const newer = { ...item, stats: { ...item.stats, playCount: 5 } };
  const met = postRecord({ first_seen_at: captured - 5000 });
  const { lines } = await write(
    'post',
    [met],
    [seen(post, newer, captured + 9), seen(post, item), seen(post, undefined, captured + 20)],
  );
  expect(lines).toMatchObject([{ timestamp_collected: captured - 5000, last_updated: captured + 9, data: newer }]);
});

describe('what cannot be written is told, and not made up', () => {
  const douyinPost = postRecord({ platform: 'douyin', post_id: '7401122334455667788' });
  const comment = { ...bareRecords.comment, comment_id: '7440000000000000102' };
  test.each<readonly [string, AnyRecord, readonly Observation[], string]>([
    ['nothing kept', post, [seen(post, undefined)], 'export_skipped_no_raw'],
    ['nothing observed', post, [], 'export_skipped_no_raw'],
    ['damaged', post, [{ ...seen(post, item), raw: '{"id":' }], 'export_skipped_no_raw'],
    ['another id', post, [seen(post, { ...item, id: '1' })], 'export_skipped_other_source'],
    [
      'an API’s answer',
      post,
      [seen(post, { id: item.id, video_description: 'x', view_count: 1 })],
      'export_skipped_other_source',
    ],
    [
      'an app’s answer',
      post,
      [seen(post, { aweme_id: item.id, id: item.id, video: {} })],
      'export_skipped_other_source',
    ],
    [
      'torn into rows',
      douyinPost,
      [seen(douyinPost, { awemeId: '7401122334455667788', video: '$1f' })],
      'export_skipped_other_source',
    ],
    [
      'a reply inside its comment',
      comment,
      [seen(comment, { cid: '7440000000000000101', reply_comment: [{ cid: comment.comment_id }] })],
      'export_skipped_inside',
    ],
    [
      'a comment on Douyin',
      { ...comment, platform: 'douyin' },
      [seen({ ...comment, platform: 'douyin' }, { cid: comment.comment_id })],
      'export_skipped_no_place',
    ],
  ])('%s', async (_name, row, observations, message) => {
    const { lines, skipped } = await write(row.record_type, [row], observations);
    expect([lines, skipped]).toEqual([[], { [message]: 1 }]);
  });

  test('a file is of one platform', async () => {
    const other = seen(douyinPost, { aweme_id: '7401122334455667788' });
    const { lines, skipped } = await write('post', [post, douyinPost, post], [seen(post, item), other]);
    expect(lines.map((line) => [line['source_platform'], line['id']])).toEqual([
      ['tiktok.com', 1],
      ['tiktok.com', 2],
    ]);
    expect(skipped).toEqual({ export_skipped_other_platform: 1 });
  });

  test('other tables are refused', async () => {
    await expect(write('product', [bareRecords.product], [])).rejects.toMatchObject({ code: 'unsupported' });
    expect(zeeschuimer.tables).toEqual(['post', 'comment']);
  });
});

test('what Zeeschuimer’s modules add is added where it is missing', async () => {
  const api = postRecord({ platform: 'douyin', post_id: '7401122334455667788' });
  const embed = postRecord({ platform: 'douyin', post_id: '7401122334455660002' });
  const raws = [
    { aweme_id: api.post_id, desc: 'x' },
    { awemeId: embed.post_id, desc: 'y', cellRoom: '$undefined' },
  ];
  const { lines } = await write('post', [api, embed], [seen(api, raws[0]), seen(embed, raws[1])]);
  expect(lines.map(({ data }) => data)).toEqual([
    { ...raws[0], id: api.post_id },
    { ...raws[1], id: embed.post_id, ZS_collected_from_embed: true },
  ]);
  const comment = { ...bareRecords.comment, comment_id: '7440000000000000102' };
  const read = await write('comment', [comment], [seen(comment, { cid: comment.comment_id, text: 'x' })]);
  expect(read.lines).toMatchObject([
    { source_platform: 'tiktok-comments', data: { cid: comment.comment_id, text: 'x', id: comment.comment_id } },
  ]);
});

test('no null makes 4CAT fail', async () => {
  const nulls = {
    ...item,
    stickersOnItem: null,
    textExtra: null,
    challenges: null,
    effectStickers: null,
    warnInfo: null,
    authorStats: null,
    imagePost: null,
  };
  expect(fourCat({ source_platform: 'tiktok.com', data: nulls })).toMatchObject({ outcome: 'failed' });
  const { lines } = await write('post', [post], [seen(post, nulls)]);
  expect(lines[0]?.['data']).toEqual({ ...item, imagePost: null });
  expect(fourCat(lines[0] ?? {})).toMatchObject({ outcome: 'mapped' });
});

test.each([
  ['post', 'tiktok', 'zeeschuimer-export-tiktok.com-2026-09-01T130000.ndjson'],
  ['post', 'douyin', 'zeeschuimer-export-douyin.com-2026-09-01T130000.ndjson'],
  ['comment', 'tiktok', 'zeeschuimer-export-tiktok-comments-2026-09-01T130000.ndjson'],
] as const)('%s of %s: %s', (table, platform, name) => {
  expect(zeeschuimer.fileName?.(table, platform, harnessContext.now)).toBe(name);
  expect(zeeschuimerPlatform('comment', 'douyin')).toBeNull();
});

test('rows are asked for by their ref', () => {
  expect(seen(post, item).ref_key).toBe(refKey(recordRef(post)));
});
