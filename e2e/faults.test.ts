/** Servers that fail: the right error with its own words, few calls, short waits, and the next try brings the record. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gateway } from '../lib/providers/gateway.ts';
import type { Entry } from '../lib/messaging/protocol.ts';
import type { RefKey } from '../lib/core/ref.ts';
import type { Fault } from '../sandbox/index.ts';
import { eventually, type Session, startSession } from './harness/session.ts';
import { languages, pattern } from './harness/wording.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
  await session.ask('settings.change', { automaticLookup: false });
});
afterAll(() => session?.close());
afterEach(async () => {
  session.sandbox.setFault('gateway', null);
  session.sandbox.setFault('key-secret', null);
  session.sandbox.setAnswerForm('code');
  await session.saveKeys();
});

const look = (ref: string): Promise<Entry> => session.ask<Entry>('record.lookup', { ref, refresh: true, tabId: null });
const douyinVideo = (): string => `douyin:post:${session.sandbox.world.ids.douyin.video}`;
const tiktokVideo = (): string => `tiktok:post:${session.sandbox.world.ids.tiktok.video}`;

const apis = ['gateway', 'key-secret'] as const;
type Asked = (typeof apis)[number];

describe('faults of a server', () => {
  const cases: readonly (readonly [string, Fault, object])[] = [
    ['500', { kind: 'status', status: 500 }, { code: 'upstream' }],
    ['503', { kind: 'status', status: 503 }, { code: 'upstream' }],
    ['429 with Retry-After', { kind: 'rate_limit', retryAfter: 30 }, { code: 'rate_limited' }],
    ['429 without', { kind: 'rate_limit' }, { code: 'rate_limited' }],
    ['quota used up', { kind: 'quota' }, { code: 'quota_exhausted' }],
    ['truncated JSON', { kind: 'truncated' }, {}],
    ['HTML instead of JSON', { kind: 'html' }, {}],
    ['the wrong item', { kind: 'wrong_item' }, { code: 'upstream' }],
    ['a dead connection', { kind: 'dead' }, { code: 'network' }],
    ['an answer that is too large', { kind: 'oversize', bytes: 9 * 1024 * 1024 }, { advice: 'error_answer_too_large' }],
    ['a redirect', { kind: 'redirect', location: 'https://elsewhere.test/' }, { advice: 'error_redirected' }],
  ];
  const refOf: Readonly<Record<Asked, () => string>> = { gateway: douyinVideo, 'key-secret': tiktokVideo };
  const callsOf = (api: Asked, from: number): string[] =>
    session.sandbox.calls.slice(from).flatMap((call) => (call.api === api ? [call.verdict] : []));

  async function fail(api: Asked, fault: Fault, expected: object): Promise<Entry> {
    session.sandbox.setFault(api, fault);
    const entry = await look(refOf[api]());
    expect(entry.status).toBe('error');
    expect(entry.error).toMatchObject({ ...expected, provider: api });
    const key = entry.error?.advice ?? `error_${entry.error?.code}`;
    for (const language of languages) expect(pattern(language, key)).toBeInstanceOf(RegExp);
    if (fault.kind === 'rate_limit') {
      expect((entry.error?.retryAt ?? 0) - Date.now()).toBeGreaterThan(fault.retryAfter ? 20_000 : 0);
    }
    return entry;
  }

  async function mend(api: Asked, fault: Fault, { ref, error }: Entry): Promise<void> {
    session.sandbox.setFault(api, null);
    if (fault.kind === 'rate_limit') {
      if (fault.retryAfter) await isNotAskedBefore(api, ref, error);
      // The researcher has seen to it.
      const { gateway: own, keySecret } = session.sandbox.credentials;
      await session.ask('credential.save', { provider: api, values: { ...(api === 'gateway' ? own : keySecret) } });
    }
    // Nothing is lost: the next try brings the record. After answers of 5xx, Chromium itself lets nothing through for
    // some seconds; whoever clicks again then has it.
    if (fault.kind === 'status') await eventually(() => look(ref), isFresh);
    else expect((await look(ref)).status).toBe('fresh');
  }
  const isFresh = ({ status }: Entry): boolean => status === 'fresh';

  /** A time that a provider named is kept even by who clicks: the key may be blocked otherwise. */
  async function isNotAskedBefore(api: Asked, ref: RefKey, error: Entry['error']): Promise<void> {
    const from = session.sandbox.calls.length;
    expect((await look(ref)).error).toMatchObject({ code: 'rate_limited', retryAt: error?.retryAt });
    expect(callsOf(api, from)).toEqual([]);
  }

  it.each(cases)('%s', async (_name, fault, expected) => {
    // What the other gateway answers then is in its own words: "quota" is a code of the first one.
    const asked = apis.filter((api) => api === 'gateway' || fault.kind !== 'quota');
    const failed = await Promise.all(asked.map(async (api) => ({ api, entry: await fail(api, fault, expected) })));
    // Not before all have failed: a key that is saved forgets every failure, the other's too.
    for (const { api, entry } of failed) await mend(api, fault, entry);
  });

  it('a wait that a server names is kept, and the call made again', async () => {
    await Promise.all(
      apis.map(async (api) => {
        session.sandbox.setFault(api, { kind: 'rate_limit', retryAfter: 2 }, 1);
        const from = session.sandbox.calls.length;
        const begun = Date.now();
        expect((await look(refOf[api]())).status).toBe('fresh');
        expect(Date.now() - begun).toBeGreaterThanOrEqual(1_900);
        expect(callsOf(api, from)).toEqual(['rate_limit', 'ok']);
      }),
    );
  });

  it('a passing fault costs nobody a click', async () => {
    await Promise.all(
      apis.map(async (api) => {
        session.sandbox.setFault(api, { kind: 'html' }, 2);
        const from = session.sandbox.calls.length;
        expect((await look(refOf[api]())).status).toBe('fresh');
        expect(callsOf(api, from)).toEqual(['html', 'html', 'ok']);
      }),
    );
  });

  it('a server that stays down: few calls and a short wait, and each click finds out anew', async () => {
    session.sandbox.setFault('gateway', { kind: 'html' });
    const from = session.sandbox.calls.length;
    expect((await look(douyinVideo())).error?.code).toBe('upstream');
    expect(callsOf('gateway', from)).toHaveLength(4);
    const second = await look(douyinVideo());
    expect(second.error).toMatchObject({ code: 'upstream', advice: 'error_answer_html' });
    expect(second.error?.retryAt ?? 0).toBeGreaterThan(Date.now());
    expect(callsOf('gateway', from)).toHaveLength(5);
    // It rests now; a click asks all the same.
    session.sandbox.setFault('gateway', null);
    expect((await look(douyinVideo())).status).toBe('fresh');
    expect(callsOf('gateway', from)).toHaveLength(6);
  });

  it('what takes long: a server that is silent, before its answer and in the middle of it, and one that asks for patience', async () => {
    const { sandbox } = session;
    const { video, note } = sandbox.world.ids.douyin;
    sandbox.setFault('key-secret', { kind: 'slow', ms: 25_000 });
    sandbox.setFault('gateway', { kind: 'stall', itemId: video });
    sandbox.setFault('gateway', { kind: 'code', code: '4008', itemId: note });
    const from = sandbox.calls.length;
    const begun = Date.now();
    const [slow, stalled, crowded] = await Promise.all(
      [tiktokVideo(), douyinVideo(), `douyin:post:${note}`].map((ref) => look(ref)),
    );
    expect(slow?.error?.code).toBe('timeout');
    expect(stalled?.error?.code).toBe('timeout');
    expect(crowded?.error).toMatchObject({
      code: gateway.errors['4008']?.code,
      advice: gateway.errors['4008']?.advice,
      upstreamCode: '4008',
      provider: 'gateway',
    });
    expect((crowded?.error?.retryAt ?? 0) - begun).toBeGreaterThan(0);
    // Nobody is made to wait for a second silence.
    expect(callsOf('key-secret', from)).toHaveLength(1);
    expect(callsOf('gateway', from).filter((verdict) => verdict === 'stall')).toHaveLength(1);
  });

  it('a code that no table lists is shown as it came', async () => {
    session.sandbox.setFault('gateway', { kind: 'code', code: '4011', reason: 'something new' });
    const entry = await look(douyinVideo());
    expect(entry.error).toMatchObject({
      code: 'upstream',
      advice: 'error_gateway_unknown_code',
      upstreamCode: '4011',
      parameters: ['4011', expect.stringContaining('something new')],
    });
  });

  it('what a provider has not is said to be not found', async () => {
    const entry = await look(`douyin:post:${session.sandbox.world.ids.douyin.missing}`);
    expect(entry.error).toMatchObject({ code: 'not_found', upstreamCode: '2000' });
    const other = await look(`tiktok:post:${session.sandbox.world.ids.tiktok.missing}`);
    expect(other.error?.code).toBe('not_found');
  });

  it.each(['code', 'code-as-text', 'status'] as const)('key-secret: success in the form "%s"', async (form) => {
    session.sandbox.setAnswerForm(form);
    expect((await look(tiktokVideo())).status).toBe('fresh');
  });

  it('one host down: the next one of the list is asked', async () => {
    await session.allow('https://api-1.onebound.cn');
    await session.saveKeys({ gateway: { hosts: ['https://api-gw.onebound.cn', 'https://api-1.onebound.cn'] } });
    session.sandbox.setFault('gateway', { kind: 'dead', host: 'api-gw.onebound.cn' });
    const entry = await look(douyinVideo());
    expect(entry.status).toBe('fresh');
    expect(session.sandbox.calls.at(-1)?.host).toBe('api-1.onebound.cn');
  });
});
