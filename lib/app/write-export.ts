/**
 * Writes what was chosen of some things into files. Knows no browser: the same runs in the library's worker, in Chromium's
 * offscreen document and in Firefox's event page.
 */
import { AppError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import type { ExportContext, ExportTable } from '../exporters/exporter.ts';
import { inPieces } from '../exporters/pieces.ts';
import { exportFileName } from '../exporters/file-name.ts';
import { tableNames } from '../exporters/table-names.ts';
import { tableById } from '../exporters/tables.ts';
import {
  choose,
  type Chosen,
  type ExportPlan,
  type FilePlan,
  filesOf,
  kindOf,
  partsOf,
  type RowSource,
  tableOf,
  thingsIn,
} from './export-plan.ts';

export interface WrittenFile {
  readonly name: string;
  readonly blob: Blob;
  readonly rows: number;
  readonly skipped?: Readonly<Record<string, number>>;
}

export interface Watching {
  /** Told how many rows are written, and of how many things they are: some things make several rows. */
  readonly progress?: (rows: number, things: number) => void;
  readonly signal?: AbortSignal;
}

/** After so many rows progress is told. */
const rowsToTell = 500;

function nameOf(file: FilePlan, { exporter, context }: Chosen, isOfOne: boolean, coder: number | null): string {
  const [first = 'post'] = file.tables;
  const { now, choices } = context;
  const own = exporter.fileName?.(first, file.platform ?? 'tiktok', now);
  if (own !== undefined) return own;
  const what = exporter.holdsAll ? 'export' : isOfOne && first !== 'sku' ? first : tableNames[first];
  const preset = exporter.form === 'sheet' && choices.preset !== 'native' ? `_${choices.preset}` : '';
  const suffix = coder === null ? '' : `_coder${coder}`;
  return exportFileName(file.platform ?? 'mixed', `${what}${preset}${suffix}`, now, exporter.extension);
}

export function exportCancelled(): AppError {
  return new AppError('cancelled', 'The export was cancelled.');
}

/** Puts chunks away as they come. */
async function gather(
  chunks: AsyncIterable<string | Uint8Array<ArrayBuffer>>,
  type: string,
  signal: AbortSignal | undefined,
): Promise<Blob> {
  const pieces: Blob[] = [];
  for await (const piece of inPieces(chunks)) {
    if (signal?.aborted) throw exportCancelled();
    pieces.push(new Blob([piece]));
  }
  return new Blob(pieces, { type });
}

/** `counted`: called for every row that is read the first time. */
async function writeOne(
  file: FilePlan,
  chosen: Chosen,
  source: RowSource,
  signal: AbortSignal | undefined,
  counted: () => void,
) {
  const { exporter, context } = chosen;
  const skipped: Record<string, number> = {};
  let rows = 0;
  let missing = 0;
  const tables = file.tables.map((id): ExportTable => {
    const table = tableOf(id, file.refs, source);
    let isRead = false;
    return {
      id,
      async *rows() {
        // A bundle reads a table several times.
        const isFirst = !isRead;
        isRead = true;
        for await (const row of table.rows()) {
          if (signal?.aborted) throw exportCancelled();
          if (isFirst) {
            rows += 1;
            counted();
          }
          yield row;
        }
      },
    };
  });
  const own: ExportContext = {
    ...context,
    platform: file.platform,
    skipped: (message) => {
      skipped[message] = (skipped[message] ?? 0) + 1;
      if (message.startsWith('export_skipped_')) missing += 1;
    },
  };
  const blob = await gather(exporter.write(tables, own), exporter.mediaType, signal);
  return {
    blob,
    rows: Math.max(0, rows - missing),
    ...(Object.keys(skipped).length > 0 ? { skipped } : {}),
  };
}

function nothing(): AppError {
  return new AppError('not_found', 'Nothing of this can be exported.', { advice: 'error_nothing_to_export' });
}

export interface WrittenExport {
  readonly files: readonly WrittenFile[];
  /** What is in them. */
  readonly refs: readonly RefKey[];
}

/**
 * Writes the files. Throws AppError `not_found` where there is nothing to write, `bad_request` for a format, preset or
 * choice that is not possible, `cancelled`.
 */
export async function writeExport(
  plan: ExportPlan,
  source: RowSource,
  watching: Watching = {},
): Promise<WrittenExport> {
  const chosen = await choose(plan, source);
  const planned = filesOf(chosen);
  if (planned.length === 0) throw nothing();
  const files: WrittenFile[] = [];
  const things = planned.reduce((sum, file) => sum + thingsIn(file), 0);
  let done = 0;
  const counted = (): void => {
    done += 1;
    if (done % rowsToTell === 0) watching.progress?.(done, things);
  };
  for (const file of planned) {
    const written = await writeOne(file, chosen, source, watching.signal, counted);
    watching.progress?.(done, things);
    const coders = plan.choices.coders === 2 && chosen.exporter.form === 'sheet' ? [1, 2] : [null];
    for (const coder of coders) files.push({ ...written, name: nameOf(file, chosen, plan.isOfOne === true, coder) });
  }
  const kinds: ReadonlySet<string> = new Set(
    planned.flatMap(({ tables }) => tables.flatMap((id) => tableById(id).bases.map(kindOf))),
  );
  return { files, refs: chosen.refs.filter((ref) => kinds.has(partsOf(ref).kind)) };
}
