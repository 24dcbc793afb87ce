/** Comments and replies, as the web sites and apps of both platforms list them. */
import type { CommentFields } from '../core/record-defaults.ts';
import { makeComment, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import type { CommentRecord } from '../core/record-kinds.ts';
import { idTime, type Platform } from '../core/ref.ts';
import { hostsOf } from './aweme-platform.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  firstUrlOf,
  flagOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  numberOf,
  positiveOf,
  secIdOf,
  secondsOf,
  textOf,
  valueOf,
} from './reading.ts';

function isComment(json: unknown): json is JsonObject {
  return (
    isObject(json) &&
    'value' in digitsOf(json['cid']) &&
    (json['text'] !== undefined || json['user'] !== undefined || json['create_time'] !== undefined)
  );
}

function listedIn(json: unknown): readonly JsonObject[] {
  if (isComment(json)) return [json];
  const list = Array.isArray(json) ? json : listOf(at(json, 'comments'));
  return list.filter(isComment);
}

/** Names that only one platform's comments have (Douyin 2023 to 2026, TikTok 2021 to 2026). */
const tellingFields: Readonly<Record<Platform, readonly string[]>> = {
  douyin: ['ip_label', 'item_comment_total', 'is_hot', 'can_share'],
  tiktok: ['comment_language', 'author_pin', 'no_show', 'trans_btn_style', 'is_comment_translatable'],
};

function addressesOf(comment: JsonObject): readonly unknown[] {
  const user = comment['user'];
  return [
    at(comment, 'share_info', 'url'),
    ...['avatar_larger', 'avatar_medium', 'avatar_thumb', 'avatar_168x168'].map((name) => at(user, name)),
    at(comment, 'image_list', 0, 'origin_url'),
    at(comment, 'sticker', 'animate_url'),
  ];
}

/**
 * Whose comments these are: as asked, or by where their pictures are kept, by the names of their fields, or by the page
 * that they were loaded on. Null: nothing tells, and none is to be filed under the wrong platform.
 */
function platformOf(comments: readonly JsonObject[], context: PayloadContext): Platform | null {
  if (context.platform) return context.platform;
  const byHost = comments.map((comment) => hostsOf(addressesOf(comment)));
  const lead = byHost.reduce((sum, hosts) => sum + hosts.douyin - hosts.tiktok, 0);
  if (lead !== 0) return lead > 0 ? 'douyin' : 'tiktok';
  const count = (platform: Platform): number =>
    comments.filter((comment) => tellingFields[platform].some((name) => comment[name] !== undefined)).length;
  const difference = count('douyin') - count('tiktok');
  if (difference !== 0) return difference > 0 ? 'douyin' : 'tiktok';
  const host = context.pageUrl !== null && URL.canParse(context.pageUrl) ? new URL(context.pageUrl).hostname : '';
  if (/(?:^|\.)douyin\.com$/u.test(host)) return 'douyin';
  return /(?:^|\.)tiktok\.com$/u.test(host) ? 'tiktok' : null;
}

function authorOf(user: unknown, platform: Platform): Readings<CommentFields> {
  return {
    author_id: digitsOf(at(user, 'uid')),
    author_sec_id: secIdOf(at(user, 'sec_uid')),
    // A Douyin account without a name of its own goes by the number.
    author_handle: firstOf(
      nameOf(at(user, 'unique_id')),
      platform === 'douyin' ? digitsOf(at(user, 'short_id')) : absent,
    ),
    author_name: nameOf(at(user, 'nickname')),
    author_avatar_url: firstOf(
      ...['avatar_larger', 'avatar_medium', 'avatar_thumb', 'avatar_168x168'].map((name) => firstUrlOf(at(user, name))),
    ),
  };
}

function imagesOf(comment: JsonObject): Reading<readonly string[]> {
  const urls = listOf(comment['image_list']).flatMap(
    (image) =>
      valueOf(
        firstOf(...['origin_url', 'crop_url', 'medium_url', 'url_list'].map((name) => firstUrlOf(at(image, name)))),
      ) ?? [],
  );
  // Null is how both platforms say that there is none.
  return 'image_list' in comment ? { value: urls } : absent;
}

/** TikTok says so; of Douyin the place among the pinned ones tells, from 1. */
function pinnedOf(comment: JsonObject): Reading<boolean> {
  const place = numberOf(comment['stick_position']);
  return firstOf(flagOf(comment['author_pin']), 'value' in place ? { value: place.value > 0 } : place);
}

function readComment(comment: JsonObject, parent: string | null, origin: RecordOrigin): CommentRecord | null {
  const id = valueOf(digitsOf(comment['cid']));
  if (id === null) return null;
  const parentId = firstOf(digitsOf(comment['reply_id']), known(parent));
  const answered = digitsOf(comment['reply_to_reply_id']);
  return makeComment(origin, id, {
    post_id: digitsOf(comment['aweme_id']),
    parent_comment_id: parentId,
    reply_to_comment_id: valueOf(answered) === valueOf(parentId) ? absent : answered,
    text: textOf(comment['text']),
    created_at: secondsOf(comment['create_time']),
    created_at_from_id: known(idTime(id, origin.provenance.fetched_at)),
    like_count: countOf(comment['digg_count']),
    reply_count: countOf(comment['reply_comment_total']),
    liked_by_author: flagOf(comment['is_author_digged']),
    is_pinned: pinnedOf(comment),
    language: valueOf(nameOf(comment['comment_language'])) === 'un' ? absent : nameOf(comment['comment_language']),
    image_urls: imagesOf(comment),
    sticker_url: firstOf(
      firstUrlOf(at(comment, 'sticker', 'animate_url')),
      firstUrlOf(at(comment, 'sticker', 'static_url')),
    ),
    ip_label: nameOf(comment['ip_label']),
    ...authorOf(comment['user'], origin.platform),
  });
}

/** A comment and the replies that are shown below it. */
function withReplies(comment: JsonObject): readonly (readonly [comment: JsonObject, parent: string | null])[] {
  const id = valueOf(digitsOf(comment['cid']));
  const replies = listOf(comment['reply_comment']).filter(isComment);
  return [[comment, null], ...replies.map((reply) => [reply, id] as const)];
}

function readComments(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const listed = listedIn(json);
  const platform = platformOf(listed, context);
  if (platform === null) return [];
  const answeredAt = valueOf(positiveOf(at(json, 'extra', 'now')));
  const seen = new Set<string>();
  return listed.flatMap(withReplies).flatMap(([comment, parent]): AnyRecord[] => {
    const id = valueOf(digitsOf(comment['cid'])) ?? '';
    if (seen.has(id)) return [];
    seen.add(id);
    const record = readComment(comment, parent, originOf(context, platform, 'comment', answeredAt, comment));
    return record ? [record] : [];
  });
}

export const comments = definePayload({
  id: 'comments',
  recognises: (json) => listedIn(json).length > 0,
  read: readComments,
});
