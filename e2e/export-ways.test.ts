/** One click on the page, two in the library and one command write the same rows. Invented people. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCsv, type Row } from './harness/reading.ts';
import { eventually, type Session, startSession } from './harness/session.ts';
import { visit } from './harness/visit.ts';

let session: Session;
let folder: string;

beforeAll(async () => {
  session = await startSession({ people: false });
  await session.ask('settings.change', { language: 'en', timeZone: 'UTC' });
  folder = mkdtempSync(join(tmpdir(), 'clipscope-ways-'));
});
afterAll(async () => {
  await session?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The file of this name that came while this was done; others may come with it. */
async function fileOf(name: RegExp, act: () => Promise<unknown>): Promise<Buffer> {
  const before = new Set((await session.files(0)).keys());
  await act();
  const files = await eventually(
    async () => [...(await session.files(0))].filter(([own]) => name.test(own) && !before.has(own)),
    (found) => found.length > 0,
  );
  return files[0]?.[1] ?? Buffer.of();
}

/** In the order of their ids: a page has its own, the library the newest first. */
const sorted = (rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => (a['post_id'] ?? '').localeCompare(b['post_id'] ?? ''));

it('one click on the page, two in the library, one command: same rows', async () => {
  const tab = await visit(session, `https://www.tiktok.com/@${session.sandbox.world.ids.tiktok.author}`);
  const view = await tab.view(({ entries }) => entries.length > 5 && entries.every(({ hasData }) => hasData));
  const refs = view.entries.map(({ ref }) => ref);
  await session.ask('page.save', { tabId: tab.tabId, refs });
  const popup = await session.browser.openSurface('popup', tab.page);
  expect(await popup.getByTestId('one-click').innerText()).toBe('CSV');
  const onPage = sorted(readCsv(await fileOf(/_posts_/u, () => popup.getByTestId('export-page').click())));
  await popup.close();
  expect(onPage).toHaveLength(refs.length);
  expect(onPage[0]).not.toHaveProperty('author_handle');

  const page = await session.browser.context.newPage();
  await page.goto(`chrome-extension://${session.browser.extensionId}/library.html#posts`);
  await eventually(
    () => page.getByTestId('result-count').innerText(),
    (text) => text === String(refs.length),
  );
  const inLibrary = sorted(
    readCsv(
      await fileOf(/_posts_/u, async () => {
        await page.getByTestId('export-result').click();
        await page.getByTestId('export-run').click();
      }),
    ),
  );
  expect(inLibrary).toEqual(onPage);

  // The command has the file that another Clipscope would have, and the key of the project's pseudonyms.
  await page.getByTestId('export-format').selectOption('ndjson');
  await page.getByTestId('export-include').click();
  const captured = await fileOf(/\.ndjson$/u, () => page.getByTestId('export-run').click());
  writeFileSync(join(folder, 'in.ndjson'), captured);
  const [project] = await session.ask<readonly { id: string }[]>('project.list', {});
  const { text } = await session.ask<{ text: string }>('project.key', { id: project?.id });
  writeFileSync(join(folder, 'key.json'), text);
  const command = ['run', '-s', 'cli', '--', 'export', '--format', 'csv', '--table', 'posts', '--time-zone', 'UTC'];
  const keyed = ['--personal', 'pseudonyms', '--pseudonym-key', join(folder, 'key.json')];
  const done = spawnSync('npm', [...command, ...keyed, join(folder, 'in.ndjson'), join(folder, 'out.csv')], {
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '..'),
  });
  expect(`${done.status} ${done.stderr}`).toMatch(/^0 /u);
  expect(sorted(readCsv(readFileSync(join(folder, 'out.csv'))))).toEqual(onPage);
});
