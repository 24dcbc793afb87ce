/** Firefox, from the same code: a key typed in, a page opened, the panel and the CSV; and what Mozilla's linter says. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.ts';
import { firefoxBuild, type FirefoxWithExtension, launchFirefox } from './harness/firefox.ts';
import { eventually } from './harness/session.ts';

describe('in real Firefox', () => {
  let sandbox: Sandbox;
  let firefox: FirefoxWithExtension;
  beforeAll(async () => {
    sandbox = await startSandbox();
    firefox = await launchFirefox({ proxyPort: sandbox.proxyPort });
  });
  afterAll(async () => {
    await firefox?.close();
    await sandbox?.close();
  });

  it('key → page → panel → CSV', async () => {
    const { key, secret } = sandbox.credentials.gateway;
    const options = await firefox.openSurface('options.html', '[data-testid="provider-gateway"] input[name="key"]');
    await options.type('[data-testid="provider-gateway"] input[name="key"]', key);
    await options.type('[data-testid="provider-gateway"] input[name="secret"]', secret);
    await options.click('[data-testid="save-gateway"]');
    await options.waitForSelector('[data-testid="outcome-gateway"]');

    const id = sandbox.world.ids.douyin.product;
    const page = await firefox.browser.newPage();
    await page.goto(`https://haohuo.jinritemai.com/views/product/item2?id=${id}`);
    await page.bringToFront();
    await eventually(
      async () => sandbox.calls.filter((call) => call.verdict === 'ok').length,
      (count) => count === 1,
      20_000,
    );
    // The page's own host element; what is in its closed shadow root is Chromium's tests' to see.
    expect(await page.evaluate(() => document.querySelector('clipscope-overlay') !== null)).toBe(true);

    const tabId = await tabWith(id);
    const panel = await firefox.openSurface(`sidepanel.html?tab=${tabId}`, '[data-testid="product-card"]');
    const product = sandbox.world.product(id);
    const text = await panel.evaluate(() => document.body.innerText);
    expect(text.replaceAll(/\s+/gu, ' ')).toContain(product?.title.replaceAll(/\s+/gu, ' ').trim());
    expect(text).toContain(((product?.priceMinor ?? 0) / 100).toFixed(2));
    await panel.click('[data-testid="export-page"]');
    const file = await eventually(
      async () => readdirSync(firefox.downloads).find((name) => name.endsWith('.csv')),
      // Firefox makes the file first and fills it then.
      (name) => name !== undefined && statSync(join(firefox.downloads, name)).size > 0,
    );
    expect(file).toMatch(/^clipscope_douyin_products_\d{8}T\d{6}Z\.csv$/u);
    const csv = readFileSync(join(firefox.downloads, file ?? ''), 'utf8');
    expect(csv).toContain(id);
    expect(csv).not.toContain(secret);
    await panel.close();
    await page.close();
    await options.close();
  });

  it('a TikTok video that is reached within the page is followed, and the popup shows it', async () => {
    const [first, second] = sandbox.world.postsOf('tiktok').filter((post) => post.status === 'normal');
    const page = await firefox.browser.newPage();
    // A profile: what is current there follows the address alone.
    await page.goto(`https://www.tiktok.com/@${first?.author.handle}`);
    await page.bringToFront();
    const tabId = await tabWith(first?.author.handle ?? '?');
    const seen = await firefox.openSurface(`popup.html?tab=${tabId}`, '[data-testid="popup"]');
    await eventually(
      () => seen.evaluate(() => document.body.innerText),
      (shown) => shown.includes(first?.author.handle ?? '?'),
    );
    const current = (): Promise<string | null> =>
      seen.evaluate(async (tab) => {
        const message = { clipscope: 'message', name: 'page.get', input: { tabId: tab } };
        const reply = await (globalThis as unknown as TestBrowser).browser.runtime.sendMessage(message);
        return reply.value?.current ?? null;
      }, tabId);
    for (const id of [first?.id, second?.id]) {
      await page.evaluate((post) => history.pushState({}, '', `/@someone/video/${post}`), id ?? '');
      await eventually(current, (ref) => ref === `tiktok:post:${id}`);
    }
    // The popup has followed as well: a post has the time of its id, an author has none.
    expect(await seen.evaluate(() => document.body.innerText)).not.toContain('no provider looks up');
    await seen.close();
    await page.close();
  });

  /** The browser's number of the tab whose address holds this text. */
  async function tabWith(text: string): Promise<number> {
    const options = await firefox.openSurface('options.html', '[data-testid="options"]');
    const tabId = await options.evaluate(async (part) => {
      const tabs = await (globalThis as unknown as TestBrowser).browser.tabs.query({});
      return tabs.find((tab) => tab.url?.includes(part))?.id ?? -1;
    }, text);
    await options.close();
    return tabId;
  }
});

interface TestBrowser {
  readonly browser: {
    tabs: { query(filter: object): Promise<{ id?: number; url?: string }[]> };
    runtime: { sendMessage(message: object): Promise<{ value: { current: string | null } | null }> };
  };
}

describe('web-ext lint', () => {
  it('no errors, and only the warnings of Preact’s own code', () => {
    const { stdout } = spawnSync(
      'web-ext',
      ['lint', '--source-dir', firefoxBuild, '--output', 'json', '--self-hosted=false'],
      {
        encoding: 'utf8',
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
    const report = JSON.parse(stdout) as {
      readonly errors: unknown[];
      readonly warnings: readonly { readonly code: string; readonly file: string; readonly message: string }[];
    };
    expect(report.errors).toEqual([]);
    // Preact sets innerHTML for `dangerouslySetInnerHTML`, which we never use: once in each bundle that carries Preact.
    const seen = report.warnings.map(({ code, file }) => `${code} ${file.replace(/-[\w-]{8}\.js$/u, '.js')}`);
    expect(seen.sort()).toEqual([
      'UNSAFE_VAR_ASSIGNMENT chunks/page-host.js',
      'UNSAFE_VAR_ASSIGNMENT content-scripts/content.js',
    ]);
  });
});
