/** Published samples and real answers, where this machine has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import type { PostRecord } from '../core/record.ts';
import { type Answer, readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const arrival = Date.UTC(2026, 10, 21);

const samples = sharedFixtures('base-apis');
const captures = sharedFixtures('captures');
const read = (from: string, file: string): Answer =>
  readAnswer(readFileSync(join(from, file), 'utf8'), contextAt(arrival, { collectedVia: 'import' }));
const sample = (file: string): Answer => read(samples ?? '', file);
const capture = (file: string): Answer => read(captures ?? '', file);
const posts = ({ records }: Answer): readonly PostRecord[] => records.filter((record) => record.record_type === 'post');

for (const [name, folder] of Object.entries({ samples, captures }))
  if (folder) console.info(`payloads: shared ${name} used`);

describe.skipIf(!samples)(`published samples${skippedNote(samples)}`, () => {
  test('gateway product', () => {
    const answer = sample('onebound-douyin-item_get.json');
    expect(answer).toMatchObject({
      payload: 'onebound-product',
      records: [
        {
          product_id: '3514453298386183303',
          price_minor: 7200,
          list_price_minor: 7200,
          currency: 'CNY',
          price_unit_source: 'assumed:gateway',
          sold_count: 13_000,
          sold_count_text: '1.3万+',
          figures: { sold_count: { precision: 'lower_bound' } },
          observed_at: Date.UTC(2022, 3, 12, 0, 51, 14),
          category_l1: '女装',
          category_l2: '衬衫',
          category_l3: null,
          brand: 'Gudige/古蒂歌',
          shop_score_product: 4.85,
          shop_score_service: 4.96,
          shop_score_logistics: 5,
          dispatch_province: '广东省',
          delivery_promise: '48小时内发货',
          listing_status: 'on_sale',
          product_description: null,
          sku_count: null,
        },
      ],
    });
    expect(answer.records[0]).toHaveProperty('options.length', 2);
    expect(answer.records[0]).toHaveProperty('image_urls.length', 5);
    expect(JSON.stringify(answer)).not.toMatch(/13710277900|黄岛区|106\.6\.34\.146/u);
  });

  test('gateway video', () => {
    const answer = sample('onebound-douyin-item_get_video.json');
    expect(answer).toMatchObject({
      payload: 'onebound-video',
      records: [
        {
          post_id: '7092264344980868359',
          post_url: 'https://www.douyin.com/video/7092264344980868359',
          caption: '修以美好,与君相遇#就算无人欣赏也要独自芬芳',
          hashtags: [{ name: '就算无人欣赏也要独自芬芳', origin: 'caption' }],
          caption_translated_to: null,
          created_at: null,
          view_count: null,
          observed_at: Date.UTC(2022, 5, 24, 8, 54, 24),
          post_type: 'video',
        },
      ],
    });
    expect(JSON.stringify(answer)).not.toMatch(/106\.6\.39\.153|MS4wLjABAAAANwkJuWIR/u);
  });

  test.each(['onebound-error-2000.json', 'onebound-error-2000-product.json'])('%s', (file) => {
    expect(sample(file)).toMatchObject({ records: [], status: { code: '2000' } });
  });

  test.each([
    ['bearer-error-400.json', '400', 'sec_user_id not found'],
    ['bearer-error-401.json', '401', 'ApiKey invalid or expired'],
    ['bearer-error-429.json', '429', 'Request frequency limit, wait 15s'],
  ])('%s', (file, code, message) => {
    expect(sample(file)).toMatchObject({ records: [], status: { code, message } });
  });

  test('bearer: list, detail and the published target form agree', () => {
    const list = posts(sample('bearer-user-post-list.json'));
    const target = posts(sample('bearer-normalised-expected.json'));
    expect(list).toHaveLength(2);
    expect(target).toHaveLength(2);
    for (const [index, post] of list.entries()) {
      const { post_id, created_at, duration_ms, view_count, like_count, save_count, author_handle, music_id } = post;
      expect(target[index]).toMatchObject({
        post_id,
        created_at,
        duration_ms,
        view_count,
        like_count,
        save_count,
        author_handle,
        music_id,
      });
      expect(target[index]?.hashtags.map(({ name }) => name).sort()).toEqual(
        post.hashtags.map(({ name }) => name).sort(),
      );
    }
    expect(list[0]).toMatchObject({
      platform: 'tiktok',
      created_at: Date.UTC(2025, 5, 18, 2, 6, 5),
      view_count: 215689,
    });
    expect(list[0]?.hashtags.map(({ name, origin }) => `${name} ${origin}`)).toEqual([
      'fashion both',
      'ootd both',
      'summerlook caption',
    ]);
    expect(posts(sample('bearer-video-detail.json'))[0]).toMatchObject({
      platform: 'tiktok',
      post_id: '7528963259874125698',
      author_verified: true,
    });
  });

  test('open platform', () => {
    const answer = sample('douyin-open-product-detail.json');
    expect(answer).toMatchObject({
      payload: 'open-platform-product',
      records: [
        {
          record_type: 'product',
          product_id: '1234567890',
          price_minor: 19900,
          price_unit_source: 'declared',
          sold_count: 150000,
        },
        { record_type: 'sku', sku_id: 'sku_001', stock: 1500, properties: { 颜色: '白色', 版本: '标准版' } },
      ],
    });
    expect(answer.records).toHaveLength(2);
  });
});

describe.skipIf(!captures)(`real answers${skippedNote(captures)}`, () => {
  test('a list of TikTok with rounded and exact figures', () => {
    const list = posts(capture('tiktok-item-list/sherifcodeur+tiktok-grab+tiktok.json'));
    expect(list).toHaveLength(12);
    expect(list[0]).toMatchObject({ view_count: 9024473, like_count: 412902, observed_at: 1736547582000 });
    for (const post of list)
      expect(post.figures['view_count']).toMatchObject({ source: 'statsV2', precision: 'exact' });
    // Every tag of the captions is in the platform's own list, and the other way round.
    expect(list.flatMap((post) => post.hashtags).filter(({ origin }) => origin !== 'both')).toEqual([]);
  });

  test('a bare list of TikTok without an exact block', () => {
    const list = posts(capture('tiktok-item-list/aladynjr+tiktok-account-v2-backend+tiktok.json'));
    expect(list).toHaveLength(34);
    expect(list[0]).toMatchObject({ view_count: 1600000, author_handle: 'corinnakopf' });
    for (const post of list)
      expect(post.figures['view_count']).toMatchObject({ source: 'stats', precision: 'rounded' });
  });

  test('a feed of Douyin', () => {
    const list = posts(capture('douyin-aweme/mafqla+douyin-web+homeFeed.json'));
    expect(list).toHaveLength(9);
    for (const post of list) {
      expect(post).toMatchObject({
        platform: 'douyin',
        view_count: null,
        author_follower_count: null,
        missing_reasons: { view_count: 'not_exposed_on_web' },
      });
      expect(post.like_count).toBeGreaterThan(0);
      expect(post.post_url).toBe(`https://www.douyin.com/video/${post.post_id}`);
    }
    expect(JSON.stringify(list)).not.toMatch(/u_code|share_sign/u);
  });

  test('a list of Douyin of 2020, without times', () => {
    const list = posts(capture('douyin-aweme/laizige+reactCnode+data2.json'));
    expect(list).toHaveLength(41);
    for (const post of list) {
      expect(post).toMatchObject({
        platform: 'douyin',
        created_at: null,
        missing_reasons: { created_at: 'not_in_response' },
      });
      expect(post.created_at_from_id).toBeGreaterThan(Date.UTC(2020, 0, 1));
    }
  });

  test('a product of Doudian with a byte order mark and bare ids', () => {
    const answer = capture(
      'douyin-product/fudiwei+DotNetCore.SKIT.FlurlHttpClient.ByteDance+ProductDetailResponse.json',
    );
    expect(answer).toMatchObject({
      payload: 'doudian-product',
      records: [
        {
          product_id: '3472490447010721067',
          price_minor: 100,
          created_at: Date.UTC(2021, 2, 29, 7, 52, 52),
          category_l2: '学习卡',
        },
        { sku_id: '1695459998495774', price_minor: 102, stock: 13, sku_name: '蓝色 / S' },
      ],
    });
  });
});
