/** What a record of each type says when nothing is known: null, or its type's way of saying nothing. */
import type { AuthorFields, PostRecord, ProductRecord, Provenance, Sighting, SkuRecord } from './record.ts';
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

type Shared =
  | keyof Provenance
  | keyof Sighting
  | 'record_type'
  | 'platform'
  | 'figures'
  | 'missing_reasons'
  | 'availability';
export type PostFields = Omit<PostRecord, Shared | 'post_id'>;
export type ProductFields = Omit<ProductRecord, Shared | 'product_id'>;
export type SkuFields = Omit<SkuRecord, Shared | 'product_id' | 'sku_id'>;

/** What a post and an author record say of the author. */
const noAuthorFields: AuthorFields = {
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

export const noPost: PostFields = {
  post_url: null,
  post_type: 'unknown',
  caption: null,
  caption_language: null,
  caption_translated_to: null,
  created_at: null,
  created_at_from_id: null,
  scheduled_at: null,
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
  subtitles: [],
  transcript: null,
  transcript_kind: null,
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
  ai_flags: {},
  paid_flags: {},
  copyright_type: null,
  collection_id: null,
  collection_name: null,
  collection_position: null,
  poi_id: null,
  poi_name: null,
  poi_city: null,
  poi_address: null,
  poi_country: null,
  ...noAuthorFields,
};

export const noProduct: ProductFields = {
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
  rating_1_count: null,
  rating_2_count: null,
  rating_3_count: null,
  rating_4_count: null,
  rating_5_count: null,
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

export const noSku: SkuFields = {
  sku_name: null,
  price_minor: null,
  currency: null,
  price_unit_source: 'unknown',
  stock: null,
  properties: {},
};

export type AuthorRecordFields = Omit<AuthorRecord, Shared>;
export type HashtagFields = Omit<HashtagRecord, Shared>;
export type MusicFields = Omit<MusicRecord, Shared | 'music_id'>;
export type CollectionFields = Omit<CollectionRecord, Shared | 'collection_id'>;
export type CommentFields = Omit<CommentRecord, Shared | 'comment_id'>;
export type ReviewFields = Omit<ReviewRecord, Shared | 'review_id'>;
export type LiveFields = Omit<LiveRecord, Shared>;
export type ShopFields = Omit<ShopRecord, Shared | 'shop_id'>;

export const noAuthor: AuthorRecordFields = { ...noAuthorFields, author_bio_url: null, author_ip_location: null };

export const noHashtag: HashtagFields = {
  hashtag: null,
  hashtag_id: null,
  description: null,
  view_count: null,
  post_count: null,
};

export const noMusic: MusicFields = {
  title: null,
  author: null,
  is_original: null,
  duration_ms: null,
  album: null,
  post_count: null,
  music_url: null,
};

export const noCollection: CollectionFields = {
  title: null,
  description: null,
  author_id: null,
  author_handle: null,
  post_count: null,
  view_count: null,
};

export const noComment: CommentFields = {
  post_id: null,
  parent_comment_id: null,
  reply_to_comment_id: null,
  text: null,
  created_at: null,
  created_at_from_id: null,
  like_count: null,
  reply_count: null,
  liked_by_author: null,
  is_pinned: null,
  language: null,
  author_id: null,
  author_sec_id: null,
  author_handle: null,
  author_name: null,
  author_avatar_url: null,
  image_urls: [],
  sticker_url: null,
  ip_label: null,
};

export const noReview: ReviewFields = {
  product_id: null,
  rating: null,
  text: null,
  created_at: null,
  sku_id: null,
  sku_name: null,
  author_name: null,
  like_count: null,
  is_verified_purchase: null,
  image_urls: [],
};

export const noLive: LiveFields = {
  live_id: null,
  room_id: null,
  title: null,
  author_id: null,
  author_handle: null,
  author_name: null,
  status: 'unknown',
  viewer_count: null,
  total_viewer_count: null,
  like_count: null,
  started_at: null,
};

export const noShop: ShopFields = {
  shop_name: null,
  product_count: null,
  rating: null,
  review_count: null,
  sold_count: null,
  follower_count: null,
  shop_location: null,
};
