/** Which rows of a long table are near the window. Pure. */

/** Height of a row, px; the same in grid.css. */
export const rowHeight = 32;

/** Rows beyond the window's edges. */
const beyond = 8;

/** Rows by which the window of drawn rows moves on: fewer drawings, each a little larger. */
const step = 6;

/** Firefox draws no element higher than 17.9 million px, Chromium none higher than 33.5 (tried 2026-11). */
const highest = 15_000_000;

/** Height of the body that is scrolled, px: beyond the highest the scroll bar stands for more than it is long. */
export function bodyHeight(total: number): number {
  return Math.min(total * rowHeight, highest);
}

export interface RowRange {
  readonly first: number;
  /** Not included. */
  readonly end: number;
  /** Where the first of these rows is drawn, px from the body's top. */
  readonly top: number;
}

/** How far the rows' own places are ahead of the scroll bar, px; 0 for tables that fit. */
function ahead(total: number, scrollTop: number, viewHeight: number): number {
  const whole = total * rowHeight;
  const body = bodyHeight(total);
  if (whole <= body || body <= viewHeight) return 0;
  const share = Math.min(1, Math.max(0, scrollTop / (body - viewHeight)));
  return Math.round(share * (whole - body));
}

/** The rows to draw. `scrollTop` and `viewHeight`: px of the body that are above, and in, the window. */
export function rowRange(total: number, scrollTop: number, viewHeight: number): RowRange {
  const shift = ahead(total, scrollTop, viewHeight);
  const at = Math.max(0, scrollTop) + shift;
  const first = Math.max(0, Math.floor((Math.floor(at / rowHeight) - beyond) / step) * step);
  const last = Math.ceil((Math.ceil((at + viewHeight) / rowHeight) + beyond) / step) * step;
  const end = Math.max(first, Math.min(total, last));
  return { first: Math.min(first, total), end, top: Math.min(first, total) * rowHeight - shift };
}

/** The scroll position that shows a row as near to where the window is as can be; null: it is in sight. */
export function scrollToRow(row: number, total: number, scrollTop: number, viewHeight: number): number | null {
  const whole = total * rowHeight;
  const body = bodyHeight(total);
  const shift = ahead(total, scrollTop, viewHeight);
  const top = row * rowHeight - shift;
  if (top >= scrollTop && top + rowHeight <= scrollTop + viewHeight) return null;
  const wished = top < scrollTop ? row * rowHeight : (row + 1) * rowHeight - viewHeight;
  if (whole <= body || whole <= viewHeight) return Math.max(0, wished);
  return Math.max(0, Math.min(1, wished / (whole - viewHeight))) * (body - viewHeight);
}
