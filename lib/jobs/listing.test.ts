import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { ListingPlan } from '../core/job.ts';
import type { RefKey } from '../core/ref.ts';
import type { ListedPage, ListedThing } from './job-ports.ts';
import { createOffice, keyOf, noon, type Office } from './runner.samples.ts';

const plan: ListingPlan = {
  kind: 'listing',
  provider: 'acme',
  capability: 'post.list',
  platform: 'douyin',
  subject: 'douyin:author:MS4wLjABAAAAsomebody',
  query: {},
  most: null,
  since: null,
};

const day = 86_400_000;

/** A list of so many things, the newest first, one published each day; pages are named by the place of their first thing. */
function serve(office: Office, count: number, size: number): { readonly kept: Set<RefKey>[] } {
  const things = Array.from(
    { length: count },
    (_, place): ListedThing => ({ ref: keyOf(place), published_at: noon - place * day }),
  );
  const kept: Set<RefKey>[] = [];
  office.page = ({ cursor }): ListedPage => {
    const from = Number(cursor ?? 0);
    const next = from + size;
    return {
      things: things.slice(from, next),
      cursor: next < count ? String(next) : null,
      keep: async (refs) => void kept.push(new Set(refs)),
    };
  };
  return { kept };
}

async function follow(office: Office, change: Partial<ListingPlan> = {}) {
  const { id } = await office.create({ ...plan, ...change }, []);
  office.runner.wake();
  await office.rest();
  const [job, items] = [await office.job(id), await office.items(id)];
  return { job, items, refs: items.map(({ ref }) => ref) };
}

describe('a listing', { timeout: 30_000 }, () => {
  test('goes from cursor to cursor to the end, and keeps each thing once and in its order', async () => {
    const office = createOffice();
    const { kept } = serve(office, 25, 10);
    const { job, items, refs } = await follow(office);
    expect(office.asked).toEqual(['page null', 'page 10', 'page 20']);
    expect(refs).toEqual(Array.from({ length: 25 }, (_, place) => keyOf(place)));
    expect(items.every(({ state, attempts }) => state === 'done' && attempts === 1)).toBe(true);
    expect(job).toMatchObject({ state: 'done', pages: 3, cursor: null, counts: { total: 25, done: 25 } });
    expect(kept.map(({ size }) => size)).toEqual([10, 10, 5]);
  });

  test('ends at a number, and takes no more of the page than that', async () => {
    const office = createOffice();
    const { kept } = serve(office, 100, 10);
    const { job, refs } = await follow(office, { most: 13 });
    expect([office.asked.length, refs.length, kept[1]?.size]).toEqual([2, 13, 3]);
    expect(job).toMatchObject({ state: 'done', counts: { total: 13, done: 13 } });
  });

  test('ends with the first page that holds nothing published since, and leaves out what is older', async () => {
    const office = createOffice();
    serve(office, 100, 10);
    const { job, refs } = await follow(office, { since: noon - 14.5 * day });
    // Ten, five, and the page that says that there is no more.
    expect([job.state, refs.length, office.asked.length]).toEqual(['done', 15, 3]);
  });

  test('pinned things that are old do not end it', async () => {
    const office = createOffice();
    serve(office, 30, 10);
    const { page } = office;
    office.page = async (job) => {
      const found = await page(job);
      const pinned = { ref: keyOf(99_000), published_at: 0 };
      return job.cursor === null ? { ...found, things: [pinned, ...found.things] } : found;
    };
    const { refs } = await follow(office, { since: noon - 12.5 * day });
    expect(refs).toHaveLength(13);
  });

  const endless: readonly (readonly [string, (asked: number, cursor: string | null) => Partial<ListedPage>, number])[] =
    [
      ['an empty page', (asked) => (asked > 2 ? { things: [], cursor: 'more' } : {}), 3],
      ['a cursor that stays', (_asked, cursor) => ({ cursor: cursor === '10' ? '10' : '10' }), 2],
      ['a cursor that leads in a circle', (_asked, cursor) => ({ cursor: cursor === '10' ? '20' : '10' }), 3],
      [
        'pages without anything new',
        (asked) => ({ things: [{ ref: keyOf(0), published_at: noon }], cursor: `c${asked}` }),
        4,
      ],
    ];
  test.each(endless)('%s ends it', async (_name, change, pages) => {
    const office = createOffice();
    serve(office, 1_000, 10);
    const { page } = office;
    office.page = async (job) => {
      const place = job.cursor && /^\d+$/u.test(job.cursor) ? job : { ...job, cursor: null };
      return { ...(await page(place)), ...change(office.asked.length, job.cursor) };
    };
    const { job } = await follow(office);
    expect([job.state, job.cursor, office.asked.length]).toEqual(['done', null, pages]);
  });

  test('waits where waiting helps, and is paused where somebody must see to it', async () => {
    const office = createOffice();
    serve(office, 30, 10);
    const { page } = office;
    office.page = (job) => {
      if (job.cursor === '10' && office.clock.now() < noon + 100_000) throw new AppError('upstream', 'down');
      if (job.cursor === '20' && office.clock.now() < noon + 1_000_000) throw new AppError('bad_request', 'expired');
      return page(job);
    };
    const { job } = await follow(office);
    expect(job).toMatchObject({ state: 'waiting', cursor: '10', pages: 1, reason: { code: 'upstream' } });
    await office.until(noon + 900_000);
    const paused = await office.job(job.id);
    expect(paused).toMatchObject({ state: 'paused', cursor: '20', pages: 2, reason: { code: 'bad_request' } });
    await office.until(noon + 2_000_000);
    await office.resume(job.id);
    await office.rest();
    expect(await office.job(job.id)).toMatchObject({ state: 'done', counts: { total: 30 } });
  });

  test('a page that came ends what went wrong before it: the next trouble begins anew', async () => {
    const office = createOffice();
    serve(office, 30, 10);
    const { page } = office;
    const asked = new Map<string | null, number>();
    office.page = (job) => {
      const count = asked.get(job.cursor) ?? 0;
      asked.set(job.cursor, count + 1);
      if (count < 2) throw new AppError('network', 'down');
      return page(job);
    };
    const waits: number[] = [];
    const { id } = await office.create(plan, []);
    for (let job = await office.job(id); job.state !== 'done'; job = await office.job(id)) {
      office.runner.wake();
      await office.rest();
      const { at } = office.next;
      if (at === null) break;
      waits.push(Math.round((at - office.clock.now()) / 1_000));
      await office.clock.advance(at - office.clock.now());
    }
    expect((await office.job(id)).state).toBe('done');
    expect(waits).toEqual([30, 60, 30, 60, 30, 60]);
  });

  test('that has ended is not asked for again', async () => {
    const office = createOffice();
    serve(office, 30, 10);
    const { job } = await follow(office, { most: 10 });
    await office.retry(job.id);
    await office.rest();
    expect(office.asked).toHaveLength(1);
    expect((await office.job(job.id)).state).toBe('done');
  });

  test('a death at any step repeats one page at most, and no thing is there twice', async () => {
    for (const committed of [true, false]) {
      for (let step = 0; step < 14; step += 1) {
        const office = createOffice();
        const { kept } = serve(office, 35, 10);
        const { id } = await office.create(plan, []);
        office.restart({ step, committed, died: () => undefined });
        office.runner.wake();
        await office.clock.advance(5_000);
        office.restart();
        office.runner.wake();
        await office.rest();
        const refs = (await office.items(id)).map(({ ref }) => ref);
        expect([step, refs]).toEqual([step, Array.from({ length: 35 }, (_, place) => keyOf(place))]);
        expect(office.asked.length).toBeLessThanOrEqual(5);
        // Nothing is in the list that was not stored before.
        const stored = new Set(kept.flatMap((some) => [...some]));
        expect(refs.filter((ref) => !stored.has(ref))).toEqual([]);
        expect(await office.job(id)).toMatchObject({ state: 'done', pages: 4, counts: { total: 35, done: 35 } });
      }
    }
  });
});
