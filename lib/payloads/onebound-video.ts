/**
 * The gateway's `item_get_video` (Douyin): a post without counts and without a time. Sample published 2022-06;
 * hosts and fields as of 2026-10. What `item_search_video` lists is not published; a public client (2024) reads the
 * same names from its entries, so counts and a time are taken where they should be there as well, in the platform's words.
 */

import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Readings } from '../core/record-factory.ts';
import type { AnyRecord, PostRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { mergeHashtags } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { gatewayCode, gatewayItems, gatewayOrigin, gatewayStatus, translatedTo } from './onebound-envelope.ts';
import { definePayload, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  firstPostId,
  isObject,
  known,
  listReading,
  nameOf,
  secIdOf,
  secondsOf,
  textOf,
  urlOf,
  urlsOf,
  valueOf,
} from './reading.ts';

/** The gateway's products come with a `num_iid` and a `nick` as well, in one of their two forms. */
const productFields = [
  'product_id',
  'discount_price',
  'sku_min_price',
  'sell_num',
  'total_sold',
  'price',
  'orginal_price',
  'promotion_price',
  'sales',
] as const;

function isVideoItem(item: unknown): boolean {
  return firstPostId(at(item, 'num_iid')) !== null && productFields.every((field) => at(item, field) === undefined);
}

function itemsIn(json: unknown): readonly unknown[] {
  return gatewayItems(json).filter(isVideoItem);
}

function postType(item: unknown, images: readonly string[]): PostRecord['post_type'] {
  const type = at(item, 'type');
  if (images.length > 0 || type === 'image' || type === 'note') return 'photo';
  return type === 'video' || isObject(at(item, 'video')) ? 'video' : 'unknown';
}

function readPost(item: unknown, json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = firstPostId(at(item, 'num_iid'));
  if (id === null) return [];
  const origin = gatewayOrigin(context, json, item);
  const images = urlsOf(at(item, 'item_imgs'));
  const type = postType(item, images);
  const caption = textOf(at(item, 'title'));
  const captionText = valueOf(caption);
  const secId = secIdOf(at(item, 'sec_uid'));
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('douyin', id, type) },
    post_type: { value: type },
    caption,
    caption_translated_to: captionText === null ? absent : known(translatedTo(json, context)),
    created_at: secondsOf(at(item, 'create_time')),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    like_count: countOf(at(item, 'digg_count')),
    comment_count: countOf(at(item, 'comment_count')),
    share_count: countOf(at(item, 'share_count')),
    save_count: countOf(at(item, 'collect_count')),
    hashtags: captionText === null ? absent : { value: mergeHashtags([], captionText) },
    author_id: digitsOf(at(item, 'uid')),
    author_sec_id: secId,
    author_url: known(authorAddress('douyin', null, valueOf(secId))),
    // `short_id` is not the handle: an author who chose a name of their own keeps the number beside it.
    author_name: nameOf(at(item, 'nick')),
    author_bio: textOf(at(item, 'signature')),
    music_title: nameOf(at(item, 'music', 'title')),
    music_author: nameOf(at(item, 'music', 'nick')),
    music_url: urlOf(at(item, 'music', 'url')),
    cover_url: urlOf(at(item, 'video', 'pic_url')),
    media_url: firstOf(urlOf(at(item, 'video', 'url_raw')), urlOf(at(item, 'video', 'url'))),
    image_urls: listReading(at(item, 'item_imgs'), images),
  };
  return [makePost(origin, id, 'ok', readings)];
}

export const oneboundVideo = definePayload({
  id: 'onebound-video',
  recognises: (json) => itemsIn(json).length > 0,
  read: (json, context) => itemsIn(json).flatMap((item) => readPost(item, json, context)),
  status: (json) => (gatewayCode(json) === '0000' ? null : gatewayStatus(json)),
});
