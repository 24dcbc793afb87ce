/** The dialog of an export, in the library and in the panel: what it shows is what arrives on disk. Invented people. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultExportChoices, type ExportChoices } from '../lib/core/export-choices.ts';
import { type LibraryProbe, startLibrary } from './harness/library.ts';
import { readCsv, type Row } from './harness/reading.ts';
import { eventually, type Session } from './harness/session.ts';
import { visit } from './harness/visit.ts';

let library: LibraryProbe;
let session: Session;
let page: Page;

beforeAll(async () => {
  library = await startLibrary(600);
  ({ session, page } = library);
});
afterAll(() => library?.session.close());

const choose = (change: Partial<ExportChoices> = {}): Promise<null> =>
  session.ask('export.choose', { ...defaultExportChoices, ...change });

/** The files that came while this was done. */
async function filesOf(count: number, act: () => Promise<unknown>): Promise<Map<string, Buffer>> {
  const before = new Set((await session.files(0)).keys());
  await act();
  const files = await session.files(before.size + count);
  return new Map([...files].filter(([name]) => !before.has(name)));
}

/** Presses the button that exports and waits for what came of it. */
async function exportNow(face: Page): Promise<void> {
  await face.getByTestId('export-run').click();
  await face.getByTestId('export-done').waitFor();
}

interface Shown {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the preview shows, once it answers the choices made last. */
async function shown(face: Page): Promise<Shown> {
  // The choices are waited for a moment before they are asked with.
  await face.waitForTimeout(300);
  const table = face.getByTestId('export-table');
  await eventually(
    () => table.getAttribute('data-loading'),
    (loading) => loading === 'false',
  );
  return table.evaluate((element) => ({
    headers: [...element.querySelectorAll('th')].map((cell) => cell.textContent ?? ''),
    rows: [...element.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
    ),
  }));
}

/** The rows of a file, cut and marked as the preview does it. */
function beginningOf(rows: readonly Row[], headers: readonly string[]): string[][] {
  return rows.slice(0, 20).map((row) => headers.map((header) => row[header]?.slice(0, 120) || '–'));
}

type Rules = Parameters<AxeBuilder['options']>[0];
const onlyColours: Rules = { runOnly: { type: 'rule', values: ['color-contrast'] } };

async function checkFace(face: Page, rules: Rules = {}): Promise<void> {
  await face.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
  const { violations } = await new AxeBuilder({ page: face })
    .setLegacyMode()
    .include('[data-testid="export-dialog"]')
    .options({ resultTypes: ['violations'], ...rules })
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
  const wide = await face.getByTestId('export-dialog').evaluate((box) => box.scrollWidth - box.clientWidth);
  expect(wide, 'sideways scrolling').toBeLessThanOrEqual(0);
  expect(await face.getByTestId('export-dialog').innerText()).not.toMatch(/\b(?:export|kinds|action|preset)_[a-z_]+/u);
}

describe('in the library', () => {
  it('two clicks export what the table shows, as it was done last, without people', async () => {
    await choose();
    await library.openTable();
    const files = await filesOf(1, async () => {
      await page.getByTestId('export-result').click();
      // The second click is on what has the focus.
      await eventually(
        () => page.evaluate(() => document.activeElement?.getAttribute('data-testid')),
        (id) => id === 'export-run',
      );
      await page.keyboard.press('Enter');
      await page.getByTestId('export-done').waitFor();
    });
    const [[name, bytes] = ['', Buffer.of()]] = files;
    expect(name).toMatch(/^clipscope_mixed_posts_.*\.csv$/u);
    const rows = readCsv(bytes);
    expect(rows).toHaveLength(504);
    expect(rows[0]).not.toHaveProperty('author_handle');
    expect(rows.every((row) => /^[0-9a-f]{32}$/u.test(row['author_pseudonym'] ?? ''))).toBe(true);
    // Escape closes, and the focus is where it was.
    await page.keyboard.press('Escape');
    await page.getByTestId('export-dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('export-result');
  });

  it('the preview has the headers and the first rows of the file, whatever is chosen', async () => {
    await choose();
    await library.openTable();
    await page.getByTestId('export-result').click();
    await page.getByTestId('people-include').check();
    await page.getByTestId('export-columns').locator('summary').click();
    await page.getByTestId('export-columns-search').fill('caption');
    await page.getByTestId('column-caption').getByRole('checkbox').uncheck();
    await page.getByTestId('column-down-caption_language').click();
    await page.getByTestId('export-more').locator('summary').click();
    await page.getByTestId('export-sample').check();
    await page.getByTestId('sample-size').fill('30');
    await page.getByTestId('sample-seed').fill('wave 1');
    await page.getByTestId('export-codes').fill('topic, tone');
    await page.getByTestId('export-second').check();
    const before = await shown(page);
    expect(before.headers).not.toContain('caption');
    expect(before.headers).toContain('author_handle');
    expect(before.headers.slice(-2)).toEqual(['topic', 'tone']);
    expect(before.headers.indexOf('hashtags')).toBeGreaterThan(0);
    const files = [...(await filesOf(2, () => exportNow(page)))];
    expect(files.map(([name]) => /_coder[12]_.*\.csv$/u.test(name))).toEqual([true, true]);
    expect(files[0]?.[1].equals(files[1]?.[1] ?? Buffer.of())).toBe(true);
    const rows = readCsv(files[0]?.[1] ?? Buffer.of());
    expect(rows).toHaveLength(30);
    expect(Object.keys(rows[0] ?? {})).toEqual(before.headers);
    expect(beginningOf(rows, before.headers)).toEqual(before.rows);

    // Another tool's columns: those that nothing fills are named, with the reason.
    await page.getByTestId('export-sample').uncheck();
    await page.getByTestId('export-codes').fill('');
    await page.getByTestId('export-second').uncheck();
    await page.getByTestId('export-preset').selectOption('minet');
    const other = await shown(page);
    expect(other.headers).not.toContain('post_id');
    await page.getByTestId('export-unfillable').waitFor();
    expect(await page.getByTestId('export-columns').count()).toBe(0);
    const [bytes = Buffer.of()] = (await filesOf(1, () => exportNow(page))).values();
    expect(Object.keys(readCsv(bytes)[0] ?? {})).toEqual(other.headers);
    expect(beginningOf(readCsv(bytes), other.headers)).toEqual(other.rows);
    await page.keyboard.press('Escape');

    // It is what the next dialog begins with.
    await page.getByTestId('export-result').click();
    expect(await page.getByTestId('export-preset').inputValue()).toBe('minet');
    expect(await page.getByTestId('people-include').isChecked()).toBe(true);
    await page.keyboard.press('Escape');
  });

  it('leaves out what was exported before', async () => {
    await choose();
    await library.openTable('#author-records');
    await library.row(0).locator('.check-cell').click();
    await library.row(1).locator('.check-cell').click();
    const count = await library.counted();
    await page.getByTestId('export-selected').click();
    expect(await page.getByTestId('scope-selection').isChecked()).toBe(true);
    await filesOf(1, () => exportNow(page));
    await page.getByTestId('scope-result').check();
    await page.getByTestId('export-more').locator('summary').click();
    await page.getByTestId('export-skip').check();
    await page.getByText('Already in earlier files of this project: 2', { exact: true }).waitFor();
    await page
      .getByTestId('export-amount')
      .getByText(`Things: ${Number(count) - 2} ·`)
      .waitFor();
    const [bytes = Buffer.of()] = (await filesOf(1, () => exportNow(page))).values();
    expect(readCsv(bytes)).toHaveLength(Number(count) - 2);
    await page.getByTestId('export-nothing').waitFor();
    await page.keyboard.press('Escape');
  });

  it('the tables that there are can be chosen, the long ones too', async () => {
    await choose();
    await library.openTable();
    await page.getByTestId('export-result').click();
    await page.getByTestId('scope-everything').check();
    await page.getByTestId('table-author').waitFor();
    for (const table of ['product', 'author', 'post']) await page.getByTestId(`table-${table}`).uncheck();
    await page.getByTestId('table-post_hashtag').check();
    const sku = page.getByTestId('table-sku');
    if (await sku.count()) await sku.uncheck();
    expect((await shown(page)).headers).toContain('position');
    const files = await filesOf(1, () => exportNow(page));
    expect([...files.keys()].map((name) => /post_hashtags/u.test(name))).toEqual([true]);
    await page.keyboard.press('Escape');
  });

  it('what holds captured data says so, and includes people only when it is told to', async () => {
    await choose();
    await library.openTable();
    await page.getByTestId('export-result').click();
    await page.getByTestId('export-format').selectOption('ndjson');
    await page.getByTestId('export-barred').waitFor();
    expect(await page.getByTestId('export-run').getAttribute('aria-disabled')).toBe('true');
    const names = [...(await session.files(0)).keys()];
    await page.getByTestId('export-run').click({ force: true });
    await page.getByTestId('export-include').click();
    await page.getByTestId('export-barred').waitFor({ state: 'detached' });
    expect([...(await session.files(0)).keys()]).toEqual(names);
    const [bytes = Buffer.of()] = (await filesOf(1, () => exportNow(page))).values();
    expect(bytes.toString('utf8').split('\n').length).toBeGreaterThan(504);
    await page.keyboard.press('Escape');
  });

  it('can be cancelled, and leaves no file', async () => {
    await choose();
    await library.openTable();
    await page.getByTestId('export-result').click();
    await shown(page);
    const names = [...(await session.files(0)).keys()];
    await holdRecords(page);
    await page.getByTestId('export-run').click();
    await page.getByTestId('progress').waitFor();
    // Begun in the worker by then, and waiting there.
    await page.waitForTimeout(500);
    await page.getByTestId('export-stop').click();
    await page.evaluate(() => Object.assign(globalThis, { released: true }));
    await page.getByTestId('export-cancelled').waitFor();
    expect([...(await session.files(0)).keys()]).toEqual(names);
    // And again, from where it was.
    await filesOf(1, () => exportNow(page));
    await page.keyboard.press('Escape');
  });

  it.each(['en', 'zh_CN'] as const)('%s: axe finds nothing, nothing is clipped or untranslated', async (language) => {
    await choose({ columns: { post: ['platform', 'post_id', 'caption', 'like_count'] } });
    await session.ask('settings.change', { language });
    await library.openTable();
    await page.getByTestId('export-result').click();
    await shown(page);
    await page.getByTestId('export-columns').locator('summary').click();
    await page.getByTestId('export-columns-search').fill('author');
    await page.getByTestId('export-more').locator('summary').click();
    await page.getByTestId('export-sample').check();
    await shown(page);
    await checkFace(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await checkFace(page, onlyColours);
    await page.getByTestId('export-format').selectOption('zeeschuimer');
    await page.getByTestId('export-barred').waitFor();
    await checkFace(page, onlyColours);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.keyboard.press('Escape');
    await session.ask('settings.change', { language: 'en' });
  });
});

describe('in the panel', () => {
  it('the dialog has the page, the item and the selection; the next one click does the same', async () => {
    await choose();
    const tab = await visit(session, `https://www.tiktok.com/@${session.sandbox.world.ids.tiktok.author}`);
    const view = await tab.view(({ entries }) => entries.length > 5 && entries.every(({ hasData }) => hasData));
    const panel = await session.browser.openSurface('sidepanel', tab.page);
    await panel.setViewportSize({ width: 360, height: 800 });
    await panel.getByTestId('item').first().waitFor();
    await panel.getByTestId('item-select').nth(0).click();
    await panel.getByTestId('item-select').nth(2).click();
    await panel.getByTestId('export-selected-as').click();
    await panel.getByTestId('export-preset').selectOption('zh');
    const before = await shown(panel);
    expect(before.rows).toHaveLength(2);
    await checkFace(panel);
    const [selected = Buffer.of()] = (await filesOf(1, () => exportNow(panel))).values();
    expect(Object.keys(readCsv(selected)[0] ?? {})).toEqual(before.headers);
    expect(beginningOf(readCsv(selected), before.headers)).toEqual(before.rows);
    await panel.keyboard.press('Escape');

    // The page's author has a file as well.
    const files = await filesOf(2, () => panel.getByTestId('export-page').click());
    const whole = [...files].find(([name]) => /posts_zh/u.test(name))?.[1] ?? Buffer.of();
    expect(Object.keys(readCsv(whole)[0] ?? {})).toEqual(before.headers);
    expect(readCsv(whole).length).toBe(view.entries.length);
    await panel.close();
    await tab.page.close();
  });

  it('an export tells how far it is, and can be cancelled', async () => {
    await choose({ tables: ['post'] });
    const tab = await visit(session, `https://www.tiktok.com/@${session.sandbox.world.ids.tiktok.author}`);
    const { entries } = await tab.view(({ entries: all }) => all.length > 5 && all.every(({ hasData }) => hasData));
    const panel = await session.browser.openSurface('sidepanel', tab.page);
    await panel.getByTestId('item').first().waitFor();
    await panel.getByTestId('export-as').click();
    await shown(panel);
    const names = [...(await session.files(0)).keys()];
    await holdRecords(panel);
    await panel.getByTestId('export-run').click();
    await panel.getByTestId('progress').waitFor();
    await panel.waitForTimeout(500);
    await panel.getByTestId('export-stop').click();
    await panel.evaluate(() => Object.assign(globalThis, { released: true }));
    await panel.getByTestId('export-cancelled').waitFor();
    expect([...(await session.files(0)).keys()]).toEqual(names);

    // The line is gone as soon as the file is there: what it said is noted as it changes.
    await panel.evaluate(() => {
      const said: string[] = [];
      new MutationObserver(() => {
        const text = document.querySelector<HTMLElement>('[data-testid="progress"] .number')?.innerText;
        if (text !== undefined && said.at(-1) !== text) said.push(text);
      }).observe(document, { subtree: true, childList: true, characterData: true });
      Object.assign(globalThis, { said });
    });
    await filesOf(1, () => exportNow(panel));
    const said = await panel.evaluate(() => (globalThis as unknown as { said: readonly string[] }).said);
    expect(said.at(-1)).toBe(`${entries.length} of ${entries.length}`);
    await panel.close();
    await tab.page.close();
  });
});

/** Keeps what is stored from being read until the page is told to release it: an export waits for as long as it takes. */
async function holdRecords(face: Page): Promise<void> {
  await face.evaluate(async () => {
    Object.assign(globalThis, { released: false });
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('clipscope');
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
    });
    const stores = [...database.objectStoreNames];
    const transaction = database.transaction(stores, 'readwrite');
    const again = (): void => {
      if ((globalThis as unknown as { released: boolean }).released) return database.close();
      transaction
        .objectStore(stores[0] ?? '')
        .count()
        .addEventListener('success', again);
    };
    again();
  });
}
