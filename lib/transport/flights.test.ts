import { describe, expect, test } from 'vitest';
import { createLine, errorOf, failure, noon } from './transport.samples.ts';

const name = 'post.get tiktok:post:1';

describe('the same question at the same time', () => {
  test('two clicks are one request, and both have its answer', async () => {
    const line = createLine();
    line.latency = 1000;
    const first = line.call({ name });
    await line.clock.advance(500);
    const answers = await line.clock.until(Promise.all([first, line.call({ name }), line.call({ name })]));
    expect(answers).toEqual([0, 0, 0]);
    expect(line.sent).toHaveLength(1);
    await line.clock.until(line.call({ name }));
    expect(line.sent).toHaveLength(2);
  });

  test('both have its error', async () => {
    const line = createLine();
    line.answer = () => failure('not_found');
    const both = Promise.all([errorOf(line.call({ name })), errorOf(line.call({ name }))]);
    expect((await line.clock.until(both)).map(({ code }) => code)).toEqual(['not_found', 'not_found']);
    expect(line.sent).toHaveLength(1);
  });

  test('another name, no name and another provider are other questions', async () => {
    const line = createLine();
    line.latency = 1000;
    const calls = [line.call({ name }), line.call({ name: 'other' }), line.call(), line.call()];
    line.policy = { ...line.policy, provider: 'other' };
    await line.clock.until(Promise.all([...calls, line.call({ name })]));
    expect(line.sent).toHaveLength(5);
  });

  test('one that waits for its turn has the patience of the most patient', async () => {
    const line = createLine({ perSecond: 1, burst: 1, concurrency: 1 });
    line.latency = 5_000;
    const slow = line.call();
    await line.clock.advance(1);
    const both = [line.call({ name, patienceMs: 6_000 }), line.call({ name, patienceMs: 60_000 })];
    await line.clock.until(Promise.all([slow, ...both]));
    expect(line.sent).toHaveLength(2);
  });
});

describe('cancelling', () => {
  test('before it began', async () => {
    const line = createLine();
    const error = await errorOf(line.call({ signal: AbortSignal.abort() }));
    expect(error.code).toBe('cancelled');
    expect(line.store.kept.size).toBe(0);
  });

  test('while it waits for a token: at once, nothing is sent, and the next takes its turn', async () => {
    const line = createLine({ perSecond: 0.1, burst: 1 });
    await line.clock.until(line.call());
    const controller = new AbortController();
    const cancelled = errorOf(line.call({ signal: controller.signal }));
    const next = line.call();
    await line.clock.advance(1_000);
    controller.abort();
    expect((await cancelled).code).toBe('cancelled');
    await line.clock.until(next);
    expect(line.sent.map(({ at }) => at - noon)).toEqual([0, 10_000]);
    expect(line.store.kept.get('acme')?.calls).toBe(2);
  });

  test('while it waits for others to come back', async () => {
    const line = createLine({ concurrency: 1 });
    line.latency = 1000;
    const controller = new AbortController();
    const calls = [line.call(), line.call()];
    const cancelled = errorOf(line.call({ signal: controller.signal }));
    await line.clock.advance(1);
    controller.abort();
    expect((await cancelled).code).toBe('cancelled');
    await line.clock.until(Promise.all(calls));
    expect(line.sent).toHaveLength(2);
    expect(line.clock.waiting).toBe(0);
  });

  test('while it pauses before a retry', async () => {
    const line = createLine();
    line.answer = () => failure('network');
    const controller = new AbortController();
    const cancelled = errorOf(line.call({ signal: controller.signal }));
    await line.clock.advance(500);
    controller.abort();
    expect((await cancelled).code).toBe('cancelled');
    await line.clock.advance(60_000);
    expect(line.sent).toHaveLength(1);
  });

  test('in flight: the request itself is aborted, is counted, and frees its place', async () => {
    const line = createLine({ concurrency: 1 });
    line.latency = 20_000;
    const controller = new AbortController();
    const cancelled = errorOf(line.call({ signal: controller.signal }));
    await line.clock.advance(1_000);
    expect(line.open()).toBe(1);
    controller.abort();
    expect((await cancelled).code).toBe('cancelled');
    await line.clock.advance(0);
    expect(line.open()).toBe(0);
    line.latency = 0;
    await line.clock.until(line.call());
    expect(line.clock.now()).toBe(noon + 1_000);
    expect(line.store.kept.get('acme')).toMatchObject({ calls: 2, failures: 0, last_error: null });
  });

  test('one of several does not stop the others; the last one does', async () => {
    const line = createLine();
    line.latency = 1000;
    const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()];
    const first = errorOf(line.call({ name, signal: one.signal }));
    const second = line.call({ name, signal: two.signal });
    await line.clock.advance(100);
    one.abort();
    expect((await first).code).toBe('cancelled');
    expect(line.open()).toBe(1);
    expect(await line.clock.until(second)).toBe(0);

    const third = errorOf(line.call({ name, signal: two.signal }));
    const fourth = errorOf(line.call({ name, signal: three.signal }));
    await line.clock.advance(100);
    two.abort();
    three.abort();
    expect([(await third).code, (await fourth).code]).toEqual(['cancelled', 'cancelled']);
    // Whoever asks now does not join what is being stopped.
    expect(await line.clock.until(line.call({ name }))).toBe(2);
    expect(line.open()).toBe(0);
  });
});
