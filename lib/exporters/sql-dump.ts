/**
 * What the SQL dumps have in common: one transaction, a table for each chosen one, and its rows in statements of bounded
 * size. There is no primary key and no limit to a text: a dump must not reject a row.
 */
import type { JsonValue } from './columns/column.ts';
import type { ExportContext, ExportTable } from './exporter.ts';
import { sheetOf, type SheetColumn } from './sheet.ts';
import { distinctNames, tableNames } from './table-names.ts';
import { typedCell } from './typed-cell.ts';

export interface Dialect {
  /** What the file begins with. */
  readonly opening: string;
  /** Opens and closes the transaction; tables are created where the dialect can roll that back. */
  readonly begin: string;
  readonly commit: string;
  /** False: creating a table ends a transaction, so that all are created before it. */
  readonly createsInside: boolean;
  /** A name as the dialect allows it, unquoted. */
  readonly cleanName: (name: string) => string;
  readonly quoteName: (name: string) => string;
  /** Behind the name of a column in its declaration. */
  readonly columnType: (column: SheetColumn) => string;
  /** Behind the closing bracket of a table's declaration. */
  readonly tableOptions: string;
  /** A value of the column's type, not null. */
  readonly literal: (column: SheetColumn, value: Exclude<JsonValue, null>) => string;
}

/**
 * Characters of one INSERT, a row more at most: with three bytes each below the 1,000,000 bytes that older servers and
 * SQLite take (max_allowed_packet of MySQL 5.5, SQLITE_MAX_SQL_LENGTH).
 */
const statementLength = 250_000;

function createTable(
  table: string,
  columns: readonly SheetColumn[],
  names: readonly string[],
  dialect: Dialect,
): string {
  const lines = columns.map((column, index) => `  ${names[index] ?? ''} ${dialect.columnType(column)}`);
  return `CREATE TABLE ${table} (\n${lines.join(',\n')}\n)${dialect.tableOptions};\n`;
}

/** A dump of these tables. */
export async function* writeDump(
  tables: readonly ExportTable[],
  context: ExportContext,
  dialect: Dialect,
): AsyncGenerator<string> {
  const sheets = tables.map((table) => {
    const sheet = sheetOf(table, context);
    const names = distinctNames(sheet.columns.map(({ header }) => dialect.cleanName(header)));
    return { sheet, table: dialect.quoteName(tableNames[sheet.table]), names: names.map(dialect.quoteName) };
  });
  const creating = sheets.map(({ sheet, table, names }) => createTable(table, sheet.columns, names, dialect)).join('');
  const [before, inside] = dialect.createsInside ? ['', creating] : [creating, ''];
  yield `${dialect.opening}${before}${dialect.begin}${inside}`;
  for (const { sheet, table, names } of sheets) {
    const opening = `INSERT INTO ${table} (${names.join(', ')}) VALUES\n`;
    const written = (row: readonly JsonValue[]): string => {
      const cells = sheet.columns.map((column, index) => {
        const value = typedCell(column, row[index] ?? null, context);
        return value === null ? 'NULL' : dialect.literal(column, value);
      });
      return `(${cells.join(', ')})`;
    };
    let waiting: string[] = [];
    let length = 0;
    for await (const rows of sheet.rows()) {
      for (const row of rows) {
        const text = written(row);
        waiting.push(text);
        length += text.length;
        if (length < statementLength) continue;
        yield `${opening}${waiting.join(',\n')};\n`;
        waiting = [];
        length = 0;
      }
    }
    if (waiting.length > 0) yield `${opening}${waiting.join(',\n')};\n`;
  }
  yield dialect.commit;
}
