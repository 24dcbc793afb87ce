import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { Job, JobPlan, JobState } from '../core/job.ts';
import { newJob } from '../jobs/job.ts';
import { badgeOf } from './badge.ts';

const batch: JobPlan = { kind: 'batch', refresh: false };
const listing: JobPlan = {
  kind: 'listing',
  provider: 'tikhub',
  capability: 'post.list',
  platform: 'tiktok',
  subject: null,
  query: {},
  most: null,
  since: null,
};
const watch: JobPlan = { kind: 'watchlist', everyMs: 60_000, rules: [] };
const reason = new AppError('auth', 'no').toWire();

function job(state: JobState, plan: JobPlan, total: number, done: number, change: Partial<Job> = {}): Job {
  const base = newJob({ id: 'one', name: 'One', project: 'default', plan, total, now: 0 });
  return { ...base, state, counts: { total, queued: total - done, done, failed: 0, skipped: 0 }, ...change };
}

describe('the icon', () => {
  test.each<[string, readonly Job[], number, string]>([
    ['says nothing where nothing happens', [], 0, ''],
    [
      'nothing of what is over, paused or waits',
      [job('done', batch, 9, 9), job('paused', batch, 9, 1), job('waiting', batch, 9, 1)],
      0,
      '',
    ],
    ['how far a job is', [job('running', batch, 200, 85)], 0, '42%'],
    ['how far all of them are together', [job('running', batch, 100, 100), job('running', batch, 300, 0)], 0, '25%'],
    ['how much a list without an end has found', [job('running', listing, 340, 340)], 0, '340'],
    ['no more than there is room for', [job('running', listing, 123_456, 123_456)], 0, '123k'],
    ['how far a list to a number is', [job('running', { ...listing, most: 50 }, 20, 20)], 0, '40%'],
    ['nothing of a watchlist that looks', [job('running', watch, 5, 2)], 0, ''],
    ['that a job was stopped by something', [job('paused', batch, 9, 1, { reason })], 0, '!'],
    ['that there are alerts', [job('waiting', watch, 5, 5)], 3, '!'],
    ['and how far a job is all the same', [job('running', batch, 4, 1)], 3, '25%'],
  ])('%s', (_name, jobs, unseen, text) => {
    expect(badgeOf(jobs, unseen).text).toBe(text);
  });

  test('has another colour where somebody should look', () => {
    const running = [job('running', batch, 4, 1)];
    expect(badgeOf(running, 0).colour).not.toBe(badgeOf(running, 1).colour);
    expect(badgeOf([...running, job('paused', batch, 9, 1, { reason })], 0).colour).toBe(badgeOf(running, 1).colour);
  });
});
