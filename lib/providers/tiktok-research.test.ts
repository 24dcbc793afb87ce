import { describe, expect } from 'vitest';
import type { HttpRequest } from '../core/ports.ts';
import { testProvider } from './harness.ts';
import type { Query } from './provider.ts';
import { tiktokResearch } from './tiktok-research.ts';
import {
  author,
  credential,
  fixture,
  nextMidnight,
  post,
  received,
  shop,
  token,
  withCode,
} from './tiktok-research.samples.ts';

const errors = {
  'no access': [
    { status: 401, body: withCode('scope_not_authorized', 'scope') },
    'permission',
    'error_tiktok_research_scope_not_authorized',
  ],
  'a token that ran out': [
    { status: 401, body: withCode('access_token_invalid', 'x') },
    'auth',
    'error_tiktok_research_access_token_invalid',
  ],
  'the allowance of the day': [
    { status: 429, body: withCode('daily_quota_limit_exceeded', 'x') },
    'quota_exhausted',
    'error_tiktok_research_daily_quota_limit_exceeded',
    nextMidnight,
  ],
  'HTTP 429 of the table': [
    { status: 429, body: withCode('rate_limit_exceeded', 'x') },
    'quota_exhausted',
    'error_tiktok_research_rate_limit_exceeded',
    nextMidnight,
  ],
  'HTTP 429 with an unknown code': [
    { status: 429, body: withCode('slow_down', 'x') },
    'quota_exhausted',
    'error_tiktok_research_daily_quota_limit_exceeded',
    nextMidnight,
  ],
  'HTTP 429 without words': [
    { status: 429, body: '' },
    'quota_exhausted',
    'error_tiktok_research_daily_quota_limit_exceeded',
    nextMidnight,
  ],
  'HTTP 429 with another JSON': [
    { status: 429, body: '{}' },
    'quota_exhausted',
    'error_tiktok_research_daily_quota_limit_exceeded',
    nextMidnight,
  ],
  'HTTP 429 with a wait of seconds': [
    { status: 429, body: withCode('rate_limit_exceeded', 'x'), headers: { 'retry-after': '30' } },
    'rate_limited',
    null,
    received + 30_000,
  ],
  'HTTP 429 with a wait of hours': [
    { status: 429, body: withCode('rate_limit_exceeded', 'x'), headers: { 'retry-after': '7200' } },
    'quota_exhausted',
    'error_tiktok_research_rate_limit_exceeded',
    nextMidnight,
  ],
  'HTTP 429 with nonsense': [
    { status: 429, body: '', headers: { 'retry-after': 'soon' } },
    'quota_exhausted',
    'error_tiktok_research_daily_quota_limit_exceeded',
    nextMidnight,
  ],
  'the allowance of the day, with a wait': [
    { status: 429, body: withCode('daily_quota_limit_exceeded', 'x'), headers: { 'retry-after': '30' } },
    'quota_exhausted',
    'error_tiktok_research_daily_quota_limit_exceeded',
    nextMidnight,
  ],
  'a search that is being prepared': [
    { status: 400, body: withCode('invalid_params', 'Search Id 7401122334455667001 is invalid or expired') },
    'rate_limited',
    'error_tiktok_research_not_ready',
    received + 6_000,
  ],
  'a cursor that is being prepared': [
    { status: 400, body: withCode('invalid_params', 'Invalid count or cursor') },
    'rate_limited',
    'error_tiktok_research_not_ready',
    received + 6_000,
  ],
  'a wrong parameter': [
    { status: 400, body: withCode('invalid_params', 'The field Search Id is unknown') },
    'bad_request',
    'error_tiktok_research_invalid_params',
  ],
  'an internal error': [
    { status: 500, body: withCode('internal_error', 'Something is wrong') },
    'upstream',
    'error_tiktok_research_internal_error',
  ],
  'an unknown code': [
    { status: 400, body: withCode('something_new', 'x') },
    'upstream',
    'error_tiktok_research_unknown_code',
  ],
  'an unknown code with HTTP 401': [
    { status: 401, body: withCode('something_new', 'x') },
    'auth',
    'error_tiktok_research_unknown_code',
  ],
  'a code named like an object’s own': [
    { body: withCode('constructor', 'x') },
    'upstream',
    'error_tiktok_research_unknown_code',
  ],
  'HTTP 502': [{ status: 502, body: '<html>Bad Gateway</html>' }, 'upstream', 'error_http_status'],
  'HTTP 401 without words': [{ status: 401, body: '' }, 'auth', 'error_http_auth'],
  'HTTP 404': [{ status: 404, body: 'Unsupported path' }, 'upstream', 'error_http_address'],
  'a page of HTML': [{ body: '<!doctype html><title>x</title>' }, 'upstream', 'error_answer_html'],
  'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
  'an answer cut off': [{ body: '{"data":{"videos":[{"id":74' }, 'schema', 'error_answer_truncated'],
  'JSON that is no answer': [{ body: '[1,2]' }, 'schema', 'error_answer_unreadable'],
  'success without data': [{ body: '{"error":{"code":"ok"}}' }, 'schema', 'error_answer_unreadable'],
} satisfies Parameters<typeof testProvider>[0]['errors'];

function expectCall(path: string, field: string, body: (text: string) => void) {
  return (request: HttpRequest): void => {
    const url = new URL(request.url);
    expect(request.method).toBe('POST');
    expect(url.origin + url.pathname).toBe(`https://open.tiktokapis.com/v2/research/${path}/`);
    expect([...url.searchParams.keys()]).toEqual(['fields']);
    expect(url.searchParams.get('fields')?.split(',')).toContain(field);
    expect(request.headers).toEqual({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });
    body(request.body ?? '');
  };
}

const shared = { provider: tiktokResearch, credential, token, errors, withCode };
const envelope = ['data', 'error', 'error.code'];

describe('post.get', () => {
  testProvider({
    ...shared,
    name: 'video',
    capability: 'post.get',
    ref: post,
    success: fixture('video'),
    required: [...envelope, 'data.videos', 'data.videos.0', 'data.videos.0.id'],
    request: expectCall('video/query', 'voice_to_text', (body) =>
      expect(JSON.parse(body)).toEqual({
        query: { and: [{ operation: 'EQ', field_name: 'video_id', field_values: [post.id] }] },
        // The id was given on 2024-08-09 UTC.
        start_date: '20240808',
        end_date: '20240906',
        max_count: 100,
        is_random: false,
      }),
    ),
  });
});

describe('author.get', () => {
  testProvider({
    ...shared,
    name: 'account',
    capability: 'author.get',
    ref: author,
    success: {
      error: { code: 'ok', message: '', log_id: 'x' },
      data: fixture('user') && Reflect.get(Object(fixture('user')), 'data'),
    },
    required: envelope,
    request: expectCall('user/info', 'likes_count', (body) =>
      expect(JSON.parse(body)).toEqual({ username: author.id }),
    ),
  });
});

const noSubject = { platform: 'tiktok', subject: null } as const;
const search = (query: Query) => ({ ...noSubject, query });

describe('post.list', () => {
  testProvider({
    ...shared,
    name: 'videos of an account',
    capability: 'post.list',
    ref: author,
    answerId: post.id,
    success: fixture('video'),
    required: [...envelope, 'data.videos', 'data.videos.0', 'data.videos.0.id'],
    request: expectCall('video/query', 'favorites_count', (body) =>
      expect(JSON.parse(body)).toMatchObject({
        query: { and: [{ operation: 'EQ', field_name: 'username', field_values: ['ferry.notes'] }] },
        start_date: '20261023',
        end_date: '20261121',
      }),
    ),
  });
});

describe('post.search', () => {
  testProvider({
    ...shared,
    name: 'search',
    capability: 'post.search',
    ref: post,
    list: search({ hashtag: '#ferry' }),
    success: fixture('video'),
    required: [...envelope, 'data.videos', 'data.videos.0', 'data.videos.0.id'],
    request: expectCall('video/query', 'hashtag_info_list', (body) =>
      expect(JSON.parse(body)).toMatchObject({
        query: { and: [{ operation: 'EQ', field_name: 'hashtag_name', field_values: ['ferry'] }] },
      }),
    ),
  });
});

describe('comment.list', () => {
  testProvider({
    ...shared,
    name: 'comments',
    capability: 'comment.list',
    ref: post,
    answerId: '7401200000000000101',
    success: fixture('comment'),
    required: [...envelope, 'data.comments', 'data.comments.0', 'data.comments.0.id'],
    request: expectCall('video/comment/list', 'parent_comment_id', (body) =>
      expect(body).toBe('{"video_id":7401122334455667788,"max_count":100,"cursor":0}'),
    ),
  });
});

describe('product.list', () => {
  testProvider({
    ...shared,
    name: 'products',
    capability: 'product.list',
    ref: shop,
    answerId: '1729503318846291774',
    success: fixture('product'),
    required: ['data', 'data.product_data', 'data.product_data.0', 'data.product_data.0.product_id'],
    request: expectCall('tts/product', 'product_rating_5_count', (body) => {
      expect(body).toMatch(/^\{"shop_id":7494754040961990092,"page_start":1,"page_size":10,"fields":"product_id,/u);
    }),
  });
});

describe('shop.search', () => {
  testProvider({
    ...shared,
    name: 'shops',
    capability: 'shop.search',
    ref: shop,
    list: search({ shop: ' Tideline Supply ' }),
    success: fixture('shop'),
    required: ['data', 'data.shop_data', 'data.shop_data.0', 'data.shop_data.0.shop_id'],
    request: expectCall('tts/shop', 'shop_performance_value', (body) =>
      expect(JSON.parse(body)).toMatchObject({ shop_name: 'Tideline Supply', limit: 10 }),
    ),
  });
});
