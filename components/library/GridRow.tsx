import { Component } from 'preact';
import type { LibraryColumn, LibraryRow } from '../../lib/messaging/protocol.ts';
import { cellText, type Writing } from './cell-text.ts';

/** A column as a row draws it: its place among all (the checkboxes are 0), and where it sticks, px. */
export interface DrawnColumn {
  readonly column: LibraryColumn;
  readonly place: number;
  /** Null: it is not pinned. */
  readonly stick: number | null;
}

interface Props {
  readonly writing: Writing;
  readonly index: number;
  /** Px from the body's top. */
  readonly top: number;
  /** Null: not fetched yet. */
  readonly row: LibraryRow | null;
  readonly columns: readonly DrawnColumn[];
  readonly selected: boolean;
  /** It is what the drawer shows. */
  readonly open: boolean;
  /** The column that can be tabbed to; null: none of this row. */
  readonly activeColumn: number | null;
}

/** More characters than this do not fit into most cells: the whole text is in the title. */
const longText = 24;

const endTypes: ReadonlySet<LibraryColumn['type']> = new Set(['integer', 'number', 'duration', 'money']);

/** Whether a column's values stand at the end of their cells, so that digits are below one another. */
export function isAtEnd({ type }: LibraryColumn): boolean {
  return endTypes.has(type);
}

/** One row. A component that knows when it need not be drawn again: hundreds of cells stand between two frames. */
export class GridRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { props } = this;
    return (
      props.row !== next.row ||
      props.top !== next.top ||
      props.index !== next.index ||
      props.columns !== next.columns ||
      props.selected !== next.selected ||
      props.open !== next.open ||
      props.activeColumn !== next.activeColumn ||
      props.writing !== next.writing
    );
  }

  override render() {
    const { writing, index, row, selected, activeColumn } = this.props;
    return (
      <div
        role="row"
        class={`grid-row ${selected ? 'selected' : ''} ${this.props.open ? 'open' : ''} ${index % 2 ? 'odd' : ''}`}
        style={{ transform: `translateY(${this.props.top}px)` }}
        aria-rowindex={index + 2}
        aria-selected={selected}
        aria-busy={row === null ? 'true' : undefined}
        data-row={index}
        data-ref={row?.ref}
        data-testid="row"
      >
        <div
          role="gridcell"
          class="cell check-cell"
          aria-colindex={1}
          tabIndex={activeColumn === 0 ? 0 : -1}
          data-column={0}
        >
          <span
            role="checkbox"
            class="check"
            aria-checked={selected}
            aria-label={writing.t('library_select_row', index + 1)}
            data-testid="row-check"
          />
        </div>
        {row === null && activeColumn === null
          ? this.placeholder()
          : this.props.columns.map((drawn) => this.cell(drawn))}
      </div>
    );
  }

  /** What stands for a row that is on its way; the one with the focus keeps its cells, and with them the focus. */
  private placeholder() {
    return (
      <div role="gridcell" class="cell placeholder" aria-colindex={2}>
        <span class="skeleton cell-skeleton" />
      </div>
    );
  }

  private cell({ column, place, stick }: DrawnColumn) {
    const { writing, row, activeColumn } = this.props;
    const shown = row && cellText(writing, column, row);
    const classes = ['cell', isAtEnd(column) && 'end number', stick !== null && 'stuck', shown?.missing && 'missing'];
    const isLong = shown && shown.text.length > longText && !shown.title;
    return (
      <div
        key={column.name}
        role="gridcell"
        class={classes.filter(Boolean).join(' ')}
        style={stick === null ? { gridColumn: place + 1 } : { gridColumn: place + 1, insetInlineStart: `${stick}px` }}
        aria-colindex={place + 1}
        tabIndex={activeColumn === place ? 0 : -1}
        data-column={place}
        data-name={column.name}
        title={isLong ? shown.text : shown?.title}
      >
        {shown ? shown.text : <span class="skeleton cell-skeleton" />}
      </div>
    );
  }
}
