import { unwrap } from 'idb';
import { deriveRecord } from '../core/derive.ts';
import { differencesOf } from '../core/differences.ts';
import { AppError } from '../core/errors.ts';
import { saysTheSame } from '../core/observation-content.ts';
import type { Observation } from '../core/observation.ts';
import { summaryOf } from '../core/record-summary.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import { viewInterval } from '../core/view-interval.ts';
import type { DataDatabase, KeptRecord, Membership } from './database.ts';
import { keepRaws, type RawWriting } from './raws.ts';
import { committing } from './writing.ts';

export type StoredRecord = Pick<KeptRecord, 'record' | 'observation_count' | 'differences'>;

let observer: ((isFull: boolean) => void) | null = null;

/** Has somebody told of everything that was saved, and of everything that there was no room for. */
export function observeSaves(tell: (isFull: boolean) => void): void {
  observer = tell;
}

/** Refs that are written in one transaction: enough to be fast, few enough to hold up no reader. */
const refsPerTransaction = 500;

/**
 * Appends observations, each once (an answer from a provider's cache repeats what was said before, with the same time:
 * it is no new price point), derives their records again, keeps their raw texts beside them, and keeps what is saved into
 * which project: in one transaction for each 500 refs, so that after a crash a thing is there with all of it or not at all.
 * A raw text without its hash is not kept. SKUs are kept inside no record; they are observations under their product.
 * Resolves with the number of observations that were new. Throws AppError `storage_full`; what was committed before stays.
 */
export async function addObservations(
  database: DataDatabase,
  observations: readonly Observation[],
  memberships: readonly Membership[] = [],
  atOnce = refsPerTransaction,
): Promise<{ readonly added: number }> {
  const byRef = Map.groupBy(observations, (observation) => observation.ref_key);
  const savedByRef = Map.groupBy(memberships, (membership) => membership.ref_key);
  const refs = [...new Set([...byRef.keys(), ...savedByRef.keys()])];
  let added = 0;
  for (let start = 0; start < refs.length; start += atOnce) {
    const stores = ['observations', 'records', 'summaries', 'memberships', 'raws'] as const;
    const transaction = database.transaction(stores, 'readwrite', { durability: 'strict' });
    let news: readonly (readonly Observation[])[] = [];
    const written = committing(transaction, async () => {
      const some = refs.slice(start, start + atOnce);
      const isNew = await seemsNew(transaction, some);
      // Asked all at once: a round trip for each ref would take ten times as long.
      const [appended] = await Promise.all([
        Promise.all(some.map((ref) => (isNew ? begin : append)(transaction, ref, byRef.get(ref) ?? []))),
        Promise.all(some.map((ref) => keep(transaction, savedByRef.get(ref) ?? []))),
      ]);
      news = appended;
      await keepRaws(transaction, appended.flat());
    });
    await written.catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'storage_full') observer?.(true);
      throw error;
    });
    observer?.(false);
    added += news.reduce((sum, own) => sum + own.length, 0);
  }
  return { added };
}

/** So many refs of a batch are looked at to guess whether the others are stored. */
const probes = 20;

/** Whether nothing is stored of some refs of a large batch; which of the others are is found out by writing. */
async function seemsNew(transaction: RawWriting, refs: readonly RefKey[]): Promise<boolean> {
  if (refs.length <= probes) return false;
  const step = Math.floor(refs.length / probes);
  const records = transaction.objectStore('records');
  const some = refs.filter((_ref, index) => index % step === 0);
  const found = await Promise.all(some.map((ref) => records.getKey(ref)));
  return found.every((key) => key === undefined);
}

/** Those that no other one repeats, without their raw texts, which are kept beside them. */
function newAmong(
  observations: readonly Observation[],
  known: readonly Observation[],
): { readonly news: readonly Observation[]; readonly rows: readonly Observation[] } {
  const news: Observation[] = [];
  const rows: Observation[] = [];
  for (const observation of observations) {
    const repeats = (other: Observation): boolean => saysTheSame(other, observation);
    if (known.some(repeats) || rows.some(repeats)) continue;
    const { raw: _raw, ...row } = observation;
    rows.push(row);
    news.push(observation);
  }
  return { news, rows };
}

/**
 * Writes the first that is known of a thing, without reading before: of what has no record nothing is stored, but for the
 * SKUs of a product. A thing that turns out to be stored is appended to.
 */
async function begin(
  transaction: RawWriting,
  ref: RefKey,
  observations: readonly Observation[],
): Promise<readonly Observation[]> {
  const { news, rows } = newAmong(observations, []);
  const kept = parseRefKey(ref)?.kind === 'product' ? null : keptRecord(ref, rows);
  if (!kept || !(await addRecord(transaction, kept))) return append(transaction, ref, observations);
  for (const row of rows) unwrap(transaction.objectStore('observations')).add(row);
  unwrap(transaction.objectStore('summaries')).put(summaryOf(kept));
  return news;
}

/** Adds a record; false: there is one already. */
function addRecord(transaction: RawWriting, kept: KeptRecord): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request: IDBRequest = unwrap(transaction.objectStore('records')).add(kept);
    request.addEventListener('success', () => resolve(true));
    request.addEventListener('error', (event) => {
      if (request.error?.name !== 'ConstraintError')
        return reject(request.error ?? new Error('The record was not added.'));
      // That it is there is no reason to abort.
      event.preventDefault();
      event.stopPropagation();
      resolve(false);
    });
  });
}

/** Appends what is new of one thing, and resolves with it. */
async function append(
  transaction: RawWriting,
  ref: RefKey,
  observations: readonly Observation[],
): Promise<readonly Observation[]> {
  if (observations.length === 0) return [];
  const store = transaction.objectStore('observations');
  const known = await store.index('by_ref').getAll(IDBKeyRange.bound([ref, 0], [ref, Number.POSITIVE_INFINITY]));
  const { news, rows } = newAmong(observations, known);
  if (rows.length === 0) return [];
  // Not awaited one by one: a request that fails aborts the transaction, which tells why.
  for (const row of rows) unwrap(store).add(row);
  const kept = keptRecord(ref, [...known, ...rows]);
  if (kept) {
    unwrap(transaction.objectStore('records')).put(kept);
    unwrap(transaction.objectStore('summaries')).put(summaryOf(kept));
  }
  return news;
}

/** What is kept of a thing that was observed so; null: only SKUs were. */
function keptRecord(ref: RefKey, observations: readonly Observation[]): KeptRecord | null {
  const own = observations.filter(({ record }) => record.record_type !== 'sku');
  const record = deriveRecord(own);
  return (
    record && {
      ref_key: ref,
      record,
      observation_count: own.length,
      differences: differencesOf(own),
      view_interval: viewInterval(own),
    }
  );
}

/** Saving again is no second saving: the first time and place stay. */
async function keep(transaction: RawWriting, memberships: readonly Membership[]): Promise<void> {
  const store = transaction.objectStore('memberships');
  const byProject = Map.groupBy(memberships, ({ project }) => project);
  await Promise.all(
    [...byProject.values()].map(async (own) => {
      const [first] = own;
      if (!first) return;
      const before = await store.get([first.project, first.ref_key]);
      const kept = own.reduce(seenAgain, before ?? first);
      if (!before || kept.sighting.last_seen_at !== before.sighting.last_seen_at) await store.put(kept);
    }),
  );
}

function seenAgain(before: Membership, { sighting }: Membership): Membership {
  const lastSeen = sighting.last_seen_at ?? before.sighting.last_seen_at;
  return { ...before, sighting: { ...before.sighting, last_seen_at: lastSeen } };
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

/** The stored records of those among these that have one. */
export async function getRecords(
  database: DataDatabase,
  refs: readonly RefKey[],
): Promise<ReadonlyMap<RefKey, StoredRecord>> {
  const { store } = database.transaction('records');
  const found = await Promise.all(refs.map((ref) => store.get(ref)));
  return new Map(found.flatMap((stored) => (stored ? [[stored.ref_key, stored] as const] : [])));
}

export async function countStored(database: DataDatabase): Promise<{ observations: number; records: number }> {
  return { observations: await database.count('observations'), records: await database.count('records') };
}
