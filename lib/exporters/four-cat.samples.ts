/**
 * For tests: 4CAT's rules for an item, after its source of 2026-08-19 (search_tiktok.py, search_tiktok_comments.py,
 * search_douyin.py). A missing key (KeyError) makes an item unmappable, which 4CAT tells and passes over; a wrong type
 * (TypeError, AttributeError) makes the import of the whole file fail.
 */

type Json = Readonly<Record<string, unknown>>;

class Unmappable extends Error {}
class Fatal extends Error {}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `item[name]`. */
function need(item: unknown, name: string): unknown {
  if (!isObject(item)) throw new Fatal(`no object holds ${name}`);
  if (!Object.hasOwn(item, name)) throw new Unmappable(name);
  return item[name];
}

/** `item.get(name, default)`. */
function get(item: unknown, name: string, fallback: unknown = null): unknown {
  if (!isObject(item)) throw new Fatal(`no object is asked for ${name}`);
  return Object.hasOwn(item, name) ? item[name] : fallback;
}

/** `for entry in list`. */
function each(list: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(list)) throw new Fatal(`${what} is no list`);
  return list;
}

/** `int(value)`, `datetime.fromtimestamp(value)`. */
function seconds(value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) throw new Fatal('no time');
  return Math.floor(number);
}

function first(list: unknown): unknown {
  const [entry] = each(list, 'a list of addresses');
  if (entry === undefined) throw new Unmappable('0');
  return entry;
}

function tiktok(item: Json): Json {
  const author = get(item, 'author');
  const video = need(item, 'video');
  const shareCover = get(video, 'shareCover', []);
  each(shareCover, 'shareCover');
  const stats = need(item, 'stats');
  const music = need(item, 'music');
  return {
    id: need(item, 'id'),
    author: isObject(author) ? need(author, 'uniqueId') : (author ?? ''),
    author_full: isObject(author) ? need(author, 'nickname') : get(item, 'nickname', ''),
    author_followers: get(get(item, 'authorStats', {}), 'followerCount', ''),
    body: need(item, 'desc'),
    stickers: each(get(item, 'stickersOnItem', []), 'stickers').map((one) => need(one, 'stickerText')),
    unix_timestamp: seconds(need(item, 'createTime')),
    is_duet: get(get(item, 'duetInfo', {}), 'duetFromId') !== '0',
    music_name: need(music, 'title'),
    music_id: need(music, 'id'),
    likes: need(stats, 'diggCount'),
    comments: need(stats, 'commentCount'),
    shares: need(stats, 'shareCount'),
    plays: need(stats, 'playCount'),
    hashtags: each(get(item, 'textExtra', []), 'textExtra').flatMap((tag) => get(tag, 'hashtagName') || []),
    challenges: each(get(item, 'challenges', []), 'challenges').map((one) => need(one, 'title')),
    effects: each(get(item, 'effectStickers', []), 'effects').map((one) => need(one, 'name')),
    warning: each(get(item, 'warnInfo', []), 'warnings').map((one) => get(one, 'text')),
  };
}

function tiktokComment(item: Json): Json {
  const user = need(item, 'user');
  const share = need(item, 'share_info');
  return {
    id: need(item, 'cid'),
    thread_id: need(item, 'reply_id') === '0' ? need(item, 'aweme_id') : need(item, 'reply_id'),
    author: get(user, 'unique_id') ?? `@${String(need(user, 'uid'))}`,
    author_uid: need(user, 'uid'),
    avatar: first(need(need(user, 'avatar_thumb'), 'url_list')),
    body: need(item, 'text'),
    unix_timestamp: seconds(need(item, 'create_time')),
    likes: need(item, 'digg_count'),
    post_url: String(need(share, 'url')).split('.html')[0],
    post_body: need(share, 'title'),
    is_sticky: Boolean(need(item, 'stick_position')),
    language_guess: need(item, 'comment_language'),
  };
}

function stream(item: Json): unknown {
  if (get(item, 'ZS_collected_from_embed') === true) {
    const room = get(item, 'cellRoom', {});
    return room === '$undefined' ? null : get(room, 'rawdata');
  }
  const raw = get(item, 'rawdata') ?? get(get(item, 'cell_room', {}), 'rawdata');
  return typeof raw === 'string' ? JSON.parse(raw) : raw;
}

function douyin(item: Json, meta: Json): Json {
  const isEmbed = get(item, 'ZS_collected_from_embed') === true;
  const live = stream(item);
  const post = live ?? item;
  const author = live ? need(post, 'owner') : need(item, isEmbed ? 'authorInfo' : 'author');
  const isCamel = isEmbed && !live;
  const stats = live ? get(post, 'stats') : isEmbed ? need(item, 'stats') : get(item, 'statistics');
  const video = live ? {} : get(item, 'video');
  const time = live
    ? (get(live, isEmbed ? 'createtime' : 'create_time') ??
      get(item, isEmbed ? 'requestTime' : 'create_time') ??
      Number(get(meta, 'timestamp_collected')) / 1000)
    : need(item, isEmbed ? 'createTime' : 'create_time');
  if (isCamel) need(need(item, 'download'), 'prevent');
  const rates = live ? [] : (get(video, isEmbed ? 'bitRateList' : 'bit_rate') ?? []);
  if (!isEmbed && each(rates, 'bit rates').length > 0) first(get(need(video, 'cover'), 'url_list'));
  const tags = isEmbed ? get(item, 'videoTag', []) : need(item, 'video_tag');
  const extra = need(item, isEmbed ? 'textExtra' : 'text_extra');
  const mix = get(item, isEmbed ? 'mixInfo' : 'mix_info', {});
  const thumb = need(author, isCamel ? 'avatarThumb' : 'avatar_thumb');
  return {
    source: String(get(meta, 'source_platform_url')),
    id: need(item, isEmbed ? 'awemeId' : 'aweme_id'),
    thread_id: need(item, isEmbed ? 'groupId' : 'group_id'),
    subject: live ? 'Stream' : 'Post',
    body: live ? get(live, 'title') : need(item, 'desc'),
    unix_timestamp: seconds(time),
    likes: get(stats, isEmbed && !live ? 'diggCount' : 'digg_count'),
    author_nickname: need(author, 'nickname'),
    author_sec_uid: need(author, isCamel ? 'secUid' : 'sec_uid'),
    author_thumbnail_url: first(get(thumb, isCamel ? 'urlList' : 'url_list', [''])),
    hashtags: extra === null ? [] : each(extra, 'text_extra').length,
    tags: tags === null ? [] : each(tags, 'video_tag').length,
    collection_id: get(mix, isEmbed ? 'mixId' : 'mix_id', 'N/A'),
  };
}

export type FourCatOutcome =
  | { readonly outcome: 'mapped'; readonly columns: Json }
  | { readonly outcome: 'unmappable' | 'failed'; readonly why: string };

/** What 4CAT makes of one line of a file: `{...data, __import_meta: everything else}`, then the datasource's own mapping. */
export function fourCat(line: Json): FourCatOutcome {
  const { data, ...meta } = line;
  const item: Json = { ...(isObject(data) ? data : {}), __import_meta: meta };
  try {
    const platform = meta['source_platform'];
    if (platform === 'tiktok.com') return { outcome: 'mapped', columns: tiktok(item) };
    if (platform === 'tiktok-comments') return { outcome: 'mapped', columns: tiktokComment(item) };
    if (platform === 'douyin.com') return { outcome: 'mapped', columns: douyin(item, meta) };
    return { outcome: 'failed', why: `no datasource ${String(platform)}` };
  } catch (error) {
    if (error instanceof Unmappable) return { outcome: 'unmappable', why: error.message };
    if (error instanceof Fatal) return { outcome: 'failed', why: error.message };
    throw error;
  }
}
