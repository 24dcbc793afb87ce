/** For tests: a database in memory, an import into it, and the library's exports out of it. */
import 'fake-indexeddb/auto';
import { recordRef } from '../core/observation.ts';
import type { AnyRecord, RecordType } from '../core/record.ts';
import { refKey, type RefKey } from '../core/ref.ts';
import type { Exporter } from '../exporters/exporter.ts';
import { harnessContext, writeFile } from '../exporters/harness.ts';
import type { ImportOptions, ImportOutcome } from '../messaging/library-models.ts';
import { connectData, type DataDatabase } from '../storage/database.ts';
import { rawOf } from '../storage/raws.ts';
import { getObservations } from '../storage/records.ts';
import { importFile } from './import-file.ts';

export const importedAt = Date.UTC(2026, 10, 21);
let databases = 0;

/** A database of its own. */
export function newDatabase(): Promise<DataDatabase> {
  databases += 1;
  return connectData(`import-${databases}`)();
}

export function importInto(
  database: DataDatabase,
  source: Blob | string,
  options: Partial<ImportOptions> = {},
): Promise<ImportOutcome> {
  const dependencies = { data: async () => database, clock: { now: () => importedAt } };
  return importFile(dependencies, source, { project: 'one', name: null, ...options }, () => {});
}

export interface ExportedText {
  readonly text: string;
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly skipped: Readonly<Record<string, number>>;
}

/** What an exporter writes of the records of a type, as they are stored; of these refs, or of all in the order of their ids. */
export async function exportFrom(
  database: DataDatabase,
  exporter: Exporter,
  table: RecordType,
  refs: readonly RefKey[] | null = null,
): Promise<ExportedText> {
  const kept = await database.getAll('records');
  const all = kept.map(({ record }) => record).filter((record) => record.record_type === table);
  const byRef = new Map(all.map((record): [RefKey, AnyRecord] => [refKey(recordRef(record)), record]));
  const rows = refs ? refs.flatMap((ref) => byRef.get(ref) ?? []) : all;
  const skipped: Record<string, number> = {};
  const bytes = await writeFile(exporter, table, rows, {
    ...harnessContext,
    observationsOf: (ref) => getObservations(database, ref),
    rawOf: (observation) => rawOf(database, observation),
    savedOf: async (ref) => (await database.get('memberships', ['one', ref])) ?? null,
    skipped: (message) => {
      skipped[message] = (skipped[message] ?? 0) + 1;
    },
  });
  const text = new TextDecoder().decode(bytes);
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line): Readonly<Record<string, unknown>> => {
      const json: unknown = JSON.parse(line);
      return typeof json === 'object' && json !== null ? { ...json } : {};
    });
  return { text, lines, skipped };
}
