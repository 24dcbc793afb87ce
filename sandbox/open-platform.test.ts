import { createHash, createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import type { TestAnswer } from './test-client.ts';
import { ask } from './test-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

type Json = Record<string, unknown>;
const parse = (answer: TestAnswer): Json => JSON.parse(answer.text);
const now = (): string => String(Math.floor(Date.now() / 1000));

interface Call {
  readonly method?: string;
  readonly path?: string;
  readonly type?: string;
  /** Sent as given, instead of the signature of the rest. */
  readonly sign?: string;
  /** Changed after the signature. */
  readonly change?: Record<string, string>;
}

/** One call; names and values here are plain, so that sorting them is all there is to signing. */
function call(parameters: Record<string, string>, given: Call = {}): Promise<TestAnswer> {
  const { appKey, appSecret } = sandbox.credentials.openPlatform;
  const all: Record<string, string> = { app_key: appKey, timestamp: now(), ...parameters };
  const text = Object.keys(all)
    .sort()
    .map((name) => name + all[name])
    .join('');
  const digest =
    all['sign_method'] === 'hmac-sha256'
      ? createHmac('sha256', appSecret).update(text)
      : createHash('md5').update(appSecret + text + appSecret);
  const sent = { ...all, sign: given.sign ?? digest.digest('hex').toUpperCase(), ...given.change };
  const query = new URLSearchParams(sent).toString();
  const address = `https://open.douyin.com${given.path ?? '/api/product/detail'}`;
  const method = given.method ?? 'GET';
  if (method !== 'POST') return ask(sandbox.port, `${address}?${query}`, { method });
  const type = given.type ?? 'application/x-www-form-urlencoded';
  const body = type === 'application/json' ? JSON.stringify(sent) : query;
  return ask(sandbox.port, address, { method, body, headers: { 'content-type': type } });
}

const product_id = (): string => sandbox.world.ids.douyin.product;
const verdict = (): string | undefined => sandbox.calls.at(-1)?.verdict;

describe('the open platform', () => {
  it.each<[string, Record<string, string>, Call]>([
    ['GET and MD5', {}, {}],
    ['GET and HMAC', { sign_method: 'hmac-sha256' }, {}],
    ['MD5 by name', { sign_method: 'md5' }, {}],
    ['the other path', {}, { path: '/open/api/v1/product/info' }],
    ['a form', {}, { method: 'POST' }],
    ['a form and HMAC', { sign_method: 'hmac-sha256' }, { method: 'POST' }],
    ['JSON', {}, { method: 'POST', type: 'application/json' }],
  ])('answers a signed call: %s', async (_name, parameters, given) => {
    const answer = parse(await call({ product_id: product_id(), ...parameters }, given));
    const product = sandbox.world.product(product_id());
    expect(answer).toMatchObject({
      code: 0,
      data: {
        product_id: product?.id,
        product_name: product?.title,
        price_info: { sale_price: product?.priceMinor, price_unit: '分' },
      },
    });
    expect(sandbox.calls).toHaveLength(1);
    expect(sandbox.calls[0]).toMatchObject({
      api: 'open-platform',
      verdict: 'ok',
      itemId: product_id(),
      method: given.method ?? 'GET',
      apiName: given.path ? 'product/info' : 'product/detail',
    });
  });

  it('finds a product by one of its SKUs, and answers with the fields asked for only', async () => {
    const { data } = parse(await call({ product_id: product_id(), fields: 'product_id,sku_list' }));
    expect(Object.keys(Object(data))).toEqual(['product_id', 'sku_list']);
    const [, second] = Reflect.get(Object(data), 'sku_list');
    const bySku = parse(await call({ sku_id: second.sku_id, fields: 'product_id' }));
    expect(bySku).toMatchObject({ code: 0, data: { product_id: product_id() } });
    expect(parse(await call({ sku_id: '1799999999999999999' }))).toMatchObject({ code: 10003 });
  });

  it('has distinct ids for all SKUs of the world', async () => {
    const products = sandbox.world.products.filter((one) => one.platform === 'douyin' && one.status === 'on_sale');
    const answers = await Promise.all(products.map(({ id }) => call({ product_id: id, fields: 'sku_list' })));
    const ids = answers.flatMap((answer) => [...answer.text.matchAll(/"sku_id":"(\d{19})"/g)].map((match) => match[1]));
    expect(ids.length).toBeGreaterThan(products.length);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each<[string, string, number, () => Promise<TestAnswer>]>([
    ['wrong_key', 'another app', 10002, () => call({ product_id: product_id() }, { change: { app_key: '1' } })],
    ['bad_sign', 'another sign', 10002, () => call({ product_id: product_id() }, { sign: 'A'.repeat(32) })],
    ['bad_sign', 'a value changed', 10002, () => call({ product_id: product_id() }, { change: { fields: 'images' } })],
    [
      'bad_sign',
      'the MD5 sign under the other method',
      10002,
      () => call({ product_id: product_id() }, { change: { sign_method: 'hmac-sha256' } }),
    ],
    ['bad_parameter', 'a method that is none', 10001, () => call({ product_id: product_id(), sign_method: 'rot13' })],
    ['bad_timestamp', 'milliseconds', 10001, () => call({ product_id: product_id(), timestamp: String(Date.now()) })],
    [
      'stale_timestamp',
      'a clock 5 minutes behind',
      10002,
      () => call({ product_id: product_id(), timestamp: String(Number(now()) - 302) }),
    ],
    [
      'stale_timestamp',
      'a clock 5 minutes ahead',
      10002,
      () => call({ product_id: product_id(), timestamp: String(Number(now()) + 302) }),
    ],
    ['missing_parameter', 'no id', 10001, () => call({})],
    ['bad_parameter', 'an id that is none', 10001, () => call({ product_id: 'abc' })],
    ['bad_method', 'another method', 10001, () => call({ product_id: product_id() }, { method: 'PUT' })],
    ['bad_body', 'a body of another type', 10001, () => call({}, { method: 'POST', type: 'text/plain' })],
    ['not_found', 'a product that is none', 10003, () => call({ product_id: sandbox.world.ids.douyin.missingProduct })],
    ['not_found', 'a withdrawn one', 10003, () => call({ product_id: sandbox.world.ids.douyin.offShelfProduct })],
  ])('%s: %s', async (expected, _name, code, make) => {
    const answer = await make();
    expect(answer.status).toBe(200);
    expect(parse(answer)).toMatchObject({ code });
    expect(verdict()).toBe(expected);
  });

  it('tolerates a clock that is 4 minutes off', async () => {
    const timestamp = String(Number(now()) - 240);
    expect(parse(await call({ product_id: product_id(), timestamp }))).toMatchObject({ code: 0 });
  });

  it.each<[Fault, Json]>([
    [{ kind: 'rate_limit', retryAfter: 3 }, { code: 10004 }],
    [{ kind: 'quota' }, { code: 10004 }],
    [
      { kind: 'code', code: '10005' },
      { code: 10005, message: '无权限' },
    ],
    [
      { kind: 'code', code: '10006', reason: 'busy' },
      { code: 10006, message: 'busy' },
    ],
    [{ kind: 'wrong_item' }, { code: 0 }],
  ])('fails on demand: $kind', async (fault, expected) => {
    sandbox.setFault('open-platform', fault, 1);
    const answer = await call({ product_id: product_id() });
    expect(parse(answer)).toMatchObject(expected);
    expect(parse(answer)).not.toMatchObject({ data: { product_id: product_id() } });
    if (fault.kind === 'rate_limit') expect(answer.headers['retry-after']).toBe('3');
    expect(sandbox.calls.at(-1)).toMatchObject({ checked: 'ok' });
    expect(parse(await call({ product_id: product_id() }))).toMatchObject({ data: { product_id: product_id() } });
  });

  it('has the faults of the others: a status, half an answer, one id only', async () => {
    sandbox.setFault('open-platform', { kind: 'status', status: 503, itemId: '12345' });
    expect((await call({ product_id: product_id() })).status).toBe(200);
    expect((await call({ product_id: '12345' })).status).toBe(503);
    sandbox.setFault('open-platform', null);
    sandbox.setFault('open-platform', { kind: 'truncated' }, 1);
    const answer = await call({ product_id: product_id() });
    expect(() => parse(answer)).toThrow(SyntaxError);
  });

  it('answers with a text that a test sets, after the check', async () => {
    sandbox.serveAnswer('open-platform', 'product/detail', '{"code":0,"data":{"product_id":"99999"}}');
    expect(parse(await call({ product_id: '99999' }))).toEqual({ code: 0, data: { product_id: '99999' } });
    expect(parse(await call({ product_id: '99999' }, { sign: 'X' }))).toMatchObject({ code: 10002 });
  });

  it('is at its two paths only', async () => {
    const answer = await call({ product_id: product_id() }, { path: '/api/other' });
    expect(answer.status).toBe(404);
    expect(sandbox.calls).toHaveLength(0);
  });
});
