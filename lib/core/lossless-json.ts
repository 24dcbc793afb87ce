/** JSON without lost digits: ids of 17 to 20 digits come as bare numbers in many answers, and `JSON.parse` rounds them. */
import { AppError } from './errors.ts';

/** Deeper than any answer seen (deepest 2026-11: 19 levels), shallow enough that no reader can overflow the stack. */
const maximumDepth = 200;

interface ParseOptions {
  /** Also accept commas before a closing bracket, as in a published sample of a product answer. */
  readonly lenient?: boolean;
}

/**
 * Parses JSON text. Integers beyond 2^53 become strings with all their digits; everything else is as `JSON.parse`
 * gives it. A byte order mark is skipped. `__proto__` is an ordinary own property. Throws AppError `schema`, whose
 * text holds nothing of the input.
 */
export function parseJson(text: string, options: ParseOptions = {}): unknown {
  const clean = text.startsWith('\u{FEFF}') ? text.slice(1) : text;
  return parseOrThrow(quoteLongIntegers(clean), options);
}

function parseOrThrow(text: string, { lenient = false }: ParseOptions): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const withoutCommas = lenient ? dropTrailingCommas(text) : text;
    if (withoutCommas === text) throw notJson();
    return parseOrThrow(withoutCommas, {});
  }
}

function notJson(): AppError {
  // The engine's own message quotes the text around the fault, which may hold a credential.
  return new AppError('schema', 'The text is not valid JSON.', { advice: 'error_not_json' });
}

const quote = 0x22;
const backslash = 0x5c;
const openSquare = 0x5b;
const closeSquare = 0x5d;
const openCurly = 0x7b;
const closeCurly = 0x7d;

/** The position after a text's closing quote, or the end. `from`: after its opening quote. */
function afterString(text: string, from: number): number {
  let end = text.indexOf('"', from);
  while (end !== -1) {
    let before = end - 1;
    while (before >= from && text.charCodeAt(before) === backslash) before--;
    // An even number of backslashes escapes only one another.
    if ((end - before) % 2 === 1) return end + 1;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/** Whether the character may stand in a number: a digit or one of `+-.eE`. */
function isOfNumber(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e || code === 0x2b || (code | 0x20) === 0x65;
}

/** No integer of fewer digits is beyond 2^53. */
const longInteger = 16;

/** Whether what stands there is a whole JSON number that a double does not hold. */
function losesDigits(token: string): boolean {
  if (!/^-?[1-9]\d*$/u.test(token)) return false;
  const value = Number(token);
  return Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** A name must be quoted in JSON; to quote it here would make the text valid. */
function isName(text: string, after: number): boolean {
  let at = after;
  while (/\s/u.test(text.charAt(at))) at++;
  return text.charAt(at) === ':';
}

/**
 * The text with integers beyond 2^53 in quotes, everything else untouched; whatever is no JSON stays none. One pass,
 * which goes over texts natively, so that it costs less than the parsing itself; a reviver would cost several times
 * that. Throws where brackets are nested too deep.
 */
function quoteLongIntegers(text: string): string {
  const pieces: string[] = [];
  let copied = 0;
  let depth = 0;
  let at = 0;
  const { length } = text;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code < quote) {
      // White space, most of what is outside texts where JSON is laid out for people.
      at++;
      continue;
    }
    if (code === quote) {
      at = afterString(text, at + 1);
      continue;
    }
    if ((code >= 0x30 && code <= 0x39) || code === 0x2d) {
      const start = at;
      at++;
      while (at < length && isOfNumber(text.charCodeAt(at))) at++;
      if (at - start < longInteger) continue;
      const token = text.slice(start, at);
      if (!losesDigits(token) || isName(text, at)) continue;
      pieces.push(text.slice(copied, start), '"', token, '"');
      copied = at;
      continue;
    }
    if (code === openCurly || code === openSquare) {
      depth++;
      if (depth > maximumDepth) throw tooDeep();
    } else if (code === closeCurly || code === closeSquare) depth--;
    at++;
  }
  return copied === 0 ? text : pieces.join('') + text.slice(copied);
}

function tooDeep(): AppError {
  return new AppError('schema', `The JSON is nested deeper than ${maximumDepth} levels.`, { advice: 'error_not_json' });
}

/** Without the commas before closing brackets, texts untouched. A single pass over hostile text too. */
function dropTrailingCommas(text: string): string {
  const pieces: string[] = [];
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = afterString(text, at + 1);
      continue;
    }
    if (code === closeCurly || code === closeSquare) {
      pieces.push(withoutTrailingComma(text.slice(start, at)), text.charAt(at));
      start = at + 1;
    }
    at++;
  }
  return pieces.join('') + text.slice(start);
}

function withoutTrailingComma(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(',') ? trimmed.slice(0, -1) : text;
}
