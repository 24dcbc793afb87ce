/**
 * The door from the views to the worker, with entries.ts for the records, credentials.ts for keys, api-lists.ts for the
 * lists of APIs and exports.ts for what is chosen of an export. Views ask through these hooks and are drawn again when the
 * worker tells that something changed; they never send a message themselves.
 */
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../lib/core/errors.ts';
import type { RefKey } from '../lib/core/ref.ts';
import { createTranslator, resolveLanguage, type Translate } from '../lib/i18n/index.ts';
import type { PageHost } from '../lib/messaging/host.ts';
import type {
  DeletionOutcome,
  ExportedFile,
  HealthEntry,
  PageView,
  Project,
  Settings,
  StorageRoom,
  StorageSummary,
  WorkerEvent,
} from '../lib/messaging/protocol.ts';

interface Surroundings {
  readonly host: PageHost;
  readonly settings: Settings;
  readonly changeSettings: (change: Partial<Settings>) => void;
  readonly translate: Translate;
}

const SurroundingsContext = createContext<Surroundings | null>(null);

/** What HostProvider gives: for hooks only, views take what they need from the hooks below. */
export function useSurroundings(): Surroundings {
  const surroundings = useContext(SurroundingsContext);
  if (!surroundings) throw new Error('A view stands outside HostProvider');
  return surroundings;
}

/** One question to the worker: its last answer stays while it is asked again. */
export interface Query<T> {
  readonly value: T | null;
  readonly error: WireError | null;
  readonly loading: boolean;
  readonly reload: () => void;
}

/** Events come in bursts, such as while a page is scrolled: so long (ms) they are gathered before it is asked again. */
const gatherMs = 50;

/** For hooks only. Asks when `key` changes and whenever an event concerns the answer. A null key asks nothing. */
export function useQuery<T>(
  host: PageHost,
  key: string | null,
  ask: () => Promise<T>,
  concerns: (event: WorkerEvent) => boolean,
): Query<T> {
  const [answer, setAnswer] = useState<{ key: string | null; value: T | null; error: WireError | null }>({
    key: null,
    value: null,
    error: null,
  });
  const [round, setRound] = useState(0);
  const latest = useRef({ ask, concerns, key, asked: 0, answered: 0 });
  Object.assign(latest.current, { ask, concerns, key });

  useEffect(() => {
    if (key === null) return;
    const now = latest.current;
    const number = ++now.asked;
    // An answer is good until a later one came: waiting for the last of a stream of questions would show nothing.
    const isNews = () => {
      if (now.key !== key || number < now.answered) return false;
      now.answered = number;
      return true;
    };
    now.ask().then(
      (value) => isNews() && setAnswer({ key, value, error: null }),
      (error: unknown) =>
        isNews() &&
        setAnswer((before) => ({
          key,
          value: before.key === key ? before.value : null,
          error: toAppError(error).toWire(),
        })),
    );
  }, [key, round]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = host.subscribe((event) => {
      if (!latest.current.concerns(event)) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        setRound((count) => count + 1);
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [host]);

  const known = answer.key === key && key !== null;
  return {
    value: known ? answer.value : null,
    error: known ? answer.error : null,
    loading: key !== null && !known,
    reload: useCallback(() => setRound((count) => count + 1), []),
  };
}

/**
 * Gives the views their host, settings and words. `fallback` is drawn instead of them when the worker does not answer.
 * The language is set on the document, for screen readers and for the choice of Han glyphs.
 */
export function HostProvider(props: {
  host: PageHost;
  fallback: (error: WireError, translate: Translate, retry: () => void) => ComponentChildren;
  children: ComponentChildren;
}) {
  const { host } = props;
  const query = useQuery(
    host,
    'settings',
    () => host.send('settings.get', {}),
    (event) => event.event === 'settings.changed',
  );
  // What the reader just chose, shown until the worker confirms or refuses it.
  const [chosen, setChosen] = useState<Partial<Settings>>({});
  const settings = useMemo(() => (query.value ? { ...query.value, ...chosen } : null), [query.value, chosen]);
  const language = resolveLanguage(settings?.language ?? 'auto', host.browserLanguage);
  const translate = useMemo(() => createTranslator(language), [language]);

  useEffect(() => {
    document.documentElement.lang = translate.locale;
  }, [translate]);

  const changeSettings = useCallback(
    async (change: Partial<Settings>) => {
      setChosen((before) => ({ ...before, ...change }));
      try {
        await host.send('settings.change', change);
        query.reload();
        // Kept a moment longer than the answer, so that a switch never flickers back.
        await new Promise((resolve) => setTimeout(resolve, 300));
      } catch {
        // Not taken over: the switch goes back to what is stored.
      }
      setChosen({});
    },
    [host],
  );

  const surroundings = useMemo(
    () =>
      settings && {
        host,
        settings,
        changeSettings: (change: Partial<Settings>) => void changeSettings(change),
        translate,
      },
    [host, settings, changeSettings, translate],
  );
  if (!surroundings) return query.error ? <>{props.fallback(query.error, translate, query.reload)}</> : null;
  return <SurroundingsContext.Provider value={surroundings}>{props.children}</SurroundingsContext.Provider>;
}

/** The words of the interface in the chosen language. */
export function useTranslate(): Translate {
  return useSurroundings().translate;
}

/** The settings and how to change some of them; a change shows at once. */
export function useSettings(): { readonly settings: Settings; readonly change: (change: Partial<Settings>) => void } {
  const { settings, changeSettings } = useSurroundings();
  return { settings, change: changeSettings };
}

/** What the page may ask its browser for: permissions, the panel, the options. */
export function useHost(): Omit<PageHost, 'send' | 'subscribe'> {
  return useSurroundings().host;
}

/** The IANA zone in which times are shown. */
export function useTimeZone(): string {
  const { timeZone } = useSurroundings().settings;
  return timeZone === 'local' ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone;
}

/** Unix ms, told anew every so often, for "3 min ago" and countdowns. */
export function useNow(everyMs = 20_000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** The active tab and the page in it; follows tab switches and the page's own navigation. */
export function usePage(): Query<PageView> & { readonly tabId: number | null } {
  const { host } = useSurroundings();
  const [tabId, setTabId] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    let current = true;
    const settle = (tab: number | null) => {
      if (!current) return;
      setTabId(tab);
      setAsked(true);
    };
    const unsubscribe = host.onActiveTab(settle);
    host.activeTab().then(settle, () => settle(null));
    return () => {
      current = false;
      unsubscribe();
    };
  }, [host]);
  const query = useQuery(
    host,
    tabId === null ? null : `page ${tabId}`,
    () => host.send('page.get', { tabId: tabId ?? -1 }),
    (event) =>
      event.event === 'settings.changed' ||
      event.event === 'projects.changed' ||
      (event.event === 'page.changed' && event.tabId === tabId),
  );
  return { ...query, loading: !asked || query.loading, tabId };
}

export type ExportState =
  | { readonly step: 'idle' }
  | { readonly step: 'running' }
  | { readonly step: 'done'; readonly files: readonly ExportedFile[] }
  | { readonly step: 'failed'; readonly error: WireError };

export interface Exporting {
  readonly state: ExportState;
  /** `selection` exports these `refs`; with `listKey` of a list of an API instead of the page's own. */
  readonly run: (scope: 'page' | 'current' | 'selection', refs?: readonly RefKey[], listKey?: string) => void;
  readonly dismiss: () => void;
}

/** Exports what a tab's page holds, and tells how that goes. */
export function useExport(tabId: number | null): Exporting {
  const { host } = useSurroundings();
  const [state, setState] = useState<ExportState>({ step: 'idle' });
  useEffect(() => setState({ step: 'idle' }), [tabId]);
  const run = useCallback<Exporting['run']>(
    (scope, refs, listKey) => {
      if (tabId === null) return;
      setState({ step: 'running' });
      const chosen = { ...(refs ? { refs: [...refs] } : {}), ...(listKey === undefined ? {} : { listKey }) };
      host.send('export.run', { tabId, scope, ...chosen }).then(
        (files) => setState({ step: 'done', files }),
        (error: unknown) => setState({ step: 'failed', error: toAppError(error).toWire() }),
      );
    },
    [host, tabId],
  );
  return { state, run, dismiss: useCallback(() => setState({ step: 'idle' }), []) };
}

export type SaveState =
  | { readonly step: 'idle' }
  | { readonly step: 'running' }
  | { readonly step: 'done'; readonly saved: number }
  | { readonly step: 'failed'; readonly error: WireError };

export interface Saving {
  readonly state: SaveState;
  /** These things of the page, or with null all of them. */
  readonly run: (refs: readonly RefKey[] | null) => void;
  readonly dismiss: () => void;
}

/** Saves what a tab's page holds into the active project, `project`, and tells how that goes. */
export function useSave(tabId: number | null, project: string | null): Saving {
  const { host } = useSurroundings();
  const [state, setState] = useState<SaveState>({ step: 'idle' });
  useEffect(() => setState({ step: 'idle' }), [tabId, project]);
  const run = useCallback<Saving['run']>(
    (refs) => {
      if (tabId === null) return;
      setState({ step: 'running' });
      host.send('page.save', { tabId, refs: refs && [...refs] }).then(
        ({ saved }) => setState({ step: 'done', saved }),
        (error: unknown) => setState({ step: 'failed', error: toAppError(error).toWire() }),
      );
    },
    [host, tabId],
  );
  return { state, run, dismiss: useCallback(() => setState({ step: 'idle' }), []) };
}

export interface Projects extends Query<readonly Project[]> {
  /** Rejects with AppError, as do the others. The new project is the active one. */
  readonly create: (name: string) => Promise<void>;
  readonly choose: (id: string) => Promise<void>;
  readonly record: (id: string, recording: boolean) => Promise<void>;
  /** What is left out stays. */
  readonly change: (id: string, change: Partial<Pick<Project, 'name' | 'keepRaw' | 'retentionDays'>>) => Promise<void>;
  /** With `data`, also what is in no other project. */
  readonly remove: (id: string, data: boolean) => Promise<DeletionOutcome>;
  /** The key of its pseudonyms as a file. */
  readonly key: (id: string) => Promise<{ readonly name: string; readonly text: string }>;
}

/** The projects, the active one first. */
export function useProjects(): Projects {
  const { host } = useSurroundings();
  const query = useQuery(
    host,
    'projects',
    () => host.send('project.list', {}),
    (event) => event.event === 'projects.changed',
  );
  const after = async (answer: Promise<unknown>): Promise<void> => {
    await answer;
    query.reload();
  };
  const remove = async (id: string, data: boolean): Promise<DeletionOutcome> => {
    const outcome = await host.send('project.delete', { id, data });
    query.reload();
    return outcome;
  };
  return {
    ...query,
    create: (name) => after(host.send('project.create', { name })),
    choose: (id) => after(host.send('project.choose', { id })),
    record: (id, recording) => after(host.send('project.record', { id, recording })),
    change: (id, change) => after(host.send('project.change', { id, ...change })),
    remove,
    key: (id) => host.send('project.key', { id }),
  };
}

export interface Health extends Query<readonly HealthEntry[]> {
  /** The diagnostic file, as JSON text. Rejects with AppError, as does the other. */
  readonly report: () => Promise<{ readonly name: string; readonly text: string }>;
  readonly reset: () => Promise<void>;
}

/** How well the reading of each site's pages works. */
export function useHealth(): Health {
  const { host } = useSurroundings();
  const query = useQuery(
    host,
    'health',
    () => host.send('health.get', {}),
    (event) => event.event === 'health.changed',
  );
  return {
    ...query,
    report: () => host.send('health.report', {}),
    reset: async () => {
      await host.send('health.reset', {});
      query.reload();
    },
  };
}

export interface StorageControls extends Query<StorageSummary> {
  readonly room: Query<StorageRoom>;
  readonly clearCache: () => Promise<void>;
  readonly deleteData: () => Promise<void>;
}

/** How much is stored, and how to forget the lookups, or all of it; both reject with AppError. */
export function useStorage(): StorageControls {
  const { host } = useSurroundings();
  const query = useQuery(
    host,
    'storage',
    () => host.send('storage.summary', {}),
    (event) => ['record.changed', 'library.changed', 'data.deleted'].includes(event.event),
  );
  const room = useQuery(
    host,
    'room',
    () => host.send('storage.room', {}),
    (event) => ['projects.changed', 'library.changed', 'data.deleted'].includes(event.event),
  );
  return {
    ...query,
    room,
    clearCache: async () => {
      await host.send('cache.clear', {});
      query.reload();
    },
    deleteData: async () => {
      await host.send('data.delete', {});
      query.reload();
    },
  };
}
