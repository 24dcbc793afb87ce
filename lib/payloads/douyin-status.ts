/** What Douyin says where it holds a post back. */
import type { Availability } from '../core/record.ts';
import type { AnswerStatus } from './payload.ts';
import { sharePages } from './aweme-items.ts';
import { at, firstOf, isObject, nameOf, numberOf, valueOf } from './reading.ts';

/**
 * By `filter_reason`. Names from public programs (yt-dlp, parse-video, douyin-downloader, 2026-08); no list with an
 * entry was ever captured. `status_self_see`: its author alone may see it; `status_audit`: in review, or failed it;
 * `status_friend_see`: for friends.
 */
const byReason: readonly (readonly [RegExp, Availability])[] = [
  [/^status_deleted?$/u, 'removed'],
  [/^status_(?:self_see|friend_see|part_see|private)/u, 'private'],
  [/^status_(?:audit|reviewing|review)/u, 'not_available'],
  [/geo|region|oversea/u, 'region_blocked'],
];

/** By `status_code`. 2483: log in first; 8: the session is none (both Douyin's web, 2026-08). */
const byCode: Readonly<Record<string, Availability>> = { '2483': 'login_wall', '8': 'login_wall' };

/** What a filter reason or a status code means; null: nobody knows. */
export function douyinAvailability(reasonOrCode: string): Availability | null {
  if (Object.hasOwn(byCode, reasonOrCode)) return byCode[reasonOrCode] ?? null;
  const known = byReason.find(([pattern]) => pattern.test(reasonOrCode))?.[1];
  // Some other reason to filter: the viewer does not get it, and that is all that is known.
  return known ?? (/^[a-z_]+$/u.test(reasonOrCode) ? 'not_available' : null);
}

function statusWith(code: string, message: string): AnswerStatus {
  const availability = douyinAvailability(code);
  return { code, message, ...(availability === null ? {} : { availability }) };
}

/** Why a post was filtered out (`filter_reason` status_deleted …), or the answer's own code; null where it has none. */
export function douyinStatus(json: unknown): AnswerStatus | null {
  for (const part of [json, at(json, 'data'), ...sharePages(json)]) {
    const filter = isObject(at(part, 'filter_detail')) ? at(part, 'filter_detail') : at(part, 'filter_list', 0);
    const reason = valueOf(nameOf(at(filter, 'filter_reason')));
    if (reason !== null)
      return statusWith(reason, valueOf(firstOf(nameOf(at(filter, 'detail_msg')), nameOf(at(filter, 'notice')))) ?? '');
    const code = valueOf(numberOf(at(part, 'status_code')));
    if (code !== null && code !== 0) return statusWith(String(code), valueOf(nameOf(at(part, 'status_msg'))) ?? '');
  }
  return null;
}
