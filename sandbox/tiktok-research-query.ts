/** The query language of TikTok's Research API, read and carried out by the sandbox's own code. */
import type { World, WorldPost } from './types.ts';

const day = 86_400;

/** A refusal in the API's words: always `invalid_params`. */
export class InvalidParameters extends Error {}

function refuse(message: string): never {
  throw new InvalidParameters(message);
}

type Json = Record<string, unknown>;

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Unix seconds at which a day begins, from 20261121. */
function startOfDay(value: unknown, name: string): number {
  const parts = typeof value === 'string' ? /^(\d{4})(\d\d)(\d\d)$/.exec(value) : null;
  if (!parts) return refuse(`${name} is required as yyyymmdd in UTC`);
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso) return refuse(`${name} is no date`);
  return time / 1000;
}

const fields: Record<string, (post: WorldPost) => (string | number)[]> = {
  video_id: (post) => [post.id],
  username: (post) => [post.author.handle],
  region_code: (post) => [post.country],
  hashtag_name: (post) => post.hashtags.map((tag) => tag.toLowerCase()),
  music_id: (post) => [post.music.id],
  effect_id: () => [],
  create_date: (post) => [Number(new Date(post.createdAt * 1000).toISOString().slice(0, 10).replaceAll('-', ''))],
  video_length: (post) => {
    const seconds = post.durationMs / 1000;
    if (seconds < 15) return ['SHORT'];
    if (seconds <= 60) return ['MID'];
    return [seconds <= 300 ? 'LONG' : 'EXTRA_LONG'];
  },
};

/** Whether a post meets one condition. Every word of a keyword must be in the caption. */
function meets(post: WorldPost, condition: unknown): boolean {
  if (!isRecord(condition)) return refuse('a condition must be an object');
  const { operation, field_name: name, field_values: values } = condition;
  if (typeof operation !== 'string' || !['EQ', 'IN', 'GT', 'GTE', 'LT', 'LTE'].includes(operation))
    return refuse(`operation ${String(operation)} is unknown`);
  if (typeof name !== 'string' || !(name === 'keyword' || name in fields))
    return refuse(`field_name ${String(name)} is unknown`);
  if (!Array.isArray(values) || values.length === 0 || values.some((value) => typeof value !== 'string'))
    return refuse('field_values must be a list of strings');
  const wanted = values.map(String);
  if (operation !== 'IN' && wanted.length > 1) return refuse(`${operation} takes one value`);
  if (name === 'keyword') {
    const caption = post.caption.toLowerCase();
    return wanted.some((phrase) => caption.includes(phrase.toLowerCase()));
  }
  const held = fields[name]?.(post) ?? [];
  if (operation === 'EQ' || operation === 'IN') {
    const lower = wanted.map((value) => (name === 'hashtag_name' ? value.toLowerCase() : value));
    return held.some((value) => lower.includes(String(value)));
  }
  if (name !== 'create_date') return refuse(`${operation} cannot be used with ${name}`);
  const limit = Number(wanted[0]);
  const value = Number(held[0]);
  if (operation === 'GT') return value > limit;
  if (operation === 'GTE') return value >= limit;
  return operation === 'LT' ? value < limit : value <= limit;
}

function groupOf(query: Json, name: string): unknown[] {
  const group = query[name];
  if (group === undefined || group === null) return [];
  return Array.isArray(group) ? group : refuse(`${name} must be a list`);
}

/** What a query finds, newest first, also what may not be given away. Throws InvalidParameters. */
export function findVideos(world: World, body: Json): WorldPost[] {
  const { query, start_date: startDate, end_date: endDate } = body;
  if (!isRecord(query)) return refuse('query is required');
  const [and, or, not] = ['and', 'or', 'not'].map((name) => groupOf(query, name));
  if (!and || !or || !not || and.length + or.length + not.length === 0)
    return refuse('query needs at least one condition');
  const start = startOfDay(startDate, 'start_date');
  const end = startOfDay(endDate, 'end_date');
  if (end < start) return refuse('end_date is before start_date');
  if (end - start > 30 * day) return refuse('end_date must be no more than 30 days after start_date');
  return world
    .postsOf('tiktok')
    .filter((post) => post.createdAt >= start && post.createdAt < end + day)
    .filter(
      (post) =>
        and.every((condition) => meets(post, condition)) &&
        (or.length === 0 || or.some((condition) => meets(post, condition))) &&
        !not.some((condition) => meets(post, condition)),
    )
    .sort((one, other) => other.createdAt - one.createdAt);
}

/** A count of a body: its default, its most, and nothing below one. */
export function countOf(body: Json, name: string, usual: number, most: number): number {
  const value = body[name] ?? usual;
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 1 || number > most)
    return refuse(`${name} must be between 1 and ${most}`);
  return number;
}

/** An index of a body, from 0. */
export function indexOf(body: Json, name: string): number {
  const value = body[name] ?? 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) return refuse('Invalid count or cursor');
  return value;
}
