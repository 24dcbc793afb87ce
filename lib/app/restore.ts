/**
 * Brings a backup back, beside what is there. Nobody knows who wrote the file: each line is read on its own, one that
 * cannot be read is counted and left out, and a file that ends too early gives what came before its end.
 */
import { AppError, toAppError, type WireError } from '../core/errors.ts';
import type { Progress, RestoreOutcome } from '../messaging/library-models.ts';
import type { BackupSettings, LibraryView } from '../messaging/project-models.ts';
import { maximumProjects, maximumViews } from '../messaging/project-protocol.ts';
import type { DataDatabase } from '../storage/database.ts';
import {
  type BackupHeader,
  type BackupRow,
  type BackupStore,
  type BackupValues,
  backupVersion,
  readHeader,
  readRow,
  readTrailer,
} from './backup-rows.ts';
import { backupLines } from './restore-lines.ts';
import {
  JobsRestoring,
  restoreAnnotations,
  restoreDeletions,
  restoreMemberships,
  restoreObservations,
  restoreRaws,
  type RowsOutcome,
} from './restore-rows.ts';

export interface Restored {
  readonly outcome: RestoreOutcome;
  /** For whoever can write them; null: the file holds none. */
  readonly settings: BackupSettings | null;
}

/** Rows, and characters of them, that are written at once. */
const rowsAtOnce = 400;
const textAtOnce = 8 * 1024 * 1024;

type DataStore = Exclude<BackupStore, 'settings' | 'projects' | 'views'>;
type DataRow = Extract<BackupRow, { store: DataStore }>;
type Writers = { readonly [Store in DataStore]: (rows: readonly BackupValues[Store][]) => Promise<RowsOutcome> };

function writersInto(database: DataDatabase): Writers {
  const jobs = new JobsRestoring(database);
  return {
    observations: (rows) => restoreObservations(database, rows),
    memberships: (rows) => restoreMemberships(database, rows),
    annotations: (rows) => restoreAnnotations(database, rows),
    deletions: (rows) => restoreDeletions(database, rows),
    jobs: (rows) => jobs.jobs(rows),
    job_items: (rows) => jobs.items(rows),
    alerts: (rows) => jobs.alerts(rows),
    raws: (rows) => restoreRaws(database, rows),
  };
}

/** Gathers rows of one store, and writes them together. */
class Gathered {
  readonly restored: Partial<Record<DataStore, number>> = {};
  known = 0;
  problems = 0;
  readonly #writers: Writers;
  #rows: DataRow[] = [];
  #length = 0;

  constructor(database: DataDatabase) {
    this.#writers = writersInto(database);
  }

  async take(row: DataRow, length: number): Promise<void> {
    if (this.#rows[0] && this.#rows[0].store !== row.store) await this.write();
    this.#rows.push(row);
    this.#length += length;
    if (this.#rows.length >= rowsAtOnce || this.#length >= textAtOnce) await this.write();
  }

  /** Throws AppError `storage_full`. */
  async write(): Promise<void> {
    const rows = this.#rows;
    const [first] = rows;
    this.#rows = [];
    this.#length = 0;
    if (!first) return;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all of them are of the first one's store
    const write = this.#writers[first.store] as (values: readonly unknown[]) => Promise<RowsOutcome>;
    const { restored, known, problems } = await write(rows.map(({ value }) => value));
    this.restored[first.store] = (this.restored[first.store] ?? 0) + restored;
    this.known += known;
    this.problems += problems;
  }
}

/** The settings of a file; of each project and view the first one. */
class GatheredSettings {
  #settings: BackupSettings['settings'] | null = null;
  readonly #projects = new Map<string, BackupSettings['projects'][number]>();
  readonly #views = new Map<string, LibraryView>();

  /** False: there are more than anybody has. */
  take(row: Exclude<BackupRow, DataRow>): boolean {
    if (row.store === 'settings') this.#settings ??= row.value;
    else if (row.store === 'projects') return keepFirst(this.#projects, row.value, maximumProjects);
    else return keepFirst(this.#views, row.value, maximumViews);
    return true;
  }

  get value(): BackupSettings | null {
    if (!this.#settings && this.#projects.size === 0 && this.#views.size === 0) return null;
    return {
      settings: this.#settings ?? {},
      projects: [...this.#projects.values()],
      views: [...this.#views.values()],
    };
  }
}

function keepFirst<Value extends { readonly id: string }>(
  kept: Map<string, Value>,
  value: Value,
  maximum: number,
): boolean {
  if (kept.has(value.id)) return true;
  if (kept.size >= maximum) return false;
  kept.set(value.id, value);
  return true;
}

function isOfSettings(row: BackupRow): row is Exclude<BackupRow, DataRow> {
  return row.store === 'settings' || row.store === 'projects' || row.store === 'views';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function checkHeader(json: unknown): BackupHeader {
  const header = readHeader(json);
  if (!header) throw new AppError('unsupported', 'The file is no backup.', { advice: 'error_restore_foreign' });
  if (header.version <= backupVersion) return header;
  throw new AppError('unsupported', `The backup has version ${header.version}.`, {
    advice: 'error_restore_newer',
    parameters: [header.extensionVersion],
  });
}

function writingError(error: unknown): WireError {
  const known = toAppError(error);
  if (known.code !== 'storage_full') return known.toWire();
  return new AppError('storage_full', known.message, { advice: 'error_restore_full' }).toWire();
}

/** Restores a backup, packed or not. Never rejects: what went wrong is in the outcome. Progress is in bytes of the file. */
export async function restoreData(
  database: DataDatabase,
  source: Blob,
  progress: (progress: Progress) => void,
): Promise<Restored> {
  const gathered = new Gathered(database);
  const settings = new GatheredSettings();
  let header: BackupHeader | null = null;
  let expected: number | null = null;
  let isWhole = false;
  let lines = 0;
  let unreadable = 0;
  let error: WireError | null = null;
  try {
    for await (const line of backupLines(source, progress)) {
      // Behind the last line of a packed file comes the sum that tells whether all of it is as it was written.
      isWhole = line === null && expected !== null;
      if (line === null || expected !== null) continue;
      const json = line.isCut ? undefined : parseJson(line.text);
      if (!header) {
        header = checkHeader(json);
        continue;
      }
      expected = readTrailer(json);
      if (expected !== null) continue;
      lines += 1;
      const row = readRow(json);
      if (!row) unreadable += 1;
      else if (!isOfSettings(row)) await gathered.take(row, line.text.length);
      else if (!settings.take(row)) unreadable += 1;
    }
    if (!header) checkHeader(undefined);
    await gathered.write();
  } catch (problem) {
    error = writingError(problem);
  }
  return {
    outcome: {
      madeAt: header?.madeAt ?? null,
      restored: gathered.restored,
      known: gathered.known,
      // Lines that the last one counts and that are not there were taken out.
      problems: unreadable + gathered.problems + Math.max(0, (expected ?? 0) - lines),
      truncated: error === null && !isWhole,
      error,
    },
    settings: settings.value,
  };
}
