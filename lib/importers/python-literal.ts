/**
 * Lists as Python and R print them into the cells of a table: `['a', "it's"]`, `[{'id': 7123, 'name': None}]`,
 * `c("a", "b")`, and numpy's `['a' 'b']`, which has no commas.
 */
import { parseJson } from '../core/lossless-json.ts';

/** A text in either quotes, a number, a word, or a sign. One way to match each, so that no text is gone over twice. */
const token =
  /'(?:[^'\\]|\\[^])*'|"(?:[^"\\]|\\[^])*"|[-+]?\d[\d._]*(?:e[-+]?\d+)?|[A-Za-z_]\w*|[[\](){},:]|\s+|[^]/giu;

const words: Readonly<Record<string, string>> = {
  None: 'null',
  nan: 'null',
  NA: 'null',
  NULL: 'null',
  True: 'true',
  TRUE: 'true',
  true: 'true',
  False: 'false',
  FALSE: 'false',
  false: 'false',
  null: 'null',
};

const signs: Readonly<Record<string, string>> = { '(': '[', ')': ']' };

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

function textOf(quoted: string): string {
  const inner = quoted
    .slice(1, -1)
    .replaceAll(
      /\\(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|([^]))/gu,
      (whole, x?: string, u?: string, long?: string, sign?: string) => {
        const code = Number.parseInt(x ?? u ?? long ?? '', 16);
        if (Number.isInteger(code)) return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
        return escapes[sign ?? ''] ?? sign ?? whole;
      },
    );
  return JSON.stringify(inner.toWellFormed());
}

function isValue(piece: string | undefined): boolean {
  return piece !== undefined && !/^[[{,:]$/u.test(piece);
}

/** The value that a literal stands for, with all digits of its numbers; undefined: it is none. Never throws. */
export function parseLiteral(text: string): unknown {
  const pieces: string[] = [];
  for (const [found] of text.matchAll(token)) {
    if (/^\s/u.test(found) || (found === 'c' && pieces.length === 0)) continue;
    const isText = /^['"]./su.test(found);
    // Nothing of a literal: also a quote that is never closed, behind which nothing needs to be looked at.
    if (found.length === 1 && !/[\w[\](){},:]/u.test(found)) return undefined;
    const isWord = /^[A-Za-z_]/u.test(found);
    const isNumber = /^[-+]?\d/u.test(found);
    const word = isWord && Object.hasOwn(words, found) ? words[found] : undefined;
    if (isWord && word === undefined) return undefined;
    const opens = found === '[' || found === '(' || found === '{';
    if ((isText || isWord || isNumber || opens) && isValue(pieces.at(-1))) pieces.push(',');
    if (isText) pieces.push(textOf(found));
    else pieces.push(word ?? signs[found] ?? found);
  }
  try {
    return parseJson(pieces.join(''), { lenient: true });
  } catch {
    return undefined;
  }
}
