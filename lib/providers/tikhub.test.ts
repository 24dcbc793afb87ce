import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readAnswer } from '../payloads/index.ts';
import { contextAt } from '../payloads/payload.samples.ts';
import { type Asked, askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import type { EntityRef } from '../core/ref.ts';
import { tikhub } from './tikhub.ts';

const credential = { apiKey: 'planted+key/4711==', region: 'io', market: 'US' };
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../payloads/fixtures/${name}.json`, import.meta.url), 'utf8'));
const video = fixture('tikhub-video');
const posts = fixture('tikhub-posts');
const product = fixture('tikhub-product');
const ref = { platform: 'tiktok', kind: 'post', id: '7401000111222333444' } as const;
const productRef = { platform: 'tiktok', kind: 'product', id: '1729000000000000107' } as const;
const secUid = 'MS4wLjABAAAAinventedBaker00000000000000000000000000000000';
const author = { platform: 'tiktok', kind: 'author', id: secUid } as const;
const received = testTime + 250;

const withCode = (code: string, words: string): string =>
  JSON.stringify({ code: /^\d+$/u.test(code) ? Number(code) : code, message: words, data: null });
/** How its server wraps what it refuses. */
const refuses = (code: number, message: string, headers = {}): StubAnswer => ({
  status: code,
  headers,
  body: JSON.stringify({ detail: { code, request_id: 'x', message, message_zh: '请求失败', params: {} } }),
});
const validation = {
  detail: [
    { loc: ['query', 'aweme_id'], msg: 'field required', type: 'value_error.missing' },
    { loc: ['query', 'count'], msg: 'too large', type: 'value_error' },
  ],
};

const errors = {
  'a fault of the call': [refuses(400, 'Request failed. Please retry.'), 'upstream', 'error_tikhub_400'],
  'a wrong key': [refuses(401, 'Invalid API key'), 'auth', 'error_tikhub_401'],
  'no balance': [refuses(402, 'Insufficient balance'), 'quota_exhausted', 'error_tikhub_402'],
  'no scope': [refuses(403, 'Permission denied'), 'permission', 'error_tikhub_403'],
  'no such item': [refuses(404, 'Not found'), 'not_found', 'error_tikhub_404'],
  'no such address': [{ status: 404, body: '{"detail":"Not Found"}' }, 'upstream', 'error_http_address'],
  'a page that is not there': [{ status: 404, body: '<html>' }, 'upstream', 'error_http_address'],
  'a wrong parameter': [{ status: 422, body: JSON.stringify(validation) }, 'bad_request', 'error_tikhub_422'],
  'too fast': [refuses(429, 'Too many requests'), 'rate_limited', 'error_tikhub_429', received + 2_000],
  'too fast, with seconds': [
    refuses(429, 'Too many requests', { 'retry-after': '4' }),
    'rate_limited',
    'error_tikhub_429',
    received + 4_000,
  ],
  'too fast, without JSON': [{ status: 429, body: '' }, 'rate_limited', 'error_tikhub_429', received + 2_000],
  'HTTP 401 in plain words': [{ status: 401, body: '{"detail":"Unauthorized"}' }, 'auth', 'error_tikhub_401'],
  'HTTP 402 without JSON': [{ status: 402, body: 'pay' }, 'quota_exhausted', 'error_tikhub_402'],
  'HTTP 502': [{ status: 502, body: '<html>' }, 'upstream', 'error_tikhub_500'],
  'HTTP 504': [{ status: 504, body: '' }, 'timeout', 'error_tikhub_500'],
  'HTTP 520': [{ status: 520, body: '' }, 'upstream', 'error_tikhub_other'],
  'HTTP 500 that says success': [{ status: 500, body: JSON.stringify(video) }, 'upstream', 'error_http_status'],
  'an unknown code': [{ body: withCode('4711', '?') }, 'upstream', 'error_tikhub_other'],
  'a code named like an object’s own': [{ body: withCode('constructor', '?') }, 'upstream', 'error_tikhub_other'],
  'a page of HTML': [{ body: '<html>' }, 'upstream', 'error_answer_html'],
  'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
  'an answer cut off': [{ body: '{"code":200,"data":{"awe' }, 'schema', 'error_answer_truncated'],
  'JSON of somebody else': [{ body: '{"ok":true}' }, 'schema', 'error_answer_unreadable'],
} satisfies Parameters<typeof testProvider>[0]['errors'];

const inner = (data: unknown): StubAnswer => ({ body: JSON.stringify({ ...video, data }) });

function expectCall(path: string, query: Record<string, string>) {
  return (request: {
    method: string;
    url: string;
    body?: string;
    headers?: Readonly<Record<string, string>>;
  }): void => {
    expect(request.method).toBe('GET');
    expect(request.body).toBeUndefined();
    const url = new URL(request.url);
    expect(url.origin + url.pathname).toBe(`https://api.tikhub.io/api/v1/${path}`);
    expect(Object.fromEntries(url.searchParams)).toEqual(query);
    expect(request.headers).toMatchObject({ authorization: 'Bearer planted+key/4711==' });
  };
}

describe('post.get', () => {
  testProvider({
    name: 'video',
    provider: tikhub,
    capability: 'post.get',
    ref,
    credential,
    success: video,
    required: ['code', 'data', 'data.aweme_detail', 'data.aweme_detail.aweme_id'],
    request: expectCall('tiktok/app/v3/fetch_one_video', { aweme_id: ref.id }),
    errors: {
      ...errors,
      'a wrong id': [inner({ aweme_detail: null, status_code: 0 }), 'not_found', 'error_tikhub_200'],
      'an empty detail': [inner({ aweme_detail: {} }), 'not_found', 'error_tikhub_200'],
      'no data': [inner(null), 'not_found', 'error_tikhub_200'],
      'a deleted post': [
        inner({ aweme_detail: null, filter_detail: { filter_reason: 'status_deleted' }, status_code: 0 }),
        'removed',
        null,
      ],
      'a private one': [inner({ filter_detail: { filter_reason: 'status_self_see' } }), 'private', null],
      'a status within': [inner({ status_code: 5, status_msg: 'param error' }), 'upstream', 'error_tikhub_inner'],
      'a code within': [inner({ code: 500, message: 'risk control' }), 'upstream', 'error_tikhub_inner'],
      'an id that is none': [inner({ aweme_detail: { desc: 'x' } }), 'schema', 'error_answer_unreadable'],
      'another post': [
        inner({ aweme_detail: { ...video.data.aweme_detail, aweme_id: '7401000111222333000' } }),
        'upstream',
        'error_wrong_item',
      ],
    },
    withCode,
  });
});

describe('post.list', () => {
  testProvider({
    name: 'list',
    provider: tikhub,
    capability: 'post.list',
    ref: author,
    answerId: ref.id,
    credential,
    success: posts,
    required: ['code', 'data', 'data.aweme_list', 'data.aweme_list.0', 'data.aweme_list.0.aweme_id'],
    request: expectCall('tiktok/app/v3/fetch_user_post_videos', { sec_user_id: secUid, max_cursor: '0', count: '20' }),
    errors: {
      ...errors,
      'a status within, which is no empty page': [
        inner({ status_code: 8, aweme_list: [] }),
        'upstream',
        'error_tikhub_inner',
      ],
      'a page of which nothing can be read': [inner({ aweme_list: [{ x: 1 }] }), 'schema', 'error_answer_unreadable'],
    },
  });
});

describe('product.get', () => {
  testProvider({
    name: 'product',
    provider: tikhub,
    capability: 'product.get',
    ref: productRef,
    credential,
    success: product,
    required: requiredOfProduct(),
    request: expectCall('tiktok/shop/web/fetch_product_detail', { product_id: productRef.id, region: 'US' }),
    errors: {
      ...errors,
      'another market': [
        { body: JSON.stringify({ ...product, data: { code: 0, data: { components_map: [], global_data: {} } } }) },
        'not_found',
        'error_tikhub_market',
      ],
      nothing: [{ body: JSON.stringify({ ...product, data: null }) }, 'not_found', 'error_tikhub_market'],
      'a code within': [inner({ code: 23_002, message: 'x', data: null }), 'not_found', 'error_tikhub_market'],
    },
  });
});

/** The way to the product's id. */
function requiredOfProduct(): string[] {
  const index = product.data.data.components_map.findIndex(
    (component: { component_type: string }) => component.component_type === 'product_info',
  );
  const steps = [
    'component_type',
    'component_data',
    'component_data.product_info',
    'component_data.product_info.product_id',
  ];
  const component = `data.data.components_map.${index}`;
  return [
    'code',
    'data',
    'data.data',
    'data.data.components_map',
    component,
    ...steps.map((step) => `${component}.${step}`),
  ];
}

const ask = (answer: StubAnswer, other: EntityRef = ref, changes: object = {}): Promise<Asked> =>
  askProvider(tikhub, {
    capability: other.kind === 'author' ? 'post.list' : other.kind === 'product' ? 'product.get' : 'post.get',
    ref: other,
    credential: { ...credential, ...changes },
    answers: [answer],
  });

describe('the public address of the cached answer', () => {
  test.each([
    ['a post', video, ref],
    ['a list', posts, author],
    ['a product', product, productRef],
  ] as const)('is in nothing that is made of %s', async (_name, json, other) => {
    const { answer } = await ask({ body: JSON.stringify(json) }, other);
    const raws: unknown[] = [];
    const saved = readAnswer(
      json,
      contextAt(testTime, { collectedVia: 'import', made: (_record, raw) => raws.push(raw) }),
    );
    expect(JSON.stringify(json)).toContain('cache.tikhub.io');
    expect(saved.records.length).toBeGreaterThan(0);
    expect(raws.length).toBeGreaterThan(0);
    for (const made of [answer, saved, raws])
      expect(JSON.stringify(made)).not.toMatch(/cache\.tikhub|plantedcachesign|cache_url/u);
  });

  test('is in no error either', async () => {
    for (const data of [null, {}, { status_code: 5 }, { aweme_detail: { desc: 'x' } }]) {
      const { error } = await ask(inner(data));
      expect(error).not.toBeNull();
      expect(`${JSON.stringify(error?.toWire())} ${error?.stack ?? ''}`).not.toMatch(/cache\.tikhub|plantedcachesign/u);
    }
  });
});

describe('calls', () => {
  const urlOf = async (other: EntityRef, changes: object = {}): Promise<string> =>
    (await ask({ body: JSON.stringify(video) }, other, changes)).requests[0]?.url ?? '';

  test('the server and the market are settings', async () => {
    expect(await urlOf(ref, { region: 'dev' })).toContain('https://api.tikhub.dev/api/v1/tiktok/');
    expect(await urlOf(productRef, { market: 'MY' })).toContain('region=MY');
    const parsed = z.parse(tikhub.credential, { apiKey: 'k', region: 'dev' });
    expect(tikhub.origins(parsed)).toEqual(['https://api.tikhub.dev']);
    expect(parsed).toMatchObject({ market: 'US' });
    expect(z.safeParse(tikhub.credential, { apiKey: 'k', region: 'evil.test' }).success).toBe(false);
    expect(z.safeParse(tikhub.credential, { apiKey: '' }).success).toBe(false);
  });

  test('Douyin has paths of its own', async () => {
    expect(await urlOf({ ...ref, platform: 'douyin' })).toContain('/api/v1/douyin/web/fetch_one_video?aweme_id=');
    expect(await urlOf({ ...author, platform: 'douyin' })).toContain(
      '/api/v1/douyin/app/v3/fetch_user_post_videos?sec_user_id=',
    );
  });

  test.each([
    ['tiktok', 'invented_baker', 'unique_id=invented_baker'],
    ['tiktok', secUid, `sec_user_id=${secUid}`],
    ['tiktok', 'uid/69', null],
    ['douyin', 'invented_baker', null],
    ['douyin', secUid, `sec_user_id=${secUid}`],
  ] as const)('an author of %s named %s', async (platform, id, parameter) => {
    const other = { platform, kind: 'author', id } as const;
    expect(tikhub.capabilities['post.list']?.accepts?.(other)).toBe(parameter !== null);
    const { requests, error } = await ask({ body: JSON.stringify(posts) }, other);
    if (parameter !== null) expect(requests[0]?.url).toContain(parameter);
    else expect([requests.length, error?.details.advice]).toEqual([0, 'error_needs_sec_uid']);
  });

  test('the platform that was asked decides, whatever the hosts in the answer say', async () => {
    const { answer } = await ask({ body: JSON.stringify(video) }, { ...ref, platform: 'douyin' });
    expect(answer?.records[0]).toMatchObject({ platform: 'douyin', api_endpoint: 'tikhub/douyin/web/fetch_one_video' });
  });
});

describe('answers', () => {
  test('a post: ms, exact figures, its time by TikHub’s own answer', async () => {
    const { answer } = await ask({ body: JSON.stringify(video) });
    expect(answer?.records).toMatchObject([
      {
        duration_ms: 12_850,
        view_count: 215_689,
        created_at: 1_723_166_400_000,
        music_id: '7401000111222333999',
        author_sec_id: secUid,
        figures: { view_count: { precision: 'exact', source: 'api:tikhub' } },
      },
    ]);
  });

  test('the page after: has_more is 0 or 1, the cursor a number', async () => {
    const page = async (changes: object, cursor: string | null = null): Promise<unknown> =>
      (
        await askProvider(tikhub, {
          capability: 'post.list',
          ref: author,
          credential,
          answers: [{ body: JSON.stringify({ ...posts, data: { ...posts.data, ...changes } }) }],
          cursor,
        })
      ).answer?.cursor;
    expect(await page({})).toBe('1722466800000');
    expect(await page({ has_more: 0 })).toBeNull();
    expect(await page({ aweme_list: [] })).toBeNull();
    expect(await page({}, '1722466800000')).toBeNull();
  });

  test('a product with its shop, and none of what else one might like', async () => {
    const { answer } = await ask({ body: JSON.stringify(product) }, productRef);
    expect(answer?.records.filter(({ record_type: type }) => type === 'product')).toHaveLength(1);
    expect(answer?.records[0]).toMatchObject({ record_type: 'product', api_provider: 'tikhub' });
    const { error } = await ask({ body: JSON.stringify(product) }, { ...productRef, id: '1729000000000000999' });
    expect(error?.details.advice).toBe('error_wrong_item');
  });

  test('the parameter that was refused is named', async () => {
    const { error } = await ask({ status: 422, body: JSON.stringify(validation) });
    expect(error?.details.parameters).toEqual(['422', 'aweme_id: field required; count: too large']);
  });

  test('a wrong id is charged, and the table says so', () => {
    expect(tikhub.errors['200']).toMatchObject({ code: 'not_found', billed: true });
  });
});

test('a credential is proved by any answer about a post', async () => {
  const prove = (answer: StubAnswer): Promise<void> =>
    tikhub.test({
      http: stubHttp(answer).http,
      now: () => testTime,
      credential: z.parse(tikhub.credential, credential),
      token: null,
      fresh: false,
      reportQuota: () => undefined,
    });
  await expect(prove(inner({ aweme_detail: null }))).resolves.toBeUndefined();
  await expect(prove(inner({ filter_detail: { filter_reason: 'status_deleted' } }))).resolves.toBeUndefined();
  await expect(prove(refuses(401, 'x'))).rejects.toMatchObject({ code: 'auth' });
  await expect(prove(refuses(402, 'x'))).rejects.toMatchObject({ code: 'quota_exhausted' });
  await expect(prove({ body: '{"ok":true}' })).rejects.toMatchObject({ code: 'schema' });
});
