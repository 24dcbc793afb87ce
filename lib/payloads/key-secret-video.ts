/**
 * A TikTok post as the third-party gateway that signs with a key and a secret gives it (`item_get_video`): counts as
 * numbers, duration in seconds, `create_time` in Unix seconds, `status` 0 normal and anything else withdrawn.
 * Of its search (`item_search_video`) only the name is published: posts of the same shape are taken out of the places
 * in which such gateways keep lists.
 */

import type { PostFields, ProductFields } from '../core/record-defaults.ts';
import { makePost, makeProduct, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, HashtagUse, PostRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { type ListedHashtag, mergeHashtags } from '../core/text.ts';
import { authorAddress, postAddress, tiktokProductAddress } from './addresses.ts';
import { type AnswerStatus, definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  durationOf,
  firstOf,
  firstPostId,
  flagOf,
  idOf,
  isObject,
  isoTimeOf,
  known,
  listOf,
  listReading,
  nameOf,
  numberOf,
  ordinalOf,
  secondsOf,
  textOf,
  unreadable,
  urlOf,
  urlsOf,
  valueOf,
} from './reading.ts';
import { statedPrice } from './tiktok-anchors.ts';

/** The `data` of an answer; some gateways wrap it in a list of one. */
export function keySecretData(json: unknown): unknown {
  const data = at(json, 'data');
  return Array.isArray(data) ? data[0] : data;
}

/** The entries of a search; null where the answer is no list. The first of these places that holds a list counts. */
function listedIn(json: unknown): readonly unknown[] | null {
  const data = at(json, 'data');
  const places = [
    ...[data, json].flatMap((held) => [at(held, 'items', 'item'), at(held, 'item', 'item')]),
    ...['items', 'list', 'item'].flatMap((name) => [at(data, name), at(json, name)]),
    data,
  ];
  const list = places.find((held) => Array.isArray(held));
  return list === undefined ? null : listOf(list);
}

/** How far a search got. Null: the answer does not say. */
export interface KeySecretPage {
  /** What it lists, whether or not it can be read; null where it holds no list. */
  readonly entries: number | null;
  readonly page: number | null;
  readonly pageSize: number | null;
  readonly pageCount: number | null;
  readonly hasMore: boolean | null;
}

/** The page that a search answered with; its numbers are taken from beside the list, in any of their usual names. */
export function keySecretPage(json: unknown): KeySecretPage {
  const data = at(json, 'data');
  const beside = [at(data, 'items'), at(json, 'items'), data, json].filter(isObject);
  const first = <T>(read: (value: unknown) => Reading<T>, ...names: readonly string[]): T | null =>
    valueOf(firstOf(...names.flatMap((name) => beside.map((held) => read(held[name])))));
  return {
    entries: listedIn(json)?.length ?? null,
    page: first(ordinalOf, 'page'),
    pageSize: first(ordinalOf, 'page_size', 'pagesize'),
    pageCount: first(ordinalOf, 'pagecount', 'page_count', 'total_page', 'total_pages'),
    hasMore: first(flagOf, 'has_more'),
  };
}

/** The posts of an answer: its `data`, what it lists, or the answer itself, saved without its envelope. */
function entriesIn(json: unknown): readonly unknown[] {
  const data = at(json, 'data');
  const isEnvelope = keySecretSucceeded(json) !== null && (isObject(data) || Array.isArray(data));
  const isOne = isObject(data) && idOfPost(data) !== null;
  const hasList = keySecretSucceeded(json) !== null && !isOne && idOfPost(json) === null;
  const entries = (hasList ? listedIn(json) : null) ?? (isEnvelope ? [data] : [json].filter(isBare));
  return entries.filter((entry) => idOfPost(entry) !== null);
}

/** A post goes by `video_id`; who was asked by `item_id` may answer with that alone. */
function idOfPost(data: unknown): string | null {
  return firstPostId(at(data, 'video_id'), isBare(data) ? at(data, 'item_id') : null);
}

function isBare(json: unknown): boolean {
  return ['play_count', 'like_count', 'favorite_count', 'author_name', 'cover_url'].some(
    (field) => at(json, field) !== undefined,
  );
}

/** Success is `code` 0 (also as text) or `status` "success"; null where the answer has neither field. */
export function keySecretSucceeded(json: unknown): boolean | null {
  const code = at(json, 'code');
  const status = at(json, 'status');
  const hasNeither = (code === undefined || code === null) && (status === undefined || status === null);
  if (hasNeither) return null;
  return code === 0 || (typeof code === 'string' && /^0+$/u.test(code.trim())) || status === 'success';
}

/** The gateway's own code and words. It publishes no table of codes. */
export function keySecretStatus(json: unknown): AnswerStatus {
  const code = at(json, 'code') ?? at(json, 'status');
  const words = [at(json, 'msg'), at(json, 'message'), at(json, 'error')].find(
    (text) => typeof text === 'string' && text !== '',
  );
  const hasCode = typeof code === 'string' || typeof code === 'number';
  return { code: hasCode ? String(code) : null, message: typeof words === 'string' ? words : '' };
}

function availability(data: unknown): PostRecord['availability'] {
  // A missing status is not "normal": the published code reads it so, and shows withdrawn posts as normal.
  const status = valueOf(numberOf(at(data, 'status')));
  if (status === null) return 'unknown';
  return status === 0 ? 'ok' : 'removed';
}

/** Tags as a list of names or objects, or as one text. The gateway gives null for a post without any. */
function listedHashtags(value: unknown): readonly ListedHashtag[] {
  const entries = typeof value === 'string' ? value.split(/[\s,，;；#＃]+/u) : listOf(value);
  return entries.flatMap((entry): ListedHashtag[] => {
    const held = isObject(entry)
      ? firstOf(nameOf(at(entry, 'name')), nameOf(at(entry, 'hashtag_name')), nameOf(at(entry, 'title')))
      : nameOf(entry);
    const name = valueOf(held);
    return name === null
      ? []
      : [{ name, id: valueOf(firstOf(digitsOf(at(entry, 'id')), digitsOf(at(entry, 'hashtag_id')))) }];
  });
}

function hashtagsOf(value: unknown, caption: string | null): Reading<readonly HashtagUse[]> {
  const isWrong = value !== undefined && value !== null && typeof value !== 'string' && !Array.isArray(value);
  const merged = mergeHashtags(listedHashtags(value), caption);
  if (merged.length > 0) return { value: merged };
  if (isWrong) return unreadable;
  return caption === null && !Array.isArray(value) ? absent : { value: [] };
}

interface LinkedProduct {
  readonly id: string;
  readonly json: unknown;
}

/** Each product once, as it was named first. */
function linkedProducts(value: unknown): readonly LinkedProduct[] {
  const products = new Map<string, LinkedProduct>();
  for (const json of listOf(value)) {
    const found = isObject(json) ? firstOf(digitsOf(at(json, 'product_id')), digitsOf(at(json, 'id'))) : digitsOf(json);
    const id = valueOf(found);
    if (id !== null && !products.has(id)) products.set(id, { id, json });
  }
  return [...products.values()];
}

/** No list means that products were not asked for or are beyond the key's permission, not that there are none. */
function linkReading(value: unknown): Reading<boolean> {
  if (value === undefined || value === null) return absent;
  return Array.isArray(value) ? { value: value.length > 0 } : unreadable;
}

/** A record of a linked product that says more than its id. */
function readProduct({ id, json }: LinkedProduct, origin: RecordOrigin): readonly AnyRecord[] {
  const name = firstOf(nameOf(at(json, 'title')), nameOf(at(json, 'product_name')), nameOf(at(json, 'name')));
  if ('missing' in name) return [];
  const images = urlsOf([at(json, 'cover_url') ?? at(json, 'image')]);
  const readings: Readings<ProductFields> = {
    product_url: known(tiktokProductAddress(id)),
    product_name: name,
    ...statedPrice(isObject(json) ? json : {}, 'assumed:key-secret'),
    sold_count: firstOf(countOf(at(json, 'sold_count')), countOf(at(json, 'sales'))),
    shop_id: firstOf(idOf(at(json, 'shop_id')), idOf(at(json, 'seller_id'))),
    shop_name: nameOf(at(json, 'shop_name')),
    image_urls: images.length > 0 ? { value: images } : absent,
  };
  // That a post links to it does not say that it is for sale.
  return [makeProduct(origin, id, 'unknown', readings)];
}

/** Music fields, within `music` or `music_info`, or beside the others. */
function musicOf(data: unknown): Readings<PostFields> {
  const music = [at(data, 'music'), at(data, 'music_info')].find(isObject);
  return {
    music_id: firstOf(digitsOf(at(music, 'music_id')), digitsOf(at(music, 'id')), digitsOf(at(data, 'music_id'))),
    music_title: firstOf(nameOf(at(music, 'title')), nameOf(at(music, 'music_name')), nameOf(at(data, 'music_title'))),
    music_author: firstOf(
      nameOf(at(music, 'author')),
      nameOf(at(music, 'music_author')),
      nameOf(at(data, 'music_author')),
    ),
    music_is_original: firstOf(flagOf(at(music, 'original')), flagOf(at(music, 'is_original'))),
    music_duration_ms: durationOf(at(music, 'duration'), 1000),
    music_album: nameOf(at(music, 'album')),
    music_url: firstOf(urlOf(at(music, 'play_url')), urlOf(at(music, 'url'))),
  };
}

function readVideo(data: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = idOfPost(data);
  if (id === null) return [];
  const origin = originOf(context, 'tiktok', 'api:key-secret', null, data);
  // The title is the first line of the description where both are given.
  const caption = firstOf(textOf(at(data, 'description')), textOf(at(data, 'title')));
  const handle = firstOf(
    nameOf(at(data, 'author_unique_id')),
    nameOf(at(data, 'author_handle')),
    nameOf(at(data, 'unique_id')),
  );
  const productsValue = at(data, 'products');
  const products = linkedProducts(productsValue);
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('tiktok', id, 'video', valueOf(handle)) },
    post_type: urlsOf(at(data, 'images')).length > 0 ? { value: 'photo' } : { value: 'video' },
    caption,
    created_at: firstOf(secondsOf(at(data, 'create_time')), isoTimeOf(at(data, 'create_time'))),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    region: nameOf(at(data, 'region')),
    duration_ms: durationOf(at(data, 'duration'), 1000),
    width: ordinalOf(at(data, 'width')),
    height: ordinalOf(at(data, 'height')),
    view_count: countOf(at(data, 'play_count')),
    like_count: countOf(at(data, 'like_count')),
    comment_count: countOf(at(data, 'comment_count')),
    share_count: countOf(at(data, 'share_count')),
    save_count: countOf(at(data, 'favorite_count')),
    hashtags: hashtagsOf(at(data, 'hashtags'), valueOf(caption)),
    has_product_link: linkReading(productsValue),
    product_ids: listReading(
      productsValue,
      products.map((product) => product.id),
    ),
    ...musicOf(data),
    cover_url: urlOf(at(data, 'cover_url')),
    media_url: firstOf(urlOf(at(data, 'video_url')), urlOf(at(data, 'play_url'))),
    image_urls: listReading(at(data, 'images'), urlsOf(at(data, 'images'))),
    copyright_type: copyrightOf(at(data, 'copyright_type')),
    author_id: digitsOf(at(data, 'author_id')),
    author_handle: handle,
    author_name: nameOf(at(data, 'author_name')),
    author_url: known(authorAddress('tiktok', valueOf(handle), null)),
    author_avatar_url: urlOf(at(data, 'author_avatar')),
    author_verified: flagOf(at(data, 'author_verified')),
  };
  const post = makePost(origin, id, availability(data), readings);
  return [post, ...products.flatMap((product) => readProduct(product, origin))];
}

/** As the provider calls it, also where that is a number. */
function copyrightOf(value: unknown): Reading<string> {
  return typeof value === 'number' && Number.isSafeInteger(value) ? { value: String(value) } : nameOf(value);
}

export const keySecretVideo = definePayload({
  id: 'key-secret-video',
  recognises: (json) => entriesIn(json).length > 0,
  read: (json, context) => entriesIn(json).flatMap((data) => readVideo(data, context)),
  status: (json) => (keySecretSucceeded(json) ? null : keySecretStatus(json)),
});
