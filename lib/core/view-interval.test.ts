import { expect, it } from 'vitest';
import { type Observation, toObservation } from './observation.ts';
import { bareRecords, postRecord } from './record.samples.ts';
import type { Precision } from './record.ts';
import { viewInterval } from './view-interval.ts';

function seen(
  at: number,
  views: number | null,
  precision: Precision = 'exact',
  noted: number | null = at,
): Observation {
  const note = { precision, source: 'statsV2', observed_at: noted, fetched_at: at };
  return toObservation(
    postRecord({
      view_count: views,
      observed_at: at,
      fetched_at: at,
      figures: views === null ? {} : { view_count: note },
    }),
  );
}

it('tells the last two exact counts of different times, in whichever order they came', () => {
  const looks = [seen(100, 5), seen(200, 7), seen(300, 12)];
  const interval = { earlier: { value: 7, at: 200 }, later: { value: 12, at: 300 } };
  expect(viewInterval(looks)).toEqual(interval);
  expect(viewInterval([...looks].reverse())).toEqual(interval);
  expect(viewInterval([seen(200, 7), seen(300, 12), seen(100, 5)])).toEqual(interval);
});

it('counts go by the time at which the source saw them, and may fall', () => {
  expect(viewInterval([seen(100, 9), seen(500, 5, 'exact', 50)])).toEqual({
    earlier: { value: 5, at: 50 },
    later: { value: 9, at: 100 },
  });
});

it('of two of the same time the one appended later counts', () => {
  expect(viewInterval([seen(100, 5), seen(200, 7), seen(200, 8), seen(100, 6)])).toEqual({
    earlier: { value: 6, at: 100 },
    later: { value: 8, at: 200 },
  });
});

it('there is none with one count, one time, or counts that are rounded or missing', () => {
  expect(viewInterval([])).toBeNull();
  expect(viewInterval([seen(100, 5)])).toBeNull();
  expect(viewInterval([seen(100, 5), seen(100, 6)])).toBeNull();
  expect(viewInterval([seen(100, 5), seen(200, 6_000, 'rounded'), seen(300, null)])).toBeNull();
  expect(viewInterval([toObservation(bareRecords.author), toObservation(bareRecords.author)])).toBeNull();
});
