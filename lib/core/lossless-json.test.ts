import { describe, expect, test } from 'vitest';
import { parseJson } from './lossless-json.ts';

describe('digits', () => {
  test('integers beyond 2^53 become texts, all others stay numbers', () => {
    const text =
      '[7528963259874125698, -9007199254740993, 9007199254740991, 9007199254740992, 0, -0, 1.5, 1e3, 1e30, 0.12345678901234568]';
    expect(parseJson(text)).toEqual([
      '7528963259874125698',
      '-9007199254740993',
      9007199254740991,
      '9007199254740992',
      0,
      -0,
      1.5,
      1000,
      1e30,
      0.12345678901234568,
    ]);
  });

  test('digits inside texts are left alone', () => {
    expect(parseJson('{"extra":"{\\"id\\":7528963259874125698}","7528963259874125698":1}')).toEqual({
      extra: '{"id":7528963259874125698}',
      '7528963259874125698': 1,
    });
  });
});

test('a byte order mark is skipped', () => {
  expect(parseJson('\u{FEFF}{"a":1}')).toEqual({ a: 1 });
});

test('__proto__ is an ordinary own name, with large numbers too', () => {
  for (const value of ['{"polluted":true}', '{"id":7528963259874125698}']) {
    const parsed = parseJson(`{"__proto__":${value}}`);
    expect(Object.hasOwn(Object(parsed), '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  }
});

test.each([
  ['nothing', ''],
  ['cut off', '{"a":"planted'],
  ['a trailing comma', '{"a":1,}'],
  ['a web page', '<html>planted</html>'],
  ['nested too deep', `${'[{"a":'.repeat(150)}1${'}]'.repeat(150)}`],
  ['open brackets only', '['.repeat(1_000_000)],
  ['a text full of escapes that never ends', `"${'\\"'.repeat(500_000)}`],
])('no JSON: %s', (_name, text) => {
  expect(() => parseJson(text)).toThrow(
    expect.objectContaining({ code: 'schema', message: expect.not.stringContaining('planted') }),
  );
});

test('deep but not hostile', () => {
  expect(() => parseJson(`${'['.repeat(100)}${']'.repeat(100)}`)).not.toThrow();
  expect(parseJson(`["${'['.repeat(1000)}"]`)).toEqual(['['.repeat(1000)]);
});

test('lenient: commas before a closing bracket, but not inside a text', () => {
  expect(parseJson('{"a":[1,2,],"b":"x,]\\",}",\n}', { lenient: true })).toEqual({ a: [1, 2], b: 'x,]",}' });
  expect(() => parseJson('{"a":}', { lenient: true })).toThrow(expect.objectContaining({ code: 'schema' }));
});
