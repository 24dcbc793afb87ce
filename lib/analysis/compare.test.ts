import { describe, expect, test } from 'vitest';
import { leaderOf } from './compare.ts';

describe('leaderOf', () => {
  const tiktok = { platform: 'tiktok', currency: 'USD' } as const;
  const douyin = { platform: 'douyin', currency: 'CNY' } as const;

  test('is the place of the highest value', () => {
    expect(leaderOf([1, 3, null, 2], [tiktok, tiktok, tiktok, tiktok], 'count')).toBe(1);
    expect(leaderOf([3, 3], [tiktok, tiktok], 'count')).toBeNull();
    expect(leaderOf([3, null], [tiktok, tiktok], 'count')).toBeNull();
  });

  test('ranks no raw counts across platforms and no amounts across currencies', () => {
    expect(leaderOf([1, 3], [tiktok, douyin], 'count')).toBeNull();
    expect(leaderOf([1, 3], [tiktok, douyin], 'ratio')).toBe(1);
    expect(leaderOf([1, 3], [tiktok, douyin], 'money')).toBeNull();
    expect(
      leaderOf(
        [1, 3],
        [
          { ...tiktok, currency: null },
          { ...tiktok, currency: null },
        ],
        'money',
      ),
    ).toBeNull();
    expect(leaderOf([null, 3, 1], [douyin, tiktok, tiktok], 'count')).toBe(1);
  });
});
