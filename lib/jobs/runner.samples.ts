/** A runner over a real store, with somebody who answers as the test says; and a worker that dies at a given step. */
import { AppError, type ErrorCode, type AppErrorDetails, type WireError } from '../core/errors.ts';
import type { Alert, Job, JobItem, JobPlan } from '../core/job.ts';
import type { RefKey } from '../core/ref.ts';
import { jobStore } from '../app/job-store.ts';
import { connectData, type DataDatabase } from '../storage/database.ts';
import { changeJob, createJob, deleteJob, getJob, getJobItems, retryItems } from '../storage/jobs.ts';
import { createTestClock, type TestClock } from '../transport/test-clock.samples.ts';
import { newJob, transition } from './job.ts';
import type { JobStore, JobWork, ListedPage, Look } from './job-ports.ts';
import { newDatabaseName, quiet } from './quiet.samples.ts';
import { createRunner, type Runner } from './runner.ts';

/** 2026-11-21, 12:00 in Beijing. */
export const noon = Date.UTC(2026, 10, 21, 4);

export const keyOf = (number: number): RefKey => `douyin:post:74011223344556${String(number).padStart(5, '0')}`;
export const keys = (count: number): RefKey[] => Array.from({ length: count }, (_, number) => keyOf(number));

export function wire(code: ErrorCode, details: AppErrorDetails = {}): WireError {
  return new AppError(code, `Said by the test: ${code}`, details).toWire();
}

export interface Office {
  readonly clock: TestClock;
  readonly data: () => Promise<DataDatabase>;
  readonly store: JobStore;
  /** Every look that was begun, by its ref, in order; pages by `page CURSOR`. */
  readonly asked: string[];
  /** What was scheduled last. */
  readonly next: { running: boolean; at: number | null };
  /** The most looks that were under way at once. */
  readonly most: () => number;
  answer: (item: JobItem, attempt: number) => Look | Promise<Look>;
  page: (job: Job) => ListedPage | Promise<ListedPage>;
  latency: number;
  atOnce: number;
  runner: Runner;
  create(plan: JobPlan, refs: readonly RefKey[]): Promise<Job>;
  /** What a person does. */
  pause(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  cancel(id: string): Promise<void>;
  retry(id: string): Promise<void>;
  remove(id: string): Promise<void>;
  job(id: string): Promise<Job>;
  items(id: string): Promise<readonly JobItem[]>;
  alerts(): Promise<readonly Alert[]>;
  /** Lets everything run until nothing is under way; time passes as far as somebody waits for it. */
  rest(): Promise<void>;
  /** The same until this time (Unix ms), with the alarms that were scheduled. */
  until(time: number): Promise<void>;
  /** A new worker, which knows what is stored and nothing else. `mortal`: dies at that step of its store. */
  restart(mortal?: Mortal): void;
}

/** At which step of the store a worker dies (from 0), and whether that step was still committed. */
export interface Mortal {
  readonly step: number;
  readonly committed: boolean;
  readonly died: () => void;
}

const forever = new Promise<never>(() => undefined);

/** A store that stops answering, and work that stops with it. */
function dying(store: JobStore, work: JobWork, { step, committed, died }: Mortal): { store: JobStore; work: JobWork } {
  let count = 0;
  let isDead = false;
  async function through<Value>(run: () => Promise<Value>): Promise<Value> {
    if (isDead) return forever;
    const isLast = count === step;
    count += 1;
    if (!isLast) {
      const value = await run();
      return isDead ? forever : value;
    }
    isDead = true;
    if (committed) await run();
    died();
    return forever;
  }
  async function alive<Value>(run: () => Promise<Value>): Promise<Value> {
    if (isDead) return forever;
    const value = await run();
    return isDead ? forever : value;
  }
  return {
    store: {
      active: () => through(() => store.active()),
      get: (id) => through(() => store.get(id)),
      take: (id, some, now) => through(() => store.take(id, some, now)),
      settle: (id, end) => through(() => store.settle(id, end)),
      append: (id, refs, now, change) => through(() => store.append(id, refs, now, change)),
      restore: (id, now) => through(() => store.restore(id, now)),
      skip: (id, now) => through(() => store.skip(id, now)),
      nextDue: (id) => through(() => store.nextDue(id)),
      refs: (id) => through(() => store.refs(id)),
    },
    work: {
      concurrency: (job) => alive(() => work.concurrency(job)),
      look: (job, item, signal) => alive(() => work.look(job, item, signal)),
      page: (job, signal) => alive(() => work.page(job, signal)),
    },
  };
}

export function createOffice(): Office {
  const clock = createTestClock(noon, () => quiet());
  const data = connectData(newDatabaseName());
  const store = jobStore(data);
  const asked: string[] = [];
  const next = { running: false, at: null as number | null };
  let jobs = 0;
  let open = 0;
  let most = 0;

  const work: JobWork = {
    concurrency: async () => office.atOnce,
    async look(_job, item, signal) {
      asked.push(item.ref);
      open += 1;
      most = Math.max(most, open);
      try {
        await clock.sleep(office.latency, signal);
        return await office.answer(item, asked.filter((ref) => ref === item.ref).length);
      } finally {
        open -= 1;
      }
    },
    async page(job, signal) {
      asked.push(`page ${job.cursor}`);
      await clock.sleep(office.latency, signal);
      return office.page(job);
    },
  };

  function start(mortal?: Mortal): Runner {
    const parts = mortal ? dying(store, work, mortal) : { store, work };
    const random = (): number => 0.5;
    const schedule: Parameters<typeof createRunner>[0]['schedule'] = (planned) => void Object.assign(next, planned);
    return createRunner({ ...parts, clock, random, changed: () => undefined, schedule });
  }

  async function act(id: string, kind: 'pause' | 'resume' | 'cancel' | 'retry'): Promise<void> {
    await changeJob(await data(), id, (job) => transition(job, { kind }, clock.now()));
    if (kind === 'pause' || kind === 'cancel') office.runner.stop(id);
    office.runner.wake(id);
  }

  const office: Office = {
    clock,
    data,
    store,
    asked,
    next,
    most: () => most,
    answer: () => ({ error: null, alerts: [] }),
    page: () => ({ things: [], cursor: null, keep: async () => undefined }),
    latency: 100,
    atOnce: 2,
    runner: start(),
    async create(plan, refs) {
      jobs += 1;
      const total = refs.length;
      const job = newJob({ id: `job-${jobs}`, name: 'A job', project: 'default', plan, total, now: clock.now() });
      await createJob(await data(), job, refs);
      return job;
    },
    pause: (id) => act(id, 'pause'),
    resume: (id) => act(id, 'resume'),
    cancel: (id) => act(id, 'cancel'),
    async retry(id) {
      await retryItems(await data(), id, clock.now());
      await act(id, 'retry');
    },
    async remove(id) {
      office.runner.stop(id);
      await deleteJob(await data(), id);
    },
    async job(id) {
      const job = await getJob(await data(), id);
      if (!job) throw new Error(`There is no job ${id}.`);
      return job;
    },
    async items(id) {
      const found: JobItem[] = [];
      for (;;) {
        const more = await getJobItems(await data(), id, null, found.at(-1)?.index ?? -1);
        if (more.length === 0) return found;
        found.push(...more);
      }
    },
    async alerts() {
      return (await data()).getAll('alerts');
    },
    rest: () => clock.until(office.runner.idle()),
    async until(time) {
      office.runner.wake();
      await office.rest();
      while (next.at !== null && next.at <= time) {
        await clock.advance(Math.max(0, next.at - clock.now()));
        office.runner.wake();
        await office.rest();
      }
      await clock.advance(Math.max(0, time - clock.now()));
    },
    restart(mortal) {
      office.runner = start(mortal);
    },
  };
  return office;
}
