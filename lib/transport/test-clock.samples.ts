/** A clock that tests drive, and a store that holds usage as a database would: outside of the worker that uses it. */
import { AppError } from '../core/errors.ts';
import type { WaitingClock } from '../core/ports.ts';
import type { Usage, UsageStore } from '../core/usage.ts';

export interface TestClock extends WaitingClock {
  /** Lets so many ms pass; whoever wakes meanwhile goes on before the next one wakes. */
  advance(ms: number): Promise<void>;
  /** Lets time pass from one waking to the next until this is settled. */
  until<Value>(promise: Promise<Value>): Promise<Value>;
  /** Changes the time without letting any pass: somebody sets the computer's clock. */
  set(time: number): void;
  /** How many wait. */
  readonly waiting: number;
}

interface Sleeper {
  left: number;
  readonly wake: () => void;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** More than the steps of any store within one call. */
const enoughTurns = 30;

/** Lets everything run that needs no time. */
export async function settled(): Promise<void> {
  for (let count = 0; count < enoughTurns; count += 1) await turn();
}

/** `settle`: lets everything run that needs no time; who has more to wait for than a store gives their own. */
export function createTestClock(start: number, settle: () => Promise<void> = settled): TestClock {
  let time = start;
  const sleepers = new Set<Sleeper>();

  function next(): Sleeper | undefined {
    return [...sleepers].reduce<Sleeper | undefined>(
      (first, sleeper) => (first && first.left <= sleeper.left ? first : sleeper),
      undefined,
    );
  }

  function pass(ms: number): void {
    time += ms;
    for (const sleeper of sleepers) sleeper.left -= ms;
  }

  async function wake(sleeper: Sleeper): Promise<void> {
    pass(Math.max(0, sleeper.left));
    sleepers.delete(sleeper);
    sleeper.wake();
    await settle();
  }

  return {
    now: () => time,
    get waiting() {
      return sleepers.size;
    },
    set(to) {
      time = to;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(new AppError('cancelled', 'The wait was cancelled.'));
        };
        const sleeper: Sleeper = {
          left: ms,
          wake: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        if (signal?.aborted) stop();
        else {
          sleepers.add(sleeper);
          signal?.addEventListener('abort', stop, { once: true });
        }
      }),
    async advance(ms) {
      await settle();
      let left = ms;
      for (let sleeper = next(); sleeper && sleeper.left <= left; sleeper = next()) {
        left -= Math.max(0, sleeper.left);
        await wake(sleeper);
      }
      pass(left);
      await settle();
    },
    async until(promise) {
      const state = { isSettled: false };
      const end = (): void => {
        state.isSettled = true;
      };
      promise.then(end, end);
      for (await settle(); !state.isSettled; await settle()) {
        const sleeper = next();
        if (!sleeper) throw new Error('Nothing is waited for, and yet it does not end.');
        await wake(sleeper);
      }
      return promise;
    },
  };
}

export interface FastClock extends WaitingClock {
  stop(): void;
}

/**
 * A clock that runs `scale` times faster than the computer's, for tests with real connections. While the machine is too
 * busy to let the test run, it stands still: what is measured is the policy, not the machine.
 */
export function createFastClock(start: number, scale: number): FastClock {
  const longestStepMs = 1;
  let time = start;
  let last = performance.now();
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();

  function tick(): void {
    const now = performance.now();
    time += Math.min(now - last, longestStepMs) * scale;
    last = now;
    for (const sleeper of sleepers) {
      if (sleeper.at <= time) sleeper.wake();
    }
    timer = setTimeout(tick, 1);
  }
  let timer = setTimeout(tick, 1);

  return {
    now: () => Math.floor(time),
    stop: () => clearTimeout(timer),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(new AppError('cancelled', 'The wait was cancelled.'));
        };
        const sleeper = {
          at: time + ms,
          wake: () => {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        if (signal?.aborted) stop();
        else {
          sleepers.add(sleeper);
          signal?.addEventListener('abort', stop, { once: true });
        }
      }),
  };
}

export interface TestStore extends UsageStore {
  readonly kept: ReadonlyMap<string, Usage>;
  readonly writes: number;
}

/** Takes its time, as a database does: what does not wait for it is found out. */
export function createTestStore(): TestStore {
  const kept = new Map<string, Usage>();
  let writes = 0;
  return {
    kept,
    get writes() {
      return writes;
    },
    async read(provider) {
      await turn();
      return structuredClone(kept.get(provider) ?? null);
    },
    async write(usage) {
      const copy = structuredClone(usage);
      await turn();
      kept.set(usage.provider, copy);
      writes += 1;
    },
    async forget(provider) {
      kept.delete(provider);
    },
  };
}
