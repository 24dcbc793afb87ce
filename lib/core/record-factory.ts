/**
 * Makes records from readings, so that a payload names only what it found: everything else becomes null (or its
 * type's way of saying nothing) with the reason why.
 */
import type {
  FigureNote,
  MissingReason,
  PostRecord,
  Precision,
  ProductRecord,
  Provenance,
  SkuRecord,
} from './record.ts';
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
}

type Shared = keyof Provenance | 'record_type' | 'platform' | 'figures' | 'missing_reasons' | 'availability';
export type PostFields = Omit<PostRecord, Shared | 'post_id'>;
export type ProductFields = Omit<ProductRecord, Shared | 'product_id'>;
export type SkuFields = Omit<SkuRecord, Shared | 'product_id' | 'sku_id'>;

const noPost: PostFields = {
  post_url: null,
  post_type: 'unknown',
  caption: null,
  caption_language: null,
  caption_translated_to: null,
  created_at: null,
  created_at_from_id: null,
  region: null,
  duration_ms: null,
  width: null,
  height: null,
  ratio: null,
  definition: null,
  view_count: null,
  like_count: null,
  comment_count: null,
  share_count: null,
  save_count: null,
  repost_count: null,
  download_count: null,
  forward_count: null,
  recommend_count: null,
  hashtags: [],
  mentions: [],
  platform_labels: [],
  suggested_words: [],
  sticker_text: null,
  effects: [],
  warning_labels: [],
  has_product_link: null,
  product_ids: [],
  music_id: null,
  music_title: null,
  music_author: null,
  music_is_original: null,
  music_duration_ms: null,
  music_album: null,
  music_url: null,
  cover_url: null,
  media_url: null,
  image_urls: [],
  is_ad: null,
  is_paid_partnership: null,
  is_pinned: null,
  is_original_item: null,
  is_official_item: null,
  duet_enabled: null,
  stitch_enabled: null,
  share_enabled: null,
  comment_enabled: null,
  duet_of_post_id: null,
  ai_generated_label: null,
  copyright_type: null,
  collection_id: null,
  collection_name: null,
  collection_position: null,
  poi_name: null,
  poi_city: null,
  poi_address: null,
  author_id: null,
  author_sec_id: null,
  author_handle: null,
  author_name: null,
  author_url: null,
  author_bio: null,
  author_avatar_url: null,
  author_verified: null,
  author_private: null,
  author_is_seller: null,
  author_follower_count: null,
  author_following_count: null,
  author_likes_received_count: null,
  author_likes_given_count: null,
  author_post_count: null,
  author_friend_count: null,
  author_region: null,
};

const noProduct: ProductFields = {
  product_url: null,
  product_name: null,
  product_name_translated_to: null,
  product_description: null,
  brand: null,
  price_minor: null,
  price_min_minor: null,
  price_max_minor: null,
  list_price_minor: null,
  currency: null,
  price_unit_source: 'unknown',
  price_text: null,
  sold_count: null,
  sold_count_text: null,
  sold_window: null,
  month_sold_count: null,
  rating: null,
  review_count: null,
  shop_score_product: null,
  shop_score_service: null,
  shop_score_logistics: null,
  commission_rate: null,
  category_l1: null,
  category_l2: null,
  category_l3: null,
  attributes: {},
  options: [],
  sku_count: null,
  stock_total: null,
  stock_available: null,
  free_shipping: null,
  dispatch_city: null,
  dispatch_province: null,
  delivery_promise: null,
  freight_json: null,
  service_tags: [],
  listing_status: 'unknown',
  created_at: null,
  updated_at: null,
  shop_id: null,
  shop_name: null,
  image_urls: [],
  image_urls_expire_at: null,
};

const noSku: SkuFields = {
  sku_name: null,
  price_minor: null,
  currency: null,
  price_unit_source: 'unknown',
  stock: null,
  properties: {},
};

/** Fields whose absence says nothing by itself: marks, derived values, and texts kept beside a number. */
const marks: ReadonlySet<string> = new Set([
  'caption_translated_to',
  'created_at_from_id',
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

interface Filled<T> {
  readonly fields: T;
  readonly figures: Record<string, FigureNote>;
  readonly missing_reasons: Record<string, MissingReason>;
}

function fill<T extends object>(nothing: T, readings: Readings<T>, origin: RecordOrigin): Filled<T> {
  const { observed_at, fetched_at } = origin.provenance;
  const found = new Map<string, Reading<unknown> | undefined>(Object.entries(readings));
  const figures: Record<string, FigureNote> = {};
  const missingReasons: Record<string, MissingReason> = {};
  const values: Record<string, unknown> = {};
  for (const [field, empty] of Object.entries(nothing)) {
    const reading = found.get(field) ?? { missing: 'not_in_response' };
    if ('missing' in reading) {
      values[field] = empty;
      if (!marks.has(field)) missingReasons[field] = reading.missing;
      continue;
    }
    values[field] = reading.value;
    if (!isFigure(field)) continue;
    const { precision = 'exact', source = origin.figureSource, raw } = reading;
    figures[field] = { precision, source, ...(raw === undefined ? {} : { raw }), observed_at, fetched_at };
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each value was read for the field whose name it is stored under
  return { fields: values as T, figures, missing_reasons: missingReasons };
}

/** A post of which the readings are known. `availability`: null where the source does not say. */
export function makePost(
  origin: RecordOrigin,
  postId: string,
  availability: PostRecord['availability'],
  readings: Readings<PostFields>,
): PostRecord {
  const { fields, ...notes } = fill(noPost, readings, origin);
  const { platform, provenance } = origin;
  return { record_type: 'post', platform, post_id: postId, availability, ...fields, ...provenance, ...notes };
}

/** A product of which the readings are known. */
export function makeProduct(
  origin: RecordOrigin,
  productId: string,
  availability: ProductRecord['availability'],
  readings: Readings<ProductFields>,
): ProductRecord {
  const { fields, ...notes } = fill(noProduct, readings, origin);
  const { platform, provenance } = origin;
  return { record_type: 'product', platform, product_id: productId, availability, ...fields, ...provenance, ...notes };
}

/** A SKU of which the readings are known. */
export function makeSku(
  origin: RecordOrigin,
  productId: string,
  skuId: string,
  readings: Readings<SkuFields>,
): SkuRecord {
  const { fields, ...notes } = fill(noSku, readings, origin);
  const { platform, provenance } = origin;
  const ids = { product_id: productId, sku_id: skuId };
  return { record_type: 'sku', platform, ...ids, availability: 'ok', ...fields, ...provenance, ...notes };
}
