import { describe, expect, test } from 'vitest';
import { formatAge, formatCount, formatDuration, formatMoney, formatRatio, formatTime } from './format.ts';
import { currencyExponent, decimalAmount } from './money.ts';
import { isoInZone, isoUtc, resolveTimeZone } from './time.ts';

const published = 1_750_212_365_000;

test.each([
  [12_589, 'exact', 'en', '12,589'],
  [12_500, 'rounded', 'en', '≈12,500'],
  [13_000, 'abbreviated', 'zh-CN', '≈13,000'],
  [13_000, 'lower_bound', 'zh-CN', '≥13,000'],
  [15_900, 'unknown', 'en', '≈15,900'],
  [15_900, null, 'en', '≈15,900'],
  [0, 'exact', 'en', '0'],
  [null, 'exact', 'en', '—'],
  [12_589, 'exact', 'de', '12.589'],
] as const)('count %s, %s, %s is %s', (count, precision, locale, text) => {
  expect(formatCount(count, precision, locale)).toBe(text);
});

test.each([
  [0.064012, 'en', '0.064'],
  [70.855509, 'en', '70.8555'],
  [null, 'en', '—'],
])('ratio %s, %s is %s', (ratio, locale, text) => {
  expect(formatRatio(ratio, locale)).toBe(text);
});

test.each([
  [7200, 'CNY', 'zh-CN', '¥72.00'],
  [7200, 'CNY', 'en', 'CN¥72.00'],
  [1099, 'USD', 'en', '$10.99'],
  [99_000, 'VND', 'en', '₫99,000'],
  [1234, 'KWD', 'en', 'KWD\u00a01.234'],
  [0, 'USD', 'en', '$0.00'],
  [7200, 'coins', 'en', '72.00 coins'],
  [7200, null, 'en', '—'],
  [null, 'CNY', 'en', '—'],
])('money %s %s, %s is %s', (minor, currency, locale, text) => {
  expect(formatMoney(minor, currency, locale)).toBe(text);
});

test.each([
  ['CNY', 2, '72.00'],
  ['VND', 0, '7200'],
  ['JPY', 0, '7200'],
  ['IDR', 2, '72.00'],
  ['BHD', 3, '7.200'],
])('%s has %d decimals', (currency, exponent, text) => {
  expect(currencyExponent(currency)).toBe(exponent);
  expect(decimalAmount(7200, currency)).toBe(text);
});

test.each([
  [12_800, '0:12'],
  [0, '0:00'],
  [75_000, '1:15'],
  [4_500_000, '1:15:00'],
  [null, '—'],
  [Number.NaN, '—'],
])('duration %s is %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  ['UTC', 'en', 'Jun 18, 2025, 02:06:05 UTC'],
  ['Asia/Shanghai', 'en', 'Jun 18, 2025, 10:06:05 GMT+8'],
  ['no/zone', 'en', 'Jun 18, 2025, 02:06:05 UTC'],
])('time in %s, %s is %s', (zone, locale, text) => {
  expect(formatTime(published, zone, locale)).toBe(text);
});

test('no time is a dash', () => {
  expect(formatTime(null, 'UTC', 'en')).toBe('—');
  expect(formatAge(null, published, 'en')).toBe('—');
});

test.each([
  [0, 'en', 'now'],
  [30_000, 'zh-CN', '现在'],
  [3 * 60_000, 'en', '3 min. ago'],
  [59 * 60_000 + 59_000, 'en', '59 min. ago'],
  [25 * 3_600_000, 'en', '1 day ago'],
  [400 * 86_400_000, 'zh-CN', '1年前'],
  [-2 * 3_600_000, 'en', 'in 2 hr.'],
])('%d ms before now, %s is %s', (age, locale, text) => {
  expect(formatAge(published - age, published, locale)).toBe(text);
});

describe('times for machines', () => {
  test.each([
    [published, '2025-06-18T02:06:05Z'],
    [published + 999, '2025-06-18T02:06:05Z'],
    [0, '1970-01-01T00:00:00Z'],
    [null, null],
    [9e15, null],
    [Number.NaN, null],
  ])('%s is %s in UTC', (ms, text) => {
    expect(isoUtc(ms)).toBe(text);
  });

  test.each([
    ['UTC', '2025-06-18T02:06:05+00:00'],
    ['Asia/Shanghai', '2025-06-18T10:06:05+08:00'],
    ['America/New_York', '2025-06-17T22:06:05-04:00'],
    ['Asia/Kolkata', '2025-06-18T07:36:05+05:30'],
    ['no/zone', '2025-06-18T02:06:05+00:00'],
  ])('in %s it is %s', (zone, text) => {
    expect(isoInZone(published, zone)).toBe(text);
  });

  test('midnight is 00, and summer time has its own offset', () => {
    expect(isoInZone(Date.UTC(2026, 0, 14, 23), 'Europe/Berlin')).toBe('2026-01-15T00:00:00+01:00');
    expect(isoInZone(Date.UTC(2026, 6, 14, 22), 'Europe/Berlin')).toBe('2026-07-15T00:00:00+02:00');
  });

  test('`local` is a real zone', () => {
    expect(resolveTimeZone('local')).not.toBe('local');
    expect(resolveTimeZone('Asia/Kolkata')).toBe('Asia/Kolkata');
  });
});
