/** Histories as the lines of a chart. Pure. */
import type { HistoryPoint } from '../../lib/messaging/protocol.ts';

export interface LinePoint {
  /** Unix ms. */
  readonly at: number;
  /** Null: it was looked at, and the figure was not there: the line is broken. */
  readonly value: number | null;
}

export interface Line {
  readonly label: string;
  /** Oldest first. */
  readonly points: readonly LinePoint[];
  /** Which of the colours; absent: that of its place. */
  readonly colour?: number;
}

/** A line's values at the times of all lines: null breaks it, undefined is another line's time. */
export type Aligned = (number | null | undefined)[];

/** Lines over one axis of time, in seconds as the chart wants it. */
export function alignLines(lines: readonly Line[]): { readonly times: number[]; readonly values: Aligned[] } {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort((a, b) => a - b);
  const places = new Map(times.map((time, index) => [time, index]));
  const values = lines.map(({ points }) => {
    const aligned: Aligned = Array.from({ length: times.length });
    for (const { at, value } of points) {
      const place = places.get(at);
      // Of two looks at the same moment the one that saw something.
      if (place !== undefined && (value !== null || aligned[place] === undefined)) aligned[place] = value;
    }
    return withWholeGaps(aligned);
  });
  return { times: times.map((time) => time / 1000), values };
}

/** A gap reaches from the last value before it to the first after it, also over the times of other lines. */
function withWholeGaps(aligned: Aligned): Aligned {
  const widened = [...aligned];
  for (const [index, value] of aligned.entries()) {
    if (value !== null) continue;
    for (let before = index - 1; before >= 0 && aligned[before] === undefined; before--) widened[before] = null;
    for (let after = index + 1; after < aligned.length && aligned[after] === undefined; after++) widened[after] = null;
  }
  return widened;
}

/** Whether there is anything to see over time: two values that differ. */
export function hasChanged(points: readonly HistoryPoint[]): boolean {
  return new Set(points.flatMap(({ value }) => value ?? [])).size > 1;
}

/** A history as one line per source, the one that spoke most often first: their counts are reckoned differently. */
export function linesBySource(points: readonly HistoryPoint[], name: (source: string) => string): readonly Line[] {
  const bySource = Map.groupBy(points, ({ source }) => source);
  return [...bySource]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([source, own]) => ({ label: name(source), points: own.map(({ at, value }) => ({ at, value })) }));
}

/** The first and the last value that are known. */
export function endsOf(
  points: readonly HistoryPoint[],
): { readonly first: HistoryPoint; readonly last: HistoryPoint } | null {
  const known = points.filter(({ value }) => value !== null);
  const [first] = known;
  const last = known.at(-1);
  return first && last ? { first, last } : null;
}
