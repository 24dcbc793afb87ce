/** Every face in both languages: axe finds nothing, and nothing is clipped or untranslated. */
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import type { PageState, PageView, Project, Settings } from '../lib/messaging/protocol.ts';
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

/** How many of these checkboxes are ticked. Runs in the page. */
const checked = (boxes: (SVGElement | HTMLElement)[]): number =>
  boxes.filter((box) => (box as HTMLInputElement).checked).length;

type Language = 'en' | 'zh_CN';

type Rules = Parameters<AxeBuilder['options']>[0];
/** Which rules of axe each theme is held to: everything once, colours in both themes; the words change none of them. */
const rounds: Readonly<Record<Language, readonly (readonly ['light' | 'dark', Rules])[]>> = {
  en: [
    ['light', {}],
    ['dark', { runOnly: { type: 'rule', values: ['color-contrast'] } }],
  ],
  zh_CN: [['dark', { rules: { 'color-contrast': { enabled: false } } }]],
};

/** What a face shows now. */
async function check(face: Page, language: Language): Promise<void> {
  await face.waitForTimeout(400);
  for (const [colorScheme, rules] of rounds[language]) {
    await face.emulateMedia({ colorScheme });
    // Colours fade from one theme into the other.
    await face.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    const { violations } = await new AxeBuilder({ page: face })
      .setLegacyMode()
      .options({ resultTypes: ['violations'], ...rules })
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.html).join(' | ')}`),
    ).toEqual([]);
  }
  const wide = await face.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'sideways scrolling').toBeLessThanOrEqual(0);
  const text = await face.evaluate(() => document.body.innerText);
  // A key that shows itself is a message that nobody wrote.
  expect(text).not.toMatch(
    /\b(?:error|field|chip|panel|option|choice|provider|precision|overlay|bar|tab|part|kinds?|sort|filter|item_state|page_status|page_type|missing|availability|health|project|record|reading|transcript|subtitle|login|usage|limits|sources|estimate|api|lookups|differences|delete|action)_[a-z_]+/u,
  );
}

describe.each<Language>(['en', 'zh_CN'])('%s', (language) => {
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
      await face.getByTestId(ready).first().waitFor();
      await check(face, language);
      await face.close();
    }
    await video.close();
    await product.close();
  });

  it('the list of a page with its selection, hashtags and the rest; a page with a status instead of data', async () => {
    await session.ask('settings.change', { language });
    const { ids } = session.sandbox.world;
    const profile = await openItem(
      `https://www.tiktok.com/@${ids.tiktok.author}`,
      `tiktok:author:${ids.tiktok.author}`,
    );
    const panel = await session.browser.openSurface('sidepanel', profile);
    await panel.getByTestId('item').first().waitFor();
    await check(panel, language);
    await panel.getByTestId('part-tab-hashtags').click();
    await panel.getByTestId('page-hashtag').first().waitFor();
    await check(panel, language);
    await panel.getByTestId('page-hashtag').first().click();
    await panel.getByTestId('hashtag-filter').waitFor();
    await panel.getByTestId('item-select').nth(0).click();
    await panel
      .getByTestId('item-select')
      .nth(2)
      .click({ modifiers: ['Shift'] });
    expect(await panel.getByTestId('item-select').evaluateAll(checked)).toBe(3);
    await panel.getByTestId('look-up-selected').click();
    await panel.getByTestId('look-up-cost').waitFor();
    await check(panel, language);
    await panel.getByTestId('list-search').fill('qqqqqqqq');
    await panel.getByTestId('list-empty').waitFor();
    await check(panel, language);
    await panel.getByTestId('part-tab-others').click();
    await panel.getByTestId('other').first().click();
    await panel.getByTestId('author-card').waitFor();
    await check(panel, language);
    await panel.close();
    await profile.close();

    const missing = await openItem(
      `https://www.tiktok.com/@someone/video/${ids.tiktok.missing}`,
      `tiktok:post:${ids.tiktok.missing}`,
    );
    const status = await session.browser.openSurface('sidepanel', missing);
    await status.getByTestId('page-status').waitFor();
    expect(await status.getByTestId('page-status-words').innerText()).toContain("10204: item doesn't exist");
    await check(status, language);
    await status.close();
    await missing.close();
  });

  it('the options with every card open; lists that APIs offer', async () => {
    await session.ask('settings.change', { language });
    const { ids } = session.sandbox.world;
    const options = await session.browser.openSurface('options');
    await options.getByTestId('provider-gateway').waitFor();
    for (const card of await options.locator('details.provider').all()) {
      if ((await card.getAttribute('open')) === null) await card.locator('> summary').click();
    }
    await options.getByTestId('calls-gateway').waitFor();
    await options.getByTestId('login-begin-tiktok-official').waitFor();
    await options.getByTestId('login-fallback-tiktok-official').locator('summary').click();
    expect(await options.getByTestId('login-begin-tiktok-official').isDisabled()).toBe(true);
    await options.getByTestId('delete-data').click();
    await options.getByTestId('delete-data-question').waitFor();
    await check(options, language);
    await options.setViewportSize({ width: 420, height: 860 });
    await check(options, language);
    await options.close();

    const profile = await openItem(
      `https://www.tiktok.com/@${ids.tiktok.author}`,
      `tiktok:author:${ids.tiktok.author}`,
    );
    const panel = await session.browser.openSurface('sidepanel', profile);
    await panel.getByTestId('item').first().waitFor();
    await panel.getByTestId('part-tab-api').click();
    await panel.getByTestId('api-open-post-search').click();
    await panel.getByTestId('api-next-post-search').waitFor();
    await panel.getByTestId('api-estimate-post-search').waitFor();
    await panel.getByTestId('api-open-post-list').click();
    await panel.getByTestId('api-key-post-list').waitFor();
    await check(panel, language);
    await panel.close();
    await profile.close();
  });

  it('the panel with nothing to show, without a key, with an error', async () => {
    await session.ask('settings.change', { language });
    const { ids } = session.sandbox.world;
    const elsewhere = await session.open('https://www.tiktok.com/search?q=harbour');
    const nothing = await session.browser.openSurface('sidepanel', elsewhere);
    await check(nothing, language);
    await nothing.close();

    session.sandbox.setFault('gateway', { kind: 'code', code: '4013' });
    const missing = `douyin:post:${ids.douyin.withProducts}`;
    await session.ask('record.lookup', { ref: missing, refresh: true, tabId: null });
    const page = await openItem(`https://www.douyin.com/video/${ids.douyin.withProducts}`, missing);
    const failed = await session.browser.openSurface('sidepanel', page);
    await failed.getByTestId('error-text').first().waitFor();
    await check(failed, language);
    session.sandbox.setFault('gateway', null);
    await session.ask('credential.delete', { provider: 'gateway' });
    await session.ask('cache.clear', {});
    await failed.close();
    // A page that carries nothing but the id.
    const bare = await openItem(
      `https://buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting?id=${ids.douyin.missingProduct}`,
      `douyin:product:${ids.douyin.missingProduct}`,
    );
    const keyless = await session.browser.openSurface('sidepanel', bare);
    await keyless.getByTestId('add-key').first().waitFor();
    await check(keyless, language);
    await keyless.close();
    await bare.close();
    await session.saveKeys();
    await page.close();
    await elsewhere.close();
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

describe('the order of sources', () => {
  const order = async (): Promise<readonly string[] | undefined> =>
    (await session.ask<Settings>('settings.get', {})).sourceOrder['post.get'];

  it('is changed by buttons, by Alt and an arrow, and by dragging; every move is spoken', async () => {
    await session.ask('settings.change', { language: 'en', sourceOrder: {} });
    const options = await session.browser.openSurface('options');
    const rows = (): Promise<(string | null)[]> =>
      options
        .getByTestId('sources-post')
        .locator('li')
        .evaluateAll((items) => items.map((item) => item.dataset['id'] ?? null));
    await options.getByTestId('sources-post-page').waitFor();
    const before = await rows();
    expect(before[0]).toBe('page');

    await options.getByTestId('sources-post-page-down').click();
    await eventually(order, (now) => now?.[1] === 'page' && now.length === before.length);
    expect(await options.getByTestId('sources-post-spoken').innerText()).toContain('place 2 of');
    const second = before[1] ?? '';
    await eventually(rows, (now) => now[0] === second);

    await options.getByTestId(`sources-post-page-down`).press('Alt+ArrowUp');
    await eventually(order, (now) => now?.[0] === 'page');
    await eventually(rows, (now) => now[0] === 'page');

    const handle = await options.getByTestId('sources-post-page-handle').boundingBox();
    const last = await options.getByTestId(`sources-post-${before.at(-1)}-handle`).boundingBox();
    if (!handle || !last) throw new Error('A handle is not there.');
    await options.mouse.move(handle.x + 8, handle.y + 8);
    await options.mouse.down();
    await options.mouse.move(last.x + 8, last.y + 8, { steps: 8 });
    await options.mouse.up();
    await eventually(order, (now) => now?.at(-1) === 'page' && now[0] === second);
    await session.ask('settings.change', { sourceOrder: {} });
    await options.close();
  });

  it('a price and a limit of one’s own change the estimate', async () => {
    await session.ask('settings.change', { language: 'en' });
    const options = await session.browser.openSurface('options');
    await options.getByTestId('open-gateway').click();
    await options.getByTestId('price-gateway').fill('0.001');
    await options.getByTestId('price-gateway').press('Tab');
    await options.getByTestId('daily-limit-gateway').fill('1,000');
    await options.getByTestId('daily-limit-gateway').press('Tab');
    await eventually(
      () => session.ask<Settings>('settings.get', {}),
      (now) => now.dailyLimits['gateway'] === 1_000 && now.callPrices['gateway']?.amount === 0.001,
    );
    await options.getByTestId('dry-run-provider').selectOption('gateway');
    await options.getByTestId('dry-run-items').fill('1200');
    await options
      .getByTestId('dry-run-text')
      .getByText(/1,200 calls ≈ \$1\.20/u)
      .waitFor();
    await options
      .getByTestId('dry-run-text')
      .getByText(/More than is left today/u)
      .waitFor();
    expect(await options.getByTestId('calls-gateway').getByRole('meter').getAttribute('aria-valuemax')).toBe('1000');
    await options.getByTestId('price-gateway').fill('free');
    await options.getByTestId('price-gateway').press('Tab');
    await options.locator('#price-gateway-problem').waitFor();
    await session.ask('settings.change', { dailyLimits: {}, callPrices: {} });
    await options.close();
  });
});

describe('the list of a page', () => {
  const items = (panel: Page): Promise<string[]> =>
    panel.getByTestId('item').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-ref') ?? ''));

  it('sorts, filters, opens and saves; tabs follow the arrow keys', async () => {
    await session.ask('settings.change', { language: 'en' });
    const { ids, posts } = session.sandbox.world;
    const page = await openItem(`https://www.tiktok.com/@${ids.tiktok.author}`, `tiktok:author:${ids.tiktok.author}`);
    const tabId = await session.browser.tabId(page);
    const panel = await session.browser.openSurface('sidepanel', page);
    await panel.getByTestId('item').first().waitFor();

    await panel.getByTestId('list-sort').selectOption('likes');
    const likes = new Map(posts.map((post) => [`${post.platform}:post:${post.id}`, post.counts.likes]));
    const sorted = await eventually(
      () => items(panel),
      (refs) => refs.length > 3 && refs.every((ref, index) => index === 0 || more(likes, refs[index - 1] ?? '', ref)),
    );
    await panel.getByTestId('list-search').fill(sorted[2]?.split(':')[2] ?? '');
    await eventually(
      () => items(panel),
      (refs) => refs.join() === sorted[2],
    );
    await panel.getByTestId('item-select').click();
    await panel.getByTestId('save-selected').click();
    await panel.getByTestId('save-done').waitFor();
    const view = await eventually(
      () => session.ask<PageView>('page.get', { tabId }),
      (now) => now.entries.some(({ saved }) => saved),
    );
    expect(view.entries.filter(({ saved }) => saved).map(({ ref }) => ref)).toEqual([sorted[2]]);
    await panel.locator('[data-testid=item-state][data-saved=true]').waitFor();

    await panel.getByTestId('item').click();
    await panel.getByTestId('post-card').waitFor();
    await panel.getByTestId('view-tab-item').press('ArrowRight');
    expect(await panel.getByTestId('view-tab-page').getAttribute('aria-selected')).toBe('true');
    await panel.close();
    await page.close();
  });

  it('says where data goes, and records into a new project once that is switched on', async () => {
    const { ids } = session.sandbox.world;
    const page = await openItem(`https://www.tiktok.com/@${ids.tiktok.author}`, `tiktok:author:${ids.tiktok.author}`);
    const panel = await session.browser.openSurface('sidepanel', page);
    await panel.getByTestId('project').selectOption({ label: 'New project…' });
    await panel.getByTestId('project-name').fill('Harbour <b>study</b>');
    await panel.getByTestId('project-create').click();
    await panel.getByTestId('project').waitFor();
    await panel.getByTestId('storage-state').getByRole('switch').click();
    await panel.getByTestId('storage-state').getByText('Recording into Harbour <b>study</b>').waitFor();
    const [project] = await eventually(
      () => session.ask<readonly Project[]>('project.list', {}),
      ([active]) => active?.recording === true && active.savedCount > 0,
    );
    expect(project?.name).toBe('Harbour <b>study</b>');

    const options = await session.browser.openSurface('options');
    const row = options.locator('[data-testid=project-row][data-active=true]');
    expect(await row.innerText()).toContain('Harbour <b>study</b>');
    await row.getByRole('switch').click();
    await panel.getByTestId('storage-state').getByText('Kept until the tab closes').waitFor();
    await options.getByTestId('health-state-tiktok').waitFor();
    await options.getByTestId('health-report').click();
    const names = [...(await session.files(1)).keys()];
    expect(names.join()).toMatch(/\.json/u);
    for (const open of [options, panel, page]) await open.close();
  });
});

function more(figures: ReadonlyMap<string, number | null | undefined>, one: string, other: string): boolean {
  return (figures.get(one) ?? -1) >= (figures.get(other) ?? -1);
}
