/** TikTok accounts where they are what an answer or page is about: profiles, and the accounts that a search finds. */
import type { AuthorRecordFields } from '../core/record-defaults.ts';
import { makeAuthor, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import type { AuthorRecord } from '../core/record-kinds.ts';
import { authorAddress } from './addresses.ts';
import { platformOf } from './aweme-platform.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  firstUrlOf,
  flagOf,
  handleOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  numberOf,
  positiveOf,
  secIdOf,
  textOf,
  unreadable,
  urlOf,
  valueOf,
} from './reading.ts';
import { tiktokCounts, userCountFields, userCounts } from './tiktok-counts.ts';
import { tiktokParts } from './tiktok-parts.ts';
import { tiktokStatus } from './tiktok-status.ts';

/** An account with its figures beside it, as `{user, stats, statsV2}`. */
interface Profile {
  readonly user: JsonObject;
  readonly figures: JsonObject;
  /** What it was read from. */
  readonly raw: JsonObject;
}

function isUser(json: unknown): json is JsonObject {
  return isObject(json) && typeof json['uniqueId'] === 'string' && json['uniqueId'] !== '';
}

function profileOf(json: unknown): readonly Profile[] {
  const user = at(json, 'user');
  const hasFigures = isObject(at(json, 'stats')) || isObject(at(json, 'statsV2'));
  // A live room has a user and figures as well.
  if (!isObject(json) || !isUser(user) || !hasFigures || isObject(json['liveRoom'])) return [];
  const { stats, statsV2 } = json;
  return [{ user, figures: json, raw: { user, stats, statsV2 } }];
}

/** Of older pages: whose profile the page is. A post's page has its author there too, who is none of its subjects. */
function moduleProfile(json: unknown): readonly Profile[] {
  const users = at(json, 'UserModule', 'users');
  if (!isObject(users)) return [];
  const names = ['UserPage', 'MobileUserPage'].map((page) => valueOf(nameOf(at(json, page, 'uniqueId'))));
  const handles = Object.keys(users);
  const listsPosts = listOf(at(json, 'ItemList', 'user-post', 'list')).length > 0;
  const only = handles.length === 1 && (listsPosts || !isObject(at(json, 'ItemModule'))) ? handles[0] : null;
  const handle = names.find((name) => name !== null) ?? only ?? null;
  const user = handle === null ? null : at(users, handle);
  if (handle === null || !isUser(user)) return [];
  const [stats, statsV2] = ['stats', 'statsV2'].map((name) => at(json, 'UserModule', name, handle));
  const figures = { stats, statsV2 };
  return [{ user, figures, raw: { user, ...figures } }];
}

/** Embeds have the figures in the account itself. */
function embeddedProfile(userInfo: unknown): readonly Profile[] {
  const isFlat = isUser(userInfo) && 'followerCount' in userInfo;
  return isFlat ? [{ user: userInfo, figures: { stats: userInfo }, raw: userInfo }] : [];
}

function profilesIn(json: unknown): readonly Profile[] {
  return [
    ...tiktokParts(json).flatMap((part) => [
      ...profileOf(part['userInfo']),
      ...embeddedProfile(part['userInfo']),
      ...profileOf(part),
    ]),
    ...moduleProfile(json),
  ];
}

/** Douyin's searches have the same form; where their pictures are kept tells them apart. */
function foundUsers(json: unknown, context: PayloadContext): readonly JsonObject[] {
  const lists = [at(json, 'user_list'), ...listOf(at(json, 'data')).map((entry) => at(entry, 'user_list'))];
  return lists
    .flatMap(listOf)
    .map((entry) => at(entry, 'user_info'))
    .filter((user) => isObject(user))
    .filter((user) => (context.platform ?? platformOf({ author: user })) === 'tiktok');
}

/** A link without its scheme ("www.example.org/shop") is completed. */
function linkOf(value: unknown): Reading<string> {
  const link = nameOf(value);
  if ('missing' in link) return link;
  const isBare = /^[\w-]+(?:\.[\w-]+)+(?:[/?#]|$)/u.test(link.value);
  const completed = urlOf(isBare ? `https://${link.value}` : link.value);
  return 'value' in completed ? completed : unreadable;
}

/** A block that counts nothing at all was not filled in, and its zeros are no figures. */
function figuresOf(figures: JsonObject): Readings<AuthorRecordFields> {
  const counts = tiktokCounts(figures, userCounts, userCountFields);
  const isFilled = Object.values(counts).some((reading) => (valueOf(reading) ?? 0) > 0);
  return isFilled ? counts : {};
}

function readProfile({ user, figures, raw }: Profile, json: unknown, context: PayloadContext): AuthorRecord | null {
  const handle = handleOf(user['uniqueId']);
  const secId = secIdOf(user['secUid']);
  const isPrivate = firstOf(flagOf(user['privateAccount']), flagOf(user['secret']));
  const answeredAt = valueOf(positiveOf(at(json, 'extra', 'now')));
  const isClosed = valueOf(isPrivate) === true || tiktokStatus(json)?.availability === 'private';
  return makeAuthor(originOf(context, 'tiktok', 'stats', answeredAt, raw), isClosed ? 'private' : 'ok', {
    author_id: digitsOf(user['id']),
    author_sec_id: secId,
    author_handle: handle,
    author_name: firstOf(nameOf(user['nickname']), nameOf(user['nickName'])),
    author_url: known(authorAddress('tiktok', valueOf(handle), valueOf(secId))),
    author_bio: textOf(user['signature']),
    author_bio_url: linkOf(at(user, 'bioLink', 'link')),
    author_avatar_url: firstOf(
      ...['avatarLarger', 'avatarMedium', 'avatarThumb', 'avatarThumbUrl'].map((name) => urlOf(user[name])),
    ),
    author_verified: flagOf(user['verified']),
    author_private: isPrivate,
    author_is_seller: flagOf(user['ttSeller']),
    author_region: nameOf(user['region']),
    ...figuresOf(figures),
  });
}

/** Zeros in a search's answer mean that the figure was left out where the follower count is 0 as well. */
function foundCount(user: JsonObject, name: string): Reading<number> {
  const reading = countOf(user[name]);
  const isFilled = (valueOf(countOf(user['follower_count'])) ?? 0) > 0;
  return valueOf(reading) === 0 && !isFilled ? absent : reading;
}

function readFound(user: JsonObject, json: unknown, context: PayloadContext): AuthorRecord | null {
  const handle = handleOf(user['unique_id']);
  const secId = secIdOf(user['sec_uid']);
  const answeredAt = valueOf(positiveOf(at(json, 'extra', 'now')));
  const verify = user['custom_verify'];
  return makeAuthor(originOf(context, 'tiktok', 'user_info', answeredAt, user), 'ok', {
    author_id: firstOf(digitsOf(user['uid']), digitsOf(user['user_id'])),
    author_sec_id: secId,
    author_handle: handle,
    author_name: nameOf(user['nickname']),
    author_url: known(authorAddress('tiktok', valueOf(handle), valueOf(secId))),
    author_bio: textOf(user['signature']),
    author_avatar_url: firstOf(
      ...['avatar_larger', 'avatar_medium', 'avatar_thumb'].map((name) => firstUrlOf(user[name])),
    ),
    author_verified: typeof verify === 'string' ? { value: verify !== '' } : absent,
    author_private: 'value' in numberOf(user['secret']) ? flagOf(user['secret']) : absent,
    author_follower_count: foundCount(user, 'follower_count'),
    author_following_count: foundCount(user, 'following_count'),
    author_likes_received_count: foundCount(user, 'total_favorited'),
    author_post_count: foundCount(user, 'aweme_count'),
  });
}

function readUsers(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const records = [
    ...profilesIn(json).map((profile) => readProfile(profile, json, context)),
    ...foundUsers(json, context).map((user) => readFound(user, json, context)),
  ];
  return records.filter((record) => record !== null);
}

export const tiktokUser = definePayload({
  id: 'tiktok-user',
  recognises: (json) =>
    profilesIn(json).length > 0 ||
    isObject(at(json, 'userInfo')) ||
    isObject(at(json, 'user_list', 0, 'user_info')) ||
    listOf(at(json, 'data')).some((entry) => isObject(at(entry, 'user_list', 0, 'user_info'))),
  read: readUsers,
  status: tiktokStatus,
});
