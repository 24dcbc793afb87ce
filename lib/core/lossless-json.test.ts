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

/** As it was done before: exact, but several times slower. */
function withReviver(text: string): unknown {
  return JSON.parse(text, (_key: string, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source ?? '';
    const isLong = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
    return isLong && /^-?\d+$/u.test(source) ? source : value;
  });
}

describe('as with a reviver', () => {
  test.each([
    '7528963259874125698',
    '-7528963259874125698 ',
    '[7528963259874125698,\n 7528963259874125698]',
    '{"a" :7528963259874125698,"b":[ 12345678901234567890 ],"c":{"d":-12345678901234567890}}',
    '[1234567890123456789.5,1234567890123456789e2,1.2345678901234567890,1234567890123456789E-2,1e400]',
    '["[7528963259874125698]","\\\\",7528963259874125698,"\\"",7528963259874125698,"\\\\\\"7528963259874125698"]',
    '{"7528963259874125698" : 7528963259874125698, "a:7528963259874125698,": "x"}',
    '["\\u0022",7528963259874125698,"😀",9007199254740993]',
    `[${'9'.repeat(400)},${'9'.repeat(308)}]`,
    '[9007199254740991,-9007199254740991,9007199254740992,-9007199254740992,0.0000000000000001]',
  ])('%s', (text) => {
    expect(parseJson(text)).toEqual(withReviver(text));
  });

  test('what is no JSON stays none', () => {
    for (const text of [
      '{7528963259874125698:1}',
      '{7528963259874125698 \n :1}',
      '[007528963259874125698]',
      '[+7528963259874125698]',
      '[--7528963259874125698]',
      '[.7528963259874125698]',
      '[7528963259874125698.]',
      '["a"7528963259874125698]',
      '[7528963259874125698 7528963259874125698]',
      '[7528963259874125698',
      '[7528963259874125698"',
    ]) {
      expect(() => parseJson(text), text).toThrow(expect.objectContaining({ code: 'schema' }));
    }
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
  ['nested too deep, with a long integer', `${'[{"a":'.repeat(150)}7528963259874125698${'}]'.repeat(150)}`],
  ['very deep', `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`],
  ['open brackets only', '['.repeat(1_000_000)],
  ['a text full of escapes that never ends', `"${'\\"'.repeat(500_000)}`],
])('no JSON: %s', (_name, text) => {
  expect(() => parseJson(text)).toThrow(
    expect.objectContaining({ code: 'schema', message: expect.not.stringContaining('planted') }),
  );
});

test('deep but not hostile', () => {
  for (const inner of ['', '7528963259874125698']) {
    expect(() => parseJson(`${'['.repeat(200)}${inner}${']'.repeat(200)}`)).not.toThrow();
    expect(() => parseJson(`${'['.repeat(201)}${inner}${']'.repeat(201)}`)).toThrow();
  }
  expect(parseJson(`["${'['.repeat(1000)}"]`)).toEqual(['['.repeat(1000)]);
});

test('lenient: commas before a closing bracket, but not inside a text', () => {
  expect(parseJson('{"a":[1,2,],"b":"x,]\\",}",\n}', { lenient: true })).toEqual({ a: [1, 2], b: 'x,]",}' });
  expect(() => parseJson('{"a":}', { lenient: true })).toThrow(expect.objectContaining({ code: 'schema' }));
});
