import { describe, expect, test } from 'vitest';
import { inPieces } from './importer.samples.ts';
import { type JsonPart, jsonParts } from './json-parts.ts';

const lists = new Set(['videos', 'comments']);

async function partsOf(text: string, size = 1000, longest?: number): Promise<readonly JsonPart[]> {
  const parts: JsonPart[] = [];
  for await (const part of jsonParts(inPieces(text, size), lists, longest)) parts.push(part);
  return parts;
}

const texts = (parts: readonly JsonPart[]): string[] =>
  parts.map(({ text, state }) => (state === 'whole' ? text : `${state}: ${text}`));

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['nothing', '', []],
  ['white space', ' \n\t', []],
  ['an object', '{"id":1}', ['{"id":1}']],
  ['objects one after another', '{"id":1}\n{"id":2},{"id":3}', ['{"id":1}', '{"id":2}', '{"id":3}']],
  ['a list', '[{"id":1},\n {"id":2}]', ['{"id":1}', '{"id":2}']],
  [
    'an answer',
    '{"data":{"cursor":1,"videos":[{"id":1},{"id":2}],"has_more":false},"error":{"code":"ok"}}',
    ['{"id":1}', '{"id":2}'],
  ],
  ['an empty answer', '{"data":{"videos":[],"cursor":1},"error":{"code":"ok"}}', []],
  ['answers in a list', '[{"data":{"videos":[{"id":1}]}},{"videos":[{"id":2}]}]', ['{"id":1}', '{"id":2}']],
  ['answers one a line', '{"data":{"videos":[{"id":1}]}}\n{"data":{"comments":[{"id":2}]}}', ['{"id":1}', '{"id":2}']],
  ['two lists in one answer', '{"videos":[{"id":1}],"other":{"comments":[{"id":2}]}}', ['{"id":1}', '{"id":2}']],
  ['an answer without a list is itself the part', '{"data":{"username":"a"}}', ['{"data":{"username":"a"}}']],
  [
    'other lists belong to the part',
    '{"id":1,"effect_ids":[1,{"videos":[{"id":2}]}]}',
    ['{"id":1,"effect_ids":[1,{"videos":[{"id":2}]}]}'],
  ],
  ['brackets in texts', '[{"a":"]}{[","b":"\\"}"}]', ['{"a":"]}{[","b":"\\"}"}']],
  ['a text that is called like a list', '{"a":"videos","b":[1]}', ['{"a":"videos","b":[1]}']],
  ['a byte order mark', '\uFEFF[{"id":1}]', ['{"id":1}']],
  ['something else', 'hello {"id":1}', ['stray: hello {"id":1}', '{"id":1}']],
  [
    'values in a list',
    '[1,"x",null,{"id":1},[{"id":2}]]',
    ['stray: 1,"x",null,{"id":1},[{"id":2}]]', '{"id":1}', '{"id":2}'],
  ],
  ['an open part', '[{"id":1},{"id":', ['{"id":1}', 'open: {"id":']],
  ['an open list', '{"data":{"videos":[{"id":1}', ['{"id":1}', 'open: ']],
  ['closing brackets that nothing opened', ']}]{"id":1}}', ['{"id":1}']],
];

describe('parts', () => {
  test.each(cases)('%s', async (_name, text, expected) => {
    expect(texts(await partsOf(text))).toEqual(expected);
  });

  test.each(cases.filter(([name]) => name !== 'something else' && name !== 'values in a list'))(
    '%s, in whatever pieces',
    async (_name, text, expected) => {
      for (const size of [1, 2, 3, 5, 7]) expect(texts(await partsOf(text, size))).toEqual(expected);
    },
  );
});

test('lines are counted, in texts and lists too', async () => {
  const parts = await partsOf('{"data":\n{"videos":[\n{"id":1,\n"b":2},\n\n{"id":2}]}}\n{"id":3}');
  expect(parts.map(({ line }) => line)).toEqual([3, 6, 7]);
});

test('what is too long is told, and what follows is read', async () => {
  const parts = await partsOf(`[{"id":"${'x'.repeat(5000)}"},{"id":2}]`, 100, 2000);
  expect(parts.map(({ state, text }) => [state, text.length <= 2000])).toEqual([
    ['long', true],
    ['whole', true],
  ]);
});

test('what is nested too deep ends it', async () => {
  const parts = await partsOf(`[{"id":1},${'['.repeat(1_000_000)}`, 65_536);
  expect(parts.map(({ state }) => state)).toEqual(['whole', 'deep']);
});
