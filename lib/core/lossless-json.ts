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
  checkDepth(clean);
  try {
    return parseKeepingDigits(clean);
  } catch {
    const withoutCommas = options.lenient ? dropTrailingCommas(clean) : clean;
    if (withoutCommas === clean) throw notJson();
    try {
      return parseKeepingDigits(withoutCommas);
    } catch {
      throw notJson();
    }
  }
}

function notJson(): AppError {
  // The engine's own message quotes the text around the fault, which may hold a credential.
  return new AppError('schema', 'The text is not valid JSON.', { advice: 'error_not_json' });
}

function parseKeepingDigits(text: string): unknown {
  // The reviver makes parsing several times slower, and most answers need none.
  if (!/\d{16}/u.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key: string, value: unknown, context?: { readonly source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value) || !Number.isInteger(value)) return value;
    const source = context?.source;
    // An engine without source text access (before Chrome 114 and Firefox 135) must not show a wrong id.
    if (source === undefined) return null;
    return /^-?\d+$/u.test(source) ? source : value;
  });
}

/**
 * The brackets of JSON text by their position, strings skipped. A single pass without recursion or backtracking,
 * so that hostile text costs no more than reading it.
 */
function* brackets(text: string): Generator<{ readonly at: number; readonly character: string }> {
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if ('[]{}'.includes(character)) yield { at, character };
  }
}

function checkDepth(text: string): void {
  let depth = 0;
  for (const { character } of brackets(text)) {
    depth += character === '[' || character === '{' ? 1 : -1;
    if (depth > maximumDepth) {
      throw new AppError('schema', `The JSON is nested deeper than ${maximumDepth} levels.`, {
        advice: 'error_not_json',
      });
    }
  }
}

function dropTrailingCommas(text: string): string {
  const pieces: string[] = [];
  let start = 0;
  for (const { at, character } of brackets(text)) {
    if (character === '[' || character === '{') continue;
    const before = text.slice(start, at);
    pieces.push(before.replace(/,\s*$/u, ''), character);
    start = at + 1;
  }
  return pieces.join('') + text.slice(start);
}
