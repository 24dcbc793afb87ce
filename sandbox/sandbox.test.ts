import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Fault, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { parseParameters, verifySign } from './sign.ts';
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

function askGateway(
  apiName: string,
  parameters: Record<string, string>,
  host = 'api-gw.onebound.cn',
): Promise<TestAnswer> {
  const query = new URLSearchParams({ ...sandbox.credentials.gateway, ...parameters });
  return ask(sandbox.port, `https://${host}/douyin/${apiName}/?${query.toString()}`);
}

function askKeySecret(parameters: Record<string, string | number>, change: Json = {}): Promise<TestAnswer> {
  const { key, secret, baseUrl, apiName } = sandbox.credentials.keySecret;
  const all: Record<string, string | number> = { key, timestamp: Date.now(), ...parameters };
  // Only plain characters occur here, so that nothing needs quoting: no encoder is shared with the verifier.
  const pairs = Object.keys(all)
    .sort()
    .map((name) => `${name}=${all[name]}`);
  const sign = createHash('md5')
    .update(`${pairs.join('&')}&secret=${secret}`)
    .digest('hex')
    .toUpperCase();
  return ask(sandbox.port, `${baseUrl}/${apiName}`, {
    method: 'POST',
    body: JSON.stringify({ ...all, sign, ...change }),
  });
}

describe('the signature check', () => {
  // Computed with urllib.parse.urlencode and hashlib of Python 3.11; the parameters are JSON text, so that 1.0 stays 1.0.
  const vectors: [string, string, string, string][] = [
    [
      'a plain call',
      '{"key": "k1", "video_id": "7410000000000000001", "need_product": 1, "need_music": 0, "timestamp": 1790000000000}',
      'abc',
      '5CC3AAD80418D8CF6E2DABD19313B579',
    ],
    [
      'an earlier sign is left out',
      '{"key": "k1", "video_id": "7410000000000000001", "need_product": 1, "need_music": 0, "timestamp": 1790000000000, "sign": "OLD"}',
      'abc',
      '5CC3AAD80418D8CF6E2DABD19313B579',
    ],
    ['space, plus, star, tilde, slash', '{"q": "a b+c*d~e/f", "key": "k1"}', 'abc', '1EF2A59F77219998FAA77C93E102C1A9'],
    [
      'apostrophe, brackets, exclamation mark',
      '{"q": "it\'s (new)! [x]", "key": "k1"}',
      'abc',
      '2FD5C82B563371F7417AB2E07C1A3104',
    ],
    ['the secret as it is', '{"key": "k1"}', 'S3cret*~ +/=&key', '2F11E87785FBAB1B597D150640AF8CA4'],
    [
      'code points, not UTF-16 units',
      '{"\u{1F600}": "1", "\uFFFD": "2", "a": "3"}',
      'abc',
      '56B76B1268335E75DFD82A79F69F637F',
    ],
    [
      'capitals before small letters',
      '{"b": "1", "B": "2", "a": "3", "A": "4", "_": "5", "1": "6"}',
      'abc',
      '2DAD0698C06041BBD729881AD9E354E9',
    ],
    ['emoji, Chinese, Arabic', '{"q": "✨手作 قهوة"}', 'abc', 'C122547FF0215C70806904C8932F6A23'],
    ['an empty value', '{"q": "", "key": "k1"}', 'abc', 'BA438895CDDBDD7EF9B823F5AB61A9FF'],
    ['null and booleans', '{"a": null, "b": true, "c": false}', 'abc', '669852EE73F982D1313AF2799B7EB282'],
    ['fractions', '{"a": 1.0, "b": 1e+16, "c": 1e-05, "d": -2.5}', 'abc', '382715605B83F0DE8BE45CEE8F1D9175'],
    ['a name that needs quoting', '{"a b&c=d": "1"}', 'abc', 'B06061318CB737B1FDE14104D8F910D7'],
  ];
  it.each(vectors)('accepts %s', (_name, text, secret, sign) => {
    expect(verifySign(parseParameters(text) ?? {}, secret, sign)).toBe(true);
  });
  it.each(vectors)('rejects %s when one letter, the secret or a value differs', (_name, text, secret, sign) => {
    const parameters = parseParameters(text) ?? {};
    expect(verifySign(parameters, secret, sign.toLowerCase())).toBe(false);
    expect(verifySign(parameters, `${secret} `, sign)).toBe(false);
    expect(verifySign({ ...parameters, extra: '' }, secret, sign)).toBe(false);
  });
  it('rejects what cannot be encoded or signed', () => {
    expect(verifySign({ q: '\uD800' }, 'abc', 'x')).toBe(false);
    expect(verifySign({ q: { nested: 1 } }, 'abc', 'x')).toBe(false);
    expect(parseParameters('[1]')).toBeNull();
    expect(parseParameters('no json')).toBeNull();
  });
});

describe('the key-secret API', () => {
  it('answers a signed call from the world', async () => {
    const post = sandbox.world.post(sandbox.world.ids.tiktok.withProducts);
    const answer = parse(await askKeySecret({ video_id: post?.id ?? '', need_product: 1, need_music: 1 }));
    expect(answer).toMatchObject({
      code: 0,
      data: {
        video_id: post?.id,
        play_count: post?.counts.plays,
        favorite_count: post?.counts.saves,
        duration: (post?.durationMs ?? 0) / 1000,
        hashtags: post?.hashtags,
        products: post?.products.map((product) => ({ product_id: product.id })),
        music: { music_id: post?.music.id },
        status: 0,
      },
    });
    expect(sandbox.calls).toHaveLength(1);
    expect(sandbox.calls[0]).toMatchObject({
      api: 'key-secret',
      verdict: 'ok',
      itemId: post?.id,
      headers: { cookie: null },
    });
  });
  it('has hashtags null, a withdrawn post, empty data, and three forms of success', async () => {
    const { nullHashtags, withdrawn, missing, video } = sandbox.world.ids.tiktok;
    expect(parse(await askKeySecret({ video_id: nullHashtags }))).toMatchObject({
      data: { hashtags: null, products: null },
    });
    expect(parse(await askKeySecret({ video_id: withdrawn }))).toMatchObject({ data: { status: 1 } });
    expect(parse(await askKeySecret({ video_id: missing }))).toMatchObject({ code: 0, data: {} });
    expect(sandbox.calls.at(-1)?.verdict).toBe('not_found');
    sandbox.setAnswerForm('code-as-text');
    expect(parse(await askKeySecret({ video_id: video }))['code']).toBe('0');
    sandbox.setAnswerForm('status');
    expect(parse(await askKeySecret({ video_id: video }))).toMatchObject({
      status: 'success',
      data: { video_id: video },
    });
  });
  it('tells wrong key, wrong sign, stale and malformed times apart', async () => {
    const video_id = sandbox.world.ids.tiktok.video;
    expect(parse(await askKeySecret({ video_id, key: 'other' }))['code']).toBe(40101);
    expect(parse(await askKeySecret({ video_id }, { sign: 'A'.repeat(32) }))['code']).toBe(40102);
    expect(parse(await askKeySecret({ video_id }, { video_id: '1' }))['code']).toBe(40102);
    expect(parse(await askKeySecret({ video_id, timestamp: Date.now() - 301_000 }))['code']).toBe(40103);
    expect(parse(await askKeySecret({ video_id, timestamp: Date.now() + 301_000 }))['code']).toBe(40103);
    expect(parse(await askKeySecret({ video_id, timestamp: Date.now() - 290_000 }))['code']).toBe(0);
    expect(parse(await askKeySecret({ video_id, timestamp: String(Date.now()) }))['code']).toBe(40104);
    expect(parse(await askKeySecret({ video_id, timestamp: Math.floor(Date.now() / 1000) }))['code']).toBe(40104);
    expect(parse(await askKeySecret({}))['code']).toBe(40001);
    expect(sandbox.calls.map((call) => call.verdict)).toEqual([
      'wrong_key',
      'bad_sign',
      'bad_sign',
      'stale_timestamp',
      'stale_timestamp',
      'ok',
      'bad_timestamp',
      'bad_timestamp',
      'missing_parameter',
    ]);
  });
});

describe('the gateway', () => {
  it('answers a video without counts and times, with tracking in its address, translated on demand', async () => {
    const post = sandbox.world.post(sandbox.world.ids.douyin.video);
    const answer = parse(await askGateway('item_get_video', { item_id: post?.id ?? '' }));
    expect(answer).toMatchObject({
      error_code: '0000',
      cache: 0,
      translate_language: 'zh-CN',
      item: { num_iid: post?.id, title: post?.caption },
    });
    expect(JSON.stringify(answer['item'])).toMatch(/u_code=0&did=MS4w.*&iid=MS4w/);
    expect(JSON.stringify(answer)).not.toMatch(/digg|play_count|create_time/);
    const english = parse(await askGateway('item_get_video', { item_id: post?.id ?? '', lang: 'en' }));
    expect(english).toMatchObject({ translate_language: 'en', item: { title: post?.captionInEnglish } });
  });
  it('answers a product in fen, from its cache unless a fresh one is asked', async () => {
    const { product: num_iid } = sandbox.world.ids.douyin;
    const product = sandbox.world.product(num_iid);
    const first = parse(await askGateway('item_get', { num_iid, cache: 'yes' }));
    expect(first).toMatchObject({
      cache: 0,
      item: {
        product_id: num_iid,
        discount_price: product?.priceMinor,
        sell_num: product?.soldText,
        weight: '0.00',
        end_time: 2145888000,
      },
    });
    expect(first).not.toHaveProperty('secache_time');
    const second = parse(await askGateway('item_get', { num_iid, cache: 'yes' }));
    expect(second).toMatchObject({ cache: 1, item: first['item'] });
    expect(second['secache_date']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(parse(await askGateway('item_get', { num_iid, cache: 'no' }))['cache']).toBe(0);
    expect(first['api_info']).toMatch(/^today:1 max:10100 all\[51=1\+19\+31\];expires:2030-12-31$/);
    expect(second['api_info']).toMatch(/^today:2 /);
  });
  it('refuses as the real one does', async () => {
    const { product: num_iid, missing, missingProduct } = sandbox.world.ids.douyin;
    const wrongKey = await askGateway('item_get', { num_iid, key: 'nobody' });
    expect(wrongKey.headers['content-type']).toContain('utf-8');
    expect(new TextDecoder('gbk').decode(wrongKey.bytes)).toBe('密钥错误或不存在');
    expect(() => JSON.parse(wrongKey.text)).toThrow();
    expect(parse(await askGateway('item_get', { num_iid, secret: 'x' }))['error_code']).toBe('4005');
    expect(parse(await askGateway('item_get', {}))['error_code']).toBe('4014');
    expect(parse(await askGateway('item_get', { num_iid: 'abc' }))['error_code']).toBe('4003');
    expect(parse(await askGateway('item_fly', { num_iid }))['error_code']).toBe('4010');
    expect(parse(await askGateway('item_get', { num_iid: missingProduct }))).toMatchObject({
      error_code: '2000',
      error: 'item-not-found',
      reason: '商品没找到',
      success: 0,
    });
    expect(parse(await askGateway('item_get_video', { item_id: missing }))).toMatchObject({
      error_code: '2000',
      reason: '没找到',
    });
    expect(sandbox.calls.map((call) => call.verdict)).toEqual([
      'wrong_key',
      'wrong_secret',
      'missing_parameter',
      'bad_parameter',
      'unknown_api',
      'not_found',
      'not_found',
    ]);
  });
});

const video = (host?: string): Promise<TestAnswer> =>
  askGateway('item_get_video', { item_id: sandbox.world.ids.douyin.video }, host);

describe('faults', () => {
  const cases: [Fault, (answer: TestAnswer) => void][] = [
    [{ kind: 'status', status: 503 }, (answer) => expect(answer.status).toBe(503)],
    [
      { kind: 'rate_limit', retryAfter: 7 },
      (answer) => expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7']),
    ],
    [{ kind: 'wrong_key_gbk' }, (answer) => expect(answer.bytes.toString('hex')).toMatch(/^c3dcd4bf/)],
    [{ kind: 'truncated' }, (answer) => expect(() => JSON.parse(answer.text)).toThrow()],
    [{ kind: 'html' }, (answer) => expect([answer.status, answer.text.slice(0, 9)]).toEqual([200, '<!doctype'])],
    [{ kind: 'oversize', bytes: 3_000_000 }, (answer) => expect(answer.bytes.length).toBeGreaterThan(3_000_000)],
    [
      { kind: 'redirect', location: 'https://evil.test/' },
      (answer) => expect([answer.status, answer.headers['location']]).toEqual([302, 'https://evil.test/']),
    ],
  ];
  it.each(cases)('both APIs: %o', async (fault, expectation) => {
    sandbox.setFault('gateway', fault, 1);
    sandbox.setFault('key-secret', fault, 1);
    expectation(await video());
    expectation(await askKeySecret({ video_id: sandbox.world.ids.tiktok.video }));
    expect(sandbox.calls.map((call) => call.checked)).toEqual(['ok', 'ok']);
    expect(sandbox.calls[0]?.verdict).toMatch(new RegExp(`^${fault.kind}`));
    expect(parse(await video())['error_code']).toBe('0000');
  });
  it('used-up quota leaks the key, and any code can be had', async () => {
    sandbox.setFault('gateway', { kind: 'quota' }, 1);
    expect(parse(await video())).toMatchObject({
      error_code: '4013',
      reason: `Key[${sandbox.credentials.gateway.key}]已超量`,
    });
    sandbox.setFault('gateway', { kind: 'code', code: '4017' }, 1);
    expect(parse(await video())).toMatchObject({ error_code: '4017', reason: 'API请求超时' });
    sandbox.setFault('key-secret', { kind: 'code', code: '50001', reason: 'busy' }, 1);
    expect(parse(await askKeySecret({ video_id: '7' }))).toEqual({ code: 50001, msg: 'busy' });
  });
  it('another item, a dead socket, a slow answer', async () => {
    sandbox.setFault('gateway', { kind: 'wrong_item' }, 1);
    const item = parse(await video())['item'];
    expect(item).toHaveProperty('num_iid');
    expect(item).not.toMatchObject({ num_iid: sandbox.world.ids.douyin.video });
    sandbox.setFault('gateway', { kind: 'dead' }, 1);
    await expect(video()).rejects.toThrow();
    sandbox.setFault('gateway', { kind: 'slow', ms: 120 }, 1);
    const start = Date.now();
    expect(parse(await video())['error_code']).toBe('0000');
    expect(Date.now() - start).toBeGreaterThanOrEqual(115);
  });
  it('can be for one host or one item, and be taken back', async () => {
    sandbox.setFault('gateway', { kind: 'status', status: 500, host: 'api-gw.onebound.cn' });
    expect((await video()).status).toBe(500);
    expect((await video('api-2.onebound.cn')).status).toBe(200);
    sandbox.setFault('gateway', { kind: 'status', status: 502, itemId: '1' });
    expect((await video('api-2.onebound.cn')).status).toBe(200);
    sandbox.setFault('gateway', null);
    expect((await video()).status).toBe(200);
  });
  it('a prepared answer travels through, but only with the right credentials', async () => {
    const body = '{"item":{"num_iid":"1"},"error_code":"0000"}';
    sandbox.serveAnswer('gateway', 'item_get_video', body);
    sandbox.serveAnswer('key-secret', 'item_get_video', '{"code":0}');
    expect((await video()).text).toBe(body);
    expect((await askKeySecret({ video_id: '7' })).text).toBe('{"code":0}');
    expect(parse(await askKeySecret({ video_id: '7' }, { sign: '' }))['code']).toBe(40102);
    sandbox.serveAnswer('gateway', 'item_get_video', null);
    expect((await video()).text).not.toBe(body);
  });
});

describe('the controls and the proxy', () => {
  it('the control host does what the functions do', async () => {
    const order = (path: string, body: unknown): Promise<TestAnswer> =>
      ask(sandbox.port, `https://control.clipscope.test${path}`, { method: 'POST', body: JSON.stringify(body) });
    await order('/fault', { api: 'gateway', fault: { kind: 'status', status: 500 }, times: 1 });
    expect((await askGateway('item_get', { num_iid: '11111' })).status).toBe(500);
    await order('/page', { url: 'https://www.tiktok.com/@a/video/7?x=1', html: '<p>one</p>' });
    expect((await ask(sandbox.port, 'https://www.tiktok.com/@a/video/7?x=1')).text).toBe('<p>one</p>');
    expect((await order('/nothing', {})).status).toBe(400);
    expect((await ask(sandbox.port, 'https://control.clipscope.test/calls')).text).toContain('status_500');
    await order('/reset', {});
    expect(sandbox.calls).toEqual([]);
  });
  it('leads every host to the sandbox', async () => {
    const line = await new Promise<string>((resolve, reject) => {
      const socket = connect(sandbox.proxyPort, '127.0.0.1', () =>
        socket.write('CONNECT anything.test:443 HTTP/1.1\r\nHost: anything.test\r\n\r\n'),
      );
      socket.on('data', (chunk: Buffer) => {
        resolve(chunk.toString('utf8').split('\r\n')[0] ?? '');
        socket.destroy();
      });
      socket.on('error', reject);
    });
    expect(line).toBe('HTTP/1.1 200 Connection Established');
  });
});
