import { describe, expect, it } from 'vitest';
import { ascending, median, medianWithout } from './median.ts';

describe('median', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[9, 1], 5],
    [[10, 9, 2], 9],
    [[100, 2, 30, 4], 17],
  ] as const)('of %j is %j', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('without one of them is that of the others, whichever it is', () => {
    const values = [5, 1, 9, 3, 7, 11];
    const sorted = ascending(values);
    for (const [index, value] of sorted.entries()) {
      const others = [...sorted].filter((other) => other !== value);
      expect(medianWithout(sorted, index)).toBe(median(others));
    }
    expect(medianWithout(ascending([4]), 0)).toBeNull();
  });
});
