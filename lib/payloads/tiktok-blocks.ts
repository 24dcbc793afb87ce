/** The blocks of TikTok's pages. What each holds is read like an answer, once the parts about other pages are left out. */
import type { BlockName } from '../core/page-data.ts';
import type { AnyRecord } from '../core/record.ts';
import { type EmbeddedAnswer, noEmbeddedAnswer, type PageSubject } from './embedded-answer.ts';
import { readAnswer } from './index.ts';
import type { PayloadContext } from './payload.ts';
import { at, isObject, type JsonObject, listOf, nestedJson } from './reading.ts';
import { itemOfVideoData, itemOfVideoList } from './tiktok-embed.ts';
import { scopesOf } from './tiktok-parts.ts';
import { hasPageStatus, statusOfPart, tiktokStatus } from './tiktok-status.ts';
import {
  fits,
  subjectOfEmbed,
  subjectOfPart,
  subjectOfProps,
  subjectOfRoom,
  subjectOfScope,
  subjectOfState,
} from './tiktok-subject.ts';

/** What of a block is about the page. */
interface Kept {
  readonly json: JsonObject;
  readonly isStale: boolean;
  readonly isList: boolean;
  /** Parts that were put together under other names, and what they were made of. */
  readonly originals?: ReadonlyMap<unknown, unknown>;
}

const hasEntries = (value: unknown): boolean => listOf(value).length > 0;

/** Whether a scope would give anything at all; most hold settings. */
function isTelling(name: string, scope: unknown): boolean {
  return (
    subjectOfPart(scope) !== null ||
    hasEntries(scope) ||
    hasEntries(at(scope, 'itemList')) ||
    (hasPageStatus(name) && statusOfPart(scope) !== null)
  );
}

function keptOfUniversal(json: unknown, page: PageSubject | null): Kept {
  const canonical = at(json, '__DEFAULT_SCOPE__', 'seo.abtest', 'canonical');
  const kept: [string, unknown][] = [];
  let isStale = false;
  for (const [name, scope] of scopesOf(json)) {
    const subject = isTelling(name, scope) ? subjectOfScope(name, scope, canonical) : null;
    if (subject === null) continue;
    if (fits(subject, page)) kept.push([name, scope]);
    else isStale = true;
  }
  const isList = kept.some(
    ([, scope]) =>
      hasEntries(scope) || hasEntries(at(scope, 'itemList')) || hasEntries(at(scope, 'userInfo', 'itemList')),
  );
  return { json: { __DEFAULT_SCOPE__: Object.fromEntries(kept) }, isStale, isList };
}

/** Of the items of another page only those that this one names. */
function namedItems(module: unknown, page: PageSubject | null): JsonObject {
  const ids = page?.refs.filter((ref) => ref.kind === 'post').map((ref) => ref.id) ?? [];
  const items = ids.map((id) => [id, at(module, id)] as const);
  return Object.fromEntries(items.filter(([, item]) => isObject(item)));
}

const stateParts = ['ItemModule', 'ItemList', 'UserModule', 'UserPage', 'MobileUserPage', 'VideoPage'] as const;

function keptOfState(json: unknown, page: PageSubject | null): Kept {
  const room = at(json, 'LiveRoom', 'liveRoomUserInfo');
  const hasRoom = isObject(room);
  const keepsRoom = hasRoom && fits(subjectOfRoom(room), page);
  const live = keepsRoom ? { LiveRoom: { liveRoomUserInfo: room } } : {};
  const parts = stateParts.flatMap((name) => {
    const part = at(json, name);
    return isObject(part) ? [[name, part] as const] : [];
  });
  const isStale = hasRoom && !keepsRoom;
  if (parts.length === 0) return { json: live, isStale, isList: false };
  if (!fits(subjectOfState(json), page)) {
    const named = { ItemModule: namedItems(at(json, 'ItemModule'), page), UserModule: at(json, 'UserModule') };
    return { json: { ...named, ...live }, isStale: true, isList: false };
  }
  const lists = at(json, 'ItemList');
  // `video` is the page of one post.
  const isList = Object.entries(isObject(lists) ? lists : {}).some(
    ([name, list]) => name !== 'video' && hasEntries(at(list, 'list')),
  );
  return { json: { ...Object.fromEntries(parts), ...live }, isStale, isList };
}

function keptOfNext(json: unknown, page: PageSubject | null): Kept {
  const pageProps = at(json, 'props', 'pageProps');
  if (!isObject(pageProps) || !fits(subjectOfProps(pageProps), page))
    return { json: {}, isStale: isObject(pageProps), isList: false };
  return { json: { props: { pageProps } }, isStale: false, isList: hasEntries(pageProps['items']) };
}

function keptOfEmbed(json: unknown, page: PageSubject | null): Kept {
  const pages = at(json, 'source', 'data');
  const items: JsonObject[] = [];
  const users: unknown[] = [];
  const originals = new Map<unknown, unknown>();
  let isStale = false;
  let isList = false;
  for (const [path, data] of Object.entries(isObject(pages) ? pages : {})) {
    const subject = subjectOfEmbed(path);
    if (subject === null) continue;
    if (!fits(subject, page)) {
      isStale = true;
      continue;
    }
    const userInfo = at(data, 'userInfo');
    const list = listOf(at(data, 'videoList'));
    const made = [
      [itemOfVideoData(at(data, 'videoData')), at(data, 'videoData')] as const,
      ...list.map((entry) => [itemOfVideoList(entry, userInfo), entry] as const),
    ];
    for (const [item, original] of made) {
      if (item === null) continue;
      items.push(item);
      originals.set(item, original);
    }
    if (isObject(userInfo)) users.push(userInfo);
    isList ||= list.length > 0;
  }
  const [userInfo] = users;
  return { json: { itemList: items, ...(userInfo === undefined ? {} : { userInfo }) }, isStale, isList, originals };
}

type TiktokBlock = Extract<BlockName, 'universal-data' | 'sigi-state' | 'next-data' | 'frontity-state'>;

const keepers: { readonly [Name in TiktokBlock]: (json: unknown, page: PageSubject | null) => Kept } = {
  'universal-data': keptOfUniversal,
  'sigi-state': keptOfState,
  'next-data': keptOfNext,
  'frontity-state': keptOfEmbed,
};

/** Handle, number and sec id of the account that is logged in; none for a guest. */
function viewerOf(json: unknown): readonly string[] {
  const accounts = [
    at(json, '__DEFAULT_SCOPE__', 'webapp.app-context', 'user'),
    at(json, 'AppContext', 'appContext', 'user'),
    at(json, 'props', 'initialProps', '$user'),
    at(json, 'query', '$initialProps', '$user'),
  ];
  const names = accounts.flatMap((user) => ['uniqueId', 'uid', 'secUid'].map((name) => at(user, name)));
  const known = names.map((name) => (typeof name === 'number' ? String(name) : name));
  return [...new Set(known.filter((name) => typeof name === 'string').filter((name) => name !== '' && name !== '0'))];
}

export function readTiktokBlock(
  block: TiktokBlock,
  text: string,
  page: PageSubject | null,
  context: PayloadContext,
): EmbeddedAnswer {
  const json = nestedJson(text);
  if (!isObject(json)) return noEmbeddedAnswer;
  const { json: kept, isStale, isList, originals } = keepers[block](json, page);
  const made = (record: AnyRecord, raw: unknown): void => context.made?.(record, originals?.get(raw) ?? raw);
  const answer = readAnswer(kept, { ...context, platform: 'tiktok', made });
  const status = answer.records.length > 0 ? null : (answer.status ?? tiktokStatus(kept));
  return { ...answer, status, stale: isStale, viewer: viewerOf(json), isList };
}
