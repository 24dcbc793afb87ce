/** Looks at each of a list of things once: what a batch does, and a check of what can still be seen. */
import type { WireError } from '../core/errors.ts';
import type { Job, JobItem } from '../core/job.ts';
import type { Clock } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import type { ListedPage, Look } from './job-ports.ts';
import { isGone } from './verdict.ts';
import { lookAgain } from './watchlist.ts';

/** What looks need from the outside. Times are Unix ms. */
export interface LookPorts {
  /** Asks for a thing and stores what comes. Resolves with why there is no fresh record; null: there is one. */
  readonly lookup: (
    ref: RefKey,
    how: { readonly refresh: boolean; readonly signal: AbortSignal },
  ) => Promise<WireError | null>;
  /** Saves a thing into the job's project. */
  readonly keep: (job: Job, ref: RefKey) => Promise<void>;
  /** Keeps that a thing could not be seen. */
  readonly noteGone: (job: Job, ref: RefKey, error: WireError) => Promise<void>;
  /** What was known of a thing before this time; null: nothing. */
  readonly knownAt: (ref: RefKey, before: number) => Promise<AnyRecord | null>;
  /** Which of these something was known of before this time. */
  readonly knownAmong: (refs: readonly RefKey[], before: number) => Promise<ReadonlySet<RefKey>>;
  /** The first page of an author's posts; null: nobody lists them. Throws AppError. */
  readonly newestPosts: (job: Job, author: RefKey, signal: AbortSignal) => Promise<ListedPage | null>;
}

/** One look at one thing, as its job wants it. */
export async function lookAt(
  ports: LookPorts & { readonly clock: Clock },
  job: Job,
  item: JobItem,
  signal: AbortSignal,
): Promise<Look> {
  const { plan } = job;
  if (plan.kind === 'watchlist') return lookAgain(ports, job, plan, item, signal);
  const isCheck = plan.kind === 'availability';
  const refresh = isCheck || (plan.kind === 'batch' && plan.refresh);
  const error = await ports.lookup(item.ref, { refresh, signal });
  if (error === null) await ports.keep(job, item.ref);
  else if (isCheck && isGone(error)) await ports.noteGone(job, item.ref, error);
  return { error, alerts: [] };
}
