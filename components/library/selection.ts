/** What is selected of a table: refs, so that it outlives sorting and filtering. Pure. */
import type { RefKey } from '../../lib/core/ref.ts';

export interface Selection {
  readonly refs: ReadonlySet<RefKey>;
  /** The row from which a range extends; null: nothing was selected by itself yet. */
  readonly anchor: number | null;
  /** What was selected before the range: a range that shrinks again lets its own rows go. */
  readonly base: ReadonlySet<RefKey>;
}

export const nothingSelected: Selection = { refs: new Set(), anchor: null, base: new Set() };

/** Selects one row or takes it out; ranges extend from it. */
export function toggleOne(selection: Selection, ref: RefKey, row: number): Selection {
  const refs = new Set(selection.refs);
  if (!refs.delete(ref)) refs.add(ref);
  return { refs, anchor: row, base: refs };
}

/** The rows (`end` not included) between the anchor, or `from` where there is none yet, and this row. */
export function rangeTo(
  selection: Selection,
  from: number,
  row: number,
): { readonly first: number; readonly end: number } {
  const anchor = selection.anchor ?? from;
  return { first: Math.min(anchor, row), end: Math.max(anchor, row) + 1 };
}

/** Selects a range in the place of the last one. `from`: the row it began at, where nothing was selected by itself. */
export function extend(selection: Selection, refs: readonly RefKey[], from: number): Selection {
  const { anchor, base } = selection;
  return { refs: new Set([...base, ...refs]), anchor: anchor ?? from, base };
}

export function selectAll(refs: readonly RefKey[]): Selection {
  const all = new Set(refs);
  return { refs: all, anchor: null, base: all };
}
