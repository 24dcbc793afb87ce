/**
 * Makes what searches and orders need before somebody asks for it: the texts that are searched, the order of texts, and what
 * all posts of an author tell together. Nothing waits for it; what is asked for before is made then.
 */
import { libraryColumns } from './library-columns.ts';
import { compareTexts } from './text-order.ts';
import type { TypeIndex } from './type-index.ts';

/** Ms of work between two pauses: a question that comes meanwhile waits no longer. */
const stretchMs = 25;
const rowsAtOnce = 100;

export interface WarmUpClock {
  readonly now: () => number;
  /** Lets what else is asked of us have its turn. */
  readonly pause: () => Promise<void>;
}

function* steps(index: TypeIndex): Generator<void, void> {
  const rows = index.order();
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    // To look for no word at all makes the text in which words are looked for.
    for (const row of rows.subarray(start, start + rowsAtOnce)) index.holds(row, []);
    yield;
  }
  if (index.type === 'post') index.outliers();
  yield;
  for (const { column } of libraryColumns(index.type)) {
    // What is seen is ordered and filtered by; hashtags are filtered by.
    if (!column.shown && column.name !== 'hashtags') continue;
    const { stored } = index.column(column.name);
    if (stored.kind === 'number') continue;
    yield* stored.dictionary.folding();
    if (column.shown) yield* stored.dictionary.ranking(compareTexts);
  }
}

/** Works for as long as `isWanted`. */
export async function warmUp(
  indexes: readonly TypeIndex[],
  { now, pause }: WarmUpClock,
  isWanted: () => boolean,
): Promise<void> {
  let since = now();
  for (const index of indexes) {
    const work = steps(index);
    while (!work.next().done) {
      if (now() - since < stretchMs) continue;
      await pause();
      if (!isWanted()) return;
      since = now();
    }
  }
}
