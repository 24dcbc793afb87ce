/**
 * The tour: the built extension in a real browser on the sandbox, the way a researcher uses it. Prints what it detected,
 * which calls it made and what it exported; leaves CSVs and screenshots in tour/. With a window it stays open.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { ChipProbe, type ExtensionBrowser, launchChromium } from '../e2e/harness/chromium.ts';
import { type Sandbox, startSandbox } from '../sandbox/index.ts';
import { tourWithoutKey } from './tour-keyless.ts';
import { tourOfLibrary } from './tour-library.ts';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'tour');
const withWindow = process.argv.includes('--window');

interface Stop {
  readonly name: string;
  readonly url: string;
  /** What the chip says once the answer is there. */
  readonly expected: RegExp;
}

function stops({ world }: Sandbox): Stop[] {
  const { tiktok, douyin } = world.ids;
  const count = (value: number | undefined): RegExp => new RegExp(new Intl.NumberFormat('en').format(value ?? -1), 'u');
  const author = world.post(tiktok.video)?.author.handle;
  return [
    {
      name: 'tiktok-video',
      url: `https://www.tiktok.com/@${author}/video/${tiktok.video}`,
      expected: count(world.post(tiktok.video)?.counts.likes),
    },
    {
      name: 'douyin-video',
      url: `https://www.douyin.com/video/${douyin.video}`,
      expected: count(world.post(douyin.video)?.counts.likes),
    },
    {
      name: 'douyin-product',
      url: `https://haohuo.jinritemai.com/views/product/item2?id=${douyin.product}`,
      expected: new RegExp(((world.product(douyin.product)?.priceMinor ?? 0) / 100).toFixed(2), 'u'),
    },
  ];
}

interface Account {
  readonly provider: string;
  readonly typed: Readonly<Record<string, string>>;
  /** What the browser would ask whether Clipscope may call it. */
  readonly origins: readonly string[];
}

function accounts({ credentials }: Sandbox): Account[] {
  const { gateway, keySecret, bearer, tikhub, openPlatform, tiktokOfficial, tiktokResearch } = credentials;
  const tiktok = 'https://open.tiktokapis.com';
  return [
    { provider: 'key-secret', typed: keySecret, origins: [keySecret.baseUrl] },
    { provider: 'bearer', typed: bearer, origins: [bearer.baseUrl] },
    { provider: 'tikhub', typed: tikhub, origins: ['https://api.tikhub.io'] },
    { provider: 'gateway', typed: gateway, origins: ['https://api-gw.onebound.cn'] },
    { provider: 'open-platform', typed: openPlatform, origins: ['https://open.douyin.com'] },
    { provider: 'tiktok-research', typed: tiktokResearch, origins: [tiktok] },
    { provider: 'tiktok-official', typed: tiktokOfficial, origins: [tiktok, tiktokOfficial.redirectUri] },
  ];
}

/** Types the keys into the options page, as a person would, and presses Test and Save; logs in where that is the way. */
async function enterKeys(browser: ExtensionBrowser, sandbox: Sandbox): Promise<void> {
  const all = accounts(sandbox);
  for (const url of new Set(all.flatMap(({ origins }) => origins))) {
    const { protocol, hostname, port, origin } = new URL(url);
    // Patterns of hosts name no port where the address is one's own.
    await browser.allowHost(port === '' ? origin : `${protocol}//${hostname}`);
  }
  const options = await browser.openSurface('options');
  for (const { provider, typed } of all) {
    const card = options.getByTestId(`provider-${provider}`);
    await options.getByTestId(`open-${provider}`).click();
    for (const [name, value] of Object.entries(typed)) await card.locator(`[name="${name}"]`).fill(value);
    if (provider === 'tiktok-official') {
      await options.getByTestId(`save-${provider}`).click();
      await options.getByTestId(`saved-${provider}`).waitFor();
      await logIn(browser, options, provider);
    } else {
      await options.getByTestId(`test-${provider}`).click();
      await options.getByTestId(`outcome-${provider}`).waitFor();
      const outcome = await options.getByTestId(`outcome-${provider}`).innerText();
      console.log(`  ${provider}: ${outcome.replaceAll('\n', ' ')}`);
      await options.getByTestId(`save-${provider}`).click();
      await options.getByTestId(`saved-${provider}`).waitFor();
    }
    await options.waitForTimeout(300);
    await card.screenshot({ path: join(folder, `options-${provider}.png`) });
    await options.getByTestId(`open-${provider}`).click();
  }
  await options.evaluate(() => scrollTo(0, 0));
  await options.screenshot({ path: join(folder, 'options.png'), fullPage: true });
  await options.close();
}

/** The platform's own screen in a tab, and the person's agreement on it. */
async function logIn(browser: ExtensionBrowser, options: Page, provider: string): Promise<void> {
  const opened = browser.context.waitForEvent('page');
  await options.getByTestId(`login-begin-${provider}`).click();
  const screen = await opened;
  const agree = screen.getByRole('button', { name: 'Authorise' });
  await agree.waitFor();
  await screen.screenshot({ path: join(folder, `consent-${provider}.png`) });
  await agree.click({ noWaitAfter: true });
  await options.getByTestId(`login-end-${provider}`).waitFor();
  const state = await options.getByTestId(`login-state-${provider}`).innerText();
  console.log(`  ${provider}: ${state.replaceAll('\n', ' ')}`);
}

/** An author's posts beyond what the profile shows, page by page from an API. */
async function listPosts(browser: ExtensionBrowser, { world }: Sandbox): Promise<void> {
  const page = await browser.context.newPage();
  await page.goto(`https://www.tiktok.com/@${world.ids.tiktok.author}`);
  await page.bringToFront();
  const panel = await browser.openSurface('sidepanel', page);
  await panel.getByTestId('item').first().waitFor();
  await panel.getByTestId('part-tab-api').click();
  await panel.getByTestId('api-open-post-list').click();
  await panel.getByTestId('api-pages-post-list').fill('2');
  console.log(`  before: ${await panel.getByTestId('api-estimate-post-list').innerText()}`);
  await panel.getByTestId('api-many-post-list').click();
  await panel.getByTestId('api-export').first().waitFor();
  console.log(`  after:  ${await panel.getByTestId('api-progress-post-list').innerText()}`);
  await panel.waitForTimeout(300);
  await panel.screenshot({ path: join(folder, 'sidepanel-api-list.png'), fullPage: true });
  await panel.close();
  await page.close();
}

async function visit(browser: ExtensionBrowser, stop: Stop): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(stop.url);
  await page.bringToFront();
  const chip = await ChipProbe.of(page);
  await chip.waitForText(stop.expected);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(folder, `overlay-${stop.name}.png`) });
  const panel = await browser.openSurface('sidepanel', page);
  await panel.getByTestId('entry').first().waitFor();
  await panel.waitForTimeout(300);
  const facts = (await panel.getByTestId('entry').first().innerText()).split('\n').filter(Boolean);
  await panel.screenshot({ path: join(folder, `sidepanel-${stop.name}.png`), fullPage: true });
  await panel.getByTestId('view-tab-page').click();
  await panel.waitForTimeout(300);
  const detected = await panel
    .getByTestId('item')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-ref')).filter((ref) => ref !== null));
  console.log(`  ${stop.url}`);
  console.log(`    detected: ${detected.join(', ')}`);
  console.log(`    shown:    ${facts.slice(0, 12).join(' · ')}`);
  await panel.screenshot({ path: join(folder, `sidepanel-${stop.name}-page.png`), fullPage: true });
  await panel.close();
  const popup = await browser.openSurface('popup', page);
  await popup.waitForTimeout(300);
  await popup.screenshot({ path: join(folder, `popup-${stop.name}.png`), fullPage: true });
  await popup.close();
  await page.bringToFront();
  await chip.click('chip-export');
  await chip.waitForText(/\.csv/u);
  return page;
}

async function collectFiles(browser: ExtensionBrowser, count: number): Promise<string[]> {
  for (let round = 0; round < 200; round++) {
    const names = readdirSync(browser.downloads).filter((name) => name.endsWith('.csv'));
    if (names.length >= count) return names;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The export did not arrive.');
}

async function tour(sandbox: Sandbox): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium({ sandboxPort: sandbox.port });
  try {
    console.log('\nWithout a key, from the pages alone:');
    await tourWithoutKey(browser, sandbox.world, folder);
    const kept = readdirSync(browser.downloads).length;
    console.log('\nKeys, typed into the options page and tested with one real call each:');
    await enterKeys(browser, sandbox);
    console.log('\nDetected, looked up and exported:');
    const all = stops(sandbox);
    for (const stop of all) await visit(browser, stop);
    console.log("\nAn author's posts, page by page from an API:");
    await listPosts(browser, sandbox);
    console.log('\nKept in the library, and collected by a job:');
    await tourOfLibrary(browser, sandbox.world, folder);
    console.log('\nSigned calls (credentials left out):');
    for (const call of sandbox.calls) {
      console.log(`  ${call.method} https://${call.host}${call.path} item ${call.itemId} → ${call.verdict}`);
    }
    console.log('\nFiles:');
    for (const name of await collectFiles(browser, kept + all.length)) {
      copyFileSync(join(browser.downloads, name), join(folder, name));
      const { data } = Papa.parse(readFileSync(join(folder, name), 'utf8'), { skipEmptyLines: true });
      console.log(`  ${join(folder, name)}: ${data.length - 1} rows, ${data[0]?.length} columns`);
    }
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.png')))
      console.log(`  ${join(folder, name)}`);
    const problems = browser.console.filter((line) => /^(?:pageerror|worker error)/u.test(line));
    writeFileSync(join(folder, 'console.txt'), browser.console.join('\n'));
    if (problems.length > 0) throw new Error(`The browser's console has errors:\n${problems.join('\n')}`);
  } finally {
    await browser.close();
  }
}

/** Opens a window on the sandbox and leaves it to the person in front of it. */
async function openWindow(sandbox: Sandbox): Promise<void> {
  const browser = await launchChromium({ sandboxPort: sandbox.port, headless: false });
  await browser.openSurface('options');
  for (const { url } of stops(sandbox)) {
    const page = await browser.context.newPage();
    await page.goto(url);
  }
  console.log(`
A browser is open on the sandbox: invented people on stand-ins for both platforms; nothing leaves this machine.
Enter these keys on the options page (first tab), then look at the other tabs:

${accounts(sandbox).map(keysInWords).join('\n')}

Close the browser to end.`);
  await new Promise<void>((resolve) => browser.context.once('close', () => resolve()));
}

function keysInWords({ provider, typed }: Account): string {
  const values = Object.entries(typed).map(([name, value]) => `${name} ${value}`);
  return `  ${provider.padEnd(16)} ${values.join('   ')}`;
}

const sandbox = await startSandbox();
try {
  await (withWindow ? openWindow(sandbox) : tour(sandbox));
} finally {
  await sandbox.close();
}
if (!withWindow) console.log('\nThe tour is complete. Open tour/ to see it.');
