/** Where TikTok's answers and pages keep what they are about. Nothing else is searched: a walk over all of it would count hashtags as posts. */
import { at, firstPostId, isObject, type JsonObject, listOf } from './reading.ts';

/**
 * Whether this is a post. Hashtags (`challenges`) have an id, a title and stats as well, and users have a
 * `createTime`; neither has a video or images.
 */
export function isItem(json: unknown): json is JsonObject {
  if (!isObject(json) || firstPostId(json['id']) === null || isObject(json['liveRoomInfo'])) return false;
  if (isObject(json['video']) || isObject(json['imagePost'])) return true;
  return (
    json['createTime'] !== undefined &&
    json['desc'] !== undefined &&
    (json['author'] !== undefined || isObject(json['stats']))
  );
}

/** Settings, words and experiments; `webapp.app-context` holds the viewer's own account. */
const foreignScopes: ReadonlySet<string> = new Set([
  'webapp.app-context',
  'webapp.biz-context',
  'webapp.i18n-translation',
  'webapp.a-b',
  'webapp.reflow.global.shareUser',
  'seo.abtest',
]);

/** The named scopes of a page's universal data that may hold what the page is about. */
export function scopesOf(json: unknown): readonly (readonly [name: string, scope: unknown])[] {
  const scopes = at(json, '__DEFAULT_SCOPE__');
  return isObject(scopes) ? Object.entries(scopes).filter(([name]) => !foreignScopes.has(name)) : [];
}

/** The objects that say in fields of their own what an answer or page is about: itself, its scopes, its page props. */
export function tiktokParts(json: unknown): readonly JsonObject[] {
  const parts = [json, ...scopesOf(json).map(([, scope]) => scope), at(json, 'props', 'pageProps')];
  // A post has a music, a mix and tags of its own; it is not about them.
  return parts.filter((part) => isObject(part)).filter((part) => !isItem(part));
}

/** Fields that hold items in answers, and in the entries of a search. */
const containers = ['itemList', 'item_list', 'items', 'itemInfo', 'itemStruct', 'item', 'data'] as const;

/** Hands every object that is an item to `visit` until it says true; says whether it did. */
function visitItems(json: unknown, visit: (item: JsonObject) => boolean, depth: number): boolean {
  if (depth > 6) return false;
  if (Array.isArray(json)) return json.some((entry) => visitItems(entry, visit, depth + 1));
  if (!isObject(json)) return false;
  if (isItem(json)) return visit(json);
  for (const name of containers) {
    const inner = at(json, name);
    if (typeof inner === 'object' && visitItems(inner, visit, depth + 1)) return true;
  }
  return false;
}

/** `ItemModule` of older pages, in the order in which `ItemList` shows its items. */
function moduleItems(json: unknown): readonly unknown[] {
  const module = at(json, 'ItemModule');
  if (!isObject(module)) return [];
  const lists = at(json, 'ItemList');
  const listed = (isObject(lists) ? Object.values(lists) : [])
    .flatMap((list) => listOf(at(list, 'list')))
    .filter((id) => typeof id === 'string')
    .filter((id) => Object.hasOwn(module, id));
  return [...new Set([...listed, ...Object.keys(module)])].map((id) => module[id]);
}

function visitAnswer(json: unknown, visit: (item: JsonObject) => boolean): boolean {
  if (visitItems(json, visit, 0)) return true;
  const places = [
    ...scopesOf(json).flatMap(([name, scope]) => [
      at(scope, 'itemInfo'),
      at(scope, 'itemList'),
      at(scope, 'userInfo', 'itemList'),
      name === 'webapp.updated-items' ? scope : null,
    ]),
    at(json, 'userInfo', 'itemList'),
    at(json, 'props', 'pageProps'),
    ...moduleItems(json),
  ];
  return places.some((place) => visitItems(place, visit, 1));
}

/** The posts of an answer, a page's data or a bare list, in their order. */
export function itemsIn(json: unknown): readonly JsonObject[] {
  const items: JsonObject[] = [];
  visitAnswer(json, (item) => {
    items.push(item);
    return false;
  });
  return items;
}

/** Whether there is a post at all; cheaper than finding them all. */
export function hasItem(json: unknown): boolean {
  return visitAnswer(json, () => true);
}
