/** A view of a table as text, and back with care: it may be of another version, or of nobody's making. */
import * as z from 'zod/mini';
import { type RecordType, recordTypes } from '../../lib/core/record.ts';
import type { LibraryQuery, LibraryView } from '../../lib/messaging/protocol.ts';
import type { TableLayout } from './layout.ts';

export interface TableView {
  readonly query: LibraryQuery;
  /** Null: as the library shows it by itself. */
  readonly layout: TableLayout | null;
}

const name = z.string().check(z.maxLength(80));
const bound = z.nullable(z.number());

const filterSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('between'), column: name, from: bound, to: bound }),
  z.object({ kind: z.literal('one_of'), column: name, values: z.array(z.string()).check(z.maxLength(200)) }),
  z.object({ kind: z.literal('contains'), column: name, text: z.string() }),
  z.object({ kind: z.literal('missing'), column: name, missing: z.boolean() }),
]);

const viewSchema = z.object({
  version: z.literal(1),
  query: z.object({
    type: z.enum(recordTypes),
    project: z.nullable(z.string()),
    text: z.string(),
    filters: z.array(filterSchema).check(z.maxLength(60)),
    sort: z.nullable(z.object({ column: name, descending: z.boolean() })),
  }),
  layout: z.nullable(
    z.object({ shown: z.array(name), pinned: z.array(name), widths: z.record(z.string(), z.number()) }),
  ),
});

/** How a table is shown when nobody said otherwise. */
export function firstView(type: RecordType): TableView {
  return { query: { type, project: null, text: '', filters: [], sort: null }, layout: null };
}

export function writeView(view: TableView): string {
  return JSON.stringify({ version: 1, ...view });
}

/** Null for what is no view. */
export function readView(text: string): TableView | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = z.safeParse(viewSchema, json);
  return parsed.success ? { query: parsed.data.query, layout: parsed.data.layout } : null;
}

const lastPrefix = 'last:';

/** The id under which the way a table was last shown is kept: not one of the views that somebody named. */
export function lastViewId(type: RecordType): string {
  return lastPrefix + type;
}

/** The views that somebody named, with what they show; those that cannot be read any more are left out. */
export function namedViews(stored: readonly LibraryView[]): readonly (LibraryView & TableView)[] {
  return stored.flatMap((view) => {
    const read = view.id.startsWith(lastPrefix) ? null : readView(view.state);
    return read ? [{ ...view, ...read }] : [];
  });
}

/** How this table was last shown; null: it was not yet, or that cannot be read. */
export function lastView(stored: readonly LibraryView[], type: RecordType): TableView | null {
  const kept = stored.find(({ id }) => id === lastViewId(type));
  const read = kept ? readView(kept.state) : null;
  return read?.query.type === type ? read : null;
}
