import { describe, expect, test } from 'vitest';
import { authorGroups, type AuthorName } from './author-groups.ts';
import { median } from './median.ts';
import { outliersOf } from './outliers.ts';
import { viewsPerHourInterval } from './view-speed.ts';

const unknown = Number.NaN;

describe('outliersOf', () => {
  test('divides the views by the median of the others, and tells how many they are', () => {
    const views = [10, 20, 30, 40, 50, 600];
    const { timesMedian, others } = outliersOf([0, 0, 0, 0, 0, 0], views);
    expect([...timesMedian]).toEqual([0.25, 0.5, 0.75, 1.333333, 1.666667, 20]);
    expect([...others]).toEqual([5, 5, 5, 5, 5, 5]);
  });

  test('agrees with the plain way of reckoning it', () => {
    const authors = Array.from({ length: 300 }, (_, place) => (place * 7) % 23);
    const views = authors.map((_, place) => ((place * 7919) % 1000) + 1);
    const { timesMedian, others } = outliersOf(authors, views);
    authors.forEach((author, place) => {
      const rest = views.filter((_, other) => other !== place && authors[other] === author);
      expect(others[place]).toBe(rest.length);
      expect(timesMedian[place]).toBeCloseTo(views[place]! / median(rest)!, 6);
    });
  });

  test('is null with fewer than five others, without views, without an author, and for a median of zero', () => {
    expect([...outliersOf([0, 0, 0, 0, 0], [1, 2, 3, 4, 5]).timesMedian]).toEqual(Array(5).fill(unknown));
    const { timesMedian, others } = outliersOf([0, 0, 0, 0, 0, 0, 0, -1], [1, 2, 3, 4, 5, unknown, 6, 9]);
    expect(timesMedian[5]).toBeNaN();
    expect(others[5]).toBeNaN();
    expect(timesMedian[7]).toBeNaN();
    expect(others[0]).toBe(5);
    expect([...outliersOf([0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 9]).timesMedian]).toEqual(Array(6).fill(unknown));
  });
});

test('the median of an even number is the mean of the middle two, and of none it is null', () => {
  expect(median([3, 1])).toBe(2);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([])).toBeNull();
});

describe('authorGroups', () => {
  const groupsOf = (names: readonly Partial<AuthorName>[]): number[] => [
    ...authorGroups(names.length, (place) => ({
      platform: 'tiktok',
      id: null,
      secId: null,
      handle: null,
      ...names[place],
    })),
  ];

  test('finds an author again by number, secUid, and handle where that is all there is', () => {
    const [byHandle, bySec, byId, other, nobody] = groupsOf([
      { handle: 'Lily' },
      { secId: 's1' },
      { id: '1', secId: 's1', handle: 'lily' },
      { id: '2', handle: 'rose' },
      {},
    ]);
    expect([byHandle, bySec]).toEqual([byId, byId]);
    expect(other).not.toBe(byId);
    expect(nobody).toBe(-1);
  });

  test('does not mistake two who had the same handle for one, and keeps the platforms apart', () => {
    const [first, second, unclear, again, elsewhere] = groupsOf([
      { id: '1', handle: 'lily' },
      { id: '2', handle: 'lily' },
      { handle: 'lily' },
      { handle: 'LILY' },
      { id: '1', platform: 'douyin' },
    ]);
    expect(new Set([first, second, unclear, elsewhere]).size).toBe(4);
    expect(again).toBe(unclear);
  });
});

test('views per hour between two looks are null without both, and for no time', () => {
  expect(viewsPerHourInterval.compute(100, 1_800_000)).toBe(200);
  expect(viewsPerHourInterval.compute(-10, 3_600_000)).toBe(-10);
  expect(viewsPerHourInterval.compute(null, 5)).toBeNull();
  expect(viewsPerHourInterval.compute(5, 0)).toBeNull();
});
