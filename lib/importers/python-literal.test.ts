import { expect, test } from 'vitest';
import { parseLiteral } from './python-literal.ts';

test.each<readonly [string, unknown]>([
  ["['a', 'b']", ['a', 'b']],
  ['["it\'s", \'say "hi"\']', ["it's", 'say "hi"']],
  ["['夏日', '\\u590f\\u65e5', '\\xe9', '\\U0001f35e', 'a\\'b', 'c\\nd']", ['夏日', '夏日', 'é', '🍞', "a'b", 'c\nd']],
  ['[]', []],
  [
    "[{'hashtag_id': 7123456789012345678, 'hashtag_name': 'rye', 'x': None, 'y': True, 'z': 1.5}]",
    [{ hashtag_id: '7123456789012345678', hashtag_name: 'rye', x: null, y: true, z: 1.5 }],
  ],
  ["('a', 'b')", ['a', 'b']],
  ["('a',)", ['a']],
  ["['a' 'b'\n 'c']", ['a', 'b', 'c']],
  ['c("a", "b")', ['a', 'b']],
  ['[7123456789012345678 7123456789012345679]', ['7123456789012345678', '7123456789012345679']],
  ['[nan, None, NA]', [null, null, null]],
  ["['a'", undefined],
  ["'a", undefined],
  ['[a, b]', undefined],
  ["[__import__('os')]", undefined],
  ['', undefined],
  ['hello there', undefined],
])('%j', (text, value) => {
  expect(parseLiteral(text)).toEqual(value);
});

// Far more than they take: what grows with the square of a text's length takes minutes.
test('hostile texts are read to their end', { timeout: 30_000 }, () => {
  for (const text of ["'\\".repeat(100_000), "['".repeat(100_000), '['.repeat(200_000), "\\'".repeat(100_000)])
    expect(parseLiteral(text)).toBeUndefined();
});
