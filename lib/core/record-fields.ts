/** The schema of each record type: every field with its type. */
import * as z from 'zod/mini';
import { pageTypes } from './page-data.ts';
import { type AnyRecord, type FigureNote, precisionOrder, type PriceUnitSource, type RecordType } from './record.ts';
import { platforms } from './ref.ts';

/** Longer than any text that a source gave (characters); a file must not fill the memory. */
const longestText = 2_000_000;
const longestList = 10_000;

const words = z.string().check(z.maxLength(longestText));
/** Ids are short: they become parts of keys. */
const id = z.string().check(z.minLength(1), z.maxLength(250));
const text = z.nullable(words);
const number = z.nullable(z.number());
const flag = z.nullable(z.boolean());
const texts = z.array(words).check(z.maxLength(longestList));
const named = z.record(z.string().check(z.maxLength(2_000)), words);

/** One schema under several names. */
function all<const Name extends string, Schema extends z.ZodMiniType>(
  schema: Schema,
  names: readonly Name[],
): Record<Name, Schema> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- has exactly these names
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;
}

const figureNote = z.object({
  precision: z.enum(precisionOrder),
  source: words,
  raw: z.exactOptional(words),
  observed_at: number,
  fetched_at: z.number(),
}) satisfies z.ZodMiniType<FigureNote>;

const base = {
  platform: z.enum(platforms),
  availability: z.enum([
    'ok',
    'removed',
    'private',
    'region_blocked',
    'login_wall',
    'captcha',
    'not_available',
    'unknown',
  ]),
  figures: z.record(z.string().check(z.maxLength(100)), figureNote),
  missing_reasons: z.record(
    z.string().check(z.maxLength(100)),
    z.enum(['not_in_response', 'not_exposed_on_web', 'redacted', 'parse_error', 'not_observed']),
  ),
  collected_via: z.enum(['page_json', 'page_xhr', 'dom', 'api', 'import']),
  ...all(text, ['api_provider', 'api_endpoint', 'collected_from_url', 'raw_sha256', 'query_text', 'page_tab']),
  ...all(number, ['observed_at', 'result_rank', 'first_seen_at', 'last_seen_at']),
  ...all(flag, ['feed_personalised', 'shown_on_page']),
  fetched_at: z.number(),
  query_type: z.nullable(z.enum(pageTypes)),
};

const authorFields = {
  ...all(text, [
    'author_id',
    'author_sec_id',
    'author_handle',
    'author_name',
    'author_url',
    'author_bio',
    'author_avatar_url',
    'author_region',
  ]),
  ...all(flag, ['author_verified', 'author_private', 'author_is_seller']),
  ...all(number, [
    'author_follower_count',
    'author_following_count',
    'author_likes_received_count',
    'author_likes_given_count',
    'author_post_count',
    'author_friend_count',
  ]),
};

const origin = z.enum(['tag_list', 'caption', 'both']);
const priceUnitSource = z.custom<PriceUnitSource>(
  (value) => typeof value === 'string' && /^(?:declared|unknown|assumed:.{0,100})$/u.test(value),
);

const post = z.object({
  ...base,
  ...authorFields,
  record_type: z.literal('post'),
  post_id: id,
  post_type: z.enum(['video', 'photo', 'live', 'story', 'unknown']),
  transcript_kind: z.nullable(z.enum(['asr', 'ocr'])),
  subtitles: z
    .array(
      z.object({
        kind: z.enum(['asr', 'translated', 'creator', 'unknown']),
        ...all(text, ['language', 'format', 'url']),
      }),
    )
    .check(z.maxLength(longestList)),
  hashtags: z.array(z.object({ name: words, id: text, origin })).check(z.maxLength(longestList)),
  mentions: z.array(z.object({ account: words, origin })).check(z.maxLength(longestList)),
  ai_flags: named,
  paid_flags: named,
  ...all(text, [
    'post_url',
    'caption',
    'caption_language',
    'caption_translated_to',
    'transcript',
    'region',
    'ratio',
    'definition',
    'sticker_text',
    'music_id',
    'music_title',
    'music_author',
    'music_album',
    'music_url',
    'cover_url',
    'media_url',
    'duet_of_post_id',
    'ai_generated_label',
    'copyright_type',
    'collection_id',
    'collection_name',
    'poi_id',
    'poi_name',
    'poi_city',
    'poi_address',
    'poi_country',
  ]),
  ...all(number, [
    'created_at',
    'created_at_from_id',
    'scheduled_at',
    'duration_ms',
    'width',
    'height',
    'view_count',
    'like_count',
    'comment_count',
    'share_count',
    'save_count',
    'repost_count',
    'download_count',
    'forward_count',
    'recommend_count',
    'music_duration_ms',
    'collection_position',
  ]),
  ...all(flag, [
    'has_product_link',
    'music_is_original',
    'is_ad',
    'is_paid_partnership',
    'is_pinned',
    'is_original_item',
    'is_official_item',
    'duet_enabled',
    'stitch_enabled',
    'share_enabled',
    'comment_enabled',
  ]),
  ...all(texts, ['platform_labels', 'suggested_words', 'effects', 'warning_labels', 'product_ids', 'image_urls']),
});

const product = z.object({
  ...base,
  record_type: z.literal('product'),
  product_id: id,
  price_unit_source: priceUnitSource,
  listing_status: z.enum(['on_sale', 'off_sale', 'deleted', 'unknown']),
  attributes: named,
  options: z.array(z.object({ name: words, values: texts })).check(z.maxLength(longestList)),
  free_shipping: flag,
  ...all(text, [
    'product_url',
    'product_name',
    'product_name_translated_to',
    'product_description',
    'brand',
    'currency',
    'price_text',
    'sold_count_text',
    'sold_window',
    'category_l1',
    'category_l2',
    'category_l3',
    'dispatch_city',
    'dispatch_province',
    'delivery_promise',
    'freight_json',
    'shop_id',
    'shop_name',
  ]),
  ...all(number, [
    'price_minor',
    'price_min_minor',
    'price_max_minor',
    'list_price_minor',
    'sold_count',
    'month_sold_count',
    'rating',
    'review_count',
    'rating_1_count',
    'rating_2_count',
    'rating_3_count',
    'rating_4_count',
    'rating_5_count',
    'shop_score_product',
    'shop_score_service',
    'shop_score_logistics',
    'commission_rate',
    'sku_count',
    'stock_total',
    'stock_available',
    'created_at',
    'updated_at',
    'image_urls_expire_at',
  ]),
  ...all(texts, ['service_tags', 'image_urls']),
});

const sku = z.object({
  ...base,
  record_type: z.literal('sku'),
  product_id: id,
  sku_id: id,
  price_unit_source: priceUnitSource,
  properties: named,
  ...all(text, ['sku_name', 'currency']),
  ...all(number, ['price_minor', 'stock']),
});

const author = z.object({
  ...base,
  ...authorFields,
  record_type: z.literal('author'),
  ...all(text, ['author_bio_url', 'author_ip_location']),
});

const hashtag = z.object({
  ...base,
  record_type: z.literal('hashtag'),
  ...all(text, ['hashtag', 'hashtag_id', 'description']),
  ...all(number, ['view_count', 'post_count']),
});

const music = z.object({
  ...base,
  record_type: z.literal('music'),
  music_id: id,
  is_original: flag,
  ...all(text, ['title', 'author', 'album', 'music_url']),
  ...all(number, ['duration_ms', 'post_count']),
});

const collection = z.object({
  ...base,
  record_type: z.literal('collection'),
  collection_id: id,
  ...all(text, ['title', 'description', 'author_id', 'author_handle']),
  ...all(number, ['post_count', 'view_count']),
});

const comment = z.object({
  ...base,
  record_type: z.literal('comment'),
  comment_id: id,
  ...all(text, [
    'post_id',
    'parent_comment_id',
    'reply_to_comment_id',
    'text',
    'language',
    'author_id',
    'author_sec_id',
    'author_handle',
    'author_name',
    'author_avatar_url',
    'sticker_url',
    'ip_label',
  ]),
  ...all(number, ['created_at', 'created_at_from_id', 'like_count', 'reply_count']),
  ...all(flag, ['liked_by_author', 'is_pinned']),
  image_urls: texts,
});

const review = z.object({
  ...base,
  record_type: z.literal('review'),
  review_id: id,
  is_verified_purchase: flag,
  ...all(text, ['product_id', 'text', 'sku_id', 'sku_name', 'author_name']),
  ...all(number, ['rating', 'created_at', 'like_count']),
  image_urls: texts,
});

const live = z.object({
  ...base,
  record_type: z.literal('live'),
  status: z.enum(['live', 'ended', 'unknown']),
  ...all(text, ['live_id', 'room_id', 'title', 'author_id', 'author_handle', 'author_name']),
  ...all(number, ['viewer_count', 'total_viewer_count', 'like_count', 'started_at']),
});

const shop = z.object({
  ...base,
  record_type: z.literal('shop'),
  shop_id: id,
  ...all(text, ['shop_name', 'shop_location']),
  ...all(number, ['product_count', 'rating', 'review_count', 'sold_count', 'follower_count']),
});

type RecordOf<Type extends RecordType> = Extract<AnyRecord, { record_type: Type }>;

export const recordSchemas: { readonly [Type in RecordType]: z.ZodMiniType<RecordOf<Type>> } = {
  post,
  product,
  sku,
  author,
  hashtag,
  music,
  collection,
  comment,
  review,
  live,
  shop,
};
