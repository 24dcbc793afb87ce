/**
 * Work that goes on by itself: lists to look up, lists to follow to their end, things to look at again and again. A job
 * and its items live in storage; what runs is only ever read from there, so that a worker may die between any two steps.
 */
import type { ListCapability } from './capabilities.ts';
import type { WireError } from './errors.ts';
import type { Platform, RefKey } from './ref.ts';

/** Looks up each of a list of things once. */
export interface BatchPlan {
  readonly kind: 'batch';
  /** Past every cache, the provider's too; false: what is fresh costs no call. */
  readonly refresh: boolean;
}

/** Follows a list of an API by its cursor. */
export interface ListingPlan {
  readonly kind: 'listing';
  readonly provider: string;
  readonly capability: ListCapability;
  readonly platform: Platform;
  /** What it is a list of; null: a search. */
  readonly subject: RefKey | null;
  /** What the form of the query held. */
  readonly query: Readonly<Record<string, string>>;
  /** Ends after so many things; null: at the list's end. */
  readonly most: number | null;
  /** Ends with the first page that holds nothing published since (Unix ms); null: at the list's end. */
  readonly since: number | null;
}

/** Looks at each of a list of things again and again. */
export interface WatchPlan {
  readonly kind: 'watchlist';
  /** Ms between two looks at the same thing, without the jitter. */
  readonly everyMs: number;
  readonly rules: readonly WatchRule[];
}

/** Asks once more for each of a list of things, to learn which of them can still be seen. */
export interface AvailabilityPlan {
  readonly kind: 'availability';
}

export type JobPlan = BatchPlan | ListingPlan | WatchPlan | AvailabilityPlan;
export type JobKind = JobPlan['kind'];

/** What a watchlist tells of. */
export type WatchRule =
  /** The price is below; in minor units of the product's own currency. */
  | { readonly kind: 'price_below'; readonly minor: number }
  | { readonly kind: 'stock_below'; readonly count: number }
  | { readonly kind: 'views_above'; readonly count: number }
  /** The main figure (a product's price, a post's views or else likes, an author's followers) moved by so many percent. */
  | { readonly kind: 'changed_by'; readonly percent: number }
  /** An author has a post that was not there at the look before. */
  | { readonly kind: 'new_post' }
  /** It was there, and is no longer. */
  | { readonly kind: 'removed' };

/**
 * `running`: steps are made. `waiting`: goes on by itself at `resume_at`. `paused`: goes on when somebody says so.
 * `done`: nothing is left to do (a watchlist never is). `cancelled`: nothing more will be done.
 */
export type JobState = 'running' | 'waiting' | 'paused' | 'done' | 'cancelled';

export interface JobCounts {
  readonly total: number;
  /** Still to come, with what is under way. */
  readonly queued: number;
  readonly done: number;
  readonly failed: number;
  /** Left out: the job was cancelled before their turn. */
  readonly skipped: number;
}

export interface Job {
  readonly id: string;
  /** As the researcher calls it. */
  readonly name: string;
  /** The project that what it finds is saved into. */
  readonly project: string;
  readonly plan: JobPlan;
  readonly state: JobState;
  /** Why it waits or is paused, where something went wrong; null: somebody paused it, or it waits for its next turn. */
  readonly reason: WireError | null;
  /** Unix ms. */
  readonly created_at: number;
  readonly changed_at: number;
  /** Unix ms at which a waiting job goes on; null in every other state. */
  readonly resume_at: number | null;
  readonly counts: JobCounts;
  /** Ms that it has run for in all, without waits and pauses: what its rate is reckoned from. */
  readonly active_ms: number;
  /** Of a listing: where its next page begins (null: at the first, or past the last), and the pages that came. */
  readonly cursor: string | null;
  readonly pages: number;
}

/** `running`: it was asked for; after the worker's death that is `queued` again. */
export type JobItemState = 'queued' | 'running' | 'done' | 'failed' | 'skipped';

/** One thing of a job. There is one for each ref, so that each has exactly one result. */
export interface JobItem {
  readonly job: string;
  /** Place in the job, from 0. */
  readonly index: number;
  readonly ref: RefKey;
  readonly state: JobItemState;
  /**
   * Why it failed; of a check of what can still be seen also what was found of a thing that is gone; of a watchlist's thing
   * that is looked at again, why the look before failed. Null otherwise.
   */
  readonly error: WireError | null;
  /** How often it was asked for. */
  readonly attempts: number;
  /** Unix ms. */
  readonly changed_at: number;
  /** Unix ms of its next look; null where it has only one. */
  readonly due_at: number | null;
}

/** Something that a watchlist tells of. */
export interface Alert {
  readonly id: string;
  readonly job: string;
  readonly ref: RefKey;
  /** Unix ms at which it was noticed. */
  readonly at: number;
  readonly rule: WatchRule;
  /** The figure before and after, in the rule's own unit; null: there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** ISO 4217 of prices; null for everything else. */
  readonly currency: string | null;
  /** The post, for `new_post`. */
  readonly about: RefKey | null;
  readonly seen: boolean;
}
