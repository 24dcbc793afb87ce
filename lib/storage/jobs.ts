/** Jobs, their things, and what watchlists tell. Whatever changes a thing changes its job's counts with it. */
import { type IDBPTransaction, unwrap } from 'idb';
import { AppError, type WireError } from '../core/errors.ts';
import type { Alert, Job, JobItem, JobItemState } from '../core/job.ts';
import { recounted } from '../core/job-progress.ts';
import type { RefKey } from '../core/ref.ts';
import type { DataDatabase, DataSchema } from './database.ts';
import { committing } from './writing.ts';

/** Things that are written in one transaction, unless said otherwise: enough to be fast, few enough to hold up nobody. */
const itemsAtOnce = 2_000;
const mostItems = 200;
const mostAlerts = 500;

type Stores = ('jobs' | 'job_items' | 'alerts')[];
type Writing = IDBPTransaction<DataSchema, Stores, 'readwrite'>;

/** Runs `write` in one transaction with the job as it is, which it returns as it is from then on; null: there is none. */
async function onJob(
  database: DataDatabase,
  id: string,
  write: (transaction: Writing, job: Job) => Promise<Job>,
  durability: IDBTransactionDurability = 'strict',
): Promise<Job | null> {
  const transaction: Writing = database.transaction(['jobs', 'job_items', 'alerts'], 'readwrite', { durability });
  let after: Job | null = null;
  await committing(transaction, async () => {
    const job = await transaction.objectStore('jobs').get(id);
    if (!job) return;
    after = await write(transaction, job);
    if (after !== job) await transaction.objectStore('jobs').put(after);
  });
  return after;
}

type Moves = readonly (readonly [from: JobItemState | null, to: JobItemState])[];

/** The job after its things went from these states into those. */
function recount(job: Job, moves: Moves): Job {
  return moves.length === 0 ? job : { ...job, counts: recounted(job.counts, moves) };
}

function ofJob(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}

function ofState(id: string, state: JobItemState): IDBKeyRange {
  return IDBKeyRange.bound([id, state], [id, state, []]);
}

/**
 * Keeps a job with its things: first the things, some thousands at a time, and the job at last, so that there is no job
 * with a part of its things. Throws AppError `storage_full`, and leaves nothing behind then.
 */
export async function createJob(
  database: DataDatabase,
  job: Job,
  refs: readonly RefKey[],
  atOnce = itemsAtOnce,
): Promise<void> {
  const due = job.plan.kind === 'watchlist' ? job.created_at : null;
  try {
    for (let start = 0; start < refs.length; start += atOnce) {
      const transaction = database.transaction('job_items', 'readwrite');
      await committing(transaction, async () => {
        // Nobody waits for each of them: their transaction says whether all are there, and a promise each takes as long again.
        const store = unwrap(transaction.store);
        refs.slice(start, start + atOnce).forEach((ref, place) => {
          store.add(newItem(job.id, start + place, ref, 'queued', job.created_at, due));
        });
      });
    }
    const transaction = database.transaction('jobs', 'readwrite', { durability: 'strict' });
    await committing(transaction, () => transaction.store.add(job));
  } catch (error) {
    await database.delete('job_items', ofJob(job.id)).catch(() => undefined);
    throw error;
  }
}

function newItem(
  job: string,
  index: number,
  ref: RefKey,
  state: JobItemState,
  now: number,
  due: number | null,
): JobItem {
  const attempts = state === 'done' ? 1 : 0;
  return { job, index, ref, state, error: null, attempts, changed_at: now, due_at: due };
}

/** Deletes things whose job was never finished being made: the worker died over it. */
export async function forgetOrphans(database: DataDatabase): Promise<void> {
  const jobs = new Set(await database.getAllKeys('jobs'));
  let key = (await database.transaction('job_items').store.openKeyCursor())?.key;
  while (key) {
    const [id] = key;
    if (!jobs.has(id)) await database.delete('job_items', ofJob(id));
    const next = await database.transaction('job_items').store.openKeyCursor(IDBKeyRange.lowerBound([id, []], true));
    key = next?.key;
  }
}

/** All jobs, the newest first. */
export async function getJobs(database: DataDatabase): Promise<readonly Job[]> {
  const jobs = await database.getAll('jobs');
  return jobs.sort((one, other) => other.created_at - one.created_at || (one.id < other.id ? 1 : -1));
}

export async function getJob(database: DataDatabase, id: string): Promise<Job | null> {
  return (await database.get('jobs', id)) ?? null;
}

/** Changes a job in one transaction. Throws what `change` throws, and AppError `not_found`. */
export async function changeJob(database: DataDatabase, id: string, change: (job: Job) => Job): Promise<Job> {
  const after = await onJob(database, id, async (_transaction, job) => change(job));
  if (!after) throw new AppError('not_found', `There is no job ${id}.`);
  return after;
}

/** Deletes a job with its things and its alerts. */
export async function deleteJob(database: DataDatabase, id: string): Promise<void> {
  const transaction: Writing = database.transaction(['jobs', 'job_items', 'alerts'], 'readwrite', {
    durability: 'strict',
  });
  await committing(transaction, async () => {
    await transaction.objectStore('jobs').delete(id);
    await transaction.objectStore('job_items').delete(ofJob(id));
    const alerts = transaction.objectStore('alerts');
    for (const key of await alerts.index('by_job').getAllKeys(id)) await alerts.delete(key);
  });
}

/**
 * Marks the next things of a running job as running: of a watchlist those that are due at `now` (Unix ms), of any other
 * those that are queued. Whatever is lost of this mark costs one call more, so that the disk is not waited for.
 */
export async function takeItems(
  database: DataDatabase,
  id: string,
  count: number,
  now: number,
): Promise<readonly JobItem[]> {
  const taken: JobItem[] = [];
  await onJob(
    database,
    id,
    async (transaction, job) => {
      if (job.state !== 'running') return job;
      const items = transaction.objectStore('job_items');
      const found: JobItem[] = [];
      if (job.plan.kind === 'watchlist') {
        const due = IDBKeyRange.bound([id, Number.NEGATIVE_INFINITY], [id, now]);
        for (let at = await items.index('by_due').openCursor(due); at && found.length < count; at = await at.continue())
          if (isTakeable(at.value)) found.push(at.value);
      } else found.push(...(await items.index('by_state').getAll(ofState(id, 'queued'), count)));
      const moves = found.map(({ state }) => [state, 'running'] as const);
      for (const item of found) {
        const marked: JobItem = { ...item, state: 'running', attempts: item.attempts + 1, changed_at: now };
        await items.put(marked);
        taken.push(marked);
      }
      return recount(job, moves);
    },
    'default',
  );
  return taken;
}

function isTakeable({ state }: JobItem): boolean {
  return state !== 'running' && state !== 'skipped';
}

/** What is written with a job; see Settlement of lib/jobs/job-ports.ts. */
export interface JobWrite {
  readonly job: Job;
  readonly items?: readonly JobItem[];
  readonly again?: readonly JobItem[];
  readonly alerts?: readonly Alert[];
}

/** Writes what `end` makes of the job as it is now, in one transaction; null: there is no such job. */
export function settleJob(database: DataDatabase, id: string, end: (job: Job) => JobWrite): Promise<Job | null> {
  return onJob(database, id, async (transaction, before) => {
    const { job, items = [], again = [], alerts = [] } = end(before);
    const store = transaction.objectStore('job_items');
    const moves: (readonly [JobItemState, JobItemState])[] = [];
    const put = async (item: JobItem, isWanted: (known: JobItem) => boolean): Promise<void> => {
      const known = await store.get([item.job, item.index]);
      if (!known || !isWanted(known)) return;
      await store.put(item);
      moves.push([known.state, item.state]);
    };
    for (const item of items) await put(item, () => true);
    for (const item of again) await put(item, ({ state }) => state === 'failed');
    for (const alert of alerts) {
      const known = await transaction.objectStore('alerts').get(alert.id);
      if (!known) await transaction.objectStore('alerts').put(alert);
    }
    return recount(job, moves);
  });
}

/** Adds things that a listing found, as done, and changes the job with them; those that it has already are not added. */
export function appendItems(
  database: DataDatabase,
  id: string,
  refs: readonly RefKey[],
  now: number,
  change: (job: Job) => Job,
): Promise<Job | null> {
  return onJob(database, id, async (transaction, before) => {
    const store = transaction.objectStore('job_items');
    const last = await store.openKeyCursor(ofJob(id), 'prev');
    let index = last ? last.key[1] + 1 : 0;
    for (const ref of refs) {
      await store.add(newItem(id, index, ref, 'done', now, null));
      index += 1;
    }
    return recount(
      change(before),
      refs.map(() => [null, 'done'] as const),
    );
  });
}

/** Moves all things of one state into another, some thousands at a time. Resolves with how many there were. */
async function moveItems(
  database: DataDatabase,
  id: string,
  from: JobItemState,
  atOnce: number,
  to: (item: JobItem) => JobItem,
): Promise<number> {
  let moved = 0;
  for (;;) {
    let some = 0;
    await onJob(database, id, async (transaction, job) => {
      const store = transaction.objectStore('job_items');
      const items = await store.index('by_state').getAll(ofState(id, from), atOnce);
      some = items.length;
      const changed = items.map(to);
      const written = unwrap(store);
      for (const item of changed) written.put(item);
      return recount(
        job,
        changed.map(({ state }) => [from, state] as const),
      );
    });
    moved += some;
    if (some < atOnce) return moved;
  }
}

/** Puts what is marked as running back into the queue; of a watchlist it stays due. */
export async function restoreItems(
  database: DataDatabase,
  id: string,
  now: number,
  atOnce = itemsAtOnce,
): Promise<void> {
  await moveItems(database, id, 'running', atOnce, (item) => ({ ...item, state: 'queued', changed_at: now }));
}

/**
 * Leaves out what is queued of a cancelled job on which nobody works: its counts say so, and its things are not touched, of
 * which there may be 100,000. What is queued of a cancelled job is skipped; `getJobItems` tells it so.
 */
export async function skipItems(database: DataDatabase, id: string, now: number): Promise<void> {
  await onJob(database, id, async (_transaction, job) => {
    const { queued, skipped } = job.counts;
    if (job.state !== 'cancelled' || queued === 0) return job;
    return { ...job, changed_at: now, counts: { ...job.counts, queued: 0, skipped: skipped + queued } };
  });
}

/** Puts what has failed back into the queue; of a watchlist it is due now. Resolves with how many there were. */
export function retryItems(database: DataDatabase, id: string, now: number, atOnce = itemsAtOnce): Promise<number> {
  return moveItems(database, id, 'failed', atOnce, (item) => ({
    ...item,
    state: 'queued',
    error: null,
    changed_at: now,
    due_at: item.due_at === null ? null : now,
  }));
}

/** Fails those of the queued things that `isLost` names, some thousands at a time. */
export async function failItems(
  database: DataDatabase,
  id: string,
  now: number,
  error: WireError,
  isLost: (ref: RefKey) => boolean,
): Promise<void> {
  const refs = await database.getAllFromIndex('job_items', 'by_state', ofState(id, 'queued'));
  const lost = refs.filter(({ ref }) => isLost(ref));
  for (let start = 0; start < lost.length; start += itemsAtOnce) {
    const some = lost.slice(start, start + itemsAtOnce);
    const items = some.map((item): JobItem => ({ ...item, state: 'failed', error, changed_at: now }));
    await settleJob(database, id, (job) => ({ job, items }));
  }
}

/** When the next thing of a watchlist is due (Unix ms); null: it has none, or is no watchlist. */
export async function nextDueOf(database: DataDatabase, id: string): Promise<number | null> {
  const range = IDBKeyRange.bound([id, Number.NEGATIVE_INFINITY], [id, Number.POSITIVE_INFINITY]);
  const index = database.transaction('job_items').store.index('by_due');
  for (let at = await index.openCursor(range); at; at = await at.continue())
    if (isTakeable(at.value)) return at.value.due_at;
  return null;
}

/** The refs of all things of a job, in its order. */
export async function refsOfJob(database: DataDatabase, id: string): Promise<readonly RefKey[]> {
  return (await database.getAll('job_items', ofJob(id))).map(({ ref }) => ref);
}

/** Things of a job in its order, behind the index `after`; of one state where it is named. At most 200. */
export async function getJobItems(
  database: DataDatabase,
  id: string,
  state: JobItemState | null,
  after: number,
): Promise<readonly JobItem[]> {
  if (state === null) {
    const range = IDBKeyRange.bound([id, after], [id, []], true);
    return leftOut(await getJob(database, id), await database.getAll('job_items', range, mostItems));
  }
  const ofOne = (wanted: JobItemState): Promise<JobItem[]> => {
    const range = IDBKeyRange.bound([id, wanted, after], [id, wanted, []], true);
    return database.getAllFromIndex('job_items', 'by_state', range, mostItems);
  };
  const job = await getJob(database, id);
  if (job?.state !== 'cancelled') return ofOne(state);
  if (state === 'queued') return [];
  if (state !== 'skipped') return ofOne(state);
  const both = [...(await ofOne('skipped')), ...(await ofOne('queued'))];
  return leftOut(job, both.sort((one, other) => one.index - other.index).slice(0, mostItems));
}

/** What is queued of a job that was cancelled was left out. */
function leftOut(job: Job | null, items: readonly JobItem[]): readonly JobItem[] {
  if (job?.state !== 'cancelled') return items;
  return items.map((item) => (item.state === 'queued' ? { ...item, state: 'skipped' } : item));
}

/** What watchlists told, the newest first; at most 500. */
export async function getAlerts(database: DataDatabase): Promise<readonly Alert[]> {
  const alerts = await database.getAll('alerts');
  return alerts.sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1)).slice(0, mostAlerts);
}

export async function countUnseen(database: DataDatabase): Promise<number> {
  return (await database.getAll('alerts')).filter(({ seen }) => !seen).length;
}

/** Marks alerts as seen; null: all of them. */
export async function markSeen(database: DataDatabase, ids: readonly string[] | null): Promise<void> {
  const transaction = database.transaction('alerts', 'readwrite');
  await committing(transaction, async () => {
    for (const id of ids ?? (await transaction.store.getAllKeys())) {
      const alert = await transaction.store.get(id);
      if (alert && !alert.seen) await transaction.store.put({ ...alert, seen: true });
    }
  });
}
