/** What sqlite3 and MariaDB (both Debian's) make of our dumps. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tableNames } from '../../lib/exporters/table-names.ts';
import { asValue, type Cell, compare, type Grid, temporaryFolder, write } from './cells.ts';
import { interopTables } from './dataset.ts';
import { python, run } from './programs.ts';

const folder = temporaryFolder('sql');

/** What a column without such a type holds: truth values as 1 and 0, lists and structures as JSON. */
const asStored: Cell = (value, column) => {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(asValue(value, column)) : asValue(value, column);
};

const readSqlite = `
import json, sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
grids = {}
for table, name in json.loads(sys.argv[2]).items():
    cursor = connection.execute(f'SELECT * FROM "{name}"')
    grids[table] = {"columns": [column[0] for column in cursor.description], "rows": cursor.fetchall()}
print(json.dumps(grids))
`;

const names = JSON.stringify(Object.fromEntries(interopTables.map(({ id }) => [id, tableNames[id]])));

it('sqlite3 loads sql-sqlite; its types are there', async () => {
  const { path } = await write(folder, 'sql-sqlite', interopTables);
  const database = join(folder, 'new.db');
  run('sqlite3', [database], { debian: 'sqlite3', input: readFileSync(path, 'utf8') });
  const grids = JSON.parse(python('sqlite3', readSqlite, [database, names])) as Readonly<Record<string, Grid>>;
  await compare('sqlite3 sql-sqlite', grids, asStored);
  const types = run(
    'sqlite3',
    [database, 'select distinct typeof(post_id), typeof(view_count) from posts where view_count is not null'],
    { debian: 'sqlite3' },
  );
  expect(types.trim()).toBe('text|integer');
});

let server: ChildProcess | undefined;
const socket = join(folder, 'socket');
const mariadb = { debian: 'mariadb-server' };

/** A server of the test's own: nothing of the machine's own databases is touched, and nothing listens to the network. */
beforeAll(async () => {
  const data = join(folder, 'data');
  mkdirSync(data);
  const own = ['--no-defaults', `--datadir=${data}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
  run('mariadb-install-db', [...own, '--auth-root-authentication-method=normal', '--skip-test-db'], mariadb);
  const files = [`--socket=${socket}`, `--pid-file=${join(folder, 'pid')}`];
  // Debian keeps it where only the administrator's PATH looks.
  const program = ['/usr/sbin/mariadbd', '/usr/libexec/mariadbd'].find((path) => existsSync(path)) ?? 'mariadbd';
  server = spawn(program, [...own, '--skip-networking', ...files], { stdio: 'ignore' });
  let failure: Error | null = null;
  server.once('error', (error) => {
    failure = error;
    server = undefined;
  });
  const ping = ['--no-defaults', `--socket=${socket}`, '--user=root', 'ping'];
  for (let tries = 0; spawnSync('mariadb-admin', ping).status !== 0; tries++) {
    if (failure || tries > 300) throw failure ?? new Error('MariaDB did not start.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
});
afterAll(async () => {
  if (!server) return;
  const ended = new Promise((resolve) => server?.once('exit', resolve));
  server.kill();
  await ended;
});

function client(query: string, input?: string): string {
  const parameters = ['--no-defaults', `--socket=${socket}`, '--user=root', '--default-character-set=utf8mb4'];
  return input === undefined
    ? run('mariadb', [...parameters, '--batch', '--skip-column-names', '-e', query], mariadb)
    : run('mariadb', [...parameters, query], { ...mariadb, input });
}

function rowsOf(answer: string): string[][] {
  return answer
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t'));
}

/** Every cell in hex digits: the client's own way of writing makes no difference between NULL and the text. */
function readTable(name: string): Grid {
  const columns = rowsOf(
    client(
      `select column_name, data_type from information_schema.columns where table_schema = 'study' and table_name = '${name}' order by ordinal_position`,
    ),
  );
  const cells = columns.map(([column]) => `ifnull(hex(cast(\`${column}\` as char character set utf8mb4)), '-')`);
  const isNumber = columns.map(([, type]) => ['bigint', 'double', 'tinyint'].includes(type ?? ''));
  return {
    columns: columns.map(([column]) => column ?? ''),
    rows: rowsOf(client(`use study; select ${cells.join(',')} from \`${name}\``)).map((row) =>
      row.map((hex, index) => {
        if (hex === '-') return null;
        const text = Buffer.from(hex, 'hex').toString('utf8');
        return isNumber[index] ? Number(text) : text;
      }),
    ),
  };
}

it('MariaDB loads sql-mysql', async () => {
  const { path } = await write(folder, 'sql-mysql', interopTables);
  client('create database study');
  client('study', readFileSync(path, 'utf8'));
  const grids = Object.fromEntries(interopTables.map(({ id }) => [id, readTable(tableNames[id])]));
  await compare('MariaDB sql-mysql', grids, (value, column) => {
    if (column.utc && typeof value === 'string') return value.replace('T', ' ').replace('Z', '');
    return asStored(value, column);
  });
});
