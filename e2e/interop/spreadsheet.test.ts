/** What LibreOffice (Debian libreoffice-calc) makes of our files: CSV with every column as text, workbooks as they are. */
import { expect, it } from 'vitest';
import { tableNames } from '../../lib/exporters/table-names.ts';
import {
  asText,
  type Cell,
  compare,
  emptyIsNull,
  type Grid,
  type Loss,
  temporaryFolder,
  textOf,
  textLoss,
  write,
  writeAll,
} from './cells.ts';
import { interopTables } from './dataset.ts';
import { throughOffice } from './workbook.ts';

const folder = temporaryFolder('office');

/** UTF-8 (76), comma, quotes; every column is text (2), so that nothing is guessed. */
const columns = Array.from({ length: 200 }, (_unused, index) => `${index + 1}/2`).join('/');
const csvFilter = `CSV:44,34,76,1,${columns},0,true,false`;

const losses: readonly Loss[] = [
  textLoss('a spreadsheet ends the lines of a cell with LF', (text) => text.replaceAll(/\r\n?/gu, '\n')),
  textLoss('a spreadsheet has no control characters', (text) => text.replaceAll(/[^\P{Cc}\t\n\r]/gu, '')),
];

/** As the guard of csv-excel is described: an apostrophe before what a program may take for a formula. */
const guarded: Cell = (value, column) => {
  const text = asText(value, column);
  if (text === '') return null;
  return ['string', 'list', 'json'].includes(column.type) && /^[=+\-@\t\r\n]/u.test(text) ? `'${text}` : text;
};

it.each([
  ['csv', emptyIsNull],
  ['csv-excel', guarded],
])('opens %s', async (format, cell) => {
  const paths = await writeAll(folder, format);
  const opened = throughOffice(folder, Object.values(paths), csvFilter);
  const grids = Object.entries(paths).map(([table, path]): [string, Grid] => [
    table,
    Object.values(opened[path] ?? {})[0] ?? { columns: [], rows: [] },
  ]);
  await compare(`LibreOffice ${format}`, Object.fromEntries(grids), cell, losses);
});

const inWorkbook: Cell = (value, column) => {
  if (value === null) return null;
  // A date at midnight has no time in LibreOffice's own files.
  if (column.utc) return { date: textOf(value).slice(0, 19).replace('T00:00:00', '') };
  if (typeof value === 'number') return Number.isInteger(value) && value > 999_999_999_999_999 ? String(value) : value;
  if (typeof value === 'boolean') return value;
  return emptyIsNull(value, column);
};

const workbookLosses: readonly Loss[] = [
  ...losses,
  textLoss('a cell of a workbook ends at 32,767 characters', (text) => text.slice(0, 32_767)),
  {
    name: 'LibreOffice shows truth values of a workbook as 1 and 0',
    apply: (expected) => (typeof expected === 'boolean' ? Number(expected) : expected),
  },
  {
    name: 'a spreadsheet keeps 15 digits of a number',
    apply: (expected) => (typeof expected === 'number' ? Number(expected.toPrecision(15)) : expected),
  },
];

it('opens xlsx: ids are text, numbers numbers, times dates', async () => {
  const { path, told } = await write(folder, 'xlsx', interopTables);
  const opened = throughOffice(folder, [path])[path] ?? {};
  const grids = interopTables.map(({ id }): [string, Grid] => [
    id,
    opened[tableNames[id]] ?? { columns: [], rows: [] },
  ]);
  await compare('LibreOffice xlsx', Object.fromEntries(grids), inWorkbook, workbookLosses);
  // What is lost on the way into the file is told, cell by cell.
  expect(told).toEqual({ export_changed_control: 12, export_changed_cut: 7 });
});
