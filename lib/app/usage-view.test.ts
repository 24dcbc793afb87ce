import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { Limits, Usage } from '../core/usage.ts';
import { usageView } from './usage-view.ts';

/** 2026-11-21, 23:00 in Beijing, 15:00 UTC. */
const now = Date.UTC(2026, 10, 21, 15);
const hour = 3_600_000;
const limits: Limits = { perSecond: 3, burst: 3, concurrency: 2, perDay: 100, dayZone: 'Asia/Shanghai' };
const usage: Usage = {
  provider: 'gateway',
  tokens: 1,
  tokens_at: now,
  day: '2026-11-21',
  calls: 42,
  refused_until: null,
  failures: 0,
  opened_at: null,
  skew_ms: null,
  last_error: null,
};

describe('usageView', () => {
  test('calls of today, and when the day of the allowance ends', () => {
    expect(usageView(limits, null, usage, now)).toEqual({
      limits,
      perDay: 100,
      callsToday: 42,
      resetsAt: now + hour,
      restsUntil: null,
      lastError: null,
      skewMs: null,
    });
    expect(usageView({ ...limits, dayZone: 'UTC' }, null, usage, now).resetsAt).toBe(now + 9 * hour);
  });

  test('at Beijing midnight the count begins anew; by the provider’s clock, where that is known', () => {
    expect(usageView(limits, null, usage, now + hour).callsToday).toBe(0);
    const slow = { ...usage, skew_ms: -20 * 60_000 };
    expect(usageView(limits, null, slow, now + hour).callsToday).toBe(42);
    expect(usageView(limits, null, slow, now).resetsAt).toBe(now + hour + 20 * 60_000);
  });

  test.each([
    [100, 30, 30],
    [100, 300, 100],
    [null, 30, 30],
    [100, 0, 0],
    [null, null, null],
  ])('the provider allows %s, the researcher %s: %s', (perDay, own, expected) => {
    expect(usageView({ ...limits, perDay }, own, usage, now).perDay).toBe(expected);
  });

  test('rests while it refused or is down, and no longer', () => {
    const refused = { ...usage, refused_until: now + 5_000 };
    expect(usageView(limits, null, refused, now).restsUntil).toBe(now + 5_000);
    expect(usageView(limits, null, refused, now + 5_000).restsUntil).toBeNull();
    const down = { ...usage, failures: 5, opened_at: now };
    expect(usageView(limits, null, down, now).restsUntil).toBeGreaterThan(now);
  });

  test('of a provider that was never asked, and the last error as it was', () => {
    expect(usageView(limits, null, null, now)).toMatchObject({ callsToday: 0, resetsAt: now + hour, lastError: null });
    const last_error = { error: new AppError('auth', 'no').toWire(), at: now - 1 };
    expect(usageView(limits, null, { ...usage, last_error }, now).lastError).toEqual(last_error);
  });
});
