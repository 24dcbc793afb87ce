import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { bearer } from './bearer.ts';
import { type Asked, askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import type { ListRequest } from './provider.ts';

const credential = { apiKey: ' Bearer sk-planted_key-4711 \n', baseUrl: 'api.invented.test/' };
const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../payloads/fixtures/${name}.json`, import.meta.url), 'utf8'));
const list = fixture('bearer-user-post-list');
const structured = fixture('bearer-normalised');
const detail = { code: 0, msg: 'success', data: { aweme_detail: list.data.aweme_list[0] } };
const ref = { platform: 'tiktok', kind: 'post', id: '7515000000000000001' } as const;
const secUid = 'MS4wLjABAAAAinventedBaker00000000000000000000000000000000';
const author = { platform: 'tiktok', kind: 'author', id: secUid } as const;
const received = testTime + 250;

const withCode = (code: string, words: string): string =>
  JSON.stringify({ code: /^\d+$/u.test(code) ? Number(code) : code, msg: words, data: {} });
const says = (code: number, msg: string, status = 200): StubAnswer => ({
  status,
  body: withCode(String(code), msg),
});

const errors = {
  'the author is unknown': [says(400, 'sec_user_id not found'), 'not_found', 'error_bearer_400'],
  'a wrong key, as HTTP 401': [says(401, 'ApiKey invalid or expired', 401), 'auth', 'error_bearer_401'],
  'a wrong key without JSON': [{ status: 401, body: 'Unauthorized' }, 'auth', 'error_http_auth'],
  'too fast, with the seconds in words': [
    says(429, 'Request frequency limit, wait 15s'),
    'rate_limited',
    'error_bearer_429',
    received + 15_000,
  ],
  'too fast, as HTTP 429': [
    says(429, 'Request frequency limit, wait 40 seconds', 429),
    'rate_limited',
    'error_bearer_429',
    received + 40_000,
  ],
  'too fast, in Chinese': [says(429, '请求过快，请等待 20 秒'), 'rate_limited', 'error_bearer_429', received + 20_000],
  'too fast, in minutes': [says(429, 'wait 2 min'), 'rate_limited', 'error_bearer_429', received + 120_000],
  'too fast, without a number': [says(429, 'slow down'), 'rate_limited', 'error_bearer_429', received + 15_000],
  'too fast, with a header': [
    { status: 429, body: withCode('429', 'wait 15s'), headers: { 'retry-after': '7' } },
    'rate_limited',
    'error_bearer_429',
    received + 7_000,
  ],
  'HTTP 429 without JSON': [{ status: 429, body: '' }, 'rate_limited', null, received + 15_000],
  'no money left': [says(402, 'balance'), 'quota_exhausted', 'error_bearer_other'],
  'not allowed': [says(403, 'plan'), 'permission', 'error_bearer_other'],
  'an unknown code': [says(50_001, 'planets'), 'upstream', 'error_bearer_other'],
  'a code named like an object’s own': [{ body: withCode('constructor', '?') }, 'upstream', 'error_bearer_other'],
  'HTTP 500 without a code': [{ status: 500, body: '{}' }, 'upstream', 'error_http_status'],
  'HTTP 500 that says success': [{ status: 500, body: JSON.stringify(detail) }, 'upstream', 'error_http_status'],
  'HTTP 404': [{ status: 404, body: '<html>' }, 'upstream', 'error_http_address'],
  'a page of HTML': [{ body: '<!doctype html><title>x</title>' }, 'upstream', 'error_answer_html'],
  'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
  'an answer cut off': [{ body: '{"code":0,"data":{"awe' }, 'schema', 'error_answer_truncated'],
  'JSON of somebody else': [{ body: '{"ok":true}' }, 'schema', 'error_answer_unreadable'],
  'a list': [{ body: '[1]' }, 'schema', 'error_answer_unreadable'],
} satisfies Parameters<typeof testProvider>[0]['errors'];

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
    expect(url.origin + url.pathname).toBe(`https://api.invented.test/api/v1/tiktok/${path}`);
    expect(Object.fromEntries(url.searchParams)).toEqual(query);
    expect(request.headers).toMatchObject({ authorization: 'Bearer sk-planted_key-4711' });
  };
}

describe('post.get', () => {
  testProvider({
    name: 'detail',
    provider: bearer,
    capability: 'post.get',
    ref,
    credential,
    success: detail,
    required: ['code', 'data', 'data.aweme_detail', 'data.aweme_detail.aweme_id'],
    request: expectCall('video/detail', { aweme_id: ref.id }),
    errors: {
      ...errors,
      'no detail': [{ body: '{"code":0,"data":{"aweme_detail":null}}' }, 'not_found', 'error_bearer_400'],
      'no data': [{ body: '{"code":"0","msg":"success","data":{}}' }, 'not_found', 'error_bearer_400'],
      'a detail without an id': [
        { body: '{"code":0,"data":{"aweme_detail":{"desc":"x"}}}' },
        'schema',
        'error_answer_unreadable',
      ],
      'a deleted post, in the platform’s own words': [
        { body: '{"code":0,"data":{"aweme_detail":null,"filter_detail":{"filter_reason":"status_deleted"}}}' },
        'removed',
        null,
      ],
    },
    withCode,
  });

  testProvider({
    name: 'the structured form',
    provider: bearer,
    capability: 'post.get',
    ref,
    credential,
    success: { code: 0, data: structured.video_list[0] },
    required: ['code', 'data', 'data.aweme_id'],
    request: expectCall('video/detail', { aweme_id: ref.id }),
    errors: {},
  });
});

describe('post.list', () => {
  testProvider({
    name: 'list',
    provider: bearer,
    capability: 'post.list',
    ref: author,
    answerId: ref.id,
    credential,
    success: list,
    required: ['code', 'data', 'data.aweme_list', 'data.aweme_list.0', 'data.aweme_list.0.aweme_id'],
    request: expectCall('user/post/list', { sec_user_id: secUid, max_cursor: '0', limit: '35' }),
    errors,
    withCode,
  });

  testProvider({
    name: 'the structured form',
    provider: bearer,
    capability: 'post.list',
    ref: author,
    answerId: ref.id,
    credential,
    // The published target form stands alone, without a code.
    success: structured,
    required: ['video_list', 'video_list.0', 'video_list.0.aweme_id'],
    request: expectCall('user/post/list', { sec_user_id: secUid, max_cursor: '0', limit: '35' }),
    errors: {},
  });
});

const ask = (body: unknown): Promise<Asked> =>
  askProvider(bearer, { capability: 'post.get', ref, credential, answers: [{ body: JSON.stringify(body) }] });

const askPage = (
  changes: Record<string, unknown>,
  cursor: string | null = null,
  request?: Partial<ListRequest>,
): Promise<Asked> =>
  askProvider(bearer, {
    capability: 'post.list',
    ref: author,
    credential,
    answers: [{ body: JSON.stringify({ ...list, data: { ...list.data, ...changes } }) }],
    cursor,
    request: { platform: 'tiktok', subject: author, query: {}, ...request },
  });

describe('pages', () => {
  test.each([
    ['true', { has_more: true }, '1750236985000'],
    ['1', { has_more: 1 }, '1750236985000'],
    ['a text', { has_more: '1' }, '1750236985000'],
    ['a cursor that is a number', { has_more: 1, max_cursor: 1_750_236_985_000 }, '1750236985000'],
    ['a cursor that no number could hold', { has_more: 1, max_cursor: '75289632598741256980' }, '75289632598741256980'],
    ['a cursor that is no number', { has_more: 1, max_cursor: 'eyJpZCI6MX0=' }, 'eyJpZCI6MX0='],
    ['no has_more: only an empty page ends the list', { has_more: undefined }, '1750236985000'],
    ['false', { has_more: false }, null],
    ['0', { has_more: 0 }, null],
    ['"0"', { has_more: '0' }, null],
    ['an empty page', { aweme_list: [] }, null],
    ['no page at all', { aweme_list: null }, null],
    ['the cursor that it began with', { max_cursor: '0' }, null],
    ['no cursor', { max_cursor: null }, null],
    ['a cursor with a line break', { max_cursor: '1\r\nx' }, null],
  ])('has_more %s', async (_name, changes, cursor) => {
    expect((await askPage(changes)).answer).toMatchObject({ cursor });
  });

  test('the cursor goes out as it came, and one that does not move ends the list', async () => {
    const { requests, answer } = await askPage({}, '1750236985000');
    expect(new URL(requests[0]?.url ?? '').searchParams.get('max_cursor')).toBe('1750236985000');
    expect(answer).toMatchObject({ cursor: null });
    expect(answer?.records).toHaveLength(1);
  });

  test('the structured form has its own name for the cursor', async () => {
    const { answer } = await askProvider(bearer, {
      capability: 'post.list',
      ref: author,
      credential,
      answers: [{ body: JSON.stringify({ code: 0, data: { ...structured, has_more: 1, next_cursor: '17' } }) }],
    });
    expect(answer).toMatchObject({ cursor: '17' });
  });

  test('page size and region are asked for', async () => {
    const { requests } = await askPage({}, null, { query: { limit: '7', region: 'se' } });
    expect(Object.fromEntries(new URL(requests[0]?.url ?? '').searchParams)).toMatchObject({
      limit: '7',
      region: 'SE',
    });
  });

  test.each([
    ['36', { limit: '36' }],
    ['0', { limit: '0' }],
    ['1.5', { limit: '1.5' }],
    ['a long region', { region: 'USA' }],
  ])('the form refuses %s', (_name, query) => {
    const form = bearer.capabilities['post.list']?.query;
    if (!form) throw new Error('No form.');
    expect(z.safeParse(form, query).success).toBe(false);
    expect(z.parse(form, {})).toEqual({ limit: '35', region: '' });
  });

  test.each([
    ['a handle', 'invented_baker', false],
    ['a number', 'uid/6900000000000000001', false],
    ['a secUid', secUid, true],
  ])('%s as the author', async (_name, id, isAccepted) => {
    const subject = { platform: 'tiktok', kind: 'author', id } as const;
    expect(bearer.capabilities['post.list']?.accepts?.(subject)).toBe(isAccepted);
    const { error, requests } = await askPage({}, null, { subject });
    expect(requests).toHaveLength(isAccepted ? 1 : 0);
    expect(error?.details.advice ?? null).toBe(isAccepted ? null : 'error_needs_sec_uid');
  });

  test('a page of which nothing can be read is not taken for the end', async () => {
    expect((await askPage({ aweme_list: [{ desc: 'x' }] })).error?.code).toBe('schema');
  });
});

describe('what is read', () => {
  test('durations in ms, times from the seconds, tags of both lists', async () => {
    const { answer } = await ask(detail);
    expect(answer?.records).toMatchObject([
      {
        platform: 'tiktok',
        created_at: 1_750_212_365_000,
        duration_ms: 12_850,
        view_count: 0,
        hashtags: [{ name: 'rye' }, { name: 'bread' }],
        api_provider: 'bearer',
        api_endpoint: 'bearer/video/detail',
        fetched_at: received,
      },
    ]);
  });

  test('the wrong publish_time of the structured form is not', async () => {
    const { answer } = await ask(structured);
    expect(answer?.records[0]).toMatchObject({ created_at: 1_750_212_365_000, music_id: null });
  });

  test('ids that are bare numbers keep their digits, counts may be texts', async () => {
    const body = JSON.stringify(detail)
      .replace('"7515000000000000001"', '7515000000000000001')
      .replace('"digg_count":12589', '"digg_count":"12589"');
    const { answer } = await askProvider(bearer, { capability: 'post.get', ref, credential, answers: [{ body }] });
    expect(answer?.records[0]).toMatchObject({ post_id: ref.id, like_count: 12_589 });
  });

  test('a detail without privacy, tags, size and number of the author is one nevertheless', async () => {
    const { is_private: _private, text_extra: _tags, ...rest } = list.data.aweme_list[0];
    const item = { ...rest, author: { nickname: 'x' }, music: { title: 'y' }, video: { duration: 1 } };
    const { answer } = await ask({ code: 0, data: { aweme_detail: item } });
    expect(answer?.records[0]).toMatchObject({
      availability: 'ok',
      width: null,
      music_id: null,
      author_id: null,
      missing_reasons: { author_id: 'not_in_response' },
    });
  });

  test('another post than the one asked for is not shown', async () => {
    const other = { ...list.data.aweme_list[0], aweme_id: '7515000000000000002' };
    const { error } = await ask({ code: 0, data: { aweme_detail: other } });
    expect(error).toMatchObject({ code: 'upstream', details: { advice: 'error_wrong_item' } });
  });
});

const samples = sharedFixtures('base-apis');
describe.skipIf(!samples)(`published samples${skippedNote(samples)}`, () => {
  const sample = (name: string): StubAnswer => ({ body: readFileSync(join(samples ?? '', name), 'utf8') });
  const sampleRef = { ...ref, id: '7528963259874125698' } as const;

  test('a detail and a page', async () => {
    const one = await askProvider(bearer, {
      capability: 'post.get',
      ref: sampleRef,
      credential,
      answers: [sample('bearer-video-detail.json')],
    });
    expect(one.answer?.records).toMatchObject([{ post_id: sampleRef.id, duration_ms: 12_800 }]);
    for (const name of ['bearer-user-post-list.json', 'bearer-normalised-expected.json']) {
      const page = await askProvider(bearer, {
        capability: 'post.list',
        ref: author,
        credential,
        answers: [sample(name)],
      });
      expect(page.answer).toMatchObject({
        cursor: '1750236985000',
        records: [{ created_at: Date.UTC(2025, 5, 18, 2, 6, 5) }, { post_id: '7528959874125369852' }],
      });
    }
  });

  test.each([
    ['bearer-error-400.json', 'not_found'],
    ['bearer-error-401.json', 'auth'],
    ['bearer-error-429.json', 'rate_limited'],
  ])('%s', async (name, code) => {
    const { error } = await askProvider(bearer, {
      capability: 'post.list',
      ref: author,
      credential,
      answers: [sample(name)],
    });
    expect(error?.code).toBe(code);
    if (code === 'rate_limited') expect(error?.details.retryAt).toBe(received + 15_000);
  });
});

describe('credential', () => {
  test('is trimmed, also of the word of the header', () => {
    expect(z.parse(bearer.credential, credential)).toEqual({
      apiKey: 'sk-planted_key-4711',
      baseUrl: 'https://api.invented.test',
    });
    expect(bearer.origins(z.parse(bearer.credential, credential))).toEqual(['https://api.invented.test']);
  });

  test.each([
    ['an empty key', { apiKey: ' ' }],
    ['a key that no header may hold', { apiKey: 'sk-密钥' }],
    ['a key of two lines', { apiKey: 'sk-1\r\nx-other: 2' }],
    ['http', { baseUrl: 'http://api.invented.test' }],
    ['no address', { baseUrl: '' }],
  ])('%s is refused', (_name, changes) => {
    expect(z.safeParse(bearer.credential, { ...credential, ...changes }).success).toBe(false);
  });

  async function prove(answer: StubAnswer): Promise<void> {
    const parsed = z.parse(bearer.credential, credential);
    const { http } = stubHttp(answer);
    const reportQuota = (): void => undefined;
    await bearer.test({ http, now: () => testTime, credential: parsed, token: null, fresh: false, reportQuota });
  }

  test('is proved by any answer about a post', async () => {
    await expect(prove({ body: '{"code":0,"data":{"aweme_detail":null}}' })).resolves.toBeUndefined();
    await expect(prove(says(400, 'not found'))).resolves.toBeUndefined();
    await expect(prove(says(401, 'ApiKey invalid'))).rejects.toMatchObject({ code: 'auth' });
    await expect(prove({ body: '{"ok":true}' })).rejects.toMatchObject({ code: 'schema' });
  });
});
