import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Observation, toObservation } from '../core/observation.ts';
import { bareRecords, postRecord } from '../core/record.samples.ts';
import { type AnyRecord, noSighting, type PostRecord } from '../core/record.ts';
import { refKey, type RefKey } from '../core/ref.ts';
import { recordRef } from '../core/observation.ts';
import { newJob } from '../jobs/job.ts';
import { connectData, type DataDatabase } from './database.ts';
import { deleteAll, deleteRefs, deleteSaved, getDeletions, logDeletion } from './deletion.ts';
import { createJob, getJob, refsOfJob, takeItems } from './jobs.ts';
import { deletePerson, findPerson } from './person-deletion.ts';
import { addObservations } from './records.ts';
import { hasSummaries } from './summaries.ts';

let databases = 0;
let database: DataDatabase;
beforeEach(async () => {
  database = await connectData(`deletion-${(databases += 1)}`)();
});
afterEach(() => vi.restoreAllMocks());

const now = Date.UTC(2026, 10, 21);
const dayMs = 86_400_000;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const refOf = (id: string): RefKey => `tiktok:post:${id}`;

function said(record: AnyRecord, raw: string): Observation {
  return toObservation({ ...record, raw_sha256: hashOf(raw), fetched_at: now, observed_at: now }, raw);
}

const post = (id: string, fields: Partial<PostRecord> = {}, raw = `{"id":"${id}"}`): Observation =>
  said(postRecord({ post_id: id, ...fields }), raw);

/** Saves things with everything else that may be known of one. */
async function save(observations: readonly Observation[], savedAt = now, project = 'default'): Promise<void> {
  const memberships = observations.map(({ ref_key: ref }) => ({
    project,
    ref_key: ref,
    saved_at: savedAt,
    sighting: noSighting,
    page_url: null,
  }));
  await addObservations(database, observations, memberships);
  for (const { ref_key: ref } of observations) {
    await database.put('annotations', { ref_key: ref, tags: ['a'], note: '', changed_at: now });
    await database.put('lookups', { ref_key: ref, provider: 'gateway', fetched_at: now, used_at: now, error: null });
  }
}

const stores = ['observations', 'records', 'summaries', 'lookups', 'memberships', 'raws', 'annotations'] as const;

/** What is stored, as text, but for the mark of the summaries. */
async function everything(): Promise<string> {
  const all = await Promise.all(
    [...stores, 'jobs' as const, 'job_items' as const, 'alerts' as const].map((name) => database.getAll(name)),
  );
  return JSON.stringify(all);
}

const counts = async (): Promise<readonly number[]> => Promise.all(stores.map((name) => database.count(name)));

describe('chosen things', () => {
  test('go with everything that is known of them; the others keep everything', async () => {
    await save([post('1'), post('2')]);
    await save([post('1')], now, 'other');
    const before = await counts();
    expect(await deleteRefs(database, [refOf('1'), refOf('9'), refOf('1')])).toEqual({ records: 1, observations: 1 });
    expect(await counts()).toEqual([1, 1, 2, 1, 1, 1, 1]);
    expect(before).toEqual([2, 2, 3, 2, 3, 2, 2]);
    expect(await everything()).not.toContain(refOf('1'));
    expect(await deleteRefs(database, [refOf('1')])).toEqual({ records: 0, observations: 0 });
  });

  test('leave a raw text that another thing was read from, until that goes as well', async () => {
    await save([post('1', {}, '{"shared":1}'), post('2', {}, '{"shared":1}')]);
    await deleteRefs(database, [refOf('1')]);
    expect(await database.count('raws')).toBe(1);
    await deleteRefs(database, [refOf('2')]);
    expect(await database.count('raws')).toBe(0);
  });

  test('are taken out of the lists and alerts of jobs, whose counts stay true', async () => {
    const refs = ['1', '2', '3'].map(refOf);
    const plan = { kind: 'watchlist', everyMs: 60_000, rules: [] } as const;
    await createJob(database, newJob({ id: 'j', name: 'j', project: 'default', plan, total: 3, now }), refs);
    await takeItems(database, 'j', 1, now);
    for (const [index, ref] of refs.entries()) {
      const alert = { id: `a${index}`, job: 'j', ref, at: now, rule: { kind: 'removed' }, before: null, after: null };
      await database.put('alerts', { ...alert, rule: { kind: 'removed' }, currency: null, about: null, seen: false });
    }
    await deleteRefs(database, [refs[0]!, refs[2]!]);
    expect(await refsOfJob(database, 'j')).toEqual([refs[1]]);
    expect((await getJob(database, 'j'))?.counts).toEqual({ total: 1, queued: 1, done: 0, failed: 0, skipped: 0 });
    expect((await database.getAll('alerts')).map(({ ref }) => ref)).toEqual([refs[1]]);
  });
});

describe('what was saved long enough ago', () => {
  test('leaves its project, and goes where it is in no other one', async () => {
    await save([post('1'), post('2')], now - 40 * dayMs);
    await save([post('2')], now, 'other');
    await save([post('3')], now - 5 * dayMs);
    // Looked up, never saved.
    await addObservations(database, [post('4')]);
    expect(await deleteSaved(database, 'default', now - 30 * dayMs)).toEqual({ records: 1, observations: 1 });
    expect(await database.getAllKeys('memberships')).toEqual([
      ['default', refOf('3')],
      ['other', refOf('2')],
    ]);
    expect(await database.getAllKeys('records')).toEqual([refOf('2'), refOf('3'), refOf('4')]);
    expect(await deleteSaved(database, 'default', now - 30 * dayMs)).toEqual({ records: 0, observations: 0 });
  });

  test('is found beyond the first batch; a worker that dies between two goes on where it was', async () => {
    const ids = Array.from({ length: 45 }, (_, index) => String(7_500_000_000 + index));
    await save(
      ids.map((id) => post(id)),
      now - 40 * dayMs,
    );
    await save([post('1')]);
    const begin = database.transaction.bind(database);
    let writes = 0;
    vi.spyOn(database, 'transaction').mockImplementation((...given: Parameters<typeof begin>) => {
      if (given[1] === 'readwrite' && (writes += 1) === 2) throw new Error('the worker died');
      return begin(...given);
    });
    await expect(deleteSaved(database, 'default', now - dayMs, 20)).rejects.toThrow('died');
    vi.restoreAllMocks();
    // Each thing is there with all of it or not at all.
    const left = (await database.getAllKeys('memberships')).map(([, ref]) => ref);
    expect(left).toHaveLength(27);
    expect(await database.getAllKeys('records')).toEqual(left);
    expect(await database.count('raws')).toBe(27);
    expect(await deleteSaved(database, 'default', now - dayMs, 20)).toEqual({ records: 26, observations: 26 });
    expect(await counts()).toEqual([1, 1, 2, 1, 1, 1, 1]);
  });

  test('of a whole project is all of it', async () => {
    await save([post('1'), post('2')]);
    await save([post('2'), post('3')], now, 'other');
    expect(await deleteSaved(database, 'default', null)).toEqual({ records: 1, observations: 1 });
    expect(await database.getAllKeys('records')).toEqual([refOf('2'), refOf('3')]);
  });
});

describe('a person', () => {
  const secId = `MS4wLjABAAAA${'p'.repeat(40)}`;
  const own = { author_id: '6952369874521000001', author_sec_id: secId, author_handle: 'tin.roof' };
  const raw = (words: string): string => JSON.stringify({ author: { uniqueId: 'tin.roof' }, words });
  const { author, comment, live, review, music } = bareRecords;

  beforeEach(async () => {
    const things = [
      said({ ...author, ...own, author_id: null }, raw('account')),
      post('1', own, raw('post')),
      // Later posts are known by the number or by the handle only.
      post('2', { author_id: own.author_id }),
      post('3', { author_handle: 'Tin.Roof' }),
      said({ ...comment, author_sec_id: secId }, raw('comment')),
      said({ ...live, live_id: 'tin.roof' }, raw('live')),
      said({ ...review, author_name: 'tin.roof' }, raw('review')),
      // Others: a sound that was read from the person's post, somebody with a name that is like it, the other platform.
      said({ ...music, title: 'rain' }, raw('post')),
      post('7', { author_id: '42', author_handle: 'tin.roof' }),
      post('8', { author_handle: 'tin.roofer' }),
      said(postRecord({ platform: 'douyin', post_id: '9', author_handle: 'tin.roof' }), '{"words":"@nobody"}'),
      post('10', { caption: 'others' }, '{"caption":"with @tin.roof"}'),
    ];
    await save(things);
  });

  test('is gone from every store, with the texts that name it; nobody else is', async () => {
    const listing = {
      kind: 'listing',
      provider: 'tikhub',
      capability: 'post.list',
      platform: 'tiktok',
      subject: 'tiktok:author:tin.roof',
      query: {},
      most: null,
      since: null,
    } as const;
    await createJob(database, newJob({ id: 'l', name: 'l', project: 'default', plan: listing, total: 0, now }), []);
    const plan = { kind: 'batch', refresh: false } as const;
    await createJob(database, newJob({ id: 'b', name: 'b', project: 'default', plan, total: 2, now }), [
      refOf('1'),
      refOf('8'),
    ]);
    const person = await findPerson(database, 'tiktok:author:tin.roof');
    expect(person).toMatchObject({ ids: new Set([own.author_id]), secIds: new Set([secId]) });
    expect(await deletePerson(database, person!)).toEqual({ records: 7, observations: 7 });
    expect(await database.getAllKeys('records')).toEqual(
      [refKey(recordRef(music)), refOf('7'), refOf('8'), refOf('10'), 'douyin:post:9'].sort(),
    );
    const left = await everything();
    for (const name of [own.author_id, secId, `"${refOf('1')}"`, 'tiktok:author:', 'tiktok:live:tin.roof']) {
      expect([name, left.includes(name)]).toEqual([name, false]);
    }
    expect(await database.getAllKeys('raws')).not.toContain(hashOf(raw('post')));
    expect(await database.getAllKeys('raws')).not.toContain(hashOf('{"caption":"with @tin.roof"}'));
    expect(await getJob(database, 'l')).toBeNull();
    expect(await refsOfJob(database, 'b')).toEqual([refOf('8')]);
  });

  test('is found by any of its names, and by what is of it', async () => {
    const person = await findPerson(database, 'tiktok:author:tin.roof');
    for (const ref of [`tiktok:author:${secId}`, `tiktok:author:uid/${own.author_id}`, refOf('1')] as const) {
      expect(await findPerson(database, ref)).toEqual(person);
    }
    expect(await findPerson(database, refKey(recordRef(music)))).toBeNull();
    expect(await findPerson(database, 'tiktok:post:404')).toBeNull();
  });

  test('of before version 3 is gone from the text that another observation holds itself', async () => {
    const text = raw('inline');
    const old = said({ ...music, music_id: '77' }, text);
    await database.add('observations', old);
    await save([post('5', own, text)]);
    const person = await findPerson(database, refOf('5'));
    await deletePerson(database, person!);
    const [kept] = await database.getAllFromIndex('observations', 'by_raw', hashOf(text));
    expect(kept).toMatchObject({ ref_key: old.ref_key });
    expect(kept).not.toHaveProperty('raw');
  });
});

describe('everything', () => {
  test('goes, jobs too; the log stays and says so', async () => {
    await save([post('1'), post('2')]);
    const plan = { kind: 'batch', refresh: false } as const;
    await createJob(database, newJob({ id: 'b', name: 'b', project: 'default', plan, total: 1, now }), [refOf('1')]);
    await logDeletion(database, { at: now - dayMs, cause: 'person', project: null, records: 1, observations: 2 });
    await deleteAll(database, now);
    expect(await counts()).toEqual([0, 0, 1, 0, 0, 0, 0]);
    expect(await hasSummaries(database)).toBe(true);
    expect([await database.count('jobs'), await database.count('job_items')]).toEqual([0, 0]);
    expect(await getDeletions(database)).toEqual([
      { at: now, cause: 'all', project: null, records: 2, observations: 2 },
      { at: now - dayMs, cause: 'person', project: null, records: 1, observations: 2 },
    ]);
    await deleteAll(database, now);
    expect(await getDeletions(database)).toHaveLength(2);
  });
});
