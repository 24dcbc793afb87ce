/** Pages that mean ill: the extension stays up, calls nobody because of them, and shows their words as words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PageState, Settings } from '../lib/messaging/protocol.ts';
import { ChipProbe } from './harness/chromium.ts';
import { type Inside, insideContentScript, sending } from './harness/inside.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
});
afterAll(() => session?.close());

const alive = async (): Promise<void> => {
  expect((await session.ask<Settings>('settings.get', {})).paused).toBe(false);
};

describe('hostile pages', () => {
  it.each(['forged-ids', 'captions', 'huge', 'overlay-names', 'bad-data', 'restless'])('%s', async (name) => {
    const page = await session.open(`https://www.tiktok.com/sandbox/hostile/${name}`);
    await page.bringToFront();
    await page.waitForTimeout(800);
    await alive();
    const problems = session.browser.console.filter((line) => /content-scripts|worker error/u.test(line));
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a page cannot talk to the worker, forge a click on the chip, or read it', async () => {
    const page = await session.open(`https://www.tiktok.com/@someone/video/${session.sandbox.world.ids.tiktok.video}`);
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    await chip.waitForText(/Likes/u);
    const calls = session.sandbox.calls.length;
    const seen = await page.evaluate(() => {
      const host = document.querySelector('clipscope-overlay');
      host?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      return {
        shadow: host?.shadowRoot ?? null,
        text: host?.textContent ?? '',
        runtime: typeof (globalThis as { chrome?: { runtime?: { sendMessage?: unknown } } }).chrome?.runtime
          ?.sendMessage,
      };
    });
    expect(seen).toEqual({ shadow: null, text: '', runtime: 'undefined' });
    await page.waitForTimeout(300);
    expect(session.sandbox.calls.length).toBe(calls);
    await page.close();
  });

  it('a message from the wrong sender or of the wrong shape is refused', async () => {
    await expect(
      session.ask('page.report', { url: 'https://www.tiktok.com/', refs: [], current: null, items: [] }),
    ).rejects.toThrow(/permission/u);
    await expect(session.ask('overlay.export', {})).rejects.toThrow(/permission/u);
    await expect(session.ask('file.create', {})).rejects.toThrow();
    await expect(
      session.ask('record.lookup', { ref: 'tiktok:nonsense:1', refresh: false, tabId: null }),
    ).rejects.toThrow(/bad_request/u);
    await expect(
      session.ask('record.lookup', { ref: `tiktok:post:${'1'.repeat(400)}`, refresh: false, tabId: null }),
    ).rejects.toThrow(/bad_request/u);
    await expect(session.ask('settings.change', { cacheEntries: -5 })).rejects.toThrow(/bad_request/u);
    await expect(session.ask('credential.save', { provider: 'nobody', values: {} })).rejects.toThrow(/bad_request/u);
    await expect(session.ask('credential.save', { provider: 'gateway', values: { key: { $ne: 1 } } })).rejects.toThrow(
      /bad_request/u,
    );
    await alive();
  });

  it('a caption with markup, formulas and line breaks is text in chip and panel', async () => {
    for (const id of [
      session.sandbox.world.ids.tiktok.formulaCaption,
      session.sandbox.world.ids.tiktok.lineBreaksAndQuotes,
    ]) {
      const post = session.sandbox.world.post(id);
      const page = await session.open(`https://www.tiktok.com/@${post?.author.handle}/video/${id}`);
      await page.bringToFront();
      await eventually(async () => session.sandbox.calls.some((call) => call.itemId === id), Boolean);
      const panel = await session.browser.openSurface('sidepanel', page);
      const caption = panel.getByTestId('caption').first();
      await caption.waitFor();
      const flat = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();
      expect(flat(await caption.innerText())).toBe(flat(post?.caption ?? ''));
      expect(await caption.locator('b, a, img, script').count()).toBe(0);
      await panel.close();
      await page.close();
    }
  });
});

interface Reply {
  readonly ok: boolean;
  readonly error?: { readonly code: string };
}

describe('a content script that its page has taken over', () => {
  let inside: Inside;
  let tabId: number;
  let close: () => Promise<void>;
  const own = (): string => session.sandbox.world.ids.tiktok.photo;
  const ask = (name: string, input: object): Promise<Reply> => inside.evaluate<Reply>(sending(name, input));
  const state = (): Promise<PageState | null> => session.ask<PageState | null>('page.get', { tabId });

  beforeAll(async () => {
    const page = await session.open(`https://www.tiktok.com/@someone/photo/${own()}`);
    await page.bringToFront();
    tabId = await session.browser.tabId(page);
    await eventually(state, (now) => now?.current === `tiktok:post:${own()}`);
    inside = await insideContentScript(page, session.browser.extensionId);
    close = async () => {
      await inside.close();
      await page.close();
    };
  });
  afterAll(() => close());

  it.each([
    ['credential.list', {}],
    ['credential.test', { provider: 'gateway', values: { hosts: ['https://evil.test'] } }],
    ['credential.save', { provider: 'gateway', values: { hosts: ['https://evil.test'] } }],
    ['credential.delete', { provider: 'gateway' }],
    ['settings.get', {}],
    ['settings.change', { paused: true }],
    ['record.get', { refs: ['tiktok:post:7000000000000000001'] }],
    ['record.lookup', { ref: 'tiktok:post:7000000000000000001', refresh: true, tabId: null }],
    ['export.run', { tabId: 1, scope: 'page' }],
    ['page.get', { tabId: 1 }],
    ['cache.clear', {}],
    ['file.create', { exporter: 'csv' }],
  ])('may not send %s', async (name, input) => {
    const reply = (await ask(name, input)) as Reply | undefined;
    expect(reply?.ok ?? false).toBe(false);
    if (name !== 'file.create') expect(reply?.error?.code).toBe('permission');
  });

  it('looks up nothing that its tab does not show', async () => {
    const id = session.sandbox.world.ids.tiktok.rightToLeft;
    const ref = `tiktok:post:${id}`;
    const lookup = (automatic: boolean): Promise<Reply> => ask('overlay.lookup', { ref, refresh: false, automatic });
    expect((await lookup(false)).error?.code).toBe('permission');
    expect((await lookup(true)).ok).toBe(true);
    // The page's own post may be looked up meanwhile.
    expect(session.sandbox.calls.filter(({ itemId }) => itemId === id)).toEqual([]);
  });

  it('reports of no other site, and its late departure does not clear what came after it', async () => {
    const shownAt = (await state())?.shownAt ?? Number.NaN;
    const elsewhere = { url: 'https://www.douyin.com/', refs: [], current: null, items: [], shownAt: shownAt + 1 };
    expect((await ask('page.report', elsewhere)).error?.code).toBe('permission');
    // What a document that the tab has left says too late.
    await ask('page.leave', { shownAt: shownAt - 1 });
    await ask('page.report', { ...elsewhere, url: 'https://www.tiktok.com/', shownAt: shownAt - 1 });
    expect((await state())?.current).toBe(`tiktok:post:${own()}`);
  });

  it('cannot spend more than so many calls a minute, clicks pretended or not', async () => {
    const calls = session.sandbox.calls.length;
    const ref = `tiktok:post:${own()}`;
    const answers: Reply[] = [];
    for (let round = 0; round < 40; round++) {
      answers.push(await ask('overlay.lookup', { ref, refresh: true, automatic: false }));
    }
    expect(answers.at(-1)?.error?.code).toBe('rate_limited');
    expect(session.sandbox.calls.length - calls).toBeLessThanOrEqual(30);
    // The researcher's own clicks in the panel are not counted.
    await session.ask('record.lookup', { ref, refresh: true, tabId });
  });
});
