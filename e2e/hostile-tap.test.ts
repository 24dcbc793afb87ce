/** Pages that attack whoever reads along: the page stays as it is, the extension stays up, and nothing false is kept. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry, PageView, Settings } from '../lib/messaging/protocol.ts';
import { forgedDouyinPost, forgedTikTokPost, hostileTexts } from '../sandbox/pages/hostile-answers.ts';
import { ChipProbe } from './harness/chromium.ts';
import { databaseTexts } from './harness/reading.ts';
import { eventually, type Session, startSession } from './harness/session.ts';
import { type Visit, visit } from './harness/visit.ts';
import { grouped } from './harness/walk.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());

const hugeLength = 100 * 1024 * 1024 + '{"statusCode":0,"itemList":[],"padding":""}'.length;

/** What the page itself is served: the same as without an extension. */
const attacks: readonly (readonly [name: string, served: RegExp])[] = [
  ['tap-huge', new RegExp(`^${hugeLength}$`, 'u')],
  ['tap-deep', /^2000\d\d 9000\d\d$/u],
  ['tap-proto', /^\d+$/u],
  ['tap-types', /^\d+$/u],
  ['tap-texts', /^\d+$/u],
  ['tap-forged', /^told$/u],
  ['tap-endless', /^streamed$/u],
  ['tap-override', /^served$/u],
  ['tap-rejects', /^AbortError,TypeError,loadend 0,TypeError,loadend 0,aborted 0$/u],
];

async function attack(name: string, served: RegExp): Promise<Visit> {
  const attacked = await visit(session, `https://www.tiktok.com/sandbox/hostile/${name}`);
  const { page } = attacked;
  page.on('dialog', (dialog) => {
    session.browser.console.push(`pageerror dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.waitForSelector('html[data-done]', { state: 'attached', timeout: 45_000 });
  expect(await page.evaluate(() => document.documentElement.getAttribute('data-page'))).toMatch(served);
  return attacked;
}

/** The worker answers, and knows what the tab shows. */
async function alive({ tabId, page }: Visit): Promise<void> {
  expect((await session.ask<Settings>('settings.get', {})).paused).toBe(false);
  const view = await session.ask<PageView | null>('page.get', { tabId });
  expect(view?.url).toBe(page.url());
}

describe('a page that attacks the tap', () => {
  it('flood: 10,000 answers, and what it makes up is cut: a tab cannot fill the disk', async () => {
    const attacked = await attack('flood', /^500$/u);
    await alive(attacked);
    const view = await session.ask<PageView>('page.get', { tabId: attacked.tabId });
    expect(view.entries.length).toBeLessThanOrEqual(20_000);
    const popup = await session.browser.openSurface('popup', attacked.page);
    expect(((await databaseTexts(popup))['clipscope-session'] ?? '').length).toBeLessThan(40_000_000);
    await popup.close();
    await attacked.page.close();
  });

  it.each(attacks)('%s', async (name, served) => {
    const attacked = await attack(name, served);
    await alive(attacked);
    const { page } = attacked;
    // Where the page has replaced what a debugger calls, its title must do.
    if (name !== 'tap-override')
      expect(
        await page.evaluate(() => [Reflect.get(globalThis, 'broken'), ({} as { polluted?: boolean }).polluted]),
      ).toEqual([undefined, undefined]);
    expect(await page.title()).toBe(`Hostile: ${name}`);
    await page.close();
    const problems = session.browser.console.filter((line) =>
      /content-scripts|page-tap|worker error|dialog/u.test(line),
    );
    expect(problems).toEqual([]);
  });

  it('then the popup opens, and another tab is read as ever', async () => {
    const post = session.sandbox.world.postsOf('tiktok')[3]!;
    const { page, view, records } = await visit(session, `https://www.tiktok.com/@someone/video/${post.id}`);
    await view((now) => now.entries.some(({ ref, hasData }) => hasData && ref.endsWith(post.id)));
    expect(await records([`tiktok:post:${post.id}`])).toMatchObject([{ caption: post.caption }]);
    await (await ChipProbe.of(page)).waitForText(new RegExp(grouped(post.counts.saves), 'u'));
    const popup = await session.browser.openSurface('popup', page);
    await popup.getByTestId('popup').waitFor();
    await popup.close();
    await page.close();
  });

  it('nothing was believed that a page said of another site', async () => {
    const attacked = await attack('tap-forged', /^told$/u);
    const { page, tabId } = attacked;
    await page.waitForTimeout(500);
    const refs = [`douyin:post:${forgedDouyinPost}`];
    for (const tab of [tabId, null]) {
      const [entry] = await session.ask<readonly Entry[]>('record.get', { refs, tabId: tab });
      expect(entry?.record).toBeNull();
    }
    const view = await session.ask<PageView>('page.get', { tabId });
    expect([...view.entries.map(({ ref }) => ref), ...view.others].filter((ref) => !ref.startsWith('tiktok:'))).toEqual(
      [],
    );
    const popup = await session.browser.openSurface('popup', page);
    for (const [name, text] of Object.entries(await databaseTexts(popup))) {
      // Of its own platform a page may make up what it likes.
      expect([name, /douyin:(?:post|author)|"platform":"douyin"/u.test(text)]).toEqual([name, false]);
    }
    await popup.close();
    await page.close();
  });

  it('captions and names are text: in the list, the panel and the file', async () => {
    const attacked = await attack('tap-texts', /^\d+$/u);
    const { page, view } = attacked;
    const ids = hostileTexts.map((_text, index) => String(BigInt(forgedTikTokPost) + BigInt(index + 10)));
    await view((now) => ids.every((id) => now.entries.some(({ ref, hasData }) => hasData && ref.endsWith(id))));
    const panel = await session.browser.openSurface('sidepanel', page);
    await panel.getByTestId('view-tab-page').click();
    const body = panel.locator('body');
    await eventually(
      () => body.innerText(),
      (text) => text.includes('<img src=x onerror'),
    );
    expect(await body.innerText()).toContain('<script>globalThis.broken=1</script>');
    expect(await panel.locator('img[src="x"], clipscope-overlay').count()).toBe(0);
    expect(await panel.evaluate(() => Reflect.get(globalThis, 'broken'))).toBeUndefined();
    const rows = (await attacked.export()).rows('posts');
    for (const [index, id] of ids.entries()) {
      const row = rows.find((candidate) => candidate['post_id'] === id);
      // Excel must not run it: a formula may stand behind an apostrophe.
      expect(row?.['caption']?.replace(/^'/u, '')).toBe(hostileTexts[index]);
    }
    await panel.close();
    await page.close();
  });
});
