import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import type { HttpRequest } from '../core/ports.ts';
import { credential, expectRequest, fixture, lookupErrors, received, withCode, wrongKey } from './gateway.samples.ts';
import { gateway } from './gateway.ts';
import { askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import type { LookupCapability, Quota } from './provider.ts';

const video = fixture('onebound-video');
const product = fixture('onebound-product');
const videoRef = { platform: 'douyin', kind: 'post', id: '7401122334455667788' } as const;
const productRef = { platform: 'douyin', kind: 'product', id: '3614453298386180001' } as const;

describe('post.get', () => {
  testProvider({
    name: 'video',
    provider: gateway,
    capability: 'post.get',
    ref: videoRef,
    credential,
    success: video,
    required: ['item', 'item.num_iid', 'error_code'],
    request: expectRequest('item_get_video', { item_id: videoRef.id }),
    errors: lookupErrors,
    withCode,
  });
});

describe('product.get', () => {
  testProvider({
    name: 'product',
    provider: gateway,
    capability: 'product.get',
    ref: productRef,
    credential,
    success: product,
    required: ['item', 'item.product_id', 'error_code'],
    request: expectRequest('item_get', { num_iid: productRef.id }),
    errors: lookupErrors,
    withCode,
  });
});

const ask = (answers: readonly StubAnswer[], changes: object = {}, capability: LookupCapability = 'post.get') =>
  askProvider(gateway, {
    capability,
    ref: capability === 'post.get' ? videoRef : productRef,
    credential: { ...credential, ...changes },
    answers,
  });

describe('hosts', () => {
  const hosts = ['https://one.test/', 'http://localhost:8080/gw', 'three.test'];
  const good = { body: JSON.stringify(video) };
  const hostsAsked = async (...answers: StubAnswer[]): Promise<string[]> =>
    (await ask(answers, { hosts })).requests.map(({ url }) => new URL(url).host);

  test.each([
    ['not reached', { error: new AppError('network', 'refused') }, ['one.test', 'localhost:8080']],
    ['too slow', { error: new AppError('timeout', 'slow') }, ['one.test', 'localhost:8080']],
    ['another status', { status: 503, body: 'busy' }, ['one.test', 'localhost:8080']],
    ['an error of its own with status 200 is an answer', { body: withCode('4000', 'x') }, ['one.test']],
    ['not found is an answer', { body: withCode('2000', 'x') }, ['one.test']],
    ['a refused redirect', { error: new AppError('upstream', 'redirected') }, ['one.test']],
    ['cancelled', { error: new AppError('cancelled', 'stop') }, ['one.test']],
    ['not JSON is an answer that may have been billed', { body: '<html>' }, ['one.test']],
  ] as const)('the next host is asked only if needed: %s', async (_name, first, asked) => {
    expect(await hostsAsked(first, good)).toEqual(asked);
  });

  test('all are tried, and the one that asks for patience is heard', async () => {
    const answers: StubAnswer[] = [
      { error: new AppError('network', 'refused') },
      { status: 429, body: '', headers: { 'retry-after': '9' } },
      { status: 500, body: '' },
    ];
    const { requests, error } = await ask(answers, { hosts });
    expect(requests).toHaveLength(3);
    expect(error).toMatchObject({ code: 'rate_limited', details: { retryAt: received + 9_000 } });
  });

  test('a reason is heard before a host that could not be reached', async () => {
    const answers: StubAnswer[] = [
      { status: 403, body: withCode('4005', 'x') },
      { error: new AppError('network', 'refused') },
    ];
    expect((await ask(answers, { hosts })).error).toMatchObject({ code: 'auth', details: { upstreamCode: '4005' } });
  });

  test('the last one is not waited for without end', async () => {
    let now = testTime;
    const { http, requests } = stubHttp({ error: new AppError('timeout', 'slow') });
    const context = {
      http: (request: HttpRequest) => {
        now += 20_000;
        return http(request);
      },
      now: () => now,
      credential: z.parse(gateway.credential, {
        ...credential,
        hosts: Array.from({ length: 20 }, (_, index) => `https://host-${index}.test`),
      }),
      fresh: false,
      token: null,
      reportQuota: () => undefined,
    };
    await expect(gateway.test(context)).rejects.toMatchObject({ code: 'timeout' });
    expect(requests).toHaveLength(4);
  });

  test('origins are those of the hosts, each once', () => {
    const parsed = z.parse(gateway.credential, { ...credential, hosts: [...hosts, 'https://one.test/other'] });
    expect(gateway.origins(parsed)).toEqual(['https://one.test', 'http://localhost:8080', 'https://three.test']);
  });
});

describe('credential', () => {
  test('is trimmed, also of what a chat adds; empty hosts are the default', () => {
    expect(z.parse(gateway.credential, { key: '\u{FEFF} k \t', secret: ' s\u{200B}', hosts: [] })).toEqual({
      key: 'k',
      secret: 's',
      hosts: ['https://api-gw.onebound.cn'],
      language: 'cn',
    });
  });

  test.each([
    ['an empty key', { key: '  ' }],
    ['no secret', { secret: undefined }],
    ['http', { hosts: ['http://api-gw.onebound.cn'] }],
    ['an account in the address', { hosts: ['https://user:pass@one.test'] }],
    ['no address', { hosts: ['ftp://one.test'] }],
    ['a wildcard', { hosts: ['https://*.onebound.cn'] }],
    ['localhost by another name over http', { hosts: ['http://localhost.example.org'] }],
    ['another language', { language: 'de' }],
  ])('%s is refused', (_name, changes) => {
    expect(z.safeParse(gateway.credential, { ...credential, ...changes }).success).toBe(false);
  });
});

describe('codes', () => {
  const byGroup: readonly (readonly [group: string, codes: readonly string[], retryable: boolean, billed: unknown])[] =
    [
      ['retry, free', ['4000', '4001', '4002', '4017', '5000'], true, false],
      ['slow down', ['4008'], true, null],
      ['later', ['4009'], false, null],
      ['fix the settings', ['4004', '4005', '4006', '4007', '4010', '4012'], false, null],
      ['money', ['4013', '4016'], false, null],
      ['the request', ['4003', '4014', '4015'], false, null],
      ['not found, billed', ['2000'], false, true],
    ];

  test.each(byGroup)('%s', async (_group, codes, retryable, billed) => {
    for (const code of codes) {
      const { error } = await ask([{ body: withCode(code, 'words') }]);
      expect([code, error?.retryable]).toEqual([code, retryable]);
      expect(gateway.errors[code]?.billed).toBe(billed);
    }
  });

  test('every code has its group; an unknown one may have been billed and is not asked for again', async () => {
    expect(Object.keys(gateway.errors).sort()).toEqual(byGroup.flatMap(([, codes]) => codes).sort());
    expect((await ask([{ body: withCode('4711', '?') }])).error?.retryable).toBe(false);
  });
});

describe('answers', () => {
  test('one out of the cache is dated by the cache, in Beijing time; without a date nobody knows', async () => {
    const cached = { ...video, cache: 1, secache_date: '2024-08-01 00:00:00' };
    const observed = async (json: unknown) =>
      (await ask([{ body: JSON.stringify(json) }])).answer?.records[0]?.observed_at;
    expect(await observed(cached)).toBe(Date.UTC(2024, 6, 31, 16));
    expect(await observed({ ...cached, cache: undefined })).toBe(Date.UTC(2024, 6, 31, 16));
    expect(await observed({ ...cached, cache: 0 })).toBe(Date.UTC(2024, 7, 10, 1, 15, 30));
    expect(await observed({ ...video, cache: '1' })).toBeNull();
    expect(await observed({ ...cached, secache_date: '2099-01-01 00:00:00' })).toBeNull();
  });

  test('another item than the one asked for is not shown', async () => {
    const other = { ...video, item: { ...video.item, num_iid: '7401122334455660000' } };
    const { error } = await ask([{ body: JSON.stringify(other) }]);
    expect(error).toMatchObject({
      code: 'upstream',
      details: { advice: 'error_wrong_item', parameters: ['OneBound', videoRef.id, '7401122334455660000'] },
    });
    const otherProduct = { ...product, item: { ...product.item, product_id: '3614453298386189999' } };
    expect((await ask([{ body: JSON.stringify(otherProduct) }], {}, 'product.get')).error?.details.advice).toBe(
      'error_wrong_item',
    );
  });

  test('an id that is a bare number keeps its digits', async () => {
    const body = JSON.stringify(video).replace('"7401122334455667788"', '7401122334455667788');
    expect((await ask([{ body }])).answer?.records[0]).toMatchObject({ post_id: '7401122334455667788' });
  });

  test('the endpoint is cited without its query', async () => {
    const { answer } = await ask([{ body: JSON.stringify(video) }]);
    expect(answer?.records[0]).toMatchObject({
      api_provider: 'gateway',
      api_endpoint: 'gateway/item_get_video',
      collected_via: 'api',
      fetched_at: received,
    });
  });

  test('another language marks the caption as translated', async () => {
    const { answer, requests } = await ask([{ body: JSON.stringify(video) }], { language: 'en' });
    expect(new URL(requests[0]?.url ?? '').searchParams.get('lang')).toBe('en');
    expect(answer?.records[0]).toMatchObject({ caption_translated_to: 'en' });
  });

  test.each([
    ['an answer', { body: JSON.stringify(video) }, { used: 12, limit: 5000, expires: '2031-06-30' }],
    ['an error', { body: withCode('4013', 'x') }, { used: 60, limit: 60, expires: null }],
    [
      'an error with another status',
      { status: 403, body: withCode('4005', 'x') },
      { used: 60, limit: 60, expires: null },
    ],
  ])('the quota is read from %s', async (_name, answer, quota) => {
    expect((await ask([answer])).quotas).toEqual([{ ...quota, read_at: received }]);
  });

  test('the key that the reason quotes is not shown, even if it is cut', async () => {
    const { error } = await ask([{ body: withCode('4013', 'Key[t_planted_k…]已超量') }]);
    expect(error?.details.upstreamMessage).toBe('error-4013: Key[…]已超量');
  });
});

async function proveCredential(answer: StubAnswer): Promise<{ url: string; quotas: Quota[] }> {
  const { http, requests } = stubHttp(answer);
  const quotas: Quota[] = [];
  const parsed = z.parse(gateway.credential, credential);
  const reportQuota = (quota: Quota): void => void quotas.push(quota);
  await gateway.test({ http, now: () => testTime, credential: parsed, token: null, fresh: false, reportQuota });
  return { url: requests[0]?.url ?? '', quotas };
}

describe('the test of a credential', () => {
  test('accepts an answer about any item, and "not found"', async () => {
    expect((await proveCredential({ body: JSON.stringify(video) })).quotas).toHaveLength(1);
    expect((await proveCredential({ body: withCode('2000', '没找到') })).url).toContain('/douyin/item_get_video/');
  });

  test('refuses an answer of something else that speaks JSON', async () => {
    await expect(proveCredential({ body: '{"ok":true}' })).rejects.toMatchObject({ code: 'schema' });
    await expect(proveCredential({ body: '[]' })).rejects.toMatchObject({ code: 'schema' });
  });

  test('refuses a wrong key and a used-up one', async () => {
    await expect(proveCredential(wrongKey)).rejects.toMatchObject({ code: 'auth' });
    await expect(proveCredential({ body: withCode('4013', 'x') })).rejects.toMatchObject({ code: 'quota_exhausted' });
  });
});
