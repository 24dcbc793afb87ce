/** Deletes a person everywhere: what is stored is searched, since no index names whose a thing is. */
import {
  isOfPerson,
  namesPerson,
  type Person,
  personOfRecord,
  personOfRef,
  refsOfPerson,
  withNamesOf,
} from '../core/person.ts';
import { parseRefKey, type RefKey } from '../core/ref.ts';
import { eachChunk } from './chunks.ts';
import type { DataDatabase, KeptRaw, KeptRecord } from './database.ts';
import { type Deleted, deleteRefs, sumOf } from './deletion.ts';
import { deleteListingsOf } from './deletion-in-jobs.ts';
import { unpackRaw } from './raws.ts';
import { committing } from './writing.ts';

const recordsAtOnce = 1_000;
/** Raw texts are large. */
const rawsAtOnce = 100;

/** The records of one platform, some at a time. */
function eachRecord(database: DataDatabase, platform: string): AsyncGenerator<readonly KeptRecord[]> {
  const read = (after: string) =>
    database.getAll('records', IDBKeyRange.bound(after, `${platform};`, true), recordsAtOnce);
  return eachChunk<KeptRecord, string>(read, `${platform}:`, ({ ref_key: key }) => key, recordsAtOnce);
}

/**
 * The account that a ref names, or that the stored thing of that ref is of, with every name that anything stored gives it;
 * null: it names none. Searches until nothing adds a name.
 */
export async function findPerson(database: DataDatabase, ref: RefKey): Promise<Person | null> {
  const parsed = parseRefKey(ref);
  if (!parsed) return null;
  const own = (await database.get('records', ref))?.record;
  let person = personOfRef(parsed) ?? (own ? personOfRecord(own) : null);
  if (!person) return null;
  // What is stored of the account itself tells its number, before anything else with the same handle can.
  if (own && isOfPerson(person, own)) person = withNamesOf(person, own);
  for (;;) {
    const before: Person = person;
    for await (const records of eachRecord(database, before.platform)) {
      for (const { record } of records) if (isOfPerson(person, record)) person = withNamesOf(person, record);
    }
    if (person === before) return person;
  }
}

/** Refs of everything stored that is of this account; the account itself comes last. */
async function thingsOf(database: DataDatabase, person: Person): Promise<readonly RefKey[]> {
  const own = new Set(refsOfPerson(person));
  const things: RefKey[] = [];
  for await (const records of eachRecord(database, person.platform)) {
    for (const { ref_key: ref, record } of records) {
      if (!own.has(ref) && isOfPerson(person, record)) things.push(ref);
    }
  }
  return [...things, ...own];
}

/** Deletes the raw texts of other things that name the account. */
async function deleteRawsNaming(database: DataDatabase, person: Person): Promise<void> {
  const read = (after: string) => database.getAll('raws', IDBKeyRange.lowerBound(after, true), rawsAtOnce);
  for await (const raws of eachChunk<KeptRaw, string>(read, '', ({ sha256 }) => sha256, rawsAtOnce)) {
    const found = raws.filter((raw) => namesPerson(person, unpackRaw(raw)));
    if (found.length === 0) continue;
    const transaction = database.transaction('raws', 'readwrite', { durability: 'strict' });
    await committing(transaction, () => Promise.all(found.map(({ sha256 }) => transaction.store.delete(sha256))));
  }
}

/**
 * Deletes an account and what is stored of it on its platform: its record, posts, comments, lives, collections, the reviews
 * that it signed with its handle, the raw texts that name it, and the jobs about it. What others wrote about it in their
 * own words stays.
 */
export async function deletePerson(database: DataDatabase, person: Person): Promise<Deleted> {
  const refs = await thingsOf(database, person);
  await deleteListingsOf(database, new Set(refs));
  // The account goes last: should the worker die, whoever begins again still finds what it is called.
  const own = new Set(refsOfPerson(person));
  const things = await deleteRefs(
    database,
    refs.filter((ref) => !own.has(ref)),
    'all',
  );
  await deleteRawsNaming(database, person);
  return sumOf(things, await deleteRefs(database, [...own], 'all'));
}
