/**
 * What the library's page asks of the worker beside it, which reads the databases, holds the index and writes files.
 * Types only. Everything crosses by structured clone; what is awaited is answered in order.
 */
import type { FigureDifference } from '../core/differences.ts';
import type { TableId } from '../core/export-choices.ts';
import type { WireError } from '../core/errors.ts';
import type { Observation } from '../core/observation.ts';
import type { AnyRecord, MissingReason, Precision, RecordType, SkuRecord } from '../core/record.ts';
import type { Platform, RefKey } from '../core/ref.ts';
import type { SentFile } from './destination-models.ts';
import type { ExportChoices, ExportPreview } from './export-models.ts';

/** How far something long has come. `total`: null where nobody knows it yet. */
export interface Progress {
  readonly done: number;
  readonly total: number | null;
}

/** What there is, for menus and for the empty state. */
export interface LibraryFacts {
  /** Records by type; only those that the library lists. */
  readonly counts: Readonly<Partial<Record<RecordType, number>>>;
  readonly platforms: readonly Platform[];
  /** Provider ids and `page`. */
  readonly sources: readonly string[];
  /** Product categories of the first level. */
  readonly categories: readonly string[];
  readonly tags: readonly string[];
}

/**
 * One condition on one column. A record whose value is null fulfils none but `missing`. `between`: both ends included,
 * null is open; times are Unix ms, durations ms, money minor units.
 */
export type LibraryFilter =
  | { readonly kind: 'between'; readonly column: string; readonly from: number | null; readonly to: number | null }
  /** One of these values, compared without case; of a list column, if any element is one of them. */
  | { readonly kind: 'one_of'; readonly column: string; readonly values: readonly string[] }
  /** The text somewhere in the column, without case. */
  | { readonly kind: 'contains'; readonly column: string; readonly text: string }
  | { readonly kind: 'missing'; readonly column: string; readonly missing: boolean };

export interface LibraryQuery {
  readonly type: RecordType;
  /** Null: whatever project it is in, or none. */
  readonly project: string | null;
  /** Words that must all occur somewhere in the record's texts, without case; empty: everything. */
  readonly text: string;
  /** All of them must hold. */
  readonly filters: readonly LibraryFilter[];
  /** Null values come last in either direction. Null: the newest id first. */
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
}

/** A column of the library's table: those of the codebook, and the library's own. */
export interface LibraryColumn {
  readonly name: string;
  readonly type: 'text' | 'list' | 'integer' | 'number' | 'boolean' | 'time' | 'duration' | 'money';
  readonly description: { readonly en: string; readonly zh_CN: string };
  /** Shown when nobody chose columns. */
  readonly shown: boolean;
  /** Of a metric: its formula. */
  readonly formula?: string;
}

export interface LibraryResult {
  /** Names this result; `rows` of an older one are refused. */
  readonly generation: number;
  readonly total: number;
}

export type CellValue = string | number | boolean | null | readonly string[];

/** One row of the table. Values are raw (Unix ms, ms, minor units), by column name. */
/** What cells say of a value beside itself: whole records of all rows near the window would be a burden of their own. */
export interface RowRecord {
  readonly api_provider: string | null;
  readonly missing_reasons: Readonly<Record<string, MissingReason>>;
  /** At least of those figures that are not exact. */
  readonly figures: Readonly<Record<string, { readonly precision: Precision }>>;
  /** ISO 4217; absent: the record has no amounts. */
  readonly currency?: string | null;
}

export interface LibraryRow {
  readonly ref: RefKey;
  readonly record: RowRecord;
  /** By column; what is not known has none. */
  readonly values: Readonly<Record<string, CellValue>>;
  readonly observationCount: number;
  readonly tags: readonly string[];
  readonly hasNote: boolean;
}

/** One figure over its observations, oldest first. A gap between two looks is a gap. */
export interface HistoryPoint {
  /** Unix ms at which the source saw it. */
  readonly at: number;
  readonly value: number | null;
  readonly precision: Precision | null;
  readonly source: string;
}

export interface LibraryDetail {
  readonly ref: RefKey;
  readonly url: string | null;
  readonly record: AnyRecord;
  readonly skus: readonly SkuRecord[];
  readonly differences: readonly FigureDifference[];
  /** Every observation, oldest first, without raw texts. */
  readonly observations: readonly Omit<Observation, 'raw'>[];
  /** By column: every count and price that any observation has. */
  readonly history: Readonly<Record<string, readonly HistoryPoint[]>>;
  /** Project ids. */
  readonly projects: readonly string[];
  readonly tags: readonly string[];
  readonly note: string;
}

export interface HashtagRow {
  readonly platform: Platform;
  /** Without #. */
  readonly name: string;
  readonly posts: number;
  /** Of the posts looked at of its platform, 0 to 1. */
  readonly share: number;
  /** Posts that carry it, by the month of their publishing (`2026-11`); posts without a time are in none. */
  readonly months: Readonly<Record<string, number>>;
  /**
   * Growth: posts published in the last 30 days before the newest post looked at, less those of the 30 days before;
   * null where the posts looked at do not span 60 days.
   */
  readonly growth: number | null;
  /** Median of what is known; null: nothing is. */
  readonly medianViews: number | null;
  readonly medianLikes: number | null;
  /** The five that stand beside it most often. */
  readonly beside: readonly { readonly name: string; readonly posts: number }[];
}

/** Posts that carry both of two hashtags. */
export interface HashtagPair {
  readonly platform: Platform;
  readonly one: string;
  readonly other: string;
  readonly posts: number;
}

export interface HashtagReport {
  readonly posts: number;
  /** Hashtags there are; the rows are the most used of them. */
  readonly distinct: number;
  readonly rows: readonly HashtagRow[];
  readonly pairs: readonly HashtagPair[];
}

export interface TermRow {
  readonly term: string;
  /** Posts whose caption, or products whose name, holds it, and occurrences in all. */
  readonly records: number;
  readonly occurrences: number;
}

export interface CategoryRow {
  readonly platform: Platform;
  /** "女装 › 衬衫"; the levels that are known. */
  readonly category: string;
  readonly products: number;
  readonly medianPriceMinor: number | null;
  readonly currency: string | null;
  readonly soldCount: number | null;
}

export interface KeywordReport {
  readonly records: number;
  /** Terms there are; those that are listed are in the most records. */
  readonly distinct: number;
  readonly terms: readonly TermRow[];
  readonly categories: readonly CategoryRow[];
}

export interface Outlier {
  readonly ref: RefKey;
  readonly caption: string | null;
  readonly views: number;
  /** `outlier_x_median`: views divided by the median views of the author's other captured posts. */
  readonly timesMedian: number;
  /** `outlier_n`: how many those are; never under 5. */
  readonly n: number;
}

export interface AuthorRow {
  readonly platform: Platform;
  /** Null where only the posts name the author, and not by what a ref is made of. */
  readonly ref: RefKey | null;
  readonly handle: string | null;
  readonly name: string | null;
  /** Posts of the author among those looked at, and those that the profile says there are. */
  readonly captured: number;
  readonly declared: number | null;
  readonly followers: number | null;
  /** Medians over those captured posts that have the figure, with their number. */
  readonly medianViews: number | null;
  readonly medianViewsN: number;
  readonly medianLikes: number | null;
  readonly medianLikesN: number;
  /** Three times the median or more, the highest first; at most five. */
  readonly outliers: readonly Outlier[];
  readonly firstPostAt: number | null;
  readonly lastPostAt: number | null;
}

export interface AuthorReport {
  readonly posts: number;
  readonly rows: readonly AuthorRow[];
}

/** 2 to 10 posts, or products, side by side. */
export interface CompareReport {
  readonly items: readonly LibraryDetail[];
  /** The figures and metrics that at least one of them has, in the codebook's order. */
  readonly rows: readonly {
    readonly column: LibraryColumn;
    readonly values: readonly (number | null)[];
    /** The place in `items` of the highest. Raw counts are never ranked across platforms; null: nobody leads. */
    readonly highest: number | null;
  }[];
}

export interface ImportOptions {
  readonly project: string;
  /** File name, for the provenance; null: pasted. */
  readonly name: string | null;
  /** What numbers alone are in a list; absent or null: they name nothing, and are told. */
  readonly numbers?: { readonly platform: Platform; readonly kind: 'post' | 'product' | 'author' } | null;
}

export interface ImportOutcome {
  /** What it was recognised as: an importer's id; null: nothing that is known. */
  readonly format: string | null;
  /** Things of the file that were read: its items, rows or lines. */
  readonly items: number;
  /** What they say: observations, known ones too. */
  readonly records: number;
  /** Observations that were not there before. */
  readonly added: number;
  /**
   * Refs without data, as of a list of ids: they are in the project, and can be looked up. Short links are not in it: where
   * they lead is to be found out first.
   */
  readonly refs: readonly RefKey[];
  /** What could not be read: the first twenty, by line from 1. `message` is a key, `parameters` fill its placeholders. */
  readonly problems: readonly {
    readonly line: number;
    readonly message: string;
    readonly parameters: readonly string[];
    readonly text: string;
  }[];
  readonly problemCount: number;
  readonly error: WireError | null;
}

export interface RestoreOutcome {
  /** Unix ms at which the backup was made. */
  readonly madeAt: number | null;
  readonly restored: Readonly<Record<string, number>>;
  /** Things that were there already. */
  readonly known: number;
  readonly problems: number;
  /** The file ends before its end: what came before is restored. */
  readonly truncated: boolean;
  readonly error: WireError | null;
}

export interface LibraryFile {
  readonly name: string;
  readonly blob: Blob;
  readonly rows: number;
  /** Rows that the format cannot hold, by the key of the message that says why; its `$1` is their number. Absent: none. */
  readonly skipped?: Readonly<Record<string, number>>;
}

export interface LibraryService {
  /** The first rows of a type in the library's own order, before the index is ready; quick. */
  first(type: RecordType, count: number): Promise<readonly LibraryRow[]>;
  /** Reads everything into the index; resolves when queries can be asked. */
  open(progress: (progress: Progress) => void): Promise<LibraryFacts>;
  /** Reads these again; null: everything. */
  refresh(refs: readonly RefKey[] | null, progress: (progress: Progress) => void): Promise<LibraryFacts>;
  columns(type: RecordType): Promise<readonly LibraryColumn[]>;
  query(query: LibraryQuery): Promise<LibraryResult>;
  /** Rows `from` to `to` (not included) of a result; empty where it is not the newest any more. */
  rows(generation: number, from: number, to: number): Promise<readonly LibraryRow[]>;
  /** All refs of a result, in its order. */
  refs(generation: number): Promise<readonly RefKey[]>;
  /** Null: nothing is stored of it. */
  detail(ref: RefKey): Promise<LibraryDetail | null>;
  /** The scrubbed text that one observation was read from; null: none was kept. `index` as in the detail. */
  raw(ref: RefKey, index: number): Promise<string | null>;
  hashtags(query: LibraryQuery): Promise<HashtagReport>;
  keywords(query: LibraryQuery): Promise<KeywordReport>;
  authors(query: LibraryQuery): Promise<AuthorReport>;
  /** Throws AppError `bad_request` where they are not 2 to 10 of one type. */
  compare(refs: readonly RefKey[]): Promise<CompareReport>;
  /** Adds tags, takes tags away, and writes the note where one is given. */
  annotate(
    refs: readonly RefKey[],
    change: { readonly add?: readonly string[]; readonly remove?: readonly string[]; readonly note?: string },
  ): Promise<void>;
  /** Every thing that is stored in a project; null: everything. */
  things(project: string | null): Promise<readonly RefKey[]>;
  /** The files of what was chosen of these things, for the page to save; they are remembered as exported by the active project. */
  export(
    refs: readonly RefKey[],
    choices: ExportChoices,
    progress: (progress: Progress) => void,
  ): Promise<readonly LibraryFile[]>;
  /** Makes the files and sends them to a destination instead of handing them out. Rejects with AppError. */
  send(
    refs: readonly RefKey[],
    choices: ExportChoices,
    destination: string,
    progress: (progress: Progress) => void,
  ): Promise<readonly SentFile[]>;
  /** How they would begin. `table`: the one to show; null: the first. */
  previewExport(refs: readonly RefKey[], choices: ExportChoices, table: TableId | null): Promise<ExportPreview>;
  /** Ends an export under way, which rejects with `cancelled`. */
  stopExport(): Promise<void>;
  import(source: Blob | string, options: ImportOptions, progress: (progress: Progress) => void): Promise<ImportOutcome>;
  backup(progress: (progress: Progress) => void): Promise<LibraryFile>;
  restore(file: Blob, progress: (progress: Progress) => void): Promise<RestoreOutcome>;
}
