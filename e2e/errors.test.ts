/** Every failure leads to its own clear message, in both languages, and none of them carries a key. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { gateway } from '../lib/providers/gateway.ts';
import type { CredentialState, Entry, PageState } from '../lib/messaging/protocol.ts';
import { ChipProbe } from './harness/chromium.ts';
import { eventually, type Session, startSession } from './harness/session.ts';
import { type Language, languages, messageOf, pattern } from './harness/wording.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
  await session.ask('settings.change', { automaticLookup: false });
});
afterAll(() => session?.close());
afterEach(async () => {
  session.sandbox.setFault('gateway', null);
  session.sandbox.setFault('key-secret', null);
  await session.ask('settings.change', { language: 'en' });
  await session.saveKeys();
});

const look = (ref: string): Promise<Entry> => session.ask<Entry>('record.lookup', { ref, refresh: true, tabId: null });
const douyinVideo = (): string => `douyin:post:${session.sandbox.world.ids.douyin.video}`;
const tiktokVideo = (): string => `tiktok:post:${session.sandbox.world.ids.tiktok.video}`;

/** What the panel says of the current item of this page, in one language. */
async function panelError(url: string, ref: string, language: Language): Promise<string> {
  await session.ask('settings.change', { language });
  const page = await session.open(url);
  await page.bringToFront();
  const tabId = await session.browser.tabId(page);
  await eventually(
    () => session.ask<PageState | null>('page.get', { tabId }),
    (now) => now?.current === ref,
  );
  const panel = await session.browser.openSurface('sidepanel', page);
  const text = await panel.getByTestId('error-text').first().innerText({ timeout: 10_000 });
  await panel.close();
  await page.close();
  return text;
}

describe('refused calls', () => {
  const douyinUrl = (): string => `https://www.douyin.com/video/${session.sandbox.world.ids.douyin.video}`;
  const tiktokUrl = (): string => `https://www.tiktok.com/@someone/video/${session.sandbox.world.ids.tiktok.video}`;

  async function saysInBoth(url: string, ref: string, error: Entry['error']): Promise<void> {
    const key = error?.advice ?? `error_${error?.code}`;
    for (const language of languages) expect(await panelError(url, ref, language)).toMatch(pattern(language, key));
  }

  it('a wrong key of the gateway, which answers in GBK labelled UTF-8', async () => {
    await session.saveKeys({ gateway: { key: 'no_such_key_7781' } });
    const entry = await look(douyinVideo());
    expect(entry.error?.code).toBe('auth');
    expect(session.sandbox.calls.at(-1)?.verdict).toBe('wrong_key');
    await saysInBoth(douyinUrl(), douyinVideo(), entry.error);
  });

  it('a wrong secret: the signature does not verify', async () => {
    await session.saveKeys({ 'key-secret': { secret: 'not-the-secret-55' } });
    const entry = await look(tiktokVideo());
    expect(session.sandbox.calls.at(-1)?.verdict).toBe('bad_sign');
    expect(entry.error?.code).toBe('auth');
    await saysInBoth(tiktokUrl(), tiktokVideo(), entry.error);
  });

  it('a request that was tampered with on its way', async () => {
    await session.browser.context.route('https://gateway.keysecret.test/**', async (route) => {
      const body = route.request().postData() ?? '';
      await route.continue({ postData: body.replace(/"need_music":\s*1/u, '"need_music":0') });
    });
    const entry = await look(tiktokVideo());
    await session.browser.context.unroute('https://gateway.keysecret.test/**');
    expect(session.sandbox.calls.at(-1)?.verdict).toBe('bad_sign');
    expect(entry.error?.code).toBe('auth');
  });

  it('a clock that is 20 minutes slow: refused once, then right by the clock of the gateway', async () => {
    const verdictsSince = (from: number): string[] => session.sandbox.calls.slice(from).map(({ verdict }) => verdict);
    const worker = await session.browser.worker();
    await worker.evaluate(() => {
      const real = Date.now.bind(Date);
      Date.now = () => real() - 20 * 60_000;
    });
    try {
      const from = session.sandbox.calls.length;
      expect((await look(tiktokVideo())).status).toBe('fresh');
      expect((await look(tiktokVideo())).status).toBe('fresh');
      expect(verdictsSince(from)).toEqual(['stale_timestamp', 'ok', 'ok']);
    } finally {
      // A new worker has the right time again, and what it was told of the clock until then does no harm.
      await session.browser.killWorker();
    }
    const from = session.sandbox.calls.length;
    expect((await look(tiktokVideo())).status).toBe('fresh');
    expect(verdictsSince(from)).toEqual(['stale_timestamp', 'ok']);
  });

  it('a timestamp that is refused whatever the clock', async () => {
    session.sandbox.setFault('key-secret', { kind: 'code', code: '40103', reason: 'timestamp expired' });
    const from = session.sandbox.calls.length;
    const entry = await look(tiktokVideo());
    expect(session.sandbox.calls.length - from).toBe(1);
    expect(entry.error).toMatchObject({ code: 'auth', advice: 'error_key_secret_clock' });
    await saysInBoth(tiktokUrl(), tiktokVideo(), entry.error);
  });
});

describe('every code of the gateway', () => {
  const codes = Object.entries(gateway.errors);

  it('has its own words in both languages', () => {
    for (const language of languages) {
      const texts = codes.map(([, meaning]) => messageOf(language, meaning.advice));
      expect(texts.every(Boolean)).toBe(true);
      expect(new Set(texts).size).toBe(codes.length);
    }
  });

  // 4008 asks for patience: it is among the faults that take long.
  it.each(codes.filter(([code]) => code !== '4008'))('%s', async (code, meaning) => {
    session.sandbox.setFault('gateway', { kind: 'code', code });
    const entry = await look(douyinVideo());
    expect(entry.error).toMatchObject({
      code: meaning.code,
      advice: meaning.advice,
      upstreamCode: code,
      provider: 'gateway',
    });
  });
});

describe('what goes out', () => {
  it('carries no cookie, no referrer and no platform’s origin', async () => {
    const cookie = { name: 'session', value: 'planted-cookie', path: '/', secure: true, sameSite: 'None' as const };
    const domains = ['api-gw.onebound.cn', 'gateway.keysecret.test'];
    await session.browser.context.addCookies(domains.map((domain) => ({ ...cookie, domain })));
    const from = session.sandbox.calls.length;
    await look(douyinVideo());
    await look(tiktokVideo());
    await session.browser.context.clearCookies();
    const calls = session.sandbox.calls.slice(from);
    expect(calls.map((call) => call.verdict)).toEqual(['ok', 'ok']);
    expect(calls.map((call) => [call.headers.cookie, call.headers.referer])).toEqual([
      [null, null],
      [null, null],
    ]);
    // A browser names the sender of a POST; that is the extension.
    for (const call of calls) expect(call.headers.origin ?? 'chrome-extension:').toMatch(/^chrome-extension:/u);
  });
});

describe('host permissions', () => {
  const granted = async (): Promise<string[]> => {
    const page = await session.browser.openSurface('options');
    const origins = await page.evaluate(() =>
      (globalThis as unknown as PermissionsChrome).chrome.permissions.getAll().then((all) => all.origins),
    );
    await page.close();
    return origins.filter((origin) => /onebound|keysecret|elsewhere/u.test(origin)).sort();
  };

  it('a revoked one is an error that says what to do; saving again mends it', async () => {
    const page = await session.browser.openSurface('options');
    await page.evaluate(() =>
      (globalThis as unknown as PermissionsChrome).chrome.permissions.remove({
        origins: ['https://api-gw.onebound.cn/*'],
      }),
    );
    await page.close();
    const calls = session.sandbox.calls.length;
    const entry = await look(douyinVideo());
    expect(entry.error).toMatchObject({ code: 'permission', advice: 'error_host_permission' });
    expect(session.sandbox.calls.length).toBe(calls);
    await session.saveKeys();
    expect((await look(douyinVideo())).status).toBe('fresh');
  });

  it('those of a host that left the list, of a test that was never saved and of a deleted key are given back', async () => {
    await session.allow('https://api-2.onebound.cn');
    await session.saveKeys({ gateway: { hosts: ['https://api-gw.onebound.cn', 'https://api-2.onebound.cn'] } });
    expect(await granted()).toEqual([
      'https://api-2.onebound.cn/*',
      'https://api-gw.onebound.cn/*',
      'https://gateway.keysecret.test/*',
    ]);
    await session.saveKeys({ gateway: { hosts: ['https://api-gw.onebound.cn'] } });
    expect(await granted()).toEqual(['https://api-gw.onebound.cn/*', 'https://gateway.keysecret.test/*']);

    await session.allow('https://api-3.onebound.cn');
    await session.ask('credential.test', {
      provider: 'gateway',
      values: { ...session.sandbox.credentials.gateway, hosts: ['https://api-3.onebound.cn'] },
    });
    await session.saveKeys();
    expect(await granted()).toEqual(['https://api-gw.onebound.cn/*', 'https://gateway.keysecret.test/*']);
    await session.ask('credential.delete', { provider: 'gateway' });
    expect(await granted()).toEqual(['https://gateway.keysecret.test/*']);
  });

  it('the quota of a key that was only tested is not shown beside the saved one', async () => {
    await session.saveKeys({ gateway: { key: 'no_such_key_7781' } });
    const { key, secret } = session.sandbox.credentials.gateway;
    const tested = await session.ask<CredentialState>('credential.test', {
      provider: 'gateway',
      values: { key, secret },
    });
    expect(tested.quota?.limit).toBe(10_100);
    const [saved] = await session.ask<CredentialState[]>('credential.list', {});
    expect(saved?.quota).toBeNull();
  });
});

interface PermissionsChrome {
  readonly chrome: {
    readonly permissions: {
      getAll(): Promise<{ origins: string[] }>;
      remove(permissions: { origins: string[] }): Promise<boolean>;
    };
  };
}

describe('keys', () => {
  it('appear nowhere: not in storage, messages, logs, faces or files', async () => {
    const { gateway: own, keySecret } = session.sandbox.credentials;
    const planted = [own.key, own.secret, keySecret.key, keySecret.secret];
    await session.saveKeys();
    const gathered: string[] = [];
    // The failures that would carry a key if anything did: the gateway itself prints it when the quota is used up.
    for (const fault of [
      { kind: 'quota' },
      { kind: 'dead' },
      { kind: 'html' },
      { kind: 'wrong_key_gbk' },
      null,
    ] as const) {
      session.sandbox.setFault('gateway', fault);
      gathered.push(JSON.stringify(await look(douyinVideo())));
    }
    gathered.push(JSON.stringify(await look(tiktokVideo())));
    gathered.push(JSON.stringify(await session.ask('credential.list', {})));
    gathered.push(JSON.stringify(await session.ask('credential.test', { provider: 'gateway', values: { ...own } })));

    const page = await session.open(`https://www.douyin.com/video/${session.sandbox.world.ids.douyin.video}`);
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    gathered.push(await chip.waitForText(/\w/u));
    gathered.push(await page.content());
    for (const surface of ['sidepanel', 'popup', 'options'] as const) {
      const face = await session.browser.openSurface(surface, page);
      await face.waitForTimeout(500);
      gathered.push(await face.content());
      gathered.push(
        ...(await face.evaluate(() =>
          [...document.querySelectorAll('input, textarea')].map((input) => (input as HTMLInputElement).value),
        )),
      );
      await face.close();
    }
    const tabId = await session.browser.tabId(page);
    await session.ask('export.run', { tabId, scope: 'page' });
    for (const content of (await session.files(1)).values()) gathered.push(content.toString('utf8'));

    const popup = await session.browser.openSurface('popup', page);
    gathered.push(
      await popup.evaluate(async () => {
        const { storage } = (
          globalThis as unknown as { chrome: { storage: Record<string, { get(keys: null): Promise<object> }> } }
        ).chrome;
        const areas = await Promise.all(['local', 'session', 'sync'].map(async (area) => storage[area]?.get(null)));
        const settled = <T>(request: IDBRequest<T>): Promise<T> =>
          new Promise((resolve, reject) => {
            request.addEventListener('success', () => resolve(request.result));
            request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed')));
          });
        const dumps: unknown[] = [];
        const names = (await indexedDB.databases()).map((database) => database.name ?? '');
        for (const name of names) {
          const database = await settled(indexedDB.open(name));
          // Keys are in one store of one database; what is kept of their use is beside it.
          for (const store of [...database.objectStoreNames].filter((candidate) => candidate !== 'credentials')) {
            dumps.push(await settled(database.transaction(store).objectStore(store).getAll()));
          }
          database.close();
        }
        return JSON.stringify([areas, names, dumps]);
      }),
    );
    gathered.push(...session.browser.console);
    const everything = gathered.join('\n');
    // The search itself must be able to find: the records and the captions are in there.
    expect(everything).toContain(session.sandbox.world.ids.douyin.video);
    expect(everything).toContain('clipscope');
    expect(everything).toContain('last_error');
    expect(everything).toContain('error_gateway_4013');
    for (const secret of planted) {
      expect(everything.includes(secret), `a planted credential (${secret.slice(0, 3)}…)`).toBe(false);
      expect(everything.includes(encodeURIComponent(secret))).toBe(false);
    }
    await page.close();
  });
});
