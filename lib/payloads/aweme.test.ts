/** What the payload aweme reads beyond figures and words: subtitles, flags, linked products, and why a post is held back. */
import { describe, expect, test } from 'vitest';
import type { PostRecord, ProductRecord } from '../core/record.ts';
import { douyinAvailability } from './douyin-status.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'page_xhr' });
const item = { aweme_id: '7401122334455667788', desc: 'x', create_time: 1723200100, region: 'CN' };
const read = (more: object, platform: 'tiktok' | 'douyin' = 'douyin') =>
  readAnswer({ aweme_detail: { ...item, ...more } }, { ...context, platform }).records;

function postOf(more: object, platform: 'tiktok' | 'douyin' = 'douyin'): PostRecord | undefined {
  return read(more, platform).find((record) => record.record_type === 'post');
}

function productsOf(more: object, platform: 'tiktok' | 'douyin' = 'douyin'): readonly ProductRecord[] {
  return read(more, platform).filter((record) => record.record_type === 'product');
}

test('subtitles of an app answer', () => {
  const track = { lang: 'eng-US', caption_format: 'webvtt', url: 'https://v16.tiktokcdn.com/invented.vtt' };
  const infos = [
    { ...track, is_auto_generated: true, is_original_caption: true },
    { ...track, lang: 'deu-DE', is_auto_generated: true, is_original_caption: false },
    { ...track, is_auto_generated: false },
    track,
    { note: 'no track' },
    null,
  ];
  const post = postOf({ video: { cla_info: { caption_infos: infos } } }, 'tiktok');
  expect(post?.subtitles.map(({ language, kind, format }) => [language, kind, format])).toEqual([
    ['eng-US', 'asr', 'webvtt'],
    ['deu-DE', 'translated', 'webvtt'],
    ['eng-US', 'creator', 'webvtt'],
    ['eng-US', 'unknown', 'webvtt'],
  ]);
  expect(postOf({ cla_info: null })?.missing_reasons).toMatchObject({ subtitles: 'not_in_response' });
});

test('text that was read off the picture', () => {
  expect(postOf({ seo_info: { ocr_content: '欢迎' } })).toMatchObject({ transcript: '欢迎', transcript_kind: 'ocr' });
  expect(postOf({ seo_info: null })).toMatchObject({ transcript: null, transcript_kind: null });
});

test('flags stay raw; of an advertisement only that there is one', () => {
  const post = postOf({
    is_ads: true,
    raw_ad_data: { log_extra: 'viewer' },
    aigc_info: { aigc_label_type: 2 },
    risk_infos: { type: 56, content: '作者声明' },
    commerce_info: { branded_content_type: 1, bc_ad_label_text: 'Paid', ad_auth_status: null, nested: {} },
  });
  expect(post).toMatchObject({
    is_ad: true,
    ai_generated_label: '2',
    ai_flags: { aigc_info: '{"aigc_label_type":2}', 'risk_infos.type': '56' },
    warning_labels: ['作者声明'],
  });
  expect(post?.paid_flags).toEqual({
    is_ads: 'true',
    'commerce_info.branded_content_type': '1',
    'commerce_info.bc_ad_label_text': '"Paid"',
    has_raw_ad_data: 'true',
  });
});

test('place, series and schedule', () => {
  const post = postOf({
    schedule_time: 1723300000,
    poi_info: { poi_id: '6601123456789012345', poi_name: '茶馆', address_info: { city: '杭州', country: '中国' } },
    series_info: { series_id: '7300000000000000077', series_name: '茶的故事', stats: { current_episode: 13 } },
  });
  expect(post).toMatchObject({
    scheduled_at: 1723300000000,
    poi_id: '6601123456789012345',
    poi_country: '中国',
    collection_id: '7300000000000000077',
    collection_name: '茶的故事',
    collection_position: 13,
  });
});

describe('linked products', () => {
  const id = '3614453298386180001';

  test.each([
    ['simple_promotions', { simple_promotions: [{ product_id: id, title: '茶杯', price: 9900 }] }],
    ['JSON in a text', { simple_promotions: `[{"product_id":${id},"title":"茶杯","price":9900}]` }],
    [
      'an anchor',
      { anchor_info: { type: 3, extra: JSON.stringify([{ product_id: id, title: '茶杯', price: 9900 }]) } },
    ],
  ])('%s: a record without an invented unit', (_name, more) => {
    expect(postOf(more)).toMatchObject({ has_product_link: true, product_ids: [id] });
    expect(productsOf(more)).toMatchObject([
      {
        product_id: id,
        product_name: '茶杯',
        price_minor: null,
        price_text: '9900',
        price_unit_source: 'unknown',
        availability: 'unknown',
      },
    ]);
  });

  test('a declared unit, and one id only', () => {
    const promotions = [{ product_id: id, title: '茶杯', price: 9900, price_unit: '分' }, { product_id: id }];
    expect(productsOf({ promotions })).toMatchObject([
      { price_minor: 9900, currency: 'CNY', price_unit_source: 'declared' },
    ]);
    expect(productsOf({ promotions: [{ product_id: id }] })).toEqual([]);
  });

  test("TikTok's app", () => {
    const products_info =
      '[{"product_id":1729000000000000107,"title":"Cup","price":"12.90","currency":"USD","seller_id":"7490000000000000055"}]';
    expect(postOf({ products_info }, 'tiktok')).toMatchObject({
      has_product_link: true,
      product_ids: ['1729000000000000107'],
    });
    expect(productsOf({ products_info }, 'tiktok')).toMatchObject([
      { product_name: 'Cup', price_text: '12.90', currency: 'USD', shop_id: '7490000000000000055', platform: 'tiktok' },
    ]);
  });

  test('posts come first, and a product that two of them link to comes once', () => {
    const promotions = [{ product_id: id, title: '茶杯' }];
    const list = [
      { ...item, promotions },
      { ...item, aweme_id: '7401122334455660002', promotions },
    ];
    const { records } = readAnswer({ aweme_list: list }, { ...context, platform: 'douyin' });
    expect(records.map((record) => record.record_type)).toEqual(['post', 'post', 'product']);
  });

  test('a place is no product', () => {
    expect(postOf({ anchor_info: { type: 2, extra: `{"product_id":"${id}"}` } })).toMatchObject({
      has_product_link: null,
      product_ids: [],
    });
  });
});

test.each([
  ['status_deleted', 'removed'],
  ['status_delete', 'removed'],
  ['status_self_see', 'private'],
  ['status_audit', 'not_available'],
  ['images_base', 'not_available'],
  ['2483', 'login_wall'],
  ['5', null],
  ['constructor', 'not_available'],
])('held back: %s', (reason, availability) => {
  expect(douyinAvailability(reason)).toBe(availability);
});

test('an answer that asks for a login says so', () => {
  expect(readAnswer({ status_code: 2483, status_msg: '请先登录', aweme_list: null }, context).status).toEqual({
    code: '2483',
    message: '请先登录',
    availability: 'login_wall',
  });
});

test('each record is told of with its own part', () => {
  const told: [string, unknown][] = [];
  const promotion = { product_id: '3614453298386180001', title: '茶杯' };
  const detail = { ...item, promotions: [promotion] };
  readAnswer({ aweme_detail: detail }, { ...context, made: (record, raw) => told.push([record.record_type, raw]) });
  expect(told).toEqual([
    ['post', detail],
    ['product', promotion],
  ]);
});
