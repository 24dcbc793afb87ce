/** What the texts of a bundle say in numbers, counted while the rows are written. Holds nothing of a single row. */
import { metrics } from '../../analysis/metrics.ts';
import type { TableId } from '../../core/export-choices.ts';
import { type AnyRecord, type MissingReason, recordTypes, type RecordType } from '../../core/record.ts';

export type Counts = Readonly<Record<string, number>>;

/** From the first to the last, and of how many rows the time is known. Unix ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly known: number;
}

export interface CountFigures {
  /** Both the column's and the record's name of it. */
  readonly column: string;
  /** Rows that have a value. */
  readonly present: number;
  /** Rows of those whose value is as counted by the platform, not rounded. */
  readonly exact: number;
  /** Reason → rows without a value. */
  readonly missing: Readonly<Partial<Record<MissingReason | 'not_told', number>>>;
}

export interface TableFigures {
  readonly table: TableId;
  /** Things that its rows are made of; in a table of records the rows themselves. */
  readonly things: number;
  readonly platforms: Counts;
  /** Null: the things have no such time, or none is known. */
  readonly published: Span | null;
  readonly observed: Span | null;
  readonly fetched: Span | null;
  /** `page_json`, `page_xhr`, `dom`, `import` or `api:<provider>`. */
  readonly sources: Counts;
  /** What kind of page listed it; `none`: not met on a page. */
  readonly queries: Counts;
  readonly counts: readonly CountFigures[];
  /** Derived figures: of how many rows each could be computed. */
  readonly derived: readonly { readonly column: string; readonly n: number }[];
}

/** The figures that a study would report of each table. */
const mainCounts: { readonly [Type in RecordType]: readonly string[] } = {
  post: ['view_count', 'like_count', 'comment_count', 'share_count', 'save_count'],
  product: ['price_minor', 'sold_count', 'review_count'],
  sku: ['price_minor', 'stock'],
  author: ['author_follower_count', 'author_following_count', 'author_likes_received_count', 'author_post_count'],
  hashtag: ['view_count', 'post_count'],
  music: ['post_count'],
  collection: ['post_count', 'view_count'],
  comment: ['like_count', 'reply_count'],
  review: ['rating', 'like_count'],
  live: ['viewer_count', 'total_viewer_count', 'like_count'],
  shop: ['product_count', 'sold_count', 'review_count', 'follower_count'],
};

interface OpenCount {
  readonly column: string;
  present: number;
  exact: number;
  readonly missing: Partial<Record<MissingReason | 'not_told', number>>;
}

function addTo(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** The most frequent first; those that are equally frequent by name. */
function sorted(counts: ReadonlyMap<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)));
}

function longer(span: Span | null, time: number | null): Span | null {
  if (time === null) return span;
  if (!span) return { from: time, to: time, known: 1 };
  return { from: Math.min(span.from, time), to: Math.max(span.to, time), known: span.known + 1 };
}

/** All spans as one. */
export function together(spans: readonly (Span | null)[]): Span | null {
  return spans.reduce((whole, span) => {
    if (!whole || !span) return whole ?? span;
    return { from: Math.min(whole.from, span.from), to: Math.max(whole.to, span.to), known: whole.known + span.known };
  }, null);
}

/** The sums of the counts by name, the most frequent first. */
export function sumOf(list: readonly Counts[]): Counts {
  const all = new Map<string, number>();
  for (const counts of list) {
    for (const [name, count] of Object.entries(counts)) all.set(name, (all.get(name) ?? 0) + count);
  }
  return sorted(all);
}

export interface Counting {
  readonly add: (record: AnyRecord) => void;
  readonly result: () => TableFigures;
}

/** Counts a table's records. `isWritten`: whether the file holds a column; what it does not hold is not told of. */
export function countTable(table: TableId, isWritten: (column: string) => boolean, now: number): Counting {
  const type = recordTypes.find((one) => one === table);
  const platforms = new Map<string, number>();
  const sources = new Map<string, number>();
  const queries = new Map<string, number>();
  const counts = (type ? mainCounts[type] : [])
    .filter(isWritten)
    .map((column): OpenCount => ({ column, present: 0, exact: 0, missing: {} }));
  const derived = (type === 'post' ? metrics : [])
    .filter(({ name }) => isWritten(name))
    .map((metric) => ({ metric, n: 0 }));
  let things = 0;
  let published: Span | null = null;
  let observed: Span | null = null;
  let fetched: Span | null = null;

  const addCount = (count: OpenCount, record: AnyRecord): void => {
    const value: unknown = Reflect.get(record, count.column);
    if (typeof value === 'number') {
      count.present += 1;
      if (record.figures[count.column]?.precision === 'exact') count.exact += 1;
      return;
    }
    const reason = record.missing_reasons[count.column] ?? 'not_told';
    count.missing[reason] = (count.missing[reason] ?? 0) + 1;
  };

  return {
    add(record) {
      things += 1;
      addTo(platforms, record.platform);
      addTo(sources, record.api_provider === null ? record.collected_via : `api:${record.api_provider}`);
      addTo(queries, record.query_type ?? 'none');
      if ('created_at' in record) published = longer(published, record.created_at);
      observed = longer(observed, record.observed_at);
      fetched = longer(fetched, record.fetched_at);
      for (const count of counts) addCount(count, record);
      if (record.record_type !== 'post') return;
      for (const one of derived) if (one.metric.compute(record, now) !== null) one.n += 1;
    },
    result: () => ({
      table,
      things,
      platforms: sorted(platforms),
      published,
      observed,
      fetched,
      sources: sorted(sources),
      queries: sorted(queries),
      counts,
      derived: derived.map(({ metric, n }) => ({ column: metric.name, n })),
    }),
  };
}
