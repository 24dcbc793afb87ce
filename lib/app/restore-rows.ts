/**
 * Writes the rows of a backup beside what is there. What is there wins, but for a tag or a note that was written before the
 * backup's. Each call is one transaction: its rows are there afterwards, or none of them is.
 */
import type { Alert, Job, JobItem, JobItemState } from '../core/job.ts';
import { recounted } from '../core/job-progress.ts';
import type { Observation } from '../core/observation.ts';
import type { Annotation, DataDatabase, Deletion, KeptRaw, Membership } from '../storage/database.ts';
import { isSound } from '../storage/foreign-raw.ts';
import { addObservations } from '../storage/records.ts';
import { committing } from '../storage/writing.ts';
import type { PackedRaw } from './backup-rows.ts';

/** What came of some rows; together as many as there were. */
export interface RowsOutcome {
  readonly restored: number;
  readonly known: number;
  /** They refer to what is not there, or are not what they say. */
  readonly problems: number;
}

function outcomeOf(given: number, restored: number, problems = 0): RowsOutcome {
  return { restored, known: given - restored - problems, problems };
}

export async function restoreObservations(database: DataDatabase, rows: readonly Observation[]): Promise<RowsOutcome> {
  const { added } = await addObservations(database, rows);
  return outcomeOf(rows.length, added);
}

/** A thing that is in its project already was perhaps seen there since; never is it seen less lately than before. */
export async function restoreMemberships(database: DataDatabase, rows: readonly Membership[]): Promise<RowsOutcome> {
  const byKey = new Map(rows.map((row) => [`${row.project} ${row.ref_key}`, row]));
  const { store } = database.transaction('memberships');
  const found = await Promise.all(
    [...byKey.values()].map(async (row) => ({ row, before: await store.get([row.project, row.ref_key]) })),
  );
  const seenAt = ({ sighting }: Membership): number => sighting.last_seen_at ?? 0;
  const news = found.filter(({ row, before }) => !before || seenAt(row) > seenAt(before));
  await addObservations(
    database,
    [],
    news.map(({ row }) => row),
  );
  return outcomeOf(rows.length, news.filter(({ before }) => !before).length);
}

export async function restoreAnnotations(database: DataDatabase, rows: readonly Annotation[]): Promise<RowsOutcome> {
  const transaction = database.transaction('annotations', 'readwrite', { durability: 'strict' });
  let restored = 0;
  await committing(transaction, async () => {
    for (const row of rows) {
      const before = await transaction.store.get(row.ref_key);
      if (before && before.changed_at >= row.changed_at) continue;
      await transaction.store.put(row);
      restored += 1;
    }
  });
  return outcomeOf(rows.length, restored);
}

/** Deletions have no id: the same one says the same. */
export async function restoreDeletions(database: DataDatabase, rows: readonly Deletion[]): Promise<RowsOutcome> {
  const saying = ({ at, cause, project, records, observations }: Deletion): string =>
    JSON.stringify([at, cause, project, records, observations]);
  const transaction = database.transaction('deletions', 'readwrite', { durability: 'strict' });
  let restored = 0;
  await committing(transaction, async () => {
    const known = new Set((await transaction.store.getAll()).map(saying));
    for (const row of rows) {
      if (known.has(saying(row))) continue;
      known.add(saying(row));
      await transaction.store.add(row);
      restored += 1;
    }
  });
  return outcomeOf(rows.length, restored);
}

/** A job as it arrives: what is over stays over, everything else goes on when somebody says so. Its things come after it. */
function arriving(job: Job): Job {
  const isOver = job.state === 'done' || job.state === 'cancelled';
  return {
    ...job,
    state: isOver ? job.state : 'paused',
    reason: null,
    resume_at: null,
    counts: { total: 0, queued: 0, done: 0, failed: 0, skipped: 0 },
  };
}

function isUntouched(stored: Job, arrived: Job): boolean {
  return stored.state === arrived.state && stored.changed_at === arrived.changed_at;
}

/**
 * Of the jobs of one file. Those that are new take their things; so does one of which a former file was cut off, as long as
 * nobody has touched it.
 */
export class JobsRestoring {
  /** By id; null: it was known. */
  readonly #jobs = new Map<string, Job | null>();
  readonly #database: DataDatabase;

  constructor(database: DataDatabase) {
    this.#database = database;
  }

  async jobs(rows: readonly Job[]): Promise<RowsOutcome> {
    const transaction = this.#database.transaction('jobs', 'readwrite', { durability: 'strict' });
    let restored = 0;
    await committing(transaction, async () => {
      for (const row of rows) {
        const job = arriving(row);
        const before = await transaction.store.get(job.id);
        this.#jobs.set(job.id, !before || isUntouched(before, job) ? job : null);
        if (before) continue;
        await transaction.store.add(job);
        restored += 1;
      }
    });
    return outcomeOf(rows.length, restored);
  }

  /** The things are written with their job's counts, so that these hold whenever the file ends. */
  async items(rows: readonly JobItem[]): Promise<RowsOutcome> {
    const transaction = this.#database.transaction(['jobs', 'job_items'], 'readwrite', { durability: 'strict' });
    let restored = 0;
    let problems = 0;
    await committing(transaction, async () => {
      const items = transaction.objectStore('job_items');
      for (const [id, own] of Map.groupBy(rows, ({ job }) => job)) {
        const arrived = this.#jobs.get(id);
        if (arrived === undefined) problems += own.length;
        const job = arrived ? await transaction.objectStore('jobs').get(id) : undefined;
        if (!arrived || !job || !isUntouched(job, arrived)) continue;
        const moves: (readonly [null, JobItemState])[] = [];
        for (const row of own) {
          if ((await items.getKey([id, row.index])) !== undefined) continue;
          // Nobody asks for it at this moment.
          const item: JobItem = row.state === 'running' ? { ...row, state: 'queued' } : row;
          await items.add(item);
          moves.push([null, item.state]);
        }
        restored += moves.length;
        await transaction.objectStore('jobs').put({ ...job, counts: recounted(job.counts, moves) });
      }
    });
    return outcomeOf(rows.length, restored, problems);
  }

  async alerts(rows: readonly Alert[]): Promise<RowsOutcome> {
    const transaction = this.#database.transaction('alerts', 'readwrite', { durability: 'strict' });
    let restored = 0;
    let problems = 0;
    await committing(transaction, async () => {
      for (const row of rows) {
        if (!this.#jobs.has(row.job)) problems += 1;
        else if ((await transaction.store.getKey(row.id)) === undefined) {
          await transaction.store.add(row);
          restored += 1;
        }
      }
    });
    return outcomeOf(rows.length, restored, problems);
  }
}

/** Null: the text is none. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Texts that no observation was read from are left out: what they belong to was known, and read from another. */
export async function restoreRaws(database: DataDatabase, rows: readonly PackedRaw[]): Promise<RowsOutcome> {
  const sound: KeptRaw[] = [];
  for (const { sha256, deflated, size } of rows) {
    const bytes = bytesOf(deflated);
    if (bytes && (await isSound({ sha256, deflated: bytes, size }))) sound.push({ sha256, deflated: bytes, size });
  }
  const transaction = database.transaction(['observations', 'raws'], 'readwrite', { durability: 'strict' });
  let restored = 0;
  await committing(transaction, async () => {
    const store = transaction.objectStore('raws');
    const byRaw = transaction.objectStore('observations').index('by_raw');
    for (const raw of sound) {
      if ((await byRaw.getKey(raw.sha256)) === undefined || (await store.getKey(raw.sha256)) !== undefined) continue;
      await store.add(raw);
      restored += 1;
    }
  });
  return outcomeOf(rows.length, restored, rows.length - sound.length);
}
