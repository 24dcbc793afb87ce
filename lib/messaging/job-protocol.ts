/** The messages about jobs and what watchlists tell of. */
import * as z from 'zod/mini';
import { listCapabilities } from '../core/capabilities.ts';
import type { Alert, Job, JobItem } from '../core/job.ts';
import { platforms } from '../core/ref.ts';
import type { JobPreview } from './job-models.ts';
import { empty, from, refKeySchema } from './message.ts';

const count = z.number().check(z.minimum(0));
const moment = z.nullable(z.number());

export const watchRuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('price_below'), minor: count }),
  z.object({ kind: z.literal('stock_below'), count }),
  z.object({ kind: z.literal('views_above'), count }),
  z.object({ kind: z.literal('changed_by'), percent: z.number().check(z.positive()) }),
  z.object({ kind: z.literal('new_post') }),
  z.object({ kind: z.literal('removed') }),
]);

/** The shortest time between two looks at the same thing, ms: the alarms of browsers come no oftener than each 30 s. */
export const shortestWatchMs = 60_000;

export const jobPlanSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('batch'), refresh: z.boolean() }),
  z.object({
    kind: z.literal('listing'),
    provider: z.string().check(z.maxLength(60)),
    capability: z.enum(listCapabilities),
    platform: z.enum(platforms),
    subject: z.nullable(refKeySchema),
    query: z.record(z.string().check(z.maxLength(60)), z.string().check(z.maxLength(2_000))),
    most: z.nullable(z.number().check(z.minimum(1))),
    since: moment,
  }),
  z.object({
    kind: z.literal('watchlist'),
    everyMs: z.number().check(z.minimum(shortestWatchMs)),
    rules: z.array(watchRuleSchema).check(z.maxLength(20)),
  }),
  z.object({ kind: z.literal('availability') }),
]);

/** More lines than a person pastes, fewer than a message may hold. */
const maximumRefs = 100_000;
const job = z.object({ id: z.string().check(z.maxLength(60)) });

export const jobProtocol = {
  /** All jobs, the newest first. */
  'job.list': from('page').takes(empty).gives<readonly Job[]>(),
  /** Items of one job in its order, of one state where that is named; at most 200 of them. */
  'job.items': from('page')
    .takes(
      z.object({
        id: z.string(),
        state: z.nullable(z.enum(['queued', 'running', 'done', 'failed', 'skipped'])),
        /** The index that comes before the first one wanted; -1: from the beginning. */
        after: z.number(),
      }),
    )
    .gives<readonly JobItem[]>(),
  /** What would be asked, of whom, for these things; nothing is sent. */
  'job.preview': from('page')
    .takes(z.object({ plan: jobPlanSchema, refs: z.array(refKeySchema).check(z.maxLength(maximumRefs)) }))
    .gives<JobPreview>(),
  /** Begins at once. The refs of a listing are not given: it finds them. */
  'job.create': from('page')
    .takes(
      z.object({
        name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
        /** Null: the active project. */
        project: z.nullable(z.string()),
        plan: jobPlanSchema,
        refs: z.array(refKeySchema).check(z.maxLength(maximumRefs)),
      }),
    )
    .gives<Job>(),
  'job.pause': from('page').takes(job).gives<Job>(),
  'job.resume': from('page').takes(job).gives<Job>(),
  'job.cancel': from('page').takes(job).gives<Job>(),
  /** Puts what failed back into the queue. */
  'job.retry': from('page').takes(job).gives<Job>(),
  /** Forgets the job and its alerts; what it collected stays. */
  'job.delete': from('page').takes(job).gives<null>(),
  /** The newest first; at most 500. */
  'alert.list': from('page').takes(empty).gives<readonly Alert[]>(),
  /** Marks them as seen; null: all of them. */
  'alert.seen': from('page')
    .takes(z.object({ ids: z.nullable(z.array(z.string())) }))
    .gives<null>(),
} as const;
