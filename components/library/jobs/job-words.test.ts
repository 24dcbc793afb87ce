import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../lib/i18n/index.ts';
import type { Job } from '../../../lib/messaging/protocol.ts';
import { actionsOf, passes } from './job-actions.ts';
import { everyText, planText, progressText, rateText, soonText, stateTone, waitText } from './job-words.ts';
import { noon, sampleError, sampleJob } from './jobs.samples.ts';

const t = createTranslator('en');
const hour = 3_600_000;
const listing: Extract<Job['plan'], { kind: 'listing' }> = {
  kind: 'listing',
  provider: 'tikhub',
  capability: 'post.list',
  platform: 'tiktok',
  subject: 'tiktok:author:lily',
  query: {},
  most: null,
  since: null,
};
const watchlist: Job['plan'] = { kind: 'watchlist', everyMs: 6 * hour, rules: [] };

describe('progress', () => {
  it('names what is done, what failed, the rate and what is left', () => {
    const counts = { total: 1200, queued: 879, done: 312, failed: 9, skipped: 0 };
    const job = sampleJob({ counts, active_ms: 114_000 });
    expect(progressText(t, job)).toBe('321 of 1,200 · failed: 9 · 2.8 per second · 6 min left');
    // Who stands still has no rate.
    expect(progressText(t, { ...job, state: 'paused' })).toBe('321 of 1,200 · failed: 9');
  });

  it('says nothing of a rate before there is one, and nothing of an end that nobody knows', () => {
    expect(progressText(t, sampleJob())).toBe('0 of 3');
    const counts = { total: 60, queued: 0, done: 60, failed: 0, skipped: 0 };
    const job = sampleJob({ plan: listing, counts, pages: 3, active_ms: 30_000 });
    expect(progressText(t, job)).toBe('found: 60 · pages: 3 · 2 per second');
    expect(progressText(t, { ...job, plan: { ...listing, most: 200 } })).toContain('60 of 200 · pages: 3');
    // The list was shorter than what was asked for.
    expect(progressText(t, { ...job, state: 'done', plan: { ...listing, most: 200 } })).toBe('found: 60 · pages: 3');
  });

  it('counts the things of a watchlist, not its looks', () => {
    const counts = { total: 12, queued: 1, done: 10, failed: 1, skipped: 0 };
    expect(progressText(t, sampleJob({ plan: watchlist, counts, active_ms: 60_000 }))).toBe('watched: 12 · failed: 1');
  });

  it.each([
    [600, '10 per second'],
    [168, '2.8 per second'],
    [59, '59 per minute'],
    [0.5, '0.5 per minute'],
  ])('%d a minute are %s', (perMinute, text) => expect(rateText(t, perMinute)).toBe(text));
});

describe('waiting', () => {
  it('says until when, and that it goes on by itself', () => {
    const reason = sampleError('rate_limited');
    const job = sampleJob({ state: 'waiting', reason, resume_at: noon + 5 * 60_000 });
    expect(waitText(t, job, 'UTC', noon)).toBe('Goes on by itself at 12:05 UTC (in 5 min.).');
    expect(waitText(t, { ...job, plan: watchlist }, 'UTC', noon)).toBe('Goes on by itself at 12:05 UTC (in 5 min.).');
    expect(waitText(t, { ...job, plan: watchlist, reason: null }, 'UTC', noon)).toBe(
      'Next look at 12:05 UTC (in 5 min.).',
    );
    expect(waitText(t, sampleJob(), 'UTC', noon)).toBeNull();
  });

  it('has words for what is due, and for what is about to be', () => {
    expect(soonText(t, noon - 1, noon)).toBe('now');
    expect(soonText(t, noon + 20_000, noon)).toBe('in a moment');
    expect(soonText(t, noon + 3 * hour, noon)).toBe('in 3 hr.');
  });
});

it.each([
  [hour, '1 hour'],
  [6 * hour, '6 hours'],
  [24 * hour, '1 day'],
  [36 * hour, '36 hours'],
  [72 * hour, '3 days'],
  [60_000, '1 minute'],
])('%d ms are %s', (ms, text) => expect(everyText(t, ms)).toBe(text));

it('says what a job does exactly', () => {
  expect(planText(t, { ...listing, most: 200 }, 'UTC')).toBe('Posts of the author · TikHub · until 200 items');
  expect(planText(t, { ...listing, since: noon }, 'UTC')).toContain('back to Nov 21, 2026');
  const search = {
    ...listing,
    capability: 'post.search',
    subject: null,
    query: { keyword: 'climate', region: 'DE' },
  } as const;
  expect(planText(t, search, 'UTC')).toBe('Search for posts · climate, DE · TikHub · to the end');
  expect(planText(t, watchlist, 'UTC')).toBe('Looks at each item every 6 hours.');
});

describe('what can be done', () => {
  const able = (change: Partial<Job>): string[] =>
    Object.entries(actionsOf(sampleJob(change)))
      .filter(([, is]) => is)
      .map(([name]) => name);
  const counts = { total: 3, queued: 0, done: 2, failed: 1, skipped: 0 };

  it.each<readonly [Partial<Job>, string[]]>([
    [{}, ['pause', 'cancel']],
    [{ state: 'waiting' }, ['pause', 'hurry', 'cancel']],
    [{ state: 'waiting', plan: watchlist, counts }, ['pause', 'cancel']],
    [{ state: 'paused', counts }, ['resume', 'cancel', 'retry']],
    [{ state: 'done' }, ['remove']],
    [{ state: 'done', counts }, ['retry', 'remove']],
    [{ state: 'cancelled', counts }, ['remove']],
  ])('with %j', (change, names) => expect(able(change)).toEqual(names));

  it('every state is under one filter besides all', () => {
    for (const state of ['running', 'waiting', 'paused', 'done', 'cancelled'] as const)
      expect((['going', 'yours', 'ended'] as const).filter((filter) => passes(filter, { state }))).toHaveLength(1);
  });
});

it('warns of what needs a look only', () => {
  const failed = { total: 3, queued: 0, done: 2, failed: 1, skipped: 0 };
  expect(stateTone(sampleJob({ state: 'done' }))).toBe('good');
  expect(stateTone(sampleJob({ state: 'done', counts: failed }))).toBe('warn');
  expect(stateTone(sampleJob({ state: 'waiting' }))).toBe('');
  expect(stateTone(sampleJob({ state: 'waiting', reason: sampleError('network') }))).toBe('warn');
});
