import { deriveRecord } from '../core/derive.ts';
import { differencesOf } from '../core/differences.ts';
import type { Observation } from '../core/observation.ts';
import type { RefKey } from '../core/ref.ts';
import type { IDBPTransaction } from 'idb';
import type { DataDatabase, DataSchema, KeptRecord, Membership } from './database.ts';
import { committing } from './writing.ts';

export type StoredRecord = Pick<KeptRecord, 'record' | 'observation_count' | 'differences'>;

/** What an observation says, without when and where we happened to ask. */
export function contentOf({ source, observed_at, record }: Observation): string {
  return JSON.stringify([source, observed_at, record], (name, value: unknown) =>
    name === 'fetched_at' || name === 'collected_from_url' ? undefined : value,
  );
}

/** Refs whose observations and memberships are written together: enough to be fast, few enough to hold up no reader. */
const refsPerTransaction = 200;

/**
 * Appends observations, each once (an answer from a provider's cache repeats what was said before, with the same time:
 * it is no new price point), derives their records again and keeps what is saved into which project: in one transaction
 * for each 200 refs, so that after a crash a thing is there with all of it or not at all. SKUs are kept inside no record;
 * they are observations under their product. Throws AppError `storage_full`.
 */
export async function addObservations(
  database: DataDatabase,
  observations: readonly Observation[],
  memberships: readonly Membership[] = [],
): Promise<void> {
  const byRef = Map.groupBy(observations, (observation) => observation.ref_key);
  const savedByRef = Map.groupBy(memberships, (membership) => membership.ref_key);
  const refs = [...new Set([...byRef.keys(), ...savedByRef.keys()])];
  for (let start = 0; start < refs.length; start += refsPerTransaction) {
    const stores = ['observations', 'records', 'memberships'] as const;
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
    await committing(transaction, async () => {
      for (const key of refs.slice(start, start + refsPerTransaction)) {
        await append(transaction, key, byRef.get(key) ?? []);
        for (const membership of savedByRef.get(key) ?? []) await keep(transaction, membership);
      }
    });
  }
}

type Writing = IDBPTransaction<DataSchema, ('observations' | 'records' | 'memberships')[], 'readwrite'>;

async function append(transaction: Writing, key: RefKey, observations: readonly Observation[]): Promise<void> {
  if (observations.length === 0) return;
  const store = transaction.objectStore('observations');
  const known = await store.index('by_ref').getAll(IDBKeyRange.bound([key, 0], [key, Number.POSITIVE_INFINITY]));
  const contents = new Set(known.map(contentOf));
  for (const observation of observations) {
    const content = contentOf(observation);
    if (contents.has(content)) continue;
    contents.add(content);
    await store.add(observation);
    known.push(observation);
  }
  const own = known.filter((observation) => observation.record.record_type !== 'sku');
  const record = deriveRecord(own);
  if (!record) return;
  const kept = { ref_key: key, record, observation_count: own.length, differences: differencesOf(own) };
  await transaction.objectStore('records').put(kept);
}

/** Saving again is no second saving: the first time and place stay. */
async function keep(transaction: Writing, membership: Membership): Promise<void> {
  const store = transaction.objectStore('memberships');
  const before = await store.get([membership.project, membership.ref_key]);
  const sighting = before && {
    ...before.sighting,
    last_seen_at: membership.sighting.last_seen_at ?? before.sighting.last_seen_at,
  };
  await store.put(before && sighting ? { ...before, sighting } : membership);
}

/** Everything that was stored of one thing, SKUs included, oldest first. */
export function getObservations(database: DataDatabase, key: RefKey): Promise<Observation[]> {
  const range = IDBKeyRange.bound([key, 0], [key, Number.POSITIVE_INFINITY]);
  return database.getAllFromIndex('observations', 'by_ref', range);
}

/** Which of these have a record. */
export async function storedRefs(database: DataDatabase, refs: readonly RefKey[]): Promise<ReadonlySet<RefKey>> {
  const { store } = database.transaction('records');
  const found = await Promise.all(refs.map(async (ref) => ((await store.getKey(ref)) === undefined ? [] : [ref])));
  return new Set(found.flat());
}

export async function getRecord(database: DataDatabase, key: RefKey): Promise<StoredRecord | null> {
  return (await database.get('records', key)) ?? null;
}

/** The stored records of those among these that have one. */
export async function getRecords(
  database: DataDatabase,
  refs: readonly RefKey[],
): Promise<ReadonlyMap<RefKey, StoredRecord>> {
  const { store } = database.transaction('records');
  const found = await Promise.all(refs.map((ref) => store.get(ref)));
  return new Map(found.flatMap((stored) => (stored ? [[stored.ref_key, stored] as const] : [])));
}

/** Deletes every observation, record and lookup, and what was saved into which project: all at once, or nothing. */
export async function deleteAll(database: DataDatabase): Promise<void> {
  const stores = ['observations', 'records', 'lookups', 'memberships'] as const;
  const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
  await committing(transaction, () => Promise.all(stores.map((name) => transaction.objectStore(name).clear())));
}

export async function countStored(database: DataDatabase): Promise<{ observations: number; records: number }> {
  return { observations: await database.count('observations'), records: await database.count('records') };
}
