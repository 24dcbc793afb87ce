/**
 * The canonical texts over which requests are signed. The schemes were published as Python code, so that everything
 * that Python and JavaScript spell differently is either done Python's way or refused: a value is a text or an
 * integer. `None`, booleans and floats have no common spelling (`True`, `1.0`, `1e+16`).
 */
import { AppError } from '../core/errors.ts';
import { hmacSha256UpperHex, md5UpperHex, sha256Hex } from './digest.ts';

export type SigningParameters = Readonly<Record<string, string | number | bigint>>;

export interface Signature {
  /** May hold the secret: never log, show or store it. */
  readonly stringToSign: string;
  /** Hex digits: 32 in upper case of MD5, 64 in upper case of HMAC, 64 in lower case of a code challenge. */
  readonly sign: string;
}

export interface SigningScheme {
  readonly id: string;
  /** False: the secret does not enter, so that an empty one may be given. */
  readonly needsSecret: boolean;
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
  needsSecret: true,
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
  needsSecret: true,
  sign(parameters, secret) {
    checkSecret(secret);
    const stringToSign = secret + sortedEntries(parameters).flat().join('') + secret;
    return { stringToSign, sign: md5UpperHex(stringToSign) };
  },
};

/**
 * UPPER(HMAC-SHA256(k1v1k2v2…)) with the secret as the key, nothing encoded. The open platform of Douyin names
 * HMAC-SHA256 but publishes no formula: this is what Taobao's, whose MD5 form is the same as Douyin's, does for
 * `sign_method=hmac-sha256` [unverified for Douyin, 2026-11].
 */
const hmacSecretKey: SigningScheme = {
  id: 'hmac-sha256-secret-key',
  needsSecret: true,
  sign(parameters, secret) {
    checkSecret(secret);
    const stringToSign = sortedEntries(parameters).flat().join('');
    return { stringToSign, sign: hmacSha256UpperHex(secret, stringToSign) };
  },
};

/**
 * The code challenge of TikTok's OAuth: SHA-256 of `code_verifier`, the only parameter, in lower-case hex. TikTok asks
 * for hex ("You must use hex encoding of SHA256", Login Kit for Desktop, read 2026-11) and answers `invalid_request`
 * to the base64url of RFC 7636.
 */
const tiktokChallenge: SigningScheme = {
  id: 'pkce-tiktok-hex',
  needsSecret: false,
  sign(parameters) {
    const entries = sortedEntries(parameters);
    const other = entries.find(([name]) => name !== 'code_verifier');
    if (other) refuse(other[0], 'a code challenge is made of code_verifier only');
    const [, verifier = ''] = entries[0] ?? [];
    if (verifier === '') refuse('code_verifier', 'it is missing or empty');
    return { stringToSign: verifier, sign: sha256Hex(verifier) };
  },
};

export const signingSchemes = {
  'md5-urlencode-secret': urlencodeSecret,
  'md5-wrapped-secret': wrappedSecret,
  'hmac-sha256-secret-key': hmacSecretKey,
  'pkce-tiktok-hex': tiktokChallenge,
} as const satisfies Readonly<Record<string, SigningScheme>>;

/** A scheme by its id; null for an id that is none. */
export function signingScheme(id: string): SigningScheme | null {
  return Object.values<SigningScheme>(signingSchemes).find((scheme) => scheme.id === id) ?? null;
}
