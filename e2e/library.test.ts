/** The library's table as a person uses it: real browser, real worker, generated records of invented people. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LibraryView } from '../lib/messaging/protocol.ts';
import { type LibraryProbe, startLibrary } from './harness/library.ts';
import { eventually } from './harness/session.ts';

const posts = 504;

let library: LibraryProbe;
let page: Page;

beforeAll(async () => {
  library = await startLibrary(600);
  ({ page } = library);
});
afterAll(() => library?.session.close());

const headings = (): Promise<string[]> =>
  page.locator('.heading').evaluateAll((all) => all.map((heading) => (heading as HTMLElement).dataset['name'] ?? ''));
const numbers = (texts: readonly string[]): number[] => texts.map((text) => Number(text.replace(/[≈≥,]/gu, '')));
const selected = (): Promise<number> => page.locator('.grid-body [aria-selected="true"]').count();
/** The cell with the focus: "row column". */
const focused = (): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null;
    const of = at?.closest<HTMLElement>('[data-row]');
    return `${of?.dataset['row']} ${at?.dataset['column']}`;
  });

describe('the table', () => {
  it('shows every record with a few rows in the document, and all of them on the way', async () => {
    await library.openTable();
    const grid = page.getByTestId('grid');
    expect(await library.counted()).toBe('504');
    expect(await grid.getAttribute('aria-rowcount')).toBe(String(posts + 1));
    expect(await page.getByTestId('row').count()).toBeLessThan(60);
    await grid.evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await library.row(posts - 1).waitFor();
    await eventually(
      () => page.locator('.grid-body .skeleton').count(),
      (count) => count === 0,
    );
    expect(await library.row(posts - 1).getAttribute('aria-rowindex')).toBe(String(posts + 1));
    expect(await page.getByTestId('row').count()).toBeLessThan(60);
    await page.getByTestId('type-tab-product').click();
    expect(await library.counted()).toBe('72');
    expect(await page.getByTestId('type-tab-author').innerText()).toBe('Authors (24)');
    expect(await library.cells('price_minor')).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:CN¥|\$)[\d,]+\.\d\d$/u)]),
    );
  });

  it('sorts, with what is not known last in either direction, and says why', async () => {
    await library.openTable();
    const head = page.getByTestId('head-view_count');
    for (const direction of ['descending', 'ascending'] as const) {
      await head.click();
      await eventually(
        () => head.getAttribute('aria-sort'),
        (sort) => sort === direction,
      );
      await library.counted();
      const shown = await eventually(
        async () => numbers(await library.cells('view_count')),
        (all) =>
          all.length > 20 &&
          all.every(
            (value, at) => at === 0 || (direction === 'ascending' ? all[at - 1]! <= value : all[at - 1]! >= value),
          ),
      );
      expect(shown.every(Number.isFinite)).toBe(true);
      await library.cell(0, 'view_count').focus();
      await page.keyboard.press('Control+End');
      await library
        .cell(posts - 1, 'view_count')
        .getByText('–')
        .waitFor();
      expect(await library.cell(posts - 1, 'view_count').getAttribute('title')).toBe('not shown on the web');
    }
    await head.click();
    await eventually(
      () => head.getAttribute('aria-sort'),
      (sort) => sort === 'none',
    );
  });

  it('searches and filters, each in the units of its column', async () => {
    await library.openTable();
    const [caption = ''] = (await library.cells('caption')).slice(4);
    const words = caption.split(' ').slice(0, 3).join(' ');
    await page.getByTestId('search').fill(words.toUpperCase());
    expect(await library.counted((text) => text.endsWith(' of 504'))).not.toMatch(/^0 /u);
    expect(await library.cells('caption')).toContain(caption);

    await page.getByTestId('search').fill('');
    await library.counted((text) => text === '504');
    await library.addFilter('view_count');
    await page.getByTestId('range-from').fill('10万');
    await page.getByTestId('filter-apply').click();
    await page.getByTestId('filter-chip').getByText('Views: ≥ 100,000').waitFor();
    await library.counted((text) => text.endsWith(' of 504'));
    for (const views of numbers(await library.cells('view_count'))) expect(views).toBeGreaterThanOrEqual(100_000);

    await library.addFilter('created_at');
    await page.getByTestId('range-from').fill('2026-01-01');
    await page.getByTestId('range-to').fill('2026-06-30');
    await page.getByTestId('filter-apply').click();
    await page.getByTestId('filter-chip').getByText('Published: 2026-01-01 – 2026-06-30').waitFor();
    const dates = await eventually(
      () => library.cells('created_at'),
      (all) => all.length > 0 && all.every((text) => /^2026-0[1-6]-/u.test(text)),
    );
    expect(dates.length).toBeGreaterThan(0);

    // What was chosen is there again when the chip is opened; what cannot be is said.
    await page.getByTestId('filter-view_count').click();
    expect(await page.getByTestId('range-from').inputValue()).toBe('100000');
    await page.getByTestId('range-to').fill('5');
    await page.getByTestId('filter-apply').click();
    await page.getByText('The first is greater than the second.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('filter-remove-view_count').click();
    await library.addFilter('platform');
    await page.getByTestId('choice-douyin').check();
    await page.getByTestId('filter-apply').click();
    await eventually(
      () => library.cells('platform'),
      (all) => all.length > 0 && all.every((text) => text === 'Douyin'),
    );
    await page.getByTestId('search').fill('qqqqqq');
    await page.getByTestId('nothing-fits').waitFor();
    await page.getByTestId('nothing-clear').click();
    await library.counted((text) => text === '504');
  });

  it('is gone through, chosen from and opened by keys', async () => {
    await library.openTable();
    await library.cell(0, 'caption').focus();
    for (const [key, place] of [
      ['ArrowDown', '1 1'],
      ['ArrowRight', '1 2'],
      ['End', null],
      ['Home', '1 0'],
      ['Control+End', null],
      ['Control+Home', '0 0'],
      ['ArrowUp', '-1 0'],
      ['ArrowDown', '0 0'],
    ] as const) {
      await page.keyboard.press(key);
      const at = await focused();
      if (place === null) expect(at).toMatch(key === 'End' ? /^1 \d+$/u : /^503 \d+$/u);
      else expect([key, at]).toEqual([key, place]);
    }
    await page.keyboard.press('PageDown');
    expect(Number((await focused()).split(' ')[0])).toBeGreaterThan(10);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Space');
    expect(await selected()).toBe(1);
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Shift+ArrowDown');
    await eventually(selected, (count) => count === 4);
    await page.keyboard.press('Shift+ArrowUp');
    await eventually(selected, (count) => count === 3);
    await page.keyboard.press('Control+a');
    await page.getByTestId('selection').getByText('Selected: 504').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('selection').waitFor({ state: 'detached' });

    await page.keyboard.press('Enter');
    const drawer = page.getByTestId('drawer');
    await page.getByTestId('post-card').waitFor();
    const first = await drawer.getAttribute('data-ref');
    await page.keyboard.press('ArrowDown');
    await eventually(
      () => drawer.getAttribute('data-ref'),
      (ref) => ref !== null && ref !== first,
    );
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });

    // The mouse: a press beside Shift takes the range, beside Ctrl one more.
    await library.row(2).locator('.check-cell').click();
    await library
      .row(5)
      .locator('.check-cell')
      .click({ modifiers: ['Shift'] });
    await library.cell(8, 'caption').click({ modifiers: ['ControlOrMeta'] });
    await eventually(selected, (count) => count === 5);
  });

  it('has the columns that one chooses, in views of their own', async () => {
    await library.openTable();
    const before = await headings();
    await page.getByTestId('columns').click();
    await page.getByTestId('columns-search').fill('duration');
    await page.getByTestId('column-duration_ms').getByRole('checkbox').check();
    await page.getByTestId('columns-search').fill('engagement rate by followers');
    expect(await page.getByTestId('column-er_followers_lcs').innerText()).toContain('author_follower_count');
    await page.getByTestId('columns-search').fill('');
    await page.getByTestId('column-pin-author_handle').click();
    await page.keyboard.press('Escape');
    await eventually(headings, (now) => now[0] === 'author_handle' && now.length <= before.length + 1);

    // By key: along the headings, and wider; by mouse: dragged to another place, and by its edge.
    await page.getByTestId('head-caption').focus();
    await page.keyboard.press('Alt+ArrowRight');
    const moved = await eventually(headings, (now) => now.indexOf('caption') === 2);
    expect(await focused()).toBe('-1 3');
    const width = async (): Promise<number> => (await page.getByTestId('head-caption').boundingBox())?.width ?? 0;
    const narrow = await width();
    await page.keyboard.press('Alt+Shift+ArrowRight');
    await eventually(width, (now) => now === narrow + 16);
    const edge = await page.getByTestId('edge-caption').boundingBox();
    await page.mouse.move(edge!.x + 4, edge!.y + 8);
    await page.mouse.down();
    await page.mouse.move(edge!.x - 96, edge!.y + 8, { steps: 5 });
    await page.mouse.up();
    await eventually(width, (now) => now === narrow - 84);
    const from = await page.getByTestId('head-caption').boundingBox();
    const to = await page.getByTestId('head-like_count').boundingBox();
    await page.mouse.move(from!.x + 30, from!.y + 10);
    await page.mouse.down();
    await page.mouse.move(to!.x + 30, to!.y + 10, { steps: 8 });
    await page.mouse.up();
    const chosen = await eventually(headings, (now) => now.indexOf('caption') > moved.indexOf('caption'));

    await page.getByTestId('head-like_count').click();
    await library.counted();
    await page.getByTestId('views').click();
    await page.getByTestId('view-name').fill('Handles & likes');
    await page.getByTestId('view-save').click();
    await page.getByTestId('saved-view').getByText('Handles & likes').waitFor();
    await eventually(
      () => library.session.ask<readonly LibraryView[]>('view.list', {}),
      (views) => views.some(({ id, state }) => id === 'last:post' && state.includes('"sort":{"column":"like_count"')),
    );
    // The table is as it was left, until another view is chosen.
    await library.openTable('#posts', true);
    expect(await headings()).toEqual(chosen);
    expect(await page.getByTestId('head-like_count').getAttribute('aria-sort')).toBe('descending');
    await page.getByTestId('views').click();
    await page.getByTestId('view-first').click();
    await eventually(headings, (now) => now.join() === before.join());
    await page.getByTestId('views').click();
    await page.getByTestId('saved-view').getByRole('button', { name: 'Handles & likes Posts' }).click();
    await eventually(headings, (now) => now.join() === chosen.join());
    await page.getByTestId('views').click();
    await page
      .getByTestId('saved-view')
      .getByRole('button', { name: /Delete view/u })
      .click();
    await page.getByTestId('saved-view').waitFor({ state: 'detached' });
    await page.getByTestId('view-first').click();
  });
});
