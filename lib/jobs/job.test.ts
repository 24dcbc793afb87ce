import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { Job, JobState } from '../core/job.ts';
import { progressOf, recounted } from '../core/job-progress.ts';
import { allows, type JobEvent, newJob, ranUntil, transition } from './job.ts';

const reason = new AppError('quota_exhausted', 'used up').toWire();
const states: readonly JobState[] = ['running', 'waiting', 'paused', 'done', 'cancelled'];
const events: readonly JobEvent[] = [
  { kind: 'pause' },
  { kind: 'resume' },
  { kind: 'cancel' },
  { kind: 'retry' },
  { kind: 'wait', until: 900, reason },
  { kind: 'halt', reason },
  { kind: 'wake' },
  { kind: 'finish' },
];

const base = newJob({
  id: 'one',
  name: 'One',
  project: 'default',
  plan: { kind: 'batch', refresh: false },
  total: 10,
  now: 100,
});

function inState(state: JobState): Job {
  const waits = state === 'waiting';
  return { ...base, state, reason: waits || state === 'paused' ? reason : null, resume_at: waits ? 500 : null };
}

/** Where each event leads from each state; a dash where it is illegal. */
const table: Readonly<Record<JobEvent['kind'], readonly string[]>> = {
  pause: ['paused', 'paused', '-', '-', '-'],
  resume: ['-', 'running', 'running', '-', '-'],
  cancel: ['cancelled', 'cancelled', 'cancelled', '-', '-'],
  retry: ['running', 'running', 'running', 'running', '-'],
  wait: ['waiting', '-', '-', '-', '-'],
  halt: ['paused', '-', '-', '-', '-'],
  wake: ['-', 'running', '-', '-', '-'],
  finish: ['done', '-', '-', '-', '-'],
};

describe('the state machine', () => {
  test.each(events)('$kind, from every state', (event) => {
    const found = states.map((state) => {
      try {
        const after = transition(inState(state), event, 700);
        expect(after.changed_at).toBe(700);
        // Only who waits has a time to go on at; only who was stopped by something has a reason.
        expect(after.resume_at).toBe(event.kind === 'wait' ? 900 : null);
        expect(after.reason).toBe(event.kind === 'wait' || event.kind === 'halt' ? reason : null);
        expect(allows(state, event.kind)).toBe(true);
        return after.state;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        expect(error.code).toBe('bad_request');
        expect(allows(state, event.kind)).toBe(false);
        return '-';
      }
    });
    expect(found).toEqual(table[event.kind]);
  });

  test('begins running, with everything still to come', () => {
    expect(base).toMatchObject({
      state: 'running',
      counts: { total: 10, queued: 10, done: 0 },
      active_ms: 0,
      pages: 0,
    });
  });

  test('a machine that slept has not worked', () => {
    expect(ranUntil(base, 1_000, 4_000).active_ms).toBe(3_000);
    expect(ranUntil(base, 1_000, 8 * 3_600_000).active_ms).toBe(600_000);
    // Nor has time gone backwards.
    expect(ranUntil(base, 4_000, 1_000).active_ms).toBe(0);
  });
});

describe('counts', () => {
  test('follow the things, and what is under way is still to come', () => {
    const begun = recounted(base.counts, [['queued', 'running']]);
    expect(begun).toEqual(base.counts);
    expect(
      recounted(begun, [
        ['running', 'done'],
        ['queued', 'failed'],
        ['queued', 'skipped'],
        [null, 'done'],
      ]),
    ).toEqual({ total: 11, queued: 7, done: 2, failed: 1, skipped: 1 });
  });
});

describe('progress', () => {
  const after = (change: Partial<Job>): Job => ({ ...base, ...change });

  test('is not known before anything is known', () => {
    expect(progressOf(base)).toEqual({ settled: 0, share: 0, perMinute: null, leftMs: null });
    const counts = { ...base.counts, queued: 9, done: 1 };
    expect(progressOf(after({ counts, active_ms: 500 })).leftMs).toBeNull();
  });

  test('tells rate and time left from what was asked for, in the time that it ran', () => {
    const counts = { total: 10, queued: 6, done: 3, failed: 1, skipped: 0 };
    expect(progressOf(after({ counts, active_ms: 60_000 }))).toEqual({
      settled: 4,
      share: 0.4,
      perMinute: 4,
      leftMs: 90_000,
    });
  });

  test('of a list without an end there is none, of one with a number there is', () => {
    const plan = {
      kind: 'listing',
      provider: 'tikhub',
      capability: 'post.list',
      platform: 'tiktok',
      subject: null,
      query: {},
      most: null,
      since: null,
    } as const;
    const counts = { total: 30, queued: 0, done: 30, failed: 0, skipped: 0 };
    const job = after({ plan, counts, active_ms: 60_000 });
    expect(progressOf(job)).toEqual({ settled: 30, share: null, perMinute: 30, leftMs: null });
    expect(progressOf({ ...job, plan: { ...plan, most: 120 } })).toMatchObject({ share: 0.25, leftMs: 180_000 });
    expect(progressOf({ ...job, state: 'done' })).toMatchObject({ share: 1, leftMs: 0 });
  });

  test('of a watchlist there is none', () => {
    const plan = { kind: 'watchlist', everyMs: 60_000, rules: [] } as const;
    expect(progressOf(after({ plan, active_ms: 99_999 }))).toMatchObject({
      share: null,
      perMinute: null,
      leftMs: null,
    });
  });
});
