/**
 * Taking in ten thousand things, in a page of the built extension in Chromium, against a bare bulk put of the same
 * observation and record rows into the same stores: both in each round, each round in a browser profile of its own.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { launchChromium } from '../e2e/harness/chromium.ts';
import type { AnyRecord, RecordType } from '../lib/core/record.ts';
import { readAnswer } from '../lib/payloads/index.ts';
import { contextAt } from '../lib/payloads/payload.samples.ts';
import { startSandbox } from '../sandbox/index.ts';
import type { IngestRound } from './ingest-page.ts';
import { median } from './median.ts';
import { pageScript } from './page-script.ts';
import type { Measurement } from './run.ts';

const rounds = 5;
const rows = 10_000;
/** Our rows per second, at least, as a share of the bare put's. */
const leastShare = 0.6;

/** Records as the readers make them, of our own fixtures. */
function samples(): readonly AnyRecord[] {
  const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'page_xhr' });
  const of = (name: string, type: RecordType): readonly AnyRecord[] => {
    const text = readFileSync(join(import.meta.dirname, '..', 'lib/payloads/fixtures', `${name}.json`), 'utf8');
    return readAnswer(text, context).records.filter((record) => record.record_type === type);
  };
  const posts = [...of('tiktok-web-items', 'post'), ...of('aweme-douyin', 'post')];
  return [...posts, ...posts, ...of('comments-douyin', 'comment'), ...of('onebound-product', 'product')];
}

/** Runs something in the options page of an extension that was installed a moment ago. */
async function inside<Value>(code: string, run: (page: Page) => Promise<Value>): Promise<Value> {
  const sandbox = await startSandbox();
  try {
    const browser = await launchChromium({ sandboxPort: sandbox.port });
    try {
      const page = await browser.openSurface('options');
      await page.evaluate(code);
      return await run(page);
    } finally {
      await browser.close();
    }
  } finally {
    await sandbox.close();
  }
}

/** What the script has put there. */
declare const ingestBench: typeof import('./ingest-page.ts');

export async function ingestBenches(): Promise<Measurement[]> {
  const code = await pageScript('ingest-page', 'ingestBench');
  const records = samples();
  const measured: IngestRound[] = [];
  for (let index = 0; index < rounds; index++) {
    measured.push(
      await inside(code, (page) =>
        page.evaluate(([given, count, bareFirst]) => ingestBench.round(given, count, bareFirst), [
          records,
          rows,
          index % 2 === 0,
        ] as const),
      ),
    );
  }
  const large = await inside(code, (page) => page.evaluate((given) => ingestBench.lastOf(given, 100_000), records));
  const of = (what: keyof IngestRound): number => median(measured.map((round) => round[what]));
  const told = (name: string, value: number): Measurement => ({ name, value, unit: 'rows/s', limit: null });
  return [
    {
      name: `take in ${rows} new things: the bare put's speed`,
      value: median(measured.map(({ bare, fresh }) => bare / fresh)),
      unit: '×',
      limit: {
        text: `at most ${(1 / leastShare).toFixed(2)} × ours, so that ours is 60 % of it`,
        atMost: 1 / leastShare,
      },
    },
    told(`bare put of ${rows} observations and records`, of('bare')),
    told(`take in ${rows} new things`, of('fresh')),
    told(`the same once more: all of it is known`, of('known')),
    told(`another observation of each`, of('later')),
    told(`${rows} new things, saved into a project`, of('saved')),
    told('the last 10,000 of 100,000 new things', large),
  ];
}
