/** What each tab's page shows, as its content script last reported it. Survives the worker's death, goes with the tab. */
import { browser } from 'wxt/browser';
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import { type PageReport, type PageState, pageStateSchema } from '../messaging/protocol.ts';
import { siteFor } from '../sites/index.ts';
import type { Site } from '../sites/site.ts';
import { tabItem } from '../storage/items.ts';
import { createQueue } from '../storage/queue.ts';
import { type FollowedReport, followReport, type KeptPage, keptPageSchema } from './page-state.ts';

/** Clocks of one machine agree to less than this; a stored time further ahead is from before the clock was set back. */
const clockToleranceMs = 5_000;

/** One queue for all tabs: a report, a departure and a question are answered in the order in which they came. */
const inOrder = createQueue();

interface Arrived {
  readonly report: PageReport;
  readonly site: Site;
}

/** More at once would hold up whoever asks next. */
const maximumTogether = 40;
/** By tab, the reports that wait for their turn, as long as nothing else was asked about the tab since. */
const waiting = new Map<number, { readonly reports: Arrived[]; readonly done: Promise<unknown> }>();

async function read(tabId: number): Promise<KeptPage | null> {
  return z.safeParse(keptPageSchema, await tabItem(tabId).get()).data ?? null;
}

/** Whether the kept page is shown since later than this one: messages of two documents of a tab overtake each other. */
function isOutdated(kept: PageState | null, shownAt: number): boolean {
  return kept !== null && kept.shownAt > shownAt && kept.shownAt <= Date.now() + clockToleranceMs;
}

/**
 * The page that the tab shows. A document that ends with its whole process has no chance to say that it leaves, so the
 * tab's own address decides: without our permission for its site there is none.
 */
export function getPage(tabId: number): Promise<PageState | null> {
  waiting.delete(tabId);
  return inOrder(async () => {
    const page = await read(tabId);
    if (!page) return null;
    const tab = await browser.tabs.get(tabId).catch(() => null);
    if (tab?.url && new URL(tab.url).origin === new URL(page.url).origin) return z.parse(pageStateSchema, page);
    await tabItem(tabId).remove();
    return null;
  });
}

/** The page as it was last reported, without asking the browser whether the tab still shows it. */
export function lastReported(tabId: number): Promise<PageState | null> {
  waiting.delete(tabId);
  return inOrder(() => read(tabId));
}

/**
 * The site of an address that a content script names. It must be of the origin that the browser vouches for: a page can at
 * worst spoil what is shown about itself. Throws AppError `permission`.
 */
export function siteOfSender(address: string, senderUrl: string | null): Site {
  const url = new URL(address);
  const site = siteFor(url);
  if (!site || !senderUrl || new URL(senderUrl).origin !== url.origin) {
    throw new AppError('permission', `A message about ${url.origin} from elsewhere.`);
  }
  return site;
}

/**
 * Keeps a report and does `then` with what it says, before anything that was asked later has its turn; null when the tab has
 * gone on since. Reports that come while an earlier one still waits are kept and dealt with together, in their order, and
 * resolve together: a page that moves fast reports faster than a database writes. Throws AppError `permission`, see
 * `siteOfSender`.
 */
export function putPage<Value>(
  tabId: number,
  report: PageReport,
  senderUrl: string | null,
  then: (followed: readonly [FollowedReport, ...FollowedReport[]]) => Promise<Value>,
): Promise<Value | null> {
  const arrived: Arrived = { report, site: siteOfSender(report.url, senderUrl) };
  const joined = waiting.get(tabId);
  if (joined && joined.reports.length < maximumTogether) {
    joined.reports.push(arrived);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- there is one caller, which does the same with every report
    return joined.done as Promise<Value | null>;
  }
  const reports = [arrived];
  const done = inOrder(async () => {
    if (waiting.get(tabId)?.reports === reports) waiting.delete(tabId);
    const followed: FollowedReport[] = [];
    let kept = await read(tabId);
    for (const { report: next, site } of reports) {
      if (isOutdated(kept, next.shownAt)) continue;
      const one = followReport(kept, next, { tabId, site }, Date.now());
      kept = one.page;
      followed.push(one);
    }
    const [first, ...others] = followed;
    if (!first || !kept) return null;
    await tabItem(tabId).set(kept satisfies PageState);
    return then([first, ...others]);
  });
  waiting.set(tabId, { reports, done });
  return done;
}

/** Forgets the page that was shown since `shownAt`; a later one stays. */
export function leavePage(tabId: number, shownAt: number): Promise<void> {
  waiting.delete(tabId);
  return inOrder(async () => {
    if (!isOutdated(await read(tabId), shownAt)) await tabItem(tabId).remove();
  });
}

/** Forgets the page of a tab that is gone. */
export function forgetPage(tabId: number): Promise<void> {
  waiting.delete(tabId);
  return inOrder(() => tabItem(tabId).remove());
}

/** Whether the tab's page showed this when it last reported. */
export function shows(page: PageState | null, ref: RefKey): boolean {
  if (!page) return false;
  return page.current === ref || page.refs.includes(ref) || page.items.some((item) => item.ref === ref);
}
