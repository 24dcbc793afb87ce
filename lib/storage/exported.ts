/** Which stored things the files of a project have had, so that the next file can leave them out. */
import type { RefKey } from '../core/ref.ts';
import type { DataDatabase } from './database.ts';
import { committing } from './writing.ts';

/** Things that are marked in one transaction. */
const refsAtOnce = 2_000;

/** What files of the project have had. */
export async function exportedRefs(database: DataDatabase, project: string): Promise<ReadonlySet<RefKey>> {
  const keys = await database.getAllKeysFromIndex('exported', 'by_project', project);
  return new Set(keys.map(([ref]) => ref));
}

/** Marks those of these things that are stored. `now`: Unix ms. Throws AppError `storage_full`. */
export async function markExported(
  database: DataDatabase,
  project: string,
  refs: readonly RefKey[],
  now: number,
): Promise<void> {
  for (let start = 0; start < refs.length; start += refsAtOnce) {
    const some = refs.slice(start, start + refsAtOnce);
    const transaction = database.transaction(['records', 'exported'], 'readwrite');
    await committing(transaction, async () => {
      const records = transaction.objectStore('records');
      const exported = transaction.objectStore('exported');
      await Promise.all(
        some.map(async (ref) => {
          // What is not stored could not be deleted with the thing or the person.
          if ((await records.getKey(ref)) !== undefined) await exported.put({ ref_key: ref, project, at: now });
        }),
      );
    });
  }
}

/** Forgets what files of a project had, some of it in each transaction: begun again, it finishes what was left. */
export async function forgetExported(database: DataDatabase, project: string): Promise<void> {
  for (;;) {
    const keys = await database.getAllKeysFromIndex('exported', 'by_project', project, refsAtOnce);
    if (keys.length === 0) return;
    const transaction = database.transaction('exported', 'readwrite');
    await committing(transaction, async () => {
      await Promise.all(keys.map((key) => transaction.store.delete(key)));
    });
  }
}
