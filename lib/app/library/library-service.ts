/** What the library's page asks for, answered from the index and the data. Runs where there is no extension API. */
import type { RefKey } from '../../core/ref.ts';
import type { LibraryFile, LibraryQuery, LibraryService, Progress } from '../../messaging/library-models.ts';
import type { BackupSettings } from '../../messaging/project-models.ts';
import { changeAnnotations } from '../../storage/annotations.ts';
import type { CredentialDatabase, DataDatabase } from '../../storage/database.ts';
import { backupData } from '../backup.ts';
import { importFile } from '../import-file.ts';
import { restoreData, type Restored } from '../restore.ts';
import { createAttention } from './attention.ts';
import { compareThings } from './compare-things.ts';
import { createThingExports, type ThingExports } from './export-things.ts';
import { libraryColumns } from './library-columns.ts';
import { type LibraryIndex, readLibrary } from './library-index.ts';
import { asksForSaving } from './own-columns.ts';
import { changesSince, type Mark, markOf } from './library-changes.ts';
import { readDetail, readRaw } from './read-detail.ts';
import { firstRows, readRows } from './read-rows.ts';
import { reportAuthors, reportHashtags, reportKeywords } from './reports.ts';
import { runQuery } from './run-query.ts';
import type { TypeIndex } from './type-index.ts';
import { warmUp } from './warm-up.ts';

export interface LibraryDependencies {
  readonly data: () => Promise<DataDatabase>;
  /** For the keys of pseudonyms only. */
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly clock: { readonly now: () => number };
  /** Resolves after so many ms. */
  readonly sleep: (ms: number) => Promise<void>;
}

/** The service without what only the page knows: it hands the surroundings of an export and the settings over with it. */
export interface WorkerLibrary
  extends Omit<LibraryService, 'export' | 'send' | 'previewExport' | 'backup' | 'restore'>,
    Pick<ThingExports, 'export' | 'previewExport'> {
  backup(
    settings: BackupSettings,
    extensionVersion: string,
    progress: (progress: Progress) => void,
  ): Promise<LibraryFile>;
  /** The settings of the backup are for the page to hand on. */
  restore(file: Blob, progress: (progress: Progress) => void): Promise<Restored>;
}

/** More changed things than this are read with everything else. */
const mostReread = 20_000;

interface Result {
  readonly generation: number;
  readonly index: LibraryIndex;
  readonly home: TypeIndex;
  readonly rows: Int32Array;
}

interface Read {
  readonly index: LibraryIndex;
  readonly mark: Mark;
}

export function createLibrary({ data, credentials, clock, sleep }: LibraryDependencies): WorkerLibrary {
  const { during, idle } = createAttention(clock.now, sleep);
  /** The reading under way; each waits for the one before it. */
  let reading: Promise<Read> | null = null;
  /** What was read last: it answers while more is being read. */
  let last: Read | null = null;
  let result: Result | null = null;
  let generations = 0;

  /** Reads everything, or what is new since the last reading. A reading that fails leaves the one before it. */
  function read(make: (before: Read | null) => Promise<Read>): Promise<Read> {
    const before = reading;
    const next = (async () => {
      await before?.catch(() => undefined);
      last = await make(last);
      return last;
    })();
    reading = next;
    next.catch(() => {
      if (reading === next) reading = null;
    });
    return next;
  }

  async function readAll(progress: (progress: Progress) => void): Promise<Read> {
    const database = await data();
    // Before the reading: what is written while it goes on is read once more, not missed.
    const mark = await markOf(database);
    const index = await readLibrary(database, progress);
    // What fails here fails again for whoever asks for it.
    prepare(index).catch(() => undefined);
    return { index, mark };
  }

  /** Does in advance what will be asked for. Most questions are about something else than what was saved where. */
  async function prepare(index: LibraryIndex): Promise<void> {
    await warmUp(index.all(), { now: clock.now, idle }, () => last === null || last.index === index);
    await index.memberships(await data(), idle);
  }

  async function ready(): Promise<Read> {
    return last ?? reading ?? read(() => readAll(() => undefined));
  }

  /** The index with what a query asks for. */
  async function readyFor(query: LibraryQuery): Promise<LibraryIndex> {
    const { index } = await ready();
    if (asksForSaving(query)) await index.memberships(await data());
    return index;
  }

  async function reread(refs: readonly RefKey[]): Promise<Read> {
    return read(async (before) => {
      if (!before) return readAll(() => undefined);
      await before.index.reread(await data(), refs);
      return before;
    });
  }

  return {
    first: (type, count) => during(async () => firstRows(await data(), type, count)),
    async open(progress) {
      const { index } = last ?? (await (reading ?? read(() => readAll(progress))));
      return index.facts();
    },
    async refresh(refs, progress) {
      if (refs !== null) return (await reread(refs)).index.facts();
      const { index } = await read(async (before) => {
        const database = await data();
        const changes = before ? await changesSince(database, before.index, before.mark) : null;
        if (!before || !changes || changes.refs.length > mostReread) return readAll(progress);
        await before.index.reread(database, changes.refs);
        return { index: before.index, mark: changes.mark };
      });
      return index.facts();
    },
    columns: async (type) => libraryColumns(type).map(({ column }) => column),
    query: (query) =>
      during(async () => {
        const index = await readyFor(query);
        const home = index.of(query.type);
        result = { generation: (generations += 1), index, home, rows: runQuery(home, query) };
        return { generation: result.generation, total: result.rows.length };
      }),
    rows: (generation, from, to) =>
      during(async () => {
        if (result?.generation !== generation) return [];
        const { index, home, rows } = result;
        return readRows(await data(), index, home, refsOf(home, rows.subarray(from, to)));
      }),
    async refs(generation) {
      return result?.generation === generation ? refsOf(result.home, result.rows) : [];
    },
    detail: (ref) => during(async () => readDetail(await data(), ref)),
    raw: async (ref, place) => readRaw(await data(), ref, place),
    hashtags: (query) => during(async () => reportHashtags(await readyFor(query), query)),
    keywords: (query) =>
      during(async () => reportKeywords(await readyFor(query), query, { now: clock.now, pause: () => sleep(0) })),
    authors: (query) => during(async () => reportAuthors(await readyFor(query), query)),
    compare: (refs) => during(async () => compareThings(await data(), (await ready()).index, refs)),
    async annotate(refs, change) {
      await changeAnnotations(await data(), refs, change, clock.now());
      await reread(refs);
    },
    ...createThingExports({ data, credentials, clock }),
    import: (source, options, progress) => importFile({ data, clock }, source, options, progress),
    backup: async (settings, extensionVersion, progress) =>
      backupData(await data(), settings, { now: clock.now(), extensionVersion }, progress),
    restore: async (file, progress) => restoreData(await data(), file, progress),
  };
}

function refsOf(index: TypeIndex, rows: Int32Array): readonly RefKey[] {
  return Array.from(rows, (row) => index.refs[row]).flatMap((ref) => ref ?? []);
}
