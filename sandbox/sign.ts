import { createHash } from 'node:crypto';

/**
 * The signature check of the key-secret API, written from its published algorithm and from the
 * documentation of Python's urllib.parse only. It must stay independent of the extension's signer:
 * a mistake that both share would never be seen.
 */

// urllib.parse.quote_plus leaves exactly these bytes as they are.
const unreserved = new Set(Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~'));
const space = 0x20;

/** Python's quote_plus: bytes of UTF-8, a space becomes "+", the rest "%XX" in capitals. */
export function quotePlus(text: string): string {
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)) {
    // Python refuses to encode these: UnicodeEncodeError, surrogates not allowed.
    throw new RangeError('A lone surrogate cannot be encoded.');
  }
  let quoted = '';
  for (const byte of Buffer.from(text, 'utf8')) {
    if (byte === space) quoted += '+';
    else if (unreserved.has(byte)) quoted += String.fromCharCode(byte);
    else quoted += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return quoted;
}

/** A number as the JSON text wrote it: the sign must not depend on how JavaScript prints it. */
export interface WrittenNumber {
  written: string;
}

function isWrittenNumber(value: unknown): value is WrittenNumber {
  return typeof value === 'object' && value !== null && 'written' in value && typeof value.written === 'string';
}

function pythonFloat(written: string): string {
  const value = Number(written);
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`;
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-4) {
    const [mantissa = '0', exponent = '+0'] = value.toExponential().split('e');
    return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`;
  }
  return String(value);
}

/** What Python's str() makes of a value that came out of JSON. */
export function pythonText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value === null) return 'None';
  if (isWrittenNumber(value))
    return /^-?\d+$/.test(value.written) ? value.written.replace(/^-0+$/, '0') : pythonFloat(value.written);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(String(value));
  throw new TypeError('Only text, numbers, booleans and null can be signed.');
}

/** The text of which the MD5 is taken: parameters sorted by code point, without `sign`, then the secret as it is. */
export function textToSign(parameters: Record<string, unknown>, secret: string): string {
  const pairs = Object.entries(parameters)
    .filter(([name]) => name !== 'sign')
    // The order of UTF-8 bytes is the order of code points, which is how Python compares text.
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8')))
    .map(([name, value]) => `${quotePlus(name)}=${quotePlus(pythonText(value))}`);
  return `${pairs.join('&')}&secret=${secret}`;
}

/** Whether `sign` is the signature of the parameters under this secret. */
export function verifySign(parameters: Record<string, unknown>, secret: string, sign: unknown): boolean {
  let text: string;
  try {
    text = textToSign(parameters, secret);
  } catch {
    return false;
  }
  return sign === createHash('md5').update(text, 'utf8').digest('hex').toUpperCase();
}

function keepNumber(_name: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? { written: context?.source ?? String(value) } : value;
}

/** Reads a JSON object and keeps every number as it was written. Null: no JSON object. */
export function parseParameters(text: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(text, keepNumber);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) || isWrittenNumber(parsed)) return null;
    return Object.fromEntries(Object.entries(parsed));
  } catch {
    return null;
  }
}
