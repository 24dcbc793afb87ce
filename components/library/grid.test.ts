/** Where keys lead, and which rows are drawn. */
import { describe, expect, it } from 'vitest';
import { moveBy } from './grid-keys.ts';
import { bodyHeight, rowHeight, rowRange, scrollToRow } from './grid-range.ts';
import { addressOf } from './grid.samples.ts';
import { extend, nothingSelected, rangeTo, selectAll, toggleOne } from './selection.ts';

const size = { rows: 100, columns: 6, page: 20 };
const from = { row: 10, column: 2 };

describe('keys', () => {
  it.each([
    ['ArrowDown', false, 11, 2],
    ['ArrowDown', true, 99, 2],
    ['ArrowUp', false, 9, 2],
    ['ArrowUp', true, 0, 2],
    ['ArrowRight', false, 10, 3],
    ['ArrowRight', true, 10, 5],
    ['ArrowLeft', false, 10, 1],
    ['ArrowLeft', true, 10, 0],
    ['PageDown', false, 30, 2],
    ['PageUp', false, 0, 2],
    ['Home', false, 10, 0],
    ['Home', true, 0, 0],
    ['End', false, 10, 5],
    ['End', true, 99, 5],
  ])('%s (Ctrl %s) leads to row %d, column %d', (key, control, row, column) => {
    expect(moveBy({ key, control }, from, size)).toEqual({ row, column });
  });

  it('lead to the headings from the first row, and no further than the edges', () => {
    expect(moveBy({ key: 'ArrowUp', control: false }, { row: 0, column: 1 }, size)).toEqual({ row: -1, column: 1 });
    expect(moveBy({ key: 'ArrowUp', control: false }, { row: -1, column: 1 }, size)?.row).toBe(-1);
    expect(moveBy({ key: 'ArrowDown', control: false }, { row: 99, column: 1 }, size)?.row).toBe(99);
    expect(moveBy({ key: 'PageDown', control: false }, { row: 95, column: 1 }, size)?.row).toBe(99);
    expect(moveBy({ key: 'ArrowRight', control: false }, { row: 3, column: 5 }, size)?.column).toBe(5);
  });

  it('lead nowhere when they are others, and to the headings alone in an empty table', () => {
    expect(moveBy({ key: 'x', control: false }, from, size)).toBeNull();
    expect(moveBy({ key: 'End', control: true }, { row: -1, column: 0 }, { ...size, rows: 0 })?.row).toBe(-1);
  });
});

describe('the rows near the window', () => {
  const view = 600;

  it.each([0, 1, 31, 32, 1_000, 3_199_400, 3_200_000])(
    'at %d px of 100,000 rows are those in sight and a few more',
    (top) => {
      const total = 100_000;
      const range = rowRange(total, top, view);
      const firstSeen = Math.floor(top / rowHeight);
      const lastSeen = Math.min(total - 1, Math.ceil((top + view) / rowHeight) - 1);
      expect(range.first).toBeLessThanOrEqual(Math.min(firstSeen, total));
      expect(range.end).toBeGreaterThan(Math.min(lastSeen, total - 1));
      expect(range.end - range.first).toBeLessThan(60);
      expect(range.top).toBe(range.first * rowHeight);
    },
  );

  it('stay the same while one scrolls a little: fewer drawings', () => {
    expect(rowRange(1_000, 6_400, view)).toEqual(rowRange(1_000, 6_400 + rowHeight, view));
  });

  it('are none of an empty table, and all of a short one', () => {
    expect(rowRange(0, 0, view)).toEqual({ first: 0, end: 0, top: 0 });
    expect(rowRange(5, 0, view)).toMatchObject({ first: 0, end: 5 });
  });

  it('are found in a table that is higher than browsers draw', () => {
    const total = 5_000_000;
    const body = bodyHeight(total);
    expect(body).toBeLessThan(17_000_000);
    const last = rowRange(total, body - view, view);
    expect(last.end).toBe(total);
    // The last row ends where the body ends.
    expect(last.top + (total - last.first) * rowHeight).toBe(body);
    const middle = rowRange(total, (body - view) / 2, view);
    expect(Math.abs(middle.first - total / 2)).toBeLessThan(60);
  });

  it.each([1_000, 5_000_000])('a row of %d is scrolled to, and then in sight', (total) => {
    for (const row of [0, 7, Math.floor(total / 2), total - 1]) {
      const top = scrollToRow(row, total, 123, view) ?? 123;
      expect(top).toBeLessThanOrEqual(bodyHeight(total) - view + 1);
      const { first, top: drawn } = rowRange(total, top, view);
      const place = drawn + (row - first) * rowHeight;
      expect(place).toBeGreaterThanOrEqual(top - rowHeight);
      expect(place + rowHeight).toBeLessThanOrEqual(top + view + rowHeight);
    }
  });

  it('nothing is scrolled for a row in sight', () => {
    expect(scrollToRow(4, 1_000, 0, view)).toBeNull();
    expect(scrollToRow(40, 1_000, 0, view)).toBe(41 * rowHeight - view);
    expect(scrollToRow(4, 1_000, 3_200, view)).toBe(4 * rowHeight);
  });
});

describe('the selection', () => {
  const refs = (first: number, end: number) =>
    Array.from({ length: end - first }, (_value, index) => addressOf(first + index));

  it('takes rows in and out one by one', () => {
    const one = toggleOne(nothingSelected, addressOf(3), 3);
    expect([...toggleOne(one, addressOf(5), 5).refs]).toEqual([addressOf(3), addressOf(5)]);
    expect(toggleOne(one, addressOf(3), 3).refs.size).toBe(0);
  });

  it('extends from the last one, and shrinks again; what was selected before stays', () => {
    const before = toggleOne(toggleOne(nothingSelected, addressOf(20), 20), addressOf(3), 3);
    expect(rangeTo(before, 0, 6)).toEqual({ first: 3, end: 7 });
    const wide = extend(before, refs(3, 7), 3);
    expect(wide.refs.size).toBe(5);
    expect(rangeTo(wide, 6, 4)).toEqual({ first: 3, end: 5 });
    expect([...extend(wide, refs(3, 5), 6).refs].sort()).toEqual([addressOf(20), addressOf(3), addressOf(4)].sort());
    expect(rangeTo(wide, 6, 1)).toEqual({ first: 1, end: 4 });
  });

  it('begins a range at the row it was begun at, where nothing was selected by itself', () => {
    expect(rangeTo(nothingSelected, 8, 9)).toEqual({ first: 8, end: 10 });
    expect(extend(nothingSelected, refs(8, 10), 8).anchor).toBe(8);
    expect(selectAll(refs(0, 3))).toMatchObject({ anchor: null });
  });
});
