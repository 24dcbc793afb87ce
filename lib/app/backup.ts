/**
 * Everything that Clipscope keeps, but keys and logins, as one file: packed NDJSON. Keys are in a database of their own,
 * which is not opened here. What is derived from the observations, and what only saves calls, is not in the file. Runs
 * beside the library's page, where there is no extension API.
 */
import type { LibraryFile, Progress } from '../messaging/library-models.ts';
import type { BackupSettings } from '../messaging/project-models.ts';
import { eachChunk } from '../storage/chunks.ts';
import type { DataDatabase, KeptRaw } from '../storage/database.ts';
import { backupFormat, type BackupRow, backupVersion, type PackedRaw, readRow } from './backup-rows.ts';
import { eachMembership } from './library/stored.ts';

export interface BackupFacts {
  /** Unix ms. */
  readonly now: number;
  readonly extensionVersion: string;
}

/** Rows that are read at once: observations of the first versions hold their raw texts, which are large. */
const rowsAtOnce = 300;
/** Characters that are packed at once. */
const textAtOnce = 500_000;
/** Packed bytes after which they are left to the browser, which need not keep them in memory. */
const bytesAtOnce = 8 * 1024 * 1024;

const dataStores = [
  'observations',
  'memberships',
  'annotations',
  'deletions',
  'jobs',
  'job_items',
  'alerts',
  'raws',
] as const;

type Rows = AsyncGenerator<BackupRow>;

function behind(key: string | number): IDBKeyRange {
  return IDBKeyRange.lowerBound(key, true);
}

/** A store whose rows do not hold their keys: they count up from 1. */
async function* counted(database: DataDatabase, name: 'observations' | 'deletions'): Rows {
  const read = async (after: number) => {
    const { store } = database.transaction(name);
    const range = behind(after);
    const [keys, values] = await Promise.all([store.getAllKeys(range, rowsAtOnce), store.getAll(range, rowsAtOnce)]);
    return values.map((value, place) => ({ value, key: keys[place] ?? after }));
  };
  for await (const some of eachChunk(read, 0, ({ key }) => key, rowsAtOnce)) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- read from the store of this very name
    for (const { value } of some) yield { store: name, value } as BackupRow;
  }
}

async function* memberships(database: DataDatabase): Rows {
  for await (const some of eachMembership(database)) {
    for (const value of some) yield { store: 'memberships', value };
  }
}

async function* annotations(database: DataDatabase): Rows {
  const read = (after: string) => database.getAll('annotations', behind(after), rowsAtOnce);
  for await (const some of eachChunk(read, '', ({ ref_key: ref }) => ref, rowsAtOnce)) {
    for (const value of some) yield { store: 'annotations', value };
  }
}

/** Each job with its things behind it, and then what those jobs told. */
async function* jobs(database: DataDatabase): Rows {
  const all = new Set<string>();
  const read = (after: string) => database.getAll('jobs', behind(after), rowsAtOnce);
  for await (const some of eachChunk(read, '', ({ id }) => id, rowsAtOnce)) {
    for (const value of some) {
      all.add(value.id);
      yield { store: 'jobs', value };
      yield* jobItems(database, value.id);
    }
  }
  const told = (after: string) => database.getAll('alerts', behind(after), rowsAtOnce);
  for await (const some of eachChunk(told, '', ({ id }) => id, rowsAtOnce)) {
    for (const value of some) if (all.has(value.job)) yield { store: 'alerts', value };
  }
}

async function* jobItems(database: DataDatabase, job: string): Rows {
  const read = (after: number) =>
    database.getAll('job_items', IDBKeyRange.bound([job, after], [job, []], true), rowsAtOnce);
  for await (const some of eachChunk(read, -1, ({ index }) => index, rowsAtOnce)) {
    for (const value of some) yield { store: 'job_items', value };
  }
}

function packed({ sha256, deflated, size }: KeptRaw): PackedRaw {
  const parts: string[] = [];
  for (let start = 0; start < deflated.length; start += 8192) {
    parts.push(String.fromCharCode(...deflated.subarray(start, start + 8192)));
  }
  return { sha256, deflated: btoa(parts.join('')), size };
}

async function* raws(database: DataDatabase): Rows {
  const read = (after: string) => database.getAll('raws', behind(after), rowsAtOnce);
  for await (const some of eachChunk(read, '', ({ sha256 }) => sha256, rowsAtOnce)) {
    for (const kept of some) yield { store: 'raws', value: packed(kept) };
  }
}

function* settingRows({ settings, projects, views }: BackupSettings): Generator<BackupRow> {
  const rows: BackupRow[] = [
    { store: 'settings', value: settings },
    ...projects.map((value) => ({ store: 'projects', value }) as const),
    ...views.map((value) => ({ store: 'views', value }) as const),
  ];
  // As they are read again: what is none of their fields is not in the file.
  for (const row of rows) yield* [readRow(row) ?? []].flat();
}

/**
 * What others refer to comes first, what is largest comes last: the beginning of a file that was cut off is of most use.
 * Each store is read on its own; of what is added meanwhile some is in the file.
 */
async function* eachRow(database: DataDatabase, settings: BackupSettings): Rows {
  yield* settingRows(settings);
  yield* counted(database, 'observations');
  yield* memberships(database);
  yield* annotations(database);
  yield* counted(database, 'deletions');
  yield* jobs(database);
  yield* raws(database);
}

/** Packs texts (gzip) into a blob; little of it is in memory at any time. */
async function pack(texts: AsyncGenerator<string>): Promise<Blob> {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
  const reader = stream.pipeThrough(new CompressionStream('gzip')).getReader();
  const parts: Blob[] = [];
  let held: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (value) {
      held.push(value);
      size += value.length;
    }
    if (done || size > bytesAtOnce) {
      parts.push(new Blob(held));
      held = [];
      size = 0;
    }
    if (done) return new Blob(parts, { type: 'application/gzip' });
  }
}

/** Writes the backup. `rows`: lines of it, without the first and the last. Rejects with what reading the data throws. */
export async function backupData(
  database: DataDatabase,
  settings: BackupSettings,
  { now, extensionVersion }: BackupFacts,
  progress: (progress: Progress) => void,
): Promise<LibraryFile> {
  const expected = await Promise.all(dataStores.map(async (name) => [name, await database.count(name)] as const));
  const total = expected.reduce((sum, [, count]) => sum + count, 0);
  const written: Record<string, number> = {};
  let rows = 0;

  async function* texts(): AsyncGenerator<string> {
    let text = `${JSON.stringify({
      format: backupFormat,
      version: backupVersion,
      made_at: now,
      extension_version: extensionVersion,
      counts: Object.fromEntries(expected),
    })}\n`;
    for await (const row of eachRow(database, settings)) {
      text += `${JSON.stringify(row)}\n`;
      written[row.store] = (written[row.store] ?? 0) + 1;
      rows += 1;
      if (text.length < textAtOnce) continue;
      yield text;
      text = '';
      progress({ done: Math.min(rows, total), total });
    }
    yield `${text}${JSON.stringify({ end: backupFormat, counts: written })}\n`;
  }

  const blob = await pack(texts());
  progress({ done: total, total });
  return { blob, rows, name: `clipscope-backup-${new Date(now).toISOString().slice(0, 10)}.ndjson.gz` };
}
