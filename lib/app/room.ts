/** How much room the browser gives, and what happens when it gives none: nothing is recorded any more, and it is said. */
import type { Clock } from '../core/ports.ts';
import type { StorageRoom, WorkerEvent } from '../messaging/protocol.ts';
import { createQueue } from '../storage/queue.ts';

export interface RoomDependencies {
  readonly clock: Clock;
  /** Where it is remembered since when (Unix ms) there is no room. */
  readonly fullSince: {
    readonly get: () => Promise<number | null>;
    readonly set: (at: number | null) => Promise<void>;
  };
  /** Bytes, as the browser estimates them. */
  readonly estimate: () => Promise<{ readonly usage?: number; readonly quota?: number }>;
  /** Ends the recording of every project. */
  readonly stopRecording: () => Promise<void>;
  readonly tell: (event: WorkerEvent) => void;
}

export interface Room {
  /** Hears of every write that was committed (false), or that there was no room for (true). */
  wrote(isFull: boolean): void;
  get(): Promise<StorageRoom>;
  /** Resolves once what was heard is dealt with. */
  idle(): Promise<void>;
}

export function createRoom({ clock, fullSince, estimate, stopRecording, tell }: RoomDependencies): Room {
  const queue = createQueue();
  /** As it was last heard; undefined: this worker has not asked yet. */
  let isFull: boolean | undefined;

  async function note(full: boolean): Promise<void> {
    const before = await fullSince.get();
    if ((before !== null) === full) return;
    await fullSince.set(full ? clock.now() : null);
    // What is not saved must not look as if it were.
    if (full) await stopRecording();
    tell({ event: 'projects.changed' });
    tell({ event: 'library.changed' });
  }

  return {
    wrote(full) {
      if (full === isFull) return;
      isFull = full;
      queue(() => note(full)).catch(() => {
        // It could not even be remembered: the next write tells it again.
        isFull = undefined;
      });
    },
    async get() {
      const [{ usage, quota }, since] = await Promise.all([
        estimate().catch((): { readonly usage?: number; readonly quota?: number } => ({})),
        fullSince.get(),
      ]);
      return { used: usage ?? null, quota: quota ?? null, fullSince: since };
    },
    idle: () => queue(async () => undefined),
  };
}
