import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from './index.ts';
import { ask, type TestAnswer } from './test-client.ts';

let sandbox: Sandbox;
let now = Date.UTC(2026, 10, 21, 4);
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => now });
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.reset());

const verifier = 'v'.repeat(50);
const state = 'state-of-sixteen-or-more';
const form = { 'content-type': 'application/x-www-form-urlencoded' };

function consentAddress(change: Record<string, string> = {}): string {
  const { clientKey, redirectUri } = sandbox.credentials.tiktokOfficial;
  const query = new URLSearchParams({
    client_key: clientKey,
    response_type: 'code',
    scope: 'user.info.basic,user.info.profile,user.info.stats,video.list',
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('hex'),
    code_challenge_method: 'S256',
    ...change,
  });
  return `https://www.tiktok.com/v2/auth/authorize/?${query.toString()}`;
}

/** Presses a button of the screen; resolves with the address that it leads to. */
async function press(choice: string, scopes: readonly string[] = []): Promise<URL> {
  const screen = await ask(sandbox.port, consentAddress());
  const action = /action="([^"]+)"/.exec(screen.text)?.[1] ?? '';
  const body = new URLSearchParams([['choice', choice], ...scopes.map((scope) => ['scope', scope])]).toString();
  const answer = await ask(sandbox.port, `https://www.tiktok.com${action}`, { method: 'POST', body, headers: form });
  expect(answer.status).toBe(302);
  return new URL(String(answer.headers['location']));
}

async function token(fields: Record<string, string>): Promise<TestAnswer & { json: Record<string, unknown> }> {
  const { clientKey, clientSecret } = sandbox.credentials.tiktokOfficial;
  const body = new URLSearchParams({ client_key: clientKey, client_secret: clientSecret, ...fields }).toString();
  const address = 'https://open.tiktokapis.com/v2/oauth/token/';
  const answer = await ask(sandbox.port, address, { method: 'POST', body, headers: form });
  return { ...answer, json: JSON.parse(answer.text) };
}

async function redeem(code: string, change: Record<string, string> = {}) {
  const { redirectUri } = sandbox.credentials.tiktokOfficial;
  const fields = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier };
  return token({ ...fields, ...change });
}

const all = ['user.info.basic', 'user.info.profile', 'user.info.stats', 'video.list'];
async function logIn(scopes: readonly string[] = all): Promise<Record<string, unknown>> {
  const { json } = await redeem((await press('allow', scopes)).searchParams.get('code') ?? '');
  return json;
}

async function call(path: string, accessToken: unknown, body?: object) {
  const headers = {
    authorization: `Bearer ${String(accessToken)}`,
    ...(body ? { 'content-type': 'application/json' } : {}),
  };
  const options = body ? { method: 'POST', body: JSON.stringify(body), headers } : { headers };
  const answer = await ask(sandbox.port, `https://open.tiktokapis.com${path}`, options);
  return { status: answer.status, json: JSON.parse(answer.text) };
}

describe('the consent', () => {
  test.each([
    ['client_key', { client_key: 'other' }],
    ['redirect_uri', { redirect_uri: 'http://127.0.0.1:3455/other/' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'user.info.basic,video.upload' }],
    ['code_challenge_method', { code_challenge_method: 'plain' }],
    ['code_challenge', { code_challenge: createHash('sha256').update(verifier).digest('base64url') }],
    ['state', { state: 'x' }],
  ])('shows what is wrong: %s', async (refusal, change) => {
    const screen = await ask(sandbox.port, consentAddress(change));
    expect(screen.status).toBe(400);
    expect(screen.text).toContain(`<p id="refusal">${refusal}</p>`);
    expect(sandbox.calls.at(-1)).toMatchObject({ apiName: 'authorize', verdict: refusal });
  });

  test('leads back with a code, or with the refusal', async () => {
    const back = await press('allow', ['video.list']);
    expect(back.href).toContain(sandbox.credentials.tiktokOfficial.redirectUri);
    expect(back.searchParams.get('state')).toBe(state);
    expect(back.searchParams.get('scopes')).toBe('video.list');
    expect((await press('deny')).searchParams.get('error')).toBe('access_denied');
  });
});

describe('tokens', () => {
  test('a code is good for once, with its verifier, its address and the right secret', async () => {
    const code = async (): Promise<string> => (await press('allow', all)).searchParams.get('code') ?? '';
    const first = await code();
    expect((await redeem(first)).json).toMatchObject({ expires_in: 7_200, token_type: 'Bearer', scope: all.join(',') });
    expect((await redeem(first)).json).toMatchObject({ error: 'invalid_grant' });
    expect((await redeem(await code(), { code_verifier: 'x'.repeat(50) })).json['error']).toBe('invalid_request');
    expect((await redeem(await code(), { redirect_uri: 'http://127.0.0.1/' })).json['error']).toBe('invalid_request');
    expect((await redeem(await code(), { client_secret: 'x' })).status).toBe(401);
    expect((await redeem(await code(), { grant_type: 'password' })).json['error']).toBe('unsupported_grant_type');
    expect((await token({ grant_type: 'client_credentials' })).status).toBe(200);
  });

  test('a renewal kills the former refresh token', async () => {
    const first = await logIn();
    const second = await token({ grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) });
    expect(second.json['refresh_token']).not.toBe(first['refresh_token']);
    const again = await token({ grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) });
    expect(again.json).toMatchObject({ error: 'invalid_grant' });
  });

  test('they live as long as is set', async () => {
    sandbox.setTokenLifetime(5, 10);
    const first = await logIn();
    const user = (): Promise<{ status: number }> => call('/v2/user/info/?fields=open_id', first['access_token']);
    expect((await user()).status).toBe(200);
    now += 5_000;
    expect((await user()).status).toBe(401);
    now += 5_000;
    const late = await token({ grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) });
    expect(late.json).toMatchObject({ error: 'invalid_grant' });
  });

  test('answers can be held after they are made', async () => {
    const first = await logIn();
    const release = sandbox.holdTokenAnswers();
    let isAnswered = false;
    const renewal = token({ grant_type: 'refresh_token', refresh_token: String(first['refresh_token']) }).then(
      (answer) => {
        isAnswered = true;
        return answer;
      },
    );
    await expect.poll(() => sandbox.calls.at(-1)?.apiName).toBe('oauth/refresh_token');
    expect(isAnswered).toBe(false);
    release();
    expect((await renewal).status).toBe(200);
  });
});

describe('the account’s own data', () => {
  test('a field needs its scope, and a call its token', async () => {
    const { access_token: accessToken } = await logIn(['user.info.basic']);
    expect((await call('/v2/user/info/?fields=open_id,display_name', accessToken)).status).toBe(200);
    const names = (await call('/v2/user/info/?fields=username', accessToken)).json;
    expect(names.error.code).toBe('scope_not_authorized');
    expect((await call('/v2/user/info/?fields=nonsense', accessToken)).json.error.code).toBe('invalid_params');
    expect((await call('/v2/user/info/', accessToken)).json.error.code).toBe('invalid_params');
    expect((await call('/v2/video/list/?fields=id', accessToken, {})).json.error.code).toBe('scope_not_authorized');
    expect((await call('/v2/user/info/?fields=open_id', 'act.other')).json.error.code).toBe('access_token_invalid');
  });

  test('its posts come page by page, and no others can be asked for', async () => {
    const { access_token: accessToken } = await logIn();
    const own = sandbox.world
      .postsOf('tiktok')
      .filter((post) => post.author.handle === sandbox.world.ids.tiktok.author && post.status === 'normal');
    const seen: string[] = [];
    let cursor: number | undefined;
    for (;;) {
      const { json } = await call('/v2/video/list/?fields=id', accessToken, { max_count: 3, cursor });
      seen.push(...json.data.videos.map(({ id }: { id: string }) => id));
      if (!json.data.has_more) break;
      cursor = json.data.cursor;
    }
    expect([...seen].sort()).toEqual(own.map(({ id }) => id).sort());
    const foreign = sandbox.world.postsOf('tiktok').find((post) => !seen.includes(post.id) && post.status === 'normal');
    const filters = { video_ids: [seen[0], foreign?.id] };
    const { json } = await call('/v2/video/query/?fields=id,duration', accessToken, { filters });
    expect(json.data.videos.map(({ id }: { id: string }) => id)).toEqual([seen[0]]);
    expect((await call('/v2/video/list/?fields=id', accessToken, { max_count: 21 })).status).toBe(400);
  });

  test('faults are those of the other APIs, in the form of this one', async () => {
    const { access_token: accessToken } = await logIn();
    const user = () => call('/v2/user/info/?fields=open_id', accessToken);
    sandbox.setFault('tiktok-official', { kind: 'rate_limit', retryAfter: 3 }, 1);
    expect(await user()).toMatchObject({ status: 429, json: { error: { code: 'rate_limit_exceeded' } } });
    sandbox.setFault('tiktok-official', { kind: 'code', code: 'internal_error' }, 1);
    expect((await user()).json.error.code).toBe('internal_error');
    expect(sandbox.calls.at(-1)).toMatchObject({ verdict: 'code_internal_error', checked: 'ok' });
    expect((await user()).status).toBe(200);
  });
});
