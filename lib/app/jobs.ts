/** Jobs in the worker: what a person does with them, what wakes them, and what is told of them. */
import { AppError, type WireError } from '../core/errors.ts';
import type { Alert, Job, JobItem, JobItemState, JobPlan } from '../core/job.ts';
import type { WaitingClock } from '../core/ports.ts';
import { type EntityKind, parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import { newJob, transition } from '../jobs/job.ts';
import { createRunner, type Runner } from '../jobs/runner.ts';
import { noKeyAdvice } from '../jobs/verdict.ts';
import type { JobPreview } from '../messaging/job-models.ts';
import type { WorkerEvent } from '../messaging/protocol.ts';
import type { DataDatabase } from '../storage/database.ts';
import * as kept from '../storage/jobs.ts';
import { createQueue } from '../storage/queue.ts';
import { type Badge, badgeOf } from './badge.ts';
import { firstAsked, previewJob } from './job-preview.ts';
import { jobStore } from './job-store.ts';
import { createJobWork, type JobWorkDependencies } from './job-work.ts';
import { prepareList } from './list-page.ts';

export interface JobsDependencies extends Omit<JobWorkDependencies, 'saved'> {
  readonly data: () => Promise<DataDatabase>;
  readonly settings: () => Promise<Settings>;
  /** The id of the project that is saved into where none is named; throws AppError `not_found` for one that is none. */
  readonly project: (id: string | null) => Promise<string>;
  readonly clock: WaitingClock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly newId: () => string;
  readonly tell: (event: WorkerEvent) => void;
  readonly schedule: (next: { readonly running: boolean; readonly at: number | null }) => void;
  readonly showBadge: (badge: Badge) => Promise<void>;
}

export interface NewJobInput {
  readonly name: string;
  readonly project: string | null;
  readonly plan: JobPlan;
  readonly refs: readonly RefKey[];
}

/** All throw AppError: `not_found` for a job that is none, `bad_request` for what is not legal now, `storage_full`. */
export interface Jobs {
  list(): Promise<readonly Job[]>;
  items(id: string, state: JobItemState | null, after: number): Promise<readonly JobItem[]>;
  preview(plan: JobPlan, refs: readonly RefKey[]): Promise<JobPreview>;
  create(input: NewJobInput): Promise<Job>;
  pause(id: string): Promise<Job>;
  resume(id: string): Promise<Job>;
  cancel(id: string): Promise<Job>;
  retry(id: string): Promise<Job>;
  remove(id: string): Promise<void>;
  alerts(): Promise<readonly Alert[]>;
  seen(ids: readonly string[] | null): Promise<void>;
  /** Goes on with everything that can: at the start of the worker, and whenever something wakes it. */
  wake(): void;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
}

/** A job is told of at most so often (ms): a page that shows it asks again each time. */
const tellMs = 250;

/** What a watchlist can look at. */
const watchedKinds: ReadonlySet<EntityKind> = new Set(['post', 'product', 'author']);

export function createJobs(dependencies: JobsDependencies): Jobs {
  const { data, clock, random, tell } = dependencies;
  const told = new Map<string, { isDue: boolean }>();
  const making = createQueue();
  let swept: Promise<void> | null = null;
  let unseen: number | null = null;
  let hasSaved = false;

  const runner: Runner = createRunner({
    store: jobStore(data),
    work: createJobWork({ ...dependencies, saved }),
    clock,
    random,
    changed,
    schedule: dependencies.schedule,
  });

  function saved(refs: readonly RefKey[]): void {
    hasSaved = true;
    for (const ref of refs) tell({ event: 'record.changed', ref });
  }

  /** Tells of a job at once, and of what happens shortly after that once and together. */
  function changed(id: string): void {
    const known = told.get(id);
    if (known) {
      known.isDue = true;
      return;
    }
    const state = { isDue: false };
    told.set(id, state);
    void report(id);
    void clock.sleep(tellMs).then(() => {
      told.delete(id);
      if (state.isDue) changed(id);
    });
  }

  async function report(id: string): Promise<void> {
    tell({ event: 'job.changed', id });
    if (hasSaved) tell({ event: 'projects.changed' });
    hasSaved = false;
    await refresh();
  }

  /** Brings the icon up to date, and tells of new alerts. */
  async function refresh(): Promise<void> {
    try {
      const database = await data();
      const count = await kept.countUnseen(database);
      if (unseen !== null && count !== unseen) tell({ event: 'alerts.changed' });
      unseen = count;
      await dependencies.showBadge(badgeOf(await kept.getJobs(database), count));
    } catch {
      // The icon says it the next time.
    }
  }

  /** What a worker left behind that died while it made a job goes first: nothing is made meanwhile. */
  function sweep(): Promise<void> {
    swept ??= making(async () => kept.forgetOrphans(await data())).catch(() => {
      swept = null;
    });
    return swept;
  }

  function wake(): void {
    // A browser that was closed has forgotten what its icon said.
    void refresh();
    void sweep().then(() => runner.wake());
  }

  async function act(id: string, event: 'pause' | 'resume' | 'cancel' | 'retry'): Promise<Job> {
    const job = await kept.changeJob(await data(), id, (before) => transition(before, { kind: event }, clock.now()));
    if (event === 'pause' || event === 'cancel') runner.stop(id);
    runner.wake(id);
    changed(id);
    return job;
  }

  async function requireJob(id: string): Promise<Job> {
    const job = await kept.getJob(await data(), id);
    if (!job) throw new AppError('not_found', `There is no job ${id}.`);
    return job;
  }

  /** Throws AppError where the plan can never be carried out. */
  async function check(plan: JobPlan, refs: readonly RefKey[]): Promise<void> {
    if (plan.kind === 'listing') {
      await prepareList(dependencies, { ...plan, tabId: null });
      return;
    }
    if (refs.length === 0) throw new AppError('bad_request', 'A job needs something to look up.');
    const foreign =
      plan.kind === 'watchlist' && refs.some((ref) => !watchedKinds.has(parseRefKey(ref)?.kind ?? 'comment'));
    if (foreign) throw new AppError('bad_request', 'A watchlist holds posts, products and accounts only.');
  }

  return {
    async list() {
      return kept.getJobs(await data());
    },
    async items(id, state, after) {
      return kept.getJobItems(await data(), id, state, after);
    },
    async preview(plan, refs) {
      const [database, settings, stored] = await Promise.all([data(), dependencies.settings(), dependencies.stored()]);
      return previewJob(plan, refs, { database, settings, stored, now: clock.now() });
    },
    async create({ name, project, plan, refs }) {
      const things = plan.kind === 'listing' ? [] : [...new Set(refs)];
      await check(plan, things);
      const job = newJob({
        id: dependencies.newId(),
        name,
        project: await dependencies.project(project),
        plan,
        total: things.length,
        now: clock.now(),
      });
      await sweep();
      await making(async () => kept.createJob(await data(), job, things));
      runner.wake();
      changed(job.id);
      return job;
    },
    pause: (id) => act(id, 'pause'),
    async resume(id) {
      const { reason } = await requireJob(id);
      // Whoever goes on without a key goes on with what needs none: it would stop at the same thing again.
      if (reason?.advice === noKeyAdvice) await leaveOutUnanswerable(id, reason);
      return act(id, 'resume');
    },
    cancel: (id) => act(id, 'cancel'),
    async retry(id) {
      const { state } = await requireJob(id);
      if (state !== 'cancelled') await kept.retryItems(await data(), id, clock.now());
      return act(id, 'retry');
    },
    async remove(id) {
      runner.stop(id);
      await kept.deleteJob(await data(), id);
      tell({ event: 'alerts.changed' });
      unseen = null;
      changed(id);
    },
    async alerts() {
      return kept.getAlerts(await data());
    },
    async seen(ids) {
      await kept.markSeen(await data(), ids);
      tell({ event: 'alerts.changed' });
      unseen = null;
      await refresh();
    },
    wake,
    idle: () => runner.idle(),
  };

  async function leaveOutUnanswerable(id: string, error: WireError): Promise<void> {
    const [database, settings, stored] = await Promise.all([data(), dependencies.settings(), dependencies.stored()]);
    const isLost = (ref: RefKey): boolean => firstAsked(ref, { settings, stored }) === null;
    await kept.failItems(database, id, clock.now(), error, isLost);
  }
}
