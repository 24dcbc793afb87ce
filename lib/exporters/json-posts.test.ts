import { expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import type { PostRecord } from '../core/record.ts';
import { bearerNormalised } from '../payloads/bearer-normalised.ts';
import published from '../payloads/fixtures/bearer-normalised.json' with { type: 'json' };
import type { ExportContext } from './exporter.ts';
import { awkwardTexts, harnessContext, writeFile } from './harness.ts';
import { jsonPosts } from './json-posts.ts';

interface Written {
  readonly video_list: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
}

async function write(posts: readonly PostRecord[], context: Partial<ExportContext> = {}): Promise<Written> {
  const bytes = await writeFile(jsonPosts, 'post', posts, { ...harnessContext, ...context });
  return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Written;
}

const post = postRecord({
  caption: 'Rye again #rye',
  created_at: 1_750_212_365_000,
  duration_ms: 12_850,
  width: 1080,
  view_count: 215_689,
  save_count: 0,
  music_id: '7489562135987000123',
  music_title: 'Sunny',
  author_id: '6900000000001',
  author_handle: 'invented_baker',
  hashtags: [{ name: 'rye', id: null, origin: 'caption' }],
});

test('is called json-posts, and has the published keys in their order', async () => {
  expect(jsonPosts.id).toBe('json-posts');
  const written = await write([post]);
  const [sample] = published.video_list;
  const [video] = written.video_list;
  expect(Object.keys(written)).toEqual(Object.keys(published));
  expect(Object.keys(video ?? {})).toEqual(Object.keys(sample ?? {}));
  for (const part of ['author_info', 'video_resource', 'stats'] as const)
    expect(Object.keys(video?.[part] ?? {})).toEqual(Object.keys(sample?.[part] ?? {}));
  expect(Object.keys(video?.['music_info'] ?? {})).toEqual(['music_id', 'music_name', 'music_author', 'music_cover']);
});

test('values are as the form has them; the time is on the clocks of the zone', async () => {
  const { video_list: list } = await write([post, postRecord({})]);
  expect(list[0]).toMatchObject({
    aweme_id: post.post_id,
    publish_ts: 1_750_212_365,
    publish_time: '2025-06-18 10:06:05',
    is_private: false,
    video_resource: { duration_ms: 12_850, duration_sec: 12.8, width: 1080, height: null },
    stats: { play: 215_689, like: null, collect: 0 },
    hashtags: ['rye'],
  });
  expect(list[1]).toMatchObject({ music_info: {}, hashtags: [], publish_ts: null, publish_time: null });
});

test.each([
  // What Python 3.11 answers to round(ms / 1000, 1).
  [150, 0.1],
  [250, 0.2],
  [350, 0.3],
  [750, 0.8],
  [1250, 1.2],
  [12_850, 12.8],
  [12_950, 12.9],
  [9600, 9.6],
  [0, 0],
])('%i ms are %f seconds', async (durationMs, seconds) => {
  const { video_list: list } = await write([postRecord({ duration_ms: durationMs })]);
  expect(list[0]?.['video_resource']).toMatchObject({ duration_sec: seconds });
});

test('our own reader of the form gets the same post back', async () => {
  const context = {
    endpoint: 'bearer/list',
    provider: 'bearer',
    fetchedAt: harnessContext.now,
    via: 'import',
  } as unknown as Parameters<typeof bearerNormalised.read>[1];
  const [read] = bearerNormalised.read(await write([post]), context);
  expect(read).toMatchObject({
    post_id: post.post_id,
    caption: post.caption,
    created_at: post.created_at,
    duration_ms: 12_850,
    view_count: 215_689,
    like_count: null,
    save_count: 0,
    author_handle: 'invented_baker',
    music_title: 'Sunny',
  });
});

test('texts come back as they were; no posts are an empty list; Douyin is told', async () => {
  const texts = await write(awkwardTexts.map((caption) => postRecord({ caption })));
  expect(texts.video_list.map((video) => video['video_desc'])).toEqual(awkwardTexts);
  const skipped: string[] = [];
  const none = await write([postRecord({ platform: 'douyin' })], { skipped: (message) => void skipped.push(message) });
  expect(none).toEqual({ next_cursor: '', has_more: false, video_list: [] });
  expect(skipped).toEqual(['export_skipped_not_tiktok']);
});
