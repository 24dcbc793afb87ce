/** Our own NDJSON, see lib/core/observation-line.ts: one observation a line, with its raw text. */
import * as z from 'zod/mini';
import { parseJson } from '../core/lossless-json.ts';
import { lineVersion } from '../core/observation-line.ts';
import type { Observation } from '../core/observation.ts';
import { pageTypes } from '../core/page-data.ts';
import { parseObservation } from '../core/record-schema.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import { scrub } from '../core/scrub.ts';
import { withoutTracking } from '../core/text.ts';
import { at, isObject, type JsonObject } from '../payloads/reading.ts';
import { defineImporter, type ImportContext, type ImportEvent, type ImportMeeting, problemAt } from './importer.ts';
import { linesOf, type TextLine } from './lines.ts';

const text = z.nullable(z.string().check(z.maxLength(2_000)));
const time = z.nullable(z.number().check(z.minimum(0)));
const flag = z.nullable(z.boolean());

const savedSchema = z.object({
  saved_at: z.optional(z.number().check(z.minimum(0))),
  page_url: text,
  sighting: z.object({
    query_type: z.nullable(z.enum(pageTypes)),
    query_text: text,
    page_tab: text,
    feed_personalised: flag,
    result_rank: z.nullable(z.number()),
    shown_on_page: flag,
    first_seen_at: time,
    last_seen_at: time,
  }),
});

interface Saving {
  readonly met: ImportMeeting | null;
  readonly savedAt?: number;
}

/** Where it was met and when it was saved; null where the line does not say, or not in our words. */
function savingOf(line: JsonObject): Saving {
  if (line['saved'] === undefined) return { met: null };
  const { success, data } = z.safeParse(savedSchema, line['saved']);
  if (!success) return { met: null };
  const { saved_at: savedAt, page_url: pageUrl, sighting } = data;
  const met = { pageUrl: pageUrl === null ? null : withoutTracking(pageUrl), sighting };
  return { met, ...(savedAt === undefined ? {} : { savedAt }) };
}

/** The text as it may be kept: what a file brings is scrubbed as if a page had brought it. Null: it is no JSON. */
function rawText(raw: unknown): string | null {
  if (typeof raw !== 'string') return null;
  try {
    return JSON.stringify(scrub(parseJson(raw))) ?? null;
  } catch {
    return null;
  }
}

function refOf(value: unknown): RefKey | null {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed as one
  return typeof value === 'string' && value.length <= 300 && parseRefKey(value) ? (value as RefKey) : null;
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

function readLine({ line, text: written, isCut }: TextLine, { withoutRaw }: ImportContext): ImportEvent {
  if (isCut) return problemAt(line, 'import_line_too_long', written);
  const json = parsed(written);
  if (json === undefined) return problemAt(line, 'import_line_not_json', written);
  const version = at(json, 'clipscope');
  if (!isObject(json) || typeof version !== 'number') return problemAt(line, 'import_line_not_ours', written);
  if (version > lineVersion) return problemAt(line, 'import_line_newer', written);
  const saving = savingOf(json);
  const ref = refOf(json['ref']);
  if (ref && json['observation'] === undefined) return { kind: 'item', line, observations: [], refs: [ref], ...saving };
  const observation = parseObservation(json['observation']);
  if (!observation) return problemAt(line, 'import_line_not_ours', written);
  const { raw: _raw, ...said } = observation;
  if (json['raw'] === undefined || withoutRaw) return { kind: 'item', line, observations: [said], refs: [], ...saving };
  const hashed = json['raw'];
  const raw = rawText(hashed);
  if (typeof hashed !== 'string' || raw === null) return problemAt(line, 'import_raw_damaged', written);
  const kept: Observation = { ...said, raw };
  return { kind: 'item', line, observations: [kept], refs: [], ...saving, hashed };
}

export const clipscopeNdjson = defineImporter({
  id: 'clipscope-ndjson',
  label: 'importer_clipscope_ndjson',
  recognises: ({ text: head }) => /^\s*\{\s*"clipscope"\s*:\s*\d/u.test(head),
  async *read(chunks, context) {
    for await (const line of linesOf(chunks)) if (line.text.trim() !== '' || line.isCut) yield readLine(line, context);
  },
});
