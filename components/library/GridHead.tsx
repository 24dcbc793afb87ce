import { useRef, useState } from 'preact/hooks';
import type { RecordType } from '../../lib/core/record.ts';
import type { LibraryQuery } from '../../lib/messaging/protocol.ts';
import { useTranslate } from '../hooks.tsx';
import { Icon } from '../parts/Icon.tsx';
import { columnHelp, columnLabel } from './column-words.ts';
import { type DrawnColumn, isAtEnd } from './GridRow.tsx';
import { clampWidth, type PlacedColumn } from './layout.ts';

/** Px that the pointer moves before a press on a heading is a drag. */
const dragAfter = 6;

/** The row of headings: a press sorts, a drag moves the column, its edge resizes it. */
export function GridHead(props: {
  type: RecordType;
  placed: readonly PlacedColumn[];
  columns: readonly DrawnColumn[];
  sort: LibraryQuery['sort'];
  /** The heading that can be tabbed to; null: none. */
  activeColumn: number | null;
  allSelected: boolean;
  helpId: string;
  onAll: (all: boolean) => void;
  onSort: (name: string) => void;
  onMove: (name: string, to: number) => void;
  onResize: (name: string, width: number, done: boolean) => void;
}) {
  const t = useTranslate();
  const { activeColumn } = props;
  const [dragged, setDragged] = useState<{ readonly name: string; readonly to: number } | null>(null);
  return (
    <div role="rowgroup" class="grid-head">
      <div role="row" class="grid-row head-row" aria-rowindex={1}>
        <div
          role="columnheader"
          class="cell check-cell"
          aria-colindex={1}
          tabIndex={activeColumn === 0 ? 0 : -1}
          data-column={0}
          data-row={-1}
          data-testid="select-all"
          title={t('library_select_all')}
          onClick={() => props.onAll(!props.allSelected)}
        >
          <span role="checkbox" class="check" aria-checked={props.allSelected} aria-label={t('library_select_all')} />
        </div>
        {props.columns.map((drawn) => (
          <Heading key={drawn.column.name} {...props} drawn={drawn} dragged={dragged} onDrag={setDragged} />
        ))}
      </div>
    </div>
  );
}

function Heading(
  props: Parameters<typeof GridHead>[0] & {
    drawn: DrawnColumn;
    dragged: { readonly name: string; readonly to: number } | null;
    onDrag: (dragged: { readonly name: string; readonly to: number } | null) => void;
  },
) {
  const t = useTranslate();
  const { drawn, placed, sort, dragged } = props;
  const { column, place, stick } = drawn;
  const press = useRef<{ readonly x: number; readonly width: number; readonly resizing: boolean } | null>(null);
  const sorted = sort?.column === column.name ? sort : null;
  const label = columnLabel(t, column, props.type);
  const drop = dragged && dragged.name !== column.name && dragged.to === place - 1;
  const from = placed.findIndex((other) => other.column.name === dragged?.name);
  const classes = [
    'cell',
    'heading',
    isAtEnd(column) && 'end',
    stick !== null && 'stuck',
    dragged?.name === column.name && 'dragged',
    drop && (from < place - 1 ? 'drop-after' : 'drop-before'),
  ];

  function onMove(event: PointerEvent): void {
    const start = press.current;
    if (!start) return;
    const by = event.clientX - start.x;
    if (start.resizing) props.onResize(column.name, clampWidth(start.width + by), false);
    else if (dragged || Math.abs(by) > dragAfter) props.onDrag({ name: column.name, to: placeUnder(event, placed) });
  }

  function onEnd(event: PointerEvent, kept: boolean): void {
    const start = press.current;
    press.current = null;
    if (start?.resizing) props.onResize(column.name, clampWidth(start.width + event.clientX - start.x), true);
    else if (dragged) {
      if (kept) props.onMove(column.name, dragged.to);
      props.onDrag(null);
    } else if (start && kept) props.onSort(column.name);
  }

  return (
    <div
      role="columnheader"
      class={classes.filter(Boolean).join(' ')}
      style={stick === null ? { gridColumn: place + 1 } : { gridColumn: place + 1, insetInlineStart: `${stick}px` }}
      aria-colindex={place + 1}
      aria-sort={sorted ? (sorted.descending ? 'descending' : 'ascending') : 'none'}
      aria-describedby={props.helpId}
      tabIndex={props.activeColumn === place ? 0 : -1}
      data-column={place}
      data-row={-1}
      data-name={column.name}
      data-testid={`head-${column.name}`}
      title={columnHelp(t, column)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const resizing = event.target instanceof Element && event.target.classList.contains('head-edge');
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = { x: event.clientX, width: placed[place - 1]?.width ?? 0, resizing };
      }}
      onPointerMove={onMove}
      onPointerUp={(event) => onEnd(event, true)}
      onPointerCancel={(event) => onEnd(event, false)}
    >
      <span class="head-label">{label}</span>
      {sorted && <Icon name={sorted.descending ? 'down' : 'up'} />}
      <span class="head-edge" data-testid={`edge-${column.name}`} />
    </div>
  );
}

/** The place (from 0) of the column under the pointer. */
function placeUnder(event: PointerEvent, placed: readonly PlacedColumn[]): number {
  const row = event.currentTarget instanceof Element ? event.currentTarget.parentElement : null;
  const headings = [...(row?.querySelectorAll<HTMLElement>('.heading') ?? [])];
  const under = headings.filter((heading) => {
    const { left, right } = heading.getBoundingClientRect();
    return event.clientX >= left && event.clientX < right;
  });
  // A pinned heading lies over others.
  const heading = under.find((candidate) => candidate.classList.contains('stuck')) ?? under[0];
  if (heading) return Number(heading.dataset['column']) - 1;
  return event.clientX < (headings[0]?.getBoundingClientRect().left ?? 0) ? 0 : placed.length - 1;
}
