/**
 * The IndexedDB databases of the extension's origin, which no content script can open. Keys live in a database of
 * their own, so that backing up, restoring or deleting the data can never touch or carry them.
 */
import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPTransaction,
  openDB,
  type OpenDBCallbacks,
  type StoreNames,
} from 'idb';
import type { ListCapability } from '../core/capabilities.ts';
import type { FigureDifference } from '../core/differences.ts';
import type { WireError } from '../core/errors.ts';
import type { Alert, Job, JobItem } from '../core/job.ts';
import type { PageContext } from '../core/page-data.ts';
import type { AnyRecord, Availability, Sighting } from '../core/record.ts';
import type { Observation } from '../core/observation.ts';
import type { RecordSummary } from '../core/record-summary.ts';
import type { Platform, RefKey } from '../core/ref.ts';
import type { Usage } from '../core/usage.ts';
import type { ViewInterval } from '../core/view-interval.ts';
import { type SummariesComplete, summariesComplete } from './summaries.ts';

export type { ViewInterval } from '../core/view-interval.ts';

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
  /** Other providers that were asked in the same lookup and failed. Absent: none. */
  readonly fallen_over?: readonly { readonly provider: string; readonly error: WireError }[];
}

/** One thing that was saved into one project. */
export interface Membership {
  /** Project id. */
  readonly project: string;
  readonly ref_key: RefKey;
  /** Unix ms: when it was first saved into the project. */
  readonly saved_at: number;
  /** Where and how it was met when it was first saved; `last_seen_at` goes on with every later save. */
  readonly sighting: Sighting;
  /** Address of the page whose list it was in, without its query. */
  readonly page_url: string | null;
}

/** What is derived from the observations of a thing, so that they need not be read for every list. */
export interface KeptRecord {
  readonly ref_key: RefKey;
  readonly record: AnyRecord;
  readonly observation_count: number;
  /** Absent: it was kept before differences were. */
  readonly differences?: readonly FigureDifference[];
  /** The last two exact view counts that were observed at different times; absent or null: there are no two. */
  readonly view_interval?: ViewInterval | null;
}

/** The scrubbed text that records were read from, by its hash: however many observations say so, it is kept once. */
export interface KeptRaw {
  /** Hex. */
  readonly sha256: string;
  /** UTF-8, deflated (RFC 1951). */
  readonly deflated: Uint8Array<ArrayBuffer>;
  /** Bytes of the text itself. */
  readonly size: number;
}

/** What the researcher wrote on a thing. */
export interface Annotation {
  readonly ref_key: RefKey;
  readonly tags: readonly string[];
  readonly note: string;
  /** Unix ms. */
  readonly changed_at: number;
}

/** That a file of a project has had a stored thing. */
export interface Exported {
  readonly ref_key: RefKey;
  /** Project id. */
  readonly project: string;
  /** Unix ms of the newest such file. */
  readonly at: number;
}

/** One deletion, without anything that names a person or a thing. */
export interface Deletion {
  /** Unix ms. */
  readonly at: number;
  readonly cause: 'retention' | 'person' | 'project' | 'selection' | 'all';
  readonly project: string | null;
  readonly records: number;
  readonly observations: number;
}

export interface DataSchema extends DBSchema {
  /** `by_raw`: by the hash of the text that they were read from. */
  observations: { key: number; value: Observation; indexes: { by_ref: [string, number]; by_raw: string } };
  records: { key: string; value: KeptRecord };
  summaries: { key: string; value: RecordSummary | SummariesComplete };
  lookups: { key: string; value: CachedLookup; indexes: { by_used: number } };
  memberships: { key: [string, RefKey]; value: Membership };
  raws: { key: string; value: KeptRaw };
  annotations: { key: RefKey; value: Annotation };
  deletions: { key: number; value: Deletion };
  exported: { key: [RefKey, string]; value: Exported; indexes: { by_project: string } };
  jobs: { key: string; value: Job };
  job_items: {
    key: [job: string, index: number];
    value: JobItem;
    indexes: { by_state: [job: string, state: string, index: number]; by_due: [job: string, due_at: number] };
  };
  alerts: { key: string; value: Alert; indexes: { by_job: string } };
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
  /** Absent or null: nobody logged in. */
  readonly login?: StoredLogin | null;
}

/** The access to an account or an application, as its server last gave it. As secret as the credential itself. */
export interface StoredLogin {
  readonly access_token: string;
  readonly refresh_token: string | null;
  /** Unix ms. */
  readonly expires_at: number;
  readonly refresh_expires_at: number | null;
  readonly scopes: readonly string[];
  readonly account: string | null;
}

/** A consent that was asked for and has not come back yet. */
export interface PendingConsent {
  readonly provider: string;
  readonly state: string;
  readonly verifier: string;
  /** Unix ms. */
  readonly begun_at: number;
  /** The tab that shows the consent; null: it is not open any more. */
  readonly tab: number | null;
  /** Why it came to nothing; state and verifier are empty then. Absent or null: it has not come back yet. */
  readonly error?: WireError | null;
}

/** What a project's pseudonyms are made with: whoever has it can tell who is behind them. */
export interface PseudonymKey {
  readonly project: string;
  /** 32 random bytes, hex. */
  readonly key: string;
  /** Unix ms. */
  readonly made_at: number;
}

interface CredentialSchema extends DBSchema {
  credentials: { key: string; value: StoredCredential };
  /** What was used of each provider's allowance; no secrets. */
  usage: { key: string; value: Usage };
  consents: { key: string; value: PendingConsent };
  pseudonym_keys: { key: string; value: PseudonymKey };
}

export type CredentialDatabase = IDBPDatabase<CredentialSchema>;

/** One thing of a page's list. */
export interface ListedThing {
  readonly ref: RefKey;
  /** `card` and `tile` are the list as shown; `detail` was opened; `data` was loaded only. */
  readonly role: 'card' | 'tile' | 'detail' | 'data';
  /** The DOM hook that fitted; null for what was only loaded. */
  readonly hook: string | null;
  readonly shown: boolean;
  /** Whether the tab's buffer, or the store, has a record of it. Once true it stays. */
  readonly has_data: boolean;
  /** Unix ms. */
  readonly first_seen_at: number;
  readonly last_seen_at: number;
}

/** What the platform said of a thing where it gave no record. */
export interface ListedStatus {
  readonly code: string | null;
  readonly message: string;
  readonly availability: Availability;
}

/** How far a list of an API was asked for. */
export interface ApiListing {
  readonly provider: string;
  readonly capability: ListCapability;
  readonly platform: Platform;
  /** What the form of the query held. */
  readonly query: Readonly<Record<string, string>>;
  /** Where the next page begins, as the provider said; null: the first page, or none after the last. */
  readonly cursor: string | null;
  /** Pages that came. */
  readonly pages: number;
  readonly ended: boolean;
  /** Why it stopped before its end. */
  readonly error: WireError | null;
}

/** What one page of one tab lists, as far as it was shown or loaded; or what an API listed for that tab. */
export interface PageList {
  readonly key: string;
  /** Address of the list's page, without its query. */
  readonly url: string;
  readonly context: PageContext;
  /** What the page itself is about. */
  readonly subject: RefKey | null;
  /** What is shown in the list's order, then details, then what was loaded only. */
  readonly entries: readonly ListedThing[];
  /** Comments, authors, reviews and so on, in the order in which they came. */
  readonly others: readonly RefKey[];
  /** By ref key. */
  readonly statuses: Readonly<Record<string, ListedStatus>>;
  /** Of a list that an API gave; absent: the page's own. */
  readonly api?: ApiListing;
}

export interface SessionSchema extends DBSchema {
  /** By tab, ref and number within the ref, without their raw texts, which are large and read when something is saved only. */
  observations: { key: [tab: number, ref: RefKey, number: number]; value: Observation };
  /** By tab and hash: the text of one answer's part is shared by the records that were read from it. */
  raws: { key: [tab: number, sha256: string]; value: string };
  lists: { key: [tab: number, list: string]; value: PageList };
}

export type SessionDatabase = IDBPDatabase<SessionSchema>;

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

type Upgrade<Schema extends DBSchema> = IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>;

/** The steps from one version of the data to the next. A step is never changed and drops no store. */
const dataSteps: readonly ((database: IDBPDatabase<DataSchema>, upgrade: Upgrade<DataSchema>) => void)[] = [
  // 1, made on the first day.
  (database) => {
    const observations = database.createObjectStore('observations', { autoIncrement: true });
    observations.createIndex('by_ref', ['ref_key', 'observed_at']);
    database.createObjectStore('records', { keyPath: 'ref_key' });
    database.createObjectStore('lookups', { keyPath: 'ref_key' }).createIndex('by_used', 'used_at');
  },
  // 2: what was saved into which project.
  (database) => {
    database.createObjectStore('memberships', { keyPath: ['project', 'ref_key'] });
  },
  // 3: the records' short rows, raw answers, tags and notes, jobs, the log of deletions, and what files have had.
  (database, upgrade) => {
    database.createObjectStore('summaries', { keyPath: 'ref_key' });
    upgrade.objectStore('observations').createIndex('by_raw', 'record.raw_sha256');
    database.createObjectStore('raws', { keyPath: 'sha256' });
    database.createObjectStore('annotations', { keyPath: 'ref_key' });
    database.createObjectStore('deletions', { autoIncrement: true });
    database.createObjectStore('jobs', { keyPath: 'id' });
    const items = database.createObjectStore('job_items', { keyPath: ['job', 'index'] });
    items.createIndex('by_state', ['job', 'state', 'index']);
    items.createIndex('by_due', ['job', 'due_at']);
    database.createObjectStore('alerts', { keyPath: 'id' }).createIndex('by_job', 'job');
    database.createObjectStore('exported', { keyPath: ['ref_key', 'project'] }).createIndex('by_project', 'project');
  },
];

/** The data. A later version adds a step. */
export function connectData(name = 'clipscope'): () => Promise<DataDatabase> {
  return connection<DataSchema>(name, dataSteps.length, (database, oldVersion, _newVersion, upgrade) => {
    for (const step of dataSteps.slice(oldVersion)) step(database, upgrade);
    // New data never held a record without its summary.
    if (oldVersion === 0) void upgrade.objectStore('summaries').put(summariesComplete);
  });
}

/** What pages carried, until their tab closes. A database of its own: emptying it can never touch what was saved. */
export function connectSession(name = 'clipscope-session'): () => Promise<SessionDatabase> {
  return connection<SessionSchema>(name, 1, (database) => {
    database.createObjectStore('observations');
    database.createObjectStore('raws');
    database.createObjectStore('lists');
  });
}

/** The steps of the keys' database. A step is never changed and drops no store. */
const credentialSteps: readonly ((database: IDBPDatabase<CredentialSchema>) => void)[] = [
  // 1, made on the first day.
  (database) => {
    database.createObjectStore('credentials', { keyPath: 'provider' });
  },
  // 2: what was used of an allowance, and consents under way.
  (database) => {
    database.createObjectStore('usage', { keyPath: 'provider' });
    database.createObjectStore('consents', { keyPath: 'provider' });
  },
  // 3: what the pseudonyms of each project are made with.
  (database) => {
    database.createObjectStore('pseudonym_keys', { keyPath: 'project' });
  },
];

/** The keys. */
export function connectCredentials(name = 'clipscope-credentials'): () => Promise<CredentialDatabase> {
  return connection<CredentialSchema>(name, credentialSteps.length, (database, oldVersion) => {
    for (const step of credentialSteps.slice(oldVersion)) step(database);
  });
}
