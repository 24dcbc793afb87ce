/**
 * Items as TikTok's web site carries them: in the answers of its lists, details and searches, and in the data of its
 * pages (`itemStruct`, 2021 to 2026; `ItemModule` of older ones). Durations are in seconds.
 */

import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, PostRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { type ListedHashtag, type ListedMention, mergeHashtags, mergeMentions } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  durationOf,
  firstOf,
  firstPostId,
  firstUrlOf,
  flagOf,
  handleOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  listReading,
  nameOf,
  numberOf,
  ordinalOf,
  positiveOf,
  secIdOf,
  secondsOf,
  textOf,
  urlOf,
  valueOf,
} from './reading.ts';
import { anchoredProducts, linkedProducts } from './tiktok-anchors.ts';
import { authorCounts, postCounts, tiktokCounts, userCountFields } from './tiktok-counts.ts';
import { tiktokLabels } from './tiktok-labels.ts';
import { hasItem, itemsIn } from './tiktok-parts.ts';
import { tiktokStatus } from './tiktok-status.ts';
import { subtitlesOf } from './tiktok-subtitles.ts';

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

/** `start` counts in UTF-16 units of the whole caption; in `contents` it would count in that part. */
function listedMentions(item: unknown): readonly ListedMention[] {
  return listOf(at(item, 'textExtra')).flatMap((extra): ListedMention[] => {
    const account = valueOf(nameOf(at(extra, 'userUniqueId')));
    return account === null ? [] : [{ account, start: valueOf(countOf(at(extra, 'start'))) }];
  });
}

/**
 * The figures of the post's author. Who posted has a video, so a block that counts none was not filled in, and its zeros
 * are no figures.
 */
function authorFigures(item: unknown): Readings<PostFields> {
  const figures = tiktokCounts(item, authorCounts, userCountFields);
  if (valueOf(figures.author_post_count)) return figures;
  const filled = Object.entries(figures).filter(([, reading]) => valueOf(reading) !== 0);
  return Object.fromEntries(filled);
}

/** An object in answers; only the handle in `ItemModule`, with the other fields beside it. */
function authorOf(item: unknown): Readings<PostFields> {
  const author = at(item, 'author');
  const handle = handleOf(typeof author === 'string' ? author : at(author, 'uniqueId'));
  const secId = firstOf(secIdOf(at(author, 'secUid')), secIdOf(at(item, 'authorSecId')));
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
    ...authorFigures(item),
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

/** `secret` and `forFriend` are posts for their author and for friends only. */
function availabilityOf(item: JsonObject): PostRecord['availability'] {
  const isSet = (name: string): boolean => valueOf(numberOf(item[name])) === 1 || item[name] === true;
  if (isSet('takeDown')) return 'removed';
  return isSet('privateItem') || isSet('secret') || isSet('forFriend') ? 'private' : 'ok';
}

function postType(item: JsonObject): PostRecord['post_type'] {
  if (isObject(item['imagePost'])) return 'photo';
  return isObject(item['video']) ? 'video' : 'unknown';
}

function readItem(item: JsonObject, origin: RecordOrigin): PostRecord | null {
  const id = firstPostId(item['id']);
  if (id === null) return null;
  const type = postType(item);
  const caption = firstOf(textOf(item['desc']), textOf(at(item, 'contents', 0, 'desc')));
  const author = authorOf(item);
  const hasTags = 'value' in caption || Array.isArray(item['challenges']) || Array.isArray(item['textExtra']);
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('tiktok', id, type, valueOf(author.author_handle ?? absent)) },
    post_type: type === 'unknown' ? absent : { value: type },
    caption,
    caption_language: languageOf(item['textLanguage']),
    subtitles: subtitlesOf(item),
    created_at: secondsOf(item['createTime']),
    created_at_from_id: known(idTime(id, origin.provenance.fetched_at)),
    scheduled_at: secondsOf(item['scheduleTime']),
    region: regionOf(item['locationCreated']),
    duration_ms: type === 'photo' ? absent : durationOf(at(item, 'video', 'duration'), 1000),
    width: ordinalOf(at(item, 'video', 'width')),
    height: ordinalOf(at(item, 'video', 'height')),
    ...tiktokCounts(item, postCounts, {
      view_count: ['playCount'],
      like_count: ['diggCount'],
      comment_count: ['commentCount'],
      share_count: ['shareCount'],
      save_count: ['collectCount'],
      repost_count: ['repostCount'],
    }),
    hashtags: hasTags ? { value: mergeHashtags(listedHashtags(item), valueOf(caption)) } : absent,
    mentions: hasTags ? { value: mergeMentions(listedMentions(item), valueOf(caption)) } : absent,
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
    collection_id: firstOf(
      digitsOf(item['playlistId']),
      digitsOf(at(item, 'mixInfo', 'mixId')),
      digitsOf(at(item, 'mixInfo', 'id')),
    ),
    collection_name: firstOf(nameOf(at(item, 'mixInfo', 'name')), nameOf(at(item, 'mixInfo', 'mixName'))),
    ...tiktokLabels(item),
    ...author,
  };
  return makePost(origin, id, availabilityOf(item), readings);
}

/** The posts, each once, and then the products that they link to, each once. */
function readItems(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const answeredAt = valueOf(positiveOf(at(json, 'extra', 'now')));
  const found = new Map(
    itemsIn(json)
      .map((item) => [firstPostId(item['id']), item] as const)
      .reverse(),
  );
  const items = [...found.values()].reverse();
  const posts = items.flatMap((item): AnyRecord[] => {
    const post = readItem(withAuthor(item, json), originOf(context, 'tiktok', 'stats', answeredAt, item));
    return post ? [post] : [];
  });
  return [...posts, ...anchoredProducts(items, (anchor) => originOf(context, 'tiktok', 'anchor', answeredAt, anchor))];
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
  recognises: (json) => hasEnvelope(json) || hasItem(json),
  read: readItems,
  status: tiktokStatus,
});
