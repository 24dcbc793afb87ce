/** How far views came between two looks: what growth is reckoned from. */
import type { Observation } from './observation.ts';

/** A view count and the time (Unix ms) at which the source saw it. */
export interface ViewCount {
  readonly value: number;
  readonly at: number;
}

/** Two view counts of different times; `later` is the newer one. */
export interface ViewInterval {
  readonly earlier: ViewCount;
  readonly later: ViewCount;
}

function exactViews({ record, observed_at }: Observation): ViewCount | null {
  if (!('view_count' in record) || record.view_count === null) return null;
  const note = record.figures['view_count'];
  return note?.precision === 'exact' ? { value: record.view_count, at: note.observed_at ?? observed_at } : null;
}

/**
 * The last two exact view counts of a thing that were observed at different times; null: there are no two. Of two of the
 * same time the one that was appended later counts. Rounded counts are left out: their steps are no growth.
 */
export function viewInterval(observations: readonly Observation[]): ViewInterval | null {
  if (observations.length < 2) return null;
  let later: ViewCount | null = null;
  let earlier: ViewCount | null = null;
  for (const observation of observations) {
    const views = exactViews(observation);
    if (!views) continue;
    if (!later || views.at >= later.at) {
      if (later && views.at > later.at) earlier = later;
      later = views;
    } else if (!earlier || views.at >= earlier.at) earlier = views;
  }
  return earlier && later ? { earlier, later } : null;
}
