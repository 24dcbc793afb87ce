/**
 * Items as Douyin's pages embed them, in the words of its answers. The pages write camelCase, call some blocks otherwise
 * and flatten others; missing values are the text "$undefined". Sources: zeeschuimer and 4CAT, 2026-08 (no page with an
 * item was captured). Times stay in seconds and durations in ms, as they are in both.
 */
import { isAweme } from './aweme-items.ts';
import { at, firstPostId, isObject, type JsonObject } from './reading.ts';

/** What stands in for another value, see douyin-rsc.ts. */
export type Resolve = (text: string) => unknown;

/** Where there are no rows to refer to. */
export const plainText: Resolve = (text) => (text === '$undefined' ? undefined : text);

/** Values in one item, so that rows that refer to one another cannot grow without end. */
const mostValues = 50_000;
const deepest = 40;

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/gu, '$1_$2').toLowerCase();
}

function toSnake(held: unknown, resolve: Resolve, budget: { left: number }, depth: number): unknown {
  budget.left--;
  if (budget.left < 0 || depth > deepest) return undefined;
  if (typeof held === 'string') {
    const value = held.startsWith('$') ? resolve(held) : held;
    return typeof value === 'object' ? toSnake(value, resolve, budget, depth + 1) : value;
  }
  if (Array.isArray(held)) return held.map((entry) => toSnake(entry, resolve, budget, depth + 1));
  if (!isObject(held)) return held;
  const entries = Object.entries(held).flatMap(([name, value]): [string, unknown][] => {
    const inner = toSnake(value, resolve, budget, depth + 1);
    return inner === undefined ? [] : [[snakeCase(name), inner]];
  });
  return Object.fromEntries(entries);
}

/** An embedded object with the names of the answers; null for anything else, and for one that is too large. */
export function snakeNames(held: unknown, resolve: Resolve = plainText): JsonObject | null {
  const renamed = toSnake(held, resolve, { left: mostValues }, 0);
  return isObject(renamed) ? renamed : null;
}

/** Pages list a video's addresses as `[{src}]`. */
function withoutSources(video: unknown): unknown {
  if (!isObject(video)) return video;
  const list = video['play_addr'];
  if (!Array.isArray(list)) return video;
  return { ...video, play_addr: { url_list: list.map((entry: unknown) => at(entry, 'src') ?? entry) } };
}

/** An embedded item as an answer would give it; null for anything else. Items that are in the answers' words stay as they are. */
export function awemeFromCamel(held: unknown, resolve: Resolve = plainText): JsonObject | null {
  if (isAweme(held)) return held;
  if (firstPostId(at(held, 'awemeId')) === null) return null;
  const item = snakeNames(held, resolve);
  if (item === null) return null;
  const mix = item['mix_info'];
  const episode = at(mix, 'current_episode');
  const renamed: JsonObject = {
    ...item,
    author: item['author_info'] ?? item['author'],
    statistics: item['stats'] ?? item['statistics'],
    video: withoutSources(item['video']),
    is_top: item['is_top'] ?? at(item, 'tag', 'is_top'),
    ...(isObject(mix) && episode !== undefined ? { mix_info: { statis: { current_episode: episode }, ...mix } } : {}),
  };
  return isAweme(renamed) ? renamed : null;
}
