/** Real Firefox with the built extension, over WebDriver BiDi. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';

const root = join(import.meta.dirname, '..', '..');
export const firefoxBuild: string = join(root, '.output', 'firefox-mv3');

const extensionUuid = '6b1f4f8e-52b3-4f0e-9d7c-1c1d5c0f0a11';
const extensionId = 'clipscope@clipscope.org';

export interface FirefoxWithExtension {
  readonly browser: Browser;
  /** Where exports land under their real names. */
  readonly downloads: string;
  /** Opens a page of the extension and waits for this selector in it. */
  openSurface(path: string, selector: string): Promise<Page>;
  close(): Promise<void>;
}

/** Starts Firefox so that every host is the sandbox, through its CONNECT proxy. */
export async function launchFirefox(options: { readonly proxyPort: number }): Promise<FirefoxWithExtension> {
  if (!existsSync(join(firefoxBuild, 'manifest.json'))) {
    throw new Error('The extension is not built for Firefox. Run: npm run build:firefox');
  }
  const downloads = mkdtempSync(join(tmpdir(), 'clipscope-firefox-'));
  const browser = await launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
    headless: true,
    acceptInsecureCerts: true,
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': options.proxyPort,
      'extensions.webextensions.uuids': JSON.stringify({ [extensionId]: extensionUuid }),
      // A person would be asked; the test's click is the consent.
      'extensions.webextOptionalPermissionPrompts': false,
      'browser.download.folderList': 2,
      'browser.download.dir': downloads,
      'browser.download.useDownloadDir': true,
      'datareporting.policy.dataSubmissionEnabled': false,
      'app.update.enabled': false,
    },
  });
  await browser.installExtension(firefoxBuild);
  return {
    browser,
    downloads,
    async openSurface(path, selector) {
      const end = Date.now() + 40_000;
      for (;;) {
        const page = await browser.newPage();
        // Going to a moz-extension page never settles over BiDi; what it shows does.
        void page.goto(`moz-extension://${extensionUuid}/${path}`).catch(() => undefined);
        try {
          await page.waitForSelector(selector, { timeout: 8_000 });
          return page;
        } catch (error) {
          // Firefox 153 fails so when the document is replaced in the middle of the question; that tab answers no more.
          if (Date.now() > end || !/Waiting failed|failed$/u.test(String(error))) throw error;
          await page.close().catch(() => undefined);
        }
      }
    },
    async close() {
      await browser.close();
      rmSync(downloads, { recursive: true, force: true });
    },
  };
}
