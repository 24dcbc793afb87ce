/** The lists that APIs give, and runs of many lookups: asked of the worker, which goes on when the panel is closed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../lib/core/errors.ts';
import type { RefKey } from '../lib/core/ref.ts';
import type { Input, ListOffer, ListState } from '../lib/messaging/protocol.ts';
import { type Query, useQuery, useSurroundings } from './hooks.tsx';

export type ListRun = Omit<Input<'list.run'>, 'tabId'>;

export interface ApiLists {
  readonly offers: Query<readonly ListOffer[]>;
  readonly lists: Query<readonly ListState[]>;
  /** Begins a list or goes on with it; both reject with AppError. */
  readonly run: (run: ListRun) => Promise<ListState>;
  readonly stop: (key: string) => Promise<ListState>;
}

/** What APIs can list of a tab's page, and what they have listed. */
export function useApiLists(tabId: number): ApiLists {
  const { host } = useSurroundings();
  const offers = useQuery(
    host,
    `offers ${tabId}`,
    () => host.send('list.offers', { tabId }),
    (event) =>
      event.event === 'credentials.changed' ||
      event.event === 'settings.changed' ||
      (event.event === 'page.changed' && event.tabId === tabId),
  );
  const lists = useQuery(
    host,
    `lists ${tabId}`,
    () => host.send('list.get', { tabId }),
    (event) => event.event === 'list.changed' && event.tabId === tabId,
  );
  const after = async (answer: Promise<ListState>): Promise<ListState> => {
    const state = await answer;
    lists.reload();
    return state;
  };
  return {
    offers,
    lists,
    run: (run) => after(host.send('list.run', { tabId, ...run })),
    stop: (key) => after(host.send('list.stop', { tabId, key })),
  };
}

export type LookupsState =
  | { readonly step: 'idle' }
  | { readonly step: 'running'; readonly refs: readonly RefKey[]; readonly done: number; readonly stopping: boolean }
  | { readonly step: 'done'; readonly found: number; readonly errors: readonly WireError[]; readonly stopped: number }
  | { readonly step: 'failed'; readonly error: WireError };

export interface Lookups {
  readonly state: LookupsState;
  readonly run: (refs: readonly RefKey[]) => void;
  /** What has begun is finished. */
  readonly stop: () => void;
  readonly dismiss: () => void;
}

/** Looks up many things of a tab's page at once, and tells how that goes. */
export function useLookups(tabId: number | null): Lookups {
  const { host } = useSurroundings();
  const [state, setState] = useState<LookupsState>({ step: 'idle' });
  const waiting = useRef(new Set<RefKey>());
  useEffect(() => setState({ step: 'idle' }), [tabId]);

  // A record that changes while it is waited for has been asked about or answered; the worker's answer counts in the end.
  useEffect(
    () =>
      host.subscribe((event) => {
        if (event.event !== 'record.changed' || !waiting.current.delete(event.ref)) return;
        const left = waiting.current.size;
        setState((now) => (now.step === 'running' ? { ...now, done: now.refs.length - left } : now));
      }),
    [host],
  );

  const run = useCallback(
    (refs: readonly RefKey[]) => {
      waiting.current = new Set(refs);
      setState({ step: 'running', refs, done: 0, stopping: false });
      host
        .send('record.lookup_many', { refs: [...refs], refresh: false, tabId })
        .then(
          (answers) => {
            const errors = answers.flatMap(({ error }) => error ?? []);
            const stopped = errors.filter(({ code }) => code === 'cancelled').length;
            setState({
              step: 'done',
              found: answers.length - errors.length,
              errors: errors.filter(({ code }) => code !== 'cancelled'),
              stopped,
            });
          },
          (error: unknown) => setState({ step: 'failed', error: toAppError(error).toWire() }),
        )
        .finally(() => waiting.current.clear());
    },
    [host, tabId],
  );
  const stop = useCallback(() => {
    setState((now) => (now.step === 'running' ? { ...now, stopping: true } : now));
    host.send('record.stop', { tabId }).catch(() => {
      // The worker is gone, and with it what was to be stopped.
    });
  }, [host, tabId]);
  return { state, run, stop, dismiss: useCallback(() => setState({ step: 'idle' }), []) };
}

export type Resolving =
  | { readonly step: 'idle' | 'running' }
  | { readonly step: 'done'; readonly url: string; readonly ref: RefKey | null }
  | { readonly step: 'failed'; readonly error: WireError };

/** Asks an API where a short link leads. */
export function useResolve(ref: RefKey, tabId: number | null): { readonly state: Resolving; readonly run: () => void } {
  const { host } = useSurroundings();
  const [state, setState] = useState<Resolving>({ step: 'idle' });
  useEffect(() => setState({ step: 'idle' }), [ref]);
  const run = useCallback(() => {
    setState({ step: 'running' });
    host.send('link.resolve', { ref, tabId }).then(
      (found) => setState({ step: 'done', ...found }),
      (error: unknown) => setState({ step: 'failed', error: toAppError(error).toWire() }),
    );
  }, [host, ref, tabId]);
  return { state, run };
}
