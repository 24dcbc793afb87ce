/** The library's page in Chromium, filled with generated records of invented people. */
import type { Locator, Page } from 'playwright-core';
import { fillLibrary } from '../../bench/library-fill.ts';
import type { LibraryView } from '../../lib/messaging/protocol.ts';
import { eventually, type Session, startSession } from './session.ts';

export interface LibraryProbe {
  readonly session: Session;
  readonly page: Page;
  /** Opens a view in a document of its own, as nobody has changed it. */
  open(hash: string): Promise<void>;
  /** Opens a table and waits for its whole result. `asLeft`: as it was shown last. */
  openTable(hash?: string, asLeft?: boolean): Promise<void>;
  /** The result's count as it is worded, once it answers what was asked last and is as wished. */
  counted(wished?: (text: string) => boolean): Promise<string>;
  /** The cells of a column, of the rows that are drawn, from above. */
  cells(column: string): Promise<string[]>;
  row(index: number): Locator;
  cell(index: number, column: string): Locator;
  /** Presses the button that adds a filter, and chooses the column. */
  addFilter(column: string): Promise<void>;
}

/** Of a hundred things eighty-four are posts, twelve products and four authors. */
export async function startLibrary(things: number): Promise<LibraryProbe> {
  const session = await startSession();
  await session.ask('settings.change', { language: 'en', timeZone: 'UTC' });
  await session.ask('storage.summary', {});
  const filler = await session.browser.openSurface('options');
  await fillLibrary(filler, things);
  await filler.close();
  const page = await session.browser.context.newPage();
  page.setDefaultTimeout(15_000);

  async function open(hash: string): Promise<void> {
    await page.goto('about:blank');
    for (const { id } of await session.ask<readonly LibraryView[]>('view.list', {}))
      if (id.startsWith('last:')) await session.ask('view.delete', { id });
    await show(hash);
  }

  async function show(hash: string): Promise<void> {
    await page.goto('about:blank');
    await page.goto(`chrome-extension://${session.browser.extensionId}/library.html${hash}`);
    await page.getByTestId('library').waitFor();
    await page.bringToFront();
  }

  function counted(wished: (text: string) => boolean = (text) => text !== ''): Promise<string> {
    const line = page.getByTestId('result-count');
    const text = async (): Promise<string> =>
      (await line.getAttribute('data-loading')) === 'false' ? line.innerText() : '';
    return eventually(text, wished);
  }

  const row = (index: number): Locator => page.locator(`.grid-body [data-row="${index}"]`);
  return {
    session,
    page,
    open,
    counted,
    row,
    async openTable(hash = '#posts', asLeft = false) {
      await (asLeft ? show(hash) : open(hash));
      await counted();
    },
    cells: (column) =>
      page.evaluate((name) => {
        const rows = [...document.querySelectorAll<HTMLElement>('.grid-body [data-row]')];
        rows.sort((a, b) => Number(a.dataset['row']) - Number(b.dataset['row']));
        return rows.flatMap((own) => own.querySelector<HTMLElement>(`[data-name="${name}"]`)?.innerText ?? []);
      }, column),
    cell: (index, column) => row(index).locator(`[data-name="${column}"]`),
    async addFilter(column) {
      await page.getByTestId('filter-add').click();
      await page.getByTestId('filter-search').fill(column);
      await page.getByTestId(`filter-by-${column}`).click();
    },
  };
}
