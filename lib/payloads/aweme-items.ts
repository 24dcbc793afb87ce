/** Where answers and pages keep their items ("aweme"). */
import { at, firstPostId, isObject, type JsonObject, nestedJson } from './reading.ts';

const telling = ['desc', 'create_time', 'video', 'images', 'image_post_info', 'statistics', 'author', 'music'] as const;

/** A comment has an `aweme_id` as well, and so have a post's statistics and its status. */
export function isAweme(json: unknown): json is JsonObject {
  return (
    isObject(json) &&
    firstPostId(json['aweme_id']) !== null &&
    json['cid'] === undefined &&
    telling.some((field) => json[field] !== undefined && json[field] !== null)
  );
}

/** Nothing else is searched, so that no product or hashtag is met. */
const containers = [
  'data',
  'aweme_list',
  'aweme_detail',
  'aweme_details',
  'aweme_info',
  'aweme',
  'item_list',
  'cards',
  'aweme_mix_info',
  'mix_items',
  'card_info',
  'attached_info',
  'sub_card_list',
  'videoInfoRes',
] as const;

/** The parts of a share page's `_ROUTER_DATA` that hold its post: `video_(id)/page` or `note_(id)/page`. */
export function sharePages(json: unknown): readonly JsonObject[] {
  const pages = at(json, 'loaderData');
  return isObject(pages)
    ? Object.values(pages)
        .map((page) => at(page, 'videoInfoRes'))
        .filter(isObject)
    : [];
}

function itemsIn(json: unknown, depth: number): readonly JsonObject[] {
  if (depth > 10) return [];
  // `module/feed` keeps each item as JSON in a text.
  if (typeof json === 'string') return json.startsWith('{') && depth > 0 ? itemsIn(nestedJson(json), depth + 1) : [];
  if (isAweme(json)) return [json];
  if (Array.isArray(json)) return json.flatMap((entry) => itemsIn(entry, depth + 1));
  if (!isObject(json)) return [];
  return [
    ...containers.flatMap((name) => itemsIn(at(json, name), depth + 1)),
    ...sharePages(json).flatMap((page) => itemsIn(page, depth + 1)),
  ];
}

/** The items of an answer in its order, each post once: a search lists some twice. */
export function awemesIn(json: unknown): readonly JsonObject[] {
  const found = new Map<string | null, JsonObject>();
  for (const item of itemsIn(json, 0)) {
    const id = firstPostId(item['aweme_id']);
    if (!found.has(id)) found.set(id, item);
  }
  return [...found.values()];
}
