/**
 * Rows of a table in which somebody saved what TikTok's Research API answered, as the objects of the API. Names are the
 * API's (2026-09) and those of traktok for R (2024: `video_id`, `author_name`). An empty cell and NA, NaN, None, NULL say
 * nothing.
 */
import { parseJson } from '../core/lossless-json.ts';
import { idTime } from '../core/ref.ts';
import { parseLiteral } from './python-literal.ts';

type Kind = 'text' | 'id' | 'number' | 'list' | 'time';

/** How the API's fields stand in a cell; all others are texts. */
const kinds: Readonly<Record<string, Kind>> = {
  id: 'id',
  video_id: 'id',
  music_id: 'id',
  playlist_id: 'id',
  parent_comment_id: 'id',
  create_time: 'time',
  hashtag_names: 'list',
  effect_ids: 'list',
  hashtag_info_list: 'list',
  video_mention_list: 'list',
  effect_info_list: 'list',
  sticker_info_list: 'list',
  video_label: 'list',
  video_tag: 'list',
  ...Object.fromEntries(
    [
      'view_count',
      'like_count',
      'comment_count',
      'share_count',
      'favorites_count',
      'favourites_count',
      'reply_count',
      'video_duration',
      'follower_count',
      'following_count',
      'likes_count',
      'video_count',
    ].map((name) => [name, 'number' as const]),
  ),
};

const videoNames: ReadonlySet<string> = new Set([
  ...Object.keys(kinds).filter(
    (name) => !/^(?:parent_comment_id|reply_count|follow|likes_count|video_count)/u.test(name),
  ),
  'video_description',
  'region_code',
  'username',
  'voice_to_text',
  'is_stem_verified',
]);
const commentNames: ReadonlySet<string> = new Set([
  'id',
  'video_id',
  'text',
  'like_count',
  'reply_count',
  'parent_comment_id',
  'create_time',
]);
const userNames: ReadonlySet<string> = new Set([
  'username',
  'display_name',
  'bio_description',
  'avatar_url',
  'is_verified',
  'follower_count',
  'following_count',
  'likes_count',
  'video_count',
]);

/** What programs that read the web site write: the same words for other figures of another source. */
const foreignNames: ReadonlySet<string> = new Set([
  'video_diggcount',
  'video_playcount',
  'author_username',
  'thread_id',
  'collected_from_url',
  'webvideourl',
  'share_url',
  'post_id',
]);

const aliases: Readonly<Record<string, string>> = { author_name: 'username' };

/** A column's name as the API writes it. */
export function fieldName(name: string): string {
  const plain = name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.]+/gu, '_');
  return aliases[plain] ?? plain;
}

export type ResearchKind = 'video' | 'comment' | 'user';

/** What rows or objects with these names are: `least` of them are the API's. Null: nothing of the Research API. */
export function kindOf(names: readonly string[], least = 3): ResearchKind | null {
  const fields = new Set(names.map(fieldName));
  if ([...fields].some((name) => foreignNames.has(name))) return null;
  const count = (known: ReadonlySet<string>): number => [...fields].filter((name) => known.has(name)).length;
  const isComment =
    fields.has('id') && (fields.has('parent_comment_id') || (fields.has('video_id') && fields.has('text')));
  if (isComment && count(commentNames) >= least) return 'comment';
  if ((fields.has('id') || fields.has('video_id')) && count(videoNames) >= least) return 'video';
  return fields.has('username') && count(userNames) >= least ? 'user' : null;
}

/** Whether a column's name is one of the API's. */
export function isResearchName(name: string): boolean {
  const field = fieldName(name);
  return videoNames.has(field) || commentNames.has(field) || userNames.has(field);
}

/** An id without what keeps a spreadsheet from reading it as a number. */
export function idText(cell: string): string {
  return cell
    .trim()
    .replace(/^=?"(.*)"$/su, '$1')
    .replace(/^['‘’`]/u, '')
    .trim();
}

/** A whole number that a table of numbers wrote with a fraction: `1234.0`. */
function numberText(cell: string): string {
  return cell.trim().replace(/^(\d+)\.0*$/u, '$1');
}

/** JSON, or what Python or R prints; undefined for anything else. */
function structureOf(text: string): unknown {
  // To throw costs more than to read: what begins with Python's quotes is no JSON.
  if (!/^[[{][[{\s]*(?:["\d\]}-]|true|false|null)/u.test(text)) return parseLiteral(text);
  try {
    return parseJson(text);
  } catch {
    return parseLiteral(text);
  }
}

/** Names and ids hold no commas, semicolons or bars. */
function listOf(cell: string): unknown {
  const text = cell.trim();
  if (/^(?:character|list|integer|numeric)\(0?\)$/u.test(text)) return [];
  if (/^(?:[[{(]|c\()/u.test(text)) return structureOf(text) ?? text;
  return text
    .split(/[;|,]/u)
    .map((part) => part.trim().replace(/^["'](.*)["']$/u, '$1'))
    .filter((part) => part !== '');
}

/** Between the time in an id and the true one there are seconds; between time zones there is half an hour at least. */
const nearMs = 20 * 60_000;

/**
 * Unix seconds from seconds, or from a date that a program made of them. Without a zone it is UTC only where the id says so:
 * otherwise nobody knows which hour is meant, and the text stays, unreadable.
 */
function secondsOf(cell: string, id: string, now: number): string {
  const text = numberText(cell);
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/u.exec(text);
  if (!match) return text;
  const [, day = '', hour = '', zone] = match;
  const offset = zone === undefined || zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/u, '$1:$2');
  const time = Date.parse(`${day}T${hour}${offset}`);
  if (Number.isNaN(time)) return text;
  const stamp = idTime(id, now);
  if (zone === undefined && (stamp === null || Math.abs(stamp - time) > nearMs)) return text;
  return String(Math.floor(time / 1000));
}

const nothing = /^(?:NA|NaN|nan|None|NULL|null|<NA>|N\/A)?$/u;

export interface ResearchRow {
  /** As the API would give it; what says nothing is left out. */
  readonly api: Readonly<Record<string, unknown>>;
  /** The cells as they are, by their names. */
  readonly cells: Readonly<Record<string, string>>;
}

/** One row as an object of the API. `now`: Unix ms, for the time in an id. */
export function researchRow(
  names: readonly string[],
  row: readonly string[],
  kind: ResearchKind,
  now: number,
): ResearchRow {
  const cells = names.map((name, index): [string, string] => [name, row[index] ?? '']);
  const fields = new Map<string, string>();
  for (const [name, cell] of cells) {
    const field = fieldName(name);
    if (!fields.has(field) && !nothing.test(cell.trim())) fields.set(field, cell);
  }
  const ownId = idText(fields.get('id') ?? (kind === 'video' ? fields.get('video_id') : undefined) ?? '');
  const api = [...fields].map(([field, cell]): [string, unknown] => {
    switch (kinds[field]) {
      case 'id':
        return [field, idText(cell)];
      case 'number':
        return [field, numberText(cell)];
      case 'list':
        return [field, listOf(cell)];
      case 'time':
        return [field, secondsOf(cell, ownId, now)];
      default:
        return [field, cell];
    }
  });
  return {
    // A video's row may have its id under either name; a comment's `video_id` is its video's.
    api: { ...Object.fromEntries(api), ...(kind === 'user' ? {} : { id: ownId }) },
    cells: Object.fromEntries(cells),
  };
}
