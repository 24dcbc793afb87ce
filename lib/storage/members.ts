/** Puts stored things into projects and takes them out; what is known of them stays as it is. */
import { noSighting } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import type { DataDatabase } from './database.ts';
import { committing } from './writing.ts';

/** Memberships that are written in one transaction. */
const refsAtOnce = 1_000;

async function inBatches(refs: readonly RefKey[], run: (some: readonly RefKey[]) => Promise<void>): Promise<void> {
  const all = [...new Set(refs)];
  for (let start = 0; start < all.length; start += refsAtOnce) await run(all.slice(start, start + refsAtOnce));
}

/**
 * Puts those of these things that are stored into a project; those that are in it stay as they were saved. `now`: Unix ms.
 * Throws AppError `storage_full`; what was committed before stays.
 */
export function addMembers(
  database: DataDatabase,
  project: string,
  refs: readonly RefKey[],
  now: number,
): Promise<void> {
  return inBatches(refs, async (some) => {
    const transaction = database.transaction(['records', 'memberships'], 'readwrite', { durability: 'strict' });
    await committing(transaction, () =>
      Promise.all(
        some.map(async (ref) => {
          const memberships = transaction.objectStore('memberships');
          const [stored, member] = await Promise.all([
            transaction.objectStore('records').getKey(ref),
            memberships.getKey([project, ref]),
          ]);
          if (stored === undefined || member !== undefined) return;
          await memberships.put({ project, ref_key: ref, saved_at: now, sighting: noSighting, page_url: null });
        }),
      ),
    );
  });
}

/** Takes these things out of a project. */
export function removeMembers(database: DataDatabase, project: string, refs: readonly RefKey[]): Promise<void> {
  return inBatches(refs, async (some) => {
    const transaction = database.transaction('memberships', 'readwrite', { durability: 'strict' });
    await committing(transaction, () => Promise.all(some.map((ref) => transaction.store.delete([project, ref]))));
  });
}

/** Takes everything out of a project. */
export async function removeAllMembers(database: DataDatabase, project: string): Promise<void> {
  const transaction = database.transaction('memberships', 'readwrite', { durability: 'strict' });
  await committing(transaction, () => transaction.store.delete(IDBKeyRange.bound([project], [project, []])));
}
