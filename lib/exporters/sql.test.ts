/** The dumps: that for SQLite is executed, that for MySQL is looked at; MariaDB executes it in the interop tests. */
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import type { Exporter, ExportContext, ExportTable } from './exporter.ts';
import { awkwardTexts, harnessCases, harnessContext, type Table, writeFile } from './harness.ts';
import { sqlMysql } from './sql-mysql.ts';
import { sqlSqlite } from './sql-sqlite.ts';

function loaded(dump: Uint8Array): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  database.exec(new TextDecoder('utf-8', { fatal: true }).decode(dump));
  return database;
}

const names = (database: DatabaseSync, table: string): string[] =>
  database
    .prepare(`select name from pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name));

/** The text that the harness expects of a value; truth values and lists are told by the column, as a reader would. */
function shown(column: string, value: SQLOutputValue | undefined): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (/^(?:is_|has_|shown_|feed_personalised|author_verified)/u.test(column) && /^[01]$/u.test(text)) {
    return text === '1' ? 'true' : 'false';
  }
  if (text === '[]' || text === '{}') return '';
  if (
    !/^(?:hashtags|hashtag_ids|hashtag_origins|product_ids|mentions|mention_origins|service_tags|subtitle_.*)$/u.test(
      column,
    )
  ) {
    return text;
  }
  const list: unknown = JSON.parse(text);
  return Array.isArray(list)
    ? list.map((element) => String(element ?? '').replaceAll(/[\\;]/gu, String.raw`\$&`)).join(';')
    : text;
}

function withSqlite(dump: Uint8Array): Table {
  const database = loaded(dump);
  const [table] = database.prepare('select name from sqlite_master').all();
  const header = names(database, String(table?.['name']));
  const rows = database.prepare(`select * from "${String(table?.['name'])}"`).all();
  return [header, ...rows.map((row) => header.map((name) => shown(name, row[name])))];
}

describe('sql-sqlite, executed', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(sqlSqlite, withSqlite);
    expect(found).toEqual(expected);
  });
});

function only(
  post: readonly string[],
  context: Partial<ExportContext> = {},
  codes: readonly string[] = [],
): ExportContext {
  const choices = { ...harnessContext.choices, columns: { post: [...post] }, codes: [...codes] };
  return { ...harnessContext, choices, ...context };
}

const worst = [
  ...awkwardTexts,
  'nul\0inside',
  '\0',
  "'; DROP TABLE posts; --",
  String.raw`\'; --`,
  '\\',
  '\u001a',
  '`"[]',
];

test('sql-sqlite: every byte of every text arrives', async () => {
  const posts = worst.map((caption) => postRecord({ caption }));
  const database = loaded(await writeFile(sqlSqlite, 'post', posts, only(['caption'])));
  const rows = database.prepare('select hex(caption) as hex, typeof(caption) as type from posts order by rowid').all();
  expect(rows).toEqual(worst.map((text) => ({ hex: Buffer.from(text).toString('hex').toUpperCase(), type: 'text' })));
});

test('sql-sqlite: values have their types', async () => {
  const columns = ['post_id', 'view_count', 'duration_s', 'is_ad', 'created_at_utc', 'like_count', 'ai_flags'];
  const post = postRecord({
    view_count: 9_007_199_254_740_991,
    duration_ms: 12_000,
    is_ad: true,
    created_at: Date.UTC(2026, 0, 1, 12),
    ai_flags: { IsAigc: "it's" },
  });
  const database = loaded(await writeFile(sqlSqlite, 'post', [post], only(columns)));
  const types = columns.map((column) => `typeof(${column}) as ${column}`);
  expect(database.prepare(`select ${types.join(', ')} from posts`).get()).toEqual({
    post_id: 'text',
    view_count: 'integer',
    duration_s: 'real',
    is_ad: 'integer',
    created_at_utc: 'text',
    like_count: 'null',
    ai_flags: 'text',
  });
  expect(
    database.prepare("select unixepoch(created_at_utc) as at, ai_flags ->> '$.IsAigc' as flag from posts").get(),
  ).toEqual({ at: Date.UTC(2026, 0, 1, 12) / 1000, flag: "it's" });
});

async function dumpOf(exporter: Exporter, tables: readonly ExportTable[], context = harnessContext): Promise<string> {
  let dump = '';
  for await (const chunk of exporter.write(tables, context)) dump += typeof chunk === 'string' ? chunk : '';
  return dump;
}

describe.each([sqlSqlite, sqlMysql])('$id', (exporter) => {
  test('columns may be called anything', async () => {
    const codes = ['Caption', 'a"b', 'a`b', "it's", '', 'tab\tnul\0', '标签'];
    const dump = await dumpOf(exporter, [{ id: 'post', rows: () => [postRecord({})] }], only(['caption'], {}, codes));
    expect(dump).toContain('Caption_2');
    expect(dump).not.toContain('\0');
    if (exporter === sqlSqlite) {
      expect(names(loaded(Buffer.from(dump)), 'posts')).toEqual([
        'caption',
        'Caption_2',
        'a"b',
        'a`b',
        "it's",
        'column',
        'tabnul',
        '标签',
      ]);
    }
  });

  test('all tables are in one transaction, and statements end before a server refuses them', async () => {
    const posts = Array.from({ length: 900 }, () => postRecord({ caption: '主'.repeat(2000) }));
    const tables: ExportTable[] = [
      { id: 'post', rows: () => posts },
      { id: 'author', rows: () => [] },
    ];
    const dump = await dumpOf(exporter, tables);
    const statements = dump.split(';\n');
    expect(Math.max(...statements.map((text) => Buffer.byteLength(text)))).toBeLessThan(1_000_000);
    expect(dump.match(/^INSERT INTO .posts. /gmu)?.length).toBeGreaterThan(5);
    expect(dump.match(/^(?:BEGIN|START TRANSACTION|CREATE TABLE|COMMIT)/gmu)).toEqual(
      exporter === sqlSqlite
        ? ['BEGIN', 'CREATE TABLE', 'CREATE TABLE', 'COMMIT']
        : ['CREATE TABLE', 'CREATE TABLE', 'START TRANSACTION', 'COMMIT'],
    );
    expect(dump).not.toMatch(/^INSERT INTO .authors. /mu);
  });
});

describe('sql-mysql', () => {
  test('names lose what MySQL does not take', async () => {
    const codes = ['👍 good', 'x'.repeat(80), 'space ', 'nul\0'];
    const dump = await dumpOf(sqlMysql, [], only([], {}, codes));
    expect(dump).not.toContain('CREATE TABLE');
    const whole = await dumpOf(sqlMysql, [{ id: 'post', rows: () => [] }], only([], {}, codes));
    expect(whole.match(/^ {2}`.*?` /gmu)).toEqual(['  ` good` ', `  \`${'x'.repeat(60)}\` `, '  `space` ', '  `nul` ']);
  });

  test.each([
    ["it's", "'it''s'"],
    ['back\\slash', String.raw`'back\\slash'`],
    ['a\nb\rc\0d\u001ae', String.raw`'a\nb\rc\0d\Ze'`],
    ['\\0 %_"', String.raw`'\\0 %_"'`],
    ['主婦 👩‍👩‍👧‍👦', "'主婦 👩‍👩‍👧‍👦'"],
    ['a\ud83db', "'a\ufffdb'"],
  ])('%j is written %s', async (caption, written) => {
    const dump = await dumpOf(sqlMysql, [{ id: 'post', rows: () => [postRecord({ caption })] }], only(['caption']));
    expect(dump).toContain(`VALUES\n(${written});\n`);
  });

  test('values and columns have their types; columns have descriptions', async () => {
    const columns = ['post_id', 'view_count', 'duration_s', 'is_ad', 'created_at_utc', 'created_at_local', 'hashtags'];
    const post = postRecord({
      duration_ms: 12_800,
      is_ad: true,
      created_at: Date.UTC(2026, 0, 1, 12),
      hashtags: [{ name: "a'b", id: null, origin: 'caption' }],
    });
    const dump = await dumpOf(sqlMysql, [{ id: 'post', rows: () => [post] }], only(columns));
    expect(dump).toContain(
      `('7528963259874125698', NULL, 12.8, TRUE, '2026-01-01 12:00:00', '2026-01-01T20:00:00+08:00', '["a''b"]');`,
    );
    const types = [...dump.matchAll(/^ {2}`(\w+)` (\w+) COMMENT '.+'/gmu)].map(([, name, type]) => [name, type]);
    expect(types).toEqual([
      ['post_id', 'MEDIUMTEXT'],
      ['view_count', 'BIGINT'],
      ['duration_s', 'DOUBLE'],
      ['is_ad', 'BOOLEAN'],
      ['created_at_utc', 'DATETIME'],
      ['created_at_local', 'MEDIUMTEXT'],
      ['hashtags', 'MEDIUMTEXT'],
    ]);
  });
});
