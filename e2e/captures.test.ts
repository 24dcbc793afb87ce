/**
 * Real input: captured pages served under their own addresses to the built extension, and the published answers of the
 * gateway all the way from signed call to CSV. Captures are third-party content and stay outside the project.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry, PageState } from '../lib/messaging/protocol.ts';
import { sharedFixtures, skippedNote } from './harness/shared-fixtures.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

const captures = sharedFixtures('captures');
const answers = sharedFixtures('base-apis');

/** Captured page, its address, the ref that it is about, and the items whose cards are filled. */
const pages: readonly (readonly [string, string, string, readonly string[]])[] = [
  [
    'tiktok-universal-data/pakCoder11',
    'https://www.tiktok.com/@chinese_artist176/video/7507673491211029803',
    'tiktok:post:7507673491211029803',
    ['tiktok:post:7507673491211029803', 'tiktok:post:7509143020856462638'],
  ],
  [
    'tiktok-universal-data/camillebrown',
    'https://www.tiktok.com/@emthenutritionist/video/7608826249200356630',
    'tiktok:post:7608826249200356630',
    [],
  ],
  [
    'tiktok-universal-data/cong99x',
    'https://www.tiktok.com/@/video/7603995605354040594',
    'tiktok:post:7603995605354040594',
    [],
  ],
  [
    'tiktok-shop/LLzelda',
    'https://www.tiktok.com/shop/pdp/square-neck-bodysuit-co-ord-high-waist-wide-leg-trousers-by-katchme/1729447605324124806',
    'tiktok:product:1729447605324124806',
    ['tiktok:product:1729447605324124806'],
  ],
  ['tiktok-sigi-state/1sthillman', 'https://www.tiktok.com/@ugur.antika/live', 'tiktok:live:ugur.antika', []],
  [
    'douyin-render-data/nguyenminhhoan03',
    'https://www.douyin.com/video/7654053716367414867',
    'douyin:post:7654053716367414867',
    [],
  ],
  [
    'douyin-router-data/cong99x',
    'https://www.iesdouyin.com/share/video/7591145475174424575/',
    'douyin:post:7591145475174424575',
    [],
  ],
];

function readCapture(folder: string, path: string): string {
  const [directory = '', start = ''] = path.split('/');
  const name = readdirSync(join(folder, directory)).find((file) => file.startsWith(start) && file.endsWith('.html'));
  return readFileSync(join(folder, directory, name ?? start), 'utf8');
}

let session: Session;
beforeAll(async () => {
  if (captures || answers) session = await startSession();
});
afterAll(() => session?.close());

describe.skipIf(!captures)(`captured pages${skippedNote(captures)}`, () => {
  beforeAll(() => {
    process.stdout.write(`e2e: ${pages.length} real captured pages used\n`);
  });

  it.each(pages)('%s', async (path, url, ref, items) => {
    session.sandbox.servePage(url, readCapture(captures ?? '', path));
    const page = await session.open(url);
    await page.bringToFront();
    const tabId = await session.browser.tabId(page);
    const seen = await eventually(
      () => session.ask<PageState | null>('page.get', { tabId }),
      (now) => now?.refs[0] === ref && now.items.length === items.length,
    );
    expect(seen?.refs).toEqual([ref]);
    expect(seen?.current).toBe(ref);
    expect(seen?.items.map((item) => item.ref)).toEqual(items);
    await page.close();
  });
});

describe.skipIf(!answers)(`published gateway answers${skippedNote(answers)}`, () => {
  beforeAll(async () => {
    process.stdout.write('e2e: the real gateway answers of base-apis used\n');
    const read = (name: string): string => readFileSync(join(answers ?? '', name), 'utf8');
    session.sandbox.serveAnswer('gateway', 'item_get_video', read('onebound-douyin-item_get_video.json'));
    session.sandbox.serveAnswer('gateway', 'item_get', read('onebound-douyin-item_get.json'));
    await session.saveKeys();
  });

  async function travel(url: string, ref: string, fileCount: number): Promise<Record<string, string>> {
    const page = await session.open(url);
    await page.bringToFront();
    const tabId = await session.browser.tabId(page);
    await page.bringToFront();
    await eventually(
      () => session.ask<Entry[]>('record.get', { refs: [ref], tabId: null }),
      ([entry]) => entry?.status === 'fresh',
    );
    await session.ask('export.run', { tabId, scope: 'page' });
    const files = await session.files(fileCount);
    const name = [...files.keys()]
      .sort((a, b) => a.slice(-20).localeCompare(b.slice(-20)))
      .find((candidate) => candidate.includes(ref.split(':')[1] ?? ''));
    const read = spawnSync(
      'python3',
      [
        '-c',
        'import csv,json,sys,io\nprint(json.dumps(list(csv.DictReader(io.StringIO(sys.stdin.buffer.read().decode("utf-8-sig"), newline="")))))',
      ],
      {
        input: files.get(name ?? '') ?? '',
        encoding: 'utf8',
      },
    );
    await page.close();
    const rows = JSON.parse(read.stdout) as Record<string, string>[];
    return rows.find((row) => (row['post_id'] ?? row['product_id']) === ref.split(':')[2]) ?? {};
  }

  it('the video: its id whole, no counts, no time, dated by its id, tracking gone', async () => {
    const row = await travel('https://www.douyin.com/video/7092264344980868359', 'douyin:post:7092264344980868359', 1);
    expect(row['post_id']).toBe('7092264344980868359');
    expect(row['caption']).toBe('修以美好,与君相遇#就算无人欣赏也要独自芬芳');
    expect(row['like_count']).toBe('');
    expect(row['created_at_utc']).toBe('');
    expect(row['created_at_from_id_utc']).toMatch(/^2022-04-/u);
    expect(row['author_id']).toBe('5698411035');
    expect(row['hashtags']).toBe('就算无人欣赏也要独自芬芳');
    expect(JSON.parse(row['missing_reasons'] ?? '{}')).toMatchObject({
      like_count: 'not_in_response',
      created_at_utc: 'not_in_response',
    });
    expect(JSON.stringify(row)).not.toMatch(/did=|iid=|u_code|106\.6\./u);
  });

  it('the product: ¥72.00 by the provider’s unit, 13,000 as a lower bound, dated by the cache', async () => {
    const row = await travel(
      'https://haohuo.jinritemai.com/views/product/item2?id=3514453298386183303',
      'douyin:product:3514453298386183303',
      2,
    );
    expect(row).toMatchObject({
      product_id: '3514453298386183303',
      price_minor: '7200',
      price: '72.00',
      currency: 'CNY',
      price_unit_source: 'assumed:gateway',
      sold_count: '13000',
      sold_count_text: '1.3万+',
      sold_count_precision: 'lower_bound',
      category_l1: '女装',
      category_l2: '衬衫',
      observed_at_utc: '2022-04-12T00:51:14Z',
    });
    expect(JSON.stringify(row)).not.toMatch(/13710277900|106\.6\./u);
  });
});
