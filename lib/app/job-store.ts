/** The store of jobs as their runner sees it. */
import type { JobStore } from '../jobs/job-ports.ts';
import type { DataDatabase } from '../storage/database.ts';
import * as kept from '../storage/jobs.ts';

export function jobStore(data: () => Promise<DataDatabase>): JobStore {
  return {
    async active() {
      const jobs = await kept.getJobs(await data());
      const isActive = ({ state, counts }: (typeof jobs)[number]): boolean =>
        state === 'running' || state === 'waiting' || (state === 'cancelled' && counts.queued > 0);
      // The oldest first: whoever came first is begun first.
      return jobs.filter(isActive).reverse();
    },
    get: async (id) => kept.getJob(await data(), id),
    take: async (id, count, now) => kept.takeItems(await data(), id, count, now),
    settle: async (id, end) => kept.settleJob(await data(), id, end),
    append: async (id, refs, now, change) => kept.appendItems(await data(), id, refs, now, change),
    restore: async (id, now) => kept.restoreItems(await data(), id, now),
    skip: async (id, now) => kept.skipItems(await data(), id, now),
    nextDue: async (id) => kept.nextDueOf(await data(), id),
    refs: async (id) => kept.refsOfJob(await data(), id),
  };
}
