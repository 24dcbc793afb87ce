/** The author of an aweme, and users as answers about themselves give them: the same fields. */
import type { AuthorFields } from '../core/record.ts';
import type { Reading, Readings } from '../core/record-factory.ts';
import type { Platform } from '../core/ref.ts';
import { authorAddress } from './addresses.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  firstUrlOf,
  flagOf,
  handleOf,
  known,
  nameOf,
  secIdOf,
  textOf,
  valueOf,
} from './reading.ts';

/** A figure of a post's author. Web lists carry the block with zeros where it was not filled in (Douyin 2026). */
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

/** What names an author. */
export function awemeUser(author: unknown, platform: Platform): Readings<AuthorFields> {
  // A Douyin author without a name of their own goes by the number.
  const handle = firstOf(
    (platform === 'tiktok' ? handleOf : nameOf)(at(author, 'unique_id')),
    platform === 'douyin' ? digitsOf(at(author, 'short_id')) : absent,
  );
  const secId = secIdOf(at(author, 'sec_uid'));
  return {
    author_id: digitsOf(at(author, 'uid')),
    author_sec_id: secId,
    author_handle: handle,
    author_name: nameOf(at(author, 'nickname')),
    author_url: known(authorAddress(platform, valueOf(handle), valueOf(secId))),
    author_bio: textOf(at(author, 'signature')),
    author_avatar_url: firstOf(
      ...['avatar_larger', 'avatar_medium', 'avatar_thumb', 'avatar', 'avatar_uri'].map((field) =>
        firstUrlOf(at(author, field)),
      ),
    ),
    author_verified: verifiedOf(author),
    author_private: flagOf(at(author, 'secret')),
    author_is_seller: flagOf(at(author, 'with_fusion_shop_entry')),
    author_region: nameOf(at(author, 'region')),
  };
}

/** The author of an item, with the figures that the item carries. */
export function awemeAuthor(item: unknown, platform: Platform): Readings<AuthorFields> {
  const author = at(item, 'author');
  const user = awemeUser(author, platform);
  return {
    ...user,
    author_id: firstOf<string>(user.author_id ?? absent, digitsOf(at(item, 'author_user_id'))),
    author_follower_count: authorCount(author, 'follower_count'),
    author_following_count: authorCount(author, 'following_count'),
    author_likes_received_count: authorCount(author, 'total_favorited'),
    author_likes_given_count: authorCount(author, 'favoriting_count'),
    author_post_count: authorCount(author, 'aweme_count'),
  };
}
