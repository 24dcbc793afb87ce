/** What is kept, put together: projects, deletion, retention and room, with the messages that they answer. */
import type { Clock } from '../core/ports.ts';
import type { Translate } from '../i18n/index.ts';
import type { WorkerEvent } from '../messaging/protocol.ts';
import type { CredentialDatabase, DataDatabase } from '../storage/database.ts';
import { changeProjects, fullSince, getProjects, lastRetention } from '../storage/items.ts';
import { observeSaves } from '../storage/records.ts';
import type { SessionDatabase } from '../storage/session-buffer.ts';
import { type DeletionDependencies, deletionHandlers } from './deletion-handlers.ts';
import { projectHandlers } from './project-handlers.ts';
import { createRetention, scheduleRetention } from './retention.ts';
import { createRoom } from './room.ts';

export interface KeepingDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly session: () => Promise<SessionDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly clock: Clock;
  readonly translator: () => Promise<Translate>;
  readonly jobs: DeletionDependencies['jobs'];
  readonly saveOpenPages: () => Promise<void>;
  readonly tell: (event: WorkerEvent) => void;
}

/** Whether the last save failed for want of room. */
export async function isStorageFull(): Promise<boolean> {
  return (await fullSince.get()) !== null;
}

export function createKeeping(dependencies: KeepingDependencies) {
  const { data, clock, tell } = dependencies;
  const room = createRoom({
    clock,
    fullSince,
    estimate: () => navigator.storage.estimate(),
    stopRecording: async () => {
      await changeProjects((now) => ({
        ...now,
        projects: now.projects.map((project) => ({ ...project, recording: false })),
      }));
    },
    tell,
  });
  const retention = createRetention({ data, projects: getProjects, lastRun: lastRetention, clock, tell });
  return {
    handlers: { ...projectHandlers({ ...dependencies, room }), ...deletionHandlers(dependencies) },
    /** Registers what wakes the worker; before its first await. */
    start(): void {
      observeSaves((isFull) => room.wrote(isFull));
      scheduleRetention(retention);
    },
  };
}
