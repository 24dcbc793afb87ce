/**
 * Deletes each day what a project has kept for longer than it says. An alarm wakes the worker for it; where the browser was
 * closed when it was due, it is done when the browser starts.
 */
import { browser } from 'wxt/browser';
import type { Clock } from '../core/ports.ts';
import type { WorkerEvent } from '../messaging/protocol.ts';
import type { DataDatabase } from '../storage/database.ts';
import { type Deleted, deleteSaved, logDeletion, nothingDeleted, sumOf } from '../storage/deletion.ts';
import type { ProjectList } from '../storage/items.ts';
import { createQueue } from '../storage/queue.ts';

const dayMs = 86_400_000;
const retentionAlarm = 'clipscope-retention';

export interface RetentionDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly projects: () => Promise<ProjectList>;
  /** When it was last done (Unix ms); null: never. */
  readonly lastRun: { readonly get: () => Promise<number | null>; readonly set: (at: number) => Promise<void> };
  readonly clock: Clock;
  readonly tell: (event: WorkerEvent) => void;
}

export interface Retention {
  /** Deletes what is due, of every project, and resolves with it. A worker that dies over it begins again at its next start. */
  run(): Promise<Deleted>;
  /** The same where it was not done for a day. */
  runIfDue(): Promise<Deleted>;
}

export function createRetention({ data, projects, lastRun, clock, tell }: RetentionDependencies): Retention {
  const queue = createQueue();

  async function run(): Promise<Deleted> {
    const database = await data();
    const now = clock.now();
    let all = nothingDeleted;
    for (const { id, name, retentionDays } of (await projects()).projects) {
      if (retentionDays === null) continue;
      const deleted = await deleteSaved(database, id, now - retentionDays * dayMs);
      if (deleted.records + deleted.observations === 0) continue;
      await logDeletion(database, { at: now, cause: 'retention', project: name, ...deleted });
      all = sumOf(all, deleted);
    }
    await lastRun.set(now);
    if (all.records + all.observations > 0) {
      tell({ event: 'library.changed' });
      tell({ event: 'projects.changed' });
    }
    return all;
  }

  return {
    run: () => queue(run),
    runIfDue: () =>
      queue(async () => {
        const last = await lastRun.get();
        const now = clock.now();
        // A clock that was set back must not put it off for ever.
        const isDue = last === null || now - last >= dayMs || last > now;
        return isDue ? run() : nothingDeleted;
      }),
  };
}

/** Registers what starts it; before the first await of the worker's start. */
export function scheduleRetention(retention: Retention): void {
  const begin = (): void => {
    // What fails (a full disk) is tried again at the next start.
    retention.runIfDue().catch(() => undefined);
  };
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (name === retentionAlarm) begin();
  });
  browser.runtime.onStartup.addListener(begin);
  browser.runtime.onInstalled.addListener(begin);
  void browser.alarms.get(retentionAlarm).then((alarm) => {
    if (!alarm) void browser.alarms.create(retentionAlarm, { periodInMinutes: dayMs / 60_000 });
  });
  begin();
}
