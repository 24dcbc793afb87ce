import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import type { HttpRequest } from '../core/ports.ts';
import { type StubAnswer, stubHttp, testTime } from './harness.ts';
import type { Tokens } from './provider.ts';
import { tiktokResearch } from './tiktok-research.ts';
import { credential, received, text, token, videos, withCode } from './tiktok-research.samples.ts';

async function contextWith(...answers: readonly StubAnswer[]) {
  const { http, requests } = stubHttp(...answers);
  const parsed = z.parse(tiktokResearch.credential, credential);
  return {
    requests,
    context: { http, now: () => testTime, credential: parsed, token: null, fresh: false, reportQuota: () => undefined },
  };
}

async function renew(
  ...answers: readonly StubAnswer[]
): Promise<{ tokens: Tokens | undefined; requests: readonly HttpRequest[] }> {
  const { requests, context } = await contextWith(...answers);
  return { tokens: await tiktokResearch.login?.renew(context, null), requests };
}

describe('the token', () => {
  test('is the application’s own: nobody consents', async () => {
    expect(tiktokResearch.login?.consent).toBeNull();
    const { tokens, requests } = await renew({
      body: '{"access_token":"clt.new","expires_in":7200,"token_type":"Bearer"}',
    });
    expect(tokens).toEqual({
      access_token: 'clt.new',
      refresh_token: null,
      expires_at: received + 7_200_000,
      refresh_expires_at: null,
      scopes: [],
      account: null,
    });
    const [request] = requests;
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://open.tiktokapis.com/v2/oauth/token/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      secrets: ['planted*secret~+/=4712'],
    });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      client_key: 'aw-planted-key',
      client_secret: 'planted*secret~+/=4712',
      grant_type: 'client_credentials',
    });
  });

  test.each([
    [
      'a wrong secret',
      { status: 401, body: withCode('invalid_client', 'Client secret planted*secret~+/=4712 is wrong') },
      'auth',
      'error_tiktok_research_invalid_client',
    ],
    [
      'a wrong secret with HTTP 200',
      { body: withCode('invalid_client', 'x') },
      'auth',
      'error_tiktok_research_invalid_client',
    ],
    [
      'an ordinary app',
      { status: 400, body: withCode('unauthorized_client', 'x') },
      'permission',
      'error_tiktok_research_unauthorized_client',
    ],
    ['no token', { body: '{"expires_in":7200}' }, 'schema', 'error_tiktok_research_no_token'],
    ['no end', { body: '{"access_token":"clt.new"}' }, 'schema', 'error_tiktok_research_no_token'],
    ['HTML', { body: '<html>' }, 'upstream', 'error_answer_html'],
  ] as const)('%s', async (_name, answer, code, advice) => {
    const error: unknown = await renew(answer).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code, details: { advice } });
    expect(JSON.stringify(error instanceof AppError && error.toWire())).not.toContain('planted*secret');
  });

  test('is needed: without it nothing is asked', async () => {
    const { requests, context } = await contextWith(videos([]));
    await expect(tiktokResearch.test(context)).rejects.toMatchObject({ code: 'auth' });
    expect(requests).toEqual([]);
  });
});

describe('the test of a credential', () => {
  const prove = async (answer: StubAnswer) => {
    const { requests, context } = await contextWith(answer);
    await tiktokResearch.test({ ...context, token });
    return requests;
  };

  test('accepts an account, and that there is none', async () => {
    expect(await prove({ body: text('user') })).toHaveLength(1);
    await prove({ status: 400, body: withCode('invalid_params', 'username tiktok is invalid: cannot find the user') });
  });

  test('refuses what refuses', async () => {
    await expect(prove({ status: 401, body: withCode('access_token_invalid', 'x') })).rejects.toMatchObject({
      code: 'auth',
    });
    await expect(prove({ status: 400, body: withCode('invalid_params', 'fields') })).rejects.toMatchObject({
      code: 'bad_request',
    });
    await expect(prove({ body: '{"ok":true}' })).rejects.toMatchObject({ code: 'schema' });
  });
});

test('a credential is trimmed, and neither part may be missing', () => {
  expect(z.parse(tiktokResearch.credential, credential)).toEqual({
    clientKey: 'aw-planted-key',
    clientSecret: 'planted*secret~+/=4712',
  });
  for (const wrong of [{ clientKey: '' }, { clientKey: 'a b' }, { clientSecret: ' ' }, { clientKey: undefined }])
    expect(z.safeParse(tiktokResearch.credential, { ...credential, ...wrong }).success).toBe(false);
});

test('a thousand calls a day, counted in UTC, and no hurry', () => {
  const limits = tiktokResearch.limits(z.parse(tiktokResearch.credential, credential));
  expect(limits).toMatchObject({ perDay: 1000, dayZone: 'UTC', concurrency: 1 });
  expect(limits.perSecond).toBeLessThanOrEqual(2);
});
