/** What was stored since the index was read, without reading everything again. */
import type { RefKey } from '../../core/ref.ts';
import { eachChunk } from '../../storage/chunks.ts';
import { getAnnotations } from '../../storage/annotations.ts';
import type { DataDatabase } from '../../storage/database.ts';
import type { LibraryIndex } from './library-index.ts';

/** How far the data had come: the keys of the newest observation and of the newest deletion; 0: there was none. */
export interface Mark {
  readonly observation: number;
  readonly deletion: number;
}

const observationsAtOnce = 500;
const keysAtOnce = 5_000;
/** More new observations than this cost more than reading the index again. */
const mostObservations = 20_000;

export async function markOf(database: DataDatabase): Promise<Mark> {
  const transaction = database.transaction(['observations', 'deletions']);
  const [observation, deletion] = await Promise.all([
    transaction.objectStore('observations').openKeyCursor(null, 'prev'),
    transaction.objectStore('deletions').openKeyCursor(null, 'prev'),
  ]);
  return { observation: observation?.primaryKey ?? 0, deletion: deletion?.primaryKey ?? 0 };
}

/**
 * The things that are to be read again, with the mark from which to go on; null: so much is new that everything is to be
 * read again. A record changes with a new observation only, and goes with a deletion, which is in the log: after one the
 * keys of all are compared. Of memberships the keys are compared, of annotations the contents.
 */
export async function changesSince(
  database: DataDatabase,
  index: LibraryIndex,
  before: Mark,
): Promise<{ readonly refs: readonly RefKey[]; readonly mark: Mark } | null> {
  const mark = await markOf(database);
  // Keys that went down are those of another database than the one that was read.
  if (mark.observation < before.observation || mark.observation - before.observation > mostObservations) return null;
  const refs = new Set<RefKey>(mark.deletion === before.deletion ? [] : await goneRecords(database, index));
  let after = before.observation;
  while (after < mark.observation) {
    const range = IDBKeyRange.bound(after, mark.observation, true);
    const [keys, observations] = await Promise.all([
      database.getAllKeys('observations', range, observationsAtOnce),
      database.getAll('observations', range, observationsAtOnce),
    ]);
    for (const { ref_key: ref } of observations) refs.add(ref);
    after = keys.at(-1) ?? mark.observation;
  }
  for (const ref of await changedMemberships(database, index)) refs.add(ref);
  const annotations = await getAnnotations(database, null);
  for (const ref of index.annotated()) if (!annotations.has(ref)) refs.add(ref);
  for (const annotation of annotations.values()) if (!index.isAnnotated(annotation)) refs.add(annotation.ref_key);
  return { refs: [...refs], mark };
}

/** Things that the index lists and that are not stored any more. */
async function goneRecords(database: DataDatabase, index: LibraryIndex): Promise<readonly RefKey[]> {
  const stored = new Set<string>();
  const read = (after: string) => database.getAllKeys('summaries', IDBKeyRange.lowerBound(after, true), keysAtOnce);
  for await (const keys of eachChunk(read, '', (key) => key, keysAtOnce)) for (const key of keys) stored.add(key);
  return index.refs().filter((ref) => !stored.has(ref));
}

/** Things that are in other projects than the index says. */
async function changedMemberships(database: DataDatabase, index: LibraryIndex): Promise<readonly RefKey[]> {
  const changed: RefKey[] = [];
  await index.memberships(database);
  const checked = index.checkProjects();
  const read = (after: [string, string]) =>
    database.getAllKeys('memberships', IDBKeyRange.lowerBound(after, true), keysAtOnce);
  for await (const keys of eachChunk<[string, RefKey], [string, string]>(read, ['', ''], (key) => key, keysAtOnce))
    for (const [project, ref] of keys) if (!checked.saw(project, ref)) changed.push(ref);
  return [...changed, ...checked.unseen()];
}
