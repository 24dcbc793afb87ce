/** Many lookups at once, as far as the limits allow. What came is stored at once: whoever asks again goes on from there. */
import { AppError, toAppError, type WireError } from '../core/errors.ts';
import type { WaitingClock } from '../core/ports.ts';
import type { RefKey } from '../core/ref.ts';
import { noKeyAdvice } from '../jobs/verdict.ts';
import type { Entry } from '../messaging/protocol.ts';

/** More calls under way than any provider allows, so that the transport, which knows the limits, always has the next. */
const mostAtOnce = 16;
/** What is under way when a run is stopped has been paid for: it may take so long (ms) to arrive. */
const graceMs = 3_000;

export interface BatchDependencies {
  /** One lookup, see Lookups; failures are in the entry. */
  readonly lookup: (
    ref: RefKey,
    owner: number | null,
    how: { readonly refresh: boolean; readonly signal: AbortSignal },
  ) => Promise<Entry>;
  /** How many calls of these providers, by id, may be under way at once. */
  readonly concurrency: (refs: readonly RefKey[]) => Promise<number>;
  readonly clock: WaitingClock;
}

export interface BatchResult {
  readonly ref: RefKey;
  /** Null: there is a record. */
  readonly error: WireError | null;
}

export interface Batches {
  /** Looks all of them up; what happened to each, in their order. One failure never loses the others. */
  run(owner: number | null, refs: readonly RefKey[], refresh: boolean): Promise<readonly BatchResult[]>;
  /** Begins no more of what runs for this tab (null: for no tab); those that did not begin end as `cancelled`. */
  stop(owner: number | null): void;
}

function cancelled(): WireError {
  return new AppError('cancelled', 'The run was stopped before this was asked for.').toWire();
}

/** Why an entry holds no fresh record after its lookup; null: it holds one. */
export function errorOf(entry: Entry, wasStopped: boolean): WireError | null {
  if (entry.error) return entry.error;
  if (entry.status === 'fresh') return null;
  if (wasStopped) return cancelled();
  if (entry.status === 'unsupported') {
    return new AppError('unsupported', `No provider looks up ${entry.ref}.`).toWire();
  }
  if (entry.status === 'no_key') {
    return new AppError('auth', 'No key of a provider for it is stored.', { advice: noKeyAdvice }).toWire();
  }
  // With a time to live of nothing a record is stale as soon as it has come.
  return null;
}

export function createBatches({ lookup, concurrency, clock }: BatchDependencies): Batches {
  const running = new Map<number | null, Set<{ stopped: boolean; readonly controller: AbortController }>>();

  return {
    async run(owner, refs, refresh) {
      const run = { stopped: false, controller: new AbortController() };
      const own = running.get(owner) ?? new Set();
      running.set(owner, own.add(run));
      const results = new Map<RefKey, WireError | null>();
      const rest = new Set(refs).values();

      const one = async (ref: RefKey): Promise<WireError | null> => {
        try {
          return errorOf(await lookup(ref, owner, { refresh, signal: run.controller.signal }), run.stopped);
        } catch (error) {
          return toAppError(error).toWire();
        }
      };
      // All take from one iterator, so that each thing is asked for once.
      const work = async (): Promise<void> => {
        for (const ref of rest) results.set(ref, run.stopped ? cancelled() : await one(ref));
      };

      try {
        // Twice as many as may be under way: while one answer is stored, the next is asked for already.
        const atOnce = Math.min(mostAtOnce, 2 * Math.max(1, await concurrency(refs)));
        await Promise.all(Array.from({ length: atOnce }, work));
        return refs.map((ref) => ({ ref, error: results.get(ref) ?? null }));
      } finally {
        own.delete(run);
        if (own.size === 0) running.delete(owner);
      }
    },

    stop(owner) {
      for (const run of running.get(owner) ?? []) {
        run.stopped = true;
        void clock.sleep(graceMs, run.controller.signal).then(
          () => run.controller.abort(),
          () => undefined,
        );
      }
    },
  };
}
