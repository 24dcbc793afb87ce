/** Keeps how well the reading of pages goes (see health-state.ts), and makes the file for a bug report of it. */
import * as z from 'zod/mini';
import type { Clock } from '../core/ports.ts';
import { exportFileName } from '../exporters/file-name.ts';
import type { HealthEntry } from '../messaging/protocol.ts';
import { healthItem } from '../storage/items.ts';
import { createQueue } from '../storage/queue.ts';
import { healthAfter, type HealthEvent, healthSchema, type HealthState, untouched } from './health-state.ts';

export interface HealthDependencies {
  readonly clock: Clock;
  readonly surroundings: () => Promise<{
    readonly version: string;
    /** "Chromium 142". */
    readonly browser: string;
    readonly language: string;
  }>;
  /** The health panel has something new to show. */
  readonly changed: () => void;
}

export interface Health {
  /** Never fails: what cannot be kept of the health must not cost the reading. */
  note(events: readonly HealthEvent[]): Promise<void>;
  entries(): Promise<readonly HealthEntry[]>;
  report(): Promise<{ readonly name: string; readonly text: string }>;
  reset(): Promise<void>;
}

export function createHealth({ clock, surroundings, changed }: HealthDependencies): Health {
  const inOrder = createQueue();
  const read = async (): Promise<HealthState> => z.safeParse(healthSchema, await healthItem.get()).data ?? untouched;

  return {
    async note(events) {
      if (events.length === 0) return;
      try {
        await inOrder(async () => healthItem.set(healthAfter(await read(), events, clock.now())));
        changed();
      } catch {
        // The next event is counted again.
      }
    },
    entries: async () => (await read()).entries,
    async report() {
      const { entries, outlines } = await read();
      const now = clock.now();
      const facts = { program: 'Clipscope', ...(await surroundings()), time: new Date(now).toISOString() };
      return {
        name: exportFileName('mixed', 'health', now, 'json'),
        text: `${JSON.stringify({ ...facts, entries, unrecognised_answers: outlines }, null, 2)}\n`,
      };
    },
    async reset() {
      await inOrder(() => healthItem.set(untouched));
      changed();
    },
  };
}
