import type { TableId } from '../../core/export-choices.ts';
import type { JsonValue } from '../columns/column.ts';
import { formed, made, never, objectsUnder, renamed, textOf, textsOf } from './make.ts';
import { type CellReader, definePreset, type PresetColumn } from './preset.ts';

/** A list as JSON; null where nothing is in it. */
function listed(value: JsonValue): JsonValue {
  const texts = textsOf(value);
  return texts.length === 0 ? null : texts;
}

function hashtagInfos(cell: CellReader): JsonValue {
  const ids = textsOf(cell('hashtag_ids')).filter((id) => id !== '');
  return ids.length === 0 ? null : ids.map((id) => ({ hashtag_id: id }));
}

/** Complete list of "Query Videos". */
const posts: readonly PresetColumn[] = [
  renamed('id', 'string', 'post_id', [
    'Id of the post as text; the API gives a 64-bit number, which loses digits when read as a double.',
    '作品 ID（文本）；API 给出 64 位整数，按双精度读取会丢失末位。',
  ]),
  renamed('video_description', 'string', 'caption'),
  renamed('create_time', 'integer', 'created_at_unix'),
  renamed('region_code', 'string', 'author_region', [
    'Country in which the author registered the account. Where the post was made is another thing (region of the native headers).',
    '作者注册账号所在国家/地区。作品发布地另见原生表头的 region。',
  ]),
  renamed('share_count', 'integer', 'share_count'),
  renamed('view_count', 'integer', 'view_count'),
  renamed('like_count', 'integer', 'like_count'),
  renamed('comment_count', 'integer', 'comment_count'),
  renamed('music_id', 'string', 'music_id'),
  formed('hashtag_names', 'json', 'hashtags', listed, ['Hashtags without #, as JSON.', '话题标签，不含 #（JSON）。']),
  renamed('username', 'string', 'author_handle'),
  never(
    'effect_ids',
    'json',
    'Ids of effects are not kept: see effect_info_list.',
    '未保存特效 ID：见 effect_info_list。',
  ),
  renamed('playlist_id', 'string', 'collection_id'),
  made(
    'voice_to_text',
    'string',
    ['transcript', 'transcript_kind'],
    (cell) => (cell('transcript_kind') === 'asr' ? cell('transcript') : null),
    ['Recognised speech, where the page itself carries it.', '页面自带的语音识别文字。'],
  ),
  made(
    'is_stem_verified',
    'boolean',
    ['platform_labels'],
    (cell) => (textsOf(cell('platform_labels')).includes('is_stem_verified') ? true : null),
    [
      'true: TikTok has verified it as science content. Web pages do not say so: filled for data that came from the Research API.',
      'true：经 TikTok 认证的 STEM 内容。网页不提供，仅来自研究 API 的数据有值。',
    ],
  ),
  renamed('favorites_count', 'integer', 'save_count'),
  renamed('video_duration', 'number', 'duration_s'),
  made('hashtag_info_list', 'json', ['hashtag_ids'], hashtagInfos, [
    'Ids of the hashtags, as JSON; without the descriptions.',
    '话题 ID（JSON），不含话题说明。',
  ]),
  formed(
    'sticker_info_list',
    'json',
    'sticker_text',
    (text) => (typeof text === 'string' ? objectsUnder('sticker_name')(text.split('\n')) : null),
    ['Texts of the stickers, as JSON; without ids.', '贴纸文字（JSON），不含 ID。'],
  ),
  formed('effect_info_list', 'json', 'effects', objectsUnder('effect_name'), [
    'Names of the effects, as JSON; without ids and pictures.',
    '特效名称（JSON），不含 ID 与图片。',
  ]),
  formed('video_mention_list', 'json', 'mentions', listed, [
    'Accounts that the post mentions, as JSON.',
    '作品提及的账号（JSON）。',
  ]),
  never(
    'video_label',
    'json',
    "TikTok's notices below a video have another form on web pages: see warning_labels of the native headers.",
    '网页上的视频提示形式不同：见原生表头的 warning_labels。',
  ),
  never(
    'video_tag',
    'json',
    'Web pages mark AI-made and paid content in another form: see ai_flags and paid_flags of the native headers.',
    '网页对 AI 生成与付费内容的标记形式不同：见原生表头的 ai_flags 与 paid_flags。',
  ),
];

/** Complete list of "Query Video Comments", which name nobody. */
const comments: readonly PresetColumn[] = [
  renamed('id', 'string', 'comment_id'),
  renamed('video_id', 'string', 'post_id'),
  renamed('text', 'string', 'text'),
  renamed('like_count', 'integer', 'like_count'),
  renamed('reply_count', 'integer', 'reply_count'),
  made(
    'parent_comment_id',
    'string',
    ['parent_comment_id', 'post_id'],
    (cell) => cell('parent_comment_id') ?? cell('post_id'),
    [
      'Id of the comment that a reply is below; of the post for all others, as the API has it.',
      '回复所属的上级评论 ID；其他评论则为作品 ID，与 API 一致。',
    ],
  ),
  renamed('create_time', 'integer', 'created_at_unix'),
];

/** Complete list of "Query User Info". The handle is what is asked with, and no field of the answer. */
const users: readonly PresetColumn[] = [
  renamed('display_name', 'string', 'author_name'),
  renamed('bio_description', 'string', 'author_bio'),
  renamed('avatar_url', 'string', 'author_avatar_url'),
  renamed('is_verified', 'boolean', 'author_verified'),
  renamed('follower_count', 'integer', 'author_follower_count'),
  renamed('following_count', 'integer', 'author_following_count'),
  renamed('likes_count', 'integer', 'author_likes_received_count'),
  renamed('video_count', 'integer', 'author_post_count'),
  renamed('bio_url', 'string', 'author_bio_url'),
];

/** "20.79GBP", in a list. */
function priceOf(cell: CellReader): JsonValue {
  const amount = textOf(cell('price'));
  const currency = textOf(cell('currency'));
  return amount === null || currency === null ? null : [`${amount}${currency}`];
}

const stars = [1, 2, 3, 4, 5] as const;

/** Complete list of "Query TikTok Shop Products". */
const products: readonly PresetColumn[] = [
  renamed('product_id', 'string', 'product_id'),
  renamed('product_sold_count', 'integer', 'sold_count'),
  renamed('product_description', 'string', 'product_description'),
  made('product_price', 'json', ['price', 'currency'], priceOf, [
    'The price as a decimal number with its currency, as JSON: ["72.00CNY"].',
    '十进制价格及其货币（JSON），如 ["72.00CNY"]。',
  ]),
  renamed('product_review_count', 'integer', 'review_count'),
  renamed('product_name', 'string', 'product_name'),
  ...stars.map((star) => renamed(`product_rating_${star}_count`, 'integer', `rating_${star}_count`)),
];

/** Complete list of "Query TikTok Shop Info". */
const shops: readonly PresetColumn[] = [
  renamed('shop_name', 'string', 'shop_name'),
  renamed('shop_rating', 'number', 'rating'),
  renamed('shop_review_count', 'integer', 'review_count'),
  renamed('item_sold_count', 'integer', 'sold_count'),
  renamed('shop_id', 'string', 'shop_id'),
];

const tables: { readonly [Id in TableId]?: readonly PresetColumn[] } = {
  post: posts,
  comment: comments,
  author: users,
  product: products,
  shop: shops,
};

export const researchApi = definePreset({
  id: 'research-api',
  label: 'preset_research_api',
  hint: 'preset_research_api_hint',
  source:
    'developers.tiktok.com, the complete lists of fields of research-api-specs-query-videos, -video-comments, -user-info, -tiktok-shop-products (2026-08-04 to 2026-09-01) and -tiktok-shop-info (undated)',
  columns: (table) => tables[table] ?? null,
});
