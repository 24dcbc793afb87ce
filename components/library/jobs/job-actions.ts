/** What can be done with a job, and which jobs the list shows. */
import type { Job } from '../../../lib/messaging/protocol.ts';

/** What can be done with a job now. */
export interface JobActions {
  readonly pause: boolean;
  readonly resume: boolean;
  /** It waits, and need not. */
  readonly hurry: boolean;
  readonly cancel: boolean;
  readonly retry: boolean;
  readonly remove: boolean;
}

/** What can be done with a job as it stands. What a watchlist could not see it looks at again by itself. */
export function actionsOf({ plan, state, counts }: Pick<Job, 'plan' | 'state' | 'counts'>): JobActions {
  const goesOn = state === 'running' || state === 'waiting';
  const ended = state === 'done' || state === 'cancelled';
  return {
    pause: goesOn,
    resume: state === 'paused',
    // A watchlist has nothing to do before its things are due.
    hurry: state === 'waiting' && plan.kind !== 'watchlist',
    cancel: !ended,
    retry: counts.failed > 0 && state !== 'cancelled' && plan.kind !== 'watchlist',
    remove: ended,
  };
}

/** Which jobs the list shows. `yours`: they go on only when somebody does something. */
export const jobFilters = ['all', 'going', 'yours', 'ended'] as const;
export type JobFilter = (typeof jobFilters)[number];

/** Whether a job belongs under this filter. */
export function passes(filter: JobFilter, { state }: Pick<Job, 'state'>): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'going':
      return state === 'running' || state === 'waiting';
    case 'yours':
      return state === 'paused';
    case 'ended':
      return state === 'done' || state === 'cancelled';
  }
}
