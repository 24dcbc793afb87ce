import type { TableId } from '../../core/export-choices.ts';
import type { JsonValue } from '../columns/column.ts';
import {
  clockParts,
  formed,
  joinedWith,
  made,
  renamed,
  spacedLocalTime,
  spacedTime,
  textOf,
  textsOf,
  type Words,
} from './make.ts';
import { type CellReader, definePreset, type PresetColumn } from './preset.ts';

const requested = formed('请求时间', 'string', 'fetched_at_utc', spacedLocalTime, [
  "When Clipscope got the values, on the clocks of the export's time zone.",
  'Clipscope 取得数值的时间（导出时区）。',
]);

function verified(value: JsonValue): string | null {
  return typeof value === 'boolean' ? (value ? '认证' : '未认证') : null;
}
const verifiedWords: Words = ['认证 (verified) or 未认证 (not verified).', '认证或未认证。'];

/** Any other answer says nothing of the post itself. */
const statuses: Readonly<Record<string, string>> = { ok: '正常', removed: '已下架' };

/** `m:ss`, minutes without an end. */
function minutes(value: JsonValue): string | null {
  const parts = clockParts(value);
  return parts && `${parts[0] * 60 + parts[1]}:${String(parts[2]).padStart(2, '0')}`;
}

/** Where nobody said whether products are linked, their number is not known. */
function productCount(cell: CellReader): number | null {
  const { length } = textsOf(cell('product_ids'));
  if (length > 0) return length;
  return cell('has_product_link') === false ? 0 : null;
}

/** Order and forms as users of the key-and-secret gateway know them. */
const posts: readonly PresetColumn[] = [
  renamed('视频ID', 'string', 'post_id'),
  formed('视频标题', 'string', 'caption', (text) => textOf(text)?.split(/\r\n|[\r\n]/u)[0] ?? null, [
    'The first line of the text of the post.',
    '作品描述的首行。',
  ]),
  renamed('视频描述', 'string', 'caption'),
  renamed('封面链接', 'string', 'cover_url'),
  formed('视频时长', 'string', 'duration_s', minutes, ['Length as m:ss.', '时长，格式为 m:ss。']),
  formed('发布时间', 'string', 'created_at_local', spacedTime, [
    "When the post was published, on the clocks of the export's time zone.",
    '发布时间（导出时区）。',
  ]),
  renamed('播放量', 'integer', 'view_count'),
  renamed('点赞数', 'integer', 'like_count'),
  renamed('评论数', 'integer', 'comment_count'),
  renamed('分享数', 'integer', 'share_count'),
  renamed('收藏数', 'integer', 'save_count'),
  renamed('创作者ID', 'string', 'author_id'),
  renamed('创作者昵称', 'string', 'author_name'),
  renamed('创作者头像', 'string', 'author_avatar_url'),
  formed('认证状态', 'string', 'author_verified', verified, verifiedWords),
  formed('话题标签', 'string', 'hashtags', joinedWith(','), [
    'Hashtags without #, joined with commas.',
    '话题标签，不含 #，以逗号连接。',
  ]),
  made('商品数量', 'integer', ['product_ids', 'has_product_link'], productCount, [
    'How many products are linked. Empty: not known.',
    '所挂商品的数量。为空表示未知。',
  ]),
  formed('版权类型', 'string', 'copyright_type', (type) => type ?? '未知', [
    'Kind of copyright as the provider calls it; 未知: the provider does not say.',
    '提供方给出的版权类型；未给出则为“未知”。',
  ]),
  formed('视频状态', 'string', 'availability', (value) => statuses[textOf(value) ?? ''] ?? null, [
    '正常 (can be seen) or 已下架 (withdrawn). Empty: not known. 违规 (against the rules) is never written: no source tells it from withdrawn.',
    '正常或已下架。为空表示未知。不写“违规”：来源均未将其与下架区分。',
  ]),
  requested,
];

const authors: readonly PresetColumn[] = [
  renamed('创作者ID', 'string', 'author_id'),
  renamed('用户名', 'string', 'author_handle'),
  renamed('创作者昵称', 'string', 'author_name'),
  renamed('主页链接', 'string', 'author_url'),
  renamed('主页签名', 'string', 'author_bio'),
  renamed('创作者头像', 'string', 'author_avatar_url'),
  formed('认证状态', 'string', 'author_verified', verified, verifiedWords),
  renamed('粉丝数', 'integer', 'author_follower_count'),
  renamed('关注数', 'integer', 'author_following_count'),
  renamed('获赞数', 'integer', 'author_likes_received_count'),
  renamed('作品数', 'integer', 'author_post_count'),
  requested,
];

const comments: readonly PresetColumn[] = [
  renamed('评论ID', 'string', 'comment_id'),
  renamed('视频ID', 'string', 'post_id'),
  renamed('上级评论ID', 'string', 'parent_comment_id'),
  renamed('评论内容', 'string', 'text'),
  formed('评论时间', 'string', 'created_at_local', spacedTime, [
    "When the comment was written, on the clocks of the export's time zone.",
    '评论时间（导出时区）。',
  ]),
  renamed('点赞数', 'integer', 'like_count'),
  renamed('回复数', 'integer', 'reply_count'),
  renamed('用户ID', 'string', 'author_id'),
  renamed('用户昵称', 'string', 'author_name'),
  requested,
];

const products: readonly PresetColumn[] = [
  renamed('商品ID', 'string', 'product_id'),
  renamed('商品名称', 'string', 'product_name'),
  renamed('商品链接', 'string', 'product_url'),
  renamed('价格', 'string', 'price'),
  renamed('货币', 'string', 'currency'),
  renamed('销量', 'integer', 'sold_count'),
  renamed('销量原文', 'string', 'sold_count_text'),
  renamed('评分', 'number', 'rating'),
  renamed('评价数', 'integer', 'review_count'),
  renamed('店铺ID', 'string', 'shop_id'),
  renamed('店铺名称', 'string', 'shop_name'),
  requested,
];

const tables: { readonly [Id in TableId]?: readonly PresetColumn[] } = {
  post: posts,
  author: authors,
  comment: comments,
  product: products,
};

export const zh = definePreset({
  id: 'zh',
  label: 'preset_zh',
  hint: 'preset_zh_hint',
  source:
    'Clipscope: the headers of posts are those that users of the key-and-secret gateway work with; the others follow them',
  columns: (table) => tables[table] ?? null,
});
