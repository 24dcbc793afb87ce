/**
 * What Zeeschuimer writes: one captured item a line, in an envelope that says when and where. By its source of 2026-06-30
 * (v1.14.2, `popup/interface.js`, `js/zs-background.js`) and 4CAT's of 2026-08-19; files of before 2026 have no
 * `last_updated`. A second form, 4CAT's, has the item itself with the envelope in `__import_meta`.
 *
 * An item that was captured again has its data replaced or merged and keeps its `timestamp_collected`, so what it says was
 * seen at `last_updated`. Of the envelope only times and the page are kept: `source_url` and `user_agent` name whoever
 * collected.
 */
import { parseJson } from '../core/lossless-json.ts';
import { toObservation } from '../core/observation.ts';
import { type AnyRecord, type FigureNote, noSighting } from '../core/record.ts';
import { scrub } from '../core/scrub.ts';
import { withoutTracking } from '../core/text.ts';
import { isObject, type JsonObject, nameOf, valueOf } from '../payloads/reading.ts';
import { defineImporter, type ImportContext, type ImportEvent, type ImportMeeting, problemAt } from './importer.ts';
import { linesOf, type TextLine } from './lines.ts';
import { type ItemReader, zeeschuimerItems } from './zeeschuimer-items.ts';

/** Larger texts are not kept, as in pages (characters). */
const longestRaw = 8 * 1024 * 1024;

const earliest = Date.UTC(2014, 0, 1);
const dayMs = 86_400_000;

interface Envelope {
  readonly meta: JsonObject;
  readonly data: JsonObject;
}

/** The item and what is said of it, in either form; null: it is no line of Zeeschuimer's. */
function envelopeOf(json: unknown): Envelope | null {
  if (!isObject(json)) return null;
  const { __import_meta: meta, ...rest } = json;
  if (isObject(meta)) return typeof meta['source_platform'] === 'string' ? { meta, data: rest } : null;
  const data = json['data'];
  return typeof json['source_platform'] === 'string' && isObject(data) ? { meta: json, data } : null;
}

/** Unix ms; null: none that can be true. */
function timeOf(value: unknown, context: ImportContext): number | null {
  const isTime = typeof value === 'number' && Number.isSafeInteger(value);
  return isTime && value >= earliest && value <= context.fetchedAt + dayMs ? value : null;
}

/** The record with the time at which the browser got it. */
function seenAt(record: AnyRecord, time: number | null): AnyRecord {
  if (time === null) return record;
  const figures = Object.entries(record.figures).map(([name, note]): [string, FigureNote] => [
    name,
    { ...note, observed_at: note.observed_at ?? time },
  ]);
  return { ...record, observed_at: record.observed_at ?? time, figures: Object.fromEntries(figures) };
}

/** What of the page is known: its address as it was, and when the item was there. */
function meetingOf(
  { meta }: Envelope,
  times: { readonly first: number | null; readonly last: number | null },
  context: ImportContext,
): ImportMeeting {
  const address = valueOf(nameOf(meta['source_platform_url']));
  const pageUrl = address === null ? null : withoutTracking(address);
  const seen = { first_seen_at: times.first ?? times.last, last_seen_at: times.last ?? times.first };
  if (pageUrl === null || address === null) return { pageUrl: null, sighting: { ...noSighting, ...seen } };
  const { type, query, tab, personalised } = context.pageContext(address);
  return {
    pageUrl,
    sighting: {
      ...noSighting,
      ...seen,
      query_type: type,
      query_text: query,
      page_tab: tab,
      feed_personalised: personalised,
    },
  };
}

/** The item with every record that it holds; or why there is none. */
function readItem(line: TextLine, envelope: Envelope, reader: ItemReader, context: ImportContext): ImportEvent {
  const first = timeOf(envelope.meta['timestamp_collected'], context);
  const updated = timeOf(envelope.meta['last_updated'], context);
  const time = updated !== null && updated > (first ?? 0) ? updated : first;
  const met = meetingOf(envelope, { first, last: time }, context);
  // Read from what is kept: addresses of media carry the tokens of whoever collected, too.
  const data = scrub(envelope.data);
  const records = reader(isObject(data) ? data : {}, {
    collectedVia: 'import',
    provider: null,
    endpoint: null,
    pageUrl: met.pageUrl,
    fetchedAt: time ?? context.fetchedAt,
  });
  if (records.length === 0) return problemAt(line.line, 'import_item_unreadable', line.text);
  // All of them were read from the item, which is kept as it was captured.
  const raw = JSON.stringify(data);
  if (raw.length > longestRaw) return problemAt(line.line, 'import_line_too_long', line.text);
  const observations = records.map((record) => toObservation(seenAt(record, time), raw));
  return { kind: 'item', line: line.line, observations, refs: [], met };
}

function parsed(line: string): unknown {
  // To throw costs more than to read.
  if (!/^\s*\{/u.test(line)) return undefined;
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}

function readLine(read: TextLine, context: ImportContext): ImportEvent {
  const { line, text, isCut } = read;
  if (isCut) return problemAt(line, 'import_line_too_long', text);
  const json = parsed(text);
  if (json === undefined) return problemAt(line, 'import_line_not_json', text);
  const envelope = envelopeOf(json);
  if (!envelope) return problemAt(line, 'import_line_not_zeeschuimer', text);
  const platform = valueOf(nameOf(envelope.meta['source_platform'])) ?? '';
  const reader = Object.hasOwn(zeeschuimerItems, platform) ? zeeschuimerItems[platform] : undefined;
  if (!reader) return problemAt(line, 'import_platform_unknown', text, platform.slice(0, 60));
  return readItem(read, envelope, reader, context);
}

/** Whether a line, or what there is of it, is one of Zeeschuimer's: by its envelope, which comes first or last. */
function isOurs(first: string, isComplete: boolean): boolean {
  if (isComplete) return envelopeOf(parsed(first)) !== null;
  return /^\s*\{\s*"(?:nav_index|item_id|timestamp_collected|source_platform)"\s*:/u.test(first);
}

export const zeeschuimer = defineImporter({
  id: 'zeeschuimer',
  label: 'importer_zeeschuimer',
  recognises: ({ text, isWhole }) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    // A first line may be damaged.
    return lines.slice(0, 5).some((line, index) => isOurs(line, isWhole || index < lines.length - 1));
  },
  async *read(chunks, context) {
    for await (const line of linesOf(chunks)) {
      if (line.text.trim() !== '' || line.isCut) yield readLine(line, context);
    }
  },
});
