import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import vectors from './fixtures/vectors.json' with { type: 'json' };
import { quotePlus, type SigningParameters, type SigningScheme, signingScheme, signingSchemes } from './canonical.ts';
import { parseParameters } from './parse-parameters.ts';
import { tiktokCodeChallenge } from './pkce.ts';

/** What a caller without types may pass. */
function untyped(parameters: unknown): SigningParameters {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- that is what is tested
  return parameters as SigningParameters;
}

/** Those whose reference was published as code. */
const published = ['md5-urlencode-secret', 'md5-wrapped-secret'] as const;
const schemes = [...published, 'hmac-sha256-secret-key'] as const;

describe.each(schemes)('%s', (id) => {
  test.each(vectors.vectors.map((vector) => [vector.name, vector] as const))('own vector: %s', (_name, vector) => {
    const { string_to_sign: stringToSign, sign } = vector[id];
    expect(signingSchemes[id].sign(parseParameters(vector.parameters), vector.secret)).toEqual({ stringToSign, sign });
  });

  const unsignable: readonly (readonly [string, unknown])[] = [
    ['null', null],
    ['undefined', undefined],
    ['true', true],
    ['a float', 1.5],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['an integer beyond 2^53', 2 ** 53],
    ['a list', ['a']],
    ['an object', { a: 1 }],
    ['a function', () => 'a'],
    ['a high surrogate alone', 'a\uD83D'],
    ['a low surrogate alone', '\uDE00b'],
  ];
  test.each(unsignable)('refuses %s and names the parameter', (_name, value) => {
    const parameters = untyped({ fine: '1', culprit: value });
    expect(() => signingSchemes[id].sign(parameters, 'k')).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringContaining('culprit') }),
    );
  });

  test('refuses a name or a secret with a lone surrogate', () => {
    expect(() => signingSchemes[id].sign({ 'a\uD83D': '1' }, 'k')).toThrow(
      expect.objectContaining({ code: 'bad_request' }),
    );
    expect(() => signingSchemes[id].sign({ a: '1' }, 'k\uDE00')).toThrow(
      expect.objectContaining({ code: 'bad_request' }),
    );
  });

  test('no refusal shows a value or the secret', () => {
    const parameters = untyped({ culprit: ['planted_value'], other: 'planted_value' });
    expect(() => signingSchemes[id].sign(parameters, 'planted_secret')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('planted') }),
    );
  });

  test('numbers, bigints and texts of the same digits sign alike; -0 is 0', () => {
    const { sign } = signingSchemes[id];
    expect(sign({ n: 12 }, 'k')).toEqual(sign({ n: '12' }, 'k'));
    expect(sign({ n: 12n }, 'k')).toEqual(sign({ n: '12' }, 'k'));
    expect(sign({ n: -0 }, 'k')).toEqual(sign({ n: '0' }, 'k'));
  });
});

describe('pkce-tiktok-hex', () => {
  test.each(vectors.code_challenges)('the challenge of $verifier', ({ verifier, challenge }) => {
    expect(tiktokCodeChallenge(verifier)).toBe(challenge);
    expect(signingSchemes['pkce-tiktok-hex'].sign({ code_verifier: verifier, sign: 'OLD' }, 'no matter')).toEqual({
      stringToSign: verifier,
      sign: challenge,
    });
  });

  test.each([
    ['nothing', {}, 'code_verifier'],
    ['an empty verifier', { code_verifier: '' }, 'code_verifier'],
    ['half of a character', { code_verifier: '\uD83D' }, 'code_verifier'],
    ['another parameter', { code_verifier: 'a', state: 'b' }, 'state'],
  ])('refuses %s by name', (_name, parameters, culprit) => {
    expect(() => signingSchemes['pkce-tiktok-hex'].sign(parameters, '')).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringContaining(culprit) }),
    );
  });
});

test('a scheme is found by its id only', () => {
  expect(signingScheme('md5-wrapped-secret')?.id).toBe('md5-wrapped-secret');
  expect(signingScheme('constructor')).toBeNull();
});

test('every character up to U+02FF is encoded as Python does', () => {
  for (let code = 0; code < 0x300; code++) {
    const character = String.fromCodePoint(code);
    const bytes = [...new TextEncoder().encode(character)]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
      .join('');
    const expected = /[\w.~-]/u.test(character) ? character : character === ' ' ? '+' : bytes;
    expect(quotePlus(character), `U+${code.toString(16)}`).toBe(expected);
  }
});

interface PythonValue {
  readonly $py: string;
  readonly v?: string | boolean;
}

interface Vector {
  readonly name: string;
  readonly params: Readonly<Record<string, string | PythonValue>>;
  readonly secret: string;
  readonly string_to_sign: string;
  readonly sign: string;
}

const folder = sharedFixtures('signing');
const shared: Readonly<Record<string, { readonly vectors: readonly Vector[] }>> = folder
  ? JSON.parse(readFileSync(join(folder, 'base-schemes.json'), 'utf8')).schemes
  : {};
const cases = Object.entries(shared).flatMap(([id, { vectors: list }]) =>
  list.map((vector) => [id, vector.name, vector] as const),
);
if (folder) console.info(`signing: ${cases.length} shared vectors used`);

/** What a provider or the command line may be given: texts and integers. */
function toParameter(value: string | PythonValue): string | bigint | null {
  if (typeof value === 'string') return value;
  return value.$py === 'int' ? BigInt(String(value.v)) : null;
}

describe.skipIf(!folder)(`shared vectors${skippedNote(folder)}`, () => {
  test('there are some for each scheme', () => {
    expect(Object.keys(shared).sort()).toEqual([...published]);
    expect(cases.length).toBeGreaterThan(0);
  });

  test.each(cases)('%s: %s', (id, _name, vector) => {
    const scheme: SigningScheme | null = signingScheme(id);
    const parameters = Object.fromEntries(
      Object.entries(vector.params).map(([name, value]) => [name, toParameter(value)]),
    );
    const [refused] = Object.entries(parameters).find(([, value]) => value === null) ?? [];
    const sign = () => scheme?.sign(untyped(parameters), vector.secret);
    if (refused === undefined) expect(sign()).toEqual({ stringToSign: vector.string_to_sign, sign: vector.sign });
    else
      expect(sign).toThrow(
        expect.objectContaining({ code: 'bad_request', message: expect.stringContaining(JSON.stringify(refused)) }),
      );
  });
});

interface OfficialVector {
  readonly scheme: string;
  readonly name: string;
  readonly input: Readonly<Record<string, string>>;
  readonly string_to_sign: string;
  readonly expected: string;
}

/** How a scheme of the official documents, known by the beginning of its name, is called here. */
const officialNames: readonly (readonly [string, keyof typeof signingSchemes])[] = [
  ['md5-wrap-secret-kv', 'md5-wrapped-secret'],
  ['onebound-sdk-md5', 'md5-wrapped-secret'],
  ['hmac-sha256-kv', 'hmac-sha256-secret-key'],
  ['pkce-tiktok-hex', 'pkce-tiktok-hex'],
];

const official: readonly OfficialVector[] = folder
  ? JSON.parse(readFileSync(join(folder, 'official-schemes.json'), 'utf8')).vectors
  : [];
const officialCases = official.flatMap((vector) => {
  const scheme = officialNames.find(([beginning]) => vector.scheme.startsWith(beginning))?.[1];
  return scheme ? [[scheme, vector.name, vector] as const] : [];
});
if (folder)
  console.info(`signing: ${officialCases.length} of ${official.length} official vectors are of schemes in use`);

/** The vectors name no secret: it is what stands before and after the parameters in the signed text. */
function secretOf({ input, string_to_sign: text }: OfficialVector): string {
  const length = Object.entries(input).flat().join('').length;
  return text.slice(0, (text.length - length) / 2);
}

describe.skipIf(!folder)(`official vectors${skippedNote(folder)}`, () => {
  test('there are some of Taobao and of TikTok', () => {
    expect(new Set(officialCases.map(([scheme]) => scheme))).toContain('md5-wrapped-secret');
    expect(new Set(officialCases.map(([scheme]) => scheme))).toContain('pkce-tiktok-hex');
  });

  test.each(officialCases)('%s: %s', (scheme, _name, vector) => {
    expect(signingSchemes[scheme].sign(vector.input, secretOf(vector))).toEqual({
      stringToSign: vector.string_to_sign,
      sign: vector.expected,
    });
  });
});
