/**
 * Reads what a researcher pastes or drops: addresses, ids, ref keys, one on a line or in a column of a table. Whatever is
 * not understood is told, line by line: nothing is left out in silence. Pure and total.
 */
import { type EntityKind, type EntityRef, parseRefKey, type Platform, type RefKey, refKey } from '../core/ref.ts';
import { canonicalUrl } from './canonical.ts';
import { postId, secUid } from './id-forms.ts';
import { detectUrl } from './index.ts';
import { delimiterOf, type ListRow, splitLines, splitRows } from './list-rows.ts';

/** What a number alone is: no number tells. */
export interface NumberMeaning {
  readonly platform: Platform;
  readonly kind: Extract<EntityKind, 'post' | 'product' | 'author'>;
}

export interface ListOptions {
  /** What numbers alone are; null: they name nothing. */
  readonly numbers: NumberMeaning | null;
  /** Place (from 0) of the column to read; absent or null: the one that names most things. */
  readonly column?: number | null;
}

/**
 * `excel`: a number that a spreadsheet has written as 7.52896E+18 or rounded to 15 digits; the id is lost. `number`: a
 * number, and nobody said what numbers are. `unknown`: nothing that we know.
 */
export type UnreadableReason = 'excel' | 'number' | 'unknown';

export interface UnreadableLine {
  /** From 1. */
  readonly line: number;
  /** At most 200 characters of it. */
  readonly text: string;
  readonly reason: UnreadableReason;
}

export interface ListColumn {
  /** Place, from 0. */
  readonly index: number;
  /** As the table's first row calls it; empty: it has no such row. */
  readonly name: string;
  /** How many things the column's first 200 cells name. */
  readonly named: number;
}

export interface ReadList {
  /** Each once, in the order of the list; no short links among them. */
  readonly refs: readonly RefKey[];
  /** Where they lead only the network knows: they must be resolved first. Each once. */
  readonly shortLinks: readonly RefKey[];
  readonly unreadable: readonly UnreadableLine[];
  /** How often something was named again. */
  readonly duplicates: number;
  /** Of a table; empty for a plain list. */
  readonly columns: readonly ListColumn[];
  /** Place of the column that was read; null for a plain list. */
  readonly column: number | null;
}

type CellReading = { readonly refs: readonly EntityRef[] } | { readonly reason: UnreadableReason };

const sampleSize = 200;
const longestShown = 200;

/** What a spreadsheet makes of a long number: "7.52896E+18", with a comma in some countries. */
const exponent = /^\d(?:[.,]\d+)?E\+?\d{2}$/iu;

/** Kinds that have an id, and no address to check it by. */
const withoutAddress: ReadonlySet<EntityKind> = new Set(['collection', 'shop', 'comment', 'review']);

/** Without what spreadsheets and people put around an id: quotes, an apostrophe before it, `="…"`. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^=?"(.*)"$/su, '$1')
    .replace(/^['‘’“”"]+|['‘’“”"]+$/gu, '')
    .trim();
}

function keyed(text: string): EntityRef | null {
  const ref = parseRefKey(text);
  if (!ref) return null;
  const isWellFormed = withoutAddress.has(ref.kind) ? /^[\w-]{1,60}$/u.test(ref.id) : canonicalUrl(ref) !== null;
  return isWellFormed ? ref : null;
}

function numbered(text: string, { platform, kind }: NumberMeaning): EntityRef {
  return { platform, kind, id: kind === 'author' ? `uid/${text}` : text };
}

function addressed(text: string): readonly EntityRef[] {
  const whole = detectUrl(text);
  if (whole.length > 0) return whole;
  const bareHost = /^(?:[\w-]+\.)+(?:com|cn)\//iu.test(text) ? detectUrl(`https://${text}`) : [];
  if (bareHost.length > 0) return bareHost;
  // What a share button copies is a text with an address in it.
  return [...text.matchAll(/https?:\/\/[^\s"'<>，。、；]+/giu)].flatMap(([address]) => detectUrl(address));
}

function named(text: string, numbers: NumberMeaning | null): EntityRef | null {
  if (secUid.test(text) && numbers) return { platform: numbers.platform, kind: 'author', id: text };
  if (!/^@[^\s@/]+$/u.test(text) || numbers?.platform === 'douyin') return null;
  return detectUrl(`https://www.tiktok.com/${text}`).find(({ kind }) => kind === 'author') ?? null;
}

/** What one cell names; null: it is empty. */
function readCell(cell: string, numbers: NumberMeaning | null): CellReading | null {
  const text = bare(cell);
  if (text === '') return null;
  if (exponent.test(text)) return { reason: 'excel' };
  if (postId.test(text)) return numbers ? { refs: [numbered(text, numbers)] } : { reason: 'number' };
  const one = keyed(text) ?? named(text, numbers);
  if (one) return { refs: [one] };
  const found = addressed(text);
  if (found.length > 0) return { refs: found };
  // Several on one line, as a person types them.
  const words = text.split(/[\s,;，；、]+/u);
  if (words.length < 2) return { reason: 'unknown' };
  const readings = words.map((word) => readCell(word, numbers));
  const refs = readings.flatMap((reading) => (reading && 'refs' in reading ? reading.refs : []));
  const wrong = readings.find((reading) => reading && 'reason' in reading);
  return wrong && 'reason' in wrong ? { reason: wrong.reason } : { refs };
}

/** A spreadsheet keeps 15 digits of a number and makes zeros of the others. */
function isRounded({ id }: EntityRef): boolean {
  return id.length > 15 && /^\d{15}0+$/u.test(id);
}

/** Whether a row is the head of a table or of a column: words that name nothing, with no long number in them. */
function isHead(cells: readonly string[], numbers: NumberMeaning | null): boolean {
  return cells.every((cell) => {
    const reading = readCell(cell, numbers);
    return reading === null || ('reason' in reading && reading.reason === 'unknown' && !/\d{6}|:\/\//u.test(cell));
  });
}

function columnsOf(rows: readonly ListRow[], head: readonly string[] | null, numbers: NumberMeaning | null) {
  const width = Math.max(...rows.slice(0, sampleSize).map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, index) => {
    const found = new Set<RefKey>();
    let plain = 0;
    for (const { cells } of rows.slice(0, sampleSize)) {
      const cell = cells[index] ?? '';
      const reading = readCell(cell, numbers);
      if (!reading || !('refs' in reading)) continue;
      if (postId.test(bare(cell))) plain += 1;
      for (const ref of reading.refs) found.add(refKey(ref));
    }
    return { index, name: head?.[index]?.trim() ?? '', named: found.size, plain };
  });
}

/** The column that names most; of two that name as many, the one whose cells say themselves what they are. */
function bestColumn(columns: ReturnType<typeof columnsOf>): number {
  const [best] = [...columns].sort((one, other) => other.named - one.named || one.plain - other.plain);
  return best?.index ?? 0;
}

/**
 * Reads a list or a table (CSV, TSV) with or without a head. Empty lines and cells say nothing and are passed over; a
 * byte-order mark, line breaks of any system and a spreadsheet's quotes are understood.
 */
export function readList(text: string, options: ListOptions): ReadList {
  const { numbers } = options;
  const content = text.replace(/^\uFEFF/u, '');
  const delimiter = delimiterOf(content);
  const all = delimiter ? splitRows(content, delimiter) : splitLines(content);
  const first = all[0];
  const hasHead = first !== undefined && all.length > 1 && isHead(first.cells, numbers);
  const rows = hasHead ? all.slice(1) : all;
  const columns = delimiter ? columnsOf(rows, hasHead ? first.cells : null, numbers) : [];
  const column = delimiter ? (options.column ?? bestColumn(columns)) : null;

  const read = rows.flatMap(({ line, cells }) => {
    const cell = cells[column ?? 0] ?? '';
    const reading = readCell(cell, numbers);
    return reading ? [{ line, cell, reading }] : [];
  });
  // One id in ten thousand ends with four zeros by itself; a column of them went through a spreadsheet.
  const plain = read.flatMap(({ cell, reading }) =>
    'refs' in reading && postId.test(bare(cell)) ? reading.refs.slice(0, 1) : [],
  );
  const wentThroughExcel = plain.filter(isRounded).length * 2 > plain.length;

  const refs = new Set<RefKey>();
  const shortLinks = new Set<RefKey>();
  const unreadable: UnreadableLine[] = [];
  let duplicates = 0;
  for (const { line, cell, reading } of read) {
    const isLost =
      wentThroughExcel && 'refs' in reading && postId.test(bare(cell)) && reading.refs.some((ref) => isRounded(ref));
    if ('reason' in reading || isLost) {
      const reason = 'reason' in reading ? reading.reason : 'excel';
      unreadable.push({ line, text: cell.trim().slice(0, longestShown), reason });
      continue;
    }
    for (const ref of reading.refs) {
      const key = refKey(ref);
      const known = ref.kind === 'short_link' ? shortLinks : refs;
      if (known.has(key)) duplicates += 1;
      known.add(key);
    }
  }
  return {
    refs: [...refs],
    shortLinks: [...shortLinks],
    unreadable,
    duplicates,
    columns: columns.map(({ index, name, named: count }) => ({ index, name, named: count })),
    column,
  };
}
