/** Writes the dataset with an exporter, and compares what another program read of it, cell by cell. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { JsonValue } from '../../lib/exporters/columns/column.ts';
import { cellText } from '../../lib/exporters/delimited.ts';
import type { ExportTable } from '../../lib/exporters/exporter.ts';
import { exporterById } from '../../lib/exporters/index.ts';
import { type SheetColumn, sheetOf, type SheetRow } from '../../lib/exporters/sheet.ts';
import { interopContext, interopTables } from './dataset.ts';

/** A folder of the test file's own, gone when it ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `clipscope-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Written {
  readonly path: string;
  /** How often what was told. */
  readonly told: Readonly<Record<string, number>>;
}

/** Writes these tables of the dataset into one file of the folder. */
export async function write(folder: string, format: string, tables: readonly ExportTable[]): Promise<Written> {
  const exporter = exporterById(format);
  if (!exporter) throw new Error(`There is no exporter ${format}.`);
  const told: Record<string, number> = {};
  const skipped = (message: string): void => {
    told[message] = (told[message] ?? 0) + 1;
  };
  const chunks: Uint8Array[] = [];
  for await (const chunk of exporter.write(tables, { ...interopContext, skipped }))
    chunks.push(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk);
  const own = join(folder, format);
  mkdirSync(own, { recursive: true });
  const path = join(own, `${tables.length === 1 ? tables[0]?.id : 'all'}.${exporter.extension}`);
  writeFileSync(path, Buffer.concat(chunks));
  return { path, told };
}

/** Writes a file for each table that the format can hold; paths by table. */
export async function writeAll(folder: string, format: string): Promise<Readonly<Record<string, string>>> {
  const paths: Record<string, string> = {};
  for (const table of tablesOf(format)) paths[table.id] = (await write(folder, format, [table])).path;
  return paths;
}

/** The tables whose rows the format can hold. */
export function tablesOf(format: string): readonly ExportTable[] {
  const { tables } = exporterById(format) ?? {};
  return interopTables.filter(({ id }) => tables?.includes(id) ?? true);
}

export interface Grid {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export type Cell = (value: JsonValue, column: SheetColumn) => unknown;

/** The cell as a text, as every delimited file has it: an empty text is an empty cell, as null is. */
export function asText(value: JsonValue, { type }: SheetColumn): string {
  return (cellText(type, value) ?? '').toWellFormed();
}

/** As asText, for readers that take an empty cell for a missing value. */
export const emptyIsNull: Cell = (value, column) => asText(value, column) || null;

/** The value where it is a text; the empty text for all else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value itself; texts of whole characters. */
export const asValue: Cell = (value) =>
  JSON.parse(JSON.stringify(value, (_name, part: unknown) => (typeof part === 'string' ? part.toWellFormed() : part)));

/** A difference that is known, has a reason, and is written down in the exporter's header. */
export interface Loss {
  /** What is lost, and by whom. */
  readonly name: string;
  /** The expected cell with the loss; anything else is a failure. */
  readonly apply: (expected: unknown, column: SheetColumn) => unknown;
}

/** A loss within texts, those inside lists and structures too. */
export function textLoss(name: string, change: (text: string) => string): Loss {
  return { name, apply: (expected) => (typeof expected === 'string' ? change(expected) : expected) };
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

interface Comparison {
  readonly cells: number;
  readonly lost: ReadonlyMap<string, number>;
  readonly wrong: readonly string[];
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 200);
}

/** Null: the cell is as it should be. Else the losses that explain it; none do: empty. */
function explain(found: unknown, expected: unknown, column: SheetColumn, losses: readonly Loss[]): Loss[] | null {
  if (same(found, expected)) return null;
  let changed = expected;
  const needed = losses.filter(({ apply }) => {
    const next = apply(changed, column);
    const isChange = !same(next, changed);
    changed = next;
    return isChange;
  });
  return same(found, changed) ? needed : [];
}

async function compareTable(table: ExportTable, grid: Grid, cell: Cell, losses: readonly Loss[]): Promise<Comparison> {
  const sheet = sheetOf(table, interopContext);
  const rows: SheetRow[] = [];
  for await (const some of sheet.rows()) rows.push(...some);
  const wrong: string[] = [];
  const lost = new Map<string, number>();
  let cells = 0;
  const headers = sheet.columns.map(({ header }) => header);
  if (!same(grid.columns, headers)) wrong.push(`columns: ${shown(grid.columns)}, not ${shown(headers)}`);
  if (grid.rows.length !== rows.length) wrong.push(`${grid.rows.length} rows, not ${rows.length}`);
  for (const [at, row] of rows.entries()) {
    for (const [index, column] of sheet.columns.entries()) {
      const expected = cell(row[index] ?? null, column);
      const found = grid.rows[at]?.[index];
      const needed = explain(found, expected, column, losses);
      cells += 1;
      for (const { name } of needed ?? []) lost.set(name, (lost.get(name) ?? 0) + 1);
      if (needed?.length === 0) wrong.push(`row ${at + 1}, ${column.header}: ${shown(found)}, not ${shown(expected)}`);
    }
  }
  return { cells, lost, wrong };
}

/**
 * Compares what a reader made of each table with what was written, and prints how many cells that were. Throws where one
 * differs, and where a loss that is declared does not occur: what is no longer true must go.
 */
export async function compare(
  reader: string,
  grids: Readonly<Record<string, Grid>>,
  cell: Cell,
  losses: readonly Loss[] = [],
): Promise<void> {
  const wrong: string[] = [];
  const lost = new Map<string, number>();
  let cells = 0;
  for (const table of interopTables) {
    const grid = grids[table.id];
    if (!grid) throw new Error(`${reader} did not read the table of ${table.id} rows.`);
    const result = await compareTable(table, grid, cell, losses);
    cells += result.cells;
    wrong.push(...result.wrong.map((text) => `${table.id}: ${text}`));
    for (const [name, count] of result.lost) lost.set(name, (lost.get(name) ?? 0) + count);
  }
  const told = [...lost].map(([name, count]) => `${count} with a known loss: ${name}`);
  console.log([`${reader}: ${cells} cells of ${interopTables.length} tables compared`, ...told].join('\n  '));
  const unused = losses.filter(({ name }) => !lost.has(name)).map(({ name }) => `does not happen: ${name}`);
  if (wrong.length + unused.length > 0)
    throw new Error([`${reader}: ${wrong.length} differences`, ...wrong.slice(0, 12), ...unused].join('\n  '));
}
