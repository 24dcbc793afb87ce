/**
 * What TikTok's Research API answered, as researchers keep it: JSON (whole answers, lists of videos, one object a line) and
 * tables. Videos, comments and accounts. Nobody says when the API was asked, so the observation has no time of its own.
 */
import { parseJson } from '../core/lossless-json.ts';
import { toObservation } from '../core/observation.ts';
import type { AnyRecord } from '../core/record.ts';
import { scrub } from '../core/scrub.ts';
import type { PayloadContext } from '../payloads/payload.ts';
import { at, isObject, type JsonObject, listOf, postIdOf } from '../payloads/reading.ts';
import { tiktokResearchComment } from '../payloads/tiktok-research-comment.ts';
import { tiktokResearchUser } from '../payloads/tiktok-research-user.ts';
import { tiktokResearchVideo } from '../payloads/tiktok-research-video.ts';
import { beginningOf, lookedAhead } from './beginning.ts';
import { csvRows, formOf } from './csv-rows.ts';
import { defineImporter, type ImportContext, type ImportEvent, type ImportHead, problemAt } from './importer.ts';
import { jsonParts } from './json-parts.ts';
import { linesOf } from './lines.ts';
import { isNumberForm, RoundedIds } from './rounded-ids.ts';
import { isResearchName, kindOf, type ResearchKind, researchRow } from './tiktok-research-rows.ts';

/** The lists of the API's answers. */
const lists: ReadonlySet<string> = new Set([
  'videos',
  'comments',
  'users',
  'user_liked_videos',
  'pinned_videos_list',
  'user_reposted_videos',
  'reposted_videos',
]);

/** One object of the API, with what is kept of it. */
interface Entry {
  readonly line: number;
  readonly kind: ResearchKind;
  readonly api: JsonObject;
  /** As it stands in the file. */
  readonly raw: unknown;
  /** What is shown of it where it is at fault. */
  readonly shown: string;
}

type Found = Entry | ImportEvent;

function isEvent(found: Found): found is ImportEvent {
  return found.kind === 'item' || found.kind === 'problem';
}

function idOf({ api, kind }: Entry): string {
  const id = kind === 'user' ? null : api['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
}

function contextOf({ fetchedAt }: ImportContext): PayloadContext {
  return {
    collectedVia: 'import',
    provider: 'tiktok-research',
    endpoint: null,
    pageUrl: null,
    fetchedAt,
    platform: 'tiktok',
  };
}

const readers: { readonly [Kind in ResearchKind]: (api: JsonObject, context: PayloadContext) => readonly AnyRecord[] } =
  {
    video: (api, context) => tiktokResearchVideo.read(api, context),
    comment: (api, context) => tiktokResearchComment.read({ comments: [api] }, context),
    user: (api, context) => tiktokResearchUser.read(api, context),
  };

const otherIds = ['music_id', 'playlist_id', 'video_id', 'parent_comment_id'] as const;

/** Turns objects into observations, and tells which ids are lost. */
class Reader {
  readonly #context: ImportContext;
  readonly #ids = new Map<string, RoundedIds>();

  constructor(context: ImportContext) {
    this.#context = context;
  }

  #column(name: string): RoundedIds {
    const known = this.#ids.get(name) ?? new RoundedIds();
    this.#ids.set(name, known);
    return known;
  }

  look(entry: Entry): void {
    this.#column('id').look(idOf(entry));
    for (const name of otherIds) {
      const id = entry.api[name];
      if (typeof id === 'string') this.#column(name).look(id);
    }
  }

  /** The object without the ids of other things that are lost. */
  #withoutLost(api: JsonObject): JsonObject {
    const lost = otherIds.filter((name) => {
      const id = api[name];
      return typeof id === 'string' && this.#column(name).isLost(id);
    });
    // A number that no double holds is read as what it is: unreadable.
    return lost.length === 0 ? api : { ...api, ...Object.fromEntries(lost.map((name) => [name, Number.MAX_VALUE])) };
  }

  read(entry: Entry): ImportEvent {
    const { line, kind, shown } = entry;
    const id = idOf(entry);
    if (kind !== 'user') {
      const isLost =
        isNumberForm(id) || (typeof entry.api['id'] === 'number' && !Number.isSafeInteger(entry.api['id']));
      if (isLost || this.#column('id').isLost(id)) return problemAt(line, 'import_id_rounded', shown, id);
      if (kind === 'video' ? postIdOf(id) === null : !/^\d{1,25}$/u.test(id))
        return problemAt(line, 'import_row_without_id', shown);
    }
    const [record] = readers[kind](this.#withoutLost(entry.api), contextOf(this.#context));
    if (!record) return problemAt(line, kind === 'user' ? 'import_row_without_name' : 'import_row_without_id', shown);
    const raw = JSON.stringify(scrub(entry.raw));
    return { kind: 'item', line, observations: [toObservation(record, raw)], refs: [], met: null };
  }
}

/** What an object of the API is; null: none of those that are known. */
function entryOf(json: unknown, line: number, shown: string): Entry | null {
  // An answer about one account holds it in `data`.
  const data = at(json, 'data');
  const api = isObject(data) ? data : json;
  if (!isObject(api)) return null;
  const kind = kindOf(Object.keys(api), 2);
  return (
    kind && {
      line,
      kind,
      api: 'id' in api || kind !== 'video' ? api : { ...api, id: api['video_id'] },
      raw: json,
      shown,
    }
  );
}

/** The objects that a parsed line holds: itself, or those that it lists. */
function listedIn(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json.flatMap(listedIn);
  const data = at(json, 'data');
  const named = [...lists].map((name) => at(isObject(data) ? data : json, name)).filter((list) => Array.isArray(list));
  return named.length > 0 ? named.flatMap(listOf) : [json];
}

function isJsonText(text: string): boolean {
  return /^\s*[[{]/u.test(text);
}

function foundIn(text: string, line: number): readonly Found[] {
  // To throw costs more than to read.
  if (!isJsonText(text)) return [problemAt(line, 'import_line_not_json', text)];
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    return [problemAt(line, 'import_line_not_json', text)];
  }
  const shown = text.slice(0, 500);
  return listedIn(json).map((part) => {
    // Of several on one line each is shown by itself.
    const own = part === json ? shown : JSON.stringify(part)?.slice(0, 500);
    return entryOf(part, line, own ?? shown) ?? problemAt(line, 'import_row_unknown', own ?? shown);
  });
}

async function* foundInLines(chunks: AsyncIterable<string>): AsyncGenerator<Found> {
  for await (const { line, text, isCut } of linesOf(chunks)) {
    if (isCut) yield problemAt(line, 'import_line_too_long', text);
    else if (text.trim() !== '') yield* foundIn(text, line);
  }
}

const partProblems = {
  long: 'import_line_too_long',
  open: 'import_truncated',
  deep: 'import_rest_unread',
  stray: 'import_line_not_json',
} as const;

async function* foundInJson(chunks: AsyncIterable<string>): AsyncGenerator<Found> {
  for await (const { line, text, state } of jsonParts(chunks, lists)) {
    if (state === 'whole') yield* foundIn(text, line);
    else yield problemAt(line, partProblems[state], text);
  }
}

async function* foundInTable(chunks: AsyncIterable<string>, head: string, now: number): AsyncGenerator<Found> {
  const known = formOf(head, isResearchName, 1);
  const names = known?.names ?? [];
  const kind = kindOf(names);
  if (!known || !kind) return;
  let isFirst = true;
  for await (const { line, cells, state } of csvRows(chunks, known.form)) {
    const shown = cells.join(known.form.delimiter).slice(0, 500);
    if (state === 'open') yield problemAt(line, 'import_quote_open', shown);
    else if (state === 'rest') yield problemAt(line, 'import_rest_unread', shown);
    else if (isFirst) isFirst = false;
    else if (cells.some((cell) => cell.trim() !== '')) {
      const { api, cells: raw } = researchRow(names, cells, kind, now);
      yield { line, kind, api, raw, shown };
    }
  }
}

const tellingJson =
  /"(?:region_code|hashtag_names|favou?rites_count|voice_to_text|effect_ids|video_description|parent_comment_id|bio_description)"\s*:/u;
const foreignJson = /"(?:share_url|embed_link|embed_html|aweme_id|open_id|clipscope|source_platform|item_id)"\s*:/u;

/** Whether the file is one object a line: the first line is a whole one. */
function isLineByLine({ text, isWhole }: ImportHead): boolean {
  const start = text.trimStart();
  const end = start.indexOf('\n');
  if (!start.startsWith('{') || (end === -1 && !isWhole)) return false;
  try {
    return isObject(parseJson(end === -1 ? start : start.slice(0, end)));
  } catch {
    return false;
  }
}

export const tiktokResearch = defineImporter({
  id: 'tiktok-research',
  label: 'importer_tiktok_research',
  recognises: ({ text }) => {
    if (isJsonText(text)) return tellingJson.test(text) && !foreignJson.test(text);
    const known = formOf(text, isResearchName, 3);
    return known !== null && kindOf(known.names) !== null;
  },
  async *read(chunks, context) {
    const { head, all } = await beginningOf(chunks);
    const found = !isJsonText(head.text)
      ? foundInTable(all, head.text, context.fetchedAt)
      : isLineByLine(head)
        ? foundInLines(all)
        : foundInJson(all);
    const reader = new Reader(context);
    // What is read first is judged by what follows.
    for await (const one of lookedAhead(found, (early) => (isEvent(early) ? null : reader.look(early)))) {
      yield isEvent(one) ? one : reader.read(one);
    }
  },
});
