/**
 * The library over 100,000 stored things, as a person has it: its page in a real browser, over the browser's own database.
 * Times are the page's own, from its beginning, or from the click or key to the rows that answer it.
 */
import type { CDPSession, Page } from 'playwright-core';
import { startSession } from '../e2e/harness/session.ts';
import { exportBenches } from './export.ts';
import { fillLibrary } from './library-fill.ts';
import { median } from './median.ts';
import type { Measurement } from './run.ts';

const thingCount = 100_000;
const rounds = 5;
/** As long as no round may take. */
const patienceMs = 120_000;

const row = '[data-testid="row"]';
const answered = '[data-testid="result-count"][data-loading="false"]';

/** Notes in the page, from its beginning on, when its first rows came and when the index was ready (ms). */
const watching = `
  const seen = (globalThis.seen = {});
  const look = () => {
    const note = (name, selector) => {
      if (seen[name] === undefined && document.querySelector(selector)) seen[name] = performance.now();
    };
    note('rows', '${row}');
    note('progress', '[data-testid="index-progress"]');
    note('ready', '${answered}');
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
`;

interface Opened {
  readonly rows: number;
  readonly progress: number;
  readonly ready: number;
}

async function opened(page: Page, address: string): Promise<Opened> {
  await page.addInitScript(watching);
  await page.goto(address);
  await page.waitForSelector(answered, { timeout: patienceMs });
  return page.evaluate(() => (globalThis as unknown as { seen: Opened }).seen);
}

/** Ms from what a person does, by the event that it is in the page, to the answer that is shown. */
async function timeOf(page: Page, event: 'input' | 'pointerup', act: () => Promise<void>): Promise<number> {
  await page.waitForSelector(answered, { timeout: patienceMs });
  await page.evaluate((name) => {
    const status = document.querySelector<HTMLElement>('[data-testid="result-count"]');
    if (!status) throw new Error('No result is shown.');
    const time = new Promise<number>((resolve) => {
      let start: number | null = null;
      let asked = false;
      const began = ({ timeStamp }: Event): void => void (start = timeStamp);
      document.addEventListener(name, began, { capture: true, once: true });
      new MutationObserver((_changes, watcher) => {
        if (status.dataset['loading'] === 'true') asked = true;
        else if (asked && start !== null) {
          watcher.disconnect();
          resolve(performance.now() - start);
        }
      }).observe(status, { attributes: true });
    });
    Object.assign(globalThis, { answerTime: () => time });
  }, event);
  await act();
  return page.evaluate(() => (globalThis as unknown as { answerTime: () => Promise<number> }).answerTime());
}

const click = (page: Page, testId: string) => (): Promise<void> => page.click(`[data-testid="${testId}"]`);
const type = (page: Page, text: string) => (): Promise<void> => page.fill('[data-testid="search"]', text);

async function filterTime(page: Page, least: number): Promise<number> {
  await page.click('[data-testid="filter-add"]');
  await page.fill('[data-testid="filter-search"]', 'view_count');
  await page.click('[data-testid="filter-by-view_count"]');
  await page.fill('[data-testid="range-from"]', String(least));
  const ms = await timeOf(page, 'pointerup', click(page, 'filter-apply'));
  await page.click('[data-testid="filters-clear"]');
  await page.waitForSelector(answered);
  return ms;
}

/** Scrolls through the table as fast as a wheel does; the longest task of the page meanwhile, in ms; 0: none is long. */
async function scrolled(page: Page): Promise<number> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
      type: 'longtask',
    });
  });
  await page.hover('[data-testid="grid"]');
  for (let turn = 0; turn < 120; turn++) {
    await page.mouse.wheel(0, turn % 30 === 29 ? 200_000 : 900);
    await page.waitForTimeout(16);
  }
  await page.waitForTimeout(300);
  return page.evaluate(() => Math.max(0, ...(globalThis as unknown as { tasks: number[] }).tasks));
}

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

/** A page with its dedicated worker, as a debugger sees both. */
class Contexts {
  readonly #session: CDPSession;
  readonly #waiting = new Map<number, (result: HeapUsage) => void>();
  #workers: string[] = [];
  #last = 0;

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Target.attachedToTarget', ({ sessionId }) => this.#workers.push(sessionId));
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const { id, result } = JSON.parse(message) as { id: number; result: HeapUsage };
      this.#waiting.get(id)?.(result);
    });
  }

  static async of(page: Page): Promise<Contexts> {
    const contexts = new Contexts(await page.context().newCDPSession(page));
    // Not flattened: Playwright hands out no messages of sessions that it did not open itself.
    const attaching = { autoAttach: true, waitForDebuggerOnStart: false, flatten: false };
    await contexts.#session.send('Target.setAutoAttach', attaching);
    return contexts;
  }

  #ask(sessionId: string, method: string): Promise<HeapUsage> {
    const id = (this.#last += 1);
    const answer = new Promise<HeapUsage>((resolve) => this.#waiting.set(id, resolve));
    void this.#session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    return answer;
  }

  /** MB of scripts' memory after a collection, typed arrays included. */
  async heap(): Promise<{ readonly page: number; readonly worker: number }> {
    const megabytes = ({ usedSize, backingStorageSize = 0 }: HeapUsage): number =>
      (usedSize + backingStorageSize) / 1e6;
    await this.#session.send('HeapProfiler.collectGarbage');
    const page = megabytes(await this.#session.send('Runtime.getHeapUsage'));
    let worker = 0;
    for (const id of this.#workers) {
      await this.#ask(id, 'HeapProfiler.collectGarbage');
      worker += megabytes(await this.#ask(id, 'Runtime.getHeapUsage'));
    }
    return { page, worker };
  }
}

/** Ms until a report is shown. */
async function reportTime(page: Page, view: string): Promise<number> {
  return page.evaluate(
    ([hash, selector]) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        const watcher = new MutationObserver(() => {
          if (!document.querySelector(selector)) return;
          watcher.disconnect();
          resolve(performance.now() - start);
        });
        watcher.observe(document, { subtree: true, childList: true });
        location.hash = hash;
      }),
    [`#${view}`, `[data-testid="${view === 'keywords' ? 'terms' : view}-row"]`] as const,
  );
}

export async function libraryBenches(): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const add = (name: string, value: number, unit: string, atMost: number | null): void => {
    const limit = atMost === null ? null : { text: `at most ${atMost} ${unit}, median of five`, atMost };
    measurements.push({ name: `library of ${thingCount}: ${name}`, value, unit, limit });
  };
  const session = await startSession();
  try {
    // The database is made by whoever asks for it first.
    await session.ask('storage.summary', {});
    const filling = await session.browser.context.newPage();
    await filling.goto(`chrome-extension://${session.browser.extensionId}/popup.html`);
    await fillLibrary(filling, thingCount);
    await filling.close();

    const address = `chrome-extension://${session.browser.extensionId}/library.html#posts`;
    const times: Opened[] = [];
    for (let round = 0; round < rounds; round++) {
      const page = await session.browser.context.newPage();
      times.push(await opened(page, address));
      await page.close();
    }
    add('first rows', median(times.map(({ rows }) => rows)), 'ms', 1_000);
    add('progress is shown', median(times.map(({ progress }) => progress)), 'ms', null);
    add('index ready', median(times.map(({ ready }) => ready)), 'ms', 5_000);

    const page = await session.browser.context.newPage();
    const contexts = await Contexts.of(page);
    await opened(page, address);
    const fiveOf = async (measure: (round: number) => Promise<number>): Promise<number> => {
      const found: number[] = [];
      for (let round = 0; round < rounds; round++) found.push(await measure(round));
      return median(found);
    };
    const words = ['bread', '红烧茄子', 'garden tour', '穿搭', 'invented.person7'];
    add(
      'text, from the last key to the first hits',
      await fiveOf((round) => timeOf(page, 'input', type(page, words[round] ?? 'rye'))),
      'ms',
      300,
    );
    await timeOf(page, 'input', type(page, ''));
    add('filter', await fiveOf((round) => filterTime(page, 1_000 * (round + 1))), 'ms', 300);
    add('sort by a number', await fiveOf(() => timeOf(page, 'pointerup', click(page, 'head-view_count'))), 'ms', 300);
    add('sort by a text', await fiveOf(() => timeOf(page, 'pointerup', click(page, 'head-caption'))), 'ms', 300);
    add('longest task while scrolling', await fiveOf(() => scrolled(page)), 'ms', 50);
    const heap = await contexts.heap();
    add('memory of the page and its worker', heap.page + heap.worker, 'MB', 400);
    add('memory of the page alone', heap.page, 'MB', null);
    for (const view of ['hashtags', 'keywords', 'authors'])
      add(`report of ${view}`, await reportTime(page, view), 'ms', null);
    await page.close();
    measurements.push(...(await exportBenches(session, thingCount)));
  } finally {
    await session.close();
  }
  return measurements;
}
