import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAnswer } from '../payloads/index.ts';
import { contextAt } from '../payloads/payload.samples.ts';
import { askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import { providers } from './index.ts';
import { oembed } from './oembed.ts';

const success = JSON.parse(readFileSync(new URL('../payloads/fixtures/oembed.json', import.meta.url), 'utf8'));
const ref = { platform: 'tiktok', kind: 'post', id: '7401000111222333444' } as const;
const received = testTime + 250;
const withCode = (code: string, words: string): string =>
  JSON.stringify({ code: /^\d+$/u.test(code) ? Number(code) : code, message: words });

describe('post.get', () => {
  testProvider({
    name: 'oEmbed',
    provider: oembed,
    capability: 'post.get',
    ref,
    credential: {},
    success,
    required: [],
    request(request) {
      expect(request.method).toBe('GET');
      const url = new URL(request.url);
      expect(url.origin + url.pathname).toBe('https://www.tiktok.com/oembed');
      expect(Object.fromEntries(url.searchParams)).toEqual({ url: `https://www.tiktok.com/@/video/${ref.id}` });
      expect(Object.keys(request.headers ?? {})).toEqual(['accept']);
    },
    errors: {
      'nothing for this post': [
        { status: 400, body: '{"code":400,"message":"Something went wrong"}' },
        'not_found',
        'error_oembed_not_available',
      ],
      'HTTP 400 without words': [{ status: 400, body: '' }, 'not_found', 'error_oembed_not_available'],
      'HTTP 404': [{ status: 404, body: '<html>' }, 'not_found', 'error_oembed_not_available'],
      'HTTP 403': [{ status: 403, body: 'Access Denied' }, 'upstream', 'error_oembed_403'],
      'HTTP 429': [{ status: 429, body: '' }, 'rate_limited', 'error_oembed_429', received + 60_000],
      'HTTP 429 with seconds': [
        { status: 429, body: '{}', headers: { 'retry-after': '5' } },
        'rate_limited',
        'error_oembed_429',
        received + 5_000,
      ],
      'HTTP 503': [{ status: 503, body: 'busy' }, 'upstream', 'error_http_status'],
      'an unknown code': [{ body: withCode('10201', 'x') }, 'upstream', 'error_http_status'],
      'a page to log in': [{ body: '<!doctype html>' }, 'upstream', 'error_answer_html'],
      'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
      'an answer cut off': [{ body: '{"version":"1.0","ti' }, 'schema', 'error_answer_truncated'],
      'no id': [{ body: '{"version":"1.0","title":"x","html":""}' }, 'schema', 'error_answer_unreadable'],
      'a list': [{ body: '[1]' }, 'schema', 'error_answer_unreadable'],
      'another post': [
        { body: JSON.stringify({ ...success, embed_product_id: '7401000111222333000' }) },
        'upstream',
        'error_wrong_item',
      ],
    },
    withCode,
  });
});

const ask = (answer: unknown) =>
  askProvider(oembed, { capability: 'post.get', ref, credential: {}, answers: [{ body: JSON.stringify(answer) }] });

test('the words, the author and the thumbnail; no figure, no time, no size, each with its reason', async () => {
  const { answer } = await ask(success);
  expect(answer?.records).toMatchObject([
    {
      record_type: 'post',
      post_type: 'video',
      post_url: `https://www.tiktok.com/@invented_baker/video/${ref.id}`,
      caption: 'Rye again, slowly #rye #bread with @invented.friend',
      hashtags: [
        { name: 'rye', origin: 'caption' },
        { name: 'bread', origin: 'caption' },
      ],
      mentions: [{ account: 'invented.friend', origin: 'caption' }],
      author_handle: 'invented_baker',
      author_name: 'Invented Baker',
      cover_url: 'https://p16-sign-va.tiktokcdn.com/invented/rye.jpeg?x-expires=1799999999',
      view_count: null,
      like_count: null,
      created_at: null,
      width: null,
      height: null,
      figures: {},
      missing_reasons: { view_count: 'not_in_response', like_count: 'not_in_response', created_at: 'not_in_response' },
      api_endpoint: 'oembed',
    },
  ]);
});

test('nothing of the embed code is kept, neither in the record nor in what it was read from', async () => {
  const { answer } = await ask(success);
  const raws: unknown[] = [];
  readAnswer(success, contextAt(testTime, { made: (_record, raw) => raws.push(raw) }));
  expect(raws).toHaveLength(1);
  for (const text of [JSON.stringify(answer), JSON.stringify(raws)])
    expect(text).not.toMatch(/blockquote|<script|embed\.js/u);
});

test('an older answer names its post in the embed code, and its author in an address', async () => {
  const { embed_product_id: _id, author_unique_id: _handle, ...older } = success;
  expect((await ask(older)).answer?.records[0]).toMatchObject({ post_id: ref.id, author_handle: 'invented_baker' });
  const html = success.html.replace(/data-video-id="\d+"/u, '').replace('/video/', '/photo/');
  expect((await ask({ ...older, html })).answer?.records[0]).toMatchObject({ post_id: ref.id });
});

test.each([
  ['a script', { author_unique_id: '<script>alert(1)</script>', author_url: 'javascript:alert(1)' }],
  ['another host', { author_unique_id: '', author_url: 'https://evil.test/@someone' }],
])('an author that is %s is none', async (_name, changes) => {
  expect((await ask({ ...success, ...changes })).answer?.records[0]).toMatchObject({
    author_handle: null,
    author_url: null,
  });
});

test('it needs no key, calls one host only, and is the last to be asked', () => {
  expect(oembed.needsCredential).toBe(false);
  expect(oembed.credential.safeParse({}).success).toBe(true);
  expect(oembed.origins({})).toEqual(['https://www.tiktok.com']);
  expect(providers.at(-1)).toBe(oembed);
});

test('the test of the connection: "not available" is an answer', async () => {
  const prove = (answer: StubAnswer): Promise<void> =>
    oembed.test({
      http: stubHttp(answer).http,
      now: () => testTime,
      credential: {},
      token: null,
      fresh: false,
      reportQuota: () => undefined,
    });
  await expect(prove({ status: 400, body: '{"code":400,"message":"x"}' })).resolves.toBeUndefined();
  await expect(prove({ status: 403, body: '' })).rejects.toMatchObject({ code: 'upstream' });
  await expect(prove({ body: '<html>' })).rejects.toMatchObject({ code: 'upstream' });
});
