/** For tests of the gateway: a credential, its answers, and what becomes of those that are none. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type ProviderCase, testTime } from './harness.ts';

/** As it is typed in: with what copying adds. */
export const credential = {
  key: ' t_planted_key_4711\n',
  secret: '\u{200B}planted secret+/=~4712',
  hosts: ['https://api-gw.onebound.cn'],
  language: 'cn',
};

/** One of our own answers. */
export const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../payloads/fixtures/${name}.json`, import.meta.url), 'utf8'));

/** An answer with one of its codes and these words. */
export const withCode = (code: string, words: string): string =>
  JSON.stringify({
    error: `error-${code}`,
    reason: words,
    error_code: code,
    success: 0,
    cache: 0,
    api_info: 'today:60 max:60',
    call_args: [],
  });
const nextMidnight = Date.UTC(2026, 10, 21, 16);
export const received = testTime + 250;
// 密钥错误或不存在, in GBK.
export const wrongKey = {
  body: Uint8Array.from([
    0xc3, 0xdc, 0xd4, 0xbf, 0xb4, 0xed, 0xce, 0xf3, 0xbb, 0xf2, 0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda,
  ]),
  headers: { 'content-type': 'text/html; charset=utf-8' },
};

/** What is no answer to any call. */
export const errors = {
  'a wrong key in GBK': [wrongKey, 'auth', 'error_gateway_wrong_key'],
  'a wrong key in UTF-8': [{ body: '密钥错误或不存在' }, 'auth', 'error_gateway_wrong_key'],
  'a page of HTML': [{ body: '<!doctype html><title>502</title>' }, 'upstream', 'error_answer_html'],
  'an empty body': [{ body: '' }, 'upstream', 'error_answer_empty'],
  'an answer cut off': [{ body: '{"item":{"num_iid":"74011' }, 'schema', 'error_answer_truncated'],
  'other words': [{ body: 'Service busy' }, 'upstream', 'error_answer_not_json'],
  'HTTP 429': [{ status: 429, body: '' }, 'rate_limited', null, received + 5_000],
  'HTTP 429 with seconds': [
    { status: 429, body: '{}', headers: { 'retry-after': '30' } },
    'rate_limited',
    null,
    received + 30_000,
  ],
  'HTTP 429 with a date': [
    { status: 429, body: '', headers: { 'retry-after': new Date(testTime + 60_000).toUTCString() } },
    'rate_limited',
    null,
    testTime + 60_000,
  ],
  'HTTP 429 with a date of the past': [
    { status: 429, body: '', headers: { 'retry-after': new Date(testTime - 60_000).toUTCString() } },
    'rate_limited',
    null,
    received + 5_000,
  ],
  'HTTP 429 with nonsense': [
    { status: 429, body: '', headers: { 'retry-after': 'soon' } },
    'rate_limited',
    null,
    received + 5_000,
  ],
  'HTTP 429 with code 4008': [{ status: 429, body: withCode('4008', '并发') }, 'rate_limited', null, received + 5_000],
  'HTTP 502': [{ status: 502, body: '<html>Bad Gateway</html>' }, 'upstream', 'error_http_status'],
  'HTTP 403 with a code': [{ status: 403, body: withCode('4005', '授权失败') }, 'auth', 'error_gateway_4005'],
  'HTTP 404': [{ status: 404, body: 'no such page' }, 'upstream', 'error_http_address'],
  'the concurrency limit': [{ body: withCode('4008', '并发') }, 'rate_limited', 'error_gateway_4008', received + 5_000],
  'calls used up': [
    { body: withCode('4013', 'Key[t_pl…]已超量') },
    'quota_exhausted',
    'error_gateway_4013',
    nextMidnight,
  ],
  maintenance: [{ body: withCode('4009', 'API维护中') }, 'upstream', 'error_gateway_4009', received + 3_600_000],
  'an unknown code': [{ body: withCode('4711', '?') }, 'upstream', 'error_gateway_unknown_code'],
  'a code named like an object’s own': [
    { body: withCode('constructor', '?') },
    'upstream',
    'error_gateway_unknown_code',
  ],
  'a code that is a number': [
    { body: '{"error_code":4016,"reason":"余额不足"}' },
    'quota_exhausted',
    'error_gateway_4016',
  ],
  'JSON that is no answer': [{ body: '[1,2]' }, 'schema', 'error_answer_unreadable'],
} satisfies ProviderCase['errors'];

/** And what is no answer about one thing. */
export const lookupErrors = {
  ...errors,
  'success without an item': [{ body: '{"error_code":"0000","item":[]}' }, 'not_found', 'error_gateway_2000'],
  'success without an id': [
    { body: '{"error_code":"0000","item":{"title":"x","name":"x"}}' },
    'schema',
    'error_answer_unreadable',
  ],
} satisfies ProviderCase['errors'];

/** Checks a request: its call and what it asks for besides what every request has. */
export function expectRequest(apiName: string, parameters: Readonly<Record<string, string>>) {
  return (request: { method: string; url: string; body?: string }, fresh: boolean): void => {
    expect(request.method).toBe('GET');
    expect(request.body).toBeUndefined();
    const url = new URL(request.url);
    expect(url.origin + url.pathname).toBe(`https://api-gw.onebound.cn/douyin/${apiName}/`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      key: 't_planted_key_4711',
      secret: 'planted secret+/=~4712',
      ...parameters,
      cache: fresh ? 'no' : 'yes',
      result_type: 'json',
      lang: 'cn',
      version: '',
    });
  };
}
