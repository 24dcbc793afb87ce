/** What providers do with answers about posts in the platforms' own form ("aweme"): turn their pages, and say why there is none. */
import type { AppError, ErrorCode } from '../core/errors.ts';
import type { Availability } from '../core/record.ts';
import type { AnswerStatus } from '../payloads/payload.ts';
import { flagOf, valueOf } from '../payloads/reading.ts';
import { type Party, partyError } from './http-answer.ts';

/** Codes that are an answer about the thing, so that the key which got them was accepted. */
export const answersAboutItem: ReadonlySet<ErrorCode> = new Set(['not_found', 'removed', 'private', 'region_blocked']);

const codes: Partial<Record<Availability, ErrorCode>> = {
  removed: 'removed',
  private: 'private',
  region_blocked: 'region_blocked',
  not_available: 'not_found',
};

/**
 * Why there is no post, from the platform's own status within the answer. A status that says nothing of the post is a
 * failure upstream; `advice` explains that one, with the status' code and words as its parameters.
 */
export function statusOfItemError(party: Party, status: AnswerStatus, advice: string): AppError {
  const code = codes[status.availability ?? 'unknown'] ?? 'upstream';
  return partyError(party, code, `${party.label} passes on: ${status.code ?? 'no code'} ${status.message}.`, {
    // What is removed or private is worded once for all sources.
    ...(code === 'upstream' || code === 'not_found' ? { advice } : {}),
    parameters: [status.code ?? '', status.message],
    upstreamCode: status.code,
    upstreamMessage: status.message,
  });
}

function cursorText(value: unknown): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^[!-~]{1,500}$/u.test(text) ? text : null;
}

/**
 * The cursor of the next page, as opaque text, from a page's `has_more` (true, 1, "1") and cursor (a number or a text).
 * Null, so that no list goes round in circles: after `has_more` false, an empty page, or a cursor that did not move.
 * Without a `has_more` an empty page ends the list.
 */
export function nextCursor(page: {
  readonly hasMore: unknown;
  readonly cursor: unknown;
  /** What this page was asked with. */
  readonly asked: string;
  readonly isEmpty: boolean;
}): string | null {
  const cursor = cursorText(page.cursor);
  const hasMore = valueOf(flagOf(page.hasMore)) ?? true;
  return hasMore && !page.isEmpty && cursor !== page.asked ? cursor : null;
}
