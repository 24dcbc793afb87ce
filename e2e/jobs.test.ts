/** Jobs in real Chromium: what a person does with them, what wakes them, and what a death costs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job, JobItem, JobPlan } from '../lib/core/job.ts';
import type { JobPreview } from '../lib/messaging/job-models.ts';
import type { Entry } from '../lib/messaging/protocol.ts';
import { runChaos } from './harness/chaos.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
});
afterAll(() => session?.close());

const batch: JobPlan = { kind: 'batch', refresh: false };

function create(plan: JobPlan, refs: readonly string[]): Promise<Job> {
  return session.ask<Job>('job.create', { name: 'A job', project: null, plan, refs });
}

async function jobOf(id: string): Promise<Job> {
  const job = (await session.ask<Job[]>('job.list', {})).find((candidate) => candidate.id === id);
  if (!job) throw new Error(`There is no job ${id}.`);
  return job;
}

const until = (id: string, wished: (job: Job) => boolean, ms?: number): Promise<Job> =>
  eventually(() => jobOf(id), wished, ms);
const items = (id: string, state: string | null = null): Promise<JobItem[]> =>
  session.ask<JobItem[]>('job.items', { id, state, after: -1 });

/** Posts of the world that can be seen, from this one on. */
function posts(from: number, count: number): string[] {
  const normal = session.sandbox.world.postsOf('douyin').filter(({ status }) => status === 'normal');
  return normal.slice(from, from + count).map(({ id }) => `douyin:post:${id}`);
}

async function badge(): Promise<string> {
  const page = await session.browser.openSurface('options');
  const text = await page.evaluate(() =>
    (
      globalThis as unknown as { chrome: { action: { getBadgeText(of: object): Promise<string> } } }
    ).chrome.action.getBadgeText({}),
  );
  await page.close();
  return text;
}

describe('a batch', () => {
  it('says what it costs, is paused and goes on, and what it finds is stored', async () => {
    const refs = posts(0, 14);
    expect(await session.ask<JobPreview>('job.preview', { plan: batch, refs })).toMatchObject({
      count: 14,
      calls: [{ provider: 'gateway', count: 14 }],
      fresh: 0,
    });
    session.sandbox.setFault('gateway', { kind: 'slow', ms: 300 });
    const { id } = await create(batch, refs);
    await until(id, ({ counts }) => counts.done >= 2);
    expect(await badge()).toMatch(/^\d+%$/u);
    expect((await session.ask<Job>('job.pause', { id })).state).toBe('paused');
    // What was under way arrives.
    const { counts } = await until(id, (job) => job.counts.done === session.sandbox.calls.length);
    await expect(session.ask('job.pause', { id })).rejects.toThrow('bad_request');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect((await jobOf(id)).counts).toEqual(counts);
    session.sandbox.setFault('gateway', null);
    await session.ask('job.resume', { id });
    const done = await until(id, ({ state }) => state === 'done');
    expect(done.counts).toEqual({ total: 14, queued: 0, done: 14, failed: 0, skipped: 0 });
    expect(session.sandbox.calls).toHaveLength(14);
    const entries = await session.ask<Entry[]>('record.get', { refs, tabId: null });
    expect(entries.every(({ record, observationCount }) => record !== null && observationCount === 1)).toBe(true);
    expect(await eventually(badge, (text) => text === '')).toBe('');
  });

  it('fails what is not there, asks for that again, and is cancelled', async () => {
    const [gone = '', ...others] = posts(20, 12);
    const number = gone.split(':')[2] ?? '';
    session.sandbox.setCourse(number, { removedAt: 0 });
    const { id } = await create(batch, [gone, ...others.slice(0, 2)]);
    await until(id, ({ state }) => state === 'done');
    expect((await items(id, 'failed')).map(({ ref, error }) => [ref, error?.code])).toEqual([[gone, 'not_found']]);
    session.sandbox.setCourse(number, null);
    await session.ask('job.retry', { id });
    await until(id, ({ state, counts }) => state === 'done' && counts.failed === 0);
    expect((await items(id)).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['done', 2],
      ['done', 1],
      ['done', 1],
    ]);

    session.sandbox.setFault('gateway', { kind: 'slow', ms: 400 });
    const other = await create(batch, others.slice(2));
    await until(other.id, ({ counts }) => counts.done >= 1);
    await session.ask('job.cancel', { id: other.id });
    const cancelled = await until(other.id, ({ counts }) => counts.queued === 0);
    expect(cancelled).toMatchObject({ state: 'cancelled', counts: { failed: 0 } });
    expect(cancelled.counts.skipped).toBeGreaterThan(0);
    await session.ask('job.delete', { id: other.id });
    expect((await session.ask<Job[]>('job.list', {})).some((job) => job.id === other.id)).toBe(false);
    session.sandbox.setFault('gateway', null);
  });
});

describe('a watchlist', () => {
  it('looks again when its alarm comes, which starts a worker that is dead', async () => {
    const ref = `douyin:product:${session.sandbox.world.ids.douyin.product}`;
    const { id } = await create({ kind: 'watchlist', everyMs: 60_000, rules: [] }, [ref]);
    await until(id, ({ state }) => state === 'waiting');
    const looks = (): number => session.sandbox.calls.filter(({ itemId }) => ref.endsWith(`:${itemId}`)).length;
    expect(looks()).toBe(1);
    await session.browser.killWorker();
    // A minute is long for a test: its turn is brought forward while nobody is there.
    const page = await session.browser.openSurface('options');
    await page.evaluate(async (job) => {
      const at = Date.now() + 5_000;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('clipscope');
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('It does not open.')));
      });
      const transaction = database.transaction(['jobs', 'job_items'], 'readwrite');
      const change = (store: string, key: IDBValidKey, field: string): void => {
        const request = transaction.objectStore(store).get(key);
        request.addEventListener('success', () =>
          transaction.objectStore(store).put({ ...(request.result as object), [field]: at }),
        );
      };
      change('jobs', job, 'resume_at');
      change('job_items', [job, 0], 'due_at');
      await new Promise((resolve) => transaction.addEventListener('complete', resolve));
      database.close();
    }, id);
    await page.close();
    // Starts a worker, which plans the alarm; and that one dies as well.
    await session.browser.killWorker();
    await jobOf(id);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await session.browser.killWorker();
    await eventually(
      async () => looks(),
      (count) => count === 2,
      20_000,
    );
    await until(id, ({ state }) => state === 'waiting');
    await session.ask('job.delete', { id });
  });
});

describe('a listing', () => {
  it('goes to its end, also where the worker dies over a page', async () => {
    const { world } = session.sandbox;
    const handle = world.ids.tiktok.author;
    await session.allow('https://api.tikhub.io');
    await session.ask('credential.save', { provider: 'tikhub', values: session.sandbox.credentials.tikhub });
    session.sandbox.setFault('tikhub', { kind: 'slow', ms: 600 });
    const calls = (): number => session.sandbox.calls.filter(({ api }) => api === 'tikhub').length;
    const before = calls();
    const { id } = await create(
      {
        kind: 'listing',
        provider: 'tikhub',
        capability: 'post.list',
        platform: 'tiktok',
        subject: `tiktok:author:${handle}`,
        query: {},
        most: null,
        since: null,
      },
      [],
    );
    await until(id, ({ pages }) => pages === 1);
    await eventually(
      async () => calls(),
      (count) => count === before + 2,
    );
    await session.browser.killWorker();
    const done = await until(id, ({ state }) => state === 'done');
    const own = world.postsOf('tiktok').filter(({ author, status }) => author.handle === handle && status === 'normal');
    expect((await items(id)).map(({ ref }) => ref).sort()).toEqual(own.map((post) => `tiktok:post:${post.id}`).sort());
    expect(done.counts.done).toBe(own.length);
    expect(calls() - before).toBe(done.pages + 1);
    session.sandbox.setFault('tikhub', null);
  });
});

describe('chaos', () => {
  it('60 ids, the worker killed 5 times, the browser closed once: each has one result, and only what was under way is paid for again', async () => {
    const report = await runChaos(session, { ids: 60, kills: 5, restarts: 1, seed: 2_611 });
    expect(report.faults).toEqual([]);
  });
});
