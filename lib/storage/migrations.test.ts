/** What every former version wrote, frozen as it wrote it, is opened as the newest. The people in it are invented. */
// The browser comes before what looks for it.
import { fakeBrowser } from './fake-browser.samples.ts';
import { createHash } from 'node:crypto';
import { type IDBPDatabase, openDB } from 'idb';
import { describe, expect, test } from 'vitest';
import { deriveRecord } from '../core/derive.ts';
import { parseObservation } from '../core/record-schema.ts';
import { newDatabaseName } from '../jobs/quiet.samples.ts';
import { getCredentials } from './credentials.ts';
import { connectCredentials, connectData, type DataDatabase } from './database.ts';
import credentials1 from './fixtures/credentials-1.json' with { type: 'json' };
import credentials2 from './fixtures/credentials-2.json' with { type: 'json' };
import data1 from './fixtures/data-1.json' with { type: 'json' };
import data2 from './fixtures/data-2.json' with { type: 'json' };
import { rawOf } from './raws.ts';
import { addObservations, getObservations, getRecords } from './records.ts';
import { getSummaries, hasSummaries, makeSummaries } from './summaries.ts';

interface Frozen {
  readonly version: number;
  /** Rows; of observations with their keys. */
  readonly stores: Readonly<Record<string, readonly unknown[]>>;
}

type Making = (database: IDBPDatabase) => void;

/** As each version made its stores, copied from it. */
const dataMaking: readonly Making[] = [
  (database) => {
    const observations = database.createObjectStore('observations', { autoIncrement: true });
    observations.createIndex('by_ref', ['ref_key', 'observed_at']);
    database.createObjectStore('records', { keyPath: 'ref_key' });
    database.createObjectStore('lookups', { keyPath: 'ref_key' }).createIndex('by_used', 'used_at');
  },
  (database) => {
    database.createObjectStore('memberships', { keyPath: ['project', 'ref_key'] });
  },
];

const credentialMaking: readonly Making[] = [
  (database) => {
    database.createObjectStore('credentials', { keyPath: 'provider' });
  },
  (database) => {
    database.createObjectStore('usage', { keyPath: 'provider' });
    database.createObjectStore('consents', { keyPath: 'provider' });
  },
];

function isKeyed(row: unknown): row is readonly [key: number, value: object] {
  return Array.isArray(row) && row.length === 2;
}

/** A database as a former version left it. Resolves with its name. */
async function leave({ version, stores }: Frozen, making: readonly Making[]): Promise<string> {
  const name = newDatabaseName();
  const database = await openDB(name, version, {
    upgrade: (upgraded) => {
      for (const make of making.slice(0, version)) make(upgraded);
    },
  });
  for (const [store, rows] of Object.entries(stores)) {
    for (const row of rows) await (isKeyed(row) ? database.put(store, row[1], row[0]) : database.put(store, row));
  }
  database.close();
  return name;
}

/** The stores of a database with their keys and indexes. */
async function shapeOf(database: IDBPDatabase): Promise<unknown> {
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names);
  return names.map((name) => {
    const store = transaction.objectStore(name);
    const indexes = [...store.indexNames].map((index) => [index, store.index(index).keyPath]);
    return [name, store.keyPath, store.autoIncrement, indexes];
  });
}

function untyped(database: unknown): IDBPDatabase {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- looked at without its schema
  return database as IDBPDatabase;
}

describe.each([
  ['1', data1],
  ['2', data2],
])('data of version %s', (_version, frozen) => {
  const observations = frozen.stores.observations.map(([key, value]) => ({ key, value }));

  async function opened(): Promise<DataDatabase> {
    return connectData(await leave(frozen, dataMaking))();
  }

  test('has the stores of new data', async () => {
    const [old, fresh] = [untyped(await opened()), untyped(await connectData(newDatabaseName())())];
    expect(old.version).toBeGreaterThan(frozen.version);
    expect(old.version).toBe(fresh.version);
    expect(await shapeOf(old)).toEqual(await shapeOf(fresh));
  });

  test('has every row that it had', async () => {
    const database = untyped(await opened());
    expect(Object.keys(frozen.stores).length).toBeGreaterThan(2);
    for (const [store, rows] of Object.entries(frozen.stores)) {
      const values = await database.getAll(store);
      expect(values).toEqual(rows.map((row: unknown) => (isKeyed(row) ? row[1] : row)));
    }
    expect(await database.getAllKeys('observations')).toEqual(observations.map(({ key }) => key));
  });

  test('can be read as before, and the same follows from it', async () => {
    const database = await opened();
    for (const kept of frozen.stores.records) {
      const ref = parseObservation(observations.find(({ value }) => isOf(value, kept.ref_key))?.value)?.ref_key;
      if (!ref) throw new Error('A record without its observation.');
      const said = await getObservations(database, ref);
      expect(said.length).toBeGreaterThan(0);
      expect((await getRecords(database, [ref])).get(ref)).toMatchObject({
        record: kept.record,
        observation_count: said.length,
      });
      // What a later version has learned to say is nothing in old data.
      expect(deriveRecord(said)).toMatchObject(kept.record);
    }
  });

  test('gets its summaries, each record one', async () => {
    const database = await opened();
    expect(await hasSummaries(database)).toBe(false);
    await makeSummaries(database, () => {});
    expect(await hasSummaries(database)).toBe(true);
    const refs = (await database.getAll('records')).map(({ ref_key: ref }) => ref);
    const summaries = await getSummaries(database, refs);
    expect(summaries.map((summary) => summary?.ref_key)).toEqual(refs);
    expect(summaries.every((summary) => summary?.values.some((value) => value !== null))).toBe(true);
  });

  test('takes what is new, and nothing twice', async () => {
    const database = await opened();
    const before = await database.getAll('observations');
    const read = before.map((row) => parseObservation(JSON.parse(JSON.stringify(row))));
    const again = read.flatMap((observation) => observation ?? []);
    expect(again).toHaveLength(before.length);
    expect(await addObservations(database, again)).toMatchObject({ added: 0 });
    const [first] = again;
    if (!first) throw new Error('There are no observations.');
    expect(await addObservations(database, [{ ...first, observed_at: first.observed_at + 1 }])).toMatchObject({
      added: 1,
    });
    expect(await database.count('observations')).toBe(before.length + 1);
  });
});

function isOf(value: unknown, ref: string): boolean {
  return typeof value === 'object' && value !== null && 'ref_key' in value && value.ref_key === ref;
}

test('raw texts that stand in observations of version 2 can still be read', async () => {
  const database = await connectData(await leave(data2, dataMaking))();
  const found: string[] = [];
  for (const observation of await database.getAll('observations')) {
    const text = await rawOf(database, observation);
    if (text === null) continue;
    found.push(text);
    expect(createHash('sha256').update(text).digest('hex')).toBe(observation.record.raw_sha256);
  }
  expect(found).toHaveLength(3);
  expect(found[0]).toContain('Rye bread in a cast-iron pot');
});

describe.each([
  ['1', credentials1],
  ['2', credentials2],
])('keys of version %s', (_version, frozen: Frozen) => {
  test('are all there, and have the stores of new ones', async () => {
    const database = await connectCredentials(await leave(frozen, credentialMaking))();
    const fresh = await connectCredentials(newDatabaseName())();
    expect(untyped(database).version).toBeGreaterThan(frozen.version);
    expect(await shapeOf(untyped(database))).toEqual(await shapeOf(untyped(fresh)));
    const byProvider = (one: { provider: string }, other: { provider: string }): number =>
      one.provider < other.provider ? -1 : 1;
    for (const [store, rows] of Object.entries(frozen.stores)) {
      const values: { provider: string }[] = await untyped(database).getAll(store);
      expect(values.sort(byProvider)).toEqual(
        [...rows].sort((one, other) => byProvider(provided(one), provided(other))),
      );
    }
    expect((await getCredentials(database)).length).toBe(2);
  });
});

function provided(row: unknown): { provider: string } {
  if (typeof row === 'object' && row !== null && 'provider' in row && typeof row.provider === 'string') {
    return { provider: row.provider };
  }
  throw new Error('A row without its provider.');
}

describe('projects of version 1', () => {
  const old = {
    active: 'study',
    projects: [
      { id: 'default', name: '', recording: false },
      { id: 'study', name: '穿搭 2026', recording: true },
    ],
  };
  const now = {
    active: 'study',
    projects: [
      { id: 'default', name: '', recording: false, keepRaw: true, retentionDays: null },
      { id: 'study', name: '穿搭 2026', recording: true, keepRaw: true, retentionDays: null },
    ],
  };

  test('keep raw texts and are kept for ever, as they were', async () => {
    await fakeBrowser.storage.local.set({ projects: old });
    // Looks for what is stored as soon as it is loaded.
    const items = await import('./items.ts');
    expect(await items.getProjects()).toEqual(now);
    await items.changeProjects((projects) => ({ ...projects, active: 'default' }));
    expect(await fakeBrowser.storage.local.get('projects')).toEqual({ projects: { ...now, active: 'default' } });
    expect(items.projectsFromVersion1(old)).toEqual(now);
  });

  test('that cannot be read are left as they are', async () => {
    const { projectsFromVersion1 } = await import('./items.ts');
    for (const broken of [null, 'x', { active: 1 }, { active: 'a', projects: [{ id: 'a' }] }]) {
      expect(projectsFromVersion1(broken)).toBe(broken);
    }
  });
});
