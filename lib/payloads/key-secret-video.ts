/**
 * A TikTok post as the third-party gateway that signs with a key and a secret gives it (`item_get_video`): counts as
 * numbers, duration in seconds, `create_time` in Unix seconds, `status` 0 normal and anything else withdrawn.
 */

import type { PostFields, ProductFields } from '../core/record-defaults.ts';
import { makePost, makeProduct, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, HashtagUse, PostRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { type ListedHashtag, mergeHashtags } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
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

/** The `data` of an answer; some gateways wrap it in a list of one. */
export function keySecretData(json: unknown): unknown {
  const data = at(json, 'data');
  return Array.isArray(data) ? data[0] : data;
}

/** Every `data` of an answer, or the answer itself, saved without its envelope: `video_id` beside the counts' names. */
function entriesIn(json: unknown): readonly unknown[] {
  const data = at(json, 'data');
  const isEnvelope = keySecretSucceeded(json) !== null && (isObject(data) || Array.isArray(data));
  const entries = isEnvelope ? (Array.isArray(data) ? data : [data]) : [json].filter(isBare);
  return entries.filter((entry) => firstPostId(at(entry, 'video_id')) !== null);
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

function linkedProducts(value: unknown): readonly LinkedProduct[] {
  return listOf(value).flatMap((json): LinkedProduct[] => {
    const found = isObject(json) ? firstOf(digitsOf(at(json, 'product_id')), digitsOf(at(json, 'id'))) : digitsOf(json);
    const id = valueOf(found);
    return id === null ? [] : [{ id, json }];
  });
}

/** No list means that products were not asked for or are beyond the key's permission, not that there are none. */
function linkReading(value: unknown): Reading<boolean> {
  if (value === undefined || value === null) return absent;
  return Array.isArray(value) ? { value: value.length > 0 } : unreadable;
}

/** A price without a declared unit is kept as its text. */
function priceText(value: unknown): Reading<string> {
  return typeof value === 'number' && Number.isFinite(value) ? { value: String(value) } : nameOf(value);
}

/** A record of a linked product that says more than its id. */
function readProduct({ id, json }: LinkedProduct, origin: RecordOrigin): readonly AnyRecord[] {
  const name = firstOf(nameOf(at(json, 'title')), nameOf(at(json, 'product_name')), nameOf(at(json, 'name')));
  if ('missing' in name) return [];
  const currency = valueOf(nameOf(at(json, 'currency')));
  const images = urlsOf([at(json, 'cover_url') ?? at(json, 'image')]);
  const readings: Readings<ProductFields> = {
    product_url: { value: `https://www.tiktok.com/shop/pdp/${id}` },
    product_name: name,
    price_text: priceText(at(json, 'price')),
    currency: currency !== null && /^[A-Z]{3}$/u.test(currency) ? { value: currency } : absent,
    sold_count: firstOf(countOf(at(json, 'sold_count')), countOf(at(json, 'sales'))),
    shop_id: firstOf(idOf(at(json, 'shop_id')), idOf(at(json, 'seller_id'))),
    shop_name: nameOf(at(json, 'shop_name')),
    image_urls: images.length > 0 ? { value: images } : absent,
  };
  return [makeProduct(origin, id, 'ok', readings)];
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
  const id = firstPostId(at(data, 'video_id'), at(data, 'item_id'));
  if (id === null) return [];
  const origin = originOf(context, 'tiktok', 'api:key-secret');
  // The title is the first line of the description where both are given.
  const caption = firstOf(textOf(at(data, 'description')), textOf(at(data, 'title')));
  const handle = firstOf(
    nameOf(at(data, 'author_unique_id')),
    nameOf(at(data, 'author_handle')),
    nameOf(at(data, 'unique_id')),
  );
  const productsValue = at(data, 'products');
  const products = linkedProducts(productsValue);
  const productIds = [...new Set(products.map((product) => product.id))];
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
    product_ids: listReading(productsValue, productIds),
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
