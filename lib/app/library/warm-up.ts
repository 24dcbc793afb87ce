/**
 * Makes what searches and orders need before somebody asks for it: texts without case, the order of texts, and what all posts
 * of an author tell together. Nothing waits for it; what is asked for before is made then.
 */
import { libraryColumns } from './library-columns.ts';
import { compareTexts } from './text-order.ts';
import type { TypeIndex } from './type-index.ts';

/** Ms of work between two pauses: a question that comes meanwhile waits no longer. */
const stretchMs = 25;

export interface WarmUpClock {
  readonly now: () => number;
  /** Resolves once nothing else is asked of us. */
  readonly idle: () => Promise<void>;
}

function* steps(index: TypeIndex): Generator<void, void> {
  for (const column of index.searched) if (column.kind !== 'number') yield* column.dictionary.folding();
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

/** Works whenever nothing else is asked, for as long as `isWanted`. */
export async function warmUp(
  indexes: readonly TypeIndex[],
  { now, idle }: WarmUpClock,
  isWanted: () => boolean,
): Promise<void> {
  await idle();
  let since = now();
  for (const index of indexes) {
    const work = steps(index);
    while (!work.next().done) {
      if (now() - since < stretchMs) continue;
      await idle();
      if (!isWanted()) return;
      since = now();
    }
  }
}
