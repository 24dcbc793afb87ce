/**
 * Comments as TikTok's Research API gives them (its "Query Video Comments" of 2026-09): without who wrote them, and with
 * telephone numbers and addresses in the text made unreadable.
 */
import type { CommentFields } from '../core/record-defaults.ts';
import { makeComment, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  secondsOf,
  textOf,
  valueOf,
} from './reading.ts';

/** Other comments of TikTok are called `cid`. */
function isComment(json: unknown): json is JsonObject {
  return (
    isObject(json) &&
    'value' in digitsOf(json['id']) &&
    json['cid'] === undefined &&
    ('value' in digitsOf(json['video_id']) || json['parent_comment_id'] !== undefined) &&
    (json['text'] !== undefined || json['like_count'] !== undefined || json['create_time'] !== undefined)
  );
}

function commentsIn(json: unknown, context: PayloadContext | null): readonly JsonObject[] {
  const data = at(json, 'data');
  const list = Array.isArray(json) ? json : at(isObject(data) ? data : json, 'comments');
  const entries = Array.isArray(list) ? list : [json];
  if (context?.provider === 'tiktok-research')
    return listOf(list).filter((entry): entry is JsonObject => isObject(entry) && 'value' in digitsOf(entry['id']));
  return entries.filter(isComment);
}

const withheld = { missing: 'redacted' } as const;

function readComment(comment: JsonObject, context: PayloadContext): readonly AnyRecord[] {
  const id = valueOf(digitsOf(comment['id']));
  if (id === null) return [];
  const origin = originOf(context, 'tiktok', 'api:tiktok-research', null, comment);
  const video = digitsOf(comment['video_id']);
  const parent = digitsOf(comment['parent_comment_id']);
  const readings: Readings<CommentFields> = {
    post_id: video,
    // A comment on the video itself has the video's id in this place.
    parent_comment_id: valueOf(parent) !== null && valueOf(parent) === valueOf(video) ? absent : parent,
    text: textOf(comment['text']),
    created_at: secondsOf(comment['create_time']),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    like_count: countOf(comment['like_count']),
    reply_count: countOf(comment['reply_count']),
    author_id: withheld,
    author_sec_id: withheld,
    author_handle: withheld,
    // Only the replies to a comment have been documented with it.
    author_name: comment['display_name'] === undefined ? withheld : nameOf(comment['display_name']),
    author_avatar_url: withheld,
  };
  return [makeComment(origin, id, readings)];
}

export const tiktokResearchComment = definePayload({
  id: 'tiktok-research-comment',
  recognises: (json) => commentsIn(json, null).length > 0,
  read: (json, context) => commentsIn(json, context).flatMap((comment) => readComment(comment, context)),
});
