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
    expect(posts(answer)).toHaveLength(2);
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
      mentions: [{ account: 'invented.friend', origin: 'both' }],
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
      status: { code: '10204', message: "item doesn't exist", availability: 'not_available' },
    });
  });

  test('what newer items carry besides', () => {
    const item = {
      id: '7440000000000000001',
      desc: 'hej @old.name, write to me@example.org',
      createTime: 1732300000,
      scheduleTime: 1732200000,
      author: { uniqueId: 'invented.baker', isADVirtual: false },
      textExtra: [
        { userUniqueId: 'new.name', start: 4, end: 13, type: 0 },
        { userUniqueId: 'tagged.only', start: 90 },
      ],
      video: {
        subtitleInfos: [
          { LanguageCodeName: 'eng-US', Format: 'webvtt', Source: 'ASR', Url: 'https://v16m.tiktokcdn.com/1' },
          { LanguageCodeName: 'swe-SE', Format: 'webvtt', Source: 'MT', Url: 'https://v16m.tiktokcdn.com/2' },
          { LanguageCodeName: 'deu-DE', Format: 'creator_caption', Source: 'LC', Url: 'https://v16m.tiktokcdn.com/3' },
          { Source: 'ASR' },
        ],
        claInfo: {
          captionInfos: [
            {
              language: 'eng-US',
              captionFormat: 'webvtt',
              isAutoGen: true,
              isOriginalCaption: true,
              url: 'https://a/1',
            },
            {
              language: 'fra-FR',
              captionFormat: 'webvtt',
              isAutoGen: true,
              isOriginalCaption: false,
              url: 'https://a/2',
            },
          ],
        },
      },
      isAd: true,
      adAuthorization: true,
      brandOrganicType: 1001,
      BAInfo: '',
      isECVideo: 0,
      IsAigc: false,
      aigcLabelType: 2,
      AIGCDescription: 'made with "AI"',
      maskType: 3,
      warnInfo: [{ text: 'Be careful' }],
      poi: { id: '22535796481546', name: 'Bakery', city: 'Uppsala', country: 'Sweden', address: 'Main street' },
    };
    const [post] = posts(readJson([item]));
    expect(post).toMatchObject({
      scheduled_at: 1732200000000,
      mentions: [
        { account: 'new.name', origin: 'both' },
        { account: 'tagged.only', origin: 'tag_list' },
      ],
      ai_generated_label: '2',
      ai_flags: { IsAigc: 'false', aigcLabelType: '2', AIGCDescription: '"made with \\"AI\\""' },
      paid_flags: {
        isAd: 'true',
        adAuthorization: 'true',
        brandOrganicType: '1001',
        isECVideo: '0',
        'author.isADVirtual': 'false',
      },
      warning_labels: ['Be careful', 'maskType 3'],
      poi_id: '22535796481546',
      poi_country: 'Sweden',
    });
    expect(post?.paid_flags).not.toHaveProperty('BAInfo');
    expect(post?.subtitles.map(({ language, kind, format }) => [language, kind, format])).toEqual([
      ['eng-US', 'asr', 'webvtt'],
      ['swe-SE', 'translated', 'webvtt'],
      ['deu-DE', 'creator', 'creator_caption'],
      ['fra-FR', 'translated', 'webvtt'],
    ]);
  });

  test.each([
    [{ privateItem: true }, 'private'],
    [{ forFriend: true }, 'private'],
    [{ secret: true }, 'private'],
    [{ takeDown: 1, privateItem: true }, 'removed'],
    [{ takeDown: 0, secret: false }, 'ok'],
  ])('%j is %s', (fields, availability) => {
    expect(posts(readJson([{ id: '7440000000000000001', video: {}, ...fields }]))[0]).toMatchObject({ availability });
  });

  test('the products that posts link to are records of their own, once each, after the posts', () => {
    const anchor = (...products: readonly object[]): object => ({
      type: 35,
      extra: JSON.stringify(products.map((product) => ({ type: 33, extra: JSON.stringify(product) }))),
    });
    const cup = {
      product_id: '1729000000000000001',
      title: 'Cup',
      seller_id: '7490000000000000001',
      currency: 'USD',
      price: '12.5',
    };
    const bowl = { product_id: '1729000000000000002', elastic_title: 'Bowl', currency: 'VND', price: 120000 };
    const pot = { product_id: '1729000000000000003', currency: 'USD', price: 1299 };
    const raws: unknown[] = [];
    const answer = readJson(
      {
        itemList: [
          {
            id: '7440000000000000001',
            video: {},
            anchors: [anchor(cup, bowl), { type: 28, extra: '[{"product_id":9}]' }],
          },
          { id: '7440000000000000002', video: {}, anchors: [anchor(pot), anchor(cup)], author: { product_id: '8' } },
        ],
      },
      { made: (record, raw) => raws.push([record.record_type, raw]) },
    );
    expect(answer.records).toMatchObject([
      { record_type: 'post', product_ids: [cup.product_id, bowl.product_id] },
      { record_type: 'post', product_ids: [pot.product_id, cup.product_id] },
      {
        product_id: cup.product_id,
        product_name: 'Cup',
        product_url: 'https://www.tiktok.com/shop/pdp/1729000000000000001',
        price_minor: 1250,
        currency: 'USD',
        price_unit_source: 'assumed:anchor',
        shop_id: '7490000000000000001',
        availability: 'unknown',
      },
      { product_id: bowl.product_id, product_name: 'Bowl', price_minor: 120000, currency: 'VND' },
      { product_id: pot.product_id, price_minor: null, price_text: '1299', price_unit_source: 'unknown' },
    ]);
    expect(answer.records).toHaveLength(5);
    expect(raws[2]).toEqual(['product', cup]);
  });

  test('the receiver of records is told of the item as it came', () => {
    const told: (readonly [id: unknown, raw: unknown])[] = [];
    const items = JSON.parse(fixture('tiktok-web-items'));
    readJson(items, { made: (record, raw) => told.push([Reflect.get(record, 'post_id'), raw]) });
    expect(told.slice(0, 2)).toEqual([
      ['7440000000000000001', items.itemList[0]],
      ['7440000000000000002', items.itemList[1]],
    ]);
  });

  test('an item that is listed twice is one post', () => {
    const [item] = JSON.parse(fixture('tiktok-web-items')).itemList;
    expect(posts(readJson({ itemList: [item, item], data: [{ type: 1, item }] }))).toHaveLength(1);
  });
});
