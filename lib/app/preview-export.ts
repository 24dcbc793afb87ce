/** The beginning of an export's files, and what they will weigh. */
import type { TableId } from '../core/export-choices.ts';
import type { AnyRecord } from '../core/record.ts';
import { cellText } from '../exporters/delimited.ts';
import type { Exporter, ExportContext, ExportTable } from '../exporters/exporter.ts';
import { inPieces } from '../exporters/pieces.ts';
import { sheetOf } from '../exporters/sheet.ts';
import type { ExportPreview } from '../messaging/export-models.ts';
import {
  choose,
  type Chosen,
  type ExportPlan,
  type FilePlan,
  filesOf,
  type RowSource,
  tableOf,
  thingsIn,
} from './export-plan.ts';

const previewRows = 20;

/** How the first of the files would begin. Throws as `writeExport` does, but for having nothing to write. */
export async function previewExport(
  plan: ExportPlan,
  table: TableId | null,
  source: RowSource,
): Promise<ExportPreview> {
  const chosen = await choose(plan, source);
  const { exporter, context, refs, available } = chosen;
  const countOf = (id: TableId): number => thingsIn({ tables: [id], refs, platform: null });
  const planned = filesOf(chosen);
  const before = await source.exported();
  const file = planned.find(({ tables }) => table === null || tables.includes(table)) ?? planned[0];
  const shown = file?.tables.find((id) => table === null || id === table) ?? file?.tables[0] ?? null;
  const counts = {
    tables: available.map((id) => ({ id, things: countOf(id) })),
    things: refs.length,
    exportedBefore: plan.refs.filter((ref) => before.has(ref)).length,
  };
  if (!file || shown === null) return { ...counts, table: null, columns: [], rows: [], bytes: null };
  const own = { ...context, platform: file.platform };
  const few = { ...tableOf(shown, file.refs, source) };
  const beginning: ExportTable = { id: shown, rows: () => firstOf(few.rows()) };
  const sheet = sheetOf(
    beginning,
    exporter.form === 'sheet' ? own : { ...own, choices: { ...own.choices, preset: 'native' } },
  );
  const rows: (string | null)[][] = [];
  for await (const some of sheet.rows()) {
    for (const row of some.slice(0, previewRows - rows.length)) {
      rows.push(row.map((value, index) => cellText(sheet.columns[index]?.type ?? 'string', value)));
    }
  }
  const columns = sheet.columns.map(({ header, description, unfillable }) => ({ header, description, unfillable }));
  return { ...counts, table: shown, columns, rows, bytes: await reckonBytes(chosen, planned, source) };
}

async function* firstOf(rows: AsyncIterable<AnyRecord> | Iterable<AnyRecord>): AsyncGenerator<AnyRecord> {
  let count = 0;
  for await (const row of rows) {
    yield row;
    count += 1;
    if (count >= previewRows) return;
  }
}

/** Writes the beginning of every file, and reckons from it. */
async function reckonBytes(
  { exporter, context }: Chosen,
  planned: readonly FilePlan[],
  source: RowSource,
): Promise<number | null> {
  let bytes = 0;
  for (const file of planned) {
    let rows = 0;
    const tables = file.tables.map((id): ExportTable => {
      const table = tableOf(id, file.refs, source);
      return {
        id,
        async *rows() {
          for await (const row of firstOf(table.rows())) {
            rows += 1;
            yield row;
          }
        },
      };
    });
    const empty = file.tables.map((id): ExportTable => ({ id, rows: () => [] }));
    const own = { ...context, platform: file.platform };
    const [head, some] = [await sizeOf(exporter, empty, own), await sizeOf(exporter, tables, own)];
    if (rows === 0) return null;
    bytes += head + (Math.max(0, some - head) / rows) * thingsIn(file);
  }
  return Math.round(bytes);
}

async function sizeOf(exporter: Exporter, tables: readonly ExportTable[], context: ExportContext): Promise<number> {
  let size = 0;
  for await (const piece of inPieces(exporter.write(tables, context))) size += piece.length;
  return size;
}
