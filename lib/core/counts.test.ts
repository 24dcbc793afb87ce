import { describe, expect, test } from 'vitest';
import { parseCount } from './counts.ts';

describe('counts', () => {
  test.each([
    // As published for the gateway, 2026-11.
    ['1.3万+', 13_000, 'lower_bound'],
    ['3303450', 3_303_450, 'exact'],
    ['10万+', 100_000, 'lower_bound'],
    ['1.2亿', 120_000_000, 'abbreviated'],
    ['9999+', 9_999, 'lower_bound'],
    ['1.5w+', 15_000, 'lower_bound'],
    ['12.5K', 12_500, 'abbreviated'],
    ['1.2M', 1_200_000, 'abbreviated'],
    // Others.
    ['0', 0, 'exact'],
    ['1,234,567', 1_234_567, 'exact'],
    [' 1 234 ', 1_234, 'exact'],
    ['１２３４', 1_234, 'exact'],
    ['１．３万＋', 13_000, 'lower_bound'],
    ['2.5萬', 25_000, 'abbreviated'],
    ['3億', 300_000_000, 'abbreviated'],
    ['1.15W', 11_500, 'abbreviated'],
    ['4.35m', 4_350_000, 'abbreviated'],
    ['1.1B', 1_100_000_000, 'abbreviated'],
    ['100 万 +', 1_000_000, 'lower_bound'],
    ['12.0', 12, 'exact'],
  ] as const)('%s', (text, value, precision) => {
    expect(parseCount(text)).toEqual({ value, precision, raw: text.trim() });
  });

  test.each([
    '',
    '--',
    '-',
    '$2?',
    '-5',
    '1.5',
    '1.23456K',
    '万',
    '+',
    '1-2万',
    '1,23',
    '1e5',
    '0x10',
    '九',
    '99999999999999999999',
    '1.2.3',
    'NaN',
    '万1',
  ])('no count: "%s"', (text) => {
    expect(parseCount(text)).toBeNull();
  });
});
