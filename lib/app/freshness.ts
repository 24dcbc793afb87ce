/** Until when what is known of a thing is not asked for again unasked. */
import type { AnyRecord } from '../core/record.ts';
import { type EntityRef, parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { CachedLookup, DataDatabase } from '../storage/database.ts';

const minuteMs = 60_000;

/** Ms for which a record counts as fresh. */
export function timeToLive(ref: EntityRef, settings: Settings): number {
  return (ref.kind === 'product' ? settings.cacheMinutes.product : settings.cacheMinutes.post) * minuteMs;
}

/** Unix ms of the last lookup that gave a record. What a page carried is none, and never goes stale. */
export function lookedUpAt(record: AnyRecord | null, cached: CachedLookup | null): number | null {
  if (cached && !cached.error) return cached.fetched_at;
  return record?.collected_via === 'api' ? record.fetched_at : null;
}

/** Things that are read in one transaction. */
const refsAtOnce = 1_000;

/** Which of these a lookup would answer without a call. `now`: Unix ms. */
export async function freshAmong(
  database: DataDatabase,
  refs: readonly RefKey[],
  settings: Settings,
  now: number,
): Promise<ReadonlySet<RefKey>> {
  // Most of a long list was never met: its keys are read at once, and only what is there is looked into.
  const known = new Set<string>(await database.getAllKeys('records'));
  const candidates = refs.filter((ref) => known.has(ref));
  const fresh = new Set<RefKey>();
  for (let start = 0; start < candidates.length; start += refsAtOnce) {
    const transaction = database.transaction(['records', 'lookups']);
    const found = await Promise.all(
      candidates.slice(start, start + refsAtOnce).map(async (ref) => {
        const [kept, cached] = await Promise.all([
          transaction.objectStore('records').get(ref),
          transaction.objectStore('lookups').get(ref),
        ]);
        return { ref, record: kept?.record ?? null, cached: cached ?? null };
      }),
    );
    for (const { ref, record, cached } of found) {
      const parsed = parseRefKey(ref);
      const at = cached?.error ? null : lookedUpAt(record, cached);
      if (parsed && at !== null && at + timeToLive(parsed, settings) > now) fresh.add(ref);
    }
  }
  return fresh;
}
