/** Every face in both languages and both themes: axe finds nothing, and nothing is clipped or untranslated. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { PageState, Settings } from '../lib/messaging/protocol.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
});
afterAll(() => session?.close());

async function openItem(url: string, ref: string): Promise<Page> {
  const page = await session.open(url);
  await page.bringToFront();
  const tabId = await session.browser.tabId(page);
  await page.bringToFront();
  await eventually(
    () => session.ask<PageState | null>('page.get', { tabId }),
    (now) => now?.current === ref,
  );
  await session.ask('record.lookup', { ref, refresh: false, tabId });
  return page;
}

async function check(face: Page): Promise<void> {
  await face.waitForTimeout(400);
  const { violations } = await new AxeBuilder({ page: face }).setLegacyMode().analyze();
  expect(
    violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`),
  ).toEqual([]);
  const wide = await face.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'sideways scrolling').toBeLessThanOrEqual(0);
  const text = await face.evaluate(() => document.body.innerText);
  // A key that shows itself is a message that nobody wrote.
  expect(text).not.toMatch(/\b(?:error|field|chip|panel|option|choice|provider|precision|overlay)_[a-z_]+/u);
}

describe.each(['en', 'zh_CN'] as const)('%s', (language) => {
  describe.each(['light', 'dark'] as const)('%s', (theme) => {
    it('panel and popup on a video, panel on a product, the options', async () => {
      await session.ask('settings.change', { language });
      const { ids } = session.sandbox.world;
      const video = await openItem(
        `https://www.tiktok.com/@someone/video/${ids.tiktok.video}`,
        `tiktok:post:${ids.tiktok.video}`,
      );
      const product = await openItem(
        `https://haohuo.jinritemai.com/views/product/item2?id=${ids.douyin.product}`,
        `douyin:product:${ids.douyin.product}`,
      );
      for (const [surface, page, ready] of [
        ['sidepanel', video, 'post-card'],
        ['popup', video, 'popup'],
        ['sidepanel', product, 'product-card'],
        ['options', undefined, 'options'],
      ] as const) {
        const face = await session.browser.openSurface(surface, page);
        await face.emulateMedia({ colorScheme: theme });
        await face.getByTestId(ready).first().waitFor();
        await check(face);
        await face.close();
      }
      await video.close();
      await product.close();
    });

    it('the panel with nothing to show, without a key, with an error', async () => {
      await session.ask('settings.change', { language });
      const { ids } = session.sandbox.world;
      const elsewhere = await session.open('https://www.tiktok.com/search?q=harbour');
      const nothing = await session.browser.openSurface('sidepanel', elsewhere);
      await nothing.emulateMedia({ colorScheme: theme });
      await check(nothing);
      await nothing.close();

      session.sandbox.setFault('gateway', { kind: 'code', code: '4013' });
      const missing = `douyin:post:${ids.douyin.withProducts}`;
      await session.ask('record.lookup', { ref: missing, refresh: true, tabId: null });
      const page = await openItem(`https://www.douyin.com/video/${ids.douyin.withProducts}`, missing);
      const failed = await session.browser.openSurface('sidepanel', page);
      await failed.emulateMedia({ colorScheme: theme });
      await failed.getByTestId('error-text').first().waitFor();
      await check(failed);
      session.sandbox.setFault('gateway', null);
      await session.ask('credential.delete', { provider: 'gateway' });
      await session.ask('cache.clear', {});
      await failed.getByTestId('add-key').first().waitFor();
      await check(failed);
      await failed.close();
      await session.saveKeys();
      await page.close();
      await elsewhere.close();
    });
  });
});

describe('switches', () => {
  it('of the popup and the options change the same settings', async () => {
    const page = await session.open(`https://www.tiktok.com/@${session.sandbox.world.ids.tiktok.author}`);
    await page.bringToFront();
    const tabId = await session.browser.tabId(page);
    await eventually(
      () => session.ask<PageState | null>('page.get', { tabId }),
      (now) => now !== null,
    );
    const settings = (): Promise<Settings> => session.ask<Settings>('settings.get', {});
    const popup = await session.browser.openSurface('popup', page);
    for (const name of ['switch-overlay', 'switch-automatic', 'switch-paused']) await popup.getByTestId(name).click();
    await eventually(settings, (now) => now.paused && !now.automaticLookup && now.overlayOffSites.join() === 'tiktok');
    const options = await session.browser.openSurface('options');
    for (const name of ['switch-overlay-tiktok', 'switch-overlay-douyin', 'switch-automatic', 'switch-paused']) {
      await options.getByTestId(name).click();
    }
    await eventually(settings, (now) => !now.paused && now.automaticLookup && now.overlayOffSites.join() === 'douyin');
    await session.ask('settings.change', { overlayOffSites: [] });
    for (const open of [popup, options, page]) await open.close();
  });
});
