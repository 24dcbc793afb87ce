/** Files of stored things, made in the library's worker. */
import type { ExportChoices, TableId } from '../../core/export-choices.ts';
import type { RefKey } from '../../core/ref.ts';
import type { ExportPreview } from '../../messaging/export-models.ts';
import type { LibraryFile, Progress } from '../../messaging/library-models.ts';
import type { CredentialDatabase, DataDatabase } from '../../storage/database.ts';
import { markExported } from '../../storage/exported.ts';
import { pseudonymKey } from '../../storage/pseudonyms.ts';
import { createPseudonyms } from '../pseudonymise.ts';
import type { ExportPlan } from '../export-plan.ts';
import { previewExport } from '../preview-export.ts';
import { writeExport } from '../write-export.ts';
import { storedRows } from './write-table.ts';

/** What the page knows that its worker cannot ask for. */
export interface ExportSurroundings {
  /** IANA. */
  readonly timeZone: string;
  readonly extensionVersion: string;
  readonly project: { readonly id: string; readonly name: string };
}

export interface ThingExports {
  things(project: string | null): Promise<readonly RefKey[]>;
  export(
    refs: readonly RefKey[],
    choices: ExportChoices,
    surroundings: ExportSurroundings,
    progress: (progress: Progress) => void,
  ): Promise<readonly LibraryFile[]>;
  previewExport(
    refs: readonly RefKey[],
    choices: ExportChoices,
    table: TableId | null,
    surroundings: ExportSurroundings,
  ): Promise<ExportPreview>;
  stopExport(): Promise<void>;
}

interface ThingExportDependencies {
  readonly data: () => Promise<DataDatabase>;
  readonly credentials: () => Promise<CredentialDatabase>;
  readonly clock: { readonly now: () => number };
}

export function createThingExports({ data, credentials, clock }: ThingExportDependencies): ThingExports {
  const running = new Set<AbortController>();

  async function planOf(
    refs: readonly RefKey[],
    choices: ExportChoices,
    { project, ...surroundings }: ExportSurroundings,
  ): Promise<ExportPlan> {
    const now = clock.now();
    const asks = choices.personal === 'pseudonyms';
    const key = asks ? await pseudonymKey(await credentials(), project.id, now) : null;
    const pseudonyms = key ? createPseudonyms(key.key) : null;
    return { refs, choices, now, ...surroundings, projectName: project.name, pseudonyms };
  }

  return {
    async things(project) {
      const database = await data();
      if (project === null) return database.getAllKeys('records').then((keys) => keys.flatMap(asRef));
      const keys = await database.getAllKeys('memberships', IDBKeyRange.bound([project], [project, []]));
      return keys.map(([, ref]) => ref);
    },
    async export(refs, choices, surroundings, progress) {
      const stop = new AbortController();
      running.add(stop);
      try {
        const database = await data();
        const plan = await planOf(refs, choices, surroundings);
        const { files, refs: written } = await writeExport(plan, storedRows(database, surroundings.project.id), {
          signal: stop.signal,
          progress: (done, total) => progress({ done, total }),
        });
        await markExported(database, surroundings.project.id, written, plan.now);
        return files;
      } finally {
        running.delete(stop);
      }
    },
    async previewExport(refs, choices, table, surroundings) {
      const source = storedRows(await data(), surroundings.project.id);
      return previewExport(await planOf(refs, choices, surroundings), table, source);
    },
    stopExport: async () => {
      for (const stop of running) stop.abort();
    },
  };
}

function asRef(key: string): RefKey[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- records are kept under their refs
  return [key as RefKey];
}
