/**
 * Deleting what was collected: some hundred things in a transaction, so that nobody waits long and a worker that dies has
 * deleted each thing wholly or not at all. Begun again, a deletion finishes what was left.
 */
import type { IDBPTransaction } from 'idb';
import type { RefKey } from '../core/ref.ts';
import { forgetInJobs } from './deletion-in-jobs.ts';
import type { DataDatabase, DataSchema, Deletion } from './database.ts';
import { summariesComplete } from './summaries.ts';
import { committing } from './writing.ts';

export interface Deleted {
  readonly records: number;
  readonly observations: number;
}

export const nothingDeleted: Deleted = { records: 0, observations: 0 };

export function sumOf(one: Deleted, other: Deleted): Deleted {
  return { records: one.records + other.records, observations: one.observations + other.observations };
}

/** Things that are deleted in one transaction. */
const refsAtOnce = 200;
/** Deleted things that the lists of jobs, which are searched from their beginning to their end, are searched for at once. */
const goneAtOnce = 5_000;
const thingStores = [
  'observations',
  'records',
  'summaries',
  'lookups',
  'memberships',
  'raws',
  'annotations',
  'exported',
] as const satisfies readonly (keyof DataSchema)[];

type Deleting = IDBPTransaction<DataSchema, (typeof thingStores)[number][], 'readwrite'>;

/** `unused`: a raw text goes with the last observation that was read from it. `all`: it goes with the first. */
export type RawsToo = 'unused' | 'all';

/** The ids under which something was saved, those of projects that are no more included. */
async function projectsWithin(transaction: Deleting): Promise<readonly string[]> {
  const found: string[] = [];
  const store = transaction.objectStore('memberships');
  for (let cursor = await store.openKeyCursor(); cursor; ) {
    const [project] = cursor.key;
    found.push(project);
    // Behind every ref of this project.
    cursor = await store.openKeyCursor(IDBKeyRange.lowerBound([project, []], true));
  }
  return found;
}

interface DeletedThing extends Deleted {
  /** Hashes of the texts that it was read from. */
  readonly raws: readonly string[];
}

/** Deletes one thing with all that is known of it, within an open transaction. */
async function deleteThing(transaction: Deleting, ref: RefKey, projects: readonly string[]): Promise<DeletedThing> {
  const range = IDBKeyRange.bound([ref, 0], [ref, Number.POSITIVE_INFINITY]);
  const index = transaction.objectStore('observations').index('by_ref');
  const [observations, keys, record] = await Promise.all([
    index.getAll(range),
    index.getAllKeys(range),
    transaction.objectStore('records').getKey(ref),
    transaction.objectStore('records').delete(ref),
    transaction.objectStore('summaries').delete(ref),
    transaction.objectStore('lookups').delete(ref),
    transaction.objectStore('annotations').delete(ref),
    transaction.objectStore('exported').delete(IDBKeyRange.bound([ref], [ref, []])),
    ...projects.map((project) => transaction.objectStore('memberships').delete([project, ref])),
  ]);
  await Promise.all(keys.map((key) => transaction.objectStore('observations').delete(key)));
  const raws = new Set(observations.flatMap(({ record: { raw_sha256: hash } }) => hash ?? []));
  return { records: record === undefined ? 0 : 1, observations: keys.length, raws: [...raws] };
}

/** Deletes the texts of what was deleted before in the same transaction. */
async function deleteRaws(transaction: Deleting, hashes: readonly string[], which: RawsToo): Promise<void> {
  const raws = transaction.objectStore('raws');
  const observations = transaction.objectStore('observations');
  await Promise.all(
    [...new Set(hashes)].map(async (hash) => {
      const keys = await observations.index('by_raw').getAllKeys(hash);
      if (which === 'unused' && keys.length > 0) return;
      await raws.delete(hash);
      // Observations of before version 3 hold their texts themselves.
      for (const key of keys) {
        const { raw, ...row } = (await observations.get(key)) ?? {};
        if (raw !== undefined && 'record' in row) await observations.put(row, key);
      }
    }),
  );
}

async function deleteBatch(
  database: DataDatabase,
  which: RawsToo,
  choose: (transaction: Deleting, projects: readonly string[]) => Promise<readonly RefKey[]>,
): Promise<Deleted> {
  const transaction: Deleting = database.transaction([...thingStores], 'readwrite', { durability: 'strict' });
  let deleted = nothingDeleted;
  await committing(transaction, async () => {
    const projects = await projectsWithin(transaction);
    const refs = await choose(transaction, projects);
    const things = await Promise.all(refs.map((ref) => deleteThing(transaction, ref, projects)));
    await deleteRaws(
      transaction,
      things.flatMap(({ raws }) => raws),
      which,
    );
    deleted = things.reduce<Deleted>(sumOf, nothingDeleted);
  });
  return deleted;
}

/**
 * Deletes these things with all that is known of them: from every project, and from the lists and alerts of jobs. Resolves
 * with what there was.
 */
export async function deleteRefs(
  database: DataDatabase,
  refs: readonly RefKey[],
  which: RawsToo = 'unused',
): Promise<Deleted> {
  const all = [...new Set(refs)];
  await forgetInJobs(database, new Set(all));
  let deleted = nothingDeleted;
  for (let start = 0; start < all.length; start += refsAtOnce) {
    const some = all.slice(start, start + refsAtOnce);
    deleted = sumOf(deleted, await deleteBatch(database, which, async () => some));
  }
  return deleted;
}

/**
 * Takes out of a project what was saved into it before a time (Unix ms; null: all of it), and deletes what is then in no
 * project at all. Resolves with what was deleted.
 */
export async function deleteSaved(
  database: DataDatabase,
  project: string,
  before: number | null,
  atOnce = refsAtOnce,
): Promise<Deleted> {
  let deleted = nothingDeleted;
  let gone = new Set<RefKey>();
  let after: IDBValidKey = [project];
  for (;;) {
    const range = IDBKeyRange.bound(after, [project, []], true);
    const some = await database.getAll('memberships', range, atOnce);
    const last = some.at(-1);
    if (!last || gone.size >= goneAtOnce) {
      await forgetInJobs(database, gone);
      gone = new Set();
    }
    if (!last) return deleted;
    after = [project, last.ref_key];
    const old = some.filter(({ saved_at: at }) => before === null || at < before).map(({ ref_key: ref }) => ref);
    if (old.length === 0) continue;
    const batch = await deleteBatch(database, 'unused', async (transaction, projects) => {
      const memberships = transaction.objectStore('memberships');
      const others = projects.filter((id) => id !== project);
      const kept = await Promise.all(
        old.map(async (ref) => {
          await memberships.delete([project, ref]);
          const keys = await Promise.all(others.map((other) => memberships.getKey([other, ref])));
          return keys.some((key) => key !== undefined);
        }),
      );
      const left = old.filter((_ref, index) => !kept[index]);
      for (const ref of left) gone.add(ref);
      return left;
    });
    deleted = sumOf(deleted, batch);
  }
}

/** Adds an entry to the log, which names nobody and no thing. */
export async function logDeletion(database: DataDatabase, entry: Deletion): Promise<void> {
  const transaction = database.transaction('deletions', 'readwrite', { durability: 'strict' });
  await committing(transaction, () => transaction.store.add(entry));
}

/** The log, the newest first; at most 200 entries. */
export async function getDeletions(database: DataDatabase): Promise<readonly Deletion[]> {
  const entries = await database.getAll('deletions');
  return entries.reverse().slice(0, 200);
}

/** Deletes everything that was collected, jobs too, and says so in the log, which stays: all at once, or nothing. */
export async function deleteAll(database: DataDatabase, now: number): Promise<void> {
  const stores = [...thingStores, 'jobs', 'job_items', 'alerts', 'deletions'] as const;
  const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
  await committing(transaction, async () => {
    const [records, observations] = await Promise.all([
      transaction.objectStore('records').count(),
      transaction.objectStore('observations').count(),
    ]);
    const cleared = stores.filter((name) => name !== 'deletions');
    await Promise.all(cleared.map((name) => transaction.objectStore(name).clear()));
    await transaction.objectStore('summaries').put(summariesComplete);
    if (records + observations === 0) return;
    await transaction.objectStore('deletions').add({ at: now, cause: 'all', project: null, records, observations });
  });
}
