/** Answers the messages about files. */
import type { WorkerEvent } from '../messaging/protocol.ts';
import type { Handlers } from '../messaging/server.ts';
import { exportChoices } from '../storage/items.ts';
import type { PageExports } from './export.ts';

type Names = 'export.run' | 'export.preview' | 'export.send' | 'export.stop' | 'export.choices' | 'export.choose';

export function exportHandlers(exports: PageExports, tell: (event: WorkerEvent) => void): Handlers<Names> {
  return {
    'export.run': ({ choices, ...part }) => exports.run(part, choices),
    'export.preview': ({ choices, table, ...part }) => exports.preview(part, choices, table),
    'export.send': ({ choices, destination, ...part }) => exports.send(part, choices, destination),
    'export.stop': async () => {
      await exports.stop();
      return null;
    },
    'export.choices': () => exportChoices.get(),
    'export.choose': async (choices) => {
      await exportChoices.set(choices);
      tell({ event: 'settings.changed' });
      return null;
    },
  };
}
