/** Jobs for tests. */
import { AppError, type ErrorCode, type WireError } from '../../../lib/core/errors.ts';
import type { Alert, Job, JobItem } from '../../../lib/messaging/protocol.ts';

export const noon = Date.UTC(2026, 10, 21, 12);

/** A batch of three that was just begun. */
export function sampleJob(change: Partial<Job> = {}): Job {
  return {
    id: 'job',
    name: 'A job',
    project: 'first',
    plan: { kind: 'batch', refresh: false },
    state: 'running',
    reason: null,
    created_at: noon,
    changed_at: noon,
    resume_at: null,
    counts: { total: 3, queued: 3, done: 0, failed: 0, skipped: 0 },
    active_ms: 0,
    cursor: null,
    pages: 0,
    ...change,
  };
}

export function sampleError(code: ErrorCode, change: Partial<WireError> = {}): WireError {
  return { ...new AppError(code, 'For developers').toWire(), ...change };
}

export function sampleItem(index: number, change: Partial<JobItem> = {}): JobItem {
  return {
    job: 'job',
    index,
    ref: `tiktok:post:752896325987412569${index}`,
    state: 'done',
    error: null,
    attempts: 1,
    changed_at: noon + index,
    due_at: null,
    ...change,
  };
}

export function sampleAlert(change: Partial<Alert>): Alert {
  return {
    id: 'alert',
    job: 'job',
    ref: 'douyin:product:3620889942806114562',
    at: noon,
    rule: { kind: 'removed' },
    before: null,
    after: null,
    currency: null,
    about: null,
    seen: false,
    ...change,
  };
}
