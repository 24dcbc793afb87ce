/**
 * Files of 100,000 posts of a library, from the call to the bytes on disk, against the bare reading of the same rows from
 * IndexedDB in the same round; and what they take of memory above an idle page.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Session } from '../e2e/harness/session.ts';
import { fillLibrary } from './library-fill.ts';
import { median } from './median.ts';
import { pageScript } from './page-script.ts';
import type { Measurement } from './run.ts';

/** Of 100 things, 84 are posts: among so many there are 100,000 of them. */
const thingCount = 119_040;
const rounds = 5;
const memoryRounds = 3;
const formats = ['csv', 'ndjson-records'] as const;
/** As long as no file may take. */
const patienceMs = 120_000;

/** What the script has put there. */
declare const exportBench: typeof import('./export-page.ts');

/** Resolves when a file of this size is there. */
async function onDisk(path: string, size: number): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!existsSync(path) || statSync(path).size !== size) {
    if (Date.now() > end) throw new Error(`${path} did not come.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The page's largest memory while something runs, MB above what it had before, after a collection. Looking costs time. */
async function peakAbove(page: Page, run: () => Promise<unknown>): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    const { usedSize, backingStorageSize } = await cdp.send('Runtime.getHeapUsage');
    return (usedSize + backingStorageSize) / 1e6;
  };
  await cdp.send('HeapProfiler.collectGarbage');
  const idle = await used();
  const peaks: number[] = [];
  const watch = setInterval(() => {
    void used().then((now) => peaks.push(now - idle));
  }, 150);
  await run();
  clearInterval(watch);
  peaks.push((await used()) - idle);
  await cdp.detach();
  return Math.max(...peaks);
}

/** Over the session's library, in which there are so many things (`filled`). */
export async function exportBenches(session: Session, filled: number): Promise<Measurement[]> {
  const page = await session.browser.context.newPage();
  await page.goto(`chrome-extension://${session.browser.extensionId}/popup.html`);
  await fillLibrary(page, thingCount - filled, filled);
  await page.evaluate(await pageScript('export-page', 'exportBench'));
  const measurements: Measurement[] = [];
  let rows = 0;
  for (const format of formats) {
    const shares: number[] = [];
    const peaks: number[] = [];
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const bare = await page.evaluate(() => exportBench.bare());
      rows = bare.rows;
      const begun = Date.now();
      const { name, size } = await page.evaluate((id) => exportBench.write(id), format);
      await onDisk(join(session.browser.downloads, name), size);
      const ms = Date.now() - begun;
      shares.push(ms / bare.ms);
      seconds.push(ms / 1000);
    }
    for (let round = 0; round < memoryRounds; round++) {
      peaks.push(await peakAbove(page, () => page.evaluate((id) => exportBench.write(id), format)));
    }
    const name = `${rows} posts to ${format} on disk`;
    measurements.push(
      { name, value: median(shares), unit: '×', limit: { text: 'at most 2 × the bare reading', atMost: 2 } },
      { name: `${name}: time`, value: median(seconds), unit: 's', limit: null },
      {
        name: `${name}: memory above idle`,
        value: median(peaks),
        unit: 'MB',
        limit: { text: 'at most 200 MB, median of three', atMost: 200 },
      },
    );
  }
  await page.close();
  return measurements;
}
