/**
 * A user whom an answer is about: `/aweme/v1/web/user/profile/other/` (`user`) and iesdouyin's user info (`user_info`).
 * Fields by f2, TikTokDownloader and Douyin_TikTok_Download_API of 2026-08; no such answer was captured.
 */
import { readUser } from './douyin-person.ts';
import { douyinStatus } from './douyin-status.ts';
import { definePayload } from './payload.ts';
import { at, idOf, isObject, type JsonObject } from './reading.ts';

/** Commenters and authors of posts are users as well, but none of those stands at the top of an answer with its figures. */
function userOf(json: unknown): JsonObject | null {
  for (const place of [json, at(json, 'data')]) {
    for (const name of ['user', 'user_info']) {
      const user = at(place, name);
      const hasFigures = ['follower_count', 'aweme_count', 'total_favorited'].some(
        (field) => at(user, field) !== undefined,
      );
      if (isObject(user) && 'value' in idOf(user['sec_uid']) && hasFigures) return user;
    }
  }
  return null;
}

export const douyinUser = definePayload({
  id: 'douyin-user',
  recognises: (json) => userOf(json) !== null,
  read: (json, context) => {
    const user = userOf(json);
    return user === null ? [] : readUser(user, user, context);
  },
  status: douyinStatus,
});
