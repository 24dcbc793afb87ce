/** What is known of the things on a page, asked of the worker piece by piece: a page may hold two thousand. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../lib/core/errors.ts';
import type { RefKey } from '../lib/core/ref.ts';
import type { Entry } from '../lib/messaging/protocol.ts';
import { useSurroundings } from './hooks.tsx';

/** Entries in one answer: more would hold up the page while they are parsed. */
const atOnce = 200;

/** Events of one answer come in bursts; so long (ms) they are gathered and then asked for together. */
const gatherMs = 60;

export interface Entries {
  readonly entries: ReadonlyMap<RefKey, Entry>;
  readonly error: WireError | null;
  /** Asks a provider. The entry shows the progress and the outcome; resolves when there is one. */
  readonly lookUp: (ref: RefKey, refresh: boolean) => Promise<void>;
}

const none: ReadonlySet<RefKey> = new Set();

/**
 * What is known of these refs, kept up to date one by one; what came once is not asked for again until it changes.
 * `tabId`: whose page they are on. `withData`: those of which the page says that there is a record.
 */
export function useEntries(
  refs: readonly RefKey[],
  tabId: number | null,
  withData: ReadonlySet<RefKey> = none,
): Entries {
  const { host } = useSurroundings();
  const [entries, setEntries] = useState<ReadonlyMap<RefKey, Entry>>(new Map());
  const [error, setError] = useState<WireError | null>(null);
  const state = useRef({ wanted: new Set<RefKey>(), queue: new Set<RefKey>(), asking: false, tabId, withData });
  const fail = useCallback((problem: unknown) => setError(toAppError(problem).toWire()), []);
  const merge = useCallback((fresh: readonly Entry[]) => {
    setError(null);
    setEntries((before) => new Map([...before, ...fresh.map((entry) => [entry.ref, entry] as const)]));
  }, []);

  // One question at a time, so that an answer never overtakes a later one.
  const ask = useCallback(async () => {
    const now = state.current;
    if (now.asking) return;
    now.asking = true;
    try {
      while (now.queue.size > 0) {
        const some = [...now.queue].slice(0, atOnce);
        for (const ref of some) now.queue.delete(ref);
        const of = now.tabId;
        const fresh = await host.send('record.get', { refs: some, tabId: of });
        if (of === now.tabId) merge(fresh.filter((entry) => now.wanted.has(entry.ref)));
      }
    } catch (problem) {
      now.queue.clear();
      fail(problem);
    } finally {
      now.asking = false;
    }
  }, [host]);

  const key = refs.join('\n');
  useEffect(() => {
    const now = state.current;
    const sameTab = now.tabId === tabId;
    const before = sameTab ? now.wanted : none;
    now.tabId = tabId;
    now.wanted = new Set(refs);
    if (!sameTab) now.queue.clear();
    for (const ref of now.queue) if (!now.wanted.has(ref)) now.queue.delete(ref);
    for (const ref of refs) if (!before.has(ref)) now.queue.add(ref);
    if (!sameTab || [...before].some((ref) => !now.wanted.has(ref))) {
      setEntries((known) => new Map(sameTab ? [...known].filter(([ref]) => now.wanted.has(ref)) : []));
    }
    void ask();
  }, [key, tabId, ask]);

  // A record that the page brought since: its arrival may have been told before we listened.
  useEffect(() => {
    const now = state.current;
    for (const ref of withData) if (!now.withData.has(ref) && now.wanted.has(ref)) now.queue.add(ref);
    now.withData = withData;
    void ask();
  }, [withData, ask]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = host.subscribe((event) => {
      const { queue, wanted } = state.current;
      if (event.event === 'credentials.changed' || event.event === 'data.deleted')
        for (const ref of wanted) queue.add(ref);
      else if (event.event === 'record.changed' && wanted.has(event.ref)) queue.add(event.ref);
      else return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void ask();
      }, gatherMs);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [host, ask]);

  const lookUp = useCallback(
    async (ref: RefKey, refresh: boolean) => {
      setEntries((before) => {
        const entry = before.get(ref);
        return entry ? new Map(before).set(ref, { ...entry, status: 'loading' }) : before;
      });
      try {
        merge([await host.send('record.lookup', { ref, refresh, tabId })]);
      } catch (problem) {
        state.current.queue.add(ref);
        await ask();
        fail(problem);
      }
    },
    [host, tabId, ask],
  );
  return { entries, error, lookUp };
}
