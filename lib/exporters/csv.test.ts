import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, describe, expect, test } from 'vitest';
import { postRecord, skuRecord } from '../core/record.samples.ts';
import { csv } from './csv.ts';
import { harnessCases, harnessContext, type ReadBack, type Table, writeFile } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'clipscope-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readWithPapaparse: ReadBack = (file) => {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(file);
  // The last row is terminated, which papaparse reads as one more row with one empty cell.
  const { data, errors } = Papa.parse(text.replace(/\r\n$/u, ''), { delimiter: ',', header: false });
  expect(errors).toEqual([]);
  return data;
};

const pythonProgram = `
import csv, json, sys
with open(sys.argv[1], encoding="utf-8-sig", newline="") as file:
    print(json.dumps(list(csv.reader(file, strict=True))))
`;
const hasPython = spawnSync('python3', ['--version']).status === 0;

const readWithPython: ReadBack = (file) => {
  const path = join(folder, 'table.csv');
  writeFileSync(path, file);
  const { stdout, stderr } = spawnSync('python3', ['-c', pythonProgram, path], { encoding: 'utf8', maxBuffer: 1e8 });
  expect(stderr).toBe('');
  const table: Table = JSON.parse(stdout);
  return table;
};

describe('read with papaparse', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(csv, readWithPapaparse);
    expect(found).toEqual(expected);
  });
});

describe.skipIf(!hasPython)("read with Python's csv module (needs python3)", () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(csv, readWithPython);
    expect(found).toEqual(expected);
  });
});

test('the file begins with a byte order mark, and every row ends with CRLF', async () => {
  const file = await writeFile(csv, 'post', [postRecord({}), postRecord({})]);
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(file);
  expect(Array.from(file.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf]);
  expect(text.match(/\uFEFF/gu)).toHaveLength(1);
  expect(text.split('\r\n')).toHaveLength(4);
  expect(text.endsWith('\r\n')).toBe(true);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
});

test.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['a\nb', '"a\nb"'],
  ['a\rb', '"a\rb"'],
  [' a', '" a"'],
  ['a ', '"a "'],
  ['=1+1', '=1+1'],
  ['@a', '@a'],
  ['a;b', 'a;b'],
  ['nul\u0000', 'nul\u0000'],
])('%j is written %j', async (caption, written) => {
  const text = new TextDecoder().decode(await writeFile(csv, 'post', [postRecord({ post_id: 'here', caption })]));
  const cells = text.slice(text.indexOf('tiktok,here,,video,') + 'tiktok,here,,video,'.length);
  expect(cells.startsWith(`${written},`)).toBe(true);
});

test('chunks come as the rows do, not all at the end', async () => {
  const rows = Array.from({ length: 1200 }, () => postRecord({}));
  let chunks = 0;
  for await (const chunk of csv.write([{ id: 'post', rows: () => rows }], harnessContext))
    chunks += Number(chunk.length > 0);
  expect(chunks).toBeGreaterThanOrEqual(4);
});

test('a row of another table is refused', async () => {
  await expect(writeFile(csv, 'post', [skuRecord({})])).rejects.toMatchObject({ code: 'internal' });
});
