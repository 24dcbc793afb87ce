/** Takes deleted things out of the lists of jobs, and deletes what watchlists told of them. */
import type { Job, JobItem } from '../core/job.ts';
import type { RefKey } from '../core/ref.ts';
import { eachChunk } from './chunks.ts';
import type { DataDatabase } from './database.ts';
import { deleteJob } from './jobs.ts';
import { committing } from './writing.ts';

const itemsAtOnce = 2_000;

/** The job without these of its things. */
function without({ counts, ...job }: Job, items: readonly JobItem[]): Job {
  const left = { ...counts };
  for (const { state } of items) {
    left.total -= 1;
    // What is under way counts as still to come.
    left[state === 'running' ? 'queued' : state] -= 1;
  }
  return { ...job, counts: left };
}

async function forgetItems(database: DataDatabase, job: string, found: readonly JobItem[]): Promise<void> {
  const transaction = database.transaction(['jobs', 'job_items'], 'readwrite', { durability: 'strict' });
  await committing(transaction, async () => {
    const store = transaction.objectStore('job_items');
    // As they are now: the job may have gone on since they were found.
    const now = await Promise.all(found.map(({ index }) => store.get([job, index])));
    const items = now.flatMap((item) => item ?? []);
    await Promise.all(items.map(({ index }) => store.delete([job, index])));
    const kept = await transaction.objectStore('jobs').get(job);
    if (kept && items.length > 0) await transaction.objectStore('jobs').put(without(kept, items));
  });
}

/** Takes these things out of the list of every job, with the alerts of them. */
export async function forgetInJobs(database: DataDatabase, refs: ReadonlySet<RefKey>): Promise<void> {
  if (refs.size === 0) return;
  for (const job of await database.getAllKeys('jobs')) {
    const read = (after: number) =>
      database.getAll('job_items', IDBKeyRange.bound([job, after], [job, []], true), itemsAtOnce);
    for await (const items of eachChunk<JobItem, number>(read, -1, ({ index }) => index, itemsAtOnce)) {
      const found = items.filter(({ ref }) => refs.has(ref));
      if (found.length > 0) await forgetItems(database, job, found);
    }
  }
  const alerts = await database.getAll('alerts');
  const gone = alerts.filter(({ ref, about }) => refs.has(ref) || (about !== null && refs.has(about)));
  if (gone.length === 0) return;
  const transaction = database.transaction('alerts', 'readwrite', { durability: 'strict' });
  await committing(transaction, () => Promise.all(gone.map(({ id }) => transaction.store.delete(id))));
}

/** Deletes the jobs that follow a list of one of these: their plan names it. */
export async function deleteListingsOf(database: DataDatabase, refs: ReadonlySet<RefKey>): Promise<void> {
  for (const { id, plan } of await database.getAll('jobs')) {
    if (plan.kind === 'listing' && plan.subject !== null && refs.has(plan.subject)) await deleteJob(database, id);
  }
}
