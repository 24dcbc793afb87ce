/**
 * What pages carried and listed, kept per tab until the tab closes. Nothing here outlives the browser's session: without
 * the session's mark the database is emptied before it is used. Everything is read from storage, so that the worker may
 * die between any two lines.
 */
import type { IDBPTransaction } from 'idb';
import type { AnyRecord } from '../core/record.ts';
import type { Observation } from '../core/observation.ts';
import type { RefKey } from '../core/ref.ts';
import type { PageList, SessionDatabase, SessionSchema } from './database.ts';
import { identityOf, pageContent } from './page-content.ts';
import { committing } from './writing.ts';

export type { ApiListing, ListedStatus, ListedThing, PageList, SessionDatabase } from './database.ts';

/** More than a day of scrolling; a page that makes things up must not fill the disk. */
export const maximumObservations = 20_000;
/** So long (ms) the same content is no new observation. */
const sameForMs = 600_000;
/** Above so many refs, one pass over the tab's keys is cheaper than asking for each. */
const fewRefs = 40;

type Stores = ('observations' | 'raws' | 'lists')[];
type Writing = IDBPTransaction<SessionSchema, Stores, 'readwrite'>;

/** Marks the browser's session; the mark is gone when the browser was closed. */
export interface SessionMark {
  readonly isSet: () => Promise<boolean>;
  readonly set: () => Promise<void>;
}

/** The connection, which first empties the database when the browser's session is a new one. */
export function withinSession(
  connect: () => Promise<SessionDatabase>,
  mark: SessionMark,
): () => Promise<SessionDatabase> {
  let prepared: Promise<void> | null = null;
  async function prepare(): Promise<void> {
    if (await mark.isSet()) return;
    const database = await connect();
    const transaction = database.transaction(['observations', 'raws', 'lists'], 'readwrite');
    await committing(transaction, () =>
      Promise.all([...transaction.objectStoreNames].map((name) => transaction.objectStore(name).clear())),
    );
    await mark.set();
  }
  return async () => {
    prepared ??= prepare();
    try {
      await prepared;
    } catch (error) {
      prepared = null;
      throw error;
    }
    return connect();
  };
}

function ofTab(tab: number): IDBKeyRange {
  // Arrays sort behind texts and numbers.
  return IDBKeyRange.bound([tab], [tab, []]);
}

function ofRef(tab: number, ref: RefKey): IDBKeyRange {
  return IDBKeyRange.bound([tab, ref], [tab, ref, []]);
}

export interface BufferChange {
  readonly observations?: readonly Observation[];
  /** The list that changes with them: what it was before (null: it is new) → what it is. */
  readonly list?: { readonly key: string; readonly change: (before: PageList | null) => PageList };
  /** Refs of which others than the buffer have a record. */
  readonly stored?: ReadonlySet<RefKey>;
}

export interface BufferOutcome {
  /** Those that were news, with their raw texts. */
  readonly added: readonly Observation[];
  /** The tab's buffer is full: nothing was added. */
  readonly noRoom: boolean;
  readonly list: PageList | null;
}

/** Appends observations and changes a list, in one transaction. Throws AppError `storage_full`. */
export async function writeBuffer(
  database: SessionDatabase,
  tab: number,
  { observations = [], list, stored = new Set() }: BufferChange,
): Promise<BufferOutcome> {
  const stores: Stores = ['observations', 'raws', 'lists'];
  const transaction = database.transaction(stores, 'readwrite');
  let outcome: BufferOutcome = { added: [], noRoom: false, list: null };
  await committing(transaction, async () => {
    const room =
      observations.length === 0 ||
      (await transaction.objectStore('observations').count(ofTab(tab))) < maximumObservations;
    const added = room ? await append(transaction, tab, observations) : [];
    outcome = { added, noRoom: !room, list: null };
    if (!list) return;
    const before = await transaction.objectStore('lists').get([tab, list.key]);
    const changed = list.change(before ?? null);
    const marked = await markData(transaction, tab, changed, stored);
    if (marked !== before) await transaction.objectStore('lists').put(marked, [tab, list.key]);
    outcome = { ...outcome, list: marked };
  });
  return outcome;
}

async function append(transaction: Writing, tab: number, observations: readonly Observation[]): Promise<Observation[]> {
  const byRef = Map.groupBy(observations, (observation) => observation.ref_key);
  const added = await Promise.all([...byRef].map(([ref, own]) => appendOf(transaction, tab, ref, own)));
  return added.flat();
}

async function appendOf(
  transaction: Writing,
  tab: number,
  ref: RefKey,
  observations: readonly Observation[],
): Promise<Observation[]> {
  const store = transaction.objectStore('observations');
  const [keys, known] = await Promise.all([store.getAllKeys(ofRef(tab, ref)), store.getAll(ofRef(tab, ref))]);
  const newest = new Map(known.map((observation) => [identityOf(observation), observation]));
  let number = (keys.at(-1)?.[2] ?? -1) + 1;
  const added: Observation[] = [];
  for (const observation of observations) {
    const before = newest.get(identityOf(observation));
    const isRecent = before && observation.fetched_at - before.fetched_at < sameForMs;
    if (isRecent && pageContent(before) === pageContent(observation)) continue;
    newest.set(identityOf(observation), observation);
    const { raw, ...rest } = observation;
    const hash = observation.record.raw_sha256;
    await store.put(rest, [tab, ref, number]);
    number += 1;
    if (raw !== undefined && hash !== null) await transaction.objectStore('raws').put(raw, [tab, hash]);
    added.push(observation);
  }
  return added;
}

/** The list with `has_data` where a record has come since. */
async function markData(
  transaction: Writing,
  tab: number,
  list: PageList,
  stored: ReadonlySet<RefKey>,
): Promise<PageList> {
  const open = list.entries.flatMap(({ has_data, ref }) => (has_data ? [] : [ref]));
  if (open.length === 0) return list;
  const known = await refsIn(transaction.objectStore('observations'), tab, open);
  if (!open.some((ref) => known.has(ref) || stored.has(ref))) return list;
  const entries = list.entries.map((entry) =>
    !entry.has_data && (known.has(entry.ref) || stored.has(entry.ref)) ? { ...entry, has_data: true } : entry,
  );
  return { ...list, entries };
}

interface KeyReader {
  getKey(range: IDBKeyRange): Promise<[number, RefKey, number] | undefined>;
  getAllKeys(range: IDBKeyRange): Promise<[number, RefKey, number][]>;
}

/** Which of these, or of all, the tab's buffer has observations of. */
async function refsIn(store: KeyReader, tab: number, refs: readonly RefKey[] | null): Promise<ReadonlySet<RefKey>> {
  if (refs === null || refs.length > fewRefs) {
    return new Set((await store.getAllKeys(ofTab(tab))).map(([, ref]) => ref));
  }
  const keys = await Promise.all(refs.map((ref) => store.getKey(ofRef(tab, ref))));
  return new Set(keys.flatMap((key) => (key ? [key[1]] : [])));
}

export async function getList(database: SessionDatabase, tab: number, key: string): Promise<PageList | null> {
  return (await database.get('lists', [tab, key])) ?? null;
}

/** The tab's lists whose keys begin so, in the order of their keys. */
export function getLists(database: SessionDatabase, tab: number, prefix: string): Promise<PageList[]> {
  return database.getAll('lists', IDBKeyRange.bound([tab, prefix], [tab, `${prefix}\uFFFF`]));
}

/** What the tab's buffer holds of these things, oldest first within each; without raw texts. */
export async function bufferedObservations(
  database: SessionDatabase,
  tab: number,
  refs: readonly RefKey[],
): Promise<ReadonlyMap<RefKey, readonly Observation[]>> {
  const { store } = database.transaction('observations');
  const found = await Promise.all(refs.map(async (ref) => [ref, await store.getAll(ofRef(tab, ref))] as const));
  return new Map(found.filter(([, observations]) => observations.length > 0));
}

/** The same with their raw texts, for saving. */
export async function completeObservations(
  database: SessionDatabase,
  tab: number,
  refs: readonly RefKey[],
): Promise<readonly Observation[]> {
  const observations = [...(await bufferedObservations(database, tab, refs)).values()].flat();
  const hashes = [...new Set(observations.flatMap(({ record }) => record.raw_sha256 ?? []))];
  const { store } = database.transaction('raws');
  const raws = new Map(await Promise.all(hashes.map(async (hash) => [hash, await store.get([tab, hash])] as const)));
  return observations.map((observation) => {
    const raw = raws.get(observation.record.raw_sha256 ?? '');
    return raw === undefined ? observation : { ...observation, raw };
  });
}

/** Takes out of every tab what was read of these; for things that must not be kept, found out too late. */
export async function forgetRecords(
  database: SessionDatabase,
  mustGo: (record: AnyRecord) => boolean,
): Promise<readonly RefKey[]> {
  const transaction = database.transaction(['observations', 'raws', 'lists'], 'readwrite');
  const gone = new Set<RefKey>();
  await committing(transaction, async () => {
    const store = transaction.objectStore('observations');
    for (let cursor = await store.openCursor(); cursor; cursor = await cursor.continue()) {
      const { record, ref_key: ref } = cursor.value;
      if (!mustGo(record)) continue;
      gone.add(ref);
      if (record.raw_sha256 !== null) await transaction.objectStore('raws').delete([cursor.key[0], record.raw_sha256]);
      await cursor.delete();
    }
    if (gone.size === 0) return;
    const lists = transaction.objectStore('lists');
    for (let cursor = await lists.openCursor(); cursor; cursor = await cursor.continue()) {
      const { others, entries } = cursor.value;
      await cursor.update({
        ...cursor.value,
        others: others.filter((ref) => !gone.has(ref)),
        entries: entries.flatMap((entry) => {
          if (!gone.has(entry.ref)) return [entry];
          return entry.shown ? [{ ...entry, has_data: false }] : [];
        }),
      });
    }
  });
  return [...gone];
}

/** Forgets a tab that is gone. */
export async function forgetTab(database: SessionDatabase, tab: number): Promise<void> {
  const transaction = database.transaction(['observations', 'raws', 'lists'], 'readwrite');
  await committing(transaction, () =>
    Promise.all([...transaction.objectStoreNames].map((name) => transaction.objectStore(name).delete(ofTab(tab)))),
  );
}
