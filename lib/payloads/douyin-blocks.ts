/** The blocks of Douyin's pages. */
import type { BlockName } from '../core/page-data.ts';
import type { AnyRecord } from '../core/record.ts';
import type { EntityRef } from '../core/ref.ts';
import { postsFirst, readAweme } from './aweme-item.ts';
import { aweme } from './aweme.ts';
import { awemeFromCamel, plainText, type Resolve } from './douyin-camel.ts';
import { readRoom, webRid } from './douyin-room.ts';
import { type DouyinPage, douyinPage } from './douyin-page.ts';
import { rscRows } from './douyin-rsc.ts';
import { streamParts } from './douyin-stream.ts';
import { readUser, userFromCamel } from './douyin-person.ts';
import { type EmbeddedAnswer, noEmbeddedAnswer, type PageSubject } from './embedded-answer.ts';
import type { AnswerStatus, PayloadContext } from './payload.ts';
import { at, digitsOf, isObject, type JsonObject, nestedJson, valueOf } from './reading.ts';

type DouyinBlock = Extract<BlockName, 'render-data' | 'pace-f' | 'stream-render-data' | 'router-data'>;

interface Decoded {
  readonly values: readonly unknown[];
  readonly resolve: Resolve;
}

function unescaped(text: string): string {
  if (!/^\s*%(?:7B|5B)/iu.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone % is no escape.
    return text;
  }
}

/** The JSON of a block; without an assignment around it, and each of several joined by line breaks. */
function jsonIn(text: string): readonly unknown[] {
  const json = unescaped(text.trim())
    .replace(/^[\w.$\s]{0,60}=\s*(?=[{[])/u, '')
    .replace(/;\s*$/u, '');
  const whole = nestedJson(json);
  if (whole !== null) return [whole];
  const lines = text.split('\n').map((line) => unescaped(line.trim()));
  return (streamParts(lines.join('\n')) ?? []).map(nestedJson);
}

function decode(block: DouyinBlock, text: string): Decoded {
  return block === 'pace-f' ? rscRows(text) : { values: jsonIn(text), resolve: plainText };
}

/** What a path of Douyin names: the post or the author; null for feeds and everything else. */
function subjectOf(pathname: string): string | null {
  return (
    /^\/(?:(?:share\/)?(?:video|note|slides|gallery|shipin)\/(\d{15,20})|user\/(MS4wLjABAAAA[\w-]{32,64}))/u
      .exec(pathname)
      ?.slice(1)
      .find((id) => id !== undefined) ?? null
  );
}

/** Whether the server rendered another page than the one that is open. A post in a window above it is the same page still. */
function isOtherPage(pathname: string | null, refs: readonly EntityRef[]): boolean {
  if (pathname === null) return false;
  const rendered = subjectOf(pathname);
  if (rendered !== null) return !refs.some(({ id }) => id === rendered);
  // `uid/ID` and `room/ID` are ids too.
  return refs.some(({ kind, id }) => kind !== 'post' && !pathname.includes(id.slice(id.indexOf('/') + 1)));
}

interface Used {
  readonly items: readonly unknown[];
  readonly rooms: readonly JsonObject[];
  readonly users: readonly JsonObject[];
  readonly isList: boolean;
  readonly stale: boolean;
}

function idOfItem(item: unknown): unknown {
  return at(item, 'awemeId') ?? at(item, 'aweme_id');
}

/**
 * The part of the block that is about the page as its address names it. A page that names a post (also one in a window
 * above a list) uses that post only: the list is behind it.
 */
function usable(found: DouyinPage, page: PageSubject | null): Used {
  const { details, listed, rooms, users } = found;
  if (page === null) return { items: [...details, ...listed], rooms, users, isList: listed.length > 0, stale: false };
  const named = new Set(page.refs.filter(({ kind }) => kind === 'post').map(({ id }) => id));
  const own = details.filter((item) => named.has(String(idOfItem(item))));
  const isOther = isOtherPage(found.pathname, page.refs);
  const keepsList = named.size === 0 && !isOther;
  const ofAuthor = (user: JsonObject): boolean =>
    page.refs.some(({ kind, id }) => kind === 'author' && id === user['secUid']);
  const lives = page.refs.filter(({ kind }) => kind === 'live').map(({ id }) => id);
  // A room that does not say its name in addresses cannot be told from the page's, where it is the only one.
  const ofRoom = (room: JsonObject): boolean => {
    const names = [webRid(room), valueOf(digitsOf(room['id_str']))];
    return (
      lives.some((id) => names.includes(id.replace('room/', ''))) ||
      (lives.length > 0 && names[0] === null && rooms.length === 1)
    );
  };
  const kept = {
    items: [...own, ...(keepsList ? listed : [])],
    rooms: rooms.filter(ofRoom),
    users: users.filter(ofAuthor),
  };
  const isUsed = kept.items.length + kept.rooms.length + kept.users.length > 0;
  // A list behind the window of a post belongs to the page; another page's does not.
  const hasOtherList = named.size === 0 && isOther && listed.length > 0;
  const isLeftOut = details.length > own.length || hasOtherList || rooms.length > kept.rooms.length;
  return { ...kept, isList: keepsList && listed.length > 0, stale: !isUsed && isLeftOut };
}

/** One item each, the first of those with the same id. */
function readItems(items: readonly unknown[], resolve: Resolve, context: PayloadContext): readonly AnyRecord[] {
  const read = new Map<unknown, readonly AnyRecord[]>();
  const told = new Set<string>();
  for (const raw of items) {
    const item = awemeFromCamel(raw, resolve);
    if (item === null || read.has(item['aweme_id'])) continue;
    const figureSource = isObject(at(raw, 'stats')) ? 'stats' : 'statistics';
    read.set(item['aweme_id'], readAweme(item, { answeredAt: null, raw, figureSource, told }, context));
  }
  return postsFirst([...read.values()].flat());
}

/** A share page: one post, or why there is none. */
function readSharePage(json: unknown, page: PageSubject | null, context: PayloadContext): EmbeddedAnswer {
  const named = page?.refs.filter(({ kind }) => kind === 'post').map(({ id }) => id) ?? null;
  const made: [AnyRecord, unknown][] = [];
  const records = aweme.read(json, { ...context, made: (record, raw) => made.push([record, raw]) });
  const post = records.find((record) => record.record_type === 'post');
  if (named !== null && post?.record_type === 'post' && !named.includes(post.post_id))
    return { ...noEmbeddedAnswer, payload: aweme.id, stale: true };
  // Told only now: what is left out was not made.
  for (const [record, raw] of made) context.made?.(record, raw);
  const status: AnswerStatus | null = records.length > 0 ? null : (aweme.status?.(json) ?? null);
  return { ...noEmbeddedAnswer, payload: aweme.id, records, status };
}

/**
 * Reads a block of a Douyin page: posts, lists, rooms and authors that it embeds for the page that `page` names. Guests
 * get none (2026). Never throws.
 */
export function readDouyinBlock(
  block: DouyinBlock,
  text: string,
  page: PageSubject | null,
  given: PayloadContext,
): EmbeddedAnswer {
  const context: PayloadContext = { ...given, platform: 'douyin' };
  const { values, resolve } = decode(block, text);
  if (block === 'router-data') return readSharePage(values[0], page, context);
  const found = douyinPage(values, resolve);
  const { items, rooms, users, isList, stale } = usable(found, page);
  const isViewer = (user: JsonObject): boolean => found.viewer.includes(String(user['secUid']));
  const records = [
    ...readItems(items, resolve, context),
    ...rooms.flatMap((room) => readRoom(room, room, context)),
    ...users.filter((user) => !isViewer(user)).flatMap((user) => readUser(userFromCamel(user, resolve), user, context)),
  ];
  const payload = records.length > 0 ? aweme.id : null;
  return { payload, records, status: null, stale, viewer: found.viewer, isList };
}
