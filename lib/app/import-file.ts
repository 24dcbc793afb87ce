/**
 * Brings a collection in that another program, or another Clipscope, has kept. Runs beside the library's page, where
 * there is no extension API. Nothing is overwritten: what the file says is added as observations, each once, and what was
 * said before stays. The texts that they were read from are kept whatever the project's switch says.
 */
import { AppError, toAppError, type WireError } from '../core/errors.ts';
import { saysTheSame } from '../core/observation-content.ts';
import type { Observation } from '../core/observation.ts';
import type { PageContext } from '../core/page-data.ts';
import type { Clock } from '../core/ports.ts';
import { noSighting } from '../core/record.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import { beginningOf } from '../importers/beginning.ts';
import type { ImportContext, ImportItem, ImportProblem } from '../importers/importer.ts';
import { importerFor } from '../importers/index.ts';
import type { ImportOptions, ImportOutcome, Progress } from '../messaging/library-models.ts';
import { readList } from '../sites/list-input.ts';
import { pageContext } from '../sites/page-context.ts';
import type { DataDatabase, Membership } from '../storage/database.ts';
import { addObservations, getObservations } from '../storage/records.ts';
import { openText } from './import-text.ts';

export interface ImportDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly clock: Clock;
}

/** Things, and characters of raw texts, that are written at once. */
const refsAtOnce = 400;
const rawAtOnce = 8 * 1024 * 1024;
const problemsShown = 20;
const earliestFileTime = Date.UTC(2014, 0, 1);

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** When a file was last written; now for what is pasted, and for files out of archives that are of 1970. */
function writtenAt(source: Blob | string, now: number): number {
  const time = source instanceof File ? source.lastModified : now;
  return time >= earliestFileTime && time <= now ? time : now;
}

function contextOf(options: ImportOptions, fetchedAt: number): ImportContext {
  const numbers = options.numbers ?? null;
  return {
    fetchedAt,
    readRefs: (text) => {
      // One cell is one line, whatever stands in it.
      const { refs, shortLinks, unreadable } = readList(text.replaceAll(/[\r\n]+/gu, ' '), { numbers });
      return { refs: [...refs, ...shortLinks], reason: unreadable[0]?.reason ?? null };
    },
    pageContext: (url): PageContext => {
      if (!URL.canParse(url)) return { type: 'other', query: null, tab: null, personalised: null };
      const { type, query, tab, personalised } = pageContext(new URL(url));
      return { type, query, tab, personalised };
    },
  };
}

/** The observations with the hashes of their texts; null where the text is not the one that the file's own hash names. */
async function sealed({ observations, hashed }: ImportItem): Promise<readonly Observation[] | null> {
  if (hashed !== undefined) {
    const hash = await sha256(hashed);
    const isOther = ({ record }: Observation): boolean => record.raw_sha256 !== null && record.raw_sha256 !== hash;
    if (observations.some(isOther)) return null;
  }
  // Those of one item were often read from the same text.
  const hashes = new Map<string, string>();
  for (const { raw } of observations) if (raw !== undefined && !hashes.has(raw)) hashes.set(raw, await sha256(raw));
  return observations.map((observation) => {
    const hash = hashes.get(observation.raw ?? '');
    return hash === undefined ? observation : { ...observation, record: { ...observation.record, raw_sha256: hash } };
  });
}

/** Without the time of an observation that does not know it: it was filed under that of its file. */
function timeless(observation: Observation): Observation {
  return { ...observation, observed_at: 0 };
}

/** What is not known yet. What has no time of its own is known where the same was said at any time. */
async function withoutKnown(
  database: DataDatabase,
  observations: readonly Observation[],
): Promise<readonly Observation[]> {
  const isTimeless = ({ record }: Observation): boolean => record.observed_at === null;
  const refs = new Set(observations.filter(isTimeless).map(({ ref_key }) => ref_key));
  const known = new Map(
    await Promise.all(
      [...refs].map(async (ref) => [ref, (await getObservations(database, ref)).filter(isTimeless)] as const),
    ),
  );
  return observations.filter(
    (observation) =>
      !isTimeless(observation) ||
      !known.get(observation.ref_key)?.some((other) => saysTheSame(timeless(other), timeless(observation))),
  );
}

/** Gathers items and writes them, some hundred things at a time. */
class Import {
  readonly #database: DataDatabase;
  readonly #project: string;
  readonly #now: number;
  #waiting: ImportItem[] = [];
  #refsWaiting = 0;
  #rawWaiting = 0;
  readonly refs = new Set<RefKey>();
  readonly problems: ImportProblem[] = [];
  problemCount = 0;
  items = 0;
  records = 0;
  added = 0;

  constructor(database: DataDatabase, project: string, now: number) {
    this.#database = database;
    this.#project = project;
    this.#now = now;
  }

  problem(problem: ImportProblem): void {
    this.problemCount += 1;
    if (this.problems.length < problemsShown) this.problems.push(problem);
  }

  async item(item: ImportItem): Promise<void> {
    this.#waiting.push(item);
    this.#refsWaiting += item.observations.length + item.refs.length;
    this.#rawWaiting += item.observations[0]?.raw?.length ?? 0;
    if (this.#refsWaiting >= refsAtOnce || this.#rawWaiting >= rawAtOnce) await this.write();
  }

  #memberships({ observations, refs, met }: ImportItem): readonly Membership[] {
    const named = new Set([...observations.map(({ ref_key }) => ref_key), ...refs]);
    return [...named]
      .filter((ref) => parseRefKey(ref)?.kind !== 'short_link')
      .map((ref) => ({
        project: this.#project,
        ref_key: ref,
        saved_at: this.#now,
        sighting: met?.sighting ?? noSighting,
        page_url: met?.pageUrl ?? null,
      }));
  }

  /** Writes what waits. Throws AppError `storage_full`. */
  async write(): Promise<void> {
    const items = this.#waiting;
    this.#waiting = [];
    this.#refsWaiting = 0;
    this.#rawWaiting = 0;
    if (items.length === 0) return;
    const read = await Promise.all(items.map(async (item) => ({ item, observations: await sealed(item) })));
    const observations: Observation[] = [];
    const memberships: Membership[] = [];
    const taken: ImportItem[] = [];
    for (const { item, observations: own } of read) {
      if (own === null) {
        const text = item.observations[0]?.ref_key ?? '';
        this.problem({ kind: 'problem', line: item.line, message: 'import_raw_damaged', parameters: [], text });
        continue;
      }
      observations.push(...own);
      memberships.push(...this.#memberships(item));
      taken.push(item);
    }
    const news = await withoutKnown(this.#database, observations);
    const { added } = await addObservations(this.#database, news, memberships);
    this.items += taken.length;
    for (const ref of taken.flatMap(({ refs }) => refs)) this.refs.add(ref);
    this.records += observations.length;
    this.added += added;
  }
}

/**
 * Imports a file, or a text that was pasted, into a project. What cannot be read is told by its line; what was read before
 * a failure is kept. Never throws.
 */
export async function importFile(
  { data, clock }: ImportDependencies,
  source: Blob | string,
  options: ImportOptions,
  progress: (progress: Progress) => void,
): Promise<ImportOutcome> {
  const now = clock.now();
  let format: string | null = null;
  let work: Import | null = null;
  let error: WireError | null = null;
  try {
    work = new Import(await data(), options.project, now);
    const text = openText(source, progress);
    const { head, all } = await beginningOf(text.chunks);
    if (head.isWhole && head.text.trim() === '')
      throw new AppError('bad_request', 'The file is empty.', { advice: 'error_import_empty' });
    const importer = importerFor(head);
    if (!importer) throw new AppError('unsupported', 'The format is not known.', { advice: 'error_import_unknown' });
    format = importer.id;
    const failure = await read(work, importer.read(all, contextOf(options, writtenAt(source, now))));
    await work.write();
    const line = text.damagedAt();
    if (line !== null)
      work.problem({ kind: 'problem', line, message: 'import_text_damaged', parameters: [], text: '' });
    error = failure?.toWire() ?? null;
  } catch (thrown) {
    error = toAppError(thrown).toWire();
  }
  const { items = 0, records = 0, added = 0, problemCount = 0 } = work ?? {};
  const problems = (work?.problems ?? []).map(({ line, message, parameters, text }) => ({
    line,
    message,
    parameters,
    text,
  }));
  return { format, items, records, added, refs: [...(work?.refs ?? [])], problems, problemCount, error };
}

/** Reads and writes to the end. Resolves with what kept the file from being read to its end; throws what kept it from being written. */
async function read(work: Import, events: AsyncIterable<ImportItem | ImportProblem>): Promise<AppError | null> {
  const iterator = events[Symbol.asyncIterator]();
  for (;;) {
    const next = await iterator.next().catch((thrown: unknown) => toAppError(thrown));
    if (next instanceof AppError) return next;
    if (next.done === true) return null;
    if (next.value.kind === 'problem') work.problem(next.value);
    else await work.item(next.value);
  }
}
