import { describe, expect, test } from 'vitest';
import type { Alert, Job, JobItem } from '../core/job.ts';
import type { RefKey } from '../core/ref.ts';
import { newJob } from '../jobs/job.ts';
import { newDatabaseName } from '../jobs/quiet.samples.ts';
import { connectData, type DataDatabase } from './database.ts';
import * as jobs from './jobs.ts';

const keyOf = (number: number): RefKey => `douyin:post:74011223344556${String(number).padStart(5, '0')}`;
const keys = (count: number): RefKey[] => Array.from({ length: count }, (_, number) => keyOf(number));

const database = (): Promise<DataDatabase> => connectData(newDatabaseName())();

function jobOf(id: string, total: number, change: Partial<Job> = {}): Job {
  const plan = { kind: 'batch', refresh: false } as const;
  return { ...newJob({ id, name: id, project: 'default', plan, total, now: 1_000 }), ...change };
}

async function made(count: number, change: Partial<Job> = {}): Promise<DataDatabase> {
  const data = await database();
  await jobs.createJob(data, jobOf('one', count, change), keys(count));
  return data;
}

const done = (item: JobItem): JobItem => ({ ...item, state: 'done' });
const watch = { plan: { kind: 'watchlist', everyMs: 60_000, rules: [] } } as const;

describe('making a job', () => {
  test('keeps it with all its things, more than fit into one transaction', async () => {
    const data = await database();
    await jobs.createJob(data, jobOf('one', 25), keys(25), 10);
    expect(await jobs.refsOfJob(data, 'one')).toEqual(keys(25));
    const last = await jobs.getJobItems(data, 'one', 'queued', 23);
    expect(last).toMatchObject([{ index: 24, ref: keyOf(24), state: 'queued', attempts: 0, due_at: null }]);
  });

  test('leaves nothing of one that could not be made', async () => {
    const data = await made(3);
    await expect(jobs.createJob(data, jobOf('one', 2), [])).rejects.toThrow();
    const broken = { ...jobOf('two', 2), name: (() => undefined) as unknown as string };
    await expect(jobs.createJob(data, broken, keys(2))).rejects.toThrow();
    expect((await jobs.getJobs(data)).map(({ id }) => id)).toEqual(['one']);
    expect(await jobs.refsOfJob(data, 'two')).toEqual([]);
  });

  test('forgets the things of jobs that were never finished being made, and no others', async () => {
    const data = await made(3);
    const [item] = await jobs.getJobItems(data, 'one', null, -1);
    for (const job of ['lost', 'zero'])
      for (let index = 0; index < 4; index += 1) await data.add('job_items', { ...item!, job, index });
    await jobs.forgetOrphans(data);
    expect((await data.getAllKeys('job_items')).map(([job]) => job)).toEqual(['one', 'one', 'one']);
    await jobs.forgetOrphans(await database());
  });
});

describe('taking', () => {
  test('marks the next that are queued, in their order, and counts them as still to come', async () => {
    const data = await made(5);
    const taken = await jobs.takeItems(data, 'one', 2, 2_000);
    expect(taken).toMatchObject([
      { index: 0, state: 'running', attempts: 1, changed_at: 2_000 },
      { index: 1, state: 'running', attempts: 1 },
    ]);
    expect((await jobs.takeItems(data, 'one', 9, 2_000)).map(({ index }) => index)).toEqual([2, 3, 4]);
    expect(await jobs.takeItems(data, 'one', 9, 2_000)).toEqual([]);
    expect((await jobs.getJob(data, 'one'))?.counts.queued).toBe(5);
  });

  test('two at once never take the same', async () => {
    const data = await made(20);
    const taken = await Promise.all(Array.from({ length: 20 }, () => jobs.takeItems(data, 'one', 1, 2_000)));
    expect(new Set(taken.flat().map(({ index }) => index)).size).toBe(20);
  });

  test.each(['paused', 'waiting', 'done', 'cancelled'] as const)('takes nothing of a job that is %s', async (state) => {
    const data = await made(2, { state });
    expect(await jobs.takeItems(data, 'one', 1, 2_000)).toEqual([]);
    expect(await jobs.takeItems(data, 'none', 1, 2_000)).toEqual([]);
  });

  test('of a watchlist what is due, the longest due first', async () => {
    const data = await made(4, watch);
    const items = await jobs.getJobItems(data, 'one', null, -1);
    const dues = [5_000, 3_000, 9_000, 3_000];
    await jobs.settleJob(data, 'one', (job) => ({
      job,
      items: items.map(
        (item, place): JobItem => ({ ...item, state: place === 1 ? 'failed' : 'done', due_at: dues[place] ?? 0 }),
      ),
    }));
    expect(await jobs.nextDueOf(data, 'one')).toBe(3_000);
    expect(await jobs.takeItems(data, 'one', 9, 2_999)).toEqual([]);
    expect((await jobs.takeItems(data, 'one', 9, 5_000)).map(({ index }) => index)).toEqual([1, 3, 0]);
    // What is under way is not due.
    expect(await jobs.nextDueOf(data, 'one')).toBe(9_000);
    expect((await jobs.getJob(data, 'one'))?.counts).toMatchObject({ queued: 3, done: 1, failed: 0 });
  });
});

describe('settling', () => {
  const alert: Alert = {
    id: 'a',
    job: 'one',
    ref: keyOf(0),
    at: 5,
    rule: { kind: 'removed' },
    before: null,
    after: null,
    currency: null,
    about: null,
    seen: false,
  };

  test('writes the thing, the counts and the alerts together, or nothing of them', async () => {
    const data = await made(3);
    const [item] = await jobs.takeItems(data, 'one', 1, 2_000);
    await expect(
      jobs.settleJob(data, 'one', (job) => ({
        job,
        items: [done(item!)],
        alerts: [{ ...alert, at: (() => 0) as unknown as number }],
      })),
    ).rejects.toThrow();
    expect((await jobs.getJob(data, 'one'))?.counts.done).toBe(0);
    expect((await jobs.getJobItems(data, 'one', 'running', -1)).length).toBe(1);
    const after = await jobs.settleJob(data, 'one', (job) => ({ job, items: [done(item!)], alerts: [alert] }));
    expect(after?.counts).toEqual({ total: 3, queued: 2, done: 1, failed: 0, skipped: 0 });
    expect(await jobs.getAlerts(data)).toEqual([alert]);
  });

  test('an alert that is there already stays as it is: somebody may have seen it', async () => {
    const data = await made(1);
    await jobs.settleJob(data, 'one', (job) => ({ job, alerts: [alert] }));
    await jobs.markSeen(data, null);
    await jobs.settleJob(data, 'one', (job) => ({ job, alerts: [{ ...alert, at: 99 }] }));
    expect(await jobs.getAlerts(data)).toEqual([{ ...alert, seen: true }]);
    expect(await jobs.countUnseen(data)).toBe(0);
  });

  test('puts back only what has failed meanwhile', async () => {
    const data = await made(3);
    const items = await jobs.takeItems(data, 'one', 3, 2_000);
    const [one, two, three] = items as [JobItem, JobItem, JobItem];
    await jobs.settleJob(data, 'one', (job) => ({ job, items: [{ ...one, state: 'failed' }, done(two)] }));
    await jobs.settleJob(data, 'one', (job) => ({
      job,
      again: [one, two, three].map((item): JobItem => ({ ...item, state: 'queued' })),
    }));
    const states = (await jobs.getJobItems(data, 'one', null, -1)).map(({ state }) => state);
    expect(states).toEqual(['queued', 'done', 'running']);
  });

  test('of a job that is gone is nothing', async () => {
    const data = await made(1);
    const [item] = await jobs.takeItems(data, 'one', 1, 2_000);
    await jobs.deleteJob(data, 'one');
    expect(await jobs.settleJob(data, 'one', (job) => ({ job, items: [done(item!)] }))).toBeNull();
    expect(await data.count('job_items')).toBe(0);
  });
});

describe('the rest', () => {
  test.each([10, 21, 100])('restores, fails, retries and skips, %i in one transaction', async (atOnce) => {
    const data = await made(50);
    await jobs.takeItems(data, 'one', 42, 2_000);
    await jobs.restoreItems(data, 'one', 3_000, atOnce);
    expect(await jobs.getJobItems(data, 'one', 'running', -1)).toEqual([]);
    await jobs.failItems(data, 'one', 4_000, { code: 'auth' } as never, (ref) => ref < keyOf(42));
    expect((await jobs.getJob(data, 'one'))?.counts).toMatchObject({ queued: 8, failed: 42 });
    expect(await jobs.retryItems(data, 'one', 5_000, atOnce)).toBe(42);
    expect((await jobs.getJob(data, 'one'))?.counts).toEqual({ total: 50, queued: 50, done: 0, failed: 0, skipped: 0 });
    expect(await jobs.getJobItems(data, 'one', 'queued', -1)).toHaveLength(50);
  });

  test('what is queued of a cancelled job is left out, however much it is', async () => {
    const data = await made(9);
    const [one, two, three] = (await jobs.takeItems(data, 'one', 3, 2_000)) as [JobItem, JobItem, JobItem];
    await jobs.settleJob(data, 'one', (job) => ({ job, items: [done(one), { ...two, state: 'skipped' }] }));
    await jobs.skipItems(data, 'one', 5_000);
    expect((await jobs.getJob(data, 'one'))?.counts).toMatchObject({ queued: 7, skipped: 1 });
    await jobs.changeJob(data, 'one', (job) => ({ ...job, state: 'cancelled' }));
    // The worker died over the third.
    expect(three.state).toBe('running');
    await jobs.restoreItems(data, 'one', 6_000);
    await jobs.skipItems(data, 'one', 6_000);
    expect((await jobs.getJob(data, 'one'))?.counts).toEqual({ total: 9, queued: 0, done: 1, failed: 0, skipped: 8 });
    const states = (await jobs.getJobItems(data, 'one', null, -1)).map(({ state }) => state[0]).join('');
    expect(states).toBe('dssssssss');
    expect(await jobs.getJobItems(data, 'one', 'queued', -1)).toEqual([]);
    expect((await jobs.getJobItems(data, 'one', 'skipped', 2)).map(({ index }) => index)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(await jobs.takeItems(data, 'one', 9, 7_000)).toEqual([]);
  });

  test('items come 200 at a time, behind the one that was named', async () => {
    const data = await made(450);
    const first = await jobs.getJobItems(data, 'one', null, -1);
    const second = await jobs.getJobItems(data, 'one', 'queued', first.at(-1)?.index ?? 0);
    expect([first.length, second[0]?.index, second.length]).toEqual([200, 200, 200]);
    expect(await jobs.getJobItems(data, 'one', 'queued', 400)).toHaveLength(49);
    expect(await jobs.getJobItems(data, 'one', 'failed', -1)).toEqual([]);
  });

  test('a list’s things are appended behind those that are there', async () => {
    const data = await made(0);
    const change = (job: Job): Job => ({ ...job, cursor: 'x', pages: job.pages + 1 });
    await jobs.appendItems(data, 'one', keys(3), 2_000, change);
    const after = await jobs.appendItems(data, 'one', [keyOf(7)], 2_000, change);
    expect(after).toMatchObject({ pages: 2, cursor: 'x', counts: { total: 4, done: 4, queued: 0 } });
    expect((await jobs.getJobItems(data, 'one', 'done', 1)).map(({ index, ref }) => [index, ref])).toEqual([
      [2, keyOf(2)],
      [3, keyOf(7)],
    ]);
  });

  test('a change that is refused changes nothing', async () => {
    const data = await made(1);
    const refuse = (): Job => {
      throw new Error('no');
    };
    await expect(jobs.changeJob(data, 'one', refuse)).rejects.toThrow('no');
    await expect(jobs.changeJob(data, 'none', (job) => job)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('deletes what belongs to a job, and nothing of another', async () => {
    const data = await made(3);
    await jobs.createJob(data, jobOf('two', 2), keys(2));
    await jobs.deleteJob(data, 'one');
    expect((await jobs.getJobs(data)).map(({ id }) => id)).toEqual(['two']);
    expect(await data.count('job_items')).toBe(2);
  });
});
