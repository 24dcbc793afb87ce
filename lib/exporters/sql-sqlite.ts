/**
 * A dump for SQLite 3, to be loaded into a new file: `sqlite3 NEW.db < FILE`.
 *
 * - Ids and texts are TEXT, whole numbers INTEGER, numbers REAL, truth values INTEGER 1 and 0; SQLite has no type for
 *   times, which are ISO 8601 text, as its own functions take them. Lists and structures are JSON text.
 * - Texts with control characters are written as the hex digits of their bytes: a NUL would end the statement, and the
 *   command line drops the CR of a CRLF (seen with SQLite 3.40.1, 2026-11). A database's own functions still end a text
 *   at a NUL when they show it; its bytes are all there.
 * - A table that is there already is left alone: the load stops with an error, and nothing of it stays.
 */
import { defineExporter } from './exporter.ts';
import type { SheetColumn } from './sheet.ts';
import { type Dialect, writeDump } from './sql-dump.ts';
import { cellAsText, jsonText } from './typed-cell.ts';

// oxlint-disable-next-line no-control-regex -- the control characters are what has to be written otherwise
const needsHex = /[\u0000-\u0008\u000b-\u001f]/u;

function quoted(text: string): string {
  if (!needsHex.test(text)) return `'${text.replaceAll("'", "''")}'`;
  const digits = Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0'));
  return `CAST(X'${digits.join('')}' AS TEXT)`;
}

const columnTypes: Readonly<Record<SheetColumn['type'], string>> = {
  string: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  boolean: 'INTEGER',
  time: 'TEXT',
  list: 'TEXT',
  json: 'TEXT',
};

const sqlite: Dialect = {
  opening: '-- Clipscope, for SQLite 3. Load it with: sqlite3 NEW.db < THIS_FILE\n',
  begin: 'BEGIN;\n',
  commit: 'COMMIT;\n',
  createsInside: true,
  cleanName: (name) => name.replaceAll(/\p{Cc}/gu, '').toWellFormed(),
  quoteName: (name) => `"${name.replaceAll('"', '""')}"`,
  columnType: ({ type }) => columnTypes[type],
  tableOptions: '',
  literal: ({ type }, value) => {
    if (type === 'boolean') return value === true ? '1' : '0';
    if (type === 'integer' || type === 'number') return cellAsText(value);
    return quoted(type === 'list' || type === 'json' ? jsonText(value) : cellAsText(value));
  },
};

export const sqlSqlite = defineExporter({
  id: 'sql-sqlite',
  label: 'exporter_sql_sqlite',
  hint: 'exporter_sql_sqlite_hint',
  extension: 'sql',
  mediaType: 'application/sql',
  form: 'sheet',
  holdsAll: true,
  write: (tables, context) => writeDump(tables, context, sqlite),
});
