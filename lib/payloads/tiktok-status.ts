/**
 * TikTok's status codes and what they mean for the one who asked. The codes: davidteather/TikTok-Api issue 403 (table of
 * the web client, read 2026-08); the words beside 10204: seen in answers, and in yt-dlp and gallery-dl (2026-08).
 */
import type { Availability } from '../core/record.ts';
import type { AnswerStatus } from './payload.ts';
import { at, firstOf, isObject, nameOf, numberOf, valueOf } from './reading.ts';
import { scopesOf } from './tiktok-parts.ts';

/** Null: the code says nothing of the thing itself. What the platform only declines to show is never called removed. */
const meanings: Readonly<Record<string, Availability | null>> = {
  /** A captcha is asked for. */
  10000: 'captcha',
  /** Server error. */
  10101: null,
  /** Not logged in. */
  10102: 'login_wall',
  /** A live room that asks for a login. */
  10119: 'login_wall',
  /** Invalid entity. */
  10201: 'not_available',
  /** User does not exist. */
  10202: 'not_available',
  /** Music does not exist. */
  10203: 'not_available',
  /** Video not available: a catch-all, see its words. yt-dlp has met it where only the address was blocked. */
  10204: 'not_available',
  /** Hashtag does not exist. */
  10205: 'not_available',
  /** Live room not available. */
  10210: 'not_available',
  /** Age restrictions. */
  10213: 'not_available',
  10214: 'not_available',
  /** Abnormal. */
  10215: 'unknown',
  /** Private video. */
  10216: 'private',
  /** Not shown after a first review. */
  10217: 'not_available',
  /** Music and copyright. */
  10218: 'not_available',
  10219: 'not_available',
  10220: 'not_available',
  /** User banned; gallery-dl has met it for names that nobody has. */
  10221: 'not_available',
  /** Private account: comes with all data for who follows it. */
  10222: 'private',
  /** Children's account. */
  10223: 'not_available',
  /** Under review again. */
  10227: 'not_available',
  /** Risk control. */
  10228: 'unknown',
  /** Masked content. */
  10229: 'not_available',
  10230: 'not_available',
  /** Not in this region. */
  10231: 'region_blocked',
};

/** The words that say more than a bare 10204. Several may stand together, with commas. */
const words: Readonly<Record<string, Availability>> = {
  status_deleted: 'removed',
  status_delete: 'removed',
  status_self_see: 'private',
  person_geo_fencing: 'region_blocked',
  copyright_geo_filter: 'region_blocked',
  cross_border_violation: 'region_blocked',
};

const notAvailable = 10204;

/** What a code and the words beside it mean; `unknown` for a code that is not in the table. */
export function tiktokAvailability(code: number, message: string): Availability | null {
  const meaning = Object.hasOwn(meanings, code) ? meanings[code] : undefined;
  if (code !== notAvailable) return meaning === undefined ? 'unknown' : meaning;
  const told = message.toLowerCase().split(/[\s,;]+/u);
  const telling = told.find((word) => Object.hasOwn(words, word));
  return (telling === undefined ? null : words[telling]) ?? 'not_available';
}

/** The status of one part of an answer or page; null where it has none or it is 0. */
export function statusOfPart(part: unknown): AnswerStatus | null {
  const code = valueOf(firstOf(numberOf(at(part, 'statusCode')), numberOf(at(part, 'status_code'))));
  if (code === null || code === 0) return null;
  const message = ['statusMsg', 'status_msg', 'statusMessage', 'status_message']
    .map((name) => valueOf(nameOf(at(part, name))))
    .find((text) => text !== null);
  return { code: String(code), message: message ?? '', availability: tiktokAvailability(code, message ?? '') };
}

/** The scopes and page props whose status is that of the page; others report on settings and the like. */
export function hasPageStatus(scope: string): boolean {
  return /detail$|^webapp\.updated-items$/u.test(scope);
}

/** The status of an answer or of a page's data. */
export function tiktokStatus(json: unknown): AnswerStatus | null {
  const parts = [
    json,
    at(json, 'props', 'pageProps'),
    ...scopesOf(json).flatMap(([name, scope]) => (hasPageStatus(name) ? [scope] : [])),
    ...['UserPage', 'VideoPage', 'MobileUserPage'].map((name) => at(json, name)),
  ];
  for (const part of parts) {
    const status = isObject(part) ? statusOfPart(part) : null;
    if (status) return status;
  }
  return null;
}

/** Whether a code is one of TikTok's web client. */
export function isTiktokCode(code: unknown): boolean {
  return typeof code === 'number' && Object.hasOwn(meanings, code);
}
