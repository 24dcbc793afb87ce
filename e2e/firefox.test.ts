/** Firefox, from the same code: a key typed in, a page opened, the panel and the CSV; and what Mozilla's linter says. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultExportChoices, type ExportChoices } from '../lib/core/export-choices.ts';
import type { ExportedFile, PageView } from '../lib/messaging/protocol.ts';
import { type Sandbox, startSandbox, type WorldPost } from '../sandbox/index.ts';
import { firefoxBuild, type FirefoxWithExtension, launchFirefox } from './harness/firefox.ts';
import { eventually } from './harness/session.ts';
import { expectList, expectRow, exported, refOf } from './harness/walk.ts';

/** People are in the files, as in the pages that they are compared with. */
const withPeople: ExportChoices = { ...defaultExportChoices, personal: 'include' };

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
    await options.click('[data-testid="open-gateway"]');
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

  it('the login of TikTok’s own API: typed in, agreed to in a tab, and ended', async () => {
    const card = '[data-testid="provider-tiktok-official"]';
    const options = await firefox.openSurface('options.html', card);
    await options.bringToFront();
    await options.click('[data-testid="open-tiktok-official"]');
    for (const [name, value] of Object.entries(sandbox.credentials.tiktokOfficial))
      await options.type(`${card} input[name="${name}"]`, value);
    await options.click('[data-testid="save-tiktok-official"]');
    await options.waitForSelector('[data-testid="saved-tiktok-official"]');
    const begin = await options.waitForSelector('[data-testid="login-begin-tiktok-official"]:not([disabled])');
    await begin?.click();
    const consent = await eventually(
      async () => (await firefox.browser.pages()).find((page) => page.url().includes('/v2/auth/authorize/')),
      (page) => page !== undefined,
      30_000,
    );
    const agree = await consent?.waitForSelector('button ::-p-text(Authorise)');
    void agree?.click().catch(() => undefined);
    await options.waitForSelector('[data-testid="login-end-tiktok-official"]', { timeout: 20_000 });
    expect(await options.$eval('[data-testid="login-state-tiktok-official"]', (state) => state.textContent)).toContain(
      'Logged in',
    );
    expect(sandbox.calls.filter(({ apiName }) => apiName.startsWith('oauth/')).map(({ verdict }) => verdict)).toEqual([
      'ok',
    ]);
    await eventually(
      async () => (await firefox.browser.pages()).filter((page) => page.url().includes('127.0.0.1')).length,
      (open) => open === 0,
    );
    await options.click('[data-testid="login-end-tiktok-official"]');
    await options.waitForSelector('[data-testid="login-begin-tiktok-official"]');
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

  describe('without a key', () => {
    let asking: Page;
    beforeAll(async () => {
      asking = await firefox.openSurface('options.html', '[data-testid="options"]');
    });
    afterAll(() => asking?.close());

    const tiktok = (): WorldPost[] => sandbox.world.postsOf('tiktok');

    async function ask<Answer>(name: string, input: object): Promise<Answer> {
      const reply = await asking.evaluate(
        (message) => (globalThis as unknown as TestBrowser).browser.runtime.sendMessage(message),
        { clipscope: 'message', name, input },
      );
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply)}`);
      return reply.value as Answer;
    }

    const viewOf = (tabId: number, wished: (view: PageView) => boolean): Promise<PageView | null> =>
      eventually(
        () => ask<PageView | null>('page.get', { tabId }),
        (view) => view !== null && wished(view),
        40_000,
      );

    const save = (tabId: number) =>
      exported(firefox.downloads, sandbox.world, () =>
        ask<readonly ExportedFile[]>('export.run', { tabId, scope: 'page', choices: withPeople }),
      );

    async function open(url: string, mark: string): Promise<{ page: Page; tabId: number }> {
      const page = await firefox.browser.newPage();
      await page.goto(url);
      await page.bringToFront();
      return { page, tabId: await tabWith(mark) };
    }

    // A walk of 200 cards, each of which moves into place, takes half a minute, and twice that beside another browser.
    it('a feed of 200: every card once, in its place, exact in the file', { timeout: 150_000 }, async () => {
      const { page, tabId } = await open('https://www.tiktok.com/foryou', '/foryou');
      await page.bringToFront();
      await viewOf(tabId, (view) => view.entries.length >= 16);
      const active = (): Promise<number> =>
        page.evaluate(() => Number(document.querySelector('article.active')?.getAttribute('data-scroll-index') ?? -1));
      // A key that comes while the page is still moving does nothing.
      for (let presses = 0; presses < 800; presses++) {
        // To ask takes longer than to press.
        if (presses % 10 === 0 && (await active()) >= 200) break;
        await page.keyboard.press('ArrowDown');
        await new Promise((resolve) => setTimeout(resolve, 65));
      }
      const loaded = await page.evaluate(() => document.querySelectorAll('article').length);
      const seen = await viewOf(
        tabId,
        ({ entries }) =>
          entries.filter(({ role }) => role === 'card').length >= 201 &&
          entries.filter(({ hasData }) => hasData).length >= loaded,
      );
      const refs = expectList(seen, tiktok(), 201);
      const rows = (await save(tabId)).rows('posts');
      expect(rows.map((row) => `tiktok:post:${row['post_id']}`)).toEqual(refs);
      for (const [index, row] of rows.entries()) expectRow(row, tiktok()[index]!, { query_type: 'feed' });
      await page.close();
    });

    it.each(['fetch', 'xhr', 'xhr-json'])('profile → videos → back, lists by %s', async (transport) => {
      const author = sandbox.world.author(sandbox.world.ids.tiktok.author)!;
      const own = tiktok().filter((post) => post.author === author);
      const { page, tabId } = await open(`https://www.tiktok.com/@${author.handle}?transport=${transport}`, transport);
      await page.bringToFront();
      await viewOf(tabId, (view) => view.entries.length >= 16);
      await page.mouse.move(640, 400);
      for (let round = 0; round < 40 && (await page.$$('.tile')).length < own.length; round++) {
        await page.mouse.wheel({ deltaY: 600 });
        await new Promise((resolve) => setTimeout(resolve, 80));
      }
      const first = await viewOf(tabId, (view) => view.entries.filter(({ hasData }) => hasData).length === own.length);
      expectList(first, own, own.length);
      expect(first?.declared).toEqual({ of: 'profile', count: own.length });
      await page.evaluate(() => document.querySelector<HTMLElement>('.tile-media a')?.click());
      const opened = own.slice(0, transport === 'fetch' ? 20 : 3);
      for (const [index, post] of opened.entries()) {
        await viewOf(tabId, (view) => view.current === refOf(post));
        if (index < opened.length - 1) await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Escape');
      await viewOf(tabId, (view) => view.current === `tiktok:author:${author.handle}`);

      await page.goto(`https://www.tiktok.com/@${author.handle}/video/${own[1]?.id}`);
      await viewOf(tabId, (view) => view.current === refOf(own[1]!) && view.listKey !== first?.listKey);
      await page.goBack();
      const back = await viewOf(tabId, (view) => view.listKey === first?.listKey && view.entries.length === own.length);
      expectList(back, own, own.length);
      const rows = (await save(tabId)).rows('posts');
      expect(rows).toHaveLength(own.length);
      for (const [index, row] of rows.entries()) {
        expectRow(row, own[index]!, { query_type: 'profile', result_rank: String(index + 1) });
      }
      await page.close();
    });
  });

  it('the library: saved posts in the table, a job from a pasted list, a backup', async () => {
    const author = sandbox.world.author(sandbox.world.ids.tiktok.author)!;
    const profile = await firefox.browser.newPage();
    await profile.goto(`https://www.tiktok.com/@${author.handle}`);
    await profile.bringToFront();
    const panel = await firefox.openSurface(
      `sidepanel.html?tab=${await tabWith(author.handle)}`,
      '[data-testid="save-all"]:not([disabled])',
    );
    await panel.click('[data-testid="save-all"]');
    await panel.waitForSelector('[data-testid="save-done"]');
    await panel.close();
    await profile.close();

    const library = await firefox.openSurface('library.html#jobs', '[data-testid="job-begin-batch"]');
    await library.bringToFront();
    await library.click('[data-testid="job-begin-batch"]');
    const posts = sandbox.world.postsOf('douyin').filter(({ status }) => status === 'normal');
    const list = posts.slice(0, 3).map(({ id }) => `https://www.douyin.com/video/${id}`);
    await library.type('[data-testid="job-list"]', list.join('\n'));
    await library.waitForSelector('[data-testid="job-calls-gateway"]');
    await library.click('[data-testid="job-start"]');
    await library.waitForSelector('[data-testid="job"][data-state="done"]', { timeout: 20_000 });

    const text = (): Promise<string> => library.evaluate(() => document.body.innerText);
    const go = (view: string): Promise<void> => library.evaluate((hash) => void (location.hash = hash), view);
    await go('posts');
    await library.waitForSelector('[data-testid="row"]');
    const count = (): Promise<number> =>
      library.$eval('[data-testid="result-count"]', (element) => Number.parseInt(element.textContent ?? '', 10));
    const all = await eventually(count, (rows) => rows > 3);
    await library.type('[data-testid="search"]', posts[1]?.id ?? '?');
    await eventually(count, (rows) => rows === 1);
    expect(all).toBeGreaterThan(3);

    await library.click('[data-testid="export-result"]');
    await library.waitForSelector('[data-testid="export-table"][data-loading="false"] tbody tr');
    const exportedAs = async (format: string, name: RegExp): Promise<Buffer> => {
      await library.select('[data-testid="export-format"]', format);
      await library.waitForSelector('[data-testid="export-table"][data-loading="false"] tbody tr');
      await library.click('[data-testid="export-run"]');
      await library.waitForSelector('[data-testid="export-done"]');
      const found = await eventually(
        async () => readdirSync(firefox.downloads).find((own) => name.test(own)),
        (own) => own !== undefined && statSync(join(firefox.downloads, own)).size > 0,
      );
      return readFileSync(join(firefox.downloads, found ?? ''));
    };
    const line: unknown = JSON.parse((await exportedAs('ndjson-records', /_posts_.*\.ndjson$/u)).toString('utf8'));
    expect(line).toMatchObject({ record_type: 'post', platform: 'douyin', post_id: posts[1]?.id });
    const unzipped = unzipSync(await exportedAs('bundle', /_export_.*\.zip$/u));
    expect(Object.keys(unzipped)).toEqual(expect.arrayContaining(['data/post.csv', 'CODEBOOK.zh.md', 'SHA256SUMS']));
    expect(strFromU8(unzipped['data/post.csv'] ?? new Uint8Array())).toContain(posts[1]?.id);
    await library.click('[data-testid="export-leave"]');

    const first = await library.$('[data-testid="row"]');
    await first?.click({ count: 2 });
    await library.waitForSelector('[data-testid="drawer"]');
    const shown = await text();
    expect(shown).toContain(posts[1]?.id);
    expect(shown).toContain('observed once');

    await go('import');
    const backup = await library.waitForSelector('[data-testid="backup-run"]');
    await backup?.click();
    const file = await eventually(
      async () => readdirSync(firefox.downloads).find((name) => name.endsWith('.ndjson.gz')),
      (name) => name !== undefined && statSync(join(firefox.downloads, name)).size > 0,
    );
    const lines = gunzipSync(readFileSync(join(firefox.downloads, file ?? ''))).toString('utf8');
    for (const { id } of posts.slice(0, 3)) expect(lines).toContain(`douyin:post:${id}`);
    expect(lines).not.toContain(sandbox.credentials.gateway.secret);
    await library.close();
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
    runtime: { sendMessage(message: object): Promise<{ ok: boolean; value: { current: string | null } | null }> };
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
      'UNSAFE_VAR_ASSIGNMENT content-scripts/overlay.js',
    ]);
  });
});
