/** The content script on the sandbox's pages: what is there, what is current, and that it follows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { PageState } from '../lib/messaging/protocol.ts';
import { insideContentScript } from './harness/inside.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());

/** What the worker knows of the tab, once it is as wished. */
async function state(page: Page, wished: (state: PageState | null) => boolean): Promise<PageState | null> {
  const tabId = await session.browser.tabId(page);
  return eventually(() => session.ask<PageState | null>('page.get', { tabId }), wished);
}

describe('TikTok', () => {
  it('a video page: the post is the page and the current card; comments and related videos stay out', async () => {
    const id = session.sandbox.world.ids.tiktok.video;
    const handle = session.sandbox.world.post(id)?.author.handle;
    const page = await session.open(`https://www.tiktok.com/@${handle}/video/${id}`);
    const seen = await state(page, (now) => now?.current === `tiktok:post:${id}`);
    expect(seen?.refs).toEqual([`tiktok:post:${id}`]);
    expect(seen?.items.map((item) => item.role)).not.toContain('tile');
    await page.close();
  });

  it('a feed: the card in view is current, each once, and it follows card by card', async () => {
    const page = await session.open('https://www.tiktok.com/foryou');
    await page.bringToFront();
    const first = await state(page, (now) => now?.current !== null && now !== null);
    const seen = [first?.current];
    for (let card = 1; card <= 5; card++) {
      // A key is pressed again if nothing came of it: the page loads its cards as they are needed, and one that comes
      // before the next card is there does nothing.
      let pressedAt = 0;
      const next = await state(page, (now) => {
        if (now?.current && !seen.includes(now.current)) return true;
        if (Date.now() - pressedAt > 2_000) {
          pressedAt = Date.now();
          void page.keyboard.press('ArrowDown');
        }
        return false;
      });
      seen.push(next?.current);
      // The card in the middle of the screen, as the page itself has it.
      const inView = await page.evaluate(() => {
        const element = document.elementFromPoint(innerWidth / 2, innerHeight / 2)?.closest('article');
        return /xgwrapper-\d+-(\d+)/u.exec(element?.querySelector('[id^="xgwrapper-"]')?.id ?? '')?.[1] ?? null;
      });
      expect(next?.current).toBe(`tiktok:post:${inView}`);
    }
    expect(new Set(seen).size).toBe(6);
    await page.close();
  });

  it('profile → modal → next → back by the history API', async () => {
    const handle = session.sandbox.world.ids.tiktok.author;
    const page = await session.open(`https://www.tiktok.com/@${handle}`);
    const grid = await state(page, (now) => (now?.items.length ?? 0) > 3);
    expect(grid?.refs).toEqual([`tiktok:author:${handle}`]);
    expect(grid?.current).toBe(`tiktok:author:${handle}`);
    const tiles = grid?.items.map((item) => item.ref) ?? [];
    expect(new Set(tiles).size).toBe(tiles.length);

    const tile = page.locator('[data-e2e="user-post-item"] a').first();
    // The hover player of a tile is the same post, not another one.
    await tile.hover();
    await page.waitForTimeout(100);
    const hovered = await state(page, () => true);
    expect(hovered?.items.length).toBe(grid?.items.length);
    await tile.click();
    const modal = await state(page, (now) => now?.current === tiles[0]);
    expect(modal?.refs).toEqual([tiles[0]]);
    await page.locator('[data-e2e="arrow-right"]').click();
    const next = await state(page, (now) => now?.current === tiles[1]);
    expect(next?.url).toContain(String(tiles[1]).split(':')[2]);
    await page.goBack();
    await page.goBack();
    const back = await state(page, (now) => now?.current === `tiktok:author:${handle}`);
    expect(back?.items.length).toBe(grid?.items.length);
    await page.close();
  });

  it('a Shop product page', async () => {
    const id = session.sandbox.world.ids.tiktok.product;
    const page = await session.open(`https://www.tiktok.com/shop/pdp/some-words/${id}`);
    const seen = await state(page, (now) => now?.current !== null);
    expect(seen?.refs).toEqual([`tiktok:product:${id}`]);
    expect(seen?.current).toBe(`tiktok:product:${id}`);
    await page.close();
  });
});

describe('Douyin', () => {
  it('a recommended feed follows its active slide', async () => {
    const page = await session.open('https://www.douyin.com/?recommend=1');
    const first = await state(page, (now) => now?.current !== null && now !== null);
    await page.locator('[data-e2e="video-switch-next-arrow"]').first().click();
    const next = await state(page, (now) => now?.current !== first?.current && now?.current !== null);
    const active = await page.locator('[data-e2e="feed-active-video"]').first().getAttribute('data-e2e-vid');
    expect(next?.current).toBe(`douyin:post:${active}`);
    await page.close();
  });

  it('a modal over a profile comes before the path, and goes with it', async () => {
    const author = session.sandbox.world.ids.douyin.author;
    const page = await session.open(`https://www.douyin.com/user/${author}`);
    const grid = await state(page, (now) => (now?.items.length ?? 0) > 3);
    expect(grid?.refs).toEqual([`douyin:author:${author}`]);
    await page.locator('a[href*="/video/"]').first().click();
    const modal = await state(page, (now) => now?.refs[0]?.startsWith('douyin:post:') === true);
    expect(modal?.url).toContain('modal_id=');
    expect(modal?.current).toBe(modal?.refs[0]);
    await page.goBack();
    await state(page, (now) => now?.refs[0] === `douyin:author:${author}`);
    await page.close();
  });

  it('product pages of haohuo and buyin', async () => {
    const id = session.sandbox.world.ids.douyin.product;
    for (const url of [
      `https://haohuo.jinritemai.com/views/product/item2?id=${id}`,
      `https://buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting?commodity_id=${id}&commodity_location=1&id=${id}`,
    ]) {
      const page = await session.open(url);
      const seen = await state(page, (now) => now?.current !== null);
      expect(seen?.refs).toEqual([`douyin:product:${id}`]);
      await page.close();
    }
  });
});

describe('manners', () => {
  it('follows a change within a frame of it, without polling', async () => {
    const page = await session.open(`https://www.tiktok.com/@${session.sandbox.world.ids.tiktok.author}`);
    await page.bringToFront();
    const before = await state(page, (now) => (now?.items.length ?? 0) > 3);
    const ids = (before?.items ?? []).slice(0, 8).map((item) => item.ref.split(':')[2] ?? '');
    // All worlds of a document share its timeline, whose time is the same throughout one frame: so it tells in which
    // frame the page changed, and in which our script told the worker.
    const inside = await insideContentScript(page, session.browser.extensionId);
    await inside.evaluate(`{
      globalThis.told = [];
      for (const api of new Set([globalThis.browser?.runtime, chrome.runtime].filter(Boolean))) {
        const send = api.sendMessage.bind(api);
        api.sendMessage = (message) => {
          if (message?.name === 'page.report') {
            globalThis.told.push({ url: message.input.url, frame: document.timeline.currentTime });
          }
          return send(message);
        };
      }
    }`);
    for (const id of ids) {
      const frames = await page.evaluate(async (post) => {
        const nextFrame = (): Promise<number> =>
          new Promise((resolve) => {
            requestAnimationFrame(() => resolve(Number(document.timeline.currentTime)));
          });
        // Not at a round time: a poll would have to be lucky eight times.
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
        const change = await nextFrame();
        history.pushState({}, '', `/@someone/video/${post}`);
        const next = await nextFrame();
        await nextFrame();
        return { change, next };
      }, id);
      const told = await inside.evaluate<{ url: string; frame: number }[]>('globalThis.told');
      const report = told.find(({ url }) => url.endsWith(`/video/${id}`));
      expect(report, 'nothing was told within two frames').toBeDefined();
      expect([frames.change, frames.next]).toContain(report?.frame);
    }
    await inside.close();
    await page.close();
  });

  it('a page that left is forgotten, one that comes back is known again', async () => {
    const { ids } = session.sandbox.world;
    const page = await session.open(`https://www.tiktok.com/@someone/video/${ids.tiktok.video}`);
    await page.bringToFront();
    const tabId = await session.browser.tabId(page);
    const until = (wished: (now: PageState | null) => boolean): Promise<PageState | null> =>
      eventually(() => session.ask<PageState | null>('page.get', { tabId }), wished);
    await until((now) => now?.current === `tiktok:post:${ids.tiktok.video}`);
    // What the back/forward cache does, which the tests' browser has switched off.
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await until((now) => now === null);
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
    await until((now) => now?.current === `tiktok:post:${ids.tiktok.video}`);

    // Again and again in the same tab: the departure of one document never clears the next one.
    for (const id of [ids.tiktok.withProducts, ids.tiktok.photo, ids.tiktok.withProducts, ids.tiktok.video]) {
      await page.goto(`https://www.tiktok.com/@someone/video/${id}`, { waitUntil: 'commit' });
      await until((now) => now?.current === `tiktok:post:${id}`);
    }
    await page.waitForTimeout(300);
    expect((await until(() => true))?.current).toBe(`tiktok:post:${ids.tiktok.video}`);
    await page.goto('https://example.test/');
    await until((now) => now === null);
    await page.close();
  });

  it('asks the platforms for nothing: with the extension a page makes the requests that it makes without', async () => {
    const url = `https://www.tiktok.com/@${session.sandbox.world.ids.tiktok.author}`;
    const requests = async (): Promise<string[]> => {
      const from = session.sandbox.pageRequests.length;
      const page = await session.open(url);
      await page.waitForTimeout(1_500);
      await page.close();
      return (
        session.sandbox.pageRequests
          .slice(from)
          // What the browser asks for itself comes when it likes.
          .filter((request) => request.kind !== 'browser')
          .map((request) => `${request.method} ${request.host}${request.path}`)
          .sort()
      );
    };
    await session.ask('settings.change', { paused: true });
    const without = await requests();
    await session.ask('settings.change', { paused: false });
    const withUs = await requests();
    expect(without.length).toBeGreaterThan(0);
    expect(withUs).toEqual(without);
    // Without a key nothing is called either.
    expect(session.sandbox.calls).toEqual([]);
  });

  it('nothing went wrong on any console', () => {
    expect(
      session.browser.console.filter((line) => /^(?:pageerror|error|worker error)/u.test(line) && !/404/u.test(line)),
    ).toEqual([]);
  });
});
