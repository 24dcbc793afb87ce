/**
 * The canonical texts over which requests are signed. The schemes were published as Python code, so that everything
 * that Python and JavaScript spell differently is either done Python's way or refused: a value is a text or an
 * integer. `None`, booleans and floats have no common spelling (`True`, `1.0`, `1e+16`).
 */
import { AppError } from '../core/errors.ts';
import { md5UpperHex } from './digest.ts';

export type SigningParameters = Readonly<Record<string, string | number | bigint>>;

export interface Signature {
  /** Holds the secret: never log, show or store it. */
  readonly stringToSign: string;
  /** 32 upper-case hex digits. */
  readonly sign: string;
}

export interface SigningScheme {
  readonly id: string;
  /**
   * Signs all parameters but `sign`. Throws AppError `bad_request` that names a parameter which is no text, no
   * integer, or not well-formed Unicode.
   */
  readonly sign: (parameters: SigningParameters, secret: string) => Signature;
}

function refuse(name: string, why: string): never {
  throw new AppError('bad_request', `The parameter ${JSON.stringify(name)} cannot be signed: ${why}.`, {
    advice: 'error_parameter_unsignable',
    parameters: [name],
  });
}

/** The text of a value as Python's `str` gives it. */
function valueText(name: string, value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    // -0 is an integer 0 in the reference, and a float has another spelling there.
    if (!Number.isSafeInteger(value)) refuse(name, 'a number must be an integer of at most 2^53 - 1');
    return String(value === 0 ? 0 : value);
  }
  if (typeof value !== 'string')
    refuse(name, `it is ${value === null ? 'null' : typeof value}, not a text or an integer`);
  if (!value.isWellFormed()) refuse(name, 'it holds half of a character (a lone surrogate)');
  return value;
}

function byCodePoint([a]: readonly [string, string], [b]: readonly [string, string]): number {
  // Array.sort compares UTF-16 units, which puts U+1F600 before U+FF5E.
  const left = Array.from(a);
  const right = Array.from(b);
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Names and values as text without `sign`, in the order of the names' code points. */
function sortedEntries(parameters: SigningParameters): [string, string][] {
  return Object.entries(parameters)
    .filter(([name]) => name !== 'sign')
    .map(([name, value]): [string, string] => {
      if (!name.isWellFormed()) refuse(name.toWellFormed(), 'its name holds half of a character (a lone surrogate)');
      return [name, valueText(name, value)];
    })
    .sort(byCodePoint);
}

function checkSecret(secret: string): void {
  if (!secret.isWellFormed())
    throw new AppError('bad_request', 'The secret holds half of a character (a lone surrogate).');
}

/** One text as Python's `urllib.parse.quote_plus` encodes it (UTF-8, only letters, digits and `_.-~` are safe). */
export function quotePlus(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** UPPER(MD5(urlencode(sorted parameters) + "&secret=" + secret)); the secret is appended as it is. */
const urlencodeSecret: SigningScheme = {
  id: 'md5-urlencode-secret',
  sign(parameters, secret) {
    checkSecret(secret);
    const query = sortedEntries(parameters).map(([name, value]) => `${quotePlus(name)}=${quotePlus(value)}`);
    const stringToSign = `${query.join('&')}&secret=${secret}`;
    return { stringToSign, sign: md5UpperHex(stringToSign) };
  },
};

/** UPPER(MD5(secret + k1v1k2v2… + secret)), nothing encoded. Ambiguous by design: {a1: 2} and {a: 12} sign alike. */
const wrappedSecret: SigningScheme = {
  id: 'md5-wrapped-secret',
  sign(parameters, secret) {
    checkSecret(secret);
    const stringToSign = secret + sortedEntries(parameters).flat().join('') + secret;
    return { stringToSign, sign: md5UpperHex(stringToSign) };
  },
};

export const signingSchemes = {
  'md5-urlencode-secret': urlencodeSecret,
  'md5-wrapped-secret': wrappedSecret,
} as const satisfies Readonly<Record<string, SigningScheme>>;

/** A scheme by its id; null for an id that is none. */
export function signingScheme(id: string): SigningScheme | null {
  return Object.values<SigningScheme>(signingSchemes).find((scheme) => scheme.id === id) ?? null;
}
