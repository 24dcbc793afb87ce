/** What a part of a TikTok page is about, and whether that is what the page's address names. */
import type { EntityKind, EntityRef } from '../core/ref.ts';
import type { PageSubject } from './embedded-answer.ts';
import { at, digitsOf, firstPostId, isObject, listOf, nameOf, valueOf } from './reading.ts';

/** `feed`: a page that names nothing. `ids` null: it does not say which; any of the kind fits. */
export interface PartSubject {
  readonly kind: EntityKind | 'feed';
  readonly ids: readonly string[] | null;
}

const feed: PartSubject = { kind: 'feed', ids: null };

const sameId = (id: string): string => id.normalize('NFC').toLowerCase();

/** An account's page is also the one it broadcasts on. */
function isKind(ref: EntityRef, kind: PartSubject['kind']): boolean {
  return ref.kind === kind || (kind === 'author' && ref.kind === 'live') || (kind === 'live' && ref.kind === 'author');
}

/** Whether the page's address names it. A page without a known address never contradicts. */
export function fits(subject: PartSubject, page: PageSubject | null): boolean {
  if (page === null) return true;
  if (subject.kind === 'feed') return page.refs.length === 0;
  const ids = subject.ids?.map(sameId);
  return page.refs.some((ref) => isKind(ref, subject.kind) && (ids?.includes(sameId(ref.id)) ?? true));
}

function named(kind: EntityKind, ...ids: readonly (string | null)[]): PartSubject {
  return { kind, ids: ids.filter((id) => id !== null) };
}

const prefixed = (prefix: string, id: string | null): string | null => (id === null ? null : `${prefix}/${id}`);

export function subjectOfUser(user: unknown): PartSubject {
  const id = valueOf(digitsOf(at(user, 'id')));
  const room = valueOf(digitsOf(at(user, 'roomId')));
  return named(
    'author',
    valueOf(nameOf(at(user, 'uniqueId'))),
    valueOf(nameOf(at(user, 'secUid'))),
    prefixed('uid', id),
    prefixed('room', room),
  );
}

/** By what a scope, or the props of a page, hold; null: they hold nothing that tells. */
export function subjectOfPart(part: unknown): PartSubject | null {
  const item = firstPostId(at(part, 'itemInfo', 'itemStruct', 'id'));
  if (item !== null) return named('post', item);
  const user = at(part, 'userInfo', 'user') ?? at(part, 'userInfo');
  if (valueOf(nameOf(at(user, 'uniqueId'))) !== null) return subjectOfUser(user);
  const tag = at(part, 'challengeInfo', 'challenge');
  if (isObject(tag))
    return named('hashtag', valueOf(nameOf(tag['title'])), prefixed('id', valueOf(digitsOf(tag['id']))));
  const music = valueOf(digitsOf(at(part, 'musicInfo', 'music', 'id')));
  if (music !== null) return named('music', music);
  const mix = at(part, 'mixInfo') ?? at(part, 'collectionInfo');
  if (!isObject(mix)) return null;
  const ids = [mix['mixId'], mix['collectionId'], mix['id']].map((id) => valueOf(digitsOf(id)));
  return named('collection', ...ids);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const paths: readonly (readonly [EntityKind, RegExp])[] = [
  ['post', /\/(?:video|photo)\/(\d{15,20})\/?$/u],
  ['live', /^\/@([^/]+)\/live\/?$/u],
  ['collection', /\/(?:playlist|collection)\/[^/]*?(\d+)\/?$/u],
  ['author', /^\/@([^/]+)\/?$/u],
  ['hashtag', /^\/tag\/([^/]+)\/?$/u],
  ['music', /^\/music\/[^/]*?(\d+)\/?$/u],
];

/** By the address that the server wrote into the page it sent (`canonical`); null where that is none of these. */
export function subjectOfAddress(address: unknown): PartSubject | null {
  if (typeof address !== 'string' || !URL.canParse(address)) return null;
  const path = decoded(new URL(address).pathname);
  for (const [kind, pattern] of paths) {
    const id = pattern.exec(path)?.[1];
    if (id !== undefined) return named(kind, id);
  }
  return null;
}

const scopeKinds: readonly (readonly [RegExp, PartSubject['kind']])[] = [
  [/updated-items/u, 'feed'],
  [/video/u, 'post'],
  [/user/u, 'author'],
  [/challenge|tag/u, 'hashtag'],
  [/music/u, 'music'],
  [/mix|playlist|collection/u, 'collection'],
];

/**
 * What a scope of the universal data is about. Where it only holds a status, its name says the kind and the address in
 * `seo.abtest` which one.
 */
export function subjectOfScope(name: string, scope: unknown, canonical: unknown): PartSubject | null {
  const told = subjectOfPart(scope);
  if (told) return told;
  const kind = scopeKinds.find(([pattern]) => pattern.test(name))?.[1];
  if (kind === undefined) return null;
  if (kind === 'feed') return feed;
  const addressed = subjectOfAddress(canonical);
  return addressed?.kind === kind ? addressed : { kind, ids: null };
}

/** What the items of `SIGI_STATE` are about. */
export function subjectOfState(json: unknown): PartSubject {
  const owners = ['UserPage', 'MobileUserPage'].map((page) => at(json, page));
  const owner = owners.find((page) => valueOf(nameOf(at(page, 'uniqueId'))) !== null);
  if (owner !== undefined) return subjectOfUser(owner);
  const users = at(json, 'UserModule', 'users');
  const listsPosts = listOf(at(json, 'ItemList', 'user-post', 'list')).length > 0;
  const [user] = isObject(users) ? Object.values(users) : [];
  if (listsPosts && user !== undefined) return subjectOfUser(user);
  const addressed = subjectOfAddress(at(json, 'SEOState', 'canonical'));
  if (addressed) return addressed;
  const module = at(json, 'ItemModule');
  const [only, ...others] = isObject(module) ? Object.keys(module) : [];
  return only !== undefined && others.length === 0 ? named('post', only) : feed;
}

export function subjectOfRoom(info: unknown): PartSubject {
  return { kind: 'live', ids: subjectOfUser(at(info, 'user')).ids };
}

/** By the props of the older pages. */
export function subjectOfProps(props: unknown): PartSubject {
  return subjectOfPart(props) ?? feed;
}

/** By the path of an embed: `/embed/@USER`, `/embed/v2/ID`, `/embed/ID`. */
export function subjectOfEmbed(path: string): PartSubject | null {
  const handle = /^\/embed\/@([^/?#]+)/u.exec(path)?.[1];
  if (handle !== undefined) return named('author', decoded(handle));
  const id = /^\/embed\/(?:v2\/)?(\d{15,20})/u.exec(path)?.[1];
  return id === undefined ? null : named('post', id);
}
