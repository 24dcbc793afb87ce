import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import type { RefKey } from '../core/ref.ts';
import { type Drawable, drawSample, stratumOf } from './sample.ts';

const things: readonly Drawable[] = Array.from({ length: 200 }, (_value, index) => ({
  ref: `tiktok:post:${7_500_000_000_000_000_000n + BigInt(index)}` as RefKey,
  stratum: index % 4 === 0 ? 'rare' : 'common',
}));
const alike = things.map(({ ref }) => ({ ref, stratum: '' }));

describe('a sample', () => {
  test('can be drawn again by the published rule: SHA-256 of seed, line feed and ref', () => {
    const place = (ref: string) => createHash('sha256').update(`harbour\n${ref}`).digest('hex');
    const expected = alike
      .map(({ ref }) => ref)
      .sort((a, b) => (place(a) < place(b) ? -1 : 1))
      .slice(0, 20);
    expect([...drawSample(alike, { size: 20, seed: 'harbour' })].sort()).toEqual([...expected].sort());
  });

  test('is the same in any order, keeps the order given, and grows without losing anyone', () => {
    const few = drawSample(alike, { size: 20, seed: 's' });
    expect(new Set(drawSample([...alike].reverse(), { size: 20, seed: 's' }))).toEqual(new Set(few));
    expect(few).toEqual(alike.map(({ ref }) => ref).filter((ref) => few.includes(ref)));
    const more = new Set(drawSample(alike, { size: 60, seed: 's' }));
    expect(few.every((ref) => more.has(ref))).toBe(true);
  });

  test('is another one with another seed, and all of them where there are not more', () => {
    expect(drawSample(alike, { size: 20, seed: 'a' })).not.toEqual(drawSample(alike, { size: 20, seed: 'b' }));
    expect(drawSample(alike, { size: 900, seed: 'a' })).toHaveLength(200);
  });

  test('by strata has so many of each', () => {
    const drawn = new Set(drawSample(things, { size: 15, seed: 's' }));
    const of = (stratum: string) => things.filter((thing) => thing.stratum === stratum && drawn.has(thing.ref)).length;
    expect([of('rare'), of('common')]).toEqual([15, 15]);
  });
});

test('strata are platform, author, month of publishing in UTC, and query', () => {
  const post = postRecord({
    created_at: Date.UTC(2026, 0, 31, 23, 59),
    author_id: '42',
    query_type: 'search',
    query_text: 'rye bread',
  });
  expect((['platform', 'author', 'month', 'query'] as const).map((by) => stratumOf(post, by))).toEqual([
    'tiktok',
    '42',
    '2026-01',
    'search rye bread',
  ]);
  expect(stratumOf(postRecord({ created_at: null }), 'month')).toBe('');
});
