import { describe, expect, test } from 'vitest';
import { parseParameters } from './parse-parameters.ts';

test('texts, integers of any size, and the last of two equal names', () => {
  const text =
    '\u{FEFF}{"a":"x","n":1763712000000,"big":123456789012345678901234567890,"low":-9007199254740993,"zero":-0,"a":"y"}';
  expect(parseParameters(text)).toEqual({
    a: 'y',
    n: 1763712000000,
    big: 123456789012345678901234567890n,
    low: -9007199254740993n,
    zero: 0,
  });
});

test('a name that JavaScript treats specially is a name', () => {
  expect(Object.entries(parseParameters('{"__proto__":"1","2":"b","1":"a"}'))).toContainEqual(['__proto__', '1']);
});

test('an old signature is left out, whatever it holds', () => {
  expect(parseParameters('{"sign":null,"a":"x"}')).toEqual({ a: 'x' });
});

describe('refused by name', () => {
  test.each(['1.0', '1e3', '1E+2', '-0.0', '1e400', '0.5', 'null', 'true', 'false', '[]', '{}', '["a"]'])(
    '%s',
    (value) => {
      expect(() => parseParameters(`{"fine":"1","culprit":${value}}`)).toThrow(
        expect.objectContaining({ code: 'bad_request', message: expect.stringContaining('"culprit"') }),
      );
    },
  );
});

test.each(['', '[]', '"a"', '1', 'null', '{"a":1,}', '{a:1}', '['.repeat(100_000), '{"a":NaN}'])(
  'no JSON object: %.20s',
  (text) => {
    expect(() => parseParameters(text)).toThrow(expect.objectContaining({ code: 'schema' }));
  },
);
