/** Which of several things leads in a figure. */
import type { Platform } from '../core/ref.ts';

export interface Compared {
  readonly platform: Platform;
  readonly currency: string | null;
}

/** What may be ranked: raw counts within one platform, amounts within one currency, ratios always. */
export type FigureKind = 'count' | 'money' | 'ratio';

/**
 * The place of the highest value; null: fewer than two have one, several share the highest, or the values are not of one
 * kind. Raw counts are never ranked across platforms, nor amounts across currencies.
 */
export function leaderOf(
  values: readonly (number | null)[],
  things: readonly Compared[],
  kind: FigureKind,
): number | null {
  const known = values.flatMap((value, place) => (value === null ? [] : [{ value, thing: things[place] }]));
  if (known.length < 2) return null;
  const kinds = new Set(known.map(({ thing }) => (kind === 'money' ? thing?.currency : thing?.platform)));
  if (kind !== 'ratio' && (kinds.size > 1 || kinds.has(null))) return null;
  const highest = known.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return known.filter(({ value }) => value === highest).length === 1 ? values.indexOf(highest) : null;
}
