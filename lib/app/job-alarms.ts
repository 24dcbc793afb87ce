/**
 * What wakes the worker for its jobs, and keeps it awake while one runs. A worker is killed after some 30 seconds without
 * an event or a call of the extension API; timers do not count. While a job waits for its turn at a slow provider nothing
 * of that happens, so that a call is made for its own sake; and should the worker die all the same, an alarm starts it.
 */
import { browser } from 'wxt/browser';
import type { WaitingClock } from '../core/ports.ts';

/** Comes again and again while a job runs. */
const tickAlarm = 'clipscope-jobs';
/** Comes once, when the next job goes on by itself. */
const nextAlarm = 'clipscope-jobs-next';

/** The shortest that Chromium grants (120 and later). */
const tickMinutes = 0.5;
const keepAwakeMs = 20_000;

export interface JobAlarms {
  /** Whether something runs, and when the next job goes on by itself (Unix ms; null: none does). */
  schedule(next: { readonly running: boolean; readonly at: number | null }): void;
  /** Registers what starts the worker; before the first await of its start. */
  listen(wake: () => void): void;
}

export function createJobAlarms(clock: WaitingClock): JobAlarms {
  let planned: { readonly running: boolean; readonly at: number | null } | null = null;
  let isAwake = false;

  async function keepAwake(): Promise<void> {
    if (isAwake) return;
    isAwake = true;
    try {
      for (const isNeeded = (): boolean => planned?.running === true; isNeeded(); ) {
        await browser.runtime.getPlatformInfo();
        await clock.sleep(keepAwakeMs);
      }
    } finally {
      isAwake = false;
    }
  }

  async function apply(running: boolean, at: number | null): Promise<void> {
    if (running) await browser.alarms.create(tickAlarm, { periodInMinutes: tickMinutes });
    else await browser.alarms.clear(tickAlarm);
    if (at === null) await browser.alarms.clear(nextAlarm);
    else await browser.alarms.create(nextAlarm, { when: at });
  }

  return {
    schedule(next) {
      // The first time in every worker: what a former one planned may be gone with the browser.
      if (planned?.running !== next.running || planned.at !== next.at) void apply(next.running, next.at);
      planned = next;
      if (next.running) void keepAwake().catch(() => undefined);
    },
    listen(wake) {
      browser.alarms.onAlarm.addListener(({ name }) => {
        if (name === tickAlarm || name === nextAlarm) wake();
      });
      // Alarms may be gone after the browser or the extension was closed: the start itself plans them again.
      browser.runtime.onStartup.addListener(wake);
      browser.runtime.onInstalled.addListener(wake);
    },
  };
}
