import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../core/errors.ts';
import { createLine, errorOf, failure, type Line, noon } from './transport.samples.ts';

function waits(line: Line): number[] {
  return line.sent.slice(1).map(({ at }, index) => at - (line.sent[index]?.at ?? 0));
}

describe('retries', () => {
  const patienceMs = 600_000;

  test.each<[ErrorCode, number]>([
    ['upstream', 4],
    ['network', 4],
    ['rate_limited', 4],
    ['timeout', 2],
    ['auth', 1],
    ['not_found', 1],
    ['quota_exhausted', 1],
    ['bad_request', 1],
    ['schema', 1],
    ['internal', 1],
  ])('%s: %i requests at most, and the last error is the one that is thrown', async (code, requests) => {
    const line = createLine();
    line.answer = (count) => failure(code, { upstreamCode: String(count) });
    const error = await errorOf(line.clock.until(line.call({ patienceMs })));
    expect(error).toMatchObject({ code, details: { upstreamCode: String(requests - 1) } });
    expect(line.sent).toHaveLength(requests);
  });

  test.each<[ErrorCode, boolean, number]>([
    ['upstream', false, 1],
    ['schema', true, 2],
    ['permission', true, 1],
  ])('%s that calls itself retryable (%s): %i requests', async (code, retryable, requests) => {
    const line = createLine();
    line.answer = () => failure(code, { retryable });
    await errorOf(line.clock.until(line.call({ patienceMs })));
    expect(line.sent).toHaveLength(requests);
  });

  test('a call that was not answered in time is not made a third time, whatever else fails', async () => {
    const line = createLine();
    line.answer = (count) => failure(count === 0 ? 'network' : 'timeout');
    await errorOf(line.clock.until(line.call({ patienceMs })));
    expect(line.sent).toHaveLength(2);
  });

  test('pauses double, and are anything between none and that', async () => {
    for (const [jitter, expected] of [
      [1, [1000, 2000, 4000]],
      [0.5, [500, 1000, 2000]],
      [0, [0, 0, 0]],
    ] as const) {
      const line = createLine();
      line.jitter = jitter;
      line.answer = () => failure('network');
      await errorOf(line.clock.until(line.call({ patienceMs })));
      expect(waits(line)).toEqual(expected);
    }
  });

  test.each<[ErrorCode, ErrorCode, ErrorCode]>([
    ['upstream', 'network', 'upstream'],
    ['network', 'upstream', 'upstream'],
    ['timeout', 'network', 'network'],
    ['rate_limited', 'network', 'network'],
  ])('%s and then %s: %s is what is told', async (before, after, told) => {
    const line = createLine();
    line.answer = (count) => failure(count === 0 ? before : after, { upstreamCode: String(count), retryable: true });
    const error = await errorOf(line.clock.until(line.call({ patienceMs })));
    expect(line.sent).toHaveLength(4);
    expect(error.code).toBe(told);
    expect(error.details.upstreamCode).toBe(told === before ? '0' : '3');
  });

  test('a connection that fails after an answer counts as a failed connection: it is retried, and the last one says when', async () => {
    const line = createLine();
    line.answer = (count) =>
      count === 0
        ? failure('schema', { retryable: true, retryAt: noon - 1 })
        : failure('network', { retryAt: line.clock.now() + 10 });
    const error = await errorOf(line.clock.until(line.call({ patienceMs })));
    expect(line.sent).toHaveLength(4);
    expect(error).toMatchObject({ code: 'schema', details: { retryAt: line.clock.now() + 10 } });
  });

  test('whoever looks on does not wait for a second silence; a run that is left to itself does', async () => {
    for (const [given, requests] of [
      [20_000, 1],
      [patienceMs, 2],
    ] as const) {
      const line = createLine();
      line.latency = 20_000;
      line.answer = () => failure('timeout');
      const error = await errorOf(line.clock.until(line.call({ patienceMs: given })));
      expect(error.code).toBe('timeout');
      expect(line.sent).toHaveLength(requests);
    }
  });

  test('a provider that is down costs whoever looks on eight seconds at most', async () => {
    const line = createLine();
    line.answer = () => failure('network');
    await errorOf(line.clock.until(line.call({ patienceMs: 20_000 })));
    expect(line.clock.now() - noon).toBeLessThanOrEqual(8_000);
    // The next click finds out with one request that it is still down, and then at once.
    line.sent.length = 0;
    for (const click of [1, 2]) {
      await errorOf(line.clock.until(line.call({ patienceMs: 20_000, insists: true })));
      expect(line.sent).toHaveLength(click);
    }
    expect(line.clock.now() - noon).toBeLessThanOrEqual(8_000);
  });

  test('a success ends them', async () => {
    const line = createLine();
    line.answer = (count) => (count < 2 ? failure('upstream') : null);
    expect(await line.clock.until(line.call())).toBe(2);
    expect(line.store.kept.get('acme')).toMatchObject({ failures: 0, calls: 3 });
  });

  test('a pause that the provider names is kept, by every other call as well, and empties the bucket', async () => {
    const line = createLine({ perSecond: 2, burst: 10 });
    line.answer = (count) => (count === 0 ? failure('rate_limited', { retryAt: noon + 15_000 }) : null);
    const first = line.call();
    await line.clock.advance(1_000);
    const others = [1, 2, 3].map(() => line.call());
    await line.clock.until(Promise.all([first, ...others]));
    const [, ...later] = line.sent.map(({ at }) => at - noon);
    expect(later).toEqual([15_500, 16_000, 16_500, 17_000]);
  });

  test('also after a restart, and by those who have no patience with its own words', async () => {
    const line = createLine();
    line.answer = () => failure('rate_limited', { retryAt: noon + 15_000, advice: 'error_gateway_4008' });
    await errorOf(line.clock.until(line.call({ patienceMs: 0 })));
    line.restart();
    const error = await errorOf(line.clock.until(line.call({ patienceMs: 14_000, insists: true })));
    expect(error).toMatchObject({
      code: 'rate_limited',
      details: { advice: 'error_gateway_4008', retryAt: noon + 15_000 },
    });
    expect(line.sent).toHaveLength(1);
  });
});

describe('what is kept of an error', () => {
  test('the last one, without the secrets of its requests', async () => {
    const line = createLine();
    line.answer = () =>
      failure('auth', { upstreamMessage: 'Key[planted-secret] is wrong', parameters: ['PLANTED-SECRET'] });
    await errorOf(line.clock.until(line.call()));
    const kept = (await line.transport.usage('acme'))?.last_error;
    expect(kept).toMatchObject({ at: noon, error: { code: 'auth' } });
    expect(JSON.stringify(kept)).not.toMatch(/planted-secret/iu);
  });

  test.each<ErrorCode | null>([null, 'not_found'])('an answer to a later call (%s) ends it', async (code) => {
    const line = createLine();
    line.answer = () => failure('auth');
    await errorOf(line.clock.until(line.call()));
    // Neither says anything of the key.
    for (const silent of ['cancelled', 'internal'] as const) {
      line.answer = () => failure(silent);
      await errorOf(line.clock.until(line.call()));
    }
    expect((await line.transport.usage('acme'))?.last_error).toMatchObject({ error: { code: 'auth' } });
    line.answer = () => (code ? failure(code) : null);
    const call = line.clock.until(line.call());
    await (code ? errorOf(call) : call);
    expect((await line.transport.usage('acme'))?.last_error).toBeNull();
  });

  test('facts about an item and cancelled calls are no errors of the provider', async () => {
    const line = createLine();
    for (const code of ['not_found', 'removed', 'cancelled', 'internal'] as const) {
      line.answer = () => failure(code);
      await errorOf(line.clock.until(line.call()));
    }
    expect((await line.transport.usage('acme'))?.last_error).toBeNull();
  });

  test('an answer is not lost where what is known of its provider cannot be kept', async () => {
    const line = createLine();
    const write = line.store.write.bind(line.store);
    line.skew = 3_600_000;
    line.store.write = async (usage) => {
      if (usage.skew_ms !== null) throw failure('storage_full');
      await write(usage);
    };
    expect(await line.clock.until(line.call())).toBe(0);
  });
});

describe('the breaker', () => {
  async function fail(line: Line, times: number, code: ErrorCode = 'network'): Promise<void> {
    line.answer = () => failure(code);
    for (let count = 0; count < times; count += 1) await errorOf(line.clock.until(line.call({ patienceMs: 0 })));
  }

  test('opens after five failures in a row: the next call is refused without being sent', async () => {
    const line = createLine();
    await fail(line, 4);
    line.answer = () => null;
    await line.clock.until(line.call());
    await fail(line, 5);
    expect(line.sent).toHaveLength(10);
    line.answer = () => null;
    const error = await errorOf(line.clock.until(line.call()));
    expect(error).toMatchObject({ code: 'upstream', retryable: true });
    expect(error.details).toMatchObject({ advice: 'error_provider_resting', retryAt: noon + 30_000 });
    expect(line.sent).toHaveLength(10);
  });

  test.each<[ErrorCode, boolean]>([
    ['upstream', true],
    ['timeout', true],
    ['not_found', false],
    ['auth', false],
    ['bad_request', false],
  ])('%s counts: %s', async (code, counts) => {
    const line = createLine();
    await fail(line, 6, code);
    expect(line.sent).toHaveLength(counts ? 5 : 6);
  });

  test('an answer about an item or a key ends the row', async () => {
    const line = createLine();
    await fail(line, 4);
    await fail(line, 1, 'not_found');
    await fail(line, 4);
    await fail(line, 1, 'auth');
    await fail(line, 4);
    expect(line.sent).toHaveLength(14);
  });

  test('the retries of one call count; once it is open, the call ends with its own error and the time', async () => {
    const line = createLine();
    await fail(line, 3);
    line.jitter = 0;
    const error = await errorOf(line.clock.until(line.call()));
    expect(error).toMatchObject({ code: 'network', details: { retryAt: noon + 30_000 } });
    expect(line.sent).toHaveLength(5);
  });

  test('rests 30 s, then lets exactly one call try, and closes when that succeeds', async () => {
    const line = createLine();
    await fail(line, 5);
    line.answer = () => null;
    line.latency = 1000;
    await line.clock.advance(29_999);
    expect((await errorOf(line.call())).details.advice).toBe('error_provider_resting');
    await line.clock.advance(1);
    const calls = Promise.allSettled([line.call(), line.call(), line.call(), line.call()]);
    await line.clock.advance(500);
    const late = await errorOf(line.call());
    expect(late.details).toMatchObject({ advice: 'error_provider_resting' });
    expect(late.details.retryAt ?? 0).toBeGreaterThan(line.clock.now());
    const ends = await line.clock.until(calls);
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    expect(line.sent).toHaveLength(6);
    await line.clock.until(Promise.all([line.call(), line.call()]));
    expect(line.sent).toHaveLength(8);
  });

  test('rests twice as long after each try that failed, at most ten minutes, also over restarts', async () => {
    const line = createLine();
    await fail(line, 5);
    for (const seconds of [30, 60, 120, 240, 480, 600, 600]) {
      line.restart();
      const refused = await errorOf(line.clock.until(line.call()));
      expect((refused.details.retryAt ?? 0) - line.clock.now()).toBe(seconds * 1000);
      await line.clock.advance(seconds * 1000);
      const tried = line.sent.length;
      await fail(line, 1);
      expect(line.sent).toHaveLength(tried + 1);
    }
  });

  test('calls that were under way when it opened do not lengthen its rest', async () => {
    const line = createLine();
    line.latency = 1000;
    line.answer = () => failure('network');
    await line.clock.until(Promise.allSettled(Array.from({ length: 9 }, () => line.call({ patienceMs: 0 }))));
    const error = await errorOf(line.clock.until(line.call()));
    expect((error.details.retryAt ?? 0) - line.clock.now()).toBe(30_000);
  });

  test('a try that is cancelled or sends nothing decides nothing, and another may try', async () => {
    const line = createLine();
    await fail(line, 5);
    await line.clock.advance(30_000);
    line.latency = 1000;
    const controller = new AbortController();
    const cancelled = errorOf(line.call({ signal: controller.signal }));
    await line.clock.advance(10);
    controller.abort();
    expect((await cancelled).code).toBe('cancelled');
    await line.clock.advance(0);
    await line.clock.until(line.transport.call(line.policy, { name: null, patienceMs: 0 }, async () => null));
    line.answer = () => null;
    await line.clock.until(line.call());
  });

  test('somebody who insists may try at any time', async () => {
    const line = createLine();
    await fail(line, 5);
    line.answer = () => null;
    await line.clock.until(line.call({ insists: true }));
    await line.clock.until(line.call());
    expect(line.sent).toHaveLength(7);
  });

  test('a computer whose clock is set back does not rest until the old time', async () => {
    const line = createLine();
    await fail(line, 5);
    line.clock.set(noon - 86_400_000);
    line.answer = () => null;
    await line.clock.until(line.call());
  });
});

describe('a clock that is wrong', () => {
  /** A provider that refuses what is signed more than five minutes off its own time. */
  function strict(line: Line): void {
    line.answer = (count) => {
      const { at = 0, signedAt = 0 } = line.sent[count] ?? {};
      return Math.abs(at + line.skew - signedAt) > 300_000 ? failure('auth') : null;
    };
  }

  test.each([20, -20, 60 * 24 * 40])(
    'by %i minutes: the call is made once more at once, by the right time',
    async (minutes) => {
      const line = createLine();
      line.skew = minutes * 60_000;
      strict(line);
      expect(await line.clock.until(line.call({ patienceMs: 0 }))).toBe(1);
      expect(line.sent.map(({ at }) => at)).toEqual([noon, noon]);
      // From then on the first request is right, also in a worker that was started anew.
      line.restart();
      await line.clock.until(line.call());
      expect(line.sent).toHaveLength(3);
      expect(Math.abs((await line.transport.usage('acme'))?.skew_ms ?? 0)).toBe(
        Math.abs(line.skew) + 500 * Math.sign(minutes),
      );
    },
  );

  test('half the time of the round trip is allowed for', async () => {
    const line = createLine();
    line.skew = 1_200_000;
    line.latency = 40_000;
    await line.clock.until(line.call());
    expect((await line.transport.usage('acme'))?.skew_ms).toBe(1_200_000 + 500 + 20_000);
  });

  test('a clock that was set right is believed again', async () => {
    const line = createLine();
    line.skew = 1_200_000;
    strict(line);
    await line.clock.until(line.call());
    line.skew = 0;
    await line.clock.until(line.call());
    expect(line.sent).toHaveLength(4);
    await line.clock.until(line.call());
    expect(line.sent).toHaveLength(5);
    expect((await line.transport.usage('acme'))?.skew_ms).toBe(0);
  });

  test('a key that is wrong is not tried again by any clock, and once only by a wrong one', async () => {
    const line = createLine();
    line.answer = () => failure('auth');
    await errorOf(line.clock.until(line.call()));
    expect(line.sent).toHaveLength(1);
    line.skew = 1_200_000;
    await errorOf(line.clock.until(line.call()));
    expect(line.sent).toHaveLength(3);
  });

  test.each([
    ['a difference of some seconds', 29_000, {}],
    ['an unreadable date', 3_600_000, { date: 'yesterday' }],
    ['a date of 1970', 3_600_000, { date: 'Thu, 01 Jan 1970 00:00:00 GMT' }],
    ['the answer of a cache', 3_600_000, { age: '3600' }],
  ])('%s changes nothing', async (_name, skew, headers) => {
    const line = createLine();
    line.skew = skew;
    line.headers = headers;
    line.answer = () => failure('auth');
    await errorOf(line.clock.until(line.call()));
    expect(line.sent).toHaveLength(1);
    expect((await line.transport.usage('acme'))?.skew_ms ?? 0).toBe(0);
  });
});
