/** What every answer of TikTok's open API v2 (open.tiktokapis.com) carries around its data, as documented 2026-11. */
import type { AnswerStatus } from './payload.ts';
import { at, isObject, nameOf, valueOf } from './reading.ts';

/**
 * The code of an answer: `ok` in `error.code`; of the token endpoint, whose errors are flat, the text in `error`.
 * Null where the answer has neither.
 */
export function displayCode(json: unknown): string | null {
  const error = at(json, 'error');
  return valueOf(nameOf(isObject(error) ? error['code'] : error));
}

/** Code and words of an answer that is no success; null for one that is, and for what is no answer of this API. */
export function displayStatus(json: unknown): AnswerStatus | null {
  const code = displayCode(json);
  if (code === null || code === 'ok') return null;
  const words = valueOf(nameOf(at(json, 'error', 'message'))) ?? valueOf(nameOf(at(json, 'error_description')));
  return { code, message: words ?? '' };
}
