/** What jobs need from the outside: a store, and somebody who asks. */
import type { WireError } from '../core/errors.ts';
import type { Alert, Job, JobItem } from '../core/job.ts';
import type { RefKey } from '../core/ref.ts';

/** What is written in one transaction. */
export interface Settlement {
  readonly job: Job;
  /** As they are from now on; the counts of the job follow from them. */
  readonly items?: readonly JobItem[];
  /** The same, for those of them that have failed meanwhile: they failed for another reason than they seemed to. */
  readonly again?: readonly JobItem[];
  readonly alerts?: readonly Alert[];
}

/** Each function is one transaction; what it resolves with is committed. All times are Unix ms. */
export interface JobStore {
  /** Jobs with something to do, now or later: those that run or wait, and cancelled ones whose things are not all left out. */
  active(): Promise<readonly Job[]>;
  get(id: string): Promise<Job | null>;
  /**
   * The next things whose turn it is, marked as running; none where the job does not run. Of a watchlist those that are
   * due at `now`, the longest due first; of any other those that are queued, in their order.
   */
  take(id: string, count: number, now: number): Promise<readonly JobItem[]>;
  /** Writes what `end` makes of the job as it is now; null: there is no such job any more. */
  settle(id: string, end: (job: Job) => Settlement): Promise<Job | null>;
  /** Adds things that were found, as done; those that the job has already stay. */
  append(id: string, refs: readonly RefKey[], now: number, change: (job: Job) => Job): Promise<Job | null>;
  /** Puts what is marked as running back into the queue: whoever asked for it is dead. */
  restore(id: string, now: number): Promise<void>;
  /** Leaves out what is queued of a cancelled job on which nobody works. */
  skip(id: string, now: number): Promise<void>;
  /** When the next thing of a watchlist is due; null: it has none. */
  nextDue(id: string): Promise<number | null>;
  /** All things of a job. */
  refs(id: string): Promise<readonly RefKey[]>;
}

/** How asking for one thing ended, after everything that came of it was stored. */
export interface Look {
  /** Null: there is a fresh record. */
  readonly error: WireError | null;
  readonly alerts: readonly Alert[];
}

/** One thing of a page of a list. */
export interface ListedThing {
  readonly ref: RefKey;
  /** Unix ms at which it was published; null: not known. */
  readonly published_at: number | null;
}

/** A page of a list that came and is not stored yet. */
export interface ListedPage {
  /** What the list is of, in its order; what comes beside it (authors, products) is left out. */
  readonly things: readonly ListedThing[];
  /** Null: it was the last. */
  readonly cursor: string | null;
  /** Stores these of its things, and what belongs to them. */
  keep(refs: ReadonlySet<RefKey>): Promise<void>;
}

export interface JobWork {
  /** How many of its things may be asked for at once. */
  concurrency(job: Job): Promise<number>;
  /** Asks for one thing. Never throws what is about the thing or its provider. */
  look(job: Job, item: JobItem, signal: AbortSignal): Promise<Look>;
  /** Asks for the page at the job's cursor. Throws AppError. */
  page(job: Job, signal: AbortSignal): Promise<ListedPage>;
}
