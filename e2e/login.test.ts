/** The login of TikTok's official API: consent in a tab, tokens that run out, and a worker that may die at any moment. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ask as askSandbox } from '../sandbox/test-client.ts';
import type { CredentialState, Entry, LoginView } from '../lib/messaging/protocol.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

const provider = 'tiktok-official';
let session: Session;
let release = (): void => undefined;

beforeAll(async () => {
  session = await startSession();
  await session.allow('https://open.tiktokapis.com');
  await session.allow('http://127.0.0.1');
  await session.ask('credential.save', { provider, values: session.sandbox.credentials.tiktokOfficial });
});
afterAll(() => session?.close());
beforeEach(async () => {
  session.sandbox.reset();
  await session.ask('login.end', { provider });
});
afterEach(() => release());

async function login(): Promise<LoginView> {
  const states = await session.ask<CredentialState[]>('credential.list', {});
  const found = states.find((state) => state.provider === provider)?.login;
  if (!found) throw new Error('This provider has no login.');
  return found;
}

/** Begins a login; resolves with the screen in its tab. */
async function consentScreen(): Promise<Page> {
  const opened = session.browser.context.waitForEvent('page');
  await session.ask('login.begin', { provider });
  const page = await opened;
  await page.getByRole('button', { name: 'Authorise' }).waitFor();
  return page;
}

async function logIn(): Promise<LoginView> {
  const page = await consentScreen();
  await page.getByRole('button', { name: 'Authorise' }).click({ noWaitAfter: true });
  return eventually(login, ({ state }) => state === 'active');
}

const author = (): string => `tiktok:author:${session.sandbox.world.ids.tiktok.author}`;
const lookUp = (ref = author()): Promise<Entry> =>
  session.ask<Entry>('record.lookup', { ref, refresh: true, tabId: null });
const tokenCalls = (grant: string) => session.sandbox.calls.filter(({ apiName }) => apiName === `oauth/${grant}`);

describe('the consent', () => {
  it('opens in a tab, is clicked, and leads to the account’s own data', async () => {
    expect(await login()).toMatchObject({
      state: 'none',
      consent: true,
      redirectUri: 'http://127.0.0.1:3455/callback/',
    });
    const page = await consentScreen();
    expect((await login()).state).toBe('pending');
    const closed = page.waitForEvent('close');
    await page.getByRole('button', { name: 'Authorise' }).click({ noWaitAfter: true });
    // The address with the code is not left open.
    await closed;
    const now = await eventually(login, ({ state }) => state === 'active');
    expect(now).toMatchObject({
      error: null,
      scopes: ['user.info.basic', 'user.info.profile', 'user.info.stats', 'video.list'],
    });
    expect(tokenCalls('authorization_code').map(({ verdict }) => verdict)).toEqual(['ok']);

    const entry = await lookUp();
    const { handle, followers } = session.sandbox.world.author(session.sandbox.world.ids.tiktok.author) ?? {};
    expect(entry).toMatchObject({ status: 'fresh', error: null });
    expect(entry.record).toMatchObject({
      author_handle: handle,
      author_follower_count: followers,
      api_provider: provider,
    });
    expect(session.sandbox.calls.at(-1)).toMatchObject({ apiName: 'user/info', verdict: 'ok' });

    await session.ask('login.end', { provider });
    expect((await login()).state).toBe('none');
    expect(session.sandbox.calls.at(-1)).toMatchObject({ apiName: 'oauth/revoke', verdict: 'ok' });
  });

  it('may be refused, and says so', async () => {
    const page = await consentScreen();
    await page.getByRole('button', { name: 'Cancel' }).click({ noWaitAfter: true });
    const now = await eventually(login, ({ error }) => error !== null);
    expect(now).toMatchObject({ state: 'none', error: { advice: 'error_tiktok_official_access_denied' } });
    expect(tokenCalls('authorization_code')).toEqual([]);
    // A new one begins anew.
    expect((await logIn()).error).toBeNull();
  });

  it('may be pasted where the tab was not seen; an address with another state is refused', async () => {
    const page = await consentScreen();
    const action = await page.locator('form').getAttribute('action');
    // Pressed where our extension never sees the redirect.
    const answer = await askSandbox(session.sandbox.port, new URL(action ?? '', page.url()).href, {
      method: 'POST',
      body: 'choice=allow&scope=user.info.profile',
    });
    const address = String(answer.headers['location']);
    expect(address).toContain('http://127.0.0.1:3455/callback/?code=');
    const foreign = address.replace(/state=[^&]*/u, 'state=0123456789abcdef0123456789abcdef');
    await expect(session.ask('login.paste', { provider, url: foreign })).rejects.toThrow('another consent');
    await expect(session.ask('login.paste', { provider, url: 'https://example.org/?code=1' })).rejects.toThrow(
      'not the address',
    );
    expect((await login()).state).toBe('pending');
    // The same in a tab does nothing at all.
    const stranger = await session.browser.context.newPage();
    await stranger.goto(foreign).catch(() => undefined);
    await session.ask('login.paste', { provider, url: ` ${address}\n` });
    expect(await login()).toMatchObject({ state: 'active', scopes: ['user.info.profile'] });
    expect(tokenCalls('authorization_code')).toHaveLength(1);
    await expect(session.ask('login.paste', { provider, url: address })).rejects.toThrow('No login');
    await stranger.close();
  });
});

describe('tokens', () => {
  it('are renewed after their end, once for all who need one, and the former refresh token is dead', async () => {
    session.sandbox.setTokenLifetime(1);
    await logIn();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    session.sandbox.setTokenLifetime(7_200);
    const [post, other] = session.sandbox.world
      .postsOf('tiktok')
      .filter((found) => found.author.handle === session.sandbox.world.ids.tiktok.author && found.status === 'normal');
    const entries = await Promise.all([
      lookUp(),
      lookUp(`tiktok:post:${post?.id ?? ''}`),
      lookUp(`tiktok:post:${other?.id ?? ''}`),
    ]);
    expect(entries.map(({ status, error }) => error?.message ?? status)).toEqual(['fresh', 'fresh', 'fresh']);
    expect(tokenCalls('refresh_token').map(({ verdict }) => verdict)).toEqual(['ok']);
    const used = tokenCalls('refresh_token').map(({ parameters }) => parameters['refresh_token']);
    session.sandbox.setTokenLifetime(7_200);
    await session.browser.killWorker();
    expect((await lookUp()).status).toBe('fresh');
    expect(used).toHaveLength(1);
  });

  it('that the server does not know any more end the login, with words that say what to do', async () => {
    await logIn();
    session.sandbox.reset();
    const entry = await lookUp();
    expect(entry.error).toMatchObject({ code: 'auth', advice: 'error_tiktok_official_invalid_grant' });
    expect((await login()).state).toBe('ended');
    const before = tokenCalls('refresh_token').length;
    expect((await lookUp()).error).toMatchObject({ advice: 'error_login_needed' });
    expect(tokenCalls('refresh_token')).toHaveLength(before);
  });
});

describe('a worker that dies between the token answer and the store', () => {
  it('loses no consent', async () => {
    release = session.sandbox.holdTokenAnswers();
    const page = await consentScreen();
    await page.getByRole('button', { name: 'Authorise' }).click({ noWaitAfter: true });
    await eventually(
      async () => tokenCalls('authorization_code').length,
      (count) => count === 1,
    );
    await session.browser.killWorker();
    release();
    expect(await eventually(login, ({ state }) => state === 'active')).toMatchObject({ error: null });
    expect((await lookUp()).status).toBe('fresh');
  });

  it('loses no renewal, whose former refresh token is dead', async () => {
    session.sandbox.setTokenLifetime(1);
    await logIn();
    session.sandbox.setTokenLifetime(7_200);
    release = session.sandbox.holdTokenAnswers();
    const first = lookUp().catch((error: unknown) => String(error));
    await eventually(
      async () => tokenCalls('refresh_token').length,
      (count) => count === 1,
    );
    await session.browser.killWorker();
    release();
    await first;
    expect(await lookUp()).toMatchObject({ status: 'fresh', error: null });
    expect((await login()).state).toBe('active');
    // The one that the dead worker had asked for served the next.
    expect(tokenCalls('refresh_token').map(({ verdict }) => verdict)).toEqual(['ok']);
  });
});

it('no token, code or secret is in any console', async () => {
  await logIn();
  const names = ['code', 'refresh_token', 'client_secret', 'code_verifier'];
  const secrets = session.sandbox.calls.flatMap(({ parameters }) =>
    names.map((name) => parameters[name]).filter((value) => typeof value === 'string'),
  );
  expect(secrets.length).toBeGreaterThan(2);
  const written = session.browser.console.filter((line) => !line.includes('127.0.0.1:3455')).join('\n');
  for (const secret of secrets) expect(written).not.toContain(secret);
});
