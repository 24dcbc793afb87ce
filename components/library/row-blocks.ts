/** The rows of one result that were fetched: in blocks, the ones in sight first, a few at a time. */
import type { LibraryRow } from '../../lib/messaging/protocol.ts';

/** Rows in one answer: as many as are read within a frame. */
export const blockSize = 40;

/** Blocks that are kept; those longest out of sight go first. */
const kept = 80;

/** Answers that are waited for at once: while one is on its way the next is made. */
const atOnce = 2;

const mostTries = 3;

export interface RowBlocks {
  /** Null: not fetched yet. */
  readonly row: (index: number) => LibraryRow | null;
  /** Fetches what is missing of these rows; what was wanted before and is not any more is not asked for. */
  readonly want: (from: number, end: number) => void;
  /** Resolves once these rows are there, or could not be fetched. */
  readonly load: (from: number, end: number) => Promise<void>;
}

/** `read` resolves with rows `from` to `to` (not included); `changed` is called when some came. */
export function createRowBlocks(
  total: number,
  read: (from: number, to: number) => Promise<readonly LibraryRow[]>,
  changed: () => void,
): RowBlocks {
  const blocks = new Map<number, readonly LibraryRow[]>();
  const running = new Map<number, Promise<void>>();
  /** How often each block was asked for in vain. */
  const tries = new Map<number, number>();
  let wanted: readonly number[] = [];

  function blocksOf(from: number, end: number): readonly number[] {
    const first = Math.max(0, Math.floor(from / blockSize));
    const last = Math.floor((Math.min(end, total) - 1) / blockSize);
    return last < first ? [] : Array.from({ length: last - first + 1 }, (_value, index) => first + index);
  }

  function ask(block: number): Promise<void> {
    const known = running.get(block);
    if (known) return known;
    const asked = (async () => {
      try {
        const rows = await read(block * blockSize, Math.min(total, (block + 1) * blockSize));
        if (rows.length > 0) keep(block, rows);
      } catch {
        // The worker's own error is shown where the result was asked for; what is still in sight is asked for again.
      }
      running.delete(block);
      changed();
      next();
    })();
    running.set(block, asked);
    return asked;
  }

  function keep(block: number, rows: readonly LibraryRow[]): void {
    blocks.set(block, rows);
    for (const old of blocks.keys()) {
      if (blocks.size <= kept) break;
      if (!wanted.includes(old)) blocks.delete(old);
    }
  }

  function next(): void {
    for (const block of wanted) {
      if (running.size >= atOnce) return;
      if (blocks.has(block) || running.has(block)) continue;
      const times = tries.get(block) ?? 0;
      if (times >= mostTries) continue;
      tries.set(block, times + 1);
      void ask(block);
    }
  }

  return {
    row: (index) => blocks.get(Math.floor(index / blockSize))?.[index % blockSize] ?? null,
    want(from, end) {
      wanted = blocksOf(from, end);
      for (const block of wanted) {
        const rows = blocks.get(block);
        if (!rows) continue;
        // To the end of the line: it is in sight.
        blocks.delete(block);
        blocks.set(block, rows);
      }
      next();
    },
    async load(from, end) {
      wanted = blocksOf(from, end);
      await Promise.all(wanted.filter((block) => !blocks.has(block)).map(ask));
    },
  };
}
