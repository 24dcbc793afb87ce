import { bareTime, formed, joinedWith, linesJoinedWith, never, renamed, type Words } from './make.ts';
import { definePreset, type PresetColumn } from './preset.ts';

const joined: Words = ['Hashtags without #, joined with |.', '话题标签，不含 #，以 | 连接。'];
const originalOnly: Words = [
  'Of the post that a duet is made with, only the id is kept.',
  '合拍所用的原作品仅保存其 ID。',
];

/** `TiktokVideo`. minet writes true and false, joins lists with |, and leaves what is missing empty, as our files do. */
const posts: readonly PresetColumn[] = [
  renamed('id', 'string', 'post_id'),
  renamed('description', 'string', 'caption'),
  renamed('timestamp', 'integer', 'created_at_unix'),
  formed('utc_time', 'string', 'created_at_utc', bareTime, [
    'When the post was published, in UTC, as ISO 8601 without an offset.',
    '发布时间（UTC），ISO 8601 格式，不含偏移量。',
  ]),
  renamed('original_item', 'boolean', 'is_original_item'),
  renamed('video_id', 'string', 'post_id', ['The same as id.', '与 id 相同。']),
  renamed('video_height', 'integer', 'height'),
  renamed('video_width', 'integer', 'width'),
  renamed('video_duration', 'number', 'duration_s'),
  renamed('video_ratio', 'string', 'ratio'),
  renamed('video_cover', 'string', 'cover_url'),
  never('video_origin_cover', 'string', 'One cover is kept: see video_cover.', '仅保存一个封面：见 video_cover。'),
  never('video_dynamic_cover', 'string', 'One cover is kept: see video_cover.', '仅保存一个封面：见 video_cover。'),
  never('video_reflow_cover', 'string', 'One cover is kept: see video_cover.', '仅保存一个封面：见 video_cover。'),
  never('video_bitrate', 'integer', 'The bit rate is not kept.', '未保存码率。'),
  never('video_format', 'string', 'The file format is not kept.', '未保存文件格式。'),
  never(
    'video_quality',
    'string',
    "TikTok's videoQuality (normal, …) is not kept; the native column definition is another thing.",
    '未保存 TikTok 的 videoQuality（normal 等）；原生列 definition 与其含义不同。',
  ),
  renamed('author_id', 'string', 'author_id'),
  renamed('author_unique_id', 'string', 'author_handle'),
  renamed('author_nickname', 'string', 'author_name'),
  renamed('author_avatar', 'string', 'author_avatar_url'),
  renamed('author_signature', 'string', 'author_bio'),
  renamed('author_verified', 'boolean', 'author_verified'),
  renamed('author_secret', 'boolean', 'author_private'),
  renamed('author_following_count', 'integer', 'author_following_count'),
  renamed('author_follower_count', 'integer', 'author_follower_count'),
  renamed('author_heart_count', 'integer', 'author_likes_received_count'),
  renamed('author_video_count', 'integer', 'author_post_count'),
  renamed('author_digg_count', 'integer', 'author_likes_given_count', [
    'Likes that the author GAVE: how many posts the author likes.',
    '作者“给出”的点赞数：作者点赞过的作品数。',
  ]),
  renamed('music_id', 'string', 'music_id'),
  renamed('music_title', 'string', 'music_title'),
  renamed('music_author_name', 'string', 'music_author'),
  renamed('music_original', 'boolean', 'music_is_original'),
  renamed('music_play_url', 'string', 'music_url'),
  renamed('music_duration', 'number', 'music_duration_s'),
  renamed('music_album', 'string', 'music_album'),
  renamed('digg_count', 'integer', 'like_count'),
  renamed('share_count', 'integer', 'share_count'),
  renamed('comment_count', 'integer', 'comment_count'),
  renamed('play_count', 'integer', 'view_count'),
  renamed('duet_from_video_id', 'string', 'duet_of_post_id'),
  never('duet_from_user_id', 'string', ...originalOnly),
  never('duet_from_user_name', 'string', ...originalOnly),
  never('duet_from_user_is_commerce', 'boolean', ...originalOnly),
  formed('challenges_titles', 'string', 'hashtags', joinedWith('|'), joined),
  never('challenges_descriptions', 'string', 'Descriptions of hashtags are not on posts.', '作品不含话题说明。'),
  formed('stickers_texts', 'string', 'sticker_text', linesJoinedWith('|'), [
    'Text laid over the picture, stickers joined with |.',
    '画面上的贴纸文字，以 | 连接。',
  ]),
  formed('effect_stickers_names', 'string', 'effects', joinedWith('|'), [
    'Names of the effects used, joined with |.',
    '所用特效的名称，以 | 连接。',
  ]),
  renamed('duet_enabled', 'boolean', 'duet_enabled'),
  renamed('stitch_enabled', 'boolean', 'stitch_enabled'),
  renamed('share_enabled', 'boolean', 'share_enabled'),
  renamed('is_ad', 'boolean', 'is_ad'),
];

export const minet = definePreset({
  id: 'minet',
  label: 'preset_minet',
  hint: 'preset_minet_hint',
  source: 'medialab/minet minet/tiktok/types.py: TiktokVideo (01173d2, 2026-02-24)',
  columns: (table) => (table === 'post' ? posts : null),
});
