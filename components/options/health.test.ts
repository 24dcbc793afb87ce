import { expect, it } from 'vitest';
import type { HealthEntry } from '../../lib/messaging/protocol.ts';
import { healthBySite, healthState } from './health.ts';

const entry = (change: Partial<HealthEntry>): HealthEntry => ({
  site: 'tiktok',
  kind: 'dom',
  name: 'grid',
  fits: 0,
  lastFitAt: null,
  misses: 0,
  lastMissAt: null,
  missed: null,
  ...change,
});

it.each<[string, Partial<HealthEntry>, string]>([
  ['nothing tried yet', {}, 'unseen'],
  ['fitted', { lastFitAt: 5 }, 'fine'],
  ['fitted again after a miss', { lastFitAt: 9, lastMissAt: 5, missed: 'no_items' }, 'fine'],
  ['missed after it fitted', { lastFitAt: 5, lastMissAt: 9, missed: 'unknown_shape' }, 'broken'],
  ['never fitted', { lastMissAt: 9, missed: 'not_json' }, 'broken'],
  ['stale after it fitted', { lastFitAt: 5, lastMissAt: 9, missed: 'stale' }, 'fine'],
  ['nothing but an empty answer', { lastMissAt: 9, missed: 'no_data' }, 'unseen'],
])('%s', (_name, change, state) => {
  expect(healthState(entry(change))).toBe(state);
});

it('puts what needs attention first, site by site', () => {
  const broken = entry({ name: 'z', lastMissAt: 1, missed: 'no_items' });
  const fine = entry({ name: 'b', lastFitAt: 1 });
  const unseen = entry({ name: 'a' });
  const other = entry({ site: 'douyin' });
  expect(healthBySite([unseen, other, fine, broken])).toEqual([
    ['tiktok', [broken, fine, unseen]],
    ['douyin', [other]],
  ]);
});
