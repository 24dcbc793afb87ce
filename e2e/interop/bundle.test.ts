/** The research bundle as a reviewer handles it: unpacked, checked, and loaded by its own scripts in Python and R. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import {
  asValue,
  type Cell,
  compare,
  emptyIsNull,
  type Grid,
  type Loss,
  temporaryFolder,
  textOf,
  textLoss,
  write,
} from './cells.ts';
import { interopTables } from './dataset.ts';
import { python, rGrids, run } from './programs.ts';

const folder = temporaryFolder('bundle');
const unpacked = join(folder, 'unpacked');

beforeAll(async () => {
  const { path } = await write(folder, 'bundle', interopTables);
  python('zipfile', 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])', [path, unpacked]);
});

it('sha256sum finds every file as it was written, and no other', () => {
  const answer = run('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { debian: 'coreutils', cwd: unpacked });
  const listed = answer.trim().split('\n');
  expect(listed.every((line) => line.endsWith(': OK'))).toBe(true);
  const files = run('find', ['.', '-type', 'f'], { debian: 'findutils', cwd: unpacked }).trim().split('\n');
  expect(listed.map((line) => `./${line.replace(/: OK$/u, '')}`).sort()).toEqual(
    files.filter((file) => file !== './SHA256SUMS').sort(),
  );
  expect(files.filter((file) => file.startsWith('./data/'))).toHaveLength(interopTables.length * 3);
  console.log(`sha256sum bundle: ${listed.length} files compared`);
});

/** Null, and an empty text or list, are an empty cell; what is typed has its type. */
const loaded: Cell = (value, column) => {
  if (value === null) return null;
  if (['integer', 'number'].includes(column.type)) return value;
  if (column.type === 'boolean') return value;
  if (column.utc) return textOf(value).slice(0, 19);
  return emptyIsNull(value, column);
};

const loadPython = `
import json, sys
sys.path.insert(0, ".")
from load import tables
import pandas

def plain(cell):
    if cell is pandas.NaT or cell is pandas.NA or cell is None or cell != cell:
        return None
    if isinstance(cell, pandas.Timestamp):
        return cell.strftime("%Y-%m-%dT%H:%M:%S")
    return cell.item() if hasattr(cell, "item") else cell

print(json.dumps({
    name: {"columns": list(table.columns), "rows": [[plain(cell) for cell in row] for row in table.astype(object).values.tolist()]}
    for name, table in tables.items()
}))
`;

it('load.py loads every table', async () => {
  const grids = JSON.parse(python('pandas', loadPython, [], { cwd: unpacked })) as Readonly<Record<string, Grid>>;
  await compare('load.py', grids, loaded, [
    textLoss('pandas ends a cell of a delimited file at a NUL', (text) => text.replace(/\0.*$/su, '')),
  ]);
});

const loadR = `
source("load.R")
plain <- function(cells) {
  if (inherits(cells, "POSIXct")) cells <- format(cells, "%Y-%m-%dT%H:%M:%S", tz = "UTC")
  lapply(cells, function(cell) if (is.na(cell)) NULL else exact(cell))
}
grids <- lapply(tables, function(table) {
  columns <- lapply(table, plain)
  rows <- lapply(seq_len(nrow(table)), function(at) unname(lapply(columns, function(cells) cells[[at]])))
  list(columns = names(table), rows = rows)
})
`;

const losses: readonly Loss[] = [
  textLoss('R ends the lines of a cell with LF', (text) => text.replaceAll(/\r\n?/gu, '\n')),
  textLoss('R ends a cell at a NUL', (text) => text.replace(/\0.*$/su, '')),
];

it('load.R loads every table', async () => {
  const grids = rGrids(folder, loadR, [], unpacked);
  const cell: Cell = (value, column) => (typeof value === 'number' ? { number: value } : loaded(value, column));
  await compare('load.R', grids, cell, losses);
});

it('the description of the package names every column of every file', () => {
  const answer = python(
    'csv',
    `
import csv, json
with open("datapackage.json", encoding="utf-8") as file:
    package = json.load(file)
found = {}
for resource in package["resources"]:
    with open(resource["path"], encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file))
    found[resource["name"]] = header == [field["name"] for field in resource["schema"]["fields"]]
print(json.dumps(found))
`,
    [],
    { cwd: unpacked },
  );
  expect(JSON.parse(answer)).toEqual(Object.fromEntries(interopTables.map(({ id }) => [id, true])));
});

it('what the bundle has of each table in NDJSON is what it has in CSV', async () => {
  const read = `
import json, sys
grids = {}
for table in sys.argv[1:]:
    with open(f"data/{table}.ndjson", encoding="utf-8", newline="\\n") as file:
        rows = [json.loads(line) for line in file]
    grids[table] = {"columns": list(rows[0])[1:], "rows": [list(row.values())[1:] for row in rows]}
print(json.dumps(grids))
`;
  const grids = JSON.parse(
    python(
      'json',
      read,
      interopTables.map(({ id }) => id),
      { cwd: unpacked },
    ),
  ) as Readonly<Record<string, Grid>>;
  await compare('Python json, NDJSON of the bundle', grids, asValue);
});
