import { describe, expect, test } from 'vitest';
import { createLine, errorOf, failure, noon } from './transport.samples.ts';

const everyCall = { patienceMs: Number.POSITIVE_INFINITY };

function times(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

describe('the rate', () => {
  test('a burst leaves at once, everything after it at the allowed rate, in the order of asking', async () => {
    const line = createLine({ perSecond: 4, burst: 3 });
    const order: number[] = [];
    await line.clock.until(Promise.all(times(11).map((index) => line.call(everyCall).then(() => order.push(index)))));
    expect(line.sent.map(({ at }) => at - noon)).toEqual([0, 0, 0, 250, 500, 750, 1000, 1250, 1500, 1750, 2000]);
    expect(order).toEqual(times(11));
  });

  test('whoever rests saves up a burst and no more', async () => {
    const line = createLine({ perSecond: 4, burst: 3 });
    await line.clock.until(Promise.all(times(3).map(() => line.call(everyCall))));
    await line.clock.advance(3_600_000);
    const begun = line.clock.now();
    await line.clock.until(Promise.all(times(5).map(() => line.call(everyCall))));
    expect(line.sent.slice(3).map(({ at }) => at - begun)).toEqual([0, 0, 0, 250, 500]);
  });

  test('each request of a call takes its own turn, and is counted and committed before it leaves', async () => {
    const line = createLine({ perSecond: 1, burst: 1 });
    const request = { method: 'GET', url: 'https://provider.test/', timeoutMs: 1000, secrets: [] } as const;
    const done = line.transport.call(line.policy, { name: null, patienceMs: 60_000 }, ({ http }) =>
      Promise.all([http(request), http(request), http(request)]),
    );
    await line.clock.until(done);
    expect(line.sent.map(({ at }) => at - noon)).toEqual([0, 1000, 2000]);
    expect(line.sent.map(({ kept }) => kept?.calls)).toEqual([1, 2, 3]);
    expect(line.sent.map(({ kept }) => kept?.tokens)).toEqual([0, 0, 0]);
  });

  test('a restart is no refill', async () => {
    const line = createLine({ perSecond: 0.1, burst: 2 });
    await line.clock.until(Promise.all([line.call(), line.call()]));
    line.restart();
    await line.clock.advance(4_000);
    await line.clock.until(line.call());
    expect(line.sent[2]?.at).toBe(noon + 10_000);
    expect(line.store.kept.get('acme')?.calls).toBe(3);
  });

  test('a computer whose clock is set back waits no longer than the rate asks for', async () => {
    const line = createLine({ perSecond: 1, burst: 1 });
    await line.clock.until(line.call());
    line.clock.set(noon - 86_400_000);
    await line.clock.until(line.call());
    expect(line.sent[1]?.at).toBe(noon - 86_400_000 + 1000);
  });

  test('a request is made when its turn has come: what it is signed with is not stale', async () => {
    const line = createLine({ perSecond: 0.01, burst: 1 });
    await line.clock.until(Promise.all([line.call(everyCall), line.call(everyCall)]));
    expect(line.sent[1]?.at).toBe(noon + 100_000);
    expect(line.sent[1]?.signedAt).toBe(noon + 100_000);
  });

  test('a call that sends nothing costs nothing', async () => {
    const line = createLine({ perSecond: 0.01, burst: 1 });
    const done = line.transport.call(line.policy, { name: null, patienceMs: 0 }, async () => 'from memory');
    expect(await line.clock.until(done)).toBe('from memory');
    await line.clock.until(line.call({ patienceMs: 0 }));
    expect(line.store.kept.get('acme')?.calls).toBe(1);
  });

  test('providers do not wait for each other', async () => {
    const line = createLine({ perSecond: 0.01, burst: 1 });
    await line.clock.until(line.call());
    line.policy = { ...line.policy, provider: 'other' };
    await line.clock.until(line.call({ patienceMs: 0 }));
    expect(line.sent[1]?.at).toBe(noon);
  });

  test('what cannot be counted is not sent', async () => {
    const line = createLine();
    line.store.write = async () => {
      throw failure('storage_full');
    };
    expect((await errorOf(line.clock.until(line.call()))).code).toBe('storage_full');
    expect(line.sent).toHaveLength(0);
  });
});

describe('calls under way', () => {
  test('never more than allowed, and the next leaves as soon as one is back', async () => {
    const line = createLine({ concurrency: 3 });
    line.latency = 1000;
    await line.clock.until(Promise.all(times(8).map(() => line.call(everyCall))));
    expect(line.mostOpen()).toBe(3);
    expect(line.sent.map(({ at }) => at - noon)).toEqual([0, 0, 0, 1000, 1000, 1000, 2000, 2000]);
  });

  test('a call that pauses before its retry lets others pass', async () => {
    const line = createLine({ concurrency: 1 });
    line.answer = (count) => (count === 0 ? failure('network') : null);
    await line.clock.until(Promise.all([line.call(), line.call()]));
    expect(line.sent.map(({ at }) => at - noon)).toEqual([0, 0, 1000]);
  });
});

describe('the allowance of a day', () => {
  const limits = { perDay: 3 };

  test('refuses before it is exceeded, also after a restart, and comes back at midnight in Beijing', async () => {
    const line = createLine(limits);
    for (const _ of times(3)) await line.clock.until(line.call());
    line.restart();
    const midnight = Date.UTC(2026, 10, 21, 16);
    const error = await errorOf(line.clock.until(line.call()));
    expect(error).toMatchObject({ code: 'quota_exhausted', retryable: false });
    expect(error.details).toMatchObject({ advice: 'error_quota_used_up', parameters: ['3'], retryAt: midnight });
    expect(line.sent).toHaveLength(3);

    line.clock.set(midnight - 1);
    expect((await errorOf(line.clock.until(line.call()))).code).toBe('quota_exhausted');
    line.clock.set(midnight);
    await line.clock.until(line.call());
    expect(line.store.kept.get('acme')).toMatchObject({ day: '2026-11-22', calls: 1 });
  });

  test('counts by the provider’s midnight where our clock is wrong', async () => {
    const line = createLine(limits);
    line.skew = 20 * 60_000;
    for (const _ of times(3)) await line.clock.until(line.call());
    const midnight = Date.UTC(2026, 10, 21, 16) - line.skew;
    const error = await errorOf(line.clock.until(line.call()));
    expect(Math.abs((error.details.retryAt ?? 0) - midnight)).toBeLessThanOrEqual(1000);
    line.clock.set(midnight + 1000);
    await line.clock.until(line.call());
  });

  test('in UTC where the provider’s day is that', async () => {
    const line = createLine({ ...limits, dayZone: 'UTC' });
    for (const _ of times(3)) await line.clock.until(line.call());
    const error = await errorOf(line.clock.until(line.call()));
    expect(error.details.retryAt).toBe(Date.UTC(2026, 10, 22));
  });

  test('a clock that goes back over midnight brings nothing back', async () => {
    const line = createLine(limits);
    line.clock.set(Date.UTC(2026, 10, 21, 16));
    for (const _ of times(3)) await line.clock.until(line.call());
    line.clock.set(Date.UTC(2026, 10, 21, 15));
    expect((await errorOf(line.clock.until(line.call()))).code).toBe('quota_exhausted');
  });

  test('many at once do not exceed it', async () => {
    const line = createLine({ ...limits, concurrency: 10 });
    line.latency = 500;
    const ends = await line.clock.until(Promise.allSettled(times(10).map(() => line.call(everyCall))));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(line.sent).toHaveLength(3);
  });

  test('a provider that says so itself is not asked again before the time it names, by nobody', async () => {
    const line = createLine();
    const until = noon + 3_600_000;
    line.answer = () => failure('quota_exhausted', { retryAt: until, advice: 'error_gateway_4013' });
    expect((await errorOf(line.clock.until(line.call()))).code).toBe('quota_exhausted');
    line.answer = () => null;
    line.restart();
    const error = await errorOf(line.clock.until(line.call()));
    expect(error).toMatchObject({ code: 'quota_exhausted', details: { advice: 'error_gateway_4013', retryAt: until } });
    expect(line.sent).toHaveLength(1);
    line.clock.set(until);
    await line.clock.until(line.call());
  });

  test('one that names no time is asked again after midnight, after another key, or when somebody insists', async () => {
    const line = createLine();
    const refuse = async (): Promise<void> => {
      line.answer = () => failure('quota_exhausted');
      await errorOf(line.clock.until(line.call({ insists: true })));
      line.answer = () => null;
      const error = await errorOf(line.clock.until(line.call()));
      expect(error.details.retryAt).toBe(Date.UTC(2026, 10, 21, 16));
    };
    await refuse();
    await line.store.forget('acme');
    await line.clock.until(line.call());

    await refuse();
    await line.clock.until(line.call({ insists: true }));
    await line.clock.until(line.call());
    expect(line.store.kept.get('acme')?.refused_until).toBeNull();

    await refuse();
    line.clock.set(Date.UTC(2026, 10, 21, 16));
    await line.clock.until(line.call());
  });

  test('the success of a call that had left before says nothing against a refusal', async () => {
    const line = createLine();
    line.latency = 1000;
    line.answer = (count) => (count === 1 ? failure('quota_exhausted') : null);
    const slow = line.call();
    await line.clock.advance(10);
    line.latency = 100;
    await errorOf(line.clock.until(line.call()));
    await line.clock.until(slow);
    expect((await errorOf(line.clock.until(line.call()))).code).toBe('quota_exhausted');
  });

  test('another key does not inherit what the former one is refused at last', async () => {
    const line = createLine();
    line.latency = 1000;
    line.answer = () => failure('quota_exhausted');
    const slow = errorOf(line.call());
    await line.clock.advance(10);
    await line.store.forget('acme');
    await line.clock.until(slow);
    expect(line.store.kept.get('acme')).toBeUndefined();
  });
});

describe('patience', () => {
  test('nobody waits longer for a turn than they want to, and is told when to come back', async () => {
    const line = createLine({ perSecond: 0.1, burst: 1 });
    await line.clock.until(line.call());
    const error = await errorOf(line.clock.until(line.call({ patienceMs: 9_999 })));
    expect(error).toMatchObject({ code: 'rate_limited', details: { advice: 'error_no_turn', retryAt: noon + 10_000 } });
    expect(line.clock.now()).toBe(noon);
    await line.clock.until(line.call({ patienceMs: 10_000 }));
    expect(line.sent).toHaveLength(2);
  });

  test('who would lose it at the end of the line is refused at its beginning', async () => {
    const line = createLine({ perSecond: 1, burst: 1, concurrency: 50 });
    const all = Promise.allSettled(times(20).map(() => line.call(everyCall)));
    await line.clock.advance(100);
    const error = await errorOf(line.call({ patienceMs: 15_000 }));
    expect(error).toMatchObject({ code: 'rate_limited', details: { advice: 'error_no_turn' } });
    expect(line.clock.now()).toBe(noon + 100);
    await line.clock.until(all);
    expect(line.sent).toHaveLength(20);
  });

  test('waiting for others to come back counts as well', async () => {
    const line = createLine({ concurrency: 1 });
    line.latency = 10_000;
    const slow = line.call();
    await line.clock.advance(1);
    const error = errorOf(line.call({ patienceMs: 3_000 }));
    expect((await line.clock.until(error)).details.advice).toBe('error_no_turn');
    expect(line.clock.now()).toBe(noon + 3_001);
    await line.clock.until(slow);
    expect(line.sent).toHaveLength(1);
  });

  test('a pause before a retry is not begun where it would be too long', async () => {
    const line = createLine();
    line.answer = () => failure('upstream', { retryAt: noon + 30_000 });
    const error = await errorOf(line.clock.until(line.call({ patienceMs: 20_000 })));
    expect(error).toMatchObject({ code: 'upstream', details: { retryAt: noon + 30_000 } });
    expect(line.clock.now()).toBe(noon);
    line.answer = () => failure('network');
    line.jitter = 0.5;
    const other = await errorOf(line.clock.until(line.call({ patienceMs: 100 })));
    expect(other).toMatchObject({ code: 'network', details: { retryAt: noon + 500 } });
  });

  test('all pauses together are within it', async () => {
    const line = createLine();
    line.answer = () => failure('network');
    const error = await errorOf(line.clock.until(line.call({ patienceMs: 3_500 })));
    // 1 s and 2 s fit, another 4 s do not.
    expect(line.sent).toHaveLength(3);
    expect(error.details.retryAt).toBe(noon + 7_000);
  });
});
