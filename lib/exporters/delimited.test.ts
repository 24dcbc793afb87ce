/** The delimited formats besides csv.ts, and all of them as DuckDB reads them. */
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import { csvExcel } from './csv-excel.ts';
import { csv } from './csv.ts';
import type { ExportContext } from './exporter.ts';
import { harnessCases, harnessContext, type ReadBack, writeFile } from './harness.ts';
import { delimitedWithDuckDb, delimitedWithPython, hasPython } from './read-back.samples.ts';
import { tsv } from './tsv.ts';

/** Takes the guard away again, as whoever knows of it would. */
function unguarded(readBack: ReadBack): ReadBack {
  return async (file) => {
    const table = await readBack(file);
    return table.map((row) => row.map((cell) => cell.replace(/^'(?=[=+\-@\t\r\n])/u, '')));
  };
}

describe('csv, read with DuckDB', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(csv, delimitedWithDuckDb(','));
    expect(found).toEqual(expected);
  });
});

describe('tsv, read with DuckDB', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(tsv, delimitedWithDuckDb('\t'));
    expect(found).toEqual(expected);
  });
});

describe('csv-excel, read with DuckDB', () => {
  test.each(harnessCases)('$name', async ({ run }) => {
    const { found, expected } = await run(csvExcel, unguarded(delimitedWithDuckDb(',')));
    expect(found).toEqual(expected);
  });
});

describe.skipIf(!hasPython)("read with Python's csv module (needs python3)", () => {
  const chosen = harnessCases.filter(({ name }) => /texts come back|19-digit/u.test(name));

  test.each(chosen)('tsv: $name', async ({ run }) => {
    const { found, expected } = await run(tsv, delimitedWithPython('\t'));
    expect(found).toEqual(expected);
  });

  test.each(chosen)('csv-excel: $name', async ({ run }) => {
    const { found, expected } = await run(csvExcel, unguarded(delimitedWithPython(',')));
    expect(found).toEqual(expected);
  });
});

test('tsv has no byte order mark and no CR of its own', async () => {
  const file = await writeFile(tsv, 'post', [postRecord({ caption: 'a\tb' })]);
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file);
  expect(text.startsWith('platform\tpost_id\t')).toBe(true);
  expect(text).not.toMatch(/[\r\uFEFF]/u);
  expect(text).toContain('\t"a\tb"\t');
  expect(text.endsWith('\n')).toBe(true);
});

describe('csv-excel', () => {
  async function cellsOf(fields: Parameters<typeof postRecord>[0]): Promise<[(string | undefined)[], string[]]> {
    const skipped: string[] = [];
    const choices = {
      ...harnessContext.choices,
      columns: { post: ['caption', 'mentions', 'id_time_delta_s', 'created_at_utc'] },
    };
    const context: ExportContext = { ...harnessContext, choices, skipped: (message) => skipped.push(message) };
    const file = await writeFile(csvExcel, 'post', [postRecord(fields)], context);
    const [, row = []] = Papa.parse(new TextDecoder().decode(file), { delimiter: ',', header: false }).data;
    return [[...row], skipped];
  }

  test.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@someone', "'@someone"],
    ['\ttab', "'\ttab"],
    ['\rreturn', "'\rreturn"],
    ['\nfeed', "'\nfeed"],
  ])('%j begins like a formula: %j, and is told', async (caption, written) => {
    const [[cell], skipped] = await cellsOf({ caption });
    expect(cell).toBe(written);
    expect(skipped).toEqual(['export_changed_formula']);
  });

  test.each(['a=1', ' =1', "'=1", '＠someone', '7528963259874125698'])('%j is as it was', async (caption) => {
    const [[cell], skipped] = await cellsOf({ caption });
    expect(cell).toBe(caption);
    expect(skipped).toEqual([]);
  });

  test('lists are guarded, numbers and times are not', async () => {
    const [row, skipped] = await cellsOf({
      mentions: [{ account: '=cmd', origin: 'caption' }],
      created_at: Date.UTC(2026, 0, 1),
      created_at_from_id: Date.UTC(2026, 0, 1, 0, 0, 5),
    });
    expect(row[1]).toBe("'=cmd");
    expect(row[2]).toBe('-5');
    expect(row[3]).toBe('2026-01-01T00:00:00Z');
    expect(skipped).toEqual(['export_changed_formula']);
  });
});
