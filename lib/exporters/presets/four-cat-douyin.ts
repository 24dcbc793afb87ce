/** 4CAT's columns of Douyin posts. Zeeschuimer's own CSV has the same ones in the same order. */
import { formed, joinedWith, made, never, renamed, spacedTime, textOf, textsOf } from './make.ts';
import type { CellReader, PresetColumn } from './preset.ts';

/** 4CAT names posts and streams; what is of neither kind is not known. */
function subjectOf(cell: CellReader): 'Post' | 'Stream' | null {
  const type = cell('post_type');
  if (type === 'unknown') return null;
  return type === 'live' ? 'Stream' : 'Post';
}

/** Names that only the caption has are no accounts yet. */
function mentionAddresses(cell: CellReader): string | null {
  const origins = textsOf(cell('mention_origins'));
  const accounts = textsOf(cell('mentions')).filter((_account, index) => origins[index] !== 'caption');
  return accounts.map((account) => `https://www.douyin.com/user/${account}`).join(',') || null;
}

const streamsApart = [
  'Streams are a table of their own here: see the live rooms of the native headers.',
  '此处直播另成一表：见原生表头的直播间表。',
] as const;

export const fourCatDouyinPosts: readonly PresetColumn[] = [
  renamed('collected_from_url', 'string', 'collected_from_url'),
  renamed('id', 'string', 'post_id'),
  never('thread_id', 'string', "Douyin's group_id is not kept.", '未保存抖音的 group_id。'),
  made('subject', 'string', ['post_type'], subjectOf, ['Post or Stream.', 'Post（作品）或 Stream（直播）。']),
  renamed('body', 'string', 'caption'),
  formed('timestamp', 'string', 'created_at_utc', spacedTime, [
    "When the post was published, in UTC, as YYYY-MM-DD HH:MM:SS. 4CAT itself writes its server's local time.",
    '发布时间（UTC），格式为 YYYY-MM-DD HH:MM:SS。4CAT 自身写入的是其服务器的本地时间。',
  ]),
  made(
    'post_url',
    'string',
    ['post_id', 'post_type'],
    (cell) => {
      const id = textOf(cell('post_id'));
      return id === null || cell('post_type') === 'live' ? null : `https://www.douyin.com/video/${id}`;
    },
    ['Public address of the post, made of its id.', '由 ID 得出的作品公开地址。'],
  ),
  renamed('region', 'string', 'region'),
  formed('hashtags', 'string', 'hashtags', joinedWith(','), [
    'Hashtags without #, joined with commas.',
    '话题标签，不含 #，以逗号连接。',
  ]),
  made('mentions', 'string', ['mentions', 'mention_origins'], mentionAddresses, [
    'Addresses of the accounts that the post mentions, joined with commas.',
    '作品所提及账号的主页地址，以逗号连接。',
  ]),
  formed('video_tags', 'string', 'platform_labels', joinedWith(',')),
  never('prevent_download', 'string', 'Whether downloads are prevented is not kept.', '未保存是否禁止下载。'),
  renamed('video_url', 'string', 'media_url'),
  renamed('video_thumbnail', 'string', 'cover_url'),
  formed(
    'video_duration',
    'integer',
    'duration_s',
    (seconds) => (typeof seconds === 'number' ? Math.round(seconds * 1000) : null),
    ['Length in MILLISECONDS, as Douyin gives it.', '时长（毫秒），与抖音一致。'],
  ),
  formed('image_urls', 'string', 'image_urls', joinedWith(',')),
  renamed('music_author', 'string', 'music_author'),
  renamed('music_title', 'string', 'music_title'),
  renamed('music_url', 'string', 'music_url'),
  renamed('collect_count', 'integer', 'save_count'),
  renamed('comment_count', 'integer', 'comment_count'),
  renamed('digg_count', 'integer', 'like_count'),
  renamed('download_count', 'integer', 'download_count'),
  renamed('forward_count', 'integer', 'forward_count'),
  renamed('play_count', 'integer', 'view_count', [
    "Views. Empty, as Douyin's web pages do not give them; 4CAT itself writes their 0.",
    '播放量。抖音网页不提供，故为空；4CAT 自身写入其中的 0。',
  ]),
  renamed('share_count', 'integer', 'share_count'),
  never('count_total_streams_viewers', 'integer', ...streamsApart),
  never('count_current_stream_viewers', 'integer', ...streamsApart),
  renamed('author_user_id', 'string', 'author_id'),
  renamed('author_nickname', 'string', 'author_name'),
  renamed('author_profile_url', 'string', 'author_url'),
  renamed('author_thumbnail_url', 'string', 'author_avatar_url'),
  renamed('author_region', 'string', 'author_region'),
  never('author_is_ad_fake', 'string', "Douyin's is_ad_fake is not kept.", '未保存抖音的 is_ad_fake。'),
  formed('part_of_collection', 'string', 'collection_id', (id) => (id === null ? null : 'yes'), [
    'yes: it is part of a collection. Empty: it is of none, or it is not known; 4CAT writes no for both.',
    'yes：属于某个合集。为空表示不属于或未知；4CAT 对两者都写 no。',
  ]),
  never(
    '4CAT_first_video_displayed',
    'string',
    'Which post of a collection was shown first is not kept.',
    '未保存合集中首个展示的作品。',
  ),
  renamed('collection_id', 'string', 'collection_id'),
  renamed('collection_name', 'string', 'collection_name'),
  renamed('place_in_collection', 'integer', 'collection_position'),
  renamed('unix_timestamp', 'integer', 'created_at_unix'),
];
