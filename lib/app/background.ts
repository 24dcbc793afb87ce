/** The composition root of the worker. Everything it needs is made on first use: the worker may start for any one event. */
import { browser } from 'wxt/browser';
import { resolveTimeZone } from '../analysis/time.ts';
import { AppError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import { createTranslator, resolveLanguage, type Translate } from '../i18n/index.ts';
import { overlayWordKeys } from '../messaging/overlay-words.ts';
import type { ChipModel, StorageSummary, WorkerEvent } from '../messaging/protocol.ts';
import { listen, type SenderFacts, tell } from '../messaging/server.ts';
import { siteFor } from '../sites/index.ts';
import { clearLookups, countLookups } from '../storage/cache.ts';
import { connectCredentials, connectData } from '../storage/database.ts';
import { changeSettings, getSettings } from '../storage/items.ts';
import { countStored } from '../storage/records.ts';
import { createHttp } from '../transport/http.ts';
import { giveBackAccess, hasAccess } from './access.ts';
import { createBudget } from './budget.ts';
import { chipModel } from './chip.ts';
import { createCredentials } from './credentials.ts';
import { exportPage, pageAddress } from './export.ts';
import { createLookups, type LookupOptions } from './lookup.ts';
import { saveFile, watchDownloads } from './save-file.ts';
import { contentCanOpenPanel, openSidePanel } from './side-panel.ts';
import { forgetPage, getPage, leavePage, putPage, shows } from './tab-pages.ts';

/** The one click writes this until there is a choice. */
const oneClickExporter = 'csv';

/**
 * Calls that content scripts may cause per minute, over all tabs. Nobody looks at more than one item in two seconds; a
 * script that was taken over by its page must not spend an allowance.
 */
const pageCallsPerMinute = 30;

/** Starts the worker. All listeners are registered before the first await. */
export function startBackground(): void {
  const clock = { now: () => Date.now() };
  const data = connectData();
  const credentialDatabase = connectCredentials();
  const budget = createBudget(pageCallsPerMinute, 60_000, () => clock.now());
  const http = createHttp(clock);
  const lookups = createLookups({
    data,
    credentials: credentialDatabase,
    settings: getSettings,
    http,
    clock,
    hasAccess,
    // A new quota reading is for the options page; keys are as they were.
    tell: (event) => (event.event === 'credentials.changed' ? tell(event) : tellEverywhere(event)),
  });
  const credentials = createCredentials({
    data,
    credentials: credentialDatabase,
    http,
    clock,
    hasAccess,
    giveBackAccess,
    tell: (event) => {
      lookups.forgetRefusals();
      tellEverywhere(event);
    },
  });

  listen(
    {
      'page.report': async (report, sender) => {
        await putPage(tabOf(sender), report, sender.url);
        tell({ event: 'page.changed', tabId: tabOf(sender) });
        return null;
      },
      'page.leave': async ({ shownAt }, sender) => {
        await leavePage(tabOf(sender), shownAt);
        tell({ event: 'page.changed', tabId: tabOf(sender) });
        return null;
      },
      'page.get': ({ tabId }) => getPage(tabId),

      'overlay.setup': async (_input, sender) => {
        const settings = await getSettings();
        const t = await translator();
        const site = sender.url ? siteFor(new URL(sender.url)) : null;
        return {
          paused: settings.paused,
          overlay: !settings.paused && site !== null && !settings.overlayOffSites.includes(site.id),
          language: t.language,
          words: Object.fromEntries(overlayWordKeys.map((key) => [key, t(key)])),
          chipPosition: settings.chipPosition,
          canOpenPanel: contentCanOpenPanel,
        };
      },
      'overlay.chip': async ({ ref }) => chip(ref),
      'overlay.lookup': async ({ ref, refresh, automatic }, sender) => {
        const page = await getPage(tabOf(sender));
        // What was current a moment ago is not worth a call any more.
        if (automatic && page?.current !== ref) return chip(ref);
        if (!shows(page, ref)) throw new AppError('permission', 'The page of this tab does not show that.');
        const pageUrl = sender.url ? pageAddress(sender.url) : null;
        await lookups.lookup(ref, { refresh, automatic, pageUrl, budget });
        return chip(ref);
      },
      'overlay.export': (_input, sender) => exportTab(tabOf(sender), 'page'),
      'overlay.panel': async (_input, sender) => {
        await openSidePanel(tabOf(sender));
        return null;
      },
      'overlay.options': async () => {
        await browser.runtime.openOptionsPage();
        return null;
      },
      'overlay.move': async ({ position }) => {
        await changeSettings({ chipPosition: position });
        return null;
      },
      'overlay.off': async (_input, sender) => {
        const site = sender.url ? siteFor(new URL(sender.url)) : null;
        if (!site) return null;
        await changeSettings(({ overlayOffSites }) => ({
          overlayOffSites: [...new Set([...overlayOffSites, site.id])],
        }));
        tellEverywhere({ event: 'settings.changed' });
        return null;
      },

      'record.get': ({ refs }) => Promise.all(refs.map((ref) => lookups.entry(ref))),
      'record.lookup': ({ ref, refresh, tabId }) => lookupFor(ref, refresh, tabId),
      'export.run': ({ tabId, scope }) => exportTab(tabId, scope),

      'settings.get': () => getSettings(),
      'settings.change': async (patch) => {
        const settings = await changeSettings(patch);
        tellEverywhere({ event: 'settings.changed' });
        return settings;
      },

      'credential.list': () => credentials.list(),
      'credential.save': ({ provider, values }) => credentials.save(provider, values),
      'credential.test': ({ provider, values }) => credentials.test(provider, values),
      'credential.delete': ({ provider }) => credentials.remove(provider),

      'storage.summary': () => summary(),
      'cache.clear': async () => {
        await clearLookups(await data());
        return summary();
      },
    },
    (url) => siteFor(url) !== null,
  );
  watchDownloads();
  browser.tabs.onRemoved.addListener((tabId) => void forgetPage(tabId));

  async function translator(): Promise<Translate> {
    const { language } = await getSettings();
    return createTranslator(resolveLanguage(language, browser.i18n.getUILanguage()));
  }

  async function chip(ref: RefKey): Promise<ChipModel> {
    const [entry, t, settings] = await Promise.all([lookups.entry(ref), translator(), getSettings()]);
    return chipModel(entry, t, resolveTimeZone(settings.timeZone), clock.now());
  }

  async function lookupFor(ref: RefKey, refresh: boolean, tabId: number | null) {
    const page = tabId === null ? null : await getPage(tabId);
    const options: LookupOptions = { refresh, automatic: false, pageUrl: page ? pageAddress(page.url) : null };
    return lookups.lookup(ref, options);
  }

  async function exportTab(tabId: number, scope: 'page' | 'current') {
    return exportPage(await getPage(tabId), scope, oneClickExporter, {
      surroundings: async () => ({
        now: clock.now(),
        timeZone: resolveTimeZone((await getSettings()).timeZone),
        extensionVersion: browser.runtime.getManifest().version,
      }),
      saveFile: (request, name) => saveFile(data, request, name),
    });
  }

  async function summary(): Promise<StorageSummary> {
    const database = await data();
    return { ...(await countStored(database)), cachedLookups: await countLookups(database) };
  }
}

function tabOf(sender: SenderFacts): number {
  if (sender.tabId === null) throw new AppError('permission', 'This message comes from no tab.');
  return sender.tabId;
}

/** Tells the extension's pages, and the content scripts of all tabs: those that show the ref ask again. */
function tellEverywhere(event: WorkerEvent): void {
  void browser.tabs.query({}).then((tabs) =>
    tell(
      event,
      tabs.flatMap((tab) => tab.id ?? []),
    ),
  );
}
