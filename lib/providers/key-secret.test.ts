import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseJson } from '../core/lossless-json.ts';
import { recordRef } from '../core/observation.ts';
import { signingSchemes } from '../signing/canonical.ts';
import { askProvider, type ProviderCase, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import { keySecret } from './key-secret.ts';

const credential = {
  key: ' planted_key_4711 ',
  secret: 'planted*~ secret+/=&4712\n',
  baseUrl: 'https://gateway.invented.test/tiktok/',
  apiName: '',
  needProduct: 'yes',
  needMusic: 'yes',
};
const success = JSON.parse(
  readFileSync(new URL('../payloads/fixtures/key-secret-video.json', import.meta.url), 'utf8'),
);
const found = JSON.parse(readFileSync(new URL('../payloads/fixtures/key-secret-search.json', import.meta.url), 'utf8'));
const ref = { platform: 'tiktok', kind: 'post', id: '7401000111222333444' } as const;
const received = testTime + 250;
const says = (code: unknown, msg: string, status = 200): StubAnswer => ({
  status,
  body: JSON.stringify({ code, msg }),
});

/** The parameters of a body that is signed as it should be. */
function signedParameters(body: string): Record<string, unknown> {
  const parameters = JSON.parse(body);
  expect(parameters).toMatchObject({ key: 'planted_key_4711', timestamp: testTime });
  // The number must stay one.
  expect(body).toContain(`"timestamp":${testTime}`);
  const { sign } = signingSchemes['md5-urlencode-secret'].sign(parameters, 'planted*~ secret+/=&4712');
  expect(parameters.sign).toBe(sign);
  return parameters;
}

const badAnswers = {
  'a wrong key': [says(40101, 'invalid key'), 'auth', 'error_key_secret_key'],
  'a wrong sign': [says(40102, 'sign error'), 'auth', 'error_key_secret_sign'],
  'a wrong sign in Chinese': [says('E2', '签名错误'), 'auth', 'error_key_secret_sign'],
  'an old timestamp': [says(40103, 'sign timestamp expired'), 'auth', 'error_key_secret_clock'],
  'an old timestamp, and a clock that is off': [
    { body: '{"code":1,"msg":"timestamp expired"}', headers: { date: new Date(testTime - 600_000).toUTCString() } },
    'auth',
    'error_key_secret_clock_off',
  ],
  'no permission': [says(403, '权限不足'), 'auth', 'error_key_secret_permission'],
  'HTTP 401': [{ status: 401, body: '{"code":1,"msg":"no"}' }, 'auth', 'error_key_secret_key'],
  'HTTP 403': [{ status: 403, body: '{"code":1,"message":"no"}' }, 'auth', 'error_key_secret_permission'],
  'HTTP 401 without JSON': [{ status: 401, body: 'Unauthorized' }, 'auth', 'error_http_auth'],
  'HTTP 429': [says(42900, 'too many requests', 429), 'rate_limited', 'error_key_secret_rate', received + 15_000],
  'HTTP 429 with seconds': [
    { status: 429, body: '{"code":1}', headers: { 'retry-after': '7' } },
    'rate_limited',
    'error_key_secret_rate',
    received + 7_000,
  ],
  'HTTP 429 without JSON': [{ status: 429, body: '' }, 'rate_limited', null, received + 15_000],
  'words about the rate': [
    says(1, 'Request frequency limit, wait 15s'),
    'rate_limited',
    'error_key_secret_rate',
    received + 15_000,
  ],
  'words about the quota': [says(40301, 'Key[planted…] quota exceeded'), 'quota_exhausted', 'error_key_secret_quota'],
  'an API that does not exist': [
    says(40400, 'api item_get_video does not exist'),
    'unsupported',
    'error_key_secret_address',
  ],
  'other words': [says(50001, 'something else'), 'upstream', 'error_key_secret_other'],
  'neither code nor status': [
    { body: '{"data":{"video_id":"7401000111222333444"}}' },
    'schema',
    'error_key_secret_shape',
  ],
  'neither, with HTTP 500': [{ status: 500, body: '{}' }, 'upstream', 'error_http_status'],
  'HTTP 404': [{ status: 404, body: 'Not Found' }, 'upstream', 'error_http_address'],
  'a page of HTML': [{ body: '<html>' }, 'upstream', 'error_answer_html'],
  'an answer cut off': [{ body: '{"code":0,"data":{"vid' }, 'schema', 'error_answer_truncated'],
} satisfies ProviderCase['errors'];

describe('post.get', () => {
  testProvider({
    name: 'video',
    provider: keySecret,
    capability: 'post.get',
    ref,
    credential,
    success,
    required: ['code', 'data', 'data.video_id'],
    request(request) {
      expect(request.method).toBe('POST');
      expect(request.url).toBe('https://gateway.invented.test/tiktok/item_get_video');
      expect(request.headers).toMatchObject({ 'content-type': 'application/json' });
      expect(signedParameters(request.body ?? '')).toEqual({
        key: 'planted_key_4711',
        video_id: ref.id,
        need_product: 1,
        need_music: 1,
        timestamp: testTime,
        sign: expect.any(String),
      });
    },
    errors: {
      ...badAnswers,
      'a video that does not exist': [says(404, 'video does not exist'), 'not_found', 'error_key_secret_not_found'],
      'an empty object': [
        { body: '{"code":"0","msg":"success","data":{}}' },
        'not_found',
        'error_key_secret_not_found',
      ],
      'no data': [{ body: '{"status":"success"}' }, 'not_found', 'error_key_secret_not_found'],
      'an id that is none': [{ body: '{"code":0,"data":{"video_id":"x"}}' }, 'schema', 'error_answer_unreadable'],
      'another video': [
        { body: '{"code":0,"data":{"video_id":"7401000111222333000"}}' },
        'upstream',
        'error_wrong_item',
      ],
    },
    withCode: (code, words) => JSON.stringify({ code, message: words }),
  });
});

describe('post.search', () => {
  testProvider({
    name: 'posts',
    provider: keySecret,
    capability: 'post.search',
    ref,
    list: { platform: 'tiktok', subject: null, query: { q: " rye b+r*e~ad 面包 it's 👩‍🍳 " } },
    credential,
    success: found,
    required: ['code', 'data', 'data.items', 'data.items.0', 'data.items.0.video_id'],
    request(request) {
      expect(request.method).toBe('POST');
      expect(request.url).toBe('https://gateway.invented.test/tiktok/item_search_video');
      expect(signedParameters(request.body ?? '')).toEqual({
        key: 'planted_key_4711',
        q: "rye b+r*e~ad 面包 it's 👩‍🍳",
        page: 1,
        timestamp: testTime,
        sign: expect.any(String),
      });
    },
    errors: {
      ...badAnswers,
      'entries that are none': [
        { body: '{"code":0,"data":{"items":[{"title":"x"}]}}' },
        'schema',
        'error_answer_unreadable',
      ],
    },
    withCode: (code, words) => JSON.stringify({ code, message: words }),
  });

  const search = (json: unknown, query: Record<string, string> = { q: 'rye' }, cursor: string | null = null) =>
    askProvider(keySecret, {
      capability: 'post.search',
      ref,
      request: { platform: 'tiktok', subject: null, query },
      credential: { ...credential, apiName: 'v2/item_get_video' },
      answers: [{ body: JSON.stringify(json) }],
      cursor,
    });
  const { items } = found.data;

  test('lies beside the call for one post', async () => {
    expect((await search(found)).requests[0]?.url).toBe('https://gateway.invented.test/tiktok/v2/item_search_video');
  });

  test.each([
    ['data.items', { code: 0, data: { items } }],
    ['data.list', { code: '0', data: { list: items } }],
    ['data.items.item', { status: 'success', data: { items: { item: items } } }],
    ['data.item', { code: 0, data: { item: items } }],
    ['data itself', { code: 0, data: items }],
    ['items.item', { code: 0, items: { item: items } }],
    ['item.item', { code: 0, item: { item: items } }],
  ])('the list may be at %s', async (_place, json) => {
    const { answer } = await search(json);
    expect(answer?.records.map((record) => recordRef(record).id)).toEqual([
      ref.id,
      '1729000000000000001',
      '7401000111222333555',
    ]);
    expect(answer?.records[0]).toMatchObject({ api_endpoint: 'key-secret/v2/item_search_video', availability: 'ok' });
  });

  test.each<[string, object, string | null, string | null]>([
    ['there is more', { has_more: 1 }, null, '2'],
    ['more, as a boolean, on a short page', { has_more: true, page_size: 20 }, '2', '3'],
    ['no more', { has_more: 0, page_size: 2 }, null, null],
    ['no more, as a boolean', { has_more: false }, '4', null],
    ['a short page', { page_size: 20 }, null, null],
    ['the last page', { page_count: '3', page: 3 }, '3', null],
    ['the first page again', { page: 1 }, '2', null],
    ['nothing said', {}, '7', '8'],
  ])('%s', async (_name, numbers, cursor, expected) => {
    expect((await search({ code: 0, data: { items, ...numbers } }, { q: 'rye' }, cursor)).answer?.cursor).toBe(
      expected,
    );
  });

  test.each([
    ['an empty object', { code: 0, data: {} }],
    ['an empty list', { code: 0, data: { items: [], has_more: 1 } }],
    ['null', { code: 0, data: null }],
  ])('nothing found is an empty page: %s', async (_name, json) => {
    expect((await search(json)).answer).toEqual({ records: [], cursor: null });
  });

  test.each([
    [{ q: ' ' }, null, null],
    [{ q: 'a\uD800' }, null, 'error_parameter_unsignable'],
    [{ q: 'rye' }, '0', null],
    [{ q: 'rye' }, 'next', null],
  ])('no call is spent on %j at %s', async (query, cursor, advice) => {
    const { error, requests } = await search(found, query, cursor);
    expect(error?.code).toBe('bad_request');
    expect(error?.details.advice ?? null).toBe(advice);
    expect(requests).toEqual([]);
  });
});

const ask = (answers: readonly StubAnswer[], changes: object = {}) =>
  askProvider(keySecret, { capability: 'post.get', ref, credential: { ...credential, ...changes }, answers });

test.each([
  ['code 0', { code: 0, msg: 'success' }],
  ['code "0"', { code: '0' }],
  ['status "success"', { status: 'success' }],
  ['status "success" beside another code', { status: 'success', code: 200 }],
])('success is %s', async (_name, head) => {
  const { answer } = await ask([{ body: JSON.stringify({ ...head, data: success.data }) }]);
  expect(answer?.records[0]).toMatchObject({ post_id: ref.id, api_endpoint: 'key-secret/item_get_video' });
});

test('flags and the name of the call are settings', async () => {
  const { requests } = await ask([{ body: JSON.stringify(success) }], {
    apiName: 'v2/item_get',
    needProduct: 'no',
    needMusic: 'no',
  });
  expect(requests[0]?.url).toBe('https://gateway.invented.test/tiktok/v2/item_get');
  expect(parseJson(requests[0]?.body ?? '')).toMatchObject({ need_product: 0, need_music: 0 });
});

test.each([
  ['video_id', ref.id],
  ['item_id', ref.id],
  ['share_url', `https://www.tiktok.com/@/video/${ref.id}`],
])('a post is named by %s', async (postName, expected) => {
  const { answer, requests } = await ask([{ body: JSON.stringify(success) }], { postName });
  const parameters = signedParameters(requests[0]?.body ?? '');
  expect(Object.keys(parameters).sort()).toEqual(
    ['key', 'need_music', 'need_product', postName, 'sign', 'timestamp'].sort(),
  );
  expect(parameters[postName]).toBe(expected);
  expect(answer?.records[0]).toMatchObject({ post_id: ref.id });
});

test('an answer may name the post by item_id alone', async () => {
  const { video_id: item_id, ...data } = success.data;
  const { answer } = await ask([{ body: JSON.stringify({ code: 0, data: { ...data, item_id } }) }]);
  expect(answer?.records[0]).toMatchObject({ post_id: ref.id, view_count: 1_234_567 });
});

test('withdrawn, unknown and normal are told apart, copyright and music as they are given', async () => {
  const read = async (changes: object) => {
    const json = { ...success, data: { ...success.data, ...changes } };
    return (await ask([{ body: JSON.stringify(json) }])).answer?.records[0];
  };
  expect(await read({})).toMatchObject({
    availability: 'ok',
    copyright_type: 'original',
    music_id: '7300000000000000009',
    music_title: 'Original sound',
    music_duration_ms: 60_000,
    duration_ms: 61_500,
  });
  expect(await read({ status: 2, copyright_type: 3 })).toMatchObject({ availability: 'removed', copyright_type: '3' });
  expect(await read({ status: undefined, copyright_type: undefined, music: null })).toMatchObject({
    availability: 'unknown',
    copyright_type: null,
    music_id: null,
  });
});

test('linked products come along', async () => {
  const { answer } = await ask([{ body: JSON.stringify(success) }]);
  expect(answer?.records).toMatchObject([
    { record_type: 'post', has_product_link: true, product_ids: ['1729000000000000001', '1729000000000000002'] },
    {
      record_type: 'product',
      product_id: '1729000000000000001',
      product_name: 'Proofing basket',
      price_minor: 1290,
      currency: 'USD',
      shop_name: 'Invented Kitchen',
      availability: 'unknown',
    },
  ]);
});

test('the difference of the clocks is named in minutes', async () => {
  const headers = { date: new Date(testTime + 7 * 60_000).toUTCString() };
  const { error } = await ask([{ body: '{"code":1,"msg":"timestamp expired"}', headers }]);
  expect(error?.details.parameters).toEqual(['1', 'timestamp expired', '7']);
});

test('a code stays with its words', async () => {
  const { error } = await ask([says(50001, 'planet is\n on <b>fire</b>')]);
  expect(error).toMatchObject({
    code: 'upstream',
    details: {
      upstreamCode: '50001',
      upstreamMessage: 'planet is on fire',
      parameters: ['50001', 'planet is on fire'],
    },
  });
});

test.each([
  [50001, 'something else', 200, false],
  [50001, 'system busy, try again later', 200, true],
  [50002, '请求超时', 200, true],
  [50001, 'something else', 502, true],
  [404, 'video does not exist', 200, false],
])('code %s "%s" with HTTP %s is asked for again: %s', async (code, words, status, expected) => {
  expect((await ask([says(code, words, status)])).error?.retryable).toBe(expected);
});

test.each([
  ['no address', { baseUrl: '' }],
  ['http', { baseUrl: 'http://gateway.invented.test' }],
  ['a call with a query', { apiName: 'item_get?x=1' }],
  ['a call that climbs', { apiName: '../item_get' }],
  ['another name for a post', { postName: 'url' }],
])('%s is refused', (_name, changes) => {
  expect(z.safeParse(keySecret.credential, { ...credential, ...changes }).success).toBe(false);
});

function proveCredential(answer: StubAnswer): Promise<void> {
  const parsed = z.parse(keySecret.credential, credential);
  const { http } = stubHttp(answer);
  return keySecret.test({
    http,
    now: () => testTime,
    credential: parsed,
    token: null,
    fresh: false,
    reportQuota: () => {},
  });
}

test('a credential is proved by any answer to a signed call', async () => {
  await expect(proveCredential({ body: JSON.stringify(success) })).resolves.toBeUndefined();
  await expect(proveCredential({ body: '{"code":0,"data":{}}' })).resolves.toBeUndefined();
  await expect(proveCredential(says(40102, 'sign error'))).rejects.toMatchObject({ code: 'auth' });
});
