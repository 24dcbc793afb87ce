/** For tests: a credential, invented things, and answers of TikTok's Research API. */
import { readFileSync } from 'node:fs';
import { parseJson } from '../core/lossless-json.ts';
import { type StubAnswer, testTime } from './harness.ts';

export const credential = { clientKey: ' aw-planted-key \n', clientSecret: 'planted*secret~+/=4712' };
export const token = 'clt.planted+Token/4713*0';
export const text = (name: string): string =>
  readFileSync(new URL(`../payloads/fixtures/tiktok-research-${name}.json`, import.meta.url), 'utf8');
export const fixture = (name: string): unknown => parseJson(text(name));

export const post = { platform: 'tiktok', kind: 'post', id: '7401122334455667788' } as const;
export const author = { platform: 'tiktok', kind: 'author', id: 'ferry.notes' } as const;
export const shop = { platform: 'tiktok', kind: 'shop', id: '7494754040961990092' } as const;
export const received = testTime + 250;
/** The day is 2026-11-21 in UTC. */
export const nextMidnight = Date.UTC(2026, 10, 22);

export const oauthCodes = [
  'access_denied',
  'invalid_client',
  'invalid_grant',
  'invalid_request',
  'invalid_scope',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
];
export const withCode = (code: string, words: string): string =>
  JSON.stringify(
    oauthCodes.includes(code)
      ? { error: code, error_description: words, log_id: '2026112104' }
      : { data: {}, error: { code, message: words, log_id: '2026112104' } },
  );

export const videos = (ids: readonly string[], more: object = {}): StubAnswer => ({
  body: `{"data":${JSON.stringify({ videos: 'VIDEOS', cursor: 100, has_more: false, search_id: '77', ...more }).replace('"VIDEOS"', `[${ids.map((id) => `{"id":${id},"username":"ferry.notes"}`).join()}]`)},"error":{"code":"ok"}}`,
});
