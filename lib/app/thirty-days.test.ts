/**
 * Thirty days of a watchlist, with the real runner, storage, transport and provider over HTTPS against the sandbox; only
 * the clock is simulated. What is stored must be what was true at the times at which it was observed, and nothing else.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Alert } from '../core/job.ts';
import { type RefKey, refKey } from '../core/ref.ts';
import { type JobOffice, noon, openJobOffice } from './job-office.samples.ts';

const hour = 3_600_000;
const day = 24 * hour;
const everyMs = 10 * hour;
/** How long before it was asked somebody else had asked the provider's cache. */
const cacheAgeMs = 37 * 60_000;
const end = noon + 30 * day;

/** What each product costs, at any time: it moves every seven hours, by another sequence each. */
function truth(product: number): (at: number) => number {
  return (at) => 10_000 + 100 * ((Math.floor((at - noon) / (7 * hour)) * (3 + product)) % 23);
}

interface Span {
  readonly from: number;
  readonly to: number;
}
const sleeps: readonly Span[] = [
  { from: noon + 5 * day, to: noon + 5 * day + 13 * hour },
  { from: noon + 15 * day, to: noon + 17.5 * day },
  { from: noon + 25.2 * day, to: noon + 25.2 * day + 20 * hour },
];
const failures: readonly (Span & { readonly fault: Parameters<JobOffice['sandbox']['setFault']>[1] })[] = [
  { from: noon + 3 * day, to: noon + 3 * day + 12 * hour, fault: { kind: 'status', status: 503 } },
  { from: noon + 8 * day, to: noon + 8 * day + 12 * hour, fault: { kind: 'rate_limit', retryAfter: 1_800 } },
  { from: noon + 12 * day, to: noon + 12 * day + 12 * hour, fault: { kind: 'dead' } },
  { from: noon + 20 * day, to: noon + 20 * day + 11.9 * hour, fault: { kind: 'quota' } },
];
/** The quota that is used up at noon comes again at midnight in Beijing. */
const troubles: readonly Span[] = [
  ...sleeps,
  ...failures.map(({ from, to, fault }) => ({ from, to: fault?.kind === 'quota' ? from + 12 * hour : to })),
];
const restarts = [2, 9.3, 16.9, 22, 28].map((days) => noon + days * day);

let office: JobOffice;
let refs: readonly RefKey[];
let alerts: readonly Alert[];

beforeAll(async () => {
  office = await openJobOffice((fetched) => vi.stubGlobal('fetch', fetched));
  const { sandbox, clock } = office;
  await office.saveKey('gateway');
  const products = sandbox.world.products.filter(({ platform }) => platform === 'douyin').slice(0, 2);
  products.forEach(({ id }, product) => sandbox.setCourse(id, { priceMinor: truth(product) }));
  refs = products.map(({ id }) => refKey({ platform: 'douyin', kind: 'product', id }));
  await office.watch(refs, everyMs, [{ kind: 'price_below', minor: 10_800 }]);

  const normal = (): void => {
    sandbox.setFault('gateway', null);
    sandbox.setFault('gateway', { kind: 'cached', ageMs: cacheAgeMs, share: 0.25 });
  };
  normal();
  const turns: { at: number; run: () => void }[] = [
    ...failures.flatMap(({ from, to, fault }) => [
      {
        at: from,
        run: () => {
          sandbox.setFault('gateway', null);
          sandbox.setFault('gateway', fault);
        },
      },
      { at: to, run: normal },
    ]),
    ...sleeps.map(({ from, to }) => ({ at: from, run: () => office.sleep(to - from) })),
    ...restarts.map((at) => ({ at, run: () => office.restart() })),
    { at: end, run: () => undefined },
  ];
  for (const { at, run } of turns.sort((one, other) => one.at - other.at)) {
    await office.live(Math.max(at, clock.now()));
    run();
  }
  alerts = await office.jobs.alerts();
}, 180_000);

afterAll(async () => {
  await office?.close();
  vi.unstubAllGlobals();
});

/** When this product was seen, by the sandbox's own log: the gateway tells it in whole seconds, of an answer and of its cache. */
function seenAt(ref: RefKey): number[] {
  const own = office.sandbox.calls.filter(({ itemId }) => ref.endsWith(`:${itemId}`));
  return own.flatMap(({ time, verdict }) => {
    if (verdict !== 'ok' && verdict !== 'cached') return [];
    return [Math.floor((verdict === 'ok' ? time : time - cacheAgeMs) / 1_000) * 1_000];
  });
}

/** When a look at this product was answered. */
function answeredAt(ref: RefKey): number[] {
  return office.sandbox.calls
    .filter(({ itemId, verdict }) => ref.endsWith(`:${itemId}`) && (verdict === 'ok' || verdict === 'cached'))
    .map(({ time }) => time);
}

async function series(ref: RefKey): Promise<{ readonly at: number; readonly price: number | null }[]> {
  const observations = await office.observations(ref);
  return observations.flatMap(({ observed_at: at, record }) =>
    record.record_type === 'product' ? [{ at, price: record.price_minor }] : [],
  );
}

describe('after thirty days', () => {
  test('enough has happened to prove something', () => {
    const verdicts = Map.groupBy(office.sandbox.calls, ({ verdict }) => verdict);
    for (const verdict of ['ok', 'cached', 'status_503', 'rate_limit', 'dead', 'quota'])
      expect([verdict, (verdicts.get(verdict) ?? []).length > 0]).toEqual([verdict, true]);
    for (const ref of refs) expect(answeredAt(ref).length).toBeGreaterThan(55);
  });

  test.each([0, 1])(
    'the prices of product %i are those that were true when they were observed, and no others',
    async (product) => {
      const ref = refs[product];
      if (!ref) throw new Error('no product');
      const stored = await series(ref);
      const expected = [...new Set(seenAt(ref))].sort((one, other) => one - other);
      expect(stored.map(({ at }) => at)).toEqual(expected);
      expect(stored.map(({ price }) => price)).toEqual(expected.map(truth(product)));
      expect(new Set(stored.map(({ price }) => price)).size).toBeGreaterThan(10);
    },
  );

  test('no look was missed but in a sleep or a failure, and none was made too early', () => {
    const isTrouble = (from: number, to: number): boolean => troubles.some((span) => span.from < to && span.to > from);
    for (const ref of refs) {
      const times = [noon, ...answeredAt(ref), end];
      times.slice(1).forEach((time, place) => {
        const before = times[place] ?? 0;
        const distance = time - before;
        if (!isTrouble(before, time)) expect(distance).toBeLessThanOrEqual(1.1 * everyMs + 60_000);
        // The look before may have come late by a tenth, and this one be early by another.
        if (place > 0 && time !== end) expect(distance).toBeGreaterThanOrEqual(0.8 * everyMs);
      });
    }
  });

  test('after a sleep there was one look at each, and not one for each turn that was missed', () => {
    for (const { to } of sleeps) {
      for (const ref of refs) {
        const soon = answeredAt(ref).filter((time) => time >= to && time < to + 0.8 * everyMs);
        expect(soon).toHaveLength(1);
        expect((soon[0] ?? 0) - to).toBeLessThan(60_000);
      }
    }
  });

  test('a price that fell below was told each time it fell, and no other time', async () => {
    for (const ref of refs) {
      const prices = (await series(ref)).map(({ price }) => price ?? 0);
      const falls = prices.filter(
        (price, place) => price < 10_800 && (place === 0 || (prices[place - 1] ?? 0) >= 10_800),
      );
      const told = alerts.filter((alert) => alert.ref === ref).sort((one, other) => one.at - other.at);
      expect(told.map(({ after }) => after)).toEqual(falls);
      expect(told.every(({ currency, before }) => currency === 'CNY' && (before === null || before >= 10_800))).toBe(
        true,
      );
    }
  });

  test('the watchlist waits for its next turn, and the things are in the project', async () => {
    const [job] = await office.jobs.list();
    expect(job).toMatchObject({ state: 'waiting', reason: null, counts: { total: 2, done: 2, failed: 0 } });
    expect(job?.resume_at).toBeGreaterThan(end);
    const members = await (await office.data()).getAllKeys('memberships');
    expect(members.map(([, ref]) => ref).sort()).toEqual([...refs].sort());
  });
});
