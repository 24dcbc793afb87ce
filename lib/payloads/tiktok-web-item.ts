/**
 * Items as TikTok's web site carries them: in the answers of its lists, details and searches, and in the data of its
 * pages (`itemStruct`, 2021 to 2026; `ItemModule` of older ones). Durations are in seconds.
 */

import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord, PostRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { type ListedHashtag, mergeHashtags } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { type AnswerStatus, definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  digitsOf,
  durationOf,
  firstOf,
  firstPostId,
  firstUrlOf,
  flagOf,
  idOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  listReading,
  nameOf,
  numberOf,
  ordinalOf,
  positiveOf,
  secondsOf,
  textOf,
  urlOf,
  valueOf,
} from './reading.ts';
import { linkedProducts } from './tiktok-anchors.ts';
import { postCounts, tiktokAuthorCount, tiktokCount } from './tiktok-counts.ts';
import { tiktokLabels } from './tiktok-labels.ts';

/**
 * Whether this is a post. Hashtags (`challenges`) have an id, a title and stats as well, and users have a
 * `createTime`; neither has a video or images.
 */
function isItem(json: unknown): json is JsonObject {
  if (!isObject(json) || firstPostId(json['id']) === null || isObject(json['liveRoomInfo'])) return false;
  if (isObject(json['video']) || isObject(json['imagePost'])) return true;
  return (
    json['createTime'] !== undefined &&
    json['desc'] !== undefined &&
    (json['author'] !== undefined || isObject(json['stats']))
  );
}

/** Where answers and pages keep their items; nothing else is searched. */
const containers = ['itemList', 'item_list', 'items', 'itemInfo', 'itemStruct', 'item', 'data'] as const;

function itemsIn(json: unknown, depth = 0): readonly JsonObject[] {
  if (depth > 6) return [];
  if (isItem(json)) return [json];
  if (Array.isArray(json)) return json.flatMap((entry) => itemsIn(entry, depth + 1));
  if (!isObject(json)) return [];
  const scopes = at(json, '__DEFAULT_SCOPE__');
  const module = at(json, 'ItemModule');
  return [
    ...containers.flatMap((name) => itemsIn(at(json, name), depth + 1)),
    ...(isObject(scopes) ? Object.values(scopes).flatMap((scope) => itemsIn(at(scope, 'itemInfo'), depth + 1)) : []),
    ...(isObject(module) ? Object.values(module).flatMap((entry) => itemsIn(entry, depth + 1)) : []),
  ];
}

function listedHashtags(item: unknown): readonly ListedHashtag[] {
  const extras = [
    ...listOf(at(item, 'textExtra')),
    ...listOf(at(item, 'contents')).flatMap((part) => listOf(at(part, 'textExtra'))),
  ];
  // The tag objects first: `hashtagId` is often empty or 0.
  const entries = [
    ...listOf(at(item, 'challenges')).map((tag) => [at(tag, 'title'), at(tag, 'id')] as const),
    ...extras.map((extra) => [at(extra, 'hashtagName'), at(extra, 'hashtagId')] as const),
  ];
  return entries.flatMap(([title, id]): ListedHashtag[] => {
    const name = valueOf(nameOf(title));
    return name === null ? [] : [{ name, id: valueOf(digitsOf(id)) }];
  });
}

function mentionsOf(item: unknown): readonly string[] {
  const handles = listOf(at(item, 'textExtra')).flatMap((extra) => valueOf(nameOf(at(extra, 'userUniqueId'))) ?? []);
  return [...new Set(handles)];
}

/** An object in answers; only the handle in `ItemModule`, with the other fields beside it. */
function authorOf(item: unknown): Readings<PostFields> {
  const author = at(item, 'author');
  const handle = typeof author === 'string' ? nameOf(author) : nameOf(at(author, 'uniqueId'));
  const secId = firstOf(idOf(at(author, 'secUid')), idOf(at(item, 'authorSecId')));
  return {
    author_id: firstOf(digitsOf(at(author, 'id')), digitsOf(at(item, 'authorId'))),
    author_sec_id: secId,
    author_handle: handle,
    author_name: firstOf(nameOf(at(author, 'nickname')), nameOf(at(item, 'nickname'))),
    author_url: known(authorAddress('tiktok', valueOf(handle), valueOf(secId))),
    author_bio: textOf(at(author, 'signature')),
    author_avatar_url: firstOf(
      urlOf(at(author, 'avatarLarger')),
      urlOf(at(author, 'avatarMedium')),
      urlOf(at(author, 'avatarThumb')),
      urlOf(at(item, 'avatarThumb')),
    ),
    author_verified: flagOf(at(author, 'verified')),
    author_private: firstOf(flagOf(at(author, 'privateAccount')), flagOf(at(item, 'authorPrivate'))),
    author_is_seller: flagOf(at(author, 'ttSeller')),
    author_follower_count: tiktokAuthorCount(item, 'followerCount'),
    author_following_count: tiktokAuthorCount(item, 'followingCount'),
    author_likes_received_count: tiktokAuthorCount(item, 'heartCount', 'heart'),
    author_likes_given_count: tiktokAuthorCount(item, 'diggCount'),
    author_post_count: tiktokAuthorCount(item, 'videoCount'),
    author_friend_count: tiktokAuthorCount(item, 'friendCount'),
  };
}

/** The label's number as it is given (0 is none, 1 and 2 are kinds), or else the flag. */
function aiLabelOf(item: unknown): Reading<string> {
  const type = numberOf(at(item, 'aigcLabelType'));
  if ('value' in type) return { value: String(type.value) };
  const flag = flagOf(at(item, 'IsAigc'));
  return 'value' in flag ? { value: String(flag.value) } : firstOf<string>(type, flag);
}

/** Two letters; advertisements without a place carry `FAKE-AD`. */
function regionOf(value: unknown): Reading<string> {
  const name = nameOf(value);
  return 'value' in name && !/^[A-Z]{2}$/u.test(name.value) ? absent : name;
}

/** BCP-47; `un` is how TikTok writes that it does not know. */
function languageOf(value: unknown): Reading<string> {
  const name = nameOf(value);
  return valueOf(name) === 'un' ? absent : name;
}

function imagesOf(item: unknown): Reading<readonly string[]> {
  const images = at(item, 'imagePost', 'images');
  const urls = listOf(images).flatMap((image) => valueOf(firstUrlOf(at(image, 'imageURL'))) ?? []);
  // A video has no images; only of a photo post are they missing.
  return isObject(at(item, 'imagePost')) ? listReading(images, urls) : { value: [] };
}

function musicOf(item: unknown): Readings<PostFields> {
  const music = at(item, 'music');
  return {
    music_id: digitsOf(at(music, 'id')),
    music_title: nameOf(at(music, 'title')),
    music_author: nameOf(at(music, 'authorName')),
    music_is_original: flagOf(at(music, 'original')),
    music_duration_ms: durationOf(at(music, 'duration'), 1000),
    music_album: nameOf(at(music, 'album')),
    music_url: urlOf(at(music, 'playUrl')),
  };
}

/** In older pages an item names its author by the handle, and `UserModule` beside `ItemModule` has the rest. */
function withAuthor(item: JsonObject, json: unknown): JsonObject {
  const handle = item['author'];
  if (typeof handle !== 'string') return item;
  const author = at(json, 'UserModule', 'users', handle);
  if (!isObject(author)) return item;
  return { authorStats: at(json, 'UserModule', 'stats', handle), ...item, author };
}

function readItem(found: JsonObject, json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const item = withAuthor(found, json);
  const id = firstPostId(item['id']);
  if (id === null) return [];
  const origin = originOf(context, 'tiktok', 'stats', valueOf(positiveOf(at(json, 'extra', 'now'))));
  const type: PostRecord['post_type'] = isObject(item['imagePost'])
    ? 'photo'
    : isObject(item['video'])
      ? 'video'
      : 'unknown';
  const caption = firstOf(textOf(item['desc']), textOf(at(item, 'contents', 0, 'desc')));
  const author = authorOf(item);
  const listed = listedHashtags(item);
  const hasTags = 'value' in caption || Array.isArray(item['challenges']) || Array.isArray(item['textExtra']);
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('tiktok', id, type, valueOf(author.author_handle ?? absent)) },
    post_type: type === 'unknown' ? absent : { value: type },
    caption,
    caption_language: languageOf(item['textLanguage']),
    created_at: secondsOf(item['createTime']),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    region: regionOf(item['locationCreated']),
    duration_ms: type === 'photo' ? absent : durationOf(at(item, 'video', 'duration'), 1000),
    width: ordinalOf(at(item, 'video', 'width')),
    height: ordinalOf(at(item, 'video', 'height')),
    view_count: tiktokCount(item, postCounts, 'playCount'),
    like_count: tiktokCount(item, postCounts, 'diggCount'),
    comment_count: tiktokCount(item, postCounts, 'commentCount'),
    share_count: tiktokCount(item, postCounts, 'shareCount'),
    save_count: tiktokCount(item, postCounts, 'collectCount'),
    repost_count: tiktokCount(item, postCounts, 'repostCount'),
    hashtags: hasTags ? { value: mergeHashtags(listed, valueOf(caption)) } : absent,
    mentions: hasTags ? { value: mentionsOf(item) } : absent,
    ...linkedProducts(item),
    ...musicOf(item),
    cover_url: firstOf(
      urlOf(at(item, 'video', 'cover')),
      urlOf(at(item, 'video', 'originCover')),
      firstUrlOf(at(item, 'imagePost', 'cover', 'imageURL')),
    ),
    media_url: urlOf(at(item, 'video', 'playAddr')),
    image_urls: imagesOf(item),
    is_ad: flagOf(item['isAd']),
    is_paid_partnership: flagOf(item['adAuthorization']),
    is_pinned: flagOf(item['isPinnedItem']),
    ai_generated_label: aiLabelOf(item),
    collection_id: digitsOf(item['playlistId']),
    collection_name: nameOf(at(item, 'mixInfo', 'name')),
    ...tiktokLabels(item),
    ...author,
  };
  const isPrivate = valueOf(flagOf(item['privateItem'])) === true;
  return [makePost(origin, id, isPrivate ? 'private' : 'ok', readings)];
}

/** `statusCode` 10204 and its like: what they mean for the viewer is in docs and in lib/sites. */
function statusOf(json: unknown): AnswerStatus | null {
  const detail = [
    json,
    at(json, '__DEFAULT_SCOPE__', 'webapp.video-detail'),
    at(json, '__DEFAULT_SCOPE__', 'webapp.reflow.video.detail'),
  ];
  for (const part of detail) {
    const code = valueOf(numberOf(at(part, 'statusCode') ?? at(part, 'status_code')));
    if (code === null || code === 0) continue;
    return { code: String(code), message: valueOf(nameOf(at(part, 'statusMsg') ?? at(part, 'status_msg'))) ?? '' };
  }
  return null;
}

function hasEnvelope(json: unknown): boolean {
  return (
    isObject(json) &&
    ['itemList', 'itemInfo', '__DEFAULT_SCOPE__', 'ItemModule'].some(
      (name) => isObject(json[name]) || Array.isArray(json[name]),
    )
  );
}

export const tiktokWebItem = definePayload({
  id: 'tiktok-web-item',
  recognises: (json) => hasEnvelope(json) || itemsIn(json).length > 0,
  read: (json, context) => itemsIn(json).flatMap((item) => readItem(item, json, context)),
  status: statusOf,
});
