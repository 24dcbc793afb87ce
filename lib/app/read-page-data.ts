/**
 * What a page carried or loaded, as observations: parsed, checked, scrubbed and hashed. Untrusted: a page can make all of
 * it up, so nothing about another platform is taken from it. Never throws.
 */
import { parseJson } from '../core/lossless-json.ts';
import { type EmbeddedBlock, maximumRelayed } from '../core/page-data.ts';
import type { RecordOrigin } from '../core/record-factory.ts';
import { type AnyRecord } from '../core/record.ts';
import { type Observation, recordRef } from '../core/observation.ts';
import { type EntityRef, type Platform, refKey, type RefKey } from '../core/ref.ts';
import { readBlocks } from '../payloads/embedded.ts';
import { readAnswer } from '../payloads/index.ts';
import { type AnswerStatus, originOf, type PayloadContext } from '../payloads/payload.ts';
import { detectUrl } from '../sites/index.ts';
import type { Tap } from '../sites/taps.ts';
import type { ListedStatus } from '../storage/session-buffer.ts';
import { outlineOf } from './health-outline.ts';
import type { HealthEvent } from './health-state.ts';
import { pageAddress } from './page-state.ts';
import { noteRaw, observeAll } from './raw-texts.ts';
import { unavailableRecord } from './unavailable.ts';

/** What the page is on which something was read. */
export interface ReadingPlace {
  readonly site: string;
  readonly platform: Platform;
  /** With its query. */
  readonly pageUrl: string;
  /** Unix ms. */
  readonly now: number;
}

/** What was read, before it is known which list it belongs to. */
export interface PageReading {
  readonly observations: readonly Observation[];
  /** Items of the page's list, in its order. */
  readonly listed: readonly RefKey[];
  /** Posts that are no part of the list, unless they turn out to be. */
  readonly besides: readonly RefKey[];
  /** What else was in the answer, with the posts that it came with. */
  readonly others: readonly RefKey[];
  readonly statuses: readonly (readonly [RefKey, ListedStatus])[];
  /** Names and ids of the account that is logged in; what they name is already left out. */
  readonly viewer: readonly string[];
  readonly health: readonly HealthEvent[];
}

/** Says which names are the viewer's. */
export type IsViewer = (name: string) => boolean;

/** The names and ids that a record gives to a person. */
export function personsOf(record: AnyRecord): readonly string[] {
  const fields: [string, unknown][] = Object.entries(record);
  const names = fields.flatMap(([field, value]) =>
    /^author_(?:handle|id|sec_id)$/u.test(field) && typeof value === 'string' ? [value] : [],
  );
  return record.record_type === 'live' && record.live_id !== null ? [...names, record.live_id] : names;
}

function contextOf(place: ReadingPlace, collectedVia: 'page_json' | 'page_xhr'): PayloadContext {
  return {
    collectedVia,
    provider: null,
    endpoint: null,
    pageUrl: pageAddress(place.pageUrl),
    fetchedAt: place.now,
    platform: place.platform,
    made: noteRaw,
  };
}

interface Part {
  readonly records: readonly AnyRecord[];
  readonly isList: boolean;
}

interface Sorted {
  readonly listed: RefKey[];
  readonly besides: RefKey[];
  readonly others: RefKey[];
}

/** Which records are items of the list: its posts, or the products of a list without posts. A SKU rides with its product. */
function sort(parts: readonly Part[]): Sorted {
  const sorted: Sorted = { listed: [], besides: [], others: [] };
  for (const { records, isList } of parts) {
    const hasPosts = records.some((record) => record.record_type === 'post');
    for (const record of records) {
      const key = refKey(recordRef(record));
      if (record.record_type === 'sku') continue;
      if (record.record_type === 'post') (isList ? sorted.listed : sorted.besides).push(key);
      else if (record.record_type === 'product' && isList && !hasPosts) sorted.listed.push(key);
      else sorted.others.push(key);
    }
  }
  return sorted;
}

async function finish(
  place: ReadingPlace,
  parts: readonly Part[],
  isViewer: IsViewer,
): Promise<Pick<PageReading, 'observations' | 'listed' | 'besides' | 'others'>> {
  const allowed = parts.map(({ records, isList }) => ({
    isList,
    records: records.filter(
      (record) => record.platform === place.platform && !personsOf(record).some((name) => isViewer(name)),
    ),
  }));
  const records = allowed.flatMap((part) => part.records);
  return { observations: await observeAll(records, { keepRaw: true }), ...sort(allowed) };
}

/** The record of a thing that the platform says it cannot show; null where it says nothing of that. */
function unavailable(ref: EntityRef, status: AnswerStatus, origin: RecordOrigin): AnyRecord | null {
  const { availability } = status;
  if (!availability || availability === 'ok' || availability === 'unknown') return null;
  return unavailableRecord(ref, availability, origin);
}

/** A status that says something: not the "0, all is well" of an empty list. */
function isTelling(status: AnswerStatus | null): status is AnswerStatus {
  return status !== null && (Boolean(status.availability) || (status.code !== null && status.code !== '0'));
}

function statusOf(
  ref: EntityRef | undefined,
  status: AnswerStatus | null,
  context: PayloadContext,
  platform: Platform,
): { statuses: [RefKey, ListedStatus][]; records: AnyRecord[] } {
  if (!ref || !isTelling(status)) return { statuses: [], records: [] };
  const record = unavailable(ref, status, originOf(context, platform, 'page'));
  const { code, message, availability } = status;
  const listed = { code, message: message.slice(0, 300), availability: availability ?? 'unknown' } as const;
  return { statuses: [[refKey(ref), listed]], records: record ? [record] : [] };
}

/** Blocks whose text is JSON as it stands. */
const plainJson: ReadonlySet<string> = new Set([
  'universal-data',
  'sigi-state',
  'next-data',
  'frontity-state',
  'modern-router-data',
]);

function isJson(text: string): boolean {
  try {
    parseJson(text, { lenient: true });
    return true;
  } catch {
    return false;
  }
}

/** The embedded blocks of a document. */
export async function readPageBlocks(
  place: ReadingPlace,
  blocks: readonly EmbeddedBlock[],
  isViewer: IsViewer,
): Promise<PageReading> {
  const context = contextOf(place, 'page_json');
  const refs = detectUrl(place.pageUrl);
  const answers = readBlocks(blocks, { refs }, context);
  const viewer = answers.flatMap((answer) => answer.viewer);
  const parts: Part[] = answers.map(({ records, isList }) => ({ records, isList }));
  const telling = answers.find((answer) => answer.records.length === 0 && isTelling(answer.status));
  const nothing = answers.every(({ records }) => records.length === 0);
  const own = statusOf(nothing ? refs[0] : undefined, telling?.status ?? null, context, place.platform);
  const named = new Set(viewer.map((name) => name.toLowerCase()));
  const isNamed: IsViewer = (name) => named.has(name.toLowerCase()) || isViewer(name);
  const health = answers.flatMap(({ block, records, status, stale }, index): HealthEvent[] => {
    const event = { site: place.site, kind: 'block', name: block } as const;
    if (stale) return [{ ...event, missed: 'stale' }];
    if (records.length > 0 || status) return [{ ...event, missed: null }];
    const text = blocks[index]?.text ?? '';
    // Most blocks hold nothing of ours on most pages; only one that cannot be parsed is amiss.
    return plainJson.has(block) && !isJson(text) ? [{ ...event, missed: 'not_json' }] : [];
  });
  const read = await finish(place, [...parts, { records: own.records, isList: false }], isNamed);
  return { ...read, statuses: own.statuses, viewer, health };
}

/** Integers that were rounded by parsing are none: a wrong id is worse than no id. */
function withoutRounded(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? null : value,
  );
}

/** The names under which a request says which one thing it asks for. 2026, both platforms. */
const askedFor = ['itemId', 'aweme_id', 'uniqueId', 'secUid', 'sec_user_id', 'web_rid'];

/** The page's own thing, where that is what the request asked for. */
function subjectAsked(url: string, tap: Tap, pageUrl: string): EntityRef | undefined {
  if (tap.role === 'list' || !/\/(?:detail|other|room|info|enter)\/$/u.test(tap.path)) return undefined;
  const query = new URL(url).searchParams;
  const asked = askedFor.flatMap((name) => query.get(name) ?? []).map((text) => text.toLowerCase());
  return detectUrl(pageUrl).find(({ id }) => asked.includes(id.toLowerCase()));
}

/** An answer that the page loaded, from an address that a tap names. */
export async function readPageAnswer(
  place: ReadingPlace,
  answer: { readonly url: string; readonly text: string; readonly digitsLost: boolean; readonly tap: Tap },
  isViewer: IsViewer,
): Promise<PageReading> {
  const { url, text, digitsLost, tap } = answer;
  const event = { site: place.site, kind: 'answer', name: tap.path } as const;
  const nothing = { observations: [], listed: [], besides: [], others: [], statuses: [], viewer: [] };
  if (text.length > maximumRelayed) return { ...nothing, health: [{ ...event, missed: 'too_large' }] };
  const context = contextOf(place, 'page_xhr');
  try {
    // Parsed once more only to refuse what is nested too deep.
    if (digitsLost) parseJson(text);
    const { records, status } = readAnswer(digitsLost ? withoutRounded(text) : text, context);
    if (records.length === 0 && !status) {
      const outline = { host: new URL(url).hostname, path: tap.path, outline: outlineOf(parsedOrNull(text)) };
      return { ...nothing, health: [{ ...event, missed: 'unknown_shape', outline }] };
    }
    const own = statusOf(
      records.length === 0 ? subjectAsked(url, tap, place.pageUrl) : undefined,
      status,
      context,
      place.platform,
    );
    const parts = [
      { records, isList: tap.role === 'list' },
      { records: own.records, isList: false },
    ];
    const read = await finish(place, parts, isViewer);
    return { ...read, statuses: own.statuses, viewer: [], health: [{ ...event, missed: null }] };
  } catch {
    return { ...nothing, health: [{ ...event, missed: 'not_json' }] };
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return parseJson(text, { lenient: true });
  } catch {
    return null;
  }
}
