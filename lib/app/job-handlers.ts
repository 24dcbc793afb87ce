/** Answers the messages about jobs and about what watchlists tell. */
import type { jobProtocol } from '../messaging/job-protocol.ts';
import type { Handlers } from '../messaging/server.ts';
import type { Jobs } from './jobs.ts';

export function jobHandlers(jobs: Jobs): Handlers<keyof typeof jobProtocol> {
  return {
    'job.list': () => jobs.list(),
    'job.items': ({ id, state, after }) => jobs.items(id, state, after),
    'job.preview': ({ plan, refs }) => jobs.preview(plan, refs),
    'job.create': (input) => jobs.create(input),
    'job.pause': ({ id }) => jobs.pause(id),
    'job.resume': ({ id }) => jobs.resume(id),
    'job.cancel': ({ id }) => jobs.cancel(id),
    'job.retry': ({ id }) => jobs.retry(id),
    'job.delete': async ({ id }) => {
      await jobs.remove(id);
      return null;
    },
    'alert.list': () => jobs.alerts(),
    'alert.seen': async ({ ids }) => {
      await jobs.seen(ids);
      return null;
    },
  };
}
