/**
 * What 4CAT imports: Zeeschuimer's NDJSON, keys and their order by its v1.14.2 of 2026-06-30, rules by 4CAT's 227bead of
 * 2026-08-19. One captured item a line, as it was captured, but for what speaks of whoever captured it: that was never
 * kept. A file holds one platform; posts and comments are different ones.
 *
 * - Only what was captured can be written: a row whose text was not kept, or whose text is of another shape (an API's
 *   answer), is left out and told. Nothing is made up of a row's columns.
 * - Keys whose null makes 4CAT fail are left out.
 * - An item that was captured inside another one (a reply that is shown below its comment) is in that one.
 * - `timestamp_collected` is when it was first met, `last_updated` when the item was captured as it is here; both the same
 *   where only one is known. Addresses are without their queries; `source_url` is the page's. `user_agent` names the
 *   program that wrote the file. `nav_index` is that of an unknown tab.
 */
import { AppError } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import { type Observation, recordRef } from '../core/observation.ts';
import type { TableId } from '../core/export-choices.ts';
import type { AnyRecord } from '../core/record.ts';
import { type Platform, refKey } from '../core/ref.ts';
import { defineExporter, type ExportContext, onlyTable } from './exporter.ts';

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The module of Zeeschuimer's that captures such rows, and so 4CAT's name for them; null: there is none. */
export function zeeschuimerPlatform(table: TableId, platform: Platform): string | null {
  if (table === 'post') return platform === 'tiktok' ? 'tiktok.com' : 'douyin.com';
  return table === 'comment' && platform === 'tiktok' ? 'tiktok-comments' : null;
}

/** `own`: the item itself. `outer`: the item that it is a part of. `foreign`: no item of these pages. */
type Shape = 'own' | 'outer' | 'foreign';

/** The names that only items of TikTok's web site have, among what carries a post's id. */
const tiktokParts = ['author', 'stats', 'statsV2', 'video', 'imagePost', 'music'] as const;

function shapeOf(data: JsonObject, row: AnyRecord): Shape {
  if (row.record_type === 'comment') {
    if (data['cid'] === row.comment_id) return 'own';
    const replies = data['reply_comment'];
    return data['cid'] !== undefined && Array.isArray(replies) ? 'outer' : 'foreign';
  }
  if (row.record_type !== 'post') return 'foreign';
  if (row.platform === 'douyin') {
    const isItem = data['aweme_id'] === row.post_id || data['awemeId'] === row.post_id;
    // In a page of server components a part may stand elsewhere, and "$1f" for it.
    const isTorn = Object.values(data).some((value) => typeof value === 'string' && /^\$[\da-f]{1,16}$/u.test(value));
    return isItem && !isTorn ? 'own' : 'foreign';
  }
  const isItem = data['aweme_id'] === undefined && tiktokParts.some((name) => data[name] !== undefined);
  return isItem && data['id'] === row.post_id ? 'own' : 'foreign';
}

/** A null here makes 4CAT give up the whole file; that the key is missing does not. */
const fatalNulls: ReadonlySet<string> = new Set([
  'createTime',
  'create_time',
  'authorStats',
  'stats',
  'video',
  'music',
  'stickersOnItem',
  'textExtra',
  'challenges',
  'effectStickers',
  'warnInfo',
  'share_info',
  'avatar_thumb',
  'cover',
  'play_url',
  'cell_room',
  'mix_info',
  'mixInfo',
]);
/** The parts of an item in which such keys stand. */
const innerParts: ReadonlySet<string> = new Set(['user', 'author', 'video', 'music']);

function withoutFatalNulls(data: JsonObject, isInner = false): JsonObject {
  const entries = Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
    if (value === null && fatalNulls.has(name)) return [];
    return [[name, !isInner && innerParts.has(name) && isObject(value) ? withoutFatalNulls(value, true) : value]];
  });
  return Object.fromEntries(entries);
}

/** The item with what Zeeschuimer's modules add to it: an `id`, and whether it was in the page itself. */
function withAdditions(data: JsonObject, row: AnyRecord, id: string): JsonObject {
  const isEmbedded = row.platform === 'douyin' && data['aweme_id'] === undefined;
  return {
    ...withoutFatalNulls(data),
    ...(data['id'] === undefined ? { id } : {}),
    ...(isEmbedded && data['ZS_collected_from_embed'] === undefined ? { ZS_collected_from_embed: true } : {}),
  };
}

function parsed(text: string): JsonObject | null {
  try {
    const json = parseJson(text);
    return isObject(json) ? json : null;
  } catch {
    return null;
  }
}

type Captured =
  | { readonly data: JsonObject; readonly observation: Observation }
  | { readonly skipped: 'export_skipped_no_raw' | 'export_skipped_inside' | 'export_skipped_other_source' };

/** The row as it was captured last. */
async function capturedOf(row: AnyRecord, context: ExportContext): Promise<Captured> {
  const observations = (await context.observationsOf?.(refKey(recordRef(row)))) ?? [];
  const newestFirst = observations
    .filter(({ record }) => record.record_type === row.record_type)
    .sort((one, other) => other.fetched_at - one.fetched_at);
  let met: Shape | null = null;
  for (const observation of newestFirst) {
    const text = observation.raw ?? (await context.rawOf?.(observation)) ?? null;
    const data = text === null ? null : parsed(text);
    if (!data) continue;
    const shape = shapeOf(data, row);
    if (shape === 'own') return { data, observation };
    if (met !== 'outer') met = shape;
  }
  if (met === null) return { skipped: 'export_skipped_no_raw' };
  return { skipped: met === 'outer' ? 'export_skipped_inside' : 'export_skipped_other_source' };
}

function idOf(row: AnyRecord): string {
  if (row.record_type === 'post') return row.post_id;
  return row.record_type === 'comment' ? row.comment_id : '';
}

/** A line's text. `number`: from 1. */
function lineOf(
  row: AnyRecord,
  platform: string,
  number: number,
  { data, observation }: Extract<Captured, { data: unknown }>,
  version: string,
): string {
  const { fetched_at: captured, record } = observation;
  const first = row.first_seen_at ?? captured;
  const page = record.collected_from_url ?? '';
  const line = {
    nav_index: '1:-1:0',
    item_id: idOf(row),
    timestamp_collected: Math.min(first, captured),
    last_updated: captured,
    source_platform: platform,
    source_platform_url: page,
    source_url: page,
    user_agent: `Clipscope/${version}`,
    data: withAdditions(data, row, idOf(row)),
    id: number,
  };
  // 4CAT reads files as UTF-8, which cannot hold half a surrogate pair; JSON.stringify escapes it.
  return `${JSON.stringify(line)}\n`;
}

export const zeeschuimer = defineExporter({
  id: 'zeeschuimer',
  label: 'exporter_zeeschuimer',
  extension: 'ndjson',
  hint: 'exporter_zeeschuimer_hint',
  mediaType: 'application/x-ndjson',
  form: 'captured',
  tables: ['post', 'comment'],
  isOfOnePlatform: true,
  fileName: (table, platform, now) => {
    const time = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
    return `zeeschuimer-export-${zeeschuimerPlatform(table, platform) ?? platform}-${time}.ndjson`;
  },
  async *write(tables, context) {
    const { id: recordType, rows } = onlyTable(tables);
    if (recordType !== 'post' && recordType !== 'comment')
      throw new AppError('unsupported', `Zeeschuimer has no ${recordType} items.`, { advice: 'error_export_table' });
    let platform: string | null = null;
    let written = 0;
    for await (const row of rows()) {
      const own = zeeschuimerPlatform(row.record_type, row.platform);
      if (own === null) context.skipped?.('export_skipped_no_place');
      else if (platform !== null && platform !== own) context.skipped?.('export_skipped_other_platform');
      else {
        platform = own;
        const captured = await capturedOf(row, context);
        if ('skipped' in captured) context.skipped?.(captured.skipped);
        else {
          written += 1;
          yield lineOf(row, own, written, captured, context.extensionVersion);
        }
      }
    }
  },
});
