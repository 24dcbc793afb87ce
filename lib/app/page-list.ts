/**
 * What a page lists, built up from what its DOM showed and what it loaded. Feeds take items out of the DOM again as one
 * scrolls; here every item stays, once, in its place. Pure.
 */
import type { PageContext } from '../core/page-data.ts';
import { noSighting, type Sighting } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import type { ListedStatus, ListedThing, PageList } from '../storage/session-buffer.ts';

/** More than a day of scrolling; a page that makes items up is cut. */
const maximumEntries = 20_000;
const maximumOthers = 20_000;
const maximumStatuses = 100;

/** One item as the DOM showed it. */
export interface ShownItem {
  readonly ref: RefKey;
  readonly role: 'card' | 'tile' | 'detail';
  readonly hook: string;
}

/** The list of a page that was opened just now. */
export function newList(
  key: string,
  { url, context, subject }: { url: string; context: PageContext; subject: RefKey | null },
): PageList {
  const { type, query, tab, personalised } = context;
  return { key, url, context: { type, query, tab, personalised }, subject, entries: [], others: [], statuses: {} };
}

/** Whether an entry has a place in the list as shown. */
export function isListed({ role }: Pick<ListedThing, 'role'>): boolean {
  return role === 'card' || role === 'tile';
}

/**
 * The order of a list after more of it was shown: what is new goes behind its predecessor on the page, and before the
 * next known one where it has none; where nothing on the page was known before, it goes to the end.
 */
export function mergeOrder(known: readonly RefKey[], shown: readonly RefKey[]): readonly RefKey[] {
  const places = new Set(known);
  const front: RefKey[] = [];
  const behind = new Map<RefKey, RefKey[]>();
  let first: RefKey | null = null;
  let last: RefKey | null = null;
  for (const ref of shown) {
    if (places.has(ref)) {
      first ??= ref;
      last = ref;
    } else if (last === null) {
      front.push(ref);
    } else {
      const followers = behind.get(last);
      if (followers) followers.push(ref);
      else behind.set(last, [ref]);
    }
  }
  if (front.length === 0 && behind.size === 0) return known;
  if (first === null) return [...known, ...front];
  return known.flatMap((ref) => [...(ref === first ? front : []), ref, ...(behind.get(ref) ?? [])]);
}

/** The list after the page showed these items. `now`: Unix ms. */
export function showItems(list: PageList, items: readonly ShownItem[], now: number): PageList {
  const known = new Map(list.entries.map((entry) => [entry.ref, entry]));
  const changed = new Map<RefKey, ListedThing>();
  const listed = new Map<RefKey, ShownItem>();
  for (const item of items) {
    if (isListed(item) && !listed.has(item.ref)) listed.set(item.ref, item);
    const before = changed.get(item.ref) ?? known.get(item.ref);
    // The place in the list says more than that the item was opened, or came with an answer.
    const stays = before && isListed(before);
    changed.set(item.ref, {
      ref: item.ref,
      role: stays ? before.role : item.role,
      hook: stays ? before.hook : item.hook,
      shown: true,
      has_data: before?.has_data ?? false,
      first_seen_at: before?.shown ? before.first_seen_at : now,
      last_seen_at: now,
    });
  }
  const merged = new Map([...known, ...changed]);
  const place = list.entries.flatMap((entry) => (isListed(entry) ? [entry.ref] : []));
  const order = mergeOrder(place, [...listed.keys()]);
  return { ...list, entries: inOrder(merged, order) };
}

/** What has a place first, then details, then what was only loaded. */
function inOrder(entries: ReadonlyMap<RefKey, ListedThing>, order: readonly RefKey[]): readonly ListedThing[] {
  const placed = new Set(order);
  const rest = [...entries.values()].filter(({ ref }) => !placed.has(ref));
  return [
    ...order.flatMap((ref) => entries.get(ref) ?? []),
    ...rest.filter(({ role }) => role === 'detail'),
    ...rest.filter(({ role }) => role !== 'detail'),
  ].slice(0, maximumEntries);
}

/** The list after the page loaded items of it, in its order. What it already holds stays as it is. */
export function loadItems(list: PageList, refs: readonly RefKey[], now: number): PageList {
  const known = new Set(list.entries.map(({ ref }) => ref));
  const fresh = [...new Set(refs)].filter((ref) => !known.has(ref));
  if (fresh.length === 0) return list;
  const added = fresh.map(
    (ref): ListedThing => ({
      ref,
      role: 'data',
      hook: null,
      shown: false,
      has_data: true,
      first_seen_at: now,
      last_seen_at: now,
    }),
  );
  return { ...list, entries: [...list.entries, ...added].slice(0, maximumEntries) };
}

/** The list after the page brought other things: comments, authors, hashtags. */
export function addOthers(list: PageList, refs: readonly RefKey[]): PageList {
  const known = new Set(list.others);
  const fresh = [...new Set(refs)].filter((ref) => !known.has(ref));
  return fresh.length === 0 ? list : { ...list, others: [...list.others, ...fresh].slice(0, maximumOthers) };
}

/** The list after the platform said how it stands with a thing of which it gave no record. */
export function addStatus(list: PageList, ref: RefKey, status: ListedStatus): PageList {
  const statuses = Object.entries({ ...list.statuses, [ref]: status });
  return { ...list, statuses: Object.fromEntries(statuses.slice(-maximumStatuses)) };
}

/**
 * Place in the list as shown, from 1, by ref; details and what was only loaded have none. What an API lists is in the
 * API's order, all of it.
 */
export function ranksOf({ api, entries }: PageList): ReadonlyMap<RefKey, number> {
  const placed = api ? entries : entries.filter(isListed);
  return new Map(placed.map(({ ref }, index) => [ref, index + 1]));
}

/** Where and how each thing of the list was met; for what is none of its entries: on which page. */
export function sightingsOf(list: PageList): (ref: RefKey) => Sighting {
  const ranks = ranksOf(list);
  const entries = new Map(list.entries.map((entry) => [entry.ref, entry]));
  const { type, query, tab, personalised } = list.context;
  const page = {
    ...noSighting,
    query_type: type,
    query_text: query,
    page_tab: tab,
    feed_personalised: personalised,
  };
  return (ref) => {
    const entry = entries.get(ref);
    if (!entry) return page;
    return {
      ...page,
      result_rank: ranks.get(ref) ?? null,
      // An API's answer was loaded by no page.
      shown_on_page: list.api ? null : entry.shown,
      first_seen_at: entry.first_seen_at,
      last_seen_at: entry.last_seen_at,
    };
  };
}

/** Everything of the list, each once: its entries, then the others. */
export function refsOfList(list: PageList): readonly RefKey[] {
  return [...new Set([...list.entries.map(({ ref }) => ref), ...list.others])];
}
