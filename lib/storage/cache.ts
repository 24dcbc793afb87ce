import type { RefKey } from '../core/ref.ts';
import type { CachedLookup, DataDatabase } from './database.ts';
import { committing } from './writing.ts';

export async function getLookup(database: DataDatabase, key: RefKey): Promise<CachedLookup | null> {
  return (await database.get('lookups', key)) ?? null;
}

/** Remembers a finished lookup and lets the least recently used go, so that never more than `limit` stay. */
export async function putLookup(database: DataDatabase, lookup: CachedLookup, limit: number): Promise<void> {
  const transaction = database.transaction('lookups', 'readwrite', { durability: 'strict' });
  await committing(transaction, async () => {
    await transaction.store.put(lookup);
    let excess = (await transaction.store.count()) - limit;
    if (excess <= 0) return;
    for (let cursor = await transaction.store.index('by_used').openCursor(); cursor && excess > 0; excess--) {
      await cursor.delete();
      cursor = await cursor.continue();
    }
  });
}

/** Marks a lookup as used now. */
export async function touchLookup(database: DataDatabase, key: RefKey, now: number): Promise<void> {
  const transaction = database.transaction('lookups', 'readwrite');
  await committing(transaction, async () => {
    const lookup = await transaction.store.get(key);
    if (lookup) await transaction.store.put({ ...lookup, used_at: now });
  });
}

/** Forgets lookups that failed, so that a mended key or a new provider gets its chance at once. */
export async function forgetFailures(database: DataDatabase): Promise<void> {
  const transaction = database.transaction('lookups', 'readwrite');
  await committing(transaction, async () => {
    for (let cursor = await transaction.store.openCursor(); cursor; cursor = await cursor.continue()) {
      if (cursor.value.error) await cursor.delete();
    }
  });
}

export async function clearLookups(database: DataDatabase): Promise<void> {
  await database.clear('lookups');
}

export function countLookups(database: DataDatabase): Promise<number> {
  return database.count('lookups');
}
