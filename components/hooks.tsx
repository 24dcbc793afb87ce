/**
 * The only door from the views to the worker. Views ask through these hooks and are drawn again when the worker
 * tells that something changed; they never send a message themselves.
 */
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../lib/core/errors.ts';
import type { RefKey } from '../lib/core/ref.ts';
import { createTranslator, resolveLanguage, type Translate } from '../lib/i18n/index.ts';
import type { PageHost } from '../lib/messaging/host.ts';
import type {
  CredentialState,
  Entry,
  ExportedFile,
  PageState,
  Settings,
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

function useSurroundings(): Surroundings {
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

/** Asks when `key` changes and whenever an event concerns the answer. A null key asks nothing. */
function useQuery<T>(
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
  const latest = useRef({ ask, concerns });
  latest.current = { ask, concerns };

  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    latest.current.ask().then(
      (value) => current && setAnswer({ key, value, error: null }),
      (error: unknown) =>
        current &&
        setAnswer((before) => ({
          key,
          value: before.key === key ? before.value : null,
          error: toAppError(error).toWire(),
        })),
    );
    return () => {
      current = false;
    };
  }, [key, round]);

  useEffect(() => host.subscribe((event) => latest.current.concerns(event) && setRound((count) => count + 1)), [host]);

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
export function usePage(): Query<PageState> & { readonly tabId: number | null } {
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
    (event) => event.event === 'settings.changed' || (event.event === 'page.changed' && event.tabId === tabId),
  );
  return { ...query, loading: !asked || query.loading, tabId };
}

export interface Entries {
  readonly entries: ReadonlyMap<RefKey, Entry>;
  readonly error: WireError | null;
  /** Asks a provider. The entry shows the progress and the outcome. */
  readonly lookUp: (ref: RefKey, refresh: boolean) => void;
}

/** What is known of these refs, kept up to date one by one: a page may hold two thousand. `tabId`: whose page they are on. */
export function useEntries(refs: readonly RefKey[], tabId: number | null): Entries {
  const { host } = useSurroundings();
  const [entries, setEntries] = useState<ReadonlyMap<RefKey, Entry>>(new Map());
  const [error, setError] = useState<WireError | null>(null);
  const key = refs.join('\n');

  const merge = useCallback((fresh: readonly Entry[]) => {
    setError(null);
    setEntries((before) => new Map([...before, ...fresh.map((entry) => [entry.ref, entry] as const)]));
  }, []);
  const fail = useCallback((problem: unknown) => setError(toAppError(problem).toWire()), []);

  useEffect(() => {
    const wanted = new Set(refs);
    let current = true;
    const ask = (some: readonly RefKey[]) => {
      if (some.length === 0) return;
      host.send('record.get', { refs: [...some] }).then((fresh) => current && merge(fresh), fail);
    };
    setEntries((before) => new Map([...before].filter(([ref]) => wanted.has(ref))));
    ask(refs);

    // Events of one answer come in bursts; they are asked for together.
    const changed = new Set<RefKey>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = host.subscribe((event) => {
      if (event.event === 'credentials.changed') for (const ref of wanted) changed.add(ref);
      else if (event.event === 'record.changed' && wanted.has(event.ref)) changed.add(event.ref);
      if (changed.size === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        ask([...changed]);
        changed.clear();
      }, 40);
    });
    return () => {
      current = false;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [host, key]);

  const lookUp = useCallback(
    (ref: RefKey, refresh: boolean) => {
      setEntries((before) => {
        const entry = before.get(ref);
        return entry ? new Map(before).set(ref, { ...entry, status: 'loading' }) : before;
      });
      host.send('record.lookup', { ref, refresh, tabId }).then(
        (entry) => merge([entry]),
        (problem) => {
          fail(problem);
          host.send('record.get', { refs: [ref] }).then(merge, fail);
        },
      );
    },
    [host, tabId],
  );
  return { entries, error, lookUp };
}

export type ExportState =
  | { readonly step: 'idle' }
  | { readonly step: 'running' }
  | { readonly step: 'done'; readonly files: readonly ExportedFile[] }
  | { readonly step: 'failed'; readonly error: WireError };

/** Exports what a tab's page holds, and tells how that goes. */
export function useExport(tabId: number | null): {
  readonly state: ExportState;
  readonly run: (scope: 'page' | 'current') => void;
  readonly dismiss: () => void;
} {
  const { host } = useSurroundings();
  const [state, setState] = useState<ExportState>({ step: 'idle' });
  useEffect(() => setState({ step: 'idle' }), [tabId]);
  const run = useCallback(
    (scope: 'page' | 'current') => {
      if (tabId === null) return;
      setState({ step: 'running' });
      host.send('export.run', { tabId, scope }).then(
        (files) => setState({ step: 'done', files }),
        (error: unknown) => setState({ step: 'failed', error: toAppError(error).toWire() }),
      );
    },
    [host, tabId],
  );
  return { state, run, dismiss: useCallback(() => setState({ step: 'idle' }), []) };
}

export type CredentialValues = Record<string, string | string[]>;

export interface Credentials extends Query<readonly CredentialState[]> {
  readonly save: (provider: string, values: CredentialValues) => Promise<CredentialState>;
  readonly test: (provider: string, values: CredentialValues) => Promise<CredentialState>;
  readonly remove: (provider: string) => Promise<CredentialState>;
}

/** The stored credentials, without their secrets. The three actions reject with AppError. */
export function useCredentials(): Credentials {
  const { host } = useSurroundings();
  const query = useQuery(
    host,
    'credentials',
    () => host.send('credential.list', {}),
    (event) => event.event === 'credentials.changed' || event.event === 'quota.changed',
  );
  return {
    ...query,
    save: (provider, values) => host.send('credential.save', { provider, values }),
    test: (provider, values) => host.send('credential.test', { provider, values }),
    remove: (provider) => host.send('credential.delete', { provider }),
  };
}

/** How much is stored, and how to forget the lookups. */
export function useStorage(): Query<StorageSummary> & { readonly clearCache: () => Promise<void> } {
  const { host } = useSurroundings();
  const query = useQuery(
    host,
    'storage',
    () => host.send('storage.summary', {}),
    (event) => event.event === 'record.changed',
  );
  return {
    ...query,
    clearCache: async () => {
      await host.send('cache.clear', {});
      query.reload();
    },
  };
}
