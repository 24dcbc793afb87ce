/** Files of tests, read by programs that share nothing with what wrote them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ReadBack, Table } from './harness.ts';

/** Runs the work with the file on a disk, under this name. */
export async function onDisk<Result>(
  name: string,
  file: Uint8Array,
  work: (path: string) => Result | Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'clipscope-file-'));
  try {
    const path = join(folder, name);
    writeFileSync(path, file);
    return await work(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const hasPython = spawnSync('python3', ['--version']).status === 0;

/** What the program prints as JSON; the file is its only argument. */
export function askPython(program: string, path: string): unknown {
  const { stdout, stderr, status } = spawnSync('python3', ['-c', program, path], { encoding: 'utf8', maxBuffer: 1e8 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

let database: Promise<DuckDBInstance> | null = null;

export interface DuckDbAnswer {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

export async function askDuckDb(query: string): Promise<DuckDbAnswer> {
  database ??= DuckDBInstance.create(':memory:');
  const connection = await (await database).connect();
  try {
    const reader = await connection.runAndReadAll(query);
    return { names: reader.columnNames(), types: reader.columnTypes().map(String), rows: reader.getRowsJS() };
  } finally {
    connection.closeSync();
  }
}

/** Reads a file of rows and columns, every cell a text. */
export function delimitedWithDuckDb(delimiter: ',' | '\t'): ReadBack {
  return (file) =>
    onDisk('table', file, async (path) => {
      const separator = delimiter === '\t' ? String.raw`E'\t'` : `'${delimiter}'`;
      const options = `header=false, all_varchar=true, delim=${separator}, quote='"', escape='"', auto_detect=false`;
      const width = Math.max(1, firstRow(file).split(delimiter).length);
      const names = Array.from({ length: width }, (_unused, index) => `'c${index}': 'VARCHAR'`);
      const { rows } = await askDuckDb(`select * from read_csv('${path}', ${options}, columns={${names.join(', ')}})`);
      return rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : '')));
    });
}

function firstRow(file: Uint8Array): string {
  const text = new TextDecoder().decode(file);
  return text.slice(0, text.indexOf('\n'));
}

/** Reads a file of rows and columns with Python's csv module. */
export function delimitedWithPython(delimiter: ',' | '\t'): ReadBack {
  const separator = delimiter === '\t' ? String.raw`'\t'` : `'${delimiter}'`;
  const program = `
import csv, json, sys
csv.field_size_limit(10**9)
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    print(json.dumps(list(csv.reader(file, delimiter=${separator}, strict=True))))
`;
  return (file) =>
    onDisk('table', file, (path) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the program prints
      return askPython(program, path) as Table;
    });
}
