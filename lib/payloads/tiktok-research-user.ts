/**
 * An account as TikTok's Research API gives it (its "Query User Info" of 2026-09). The answer does not say whose account
 * it is: whoever asked must put the handle into `username`, and without it there is no record.
 */
import type { AuthorRecordFields } from '../core/record-defaults.ts';
import { makeAuthor, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { authorAddress } from './addresses.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  at,
  countOf,
  dataOf,
  flagOf,
  handleOf,
  isObject,
  type JsonObject,
  known,
  nameOf,
  textOf,
  urlOf,
  valueOf,
} from './reading.ts';

/** The Display API names its accounts by `open_id` and puts them into `user`. */
function isUser(json: unknown): json is JsonObject {
  return (
    isObject(json) &&
    json['open_id'] === undefined &&
    typeof json['username'] === 'string' &&
    ['display_name', 'bio_description', 'likes_count', 'follower_count'].filter((name) => json[name] !== undefined)
      .length >= 2
  );
}

function userIn(json: unknown, context: PayloadContext | null): JsonObject | null {
  const data = dataOf(json);
  if (context?.provider === 'tiktok-research') return isObject(data) ? data : null;
  return isUser(data) ? data : null;
}

function readUser(user: JsonObject, context: PayloadContext): readonly AnyRecord[] {
  const handle = handleOf(at(user, 'username'));
  const readings: Readings<AuthorRecordFields> = {
    author_handle: handle,
    author_name: nameOf(user['display_name']),
    author_url: known(authorAddress('tiktok', valueOf(handle), null)),
    author_bio: textOf(user['bio_description']),
    author_bio_url: urlOf(user['bio_url']),
    author_avatar_url: urlOf(user['avatar_url']),
    author_verified: flagOf(user['is_verified']),
    author_follower_count: countOf(user['follower_count']),
    author_following_count: countOf(user['following_count']),
    author_likes_received_count: countOf(user['likes_count']),
    author_post_count: countOf(user['video_count']),
  };
  const record = makeAuthor(originOf(context, 'tiktok', 'api:tiktok-research', null, user), 'ok', readings);
  return record ? [record] : [];
}

export const tiktokResearchUser = definePayload({
  id: 'tiktok-research-user',
  recognises: (json) => userIn(json, null) !== null,
  read: (json, context) => {
    const user = userIn(json, context);
    return user ? readUser(user, context) : [];
  },
});
