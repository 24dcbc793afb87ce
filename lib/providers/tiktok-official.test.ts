import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { describe, expect, test } from 'vitest';
import { askProvider, type Asked, type StubAnswer, testProvider, testTime } from './harness.ts';
import { tiktokOfficial } from './tiktok-official.ts';

const credential = {
  clientKey: ' awplantedkey4711\n',
  clientSecret: '\u{200B}planted secret*~+/=4712',
  redirectUri: '',
};
const token = 'act.planted-token-4713*!';
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../payloads/fixtures/tiktok-display-${name}.json`, import.meta.url), 'utf8'));
const videos = fixture('videos');
const user = fixture('user');
const post = { platform: 'tiktok', kind: 'post', id: '7571234567890123456' } as const;
const author = { platform: 'tiktok', kind: 'author', id: 'lantern.archive' } as const;
const received = testTime + 250;

const withCode = (code: string, message: string): string =>
  JSON.stringify({ data: {}, error: { code, message, log_id: '2026112104000001' } });

const errors = {
  'HTTP 429': [{ status: 429, body: '' }, 'rate_limited', null, received + 15_000],
  'HTTP 429 with its code': [
    { status: 429, body: withCode('rate_limit_exceeded', 'slow'), headers: { 'retry-after': '30' } },
    'rate_limited',
    'error_tiktok_official_rate_limit_exceeded',
    received + 30_000,
  ],
  'HTTP 401 with its code': [
    { status: 401, body: withCode('access_token_invalid', 'x') },
    'auth',
    'error_tiktok_official_access_token_invalid',
  ],
  'HTTP 401 without a code': [{ status: 401, body: '' }, 'auth', 'error_http_auth'],
  'a scope that was not agreed to': [
    { status: 401, body: withCode('scope_not_authorized', 'x') },
    'permission',
    'error_tiktok_official_scope_not_authorized',
  ],
  'HTTP 502': [{ status: 502, body: '<html>Bad Gateway</html>' }, 'upstream', 'error_http_status'],
  'a page of HTML': [{ body: '<!doctype html><title>x</title>' }, 'upstream', 'error_answer_html'],
  'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
  'an answer cut off': [{ body: '{"data":{"videos":[{"id":"7' }, 'schema', 'error_answer_truncated'],
  'JSON that is no answer': [{ body: '[1,2]' }, 'schema', 'error_answer_unreadable'],
  'an unknown code': [{ body: withCode('brand_new', '?') }, 'upstream', 'error_tiktok_official_unknown_code'],
  'a code named like an object’s own': [
    { body: withCode('constructor', '?') },
    'upstream',
    'error_tiktok_official_unknown_code',
  ],
  'a flat error': [
    { status: 400, body: '{"error":"invalid_request","error_description":"x","log_id":"1"}' },
    'bad_request',
    'error_tiktok_official_invalid_request',
  ],
} satisfies Parameters<typeof testProvider>[0]['errors'];

function expectCall(path: string, method: string, body: unknown) {
  return (request: {
    method: string;
    url: string;
    body?: string;
    headers?: Readonly<Record<string, string>>;
  }): void => {
    const url = new URL(request.url);
    expect(`${url.origin}${url.pathname}`).toBe(`https://open.tiktokapis.com${path}`);
    expect([...url.searchParams.keys()]).toEqual(['fields']);
    expect(url.searchParams.get('fields')).not.toContain('embed_html');
    expect(request.method).toBe(method);
    expect(request.headers?.['authorization']).toBe(`Bearer ${token}`);
    expect(request.body === undefined ? undefined : JSON.parse(request.body)).toEqual(body);
    expect(request.url).not.toContain('planted');
  };
}

const shared = { provider: tiktokOfficial, credential, token, withCode };

describe('author.get', () => {
  testProvider({
    ...shared,
    name: 'account',
    capability: 'author.get',
    ref: author,
    success: user,
    required: ['data', 'data.user', 'data.user.username', 'error', 'error.code'],
    request: expectCall('/v2/user/info/', 'GET', undefined),
    errors: {
      ...errors,
      'success without a handle': [
        { body: '{"data":{"user":{"open_id":"x"}},"error":{"code":"ok"}}' },
        'schema',
        'error_answer_unreadable',
      ],
    },
  });

  test('another account cannot be asked for, and the advice says so', async () => {
    const { error } = await ask('author.get', { ...author, id: 'marina.bakes' }, { body: JSON.stringify(user) });
    expect(error).toMatchObject({
      code: 'unsupported',
      details: { advice: 'error_tiktok_official_other_author', parameters: ['marina.bakes', 'Lantern.Archive'] },
    });
    const { accepts } = tiktokOfficial.capabilities['author.get'] ?? {};
    const secUid = 'MS4wLjABAAAAv7iSuuXDJGDvJkmH_vz1qkDZYo1apxgzaxdBSeIuPiM';
    const accepted = ['someone', secUid, 'uid/123'].map((id) => accepts?.({ ...author, id }));
    expect(accepted).toEqual([true, false, false]);
  });
});

describe('post.get', () => {
  testProvider({
    ...shared,
    name: 'post',
    capability: 'post.get',
    ref: post,
    success: videos,
    required: ['data', 'data.videos', 'data.videos.0', 'data.videos.0.id', 'error', 'error.code'],
    request: expectCall('/v2/video/query/', 'POST', { filters: { video_ids: [post.id] } }),
    errors: {
      ...errors,
      'a post of somebody else': [
        { body: '{"data":{"videos":[]},"error":{"code":"ok"}}' },
        'not_found',
        'error_tiktok_official_not_own_post',
      ],
      'another post': [
        { body: JSON.stringify(videos).replaceAll('"7571234567890123456"', '"7571234567890123999"') },
        'upstream',
        'error_wrong_item',
      ],
    },
  });
});

const page = (change: object, videoChange: object = {}): StubAnswer => ({
  body: JSON.stringify({
    data: { videos: [{ ...videos.data.videos[0], ...videoChange }], cursor: 5, has_more: true, ...change },
    error: { code: 'ok' },
  }),
});

describe('post.list', () => {
  testProvider({
    ...shared,
    name: 'own posts',
    capability: 'post.list',
    ref: author,
    answerId: post.id,
    success: videos,
    required: [
      'data',
      'data.videos',
      'data.videos.0',
      'data.videos.0.id',
      'data.videos.0.share_url',
      'error',
      'error.code',
    ],
    request: expectCall('/v2/video/list/', 'POST', { max_count: 20 }),
    errors,
  });

  test('the cursor is sent as the number that came, and the list ends in every way that it may', async () => {
    const next = async (answer: StubAnswer, cursor: string | null = '9007199254740993') =>
      (await ask('post.list', author, answer, cursor)).answer?.cursor;
    const { requests } = await ask('post.list', author, page({}), '9007199254740993');
    expect(requests[0]?.body).toBe('{"max_count":20,"cursor":9007199254740993}');
    expect(await next(page({ cursor: '17' }))).toBe('17');
    expect(await next(page({ has_more: 1 }))).toBe('5');
    expect(await next(page({ has_more: 0 }))).toBeNull();
    expect(await next(page({ has_more: false }))).toBeNull();
    expect(await next(page({ videos: [] }))).toBeNull();
    expect(await next({ body: '{"data":{"videos":[],"has_more":true},"error":{"code":"ok"}}' })).toBeNull();
    expect(await next(page({ cursor: 5 }), '5')).toBeNull();
  });

  test('another account’s posts are refused, also where the answer names nobody', async () => {
    const other = { ...author, id: 'marina.bakes' };
    expect((await ask('post.list', other, page({}))).error?.code).toBe('unsupported');
    const nameless = page({}, { share_url: null });
    const asked = await askProvider(tiktokOfficial, {
      capability: 'post.list',
      ref: other,
      credential,
      token,
      answers: [nameless, { body: JSON.stringify(user) }],
    });
    expect(asked.error?.details.advice).toBe('error_tiktok_official_other_author');
    expect(asked.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/v2/video/list/', '/v2/user/info/']);
  });
});

function ask(
  capability: 'author.get' | 'post.get' | 'post.list',
  ref: Parameters<typeof askProvider>[1]['ref'],
  answer: StubAnswer,
  cursor: string | null = null,
): Promise<Asked> {
  return askProvider(tiktokOfficial, { capability, ref, credential, token, answers: [answer], cursor });
}

test('without a login nothing is sent', async () => {
  const asked = await askProvider(tiktokOfficial, { capability: 'post.get', ref: post, credential, answers: [] });
  expect(asked.error).toMatchObject({ code: 'auth', details: { advice: 'error_login_needed' } });
  expect(asked.requests).toEqual([]);
});

describe('the redirect', () => {
  const isAccepted = (redirectUri: string): boolean =>
    z.safeParse(tiktokOfficial.credential, { ...credential, redirectUri }).success;

  test.each([
    'http://127.0.0.1:3455/callback/',
    'http://localhost:8080',
    'https://localhost:8080/x',
    'https://abcdefghijklmnop.chromiumapp.org/',
    'https://example.org/login/tiktok',
  ])('%s is one', (address) => expect(isAccepted(address)).toBe(true));

  test.each([
    'http://127.0.0.1/callback/',
    'http://localhost/',
    'http://example.org/',
    'http://127.0.0.1:*/callback/',
    'http://127.0.0.1.example.org:80/',
    'https://127.0.0.1/',
    'https://example.org/?a=b',
    'https://example.org/#a',
    'https://user@example.org/',
    'https://*.example.org/',
    'javascript:alert(1)',
    'example.org/callback',
    `https://example.org/${'x'.repeat(500)}`,
  ])('%s is none', (address) => expect(isAccepted(address)).toBe(false));

  test('is the loopback where nothing is typed, and its origin is asked for', () => {
    const parsed = z.parse(tiktokOfficial.credential, credential);
    expect(tiktokOfficial.login?.consent?.redirectUri(parsed)).toBe('http://127.0.0.1:3455/callback/');
    expect(tiktokOfficial.origins(parsed)).toEqual(['https://open.tiktokapis.com', 'http://127.0.0.1:3455']);
  });

  test('the key is required', () => {
    expect(z.safeParse(tiktokOfficial.credential, { ...credential, clientKey: ' ' }).success).toBe(false);
  });
});
