/** For tests: things of invented people about which much is known, and what a preset makes of them. */
import { bareRecords, postRecord, productRecord } from '../../core/record.samples.ts';
import type { AuthorRecord, CommentRecord, ShopRecord } from '../../core/record-kinds.ts';
import type { AnyRecord, PostRecord, ProductRecord } from '../../core/record.ts';
import type { Platform } from '../../core/ref.ts';
import type { JsonValue } from '../columns/column.ts';
import { harnessContext } from '../harness.ts';
import { sheetOf } from '../sheet.ts';

const published = Date.UTC(2025, 5, 18, 2, 6, 5);

const lily = {
  author_id: '6952369874521000001',
  author_sec_id: 'MS4wLjABAAAA-lily',
  author_handle: 'lily.wears',
  author_name: 'Lily',
  author_url: 'https://www.tiktok.com/@lily.wears',
  author_bio: 'I am Lily',
  author_avatar_url: 'https://p16.example/lily.jpg',
  author_verified: true,
  author_private: false,
  author_is_seller: false,
  author_follower_count: 50_000,
  author_following_count: 120,
  author_likes_received_count: 987_654,
  author_likes_given_count: 321,
  author_post_count: 88,
  author_friend_count: 7,
  author_region: 'NO',
} as const;

export const tiktokPost: PostRecord = postRecord({
  ...lily,
  post_url: 'https://www.tiktok.com/@lily.wears/video/7528963259874125698',
  caption: '夏日穿搭, 第一套 #ootd\n#穿搭 @friend.of.lily',
  caption_language: 'zh-Hans',
  created_at: published,
  region: 'SE',
  duration_ms: 75_400,
  width: 576,
  height: 1024,
  ratio: '540p',
  definition: '720p',
  view_count: 215_689,
  like_count: 12_589,
  comment_count: 892,
  share_count: 0,
  save_count: 1563,
  repost_count: 12,
  hashtags: [
    { name: 'ootd', id: '1600000000000000001', origin: 'both' },
    { name: '穿搭', id: null, origin: 'caption' },
    { name: 'summer', id: '1600000000000000002', origin: 'tag_list' },
  ],
  mentions: [{ account: 'friend.of.lily', origin: 'both' }],
  platform_labels: ['Outfit', 'is_stem_verified'],
  sticker_text: 'day one\nday two',
  effects: ['Glow', 'Sparkle'],
  warning_labels: ['Participating in this activity could hurt you', 'maskType 3'],
  subtitles: [{ language: 'eng-US', kind: 'translated', format: 'webvtt', url: 'https://v16.example/s.vtt' }],
  transcript: 'hello there',
  transcript_kind: 'asr',
  has_product_link: true,
  product_ids: ['1729384756102938475', '1729384756102938476'],
  music_id: '7489562135987000123',
  music_title: 'original sound',
  music_author: 'Lily',
  music_is_original: true,
  music_duration_ms: 75_000,
  music_album: 'none',
  music_url: 'https://v16.example/m.mp3',
  cover_url: 'https://p16.example/c.jpg',
  media_url: 'https://v16.example/v.mp4',
  is_ad: false,
  is_paid_partnership: true,
  is_pinned: false,
  is_original_item: true,
  duet_enabled: true,
  stitch_enabled: false,
  share_enabled: true,
  duet_of_post_id: '7528963259874125001',
  collection_id: '7371330159376370462',
  poi_name: 'Harbour',
  poi_city: 'Bergen',
  poi_address: 'Quay 1',
  collected_from_url: 'https://www.tiktok.com/@lily.wears',
  query_type: 'search',
  query_text: '夏日',
});

export const douyinPost: PostRecord = {
  ...tiktokPost,
  platform: 'douyin',
  post_type: 'photo',
  post_url: 'https://www.douyin.com/note/7528963259874125698',
  author_url: 'https://www.douyin.com/user/MS4wLjABAAAA-lily',
  mentions: [
    { account: 'MS4wLjABAAAA-friend', origin: 'tag_list' },
    { account: '小王', origin: 'caption' },
  ],
  view_count: null,
  download_count: 4,
  forward_count: 5,
  image_urls: ['https://p3.example/1.jpg', 'https://p3.example/2.jpg'],
  collection_name: '穿搭合集',
  collection_position: 3,
  copyright_type: '原创',
  availability: 'removed',
};

export const tiktokReply: CommentRecord = {
  ...bareRecords.comment,
  missing_reasons: {},
  post_id: '7528963259874125698',
  parent_comment_id: '7529963259874125001',
  text: 'so nice',
  created_at: published,
  like_count: 3,
  reply_count: 0,
  liked_by_author: true,
  is_pinned: false,
  language: 'en',
  author_id: '6952369874521000002',
  author_sec_id: 'MS4wLjABAAAA-max',
  author_handle: 'max.writes',
  author_name: 'Max',
  author_avatar_url: 'https://p16.example/max.jpg',
  image_urls: ['https://p16.example/i.jpg'],
  sticker_url: 'https://p16.example/st.webp',
  ip_label: '浙江',
  collected_from_url: 'https://www.tiktok.com/@lily.wears/video/7528963259874125698',
};

export const author: AuthorRecord = {
  ...bareRecords.author,
  ...lily,
  missing_reasons: {},
  author_bio_url: 'https://lily.example',
  author_ip_location: '北京',
};

export const product: ProductRecord = productRecord({
  product_name: '衬衫',
  product_description: '棉',
  product_url: 'https://haohuo.example/3514269087712345678',
  price_minor: 7200,
  currency: 'CNY',
  sold_count: 13_000,
  sold_count_text: '1.3万+',
  rating: 4.8,
  review_count: 40,
  rating_1_count: 1,
  rating_2_count: 0,
  rating_3_count: 2,
  rating_4_count: 7,
  rating_5_count: 30,
  shop_id: '7495963259874125698',
  shop_name: '某店',
});

export const shop: ShopRecord = {
  ...bareRecords.shop,
  missing_reasons: {},
  shop_name: 'Some Shop',
  rating: 4.5,
  review_count: 12,
  sold_count: 99,
};

type Cells = Readonly<Record<string, JsonValue>>;

/** The row of a record, by header, with people in it. */
export async function rowOf(
  preset: string,
  record: AnyRecord,
  platform: Platform | null = record.platform,
): Promise<Cells> {
  const context = { ...harnessContext, platform, choices: { ...harnessContext.choices, preset } };
  const sheet = sheetOf({ id: record.record_type, rows: () => [record] }, context);
  const rows: (readonly JsonValue[])[] = [];
  for await (const some of sheet.rows()) rows.push(...some);
  return Object.fromEntries(sheet.columns.map(({ header }, index) => [header, rows[0]?.[index] ?? null]));
}
