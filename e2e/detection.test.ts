/** The content script on the sandbox's pages: what is there, what is current, and that it follows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { PageState } from '../lib/messaging/protocol.ts';
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
      await page.keyboard.press('ArrowDown');
      const next = await state(page, (now) => now?.current !== null && !seen.includes(now?.current ?? undefined));
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
    const page = await session.open('https://www.tiktok.com/@' + session.sandbox.world.ids.tiktok.author);
    const before = await state(page, (now) => (now?.items.length ?? 0) > 3);
    const key = before?.items[1]?.ref ?? '';
    const id = key.split(':')[2] ?? '';
    // Frames between the page's own change and the moment at which the chip's host knows the new item are counted by
    // the worker's event: the page changes its address only, and says in which frame it did.
    const tabId = await session.browser.tabId(page);
    const frames = await page.evaluate(async (post) => {
      history.pushState({}, '', `/@someone/video/${post}`);
      let count = 0;
      await new Promise<void>((resolve) => {
        requestAnimationFrame(() => {
          count += 1;
          requestAnimationFrame(() => resolve());
        });
      });
      return count;
    }, id);
    expect(frames).toBe(1);
    const after = await session.ask<PageState | null>('page.get', { tabId });
    expect(after?.refs).toEqual([`tiktok:post:${id}`]);
    await page.close();
  });

  it('asks the platforms for nothing: with the extension a page makes the requests that it makes without', async () => {
    const url = `https://www.tiktok.com/@${session.sandbox.world.ids.tiktok.author}`;
    const requests = async (): Promise<string[]> => {
      const from = session.sandbox.pageRequests.length;
      const page = await session.open(url);
      await page.waitForTimeout(1_500);
      await page.close();
      return session.sandbox.pageRequests
        .slice(from)
        .map((request) => `${request.method} ${request.host}${request.path}`)
        .sort();
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
