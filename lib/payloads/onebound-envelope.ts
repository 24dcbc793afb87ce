/** What every answer of the gateway carries beside its item. */
import { parseBeijingTime } from '../core/beijing-time.ts';
import type { AnswerStatus, PayloadContext } from './payload.ts';
import { at, isObject, listOf, secondsOf, valueOf } from './reading.ts';

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

/** The items of an answer: the one that was asked for, those of a search, or the answer itself, saved without its envelope. */
export function gatewayItems(json: unknown): readonly unknown[] {
  const item = at(json, 'item');
  if (isObject(item)) return [item];
  if (isObject(at(json, 'items'))) return listOf(at(json, 'items', 'item'));
  return isGatewayAnswer(json) ? [] : [json];
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
 * When the gateway saw the item, in Unix ms. An answer from its cache is as old as the cache says, not as the answer:
 * a price chart of fetch times would show prices that nobody observed.
 */
export function gatewayObservedAt(json: unknown, item: unknown): number | null {
  const cacheFlag = at(json, 'cache');
  const isCached = cacheFlag === 1 || cacheFlag === '1' || cacheFlag === true;
  const cacheTime = valueOf(secondsOf(at(json, 'secache_time'))) ?? beijing(at(json, 'secache_date'));
  const itemTime = valueOf(secondsOf(at(item, 'current_time')));
  return isCached ? (cacheTime ?? itemTime) : (itemTime ?? beijing(at(json, 'server_time')));
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
