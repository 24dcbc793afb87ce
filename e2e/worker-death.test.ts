/** The browser may kill the worker between any two steps: nothing is lost and the next click works. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CredentialState,
  Entry,
  ExportedFile,
  PageState,
  Settings,
  StorageSummary,
} from '../lib/messaging/protocol.ts';
import { ChipProbe } from './harness/chromium.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());

const kill = (): Promise<void> => session.browser.killWorker();

describe('killing the worker', () => {
  it('after every single step from key to CSV', async () => {
    await session.ask('settings.change', { automaticLookup: false, cacheMinutes: { post: 25, product: 15 } });
    await kill();
    expect((await session.ask<Settings>('settings.get', {})).cacheMinutes.post).toBe(25);

    await session.saveKeys();
    await kill();
    const states = await session.ask<CredentialState[]>('credential.list', {});
    const saved = states.filter((state) => state.saved).map(({ provider }) => provider);
    expect(saved.sort()).toEqual(['gateway', 'key-secret']);

    await kill();
    const tested = await session.ask<CredentialState>('credential.test', {
      provider: 'gateway',
      values: { ...session.sandbox.credentials.gateway, secret: '' },
    });
    expect(tested.quota?.limit).toBe(10_100);

    const id = session.sandbox.world.ids.tiktok.video;
    const ref = `tiktok:post:${id}`;
    const page = await session.open(`https://www.tiktok.com/@someone/video/${id}`);
    await page.bringToFront();
    const tabId = await session.browser.tabId(page);
    await page.bringToFront();
    await eventually(
      () => session.ask<PageState | null>('page.get', { tabId }),
      (now) => now?.current === ref,
    );
    await kill();
    expect((await session.ask<PageState | null>('page.get', { tabId }))?.current).toBe(ref);

    // The chip's own button, with nobody there to hear it but a worker that must first be started.
    const chip = await ChipProbe.of(page);
    await chip.waitForText(/Look up/u);
    await kill();
    await chip.click('chip-lookup');
    const likes = new Intl.NumberFormat('en').format(session.sandbox.world.post(id)?.counts.likes ?? -1);
    await chip.waitForText(new RegExp(likes, 'u'));
    await kill();
    const [entry] = await session.ask<Entry[]>('record.get', { refs: [ref], tabId: null });
    expect(entry).toMatchObject({ status: 'fresh', observationCount: 1 });
    expect(session.sandbox.calls.filter((call) => call.itemId === id).length).toBe(1);

    await kill();
    await chip.click('chip-export');
    await chip.waitForText(/\.csv/u);
    await kill();
    const files = await session.files(1);
    expect([...files.values()][0]?.toString('utf8')).toContain(id);

    // Straight after the death, with the offscreen document of the last export perhaps still open.
    const again = await session.ask<ExportedFile[]>('export.run', { tabId, scope: 'current' });
    expect(again[0]?.rows).toBe(1);
    await session.files(2);
    await page.close();
  });

  it('while a call is in the air: the next click works, and the calls are counted', async () => {
    const ref = `douyin:product:${session.sandbox.world.ids.douyin.product}`;
    session.sandbox.setFault('gateway', { kind: 'slow', ms: 1_500 }, 1);
    const before = session.sandbox.calls.length;
    const first = session
      .ask<Entry>('record.lookup', { ref, refresh: false, tabId: null })
      .catch((error: unknown) => String(error));
    await eventually(
      async () => session.sandbox.calls.length,
      (count) => count > before,
    );
    await kill();
    await first;
    session.sandbox.setFault('gateway', null);
    const entry = await session.ask<Entry>('record.lookup', { ref, refresh: false, tabId: null });
    expect(entry.status).toBe('fresh');
    // The one in the air and the one after it; never more.
    expect(session.sandbox.calls.length - before).toBeLessThanOrEqual(2);
  });

  it('in the middle of two clicks at once: one call, one observation', async () => {
    const ref = `douyin:post:${session.sandbox.world.ids.douyin.note}`;
    const before = session.sandbox.calls.length;
    await kill();
    const look = (): Promise<Entry> => session.ask<Entry>('record.lookup', { ref, refresh: false, tabId: null });
    const [one, two] = await Promise.all([look(), look()]);
    expect([one?.status, two?.status]).toEqual(['fresh', 'fresh']);
    expect(session.sandbox.calls.length - before).toBe(1);
  });
});

describe('at the same time', () => {
  it('changes of settings: none is lost', async () => {
    const changes = [
      { loadImages: true },
      { timeZone: 'UTC' },
      { cacheEntries: 4_321 },
      { overlayOffSites: ['douyin'] },
      { language: 'en' },
      { cacheMinutes: { post: 33, product: 44 } },
    ];
    await Promise.all(changes.map((change) => session.ask('settings.change', change)));
    expect(await session.ask<Settings>('settings.get', {})).toMatchObject(Object.assign({}, ...changes));
    await session.ask('settings.change', { overlayOffSites: [], timeZone: 'local', loadImages: false });
  });

  it('exports: every file arrives, though each end of a download lets the memory of the others go', async () => {
    const id = session.sandbox.world.ids.tiktok.video;
    const page = await session.open(`https://www.tiktok.com/@someone/video/${id}`);
    const tabId = await session.browser.tabId(page);
    await eventually(
      () => session.ask<PageState | null>('page.get', { tabId }),
      (now) => now?.current === `tiktok:post:${id}`,
    );
    const before = (await session.files(0)).size;
    const run = (): Promise<ExportedFile[]> => session.ask<ExportedFile[]>('export.run', { tabId, scope: 'current' });
    for (let round = 0; round < 3; round++) {
      const answers = await Promise.all([run(), run(), run(), run()]);
      expect(answers.flat().map((file) => file.rows)).toEqual([1, 1, 1, 1]);
    }
    const files = await session.files(before + 12);
    for (const content of files.values()) expect(content.toString('utf8')).toContain(id);
    // And the document goes once it has nothing to do.
    const worker = await session.browser.worker();
    await eventually(
      () =>
        worker.evaluate(() =>
          (globalThis as unknown as ContextsChrome).chrome.runtime
            .getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] })
            .then((found) => found.length),
        ),
      (open) => open === 0,
    );
    await page.close();
  });

  it('the deletion of the data by the browser: it is not held up, and the next click begins anew', async () => {
    const ref = `tiktok:post:${session.sandbox.world.ids.tiktok.photo}`;
    const look = (): Promise<Entry> => session.ask<Entry>('record.lookup', { ref, refresh: true, tabId: null });
    expect((await look()).observationCount).toBeGreaterThan(0);
    const page = await session.browser.openSurface('options');
    const outcome = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const request = indexedDB.deleteDatabase('clipscope');
          request.addEventListener('success', () => resolve('deleted'));
          request.addEventListener('error', () => resolve('failed'));
          setTimeout(() => resolve('held up'), 5_000);
        }),
    );
    await page.close();
    expect(outcome).toBe('deleted');
    expect((await session.ask<StorageSummary>('storage.summary', {})).observations).toBe(0);
    expect(await look()).toMatchObject({ status: 'fresh', observationCount: 1 });
  });
});

interface ContextsChrome {
  readonly chrome: { runtime: { getContexts(filter: object): Promise<object[]> } };
}

describe('the cache', () => {
  it('keeps to its bound, drops the least recently used, and loses no observation', async () => {
    await session.ask('settings.change', { cacheEntries: 10, cacheMinutes: { post: 60, product: 60 } });
    await session.ask('cache.clear', {});
    const posts = session.sandbox.world
      .postsOf('tiktok')
      .filter((post) => post.status === 'normal')
      .slice(20, 34);
    const before = await session.ask<StorageSummary>('storage.summary', {});
    for (const post of posts)
      await session.ask('record.lookup', { ref: `tiktok:post:${post.id}`, refresh: false, tabId: null });
    await kill();
    const after = await session.ask<StorageSummary>('storage.summary', {});
    expect(after.cachedLookups).toBe(10);
    expect(after.observations - before.observations).toBe(posts.length);
    expect(after.records - before.records).toBe(posts.length);
  });

  it('answers from the cache within the time to live, refreshes past every cache on demand', async () => {
    const id = session.sandbox.world.ids.douyin.product;
    const ref = `douyin:product:${id}`;
    const ask = (refresh: boolean): Promise<Entry> =>
      session.ask<Entry>('record.lookup', { ref, refresh, tabId: null });
    await ask(true);
    const before = session.sandbox.calls.length;
    await ask(false);
    expect(session.sandbox.calls.length).toBe(before);
    const product = session.sandbox.world.product(id);
    if (product) product.priceMinor += 100;
    const refreshed = await ask(true);
    expect(session.sandbox.calls.at(-1)?.parameters['cache']).toBe('no');
    expect(refreshed.record).toMatchObject({ price_minor: product?.priceMinor });
  });

  it('shows a stale entry at once and refreshes it', async () => {
    const ref = `douyin:product:${session.sandbox.world.ids.douyin.product}`;
    await session.ask('settings.change', { cacheMinutes: { post: 60, product: 0 } });
    const [stale] = await session.ask<Entry[]>('record.get', { refs: [ref], tabId: null });
    expect(stale?.status).toBe('stale');
    expect(stale?.record).not.toBeNull();
    const before = session.sandbox.calls.length;
    await session.ask('record.lookup', { ref, refresh: false, tabId: null });
    expect(session.sandbox.calls.length).toBe(before + 1);
  });
});
