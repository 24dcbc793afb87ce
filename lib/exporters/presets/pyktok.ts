import { bareTime, formed, linesJoinedWith, pythonBoolean, renamed } from './make.ts';
import { definePreset, type PresetColumn } from './preset.ts';

/** `generate_data_row`. Its comments are whatever the platform answered, under no fixed names. */
const posts: readonly PresetColumn[] = [
  renamed('video_id', 'string', 'post_id'),
  formed('video_timestamp', 'string', 'created_at_local', bareTime, [
    "When the post was published, as ISO 8601 without an offset, on the clocks of the export's time zone; pyktok takes the computer's.",
    '发布时间，ISO 8601 格式，不含偏移量，按导出时区；pyktok 使用本机时区。',
  ]),
  renamed('video_duration', 'number', 'duration_s'),
  renamed('video_locationcreated', 'string', 'region'),
  renamed('video_diggcount', 'integer', 'like_count'),
  renamed('video_sharecount', 'integer', 'share_count'),
  renamed('video_commentcount', 'integer', 'comment_count'),
  renamed('video_playcount', 'integer', 'view_count'),
  renamed('video_description', 'string', 'caption'),
  formed('video_is_ad', 'string', 'is_ad', pythonBoolean, [
    'True or False: whether the source marks the post as an advertisement. Empty: not known, where pyktok writes False.',
    'True 或 False：来源是否标为广告。为空表示未知，pyktok 则写作 False。',
  ]),
  formed('video_stickers', 'string', 'sticker_text', linesJoinedWith(';'), [
    'Text laid over the picture, joined with semicolons.',
    '画面上的贴纸文字，以分号连接。',
  ]),
  renamed('author_username', 'string', 'author_handle'),
  renamed('author_name', 'string', 'author_name'),
  renamed('author_followercount', 'integer', 'author_follower_count'),
  renamed('author_followingcount', 'integer', 'author_following_count'),
  renamed('author_heartcount', 'integer', 'author_likes_received_count'),
  renamed('author_videocount', 'integer', 'author_post_count'),
  renamed('author_diggcount', 'integer', 'author_likes_given_count', [
    'Likes that the author GAVE: how many posts the author likes.',
    '作者“给出”的点赞数：作者点赞过的作品数。',
  ]),
  formed('author_verified', 'string', 'author_verified', pythonBoolean, [
    'True or False: whether the platform shows a verification badge. Empty: not known, where pyktok writes False.',
    'True 或 False：是否带有平台认证标识。为空表示未知，pyktok 则写作 False。',
  ]),
  renamed('poi_name', 'string', 'poi_name'),
  renamed('poi_address', 'string', 'poi_address'),
  renamed('poi_city', 'string', 'poi_city'),
];

export const pyktok = definePreset({
  id: 'pyktok',
  label: 'preset_pyktok',
  hint: 'preset_pyktok_hint',
  source: 'dfreelon/pyktok src/pyktok/pyktok.py: generate_data_row (bf488a9)',
  columns: (table) => (table === 'post' ? posts : null),
});
