import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { JobItem, WatchPlan, WatchRule } from '../core/job.ts';
import type { AnyRecord } from '../core/record.ts';
import { bareRecords, postRecord, productRecord } from '../core/record.samples.ts';
import type { AuthorRecord } from '../core/record-kinds.ts';
import type { RefKey } from '../core/ref.ts';
import { alertsOf, type WatchedLook } from './alerts.ts';
import { createOffice, keyOf, keys, noon, wire } from './runner.samples.ts';
import { lookAgain, newAmong, nextDueAt } from './watchlist.ts';

const hour = 3_600_000;

function authorRecord(fields: Partial<AuthorRecord>): AuthorRecord {
  return { ...bareRecords.author, ...fields };
}

const fine = { error: null, alerts: [] };

describe('the next look', () => {
  test('is so long after the one that was due, give or take a tenth', () => {
    expect(nextDueAt(1_000_000, hour, 1_000_500, 0.5)).toBe(1_000_000 + hour);
    expect(nextDueAt(1_000_000, hour, 1_000_500, 0)).toBe(1_000_000 + 0.9 * hour);
    expect(nextDueAt(1_000_000, hour, 1_000_500, 1)).toBe(1_000_000 + 1.1 * hour);
  });

  test('does not drift with how long a look takes', () => {
    let due = 0;
    for (let look = 0; look < 10; look += 1) due = nextDueAt(due, hour, due + 90_000, 0.5);
    expect(due).toBe(10 * hour);
  });

  test('after a sleep is counted from now: one look, not one for each turn that was missed', () => {
    expect(nextDueAt(0, hour, 50.5 * hour, 0.5)).toBe(51.5 * hour);
    expect(nextDueAt(0, hour, hour, 0.5)).toBe(2 * hour);
  });
});

describe('a watchlist', { timeout: 30_000 }, () => {
  const plan: WatchPlan = { kind: 'watchlist', everyMs: hour, rules: [] };

  test('looks at each thing in its turn, waits in between, and is never done', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(3));
    await office.until(noon + 24.5 * hour);
    expect(office.asked).toHaveLength(3 * 25);
    expect(await office.job(job.id)).toMatchObject({ state: 'waiting', reason: null, counts: { total: 3, done: 3 } });
    const dues = (await office.items(job.id)).map(({ due_at: due }) => due);
    expect(dues).toEqual([25, 25, 25].map((hours) => noon + hours * hour));
    expect((await office.job(job.id)).resume_at).toBe(noon + 25 * hour);
  });

  test('goes on after a look that failed, and says which did', async () => {
    const office = createOffice();
    office.answer = ({ index }) => (index === 1 ? { error: wire('removed'), alerts: [] } : fine);
    const job = await office.create(plan, keys(3));
    await office.until(noon + 3.5 * hour);
    expect(office.asked.filter((ref) => ref === keyOf(1))).toHaveLength(4);
    expect((await office.job(job.id)).counts).toMatchObject({ done: 2, failed: 1 });
    expect((await office.items(job.id))[1]?.error?.code).toBe('removed');
  });

  test('a machine that slept looks once at each when it wakes', async () => {
    const office = createOffice();
    await office.create(plan, keys(2));
    await office.until(noon + 2.5 * hour);
    const before = office.asked.length;
    office.clock.set(noon + 70 * hour);
    office.restart();
    office.runner.wake();
    await office.rest();
    expect(office.asked.length - before).toBe(2);
    await office.until(noon + 70.9 * hour);
    expect(office.asked.length - before).toBe(2);
    await office.until(noon + 71.5 * hour);
    expect(office.asked.length - before).toBe(4);
  });

  test('paused it looks at nothing; going on it looks at what was missed once', async () => {
    const office = createOffice();
    const job = await office.create(plan, keys(1));
    await office.until(noon + 0.5 * hour);
    await office.pause(job.id);
    await office.until(noon + 10.5 * hour);
    expect(office.asked).toHaveLength(1);
    await office.resume(job.id);
    await office.until(noon + 10.6 * hour);
    expect(office.asked).toHaveLength(2);
  });

  test('a death at any step of a look repeats that look at most, and tells nothing twice', async () => {
    for (const committed of [true, false]) {
      for (let step = 0; step < 12; step += 1) {
        const office = createOffice();
        office.atOnce = 1;
        office.answer = (item) => ({
          error: null,
          alerts: alertsOf(
            { ...plan, rules: [{ kind: 'removed' }] },
            look({ item, before: productRecord({}), error: wire('removed') }),
          ),
        });
        const job = await office.create(plan, keys(2));
        office.restart({ step, committed, died: () => undefined });
        office.runner.wake();
        await office.clock.advance(60_000);
        office.restart();
        await office.until(noon + 0.5 * hour);
        expect(office.asked.length).toBeLessThanOrEqual(3);
        expect((await office.alerts()).map(({ ref }) => ref)).toEqual(keys(2));
        expect(await office.job(job.id)).toMatchObject({ state: 'waiting', counts: { done: 2 } });
      }
    }
  });
});

const item: JobItem = {
  job: 'job-1',
  index: 0,
  ref: keyOf(0),
  state: 'running',
  error: null,
  attempts: 2,
  changed_at: noon,
  due_at: noon,
};

function look(change: Partial<WatchedLook>): WatchedLook {
  return { item, before: null, after: null, error: null, newPosts: null, now: noon + 5, ...change };
}

function told(rule: WatchRule, change: Partial<WatchedLook>) {
  const alerts = alertsOf({ kind: 'watchlist', everyMs: hour, rules: [rule] }, look(change));
  return alerts.map(({ before, after, currency, about }) => ({ before, after, currency, about }));
}

const product = (price: number | null, change = {}): AnyRecord =>
  productRecord({ price_minor: price, price_min_minor: null, currency: 'CNY', ...change });
const stock = (count: number | null): AnyRecord => product(100, { stock_available: count, stock_total: null });
const views = (count: number | null, likes: number | null = null): AnyRecord =>
  postRecord({ view_count: count, like_count: likes });

describe('what a look tells', () => {
  const below: WatchRule = { kind: 'price_below', minor: 1_000 };
  const low: WatchRule = { kind: 'stock_below', count: 5 };
  const high: WatchRule = { kind: 'views_above', count: 1_000 };
  const moved: WatchRule = { kind: 'changed_by', percent: 10 };

  test.each<[string, WatchRule, AnyRecord | null, AnyRecord | null, [number | null, number] | null]>([
    ['a price that falls below', below, product(1_200), product(999), [1_200, 999]],
    ['a price that stays below', below, product(990), product(980), null],
    ['a price at the limit', below, product(1_200), product(1_000), null],
    ['a price that is below at the first look', below, null, product(980), [null, 980]],
    ['a price that was not known', below, product(null), product(980), [null, 980]],
    ['a price that is not known now', below, product(1_200), product(null), null],
    ['a price in other money', below, product(990, { currency: 'USD' }), product(980), [null, 980]],
    ['a stock that falls below', low, stock(5), stock(4), [5, 4]],
    ['a stock of nothing', low, stock(5), stock(0), [5, 0]],
    ['a stock that nobody tells', low, stock(5), stock(null), null],
    ['views that rise above', high, views(1_000), views(1_001), [1_000, 1_001]],
    ['views that stay above', high, views(2_000), views(3_000), null],
    ['a price that moved by a tenth', moved, product(1_000), product(1_100), [1_000, 1_100]],
    ['a price that moved down', moved, product(1_000), product(850), [1_000, 850]],
    ['a price that moved by less', moved, product(1_000), product(1_099), null],
    ['a price that moves in other money', moved, product(1_000), product(2_000, { currency: 'USD' }), null],
    ['views before likes', moved, views(100, 100), views(105, 200), null],
    ['likes where there are no views', moved, views(null, 100), views(null, 200), [100, 200]],
    ['likes after views', moved, views(100, 100), views(null, 500), null],
    ['a change from nothing', moved, views(0), views(500), null],
  ])('%s', (_name, rule, before, after, expected) => {
    const [one, ...others] = told(rule, { before, after });
    expect(others).toEqual([]);
    expect(one ? [one.before, one.after] : null).toEqual(expected);
    expect(one?.currency ?? null).toBe(expected && after?.record_type === 'product' && rule !== low ? 'CNY' : null);
  });

  test('followers are the main figure of an account', () => {
    const followers = (count: number): AnyRecord => authorRecord({ author_follower_count: count });
    expect(told(moved, { before: followers(100), after: followers(150) })).toHaveLength(1);
  });

  test('nothing of figures where the look failed', () => {
    const failed = { before: product(1_200), after: product(900), error: wire('upstream') };
    for (const rule of [below, moved]) expect(told(rule, failed)).toEqual([]);
  });

  describe('removed', () => {
    const gone: WatchRule = { kind: 'removed' };
    const there = product(100);
    test.each<[string, Partial<WatchedLook>, number]>([
      ['was there, and is not', { before: there, after: there, error: wire('removed') }, 1],
      ['was there, and is private', { before: there, after: there, error: wire('private') }, 1],
      ['was there, and is not found', { before: there, after: there, error: wire('not_found') }, 1],
      ['the answer itself says so', { before: there, after: product(100, { availability: 'removed' }) }, 1],
      ['never was there', { before: null, error: wire('not_found') }, 0],
      [
        'was gone at the look before',
        { before: there, error: wire('removed'), item: { ...item, error: wire('removed') } },
        0,
      ],
      ['was known as gone', { before: product(100, { availability: 'not_available' }), error: wire('not_found') }, 0],
      ['cannot be asked for', { before: there, error: wire('upstream') }, 0],
      ['is there', { before: there, after: there }, 0],
    ])('%s', (_name, change, count) => {
      expect(told(gone, change)).toHaveLength(count);
    });
  });

  describe('a new post', () => {
    const rule: WatchRule = { kind: 'new_post' };
    const posts = (count: number | null): AnyRecord => authorRecord({ author_post_count: count });

    test('is named where posts can be listed', () => {
      const found = told(rule, { before: posts(5), after: posts(9), newPosts: [keyOf(1), keyOf(2)] });
      expect(found.map(({ about }) => about)).toEqual([keyOf(1), keyOf(2)]);
      expect(told(rule, { before: posts(5), after: posts(9), newPosts: [] })).toEqual([]);
    });

    test('is counted where they cannot', () => {
      expect(told(rule, { before: posts(5), after: posts(6) })).toEqual([
        { before: 5, after: 6, currency: null, about: null },
      ]);
      for (const [before, after] of [
        [6, 5],
        [null, 5],
        [5, null],
      ] as const)
        expect(told(rule, { before: posts(before), after: posts(after) })).toEqual([]);
    });

    test('was published after the watch began, and was not known', () => {
      const things = [
        { ref: keyOf(1), published_at: noon + 5 },
        { ref: keyOf(2), published_at: noon + 6 },
        { ref: keyOf(3), published_at: noon - 5 },
        { ref: keyOf(4), published_at: null },
      ];
      expect(newAmong(things, new Set<RefKey>([keyOf(2)]), noon)).toEqual([keyOf(1)]);
    });
  });

  test('has an id of its own for each look, rule and post, and the same for the same look', () => {
    const plan: WatchPlan = { kind: 'watchlist', everyMs: hour, rules: [below, { kind: 'changed_by', percent: 1 }] };
    const change = { before: product(1_200), after: product(900) };
    const one = alertsOf(plan, look(change));
    const again = alertsOf(plan, look({ ...change, now: noon + 99_000 }));
    const next = alertsOf(plan, look({ ...change, item: { ...item, due_at: noon + hour } }));
    expect(again.map(({ id }) => id)).toEqual(one.map(({ id }) => id));
    expect(new Set([...one, ...next].map(({ id }) => id)).size).toBe(4);
  });
});

describe('a look', () => {
  const author: RefKey = 'tiktok:author:someone';
  const plan: WatchPlan = { kind: 'watchlist', everyMs: hour, rules: [{ kind: 'new_post' }, { kind: 'removed' }] };

  function ports(change: Partial<Parameters<typeof lookAgain>[0]>) {
    const calls: string[] = [];
    const own: Parameters<typeof lookAgain>[0] = {
      clock: { now: () => noon + 5 },
      lookup: async () => null,
      keep: async (_job, ref) => void calls.push(`keep ${ref}`),
      noteGone: async (_job, ref) => void calls.push(`gone ${ref}`),
      knownAt: async () => authorRecord({ author_post_count: 3 }),
      knownAmong: async () => new Set(),
      newestPosts: async () => null,
      ...change,
    };
    return { calls, own };
  }

  async function lookAt(change: Partial<Parameters<typeof lookAgain>[0]>) {
    const office = createOffice();
    const job = await office.create(plan, [author]);
    const { calls, own } = ports(change);
    const result = await lookAgain(own, job, plan, { ...item, ref: author }, new AbortController().signal);
    return { calls, codes: result.error?.code ?? null, alerts: result.alerts };
  }

  const things = [{ ref: keyOf(1), published_at: noon + 1 }];
  const page = { things, cursor: null, keep: async () => undefined };

  test('lists the posts of an author besides, and keeps them', async () => {
    const kept: RefKey[] = [];
    const keep = async (refs: ReadonlySet<RefKey>): Promise<void> => void kept.push(...refs);
    const { alerts, calls } = await lookAt({ newestPosts: async () => ({ ...page, keep }) });
    expect([alerts.map(({ about }) => about), kept, calls]).toEqual([[keyOf(1)], [keyOf(1)], [`keep ${author}`]]);
  });

  test('of an author whom nobody looks up is the list alone', async () => {
    const unsupported = { lookup: async () => wire('unsupported') };
    expect(await lookAt({ ...unsupported, newestPosts: async () => page })).toMatchObject({ codes: null });
    expect(await lookAt(unsupported)).toMatchObject({ codes: 'unsupported', calls: [] });
    const noKey = { lookup: async () => wire('auth', { advice: 'error_no_key_for_it' }) };
    expect(await lookAt({ ...noKey, newestPosts: async () => page })).toMatchObject({ codes: null });
    expect(await lookAt(noKey)).toMatchObject({ codes: 'auth' });
  });

  test('is made again as a whole where the list must be waited for', async () => {
    const later = async (): Promise<never> => {
      throw new AppError('rate_limited', 'too much');
    };
    expect(await lookAt({ newestPosts: later })).toEqual({ codes: 'rate_limited', calls: [], alerts: [] });
    const unable = async (): Promise<never> => {
      throw new AppError('not_found', 'no list');
    };
    expect((await lookAt({ newestPosts: unable })).codes).toBeNull();
  });

  test('compares with what was known before it was due: a look that is made again after a death compares with the same', async () => {
    const asked: number[] = [];
    const knownAt = async (_ref: RefKey, before: number): Promise<AnyRecord | null> => {
      asked.push(before);
      return null;
    };
    await lookAt({ knownAt });
    expect(asked).toEqual([item.due_at, Number.POSITIVE_INFINITY]);
  });

  test('notes what is gone', async () => {
    const { alerts, calls, codes } = await lookAt({ lookup: async () => wire('removed') });
    expect([codes, calls, alerts.map(({ rule }) => rule.kind)]).toEqual(['removed', [`gone ${author}`], ['removed']]);
  });
});
