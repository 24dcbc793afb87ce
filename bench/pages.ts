/** What our scripts cost a page, seen by the browser's own profiler: a feed and a grid of 200, with the extension and without. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumBuild, launchChromium } from '../e2e/harness/chromium.ts';
import { startSandbox } from '../sandbox/index.ts';
import { median } from './median.ts';
import type { Measurement } from './run.ts';

/** As many items as the feed and the grid have shown in the end. */
const itemCount = 200;
const rounds = 5;

/** What the profiler calls the time in which no script runs. */
const outside: ReadonlySet<string> = new Set(['(idle)', '(program)', '(root)']);

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string; readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Times in ms. */
interface Cost {
  /** All scripts of the page, ours included. */
  readonly page: number;
  /** Ours alone, with everything that they call. */
  readonly own: number;
  /** The longest unbroken stretch of ours. */
  readonly longest: number;
}

function costOf(profile: Profile): Cost {
  const own = new Set<number>();
  const byId = new Map(profile.nodes.map((node) => [node.id, node]));
  // A node belongs to us with everything that it calls.
  const mark = (id: number, inside: boolean): void => {
    const node = byId.get(id);
    if (!node) return;
    const ours = inside || node.callFrame.url.includes('content-scripts/');
    if (ours) own.add(id);
    for (const child of node.children ?? []) mark(child, ours);
  };
  const root = profile.nodes[0];
  if (root) mark(root.id, false);
  let all = 0;
  let total = 0;
  let longest = 0;
  let stretch = 0;
  profile.samples.forEach((id, index) => {
    const ms = (profile.timeDeltas[index] ?? 0) / 1000;
    if (!outside.has(byId.get(id)?.callFrame.functionName ?? '')) all += ms;
    if (!own.has(id)) {
      stretch = 0;
      return;
    }
    total += ms;
    stretch += ms;
    longest = Math.max(longest, stretch);
  });
  return { page: all, own: total, longest };
}

async function profiled(page: Page, run: () => Promise<void>): Promise<Cost> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  await run();
  const { profile } = (await session.send('Profiler.stop')) as unknown as { profile: Profile };
  await session.detach();
  return costOf(profile);
}

/** The load of a page that does not go on. */
async function load(page: Page): Promise<void> {
  await page.goto('https://www.tiktok.com/foryou', { waitUntil: 'load' });
  await page.waitForTimeout(500);
}

/** A feed, card by card: as many keys as it takes. */
async function feed(page: Page): Promise<void> {
  await page.goto('https://www.tiktok.com/foryou');
  const active = (): Promise<number> =>
    page.evaluate(() => Number(document.querySelector('article.active')?.getAttribute('data-scroll-index') ?? -1));
  for (let keys = 0; keys < 3 * itemCount && (await active()) < itemCount - 1; keys++) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(65);
  }
}

/** A grid whose tiles get chips, to its end. */
async function grid(page: Page): Promise<void> {
  await page.goto('https://www.tiktok.com/explore');
  await page.mouse.move(640, 500);
  for (let turns = 0; turns < 200 && (await page.locator('.tile').count()) < itemCount; turns++) {
    await page.mouse.wheel(0, 700);
    await page.waitForTimeout(60);
  }
  await page.waitForTimeout(500);
}

const walks = [
  ['page load', load],
  [`feed of ${itemCount}`, feed],
  [`grid of ${itemCount}`, grid],
] as const;

/** Each walk's cost, round by round, every time in a page of its own. */
async function measured(context: BrowserContext): Promise<ReadonlyMap<string, readonly Cost[]>> {
  const costs = new Map<string, Cost[]>(walks.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, walk] of walks) {
      const page = await context.newPage();
      costs.get(name)?.push(await profiled(page, () => walk(page)));
      await page.close();
    }
  }
  return costs;
}

/** The same browser without the extension. */
async function without(sandboxPort: number): Promise<ReadonlyMap<string, readonly Cost[]>> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      `--host-resolver-rules=MAP * 127.0.0.1:${sandboxPort}`,
      '--ignore-certificate-errors',
      '--disable-quic',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ignoreHTTPSErrors: true });
    return await measured(context);
  } finally {
    await browser.close();
  }
}

function sizes(): Measurement[] {
  const script = (name: string): string => join(chromiumBuild, 'content-scripts', `${name}.js`);
  const limits: Readonly<Record<string, number | null>> = { content: 25, 'page-tap': 5, overlay: null };
  return Object.entries(limits).map(([name, atMost]) => ({
    name: `${name} script, gzipped`,
    value: gzipSync(readFileSync(script(name))).byteLength / 1000,
    unit: 'kB',
    limit: atMost === null ? null : { text: `at most ${atMost} kB`, atMost },
  }));
}

export async function pageBenches(): Promise<Measurement[]> {
  const measurements = sizes();
  const sandbox = await startSandbox();
  try {
    const bare = await without(sandbox.port);
    const browser = await launchChromium({ sandboxPort: sandbox.port });
    let ours: ReadonlyMap<string, readonly Cost[]>;
    try {
      ours = await measured(browser.context);
    } finally {
      await browser.close();
    }
    const of = (costs: ReadonlyMap<string, readonly Cost[]>, name: string, what: keyof Cost): number =>
      median((costs.get(name) ?? []).map((cost) => cost[what]));
    const add = (name: string, value: number, atMost: number | null = null): void => {
      const limit = atMost === null ? null : { text: `at most ${atMost} ms, median of five`, atMost };
      measurements.push({ name, value, unit: 'ms', limit });
    };
    for (const [name] of walks) {
      add(`${name}: longest stretch of our scripts`, of(ours, name, 'longest'), 50);
      add(`${name}: all of our scripts`, of(ours, name, 'own'));
      add(`${name}: every script of the page, with the extension`, of(ours, name, 'page'));
      add(`${name}: every script of the page, without`, of(bare, name, 'page'));
    }
  } finally {
    await sandbox.close();
  }
  return measurements;
}
