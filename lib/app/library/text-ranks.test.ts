import { describe, expect, test } from 'vitest';
import { createTextColumn } from './column-store.ts';
import { seeded } from './index-rows.samples.ts';
import { finished, sortInSteps } from './text-ranks.ts';

const random = seeded(5);
const numbers = (count: number, limit: number): Int32Array =>
  Int32Array.from({ length: count }, () => Math.floor(random() * limit));

test.each([0, 1, 5, 1_024, 1_025, 5_000])('%i numbers are sorted, equals as they stood', (count) => {
  const values = numbers(count, 50);
  const places = Int32Array.from(values, (_, place) => place);
  const byValue = (a: number, b: number): number => (values[a] ?? 0) - (values[b] ?? 0);
  expect([...finished(sortInSteps(places, byValue))]).toEqual([...places].sort((a, b) => byValue(a, b) || a - b));
});

describe('the ranks of texts', () => {
  const compare = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
  const expected = (texts: readonly string[]): readonly number[] => {
    const sorted = [...texts].sort(compare);
    return texts.map((text) => sorted.findIndex((other) => compare(text, other) === 0));
  };

  test('are their places among all, also after more came, and while they were being made', () => {
    const column = createTextColumn();
    for (let row = 0; row < 3_000; row++) column.set(row, `${Math.floor(random() * 9_999)}`);
    const { dictionary } = column;
    const before = [...dictionary.texts];
    const steps = dictionary.ranking(compare);
    steps.next();
    for (let row = 3_000; row < 3_500; row++) column.set(row, `${Math.floor(random() * 99_999)}`);
    expect([...finished(steps)]).toEqual(expected(before));
    expect([...dictionary.ranks(compare)]).toEqual(expected(dictionary.texts));
    column.set(9_000, 'last');
    expect([...dictionary.ranks(compare)]).toEqual(expected(dictionary.texts));
  });

  test('take several steps where there are many, and none the second time', () => {
    const column = createTextColumn();
    for (let row = 0; row < 4_000; row++) column.set(row, `${row}`);
    const count = (): number => [...column.dictionary.ranking(compare)].length;
    expect(count()).toBeGreaterThan(3);
    expect(count()).toBe(0);
  });
});
