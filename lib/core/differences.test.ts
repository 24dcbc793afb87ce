import { describe, expect, test } from 'vitest';
import { differencesOf } from './differences.ts';
import { type Observation, toObservation } from './observation.ts';
import type { AnyRecord, PostRecord, Precision } from './record.ts';
import { postRecord, productRecord, skuRecord } from './record.samples.ts';

const noon = Date.UTC(2026, 8, 1, 12);
const minute = 60_000;

function views(value: number, source: string, precision: Precision = 'exact', at = noon): Observation {
  const figures = { view_count: { precision, source, observed_at: at, fetched_at: at } };
  return toObservation(postRecord({ view_count: value, observed_at: at, fetched_at: at, figures }));
}

function figure(record: AnyRecord, field: string, source: string): Observation {
  return toObservation({
    ...record,
    figures: { [field]: { precision: 'exact', source, observed_at: noon, fetched_at: noon } },
  });
}

describe('differencesOf', () => {
  test('names the figure, and what each source said with its precision and time, newest first', () => {
    const found = differencesOf([
      views(1_234_567, 'statsV2', 'exact', noon),
      views(1_250_000, 'api:gateway', 'exact', noon + minute),
    ]);
    expect(found).toEqual([
      {
        field: 'view_count',
        readings: [
          { value: 1_250_000, source: 'api:gateway', precision: 'exact', observedAt: noon + minute },
          { value: 1_234_567, source: 'statsV2', precision: 'exact', observedAt: noon },
        ],
      },
    ]);
  });

  test.each<[string, number, Precision, boolean]>([
    ['1.2M', 1_200_000, 'abbreviated', false],
    ['rounded to two digits', 1_200_000, 'rounded', false],
    ['rounded up', 1_300_000, 'rounded', false],
    ['too far for any rounding', 1_400_000, 'rounded', true],
    ['a precise figure that only says nothing of its precision', 1_234_568, 'unknown', true],
    ['a lower bound below', 1_200_000, 'lower_bound', false],
    ['a lower bound above', 1_300_000, 'lower_bound', true],
    ['exactly the same', 1_234_567, 'exact', false],
    ['exactly another', 1_234_568, 'exact', true],
  ])('against 1,234,567: %s', (_name, value, precision, differs) => {
    const observations = [views(1_234_567, 'statsV2'), views(value, 'api:bearer', precision)];
    expect(differencesOf(observations).length > 0).toBe(differs);
    expect(differencesOf([...observations].reverse()).length > 0).toBe(differs);
  });

  test.each<[number, number, boolean]>([
    [16_000, 15_955, false],
    [13_000, 13_999, false],
    [100_000, 99_990, false],
    // An abbreviation keeps two digits: 100,000 is no name for 150,000.
    [100_000, 150_000, true],
    // What is small enough is written in full, whatever is said of its precision.
    [5, 6, true],
    [10, 11, true],
    [0, 1, true],
  ])('%i rounded against %i exact', (rounded, exact, differs) => {
    const found = differencesOf([views(rounded, 'stats', 'rounded'), views(exact, 'api:tikhub')]);
    expect(found.length > 0).toBe(differs);
  });

  test('only what a source said last counts', () => {
    const changed = [
      views(100, 'api:gateway', 'exact', noon),
      views(120, 'statsV2', 'exact', noon + minute),
      views(120, 'api:gateway', 'exact', noon + 2 * minute),
    ];
    expect(differencesOf(changed)).toEqual([]);
    expect(differencesOf(changed.slice(0, 2))).toHaveLength(1);
  });

  test('the page is one source: its blocks at different times do not disagree', () => {
    expect(differencesOf([views(100, 'statsV2'), views(120, 'stats', 'exact', noon + minute)])).toEqual([]);
  });

  test('a third source that agrees with one of two is listed with them', () => {
    const found = differencesOf([
      views(100, 'statsV2'),
      views(100, 'api:bearer'),
      views(90, 'api:gateway', 'exact', noon - minute),
    ]);
    expect(found[0]?.readings.map(({ source, value }) => [source, value])).toEqual([
      ['api:bearer', 100],
      ['statsV2', 100],
      ['api:gateway', 90],
    ]);
  });

  test('amounts carry their currency, and two currencies are not compared', () => {
    const cny = figure(productRecord({ price_minor: 7_200, currency: 'CNY' }), 'price_minor', 'api:gateway');
    const dearer = figure(productRecord({ price_minor: 7_300, currency: 'CNY' }), 'price_minor', 'page');
    const usd = figure(productRecord({ price_minor: 999, currency: 'USD' }), 'price_minor', 'page');
    expect(differencesOf([cny, usd])).toEqual([]);
    expect(differencesOf([cny, dearer])[0]?.readings.map(({ currency }) => currency)).toEqual(['CNY', 'CNY']);
  });

  test('sales of a month and of all time are not compared', () => {
    const month = figure(productRecord({ sold_count: 30, sold_window: 'month' }), 'sold_count', 'api:gateway');
    const ever = figure(productRecord({ sold_count: 900, sold_window: 'lifetime' }), 'sold_count', 'page');
    expect(differencesOf([month, ever])).toEqual([]);
  });

  test('SKUs, absent values and values that are no numbers take no part', () => {
    const skus = [
      figure(skuRecord({ stock: 1 }), 'stock', 'api:gateway'),
      figure(skuRecord({ stock: 2 }), 'stock', 'page'),
    ];
    expect(differencesOf(skus)).toEqual([]);
    const absent: PostRecord = postRecord({ view_count: null });
    const odd: PostRecord = postRecord({ view_count: Number.NaN });
    expect(
      differencesOf([views(1, 'statsV2'), figure(absent, 'view_count', 'api:a'), figure(odd, 'view_count', 'api:b')]),
    ).toEqual([]);
    expect(differencesOf([])).toEqual([]);
  });
});
