/** Chromium's side panel and Firefox's sidebar. The one file that knows how they differ. */
import { browser } from 'wxt/browser';

/** Firefox opens its sidebar only from a click in its own interface or in a page of ours, never for a content script. */
export const contentCanOpenPanel: boolean = !import.meta.env.FIREFOX;

/** Opens the panel beside this tab. Must be called synchronously in the handling of a click. */
export async function openSidePanel(tabId: number): Promise<void> {
  if (import.meta.env.FIREFOX) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the type knows Chromium's API only
    await (browser as unknown as { sidebarAction: { open: () => Promise<void> } }).sidebarAction.open();
    return;
  }
  await browser.sidePanel.open({ tabId });
}
