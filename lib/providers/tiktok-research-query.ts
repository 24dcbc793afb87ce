/**
 * Questions to the video query of TikTok's Research API: the form, the conditions that it becomes, and the windows that
 * a range of dates is asked in. The API takes at most 30 days at once (TikTok's page of 2026-09-01), and each window is a
 * search of its own, with its own `search_id` and `cursor`.
 */
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { wordsField } from './field-schemas.ts';
import { formFields, type Query } from './provider.ts';

const dayMs = 86_400_000;
/** From the first day to the last, both included: 30 of them are at most 30 days apart, however that is counted. */
const windowDays = 30;
/** Nothing is older: 2014 is when Musical.ly began, of which TikTok took over the videos. */
const earliestDay = '20140101';

type FieldText = { readonly label: string; readonly help?: string };

function optional(text: FieldText, input: 'text' | 'date', pattern: RegExp) {
  const cleaned = z.string().check(
    z.overwrite((value) => value.trim()),
    z.maxLength(500),
    z.regex(pattern),
  );
  return z.prefault(cleaned, '').register(formFields, { ...text, secret: false, input });
}

const separator = /[,，、;；\n]/u;
const datePattern = /^(?:\d{4}-\d{2}-\d{2})?$/u;
const regionsPattern = /^(?:[A-Za-z]{2}(?:\s*[,，、;；\n]\s*[A-Za-z]{2})*)?$/u;

const dates = {
  start: optional({ label: 'field_research_start', help: 'field_research_start_help' }, 'date', datePattern),
  end: optional({ label: 'field_research_end', help: 'field_research_end_help' }, 'date', datePattern),
};

/** What is searched for. */
export const videoQuery = z.object({
  keyword: optional({ label: 'field_research_keyword', help: 'field_research_list_help' }, 'text', /^/u),
  hashtag: optional({ label: 'field_research_hashtag', help: 'field_research_list_help' }, 'text', /^/u),
  username: optional({ label: 'field_research_username', help: 'field_research_list_help' }, 'text', /^/u),
  region: optional({ label: 'field_research_region', help: 'field_research_region_help' }, 'text', regionsPattern),
  ...dates,
});

/** What narrows an author's videos. */
export const authorVideosQuery = z.object({
  start: optional({ label: 'field_research_start', help: 'field_research_since_help' }, 'date', datePattern),
  end: dates.end,
});

/** Which shop. */
export const shopQuery = z.object({ shop: wordsField({ label: 'field_research_shop' }) });

function formError(message: string, advice: string, parameters: readonly string[] = []): AppError {
  return new AppError('bad_request', message, { provider: 'tiktok-research', advice, parameters, retryable: false });
}

/** What a form holds, cleaned. Throws AppError `bad_request` that names the fields at fault. */
export function readForm<Values>(schema: z.ZodMiniType<Values>, query: Query): Values {
  const parsed = z.safeParse(schema, query);
  if (parsed.success) return parsed.data;
  const names = [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')))].join(', ');
  throw formError(`The form has wrong values: ${names}.`, 'error_tiktok_research_form', [names]);
}

/** One condition of the API's query language. */
export interface Condition {
  readonly operation: 'EQ' | 'IN';
  readonly field_name: 'keyword' | 'hashtag_name' | 'username' | 'region_code' | 'video_id';
  readonly field_values: readonly string[];
}

/** A condition of some texts, or null where there is none. One is EQ; several are IN, which one of them suffices for. */
export function conditionOf(name: Condition['field_name'], values: readonly string[]): Condition | null {
  const list = [...new Set(values)].filter((value) => value !== '');
  return list.length === 0
    ? null
    : { operation: list.length === 1 ? 'EQ' : 'IN', field_name: name, field_values: list };
}

function listed(text: string, clean: (entry: string) => string): readonly string[] {
  return text.split(separator).map((entry) => clean(entry.trim().normalize('NFC')));
}

/** The conditions of the form; all must hold. Throws AppError `bad_request` where it has none: a range alone is no search. */
export function conditionsOf(form: z.infer<typeof videoQuery>): readonly Condition[] {
  const conditions = [
    conditionOf(
      'keyword',
      listed(form.keyword, (entry) => entry),
    ),
    conditionOf(
      'hashtag_name',
      listed(form.hashtag, (entry) => entry.replace(/^[#＃]+/u, '').trim()),
    ),
    conditionOf(
      'username',
      listed(form.username, (entry) => entry.replace(/^[@＠]+/u, '').toLowerCase()),
    ),
    conditionOf(
      'region_code',
      listed(form.region, (entry) => entry.toUpperCase()),
    ),
  ].filter((condition) => condition !== null);
  if (conditions.length === 0) throw formError('Nothing is searched for.', 'error_tiktok_research_no_condition');
  return conditions;
}

/** Days in UTC as the API writes them (`20261121`), both included. */
export interface DayRange {
  readonly start: string;
  readonly end: string;
}

/** The day in UTC of a time in Unix ms. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Unix ms of the beginning of a day in UTC; null for what is no day (`20260231`). */
export function timeOfDay(day: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/u.exec(day);
  if (!match) return null;
  const time = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return dayOf(time) === day ? time : null;
}

/** So many days later; the day itself where it is none. */
export function addDays(day: string, days: number): string {
  const time = timeOfDay(day);
  return time === null ? day : dayOf(time + days * dayMs);
}

function typedDay(text: string, fallback: string): string {
  if (text === '') return fallback;
  const day = text.replaceAll('-', '');
  if (timeOfDay(day) === null) throw formError(`${text} is no date.`, 'error_tiktok_research_no_date', [text]);
  return day;
}

/**
 * The range of a form. An empty end is today; an empty start is `fallback` or, without one, 29 days before the end.
 * Days to come, and those before there were any videos, are cut off. Throws AppError `bad_request` for a day that does not exist and for an end before its start.
 */
export function rangeOf(
  form: { readonly start: string; readonly end: string },
  now: number,
  fallback?: string,
): DayRange {
  const today = dayOf(now);
  const typedEnd = typedDay(form.end, today);
  const typedStart = typedDay(form.start, fallback ?? addDays(typedEnd < today ? typedEnd : today, 1 - windowDays));
  const start = typedStart < earliestDay ? earliestDay : typedStart;
  if (typedEnd < start) {
    throw formError('The range ends before it starts.', 'error_tiktok_research_end_before_start', [
      isoDay(start),
      isoDay(typedEnd),
    ]);
  }
  if (start > today) throw formError('The range is yet to come.', 'error_tiktok_research_future', [isoDay(start)]);
  return { start, end: typedEnd < today ? typedEnd : today };
}

function isoDay(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
}

/** The newest window of a range: at most 30 days that end with it. */
function newestWindow({ start, end }: DayRange): DayRange {
  const first = addDays(end, 1 - windowDays);
  return { start: first < start ? start : first, end };
}

/** Where a search goes on: a window, and how far it was read. */
export interface Place {
  /** The first day of the whole range. */
  readonly from: string;
  readonly window: DayRange;
  /** As the API gave it; "0" for a window's first page. */
  readonly cursor: string;
  /** Null for a window's first page. */
  readonly searchId: string | null;
}

/** The first place of a range. */
export function firstPlace(range: DayRange): Place {
  return { from: range.start, window: newestWindow(range), cursor: '0', searchId: null };
}

/** What one page says about the next. */
export interface PageEnd {
  readonly hasMore: boolean;
  readonly cursor: string | null;
  readonly searchId: string | null;
}

/**
 * The place after a page; null: the range is done. A page with fewer videos than asked for, even with none, ends nothing
 * while `has_more` holds: the API leaves out what was deleted or hidden since. A cursor that does not move would.
 */
export function placeAfter(place: Place, { hasMore, cursor, searchId }: PageEnd): Place | null {
  const known = searchId ?? place.searchId;
  if (hasMore && cursor !== null && cursor !== place.cursor && known !== null)
    return { ...place, cursor, searchId: known };
  const end = addDays(place.window.start, -1);
  return end < place.from ? null : firstPlace({ start: place.from, end });
}

/** The cursor of a list: compact JSON, for nobody but `parsePlace`. */
export function writePlace({ from, window, cursor, searchId }: Place): string {
  return JSON.stringify([from, window.start, window.end, cursor, searchId]);
}

const day = z.string().check(z.refine((text) => timeOfDay(text) !== null));
const writtenPlace = z.tuple([
  day,
  day,
  day,
  z.string().check(z.regex(/^(?:0|[1-9]\d{0,18})$/u)),
  z.nullable(z.string().check(z.regex(/^[\w-]{1,80}$/u))),
]);

/**
 * Reads a cursor back. `range`: what the list is asked for now; the place must lie in it. `isOpen`: nobody typed where
 * the range starts, so that it has moved on where a night lies between two pages.
 * Throws AppError `bad_request` for anything that `writePlace` does not write.
 */
export function parsePlace(text: string, range: DayRange, isOpen: boolean): Place {
  const wrong = (): AppError => formError('The cursor is none of this list.', 'error_tiktok_research_cursor');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw wrong();
  }
  const parsed = z.safeParse(writtenPlace, json);
  if (!parsed.success) throw wrong();
  const [from, start, end, cursor, searchId] = parsed.data;
  const isFrom = from === range.start || (isOpen && from >= earliestDay && from < range.start);
  const isWindow = from <= start && start <= end && end <= range.end && addDays(start, windowDays - 1) >= end;
  if (!isFrom || !isWindow) throw wrong();
  return { from, window: { start, end }, cursor, searchId };
}
