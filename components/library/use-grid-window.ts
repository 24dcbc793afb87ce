/** Which rows and columns of the table are near its window: followed while it is scrolled and resized. */
import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type RowRange, rowRange } from './grid-range.ts';
import type { PlacedColumn } from './layout.ts';

/** Px beyond the sides of the window within which columns are drawn. */
const besides = 240;

/** Width of the checkboxes' column, px; the same in grid.css. */
export const checkWidth = 40;

/** Height of the row of headings, px; the same in grid.css. */
export const headHeight = 36;

export interface GridWindow {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly rows: RowRange;
  /** The first and the last column drawn besides the pinned ones, by their places. */
  readonly columns: { readonly first: number; readonly last: number };
  /** It is scrolled sideways. */
  readonly sideways: boolean;
  /** Px of the body in sight. */
  readonly viewHeight: () => number;
  readonly measure: () => void;
}

function columnRange(columns: readonly PlacedColumn[], scrollLeft: number, width: number) {
  const near = ({ left, width: own }: PlacedColumn) =>
    left + own > scrollLeft - besides && left < scrollLeft + width + besides;
  const first = columns.findIndex(near);
  return { first: Math.max(0, first), last: columns.findLastIndex(near) };
}

/** `scrolled` is called after each move with what is drawn now. */
export function useGridWindow(total: number, columns: readonly PlacedColumn[]): GridWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const [rows, setRows] = useState<RowRange>(() => rowRange(total, 0, 600));
  const [sideways, setSideways] = useState(false);
  const [range, setRange] = useState({ first: 0, last: columns.length - 1 });
  const viewHeight = useCallback(() => Math.max(0, (scroller.current?.clientHeight ?? 600) - headHeight), []);
  const measure = () => {
    const { scrollTop = 0, scrollLeft = 0, clientWidth = 1_000 } = scroller.current ?? {};
    const nextRows = rowRange(total, scrollTop, viewHeight());
    const next = columnRange(columns, scrollLeft, clientWidth - checkWidth);
    setRows((before) =>
      before.first === nextRows.first && before.end === nextRows.end && before.top === nextRows.top ? before : nextRows,
    );
    setSideways(scrollLeft > 0);
    setRange((before) => (before.first === next.first && before.last === next.last ? before : next));
  };
  const latest = useRef(measure);
  latest.current = measure;
  useLayoutEffect(measure, [total, columns]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const follow = () => latest.current();
    element.addEventListener('scroll', follow, { passive: true });
    const observer = new ResizeObserver(follow);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', follow);
      observer.disconnect();
    };
  }, []);
  return { scroller, rows, columns: range, sideways, viewHeight, measure: useCallback(() => latest.current(), []) };
}
