/**
 * The order of very many texts. To compare as people order costs a thousand times what it costs to compare numbers, so that
 * it is done once, in steps between which others have their turn.
 */

export type Compare = (a: number, b: number) => number;

/** Comparisons of one step, more or less: some ten ms. */
const comparisonsAtOnce = 20_000;
/** Numbers that are sorted in one go. */
const runLength = 1_024;

/** Sorts numbers; yields between steps and returns them in order. Among equals the order stays. */
export function* sortInSteps(numbers: Int32Array, compare: Compare): Generator<void, Int32Array> {
  let from = Int32Array.from(numbers);
  for (let start = 0; start < from.length; start += runLength) {
    from.subarray(start, start + runLength).sort(compare);
    yield;
  }
  let into = new Int32Array(from.length);
  for (let width = runLength; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      const end = Math.min(start + 2 * width, from.length);
      yield* mergeInSteps(
        from.subarray(start, start + width),
        from.subarray(Math.min(start + width, end), end),
        into.subarray(start, end),
        compare,
      );
    }
    [from, into] = [into, from];
  }
  return from;
}

/** Merges two ordered lists into one. */
export function* mergeInSteps(
  one: Int32Array,
  other: Int32Array,
  into: Int32Array,
  compare: Compare,
): Generator<void, void> {
  let [left, right] = [0, 0];
  for (let place = 0; place < into.length; place++) {
    if (place % comparisonsAtOnce === comparisonsAtOnce - 1) yield;
    const [a, b] = [one[left], other[right]];
    const takesLeft = b === undefined || (a !== undefined && compare(a, b) <= 0);
    into[place] = (takesLeft ? a : b) ?? 0;
    if (takesLeft) left += 1;
    else right += 1;
  }
}

/** Runs all steps at once. */
export function finished<Value>(steps: Generator<void, Value>): Value {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
