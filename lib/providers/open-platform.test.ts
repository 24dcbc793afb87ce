import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpRequest } from '../core/ports.ts';
import { type Asked, askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import { openPlatform } from './open-platform.ts';

const secret = 'planted secret+/=~4712';
const credential = { appKey: ' 7301234567890123456\n', appSecret: `\u{FEFF} ${secret}\n` };
const productText = readFileSync(new URL('../payloads/fixtures/open-platform-product.json', import.meta.url), 'utf8');
const product: unknown = parseJson(productText);
const ref = { platform: 'douyin', kind: 'product', id: '3614453298386180001' } as const;
const received = testTime + 250;
const seconds = String(testTime / 1000);

const withCode = (code: string, words: string): string => JSON.stringify({ code: Number(code), message: words });
const says = (
  code: unknown,
  message: string,
  rest: Partial<Exclude<StubAnswer, { error: unknown }>> = {},
): StubAnswer => ({
  body: JSON.stringify({ code, message, data: null }),
  ...rest,
});

/** The published formula, written out once more. */
function md5Sign(parameters: Readonly<Record<string, string>>): string {
  const names = Object.keys(parameters)
    .filter((name) => name !== 'sign')
    .sort();
  const text = names.map((name) => name + parameters[name]).join('');
  return createHash('md5')
    .update(secret + text + secret)
    .digest('hex')
    .toUpperCase();
}

function hmacSign(parameters: Readonly<Record<string, string>>): string {
  const names = Object.keys(parameters)
    .filter((name) => name !== 'sign')
    .sort();
  const text = names.map((name) => name + parameters[name]).join('');
  return createHmac('sha256', secret).update(text).digest('hex').toUpperCase();
}

function sent(request: HttpRequest | undefined): Record<string, string> {
  const text = request?.body ?? new URL(request?.url ?? '').search;
  return Object.fromEntries(new URLSearchParams(text));
}

const errors = {
  'a wrong sign': [says(10002, '签名错误'), 'auth', 'error_open_platform_10002'],
  'a wrong sign, code as text': [says('10002', 'sign error'), 'auth', 'error_open_platform_10002'],
  'a wrong sign with HTTP 401': [says(10002, '签名错误', { status: 401 }), 'auth', 'error_open_platform_10002'],
  'words about the time': [says(10002, '签名错误: timestamp 无效'), 'auth', 'error_open_platform_clock'],
  'a clock that is off': [
    says(10002, '签名错误', { headers: { date: new Date(testTime + 20 * 60_000).toUTCString() } }),
    'auth',
    'error_open_platform_clock_off',
  ],
  'a clock that is right': [
    says(10002, '签名错误', { headers: { date: new Date(testTime + 4 * 60_000).toUTCString() } }),
    'auth',
    'error_open_platform_10002',
  ],
  'a withdrawn product': [says(10003, '商品不存在或已下架'), 'not_found', 'error_open_platform_10003'],
  'too frequent': [says(10004, '请求过于频繁'), 'rate_limited', 'error_open_platform_10004', received + 1_000],
  'too frequent, with seconds': [
    says(10004, '请求过于频繁, 请 15 秒后重试'),
    'rate_limited',
    'error_open_platform_10004',
    received + 15_000,
  ],
  'too frequent, with a header': [
    says(10004, '', { status: 429, headers: { 'retry-after': '7' } }),
    'rate_limited',
    'error_open_platform_10004',
    received + 7_000,
  ],
  'the calls of the day': [
    says(10004, '超过当日调用上限'),
    'quota_exhausted',
    'error_open_platform_day',
    Date.UTC(2026, 10, 21, 16),
  ],
  'no permission': [says(10005, '无权限'), 'permission', 'error_open_platform_10005'],
  'an internal fault': [says(10006, '系统内部错误', { status: 500 }), 'upstream', 'error_open_platform_10006'],
  'a code of another interface': [says(28001003, 'access_token无效'), 'upstream', 'error_open_platform_unknown_code'],
  'the envelope of the other interfaces': [
    { body: '{"data":{"error_code":"28001014","description":"no scope"},"extra":{"error_code":28001014}}' },
    'upstream',
    'error_open_platform_unknown_code',
  ],
  'the envelope of the newer interfaces': [
    { body: '{"err_no":28001056,"err_msg":"API withdrawn","log_id":"1"}' },
    'upstream',
    'error_open_platform_unknown_code',
  ],
  'no data': [{ body: '{"code":0,"message":"success"}' }, 'not_found', 'error_open_platform_10003'],
  'empty data': [{ body: '{"code":"0","data":{}}' }, 'not_found', 'error_open_platform_10003'],
  'neither code nor data': [{ body: '{"hello":1}' }, 'schema', 'error_answer_unreadable'],
  'an id that is none': [{ body: '{"code":0,"data":{"product_id":"x"}}' }, 'schema', 'error_answer_unreadable'],
  'another product': [
    { body: '{"code":0,"data":{"product_id":"3614453298386180000"}}' },
    'upstream',
    'error_wrong_item',
  ],
  'an id that lost its digits': [
    { body: '{"code":0,"data":{"product_id":3614453298386180096}}' },
    'upstream',
    'error_wrong_item',
  ],
  'a success with HTTP 500': [{ status: 500, body: productText }, 'upstream', 'error_http_status'],
  'HTTP 404': [{ status: 404, body: 'Not Found' }, 'upstream', 'error_http_address'],
  'HTTP 429 without JSON': [{ status: 429, body: '' }, 'rate_limited', null, received + 1_000],
  'a page of HTML': [{ body: '<!doctype html><title>login</title>' }, 'upstream', 'error_answer_html'],
  'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
  'an answer cut off': [{ body: productText.slice(0, 300) }, 'schema', 'error_answer_truncated'],
  // The published sample has one; an answer has none.
  'a comma too many': [
    { body: productText.replace('"status": 1,', '"status": {"a":1,},') },
    'schema',
    'error_answer_truncated',
  ],
} as const;

const shared = { provider: openPlatform, capability: 'product.get', ref, success: product, errors, withCode } as const;
const required = ['code', 'data', 'data.product_id'];

describe('product.get', () => {
  testProvider({
    ...shared,
    name: 'GET, MD5',
    credential,
    required,
    request(request) {
      expect(request.method).toBe('GET');
      expect(request.body).toBeUndefined();
      expect(request.url.split('?')[0]).toBe('https://open.douyin.com/api/product/detail');
      const parameters = sent(request);
      expect(parameters).toEqual({
        app_key: '7301234567890123456',
        timestamp: seconds,
        product_id: ref.id,
        sign: md5Sign(parameters),
      });
      expect(request.url).not.toContain('planted');
    },
  });

  testProvider({
    ...shared,
    name: 'POST, HMAC-SHA256, fields',
    credential: {
      ...credential,
      baseUrl: 'gateway.invented.test/',
      path: 'product_info',
      method: 'POST',
      signMethod: 'hmac_sha256',
      fields: 'price_info ， sales_info,price_info',
    },
    required,
    request(request) {
      expect(request.method).toBe('POST');
      expect(request.url).toBe('https://gateway.invented.test/open/api/v1/product/info');
      expect(request.headers).toMatchObject({ 'content-type': 'application/x-www-form-urlencoded' });
      const parameters = sent(request);
      expect(parameters).toEqual({
        app_key: '7301234567890123456',
        timestamp: seconds,
        product_id: ref.id,
        fields: 'price_info,sales_info,product_id',
        sign_method: 'hmac-sha256',
        sign: hmacSign(parameters),
      });
    },
  });

  const sku = {
    code: 0,
    data: {
      ...Object(Reflect.get(Object(product), 'data')),
      sku_list: [{ sku_id: '1700000000000000009', price: 100 }],
    },
  };
  testProvider({
    ...shared,
    errors: {},
    name: 'by SKU',
    credential: { ...credential, idParameter: 'sku_id', fields: 'price_info' },
    ref: { ...ref, id: '1700000000000000009' },
    answerId: ref.id,
    success: sku,
    required: [...required, 'data.sku_list', 'data.sku_list.0', 'data.sku_list.0.sku_id'],
    request(request) {
      expect(sent(request)).toMatchObject({ sku_id: '1700000000000000009', fields: 'price_info,product_id,sku_list' });
      expect(sent(request)).not.toHaveProperty('product_id');
      expect(sent(request)['sign']).toBe(md5Sign(sent(request)));
    },
  });
});

const ask = (answers: readonly StubAnswer[], changes: object = {}, id: string = ref.id): Promise<Asked> =>
  askProvider(openPlatform, {
    capability: 'product.get',
    ref: { ...ref, id },
    credential: { ...credential, ...changes },
    answers,
  });

test('a product comes with its SKUs, and says where it is from', async () => {
  const { answer, requests } = await ask([{ body: productText }], { path: 'product_info' });
  expect(requests).toHaveLength(1);
  expect(answer?.records.map((record) => record.record_type)).toEqual(['product', 'sku']);
  expect(answer?.records[0]).toMatchObject({
    product_id: ref.id,
    price_minor: 19900,
    price_unit_source: 'declared',
    api_provider: 'open-platform',
    api_endpoint: 'open-platform/open/api/v1/product/info',
  });
});

test('by SKU, an answer without that SKU is another’s', async () => {
  const { error } = await ask([{ body: productText }], { idParameter: 'sku_id' }, 'sku_9');
  expect(error).toMatchObject({ code: 'upstream', retryable: false, details: { advice: 'error_wrong_item' } });
  const { answer } = await ask([{ body: productText }], { idParameter: 'sku_id' }, 'sku_1');
  expect(answer?.records[0]).toMatchObject({ product_id: ref.id });
});

test('a wrong clock is named in minutes, of the time that was signed', async () => {
  const headers = { date: new Date(testTime - 20 * 60_000).toUTCString() };
  const { error } = await ask([says(10002, '签名错误', { headers })]);
  expect(error?.details.parameters).toEqual(['10002', '签名错误', '20']);
});

test.each([
  [10001, false],
  [10002, false],
  [10003, false],
  [10004, true],
  [10005, false],
  [10006, true],
  [99999, false],
])('trying %s again: %s', async (code, retryable) => {
  expect((await ask([says(code, '')])).error?.retryable).toBe(retryable);
});

test.each([
  ['no key', { appKey: ' ' }],
  ['no secret', { appSecret: '\u{200B}' }],
  ['http', { baseUrl: 'http://open.douyin.com' }],
  ['another path', { path: '/api/product/detail' }],
  ['fields with a query', { fields: 'price_info&sign=1' }],
  ['no calls per second', { callsPerSecond: '0' }],
  ['more than any level', { callsPerSecond: '101' }],
  ['more in a day than any level', { callsPerDay: '1000001' }],
])('%s is refused', (_name, changes) => {
  expect(z.safeParse(openPlatform.credential, { ...credential, ...changes }).success).toBe(false);
});

test('the limits are those of the app’s level', () => {
  const limitsOf = (changes: object) =>
    openPlatform.limits(z.parse(openPlatform.credential, { ...credential, ...changes }));
  expect(limitsOf({})).toMatchObject({ perSecond: 10, perDay: 10_000, dayZone: 'Asia/Shanghai' });
  expect(limitsOf({ callsPerSecond: '100', callsPerDay: '1000000' })).toMatchObject({
    perSecond: 100,
    perDay: 1_000_000,
  });
  expect(limitsOf({ callsPerSecond: '2' }).burst).toBeLessThanOrEqual(2);
});

function proveCredential(answer: StubAnswer): Promise<void> {
  const { http } = stubHttp(answer);
  return openPlatform.test({
    http,
    now: () => testTime,
    credential: z.parse(openPlatform.credential, credential),
    token: null,
    fresh: false,
    reportQuota: () => {},
  });
}

test('a credential is proved by any answer to a signed call', async () => {
  await expect(proveCredential({ body: productText })).resolves.toBeUndefined();
  await expect(proveCredential(says(10003, '商品不存在或已下架'))).resolves.toBeUndefined();
  await expect(proveCredential(says(10002, '签名错误'))).rejects.toMatchObject({ code: 'auth' });
  await expect(proveCredential(says(10005, '无权限'))).rejects.toMatchObject({ code: 'permission' });
});

const samples = sharedFixtures('base-apis');

describe.skipIf(!samples)(`the published sample${skippedNote(samples)}`, () => {
  const text = samples ? readFileSync(join(samples, 'douyin-open-product-detail.json'), 'utf8') : '{}';

  test('is read in full', async () => {
    const id = String(Reflect.get(Object(Reflect.get(Object(parseJson(text)), 'data')), 'product_id'));
    const { answer } = await ask([{ body: text }], {}, id);
    expect(answer?.records.map((record) => record.record_type)).toEqual(['product', 'sku']);
    expect(answer?.records[0]).toMatchObject({ price_minor: 19900, list_price_minor: 29900, sold_count: 150000 });
  });
});
