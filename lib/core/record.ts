/**
 * What we know of a thing. A record's fields carry the data dictionary's names (snake_case, as in exports);
 * times inside are Unix ms and durations ms; exports turn them into `*_utc` and `duration_s`.
 * Null always means "not reported", never zero; `missing_reasons` says why.
 */
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
import { type PageType, pageTypes } from './page-data.ts';
import type { Platform } from './ref.ts';

export { type PageType, pageTypes };

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
  /** SHA-256 (hex) of the scrubbed JSON text that it was read from (see scrub.ts); null where none was kept. */
  readonly raw_sha256: string | null;
}

/**
 * Where and how the researcher met a thing. No part of what a source said: the same answer seen on two pages is one
 * observation with two sightings, and an API's answer has none until its thing is exported from a page.
 */
export interface Sighting {
  readonly query_type: PageType | null;
  /** The search words, hashtag or name that the page was opened with; null where it has none. */
  readonly query_text: string | null;
  /** The tab of a profile or search (`liked`, `video`), as its address names it. */
  readonly page_tab: string | null;
  /** Whether the platform chose the list for this viewer (For You, Following); null: not known. */
  readonly feed_personalised: boolean | null;
  /** Place in the page's list as shown, from 1; null: not shown, or no list. */
  readonly result_rank: number | null;
  /** False: the page loaded it without (yet) showing it. */
  readonly shown_on_page: boolean | null;
  /** Unix ms. */
  readonly first_seen_at: number | null;
  /** Unix ms. */
  readonly last_seen_at: number | null;
}

export const noSighting: Sighting = {
  query_type: null,
  query_text: null,
  page_tab: null,
  feed_personalised: null,
  result_rank: null,
  shown_on_page: null,
  first_seen_at: null,
  last_seen_at: null,
};

export interface RecordBase extends Provenance, Sighting {
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

/** An account that a post names. */
export interface Mention {
  /** Handle (TikTok) or sec_uid (Douyin); the name as written where only the caption has it. */
  readonly account: string;
  /** `tag_list`: the platform's own list; `caption`: read from the text; `both`. */
  readonly origin: 'tag_list' | 'caption' | 'both';
}

/** A subtitle track that the page offers. */
export interface Subtitle {
  /** As the source calls it ("eng-US"). */
  readonly language: string | null;
  /** `asr`: recognised by machine; `translated`: by machine; `creator`: uploaded. */
  readonly kind: 'asr' | 'translated' | 'creator' | 'unknown';
  /** "webvtt". */
  readonly format: string | null;
  /** Expires. */
  readonly url: string | null;
}

/** Flags as the source gives them, name → JSON text of the value. Their meaning is not published, so none is read into them. */
export type RawFlags = Readonly<Record<string, string>>;

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
  readonly subtitles: readonly Subtitle[];
  /** Text that the page itself carries of the video's speech or picture; null where it carries none. */
  readonly transcript: string | null;
  readonly transcript_kind: 'asr' | 'ocr' | null;
  /** The language that the provider may have translated the caption into ("zh-CN"); null: as its author wrote it. */
  readonly caption_translated_to: string | null;
  /** Unix ms. */
  readonly created_at: number | null;
  /** Unix ms, read from the id: an estimate, see `idTime`. */
  readonly created_at_from_id: number | null;
  /** Unix ms for which the post was scheduled. */
  readonly scheduled_at: number | null;
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
  readonly mentions: readonly Mention[];
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
  /** `IsAigc`, `aigcLabelType`, `aigc_info` and their like. */
  readonly ai_flags: RawFlags;
  /** `isAd`, `adAuthorization`, `brandOrganicType`, `commerce_info` and their like. */
  readonly paid_flags: RawFlags;
  /** As the provider calls it; null: unknown. */
  readonly copyright_type: string | null;
  readonly collection_id: string | null;
  readonly collection_name: string | null;
  /** From 1. */
  readonly collection_position: number | null;
  readonly poi_id: string | null;
  readonly poi_name: string | null;
  readonly poi_city: string | null;
  readonly poi_address: string | null;
  readonly poi_country: string | null;
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
  readonly rating_1_count: number | null;
  readonly rating_2_count: number | null;
  readonly rating_3_count: number | null;
  readonly rating_4_count: number | null;
  readonly rating_5_count: number | null;
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

/** Everything that can be known of: one interface per `record_type`, one export table each. */
export type AnyRecord =
  | PostRecord
  | ProductRecord
  | SkuRecord
  | AuthorRecord
  | HashtagRecord
  | MusicRecord
  | CollectionRecord
  | CommentRecord
  | ReviewRecord
  | LiveRecord
  | ShopRecord;
export type RecordType = AnyRecord['record_type'];

/** Every record type, in the order in which tables are written. */
export const recordTypes = [
  'post',
  'product',
  'sku',
  'author',
  'hashtag',
  'music',
  'collection',
  'comment',
  'review',
  'live',
  'shop',
] as const satisfies readonly RecordType[];
