import { describe, expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import { metrics } from './metrics.ts';

const noon = Date.UTC(2026, 8, 1, 12);
const hour = 3_600_000;

const full = postRecord({
  view_count: 215_689,
  like_count: 12_589,
  comment_count: 892,
  share_count: 326,
  save_count: 1563,
  author_follower_count: 50_000,
  author_likes_received_count: 125_000,
  created_at: noon - 10 * hour,
  observed_at: noon,
});

function compute(name: string, record = full): number | null {
  const metric = metrics.find((candidate) => candidate.name === name);
  if (!metric) throw new Error(`no metric ${name}`);
  return metric.compute(record, noon);
}

test.each([
  ['er_views_lcs', 0.064013],
  ['er_views_lcss', 0.07126],
  ['er_followers_lcs', 0.27614],
  ['like_rate_views', 0.058366],
  ['comment_rate_views', 0.004136],
  ['share_rate_views', 0.001511],
  ['save_rate_views', 0.007247],
  ['save_per_like', 0.124156],
  ['share_per_like', 0.025896],
  ['comment_per_like', 0.070856],
  ['comments_per_1k_likes', 70.855509],
  ['shares_per_1k_likes', 25.895623],
  ['views_per_follower', 4.31378],
  ['views_per_hour_lifetime', 21_568.9],
  ['likes_per_follower_author', 2.5],
])('%s is %d', (name, value) => {
  expect(compute(name)).toBe(value);
});

test('every metric is in the table above', () => {
  expect(metrics).toHaveLength(15);
});

describe.each(metrics)('$name', (metric) => {
  const figures = metric.inputs.filter((field) => field !== 'observed_at');

  test.each(metric.inputs)('is null when %s is null', (field) => {
    expect(metric.compute({ ...full, [field]: null }, noon)).toBeNull();
  });

  test('is null, never zero or infinite, for a post of zeros', () => {
    const zeros = Object.fromEntries(figures.map((field) => [field, 0]));
    const value = metric.compute({ ...full, ...zeros, created_at: noon - hour / 2 }, noon);
    expect(value).toBeNull();
  });

  test('has at most six decimals', () => {
    const value = metric.compute(full, noon) ?? 0;
    expect(Number(value.toFixed(6))).toBe(value);
  });

  test('is described in both languages', () => {
    expect(metric.description.en).toMatch(/\.$/u);
    expect(metric.description.zh_CN).toMatch(/。$/u);
    for (const field of metric.inputs) expect(metric.formula).toContain(field === 'observed_at' ? 'observed' : field);
  });
});

describe('views_per_hour_lifetime', () => {
  test.each([
    ['59 minutes old', noon - hour + 60_000, null],
    ['one hour old', noon - hour, 215_689],
    ['published after the observation', noon + hour, null],
  ])('%s', (_name, createdAt, value) => {
    expect(compute('views_per_hour_lifetime', { ...full, created_at: createdAt })).toBe(value);
  });

  test("the age is that of the figure, not of the newest answer: a provider's cache does not slow a post down", () => {
    const cached = {
      ...full,
      observed_at: noon + 1000 * hour,
      figures: {
        view_count: { precision: 'exact' as const, source: 'api:gateway', observed_at: noon, fetched_at: noon },
      },
    };
    expect(compute('views_per_hour_lifetime', cached)).toBe(21_568.9);
  });
});
