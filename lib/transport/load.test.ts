/** The policy over real connections: the real transport, Http port and providers, against the sandbox and its own limiter. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod/mini';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';
import { createSandboxFetch } from '../../sandbox/test-client.ts';
import { AppError } from '../core/errors.ts';
import { recordRef } from '../core/observation.ts';
import type { WaitingClock } from '../core/ports.ts';
import type { EntityRef, Platform } from '../core/ref.ts';
import type { Limits } from '../core/usage.ts';
import { gateway } from '../providers/gateway.ts';
import { keySecret } from '../providers/key-secret.ts';
import type { Credential, Provider } from '../providers/provider.ts';
import { createSystemClock } from './clock.ts';
import { createHttp } from './http.ts';
import { createFastClock, createTestStore } from './test-clock.samples.ts';
import { createTransport, type Transport } from './transport.ts';

const ids = 2_000;
const perSecond = 3;
/** At noon in Beijing: the day does not end during a test. */
const start = Date.UTC(2026, 10, 21, 4);
const limits: Limits = { perSecond, burst: 3, concurrency: 8, perDay: 2_500, dayZone: 'Asia/Shanghai' };
/** A line may bring calls nearer to each other than they left; the burst that is allowed for is twice our own. */
const sandboxLimit = { perSecond, burst: 6, perDay: limits.perDay };

const ends: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  vi.unstubAllGlobals();
});

interface Setting {
  readonly sandbox: Sandbox;
  readonly transport: Transport;
  /** Resolves with the id of the record, or with the error's code. */
  look(provider: Provider, credential: Credential, id: string, platform: Platform): Promise<string>;
}

async function prepare(clock: WaitingClock, options: SandboxOptions, change: Partial<Limits> = {}): Promise<Setting> {
  const sandbox = await startSandbox(options);
  ends.push(() => sandbox.close());
  const line = createSandboxFetch(sandbox.port);
  ends.push(() => line.close());
  vi.stubGlobal('fetch', line.fetch);
  const transport = createTransport({
    http: createHttp(clock),
    clock,
    store: createTestStore(),
    random: () => Math.random(),
  });
  return {
    sandbox,
    transport,
    async look(provider, credential, id, platform) {
      const ref: EntityRef = { platform, kind: 'post', id };
      const policy = { provider: provider.id, limits: { ...limits, ...change } };
      const callOptions = { name: `post.get ${id}`, patienceMs: Number.POSITIVE_INFINITY };
      try {
        return await transport.call(policy, callOptions, async ({ http, now }) => {
          const context = { http, now, credential, token: null, fresh: false, reportQuota: () => undefined };
          const answer = await provider.capabilities['post.get']?.get(context, ref);
          const record = answer?.records[0];
          return record ? recordRef(record).id : 'no record';
        });
      } catch (error) {
        if (error instanceof AppError) return error.code;
        throw error;
      }
    },
  };
}

/** A world of its own: so many posts, and among their ids every twentieth that it does not know. */
function fill(
  sandbox: Sandbox,
  count: number,
): { readonly wanted: readonly string[]; readonly missing: ReadonlySet<string> } {
  const model = sandbox.world.post(sandbox.world.ids.douyin.video);
  if (!model) throw new Error('The world has no such post.');
  const wanted = Array.from({ length: count }, (_, index) => `74999${String(index).padStart(14, '0')}`);
  const missing = new Set(wanted.filter((_, index) => index % 20 === 19));
  for (const id of wanted) if (!missing.has(id)) sandbox.world.posts.push({ ...model, id });
  return { wanted, missing };
}

async function lookAll(setting: Setting, wanted: readonly string[]): Promise<readonly string[]> {
  const credential = z.parse(gateway.credential, setting.sandbox.credentials.gateway);
  return Promise.all(wanted.map((id) => setting.look(gateway, credential, id, 'douyin')));
}

function fastClock(): ReturnType<typeof createFastClock> {
  const clock = createFastClock(start, 100);
  ends.push(() => clock.stop());
  return clock;
}

describe('2,000 ids at 3 per second', { timeout: 300_000 }, () => {
  test('leave at 98 % of the allowed rate or more, and none is refused', async () => {
    const clock = fastClock();
    const setting = await prepare(clock, { now: () => clock.now() });
    const { sandbox } = setting;
    const { wanted, missing } = fill(sandbox, ids);
    sandbox.setLimit('gateway', sandboxLimit);
    const begun = clock.now();
    const found = await lookAll(setting, wanted);
    const seconds = (clock.now() - begun) / 1000;
    expect(found).toEqual(wanted.map((id) => (missing.has(id) ? 'not_found' : id)));
    expect(
      sandbox.calls.map(({ verdict }) => verdict).filter((verdict) => !/^(?:ok|not_found)$/u.test(verdict)),
    ).toEqual([]);
    expect(sandbox.calls).toHaveLength(ids);
    const rate = (ids - limits.burst) / seconds;
    expect(rate).toBeGreaterThanOrEqual(0.98 * perSecond);
    expect(rate).toBeLessThanOrEqual(perSecond);
  });

  test('with a fault in every tenth call: each ends as a record or a named error, and none is paid twice without need', async () => {
    const clock = fastClock();
    const setting = await prepare(clock, { now: () => clock.now() });
    const { sandbox } = setting;
    const { wanted, missing } = fill(sandbox, ids);
    sandbox.setLimit('gateway', sandboxLimit);
    sandbox.setFault('gateway', { kind: 'status', status: 503, share: 0.03 });
    sandbox.setFault('gateway', { kind: 'dead', share: 0.02 });
    sandbox.setFault('gateway', { kind: 'stall', share: 0.02 });
    sandbox.setFault('gateway', { kind: 'truncated', share: 0.02 });
    sandbox.setFault('gateway', { kind: 'html', share: 0.01 });
    sandbox.setFault('gateway', { kind: 'code', code: '4000', share: 0.01 });
    // Each is asked for twice at the same time, as by two clicks.
    const [found, again] = await Promise.all([lookAll(setting, wanted), lookAll(setting, wanted)]);
    expect(again).toEqual(found);

    const faulty = sandbox.calls.filter(({ verdict }) => !/^(?:ok|not_found)$/u.test(verdict));
    expect(faulty.length / sandbox.calls.length).toBeGreaterThan(0.08);
    expect(faulty.filter(({ verdict }) => verdict === 'rate_limit' || verdict === 'quota')).toEqual([]);

    const named = new Set(['not_found', 'upstream', 'network', 'timeout', 'schema']);
    const wrong = wanted.filter((id, index) => {
      const end = found[index] ?? '';
      return missing.has(id) ? !named.has(end) : end !== id && !(named.has(end) && end !== 'not_found');
    });
    expect(wrong).toEqual([]);
    const failed = found.filter((end, index) => end !== wanted[index] && !missing.has(wanted[index] ?? ''));
    expect(failed.length).toBeLessThan(0.01 * ids);

    const verdictsOf = Map.groupBy(sandbox.calls, ({ itemId }) => itemId);
    for (const id of wanted) {
      const verdicts = (verdictsOf.get(id) ?? []).map(({ verdict }) => verdict);
      // An answer that arrived is never asked for again.
      expect(verdicts.slice(0, -1).filter((verdict) => verdict === 'ok' || verdict === 'not_found')).toEqual([]);
      // What may have been billed without arriving is asked for once more at most.
      expect(verdicts.filter((verdict) => verdict === 'stall' || verdict === 'truncated').length).toBeLessThanOrEqual(
        2,
      );
      expect(verdicts.length).toBeLessThanOrEqual(4);
    }
  });
});

test('no call over the quota: so many are made, and the rest is told why not', async () => {
  const clock = fastClock();
  const setting = await prepare(clock, { now: () => clock.now() }, { perDay: 40 });
  const { sandbox } = setting;
  const { wanted } = fill(sandbox, 60);
  sandbox.setLimit('gateway', { ...sandboxLimit, perDay: 40 });
  const found = await lookAll(setting, wanted);
  expect(found.filter((end) => end === 'quota_exhausted')).toHaveLength(20);
  expect(sandbox.calls).toHaveLength(40);
  expect(sandbox.calls.some(({ verdict }) => verdict === 'quota' || verdict === 'rate_limit')).toBe(false);
});

test.each([20, -20])('a signed call on a computer whose clock is %i minutes off is answered', async (minutes) => {
  const system = createSystemClock();
  const clock = { ...system, now: () => system.now() - minutes * 60_000 };
  const setting = await prepare(clock, {});
  const { sandbox, transport } = setting;
  const credential = z.parse(keySecret.credential, sandbox.credentials.keySecret);
  const id = sandbox.world.ids.tiktok.video;
  expect(await setting.look(keySecret, credential, id, 'tiktok')).toBe(id);
  expect(await setting.look(keySecret, credential, id, 'tiktok')).toBe(id);
  expect(sandbox.calls.map(({ verdict }) => verdict)).toEqual(['stale_timestamp', 'ok', 'ok']);
  const skew = (await transport.usage('key-secret'))?.skew_ms ?? 0;
  expect(Math.abs(skew - minutes * 60_000)).toBeLessThan(3_000);
});
