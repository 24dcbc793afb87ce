/** The whole way, as a researcher goes it: key typed in → page → chip → panel → popup → CSV on disk. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChipProbe } from './harness/chromium.ts';
import { insideSidePanel } from './harness/inside.ts';
import { readCsv, type Row } from './harness/reading.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session?.close());

/** The rows of the file that this export writes for a table, read by a reader that shares nothing with our writer. */
async function rowsWritten(
  table: string,
  exporting: () => Promise<unknown>,
): Promise<{ name: string; bytes: Buffer; rows: readonly Row[] }> {
  const before = new Set(readdirSync(session.browser.downloads));
  await exporting();
  const files = await eventually(
    async () => [...(await session.files(0))].filter(([name]) => !before.has(name) && name.includes(`_${table}_`)),
    (found) => found.length > 0,
  );
  const [[name, bytes] = ['', Buffer.of()]] = files;
  return { name, bytes, rows: readCsv(bytes) };
}

const count = (value: number | undefined): string => new Intl.NumberFormat('en').format(value ?? Number.NaN);

describe('from page to CSV', () => {
  it('without a key: the page’s own figures, marked as rounded, and no word of a key; where it has none, it says so', async () => {
    const { ids } = session.sandbox.world;
    const post = session.sandbox.world.post(ids.tiktok.video);
    const page = await session.open(`https://www.tiktok.com/@someone/video/${ids.tiktok.video}`);
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    expect(await chip.waitForText(/From the page/u)).not.toMatch(/No key yet/u);
    const { rows } = await rowsWritten('posts', () => chip.click('chip-export'));
    const row = rows.find((candidate) => candidate['post_id'] === ids.tiktok.video);
    expect(row).toMatchObject({ collected_via: 'page_json', api_provider: '', counts_precision: 'rounded' });
    expect(Math.abs(Number(row?.['like_count']) - (post?.counts.likes ?? 0))).toBeLessThan(100);
    expect(row?.['created_at_from_id_utc']).toMatch(/Z$/u);

    const bare = await session.open(
      `https://buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting?commodity_id=${ids.douyin.product}&commodity_location=1&id=${ids.douyin.product}`,
    );
    await bare.bringToFront();
    await (await ChipProbe.of(bare)).waitForText(/No key yet/u);
    const panel = await session.browser.openSurface('sidepanel', bare);
    await panel.getByTestId('add-key').first().waitFor();
    await bare.close();
    expect(session.sandbox.calls).toEqual([]);
    await panel.close();
    await page.close();
  });

  it('keys are typed in, tested with one real call each, and saved', async () => {
    const { gateway, keySecret } = session.sandbox.credentials;
    await session.browser.allowHost('https://api-gw.onebound.cn');
    await session.browser.allowHost(new URL(keySecret.baseUrl).origin);
    const options = await session.browser.openSurface('options');
    for (const [provider, values] of [
      ['gateway', { key: `  ${gateway.key} `, secret: `${gateway.secret}\t` }],
      ['key-secret', { ...keySecret }],
    ] as const) {
      const form = options.getByTestId(`provider-${provider}`);
      await options.getByTestId(`open-${provider}`).click();
      for (const [name, value] of Object.entries(values)) await form.locator(`[name="${name}"]`).fill(value);
      expect(await form.locator('[name="secret"]').getAttribute('type')).toBe('password');
      await options.getByTestId(`test-${provider}`).click();
      await options
        .getByTestId(`outcome-${provider}`)
        .getByText(/Accepted/u)
        .waitFor();
      if (provider === 'gateway') {
        expect(await options.getByTestId(`outcome-${provider}`).innerText()).toMatch(/1 of 10,100/u);
      }
      await options.getByTestId(`save-${provider}`).click();
      await options.getByTestId(`saved-${provider}`).getByText(/saved/iu).waitFor();
      // Saved: the form holds no secret any more.
      await eventually(
        () => form.locator('[name="secret"]').inputValue(),
        (value) => value === '',
      );
    }
    // Stray blanks around a pasted key were trimmed, or the sandbox would have refused it.
    expect(session.sandbox.calls.map((call) => call.checked)).toEqual(['not_found', 'not_found']);
    await options.close();
  });

  it('a TikTok video: chip, panel and file show the sandbox’s figures', async () => {
    const { ids } = session.sandbox.world;
    const post = session.sandbox.world.post(ids.tiktok.video);
    await session.ask('cache.clear', {});
    const page = await session.open(`https://www.tiktok.com/@${post?.author.handle}/video/${post?.id}`);
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    const words = await chip.waitForText(new RegExp(count(post?.counts.likes), 'u'));
    for (const value of [post?.counts.plays, post?.counts.comments, post?.counts.shares, post?.counts.saves])
      expect(words).toContain(count(value ?? undefined));

    const panel = await session.browser.openSurface('sidepanel', page);
    await panel.getByTestId('post-card').waitFor();
    expect(await panel.getByTestId('figure-view_count').innerText()).toContain(count(post?.counts.plays ?? undefined));
    expect(await panel.getByTestId('figure-save_count').innerText()).toContain(count(post?.counts.saves));
    for (const tag of post?.hashtags ?? []) await panel.getByTestId('hashtags').getByText(`#${tag}`).waitFor();
    expect(await panel.getByTestId('provenance').innerText()).toContain('key-secret/item_get_video');
    const { name, bytes, rows } = await rowsWritten('posts', () => panel.getByTestId('export-page').click());
    expect(name).toMatch(/^clipscope_tiktok_posts_\d{8}T\d{6}Z\.csv$/u);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const row = rows.find((candidate) => candidate['post_id'] === post?.id);
    expect(row).toMatchObject({
      platform: 'tiktok',
      post_id: post?.id,
      caption: post?.caption,
      view_count: String(post?.counts.plays),
      like_count: String(post?.counts.likes),
      comment_count: String(post?.counts.comments),
      share_count: String(post?.counts.shares),
      save_count: String(post?.counts.saves),
      counts_precision: 'exact',
      created_at_utc: new Date((post?.createdAt ?? 0) * 1000).toISOString().replace('.000', ''),
      api_provider: 'key-secret',
      hashtags: post?.hashtags.join(';'),
      author_name: post?.author.name,
    });
    await panel.close();
    await page.close();
  });

  it('a Douyin video: views are on no page and in no answer, and everything says so instead of zero', async () => {
    const { ids } = session.sandbox.world;
    const post = session.sandbox.world.post(ids.douyin.video);
    const page = await session.open(`https://www.douyin.com/video/${post?.id}`);
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    // The bar counts a moment after the chip has its figures: "0 / 1" is not what is meant below.
    const words = await chip.waitForText(new RegExp(`1 / 1.*${count(post?.counts.likes)}`, 'su'));
    expect(words).not.toMatch(/\b0\b/u);
    expect(words).not.toMatch(/Views/u);
    const panel = await session.browser.openSurface('sidepanel', page);
    await panel.getByTestId('post-card').waitFor();
    expect(await panel.getByTestId('figures').first().innerText()).not.toMatch(/\b0\b/u);
    await page.bringToFront();
    const { rows } = await rowsWritten('posts', () => chip.click('chip-export'));
    const row = rows.find((candidate) => candidate['post_id'] === post?.id);
    expect(row).toMatchObject({
      post_id: post?.id,
      caption: post?.caption,
      view_count: '',
      like_count: String(post?.counts.likes),
      author_name: post?.author.name,
    });
    expect(JSON.parse(row?.['missing_reasons'] ?? '{}')).toMatchObject({ view_count: 'not_exposed_on_web' });
    await panel.close();
    await page.close();
  });

  it('a Douyin product: price with its unit’s source, sales as a lower bound; the popup exports it', async () => {
    const { ids } = session.sandbox.world;
    const product = session.sandbox.world.product(ids.douyin.product);
    const page = await session.open(`https://haohuo.jinritemai.com/views/product/item2?id=${product?.id}`);
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    await chip.waitForText(/72\.00/u);
    const popup = await session.browser.openSurface('popup', page);
    await popup
      .getByText(/72\.00/u)
      .first()
      .waitFor();
    const { rows } = await rowsWritten('products', () => popup.getByTestId('export-page').click());
    const row = rows.find((candidate) => candidate['product_id'] === product?.id);
    expect(row).toMatchObject({
      product_id: product?.id,
      price_minor: String(product?.priceMinor),
      currency: 'CNY',
      // Page and provider agree on the price; neither declares its unit.
      price_unit_source: expect.stringMatching(/^assumed:(?:gateway|douyin-web)$/u),
      sold_count: '13000',
      sold_count_precision: 'lower_bound',
      shop_name: product?.shop.name,
    });
    expect(JSON.stringify(row)).not.toContain(product?.shop.telephone);
    await popup.close();
    await page.close();
  });

  it('the chip’s button opens the real side panel, which follows the active tab', async () => {
    const { ids } = session.sandbox.world;
    const [video, product] = [
      session.sandbox.world.post(ids.tiktok.video),
      session.sandbox.world.product(ids.douyin.product),
    ];
    const page = await session.open(`https://www.tiktok.com/@someone/video/${ids.tiktok.video}`);
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    await chip.waitForText(/Panel/u);
    await chip.click('chip-panel');
    const panel = await insideSidePanel(session.browser.context);
    const shows = (text: string): Promise<string> =>
      eventually(
        () => panel.evaluate<string>('document.body?.innerText ?? ""'),
        (shown) => shown.includes(text),
      );
    const likes = count(video?.counts.likes);
    const price = ((product?.priceMinor ?? 0) / 100).toFixed(2);
    expect(await shows(likes)).not.toContain(price);

    const other = await session.open(`https://haohuo.jinritemai.com/views/product/item2?id=${product?.id}`);
    await other.bringToFront();
    expect(await shows(price)).not.toContain(likes);
    await page.bringToFront();
    await shows(likes);
    // The page goes on by itself, in the same tab.
    await page.goto(`https://www.douyin.com/video/${ids.douyin.video}`);
    await shows(session.sandbox.world.post(ids.douyin.video)?.author.name ?? '?');
    await panel.close();
    await other.close();
    await page.close();
  });

  it('the chip can be dragged, stays there, hides for the item, and is switched off for the site', async () => {
    const handle = session.sandbox.world.ids.tiktok.author;
    const page = await session.open('https://www.tiktok.com/foryou');
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    await chip.waitForText(/\w/u);
    const before = await eventually(
      () => chip.box('chip-drag'),
      (box) => box !== null,
    );
    await page.mouse.move((before?.x ?? 0) + 4, (before?.y ?? 0) + 6);
    await page.mouse.down();
    await page.mouse.move(300, 300, { steps: 4 });
    await page.mouse.up();
    const after = await chip.box('chip-drag');
    expect(Math.abs((after?.x ?? 0) + 4 - 300)).toBeLessThan(3);
    await page.reload();
    const again = await eventually(
      () => chip.box('chip-drag'),
      (box) => box !== null,
    );
    expect(Math.abs((again?.y ?? 0) - (after?.y ?? 0))).toBeLessThan(60);
    await chip.click('chip-hide');
    await eventually(
      () => chip.box('chip'),
      (box) => box === null,
    );
    await page.mouse.move(600, 400);
    await page.keyboard.press('ArrowDown');
    await eventually(
      () => chip.box('chip'),
      (box) => box !== null,
    );
    await chip.click('chip-more');
    await eventually(
      () => chip.box('chip-off'),
      (box) => box !== null,
    );
    await chip.click('chip-off');
    await eventually(
      () => chip.box('chip'),
      (box) => box === null,
    );
    await page.goto(`https://www.tiktok.com/@${handle}/video/${session.sandbox.world.ids.tiktok.video}`);
    await page.waitForTimeout(600);
    expect(await chip.box('chip')).toBeNull();
    await session.ask('settings.change', { overlayOffSites: [] });
    await eventually(
      () => chip.box('chip'),
      (box) => box !== null,
    );
    await page.close();
  });

  it('pausing stops everything, at once and in every tab', async () => {
    const page = await session.open(
      `https://www.tiktok.com/@someone/video/${session.sandbox.world.ids.tiktok.withProducts}`,
    );
    await page.bringToFront();
    const chip = await ChipProbe.of(page);
    await chip.waitForText(/\w/u);
    await session.ask('settings.change', { paused: true });
    await eventually(
      () => chip.box('chip'),
      (box) => box === null,
    );
    const calls = session.sandbox.calls.length;
    // Douyin's pages never say all that is worth a call.
    await page.goto(`https://www.douyin.com/video/${session.sandbox.world.postsOf('douyin')[9]?.id}`);
    await page.waitForTimeout(1_800);
    expect(session.sandbox.calls.length).toBe(calls);
    expect(await chip.box('chip')).toBeNull();
    await session.ask('settings.change', { paused: false });
    await eventually(
      async () => session.sandbox.calls.length,
      (now) => now === calls + 1,
    );
    await page.close();
  });
});
