/** Published samples and real answers, where this machine has them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import type { BlockName, EmbeddedBlock } from '../core/page-data.ts';
import type { PostRecord, RecordType } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { type BlockAnswer, readBlocks } from './embedded.ts';
import type { PageSubject } from './embedded-answer.ts';
import { type Answer, readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { at, listOf } from './reading.ts';

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

const figureNames = [
  ['view_count', 'playCount'],
  ['like_count', 'diggCount'],
  ['comment_count', 'commentCount'],
  ['share_count', 'shareCount'],
  ['save_count', 'collectCount'],
] as const;

/** The blocks of TikTok's pages by the ids of their scripts. */
const tiktokScripts: readonly (readonly [BlockName, string])[] = [
  ['universal-data', '__UNIVERSAL_DATA_FOR_REHYDRATION__'],
  ['sigi-state', 'SIGI_STATE'],
];

describe.skipIf(!captures)(`real pages of TikTok${skippedNote(captures)}`, () => {
  function blocksOf(file: string): readonly EmbeddedBlock[] {
    const { document } = parseHTML(readFileSync(join(captures ?? '', file), 'utf8'));
    return tiktokScripts.flatMap(([block, id]) => {
      const text = document.querySelector(`script[id="${id}"]`)?.textContent;
      return text ? [{ block, text }] : [];
    });
  }
  const readPage = (file: string, page: PageSubject | null = null): readonly BlockAnswer[] =>
    readBlocks(blocksOf(file), page, contextAt(arrival, { collectedVia: 'import' }));
  /** Whose page it is, by the address that the page gives itself. */
  const handleOf = (file: string): string =>
    /"canonical" href="[^"]*\/@([^/"]+)/u.exec(readFileSync(join(captures ?? '', file), 'utf8'))?.[1] ?? '';
  const recordsOf = (answers: readonly BlockAnswer[]): Answer['records'] => answers.flatMap(({ records }) => records);
  const typesOf = (answers: readonly BlockAnswer[]): readonly RecordType[] =>
    recordsOf(answers).map(({ record_type: type }) => type);
  const onPost = (id: string): PageSubject => ({ refs: [{ platform: 'tiktok', kind: 'post', id }] });

  test('a video page of 2026, of which the exact block is rounded as well', () => {
    const file = 'tiktok-universal-data/camillebrown+mealplanner+tiktok_debug.html';
    const answers = readPage(file, onPost('7608826249200356630'));
    expect(typesOf(answers)).toEqual(['post']);
    expect(recordsOf(answers)[0]).toMatchObject({
      post_id: '7608826249200356630',
      created_at: 1771567930000,
      view_count: 2_900_000,
      save_count: 124_842,
      figures: {
        view_count: { precision: 'rounded' },
        like_count: { precision: 'rounded' },
        comment_count: { precision: 'exact' },
        save_count: { precision: 'exact' },
      },
      subtitles: [{ language: 'eng-US', kind: 'asr', format: 'webvtt' }],
      paid_flags: { isAd: 'true', adAuthorization: 'true' },
      ai_flags: { IsAigc: 'false' },
      region: 'GB',
    });
    expect(answers).toMatchObject([{ stale: false, isList: false, viewer: [] }]);
    expect(readPage(file, onPost('7608826249200356631'))).toMatchObject([{ stale: true, records: [] }]);
  });

  test('a rendered feed page holds the one post that it began with', () => {
    const answers = readPage(
      'tiktok-universal-data/pakCoder11+alpha-scraper-update-version-1.0+tiktok_comments.html',
      onPost('7507673491211029803'),
    );
    expect(recordsOf(answers)).toHaveLength(1);
    expect(recordsOf(answers)[0]).toMatchObject({ record_type: 'post', post_id: '7507673491211029803' });
  });

  test('the mobile page of a photo post', () => {
    const file = 'tiktok-universal-data/cong99x+downDouiyn+tiktok_mobile_debug.html';
    const answers = readPage(file, onPost('7603995605354040594'));
    expect(typesOf(answers)).toEqual(['post']);
    expect(recordsOf(answers)[0]).toMatchObject({
      post_type: 'photo',
      duration_ms: null,
      view_count: 1_700_000,
      collection_name: expect.any(String),
      figures: { view_count: { precision: 'rounded', source: 'stats' } },
    });
    expect(recordsOf(answers)[0]).toHaveProperty('image_urls.length', 11);
  });

  test('a post that is not shown to the one who is logged in', () => {
    const answers = readPage('tiktok-universal-data/ca74ca+nao-v2+tiktok_debug.html', onPost('7276437262283859205'));
    expect(answers).toMatchObject([
      {
        records: [],
        stale: false,
        status: { code: '10204', message: "item doesn't exist", availability: 'not_available' },
      },
    ]);
    const viewer = answers[0]?.viewer ?? [];
    expect(viewer.length).toBeGreaterThan(0);
    for (const name of viewer) expect(JSON.stringify(answers[0]?.status)).not.toContain(name);
  });

  test('a profile of 2026', () => {
    const file = 'tiktok-universal-data/Turyka+Pen_app_backend+debug_page.html';
    const handle = handleOf(file);
    const answers = readPage(file, { refs: [{ platform: 'tiktok', kind: 'author', id: handle }] });
    expect(typesOf(answers)).toEqual(['author']);
    expect(recordsOf(answers)[0]).toMatchObject({
      author_handle: handle,
      author_follower_count: 2500,
      author_following_count: 38,
      author_likes_received_count: 73_445,
      author_post_count: 265,
      author_bio_url: expect.stringMatching(/^https:/u),
      figures: { author_likes_received_count: { precision: 'exact', source: 'statsV2' } },
    });
  });

  test('a profile of 2023: 29 posts in the order shown, and their author', () => {
    const text = readFileSync(
      join(captures ?? '', 'tiktok-sigi-state/ShujaatAli88+Tiktok-Scrapper+tiktok.json'),
      'utf8',
    );
    const [answer] = readBlocks([{ block: 'sigi-state', text }], null, contextAt(arrival, { collectedVia: 'import' }));
    const state: { ItemList: { 'user-post': { list: readonly string[] } } } = JSON.parse(text);
    const list = answer ? posts(answer) : [];
    expect(list.map(({ post_id: id }) => id)).toEqual(state.ItemList['user-post'].list);
    expect(list).toHaveLength(29);
    expect(answer).toMatchObject({ isList: true, viewer: [], stale: false });
    expect(answer?.records.slice(29)).toMatchObject([
      {
        record_type: 'author',
        author_handle: expect.any(String),
        author_follower_count: 839_000,
        author_post_count: 244,
      },
    ]);
    for (const post of list)
      expect(Math.abs((post.created_at ?? 0) - (idTime(post.post_id, arrival) ?? 0))).toBeLessThan(5 * 86_400_000);
    // Pasted as it is, it says the same.
    expect(readAnswer(text, contextAt(arrival, { collectedVia: 'import' })).records).toEqual(answer?.records);
  });

  test('a live page', () => {
    const file = 'tiktok-sigi-state/1sthillman+YTTKST+tiktok_debug.html';
    const handle = handleOf(file);
    const answers = readPage(file, { refs: [{ platform: 'tiktok', kind: 'live', id: handle }] });
    expect(recordsOf(answers)).toHaveLength(1);
    expect(recordsOf(answers)[0]).toMatchObject({
      record_type: 'live',
      live_id: handle,
      room_id: '7553804248358619912',
      status: 'live',
      viewer_count: 70,
      total_viewer_count: 2520,
      started_at: 1_758_757_122_000,
    });
  });

  test('no figure is less exact than the file is, and no id has other digits', () => {
    for (const file of [
      'tiktok-item-list/sherifcodeur+tiktok-grab+tiktok.json',
      'tiktok-item-list/aladynjr+tiktok-account-v2-backend+tiktok.json',
      'tiktok-sigi-state/ShujaatAli88+Tiktok-Scrapper+tiktok.json',
    ]) {
      const text = readFileSync(join(captures ?? '', file), 'utf8');
      const json: unknown = JSON.parse(text);
      const items = [json, at(json, 'itemList'), Object.values(Object(at(json, 'ItemModule')))].flatMap(listOf);
      const itemOf = (id: string): unknown => items.find((item) => at(item, 'id') === id);
      for (const post of posts(capture(file))) {
        expect(text).toContain(post.post_id);
        for (const id of [post.author_id, post.music_id, post.collection_id, ...post.hashtags.map((tag) => tag.id)])
          if (id !== null) expect(text).toContain(id);
        const item = itemOf(post.post_id);
        for (const [field, name] of figureNames) {
          const most = at(item, 'statsV2', name) ?? at(item, 'stats', name);
          expect(post[field], `${post.post_id} ${field}`).toBe(most === undefined ? null : Number(most));
        }
      }
    }
  });
});
