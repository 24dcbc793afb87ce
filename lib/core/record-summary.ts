/**
 * What lists, filters and reports need of a record, as one short row: a record's addresses, structures and notes are most
 * of its size, and to read a hundred thousand of them takes half a minute. A summary is written with its record.
 */
import { noAuthor, noCollection, noComment, noHashtag, noLive, noMusic } from './record-defaults.ts';
import { noPost, noProduct, noReview, noShop, noSku } from './record-defaults.ts';
import { type AnyRecord, type Precision, precisionOrder, type RecordType, recordTypes } from './record.ts';
import type { RefKey } from './ref.ts';
import type { ViewInterval } from './view-interval.ts';

/** A list is of texts, and never empty: null instead. */
export type SummaryValue = string | number | boolean | null | readonly string[];

export interface RecordSummary {
  readonly ref_key: RefKey;
  /** Names the type and the fields of `values`, see `summaryForm`; another number: it is of another version. */
  readonly form: number;
  readonly values: readonly SummaryValue[];
}

/** What a summary is made of. */
export interface Summarised {
  readonly ref_key: RefKey;
  readonly record: AnyRecord;
  readonly observation_count: number;
  readonly view_interval?: ViewInterval | null;
}

const address = 'an address: it expires, or follows from the id';
const structure = 'a structure, not one value';

/** The fields that no summary holds, each with the reason. They are shown with the record itself. */
export const notSummarised: Readonly<Record<string, string>> = {
  record_type: 'the same for the whole table',
  figures: structure,
  missing_reasons: structure,
  attributes: structure,
  options: structure,
  properties: structure,
  ai_flags: structure,
  paid_flags: structure,
  freight_json: structure,
  post_url: address,
  product_url: address,
  author_url: address,
  author_avatar_url: address,
  cover_url: address,
  media_url: address,
  music_url: address,
  sticker_url: address,
  image_urls: address,
  image_urls_expire_at: 'about an address',
  collected_from_url: 'an address: query_type and query_text say in words what it was',
  raw_sha256: 'a hash says nothing by itself',
  product_description: 'pages of text; the name, the brand and the categories say what it is',
  query_type: 'of the saving, not of the record',
  query_text: 'of the saving, not of the record',
  page_tab: 'of the saving, not of the record',
  feed_personalised: 'of the saving, not of the record',
  result_rank: 'of the saving, not of the record',
  shown_on_page: 'of the saving, not of the record',
  first_seen_at: 'of the saving, not of the record',
  last_seen_at: 'of the saving, not of the record',
};

const shared = [
  'platform',
  'availability',
  'collected_via',
  'api_provider',
  'api_endpoint',
  'observed_at',
  'fetched_at',
];

/** What is computed while the whole record is at hand. */
const computed = {
  observation_count: ({ observation_count: count }) => count,
  /** Provider ids and `page`: whoever said something that the record still says. */
  sources: ({ record }) => sourcesOf(record),
  counts_precision: ({ record }) => worstPrecision(record),
  counts_source: ({ record }) => [...new Set(figureNotes(record).map(({ source }) => source))].join(';') || null,
  sold_count_precision: ({ record }) =>
    record.record_type === 'product' && record.sold_count !== null
      ? (record.figures['sold_count']?.precision ?? 'unknown')
      : null,
  image_count: ({ record }) =>
    'image_urls' in record && record.image_urls.length > 0 ? record.image_urls.length : null,
  /** Unix ms at which the source saw the views. */
  views_observed_at: ({ record }) => record.figures['view_count']?.observed_at ?? null,
  /** Views between the last two looks, and the ms between them. */
  interval_views: ({ view_interval: interval }) => (interval ? interval.later.value - interval.earlier.value : null),
  interval_ms: ({ view_interval: interval }) => (interval ? interval.later.at - interval.earlier.at : null),
} satisfies Readonly<Record<string, (kept: Summarised) => SummaryValue>>;

function figureNotes(record: AnyRecord) {
  return Object.entries(record.figures).flatMap(([field, note]) => {
    const value: unknown = Reflect.get(record, field);
    return value === null || value === undefined ? [] : [note];
  });
}

function worstPrecision(record: AnyRecord): Precision | null {
  const ranks = figureNotes(record).map(({ precision }) => precisionOrder.indexOf(precision));
  return precisionOrder[Math.max(...ranks)] ?? null;
}

function sourcesOf(record: AnyRecord): readonly string[] {
  const read = figureNotes(record).map(({ source }) => (source.startsWith('api:') ? source.slice(4) : 'page'));
  return [...new Set([record.api_provider ?? 'page', ...read])];
}

const ownFields: { readonly [Type in RecordType]: readonly string[] } = {
  post: ['post_id', ...Object.keys(noPost)],
  product: ['product_id', ...Object.keys(noProduct)],
  sku: ['product_id', 'sku_id', ...Object.keys(noSku)],
  author: Object.keys(noAuthor),
  hashtag: Object.keys(noHashtag),
  music: ['music_id', ...Object.keys(noMusic)],
  collection: ['collection_id', ...Object.keys(noCollection)],
  comment: ['comment_id', ...Object.keys(noComment)],
  review: ['review_id', ...Object.keys(noReview)],
  live: Object.keys(noLive),
  shop: ['shop_id', ...Object.keys(noShop)],
};

interface Form {
  readonly type: RecordType;
  readonly number: number;
  /** The record's own fields, then those that are computed. */
  readonly recordFields: readonly string[];
  readonly fields: readonly string[];
}

/** FNV-1a: what is not the same text is, for all that matters here, not the same number. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Counts up when a field's value in a summary is made differently. */
const version = 1;

function formOf(type: RecordType): Form {
  const recordFields = [...shared, ...ownFields[type]].filter((field) => !Object.hasOwn(notSummarised, field));
  const fields = [...recordFields, ...Object.keys(computed)];
  return { type, recordFields, fields, number: numberOf(`${version} ${type} ${fields.join()}`) };
}

const forms = new Map(recordTypes.map((type) => [type, formOf(type)]));
const formsByNumber = new Map([...forms.values()].map((form) => [form.number, form]));

function knownForm(type: RecordType): Form {
  return forms.get(type) ?? formOf(type);
}

/** What the `values` of a type's summaries are, in their order. */
export function summaryFields(type: RecordType): readonly string[] {
  return knownForm(type).fields;
}

/** The type that a form is of; null: it is of another version, and its summary is to be made again. */
export function summaryType(form: number): RecordType | null {
  return formsByNumber.get(form)?.type ?? null;
}

/** One field as a summary has it: of hashtags the names, of mentions the accounts, of subtitles the languages. */
function valueOf(value: unknown): SummaryValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value) || value.length === 0) return null;
  const texts = value.flatMap((one: unknown) => {
    if (typeof one === 'string') return [one];
    if (typeof one !== 'object' || one === null) return [];
    const text = 'name' in one ? one.name : 'account' in one ? one.account : 'language' in one ? one.language : null;
    return typeof text === 'string' ? [text] : [];
  });
  return texts.length === 0 ? null : texts;
}

/** The summary of a kept record. */
export function summaryOf(kept: Summarised): RecordSummary {
  const { number, recordFields } = knownForm(kept.record.record_type);
  const values = recordFields.map((field) => valueOf(Reflect.get(kept.record, field)));
  for (const compute of Object.values(computed)) values.push(compute(kept));
  return { ref_key: kept.ref_key, form: number, values };
}
