/** Follows a list by its cursor: what a page leads to, and when the list is at its end. Pure. */
import type { Job, ListingPlan } from '../core/job.ts';
import type { RefKey } from '../core/ref.ts';
import type { ListedPage } from './job-ports.ts';

/** What this worker has seen of a list. After its death the things are read from the store again, the cursors are not. */
export interface ListingMemory {
  readonly refs: Set<RefKey>;
  /** Where pages began: one that is named again leads in a circle. */
  readonly cursors: Set<string | null>;
  /** Pages in a row that held nothing new. */
  barren: number;
}

export function newMemory(refs: readonly RefKey[]): ListingMemory {
  return { refs: new Set(refs), cursors: new Set(), barren: 0 };
}

/** Pages in a row without anything new after which a list stands still, whatever its cursors say. */
const mostBarren = 3;

export interface PageReading {
  /** What is new and wanted of it, in its order. */
  readonly fresh: readonly RefKey[];
  /** Where the next page begins; null: this was the last one wanted. */
  readonly cursor: string | null;
}

function isAfter(since: number | null, published: number | null): boolean {
  return since === null || published === null || published >= since;
}

/** Reads the page that came for the job's cursor. */
export function readPage(
  { most, since }: ListingPlan,
  { cursor: asked, counts }: Pick<Job, 'cursor' | 'counts'>,
  { things, cursor }: Pick<ListedPage, 'things' | 'cursor'>,
  memory: ListingMemory,
): PageReading {
  const wanted = things.filter(({ published_at }) => isAfter(since, published_at));
  const unknown = [...new Set(wanted.map(({ ref }) => ref))].filter((ref) => !memory.refs.has(ref));
  const room = most === null ? unknown.length : Math.max(0, most - counts.total);
  const fresh = unknown.slice(0, room);
  const barren = unknown.length === 0 ? memory.barren + 1 : 0;
  const isLast =
    cursor === null ||
    things.length === 0 ||
    // Nothing published since: pinned things stand before newer ones, so that one old thing says nothing.
    wanted.length === 0 ||
    cursor === asked ||
    memory.cursors.has(cursor) ||
    barren >= mostBarren ||
    (most !== null && counts.total + fresh.length >= most);
  return { fresh, cursor: isLast ? null : cursor };
}

/** What is remembered after a page was committed. */
export function remember(memory: ListingMemory, asked: string | null, { fresh }: PageReading): void {
  memory.cursors.add(asked);
  memory.barren = fresh.length === 0 ? memory.barren + 1 : 0;
  for (const ref of fresh) memory.refs.add(ref);
}

/** Whether a list has nothing more to give: it was begun, and there is no place to go on from. */
export function isAtEnd({ pages, cursor }: Pick<Job, 'pages' | 'cursor'>): boolean {
  return pages > 0 && cursor === null;
}
