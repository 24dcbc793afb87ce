/** The payloads of posts over our own fixtures: onebound-video, key-secret-video, aweme, bearer-normalised. */
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

describe('onebound-video', () => {
  test('a post without counts and time', () => {
    const answer = read('onebound-video', { provider: 'gateway', endpoint: 'gateway/item_get_video' });
    expect(answer.payload).toBe('onebound-video');
    expect(answer.records).toHaveLength(1);
    expect(answer.records[0]).toMatchObject({
      record_type: 'post',
      platform: 'douyin',
      post_id: '7401122334455667788',
      post_url: 'https://www.douyin.com/video/7401122334455667788',
      post_type: 'video',
      caption: '山里的早晨 #露水 #慢生活🌿',
      caption_translated_to: null,
      created_at: null,
      created_at_from_id: Number(7401122334455667788n >> 32n) * 1000,
      like_count: null,
      hashtags: [
        { name: '露水', id: null, origin: 'caption' },
        { name: '慢生活🌿', id: null, origin: 'caption' },
      ],
      author_id: '88001122334',
      author_name: '山野笔记',
      author_handle: null,
      author_bio: '种花，写字\n偶尔拍照',
      music_title: '@山野笔记创作的原声',
      music_author: '山野笔记',
      media_url: 'https://aweme.snssdk.com/aweme/v1/play/?video_id=v0200invented&ratio=720p&line=0',
      image_urls: [],
      figures: {},
      observed_at: Date.UTC(2024, 7, 10, 1, 15, 30),
      fetched_at: arrival,
      collected_via: 'api',
      api_provider: 'gateway',
      api_endpoint: 'gateway/item_get_video',
    });
    const [post] = posts(answer);
    expect(post?.missing_reasons).toMatchObject({
      view_count: 'not_in_response',
      created_at: 'not_in_response',
      author_handle: 'not_in_response',
    });
    expect(post?.missing_reasons).not.toHaveProperty('image_urls');
    expect(post?.missing_reasons).not.toHaveProperty('caption_translated_to');
    expect(JSON.stringify(post)).not.toMatch(/203\.0\.113|u_code|did=|iid=/u);
  });

  test.each([
    ['cn', 'zh-CN', null],
    ['en', 'en', 'en'],
    ['en', undefined, 'en'],
    ['en', 'zh-CN', 'en'],
    ['cn', 'en', 'en'],
    [undefined, 'ru', 'ru'],
    [undefined, 'zh-CN', null],
  ])('asked for %s, answered in %s: translated to %s', (language, answered, expected) => {
    const json = { ...JSON.parse(fixture('onebound-video')), translate_language: answered };
    expect(posts(readJson(json, language ? { language } : {}))[0]?.caption_translated_to).toBe(expected);
  });

  test('a cached answer was observed when the cache was filled', () => {
    const json = { ...JSON.parse(fixture('onebound-video')), cache: 1, secache_date: '2024-08-01 00:00:00' };
    expect(posts(readJson(json))[0]?.observed_at).toBe(Date.UTC(2024, 6, 31, 16));
  });

  test('without a clock of its own: when it arrived, and nobody knows for a saved file', () => {
    const json = { ...JSON.parse(fixture('onebound-video')), server_time: 'Mars/0' };
    expect(posts(readJson(json))[0]?.observed_at).toBe(arrival);
    expect(posts(readJson(json, { collectedVia: 'import' }))[0]?.observed_at).toBeNull();
  });

  test('a post of images', () => {
    const json = JSON.parse(fixture('onebound-video'));
    json.item.item_imgs = [{ url: '//p3-sign.douyinpic.com/1.webp' }, 'https://p3-sign.douyinpic.com/2.webp', null];
    expect(posts(readJson(json))[0]).toMatchObject({
      post_type: 'photo',
      post_url: 'https://www.douyin.com/note/7401122334455667788',
      image_urls: ['https://p3-sign.douyinpic.com/1.webp', 'https://p3-sign.douyinpic.com/2.webp'],
    });
  });
});

describe('key-secret-video', () => {
  test('a post with its figures, and the product that says more than its id', () => {
    const answer = read('key-secret-video', { provider: 'key-secret' });
    expect(answer.payload).toBe('key-secret-video');
    const [post] = posts(answer);
    expect(post).toMatchObject({
      platform: 'tiktok',
      availability: 'ok',
      caption: 'Baking rye bread\nslowly #rye #bread',
      duration_ms: 61_500,
      created_at: 1723200000000,
      view_count: 1234567,
      like_count: 98765,
      comment_count: 0,
      share_count: 1200,
      save_count: 4321,
      hashtags: [
        { name: 'rye', origin: 'both' },
        { name: 'sourdough', origin: 'tag_list' },
        { name: 'bread', origin: 'caption' },
      ],
      has_product_link: true,
      product_ids: ['1729000000000000001', '1729000000000000002'],
      author_verified: false,
      music_duration_ms: 60_000,
      copyright_type: 'original',
    });
    expect(notes(post)).toEqual({
      view_count: 'exact api:key-secret',
      like_count: 'exact api:key-secret',
      comment_count: 'exact api:key-secret',
      share_count: 'abbreviated api:key-secret',
      save_count: 'exact api:key-secret',
    });
    expect(post?.figures['share_count']?.raw).toBe('1.2K');
    expect(answer.records.slice(1)).toMatchObject([
      {
        record_type: 'product',
        platform: 'tiktok',
        product_id: '1729000000000000001',
        price_text: null,
        price_minor: 1290,
        currency: 'USD',
        price_unit_source: 'assumed:key-secret',
        availability: 'unknown',
      },
    ]);
  });

  test.each([
    [0, 'ok'],
    ['0', 'ok'],
    [1, 'removed'],
    [2, 'removed'],
    [undefined, 'unknown'],
    [null, 'unknown'],
  ])('status %s is %s', (status, availability) => {
    const json = JSON.parse(fixture('key-secret-video'));
    json.data.status = status;
    expect(posts(readJson(json))[0]?.availability).toBe(availability);
  });

  test('no tags and no products are known, null is not', () => {
    const json = JSON.parse(fixture('key-secret-video'));
    Object.assign(json.data, { hashtags: null, products: null, description: 'no tags', title: '' });
    const [post] = posts(readJson(json));
    expect(post).toMatchObject({ hashtags: [], has_product_link: null, product_ids: [] });
    expect(post?.missing_reasons).toMatchObject({
      has_product_link: 'not_in_response',
      product_ids: 'not_in_response',
    });
    Object.assign(json.data, { products: [] });
    expect(posts(readJson(json))[0]).toMatchObject({ has_product_link: false });
  });
});

describe('aweme', () => {
  test('a Douyin video: no plays on the web, blank author figures are none', () => {
    const answer = read('aweme-douyin', { collectedVia: 'page_xhr' });
    expect(answer.payload).toBe('aweme');
    const [video] = posts(answer);
    expect(video).toMatchObject({
      platform: 'douyin',
      post_url: 'https://www.douyin.com/video/7401122334455667788',
      created_at: 1723200100000,
      duration_ms: 96_434,
      view_count: null,
      like_count: 6632,
      recommend_count: 92,
      forward_count: 0,
      hashtags: [
        { name: '露水', id: '1600000000000007', origin: 'both' },
        { name: '慢生活🌿', id: '1600000000000008', origin: 'both' },
      ],
      mentions: [{ account: 'MS4wLjABAAAAinventedFriend000000000000000000000000000000', origin: 'tag_list' }],
      music_id: '7401122300000000123',
      music_duration_ms: 96_000,
      author_handle: '990011223',
      author_url: 'https://www.douyin.com/user/MS4wLjABAAAAinventedHill00000000000000000000000000000000',
      author_verified: false,
      author_follower_count: null,
      author_private: false,
      is_pinned: true,
      collection_name: '四季',
      observed_at: 1767225600000,
    });
    expect(video?.missing_reasons).toMatchObject({
      view_count: 'not_exposed_on_web',
      author_follower_count: 'not_in_response',
    });
    expect(notes(video)).toMatchObject({ like_count: 'exact statistics' });
  });

  test('a Douyin photo post without a time', () => {
    const photo = posts(read('aweme-douyin'))[1];
    expect(photo).toMatchObject({
      post_type: 'photo',
      post_url: 'https://www.douyin.com/note/7401122334455660002',
      created_at: null,
      duration_ms: null,
      caption: null,
      author_verified: true,
      has_product_link: true,
      product_ids: ['3614453298386180001'],
      image_urls: ['https://p3-pc.douyinpic.com/invented/1.webp'],
    });
    expect(photo?.created_at_from_id).not.toBeNull();
  });

  test('a TikTok post of the bearer API: its plays are counted, 0 too', () => {
    const [post] = posts(read('bearer-user-post-list', { provider: 'bearer', platform: 'tiktok' }));
    expect(post).toMatchObject({
      platform: 'tiktok',
      availability: 'private',
      view_count: 0,
      duration_ms: 12_850,
      hashtags: [
        { name: 'rye', id: '523698', origin: 'both' },
        { name: 'bread', id: null, origin: 'caption' },
      ],
      mentions: [],
      author_verified: true,
      author_avatar_url: 'https://p3.tiktokcdn.com/invented.jpg',
      music_id: '7489562135987',
    });
    expect(notes(post)).toMatchObject({ view_count: 'exact api:bearer' });
    expect(posts(read('bearer-user-post-list'))[0]?.platform).toBe('tiktok');
  });

  test.each([
    ['a detail', ([item]: object[]) => ({ aweme_detail: item })],
    ['a bearer detail', ([item]: object[]) => ({ code: 0, data: { aweme_detail: item } })],
    ['a search', (items: object[]) => ({ data: items.map((item) => ({ type: 1, aweme_info: item })) })],
    ['a mix in a search', (items: object[]) => ({ data: [{ aweme_mix_info: { mix_items: items } }] })],
    ['cards of text', (items: object[]) => ({ cards: items.map((item) => ({ aweme: JSON.stringify(item) })) })],
    [
      'a share page',
      (items: object[]) => ({
        loaderData: { 'video_(id)/page': { videoInfoRes: { item_list: items } }, video_layout: null },
      }),
    ],
    ['a bare list', (items: object[]) => items],
    ['one item', ([item]: object[]) => item],
    ['the same twice', (items: object[]) => ({ aweme_list: [items[0], items[0]] })],
  ])('is found in %s', (_name, wrap) => {
    const { aweme_list: list } = JSON.parse(fixture('aweme-douyin'));
    const found = posts(readJson(wrap(list)));
    expect(found[0]).toMatchObject({ post_id: '7401122334455667788', platform: 'douyin' });
    expect(found.filter(({ post_id }) => post_id === '7401122334455667788')).toHaveLength(1);
  });

  test('comments, statistics and filtered posts are no posts', () => {
    const comment = { cid: '7401122334455667700', aweme_id: '7401122334455667788', text: 'x', statistics: {} };
    expect(readJson({ data: [comment] }).records).toEqual([]);
    const filtered = {
      aweme_detail: null,
      filter_detail: { aweme_id: '7401122334455667788', filter_reason: 'status_deleted', detail_msg: '视频不见了' },
    };
    expect(readJson(filtered)).toEqual({
      payload: 'aweme',
      records: [],
      status: { code: 'status_deleted', message: '视频不见了', availability: 'removed' },
    });
  });
});

test('aweme: an id that the page has rounded is none', () => {
  const item = {
    aweme_id: '7401122334455667788',
    desc: '#a #b',
    text_extra: [
      { hashtag_name: 'a', hashtag_id: '7560708882416044000' },
      { hashtag_name: 'b', hashtag_id: '7560708882416044073' },
    ],
    music: { id: '7589936504275422000' },
  };
  const [post] = posts(readJson({ aweme_detail: item }));
  expect(post?.hashtags.map(({ id }) => id)).toEqual([null, '7560708882416044073']);
  expect(post).toMatchObject({ music_id: null, missing_reasons: { music_id: 'parse_error' } });
});

test('bearer-normalised: the wrong publish_time is not read', () => {
  const answer = read('bearer-normalised');
  expect(answer.payload).toBe('bearer-normalised');
  expect(answer.records).toMatchObject([
    {
      post_id: '7515000000000000001',
      created_at: 1750212365000,
      duration_ms: 12_850,
      view_count: 215689,
      save_count: 1563,
      music_id: null,
      hashtags: [
        { name: 'rye', origin: 'both' },
        { name: 'sourdough', origin: 'tag_list' },
        { name: 'bread', origin: 'caption' },
      ],
    },
  ]);
});
