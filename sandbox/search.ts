/** Searches as the stand-ins for APIs do them: every word must occur, and results come in pages that are counted from 1. */

/** The things of which the text holds every word of the query, upper or lower case. An empty query finds nothing. */
export function findByWords<Thing>(things: readonly Thing[], textOf: (thing: Thing) => string, query: string): Thing[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  return things.filter((thing) => {
    const text = textOf(thing).toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** One page of a list. */
export interface Page<Thing> {
  readonly things: readonly Thing[];
  readonly page: number;
  readonly pageSize: number;
  readonly pageCount: number;
  readonly total: number;
}

/** The page of this number; beyond the last one it is empty. */
export function pageOf<Thing>(list: readonly Thing[], page: number, pageSize: number): Page<Thing> {
  return {
    things: list.slice((page - 1) * pageSize, page * pageSize),
    page,
    pageSize,
    pageCount: Math.ceil(list.length / pageSize),
    total: list.length,
  };
}
