/** What the fuzzer and the benchmarks begin with: our own fixtures, and made-up answers and blocks of every other shape. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../lib/core/lossless-json.ts';
import type { BlockName, EmbeddedBlock } from '../lib/core/page-data.ts';
import type { EntityRef } from '../lib/core/ref.ts';

const folder = join(import.meta.dirname, '..', 'lib', 'payloads', 'fixtures');

function fixture(name: string): unknown {
  return parseJson(readFileSync(join(folder, name), 'utf8'));
}

function entriesOf(json: unknown, list: string): readonly unknown[] {
  const entries: unknown = Reflect.get(Object(json), list);
  return Array.isArray(entries) ? entries : [];
}

/** TikTok's items and Douyin's, as lists of the web hold them. */
export const items: readonly unknown[] = entriesOf(fixture('tiktok-web-items.json'), 'itemList');
export const awemes: readonly unknown[] = entriesOf(fixture('aweme-douyin.json'), 'aweme_list');

const secUid = 'MS4wLjABAAAAinventedBaker0000000000000000000000000000000';
const user = {
  id: '6900000000000000001',
  uniqueId: 'invented.baker',
  nickname: 'Invented Baker',
  secUid,
  signature: 'I bake',
  bioLink: { link: 'baker.example', risk: 0 },
  verified: false,
  privateAccount: false,
  ttSeller: false,
  roomId: '7532000000000000001',
  relation: 0,
};
const stats = { followerCount: 807_200, followingCount: 39, heart: 5_800_000, heartCount: 5_800_000, videoCount: 234 };
const userInfo = { user, stats, statsV2: { followerCount: '807213', followingCount: '39', heartCount: '5800412' } };
const challengeInfo = {
  challenge: { id: '1600000000000001', title: 'rye', desc: 'Bread' },
  stats: { videoCount: 1200, viewCount: 3_400_000 },
  statsV2: { videoCount: '1234', viewCount: '3412345' },
};
const musicInfo = {
  music: {
    id: '7300000000000000009',
    title: 'original sound',
    authorName: 'Invented Baker',
    original: true,
    duration: 61,
  },
  stats: { videoCount: 17 },
};
const comment = {
  cid: '7529000000000000001',
  aweme_id: '7440000000000000001',
  text: 'Lovely crust 🍞 @invented.friend',
  create_time: 1_732_300_600,
  digg_count: 12,
  reply_comment_total: 1,
  reply_id: '0',
  reply_to_reply_id: '0',
  is_author_digged: true,
  user_digged: 0,
  author_pin: false,
  stick_position: 0,
  comment_language: 'en',
  ip_label: '广东',
  image_list: [{ crop_url: { url_list: ['https://p16.example/1.webp'] } }],
  share_info: { url: 'https://m.tiktok.com/v/7440000000000000001.html?u_code=x', title: 'x' },
  user: { uid: '6900000000000000002', unique_id: 'invented.friend', sec_uid: secUid, nickname: 'Friend' },
};
const liveRoomUserInfo = {
  user: { ...user, status: 2 },
  stats,
  liveRoom: {
    title: 'Baking',
    startTime: 1_732_300_000,
    status: 2,
    streamId: '7532000000000000002',
    liveRoomStats: { userCount: 512, enterCount: 9000 },
  },
};
const douyinUser = {
  uid: '88001122334',
  sec_uid: 'MS4wLjABAAAAinventedHill00000000000000000000000000000000',
  nickname: '山野笔记',
  unique_id: 'hill',
  follower_count: 5600,
  following_count: 26,
  aweme_count: 88,
  total_favorited: 41_000,
  favoriting_count: 27,
  ip_location: 'IP属地：云南',
  signature: '种花',
};
const room = {
  id_str: '7532000000000000003',
  status: 2,
  title: '山里直播',
  user_count_str: '1.2万+',
  stats: { total_user_str: '3万', like_count: 1200 },
  owner: { id_str: '88001122334', sec_uid: douyinUser.sec_uid, nickname: '山野笔记', web_rid: '123456789' },
};
const mix = {
  mix_id: '7300000000000000077',
  mix_name: '山里',
  desc: 'x',
  statis: { play_vv: 0, updated_to_episode: 5 },
};

const productId = '1729000000000000001';
const shopProduct = {
  product_id: productId,
  status: 1,
  seller: { seller_id: '7490000000000000001', name: 'Bakery', product_count: 12, seller_location: 'US' },
  product_base: {
    title: 'Pot',
    sold_count: 1300,
    images: [{ url_list: ['https://p16.example/1.webp'] }],
    price: {
      real_price: '$12.99',
      min_sku_price: '12.99',
      original_price: '$19.99',
      currency: 'USD',
      discount: '-35%',
    },
    specifications: [{ name: 'Material', value: 'Iron' }],
    desc_detail: '[{"type":"text","text":"A pot"}]',
  },
  sale_props: [{ prop_id: '1', prop_name: 'Size', sale_prop_values: [{ prop_value_id: '2', prop_value: 'L' }] }],
  skus: [
    {
      sku_id: '1729000000000000101',
      stock: 13,
      price: { real_price: { price_val: '12.99', currency: 'USD' } },
      sku_sale_props: [{ prop_id: '1', prop_name: 'Size', prop_value_id: '2', prop_value: 'L' }],
    },
  ],
  product_detail_review: {
    product_rating: 4.6,
    review_count: 211,
    rating_result: { '5': '180', '1': '4' },
    review_items: [
      {
        review: { review_id: '7529000000000000009', rating: 5, text: 'Good', review_timestamp_fmt: 'June 18, 2025' },
        review_id: '7529000000000000009',
        review_rating: 5,
        review_text: 'Good',
        reviewer_name: 'L**y',
        sku_id: '1729000000000000101',
      },
    ],
  },
};
const shopPage = {
  loaderData: {
    'shop/layout': null,
    'shop/pdp/(product_name_slug$)/(product_id)/page': {
      route_info: { route_product_id: productId },
      page_config: {
        components_map: [
          {
            component_type: 'product_info',
            component_data: { product_info: shopProduct, categories: [{ name: 'Home' }] },
          },
          {
            component_type: 'feed_list_search_word',
            component_data: { products: [{ product_id: '1729000000000000002', title: 'Pan' }] },
          },
        ],
      },
    },
  },
};

/** Answers as JSON. */
export const answers: readonly unknown[] = [
  ...readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map(fixture),
  { statusCode: 0, itemInfo: { itemStruct: items[0] } },
  { statusCode: 10_204, statusMsg: "item doesn't exist", itemInfo: {} },
  { status_code: 0, data: items.map((item) => ({ type: 1, item })), has_more: 1 },
  { statusCode: 0, userInfo },
  {
    statusCode: 0,
    user_list: [{ user_info: { uid: user.id, unique_id: user.uniqueId, nickname: 'x', follower_count: 3 } }],
  },
  { statusCode: 0, challengeInfo },
  { statusCode: 0, musicInfo },
  { statusCode: 0, mixInfo: { id: '7300000000000000077', name: 'Breads', videoCount: 12, creator: user } },
  {
    statusCode: 0,
    playList: [{ id: '7300000000000000077', mixId: '7300000000000000077', mixName: 'Breads', videoCount: 12 }],
  },
  { status_code: 0, comments: [{ ...comment, reply_comment: [{ ...comment, cid: '7529000000000000002' }] }], total: 2 },
  { statusCode: 0, data: liveRoomUserInfo },
  { status_code: 0, aweme_detail: awemes[0] },
  {
    status_code: 0,
    aweme_detail: null,
    filter_detail: { aweme_id: '7401122334455667788', filter_reason: 'status_deleted' },
  },
  { status_code: 0, data: awemes.map((aweme) => ({ type: 1, aweme_info: aweme })) },
  {
    status_code: 0,
    data: [{ aweme_mix_info: { mix_items: awemes } }, { card_info: { attached_info: { aweme_list: awemes } } }],
  },
  { status_code: 0, cards: awemes.map((aweme) => ({ aweme: JSON.stringify(aweme) })) },
  { status_code: 0, user: douyinUser },
  {
    status_code: 0,
    ch_info: { cid: '1600000000000007', cha_name: '露水', user_count: 12, view_count: 340, desc: 'x' },
  },
  {
    status_code: 0,
    music_info: { id_str: '7300000000000000010', mid: '7300000000000000010', title: '原声', duration: 15 },
  },
  { status_code: 0, mix_info: mix },
  { status_code: 0, data: { data: [room], enter_room_id: room.id_str, user: douyinUser, web_rid: '123456789' } },
  {
    status_code: 0,
    promotion_h5: {
      basic_info_data: {
        product_id: '3514269087712345678',
        title_info: { title: '棉麻衬衫' },
        price_info: { discount_price: { min_price: 7200, max_price: 9900 }, market_price: { min_price: 19_900 } },
        sales: 13_000,
      },
      shop_info: { basic_info: { shop_name: '小店', shop_id: '12345' } },
      page_meta: { sku_meta: { sku_mappings: { '1_2': '1695459998495774' } }, common_meta: { sku_spec_info: [] } },
    },
  },
  shopPage,
];

/** What a length-prefixed answer of a search is. */
export const streamed = awemes
  .map((aweme) => JSON.stringify({ status_code: 0, data: [{ type: 1, aweme_info: aweme }] }))
  .map((json) => `${json.length.toString(16)}\r\n${json}\r\n`)
  .join('');

/** A block as JSON, and the text that a page makes of it. */
export interface BlockSample {
  readonly block: BlockName;
  readonly json: unknown;
  readonly written: (json: unknown) => string;
}

const asJson = (json: unknown): string => JSON.stringify(json) ?? '';
const escaped = (json: unknown): string => encodeURIComponent(asJson(json).toWellFormed());
const rows = (json: unknown): string =>
  [`0:["$","$L1",null,{}]\n`, `9:${asJson(json)}\n`]
    .map((row) => `self.__pace_f.push(${JSON.stringify([1, row])})`)
    .join('\n');

const camelAweme = {
  awemeId: '7401122334455667788',
  desc: '山里的早晨 #露水',
  createTime: 1_723_200_100,
  authorInfo: { uid: '88001122334', secUid: douyinUser.sec_uid, nickname: '山野笔记', followerCount: 5600 },
  stats: { diggCount: 6632, commentCount: 859, shareCount: 259, collectCount: 511, playCount: 0 },
  video: { duration: 15_000, width: 1080, height: 1920, cover: '//p3.example/1.jpeg' },
  music: '$undefined',
  textExtra: [{ hashtagName: '露水', hashtagId: '1600000000000007' }],
};

/** A `webapp.…` page of TikTok's. */
function scoped(scope: unknown): BlockSample {
  return { block: 'universal-data', json: { __DEFAULT_SCOPE__: scope }, written: asJson };
}

const viewer = { 'webapp.app-context': { user: { uid: '1', uniqueId: 'the.viewer', secUid: 'MS4wviewer' }, wid: '2' } };

export const blocks: readonly BlockSample[] = [
  scoped({ ...viewer, 'webapp.video-detail': { itemInfo: { itemStruct: items[0] }, statusCode: 0, statusMsg: '' } }),
  scoped({ 'webapp.video-detail': { itemInfo: {}, statusCode: 10_204, statusMsg: "item doesn't exist" } }),
  scoped({ 'webapp.reflow.video.detail': { itemInfo: { itemStruct: items[1] }, statusCode: 0 } }),
  scoped({ ...viewer, 'webapp.user-detail': { userInfo: { ...userInfo, itemList: items }, statusCode: 0 } }),
  scoped({ 'webapp.updated-items': items }),
  {
    block: 'sigi-state',
    json: {
      ItemModule: Object.fromEntries(items.map((item, index) => [`744000000000000000${index + 1}`, item])),
      ItemList: { 'user-post': { list: ['7440000000000000001', '7440000000000000002'] } },
      UserModule: { users: { 'invented.baker': user }, stats: { 'invented.baker': stats } },
      LiveRoom: { liveRoomUserInfo },
    },
    written: asJson,
  },
  { block: 'next-data', json: { props: { pageProps: { itemInfo: { itemStruct: items[0] } } } }, written: asJson },
  {
    block: 'frontity-state',
    json: {
      source: {
        data: {
          '/embed/@invented.baker': { videoList: items, userInfo: user },
          '/embed/v2/7440000000000000001': { videoData: { itemInfos: items[0], authorInfos: user } },
        },
      },
    },
    written: asJson,
  },
  { block: 'modern-router-data', json: shopPage, written: asJson },
  {
    block: 'ld-json',
    json: [
      {
        '@type': 'Product',
        productID: productId,
        name: 'Pot',
        url: `https://www.tiktok.com/shop/pdp/pot/${productId}`,
        offers: { price: '12.99', priceCurrency: 'USD' },
        aggregateRating: { ratingValue: '4.6', reviewCount: '211' },
      },
      { '@type': 'BreadcrumbList' },
    ],
    written: asJson,
  },
  {
    block: 'render-data',
    json: {
      app: {
        pathname: '/video/7401122334455667788',
        odin: { user_id: '1' },
        user: { isLogin: true, info: { uid: '2' } },
      },
      '27': { aweme: { detail: camelAweme, statusCode: 0 } },
    },
    written: escaped,
  },
  {
    block: 'pace-f',
    json: ['$', '$L3', null, { awemeId: '7401122334455667788', aweme: { detail: camelAweme }, statusCode: 0 }],
    written: rows,
  },
  {
    block: 'pace-f',
    json: [
      '$',
      '$L3',
      null,
      { recommendAwemeList: [camelAweme], state: { roomStore: { roomInfo: { room, web_rid: '123456789' } } } },
    ],
    written: rows,
  },
  { block: 'stream-render-data', json: { aweme: { detail: camelAweme } }, written: escaped },
  {
    block: 'router-data',
    json: {
      loaderData: {
        'video_(id)/page': { videoInfoRes: { status_code: 0, item_list: [awemes[0]], filter_list: [] } },
        'note_(id)/page': {
          videoInfoRes: { item_list: [], filter_list: [{ aweme_id: '1', filter_reason: 'status_audit' }] },
        },
      },
    },
    written: asJson,
  },
];

/** Addresses of pages, for the check of staleness. */
export const pageRefs: readonly EntityRef[] = [
  { platform: 'tiktok', kind: 'post', id: '7440000000000000001' },
  { platform: 'tiktok', kind: 'author', id: 'invented.baker' },
  { platform: 'tiktok', kind: 'product', id: productId },
  { platform: 'douyin', kind: 'post', id: '7401122334455667788' },
  { platform: 'douyin', kind: 'live', id: '123456789' },
];

/** The text of a block as it stands in its page. */
export function textOf({ block, json, written }: BlockSample): EmbeddedBlock {
  return { block, text: written(json) };
}
