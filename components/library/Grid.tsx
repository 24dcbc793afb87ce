import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RefKey } from '../../lib/core/ref.ts';
import { useTranslate } from '../hooks.tsx';
import { type Cell, moveBy } from './grid-keys.ts';
import { bodyHeight, rowHeight, scrollToRow } from './grid-range.ts';
import { GridHead } from './GridHead.tsx';
import { type DrawnColumn, GridRow } from './GridRow.tsx';
import { clampWidth, moveColumn, placeColumns, type PlacedColumn, resizeColumn, type TableLayout } from './layout.ts';
import { extend, nothingSelected, rangeTo, selectAll, type Selection, toggleOne } from './selection.ts';
import type { Result } from './use-result.ts';
import { useWriting } from './use-writing.ts';
import { useGradualRows } from './use-gradual-rows.ts';
import { checkWidth, useGridWindow } from './use-grid-window.ts';
import type { LibraryColumn, LibraryQuery } from '../../lib/messaging/protocol.ts';

/** Px by which a key widens a column. */
const widthStep = 16;

/** So long (ms) the drawer waits while one goes through the rows by key. */
const followMs = 140;

/** What the headings ask of the table. */
interface Calls {
  readonly all: (whole: boolean) => void;
  readonly sort: (name: string) => void;
  readonly move: (name: string, to: number) => void;
  readonly resize: (name: string, size: number, done: boolean) => void;
}

/** The table: only what is near its window is in the document, however many rows there are. */
export function Grid(props: {
  label: string;
  result: Result;
  columns: readonly LibraryColumn[];
  layout: TableLayout;
  sort: LibraryQuery['sort'];
  selection: Selection;
  /** What the drawer shows. */
  open: RefKey | null;
  /** Told which rows are drawn. */
  inSight: RefObject<{ first: number; end: number }>;
  onLayout: (layout: TableLayout) => void;
  onSort: (column: string) => void;
  onSelect: (selection: Selection) => void;
  onOpen: (ref: RefKey | null) => void;
}) {
  const t = useTranslate();
  const writing = useWriting();
  const { result, layout, selection } = props;
  const { total, blocks } = result;
  const helpId = useId();
  const [, setArrived] = useState(0);
  useEffect(() => result.onRows(() => setArrived((count) => count + 1)), [result]);
  // The width while an edge is dragged, before it is the layout's.
  const [resized, setResized] = useState<{ readonly name: string; readonly width: number } | null>(null);
  const placed = useMemo(
    () => placeColumns(resized ? resizeColumn(layout, resized.name, resized.width) : layout, props.columns),
    [layout, props.columns, resized],
  );
  const view = useGridWindow(total, placed);
  const { scroller, rows } = view;
  const [active, setActive] = useState<Cell>({ row: 0, column: 1 });
  const focusNext = useRef(false);
  const at: Cell = { row: Math.min(active.row, total - 1), column: Math.min(active.column, placed.length) };

  const drawn = useDrawn(placed, view.columns, at.column);
  props.inSight.current = { first: rows.first, end: rows.end };
  useEffect(() => blocks.want(rows.first, rows.end), [blocks, rows.first, rows.end]);

  // A new question begins at its top.
  const question = result.query;
  useLayoutEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive(({ column, row }) => ({ row: Math.min(row, 0), column }));
  }, [question]);

  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-row="${at.row}"] [data-column="${at.column}"]`);
    const heading = scroller.current?.querySelector<HTMLElement>(`.grid-head [data-column="${at.column}"]`);
    (at.row < 0 ? heading : cell)?.focus({ preventScroll: true });
  });

  function goTo(cell: Cell): void {
    focusNext.current = true;
    setActive(cell);
    const element = scroller.current;
    if (!element) return;
    const top = cell.row < 0 ? null : scrollToRow(cell.row, total, element.scrollTop, view.viewHeight());
    const left = scrollToColumn(placed, cell.column, element);
    if (top !== null || left !== null) {
      element.scrollTo({ ...(top === null ? {} : { top }), ...(left === null ? {} : { left }) });
      view.measure();
    }
  }

  const following = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(following.current), []);

  /** Once a drawer is open it follows the row that one goes to. */
  function follow(row: number): void {
    clearTimeout(following.current);
    if (!props.open) return;
    following.current = setTimeout(() => {
      const ref = blocks.row(row)?.ref;
      if (ref) props.onOpen(ref);
    }, followMs);
  }

  async function refsBetween(first: number, end: number): Promise<readonly RefKey[]> {
    const near = Array.from({ length: end - first }, (_value, index) => blocks.row(first + index)?.ref);
    const known = near.flatMap((ref) => (ref ? [ref] : []));
    return known.length === near.length ? known : (await result.refs()).slice(first, end);
  }

  async function selectTo(from: number, row: number): Promise<void> {
    const { first, end } = rangeTo(selection, from, row);
    props.onSelect(extend(selection, await refsBetween(first, end), from));
  }

  async function all(): Promise<void> {
    props.onSelect(selectAll(await result.refs()));
  }

  function toggle(row: number): void {
    const ref = blocks.row(row)?.ref;
    if (ref) props.onSelect(toggleOne(selection, ref, row));
  }

  function openRow(row: number): void {
    const ref = blocks.row(row)?.ref;
    if (ref) props.onOpen(ref);
  }

  function onHeadKey(event: KeyboardEvent): boolean {
    const name = placed[at.column - 1]?.column.name;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Enter' || event.key === ' ') {
      if (name) props.onSort(name);
      else void (selection.refs.size < total ? all() : props.onSelect(nothingSelected));
      return true;
    }
    if (!event.altKey || by === undefined || !name) return false;
    if (event.shiftKey) {
      const width = placed[at.column - 1]?.width ?? 0;
      props.onLayout(resizeColumn(layout, name, clampWidth(width + by * widthStep)));
      return true;
    }
    const moved = moveColumn(layout, name, at.column - 1 + by);
    if (moved !== layout) {
      props.onLayout(moved);
      goTo({ row: -1, column: at.column + by });
    }
    return true;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const control = event.ctrlKey || event.metaKey;
    if (at.row < 0 && onHeadKey(event)) event.preventDefault();
    else if (event.key === ' ' && at.row >= 0) {
      event.preventDefault();
      if (event.shiftKey) void selectTo(at.row, at.row);
      else toggle(at.row);
    } else if (event.key === 'Enter' && at.row >= 0) {
      event.preventDefault();
      openRow(at.row);
    } else if (event.key === 'Escape') {
      if (props.open) props.onOpen(null);
      else if (selection.refs.size > 0) props.onSelect(nothingSelected);
      else return;
      event.preventDefault();
    } else if (control && event.key.toLowerCase() === 'a') {
      event.preventDefault();
      void all();
    } else if (!event.altKey) {
      const page = Math.max(1, Math.floor(view.viewHeight() / rowHeight) - 1);
      const next = moveBy({ key: event.key, control }, at, { rows: total, columns: placed.length + 1, page });
      if (!next) return;
      event.preventDefault();
      goTo(next);
      if (event.shiftKey && next.row >= 0 && next.row !== at.row) void selectTo(Math.max(0, at.row), next.row);
      else if (next.row >= 0) follow(next.row);
    }
  }

  /** Whatever brought the focus there, keys go on from it. */
  function onFocusIn(event: FocusEvent): void {
    const cell = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-column]') : null;
    const row = Number(cell?.closest<HTMLElement>('[data-row]')?.dataset['row'] ?? Number.NaN);
    const column = Number(cell?.dataset['column'] ?? Number.NaN);
    if (Number.isNaN(row) || Number.isNaN(column) || (row === at.row && column === at.column)) return;
    setActive({ row, column });
  }

  function onClick(event: MouseEvent): void {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]') : null;
    const row = Number(cell?.closest<HTMLElement>('.grid-body [data-row]')?.dataset['row'] ?? Number.NaN);
    if (!cell || Number.isNaN(row)) return;
    const column = Number(cell.dataset['column']);
    setActive({ row, column });
    if (event.shiftKey) {
      window.getSelection()?.removeAllRanges();
      void selectTo(at.row, row);
    } else if (column === 0 || event.ctrlKey || event.metaKey) toggle(row);
    // Who marks words to copy them does not open the row.
    else if (window.getSelection()?.isCollapsed !== false) openRow(row);
  }

  // The headings know when they need not be drawn again, as the rows do: what they call is always the latest.
  const allSelected = total > 0 && selection.refs.size >= total;
  const calls = useRef<Calls | null>(null);
  calls.current = {
    all: (whole) => void (whole ? all() : props.onSelect(nothingSelected)),
    sort: props.onSort,
    move: (name, to) => props.onLayout(moveColumn(layout, name, to)),
    resize: (name, size, done) => {
      setResized(done ? null : { name, width: size });
      if (done) props.onLayout(resizeColumn(layout, name, size));
    },
  };
  const activeHeading = at.row < 0 ? at.column : null;
  const head = useMemo(
    () => (
      <GridHead
        type={question.type}
        placed={placed}
        columns={drawn}
        sort={props.sort}
        activeColumn={activeHeading}
        allSelected={allSelected}
        helpId={helpId}
        onAll={(whole) => calls.current?.all(whole)}
        onSort={(name) => calls.current?.sort(name)}
        onMove={(name, to) => calls.current?.move(name, to)}
        onResize={(name, size, done) => calls.current?.resize(name, size, done)}
      />
    ),
    [question.type, placed, drawn, props.sort, activeHeading, allSelected, helpId],
  );

  const width = placed.reduce((sum, column) => sum + column.width, checkWidth);
  const template = `${checkWidth}px ${placed.map((column) => `${column.width}px`).join(' ')}`;
  const indices = Array.from({ length: rows.end - rows.first }, (_value, index) => rows.first + index);
  // The row with the focus stays in the document wherever one scrolls.
  if (at.row >= 0 && (at.row < rows.first || at.row >= rows.end)) indices.push(at.row);
  const fetched = useGradualRows(blocks, indices);
  const shift = rows.first * rowHeight - rows.top;
  return (
    <div
      ref={scroller}
      class={view.sideways ? 'grid sideways' : 'grid'}
      role="grid"
      aria-label={props.label}
      aria-rowcount={total + 1}
      aria-colcount={placed.length + 1}
      aria-multiselectable="true"
      style={{ '--columns': template, '--width': `${width}px` }}
      data-testid="grid"
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocusIn={onFocusIn}
    >
      {head}
      <div role="rowgroup" class="grid-body" style={{ height: `${bodyHeight(total)}px` }}>
        {indices.map((index, place) => {
          const row = fetched[place] ?? null;
          return (
            <GridRow
              key={index}
              writing={writing}
              index={index}
              top={index * rowHeight - shift}
              row={row}
              columns={drawn}
              selected={row !== null && selection.refs.has(row.ref)}
              open={row !== null && row.ref === props.open}
              activeColumn={index === at.row ? at.column : null}
            />
          );
        })}
      </div>
      <Help id={helpId}>{t('library_head_keys')}</Help>
    </div>
  );
}

function Help(props: { id: string; children: ComponentChildren }) {
  return (
    <p id={props.id} class="unseen" hidden>
      {props.children}
    </p>
  );
}

/** The columns to draw: the pinned ones, those near the window, and the one with the focus. */
function useDrawn(
  placed: readonly PlacedColumn[],
  range: { readonly first: number; readonly last: number },
  activeColumn: number,
): readonly DrawnColumn[] {
  const columns = placed.flatMap(({ column, left, pinned }, index): DrawnColumn[] => {
    const isNear = index >= range.first && index <= range.last;
    if (!pinned && !isNear && index !== activeColumn - 1) return [];
    return [{ column, place: index + 1, stick: pinned ? checkWidth + left : null }];
  });
  // Rows are drawn again only where another column, place or pin is: a width is the grid's own.
  const key = columns.map(({ column, place, stick }) => `${column.name} ${place} ${stick}`).join('\n');
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key holds all of it that matters
  return useMemo(() => columns, [key]);
}

/** The scroll position that shows a column beside the pinned ones, px; null: it is in sight. */
function scrollToColumn(placed: readonly PlacedColumn[], column: number, element: HTMLElement): number | null {
  const target = placed[column - 1];
  if (!target || target.pinned) return column === 0 || target ? null : 0;
  const stuck = placed.reduce((sum, { pinned, width }) => (pinned ? sum + width : sum), 0);
  const room = element.clientWidth - checkWidth;
  if (target.left - element.scrollLeft < stuck) return Math.max(0, target.left - stuck);
  if (target.left + target.width > element.scrollLeft + room) return target.left + target.width - room;
  return null;
}
