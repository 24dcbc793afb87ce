import type { JsonValue } from '../columns/column.ts';
import { formed, made, never, objectsUnder, postAddressOf, renamed, textOf, textsOf, type Words } from './make.ts';
import { type CellReader, definePreset, type PresetColumn } from './preset.ts';

/** As JavaScript writes it: with milliseconds. */
function isoWithMilliseconds(value: JsonValue): string | null {
  return textOf(value)?.replace('Z', '.000Z') ?? null;
}

function asList(value: JsonValue): JsonValue {
  const texts = typeof value === 'string' ? [value] : textsOf(value);
  return texts.length === 0 ? null : texts;
}

function hashtagsOf(cell: CellReader): JsonValue {
  const ids = textsOf(cell('hashtag_ids'));
  const names = textsOf(cell('hashtags'));
  return names.length === 0 ? null : names.map((name, index) => ({ id: ids[index] || null, name }));
}

const subtitleSources: Readonly<Record<string, string>> = { asr: 'ASR', translated: 'MT' };

function subtitlesOf(cell: CellReader): JsonValue {
  const kinds = textsOf(cell('subtitle_kinds'));
  const urls = textsOf(cell('subtitle_urls'));
  const languages = textsOf(cell('subtitle_languages'));
  if (languages.length === 0) return null;
  return languages.map((language, index) => ({
    language: language || null,
    tiktokLink: urls[index] || null,
    source: subtitleSources[kinds[index] ?? ''] ?? null,
  }));
}

function isSlideshow(type: JsonValue): boolean | null {
  return type === 'photo' ? true : type === 'video' ? false : null;
}

function searchWords(cell: CellReader): JsonValue {
  return cell('query_type') === 'search' ? cell('query_text') : null;
}

const submitted: Words = [
  'Address of the page that was open, without its query: the nearest to what an actor was given.',
  '当时打开的页面地址，不含查询部分：与 Apify 的输入最为接近。',
];
const oneAvatar: Words = [
  'One address of the picture is kept: see authorMeta.avatar.',
  '仅保存一个头像地址：见 authorMeta.avatar。',
];
const oneCover: Words = ['One cover is kept: see videoMeta.coverUrl.', '仅保存一个封面：见 videoMeta.coverUrl。'];
const noMusicCover: Words = ['The cover of the sound is not kept.', '未保存音乐封面。'];

const author: readonly PresetColumn[] = [
  renamed('authorMeta.id', 'string', 'author_id'),
  renamed('authorMeta.name', 'string', 'author_handle', [
    "The author's HANDLE without @; the name shown is authorMeta.nickName.",
    '作者的“用户名”（不含 @）；昵称见 authorMeta.nickName。',
  ]),
  renamed('authorMeta.profileUrl', 'string', 'author_url'),
  renamed('authorMeta.nickName', 'string', 'author_name'),
  renamed('authorMeta.verified', 'boolean', 'author_verified'),
  renamed('authorMeta.signature', 'string', 'author_bio'),
  never('authorMeta.bioLink', 'string', 'Posts do not carry it: see the table of authors.', '作品不含该项：见作者表。'),
  never('authorMeta.originalAvatarUrl', 'string', ...oneAvatar),
  renamed('authorMeta.avatar', 'string', 'author_avatar_url'),
  never(
    'authorMeta.commerceUserInfo.commerceUser',
    'boolean',
    'Whether it is a business account is not kept; authorMeta.ttSeller is whether it sells.',
    '未保存是否为企业账号；是否带货见 authorMeta.ttSeller。',
  ),
  renamed('authorMeta.privateAccount', 'boolean', 'author_private'),
  never('authorMeta.roomId', 'string', 'Live rooms are a table of their own here.', '此处直播间另成一表。'),
  renamed('authorMeta.ttSeller', 'boolean', 'author_is_seller'),
  renamed('authorMeta.following', 'integer', 'author_following_count'),
  renamed('authorMeta.friends', 'integer', 'author_friend_count'),
  renamed('authorMeta.fans', 'integer', 'author_follower_count'),
  renamed('authorMeta.heart', 'integer', 'author_likes_received_count'),
  renamed('authorMeta.video', 'integer', 'author_post_count'),
  renamed('authorMeta.digg', 'integer', 'author_likes_given_count', [
    'Likes that the author GAVE: how many posts the author likes.',
    '作者“给出”的点赞数：作者点赞过的作品数。',
  ]),
];

const music: readonly PresetColumn[] = [
  renamed('musicMeta.musicName', 'string', 'music_title'),
  renamed('musicMeta.musicAuthor', 'string', 'music_author'),
  renamed('musicMeta.musicOriginal', 'boolean', 'music_is_original'),
  renamed('musicMeta.musicAlbum', 'string', 'music_album'),
  renamed('musicMeta.playUrl', 'string', 'music_url'),
  never('musicMeta.coverMediumUrl', 'string', ...noMusicCover),
  never('musicMeta.originalCoverMediumUrl', 'string', ...noMusicCover),
  renamed('musicMeta.musicId', 'string', 'music_id'),
];

const video: readonly PresetColumn[] = [
  renamed('videoMeta.height', 'integer', 'height'),
  renamed('videoMeta.width', 'integer', 'width'),
  renamed('videoMeta.duration', 'number', 'duration_s'),
  renamed('videoMeta.coverUrl', 'string', 'cover_url'),
  never('videoMeta.originalCoverUrl', 'string', ...oneCover),
  renamed('videoMeta.definition', 'string', 'definition'),
  never('videoMeta.format', 'string', 'The file format is not kept.', '未保存文件格式。'),
  made('videoMeta.subtitleLinks', 'json', ['subtitle_languages', 'subtitle_kinds', 'subtitle_urls'], subtitlesOf, [
    'Subtitles that the page offers, as JSON: language, address (expires) and source (ASR, MT).',
    '页面提供的字幕（JSON）：语言、地址（会失效）与来源（ASR、MT）。',
  ]),
];

/**
 * The items of clockworks/tiktok-scraper, which are nested; the parts of a name are joined with dots, as in Apify's own
 * overview table. Lists stay JSON: Apify's full CSV spreads them over as many columns as the longest has (hashtags/0/name),
 * which nobody knows before the last row.
 */
const posts: readonly PresetColumn[] = [
  renamed('id', 'string', 'post_id'),
  renamed('text', 'string', 'caption'),
  renamed('textLanguage', 'string', 'caption_language'),
  renamed('createTime', 'integer', 'created_at_unix'),
  formed('createTimeISO', 'time', 'created_at_utc', isoWithMilliseconds),
  renamed('locationCreated', 'string', 'region'),
  renamed('isAd', 'boolean', 'is_ad'),
  ...author,
  ...music,
  renamed('webVideoUrl', 'string', 'post_url'),
  formed('mediaUrls', 'json', 'media_url', asList, [
    'Address of the video file, as JSON. It expires; Apify fills this only for downloaded files.',
    '视频文件地址（JSON）。会失效；Apify 仅在下载文件时填写。',
  ]),
  ...video,
  renamed('diggCount', 'integer', 'like_count'),
  renamed('shareCount', 'integer', 'share_count'),
  renamed('playCount', 'integer', 'view_count'),
  renamed('collectCount', 'integer', 'save_count'),
  renamed('commentCount', 'integer', 'comment_count'),
  renamed('repostCount', 'integer', 'repost_count'),
  formed('mentions', 'json', 'mentions', asList, [
    'Accounts that the post mentions, as JSON.',
    '作品提及的账号（JSON）。',
  ]),
  never(
    'detailedMentions',
    'json',
    'Of mentioned accounts only the handles are kept: see mentions.',
    '仅保存所提及账号的用户名：见 mentions。',
  ),
  made('hashtags', 'json', ['hashtags', 'hashtag_ids'], hashtagsOf, [
    'Hashtags without # with their ids, as JSON.',
    '话题标签（不含 #）及其 ID（JSON）。',
  ]),
  formed('effectStickers', 'json', 'effects', objectsUnder('name'), [
    'Names of the effects used, as JSON.',
    '所用特效的名称（JSON）。',
  ]),
  formed('isSlideshow', 'boolean', 'post_type', isSlideshow, ['Whether it is a photo post.', '是否为图文作品。']),
  formed('slideshowImageLinks', 'json', 'image_urls', objectsUnder('tiktokLink'), [
    'Addresses of the images, as JSON. They expire.',
    '图片地址（JSON）。会失效。',
  ]),
  renamed('isPinned', 'boolean', 'is_pinned'),
  renamed('isSponsored', 'boolean', 'is_paid_partnership'),
  renamed('hasTikTokShopProduct', 'boolean', 'has_product_link'),
  renamed('submittedVideoUrl', 'string', 'collected_from_url', submitted),
  made('searchQuery', 'string', ['query_text', 'query_type'], searchWords, [
    'The search words, where a search listed the post.',
    '列出该作品的搜索词（若来自搜索）。',
  ]),
];

/** The items of clockworks/tiktok-comments-scraper. */
const comments: readonly PresetColumn[] = [
  made('videoWebUrl', 'string', ['collected_from_url', 'post_id'], postAddressOf, [
    "Address of the post, where the comment was met on the post's own page.",
    '作品地址（仅当评论在该作品页面上采集时）。',
  ]),
  renamed('submittedVideoUrl', 'string', 'collected_from_url', submitted),
  renamed('input', 'string', 'collected_from_url', submitted),
  renamed('cid', 'string', 'comment_id'),
  renamed('createTime', 'integer', 'created_at_unix'),
  formed('createTimeISO', 'time', 'created_at_utc', isoWithMilliseconds),
  renamed('text', 'string', 'text'),
  renamed('diggCount', 'integer', 'like_count'),
  renamed('likedByAuthor', 'boolean', 'liked_by_author'),
  renamed('pinnedByAuthor', 'boolean', 'is_pinned'),
  renamed('repliesToId', 'string', 'parent_comment_id'),
  renamed('replyCommentTotal', 'integer', 'reply_count'),
  renamed('uid', 'string', 'author_id'),
  renamed('uniqueId', 'string', 'author_handle'),
  renamed('avatarThumbnail', 'string', 'author_avatar_url'),
];

export const apify = definePreset({
  id: 'apify',
  label: 'preset_apify',
  hint: 'preset_apify_hint',
  source:
    'Published sample items of clockworks/tiktok-scraper (2025-05 to 2026-03) and clockworks/tiktok-comments-scraper (2025-05); Apify publishes no list of columns',
  columns: (table) => (table === 'post' ? posts : table === 'comment' ? comments : null),
});
