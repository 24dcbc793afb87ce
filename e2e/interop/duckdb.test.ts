/** What DuckDB (npm @duckdb/node-api) makes of our files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, expect, it } from 'vitest';
import { asValue, type Cell, compare, emptyIsNull, type Grid, temporaryFolder, textOf, writeAll } from './cells.ts';

const folder = temporaryFolder('duckdb');
let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

interface Result extends Grid {
  readonly types: readonly string[];
}

/** DuckDB writes what it read into a file itself: the client for Node drops a mark (U+FEFF) in front of a text. */
async function ask(query: string): Promise<Result> {
  const described = await connection.runAndReadAll(`describe ${query}`);
  const columns = described.getRowsJson().map(([name, type]) => [textOf(name), textOf(type)] as const);
  const result = join(folder, 'result.ndjson');
  await connection.run(`copy (${query}) to '${result}' (format json)`);
  const rows = readFileSync(result, 'utf8').split('\n').filter(Boolean);
  return {
    columns: columns.map(([name]) => name),
    types: columns.map(([, type]) => type),
    rows: rows.map((line) => {
      const row = JSON.parse(line) as Readonly<Record<string, unknown>>;
      return columns.map(([name]) => row[name]);
    }),
  };
}

async function askAll(
  format: string,
  query: (path: string) => string,
  check: (result: Result) => Grid = (result) => result,
): Promise<Readonly<Record<string, Grid>>> {
  const grids: Record<string, Grid> = {};
  for (const [table, path] of Object.entries(await writeAll(folder, format)))
    grids[table] = check(await ask(query(path)));
  return grids;
}

const jsonAsText: Cell = (value, column) =>
  column.type === 'json' && value !== null ? JSON.stringify(asValue(value, column)) : asValue(value, column);

it.each([
  ['csv', ','],
  ['tsv', '\\t'],
])('read_csv reads %s', async (format, separator) => {
  const grids = await askAll(
    format,
    (path) => `from read_csv('${path}', delim = '${separator}', header = true, all_varchar = true)`,
  );
  await compare(`DuckDB ${format}`, grids, emptyIsNull);
});

/** Times in UTC as DuckDB writes its own, `zone` behind them. */
function withTimes(zone: string, cell: Cell): Cell {
  return (value, column) => {
    if (column.utc && typeof value === 'string') return `${value.slice(0, 10)} ${value.slice(11, 19)}${zone}`;
    return cell(value, column);
  };
}

/** As the header of ndjson-records.ts advises: else times lose their offset, and structures get each other's names. */
const options = `format = 'newline_delimited', timestampformat = '%Y-%m-%dT%H:%M:%SZ', map_inference_threshold = 0, field_appearance_threshold = 1`;

it('read_json reads ndjson-records: the ids are texts', async () => {
  const grids = await askAll(
    'ndjson-records',
    (path) => `from read_json('${path}', ${options})`,
    ({ columns, types, rows }) => {
      for (const [index, type] of types.entries())
        if (columns[index]?.endsWith('_id') && rows.some((row) => row[index] !== null)) expect(type).toBe('VARCHAR');
      return { columns: columns.slice(1), rows: rows.map((row) => row.slice(1)) };
    },
  );
  await compare('DuckDB ndjson-records', grids, withTimes('', asValue));
});

it('read_parquet reads parquet with its types', async () => {
  const grids = await askAll('parquet', (path) => `from read_parquet('${path}')`);
  await compare('DuckDB parquet', grids, withTimes('+00', jsonAsText));
});
