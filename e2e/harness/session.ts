/** A sandbox and a browser together, and the shortcuts that most tests take. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { defaultExportChoices } from '../../lib/core/export-choices.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { type ExtensionBrowser, type LaunchOptions, launchChromium } from './chromium.ts';

export interface Session {
  readonly sandbox: Sandbox;
  /** Another one after a restart. */
  readonly browser: ExtensionBrowser;
  /** Sends one message to the worker, as a page of the extension does. Rejects with the error's code and text. */
  ask<Answer>(name: string, input: object): Promise<Answer>;
  /** Saves the sandbox's own credentials without the form, for tests that are about something else. */
  saveKeys(change?: Partial<Record<'gateway' | 'key-secret', Record<string, unknown>>>): Promise<void>;
  /** Grants the extension this origin, as a person's click on Save and then on Allow does. */
  allow(origin: string): Promise<void>;
  open(url: string): Promise<Page>;
  /** Exported files by name, once there are at least so many and none is being written. */
  files(count: number): Promise<Map<string, Buffer>>;
  /** Closes the browser and opens it again with the same profile. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface SessionOptions extends Omit<LaunchOptions, 'sandboxPort'> {
  /** True: people are in the files, as in the pages that most tests compare them with; false: as on the first day. */
  readonly people?: boolean;
}

export async function startSession({ people = true, ...options }: SessionOptions = {}): Promise<Session> {
  const sandbox = await startSandbox();
  let browser = await launchChromium({ ...options, sandboxPort: sandbox.port }).catch(async (error: unknown) => {
    await sandbox.close();
    throw error;
  });
  if (people) {
    const worker = await browser.worker();
    await worker.evaluate((choices) => chrome.storage.local.set({ export: choices }), {
      ...defaultExportChoices,
      personal: 'include',
    });
  }
  let asking: Page | null = null;

  async function extensionPage(): Promise<Page> {
    if (!asking || asking.isClosed()) {
      asking = await browser.context.newPage();
      await asking.goto(`chrome-extension://${browser.extensionId}/popup.html?tab=0`);
    }
    return asking;
  }

  async function allow(origin: string): Promise<void> {
    const page = await extensionPage();
    if (await page.evaluate((pattern) => chrome.permissions.contains({ origins: [pattern] }), `${origin}/*`)) return;
    await browser.allowHost(origin);
    await page.bringToFront();
    // Browsers grant only within a click.
    await page.evaluate((pattern) => {
      const asked = new Promise((resolve) => {
        const grant = (): void => resolve(chrome.permissions.request({ origins: [pattern] }));
        document.addEventListener('click', grant, { once: true, capture: true });
      });
      Object.assign(globalThis, { asked });
    }, `${origin}/*`);
    await page.mouse.click(1, 1);
    await page.evaluate(() => (globalThis as unknown as { asked: Promise<boolean> }).asked);
  }

  async function ask<Answer>(name: string, input: object): Promise<Answer> {
    const reply = await (await extensionPage()).evaluate((message) => chrome.runtime.sendMessage(message), {
      clipscope: 'message',
      name,
      input,
    });
    if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
    return reply.value as Answer;
  }

  return {
    sandbox,
    get browser() {
      return browser;
    },
    ask,
    allow,
    async saveKeys(change = {}) {
      const { gateway, keySecret } = sandbox.credentials;
      await allow('https://api-gw.onebound.cn');
      await allow('https://gateway.keysecret.test');
      await ask('credential.save', { provider: 'gateway', values: { ...gateway, ...change.gateway } });
      await ask('credential.save', { provider: 'key-secret', values: { ...keySecret, ...change['key-secret'] } });
    },
    async open(url) {
      const page = await browser.context.newPage();
      await page.goto(url);
      return page;
    },
    async files(count) {
      const end = Date.now() + 20_000;
      for (;;) {
        const names = readdirSync(browser.downloads);
        const complete = names.filter((name) => !name.endsWith('.crdownload') && !name.startsWith('.'));
        if (complete.length >= count && complete.length === names.length) {
          return new Map(complete.map((name) => [name, readFileSync(join(browser.downloads, name))]));
        }
        if (Date.now() > end) throw new Error(`Only ${names.length} of ${count} files came: ${names.join(', ')}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async restart() {
      const profile = await browser.leave();
      asking = null;
      browser = await launchChromium({ ...options, sandboxPort: sandbox.port, profile });
    },
    async close() {
      await browser.close();
      await sandbox.close();
    },
  };
}

interface Reply {
  readonly ok: boolean;
  readonly value: unknown;
  readonly error: { readonly code: string; readonly message: string };
}
/** The little of the extension API that tests evaluate in pages. */
declare const chrome: {
  runtime: { sendMessage(message: object): Promise<Reply> };
  storage: { local: { set(values: object): Promise<void> } };
  permissions: {
    contains(permissions: { origins: string[] }): Promise<boolean>;
    request(permissions: { origins: string[] }): Promise<boolean>;
  };
};

/** Asks until the answer is as wished; fails with the last one. */
export async function eventually<Value>(
  get: () => Promise<Value>,
  wished: (value: Value) => boolean,
  timeoutMs = 15_000,
): Promise<Value> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await get();
    if (wished(value)) return value;
    if (Date.now() > end) throw new Error(`It never came to be; last: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
