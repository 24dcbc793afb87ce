/**
 * The columns of the library's tables. They are those of the codebook, with its words; but values are raw (Unix ms, ms,
 * minor units) and go by the names of the record's fields. Each says where its value comes from.
 */
import { type Metric, metrics } from '../../analysis/metrics.ts';
import { outlierMetrics } from '../../analysis/outliers.ts';
import { viewsPerHourInterval } from '../../analysis/view-speed.ts';
import { summaryFields } from '../../core/record-summary.ts';
import type { RecordType } from '../../core/record.ts';
import { columns as codebook } from '../../exporters/columns.ts';
import type { ColumnInfo } from '../../exporters/columns/column.ts';
import type { LibraryColumn } from '../../messaging/library-models.ts';
import { ownColumns, type OwnField, shownColumns } from './own-columns.ts';

/**
 * `summary`: the record's field, as its summary has it. `computed`: from other numbers of the same row. `own`: what the
 * library itself knows of the row.
 */
export type ColumnSource =
  | { readonly kind: 'summary'; readonly field: string }
  | { readonly kind: 'metric'; readonly metric: Metric }
  | { readonly kind: 'computed'; readonly compute: (numberOf: (field: string) => number | null) => number | null }
  | { readonly kind: 'own'; readonly field: OwnField };

export interface SourcedColumn {
  readonly column: LibraryColumn;
  readonly source: ColumnSource;
}

const otherForm = 'another form of created_at';
const parallel = 'a list beside another one, which is a column';
const shownOnly = 'an address or a structure, which is shown with the record';

/** Columns of the codebook that are none of the library's, each with the reason. */
export const notInLibrary: Readonly<Record<string, string>> = {
  created_at_unix: otherForm,
  created_at_local: otherForm,
  created_at_tz: otherForm,
  price: 'price_minor with its currency',
  hashtag_ids: parallel,
  hashtag_origins: parallel,
  mention_origins: parallel,
  subtitle_kinds: parallel,
  subtitle_urls: shownOnly,
  post_url: shownOnly,
  product_url: shownOnly,
  author_url: shownOnly,
  author_avatar_url: shownOnly,
  cover_url: shownOnly,
  media_url: shownOnly,
  music_url: shownOnly,
  sticker_url: shownOnly,
  image_urls: shownOnly,
  image_urls_expire_at_utc: 'about an address',
  collected_from_url: shownOnly,
  freight_json: shownOnly,
  attributes: shownOnly,
  options: shownOnly,
  properties: shownOnly,
  ai_flags: shownOnly,
  paid_flags: shownOnly,
  missing_reasons: shownOnly,
  raw_sha256: 'a hash says nothing by itself',
  product_description: 'pages of text, which are shown with the record',
  author_pseudonym: 'of the file that is written',
  pseudonym_scheme: 'of the file that is written',
  schema_version: 'of the file that is written',
  extension_version: 'of the file that is written',
};

/** Columns whose field in the summary is called something else, beside the times and durations. */
const fieldNames: Readonly<Record<string, string>> = { subtitle_languages: 'subtitles' };

/** The name that a column of the codebook has in the library. */
export function libraryName(name: string): string {
  return name.replace(/_utc$/u, '').replace(/duration_s$/u, 'duration_ms');
}

function typeOf(name: string, { type }: ColumnInfo): LibraryColumn['type'] {
  if (type === 'string' || type === 'json') return 'text';
  if (type === 'list' || type === 'boolean' || type === 'time') return type;
  if (name.endsWith('duration_ms')) return 'duration';
  return name.endsWith('_minor') ? 'money' : type;
}

const idTimeDelta: ColumnSource = {
  kind: 'computed',
  compute: (numberOf) => {
    const [created, fromId] = [numberOf('created_at'), numberOf('created_at_from_id')];
    return created === null || fromId === null ? null : Math.round((created - fromId) / 1000);
  },
};

const metricsByName = new Map(metrics.map((metric) => [metric.name, metric]));

function sourceOf(name: string): ColumnSource {
  const metric = metricsByName.get(name);
  if (metric) return { kind: 'metric', metric };
  return name === 'id_time_delta_s' ? idTimeDelta : { kind: 'summary', field: fieldNames[name] ?? name };
}

function fromCodebook(type: RecordType, info: ColumnInfo): SourcedColumn | null {
  if (Object.hasOwn(notInLibrary, info.name)) return null;
  const name = libraryName(info.name);
  const metric = metricsByName.get(name);
  const column: LibraryColumn = {
    name,
    type: typeOf(name, info),
    description: info.description,
    shown: shownColumns[type].includes(name),
    ...(metric ? { formula: metric.formula } : {}),
  };
  const own = ownColumns.find((candidate) => candidate.column.name === name);
  return { column, source: own ? { kind: 'own', field: own.field } : sourceOf(name) };
}

/** What only the observations of several times, or of several posts, tell. */
function overTime(type: RecordType): readonly SourcedColumn[] {
  if (type !== 'post') return [];
  const shown = (name: string): boolean => shownColumns.post.includes(name);
  const { name, formula, description } = viewsPerHourInterval;
  return [
    {
      column: { name, type: 'number', description, formula, shown: shown(name) },
      source: {
        kind: 'computed',
        compute: (numberOf) => viewsPerHourInterval.compute(numberOf('interval_views'), numberOf('interval_ms')),
      },
    },
    ...outlierMetrics.map((metric) => ({
      column: { ...metric, shown: shown(metric.name) },
      source: { kind: 'own', field: metric.name } as const,
    })),
  ];
}

function columnsOf(type: RecordType): readonly SourcedColumn[] {
  const named = codebook[type].flatMap((info: ColumnInfo) => fromCodebook(type, info) ?? []);
  const known = new Set(named.map(({ column }) => column.name));
  const own = ownColumns
    .filter(({ column }) => !known.has(column.name))
    .map(({ column, field }): SourcedColumn => {
      const isSummarised = summaryFields(type).includes(field);
      const source: ColumnSource = isSummarised ? { kind: 'summary', field } : { kind: 'own', field };
      return { column: { ...column, shown: shownColumns[type].includes(column.name) }, source };
    });
  // After the metrics that one look tells come those that need more of them.
  const metricsEnd = named.findLastIndex(({ source }) => source.kind === 'metric') + 1;
  return [...named.slice(0, metricsEnd), ...overTime(type), ...named.slice(metricsEnd), ...own];
}

const made = new Map<RecordType, readonly SourcedColumn[]>();

/** The columns of a type's table in the codebook's order, then the library's own. */
export function libraryColumns(type: RecordType): readonly SourcedColumn[] {
  const known = made.get(type) ?? columnsOf(type);
  made.set(type, known);
  return known;
}
