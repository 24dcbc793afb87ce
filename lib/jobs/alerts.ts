/** What a look at a watched thing tells: what has changed since the look before. Pure. */
import type { WireError } from '../core/errors.ts';
import type { Alert, JobItem, WatchPlan, WatchRule } from '../core/job.ts';
import type { AnyRecord, Availability } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import { isGone } from './verdict.ts';

function priceOf(record: AnyRecord | null): { readonly minor: number; readonly currency: string | null } | null {
  if (record?.record_type !== 'product') return null;
  const minor = record.price_minor ?? record.price_min_minor;
  return minor === null ? null : { minor, currency: record.currency };
}

function stockOf(record: AnyRecord | null): number | null {
  return record?.record_type === 'product' ? (record.stock_available ?? record.stock_total) : null;
}

function viewsOf(record: AnyRecord | null): number | null {
  return record?.record_type === 'post' ? record.view_count : null;
}

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly currency: string | null;
}

/** The figure that a researcher follows first. */
function mainFigure(record: AnyRecord | null): Figure | null {
  if (record?.record_type === 'product') {
    const price = priceOf(record);
    return price && { name: 'price', value: price.minor, currency: price.currency };
  }
  const counts: readonly (readonly [string, number | null])[] =
    record?.record_type === 'post'
      ? [
          ['views', record.view_count],
          ['likes', record.like_count],
        ]
      : record?.record_type === 'author'
        ? [['followers', record.author_follower_count]]
        : [];
  for (const [name, value] of counts) if (value !== null) return { name, value, currency: null };
  return null;
}

interface Told {
  readonly before: number | null;
  readonly after: number | null;
  readonly currency: string | null;
  readonly about: RefKey | null;
}

/** A figure that has come into a condition: it holds now, and did not hold before, or nobody knew. */
function crossing(
  before: number | null,
  after: number | null,
  holds: (value: number) => boolean,
  currency: string | null = null,
): readonly Told[] {
  const isNew = after !== null && holds(after) && (before === null || !holds(before));
  return isNew ? [{ before, after, currency, about: null }] : [];
}

/** Everything that is known of one look. Times are Unix ms. */
export interface WatchedLook {
  readonly item: JobItem;
  /** What was known of it before and after; null: nothing. */
  readonly before: AnyRecord | null;
  readonly after: AnyRecord | null;
  /** Why there is no fresh record; null: there is one. */
  readonly error: WireError | null;
  /** Posts of an author that were not there at the look before; null: nobody could list them. */
  readonly newPosts: readonly RefKey[] | null;
  readonly now: number;
}

function changedBy(percent: number, before: AnyRecord | null, after: AnyRecord | null): readonly Told[] {
  const one = mainFigure(before);
  const other = mainFigure(after);
  // Of different figures, or in different money, there is no change to speak of; nor from nothing.
  if (!one || !other || one.name !== other.name || one.currency !== other.currency || one.value === 0) return [];
  const moved = (Math.abs(other.value - one.value) / one.value) * 100;
  if (moved < percent) return [];
  return [{ before: one.value, after: other.value, currency: other.currency, about: null }];
}

function postCountOf(record: AnyRecord | null): number | null {
  return record?.record_type === 'author' ? record.author_post_count : null;
}

function newPostsOf({ before, after, newPosts }: WatchedLook): readonly Told[] {
  if (newPosts) return newPosts.map((about) => ({ before: null, after: null, currency: null, about }));
  const [one, other] = [postCountOf(before), postCountOf(after)];
  return one !== null && other !== null && other > one
    ? [{ before: one, after: other, currency: null, about: null }]
    : [];
}

const gone: ReadonlySet<Availability> = new Set(['removed', 'private', 'not_available']);

/** Whether a record says of itself that its thing is gone. */
function saysGone(record: AnyRecord | null): boolean {
  return record !== null && gone.has(record.availability);
}

/** It was there at the look before, or there is something known of it from before the first look; and now it is not. */
function removedNow({ item, before, after, error }: WatchedLook): readonly Told[] {
  const wasThere = before !== null && !saysGone(before) && !(item.error && isGone(item.error));
  const isThere = error ? !isGone(error) : !saysGone(after);
  return wasThere && !isThere ? [{ before: null, after: null, currency: null, about: null }] : [];
}

function told(rule: WatchRule, look: WatchedLook): readonly Told[] {
  if (rule.kind === 'removed') return removedNow(look);
  // Nothing was learned: what is known is what was known before.
  if (look.error) return rule.kind === 'new_post' && look.newPosts ? newPostsOf(look) : [];
  const { before, after } = look;
  switch (rule.kind) {
    case 'price_below': {
      const [one, other] = [priceOf(before), priceOf(after)];
      const known = one && one.currency === other?.currency ? one.minor : null;
      return crossing(known, other?.minor ?? null, (minor) => minor < rule.minor, other?.currency ?? null);
    }
    case 'stock_below':
      return crossing(stockOf(before), stockOf(after), (count) => count < rule.count);
    case 'views_above':
      return crossing(viewsOf(before), viewsOf(after), (count) => count > rule.count);
    case 'changed_by':
      return changedBy(rule.percent, before, after);
    case 'new_post':
      return newPostsOf(look);
  }
}

/**
 * What a look tells: only what has changed since the look before, so that a price that stays low is told once. The ids
 * follow from the look, so that a look that is made again after the worker's death tells nothing twice.
 */
export function alertsOf({ rules }: WatchPlan, look: WatchedLook): readonly Alert[] {
  const { item, now } = look;
  return rules.flatMap((rule, number) =>
    told(rule, look).map((one): Alert => {
      const id = [item.job, item.index, item.due_at ?? 0, number, one.about ?? ''].join(' ');
      return { id, job: item.job, ref: item.ref, at: now, rule, ...one, seen: false };
    }),
  );
}
