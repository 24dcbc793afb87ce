/** Pages that mean ill: the extension stays up, calls nobody because of them, and shows their words as words. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../lib/messaging/protocol.ts';
import { ChipProbe } from './harness/chromium.ts';
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
    // Through a script of the page's own, as evaluated code would not be bound by its CSP.
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
