/**
 * The short rows of the records, which the library reads instead of them. Whoever writes or deletes a record does the same
 * to its summary, in the same transaction.
 */
import { type RecordSummary, summaryOf, summaryType } from '../core/record-summary.ts';
import { type Platform, platforms, type RefKey } from '../core/ref.ts';
import { eachChunk, together } from './chunks.ts';
import type { DataDatabase, KeptRecord } from './database.ts';
import { committing } from './writing.ts';

/** Says that every record has its summary; in data that is older than summaries it is missing. No ref is empty. */
export interface SummariesComplete {
  readonly ref_key: '';
  /** How many there were when all were read last: to count a hundred thousand takes half as long as to read them. */
  readonly count?: number;
}

export const summariesComplete: SummariesComplete = { ref_key: '' };

/** Rows that are read at once: each answer costs some time of its own. */
const rowsAtOnce = 4_000;
/** Records that are summarised in one transaction. */
const recordsAtOnce = 1_000;

function isSummary(row: RecordSummary | SummariesComplete): row is RecordSummary {
  return row.ref_key !== '';
}

/** Whether every record has its summary. */
export async function hasSummaries(database: DataDatabase): Promise<boolean> {
  return (await database.getKey('summaries', '')) !== undefined;
}

/** How many summaries there were when all were read last; null: nobody has read them yet. */
export async function lastCount(database: DataDatabase): Promise<number | null> {
  const row = await database.get('summaries', '');
  return row && !isSummary(row) ? (row.count ?? null) : null;
}

/** How many records there are. */
export function countSummaries(database: DataDatabase): Promise<number> {
  return database.count('summaries', IDBKeyRange.lowerBound('', true));
}

/** Keeps how many there are. */
export async function keepCount(database: DataDatabase, count: number): Promise<void> {
  const transaction = database.transaction('summaries', 'readwrite');
  await committing(transaction, async () => {
    // Who deletes everything meanwhile leaves the marker, too.
    if ((await transaction.store.getKey('')) !== undefined)
      await transaction.store.put({ ...summariesComplete, count });
  });
}

/**
 * The summary of every record, in lists of some thousands, by ref key within a platform; those of another version too. The
 * platforms are read side by side, which takes a fifth less time.
 */
export async function* eachSummary(database: DataDatabase): AsyncGenerator<readonly RecordSummary[]> {
  const ofPlatform = (platform: Platform) => {
    // A semicolon comes right after a colon.
    const read = (after: string) =>
      database.getAll('summaries', IDBKeyRange.bound(after, `${platform};`, true, true), rowsAtOnce);
    return eachChunk(read, `${platform}:`, ({ ref_key: key }) => key, rowsAtOnce);
  };
  for await (const rows of together(platforms.map(ofPlatform))) yield rows.filter(isSummary);
}

/** The summaries of these, null where there is no record of one; made again where they are of another version. */
export async function getSummaries(
  database: DataDatabase,
  refs: readonly RefKey[],
): Promise<readonly (RecordSummary | null)[]> {
  const { store } = database.transaction('summaries');
  const found = await Promise.all(refs.map((ref) => store.get(ref)));
  const known = found.map((row) => (row && isSummary(row) ? row : null));
  const old = known.flatMap((row) => (row && summaryType(row.form) === null ? [row.ref_key] : []));
  if (old.length === 0) return known;
  const made = new Map((await summariseAgain(database, old)).map((row) => [row.ref_key, row]));
  return known.map((row) => (row ? (made.get(row.ref_key) ?? row) : null));
}

/** Makes the summaries of these records again, keeps them and resolves with them. */
export async function summariseAgain(
  database: DataDatabase,
  refs: readonly RefKey[],
): Promise<readonly RecordSummary[]> {
  const made: RecordSummary[] = [];
  for (let start = 0; start < refs.length; start += recordsAtOnce) {
    const transaction = database.transaction(['records', 'summaries'], 'readwrite');
    await committing(transaction, async () => {
      const some = refs.slice(start, start + recordsAtOnce);
      const kept = await Promise.all(some.map((ref) => transaction.objectStore('records').get(ref)));
      const rows = kept.flatMap((one) => (one ? [summaryOf(one)] : []));
      await Promise.all(rows.map((row) => transaction.objectStore('summaries').put(row)));
      made.push(...rows);
    });
  }
  return made;
}

/**
 * Makes the summary of every record, for data that is older than summaries. `made` is told how many there are by now.
 * What is written meanwhile brings its own.
 */
export async function makeSummaries(database: DataDatabase, made: (count: number) => void): Promise<void> {
  const read = (after: string) => database.getAllKeys('records', IDBKeyRange.lowerBound(after, true), recordsAtOnce);
  let count = 0;
  for await (const keys of eachChunk(read, '', (key) => key, recordsAtOnce)) {
    const transaction = database.transaction(['records', 'summaries'], 'readwrite');
    await committing(transaction, async () => {
      const kept: (KeptRecord | undefined)[] = await Promise.all(
        keys.map((key) => transaction.objectStore('records').get(key)),
      );
      const rows = kept.flatMap((one) => (one ? [summaryOf(one)] : []));
      await Promise.all(rows.map((row) => transaction.objectStore('summaries').put(row)));
    });
    made((count += keys.length));
  }
  await database.put('summaries', summariesComplete);
}
