/**
 * What the JSON of a Douyin page holds, wherever its build put it: posts, lists, a live room, and who is logged in.
 * Places: RENDER_DATA `['<n>'].aweme.detail` and `app.videoDetail` (until 2025), server components with
 * `recommendAwemeList`, `homeFetchData.awemeList`, `videoDetail` and `aweme` (zeeschuimer 2026-08), live rooms
 * `state.roomStore.roomInfo`. Guests of 2026-05 and 2026-07 got none of the posts.
 */
import { type Resolve } from './douyin-camel.ts';
import { at, firstPostId, idOf, isObject, type JsonObject, nameOf, valueOf } from './reading.ts';

export interface DouyinPage {
  /** The posts that the page is about, not yet translated. */
  readonly details: readonly unknown[];
  /** The items of its lists, in their order. */
  readonly listed: readonly unknown[];
  readonly rooms: readonly JsonObject[];
  /** Users as a profile page embeds them. */
  readonly users: readonly JsonObject[];
  /** Handles, ids and sec ids of the account that is logged in. */
  readonly viewer: readonly string[];
  /** The path that the server rendered; null where the JSON does not say. */
  readonly pathname: string | null;
}

/** Lists that are the page's own. Related and preloaded ones are not what it shows. */
const listNames = ['recommendAwemeList', 'awemeList'] as const;
const detailNames = ['videoDetail', 'awemeDetail', 'aweme', 'detail'] as const;

/** Most of a page's JSON is configuration; a hostile one may be anything. */
const mostValues = 300_000;
const deepest = 100;

const telling = ['desc', 'authorInfo', 'author', 'stats', 'statistics', 'video', 'images'] as const;

/** What holds a post may carry its id as well. */
function isItem(held: unknown): boolean {
  return (
    isObject(held) &&
    firstPostId(held['awemeId'], held['aweme_id']) !== null &&
    telling.some((field) => held[field] !== undefined)
  );
}

const viewerFields = [
  'uid',
  'secUid',
  'sec_uid',
  'uniqueId',
  'unique_id',
  'shortId',
  'short_id',
  'id',
  'id_str',
  'user_id',
  'userId',
] as const;

function namesOf(user: unknown): readonly string[] {
  const info = at(user, 'info') ?? at(user, 'user');
  return [user, info].flatMap((part) => viewerFields.flatMap((field) => valueOf(idOf(at(part, field))) ?? []));
}

class Walk {
  readonly details: unknown[] = [];
  readonly listed: unknown[] = [];
  readonly rooms: JsonObject[] = [];
  readonly users: JsonObject[] = [];
  readonly viewer = new Set<string>();
  pathname: string | null = null;
  readonly #resolve: Resolve;
  #left = mostValues;

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  visit(held: unknown, depth: number): void {
    this.#left--;
    if (this.#left < 0 || depth > deepest || typeof held !== 'object' || held === null) return;
    if (Array.isArray(held)) {
      for (const entry of held) this.visit(entry, depth + 1);
      return;
    }
    if (isObject(held)) this.#read(held, depth);
  }

  /** What a value stands for: rows of a stream may refer to one another. */
  #value(held: unknown): unknown {
    return typeof held === 'string' && held.startsWith('$') ? this.#resolve(held) : held;
  }

  #read(held: JsonObject, depth: number): void {
    this.#readViewer(held);
    const path = held['pathname'];
    if (this.pathname === null && typeof path === 'string' && path.startsWith('/')) this.pathname = path;
    const room = at(held, 'roomInfo', 'room');
    if (isObject(room)) this.rooms.push({ web_rid: at(held, 'roomInfo', 'web_rid'), ...room });
    for (const [name, value] of Object.entries(held)) {
      if (this.#readPosts(name, this.#value(value))) continue;
      this.visit(value, depth + 1);
    }
  }

  /** Whether this was a post or a list, which need not be walked. */
  #readPosts(name: string, value: unknown): boolean {
    if (detailNames.some((known) => known === name) && isItem(value)) {
      this.details.push(value);
      return true;
    }
    const list = name === 'post' ? at(value, 'data') : value;
    const isList = name === 'post' || listNames.some((known) => known === name);
    if (!isList || !Array.isArray(list)) return false;
    const items = list.map((entry: unknown) => this.#value(entry)).filter(isItem);
    this.listed.push(...items);
    return items.length > 0;
  }

  #readViewer(held: JsonObject): void {
    const isLoggedIn = held['isLogin'] === true || held['is_login'] === true || held['user_is_login'] === true;
    if (isLoggedIn) for (const name of namesOf(held)) this.viewer.add(name);
    const user = at(held, 'user');
    if (at(user, 'isLogin') === true) {
      const odin = valueOf(idOf(at(held, 'odin', 'user_id')));
      if (odin !== null) this.viewer.add(odin);
      return;
    }
    // A profile page has its author in the same place as others have the viewer.
    const author = at(user, 'user');
    if (isObject(author) && 'value' in nameOf(author['secUid'])) this.users.push(author);
  }
}

/** Walks the JSON of a page. Never throws; bounded. */
export function douyinPage(values: readonly unknown[], resolve: Resolve): DouyinPage {
  const walk = new Walk(resolve);
  for (const value of values) walk.visit(value, 0);
  const { details, listed, rooms, users, pathname } = walk;
  return { details, listed, rooms, users, pathname, viewer: [...walk.viewer] };
}
