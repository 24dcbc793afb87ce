/** Real Chromium with the built extension, and the ways a person uses it. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type CDPSession, chromium, type Page, type Worker } from 'playwright-core';

const root = join(import.meta.dirname, '..', '..');
export const chromiumBuild: string = join(root, '.output', 'chrome-mv3');

export interface ExtensionBrowser {
  readonly context: BrowserContext;
  readonly extensionId: string;
  /** Where exports land under their real names. */
  readonly downloads: string;
  /** Everything that any page or the worker wrote to its console, and every error nobody caught. */
  readonly console: string[];
  worker(): Promise<Worker>;
  /** Opens `popup.html`, `sidepanel.html` or `options.html`; the first two look at `tab`. */
  openSurface(surface: 'popup' | 'sidepanel' | 'options', tab?: Page): Promise<Page>;
  /** The browser's number of the tab that shows this page. */
  tabId(page: Page): Promise<number>;
  /** Lets `permissions.request` for this host succeed without the prompt that headless cannot answer. */
  allowHost(origin: string): Promise<void>;
  /** Kills the service worker, as the browser does when it likes. */
  killWorker(): Promise<void>;
  /** Closes the browser as a person does, and resolves with its profile, which another can be launched with. */
  leave(): Promise<string>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  readonly sandboxPort: number;
  /** That of a browser that was left; a new one without it. */
  readonly profile?: string;
  readonly headless?: boolean;
  readonly colorScheme?: 'light' | 'dark';
  readonly locale?: 'en-US' | 'zh-CN';
}

export async function launchChromium(options: LaunchOptions): Promise<ExtensionBrowser> {
  if (!existsSync(join(chromiumBuild, 'manifest.json'))) {
    throw new Error('The extension is not built. Run: npm run build');
  }
  const profile = options.profile ?? mkdtempSync(join(tmpdir(), 'clipscope-chromium-'));
  const downloads = join(profile, 'downloads');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  mkdirSync(downloads, { recursive: true });
  if (options.profile === undefined) {
    writeFileSync(
      join(profile, 'Default', 'Preferences'),
      JSON.stringify({ download: { default_directory: downloads, prompt_for_download: false } }),
    );
  }
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    headless: options.headless ?? true,
    // A window of a person's own has the size that they give it.
    viewport: options.headless === false ? null : { width: 1280, height: 860 },
    locale: options.locale ?? 'en-US',
    colorScheme: options.colorScheme ?? 'light',
    ignoreHTTPSErrors: true,
    args: [
      `--disable-extensions-except=${chromiumBuild}`,
      `--load-extension=${chromiumBuild}`,
      // Every host is the sandbox: pages and the worker's calls alike, and nothing reaches the outside.
      `--host-resolver-rules=MAP * 127.0.0.1:${options.sandboxPort}`,
      '--ignore-certificate-errors',
      '--disable-quic',
      '--no-first-run',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--lang=${options.locale ?? 'en-US'}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    env: { ...(process.env as Record<string, string>), LANGUAGE: (options.locale ?? 'en-US').replace('-', '_') },
  });
  const browserSession = await context.browser()?.newBrowserCDPSession();
  // Playwright redirects downloads to files named by a uuid; this gives the real names back.
  await browserSession?.send('Browser.setDownloadBehavior', { behavior: 'default' });

  const log: string[] = [];
  const watch = (page: Page): void => {
    page.on('console', (message) => log.push(`${message.type()} ${page.url()} ${message.text()}`));
    page.on('pageerror', (error) => log.push(`pageerror ${page.url()} ${error.message}`));
  };
  for (const page of context.pages()) watch(page);
  context.on('page', watch);
  const watchWorker = (worker: Worker): void => {
    worker.on('console', (message) => log.push(`worker ${message.type()} ${message.text()}`));
  };
  context.on('serviceworker', watchWorker);
  const first = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  watchWorker(first);
  const extensionId = new URL(first.url()).host;
  const extensionPage = (path: string): string => `chrome-extension://${extensionId}/${path}`;

  let helper: Page | null = null;
  /** A page of the extension from which the browser can be asked things. */
  async function helperPage(): Promise<Page> {
    if (!helper || helper.isClosed()) {
      helper = await context.newPage();
      await helper.goto(extensionPage('popup.html'));
    }
    return helper;
  }

  async function tabId(page: Page): Promise<number> {
    const mark = `mark-${Math.random()}`;
    const before = await page.title();
    await page.evaluate((title) => void (document.title = title), mark);
    const asking = await helperPage();
    const id = await asking.evaluate(async (title) => {
      for (let round = 0; round < 500; round++) {
        const tabs = await chrome.tabs.query({});
        const tab = tabs.find((candidate) => candidate.title === title);
        if (tab?.id !== undefined) return tab.id;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error('No tab of a site that the extension knows has this title.');
    }, mark);
    await page.evaluate((title) => void (document.title = title), before);
    return id;
  }

  return {
    context,
    extensionId,
    downloads,
    console: log,
    worker: async () => context.serviceWorkers()[0] ?? context.waitForEvent('serviceworker'),
    tabId,
    async openSurface(surface, tab) {
      const query = tab ? `?tab=${await tabId(tab)}` : '';
      const page = await context.newPage();
      if (surface === 'sidepanel') await page.setViewportSize({ width: 380, height: 860 });
      if (surface === 'popup') await page.setViewportSize({ width: 360, height: 560 });
      await page.goto(extensionPage(`${surface}.html${query}`));
      return page;
    },
    async allowHost(origin) {
      const page = await context.newPage();
      await page.goto('chrome://extensions');
      await page.evaluate(
        ([id, host]) => (chrome as unknown as DeveloperChrome).developerPrivate.addHostPermission(id, `${host}/*`),
        [extensionId, origin] as const,
      );
      await page.close();
    },
    async killWorker() {
      const session = await context.newCDPSession(await helperPage());
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await session.detach();
    },
    async leave() {
      await context.close();
      return profile;
    },
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

interface DeveloperChrome {
  developerPrivate: { addHostPermission(id: string, host: string): Promise<void> };
}
/** The little of the extension API that tests evaluate in pages. */
declare const chrome: { tabs: { query(filter: object): Promise<{ id?: number; title?: string }[]> } };

interface DomNode {
  nodeId: number;
  backendNodeId: number;
  nodeName: string;
  nodeValue: string;
  attributes?: string[];
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

/** The chip on a page. Its shadow root is closed to the page, and so to Playwright: this looks in as a debugger does. */
export class ChipProbe {
  private readonly page: Page;
  private readonly session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  static async of(page: Page): Promise<ChipProbe> {
    const session = await page.context().newCDPSession(page);
    await session.send('DOM.enable');
    return new ChipProbe(page, session);
  }

  private async root(): Promise<DomNode | null> {
    const { root: document } = (await this.session.send('DOM.getDocument', { depth: -1, pierce: true })) as {
      root: DomNode;
    };
    return find(document, (node) => node.nodeName.toLowerCase() === 'clipscope-overlay');
  }

  /** The chip's words, or null while there is none. */
  async text(): Promise<string | null> {
    const root = await this.root();
    return root ? textOf(root) : null;
  }

  /** Resolves with the chip's words once they match. */
  async waitForText(pattern: RegExp, timeoutMs = 15_000): Promise<string> {
    const end = Date.now() + timeoutMs;
    let last: string | null = null;
    while (Date.now() < end) {
      last = await this.text();
      if (last !== null && pattern.test(last)) return last;
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    throw new Error(`The chip never said ${pattern}; it says: ${last}`);
  }

  /** Where an element of the chip is, by its test id; null when it is not there. */
  async box(testId: string): Promise<{ x: number; y: number; width: number; height: number } | null> {
    const root = await this.root();
    const node = root && find(root, (candidate) => attribute(candidate, 'data-testid') === testId);
    if (!node) return null;
    const model = await this.session.send('DOM.getBoxModel', { backendNodeId: node.backendNodeId }).catch(() => null);
    const corners = model?.model.border;
    if (!corners) return null;
    const [x = 0, y = 0, , , right = 0, bottom = 0] = corners;
    return { x, y, width: right - x, height: bottom - y };
  }

  /** Presses a button of the chip with the mouse. */
  async click(testId: string): Promise<void> {
    const box = await this.box(testId);
    if (!box) throw new Error(`The chip has no ${testId}.`);
    await this.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  }

  async attributeOf(testId: string, name: string): Promise<string | null> {
    const root = await this.root();
    const node = root && find(root, (candidate) => attribute(candidate, 'data-testid') === testId);
    return node ? attribute(node, name) : null;
  }
}

function attribute(node: DomNode, name: string): string | null {
  const pairs = node.attributes ?? [];
  const index = pairs.findIndex((text, position) => position % 2 === 0 && text === name);
  return index < 0 ? null : (pairs[index + 1] ?? null);
}

function find(node: DomNode, fits: (node: DomNode) => boolean): DomNode | null {
  if (fits(node)) return node;
  for (const child of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) {
    const found = find(child, fits);
    if (found) return found;
  }
  return null;
}

function textOf(node: DomNode): string {
  if (node.nodeName === '#text') return node.nodeValue;
  if (node.nodeName === 'STYLE') return '';
  return [...(node.shadowRoots ?? []), ...(node.children ?? [])].map(textOf).filter(Boolean).join(' ');
}
