/**
 * The researcher's own TikTok account as the Display API gives it (`/v2/user/info/`, 2026-11). Its ids (`open_id`,
 * `union_id`) are made for the app that asks and name nobody elsewhere: the handle is what identifies the account, and
 * it comes with the scope user.info.profile only.
 */
import { makeAuthor } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { authorAddress } from './addresses.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  at,
  countOf,
  dataOf,
  firstOf,
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
import { displayStatus } from './tiktok-display-envelope.ts';

function userIn(json: unknown): JsonObject | null {
  const user = at(dataOf(json), 'user');
  return isObject(user) && ['open_id', 'union_id', 'display_name'].some((name) => name in user) ? user : null;
}

function readUser(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const user = userIn(json);
  if (!user) return [];
  const handle = handleOf(user['username']);
  const author = makeAuthor(originOf(context, 'tiktok', 'user', null, user), 'ok', {
    author_handle: handle,
    author_name: nameOf(user['display_name']),
    author_url: known(authorAddress('tiktok', valueOf(handle), null)),
    author_bio: textOf(user['bio_description']),
    author_avatar_url: firstOf(
      ...['avatar_large_url', 'avatar_url', 'avatar_url_100'].map((name) => urlOf(user[name])),
    ),
    author_verified: flagOf(user['is_verified']),
    author_follower_count: countOf(user['follower_count']),
    author_following_count: countOf(user['following_count']),
    author_likes_received_count: countOf(user['likes_count']),
    author_post_count: countOf(user['video_count']),
  });
  return author ? [author] : [];
}

export const tiktokDisplayUser = definePayload({
  id: 'tiktok-display-user',
  recognises: (json) => userIn(json) !== null,
  read: readUser,
  status: displayStatus,
});
