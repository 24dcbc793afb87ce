/** Where a key leads in the table. Pure. */

/** A cell: rows from 0, the row of headings is -1; columns from 0, the first is that of the checkboxes. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows in sight at once. */
  readonly page: number;
}

export interface Press {
  readonly key: string;
  /** Ctrl, or ⌘ on a Mac. */
  readonly control: boolean;
}

/** The cell that a key leads to; null: it leads nowhere. */
export function moveBy({ key, control }: Press, { row, column }: Cell, size: GridSize): Cell | null {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const at = (to: Cell): Cell => ({
    row: Math.min(lastRow, Math.max(-1, to.row)),
    column: Math.min(lastColumn, Math.max(0, to.column)),
  });
  switch (key) {
    case 'ArrowDown':
      return at({ row: control ? lastRow : row + 1, column });
    case 'ArrowUp':
      return at({ row: control ? Math.min(row, 0) : row - 1, column });
    case 'ArrowRight':
      return at({ row, column: control ? lastColumn : column + 1 });
    case 'ArrowLeft':
      return at({ row, column: control ? 0 : column - 1 });
    case 'PageDown':
      return at({ row: row + size.page, column });
    case 'PageUp':
      return at({ row: Math.max(0, row - size.page), column });
    case 'Home':
      return at(control ? { row: Math.min(0, lastRow), column: 0 } : { row, column: 0 });
    case 'End':
      return at(control ? { row: lastRow, column: lastColumn } : { row, column: lastColumn });
    default:
      return null;
  }
}
