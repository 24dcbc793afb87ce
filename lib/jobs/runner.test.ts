import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../core/errors.ts';
import type { BatchPlan, Job, JobItem } from '../core/job.ts';
import { createOffice, keys, noon, type Office, wire } from './runner.samples.ts';

const plan: BatchPlan = { kind: 'batch', refresh: false };
const fine = { error: null, alerts: [] };
const failing = (code: ErrorCode, details = {}) => ({ error: wire(code, details), alerts: [] });

const statesOf = (items: readonly JobItem[]): string => items.map(({ state }) => state[0]).join('');

/** Counts that are not those of the things would be a lie that nobody notices. */
async function expectTrueCounts(office: Office, job: Job): Promise<void> {
  const items = await office.items(job.id);
  const { counts } = await office.job(job.id);
  const count = (...states: string[]): number => items.filter(({ state }) => states.includes(state)).length;
  expect(counts).toEqual({
    total: items.length,
    queued: count('queued', 'running'),
    done: count('done'),
    failed: count('failed'),
    skipped: count('skipped'),
  });
}

async function run(office: Office, count: number): Promise<Job> {
  const job = await office.create(plan, keys(count));
  office.runner.wake();
  await office.rest();
  await expectTrueCounts(office, job);
  return office.job(job.id);
}

describe('a batch', () => {
  test('asks for each once, as many at once as are allowed, and is done', async () => {
    const office = createOffice();
    const job = await run(office, 25);
    expect(job).toMatchObject({ state: 'done', counts: { total: 25, done: 25, queued: 0 }, reason: null });
    expect([...office.asked].sort()).toEqual(keys(25));
    expect(office.most()).toBe(2);
    // 25 looks of 100 ms, two at a time.
    expect(job.active_ms).toBeGreaterThanOrEqual(1_300);
    expect(job.active_ms).toBeLessThan(1_400);
    expect(office.next).toEqual({ running: false, at: null });
  });

  test('keeps why each failed, and asks for those alone again', async () => {
    const office = createOffice();
    office.answer = ({ index }, attempt) => (index % 3 === 0 && attempt === 1 ? failing('removed') : fine);
    const job = await run(office, 9);
    expect(job).toMatchObject({ state: 'done', counts: { done: 6, failed: 3 } });
    const failed = (await office.items(job.id)).filter(({ state }) => state === 'failed');
    expect(failed.map(({ index, error }) => [index, error?.code])).toEqual([
      [0, 'removed'],
      [3, 'removed'],
      [6, 'removed'],
    ]);
    await office.retry(job.id);
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { done: 9, failed: 0 } });
    expect(office.asked).toHaveLength(12);
    expect((await office.items(job.id)).every(({ error }) => error === null)).toBe(true);
    await expectTrueCounts(office, job);
  });

  test.each<ErrorCode>(['not_found', 'private', 'region_blocked', 'bad_request', 'schema', 'unsupported'])(
    '%s is about the thing: the others go on',
    async (code) => {
      const office = createOffice();
      office.answer = ({ index }) => (index === 1 ? failing(code) : fine);
      expect(await run(office, 5)).toMatchObject({ state: 'done', counts: { done: 4, failed: 1 } });
    },
  );

  test('two jobs run beside each other', async () => {
    const office = createOffice();
    const [one, two] = [await office.create(plan, keys(4)), await office.create(plan, keys(6))];
    office.runner.wake();
    await office.rest();
    expect([(await office.job(one.id)).state, (await office.job(two.id)).state]).toEqual(['done', 'done']);
  });
});

describe('what is not about the thing', () => {
  test.each<[ErrorCode, number | null, number]>([
    ['quota_exhausted', 5 * 3_600_000, 5 * 3_600_000],
    ['quota_exhausted', null, 3_600_000],
    ['rate_limited', 900_000, 900_000],
    ['rate_limited', null, 60_000],
    ['upstream', 300_000, 300_000],
  ])('%s (named: %s) makes the job wait, and costs no thing', async (code, named, waits) => {
    const office = createOffice();
    office.answer = (_item, attempt) =>
      office.asked.length > 4 && attempt === 1 && office.clock.now() < noon + waits
        ? failing(code, named === null ? {} : { retryAt: noon + named })
        : fine;
    const job = await run(office, 12);
    expect(job).toMatchObject({ state: 'waiting', reason: { code }, counts: { failed: 0 } });
    const at = job.resume_at ?? 0;
    // Named times to the point, others from then on.
    expect(at - noon - waits).toBeLessThan(named === null ? 1_000 : 1);
    expect(at - noon).toBeGreaterThanOrEqual(waits);
    expect(office.next).toEqual({ running: false, at });
    const before = office.asked.length;
    office.runner.wake();
    await office.rest();
    expect(office.asked).toHaveLength(before);
    await office.until(at + 60_000);
    expect(await office.job(job.id)).toMatchObject({ state: 'done', resume_at: null, counts: { done: 12, failed: 0 } });
  });

  test.each<ErrorCode>(['network', 'upstream', 'timeout'])(
    '%s several times in a row makes the job wait, longer each time, and those that failed so are queued again',
    async (code) => {
      const office = createOffice();
      office.atOnce = 1;
      office.answer = () => (office.clock.now() < noon + 200_000 ? failing(code) : fine);
      const job = await run(office, 8);
      expect(job).toMatchObject({ state: 'waiting', reason: { code }, counts: { queued: 8, failed: 0 } });
      expect(office.asked).toHaveLength(3);
      expect((job.resume_at ?? 0) - office.clock.now()).toBe(30_000);
      await office.until(noon + 31_000);
      expect(((await office.job(job.id)).resume_at ?? 0) - office.clock.now()).toBeGreaterThan(55_000);
      await office.until(noon + 600_000);
      expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { done: 8, failed: 0 } });
    },
  );

  test('once or twice it is about the thing', async () => {
    const office = createOffice();
    office.atOnce = 1;
    office.answer = ({ index }) => (index === 2 || index === 3 ? failing('upstream') : fine);
    expect(await run(office, 8)).toMatchObject({ state: 'done', counts: { done: 6, failed: 2 } });
  });

  test.each<ErrorCode>(['auth', 'permission', 'storage_full'])('%s pauses the job, and loses nothing', async (code) => {
    const office = createOffice();
    office.answer = () => (office.asked.length > 3 ? failing(code) : fine);
    const job = await run(office, 10);
    expect(job).toMatchObject({ state: 'paused', reason: { code }, resume_at: null, counts: { failed: 0 } });
    office.answer = () => fine;
    office.runner.wake();
    await office.rest();
    expect((await office.job(job.id)).state).toBe('paused');
    await office.resume(job.id);
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', reason: null, counts: { done: 10 } });
  });

  test('a store without room pauses the job as soon as there is room to say so', async () => {
    const office = createOffice();
    const settle = office.store.settle.bind(office.store);
    let isFull = false;
    Object.assign(office.store, {
      settle: (...parameters: Parameters<typeof settle>) =>
        isFull ? Promise.reject(new AppError('storage_full', 'full')) : settle(...parameters),
    });
    office.answer = ({ index }) => {
      if (index === 4) isFull = true;
      return fine;
    };
    const job = await office.create(plan, keys(8));
    office.runner.wake();
    await office.rest();
    const before = office.asked.length;
    // Nothing is paid for while nothing can be kept.
    for (let minute = 0; minute < 5; minute += 1) {
      await office.clock.advance(60_000);
      office.runner.wake();
      await office.rest();
    }
    expect((await office.job(job.id)).state).toBe('running');
    expect(office.asked).toHaveLength(before);
    isFull = false;
    office.answer = () => fine;
    await office.clock.advance(60_000);
    office.runner.wake();
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'paused', reason: { code: 'storage_full' } });
    await office.resume(job.id);
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { done: 8, failed: 0 } });
  });
});

describe('a person', () => {
  test('pauses: what is under way arrives, nothing more is begun; and goes on', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(10));
    office.runner.wake();
    await office.clock.advance(250);
    await office.pause(job.id);
    await office.rest();
    const paused = await office.job(job.id);
    expect(paused).toMatchObject({ state: 'paused', reason: null });
    expect(paused.counts.done).toBe(office.asked.length);
    expect(paused.counts.done).toBeLessThan(10);
    await office.clock.advance(60_000);
    expect((await office.job(job.id)).active_ms).toBe(paused.active_ms);
    await office.resume(job.id);
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { done: 10 } });
    expect(office.asked).toHaveLength(10);
    await expectTrueCounts(office, job);
  });

  test('pauses what waits for long: it is given up and asked for again', async () => {
    const office = createOffice();
    office.latency = 600_000;
    const job = await office.create(plan, keys(3));
    office.runner.wake();
    await office.clock.advance(1_000);
    await office.pause(job.id);
    await office.clock.advance(3_000);
    await office.rest();
    expect(statesOf(await office.items(job.id))).toBe('qqq');
    office.latency = 10;
    await office.resume(job.id);
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { done: 3 } });
  });

  test('pauses and goes on at once: nothing is asked for twice', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(6));
    office.runner.wake();
    await office.clock.advance(50);
    await office.pause(job.id);
    await office.resume(job.id);
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { done: 6 } });
    expect([...office.asked].sort()).toEqual(keys(6));
  });

  test('cancels: what is under way arrives, the rest is left out, and nothing wakes it', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(10));
    office.runner.wake();
    await office.clock.advance(150);
    await office.cancel(job.id);
    await office.rest();
    const { state, counts } = await office.job(job.id);
    expect(state).toBe('cancelled');
    expect(counts).toMatchObject({ queued: 0, done: office.asked.length, skipped: 10 - office.asked.length });
    office.restart();
    await office.until(noon + 3_600_000);
    expect(office.asked).toHaveLength(counts.done);
    await expectTrueCounts(office, job);
  });

  test('cancels, and the worker dies over it: the next one leaves out the rest', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(10));
    await office.cancel(job.id);
    office.restart();
    office.runner.wake();
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'cancelled', counts: { queued: 0, skipped: 10 } });
    expect(office.asked).toEqual([]);
  });

  test('deletes while it runs: nothing comes back', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(10));
    office.runner.wake();
    await office.clock.advance(150);
    await office.remove(job.id);
    await office.rest();
    const database = await office.data();
    expect([await database.count('jobs'), await database.count('job_items')]).toEqual([0, 0]);
  });
});

describe('a worker that dies', { timeout: 30_000 }, () => {
  /** Steps that a job of so many things takes. */
  async function stepsOf(count: number): Promise<number> {
    const office = createOffice();
    let steps = 0;
    for (const name of Object.keys(office.store)) {
      const own = Reflect.get(office.store, name) as (...parameters: unknown[]) => unknown;
      Reflect.set(office.store, name, (...parameters: unknown[]) => {
        steps += 1;
        return own(...parameters);
      });
    }
    await run(office, count);
    return steps;
  }

  test('at any step of the store, committed or not: each thing has one result, and only what was under way is asked for again', async () => {
    const count = 5;
    const steps = await stepsOf(count);
    expect(steps).toBeGreaterThan(2 * count);
    for (const committed of [true, false]) {
      for (let step = 0; step < steps; step += 1) {
        const office = createOffice();
        const job = await office.create(plan, keys(count));
        let isDead = false;
        office.restart({ step, committed, died: () => (isDead = true) });
        office.runner.wake();
        await office.clock.advance(5_000);
        expect([step, isDead]).toEqual([step, true]);
        office.restart();
        office.runner.wake();
        await office.rest();
        const items = await office.items(job.id);
        expect([step, statesOf(items)]).toEqual([step, 'd'.repeat(count)]);
        expect((await office.job(job.id)).state).toBe('done');
        expect(office.asked.length).toBeLessThanOrEqual(count + office.atOnce);
        expect(Math.max(...items.map(({ attempts }) => attempts))).toBeLessThanOrEqual(2);
        await expectTrueCounts(office, job);
      }
    }
  });

  test('again and again: a thing is asked for once, and once more for each death that it was under way in', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(30));
    const deaths = 12;
    for (let death = 0; death < deaths; death += 1) {
      office.restart({ step: 5 + (death % 7), committed: death % 2 === 0, died: () => undefined });
      office.runner.wake();
      await office.clock.advance(2_000);
    }
    office.restart();
    office.runner.wake();
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { done: 30 } });
    expect(office.asked.length).toBeLessThanOrEqual(30 + deaths * office.atOnce);
    for (const { ref, attempts } of await office.items(job.id))
      expect(attempts).toBeGreaterThanOrEqual(office.asked.filter((asked) => asked === ref).length);
  });

  test('does not forget until when a job waits', async () => {
    const office = createOffice();
    office.answer = () => failing('quota_exhausted', { retryAt: noon + 7_200_000 });
    const job = await run(office, 3);
    office.answer = () => fine;
    office.restart();
    await office.until(noon + 7_100_000);
    expect((await office.job(job.id)).state).toBe('waiting');
    await office.until(noon + 7_300_000);
    expect((await office.job(job.id)).state).toBe('done');
  });
});
