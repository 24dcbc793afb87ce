/**
 * One column of the index for all rows of a type: numbers side by side, texts as numbers of a list in which each is kept
 * once. A hundred thousand rows are filtered without making an object for any of them.
 */

import { finished, mergeInSteps, sortInSteps } from './text-ranks.ts';

/** Text without case and in one form, for comparing and finding. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function grown(length: number, row: number): number {
  return Math.max(1_024, length * 2, row + 1);
}

/** Numbers, times and booleans (1 and 0); NaN is null. */
export interface NumberColumn {
  readonly kind: 'number';
  /** By row; as long as the highest row that was set, or longer. */
  values(): Float64Array;
  get(row: number): number | null;
  set(row: number, value: number | null): void;
}

export function createNumberColumn(): NumberColumn {
  let values = new Float64Array(0);
  return {
    kind: 'number',
    values: () => values,
    get(row) {
      const value = values[row] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    },
    set(row, value) {
      if (row >= values.length) {
        const longer = new Float64Array(grown(values.length, row)).fill(Number.NaN, values.length);
        longer.set(values);
        values = longer;
      }
      values[row] = value ?? Number.NaN;
    },
  };
}

/** The texts of a column, each as a number. */
export interface Dictionary {
  /** Each once, unless nearly every row had one of its own. */
  readonly texts: readonly string[];
  numberOf(text: string): number;
  /** For each text whether it, folded, fulfils the condition: asked once for a text, not once for a row. */
  matching(fulfils: (text: string) => boolean): Uint8Array;
  /** Folds all texts in steps, after which they need not be folded again. */
  folding(): Generator<void, void>;
  /** By text: its place among all of them; texts that are held equal share one. `compare` is always the same. */
  ranks(compare: (a: string, b: string) => number): Int32Array;
  /** The same in steps, after which it is known. */
  ranking(compare: (a: string, b: string) => number): Generator<void, Int32Array>;
}

/** After so many texts it is decided whether looking for known ones is worth its memory. */
const decidedAfter = 4_096;
/** Texts that are folded in one step. */
const textsAtOnce = 2_000;

function createDictionary(): Dictionary {
  const texts: string[] = [];
  /** As far as they were asked for. What is in lower case is the same text, and takes no room. */
  const foldedTexts: string[] = [];
  let known: Map<string, number> | null = new Map();
  let asked = 0;
  /** Numbers in order, and how the ranks were made of them. */
  let sorted: Int32Array = new Int32Array(0);
  let ranked: Int32Array = new Int32Array(0);
  return {
    texts,
    numberOf(text) {
      asked += 1;
      const found = known?.get(text);
      if (found !== undefined) return found;
      const number = texts.push(text) - 1;
      known?.set(text, number);
      if (known && number > decidedAfter && number > asked * 0.6) known = null;
      return number;
    },
    matching(fulfils) {
      finished(this.folding());
      const flags = new Uint8Array(texts.length);
      foldedTexts.forEach((text, number) => {
        if (fulfils(text)) flags[number] = 1;
      });
      return flags;
    },
    *folding() {
      while (foldedTexts.length < texts.length) {
        foldedTexts.push(folded(texts[foldedTexts.length] ?? ''));
        if (foldedTexts.length % textsAtOnce === 0) yield;
      }
    },
    *ranking(compare) {
      if (ranked.length === texts.length) return ranked;
      const count = texts.length;
      const at = (number: number): string => texts[number] ?? '';
      const byText = (one: number, other: number): number => compare(at(one), at(other));
      const before = sorted;
      const added = Int32Array.from({ length: count - before.length }, (_, place) => before.length + place);
      const order = new Int32Array(count);
      yield* mergeInSteps(before, yield* sortInSteps(added, byText), order, byText);
      const ranks = new Int32Array(count);
      let rank = 0;
      for (let place = 0; place < count; place++) {
        const [last, number] = [order[place - 1], order[place] ?? 0];
        if (last !== undefined && byText(last, number) !== 0) rank = place;
        ranks[number] = rank;
        if (place % 20_000 === 19_999) yield;
      }
      // Texts that came meanwhile are ranked when they are next asked for.
      if (count > sorted.length) [sorted, ranked] = [order, ranks];
      return ranks;
    },
    ranks(compare) {
      return finished(this.ranking(compare));
    },
  };
}

/** One text for each row; −1 is null. */
export interface TextColumn {
  readonly kind: 'text';
  readonly dictionary: Dictionary;
  /** Numbers of texts by row. */
  numbers(): Int32Array;
  get(row: number): string | null;
  set(row: number, text: string | null): void;
}

export function createTextColumn(): TextColumn {
  const dictionary = createDictionary();
  let numbers = new Int32Array(0);
  return {
    kind: 'text',
    dictionary,
    numbers: () => numbers,
    get(row) {
      // Never asked of a list at −1, which would look for a property of that name.
      const number = numbers[row] ?? -1;
      return number < 0 ? null : (dictionary.texts[number] ?? null);
    },
    set(row, text) {
      if (row >= numbers.length) {
        const longer = new Int32Array(grown(numbers.length, row)).fill(-1, numbers.length);
        longer.set(numbers);
        numbers = longer;
      }
      numbers[row] = text === null ? -1 : dictionary.numberOf(text);
    },
  };
}

/** Several texts for each row; none is null. */
export interface ListColumn {
  readonly kind: 'list';
  readonly dictionary: Dictionary;
  /** How many texts the row has, and the number of one of them. */
  length(row: number): number;
  at(row: number, place: number): number;
  get(row: number): readonly string[] | null;
  set(row: number, texts: readonly string[] | null): void;
}

export function createListColumn(): ListColumn {
  const dictionary = createDictionary();
  /** All lists one after the other; a row's new list comes at the end, and its old one is forgotten. */
  let pool = new Int32Array(0);
  let used = 0;
  let starts = new Int32Array(0);
  let lengths = new Int32Array(0);
  const length = (row: number): number => lengths[row] ?? 0;
  const at = (row: number, place: number): number => pool[(starts[row] ?? 0) + place] ?? 0;
  return {
    kind: 'list',
    dictionary,
    length,
    at,
    get(row) {
      const count = length(row);
      if (count === 0) return null;
      const texts: string[] = [];
      for (let place = 0; place < count; place++) texts.push(dictionary.texts[at(row, place)] ?? '');
      return texts;
    },
    set(row, texts) {
      const count = texts?.length ?? 0;
      if (count === 0 && row >= lengths.length) return;
      if (row >= lengths.length) {
        const longer = grown(lengths.length, row);
        const [longerStarts, longerLengths] = [new Int32Array(longer), new Int32Array(longer)];
        longerStarts.set(starts);
        longerLengths.set(lengths);
        [starts, lengths] = [longerStarts, longerLengths];
      }
      if (used + count > pool.length) {
        const longer = new Int32Array(grown(pool.length, used + count));
        longer.set(pool);
        pool = longer;
      }
      starts[row] = used;
      lengths[row] = count;
      for (const text of texts ?? []) pool[used++] = dictionary.numberOf(text);
    },
  };
}

export type StoredColumn = NumberColumn | TextColumn | ListColumn;
