/** What the content script costs a page, seen by the browser's own profiler. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { chromiumBuild, launchChromium } from '../e2e/harness/chromium.ts';
import { startSandbox } from '../sandbox/index.ts';
import { median } from './median.ts';
import type { Measurement } from './run.ts';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly url: string; readonly functionName: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** All of our time in a profile, and its longest unbroken stretch, in ms. */
function ownTime(profile: Profile): { total: number; longest: number } {
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
  let total = 0;
  let longest = 0;
  let stretch = 0;
  profile.samples.forEach((id, index) => {
    const ms = (profile.timeDeltas[index] ?? 0) / 1000;
    if (!own.has(id)) {
      stretch = 0;
      return;
    }
    total += ms;
    stretch += ms;
    longest = Math.max(longest, stretch);
  });
  return { total, longest };
}

async function profiled(page: Page, run: () => Promise<void>): Promise<{ total: number; longest: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  await run();
  const { profile } = (await session.send('Profiler.stop')) as unknown as { profile: Profile };
  await session.detach();
  return ownTime(profile);
}

export async function pageBenches(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const script = join(chromiumBuild, 'content-scripts', 'content.js');
  measurements.push({
    name: 'content script, gzipped',
    value: gzipSync(readFileSync(script)).byteLength / 1000,
    unit: 'kB',
    limit: { text: 'at most 25 kB', atMost: 25 },
  });
  const sandbox = await startSandbox();
  const browser = await launchChromium({ sandboxPort: sandbox.port });
  try {
    const loads: { total: number; longest: number }[] = [];
    const changes: { total: number; longest: number }[] = [];
    for (let round = 0; round < 5; round++) {
      const page = await browser.context.newPage();
      loads.push(
        await profiled(page, async () => {
          await page.goto('https://www.tiktok.com/foryou', { waitUntil: 'load' });
          await page.waitForTimeout(500);
        }),
      );
      changes.push(
        await profiled(page, async () => {
          for (let card = 0; card < 50; card++) {
            await page.keyboard.press('ArrowDown');
            await page.waitForTimeout(60);
          }
        }),
      );
      await page.close();
    }
    const add = (name: string, value: number, limit: number | null): void => {
      measurements.push({
        name,
        value,
        unit: 'ms',
        limit: limit === null ? null : { text: `at most ${limit} ms, median of five`, atMost: limit },
      });
    };
    add('page load: longest stretch of our script', median(loads.map(({ longest }) => longest)), 50);
    add('page load: all of our script', median(loads.map(({ total }) => total)), null);
    add('50 card changes: longest stretch of our script', median(changes.map(({ longest }) => longest)), 50);
    add('50 card changes: all of our script', median(changes.map(({ total }) => total)), null);
  } finally {
    await browser.close();
    await sandbox.close();
  }
  return measurements;
}
