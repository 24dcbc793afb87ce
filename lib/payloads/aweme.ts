/**
 * Items ("aweme") as Douyin's web and share pages, the apps of both platforms and the bearer API give them: in details,
 * lists and searches. Durations are in ms, except the music's. On Douyin's web every post has `play_count` 0.
 */

import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord, PostRecord } from '../core/record.ts';
import { idTime, type Platform } from '../core/ref.ts';
import { type ListedHashtag, mergeHashtags } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { awemeLabels } from './aweme-labels.ts';
import { platformOf } from './aweme-platform.ts';
import { type AnswerStatus, definePayload, originOf, type PayloadContext } from './payload.ts';
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
  idOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  listReading,
  nameOf,
  nestedJson,
  notOnWeb,
  numberOf,
  ordinalOf,
  positiveOf,
  secondsOf,
  textOf,
  unroundedOf,
  valueOf,
} from './reading.ts';
import { linkedProducts } from './tiktok-anchors.ts';

const telling = ['desc', 'create_time', 'video', 'images', 'image_post_info', 'statistics', 'author', 'music'] as const;

/** A comment has an `aweme_id` as well, and so have a post's statistics and its status. */
function isAweme(json: unknown): json is JsonObject {
  return (
    isObject(json) &&
    firstPostId(json['aweme_id']) !== null &&
    json['cid'] === undefined &&
    telling.some((field) => json[field] !== undefined && json[field] !== null)
  );
}

/** Where answers and pages keep their items; nothing else is searched, so that no product or hashtag is met. */
const containers = [
  'data',
  'aweme_list',
  'aweme_detail',
  'aweme_details',
  'aweme_info',
  'aweme',
  'item_list',
  'cards',
  'aweme_mix_info',
  'mix_items',
  'card_info',
  'attached_info',
  'sub_card_list',
  'videoInfoRes',
] as const;

function itemsIn(json: unknown, depth = 0): readonly JsonObject[] {
  if (depth > 10) return [];
  // `module/feed` keeps each item as JSON in a text.
  if (typeof json === 'string') return json.startsWith('{') && depth > 0 ? itemsIn(nestedJson(json), depth + 1) : [];
  if (isAweme(json)) return [json];
  if (Array.isArray(json)) return json.flatMap((entry) => itemsIn(entry, depth + 1));
  if (!isObject(json)) return [];
  const pages = at(json, 'loaderData');
  return [
    ...containers.flatMap((name) => itemsIn(at(json, name), depth + 1)),
    ...(isObject(pages) ? Object.values(pages).flatMap((page) => itemsIn(at(page, 'videoInfoRes'), depth + 1)) : []),
  ];
}

/** Each post once: a search lists some twice. */
function distinct(items: readonly JsonObject[]): readonly JsonObject[] {
  return [...new Map([...items].reverse().map((item) => [firstPostId(item['aweme_id']), item])).values()].reverse();
}

function imageEntries(item: unknown): readonly unknown[] {
  const lists = [at(item, 'images'), at(item, 'image_post_info', 'images'), at(item, 'image_infos')];
  return lists.map(listOf).find((list) => list.length > 0) ?? [];
}

function postType(item: unknown): PostRecord['post_type'] {
  const type = valueOf(numberOf(at(item, 'aweme_type')));
  if (imageEntries(item).length > 0 || [2, 68, 150].includes(type ?? -1)) return 'photo';
  if (type === 101) return 'live';
  if (isSet(at(item, 'is_story'))) return 'story';
  return isObject(at(item, 'video')) ? 'video' : 'unknown';
}

/**
 * `text_extra` holds tags, mentions (no `hashtag_name`) and search words (Douyin, type 5) side by side. Its
 * `hashtag_id` is a bare number that share pages have rounded (2026-01); `cid` is a text.
 */
function listedHashtags(item: unknown): readonly ListedHashtag[] {
  const entries = [
    ...listOf(at(item, 'text_extra')).map((extra) => [at(extra, 'hashtag_name'), at(extra, 'hashtag_id')] as const),
    ...listOf(at(item, 'cha_list')).map((tag) => [at(tag, 'cha_name'), at(tag, 'cid')] as const),
  ];
  return entries.flatMap(([title, id]): ListedHashtag[] => {
    const name = valueOf(nameOf(title));
    return name === null ? [] : [{ name, id: valueOf(unroundedOf(id)) }];
  });
}

function mentionsOf(item: unknown, platform: Platform): readonly string[] {
  const names = listOf(at(item, 'text_extra')).flatMap((extra) => {
    if (valueOf(nameOf(at(extra, 'hashtag_name'))) !== null) return [];
    const handle =
      platform === 'tiktok' ? firstOf(nameOf(at(extra, 'user_unique_id')), nameOf(at(extra, 'unique_id'))) : absent;
    return valueOf(firstOf(handle, idOf(at(extra, 'sec_uid')))) ?? [];
  });
  return [...new Set(names)];
}

/** A figure of the author. Web lists carry the block with zeros where it was not filled in (Douyin 2026). */
function authorCount(author: unknown, field: string): Reading<number> {
  const reading = countOf(at(author, field));
  const isFilled = (valueOf(countOf(at(author, 'follower_count'))) ?? 0) > 0;
  return valueOf(reading) === 0 && !isFilled ? absent : reading;
}

function verifiedOf(author: unknown): Reading<boolean> {
  const reasons = ['custom_verify', 'enterprise_verify_reason']
    .map((field) => at(author, field))
    .filter((reason) => typeof reason === 'string');
  // `is_verified` is true of every Douyin author (2026), so the reasons decide where they are given.
  return reasons.length > 0 ? { value: reasons.some((reason) => reason !== '') } : flagOf(at(author, 'is_verified'));
}

function authorOf(item: unknown, platform: Platform): Readings<PostFields> {
  const author = at(item, 'author');
  // A Douyin author without a name of their own goes by the number.
  const handle = firstOf(
    nameOf(at(author, 'unique_id')),
    platform === 'douyin' ? digitsOf(at(author, 'short_id')) : absent,
  );
  const secId = idOf(at(author, 'sec_uid'));
  return {
    author_id: firstOf(digitsOf(at(author, 'uid')), digitsOf(at(item, 'author_user_id'))),
    author_sec_id: secId,
    author_handle: handle,
    author_name: nameOf(at(author, 'nickname')),
    author_url: known(authorAddress(platform, valueOf(handle), valueOf(secId))),
    author_bio: textOf(at(author, 'signature')),
    author_avatar_url: firstOf(
      ...['avatar_larger', 'avatar_medium', 'avatar_thumb', 'avatar'].map((field) => firstUrlOf(at(author, field))),
    ),
    author_verified: verifiedOf(author),
    author_private: flagOf(at(author, 'secret')),
    author_is_seller: flagOf(at(author, 'with_fusion_shop_entry')),
    author_follower_count: authorCount(author, 'follower_count'),
    author_following_count: authorCount(author, 'following_count'),
    author_likes_received_count: authorCount(author, 'total_favorited'),
    author_likes_given_count: authorCount(author, 'favoriting_count'),
    author_post_count: authorCount(author, 'aweme_count'),
  };
}

function musicOf(item: unknown): Readings<PostFields> {
  const music = at(item, 'music');
  return {
    // `id` is a bare number that some upstreams have rounded; the texts beside it have all digits.
    music_id: firstOf(
      digitsOf(at(music, 'mid')),
      digitsOf(at(music, 'id_str')),
      digitsOf(at(music, 'music_id')),
      unroundedOf(at(music, 'id')),
    ),
    music_title: nameOf(at(music, 'title')),
    music_author: firstOf(nameOf(at(music, 'author')), nameOf(at(music, 'owner_nickname'))),
    music_is_original: flagOf(at(music, 'is_original_sound')),
    music_duration_ms: durationOf(at(music, 'duration'), 1000),
    music_album: nameOf(at(music, 'album')),
    music_url: firstUrlOf(at(music, 'play_url')),
  };
}

function viewsOf(item: unknown, platform: Platform): Reading<number> {
  const reading = countOf(at(item, 'statistics', 'play_count'));
  return platform === 'douyin' && valueOf(reading) === 0 ? notOnWeb : reading;
}

function countsOf(item: unknown, platform: Platform): Readings<PostFields> {
  const count = (field: string): Reading<number> => countOf(at(item, 'statistics', field));
  return {
    view_count: viewsOf(item, platform),
    like_count: count('digg_count'),
    comment_count: count('comment_count'),
    share_count: count('share_count'),
    save_count: count('collect_count'),
    repost_count: count('repost_count'),
    download_count: count('download_count'),
    forward_count: count('forward_count'),
    recommend_count: count('recommend_count'),
  };
}

/** Products of a Douyin post are in `anchor_info` (type 3) or in a list of promotions; none was ever captured. */
function productsOf(item: unknown, platform: Platform): Readings<PostFields> {
  if (platform === 'tiktok') return linkedProducts(item);
  const listed = [at(item, 'simple_promotions'), at(item, 'promotions')].map((value) =>
    typeof value === 'string' ? nestedJson(value) : value,
  );
  const promotions = listed.map(listOf).find((list) => list.length > 0) ?? [];
  const ids = promotions.flatMap(
    (promotion) =>
      valueOf(firstOf(digitsOf(at(promotion, 'product_id')), digitsOf(at(promotion, 'promotion_id')))) ?? [],
  );
  const hasAnchor = valueOf(numberOf(at(item, 'anchor_info', 'type'))) === 3;
  if (promotions.length === 0 && !hasAnchor) return {};
  return { has_product_link: { value: true }, product_ids: ids.length > 0 ? { value: [...new Set(ids)] } : absent };
}

function aiLabelOf(item: unknown): Reading<string> {
  const type = numberOf(at(item, 'aigc_info', 'aigc_label_type'));
  if ('value' in type) return { value: String(type.value) };
  const flag = flagOf(at(item, 'aigc_info', 'created_by_ai'));
  return 'value' in flag ? { value: String(flag.value) } : absent;
}

function isSet(value: unknown): boolean {
  return valueOf(flagOf(value)) === true;
}

function availabilityOf(item: unknown): PostRecord['availability'] {
  if (isSet(at(item, 'status', 'is_delete')) || isSet(at(item, 'is_delete'))) return 'removed';
  return isSet(at(item, 'is_private')) ||
    isSet(at(item, 'status', 'is_private')) ||
    isSet(at(item, 'status', 'private_status'))
    ? 'private'
    : 'ok';
}

function imagesOf(item: unknown, type: PostRecord['post_type']): Reading<readonly string[]> {
  const entries = imageEntries(item);
  if (type !== 'photo') return { value: [] };
  const urls = entries.flatMap(
    (image) =>
      valueOf(
        firstOf(
          firstUrlOf(at(image, 'url_list')),
          firstUrlOf(at(image, 'display_image')),
          firstUrlOf(at(image, 'label_large')),
        ),
      ) ?? [],
  );
  return urls.length > 0 ? { value: urls } : listReading(at(item, 'images'), urls);
}

function readItem(item: JsonObject, json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = firstPostId(item['aweme_id']);
  if (id === null) return [];
  const platform = context.platform ?? platformOf(item);
  const answeredAt = firstOf(positiveOf(at(json, 'extra', 'now')), positiveOf(at(json, 'data', 'extra', 'now')));
  const origin = originOf(context, platform, 'statistics', valueOf(answeredAt));
  const type = postType(item);
  const caption = firstOf(textOf(item['desc']), textOf(item['caption']));
  const author = authorOf(item, platform);
  const hasTags = 'value' in caption || Array.isArray(item['text_extra']) || Array.isArray(item['cha_list']);
  const video = item['video'];
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress(platform, id, type, valueOf(author.author_handle ?? absent)) },
    post_type: type === 'unknown' ? absent : { value: type },
    caption,
    caption_language: nameOf(item['desc_language']),
    created_at: secondsOf(item['create_time']),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    region: nameOf(item['region']),
    // The duration of a photo post is that of its music.
    duration_ms:
      type === 'photo' ? absent : firstOf(durationOf(at(video, 'duration'), 1), durationOf(item['duration'], 1)),
    width: ordinalOf(at(video, 'width')),
    height: ordinalOf(at(video, 'height')),
    ...countsOf(item, platform),
    hashtags: hasTags ? { value: mergeHashtags(listedHashtags(item), valueOf(caption)) } : absent,
    mentions: hasTags ? { value: mentionsOf(item, platform) } : absent,
    ...productsOf(item, platform),
    ...musicOf(item),
    cover_url: firstOf(firstUrlOf(at(video, 'cover')), firstUrlOf(at(video, 'origin_cover'))),
    media_url: firstUrlOf(at(video, 'play_addr')),
    image_urls: imagesOf(item, type),
    is_ad: flagOf(item['is_ads'] ?? item['is_ad']),
    is_paid_partnership: flagOf(at(item, 'commerce_info', 'is_paid_partnership')),
    is_pinned: flagOf(item['is_top']),
    ai_generated_label: aiLabelOf(item),
    collection_id: digitsOf(at(item, 'mix_info', 'mix_id')),
    collection_name: nameOf(at(item, 'mix_info', 'mix_name')),
    ...awemeLabels(item),
    ...author,
  };
  return [makePost(origin, id, availabilityOf(item), readings)];
}

/** Why a post was filtered out (`filter_reason` status_deleted …), or the answer's own code. */
function statusOf(json: unknown): AnswerStatus | null {
  const pages = at(json, 'loaderData');
  const parts = [
    json,
    at(json, 'data'),
    ...(isObject(pages) ? Object.values(pages).map((page) => at(page, 'videoInfoRes')) : []),
  ];
  for (const part of parts) {
    const filter = isObject(at(part, 'filter_detail')) ? at(part, 'filter_detail') : at(part, 'filter_list', 0);
    const reason = valueOf(nameOf(at(filter, 'filter_reason')));
    if (reason !== null)
      return {
        code: reason,
        message: valueOf(firstOf(nameOf(at(filter, 'detail_msg')), nameOf(at(filter, 'notice')))) ?? '',
      };
    const code = valueOf(numberOf(at(part, 'status_code')));
    if (code !== null && code !== 0)
      return { code: String(code), message: valueOf(nameOf(at(part, 'status_msg'))) ?? '' };
  }
  return null;
}

function hasEnvelope(json: unknown): boolean {
  const names = ['aweme_list', 'aweme_detail', 'filter_detail', 'filter_list'];
  return (
    [json, at(json, 'data')].some((part) => isObject(part) && names.some((name) => name in part)) ||
    isObject(at(json, 'loaderData'))
  );
}

export const aweme = definePayload({
  id: 'aweme',
  recognises: (json) => hasEnvelope(json) || itemsIn(json).length > 0,
  read: (json, context) => distinct(itemsIn(json)).flatMap((item) => readItem(item, json, context)),
  status: statusOf,
});
