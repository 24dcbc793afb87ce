import { describe, expect, test } from 'vitest';
import {
  addDays,
  conditionOf,
  conditionsOf,
  type DayRange,
  dayOf,
  firstPlace,
  parsePlace,
  type Place,
  placeAfter,
  rangeOf,
  readForm,
  timeOfDay,
  videoQuery,
  writePlace,
} from './tiktok-research-query.ts';

const now = Date.UTC(2026, 10, 21, 23, 59);
const form = (values: Record<string, string>) => readForm(videoQuery, values);
const daysIn = (start: string, end: string): number =>
  ((timeOfDay(end) ?? 0) - (timeOfDay(start) ?? 0)) / 86_400_000 + 1;

/** The windows of a range, as a search walks through them. */
function walkedWindows(range: DayRange): readonly DayRange[] {
  const walked: DayRange[] = [];
  for (let place: Place | null = firstPlace(range); place; ) {
    walked.push(place.window);
    place = placeAfter(parsePlace(writePlace(place), range, false), { hasMore: false, cursor: '9', searchId: '7' });
  }
  return walked;
}

describe('conditions', () => {
  test('one is EQ, several are IN, each once', () => {
    expect(conditionOf('keyword', ['tea'])).toEqual({ operation: 'EQ', field_name: 'keyword', field_values: ['tea'] });
    expect(conditionOf('keyword', ['tea', '', 'tea', 'cup'])).toEqual({
      operation: 'IN',
      field_name: 'keyword',
      field_values: ['tea', 'cup'],
    });
    expect(conditionOf('keyword', ['', ''])).toBeNull();
  });

  test('names are written as the API knows them', () => {
    const conditions = conditionsOf(
      form({
        keyword: ' two words ; 茶，"tea" ',
        hashtag: '#Ferry、＃茶, ##x',
        username: '@Ferry.Notes',
        region: ' se, DE ',
      }),
    );
    expect(conditions).toEqual([
      { operation: 'IN', field_name: 'keyword', field_values: ['two words', '茶', '"tea"'] },
      { operation: 'IN', field_name: 'hashtag_name', field_values: ['Ferry', '茶', 'x'] },
      { operation: 'EQ', field_name: 'username', field_values: ['ferry.notes'] },
      { operation: 'IN', field_name: 'region_code', field_values: ['SE', 'DE'] },
    ]);
  });
});

describe('windows', () => {
  test.each([
    ['one day', '20240229', '20240229', 1],
    ['30 days', '20240101', '20240130', 1],
    ['31 days', '20240101', '20240131', 2],
    ['a leap year', '20240101', '20241231', 13],
    ['a common year', '20230101', '20231231', 13],
    ['more than a year', '20230115', '20240310', 15],
    ['over the end of February of no leap year', '20230215', '20230316', 1],
    ['ten years', '20160901', '20261121', 125],
  ])('%s: every day in exactly one, none longer than 30 days, newest first', (_name, start, end, count) => {
    const windows = walkedWindows({ start, end });
    expect(windows).toHaveLength(count);
    expect(windows[0]?.end).toBe(end);
    expect(windows.at(-1)?.start).toBe(start);
    for (const [index, window] of windows.entries()) {
      expect(daysIn(window.start, window.end)).toBeGreaterThanOrEqual(1);
      expect(daysIn(window.start, window.end)).toBeLessThanOrEqual(30);
      const next = windows[index + 1];
      if (next) expect(addDays(next.end, 1)).toBe(window.start);
    }
    expect(windows.reduce((sum, window) => sum + daysIn(window.start, window.end), 0)).toBe(daysIn(start, end));
  });
});

describe('ranges', () => {
  test('an empty end is today in UTC, an empty start the 30 days up to the end', () => {
    expect(rangeOf({ start: '', end: '' }, now)).toEqual({ start: '20261023', end: '20261121' });
    expect(rangeOf({ start: '', end: '2024-03-01' }, now)).toEqual({ start: '20240201', end: '20240301' });
    expect(rangeOf({ start: '', end: '' }, now, '20160901')).toEqual({ start: '20160901', end: '20261121' });
  });

  test('days to come and days before there were videos are cut off', () => {
    expect(rangeOf({ start: '2026-11-20', end: '2027-01-01' }, now)).toEqual({ start: '20261120', end: '20261121' });
    expect(rangeOf({ start: '', end: '2027-01-01' }, now)).toEqual({ start: '20261023', end: '20261121' });
    expect(rangeOf({ start: '1970-01-01', end: '2014-02-01' }, now)).toEqual({ start: '20140101', end: '20140201' });
  });

  test.each(['2023-02-29', '2024-13-01', '2024-00-10', '2024-04-31'])('%s is no day', (start) => {
    expect(() => rangeOf({ start, end: '' }, now)).toThrow('is no date');
  });

  test('29 February of a leap year is one', () => {
    expect(rangeOf({ start: '2024-02-29', end: '2024-02-29' }, now)).toEqual({ start: '20240229', end: '20240229' });
  });

  test('an end before the start is refused with both', () => {
    expect(() => rangeOf({ start: '2024-03-02', end: '2024-03-01' }, now)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ parameters: ['2024-03-02', '2024-03-01'] }) }),
    );
  });
});

describe('places', () => {
  const range = { start: '20240101', end: '20240331' };

  test('come back as they were written', () => {
    const place = {
      from: '20240101',
      window: { start: '20240201', end: '20240301' },
      cursor: '300',
      searchId: '7-a_b',
    };
    expect(parsePlace(writePlace(place), range, false)).toEqual(place);
    expect(parsePlace(writePlace(firstPlace(range)), range, false)).toEqual(firstPlace(range));
  });

  test('a list without a typed start goes on after midnight', () => {
    const yesterday = rangeOf({ start: '', end: '' }, now);
    const today = rangeOf({ start: '', end: '' }, now + 120_000);
    expect(today).not.toEqual(yesterday);
    const place = placeAfter(firstPlace(yesterday), { hasMore: true, cursor: '100', searchId: '7' });
    if (!place) throw new Error('There is a next page.');
    expect(parsePlace(writePlace(place), today, true)).toEqual(place);
    expect(() => parsePlace(writePlace(place), today, false)).toThrow('none of this list');
  });

  test('a window ends where has_more does, the cursor stands still, or no search has a name', () => {
    const place = firstPlace(range);
    const next = { from: '20240101', window: { start: '20240201', end: '20240301' }, cursor: '0', searchId: null };
    expect(placeAfter(place, { hasMore: false, cursor: '100', searchId: '7' })).toEqual(next);
    expect(placeAfter(place, { hasMore: true, cursor: '0', searchId: '7' })).toEqual(next);
    expect(placeAfter(place, { hasMore: true, cursor: null, searchId: '7' })).toEqual(next);
    expect(placeAfter(place, { hasMore: true, cursor: '100', searchId: null })).toEqual(next);
    expect(placeAfter(place, { hasMore: true, cursor: '100', searchId: '7' })).toEqual({
      ...place,
      cursor: '100',
      searchId: '7',
    });
  });

  test('the search keeps its name where a later page leaves it out', () => {
    const place = { ...firstPlace(range), cursor: '100', searchId: '7' };
    expect(placeAfter(place, { hasMore: true, cursor: '200', searchId: null })).toEqual({ ...place, cursor: '200' });
  });
});

test('days are those of UTC', () => {
  expect([dayOf(now), dayOf(now + 60_000)]).toEqual(['20261121', '20261122']);
  expect(timeOfDay('20240230')).toBeNull();
  expect(timeOfDay('x')).toBeNull();
});
