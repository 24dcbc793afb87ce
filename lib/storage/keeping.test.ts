/** What stands beside the records: tags and notes, what is in which project, and the keys of pseudonyms. */
import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, test } from 'vitest';
import { toObservation } from '../core/observation.ts';
import { postRecord } from '../core/record.samples.ts';
import { noSighting } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import { changeAnnotations, getAnnotations, longestNote, longestTag, mostTags } from './annotations.ts';
import { connectCredentials, connectData, type DataDatabase } from './database.ts';
import { addMembers, removeAllMembers, removeMembers } from './members.ts';
import { deletePseudonymKey, pseudonymKey } from './pseudonyms.ts';
import { addObservations } from './records.ts';

let databases = 0;
let database: DataDatabase;
beforeEach(async () => {
  database = await connectData(`keeping-${(databases += 1)}`)();
});

const one: RefKey = 'tiktok:post:1';
const two: RefKey = 'tiktok:post:2';
const tagsOf = async (ref: RefKey): Promise<readonly string[]> =>
  (await getAnnotations(database, [ref])).get(ref)?.tags ?? [];

describe('tags and notes', () => {
  test('are kept clean: without blanks around them, composed, each once whatever its case', async () => {
    await changeAnnotations(database, [one, two, one], { add: ['  Rain ', 'rain', 'Café', '', ' '] }, 5);
    expect(await tagsOf(one)).toEqual(['Rain', 'Café']);
    await changeAnnotations(database, [one], { add: ['RAIN', 'a  b'], remove: ['CAFÉ'], note: ' words ' }, 6);
    expect((await getAnnotations(database, null)).get(one)).toEqual({
      ref_key: one,
      tags: ['Rain', 'a b'],
      note: 'words',
      changed_at: 6,
    });
    expect(await tagsOf(two)).toEqual(['Rain', 'Café']);
  });

  test('are no longer and no more than they may be; no character is cut in two', async () => {
    const many = Array.from({ length: mostTags + 5 }, (_, index) => `tag ${index}`);
    await changeAnnotations(database, [one], { add: many, note: '雨'.repeat(longestNote + 5) }, 5);
    await changeAnnotations(database, [two], { add: [`${'x'.repeat(longestTag - 1)}🌧`] }, 5);
    expect(await tagsOf(one)).toEqual(many.slice(0, mostTags));
    expect((await getAnnotations(database, null)).get(one)?.note).toHaveLength(longestNote);
    expect(await tagsOf(two)).toEqual(['x'.repeat(longestTag - 1)]);
  });

  test('are deleted where nothing is left', async () => {
    await changeAnnotations(database, [one], { add: ['a'], note: 'n' }, 5);
    await changeAnnotations(database, [one, two], { remove: ['A'], note: '' }, 6);
    expect(await database.count('annotations')).toBe(0);
  });
});

describe('what is in a project', () => {
  test('is what is stored; what is there stays as it was saved', async () => {
    const observations = ['1', '2'].map((id) => toObservation(postRecord({ post_id: id })));
    const member = { project: 'a', ref_key: one, saved_at: 1, sighting: noSighting, page_url: 'https://a.example/' };
    await addObservations(database, observations, [member]);
    await addMembers(database, 'a', [one, two, 'tiktok:post:404'], 9);
    expect(await database.getAll('memberships')).toEqual([
      member,
      { project: 'a', ref_key: two, saved_at: 9, sighting: noSighting, page_url: null },
    ]);
    await addMembers(database, 'b', [one], 9);
    await removeMembers(database, 'a', [one, 'tiktok:post:404']);
    expect(await database.getAllKeys('memberships')).toEqual([
      ['a', two],
      ['b', one],
    ]);
    await removeAllMembers(database, 'a');
    expect(await database.getAllKeys('memberships')).toEqual([['b', one]]);
    expect(await database.count('records')).toBe(2);
  });
});

describe('the key of pseudonyms', () => {
  test('is made when it is first asked for, and stays until its project goes', async () => {
    const credentials = await connectCredentials(`keeping-credentials-${databases}`)();
    const [first, same] = await Promise.all([pseudonymKey(credentials, 'a', 5), pseudonymKey(credentials, 'a', 6)]);
    expect(first).toEqual({ project: 'a', key: expect.stringMatching(/^[0-9a-f]{64}$/u), made_at: 5 });
    expect(same).toEqual(first);
    const other = await pseudonymKey(credentials, 'b', 7);
    expect(other.key).not.toBe(first.key);
    await deletePseudonymKey(credentials, 'a');
    expect((await pseudonymKey(credentials, 'a', 8)).key).not.toBe(first.key);
    expect(await pseudonymKey(credentials, 'b', 9)).toEqual(other);
    await deletePseudonymKey(credentials, null);
    expect(await credentials.count('pseudonym_keys')).toBe(0);
  });
});
