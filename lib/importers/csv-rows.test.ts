import { describe, expect, test } from 'vitest';
import { type CsvForm, type CsvRow, csvRows, formOf } from './csv-rows.ts';
import { inPieces } from './importer.samples.ts';

const comma: CsvForm = { delimiter: ',', newline: '\n' };

async function rowsOf(text: string, form = comma, size = 1000): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of csvRows(inPieces(text, size), form)) rows.push(row);
  return rows;
}

describe('rows', () => {
  test.each<readonly [string, string, CsvForm, readonly (readonly string[])[]]>([
    ['nothing', '', comma, []],
    [
      'no line break at the end',
      'a,b\n1,2',
      comma,
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a line break at the end',
      'a,b\n1,2\n',
      comma,
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'carriage returns before line feeds',
      'a,b\r\n1,"2"\r\n',
      comma,
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'carriage returns alone',
      'a,b\r1,2\r',
      { delimiter: ',', newline: '\r' },
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'quotes',
      '"a ""b""","c,d"\n"e\nf",g',
      comma,
      [
        ['a "b"', 'c,d'],
        ['e\nf', 'g'],
      ],
    ],
    ['semicolons', 'a;b,c', { delimiter: ';', newline: '\n' }, [['a', 'b,c']]],
    ['empty lines and cells', 'a,\n\n,b\n', comma, [['a', ''], [''], ['', 'b']]],
  ])('%s', async (_name, text, form, expected) => {
    for (const size of [1, 3, 1000])
      expect((await rowsOf(text, form, size)).map(({ cells }) => cells)).toEqual(expected);
  });

  test('of more than one piece come in order, each with its line', async () => {
    const text = Array.from({ length: 30_000 }, (_unused, index) => `${index},"a\nb",${'x'.repeat(20)}\n`).join('');
    const rows = await rowsOf(text, comma, 65_536);
    expect(rows).toHaveLength(30_000);
    expect(rows.every(({ line, cells }, index) => line === 1 + 2 * index && cells[0] === String(index))).toBe(true);
  });

  test('a quote that is never closed costs its own line', async () => {
    const rows = await rowsOf('a,b\n1,"2\n3,4\n5,6\n');
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'], state: 'whole' },
      { line: 2, cells: ['1,"2'], state: 'open' },
      { line: 3, cells: ['3', '4'], state: 'whole' },
      { line: 4, cells: ['5', '6'], state: 'whole' },
    ]);
  });

  test('a row that is too long is told, and what follows is read', async () => {
    const rows = await rowsOf(`a,b\n1,"${'x'.repeat(1_200_000)}\n3,4\n`, comma, 65_536);
    expect(rows.map(({ line, state }) => [line, state])).toEqual([
      [1, 'whole'],
      [2, 'open'],
      [3, 'whole'],
    ]);
  });

  test('nothing but such quotes is no table, and soon given up', async () => {
    const rows = await rowsOf('x"\n"'.repeat(1) + '",\n"y\n'.repeat(50_000) + '"', comma, 65_536);
    expect(rows.filter(({ state }) => state === 'open').length).toBeLessThanOrEqual(10);
  });
});

describe('the form of a table', () => {
  const isKnown = (name: string): boolean => ['id', 'username', 'view_count'].includes(name);
  test.each([
    ['id,username,view_count\n', ',', '\n'],
    ['id;username;view_count\r\n1', ';', '\n'],
    ['"id"\t"username"\t"view_count"', '\t', '\n'],
    ['id|username|view_count\r1|a|2\r', '|', '\r'],
  ])('%j', (head, delimiter, newline) => {
    expect(formOf(head, isKnown, 3)?.form).toEqual({ delimiter, newline });
  });

  test('is none where the names are not known', () => {
    expect(formOf('a,b,c\n1,2,3', isKnown, 1)).toBeNull();
    expect(formOf('', isKnown, 1)).toBeNull();
  });
});
