import { describe, expect, it } from 'vitest';
import { estimateRun, type RunPlan } from './estimate.ts';

const plan: RunPlan = {
  count: 1_200,
  perSecond: 3,
  burst: 3,
  callsPerItem: 1,
  price: { amount: 0.001, currency: 'USD' },
  callsLeft: null,
};

describe('estimateRun', () => {
  it('1,200 posts are 1,200 calls, $1.20 and 7 minutes at 3 per second', () => {
    const { calls, cost, durationMs, fits } = estimateRun(plan);
    expect({ calls, cost, fits }).toEqual({ calls: 1_200, cost: { amount: 1.2, currency: 'USD' }, fits: true });
    expect(Math.round((durationMs ?? 0) / 60_000)).toBe(7);
    expect(durationMs).toBe(399_000);
  });

  it('pages of a list: one call for several items, the last page counts whole', () => {
    expect(estimateRun({ ...plan, count: 71, callsPerItem: 1 / 35 }).calls).toBe(3);
    expect(estimateRun({ ...plan, count: 70, callsPerItem: 1 / 35 }).calls).toBe(2);
    expect(estimateRun({ ...plan, count: 49, callsPerItem: 1 / 49 }).calls).toBe(1);
  });

  it('says whether today’s allowance suffices, to the call', () => {
    expect(estimateRun({ ...plan, callsLeft: 1_200 }).fits).toBe(true);
    expect(estimateRun({ ...plan, callsLeft: 1_199 }).fits).toBe(false);
    expect(estimateRun({ ...plan, count: 0, callsLeft: 0 }).fits).toBe(true);
  });

  it('without a price there is no cost, and nothing is made of binary fractions', () => {
    expect(estimateRun({ ...plan, price: null }).cost).toBeNull();
    expect(estimateRun({ ...plan, count: 3, price: { amount: 0.1, currency: 'CNY' } }).cost?.amount).toBe(0.3);
  });

  it('what fits into the burst takes no time; a rate of nothing never ends', () => {
    expect(estimateRun({ ...plan, count: 3 }).durationMs).toBe(0);
    expect(estimateRun({ ...plan, count: -5 })).toMatchObject({ calls: 0, durationMs: 0 });
    expect(estimateRun({ ...plan, perSecond: 0 }).durationMs).toBeNull();
  });
});
