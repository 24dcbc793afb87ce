/** Jobs and what watchlists tell of: asked of the worker, which goes on with them when the page is closed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toAppError, type WireError } from '../lib/core/errors.ts';
import type { JobItemState } from '../lib/core/job.ts';
import type { RefKey } from '../lib/core/ref.ts';
import type { PageHost } from '../lib/messaging/host.ts';
import type { Alert, Input, Job, JobItem, JobPlan, JobPreview, WorkerEvent } from '../lib/messaging/protocol.ts';
import { type Query, useQuery, useSurroundings } from './hooks.tsx';

/** A job tells of every thing that it did: so often (ms) it is asked again at most. */
const paceMs = 500;

/** Items in one answer, as the worker gives them. */
export const itemsAtOnce = 200;

/** Things that a summary is made of. */
const mostSummed = 2_000;

export interface NewJobInput {
  readonly name: string;
  /** Null: the active project. */
  readonly project: string | null;
  readonly plan: JobPlan;
  /** Empty for a listing. */
  readonly refs: readonly RefKey[];
}

export interface Jobs extends Query<readonly Job[]> {
  /** Rejects with AppError, as do all others. */
  readonly create: (job: NewJobInput) => Promise<Job>;
  readonly pause: (id: string) => Promise<void>;
  readonly resume: (id: string) => Promise<void>;
  readonly cancel: (id: string) => Promise<void>;
  /** Puts what failed back into the queue. */
  readonly retry: (id: string) => Promise<void>;
  /** Forgets the job and its alerts. */
  readonly remove: (id: string) => Promise<void>;
}

/** All jobs, the newest first. */
export function useJobs(): Jobs {
  const { host } = useSurroundings();
  const query = useQuery(host, 'jobs', () => host.send('job.list', {}), never);
  useReload(
    host,
    query.reload,
    (event) => event.event === 'job.changed' || event.event === 'library.changed' || event.event === 'data.deleted',
  );
  const after = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
    try {
      return await answer;
    } finally {
      query.reload();
    }
  };
  const done = async (answer: Promise<unknown>): Promise<void> => void (await after(answer));
  return {
    ...query,
    create: (job) => after(host.send('job.create', { ...job, plan: sent(job.plan), refs: [...job.refs] })),
    pause: (id) => done(host.send('job.pause', { id })),
    resume: (id) => done(host.send('job.resume', { id })),
    cancel: (id) => done(host.send('job.cancel', { id })),
    retry: (id) => done(host.send('job.retry', { id })),
    remove: (id) => done(host.send('job.delete', { id })),
  };
}

/** Up to 200 items of a job in its order, of one state where that is named, behind the index `after` (-1: the first). */
export function useJobItems(id: string, state: JobItemState | null, after: number): Query<readonly JobItem[]> {
  const { host } = useSurroundings();
  const key = `job items ${id} ${state} ${after}`;
  const query = useQuery(host, key, () => host.send('job.items', { id, state, after }), never);
  useReload(host, query.reload, (event) => event.event === 'job.changed' && event.id === id);
  return query;
}

/**
 * The first things of a job in one state, for the summary: so many that the reasons repeat. `settled` is how many have
 * come to this state: they are asked for again when it changes, and not at all while it is 0.
 */
export function useJobOutcomes(id: string, state: 'done' | 'failed', settled: number): Query<readonly JobItem[]> {
  const { host } = useSurroundings();
  const ask = async (): Promise<readonly JobItem[]> => {
    const found: JobItem[] = [];
    for (;;) {
      const after = found.at(-1)?.index ?? -1;
      const some = await host.send('job.items', { id, state, after });
      found.push(...some);
      if (some.length < itemsAtOnce || found.length >= mostSummed) return found;
    }
  };
  return useQuery(host, settled === 0 ? null : `job outcomes ${id} ${state} ${settled}`, ask, never);
}

export interface Alerts extends Query<readonly Alert[]> {
  /** Marks these as seen, or with null all of them; rejects with AppError. */
  readonly seen: (ids: readonly string[] | null) => Promise<void>;
}

/** What watchlists tell of, the newest first; at most 500. */
export function useAlerts(): Alerts {
  const { host } = useSurroundings();
  const query = useQuery(host, 'alerts', () => host.send('alert.list', {}), never);
  useReload(
    host,
    query.reload,
    (event) => event.event === 'alerts.changed' || event.event === 'library.changed' || event.event === 'data.deleted',
  );
  return {
    ...query,
    seen: async (ids) => {
      await host.send('alert.seen', { ids: ids && [...ids] });
      query.reload();
    },
  };
}

/**
 * What a job would ask of whom, asked again when keys or settings change. Null for either: nothing is asked. Pass the
 * same array for as long as the things are the same.
 */
export function useJobPreview(plan: JobPlan | null, refs: readonly RefKey[] | null): Query<JobPreview> {
  const { host } = useSurroundings();
  const key = plan && refs ? `preview ${JSON.stringify(plan)} ${numberOf(refs)}` : null;
  const query = useQuery(
    host,
    key,
    () => {
      if (!plan || !refs) throw new Error('A preview of nothing was asked for');
      return host.send('job.preview', { plan: sent(plan), refs: [...refs] });
    },
    never,
  );
  useReload(
    host,
    query.reload,
    ({ event }) => event === 'credentials.changed' || event === 'settings.changed' || event === 'data.deleted',
  );
  return query;
}

export type LinkOutcome = { readonly ref: RefKey | null } | { readonly error: WireError };

export interface LinkResolving {
  readonly outcomes: ReadonlyMap<RefKey, LinkOutcome>;
  readonly running: boolean;
  /** Asks an API where each of these leads, one after the other; each is a call. */
  readonly run: (links: readonly RefKey[]) => void;
  readonly stop: () => void;
}

/** Short links of a list, one call each. What was asked stays known while the list is changed. */
export function useResolveLinks(): LinkResolving {
  const { host } = useSurroundings();
  const [outcomes, setOutcomes] = useState<ReadonlyMap<RefKey, LinkOutcome>>(new Map());
  const [running, setRunning] = useState(false);
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const run = useCallback(
    async (links: readonly RefKey[]) => {
      stopped.current = false;
      setRunning(true);
      for (const link of links) {
        if (stopped.current) break;
        const outcome = await host.send('link.resolve', { ref: link, tabId: null }).then(
          ({ ref }): LinkOutcome => ({ ref }),
          (error: unknown): LinkOutcome => ({ error: toAppError(error).toWire() }),
        );
        setOutcomes((before) => new Map(before).set(link, outcome));
        // The next ones would be refused as well, until somebody mends the key.
        if ('error' in outcome && !['not_found', 'removed', 'private'].includes(outcome.error.code)) break;
      }
      setRunning(false);
    },
    [host],
  );
  return {
    outcomes,
    running,
    run: (links) => void run(links),
    stop: () => {
      stopped.current = true;
    },
  };
}

/** A plan as messages have it: they are written to nowhere, but their type does not say so. */
function sent(plan: JobPlan): Input<'job.create'>['plan'] {
  return plan.kind === 'watchlist' ? { ...plan, rules: [...plan.rules] } : plan;
}

const never = (): boolean => false;

/** For answers that would be asked for too often otherwise: at once after a quiet time, then at the pace. */
function useReload(host: PageHost, reload: () => void, concerns: (event: WorkerEvent) => boolean): void {
  const latest = useRef(concerns);
  latest.current = concerns;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = Number.NEGATIVE_INFINITY;
    const unsubscribe = host.subscribe((event) => {
      if (!latest.current(event)) return;
      timer ??= setTimeout(
        () => {
          timer = undefined;
          last = Date.now();
          reload();
        },
        Math.max(0, last + paceMs - Date.now()),
      );
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [host, reload]);
}

const numbers = new WeakMap<readonly RefKey[], number>();
let lastNumber = 0;

/** Tells arrays apart without reading a hundred thousand refs. */
function numberOf(refs: readonly RefKey[]): number {
  const known = numbers.get(refs);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(refs, lastNumber);
  return lastNumber;
}
