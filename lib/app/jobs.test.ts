/** Jobs as a person uses them, with real storage, transport and providers over HTTPS against the sandbox. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Job, JobPlan } from '../core/job.ts';
import type { RefKey } from '../core/ref.ts';
import { type JobOffice, noon, openJobOffice } from './job-office.samples.ts';

const hour = 3_600_000;
const batch: JobPlan = { kind: 'batch', refresh: false };

let office: JobOffice;
beforeEach(async () => {
  office = await openJobOffice((fetched) => vi.stubGlobal('fetch', fetched));
});
afterEach(async () => {
  await office.close();
  vi.unstubAllGlobals();
});

async function run(plan: JobPlan, refs: readonly RefKey[], until = office.clock.now() + 60_000): Promise<Job> {
  const { id } = await office.jobs.create({ name: 'A job', project: 'study', plan, refs });
  await office.live(until);
  return jobOf(id);
}

async function jobOf(id: string): Promise<Job> {
  const job = (await office.jobs.list()).find((candidate) => candidate.id === id);
  if (!job) throw new Error(`There is no job ${id}.`);
  return job;
}

/** Posts of the world that can be seen. */
function posts(count: number): RefKey[] {
  const normal = office.sandbox.world.postsOf('douyin').filter(({ status }) => status === 'normal');
  return normal.slice(0, count).map(({ id }): RefKey => `douyin:post:${id}`);
}

describe('a batch', { timeout: 30_000 }, () => {
  test('stores what it finds, and makes it a part of its project', async () => {
    await office.saveKey('gateway');
    const refs = posts(12);
    const gone: RefKey = `douyin:post:${office.sandbox.world.ids.douyin.missing}`;
    const job = await run(batch, [...refs, gone, ...refs.slice(0, 3)]);
    expect(job).toMatchObject({ state: 'done', counts: { total: 13, done: 12, failed: 1 } });
    expect(office.sandbox.calls).toHaveLength(13);
    expect((await office.jobs.items(job.id, 'failed', -1)).map(({ ref, error }) => [ref, error?.code])).toEqual([
      [gone, 'not_found'],
    ]);
    expect(await office.members('study')).toEqual([...refs].sort());
    for (const ref of refs) expect(await office.observations(ref)).toHaveLength(1);
  });

  test('asks for nothing that is fresh, unless it is told to; and says so before', async () => {
    await office.saveKey('gateway');
    const refs = posts(4);
    const nobody: RefKey = 'douyin:music:7300000000000000001';
    await run(batch, refs.slice(0, 2));
    expect(await office.jobs.preview(batch, [...refs, nobody, ...refs])).toEqual({
      count: 5,
      calls: [{ provider: 'gateway', count: 2 }],
      fresh: 2,
      unanswerable: { count: 1, first: [nobody] },
    });
    await run(batch, refs);
    expect(office.sandbox.calls).toHaveLength(4);
    const again: JobPlan = { kind: 'batch', refresh: true };
    expect((await office.jobs.preview(again, refs)).calls).toEqual([{ provider: 'gateway', count: 4 }]);
    await run(again, refs);
    expect(office.sandbox.calls).toHaveLength(8);
  });

  test('stops where there is no key, tells it on the icon, and goes on without what needs one', async () => {
    const job = await run(batch, posts(3));
    expect(job).toMatchObject({ state: 'paused', reason: { code: 'auth', advice: 'error_no_key_for_it' } });
    expect(office.badge()).toMatchObject({ text: '!' });
    expect(office.sandbox.calls).toEqual([]);
    await office.saveKey('gateway');
    await office.jobs.resume(job.id);
    await office.live(office.clock.now() + 60_000);
    expect(await jobOf(job.id)).toMatchObject({ state: 'done', counts: { done: 3 } });
    expect(office.badge()?.text).toBe('');
  });

  test('that goes on without a key fails what needs one, and stops no more', async () => {
    const job = await run(batch, posts(3));
    await office.jobs.resume(job.id);
    await office.live(office.clock.now() + 60_000);
    expect(await jobOf(job.id)).toMatchObject({ state: 'done', counts: { done: 0, failed: 3 } });
  });

  test('waits for the new day where the allowance is used up, and a new worker knows until when', async () => {
    await office.saveKey('gateway');
    office.sandbox.setLimit('gateway', { perSecond: 100, burst: 100, perDay: 5 });
    const job = await run(batch, posts(9));
    const midnight = noon + 12 * hour;
    expect(job).toMatchObject({
      state: 'waiting',
      reason: { code: 'quota_exhausted' },
      counts: { done: 5, failed: 0 },
    });
    expect(job.resume_at).toBe(midnight);
    office.restart();
    await office.live(midnight + 60_000);
    expect(await jobOf(job.id)).toMatchObject({ state: 'done', counts: { done: 9, failed: 0 } });
  });

  test('a project that is none, a list without anything, a watchlist of what nobody can watch: refused', async () => {
    await expect(office.jobs.create({ name: 'x', project: null, plan: batch, refs: [] })).rejects.toMatchObject({
      code: 'bad_request',
    });
    await expect(office.watch(['tiktok:hashtag:fyp'], hour, [])).rejects.toMatchObject({ code: 'bad_request' });
    expect(await office.jobs.list()).toEqual([]);
    await expect(office.jobs.pause('none')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a check of what can still be seen', () => {
  test('counts what is gone as a result, keeps it as an observation, and erases nothing', async () => {
    await office.saveKey('gateway');
    const [stays, goes] = posts(2) as [RefKey, RefKey];
    await run(batch, [stays, goes]);
    office.sandbox.setCourse(goes.split(':')[2] ?? '', { removedAt: office.clock.now() });
    const job = await run({ kind: 'availability' }, [stays, goes]);
    expect(job).toMatchObject({ state: 'done', counts: { total: 2, done: 2, failed: 0 } });
    const items = await office.jobs.items(job.id, 'done', -1);
    expect(items.map(({ ref, error }) => [ref, error?.code ?? null])).toEqual([
      [stays, null],
      [goes, 'not_found'],
    ]);
    const said = (await office.observations(goes)).map(({ record }) => record.availability);
    expect(said).toEqual(['ok', 'not_available']);
    const kept = await (await office.data()).get('records', goes);
    expect(kept?.record).toMatchObject({ availability: 'not_available', api_provider: 'gateway' });
    expect(kept?.record.record_type === 'post' && kept.record.caption).toBeTruthy();
  });
});

describe('a listing', { timeout: 30_000 }, () => {
  const listing = (change: object = {}): JobPlan => ({
    kind: 'listing',
    provider: 'tikhub',
    capability: 'post.list',
    platform: 'tiktok',
    subject: `tiktok:author:${office.sandbox.world.ids.tiktok.author}`,
    query: {},
    most: null,
    since: null,
    ...change,
  });

  function ownPosts() {
    const { world } = office.sandbox;
    const all = world.postsOf('tiktok').filter(({ author, status }) => {
      return author.handle === world.ids.tiktok.author && status === 'normal';
    });
    return all.toSorted((one, other) => other.createdAt - one.createdAt);
  }

  test('follows an author’s posts to the end', async () => {
    await office.saveKey('tikhub');
    const job = await run(listing(), []);
    const own = ownPosts().map(({ id }) => `tiktok:post:${id}`);
    expect(own.length).toBeGreaterThan(20);
    expect((await office.jobs.items(job.id, null, -1)).map(({ ref }) => ref)).toEqual(own);
    expect(job).toMatchObject({ state: 'done', counts: { total: own.length, done: own.length } });
    const members = await office.members('study');
    expect(own.filter((ref) => !members.includes(ref as RefKey))).toEqual([]);
  });

  test('to a number, and to a date', async () => {
    await office.saveKey('tikhub');
    expect((await run(listing({ most: 7 }), [])).counts.total).toBe(7);
    const [, , , , fifth] = ownPosts();
    const since = (fifth?.createdAt ?? 0) * 1_000;
    expect((await run(listing({ since }), [])).counts.total).toBe(5);
    expect(office.sandbox.calls.length).toBeLessThanOrEqual(3);
  });

  test('of a provider that has none is refused', async () => {
    await expect(run(listing({ provider: 'gateway' }), [])).rejects.toMatchObject({ code: 'unsupported' });
  });
});

describe('a watchlist', { timeout: 30_000 }, () => {
  test('tells that something was removed once, and goes on looking', async () => {
    await office.saveKey('gateway');
    const { product } = office.sandbox.world.ids.douyin;
    const ref: RefKey = `douyin:product:${product}`;
    office.sandbox.setCourse(product, { removedAt: noon + 5.5 * hour });
    await office.watch([ref], hour, [{ kind: 'removed' }]);
    await office.live(noon + 12 * hour);
    const alerts = await office.jobs.alerts();
    expect(alerts.map(({ rule, ref: about, seen }) => [rule.kind, about, seen])).toEqual([['removed', ref, false]]);
    expect((alerts[0]?.at ?? 0) - noon).toBeLessThan(7 * hour);
    expect(office.sandbox.calls.length).toBeGreaterThan(9);
    expect(office.badge()?.text).toBe('!');
    expect(office.events).toContainEqual({ event: 'alerts.changed' });
    await office.jobs.seen(null);
    expect(office.badge()?.text).toBe('');
  });

  test('tells of an author’s new post once, and of none of the old ones', async () => {
    await office.saveKey('tikhub');
    const { world } = office.sandbox;
    const [newest] = world.postsOf('tiktok').filter(({ author }) => author.handle === world.ids.tiktok.author);
    if (!newest) throw new Error('The author has no post.');
    newest.createdAt = (noon + 2.5 * hour) / 1_000;
    office.sandbox.setCourse(newest.id, { publishedAt: noon + 2.5 * hour });
    await office.watch([`tiktok:author:${newest.author.handle}`], hour, [{ kind: 'new_post' }]);
    await office.live(noon + 6 * hour);
    expect((await office.jobs.alerts()).map(({ about }) => about)).toEqual([`tiktok:post:${newest.id}`]);
  });
});

test('a job is told of at most four times a second', async () => {
  await office.saveKey('gateway');
  const job = await run(batch, posts(30));
  const told = office.events.filter((event) => event.event === 'job.changed').length;
  expect(told).toBeGreaterThan(3);
  expect(told).toBeLessThanOrEqual(4 * Math.ceil(job.active_ms / 1_000) + 4);
});
