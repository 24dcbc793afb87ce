/** What each tab's page shows, as its content script last reported it. Survives the worker's death, goes with the tab. */
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { type PageReport, type PageState, pageStateSchema } from '../messaging/protocol.ts';
import { siteFor } from '../sites/index.ts';
import { tabItem } from '../storage/items.ts';

export async function getPage(tabId: number): Promise<PageState | null> {
  return z.safeParse(pageStateSchema, await tabItem(tabId).get()).data ?? null;
}

/**
 * Keeps a report. The address must be of the origin that the browser vouches for: a page can at worst spoil what is
 * shown about itself.
 */
export async function putPage(tabId: number, report: PageReport, senderUrl: string | null): Promise<void> {
  const url = new URL(report.url);
  const site = siteFor(url);
  if (!site || !senderUrl || new URL(senderUrl).origin !== url.origin) {
    throw new AppError('permission', `A report about ${url.origin} from elsewhere.`);
  }
  await tabItem(tabId).set({ ...report, tabId, platform: site.platform, site: site.id } satisfies PageState);
}

export function forgetPage(tabId: number): Promise<void> {
  return tabItem(tabId).remove();
}
