import { describe, expect, test } from 'vitest';
import { idList } from './id-list.ts';
import { importText } from './importer.samples.ts';
import { importerFor } from './index.ts';

const one = 'https://www.tiktok.com/@invented.baker/video/7440000000000000001';
const two = 'https://www.tiktok.com/@invented.baker/photo/7440000000000000002';

async function refsOf(text: string): Promise<readonly string[]> {
  const { items, problems } = await importText(idList, text);
  expect(problems).toEqual([]);
  return items.flatMap(({ refs }) => refs);
}

describe('things are named', () => {
  test.each([
    ['by lines', `${one}\n${two}\n`],
    ['by lines of Windows, with empty ones', `\uFEFF${one}\r\n\r\n  \r\n${two}`],
    ['by lines of old files', `${one}\r${two}\r`],
    ['by ref keys', 'tiktok:post:7440000000000000001\ntiktok:post:7440000000000000002'],
    ['by a column of a table', `name,url\n"a, b",${one}\nc,${two}\n`],
    ['by the surest column', `id;post_url\n1;${one}\n2;${two}`],
    ['by the next column where one is empty', `post_url,ref_key\n${one},\n,tiktok:post:7440000000000000002`],
    ['by one column', `Link\n${one}\n${two}\n`],
  ])('%s', async (_name, text) => {
    expect(await refsOf(text)).toEqual(['tiktok:post:7440000000000000001', 'tiktok:post:7440000000000000002']);
  });
});

test('each line that names nothing is told, with why', async () => {
  const { items, problems } = await importText(idList, `${one}\nhello\n7440000000000000123\n7.44E+18\n${two}`);
  expect(items.map(({ line, observations, met }) => [line, observations, met])).toEqual([
    [1, [], null],
    [5, [], null],
  ]);
  expect(problems.map(({ line, message, parameters, text }) => [line, message, parameters, text])).toEqual([
    [2, 'import_names_nothing', ['hello'], 'hello'],
    [3, 'import_number_alone', ['7440000000000000123'], '7440000000000000123'],
    [4, 'import_id_rounded', ['7.44E+18'], '7.44E+18'],
  ]);
});

test('a column of rounded numbers is told, and not looked up', async () => {
  const ids = Array.from({ length: 5 }, (_unused, index) => String(7.440_000_000_000_001e18 + index * 4096));
  const { items, problems } = await importText(idList, `video_id\n${ids.join('\n')}`);
  expect(items).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual(ids.map(() => 'import_id_rounded'));
});

test.each([
  [`${one}\n`, true],
  ['@invented.baker\n@invented.friend', true],
  ['7440000000000000001\n', true],
  ['vm.tiktok.com/ZTR45GpSF', true],
  ['post_id,caption\n7440000000000000001,x', true],
  ['hello there', false],
  ['', false],
  ['{"id":"7440000000000000001"}', false],
  ['<html>https://www.tiktok.com/</html>', false],
  ['7440000000000000001\0', false],
])('%j is a list: %s', (text, isList) => {
  expect(importerFor({ text, isWhole: true }) === idList).toBe(isList);
});
