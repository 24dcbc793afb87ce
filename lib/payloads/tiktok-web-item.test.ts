import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PostRecord } from '../core/record.ts';
import { type Answer, readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import type { PayloadContext } from './payload.ts';

const arrival = Date.UTC(2026, 0, 2);
const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const read = (name: string, changes: Partial<PayloadContext> = {}): Answer =>
  readAnswer(fixture(name), contextAt(arrival, changes));
const readJson = (json: unknown, changes: Partial<PayloadContext> = {}): Answer =>
  readAnswer(json, contextAt(arrival, changes));

function posts({ records }: Answer): readonly PostRecord[] {
  return records.filter((record) => record.record_type === 'post');
}

/** Precision and source of each figure. */
function notes(post: PostRecord | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(post?.figures ?? {}).map(([field, note]) => [field, `${note.precision} ${note.source}`]),
  );
}

/** How exact the figures of an item with these two blocks are. */
function precision(stats: object | undefined, statsV2: object | undefined): Record<string, string> {
  const item = { id: '7440000000000000001', createTime: 1, video: {}, stats, statsV2 };
  return notes(posts(readJson([item]))[0]);
}

describe('tiktok-web-item', () => {
  test('a video, with the exact block and what the item names', () => {
    const answer = read('tiktok-web-items', { collectedVia: 'page_xhr' });
    expect(answer.payload).toBe('tiktok-web-item');
    expect(answer.records).toHaveLength(2);
    const [video] = posts(answer);
    expect(video).toMatchObject({
      platform: 'tiktok',
      post_id: '7440000000000000001',
      post_url: 'https://www.tiktok.com/@invented.baker/video/7440000000000000001',
      created_at: 1732300000000,
      caption_language: 'en',
      region: 'SE',
      duration_ms: 61_000,
      view_count: 9024473,
      save_count: 40720,
      repost_count: 0,
      hashtags: [
        { name: 'rye', id: '1600000000000001', origin: 'both' },
        { name: 'sourdough', id: '7400000000000000099', origin: 'tag_list' },
        { name: 'Bread', id: null, origin: 'caption' },
      ],
      mentions: ['invented.friend'],
      has_product_link: true,
      product_ids: ['1729000000000000001'],
      is_pinned: true,
      ai_generated_label: '0',
      collection_id: '7300000000000000077',
      author_likes_given_count: 1642,
      author_likes_received_count: 5800000,
      observed_at: 1767225600000,
    });
    expect(notes(video)).toMatchObject({
      view_count: 'exact statsV2',
      like_count: 'exact statsV2',
      author_follower_count: 'rounded authorStats',
      author_post_count: 'exact authorStats',
    });
  });

  test('a photo post of an older page, with the rounded block only', () => {
    const photo = posts(read('tiktok-web-items'))[1];
    expect(photo).toMatchObject({
      post_type: 'photo',
      post_url: 'https://www.tiktok.com/@invented.baker/photo/7440000000000000002',
      created_at: 1732400000000,
      duration_ms: null,
      region: null,
      author_handle: 'invented.baker',
      author_id: '6900000000000000001',
      image_urls: [
        'https://p16-sign.tiktokcdn-us.com/invented/1.jpeg',
        'https://p16-sign.tiktokcdn-us.com/invented/2.jpeg',
      ],
      has_product_link: null,
    });
    expect(notes(photo)).toEqual({
      view_count: 'rounded stats',
      like_count: 'rounded stats',
      comment_count: 'exact stats',
      share_count: 'rounded stats',
      save_count: 'exact stats',
    });
  });

  test.each([
    [
      'a V2 block equal to a rounded block is rounded',
      { playCount: 2900000, diggCount: 105200, commentCount: 499, shareCount: 42400, collectCount: '124842' },
      { playCount: '2900000', diggCount: '105200', commentCount: '499', shareCount: '42400', collectCount: '124842' },
      { view_count: 'rounded statsV2', comment_count: 'exact statsV2', save_count: 'exact statsV2' },
    ],
    [
      'a V2 block alone that ends in 00 is unknown',
      undefined,
      { playCount: '2900000', diggCount: '105200', commentCount: '499', shareCount: '42400' },
      { view_count: 'unknown statsV2', comment_count: 'exact statsV2' },
    ],
    [
      'a V2 block that ends in 00 but differs from the other is unknown',
      { playCount: 2800000 },
      { playCount: '2900000' },
      { view_count: 'unknown statsV2' },
    ],
    [
      'one figure that does not end in 00 makes a V2 block exact',
      { playCount: 2900000, diggCount: 105200 },
      { playCount: '2900000', diggCount: '105203' },
      { view_count: 'exact statsV2', like_count: 'exact statsV2' },
    ],
    [
      'small figures are exact in either block',
      { playCount: 9999, diggCount: 100 },
      undefined,
      { view_count: 'exact stats', like_count: 'exact stats' },
    ],
    [
      'a small V2 block equal to the other is exact',
      { playCount: 9900, diggCount: 100 },
      { playCount: '9900', diggCount: '100' },
      { view_count: 'exact statsV2' },
    ],
    [
      'saves alone do not tell',
      { playCount: 9000, collectCount: '20000' },
      { playCount: '9000', collectCount: '20000' },
      { save_count: 'unknown statsV2' },
    ],
    [
      'a figure that V2 lacks comes from the other block',
      { playCount: 2900000, diggCount: 105200 },
      { diggCount: '105203' },
      { view_count: 'rounded stats', like_count: 'exact statsV2' },
    ],
  ])('%s', (_name, stats, statsV2, expected) => {
    expect(precision(stats, statsV2)).toMatchObject(expected);
  });

  test('hashtags, users and live rooms are no posts', () => {
    const items = JSON.parse(fixture('tiktok-web-items'));
    const user = { id: '6900000000000000001', uniqueId: 'a', createTime: 1, desc: undefined };
    for (const json of [
      items.itemList[0].challenges,
      [user],
      { itemList: [items.itemList[2], user, ...items.itemList[0].challenges] },
      { userList: [user] },
    ]) {
      expect(readJson(json).records).toEqual([]);
    }
  });

  test.each([
    ['a bare list', (items: object[]) => items],
    ['one item', ([item]: object[]) => item],
    ['item_list', (items: object[]) => ({ item_list: items })],
    ['a search', (items: object[]) => ({ data: items.map((item) => ({ type: 1, item })) })],
    ['a detail', ([item]: object[]) => ({ itemInfo: { itemStruct: item }, statusCode: 0 })],
    [
      'a page',
      ([item]: object[]) => ({ __DEFAULT_SCOPE__: { 'webapp.video-detail': { itemInfo: { itemStruct: item } } } }),
    ],
    ['an older page', ([item]: object[]) => ({ ItemModule: { '7440000000000000001': item } })],
  ])('is found in %s', (_name, wrap) => {
    const { itemList } = JSON.parse(fixture('tiktok-web-items'));
    expect(posts(readJson(wrap(itemList)))[0]?.post_id).toBe('7440000000000000001');
  });

  test('a status where there is no item', () => {
    const page = {
      __DEFAULT_SCOPE__: {
        'webapp.video-detail': { itemInfo: {}, statusCode: 10204, statusMsg: "item doesn't exist" },
      },
    };
    expect(readJson(page)).toEqual({
      payload: 'tiktok-web-item',
      records: [],
      status: { code: '10204', message: "item doesn't exist" },
    });
  });
});
