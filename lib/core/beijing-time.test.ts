import { expect, test } from 'vitest';
import { nextBeijingMidnight, parseBeijingTime } from './beijing-time.ts';

test.each([
  ['2022-04-12 08:51:14', 1649724674000],
  ['Beijing/2022-04-12 08:51:14', 1649724674000],
  ['2022-04-12T08:51:14', 1649724674000],
  ['1990-06-01 00:00:00', Date.UTC(1990, 4, 31, 16)],
])('%s', (text, time) => {
  expect(parseBeijingTime(text)).toBe(time);
});

test.each([
  '',
  '2022-04-31 00:00:00',
  '2022-13-01 00:00:00',
  '2022-04-12',
  '2022-04-12 24:61:00',
  '2022-04-12T08:51:14Z',
  'Tokyo/2022-04-12 08:51:14',
])('no Beijing time: "%s"', (text) => {
  expect(parseBeijingTime(text)).toBeNull();
});

test('the next midnight in Beijing is 16:00 UTC', () => {
  expect(nextBeijingMidnight(Date.UTC(2026, 10, 21, 15, 59, 59))).toBe(Date.UTC(2026, 10, 21, 16));
  expect(nextBeijingMidnight(Date.UTC(2026, 10, 21, 16))).toBe(Date.UTC(2026, 10, 22, 16));
});
