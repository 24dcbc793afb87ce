import { deriveRecord } from '../core/derive.ts';
import type { AnyRecord, Observation } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import type { DataDatabase } from './database.ts';
import { committing } from './writing.ts';

export interface StoredRecord {
  readonly record: AnyRecord;
  readonly observation_count: number;
}

/** What an observation says, without when and where we happened to ask. */
function contentOf({ source, observed_at, record }: Observation): string {
  return JSON.stringify([source, observed_at, record], (name, value: unknown) =>
    name === 'fetched_at' || name === 'collected_from_url' ? undefined : value,
  );
}

/**
 * Appends observations, each once (an answer from a provider's cache repeats what was said before, with the same time:
 * it is no new price point), and derives their records again, all in one transaction: after a crash either both are there
 * or neither. SKUs are kept inside no record; they are observations under their product.
 */
export async function addObservations(database: DataDatabase, observations: readonly Observation[]): Promise<void> {
  const transaction = database.transaction(['observations', 'records'], 'readwrite', { durability: 'strict' });
  await committing(transaction, async () => {
    const store = transaction.objectStore('observations');
    const index = store.index('by_ref');
    for (const key of new Set(observations.map((observation) => observation.ref_key))) {
      const range = IDBKeyRange.bound([key, 0], [key, Number.POSITIVE_INFINITY]);
      const known = await index.getAll(range);
      const contents = new Set(known.map(contentOf));
      for (const observation of observations.filter((candidate) => candidate.ref_key === key)) {
        if (contents.has(contentOf(observation))) continue;
        contents.add(contentOf(observation));
        await store.add(observation);
        known.push(observation);
      }
      const own = known.filter((observation) => observation.record.record_type !== 'sku');
      const record = deriveRecord(own);
      if (record) {
        await transaction.objectStore('records').put({ ref_key: key, record, observation_count: own.length });
      }
    }
  });
}

export async function getRecord(database: DataDatabase, key: RefKey): Promise<StoredRecord | null> {
  return (await database.get('records', key)) ?? null;
}

export async function countStored(database: DataDatabase): Promise<{ observations: number; records: number }> {
  return { observations: await database.count('observations'), records: await database.count('records') };
}
