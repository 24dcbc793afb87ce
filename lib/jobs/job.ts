/** The state machine of a job: pure, and the only place that changes a job's state. */
import { AppError, type WireError } from '../core/errors.ts';
import type { Job, JobPlan, JobState } from '../core/job.ts';

export type JobEvent =
  /** A person does. */
  | { readonly kind: 'pause' | 'resume' | 'cancel' | 'retry' }
  /** Goes on by itself at `until` (Unix ms). `reason`: what went wrong; null: its next turn is then. */
  | { readonly kind: 'wait'; readonly until: number; readonly reason: WireError | null }
  /** Nothing goes on before somebody has done something about it. */
  | { readonly kind: 'halt'; readonly reason: WireError }
  /** The time has come that it waited for. */
  | { readonly kind: 'wake' }
  /** Nothing is left to do. */
  | { readonly kind: 'finish' };

/** What each event leads to, from each state in which it is legal. */
const transitions: Readonly<Record<JobEvent['kind'], Partial<Readonly<Record<JobState, JobState>>>>> = {
  pause: { running: 'paused', waiting: 'paused' },
  resume: { paused: 'running', waiting: 'running' },
  cancel: { running: 'cancelled', waiting: 'cancelled', paused: 'cancelled' },
  retry: { running: 'running', waiting: 'running', paused: 'running', done: 'running' },
  wait: { running: 'waiting' },
  halt: { running: 'paused' },
  wake: { waiting: 'running' },
  finish: { running: 'done' },
};

/** Whether an event is legal in this state: which buttons there are. */
export function allows(state: JobState, event: JobEvent['kind']): boolean {
  return transitions[event][state] !== undefined;
}

/** The job after an event; `now`: Unix ms. Throws AppError `bad_request` where the event is not legal. */
export function transition(job: Job, event: JobEvent, now: number): Job {
  const state = transitions[event.kind][job.state];
  if (state === undefined) throw new AppError('bad_request', `A job that is ${job.state} does not ${event.kind}.`);
  return {
    ...job,
    state,
    reason: event.kind === 'wait' || event.kind === 'halt' ? event.reason : null,
    resume_at: event.kind === 'wait' ? event.until : null,
    changed_at: now,
  };
}

export interface NewJob {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly plan: JobPlan;
  /** Things that it begins with; 0 for a listing. */
  readonly total: number;
  /** Unix ms. */
  readonly now: number;
}

/** A job that begins at once. */
export function newJob({ id, name, project, plan, total, now }: NewJob): Job {
  return {
    id,
    name,
    project,
    plan,
    state: 'running',
    reason: null,
    created_at: now,
    changed_at: now,
    resume_at: null,
    counts: { total, queued: total, done: 0, failed: 0, skipped: 0 },
    active_ms: 0,
    cursor: null,
    pages: 0,
  };
}

/** Longer between two results is no work but a machine that slept. Ms. */
const longestStepMs = 10 * 60_000;

/** The job after it has run since `since` (both Unix ms). */
export function ranUntil(job: Job, since: number, now: number): Job {
  return { ...job, active_ms: job.active_ms + Math.min(Math.max(0, now - since), longestStepMs), changed_at: now };
}
