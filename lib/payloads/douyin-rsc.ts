/**
 * Douyin's `self.__pace_f.push([1,"…"])` scripts: React's server component stream in pieces. A row is `id:JSON`, up to
 * a line break, or a text `id:T<length>,…` of that many bytes without one; a value may stand in for another row (`$1f`).
 * Measured on a guest's video page of 2026-07; the form with items is from zeeschuimer (2026-08). Nothing is evaluated.
 */
import { isObject, nestedJson } from './reading.ts';

export interface RscRows {
  /** The JSON values of the rows in their order; lines of modules and hints are left out. */
  readonly values: readonly unknown[];
  /** The value of another row that a text stands for; the text itself where it stands for none, undefined for `$undefined`. */
  readonly resolve: (text: string) => unknown;
}

/** The strings that the scripts push, as one text. */
function pushedText(source: string): string {
  const pieces: string[] = [];
  for (const line of source.split('\n')) {
    const start = line.indexOf('__pace_f.push(');
    const end = line.lastIndexOf(')');
    if (start === -1 || end === -1) continue;
    const pushed = nestedJson(line.slice(start + '__pace_f.push('.length, end));
    const piece: unknown = Array.isArray(pushed) ? pushed[1] : null;
    if (typeof piece === 'string') pieces.push(piece);
  }
  return pieces.join('');
}

/** The position after `bytes` UTF-8 bytes; the end where the text is shorter. */
function afterBytes(text: string, from: number, bytes: number): number {
  let left = bytes;
  let at = from;
  while (left > 0 && at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    left -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    at += code < 0x10000 ? 1 : 2;
  }
  return at;
}

/** Reads the rows. Broken ones are left out. */
export function rscRows(source: string): RscRows {
  const text = pushedText(source);
  const rows = new Map<string, unknown>();
  const values: unknown[] = [];
  const header = /\n?([0-9a-f]{1,16}):/uy;
  let at = 0;
  while (at < text.length) {
    header.lastIndex = at;
    const id = header.exec(text)?.[1];
    const start = id === undefined ? at : header.lastIndex;
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd === -1 ? text.length : lineEnd;
    if (id === undefined) {
      at = end + 1;
      continue;
    }
    const length = /^T([0-9a-f]{1,8}),/u.exec(text.slice(start, start + 10));
    if (length) {
      const from = start + length[0].length;
      at = afterBytes(text, from, Number.parseInt(length[1] ?? '0', 16));
      rows.set(id, text.slice(from, at));
      continue;
    }
    at = end + 1;
    const payload = text.slice(start, end);
    if (!/^[[{"]/u.test(payload)) continue;
    const value = nestedJson(payload);
    rows.set(id, value);
    if (isObject(value) || Array.isArray(value)) values.push(value);
  }
  return { values, resolve: (held) => resolveIn(rows, held) };
}

function resolveIn(rows: ReadonlyMap<string, unknown>, held: string): unknown {
  if (held === '$undefined') return undefined;
  if (held.startsWith('$$')) return held.slice(1);
  const id = /^\$([0-9a-f]{1,16})$/u.exec(held)?.[1];
  return id !== undefined && rows.has(id) ? rows.get(id) : held;
}
