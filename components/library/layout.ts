/** Which columns a table shows, in which order, how wide, and which of them stay in sight. Pure. */
import type { LibraryColumn } from '../../lib/messaging/protocol.ts';

export interface TableLayout {
  /** Names of the columns that are shown, in their order. */
  readonly shown: readonly string[];
  /** Those of them that stay in sight; they are drawn before the others. */
  readonly pinned: readonly string[];
  /** Px, of the columns whose width somebody changed. */
  readonly widths: Readonly<Record<string, number>>;
}

/** A column with its place: `left` is where it begins, px from the first one. */
export interface PlacedColumn {
  readonly column: LibraryColumn;
  readonly width: number;
  readonly left: number;
  readonly pinned: boolean;
}

export const narrowest = 56;
export const widest = 900;

/** What a thing is called: it stands first, and has room. */
const leading = ['caption', 'product_name', 'title', 'text', 'hashtag', 'sku_name'];

const typeWidths: { readonly [Type in LibraryColumn['type']]: number } = {
  text: 150,
  list: 190,
  integer: 108,
  number: 108,
  boolean: 92,
  time: 150,
  duration: 84,
  money: 112,
};

const nameWidths: Readonly<Record<string, number>> = {
  author_handle: 150,
  author_bio: 260,
  description: 260,
  platform: 84,
  post_id: 184,
  product_id: 184,
  comment_id: 184,
  availability: 104,
  post_type: 96,
};

/** How wide a column is that nobody has changed, px. */
export function usualWidth({ name, type, formula }: LibraryColumn): number {
  if (formula !== undefined) return 140;
  return nameWidths[name] ?? (leading.includes(name) ? 300 : typeWidths[type]);
}

/** The columns that the library shows by itself. */
export function firstLayout(columns: readonly LibraryColumn[]): TableLayout {
  const shown = columns.filter((column) => column.shown).map(({ name }) => name);
  const first = shown.filter((name) => leading.includes(name));
  return { shown: [...first, ...shown.filter((name) => !leading.includes(name))], pinned: [], widths: {} };
}

/** A layout that may be of another day: without columns that are none any more; as at first where nothing is left. */
export function fittedLayout(layout: TableLayout | null, columns: readonly LibraryColumn[]): TableLayout {
  const names = new Set(columns.map(({ name }) => name));
  const shown = [...new Set(layout?.shown ?? [])].filter((name) => names.has(name));
  if (!layout || shown.length === 0) return firstLayout(columns);
  return {
    shown,
    pinned: layout.pinned.filter((name) => shown.includes(name)),
    widths: Object.fromEntries(
      Object.entries(layout.widths).flatMap(([name, width]) => (names.has(name) ? [[name, clampWidth(width)]] : [])),
    ),
  };
}

/** The columns as they are drawn: what is pinned, then the others. */
export function placeColumns(layout: TableLayout, columns: readonly LibraryColumn[]): readonly PlacedColumn[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const pinned = new Set(layout.pinned);
  let left = 0;
  return drawnOrder(layout).flatMap((name): PlacedColumn[] => {
    const column = byName.get(name);
    if (!column) return [];
    const width = layout.widths[name] ?? usualWidth(column);
    const placed = { column, width, left, pinned: pinned.has(name) };
    left += width;
    return [placed];
  });
}

function drawnOrder({ shown, pinned }: TableLayout): readonly string[] {
  return [...shown.filter((name) => pinned.includes(name)), ...shown.filter((name) => !pinned.includes(name))];
}

/** Shows a column behind the others, or hides it; the last one stays. */
export function toggleColumn(layout: TableLayout, name: string): TableLayout {
  if (!layout.shown.includes(name)) return { ...layout, shown: [...layout.shown, name] };
  if (layout.shown.length === 1) return layout;
  return {
    ...layout,
    shown: layout.shown.filter((other) => other !== name),
    pinned: layout.pinned.filter((other) => other !== name),
  };
}

export function togglePin(layout: TableLayout, name: string): TableLayout {
  const pinned = layout.pinned.includes(name)
    ? layout.pinned.filter((other) => other !== name)
    : [...layout.pinned, name];
  return { ...layout, pinned };
}

/** Moves a column to a place among those drawn (from 0); pinned ones stay before the others. */
export function moveColumn(layout: TableLayout, name: string, to: number): TableLayout {
  const order = drawnOrder(layout);
  const from = order.indexOf(name);
  if (from < 0) return layout;
  const border = layout.pinned.length;
  const [lowest, highest] = layout.pinned.includes(name) ? [0, border - 1] : [border, order.length - 1];
  const place = Math.min(highest, Math.max(lowest, to));
  if (place === from) return layout;
  const others = order.filter((other) => other !== name);
  return { ...layout, shown: [...others.slice(0, place), name, ...others.slice(place)] };
}

export function resizeColumn(layout: TableLayout, name: string, width: number): TableLayout {
  return { ...layout, widths: { ...layout.widths, [name]: clampWidth(width) } };
}

export function clampWidth(width: number): number {
  return Number.isFinite(width) ? Math.min(widest, Math.max(narrowest, Math.round(width))) : narrowest;
}
