import type { TableId } from '../../core/export-choices.ts';
import type { JsonValue } from '../columns/column.ts';
import {
  clockParts,
  formed,
  made,
  never,
  renamed,
  spacedLocalTime,
  spacedTime,
  textOf,
  textsOf,
  type Words,
} from './make.ts';
import { type CellReader, definePreset, type PresetColumn } from './preset.ts';

const collected = formed('采集时间', 'string', 'fetched_at_utc', spacedLocalTime, [
  "When Clipscope got the values, on the clocks of the export's time zone.",
  'Clipscope 取得数值的时间（导出时区）。',
]);
/** Neither is asked for nor kept, whoever offers it. */
const age = never('年龄', 'integer', "People's ages are not kept.", '不保存个人年龄。');
const placeUnknown: Words = [
  'Of a place only the one beside the connection is kept: see IP归属地.',
  '仅保存 IP 归属地：见 IP归属地。',
];
const wordsUnknown: Words = [
  'Whether an account is verified is kept, the words of the verification are not: see the native headers.',
  '仅保存是否认证，未保存认证说明：见原生表头。',
];

/** `HH:MM:SS`. */
function clock(value: JsonValue): string | null {
  return (
    clockParts(value)
      ?.map((part) => String(part).padStart(2, '0'))
      .join(':') ?? null
  );
}

function typeOf(value: JsonValue): string | null {
  return value === 'photo' ? '图集' : value === 'video' ? '视频' : null;
}

function downloadsOf(cell: CellReader): JsonValue {
  const images = textsOf(cell('image_urls'));
  const file = textOf(cell('media_url'));
  if (images.length > 0) return images;
  return file === null ? null : [file];
}

const posts: readonly PresetColumn[] = [
  formed('作品类型', 'string', 'post_type', typeOf, ['视频 (video) or 图集 (photos).', '视频或图集。']),
  collected,
  renamed('UID', 'string', 'author_id'),
  renamed('SEC_UID', 'string', 'author_sec_id'),
  renamed('ID', 'string', 'author_handle'),
  renamed('作品ID', 'string', 'post_id'),
  renamed('作品描述', 'string', 'caption'),
  renamed('作品话题', 'list', 'hashtags'),
  formed('视频时长', 'string', 'duration_s', clock, ['Length as HH:MM:SS.', '时长，格式为 HH:MM:SS。']),
  renamed('视频高度', 'integer', 'height'),
  renamed('视频宽度', 'integer', 'width'),
  renamed('作品链接', 'string', 'post_url'),
  formed('发布时间', 'string', 'created_at_local', spacedTime, [
    "When the post was published, on the clocks of the export's time zone; DouK takes the computer's.",
    '发布时间（导出时区）；DouK 使用本机时区。',
  ]),
  never('视频URI', 'string', 'The internal name of the video file is not kept.', '未保存视频文件的内部名称。'),
  renamed('账号昵称', 'string', 'author_name'),
  age,
  renamed('账号签名', 'string', 'author_bio'),
  made('下载地址', 'list', ['media_url', 'image_urls'], downloadsOf, [
    'Address of the video file, or of the images. They expire.',
    '视频文件或图片的地址。会失效。',
  ]),
  renamed('音乐作者', 'string', 'music_author'),
  renamed('音乐标题', 'string', 'music_title'),
  renamed('音乐链接', 'string', 'music_url'),
  renamed('静态封面', 'string', 'cover_url'),
  never('动态封面', 'string', 'One cover is kept: see 静态封面.', '仅保存一个封面：见静态封面。'),
  renamed('隐藏标签', 'list', 'platform_labels'),
  renamed('点赞数量', 'integer', 'like_count'),
  renamed('评论数量', 'integer', 'comment_count'),
  renamed('收藏数量', 'integer', 'save_count'),
  renamed('分享数量', 'integer', 'share_count'),
  renamed('播放数量', 'integer', 'view_count', [
    "Views. Empty on Douyin, whose web pages do not give them; DouK writes -1 or the page's 0.",
    '播放量。抖音网页不提供，故为空；DouK 写作 -1 或网页中的 0。',
  ]),
  never(
    '额外信息',
    'string',
    "Douyin's anchor_info is not kept as it is: see product_ids of the native headers.",
    '未保存抖音 anchor_info 原文：见原生表头的 product_ids。',
  ),
];

const comments: readonly PresetColumn[] = [
  collected,
  renamed('评论ID', 'string', 'comment_id'),
  formed('评论时间', 'string', 'created_at_local', spacedTime, [
    "When the comment was written, on the clocks of the export's time zone; DouK takes the computer's.",
    '评论时间（导出时区）；DouK 使用本机时区。',
  ]),
  renamed('UID', 'string', 'author_id'),
  renamed('SEC_UID', 'string', 'author_sec_id'),
  renamed('账号昵称', 'string', 'author_name'),
  never(
    '账号签名',
    'string',
    'Comments do not carry the profile text: see the table of authors.',
    '评论不含主页签名：见作者表。',
  ),
  age,
  renamed('IP归属地', 'string', 'ip_label'),
  renamed('评论内容', 'string', 'text'),
  renamed('评论表情', 'string', 'sticker_url'),
  renamed('评论图片', 'list', 'image_urls'),
  renamed('点赞数量', 'integer', 'like_count'),
  renamed('回复数量', 'integer', 'reply_count'),
  renamed('回复ID', 'string', 'parent_comment_id'),
  renamed('回复对象', 'string', 'reply_to_comment_id'),
];

const authors: readonly PresetColumn[] = [
  collected,
  // Spelt so upstream.
  renamed('昵称昵称', 'string', 'author_name'),
  renamed('账号链接', 'string', 'author_url'),
  renamed('账号签名', 'string', 'author_bio'),
  renamed('抖音号', 'string', 'author_handle'),
  age,
  never('性别', 'string', "People's genders are not kept.", '不保存个人性别。'),
  never('国家', 'string', ...placeUnknown),
  never('省份', 'string', ...placeUnknown),
  never('城市', 'string', ...placeUnknown),
  never('地区', 'string', ...placeUnknown),
  renamed('IP归属地', 'string', 'author_ip_location'),
  never('标签', 'string', ...wordsUnknown),
  never('企业', 'string', ...wordsUnknown),
  renamed('SEC_UID', 'string', 'author_sec_id'),
  renamed('UID', 'string', 'author_id'),
  never('SHORT_ID', 'string', 'One Douyin number is kept: see 抖音号.', '仅保存一个抖音号：见抖音号。'),
  renamed('头像链接', 'string', 'author_avatar_url'),
  never('背景图链接', 'string', 'The picture behind a profile is not kept.', '未保存主页背景图。'),
  renamed('作品数量', 'integer', 'author_post_count'),
  renamed('获赞数量', 'integer', 'author_likes_received_count'),
  renamed('喜欢数量', 'integer', 'author_likes_given_count'),
  renamed('粉丝数量', 'integer', 'author_follower_count'),
  renamed('关注数量', 'integer', 'author_following_count'),
  never('粉丝最大值', 'integer', 'The most followers an account ever had is not kept.', '未保存粉丝数历史最大值。'),
];

const tables: { readonly [Id in TableId]?: readonly PresetColumn[] } = {
  post: posts,
  comment: comments,
  author: authors,
};

/** The Chinese headers of its CSV and XLSX. Unknown figures are empty here, where it writes -1; lists are joined with `;`. */
export const doukZh = definePreset({
  id: 'douk-zh',
  label: 'preset_douk_zh',
  hint: 'preset_douk_zh_hint',
  source:
    'JoeanAmier/TikTokDownloader src/storage/manager.py: detail, comment, user (9c5764c; names as of c02c165, 2026-08-07)',
  columns: (table) => tables[table] ?? null,
});
