/**
 * The IndexedDB databases of the extension's origin, which no content script can open. Keys live in a database of
 * their own, so that backing up, restoring or deleting the data can never touch or carry them.
 */
import { type DBSchema, type IDBPDatabase, openDB, type OpenDBCallbacks } from 'idb';
import type { WireError } from '../core/errors.ts';
import type { AnyRecord, Observation } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';

/** A finished lookup: what the cache knows of it. The data itself is in the observations. */
export interface CachedLookup {
  readonly ref_key: RefKey;
  /** Provider id. */
  readonly provider: string;
  /** Unix ms. */
  readonly fetched_at: number;
  /** Unix ms; the least recently used go first. */
  readonly used_at: number;
  /** Why it failed; null: it gave a record. */
  readonly error: WireError | null;
}

interface DataSchema extends DBSchema {
  observations: { key: number; value: Observation; indexes: { by_ref: [string, number] } };
  records: { key: string; value: { ref_key: RefKey; record: AnyRecord; observation_count: number } };
  lookups: { key: string; value: CachedLookup; indexes: { by_used: number } };
}

export type DataDatabase = IDBPDatabase<DataSchema>;

export interface StoredCredential {
  readonly provider: string;
  readonly values: Readonly<Record<string, string | readonly string[]>>;
  readonly quota: {
    readonly used: number | null;
    readonly limit: number | null;
    readonly expires: string | null;
    readonly read_at: number;
  } | null;
}

interface CredentialSchema extends DBSchema {
  credentials: { key: string; value: StoredCredential };
}

export type CredentialDatabase = IDBPDatabase<CredentialSchema>;

/**
 * A connection that is made on first use, and again after it was lost: the browser may close it (its profile is cleared,
 * the disk fails), and a newer version of ours or a deletion must not wait for it.
 */
function connection<Schema extends DBSchema>(
  name: string,
  version: number,
  upgrade: OpenDBCallbacks<Schema>['upgrade'],
): () => Promise<IDBPDatabase<Schema>> {
  let opened: Promise<IDBPDatabase<Schema>> | null = null;
  return () => {
    if (opened) return opened;
    const forget = (): void => {
      if (opened === mine) opened = null;
    };
    const mine = openDB<Schema>(name, version, {
      ...(upgrade ? { upgrade } : {}),
      blocking: () => {
        forget();
        void mine.then((database) => database.close());
      },
      terminated: forget,
    });
    opened = mine;
    mine.catch(forget);
    return mine;
  };
}

/** The data, made on the first day. A later version adds a step; it never drops a store. */
export function connectData(name = 'clipscope'): () => Promise<DataDatabase> {
  return connection<DataSchema>(name, 1, (database) => {
    const observations = database.createObjectStore('observations', { autoIncrement: true });
    observations.createIndex('by_ref', ['ref_key', 'observed_at']);
    database.createObjectStore('records', { keyPath: 'ref_key' });
    database.createObjectStore('lookups', { keyPath: 'ref_key' }).createIndex('by_used', 'used_at');
  });
}

/** The keys. */
export function connectCredentials(name = 'clipscope-credentials'): () => Promise<CredentialDatabase> {
  return connection<CredentialSchema>(name, 1, (database) => {
    database.createObjectStore('credentials', { keyPath: 'provider' });
  });
}
