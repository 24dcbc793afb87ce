/**
 * Tolerant access to JSON of unknown shape. Nothing here throws. Absent (missing, null, "") reads as
 * `not_in_response`; present but of a wrong type or out of range as `parse_error`.
 */
import { parseCount } from '../core/counts.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { Reading } from '../core/record-factory.ts';
import type { MissingReason } from '../core/record.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const absent = { missing: 'not_in_response' } as const satisfies Reading<never>;
export const unreadable = { missing: 'parse_error' } as const satisfies Reading<never>;
/** Douyin's web answers carry a 0 in its place (2020 to 2026). */
export const notOnWeb = { missing: 'not_exposed_on_web' } as const satisfies Reading<never>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of own properties, list indices included; undefined where the path ends early. */
export function at(json: unknown, ...path: readonly (string | number)[]): unknown {
  let value = json;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined;
    else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }
  return value;
}

/** What an envelope holds in `data`, or the answer itself where it was saved without one. */
export function dataOf(json: unknown): unknown {
  const data = at(json, 'data');
  return isObject(data) ? data : json;
}

/** A list as it is, anything else as an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An object, also one that is written as JSON inside a text, as in Doudian's `extra`. */
export function objectOf(value: unknown): JsonObject | null {
  const parsed = typeof value === 'string' ? nestedJson(value) : value;
  return isObject(parsed) ? parsed : null;
}

/** JSON inside a text; null where it is none. */
export function nestedJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

/** The value of a reading, or null. */
export function valueOf<T>(reading: Reading<T>): T | null {
  return 'value' in reading ? reading.value : null;
}

/** The first reading that has a value; otherwise `parse_error` if any was unreadable, or else the first one's reason. */
export function firstOf<T>(...readings: readonly Reading<T>[]): Reading<T> {
  const reasons: MissingReason[] = [];
  for (const reading of readings) {
    if ('value' in reading) return reading;
    reasons.push(reading.missing);
  }
  return { missing: reasons.includes('parse_error') ? 'parse_error' : (reasons[0] ?? 'not_in_response') };
}

/** A reading of what was found otherwise: null is absent. */
export function known<T>(value: T | null | undefined): Reading<T> {
  return value === null || value === undefined ? absent : { value };
}

/** What is in NFC anyhow and no white space alone: most names, addresses and ids. */
const plainText = /^[!-~][ -~]*$/u;

/** A text in NFC with its white space kept; a number where a text was expected counts as unreadable. */
export function textOf(value: unknown): Reading<string> {
  if (isAbsent(value)) return absent;
  if (typeof value !== 'string') return unreadable;
  if (plainText.test(value)) return { value };
  return value.trim() === '' ? absent : { value: value.toWellFormed().normalize('NFC') };
}

/** A name or title: a text without white space around it. */
export function nameOf(value: unknown): Reading<string> {
  const reading = textOf(value);
  return 'value' in reading ? { value: reading.value.trim() } : reading;
}

/** A decimal id, as a text or as a number that lost no digits; "0" stands for none. */
export function digitsOf(value: unknown): Reading<string> {
  if (isAbsent(value) || value === 0 || value === '0') return absent;
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value > 0 ? { value: String(value) } : unreadable;
  return typeof value === 'string' && /^\d{1,25}$/u.test(value.trim()) ? { value: value.trim() } : unreadable;
}

/**
 * A decimal id out of a field that upstreams are known to round before they send it: one that reads like a rounded
 * number (7560708882416044000) is taken for unreadable, at the price of one true id in a thousand.
 */
export function unroundedOf(value: unknown): Reading<string> {
  const reading = digitsOf(value);
  const number = 'value' in reading ? Number(reading.value) : 0;
  return !Number.isSafeInteger(number) && String(number) === valueOf(reading) ? unreadable : reading;
}

/** An id that need not be decimal ("sXahcZg", "sku_001"). */
export function idOf(value: unknown): Reading<string> {
  if (typeof value !== 'string') return digitsOf(value);
  const text = value.trim();
  if (text === '' || text === '0') return absent;
  return /^[^\s\p{Cc}\p{Cs}]{1,200}$/u.test(text) ? { value: text } : unreadable;
}

/** The secUid of an account; it stands in addresses and ids. */
export function secIdOf(value: unknown): Reading<string> {
  const reading = idOf(value);
  return 'value' in reading && !/^[\w-]+$/u.test(reading.value) ? unreadable : reading;
}

/** TikTok's handle of an account; it stands in addresses and ids. ASCII today, old ones hold other letters. */
export function handleOf(value: unknown): Reading<string> {
  const reading = nameOf(value);
  if (!('value' in reading)) return reading;
  return /^(?=.*[\p{L}\p{N}_])[\p{L}\p{M}\p{N}_.-]{1,40}$/u.test(reading.value) ? reading : unreadable;
}

/** The id of a post (15 to 20 digits), or null. */
export function postIdOf(value: unknown): string | null {
  const id = valueOf(digitsOf(value));
  return id !== null && /^\d{15,20}$/u.test(id) ? id : null;
}

/** The first of several fields that holds a post's id. */
export function firstPostId(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const id = postIdOf(value);
    if (id) return id;
  }
  return null;
}

/** A count: an integer from 0, its digits as a text, or an abbreviated text ("1.3万+"). */
export function countOf(value: unknown): Reading<number> {
  if (isAbsent(value) || value === '--') return absent;
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? { value } : unreadable;
  const parsed = typeof value === 'string' ? parseCount(value) : null;
  if (!parsed) return unreadable;
  const { precision, raw } = parsed;
  return precision === 'exact' ? { value: parsed.value } : { value: parsed.value, precision, raw };
}

/** A finite number, also as a text ("4.85"). */
export function numberOf(value: unknown): Reading<number> {
  if (isAbsent(value)) return absent;
  const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^-?\d+(?:\.\d+)?$/u.test(value.trim()));
  const number = isNumeric ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? { value: number } : unreadable;
}

/** A number above 0; 0 is how the source leaves it out (sizes, durations, scores). */
export function positiveOf(value: unknown): Reading<number> {
  const reading = numberOf(value);
  if ('missing' in reading) return reading;
  if (reading.value === 0) return absent;
  return reading.value > 0 ? reading : unreadable;
}

/** A whole number from 1, as of pixels or places in a list; 0 is how the source leaves it out. */
export function ordinalOf(value: unknown): Reading<number> {
  const reading = positiveOf(value);
  return 'value' in reading && !Number.isSafeInteger(reading.value) ? unreadable : reading;
}

/** A duration in ms from a number of `unit` ms; 0 is none. */
export function durationOf(value: unknown, unit: 1 | 1000): Reading<number> {
  const reading = positiveOf(value);
  if ('missing' in reading) return reading;
  const duration = Math.round(reading.value * unit);
  return Number.isSafeInteger(duration) ? { value: duration } : unreadable;
}

/** A yes or no: booleans, 0 and 1, and their texts. */
export function flagOf(value: unknown): Reading<boolean> {
  if (isAbsent(value)) return absent;
  if (typeof value === 'boolean') return { value };
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === 1 || text === '1' || text === 'true') return { value: true };
  return text === 0 || text === '0' || text === 'false' ? { value: false } : unreadable;
}

const earliestPost = Date.UTC(2012, 0, 1) / 1000;
const latestPost = Date.UTC(2100, 0, 1) / 1000;

/** Unix ms from Unix seconds (a number or its digits); 0 is none. */
export function secondsOf(value: unknown): Reading<number> {
  const reading = positiveOf(value);
  if ('missing' in reading) return reading;
  const isTime = Number.isInteger(reading.value) && reading.value >= earliestPost && reading.value < latestPost;
  return isTime ? { value: reading.value * 1000 } : unreadable;
}

/** Unix ms from ISO 8601 with a zone. Without one nobody knows which hour is meant. */
export function isoTimeOf(value: unknown): Reading<number> {
  if (isAbsent(value)) return absent;
  const hasZone = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T.*(?:Z|[+-]\d{2}:?\d{2})$/u.test(value.trim());
  const time = hasZone ? Date.parse(value.trim()) : Number.NaN;
  return Number.isNaN(time) ? unreadable : { value: time };
}

/** What any parser takes for an address, at a tenth of the price of asking one: a host of names, then visible ASCII. */
const plainAddress = /^https?:\/\/(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.){1,8}[a-wyz][a-z]{1,20}(?:[/?#][!-~]*)?$/iu;

/** An http(s) address; `//host/…` is completed. */
export function urlOf(value: unknown): Reading<string> {
  if (isAbsent(value)) return absent;
  if (typeof value !== 'string') return unreadable;
  const text = value.trim().replace(/^\/\//u, 'https://');
  if (plainAddress.test(text)) return { value: text };
  return /^https?:\/\//iu.test(text) && URL.canParse(text) ? { value: text } : unreadable;
}

/** The first address of `{url_list: […]}`, of a list, or of a text. */
export function firstUrlOf(value: unknown): Reading<string> {
  if (isAbsent(value)) return absent;
  if (typeof value === 'string') return urlOf(value);
  const list = Array.isArray(value) ? value : (at(value, 'url_list') ?? at(value, 'urlList'));
  if (!Array.isArray(list)) return isObject(value) ? absent : unreadable;
  const found = list.map((entry) => (isObject(entry) ? urlOf(at(entry, 'url')) : urlOf(entry)));
  return found.length > 0 ? firstOf(...found) : absent;
}

/** Every address in a list of texts or of `{url}`; entries that are none are left out. */
export function urlsOf(value: unknown): readonly string[] {
  return listOf(value).flatMap(
    (entry) => valueOf(firstUrlOf(isObject(entry) ? (at(entry, 'url') ?? entry) : entry)) ?? [],
  );
}

/** The names in a list of texts, or those in the `field` of its objects; entries that hold none are left out. */
export function namesIn(value: unknown, field?: string): readonly string[] {
  return listOf(value).flatMap((entry) => valueOf(nameOf(field === undefined ? entry : at(entry, field))) ?? []);
}

/** Texts as one, a line each; none is absent. */
export function textReading(texts: readonly string[]): Reading<string> {
  return texts.length > 0 ? { value: texts.join('\n') } : absent;
}

/** A list reading: absent where there is no list, unreadable where it is something else. */
export function listReading<T>(value: unknown, items: readonly T[]): Reading<readonly T[]> {
  if (isAbsent(value)) return absent;
  return Array.isArray(value) ? { value: items } : unreadable;
}
