/** The surroundings of an extension page, made from the browser. */
import { browser } from 'wxt/browser';
import { onWorkerEvent, send } from '../messaging/client.ts';
import type { PageHost } from '../messaging/host.ts';
import { requestAccess } from './access.ts';
import { openSidePanel } from './side-panel.ts';

/** `sidepanel.html?tab=12` stays with that tab: a panel in a tab or window of its own would else look at itself. */
function pinnedTab(): number | null {
  const text = new URLSearchParams(location.search).get('tab');
  return text && /^\d+$/u.test(text) ? Number(text) : null;
}

async function openLibrary(view?: string): Promise<void> {
  const page = browser.runtime.getURL('/library.html');
  const url = view === undefined ? page : `${page}#${view}`;
  // Tabs cannot be asked for by our own address without the permission to see everybody's.
  const contexts = await browser.runtime.getContexts({ contextTypes: ['TAB'] });
  const open = contexts.find(({ documentUrl }) => documentUrl?.split('#')[0] === page);
  if (!open || open.tabId < 0) {
    await browser.tabs.create({ url });
    return;
  }
  // Only what stands after the # differs: the page stays as it is and hears of it.
  await browser.tabs.update(open.tabId, { active: true, ...(view === undefined ? {} : { url }) });
  await browser.windows.update(open.windowId, { focused: true });
}

export function createPageHost(): PageHost {
  const pinned = pinnedTab();
  return {
    send,
    subscribe(listener) {
      const stopListening = onWorkerEvent(listener);
      // A page that is left for a site we do not know cannot always say so.
      const updated = (tabId: number, change: { readonly status?: string | undefined }): void => {
        if (change.status === 'complete') listener({ event: 'page.changed', tabId });
      };
      browser.tabs.onUpdated.addListener(updated);
      return () => {
        stopListening();
        browser.tabs.onUpdated.removeListener(updated);
      };
    },
    activeTab: async () => pinned ?? (await browser.tabs.query({ active: true, currentWindow: true }))[0]?.id ?? null,
    onActiveTab(listener) {
      if (pinned !== null) return () => undefined;
      const activated = ({ tabId, windowId }: { tabId: number; windowId: number }): void => {
        void browser.windows.getCurrent().then((own) => {
          if (own.id === windowId) listener(tabId);
        });
      };
      browser.tabs.onActivated.addListener(activated);
      return () => browser.tabs.onActivated.removeListener(activated);
    },
    requestOrigins: requestAccess,
    openPanel: (tabId) => openSidePanel(tabId),
    openOptions: () => browser.runtime.openOptionsPage(),
    openLibrary,
    browserLanguage: browser.i18n.getUILanguage(),
    version: browser.runtime.getManifest().version,
  };
}
