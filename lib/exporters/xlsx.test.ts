import { strFromU8, unzipSync } from 'fflate';
import { type CellValue, readXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { isoUtc } from '../analysis/time.ts';
import { bareRecords, postRecord } from '../core/record.samples.ts';
import type { ExportContext, ExportTable } from './exporter.ts';
import { harnessCases, harnessContext, type Table, writeFile } from './harness.ts';
import { askPython, hasPython, onDisk } from './read-back.samples.ts';
import { sheetOf } from './sheet.ts';
import { xlsx } from './xlsx.ts';
import { sheetXml } from './xlsx-sheet.ts';

/** What the file cannot hold. */
const legal = (text: string): string => text.replaceAll('\u0001', '').replaceAll('\u001b', '');

function legalAll(value: unknown): unknown {
  if (typeof value === 'string') return legal(value);
  return Array.isArray(value) ? value.map(legalAll) : value;
}

async function cellsOf(file: Uint8Array): Promise<readonly (readonly CellValue[])[]> {
  const { sheets } = await readXlsx(file);
  return sheets[0]?.rows ?? [];
}

async function withHucre(file: Uint8Array<ArrayBuffer>): Promise<Table> {
  const [header = [], ...rows] = await cellsOf(file);
  return [header, ...rows].map((row) =>
    header.map((_name, at) => {
      const value = row[at] ?? '';
      return value instanceof Date ? (isoUtc(value.getTime()) ?? '') : typeof value === 'object' ? '' : String(value);
    }),
  );
}

describe('read with hucre', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(xlsx, withHucre);
    expect(found).toEqual(legalAll(expected));
  });
});

/** Reads sheets with what Python brings along: strict XML, and no idea of workbooks. */
const program = `
import json, re, sys, zipfile
from xml.etree import ElementTree
main = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
sheets = []
with zipfile.ZipFile(sys.argv[1]) as archive:
    assert archive.testzip() is None
    for name in archive.namelist():
        root = ElementTree.fromstring(archive.read(name))
        if not name.startswith("xl/worksheets/"):
            continue
        rows = []
        for row in root.iter(main + "row"):
            cells = {}
            for cell in row.iter(main + "c"):
                column = re.match("[A-Z]+", cell.get("r")).group()
                cells[column] = [cell.get("t", "n"), "".join(cell.itertext())]
            rows.append(cells)
        sheets.append(rows)
print(json.dumps(sheets))
`;

function only(post: readonly string[], context: Partial<ExportContext> = {}): ExportContext {
  return { ...harnessContext, choices: { ...harnessContext.choices, columns: { post: [...post] } }, ...context };
}

const columns = ['post_id', 'view_count', 'duration_s', 'is_ad', 'created_at_utc', 'created_at_local', 'caption'];

test('every kind of value is a cell of its kind', async () => {
  const post = postRecord({
    view_count: 17,
    duration_ms: 12_800,
    is_ad: false,
    created_at: Date.UTC(2026, 0, 1, 12),
    caption: '=1+1',
  });
  const [, row] = await cellsOf(await writeFile(xlsx, 'post', [post], only(columns)));
  expect(row).toEqual([
    '7528963259874125698',
    17,
    12.8,
    false,
    new Date('2026-01-01T12:00:00Z'),
    '2026-01-01T20:00:00+08:00',
    '=1+1',
  ]);
});

test.skipIf(!hasPython)('the XML is strict, and has the types and texts (needs python3)', async () => {
  const captions = ['=1+1', 'a\rb\r\nc\td', ' <b>&"\'</b> ]]> ', '👩‍👩‍👧‍👦 𠮷', '_x0041_', '\ufffe\u000b'];
  const posts = captions.map((caption, at) => postRecord({ caption, view_count: 10 ** (at * 3), is_ad: at > 2 }));
  const file = await writeFile(xlsx, 'post', posts, only(['view_count', 'is_ad', 'caption']));
  expect(await onDisk('book.xlsx', file, (path) => askPython(program, path))).toEqual([
    [
      { A: ['inlineStr', 'view_count'], B: ['inlineStr', 'is_ad'], C: ['inlineStr', 'caption'] },
      { A: ['n', '1'], B: ['b', '0'], C: ['inlineStr', '=1+1'] },
      { A: ['n', '1000'], B: ['b', '0'], C: ['inlineStr', 'a\rb\r\nc\td'] },
      { A: ['n', '1000000'], B: ['b', '0'], C: ['inlineStr', ' <b>&"\'</b> ]]> '] },
      { A: ['n', '1000000000'], B: ['b', '1'], C: ['inlineStr', '👩‍👩‍👧‍👦 𠮷'] },
      { A: ['n', '1000000000000'], B: ['b', '1'], C: ['inlineStr', '_x005F_x0041_'] },
      // Nothing is left of the text, and Excel would show zeros for the last digit of the number.
      { A: ['inlineStr', '1000000000000000'], B: ['b', '1'] },
    ],
  ]);
});

test('what the format cannot hold is changed cell by cell, and told', async () => {
  const told: string[] = [];
  const posts = ['a\u0000\u0001b', `${'x'.repeat(32_766)}😀`, 'y'.repeat(32_767), 'a\ud83db'].map((caption) =>
    postRecord({ caption }),
  );
  const context = only(['caption'], { skipped: (message) => told.push(message) });
  const [, ...rows] = await cellsOf(await writeFile(xlsx, 'post', posts, context));
  expect(rows).toEqual([['ab'], ['x'.repeat(32_766)], ['y'.repeat(32_767)], ['a\ufffdb']]);
  expect(told).toEqual(['export_changed_control', 'export_changed_cut']);
});

test('each table is a sheet under a frozen header', async () => {
  const tables: ExportTable[] = [
    { id: 'post', rows: () => [bareRecords.post] },
    { id: 'author', rows: () => [] },
    { id: 'post_hashtag', rows: () => [postRecord({ hashtags: [{ name: 'ootd', id: null, origin: 'both' }] })] },
  ];
  const chunks: Uint8Array[] = [];
  for await (const chunk of xlsx.write(tables, harnessContext)) {
    if (chunk instanceof Uint8Array) chunks.push(chunk);
  }
  const file = new Uint8Array(Buffer.concat(chunks));
  const { sheets } = await readXlsx(file);
  expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
    ['posts', 2],
    ['authors', 1],
    ['post_hashtags', 2],
  ]);
  const parts = unzipSync(file);
  expect(Object.keys(parts)).toHaveLength(8);
  for (const number of [1, 2, 3]) {
    expect(strFromU8(parts[`xl/worksheets/sheet${number}.xml`] ?? new Uint8Array())).toContain('state="frozen"');
  }
});

test('a sheet ends where Excel does, and the rest is told', async () => {
  const told: string[] = [];
  const context = only(['post_id'], { skipped: (message) => told.push(message) });
  const rows = () => Array.from({ length: 7 }, (_unused, at) => postRecord({ post_id: String(at) }));
  const written = async (limits: { rows: number; xmlLength: number }): Promise<number> => {
    let text = '';
    for await (const piece of sheetXml(sheetOf({ id: 'post', rows }, context), context, limits)) text += piece;
    expect(text.endsWith('</row></sheetData></worksheet>')).toBe(true);
    return text.split('<row ').length - 1;
  };
  expect(await written({ rows: 5, xmlLength: 1e6 })).toBe(5);
  expect(told).toEqual(['export_skipped_rows', 'export_skipped_rows', 'export_skipped_rows']);
  expect(await written({ rows: 8, xmlLength: 1 })).toBe(2);
  expect(told).toHaveLength(9);
});
