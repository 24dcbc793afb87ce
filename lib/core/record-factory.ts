/**
 * Makes records from readings, so that a payload names only what it found: everything else becomes null (or its
 * type's way of saying nothing) with the reason why.
 */
import {
  type AnyRecord,
  type FigureNote,
  type MissingReason,
  noSighting,
  type PostRecord,
  type Precision,
  type ProductRecord,
  type Provenance,
  type RecordType,
  type SkuRecord,
} from './record.ts';
import {
  type AuthorRecordFields,
  type CollectionFields,
  type CommentFields,
  type HashtagFields,
  type LiveFields,
  type MusicFields,
  noAuthor,
  noCollection,
  noComment,
  noHashtag,
  noLive,
  noMusic,
  noPost,
  noProduct,
  noReview,
  noShop,
  noSku,
  type PostFields,
  type ProductFields,
  type ReviewFields,
  type ShopFields,
  type SkuFields,
} from './record-defaults.ts';
import type {
  AuthorRecord,
  CollectionRecord,
  CommentRecord,
  HashtagRecord,
  LiveRecord,
  MusicRecord,
  ReviewRecord,
  ShopRecord,
} from './record-kinds.ts';
import type { Platform } from './ref.ts';

/** What became of one field: a value, or why there is none. */
export type Reading<T> =
  | {
      readonly value: T;
      /** Figures only; `exact` unless said otherwise. */
      readonly precision?: Precision;
      /** Figures only; the origin's `figureSource` unless said otherwise. */
      readonly source?: string;
      /** Figures only: the text it was read from, where that was not a plain number. */
      readonly raw?: string;
    }
  | { readonly missing: MissingReason };

export type Readings<T> = { readonly [Field in keyof T]?: Reading<NonNullable<T[Field]>> };

/** What all records of one answer share. */
export interface RecordOrigin {
  readonly platform: Platform;
  readonly provenance: Provenance;
  /** What the notes of figures name as their source: `api:gateway`. */
  readonly figureSource: string;
  /** Told of every record that is made. */
  readonly made?: (record: AnyRecord) => void;
}

/** Fields whose absence says nothing by itself: marks, derived values, and texts kept beside a number. */
const marks: ReadonlySet<string> = new Set([
  'caption_translated_to',
  'created_at_from_id',
  'scheduled_at',
  'transcript_kind',
  'product_name_translated_to',
  'price_unit_source',
  'price_text',
  'sold_count_text',
  'sold_window',
  'image_urls_expire_at',
]);

/** Measured values; each that is present gets a note of its precision, source and time. */
function isFigure(field: string): boolean {
  return /_count$|_minor$|^shop_score_|^stock|^rating$|^commission_rate$/u.test(field);
}

/** What is to be known of a field before any record is made. */
interface FieldRule {
  readonly field: string;
  readonly isMark: boolean;
  readonly isFigure: boolean;
}

interface Template {
  /** A record of the type that says nothing: with all its fields, so that a copy of it is cheap. */
  readonly record: Readonly<Record<string, unknown>>;
  readonly rules: readonly FieldRule[];
}

/** By the type's defaults. A page's list makes hundreds of records of a hundred fields each while the page scrolls. */
const templates = new WeakMap<object, Template>();

function templateOf(type: RecordType, ids: object, nothing: object, origin: RecordOrigin): Template {
  const known = templates.get(nothing);
  if (known) return known;
  const rest = { ...origin.provenance, ...noSighting, figures: {}, missing_reasons: {} };
  const record = { record_type: type, platform: origin.platform, ...ids, availability: 'ok', ...nothing, ...rest };
  const rules = Object.keys(nothing).map((field) => ({ field, isMark: marks.has(field), isFigure: isFigure(field) }));
  const template = { record, rules };
  templates.set(nothing, template);
  return template;
}

/** Puts a record together and tells the origin of it. */
function make<Type extends RecordType, Fields extends object>(
  origin: RecordOrigin,
  type: Type,
  ids: object,
  availability: PostRecord['availability'],
  nothing: Fields,
  readings: Readings<Fields>,
): Extract<AnyRecord, { record_type: Type }> {
  const { platform, provenance } = origin;
  const { observed_at, fetched_at } = provenance;
  const template = templateOf(type, ids, nothing, origin);
  const figures: Record<string, FigureNote> = {};
  const missingReasons: Record<string, MissingReason> = {};
  const made: Record<string, unknown> = {
    ...template.record,
    ...ids,
    ...provenance,
    platform,
    availability,
    figures,
    missing_reasons: missingReasons,
  };
  const found: Readonly<Record<string, Reading<unknown> | undefined>> = readings;
  for (const { field, isMark, isFigure: isMeasured } of template.rules) {
    const reading = found[field];
    if (reading === undefined || 'missing' in reading) {
      if (!isMark) missingReasons[field] = reading?.missing ?? 'not_in_response';
      continue;
    }
    made[field] = reading.value;
    if (!isMeasured) continue;
    const { precision = 'exact', source = origin.figureSource, raw } = reading;
    figures[field] = { precision, source, ...(raw === undefined ? {} : { raw }), observed_at, fetched_at };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each value was read for the field whose name it is stored under
  const record = made as unknown as Extract<AnyRecord, { record_type: Type }>;
  origin.made?.(record);
  return record;
}

/** A post of which the readings are known. `availability`: `unknown` where the source does not say. */
export function makePost(
  origin: RecordOrigin,
  postId: string,
  availability: PostRecord['availability'],
  readings: Readings<PostFields>,
): PostRecord {
  return make(origin, 'post', { post_id: postId }, availability, noPost, readings);
}

/** A product of which the readings are known. */
export function makeProduct(
  origin: RecordOrigin,
  productId: string,
  availability: ProductRecord['availability'],
  readings: Readings<ProductFields>,
): ProductRecord {
  return make(origin, 'product', { product_id: productId }, availability, noProduct, readings);
}

/** A SKU of which the readings are known. */
export function makeSku(
  origin: RecordOrigin,
  productId: string,
  skuId: string,
  readings: Readings<SkuFields>,
): SkuRecord {
  return make(origin, 'sku', { product_id: productId, sku_id: skuId }, 'ok', noSku, readings);
}

function has(reading: Reading<unknown> | undefined): boolean {
  return reading !== undefined && 'value' in reading;
}

/** An author of which the readings are known; null where neither handle, sec id nor id is among them. */
export function makeAuthor(
  origin: RecordOrigin,
  availability: AuthorRecord['availability'],
  readings: Readings<AuthorRecordFields>,
): AuthorRecord | null {
  const named = has(readings.author_sec_id) || has(readings.author_id);
  if (!named && !(origin.platform === 'tiktok' && has(readings.author_handle))) return null;
  return make(origin, 'author', {}, availability, noAuthor, readings);
}

/** A hashtag of which the readings are known; null without a name (TikTok) or an id (Douyin). */
export function makeHashtag(origin: RecordOrigin, readings: Readings<HashtagFields>): HashtagRecord | null {
  if (!has(readings.hashtag_id) && !(origin.platform === 'tiktok' && has(readings.hashtag))) return null;
  return make(origin, 'hashtag', {}, 'ok', noHashtag, readings);
}

export function makeMusic(origin: RecordOrigin, musicId: string, readings: Readings<MusicFields>): MusicRecord {
  return make(origin, 'music', { music_id: musicId }, 'ok', noMusic, readings);
}

/** A playlist, mix or collection of which the readings are known. */
export function makeCollection(
  origin: RecordOrigin,
  collectionId: string,
  readings: Readings<CollectionFields>,
): CollectionRecord {
  return make(origin, 'collection', { collection_id: collectionId }, 'ok', noCollection, readings);
}

export function makeComment(origin: RecordOrigin, commentId: string, readings: Readings<CommentFields>): CommentRecord {
  return make(origin, 'comment', { comment_id: commentId }, 'ok', noComment, readings);
}

export function makeReview(origin: RecordOrigin, reviewId: string, readings: Readings<ReviewFields>): ReviewRecord {
  return make(origin, 'review', { review_id: reviewId }, 'ok', noReview, readings);
}

/** A live room of which the readings are known; null where neither its name nor its room is among them. */
export function makeLive(
  origin: RecordOrigin,
  availability: LiveRecord['availability'],
  readings: Readings<LiveFields>,
): LiveRecord | null {
  if (!has(readings.live_id) && !has(readings.room_id)) return null;
  return make(origin, 'live', {}, availability, noLive, readings);
}

export function makeShop(origin: RecordOrigin, shopId: string, readings: Readings<ShopFields>): ShopRecord {
  return make(origin, 'shop', { shop_id: shopId }, 'ok', noShop, readings);
}
