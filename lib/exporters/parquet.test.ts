import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import { isoUtc } from '../analysis/time.ts';
import type { ExportContext } from './exporter.ts';
import { harnessCases, harnessContext, type Table, writeFile } from './harness.ts';
import { parquet } from './parquet.ts';
import { askDuckDb, type DuckDbAnswer, onDisk } from './read-back.samples.ts';

/** The text that the harness expects of a typed value. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return isoUtc(value.getTime()) ?? '';
  if (!Array.isArray(value)) {
    const text = typeof value === 'string' ? value : JSON.stringify(Number(value));
    return typeof value === 'boolean' ? String(value) : text.replace(/^\{\}$|^\[\]$/u, '');
  }
  return value.map((element) => String(element ?? '').replaceAll(/[\\;]/gu, String.raw`\$&`)).join(';');
}

async function withHyparquet(file: Uint8Array<ArrayBuffer>): Promise<Table> {
  const names = parquetSchema(parquetMetadata(file.buffer)).children.map(({ element }) => element.name);
  const rows = await parquetReadObjects({ file: file.buffer });
  return [names, ...rows.map((row) => names.map((name) => shown(row[name])))];
}

const asked = (file: Uint8Array<ArrayBuffer>): Promise<DuckDbAnswer> =>
  onDisk('table.parquet', file, (path) => askDuckDb(`select * from read_parquet('${path}')`));

async function withDuckDb(file: Uint8Array<ArrayBuffer>): Promise<Table> {
  const { names, rows } = await asked(file);
  return [names, ...rows.map((row) => row.map(shown))];
}

describe('read with hyparquet', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(parquet, withHyparquet);
    expect(found).toEqual(expected);
  });
});

describe('read with DuckDB', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(parquet, withDuckDb);
    expect(found).toEqual(expected);
  });
});

function only(
  columns: readonly string[],
  context: Partial<ExportContext> = {},
  codes: readonly string[] = [],
): ExportContext {
  const choices = { ...harnessContext.choices, columns: { post: [...columns] }, codes: [...codes] };
  return { ...harnessContext, choices, ...context };
}

test('every kind of column has its type', async () => {
  const columns = [
    'post_id',
    'view_count',
    'duration_s',
    'is_ad',
    'created_at_utc',
    'created_at_local',
    'hashtags',
    'ai_flags',
  ];
  const post = postRecord({
    view_count: 9_007_199_254_740_991,
    duration_ms: 12_800,
    is_ad: false,
    created_at: Date.UTC(2026, 0, 1, 12),
    hashtags: [
      { name: 'ootd', id: null, origin: 'caption' },
      { name: '穿搭;a', id: null, origin: 'caption' },
    ],
    ai_flags: { IsAigc: 'false' },
  });
  const { types, rows } = await asked(await writeFile(parquet, 'post', [post], only(columns)));
  expect(types).toEqual([
    'VARCHAR',
    'BIGINT',
    'DOUBLE',
    'BOOLEAN',
    'TIMESTAMP WITH TIME ZONE',
    'VARCHAR',
    'VARCHAR[]',
    'VARCHAR',
  ]);
  expect(rows).toEqual([
    [
      '7528963259874125698',
      9_007_199_254_740_991n,
      12.8,
      false,
      new Date('2026-01-01T12:00:00Z'),
      '2026-01-01T20:00:00+08:00',
      ['ootd', '穿搭;a'],
      '{"IsAigc":"false"}',
    ],
  ]);
});

test('null is not an empty text, and an empty list is not a gap', async () => {
  const none = postRecord({ caption: null });
  const empty = postRecord({ caption: '', hashtags: [] });
  const gap = postRecord({
    caption: 'a',
    hashtags: [
      { name: 'a', id: null, origin: 'caption' },
      { name: 'b', id: '1', origin: 'caption' },
    ],
  });
  const file = await writeFile(parquet, 'post', [none, empty, gap], only(['caption', 'hashtags', 'hashtag_ids']));
  const { rows } = await asked(file);
  expect(rows).toEqual([
    [null, [], []],
    ['', [], []],
    ['a', ['a', 'b'], [null, '1']],
  ]);
  expect((await parquetReadObjects({ file: file.buffer })).map((row) => Object.values(row))).toEqual(rows);
});

test('a row group ends at 10,000 rows, and what was read is given out with it', async () => {
  let read = 0;
  function* rows() {
    for (; read < 20_300; read++)
      yield postRecord({ post_id: String(read), caption: read % 7 === 0 ? null : `text ${read}` });
  }
  const sizes: number[] = [];
  const chunks: Uint8Array[] = [];
  for await (const chunk of parquet.write([{ id: 'post', rows }], only(['post_id', 'caption']))) {
    sizes.push(read);
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  expect(sizes.slice(0, 2).every((size, index) => size <= 10_000 * (index + 1) + 500)).toBe(true);
  const file = new Uint8Array(Buffer.concat(chunks));
  expect(parquetMetadata(file.buffer).row_groups.map((group) => Number(group.num_rows))).toEqual([10_000, 10_000, 300]);
  const { rows: found } = await onDisk('table.parquet', file, (path) =>
    askDuckDb(
      `select count(*)::int, count(caption)::int, count(distinct post_id)::int, min(caption), max(caption) from '${path}'`,
    ),
  );
  expect(found).toEqual([[20_300, 17_400, 20_300, 'text 1', 'text 9999']]);
});

test('columns of the same name are told apart', async () => {
  const file = await writeFile(
    parquet,
    'post',
    [postRecord({ caption: 'own' })],
    only(['caption'], {}, ['Caption', '', '']),
  );
  expect((await asked(file)).names).toEqual(['caption', 'Caption_2', 'column', 'column_2']);
});

test('a value that its column cannot hold is left out, and told', async () => {
  const skipped: string[] = [];
  const context = only(['view_count', 'created_at_utc', 'caption'], { skipped: (message) => skipped.push(message) });
  // Beyond the year 9999 a time is no longer written with four digits.
  const post = postRecord({ view_count: 12.5, created_at: Date.UTC(20_000, 0, 1), caption: 'a\ud83db' });
  expect((await asked(await writeFile(parquet, 'post', [post], context))).rows).toEqual([[null, null, 'a\ufffdb']]);
  expect(skipped).toEqual(['export_changed_type', 'export_changed_type']);
});
