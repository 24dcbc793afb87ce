/** A page of the sandbox in Chromium, with the ways to ask the extension about it. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { AnyRecord } from '../../lib/core/record.ts';
import type { Entry, ExportedFile, PageView } from '../../lib/messaging/protocol.ts';
import type { WorldPost } from '../../sandbox/index.ts';
import { eventually, type Session } from './session.ts';
import { tileChips } from './tiles.ts';
import { type Exported, exported, grouped } from './walk.ts';

export interface Visit {
  readonly page: Page;
  readonly tabId: number;
  /** What the worker knows of the tab, once it is as wished. */
  readonly view: (wished?: (view: PageView) => boolean) => Promise<PageView>;
  /** What is known of these things. */
  readonly records: (refs: readonly string[]) => Promise<readonly (AnyRecord | null)[]>;
  readonly export: () => Promise<Exported>;
}

/** Opens the address in a tab of its own, in front. */
export async function visit(session: Session, url: string): Promise<Visit> {
  const page = await session.open(url);
  const tabId = await session.browser.tabId(page);
  // Asking opens a page of the extension, once: only then does the visited one stay in front, and drawn at full speed.
  await session.ask('settings.get', {});
  await page.bringToFront();
  const ask = (): Promise<PageView | null> => session.ask<PageView | null>('page.get', { tabId });
  async function view(wished: (view: PageView) => boolean = () => true): Promise<PageView> {
    let last: PageView | null = null;
    const end = Date.now() + 15_000;
    while (Date.now() < end) {
      last = await ask();
      if (last && wished(last)) return last;
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    const { items, entries, others, ...rest } = last ?? { items: [], entries: [], others: [] };
    const counts = { items: items.length, entries: entries.length, others: others.length, first: entries.slice(0, 3) };
    throw new Error(`${url} never became as expected: ${JSON.stringify({ ...counts, ...rest }).slice(0, 2_000)}`);
  }
  return {
    page,
    tabId,
    view,
    records: async (refs) =>
      (await session.ask<readonly Entry[]>('record.get', { refs, tabId })).map(({ record }) => record),
    export: () =>
      exported(session.browser.downloads, session.sandbox.world, () =>
        session.ask<readonly ExportedFile[]>('export.run', { tabId, scope: 'page' }),
      ),
  };
}

/** Goes card by card, or slide by slide, to that place (from 0), as a person does who looks for a moment at each. */
export async function walkFeed(page: Page, last: number): Promise<void> {
  const active = (): Promise<number> =>
    page.evaluate(() => {
      const card = document.querySelector('article.active')?.getAttribute('data-scroll-index');
      const slide = document.querySelector<HTMLElement>('.slide.on')?.dataset['index'];
      return Number(card ?? slide ?? -1);
    });
  // A key that comes while the page still moves does nothing.
  for (let presses = 0; presses < 6 * last && (await active()) < last; presses++) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(70);
  }
  expect(await active()).toBe(last);
}

/** Turns the wheel until that many tiles are drawn. */
export async function scrollToEnd(page: Page, tiles: string, count: number): Promise<void> {
  await page.mouse.move(640, 500);
  const drawn = (): Promise<number> => page.locator(tiles).count();
  for (let round = 0; round < 200 && (await drawn()) < count; round++) {
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(60);
  }
  expect(await drawn()).toBe(count);
}

/** Every visible tile has its chip, and each chip the figures of its own post. */
export async function expectChips(page: Page, posts: readonly WorldPost[], atLeast: number): Promise<void> {
  const chips = await eventually(
    () => tileChips(page),
    (found) => found.size >= atLeast,
  );
  for (const [address, words] of chips) {
    const post = posts.find(({ id }) => address.includes(id));
    expect([address, post?.id]).toEqual([address, expect.any(String)]);
    // The narrowest tiles have room for one figure.
    expect(words).toContain(grouped(post?.counts.plays ?? post?.counts.likes ?? Number.NaN));
  }
}
