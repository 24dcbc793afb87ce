import { afterEach, describe, expect, test } from 'vitest';
import { setFault, takeFault } from './faults.ts';
import { type Sandbox, startSandbox } from './index.ts';
import { createLimiter, limitCall } from './limits.ts';
import { createState, resetState } from './state.ts';
import { ask } from './test-client.ts';
import { createWorld } from './world/world.ts';

let sandbox: Sandbox | null = null;
afterEach(async () => {
  await sandbox?.close();
  sandbox = null;
});

describe('a limit', () => {
  test('lets a burst through, then one call after the other, and tells the rest when to come back', () => {
    const limiter = createLimiter({ perSecond: 2, burst: 3, perDay: null });
    const at = (now: number): string => limitCall(limiter, now)?.refused ?? 'through';
    expect([0, 0, 0, 0, 499].map((ms) => at(1_000_000 + ms))).toEqual([
      'through',
      'through',
      'through',
      'rate_limit',
      'through',
    ]);
    expect(limitCall(limiter, 1_000_500)).toEqual({ refused: 'rate_limit', retryAfter: 1 });
    expect([2_000_000, 2_000_000, 2_000_000, 2_000_000].map(at)).toEqual([
      'through',
      'through',
      'through',
      'rate_limit',
    ]);
  });

  test('ends a day’s calls at midnight in Beijing, or where it is told to', () => {
    for (const [dayOffsetHours, midnight] of [
      [undefined, Date.UTC(2026, 10, 21, 16)],
      [0, Date.UTC(2026, 10, 22)],
    ] as const) {
      const limit = {
        perSecond: 1000,
        burst: 1000,
        perDay: 2,
        ...(dayOffsetHours === undefined ? {} : { dayOffsetHours }),
      };
      const limiter = createLimiter(limit);
      const at = (now: number): string => limitCall(limiter, now)?.refused ?? 'through';
      expect([-3, -2, -1, 0].map((ms) => at(midnight + ms))).toEqual(['through', 'through', 'quota', 'through']);
    }
  });

  test('is answered in the API’s own form, logged, and gone when it is taken away', async () => {
    sandbox = await startSandbox({ timeScale: 20 });
    const { key, secret } = sandbox.credentials.gateway;
    const url = `https://api-gw.onebound.cn/douyin/item_get_video/?key=${key}&secret=${secret}&item_id=${sandbox.world.ids.douyin.video}`;
    sandbox.setLimit('gateway', { perSecond: 0.1, burst: 1, perDay: 2 });
    expect((await ask(sandbox.port, url)).status).toBe(200);
    const refused = await ask(sandbox.port, url);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.text).toContain('"4008"');
    // Ten of its seconds are half a second of ours.
    await new Promise((resolve) => setTimeout(resolve, 520));
    expect((await ask(sandbox.port, url)).text).toContain('"0000"');
    expect((await ask(sandbox.port, url)).text).toContain('"4013"');
    sandbox.setLimit('gateway', null);
    expect((await ask(sandbox.port, url)).text).toContain('"0000"');
    expect(sandbox.calls.map(({ verdict }) => verdict)).toEqual(['ok', 'rate_limit', 'ok', 'quota', 'ok']);
  });

  test('answers are dated by the sandbox’s time', async () => {
    const time = Date.UTC(2031, 4, 5, 6, 7, 8);
    sandbox = await startSandbox({ now: () => time });
    const answer = await ask(sandbox.port, 'https://www.tiktok.com/foryou');
    expect(answer.headers['date']).toBe(new Date(time).toUTCString());
  });
});

test('faults of a share of the calls: so many of each kind, and the same ones in every run', () => {
  const state = createState(createWorld(), () => 0);
  const draw = (): (string | undefined)[] => {
    setFault(state, 'gateway', { kind: 'html', share: 0.1 });
    setFault(state, 'gateway', { kind: 'dead', share: 0.05 });
    return Array.from({ length: 4_000 }, () => takeFault(state, 'gateway', 'host', '1')?.kind);
  };
  const first = draw();
  const share = (kind: string): number => first.filter((each) => each === kind).length / first.length;
  expect(share('html')).toBeCloseTo(0.1, 1);
  expect(share('dead')).toBeCloseTo(0.045, 1);
  expect(share('html')).toBeGreaterThan(share('dead'));
  resetState(state);
  expect(draw()).toEqual(first);
});
