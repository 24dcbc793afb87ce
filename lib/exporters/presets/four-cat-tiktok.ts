/** 4CAT's columns of TikTok posts and comments. Zeeschuimer's own CSV has the same ones in the same order. */
import {
  formed,
  joinedWith,
  made,
  never,
  postAddressOf,
  renamed,
  spacedTime,
  textOf,
  textsOf,
  type Words,
  yesOrNo,
} from './make.ts';
import type { CellReader, PresetColumn } from './preset.ts';

/** How warning_labels has TikTok's `maskType`, which 4CAT reads into two columns of its own. */
const maskPattern = /^maskType \d+$/u;

function maskIs(kind: string): (cell: CellReader) => 'yes' | null {
  return (cell) => (textsOf(cell('warning_labels')).includes(`maskType ${kind}`) ? 'yes' : null);
}

/** The hashtags of the platform's own list. */
function listedHashtags(cell: CellReader): string | null {
  const origins = textsOf(cell('hashtag_origins'));
  const names = textsOf(cell('hashtags')).filter((_name, index) => origins[index] !== 'caption');
  return names.join(',') || null;
}

export const fourCatTiktokPosts: readonly PresetColumn[] = [
  renamed('collected_from_url', 'string', 'collected_from_url'),
  renamed('id', 'string', 'post_id'),
  renamed('thread_id', 'string', 'post_id', [
    'The same as id: every post is a thread of its own.',
    '与 id 相同：每个作品自成一个讨论串。',
  ]),
  renamed('author', 'string', 'author_handle'),
  renamed('author_full', 'string', 'author_name'),
  renamed('author_followers', 'integer', 'author_follower_count'),
  renamed('author_likes', 'integer', 'author_likes_given_count', [
    'Likes that the author GAVE, despite the name: how many posts the author likes. Likes received are no column of 4CAT.',
    '作者“给出”的点赞数（名称易误解）：作者点赞过的作品数。4CAT 没有获赞数一列。',
  ]),
  renamed('author_videos', 'integer', 'author_post_count'),
  renamed('author_avatar', 'string', 'author_avatar_url'),
  renamed('body', 'string', 'caption'),
  renamed('stickers', 'string', 'sticker_text'),
  formed('timestamp', 'string', 'created_at_utc', spacedTime, [
    'When the post was published, in UTC, as YYYY-MM-DD HH:MM:SS.',
    '发布时间（UTC），格式为 YYYY-MM-DD HH:MM:SS。',
  ]),
  renamed('unix_timestamp', 'integer', 'created_at_unix'),
  formed('is_duet', 'string', 'duet_of_post_id', (id) => (id === null ? null : 'yes'), [
    'yes: it is a duet. Empty: it is none, or it is not known; 4CAT writes no for both.',
    'yes：合拍作品。为空表示不是合拍或未知；4CAT 对两者都写 no。',
  ]),
  formed('is_ad', 'string', 'is_ad', yesOrNo),
  formed('is_paid_partnership', 'string', 'is_paid_partnership', yesOrNo),
  made('is_sensitive', 'string', ['warning_labels'], maskIs('3'), [
    'yes: TikTok masks the post as sensitive (maskType 3). Empty: it does not, or it is not known.',
    'yes：TikTok 将作品标为敏感（maskType 3）。为空表示未标记或未知。',
  ]),
  made('is_photosensitive', 'string', ['warning_labels'], maskIs('4'), [
    'yes: TikTok masks the post as photosensitive (maskType 4). Empty: it does not, or it is not known.',
    'yes：TikTok 将作品标为光敏（maskType 4）。为空表示未标记或未知。',
  ]),
  renamed('music_name', 'string', 'music_title'),
  renamed('music_id', 'string', 'music_id'),
  renamed('music_url', 'string', 'music_url'),
  never('music_thumbnail', 'string', 'The cover of the sound is not kept.', '未保存音乐封面。'),
  renamed('music_author', 'string', 'music_author'),
  renamed('video_url', 'string', 'media_url'),
  formed('tiktok_url', 'string', 'post_url', (url) => textOf(url)?.replace('/photo/', '/video/') ?? null, [
    'Public address of the post; with /video/ for photo posts too, as 4CAT writes it.',
    '作品公开地址；图文作品也写作 /video/，与 4CAT 一致。',
  ]),
  renamed('thumbnail_url', 'string', 'cover_url'),
  renamed('likes', 'integer', 'like_count'),
  renamed('comments', 'integer', 'comment_count'),
  renamed('shares', 'integer', 'share_count'),
  renamed('plays', 'integer', 'view_count'),
  formed('hashtags', 'string', 'hashtags', joinedWith(','), [
    'Hashtags without #, joined with commas.',
    '话题标签，不含 #，以逗号连接。',
  ]),
  made('challenges', 'string', ['hashtags', 'hashtag_origins'], listedHashtags, [
    "Hashtags of the platform's own list, joined with commas.",
    '平台自有列表中的话题标签，以逗号连接。',
  ]),
  formed('diversification_labels', 'string', 'platform_labels', joinedWith(',')),
  renamed('location_created', 'string', 'region'),
  formed('effects', 'string', 'effects', joinedWith(',')),
  made(
    'warning',
    'string',
    ['warning_labels'],
    (cell) =>
      textsOf(cell('warning_labels'))
        .filter((label) => !maskPattern.test(label))
        .join(',') || null,
  ),
];

/** Nobody's reply: its own thread is the post. Where not even the post is known, nothing is. */
function isReply(cell: CellReader): 'yes' | 'no' | null {
  if (cell('parent_comment_id') !== null) return 'yes';
  return cell('post_id') === null ? null : 'no';
}

/** `timestamp`: what the time is said to be; the two tools differ in it. */
function commentColumns(timestamp: Words): readonly PresetColumn[] {
  return [
    renamed('collected_from_url', 'string', 'collected_from_url'),
    renamed('id', 'string', 'comment_id'),
    made(
      'thread_id',
      'string',
      ['post_id', 'parent_comment_id'],
      (cell) => cell('parent_comment_id') ?? cell('post_id'),
      [
        'Id of the comment that a reply is below; of the post for all others.',
        '回复所属的上级评论 ID；其他评论则为作品 ID。',
      ],
    ),
    renamed('author', 'string', 'author_handle'),
    renamed('author_full', 'string', 'author_name'),
    renamed('author_avatar_url', 'string', 'author_avatar_url'),
    renamed('body', 'string', 'text'),
    formed('timestamp', 'string', 'created_at_utc', spacedTime, timestamp),
    renamed('unix_timestamp', 'integer', 'created_at_unix'),
    renamed('likes', 'integer', 'like_count'),
    renamed('replies', 'integer', 'reply_count'),
    renamed('post_id', 'string', 'post_id'),
    made('post_url', 'string', ['collected_from_url', 'post_id'], postAddressOf, [
      "Address of the post, where the comment was met on the post's own page.",
      '作品地址（仅当评论在该作品页面上采集时）。',
    ]),
    never(
      'post_body',
      'string',
      'A comment does not carry the text of its post: join by post_id with the posts.',
      '评论不含作品描述：请按 post_id 与作品表关联。',
    ),
    never('comment_url', 'string', 'The address for sharing a comment is not kept.', '未保存评论的分享地址。'),
    formed('is_liked_by_post_author', 'string', 'liked_by_author', yesOrNo, [
      "Whether the post's author likes it. 4CAT itself writes here whether the author pinned it.",
      '作品作者是否点赞。4CAT 自身在此列写入的是作者是否置顶。',
    ]),
    formed('is_sticky', 'string', 'is_pinned', yesOrNo),
    made('is_comment_on_comment', 'string', ['parent_comment_id', 'post_id'], isReply, [
      'Whether it is a reply to a comment.',
      '是否为对评论的回复。',
    ]),
    renamed('language_guess', 'string', 'language'),
  ];
}

export const fourCatComments = commentColumns([
  "When the comment was written, in UTC, as YYYY-MM-DD HH:MM:SS. 4CAT itself writes its server's local time.",
  '评论时间（UTC），格式为 YYYY-MM-DD HH:MM:SS。4CAT 自身写入的是其服务器的本地时间。',
]);

export const zeeschuimerComments = commentColumns([
  'When the comment was written, in UTC, as YYYY-MM-DD HH:MM:SS.',
  '评论时间（UTC），格式为 YYYY-MM-DD HH:MM:SS。',
]);
