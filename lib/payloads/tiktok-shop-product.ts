/**
 * A product as TikTok Shop's product page gives it (captured 2025-07), with its SKUs, reviews and shop. The shape of
 * 2026 (`title`, `price.sale_price_decimal`, `product_model`, `desc_blocks`) is known from public code only.
 */
import type { ProductFields, ReviewFields, SkuFields } from '../core/record-defaults.ts';
import { makeProduct, makeReview, makeShop, makeSku, type Reading, type Readings } from '../core/record-factory.ts';
import type { RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, ProductOption, ProductRecord } from '../core/record.ts';
import { linkExpiry } from '../core/text.ts';
import { tiktokProductAddress } from './addresses.ts';
import { amountOf } from './currency.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  firstUrlOf,
  flagOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  listReading,
  nameOf,
  nestedJson,
  numberOf,
  positiveOf,
  textOf,
  textReading,
  valueOf,
} from './reading.ts';
import { shopCurrency, shopPrices } from './tiktok-shop-prices.ts';

/** The product's id, all its digits. */
export function shopProductId(product: unknown): string | null {
  const id = valueOf(
    firstOf(digitsOf(at(product, 'product_id')), digitsOf(at(product, 'product_model', 'product_id'))),
  );
  return id !== null && /^\d{15,20}$/u.test(id) ? id : null;
}

/** The parts of a product's block, wherever its build put them. */
interface Parts {
  readonly product: JsonObject;
  readonly base: unknown;
  readonly skus: unknown;
  readonly axes: unknown;
  readonly review: unknown;
  readonly seller: unknown;
}

function first(...values: readonly unknown[]): unknown {
  return values.find((value) => value !== undefined && value !== null);
}

function partsOf(product: JsonObject): Parts {
  const model = product['product_model'];
  const base = product['product_base'];
  return {
    product,
    base: isObject(base) ? base : isObject(model) ? { ...product, ...model } : product,
    skus: first(product['skus'], at(model, 'skus')),
    axes: first(product['sale_props'], at(model, 'sale_props'), product['sale_properties']),
    review: first(product['product_detail_review'], product['review_info'], at(model, 'product_detail_review')),
    seller: first(product['seller'], product['seller_model'], product['seller_info']),
  };
}

/** Addresses of pictures, the first mirror of each. */
export function shopImages(value: unknown): Readings<ProductFields> {
  const urls = (Array.isArray(value) ? value : value === undefined ? [] : [value]).flatMap(
    (image: unknown) => valueOf(firstUrlOf(image)) ?? [],
  );
  const expiries = urls.flatMap((url) => linkExpiry(url) ?? []);
  return {
    image_urls: urls.length > 0 ? { value: urls } : absent,
    image_urls_expire_at: expiries.length > 0 ? { value: Math.min(...expiries) } : absent,
  };
}

/** The words of a description: JSON in a text, blocks of `text`, `ul` (a list) and `image`. */
function descriptionOf(base: unknown): Reading<string> {
  const value = first(at(base, 'desc_detail'), at(base, 'desc_blocks'), at(base, 'description'));
  const blocks: unknown = typeof value === 'string' && /^\s*[[{]/u.test(value) ? nestedJson(value) : value;
  if (!Array.isArray(blocks)) return textOf(value);
  const lines = blocks.flatMap((block: unknown): readonly string[] => {
    const held = [at(block, 'text'), ...listOf(at(block, 'content')), ...listOf(at(block, 'items'))];
    return held.flatMap((line) => valueOf(nameOf(isObject(line) ? line['text'] : line)) ?? []);
  });
  return textReading(lines);
}

function attributesOf(base: unknown): Reading<Readonly<Record<string, string>>> {
  const specifications = first(at(base, 'specifications'), at(base, 'product_properties'));
  const entries = listOf(specifications).flatMap((entry): [string, string][] => {
    const name = valueOf(firstOf(nameOf(at(entry, 'name')), nameOf(at(entry, 'property_name'))));
    const value = valueOf(firstOf(nameOf(at(entry, 'value')), nameOf(at(entry, 'property_value_name'))));
    return name === null || value === null ? [] : [[name, value]];
  });
  return entries.length > 0 ? { value: Object.fromEntries(entries) } : absent;
}

function optionsOf(axes: unknown): Reading<readonly ProductOption[]> {
  const options = listOf(axes).flatMap((axis): ProductOption[] => {
    const name = valueOf(firstOf(nameOf(at(axis, 'prop_name')), nameOf(at(axis, 'property_name'))));
    const held = listOf(first(at(axis, 'sale_prop_values'), at(axis, 'values')));
    const values = held.flatMap(
      (value) => valueOf(firstOf(nameOf(at(value, 'prop_value')), nameOf(at(value, 'property_value_name')))) ?? [],
    );
    return name === null || values.length === 0 ? [] : [{ name, values }];
  });
  return listReading(axes, options);
}

function categoriesOf(categories: unknown): Readings<ProductFields> {
  const level = (wanted: number): Reading<string> => {
    const list = listOf(categories);
    const found = list.find((entry) => valueOf(numberOf(at(entry, 'level'))) === wanted);
    return firstOf(nameOf(at(found, 'category_name')), nameOf(at(found, 'name')));
  };
  return { category_l1: level(1), category_l2: level(2), category_l3: level(3) };
}

/** 1 is the status of the product on sale that was captured; what others mean is not known. */
function listingOf(product: JsonObject): Reading<ProductRecord['listing_status']> {
  return valueOf(numberOf(product['status'])) === 1 ? { value: 'on_sale' } : absent;
}

/** How many gave each number of stars; no capture has them, the names are from public code. */
function ratingsOf(review: unknown): Readings<ProductFields> {
  const held = first(at(review, 'review_ratings', 'rating_result'), at(review, 'rating_result'));
  const stars = (count: number): Reading<number> => countOf(at(held, String(count)));
  return {
    rating: firstOf(
      positiveOf(at(review, 'product_rating')),
      positiveOf(at(review, 'review_ratings', 'overall_score')),
    ),
    review_count: countOf(at(review, 'review_count')),
    rating_1_count: stars(1),
    rating_2_count: stars(2),
    rating_3_count: stars(3),
    rating_4_count: stars(4),
    rating_5_count: stars(5),
  };
}

function logisticsOf(product: JsonObject): Readings<ProductFields> {
  const logistic = first(product['logistic'], at(product, 'shipping', 'logistics', 0));
  const fee = at(logistic, 'shipping_fee');
  return {
    free_shipping: flagOf(at(logistic, 'free_shipping')),
    delivery_promise: nameOf(at(logistic, 'lead_time')),
    freight_json: isObject(fee) ? { value: JSON.stringify(fee) } : absent,
  };
}

function readSku(
  sku: unknown,
  productId: string,
  currency: Reading<string>,
  origin: RecordOrigin,
): readonly AnyRecord[] {
  const id = valueOf(digitsOf(at(sku, 'sku_id')));
  if (id === null) return [];
  const chosen = listOf(first(at(sku, 'sku_sale_props'), at(sku, 'sale_props'))).flatMap(
    (choice): [string, string][] => {
      const name = valueOf(firstOf(nameOf(at(choice, 'prop_name')), nameOf(at(choice, 'property_name'))));
      const value = valueOf(firstOf(nameOf(at(choice, 'prop_value')), nameOf(at(choice, 'property_value_name'))));
      return name === null || value === null ? [] : [[name, value]];
    },
  );
  const price = at(sku, 'price');
  const own = shopCurrency(price, at(price, 'real_price'));
  const used = 'value' in own ? own : currency;
  const amount = firstOf(
    amountOf(at(price, 'real_price', 'price_val'), used),
    amountOf(at(price, 'sale_price_decimal'), used),
  );
  const readings: Readings<SkuFields> = {
    sku_name: known(chosen.length > 0 ? chosen.map(([, value]) => value).join(' / ') : null),
    price_minor: amount,
    currency: used,
    price_unit_source: 'value' in amount ? { value: 'declared' } : absent,
    stock: firstOf(countOf(at(sku, 'stock')), countOf(at(sku, 'available_quantity'))),
    properties: chosen.length > 0 ? { value: Object.fromEntries(chosen) } : absent,
  };
  return [makeSku(origin, productId, id, readings)];
}

/** Unix ms, as the page gives it; 0 is none. */
function timeOf(value: unknown): Reading<number> {
  const time = positiveOf(value);
  if ('missing' in time) return time;
  return Number.isSafeInteger(time.value) && time.value >= Date.UTC(2012, 0, 1) && time.value < Date.UTC(2100, 0, 1)
    ? time
    : { missing: 'parse_error' };
}

/** A review; who wrote it by the name that the page shows only. */
export function readShopReview(item: unknown, productId: string | null, origin: RecordOrigin): readonly AnyRecord[] {
  const review = isObject(at(item, 'review')) ? at(item, 'review') : item;
  const id = valueOf(digitsOf(at(review, 'review_id')));
  if (id === null) return [];
  const pictures = listOf(at(review, 'images')).flatMap((image) => valueOf(firstUrlOf(image)) ?? []);
  const readings: Readings<ReviewFields> = {
    product_id: known(productId),
    rating: positiveOf(at(review, 'rating')),
    text: firstOf(textOf(at(review, 'display_text')), textOf(at(review, 'review_text'))),
    created_at: timeOf(at(review, 'review_timestamp')),
    sku_id: digitsOf(at(item, 'sku_id')),
    sku_name: nameOf(at(item, 'sku_specification')),
    author_name: nameOf(at(item, 'review_user', 'name')),
    like_count: countOf(at(review, 'like_count')),
    is_verified_purchase: flagOf(at(item, 'is_verified_purchase')),
    image_urls: listReading(at(review, 'images'), pictures),
  };
  return [makeReview(origin, id, readings)];
}

/** The shop; none without its id. */
export function readShop(seller: unknown, origin: RecordOrigin): readonly AnyRecord[] {
  const id = valueOf(digitsOf(at(seller, 'seller_id')));
  if (id === null) return [];
  return [
    makeShop(origin, id, {
      shop_name: firstOf(nameOf(at(seller, 'name')), nameOf(at(seller, 'shop_name'))),
      product_count: firstOf(countOf(at(seller, 'product_count')), countOf(at(seller, 'on_sell_product_count'))),
      rating: firstOf(positiveOf(at(seller, 'rating')), positiveOf(at(seller, 'shop_rating'))),
      review_count: countOf(at(seller, 'review_count')),
      sold_count: firstOf(countOf(at(seller, 'sold_count')), countOf(at(seller, 'global_sold_count'))),
      follower_count: firstOf(countOf(at(seller, 'followers_count')), countOf(at(seller, 'follower_count'))),
      shop_location: nameOf(at(seller, 'seller_location')),
    }),
  ];
}

/** The product with its SKUs, reviews and shop; nothing without its id. `originFor`: the origin of a part. */
export function readShopProduct(
  product: JsonObject,
  categories: unknown,
  originFor: (raw: unknown) => RecordOrigin,
): readonly AnyRecord[] {
  const id = shopProductId(product);
  if (id === null) return [];
  const { base, skus, axes, review, seller } = partsOf(product);
  const price = first(at(base, 'price'), product['price']);
  const attributes = attributesOf(base);
  const named = valueOf(attributes);
  const readings: Readings<ProductFields> = {
    product_url: known(tiktokProductAddress(id)),
    product_name: firstOf(nameOf(at(base, 'title')), nameOf(at(base, 'name'))),
    product_description: descriptionOf(base),
    brand: firstOf(
      nameOf(at(base, 'brand', 'name')),
      nameOf(at(product, 'brand_info', 'brand_name')),
      known(named && Object.hasOwn(named, 'Brand') ? named['Brand'] : null),
    ),
    ...shopPrices(price),
    sold_count: firstOf(countOf(at(base, 'sold_count')), countOf(at(product, 'sold_info', 'sold_count'))),
    ...ratingsOf(review),
    ...categoriesOf(categories),
    attributes,
    options: optionsOf(axes),
    sku_count: Array.isArray(skus) ? { value: skus.length } : absent,
    ...logisticsOf(product),
    listing_status: listingOf(product),
    shop_id: firstOf(digitsOf(at(seller, 'seller_id')), digitsOf(product['seller_id'])),
    shop_name: firstOf(nameOf(at(seller, 'name')), nameOf(at(seller, 'shop_name'))),
    ...shopImages(at(base, 'images')),
  };
  const currency = shopCurrency(price, at(price, 'real_price'));
  return [
    makeProduct(originFor(product), id, 'ok', readings),
    ...listOf(skus).flatMap((sku) => readSku(sku, id, currency, originFor(sku))),
    ...listOf(at(review, 'review_items')).flatMap((item) => readShopReview(item, id, originFor(item))),
    ...readShop(seller, originFor(seller)),
  ];
}

/** A product of a list: what its tile says (`product_price_info`, `sold_info`, `rate_info`; public code, 2026). */
export function readShopTile(tile: unknown, originFor: (raw: unknown) => RecordOrigin): readonly AnyRecord[] {
  const id = shopProductId(tile);
  if (id === null) return [];
  const seller = at(tile, 'seller_info');
  const readings: Readings<ProductFields> = {
    product_url: known(tiktokProductAddress(id)),
    product_name: nameOf(at(tile, 'title')),
    brand: nameOf(at(tile, 'brand_info', 'brand_name')),
    ...shopPrices(at(tile, 'product_price_info')),
    sold_count: countOf(at(tile, 'sold_info', 'sold_count')),
    rating: positiveOf(at(tile, 'rate_info', 'score')),
    review_count: countOf(at(tile, 'rate_info', 'review_count')),
    shop_id: digitsOf(at(seller, 'seller_id')),
    shop_name: firstOf(nameOf(at(seller, 'shop_name')), nameOf(at(seller, 'name'))),
    ...shopImages(first(at(tile, 'image'), at(tile, 'images'))),
  };
  return [makeProduct(originFor(tile), id, 'ok', readings)];
}
