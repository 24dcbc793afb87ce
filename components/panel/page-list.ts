/** The list of a page without its drawing: what kind and state each thing is in, how the list is sorted, filtered and selected from. */
import { hashtagKey } from '../../lib/analysis/hashtags.ts';
import type { Availability, PostRecord } from '../../lib/core/record.ts';
import { type EntityRef, parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import type { Entry, PageEntry } from '../../lib/messaging/protocol.ts';

/** One thing of the page with what is known of it; `entry` is undefined until the worker told. */
export interface ListItem {
  readonly ref: RefKey;
  readonly parsed: EntityRef;
  /** Where it stands on the page. */
  readonly place: PageEntry;
  readonly entry: Entry | undefined;
}

/** The page's things in its order, each with what is known of it. */
export function listItems(places: readonly PageEntry[], entries: ReadonlyMap<RefKey, Entry>): readonly ListItem[] {
  return places.flatMap((place) => {
    const parsed = parseRefKey(place.ref);
    return parsed ? [{ ref: place.ref, parsed, place, entry: entries.get(place.ref) }] : [];
  });
}

export type ItemType = 'video' | 'photo' | 'live' | 'product' | 'post';

/** `post`: nobody said yet whether it is a video or a photo post. */
export function itemType({ parsed, entry }: ListItem): ItemType {
  if (parsed.kind === 'product') return 'product';
  if (parsed.kind === 'live') return 'live';
  const record = entry?.record;
  if (record?.record_type !== 'post') return 'post';
  const type = record.post_type;
  if (type === 'video' || type === 'photo' || type === 'live') return type;
  return type === 'story' ? 'video' : 'post';
}

/**
 * `page`, `provider`: who gave the data. `failed`: the last lookup did not work and nothing is known. `seen`: on the page,
 * but its data was not. `unavailable`: the source says that it cannot be shown, and why is in its availability.
 */
export type ItemState =
  | { readonly is: 'page' | 'provider' | 'seen' | 'failed' | 'loading' }
  | { readonly is: 'unavailable'; readonly availability: Availability };

/** How it stands with the data of one thing. */
export function itemState({ entry }: ListItem): ItemState {
  if (entry?.status === 'loading') return { is: 'loading' };
  const record = entry?.record;
  if (!record) return { is: entry?.status === 'error' ? 'failed' : 'seen' };
  if (record.availability !== 'ok' && record.availability !== 'unknown') {
    return { is: 'unavailable', availability: record.availability };
  }
  return { is: record.collected_via === 'api' ? 'provider' : 'page' };
}

export const sortKeys = ['page', 'views', 'likes', 'comments', 'shares', 'saves', 'newest', 'price', 'sold'] as const;
export type SortKey = (typeof sortKeys)[number];

const postFigures: Partial<Record<SortKey, keyof PostRecord>> = {
  views: 'view_count',
  likes: 'like_count',
  comments: 'comment_count',
  shares: 'share_count',
  saves: 'save_count',
};

/** What an item is sorted by; null: not known, or nothing that this kind of thing has. */
function sortValue({ entry }: ListItem, key: SortKey): number | null {
  const record = entry?.record;
  if (record?.record_type === 'product') {
    if (key === 'price') return record.price_minor ?? record.price_min_minor;
    if (key === 'sold') return record.sold_count;
    return key === 'newest' ? record.created_at : null;
  }
  if (record?.record_type === 'post') {
    if (key === 'newest') return record.created_at ?? record.created_at_from_id ?? entry?.idTime ?? null;
    const field = postFigures[key];
    const value = field ? record[field] : null;
    return typeof value === 'number' ? value : null;
  }
  return key === 'newest' ? (entry?.idTime ?? null) : null;
}

/** Values of different groups are never compared: counts of two platforms differ in meaning, prices in currency. */
function sortGroup({ parsed, entry }: ListItem, key: SortKey): string {
  const record = entry?.record;
  const currency = key === 'price' && record?.record_type === 'product' ? (record.currency ?? '') : '';
  return `${parsed.platform} ${currency}`;
}

/** The ways to sort that say something about these items; `page` always does. */
export function usefulSorts(items: readonly ListItem[]): readonly SortKey[] {
  return sortKeys.filter((key) => key === 'page' || items.some((item) => sortValue(item, key) !== null));
}

/**
 * Sorted by what is known, the greatest or newest first unless `ascending`. What is not known comes last either way, and
 * equals keep the order of the page. Groups (platforms, currencies) stand one after the other as the page first shows them.
 */
export function sortItems(items: readonly ListItem[], key: SortKey, ascending: boolean): readonly ListItem[] {
  if (key === 'page') return ascending ? [...items].reverse() : items;
  const known = items.flatMap((item) => {
    const value = sortValue(item, key);
    return value === null ? [] : [{ item, value, group: sortGroup(item, key) }];
  });
  const groups = [...new Set(known.map(({ group }) => group))];
  const order = new Map(groups.map((group, index) => [group, index]));
  known.sort(
    (a, b) =>
      (order.get(a.group) ?? 0) - (order.get(b.group) ?? 0) || (ascending ? a.value - b.value : b.value - a.value),
  );
  return [...known.map(({ item }) => item), ...items.filter((item) => sortValue(item, key) === null)];
}

export const typeFilters = ['all', 'video', 'photo', 'live', 'product'] as const;
export const dataFilters = ['all', 'with', 'without', 'unsaved'] as const;

export interface ListFilter {
  /** Words that must all occur in what is known of an item; empty lets every item pass. */
  readonly text: string;
  readonly type: (typeof typeFilters)[number];
  readonly data: (typeof dataFilters)[number];
  /** A hashtag's name without #; null lets every item pass. */
  readonly hashtag: string | null;
}

export const noFilter: ListFilter = { text: '', type: 'all', data: 'all', hashtag: null };

function words(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().split(/\s+/u).filter(Boolean);
}

/** What a text filter looks through: what people wrote and call themselves, and ids. */
function searchedText({ parsed, entry }: ListItem): string {
  const record = entry?.record;
  const parts: (string | null)[] = [parsed.id];
  if (record?.record_type === 'post') {
    parts.push(record.caption, record.author_name, record.author_handle && `@${record.author_handle}`);
    parts.push(record.music_title, ...record.hashtags.map(({ name }) => `#${name}`));
  } else if (record?.record_type === 'product') parts.push(record.product_name, record.shop_name, record.brand);
  else if (record?.record_type === 'live') parts.push(record.title, record.author_name, record.author_handle);
  return parts.filter(Boolean).join('\n').normalize('NFKC').toLowerCase();
}

/** The items that pass every part of the filter, in their order. */
export function filterItems(items: readonly ListItem[], filter: ListFilter): readonly ListItem[] {
  const wanted = words(filter.text);
  const tag = filter.hashtag === null ? null : hashtagKey(filter.hashtag);
  return items.filter((item) => {
    if (filter.type !== 'all' && itemType(item) !== filter.type) return false;
    const hasData = item.entry ? item.entry.record !== null : item.place.hasData;
    if (filter.data === 'with' && !hasData) return false;
    if (filter.data === 'without' && hasData) return false;
    if (filter.data === 'unsaved' && item.place.saved) return false;
    if (tag !== null) {
      const record = item.entry?.record;
      if (record?.record_type !== 'post' || !record.hashtags.some(({ name }) => hashtagKey(name) === tag)) return false;
    }
    if (wanted.length === 0) return true;
    const text = searchedText(item);
    return wanted.every((word) => text.includes(word));
  });
}

export interface Selection {
  readonly refs: ReadonlySet<RefKey>;
  /** The last one that was clicked: where a range with Shift begins. */
  readonly anchor: RefKey | null;
}

export const noSelection: Selection = { refs: new Set(), anchor: null };

/**
 * Selects or deselects one item; with `range`, everything shown from the anchor to it is made the same as it. An anchor
 * that is no longer shown starts no range.
 */
export function toggle(selection: Selection, shown: readonly RefKey[], ref: RefKey, range: boolean): Selection {
  const refs = new Set(selection.refs);
  const on = !refs.has(ref);
  const from = range && selection.anchor ? shown.indexOf(selection.anchor) : -1;
  const to = shown.indexOf(ref);
  const changed = from < 0 || to < 0 ? [ref] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const one of changed) {
    if (on) refs.add(one);
    else refs.delete(one);
  }
  return { refs, anchor: ref };
}

/** Selects all that is shown, or deselects it where all of it is selected; what is not shown stays as it is. */
export function toggleAll(selection: Selection, shown: readonly RefKey[]): Selection {
  const refs = new Set(selection.refs);
  const all = shown.length > 0 && shown.every((ref) => refs.has(ref));
  for (const ref of shown) {
    if (all) refs.delete(ref);
    else refs.add(ref);
  }
  return { refs, anchor: null };
}

/** What of a selection is still on the page, in the order of the page: the page goes on while one chooses. */
export function selectedRefs(selection: Selection, items: readonly ListItem[]): readonly RefKey[] {
  return items.filter(({ ref }) => selection.refs.has(ref)).map(({ ref }) => ref);
}
