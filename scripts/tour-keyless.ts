/** The tour's first part: no key at all. What the pages carry, how much of it was read, and the files of it. */
import { join } from 'node:path';
import { ChipProbe, type ExtensionBrowser } from '../e2e/harness/chromium.ts';
import type { World } from '../sandbox/index.ts';

interface KeylessStop {
  readonly name: string;
  readonly url: string;
  /** What the bar says once everything of the page is known. */
  readonly expected: RegExp;
}

function stops({ ids, authors, products }: World): KeylessStop[] {
  const author = authors.find(({ handle }) => handle === ids.tiktok.author);
  const product = products.find(({ id }) => id === ids.tiktok.product);
  return [
    {
      name: 'tiktok-profile',
      url: `https://www.tiktok.com/@${author?.handle}`,
      expected: new RegExp(`with data · profile says ${author?.posts}`, 'u'),
    },
    { name: 'tiktok-hashtag', url: 'https://www.tiktok.com/tag/cycling', expected: /(\d+) found · \1 with data/u },
    { name: 'tiktok-search', url: 'https://www.tiktok.com/search?q=bees', expected: /(\d+) found · \1 with data/u },
    {
      name: 'tiktok-shop',
      url: `https://www.tiktok.com/shop/pdp/apron/${product?.id}`,
      expected: /1 found · 1 with data/u,
    },
    { name: 'douyin-start', url: 'https://www.douyin.com/', expected: /(\d+) found · \1 with data/u },
  ];
}

/** Visits pages without a key; prints what was found on each, and leaves screenshots and the files of an export. */
export async function tourWithoutKey(browser: ExtensionBrowser, world: World, folder: string): Promise<void> {
  for (const { name, url, expected } of stops(world)) {
    const page = await browser.context.newPage();
    await page.goto(url);
    await page.bringToFront();
    const overlay = await ChipProbe.of(page);
    const words = await overlay.waitForText(expected);
    const panel = await browser.openSurface('sidepanel', page);
    await panel.getByTestId('view-tab-page').click();
    await panel.getByTestId('coverage').waitFor();
    await panel.getByTestId('item').first().waitFor();
    const coverage = (await panel.getByTestId('coverage').innerText()).replaceAll(/\s+/gu, ' ');
    const items = (await panel.getByTestId('item').allInnerTexts()).map((text) => text.replaceAll(/\s+/gu, ' ').trim());
    console.log(
      `  ${url}\n    coverage: ${coverage}\n    kept:     ${/Kept until[^.]*closes/u.exec(words)?.[0] ?? ''}`,
    );
    for (const item of items.slice(0, 3)) console.log(`    found:    ${item.slice(0, 150)}`);
    await panel.waitForTimeout(200);
    await panel.screenshot({ path: join(folder, `keyless-panel-${name}.png`), fullPage: true });
    await panel.close();
    await page.bringToFront();
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `keyless-page-${name}.png`) });
    await overlay.click('bar-export');
    await overlay.waitForText(/\.csv/u);
    await page.close();
  }
}
