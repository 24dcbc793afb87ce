import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import type { HttpRequest } from '../core/ports.ts';
import { gateway } from './gateway.ts';
import { askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import type { LookupCapability, Quota } from './provider.ts';

const credential = {
  key: ' t_planted_key_4711\n',
  secret: '\u{200B}planted secret+/=~4712',
  hosts: ['https://api-gw.onebound.cn'],
  language: 'cn',
};
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../payloads/fixtures/${name}.json`, import.meta.url), 'utf8'));
const video = fixture('onebound-video');
const product = fixture('onebound-product');
const videoRef = { platform: 'douyin', kind: 'post', id: '7401122334455667788' } as const;
const productRef = { platform: 'douyin', kind: 'product', id: '3614453298386180001' } as const;

const withCode = (code: string, words: string): string =>
  JSON.stringify({
    error: `error-${code}`,
    reason: words,
    error_code: code,
    success: 0,
    cache: 0,
    api_info: 'today:60 max:60',
    call_args: [],
  });
const nextMidnight = Date.UTC(2026, 10, 21, 16);
const received = testTime + 250;
// 密钥错误或不存在, in GBK.
const wrongKey = {
  body: Uint8Array.from([
    0xc3, 0xdc, 0xd4, 0xbf, 0xb4, 0xed, 0xce, 0xf3, 0xbb, 0xf2, 0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda,
  ]),
  headers: { 'content-type': 'text/html; charset=utf-8' },
};

const errors = {
  'a wrong key in GBK': [wrongKey, 'auth', 'error_gateway_wrong_key'],
  'a wrong key in UTF-8': [{ body: '密钥错误或不存在' }, 'auth', 'error_gateway_wrong_key'],
  'a page of HTML': [{ body: '<!doctype html><title>502</title>' }, 'upstream', 'error_answer_html'],
  'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
  'an answer cut off': [{ body: '{"item":{"num_iid":"74011' }, 'schema', 'error_answer_truncated'],
  'other words': [{ body: 'Service busy' }, 'upstream', 'error_answer_not_json'],
  'HTTP 429': [{ status: 429, body: '' }, 'rate_limited', null, received + 5_000],
  'HTTP 429 with seconds': [
    { status: 429, body: '{}', headers: { 'retry-after': '30' } },
    'rate_limited',
    null,
    received + 30_000,
  ],
  'HTTP 429 with a date': [
    { status: 429, body: '', headers: { 'retry-after': new Date(testTime + 60_000).toUTCString() } },
    'rate_limited',
    null,
    testTime + 60_000,
  ],
  'HTTP 429 with a date of the past': [
    { status: 429, body: '', headers: { 'retry-after': new Date(testTime - 60_000).toUTCString() } },
    'rate_limited',
    null,
    received + 5_000,
  ],
  'HTTP 429 with nonsense': [
    { status: 429, body: '', headers: { 'retry-after': 'soon' } },
    'rate_limited',
    null,
    received + 5_000,
  ],
  'HTTP 429 with code 4008': [{ status: 429, body: withCode('4008', '并发') }, 'rate_limited', null, received + 5_000],
  'HTTP 502': [{ status: 502, body: '<html>Bad Gateway</html>' }, 'upstream', 'error_http_status'],
  'HTTP 403 with a code': [{ status: 403, body: withCode('4005', '授权失败') }, 'auth', 'error_gateway_4005'],
  'HTTP 404': [{ status: 404, body: 'no such page' }, 'upstream', 'error_http_address'],
  'the concurrency limit': [{ body: withCode('4008', '并发') }, 'rate_limited', 'error_gateway_4008', received + 5_000],
  'calls used up': [
    { body: withCode('4013', 'Key[t_pl…]已超量') },
    'quota_exhausted',
    'error_gateway_4013',
    nextMidnight,
  ],
  'an unknown code': [{ body: withCode('4711', '?') }, 'upstream', 'error_gateway_unknown_code'],
  'a code named like an object’s own': [
    { body: withCode('constructor', '?') },
    'upstream',
    'error_gateway_unknown_code',
  ],
  'a code that is a number': [
    { body: '{"error_code":4016,"reason":"余额不足"}' },
    'quota_exhausted',
    'error_gateway_4016',
  ],
  'success without an item': [{ body: '{"error_code":"0000","item":[]}' }, 'not_found', 'error_gateway_2000'],
  'success without an id': [
    { body: '{"error_code":"0000","item":{"title":"x","name":"x"}}' },
    'schema',
    'error_answer_unreadable',
  ],
  'JSON that is no answer': [{ body: '[1,2]' }, 'schema', 'error_answer_unreadable'],
} satisfies Parameters<typeof testProvider>[0]['errors'];

function expectRequest(apiName: string, parameter: string, itemId: string) {
  return (request: { method: string; url: string; body?: string }, fresh: boolean): void => {
    expect(request.method).toBe('GET');
    expect(request.body).toBeUndefined();
    const url = new URL(request.url);
    expect(url.origin + url.pathname).toBe(`https://api-gw.onebound.cn/douyin/${apiName}/`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      key: 't_planted_key_4711',
      secret: 'planted secret+/=~4712',
      [parameter]: itemId,
      cache: fresh ? 'no' : 'yes',
      result_type: 'json',
      lang: 'cn',
      version: '',
    });
  };
}

describe('post.get', () => {
  testProvider({
    name: 'video',
    provider: gateway,
    capability: 'post.get',
    ref: videoRef,
    credential,
    success: video,
    required: ['item', 'item.num_iid', 'error_code'],
    request: expectRequest('item_get_video', 'item_id', videoRef.id),
    errors,
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
    request: expectRequest('item_get', 'num_iid', productRef.id),
    errors,
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

describe('answers', () => {
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
