/**
 * A hashtag that an answer is about: `challenge/detail/` (`ch_info`). Fields by public programs (2026-08); no such answer
 * was captured. `user_count` counts who took part, not posts, and is not read as the latter.
 */
import { makeHashtag, type Reading } from '../core/record-factory.ts';
import { definePayload, originOf } from './payload.ts';
import { douyinStatus } from './douyin-status.ts';
import {
  at,
  countOf,
  digitsOf,
  firstOf,
  isObject,
  type JsonObject,
  nameOf,
  notOnWeb,
  textOf,
  valueOf,
} from './reading.ts';

function hashtagOf(json: unknown): JsonObject | null {
  const found = [at(json, 'ch_info'), at(json, 'data', 'ch_info')].find(isObject);
  return found && 'value' in digitsOf(found['cid']) ? found : null;
}

/** A hashtag with users has views; 0 is how lists of the web leave them out. */
function viewsOf(hashtag: JsonObject): Reading<number> {
  const views = countOf(hashtag['view_count']);
  const users = valueOf(countOf(hashtag['user_count'])) ?? 0;
  return valueOf(views) === 0 && users > 0 ? notOnWeb : views;
}

export const douyinHashtag = definePayload({
  id: 'douyin-hashtag',
  recognises: (json) => hashtagOf(json) !== null,
  read: (json, context) => {
    const hashtag = hashtagOf(json);
    if (hashtag === null) return [];
    const origin = originOf(context, context.platform ?? 'douyin', 'ch_info', null, hashtag);
    const record = makeHashtag(origin, {
      hashtag: nameOf(hashtag['cha_name']),
      hashtag_id: digitsOf(hashtag['cid']),
      description: textOf(hashtag['desc']),
      view_count: viewsOf(hashtag),
      post_count: firstOf(countOf(hashtag['post_count']), countOf(hashtag['item_count'])),
    });
    return record === null ? [] : [record];
  },
  status: douyinStatus,
});
