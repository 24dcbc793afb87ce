/** The surroundings of an extension page, made from the browser. */
import { browser } from 'wxt/browser';
import { onWorkerEvent, send } from '../messaging/client.ts';
import type { PageHost } from '../messaging/host.ts';
import { originPatterns } from './access.ts';
import { openSidePanel } from './side-panel.ts';

export function createPageHost(): PageHost {
  return {
    send,
    subscribe: onWorkerEvent,
    activeTab: async () => (await browser.tabs.query({ active: true, currentWindow: true }))[0]?.id ?? null,
    onActiveTab(listener) {
      const activated = ({ tabId, windowId }: { tabId: number; windowId: number }): void => {
        void browser.windows.getCurrent().then((own) => {
          if (own.id === windowId) listener(tabId);
        });
      };
      browser.tabs.onActivated.addListener(activated);
      return () => browser.tabs.onActivated.removeListener(activated);
    },
    requestOrigins: (origins) => browser.permissions.request({ origins: originPatterns(origins) }),
    openPanel: (tabId) => openSidePanel(tabId),
    openOptions: () => browser.runtime.openOptionsPage(),
    browserLanguage: browser.i18n.getUILanguage(),
    version: browser.runtime.getManifest().version,
  };
}
