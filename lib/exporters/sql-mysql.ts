/**
 * A dump for MySQL 8 and MariaDB 10, to be loaded into an empty database:
 * `mysql --default-character-set=utf8mb4 NAME < FILE`. The option matters: a client that takes the file for GBK, as in a
 * Chinese Windows, misreads backslashes behind some characters.
 *
 * - Ids and texts are MEDIUMTEXT (16 MiB), compared byte by byte (utf8mb4_bin): the usual order takes all emoji for one,
 *   and `#Ootd` for `#ootd`. Whole numbers are BIGINT, numbers DOUBLE, truth values BOOLEAN, times in UTC DATETIME without
 *   a zone; other times, lists and structures (JSON) are text. Descriptions are comments of the columns.
 * - A table that is there already is left alone: the load stops with an error.
 * - Names lose what MySQL does not take: what is beyond U+FFFF, control characters, spaces at the end, and all behind the
 *   60th character (MySQL 8.0 Reference Manual, 11.2, read 2026-11).
 */
import { defineExporter } from './exporter.ts';
import type { SheetColumn } from './sheet.ts';
import { type Dialect, writeDump } from './sql-dump.ts';
import { cellAsText, jsonText } from './typed-cell.ts';

/** The escapes of the default SQL mode, which the dump sets. A quote is doubled, which every client understands. */
const escapes: ReadonlyMap<string, string> = new Map([
  ['\0', String.raw`\0`],
  ["'", "''"],
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\u001a', String.raw`\Z`],
  ['\\', '\\\\'],
]);

function quoted(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the control characters are what has to be escaped
  return `'${text.replaceAll(/[\u0000'\n\r\u001a\\]/gu, (character) => escapes.get(character) ?? character)}'`;
}

const columnTypes: Readonly<Record<SheetColumn['type'], string>> = {
  string: 'MEDIUMTEXT',
  integer: 'BIGINT',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'MEDIUMTEXT',
  list: 'MEDIUMTEXT',
  json: 'MEDIUMTEXT',
};

/** Characters that a comment of a column may have. */
const commentLength = 1024;

const mysql: Dialect = {
  opening: `-- Clipscope, for MySQL 8 and MariaDB 10. Load it with:
--   mysql --default-character-set=utf8mb4 NAME_OF_DATABASE < THIS_FILE
SET NAMES utf8mb4;
SET @clipscope_sql_mode = @@SESSION.sql_mode;
SET SESSION sql_mode = 'STRICT_ALL_TABLES';
`,
  begin: 'START TRANSACTION;\n',
  commit: 'COMMIT;\nSET SESSION sql_mode = @clipscope_sql_mode;\n',
  createsInside: false,
  cleanName: (name) =>
    Array.from(name)
      .filter((character) => /^[^\p{Cc}\u{10000}-\u{10FFFF}]$/u.test(character))
      .slice(0, 60)
      .join('')
      .toWellFormed()
      .trimEnd(),
  quoteName: (name) => `\`${name.replaceAll('`', '``')}\``,
  columnType: ({ type, utc, description }) => {
    const comment = description.en.slice(0, commentLength).toWellFormed();
    return `${utc ? 'DATETIME' : columnTypes[type]}${comment === '' ? '' : ` COMMENT ${quoted(comment)}`}`;
  },
  tableOptions: ' ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin',
  literal: ({ type, utc }, value) => {
    if (type === 'boolean') return value === true ? 'TRUE' : 'FALSE';
    if (type === 'integer' || type === 'number') return cellAsText(value);
    if (type === 'list' || type === 'json') return quoted(jsonText(value));
    const text = cellAsText(value);
    return quoted(utc ? text.replace('T', ' ').replace('Z', '') : text);
  },
};

export const sqlMysql = defineExporter({
  id: 'sql-mysql',
  label: 'exporter_sql_mysql',
  hint: 'exporter_sql_mysql_hint',
  extension: 'sql',
  mediaType: 'application/sql',
  form: 'sheet',
  holdsAll: true,
  write: (tables, context) => writeDump(tables, context, mysql),
});
