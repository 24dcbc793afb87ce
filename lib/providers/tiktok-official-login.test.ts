import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import { type StubAnswer, stubHttp, testTime } from './harness.ts';
import type { Tokens } from './provider.ts';
import { tiktokOfficial } from './tiktok-official.ts';

const credential = {
  clientKey: 'awplantedkey4711',
  clientSecret: 'planted secret*~+/=4712',
  redirectUri: '',
};
const token = 'act.planted-token-4713*!';
const received = testTime + 250;
const user: unknown = JSON.parse(
  readFileSync(new URL('../payloads/fixtures/tiktok-display-user.json', import.meta.url), 'utf8'),
);

const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const code = 'planted*code!4714';
const tokens: Tokens = {
  access_token: 'act.planted-old-4715',
  refresh_token: 'rft.planted-old-4716',
  expires_at: testTime,
  refresh_expires_at: testTime + 1_000,
  scopes: ['video.list'],
  account: 'open-id-1',
};
const issued = {
  access_token: 'act.new',
  expires_in: 7_200,
  open_id: 'open-id-2',
  refresh_expires_in: 15_552_000,
  refresh_token: 'rft.new',
  scope: 'user.info.basic,video.list',
  token_type: 'Bearer',
};

function loginWith(answer: StubAnswer) {
  const { http, requests } = stubHttp(answer);
  const parsed = z.parse(tiktokOfficial.credential, credential);
  const context = {
    http,
    now: () => testTime,
    credential: parsed,
    token: null,
    fresh: true,
    reportQuota: () => undefined,
  };
  const { login } = tiktokOfficial;
  if (!login?.consent) throw new Error('No consent.');
  const sent = (): Record<string, string> => Object.fromEntries(new URLSearchParams(requests[0]?.body));
  return { login, consent: login.consent, context, parsed, requests, sent };
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It succeeded.');
}

describe('the login', () => {
  test('asks with the hex digest that TikTok wants, comma separated scopes, and no secret', () => {
    const { consent, parsed } = loginWith({ body: '' });
    const url = new URL(consent.address(parsed, { state: 'state-1', verifier }));
    expect(url.origin + url.pathname).toBe('https://www.tiktok.com/v2/auth/authorize/');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_key: 'awplantedkey4711',
      response_type: 'code',
      scope: 'user.info.basic,user.info.profile,user.info.stats,video.list',
      redirect_uri: 'http://127.0.0.1:3455/callback/',
      state: 'state-1',
      code_challenge: '13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3',
      code_challenge_method: 'S256',
    });
    expect(url.href).not.toContain('planted%20secret');
  });

  test('trades a code; how long tokens live is what the answer says', async () => {
    const { consent, context, requests, sent } = loginWith({ body: JSON.stringify(issued) });
    expect(await consent.redeem(context, { code, verifier })).toEqual({
      access_token: 'act.new',
      refresh_token: 'rft.new',
      expires_at: received + 7_200_000,
      refresh_expires_at: received + 15_552_000_000,
      scopes: ['user.info.basic', 'video.list'],
      account: 'open-id-2',
    });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://open.tiktokapis.com/v2/oauth/token/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(requests[0]?.secrets).toEqual(expect.arrayContaining([code, verifier, 'planted secret*~+/=4712']));
    expect(sent()).toEqual({
      client_key: 'awplantedkey4711',
      client_secret: 'planted secret*~+/=4712',
      code,
      grant_type: 'authorization_code',
      redirect_uri: 'http://127.0.0.1:3455/callback/',
      code_verifier: verifier,
    });
  });

  test('renews by the refresh token and takes the rotated one; what is not said again stays', async () => {
    const { login, context, sent } = loginWith({ body: JSON.stringify(issued) });
    expect((await login.renew(context, tokens)).refresh_token).toBe('rft.new');
    expect(sent()).toMatchObject({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
    const bare = loginWith({ body: '{"access_token":"act.new"}' });
    expect(await bare.login.renew(bare.context, tokens)).toEqual({
      ...tokens,
      access_token: 'act.new',
      // Nobody knows until when: it is renewed before its next use.
      expires_at: received,
    });
  });

  test.each([
    ['invalid_grant', 'auth'],
    ['invalid_client', 'auth'],
    ['invalid_request', 'bad_request'],
    ['unauthorized_client', 'permission'],
    ['unsupported_grant_type', 'bad_request'],
  ] as const)('a flat error of the token endpoint: %s → %s, without a secret', async (error, expected) => {
    const leak = `${code} ${verifier} ${tokens.refresh_token} planted secret*~+/=4712`;
    const body = JSON.stringify({ error, error_description: `No: ${leak}`, log_id: '1' });
    const answer = { status: 400, body };
    const { login, consent, context } = loginWith(answer);
    await expect(login.renew(context, tokens)).rejects.toMatchObject({ code: expected });
    const problem = await failureOf(consent.redeem(context, { code, verifier }));
    expect(problem).toMatchObject({ code: expected, details: { upstreamCode: error } });
    const text = JSON.stringify(problem.toWire());
    for (const secret of [code, verifier, 'planted secret']) expect(text).not.toContain(secret);
  });

  test.each([
    ['{"access_token":""}', 'schema'],
    ['{}', 'schema'],
    ['[]', 'schema'],
    ['<html>', 'upstream'],
  ])('an answer without a token is no login: %s', async (body, expected) => {
    const { consent, context } = loginWith({ body });
    await expect(consent.redeem(context, { code, verifier })).rejects.toMatchObject({ code: expected });
  });

  test('without a refresh token a new consent is needed, and nothing is sent', async () => {
    const { login, context, requests } = loginWith({ body: '{}' });
    await expect(login.renew(context, { ...tokens, refresh_token: null })).rejects.toMatchObject({ code: 'auth' });
    expect(requests).toEqual([]);
  });

  test('is revoked at its own address', async () => {
    const { login, context, requests, sent } = loginWith({ body: '{}' });
    await login.revoke?.(context, tokens);
    expect(requests[0]?.url).toBe('https://open.tiktokapis.com/v2/oauth/revoke/');
    expect(sent()['token']).toBe(tokens.access_token);
  });
});

describe('the test of a credential', () => {
  test('before a login proves key and secret by an application’s token', async () => {
    const { context, sent } = loginWith({ body: '{"access_token":"clt.x","expires_in":7200,"token_type":"Bearer"}' });
    await tiktokOfficial.test(context);
    expect(sent()['grant_type']).toBe('client_credentials');
    const unknown = loginWith({ status: 401, body: '{"error":"invalid_client","error_description":"x"}' });
    await expect(tiktokOfficial.test(unknown.context)).rejects.toMatchObject({ code: 'auth' });
    const notAllowed = loginWith({ status: 400, body: '{"error":"unauthorized_client","error_description":"x"}' });
    await tiktokOfficial.test(notAllowed.context);
  });

  test('after a login asks for the account', async () => {
    const { context, requests } = loginWith({ body: JSON.stringify(user) });
    await tiktokOfficial.test({ ...context, token });
    expect(requests[0]?.url).toContain('/v2/user/info/?fields=');
    const ended = loginWith({
      status: 401,
      body: '{"data":{},"error":{"code":"access_token_invalid","message":"x","log_id":"1"}}',
    });
    await expect(tiktokOfficial.test({ ...ended.context, token })).rejects.toMatchObject({ code: 'auth' });
  });
});
