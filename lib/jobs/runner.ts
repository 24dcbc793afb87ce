/**
 * Runs jobs in small committed steps: a thing is marked as running before it is asked for, and has its result in the same
 * transaction as the job's counts. Whatever is marked when a worker begins was asked for by one that died: it is queued
 * again, so that a thing is asked for once, and once more for each death that it was under way in.
 */
import { AppError, toAppError, type WireError } from '../core/errors.ts';
import type { Job, JobItem } from '../core/job.ts';
import type { WaitingClock } from '../core/ports.ts';
import { ranUntil, transition } from './job.ts';
import type { JobStore, JobWork, Look, Settlement } from './job-ports.ts';
import { isAtEnd, newMemory, readPage, remember } from './listing.ts';
import { isOfHealth, isResult, suspectsToWait, verdictOf, waitFor } from './verdict.ts';
import { nextDueAt } from './watchlist.ts';

/** What is under way when a job is stopped has been paid for: it may take so long (ms) to arrive. */
const graceMs = 3_000;
/** A run that came to nothing is not tried again before so many ms. */
const restMs = 20_000;

export interface RunnerDependencies {
  readonly store: JobStore;
  readonly work: JobWork;
  readonly clock: WaitingClock;
  /** From 0 to 1, for the jitter. */
  readonly random: () => number;
  /** The job is not what it was. */
  readonly changed: (id: string) => void;
  /** Whether something runs, and when the next job goes on by itself (Unix ms; null: none does). */
  readonly schedule: (next: { readonly running: boolean; readonly at: number | null }) => void;
}

export interface Runner {
  /**
   * Begins or goes on with every job that can: at every start of the worker, at every alarm, after every change. `id`: a
   * person wants this one to go on, whatever became of it a moment ago.
   */
  wake(id?: string): void;
  /** A job was paused, cancelled or deleted: begins no more of it; what is under way may still arrive. */
  stop(id: string): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

interface Run {
  readonly controller: AbortController;
  isStopped: boolean;
  /** Somebody called for it while it ran: it looks once more before it ends. */
  isWanted: boolean;
  /** Unix ms up to which its time of running is counted. */
  tick: number;
  /** Things and pages that it has asked for. */
  taken: number;
  end: Promise<void>;
}

/** How the provider of a job is, as far as this worker knows. */
interface Health {
  /** What failed one after the other, as it was before. */
  suspects: JobItem[];
  waits: number;
}

export function createRunner({ store, work, clock, random, changed, schedule }: RunnerDependencies): Runner {
  const runs = new Map<string, Run>();
  const healths = new Map<string, Health>();
  /** Unix ms before which a job is not begun again. */
  const rests = new Map<string, number>();
  /** Jobs that stopped for want of room, which could not be written down. */
  const full = new Set<string>();
  let pass: Promise<void> | null = null;
  let isCalled = false;

  function healthOf(id: string): Health {
    const health = healths.get(id) ?? { suspects: [], waits: 0 };
    healths.set(id, health);
    return health;
  }

  /** The job after a step: its time of running is counted while it runs. */
  function counted(job: Job, run: Run, now: number): Job {
    const after = ranUntil(job, run.tick, now);
    run.tick = now;
    return after;
  }

  function waiting(job: Job, until: number, reason: WireError, now: number): Job {
    if (job.state === 'running') return transition(job, { kind: 'wait', until, reason }, now);
    // Another of those that were under way has made it wait already.
    return job.state === 'waiting' ? { ...job, resume_at: Math.max(job.resume_at ?? 0, until) } : job;
  }

  /** What is written after a look. `item` is as it was taken. */
  function ending(before: Job, item: JobItem, look: Look, run: Run, now: number): Settlement {
    const job = counted(before, run, now);
    const { plan } = job;
    const health = healthOf(job.id);
    const { error, alerts } = look;
    const due = plan.kind === 'watchlist' ? nextDueAt(item.due_at ?? now, plan.everyMs, now, random()) : null;
    const ended = (state: 'done' | 'failed'): JobItem => ({ ...item, state, error, due_at: due, changed_at: now });
    const queued = (one: JobItem): JobItem => ({
      ...one,
      state: job.state === 'cancelled' ? 'skipped' : 'queued',
      changed_at: now,
    });
    const well = (): void => {
      health.suspects = [];
      health.waits = 0;
    };
    if (error === null || isResult(plan, error)) {
      well();
      return { job, items: [ended('done')], alerts };
    }
    const verdict = verdictOf(error, now);
    switch (verdict.kind) {
      case 'failed':
        well();
        return { job, items: [ended('failed')], alerts };
      case 'again':
        return { job, items: [queued(item)] };
      case 'halt':
        return {
          job: job.state === 'running' ? transition(job, { kind: 'halt', reason: error }, now) : job,
          items: [queued(item)],
        };
      case 'suspect':
      case 'later': {
        const { suspects } = health;
        if (verdict.kind === 'suspect' && suspects.length + 1 < suspectsToWait) {
          suspects.push(item);
          return { job, items: [ended('failed')] };
        }
        const until = verdict.kind === 'later' ? verdict.until : now + waitFor(health.waits);
        const isDown = isOfHealth(error);
        if (isDown) {
          health.suspects = [];
          health.waits += 1;
        }
        return {
          job: waiting(job, until, error, now),
          items: [queued(item)],
          ...(isDown ? { again: suspects.map(queued) } : {}),
        };
      }
    }
  }

  async function lookAt(job: Job, item: JobItem, run: Run): Promise<Look> {
    try {
      return await work.look(job, item, run.controller.signal);
    } catch (error) {
      return { error: toAppError(error).toWire(), alerts: [] };
    }
  }

  /** Takes one thing after the other until there is none. */
  async function lane(job: Job, run: Run): Promise<void> {
    try {
      while (!run.isStopped) {
        const [item] = await store.take(job.id, 1, clock.now());
        if (!item) return;
        run.taken += 1;
        const look = await lookAt(job, item, run);
        const now = clock.now();
        const after = await store.settle(job.id, (current) => ending(current, item, look, run, now));
        changed(job.id);
        if (after?.state !== 'running') return;
      }
    } catch (error) {
      // What the store does not take from one lane it takes from none.
      run.isStopped = true;
      throw error;
    }
  }

  /** Takes one page after the other until the list is at its end. */
  async function follow(id: string, run: Run): Promise<void> {
    const memory = newMemory(await store.refs(id));
    while (!run.isStopped) {
      const job = await store.get(id);
      if (job?.state !== 'running' || job.plan.kind !== 'listing' || isAtEnd(job)) return;
      const { plan, cursor } = job;
      try {
        const page = await work.page(job, run.controller.signal);
        const reading = readPage(plan, job, page, memory);
        await page.keep(new Set(reading.fresh));
        const now = clock.now();
        await store.append(id, reading.fresh, now, (current) => ({
          ...counted(current, run, now),
          cursor: reading.cursor,
          pages: current.pages + 1,
        }));
        remember(memory, cursor, reading);
        run.taken += 1;
        healths.delete(id);
      } catch (thrown) {
        const error = toAppError(thrown).toWire();
        const now = clock.now();
        await store.settle(id, (current) => ({ job: afterPageError(counted(current, run, now), error, now) }));
        return;
      } finally {
        changed(id);
      }
    }
  }

  /** A list whose page did not come: it waits where waiting helps; anything else somebody must see to. */
  function afterPageError(job: Job, error: WireError, now: number): Job {
    const verdict = verdictOf(error, now);
    if (verdict.kind === 'again') return job;
    if (verdict.kind === 'later') return waiting(job, verdict.until, error, now);
    if (verdict.kind !== 'suspect')
      return job.state === 'running' ? transition(job, { kind: 'halt', reason: error }, now) : job;
    const health = healthOf(job.id);
    health.waits += 1;
    return waiting(job, now + waitFor(health.waits - 1), error, now);
  }

  /** What becomes of a job that has nothing more to do now. */
  async function conclude(id: string, run: Run): Promise<void> {
    const due = await store.nextDue(id);
    const now = clock.now();
    const after = await store.settle(id, (job) => {
      if (job.state !== 'running' || run.isStopped) return { job };
      if (job.plan.kind === 'watchlist') {
        return {
          job: due === null || due <= now ? job : transition(job, { kind: 'wait', until: due, reason: null }, now),
        };
      }
      const isDone = job.plan.kind === 'listing' ? isAtEnd(job) : job.counts.queued === 0;
      return { job: isDone ? transition(job, { kind: 'finish' }, now) : job };
    });
    if (after?.state === 'cancelled') await store.skip(id, now);
    // Something has come into the queue meanwhile. Where nothing could be taken, the next alarm looks again.
    if (after?.state === 'running' && run.taken > 0) run.isWanted = true;
    changed(id);
  }

  async function execute(job: Job, run: Run): Promise<void> {
    await store.restore(job.id, clock.now());
    if (job.state === 'running' && job.plan.kind === 'listing') await follow(job.id, run);
    else if (job.state === 'running') {
      const atOnce = Math.max(1, await work.concurrency(job));
      const ends = await Promise.allSettled(Array.from({ length: atOnce }, () => lane(job, run)));
      const failed = ends.find((end) => end.status === 'rejected');
      if (failed) throw failed.reason;
    }
    await conclude(job.id, run);
  }

  /**
   * The store itself failed: the job rests. Where it is full somebody must make room, and nothing is paid for before it is
   * written down that the job stopped over it.
   */
  async function afterStoreError(id: string, thrown: unknown): Promise<void> {
    const error = toAppError(thrown).toWire();
    const now = clock.now();
    rests.set(id, now + restMs);
    if (error.code !== 'storage_full') return;
    full.add(id);
    const halted = (job: Job): Settlement => ({
      job: job.state === 'running' ? transition(job, { kind: 'halt', reason: error }, now) : job,
    });
    try {
      await store.settle(id, halted);
      full.delete(id);
      rests.delete(id);
    } catch {
      // There is no room even for that.
    }
    changed(id);
  }

  function start(job: Job): void {
    const { id } = job;
    const run: Run = {
      controller: new AbortController(),
      isStopped: false,
      isWanted: false,
      tick: clock.now(),
      taken: 0,
      end: Promise.resolve(),
    };
    rests.delete(id);
    runs.set(id, run);
    run.end = execute(job, run)
      .then(() => {
        if (run.taken === 0 && !run.isWanted) rests.set(id, clock.now() + restMs);
      })
      .catch((error: unknown) => afterStoreError(id, error))
      .finally(() => {
        runs.delete(id);
        wake();
      });
  }

  async function begin(): Promise<void> {
    let at: number | null = null;
    let running = false;
    for (const found of await store.active()) {
      let job = found;
      const now = clock.now();
      if (job.state === 'waiting') {
        if (job.resume_at !== null && job.resume_at > now) {
          at = Math.min(at ?? Number.POSITIVE_INFINITY, job.resume_at);
          continue;
        }
        const woken = await store.settle(job.id, (current) => ({
          job:
            current.state === 'waiting' && (current.resume_at ?? 0) <= now
              ? transition(current, { kind: 'wake' }, now)
              : current,
        }));
        if (woken?.state !== 'running') continue;
        job = woken;
        changed(job.id);
      }
      running = true;
      const run = runs.get(job.id);
      if (run) run.isWanted = true;
      else if ((rests.get(job.id) ?? 0) > now) continue;
      else if (full.has(job.id)) await afterStoreError(job.id, new AppError('storage_full', 'There was no room left.'));
      else start(job);
    }
    schedule({ running, at });
  }

  async function go(): Promise<void> {
    while (isCalled) {
      isCalled = false;
      // Without a store nothing can be done; the next alarm tries again.
      await begin().catch(() => undefined);
    }
  }

  function wake(id?: string): void {
    if (id !== undefined) rests.delete(id);
    isCalled = true;
    pass ??= go().finally(() => {
      pass = null;
    });
  }

  return {
    wake,
    stop(id) {
      const run = runs.get(id);
      if (!run) return;
      run.isStopped = true;
      void clock.sleep(graceMs).then(
        () => run.controller.abort(),
        () => undefined,
      );
    },
    async idle() {
      const underWay = (): readonly Promise<void>[] => [
        ...(pass ? [pass] : []),
        ...[...runs.values()].map(({ end }) => end),
      ];
      for (let left = underWay(); left.length > 0; left = underWay()) await Promise.all(left);
    },
  };
}
