/** The composition root of the worker. Everything it needs is made on first use: the worker may start for any one event. */
import { browser } from 'wxt/browser';
import { resolveTimeZone } from '../analysis/time.ts';
import { AppError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import { createTranslator, resolveLanguage, type Translate } from '../i18n/index.ts';
import { overlayWordKeys } from '../messaging/overlay-words.ts';
import type { ChipModel, WorkerEvent } from '../messaging/protocol.ts';
import { listen, type SenderFacts, tell } from '../messaging/server.ts';
import { siteFor } from '../sites/index.ts';
import { getCredential, getCredentials, putQuota } from '../storage/credentials.ts';
import { connectCredentials, connectData, connectSession } from '../storage/database.ts';
import { changeSettings, exportChoices, getProjects, getSettings, sessionMark } from '../storage/items.ts';
import { withinSession } from '../storage/session-buffer.ts';
import { activeProject, keepsRaw } from '../storage/projects.ts';
import { usageStore } from '../storage/usage.ts';
import { createSystemClock } from '../transport/clock.ts';
import { createHttp } from '../transport/http.ts';
import { createTransport } from '../transport/transport.ts';
import { giveBackAccess, hasAccess } from './access.ts';
import { createAsking } from './asking.ts';
import { backupHandlers } from './backup-handlers.ts';
import { showBadge } from './badge.ts';
import { createBatches } from './batch.ts';
import { createBudget } from './budget.ts';
import { chipModel } from './chip.ts';
import { createConcurrency } from './concurrency.ts';
import { createCredentials } from './credentials.ts';
import { createDestinations } from './destinations.ts';
import { exportHandlers } from './export-handlers.ts';
import { createPageExports } from './export.ts';
import { createHealth } from './health.ts';
import { createIngest } from './ingest.ts';
import { createJobAlarms } from './job-alarms.ts';
import { jobHandlers } from './job-handlers.ts';
import { createJobs } from './jobs.ts';
import { resolveLink } from './links.ts';
import { createKeeping, isStorageFull } from './keeping.ts';
import { createLists } from './lists.ts';
import { createLogins } from './login.ts';
import { createLookups, type LookupOptions } from './lookup.ts';
import { pageAddress } from './page-state.ts';
import { createPages } from './pages.ts';
import { previewFiles, saveFiles, sendFiles, stopFiles, watchDownloads } from './save-file.ts';
import { contentCanOpenPanel, openSidePanel } from './side-panel.ts';
import { getPage, lastReported, shows } from './tab-pages.ts';

/**
 * Calls that content scripts may cause per minute, over all tabs. Nobody looks at more than one item in two seconds; a
 * script that was taken over by its page must not spend an allowance.
 */
const pageCallsPerMinute = 30;

/** Changed records that are told of one by one; the page's own change says the rest. */
const maximumTold = 100;

/** Starts the worker. All listeners are registered before the first await. */
export function startBackground(): void {
  const clock = createSystemClock();
  const data = connectData();
  const session = withinSession(connectSession(), sessionMark);
  const sources = { data, session };
  const credentialDatabase = connectCredentials();
  const budget = createBudget(pageCallsPerMinute, 60_000, () => clock.now());
  const http = createHttp(clock);
  const health = createHealth({
    clock,
    surroundings: async () => ({
      version: browser.runtime.getManifest().version,
      browser: /(?:Firefox|Edg|OPR|Chrome)\/\d+/u.exec(navigator.userAgent)?.[0].replace('/', ' ') ?? 'unknown',
      language: browser.i18n.getUILanguage(),
    }),
    changed: () => tell({ event: 'health.changed' }),
  });
  const pages = createPages({
    ...sources,
    clock,
    health,
    ingest: createIngest({ ...sources, clock, health }),
    settings: getSettings,
    translator,
    changed: tellPage,
    saved: () => tellEverywhere({ event: 'projects.changed' }),
    isFull: isStorageFull,
  });
  const usage = usageStore(credentialDatabase);
  const transport = createTransport({ http, clock, store: usage, random: () => Math.random() });
  const logins = createLogins({
    credentials: credentialDatabase,
    http,
    clock,
    hasAccess,
    changed: (provider) => credentials.changed(provider),
  });
  const asking = createAsking({
    transport,
    tokens: logins,
    settings: getSettings,
    stored: async (provider) => getCredential(await credentialDatabase(), provider),
    hasAccess,
    keepQuota: async (provider, quota, belongs) => putQuota(await credentialDatabase(), provider, quota, belongs),
    asked: () => tell({ event: 'quota.changed' }),
  });
  const lookups = createLookups({
    ...sources,
    credentials: credentialDatabase,
    settings: getSettings,
    asking,
    clock,
    keepsRaw,
    tell: tellEverywhere,
  });
  const credentials = createCredentials({
    data,
    credentials: credentialDatabase,
    transport,
    usage,
    tokens: logins,
    settings: getSettings,
    clock,
    login: (provider) => logins.view(provider),
    hasAccess,
    giveBackAccess,
    tell: (event) => {
      // What was used is for the options page; keys are as they were.
      if (event.event === 'quota.changed') return tell(event);
      lookups.forgetRefusals();
      tellEverywhere(event);
    },
  });
  const lists = createLists({
    ...sources,
    asking,
    settings: getSettings,
    stored: storedProviders,
    page: getPage,
    clock,
    keepsRaw,
    changed: (tabId, refs) => {
      tell({ event: 'list.changed', tabId });
      for (const ref of refs.slice(0, maximumTold)) tell({ event: 'record.changed', ref });
    },
  });
  const concurrency = createConcurrency(asking, storedProviders);
  const batches = createBatches({
    lookup: async (ref, tabId, how) => lookups.lookup(ref, await lookupOptions(tabId, { ...how, batch: true })),
    concurrency,
    clock,
  });
  const jobAlarms = createJobAlarms(clock);
  const jobs = createJobs({
    ...sources,
    lookups,
    asking,
    settings: getSettings,
    stored: storedProviders,
    keepsRaw,
    concurrency,
    project: async (id) => {
      const { projects } = await getProjects();
      if (id !== null && !projects.some((project) => project.id === id)) {
        throw new AppError('not_found', `There is no project ${id}.`);
      }
      return id ?? (await activeProject()).id;
    },
    clock,
    random: () => Math.random(),
    newId: () => crypto.randomUUID(),
    tell,
    schedule: (next) => jobAlarms.schedule(next),
    showBadge,
  });

  const fileSources = { ...sources, credentials: credentialDatabase };
  const exports = createPageExports({
    session,
    view: (tabId) => pages.view(tabId),
    surroundings: async () => {
      const [{ timeZone }, { id, name }] = await Promise.all([getSettings(), activeProject()]);
      return {
        now: clock.now(),
        timeZone: resolveTimeZone(timeZone),
        extensionVersion: browser.runtime.getManifest().version,
        project: { id, name },
      };
    },
    choices: () => exportChoices.get(),
    saveFiles: (request, signal) => saveFiles(fileSources, request, signal),
    sendFiles: async (request, destination, signal) => {
      await sending.ensureReady(destination);
      return sendFiles(fileSources, request, destination, signal);
    },
    previewFiles: (request, table) => previewFiles(fileSources, request, table),
    stopFiles,
  });

  const sending = createDestinations({
    credentials: credentialDatabase,
    http,
    clock,
    hasAccess,
    giveBackAccess,
    tell,
  });

  const keeping = createKeeping({
    ...sources,
    credentials: credentialDatabase,
    clock,
    translator,
    jobs,
    saveOpenPages,
    tell: tellEverywhere,
  });

  listen(
    {
      'page.report': (report, sender) => pages.report(tabOf(sender), report, sender.url),
      'page.blocks': (input, sender) => pages.blocks(tabOf(sender), input, sender.url),
      'page.answer': (input, sender) => pages.answer(tabOf(sender), input, sender.url),
      'page.leave': async ({ shownAt }, sender) => {
        await pages.leave(tabOf(sender), shownAt);
        return null;
      },
      'page.get': ({ tabId }) => pages.view(tabId),
      'page.save': ({ tabId, refs }) => pages.save(tabId, refs),
      'overlay.tiles': ({ refs }, sender) => pages.tiles(tabOf(sender), refs),
      'overlay.save': (_input, sender) => pages.save(tabOf(sender), null),

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
      'overlay.chip': ({ ref }, sender) => chip(ref, tabOf(sender)),
      'overlay.lookup': async ({ ref, refresh, automatic }, sender) => {
        const tabId = tabOf(sender);
        const page = await getPage(tabId);
        // What was current a moment ago is not worth a call any more.
        if (automatic && page?.current !== ref) return chip(ref, tabId);
        if (!shows(page, ref)) throw new AppError('permission', 'The page of this tab does not show that.');
        const pageUrl = sender.url ? pageAddress(sender.url) : null;
        await lookups.lookup(ref, { refresh, automatic, pageUrl, tabId, budget });
        return chip(ref, tabId);
      },
      'overlay.export': (_input, sender) => exports.run({ tabId: tabOf(sender), scope: 'page' }),
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

      'record.get': ({ refs, tabId }) => Promise.all(refs.map((ref) => lookups.entry(ref, tabId))),
      'record.lookup': async ({ ref, refresh, tabId }) => lookups.lookup(ref, await lookupOptions(tabId, { refresh })),
      'record.lookup_many': ({ refs, refresh, tabId }) => batches.run(tabId, refs, refresh),
      'record.stop': async ({ tabId }) => {
        batches.stop(tabId);
        return null;
      },
      'link.resolve': ({ ref }) => resolveLink({ asking, settings: getSettings, stored: storedProviders }, ref),
      'list.offers': ({ tabId }) => lists.offers(tabId),
      'list.get': ({ tabId }) => lists.get(tabId),
      'list.run': (input) => lists.run(input),
      'list.stop': ({ tabId, key }) => lists.stop(tabId, key),
      ...exportHandlers(exports, tell),
      ...jobHandlers(jobs),
      ...sending.handlers,
      ...backupHandlers({ tell: tellEverywhere }),
      ...keeping.handlers,

      'health.get': () => health.entries(),
      'health.report': () => health.report(),
      'health.reset': async () => {
        await health.reset();
        return null;
      },

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

      'login.begin': async ({ provider }, sender) => {
        await logins.begin(provider, sender.tabId);
        return credentials.changed(provider);
      },
      'login.paste': async ({ provider, url }) => {
        await logins.paste(provider, url);
        return credentials.changed(provider);
      },
      'login.end': async ({ provider }) => {
        await logins.end(provider);
        return credentials.changed(provider);
      },
    },
    (url) => siteFor(url) !== null,
  );
  keeping.start();
  watchDownloads();
  logins.watch();
  jobAlarms.listen(() => jobs.wake());
  // Whatever has started the worker: what a former one was about goes on.
  jobs.wake();
  browser.tabs.onRemoved.addListener((tabId) => {
    lists.forget(tabId);
    batches.stop(tabId);
    void pages.forget(tabId);
  });

  async function translator(): Promise<Translate> {
    const { language } = await getSettings();
    return createTranslator(resolveLanguage(language, browser.i18n.getUILanguage()));
  }

  async function chip(ref: RefKey, tabId: number): Promise<ChipModel> {
    const [entry, t, settings] = await Promise.all([lookups.entry(ref, tabId), translator(), getSettings()]);
    return chipModel(entry, t, resolveTimeZone(settings.timeZone), clock.now());
  }

  async function lookupOptions(tabId: number | null, options: Partial<LookupOptions>): Promise<LookupOptions> {
    const page = tabId === null ? null : await getPage(tabId);
    const pageUrl = page ? pageAddress(page.url) : null;
    return { refresh: false, automatic: false, pageUrl, tabId, ...options };
  }

  async function storedProviders(): Promise<ReadonlySet<string>> {
    return new Set((await getCredentials(await credentialDatabase())).map(({ provider }) => provider));
  }

  /** Tells the extension's pages of every change, and the tab itself of the item that it has a chip for. */
  function tellPage(tabId: number, refs: readonly RefKey[]): void {
    tell({ event: 'page.changed', tabId });
    if (refs.length === 0) return;
    for (const ref of refs.slice(0, maximumTold)) tell({ event: 'record.changed', ref });
    void lastReported(tabId).then((page) => {
      const current = page?.current;
      if (current && refs.includes(current)) tell({ event: 'record.changed', ref: current }, [tabId]);
    });
  }

  /** What is on the screen when recording begins is recorded as well. */
  async function saveOpenPages(): Promise<void> {
    const tabs = await browser.tabs.query({});
    for (const { id } of tabs) {
      if (id !== undefined && (await getPage(id))) await pages.save(id, null);
    }
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
