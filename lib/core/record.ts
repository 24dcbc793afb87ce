/**
 * What we know of a thing. A record's fields carry the data dictionary's names (snake_case, as in exports);
 * times inside are Unix ms and durations ms; exports turn them into `*_utc` and `duration_s`.
 * Null always means "not reported", never zero; `missing_reasons` says why.
 */
import type { EntityKind, EntityRef, Platform, RefKey } from './ref.ts';

/** `exact`: as counted. `rounded`: digits were rounded away. `abbreviated`: "1.3万". `lower_bound`: "1.3万+". */
export type Precision = 'exact' | 'rounded' | 'abbreviated' | 'lower_bound' | 'unknown';

/** From best to worst. */
export const precisionOrder: readonly Precision[] = ['exact', 'rounded', 'abbreviated', 'lower_bound', 'unknown'];

export type MissingReason = 'not_in_response' | 'not_exposed_on_web' | 'redacted' | 'parse_error' | 'not_observed';

/** What is to be known of one figure (a count, a price) besides its value. */
export interface FigureNote {
  readonly precision: Precision;
  /** Where it was read: `statsV2`, `stats`, `dom`, or `api:<provider>`. */
  readonly source: string;
  /** The text it was read from, where that was not a plain number ("1.3万+"). */
  readonly raw?: string;
  /** Unix ms at which the source saw this value; null: the source does not say. */
  readonly observed_at: number | null;
  /** Unix ms at which we got it. */
  readonly fetched_at: number;
}

export type Availability =
  | 'ok'
  | 'removed'
  | 'private'
  | 'region_blocked'
  | 'login_wall'
  | 'captcha'
  | 'not_available'
  | 'unknown';

/** Where a record comes from: the columns that make it citable. */
export interface Provenance {
  readonly collected_via: 'page_json' | 'page_xhr' | 'dom' | 'api' | 'import';
  /** Provider id, null for what the page itself carried. */
  readonly api_provider: string | null;
  /** `gateway/item_get_video`: never a key, a secret or a query string. */
  readonly api_endpoint: string | null;
  /** Address of the page that was open, without its query; null outside a page. */
  readonly collected_from_url: string | null;
  /** Unix ms at which the source saw the thing: a provider's cache date, or else the time of the answer. */
  readonly observed_at: number | null;
  /** Unix ms at which we got it. */
  readonly fetched_at: number;
}

interface RecordBase extends Provenance {
  readonly platform: Platform;
  readonly availability: Availability;
  /** Per figure that is present: its precision, source and time. Keys are the field names. */
  readonly figures: Readonly<Record<string, FigureNote>>;
  /** Field name → why it is null. */
  readonly missing_reasons: Readonly<Record<string, MissingReason>>;
}

/** A hashtag as used in one post. */
export interface HashtagUse {
  /** Without #, NFC, case as written. */
  readonly name: string;
  readonly id: string | null;
  /** `tag_list`: the platform's own list; `caption`: read from the text; `both`. */
  readonly origin: 'tag_list' | 'caption' | 'both';
}

export interface AuthorFields {
  readonly author_id: string | null;
  readonly author_sec_id: string | null;
  readonly author_handle: string | null;
  readonly author_name: string | null;
  readonly author_url: string | null;
  readonly author_bio: string | null;
  readonly author_avatar_url: string | null;
  readonly author_verified: boolean | null;
  readonly author_private: boolean | null;
  readonly author_is_seller: boolean | null;
  readonly author_follower_count: number | null;
  readonly author_following_count: number | null;
  readonly author_likes_received_count: number | null;
  readonly author_likes_given_count: number | null;
  readonly author_post_count: number | null;
  readonly author_friend_count: number | null;
  readonly author_region: string | null;
}

export interface PostRecord extends RecordBase, AuthorFields {
  readonly record_type: 'post';
  readonly post_id: string;
  readonly post_url: string | null;
  readonly post_type: 'video' | 'photo' | 'live' | 'story' | 'unknown';
  readonly caption: string | null;
  /** BCP-47. */
  readonly caption_language: string | null;
  /** The language that the provider may have translated the caption into ("zh-CN"); null: as its author wrote it. */
  readonly caption_translated_to: string | null;
  /** Unix ms. */
  readonly created_at: number | null;
  /** Unix ms, read from the id: an estimate, see `idTime`. */
  readonly created_at_from_id: number | null;
  readonly region: string | null;
  readonly duration_ms: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** As the source calls them ("720p"). */
  readonly ratio: string | null;
  readonly definition: string | null;
  readonly view_count: number | null;
  readonly like_count: number | null;
  readonly comment_count: number | null;
  readonly share_count: number | null;
  readonly save_count: number | null;
  readonly repost_count: number | null;
  readonly download_count: number | null;
  readonly forward_count: number | null;
  readonly recommend_count: number | null;
  readonly hashtags: readonly HashtagUse[];
  /** Handles (TikTok) or sec_uids (Douyin). */
  readonly mentions: readonly string[];
  /** The platform's own classes of the content. */
  readonly platform_labels: readonly string[];
  readonly suggested_words: readonly string[];
  /** Text laid over the picture, one sticker per line. */
  readonly sticker_text: string | null;
  readonly effects: readonly string[];
  readonly warning_labels: readonly string[];
  readonly has_product_link: boolean | null;
  readonly product_ids: readonly string[];
  readonly music_id: string | null;
  readonly music_title: string | null;
  readonly music_author: string | null;
  readonly music_is_original: boolean | null;
  readonly music_duration_ms: number | null;
  readonly music_album: string | null;
  /** Expires. */
  readonly music_url: string | null;
  /** Expires. */
  readonly cover_url: string | null;
  /** Expires; not exported by default. */
  readonly media_url: string | null;
  readonly image_urls: readonly string[];
  /** Flags and labels as the source gives them, not interpreted. */
  readonly is_ad: boolean | null;
  readonly is_paid_partnership: boolean | null;
  readonly is_pinned: boolean | null;
  readonly is_original_item: boolean | null;
  readonly is_official_item: boolean | null;
  readonly duet_enabled: boolean | null;
  readonly stitch_enabled: boolean | null;
  readonly share_enabled: boolean | null;
  readonly comment_enabled: boolean | null;
  readonly duet_of_post_id: string | null;
  readonly ai_generated_label: string | null;
  /** As the provider calls it; null: unknown. */
  readonly copyright_type: string | null;
  readonly collection_id: string | null;
  readonly collection_name: string | null;
  /** From 1. */
  readonly collection_position: number | null;
  readonly poi_name: string | null;
  readonly poi_city: string | null;
  readonly poi_address: string | null;
}

/** An axis of choice of a product ("颜色分类" with its values). Axes are not SKUs: never multiply them out. */
export interface ProductOption {
  readonly name: string;
  readonly values: readonly string[];
}

/** Who said what the price's unit is. */
export type PriceUnitSource = 'declared' | `assumed:${string}` | 'unknown';

export interface ProductRecord extends RecordBase {
  readonly record_type: 'product';
  readonly product_id: string;
  readonly product_url: string | null;
  readonly product_name: string | null;
  /** See `caption_translated_to`. */
  readonly product_name_translated_to: string | null;
  /** Text only, HTML stripped. */
  readonly product_description: string | null;
  readonly brand: string | null;
  /** Integer minor units (fen, cents) by the currency's ISO 4217 exponent. */
  readonly price_minor: number | null;
  readonly price_min_minor: number | null;
  readonly price_max_minor: number | null;
  readonly list_price_minor: number | null;
  /** ISO 4217. */
  readonly currency: string | null;
  readonly price_unit_source: PriceUnitSource;
  /** The price as the source wrote it, where it is not a number ("$2?"). */
  readonly price_text: string | null;
  readonly sold_count: number | null;
  readonly sold_count_text: string | null;
  /** `lifetime`, `month`, or null: the source does not say. */
  readonly sold_window: string | null;
  readonly month_sold_count: number | null;
  readonly rating: number | null;
  readonly review_count: number | null;
  readonly shop_score_product: number | null;
  readonly shop_score_service: number | null;
  readonly shop_score_logistics: number | null;
  /** As the source gives it; its unit is the source's own. */
  readonly commission_rate: number | null;
  readonly category_l1: string | null;
  readonly category_l2: string | null;
  readonly category_l3: string | null;
  /** Specifications in the source's order. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly options: readonly ProductOption[];
  readonly sku_count: number | null;
  readonly stock_total: number | null;
  readonly stock_available: number | null;
  readonly free_shipping: boolean | null;
  readonly dispatch_city: string | null;
  readonly dispatch_province: string | null;
  readonly delivery_promise: string | null;
  /** JSON text of the source's freight rules. */
  readonly freight_json: string | null;
  readonly service_tags: readonly string[];
  readonly listing_status: 'on_sale' | 'off_sale' | 'deleted' | 'unknown';
  /** Unix ms. */
  readonly created_at: number | null;
  /** Unix ms. */
  readonly updated_at: number | null;
  readonly shop_id: string | null;
  readonly shop_name: string | null;
  readonly image_urls: readonly string[];
  /** Unix ms at which the image links expire, where they say so. */
  readonly image_urls_expire_at: number | null;
}

export interface SkuRecord extends RecordBase {
  readonly record_type: 'sku';
  readonly product_id: string;
  readonly sku_id: string;
  readonly sku_name: string | null;
  readonly price_minor: number | null;
  readonly currency: string | null;
  readonly price_unit_source: PriceUnitSource;
  readonly stock: number | null;
  readonly properties: Readonly<Record<string, string>>;
}

/** The records that an answer of today's providers can hold; further kinds join with their payload. */
export type AnyRecord = PostRecord | ProductRecord | SkuRecord;
export type RecordType = AnyRecord['record_type'];

/** What one source said of one thing at one time. Append-only: history, comparison and provenance come from here. */
export interface Observation {
  readonly ref_key: RefKey;
  /** Provider id, or `page`. */
  readonly source: string;
  /** Unix ms: when the source saw it; what it was deduplicated and ordered by. */
  readonly observed_at: number;
  readonly fetched_at: number;
  readonly record: AnyRecord;
}

/** The ref that a record is about; a SKU is filed under its product. */
export function recordRef(record: AnyRecord): EntityRef {
  const kind: EntityKind = record.record_type === 'post' ? 'post' : 'product';
  const id = record.record_type === 'post' ? record.post_id : record.product_id;
  return { platform: record.platform, kind, id };
}

/** Wraps a record as the observation that it is. */
export function toObservation(record: AnyRecord): Observation {
  const ref = recordRef(record);
  return {
    ref_key: `${ref.platform}:${ref.kind}:${ref.id}`,
    source: record.api_provider ?? 'page',
    observed_at: record.observed_at ?? record.fetched_at,
    fetched_at: record.fetched_at,
    record,
  };
}
