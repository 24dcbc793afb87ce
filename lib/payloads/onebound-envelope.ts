/** What every answer of the gateway carries beside its item. */
import { parseBeijingTime } from '../core/beijing-time.ts';
import type { RecordOrigin } from '../core/record-factory.ts';
import { type AnswerStatus, originOf, type PayloadContext } from './payload.ts';
import { at, isObject, listOf, ordinalOf, secondsOf, valueOf } from './reading.ts';

/** The gateway's code as text ("0000", "4013"); null where the answer has none. Some versions send a number. */
export function gatewayCode(json: unknown): string | null {
  const code = at(json, 'error_code');
  if (typeof code === 'number') return String(code).padStart(4, '0');
  return typeof code === 'string' && code.trim() !== '' ? code.trim().padStart(4, '0') : null;
}

/** Whether the answer has the gateway's envelope. */
export function isGatewayAnswer(json: unknown): boolean {
  if (!isObject(json)) return false;
  return gatewayCode(json) !== null || (isObject(json['item']) && ('api_info' in json || 'server_time' in json));
}

/**
 * The entries of an answer that lists things; null where it is no list. Published: `items.item` (`item_search` 2022-08,
 * `item_search_shop` 2023-11); a public client of `item_search_video` reads `item` beside the page numbers (2024).
 */
function listedItems(json: unknown): readonly unknown[] | null {
  const items = at(json, 'items');
  const list = [at(items, 'item'), items, at(json, 'item')].find((held) => Array.isArray(held));
  if (list !== undefined) return listOf(list);
  // A search that found nothing may leave the list out although its code is 0000 (2026-10).
  return isObject(items) ? [] : null;
}

/** The items of an answer: the one that was asked for, those of a list, or the answer itself, saved without its envelope. */
export function gatewayItems(json: unknown): readonly unknown[] {
  const item = at(json, 'item');
  if (isObject(item)) return [item];
  return listedItems(json) ?? (isGatewayAnswer(json) ? [] : [json]);
}

/** How far an answer got in its list. Null: it does not say. */
export interface GatewayPage {
  /** What it lists, whether or not it can be read. */
  readonly entries: number;
  readonly page: number | null;
  readonly pageSize: number | null;
  readonly pageCount: number | null;
}

/** The page that an answer holds; the numbers stand beside the list, as numbers or as texts. */
export function gatewayPage(json: unknown): GatewayPage {
  const numbered = (name: string): number | null =>
    valueOf(ordinalOf(at(json, 'items', name))) ?? valueOf(ordinalOf(at(json, name)));
  return {
    entries: listedItems(json)?.length ?? 0,
    page: numbered('page'),
    pageSize: numbered('page_size'),
    pageCount: numbered('pagecount'),
  };
}

/** What the gateway says of a call that gave no item. Its words may hold the caller's key: redact before showing. */
export function gatewayStatus(json: unknown): AnswerStatus | null {
  const code = gatewayCode(json);
  if (code === null) return null;
  const words = [at(json, 'error'), at(json, 'reason')].filter((text) => typeof text === 'string' && text !== '');
  return { code, message: withoutKey([...new Set(words)].join(': ')) };
}

/** The gateway quotes keys in its reasons: "Key[t8824…]已超量" (2026-10). */
export function withoutKey(text: string): string {
  return text.replace(/\b(key|secret)\s*[[(（【:=][^\])）】\s,;]*[\])）】]?/giu, '$1[…]');
}

/**
 * The origin of what an answer tells of an item. An answer from the gateway's cache is as old as the cache says, not as
 * the answer: a price chart of fetch times would show prices that nobody observed. Where a cached answer has no date,
 * nobody knows when it was seen. `secache_date` and `server_time` are Beijing's.
 */
export function gatewayOrigin(context: PayloadContext, json: unknown, item: unknown): RecordOrigin {
  const cacheFlag = at(json, 'cache');
  const isFresh = cacheFlag === 0 || cacheFlag === '0' || cacheFlag === false;
  const isFlagged = cacheFlag === 1 || cacheFlag === '1' || cacheFlag === true;
  const cacheTime = valueOf(secondsOf(at(json, 'secache_time'))) ?? beijing(at(json, 'secache_date'));
  const itemTime = valueOf(secondsOf(at(item, 'current_time')));
  const isCached = isFlagged || (cacheTime !== null && !isFresh);
  const seenAt = isCached ? (cacheTime ?? itemTime) : (itemTime ?? beijing(at(json, 'server_time')));
  const origin = originOf(context, 'douyin', 'api:gateway', seenAt, item);
  const { provenance } = origin;
  // What is left is the time of arrival, which says nothing of a cached answer.
  return isCached && provenance.observed_at !== seenAt
    ? { ...origin, provenance: { ...provenance, observed_at: null } }
    : origin;
}

function beijing(value: unknown): number | null {
  return typeof value === 'string' ? parseBeijingTime(value) : null;
}

const translationTags: Readonly<Record<string, string>> = { cn: 'zh-CN', en: 'en', ru: 'ru' };
const original = 'zh-CN';

/**
 * The language that titles of this answer may have been translated into; null: they are as written. The gateway names
 * zh-CN on every untranslated answer of this Chinese platform, so it alone marks nothing; asking for another language
 * does, and so does an answer that names another.
 */
export function translatedTo(json: unknown, context: PayloadContext): string | null {
  const said = at(json, 'translate_language');
  const answered = typeof said === 'string' && /^[a-z]{2,3}(?:-[\w-]+)?$/iu.test(said) ? said : null;
  if (answered !== null && answered !== original) return answered;
  const asked = translationTags[context.language ?? 'cn'] ?? context.language ?? original;
  return asked === original ? null : asked;
}

/** The allowance of a key as the gateway reports it: calls of today and what they add up from. */
export interface ApiInfo {
  readonly today: number | null;
  readonly max: number | null;
  readonly all: number | null;
  readonly parts: readonly number[];
  /** ISO date. */
  readonly expires: string | null;
}

function number(digits: string | undefined): number | null {
  return digits ? Number(digits) : null;
}

/** Reads "today:60 max:10100 all[110=60+19+31];expires:2030-12-31"; null where it holds none of it. */
export function parseApiInfo(text: unknown): ApiInfo | null {
  if (typeof text !== 'string') return null;
  const today = number(/\btoday:\s*(\d{1,12})/u.exec(text)?.[1]);
  const max = number(/\bmax:\s*(\d{1,12})/u.exec(text)?.[1]);
  const sum = /\ball\[(\d{1,12})=([\d+]*)\]/u.exec(text);
  const expires = /\bexpires:\s*(\d{4}-\d{2}-\d{2})/u.exec(text)?.[1] ?? null;
  if (today === null && max === null && !sum && expires === null) return null;
  const parts = (sum?.[2] ?? '').split('+').filter(Boolean).map(Number);
  return { today, max, all: number(sum?.[1]), parts, expires };
}
