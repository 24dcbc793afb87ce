/** An old collection comes into the library's page, packed, and goes out as what 4CAT imports: real browser, real worker. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { type Envelope, ndjsonOf, secret, zeeschuimerFiles } from '../lib/importers/zeeschuimer.samples.ts';
import { type Session, startSession } from './harness/session.ts';

let session: Session;
let page: Page;

beforeAll(async () => {
  session = await startSession();
  page = await session.browser.context.newPage();
  await page.goto(`chrome-extension://${session.browser.extensionId}/library.html#import`);
  await page.getByTestId('import').waitFor();
});
afterAll(() => session?.close());

const file = zeeschuimerFiles['tiktok.com'];

async function importFile(name: string, buffer: Buffer): Promise<string> {
  await page.getByTestId('import-file').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  const outcome = page.getByTestId('import-outcome').filter({ hasText: name });
  await outcome.waitFor();
  // What cannot be read is folded away.
  return (await outcome.textContent()) ?? '';
}

it('a Zeeschuimer file, packed, comes in with what cannot be read of it, and again adds nothing', async () => {
  const packed = gzipSync(`${ndjsonOf(file)}{"nav\n`);
  const first = await importFile('collection.ndjson.gz', packed);
  expect(first).toContain('things in it: 3 · observations: 4 · new: 4');
  expect(first).toContain('not valid JSON');
  const again = await importFile('again.ndjson.gz', packed);
  expect(again).toContain('things in it: 3 · observations: 4 · new: 0');
});

it('and goes out as Zeeschuimer’s NDJSON: the same items, without what names whoever collected', async () => {
  await page.goto(`chrome-extension://${session.browser.extensionId}/library.html#posts`);
  await page.getByTestId('records').waitFor();
  await page.getByTestId('export-result').click();
  await page.getByTestId('export-format').selectOption('zeeschuimer');
  await page.getByTestId('export-run').click();
  await page.getByTestId('export-done').waitFor();
  const [[name, bytes] = ['', Buffer.of()]] = await session.files(1);
  expect(name).toMatch(/^zeeschuimer-export-tiktok\.com-\d{4}-\d\d-\d\dT\d{6}\.ndjson$/u);
  const text = bytes.toString('utf8');
  expect(text).not.toContain(secret);
  const items = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Envelope);
  expect(items.map((item) => item.item_id).toSorted()).toEqual(file.map((item) => item.item_id).toSorted());
});
