/** Rows that came are drawn some at a time: all the cells of a screen at once hold up the scrolling. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LibraryRow } from '../../lib/messaging/protocol.ts';
import type { RowBlocks } from './row-blocks.ts';

/** Rows that may become cells between two looks at the wheel: about a quarter of a screen. */
const rowsAtOnce = 10;

/**
 * The rows of these places, in their order; null: not fetched, or not yet its turn. Those that were drawn before stay
 * drawn.
 */
export function useGradualRows(blocks: RowBlocks, indices: readonly number[]): readonly (LibraryRow | null)[] {
  const drawn = useRef({ blocks, places: new Set<number>() });
  const [, setTurn] = useState(0);
  if (drawn.current.blocks !== blocks) drawn.current = { blocks, places: new Set() };
  const before = drawn.current.places;
  const places = new Set<number>();
  let left = rowsAtOnce;
  let isWaiting = false;
  const rows = indices.map((index) => {
    const row = blocks.row(index);
    if (!row) return null;
    if (!before.has(index)) {
      if (left === 0) {
        isWaiting = true;
        return null;
      }
      left -= 1;
    }
    places.add(index);
    return row;
  });
  drawn.current = { blocks, places };
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setTurn((turn) => turn + 1));
    return () => clearTimeout(timer);
  });
  return rows;
}
