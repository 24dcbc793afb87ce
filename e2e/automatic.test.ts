/** Lookups that nobody clicked for: what they cost, and what stops them. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../lib/messaging/protocol.ts';
import { ChipProbe } from './harness/chromium.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
});
afterAll(() => session?.close());
afterEach(() => {
  session.sandbox.setFault('gateway', null);
  session.sandbox.setFault('key-secret', null);
});

const callsFor = (id: string): number => session.sandbox.calls.filter((call) => call.itemId === id).length;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** Douyin posts that no other test here looks at. */
const douyinPosts = (): string[] =>
  session.sandbox.world
    .postsOf('douyin')
    .filter((post) => post.status === 'normal')
    .map((post) => post.id)
    .slice(-6);

describe('lookups without a click', () => {
  it('two tabs with the same video: one call', async () => {
    // Not of TikTok: its pages say all main counts themselves.
    const id = session.sandbox.world.ids.douyin.video;
    session.sandbox.setFault('gateway', { kind: 'slow', ms: 1_500 }, 1);
    const url = `https://www.douyin.com/video/${id}`;
    const [one, two] = await Promise.all([session.open(url), session.open(url)]);
    await eventually(async () => callsFor(id), Boolean);
    for (const page of [one, two]) await (await ChipProbe.of(page)).waitForText(/OneBound/u);
    expect(callsFor(id)).toBe(1);
    await one.close();
    await two.close();
  });

  it('a video whose page says all main counts exactly: no call; where they are rounded: one', async () => {
    // The lists that a feed loads are exact; what the server puts into a video page is rounded, and worth a call.
    const page = await session.open('https://www.tiktok.com/foryou');
    await page.bringToFront();
    await page.locator('article').nth(1).waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.locator('article.active[data-scroll-index="1"]').waitFor();
    await (await ChipProbe.of(page)).waitForText(/From the page · exact/u);
    const before = session.sandbox.calls.length;
    await pause(1_800);
    expect(session.sandbox.calls.length).toBe(before);
    const { video } = session.sandbox.world.ids.tiktok;
    // In a tab of its own: the first one has met this video in its feed.
    const other = await session.open(`https://www.tiktok.com/@someone/video/${video}`);
    await other.bringToFront();
    await eventually(async () => callsFor(video), Boolean);
    await other.close();
    await page.close();
  });

  it('a video that is skipped within a second costs nothing, the one that is stayed with costs one call', async () => {
    const [skipped = '', seen = ''] = douyinPosts();
    const page = await session.open(`https://www.douyin.com/video/${skipped}`);
    await (await ChipProbe.of(page)).waitForText(/\w/u);
    await page.goto(`https://www.douyin.com/video/${seen}`);
    await eventually(async () => callsFor(seen), Boolean);
    await pause(300);
    expect([callsFor(skipped), callsFor(seen)]).toEqual([0, 1]);
    await page.close();
  });

  it('a stale entry is shown at once and refreshed', async () => {
    const [, seen = ''] = douyinPosts();
    await session.ask('settings.change', { cacheMinutes: { post: 0, product: 10 } });
    session.sandbox.setFault('gateway', { kind: 'slow', ms: 800 }, 1);
    const page = await session.open(`https://www.douyin.com/video/${seen}`);
    await (await ChipProbe.of(page)).waitForText(/Likes/u);
    expect(callsFor(seen)).toBe(1);
    await eventually(
      async () => callsFor(seen),
      (count) => count === 2,
    );
    await page.close();
    await session.ask('settings.change', { cacheMinutes: { post: 10, product: 10 } });
  });

  it('a key that is refused is not tried on one item after the other; a saved one is tried again', async () => {
    const [, , first = '', second = '', third = ''] = douyinPosts();
    session.sandbox.setFault('gateway', { kind: 'quota' });
    const page = await session.open(`https://www.douyin.com/video/${first}`);
    await eventually(async () => callsFor(first), Boolean);
    await pause(200);
    await page.goto(`https://www.douyin.com/video/${second}`);
    await pause(1_800);
    expect(callsFor(second)).toBe(0);
    // A click always asks.
    const clicked = await session.ask<Entry>('record.lookup', {
      ref: `douyin:post:${second}`,
      refresh: false,
      tabId: null,
    });
    expect(clicked.error?.code).toBe('quota_exhausted');
    expect(callsFor(second)).toBe(1);
    session.sandbox.setFault('gateway', null);
    await session.saveKeys();
    await page.goto(`https://www.douyin.com/video/${third}`);
    await eventually(async () => callsFor(third), Boolean);
    await page.close();
  });

  it('a key that was mended while the broken one was refused: no trace of the refusal', async () => {
    const id = douyinPosts().at(-1) ?? '';
    const ref = `douyin:post:${id}`;
    await session.saveKeys({ gateway: { key: 'no_such_key_7781' } });
    session.sandbox.setFault('gateway', { kind: 'slow', ms: 900 }, 1);
    const refused = session.ask<Entry>('record.lookup', { ref, refresh: false, tabId: null });
    await eventually(async () => callsFor(id), Boolean);
    await session.saveKeys();
    expect((await refused).error).toBeNull();
    expect((await session.ask<Entry>('record.lookup', { ref, refresh: false, tabId: null })).status).toBe('fresh');
  });
});
