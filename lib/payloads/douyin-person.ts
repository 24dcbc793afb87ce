/** Users that an answer or a page is about. The fields are those of a post's author, all of them filled in. */
import { makeAuthor, type Reading } from '../core/record-factory.ts';
import type { AnyRecord, Availability } from '../core/record.ts';
import { awemeUser } from './aweme-author.ts';
import { platformOf } from './aweme-platform.ts';
import { type Resolve, snakeNames } from './douyin-camel.ts';
import { originOf, type PayloadContext } from './payload.ts';
import { at, countOf, firstOf, firstUrlOf, flagOf, type JsonObject, nameOf, urlOf, valueOf } from './reading.ts';

/** An embedded user in the words of the answers: a page calls the bio `desc`. */
export function userFromCamel(held: unknown, resolve: Resolve): JsonObject {
  const user = snakeNames(held, resolve) ?? {};
  return { ...user, signature: user['signature'] ?? user['desc'], avatar: user['avatar'] ?? user['avatar_url'] };
}

function availabilityOf(user: unknown): Availability {
  if (valueOf(flagOf(at(user, 'user_canceled'))) === true) return 'removed';
  return valueOf(flagOf(at(user, 'secret'))) === true ? 'private' : 'ok';
}

/** "IP属地：浙江" as the place alone. */
function placeOf(value: unknown): Reading<string> {
  const place = nameOf(value);
  return 'value' in place ? nameOf(place.value.replace(/^IP属地[:：]?\s*/u, '')) : place;
}

/** The author's record; none without an id. `mplatform_followers_count` counts other apps too and is not read. */
export function readUser(user: unknown, raw: unknown, context: PayloadContext): readonly AnyRecord[] {
  const platform = context.platform ?? platformOf({ author: user });
  const count = (field: string): Reading<number> => countOf(at(user, field));
  const record = makeAuthor(originOf(context, platform, 'user', null, raw), availabilityOf(user), {
    ...awemeUser(user, platform),
    author_follower_count: count('follower_count'),
    author_following_count: count('following_count'),
    author_likes_received_count: count('total_favorited'),
    author_likes_given_count: count('favoriting_count'),
    author_post_count: count('aweme_count'),
    author_bio_url: firstOf(urlOf(at(user, 'bio_url')), firstUrlOf(at(user, 'bio_secure_url'))),
    author_ip_location: placeOf(at(user, 'ip_location')),
  });
  return record === null ? [] : [record];
}
