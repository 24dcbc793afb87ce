import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { parseJson } from '../core/lossless-json.ts';
import { signingSchemes } from '../signing/canonical.ts';
import { askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
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
const ref = { platform: 'tiktok', kind: 'post', id: '7401000111222333444' } as const;
const received = testTime + 250;
const says = (code: unknown, msg: string, status = 200): StubAnswer => ({
  status,
  body: JSON.stringify({ code, msg }),
});

function expectSigned(body: string): void {
  const parameters = JSON.parse(body);
  expect(parameters).toMatchObject({ key: 'planted_key_4711', video_id: ref.id, timestamp: testTime });
  // The number must stay one.
  expect(body).toContain(`"timestamp":${testTime}`);
  const { sign } = signingSchemes['md5-urlencode-secret'].sign(parameters, 'planted*~ secret+/=&4712');
  expect(parameters.sign).toBe(sign);
}

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
      expect(JSON.parse(request.body ?? '')).toMatchObject({ need_product: 1, need_music: 1 });
      expectSigned(request.body ?? '');
    },
    errors: {
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
      'words about the quota': [
        says(40301, 'Key[planted…] quota exceeded'),
        'quota_exhausted',
        'error_key_secret_quota',
      ],
      'an API that does not exist': [
        says(40400, 'api item_get_video does not exist'),
        'unsupported',
        'error_key_secret_address',
      ],
      'a video that does not exist': [says(404, 'video does not exist'), 'not_found', 'error_key_secret_not_found'],
      'other words': [says(50001, 'something else'), 'upstream', 'error_key_secret_other'],
      'an empty object': [
        { body: '{"code":"0","msg":"success","data":{}}' },
        'not_found',
        'error_key_secret_not_found',
      ],
      'no data': [{ body: '{"status":"success"}' }, 'not_found', 'error_key_secret_not_found'],
      'neither code nor status': [
        { body: '{"data":{"video_id":"7401000111222333444"}}' },
        'schema',
        'error_key_secret_shape',
      ],
      'neither, with HTTP 500': [{ status: 500, body: '{}' }, 'upstream', 'error_http_status'],
      'HTTP 404': [{ status: 404, body: 'Not Found' }, 'upstream', 'error_http_address'],
      'a page of HTML': [{ body: '<html>' }, 'upstream', 'error_answer_html'],
      'an answer cut off': [{ body: '{"code":0,"data":{"vid' }, 'schema', 'error_answer_truncated'],
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

test('linked products come along', async () => {
  const { answer } = await ask([{ body: JSON.stringify(success) }]);
  expect(answer?.records.map((record) => record.record_type)).toEqual(['post', 'product']);
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
  ['no address', { baseUrl: '' }],
  ['http', { baseUrl: 'http://gateway.invented.test' }],
  ['a call with a query', { apiName: 'item_get?x=1' }],
  ['a call that climbs', { apiName: '../item_get' }],
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
