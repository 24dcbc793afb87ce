/** What the library tells of one record and of many, and its files: real browser, real worker, invented people. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LibraryProbe, startLibrary } from './harness/library.ts';
import { readCsv } from './harness/reading.ts';
import { eventually, type Session } from './harness/session.ts';
import { visit } from './harness/visit.ts';
import { refOf } from './harness/walk.ts';

let library: LibraryProbe;
let session: Session;
let page: Page;

beforeAll(async () => {
  library = await startLibrary(600);
  ({ session, page } = library);
});
afterAll(() => library?.session.close());

describe('one record', () => {
  it('has its figures over time, its sources, and tags and a note that stay', async () => {
    await library.openTable();
    await library.addFilter('observation_count');
    await page.getByTestId('range-from').fill('3');
    await page.getByTestId('filter-apply').click();
    await library.counted((text) => text.endsWith(' of 504'));
    await page.getByTestId('head-view_count').click();
    await library.counted();
    await library.cell(0, 'caption').click();
    await page.getByTestId('observed-since').getByText('observed 3 times since').waitFor();

    await page.getByTestId('drawer-tab-history').click();
    await page.getByTestId('chart-view_count').locator('canvas').waitFor();
    expect(await page.getByTestId('history-like_count').getByRole('img').getAttribute('aria-label')).toMatch(
      /^Likes: from [\d,]+ to [\d,]+, between 2026-/u,
    );
    await page.getByTestId('history-view_count').getByTestId('history-table').locator('summary').click();
    expect(await page.getByTestId('history-view_count').locator('tbody tr').count()).toBe(3);
    await page.getByTestId('drawer-tab-sources').click();
    expect(await page.getByTestId('observations').locator('tbody tr').count()).toBe(3);
    await page.getByTestId('drawer-tab-raw').click();
    await page.getByTestId('raw-record').click();
    await page.getByTestId('raw-text').getByText('"record_type": "post"').waitFor();

    await page.getByTestId('drawer-tab-record').click();
    await page.getByTestId('tag-text').fill('coded, wave 1');
    await page.getByTestId('tag-add').click();
    await page.getByTestId('own-tags').getByText('wave 1').waitFor();
    await page.getByTestId('note').fill('Checked twice.');
    await page.getByTestId('note').blur();
    await page.reload();
    await page.getByTestId('own-tags').getByText('coded').waitFor();
    expect(await page.getByTestId('note').inputValue()).toBe('Checked twice.');
    await page.getByTestId('drawer-close').click();

    // The same for a selection, and found by it.
    await library.row(1).locator('.check-cell').click();
    await library.row(2).locator('.check-cell').click();
    await page.getByTestId('tag-selected').click();
    await page.getByTestId('tag-selected-panel').getByTestId('tag-text').fill('second');
    await page.getByTestId('tag-selected-panel').getByTestId('tag-add').click();
    await page.getByTestId('selection-tags-done').getByText('Added “second” (2)').waitFor();
    await page.getByTestId('select-none').click();
    await page.getByTestId('filters-clear').click();
    await library.counted((text) => text === '504');
    await library.addFilter('tags');
    await page.getByTestId('choice-second').check();
    await page.getByTestId('filter-apply').click();
    expect(await library.counted((text) => text.endsWith(' of 504'))).toBe('2 of 504');
    await page.getByTestId('filters-clear').click();
  });

  it('that was saved from a page has the text that it was read from', async () => {
    const post = session.sandbox.world.postsOf('tiktok')[12]!;
    const tab = await visit(session, `https://www.tiktok.com/@${post.author.handle}/video/${post.id}`);
    await tab.view((now) => now.entries.some(({ ref, hasData }) => hasData && ref === refOf(post)));
    await session.ask('page.save', { tabId: tab.tabId, refs: [refOf(post)] });
    await tab.page.close();
    await library.openTable(`#posts/${encodeURIComponent(refOf(post))}`);
    await page.getByTestId('post-card').waitFor();
    await page.getByTestId('drawer-tab-raw').click();
    await page.getByTestId('raw-text').getByText(post.id).first().waitFor();
    // It came while the library was open, and goes with a second step only.
    expect(await library.counted()).toBe('505');
    await page.getByTestId('search').fill(post.id);
    await library.counted((text) => text === '1 of 505');
    await library.row(0).locator('.check-cell').click();
    await page.getByTestId('delete-selected').click();
    await page.getByTestId('delete-question-cancel').click();
    expect(await library.counted()).toBe('1 of 505');
    await page.getByTestId('delete-selected').click();
    await page.getByTestId('delete-question-confirm').click();
    await page.getByTestId('deleted').getByText('Records: 1').waitFor();
    await page.getByTestId('filters-clear').click();
    await library.counted((text) => text === '504');
  });
});

describe('reports', () => {
  it('of hashtags, words and authors are of the posts that the table shows', async () => {
    await library.open('#hashtags');
    await page.getByTestId('hashtags-row').first().waitFor();
    expect(await page.getByTestId('report-basis').innerText()).toBe('Posts looked at: 504.');
    await page.getByTestId('hashtags-tab-pairs').click();
    await page.getByTestId('pairs-row').first().waitFor();
    await page.getByTestId('hashtags-tab-frequency').click();
    await page.getByTestId('hashtags-search').fill('#bread');
    const name = await page.getByTestId('hashtags-row').first().getByRole('button').innerText();
    const count = await page.getByTestId('hashtags-row').first().locator('td').nth(2).innerText();
    await page.getByTestId('hashtags-row').first().getByRole('button').click();
    expect(await library.counted((text) => text.endsWith(' of 504'))).toBe(`${count} of 504`);
    expect(await page.getByTestId('filter-hashtags').innerText()).toBe(`Hashtags: ${name.slice(1)}`);

    await page.getByTestId('view-tab-authors').click();
    await page.getByTestId('report-basis').getByText(`Posts looked at: ${count}.`).waitFor();
    await page.getByTestId('filters-clear').click();
    await page.getByTestId('report-basis').getByText('Posts looked at: 504.').waitFor();
    await page.getByTestId('authors').getByTestId('sort-captured').waitFor();
    expect(await page.getByTestId('authors-row').first().innerText()).toMatch(/\d+ of \d+/u);
    expect(await page.getByTestId('authors-row').first().innerText()).toMatch(/n = \d+/u);

    await page.getByTestId('view-tab-keywords').click();
    await page.getByTestId('terms-row').first().waitFor();
    await page.getByTestId('keywords-tab-product').click();
    await page.getByTestId('categories-row').first().waitFor();
    expect(await page.getByTestId('report-basis').innerText()).toBe('Products looked at: 72.');
  });

  it('compares posts, and products by their prices over time', async () => {
    await library.openTable();
    for (const index of [0, 1, 2]) await library.row(index).locator('.check-cell').click();
    await page.getByTestId('compare-selected').click();
    await page.getByTestId('compare-like_count').waitFor();
    expect(await page.getByTestId('compare-like_count').locator('td').count()).toBe(3);
    expect(await page.getByTestId('compare-like_count').locator('.highest').count()).toBeLessThanOrEqual(1);
    await page.getByRole('button', { name: 'Take A out of the comparison' }).click();
    await eventually(
      () => page.getByTestId('compare-like_count').locator('td').count(),
      (count) => count === 2,
    );

    await library.openTable('#products');
    await library.addFilter('observation_count');
    await page.getByTestId('range-from').fill('2');
    await page.getByTestId('filter-apply').click();
    await library.counted((text) => text.endsWith(' of 72'));
    for (const index of [0, 1, 2]) await library.row(index).locator('.check-cell').click();
    await page.getByTestId('compare-selected').click();
    await page.getByTestId('overlay-price_minor').first().locator('canvas').waitFor();
    await page.getByRole('heading', { name: 'Product report' }).waitFor();
  });
});

describe('files', () => {
  it('go out: what is selected, and the whole result', async () => {
    await library.openTable('#author-records');
    await library.row(0).locator('.check-cell').click();
    await library.row(1).locator('.check-cell').click();
    const before = (await session.files(0)).size;
    await page.getByTestId('export-selected').click();
    await page.getByTestId('export-run').click();
    await page.getByTestId('export-done').waitFor();
    const files = await session.files(before + 1);
    await page.keyboard.press('Escape');
    const csv = [...files].find(([name]) => name.endsWith('.csv'))?.[1];
    expect(readCsv(csv ?? Buffer.from('')).map(({ author_handle: handle }) => handle)).toEqual(
      (await library.cells('author_handle')).slice(0, 2),
    );
  });

  it('come in, with what could not be read; a backup brings back what was deleted', async () => {
    await library.open('#import');
    await page
      .getByTestId('import-text')
      .fill('https://www.tiktok.com/@someone/video/7528963259874125698\nnothing of ours');
    await page.getByTestId('import-run').click();
    const outcome = page.getByTestId('import-outcome');
    await outcome.getByText('Known by name only, without data: 1').waitFor();
    await outcome.getByTestId('import-problems').locator('summary').click();
    await outcome.getByText('nothing of ours', { exact: true }).waitFor();

    const before = (await session.files(0)).size;
    await page.getByTestId('backup-run').click();
    await page.getByTestId('backup-done').waitFor();
    const files = await session.files(before + 1);
    const [name, bytes] = [...files].find(([file]) => /backup/u.test(file)) ?? [];
    expect(bytes?.byteLength).toBeGreaterThan(10_000);

    // A person goes everywhere, in two steps; the log names nobody.
    await library.openTable('#author-records');
    await library.cell(0, 'author_handle').click();
    await page.getByTestId('delete-person').click();
    await page.getByTestId('person-question-confirm').click();
    await page.getByTestId('deleted').waitFor();
    await library.counted((text) => text === '23');
    await library.open('#import');
    await page.getByTestId('deletion').filter({ hasText: 'A person was deleted' }).waitFor();
    expect(await page.getByTestId('deletions').innerText()).not.toContain('invented.person');

    await page.getByTestId('restore-file').setInputFiles({
      name: name ?? '',
      mimeType: 'application/octet-stream',
      buffer: bytes ?? Buffer.from(''),
    });
    await page.getByTestId('restore-question-confirm').click();
    await page.getByTestId('restore-done').getByText('Restored').waitFor();
    await library.openTable('#author-records');
    expect(await library.counted()).toBe('24');
  });
});

it('the popup, the panel and the options lead to it; it is opened once', async () => {
  const libraries = (): number =>
    session.browser.context.pages().filter((tab) => tab.url().includes('library.html')).length;
  await page.goto('about:blank');
  const options = await session.browser.openSurface('options');
  await options.getByTestId('open-library').click();
  await eventually(
    async () => libraries(),
    (count) => count === 1,
  );
  const popup = await session.browser.openSurface('popup');
  await popup.getByTestId('open-library').click();
  await options.waitForTimeout(500);
  expect(libraries()).toBe(1);
  const panel = await session.browser.openSurface('sidepanel');
  await panel.getByTestId('open-library').waitFor();
  for (const tab of [
    options,
    popup,
    panel,
    ...session.browser.context.pages().filter((one) => one.url().includes('library.html')),
  ])
    await tab.close();
});

describe.each(['en', 'zh_CN'] as const)('every view in %s', (language) => {
  /** Nothing for axe (the colours are the same in both languages), nothing wider than the window, no key for a word. */
  async function check(name: string, schemes: readonly ('light' | 'dark')[] = []): Promise<void> {
    for (const colorScheme of language === 'en' ? schemes : []) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => {
        const ending = document
          .getAnimations()
          .filter(({ effect }) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY);
        return Promise.all(ending.map(({ finished }) => finished));
      });
      const axe = new AxeBuilder({ page }).setLegacyMode();
      // The other theme has other colours, and nothing else.
      axe.options({ resultTypes: ['violations'], ...(colorScheme === 'dark' && { runOnly: ['color-contrast'] }) });
      const { violations } = await axe.analyze();
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      expect([name, colorScheme, found]).toEqual([name, colorScheme, []]);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([name, wide]).toEqual([name, 0]);
    expect([name, await page.evaluate(() => document.body.innerText)]).toEqual([
      name,
      expect.not.stringMatching(/\b(?:library|field|kinds|importer|import|export|job|alert)_[a-z]+_[a-z_]+/u),
    ]);
  }

  it('is whole, wide and narrow', async () => {
    await session.ask('settings.change', { language });
    await page.setViewportSize({ width: 1280, height: 800 });
    await library.openTable();
    await library.row(0).locator('.check-cell').click();
    await library.cell(1, 'caption').click();
    await page.getByTestId('post-card').waitFor();
    await check('table with drawer and selection', ['light', 'dark']);
    await page.getByTestId('drawer-tab-history').click();
    await check('history');
    await page.getByTestId('drawer-close').click();
    await library.addFilter('created_at');
    await check('filter', ['light']);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 700, height: 900 });
    for (const [hash, ready, schemes] of [
      ['#hashtags', 'hashtags-row', ['dark']],
      ['#authors', 'authors-row', ['light']],
      ['#import', 'backup', ['dark']],
      ['#compare', 'compare-none', []],
    ] as const) {
      await library.open(hash);
      await page.getByTestId(ready).first().waitFor();
      await check(hash, schemes);
    }
  });
});
