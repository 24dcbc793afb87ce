/** Medians. */

/** In ascending order, as a new array. */
export function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort();
}

/** The median of values in ascending order: the mean of the middle two where their number is even; null of none. */
export function medianOfSorted(values: ArrayLike<number>): number | null {
  const middle = values.length >> 1;
  const upper = values[middle];
  if (upper === undefined) return null;
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? upper) + upper) / 2;
}

/** The median of values in any order; null of none. */
export function median(values: Iterable<number>): number | null {
  return medianOfSorted(ascending(values));
}

/** The median of values in ascending order without the one at `left`; null where no other is left. */
export function medianWithout(values: ArrayLike<number>, left: number): number | null {
  const count = values.length - 1;
  if (count < 1) return null;
  const at = (index: number): number => values[index < left ? index : index + 1] ?? 0;
  const middle = count >> 1;
  return count % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
}
