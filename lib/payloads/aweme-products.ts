/**
 * Products that an aweme links to. No linked product was ever captured: the places are from public programs and the
 * platforms' app models (2026-08), so ids are taken where they are, and nothing is read into a price without a unit.
 */
import type { PostFields, ProductFields } from '../core/record-defaults.ts';
import { makeProduct, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { ProductRecord } from '../core/record.ts';
import type { Platform } from '../core/ref.ts';
import { douyinProductAddress, tiktokProductAddress } from './addresses.ts';
import { majorOf, minorOf } from './price.ts';
import {
  absent,
  at,
  digitsOf,
  firstOf,
  firstUrlOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  nestedJson,
  numberOf,
  valueOf,
} from './reading.ts';
import { linkedProducts } from './tiktok-anchors.ts';

/** Douyin's `anchor_info`: 2 was seen as a place, that 3 is a product is from public code. */
function isProductAnchor(item: JsonObject): boolean {
  return valueOf(numberOf(at(item, 'anchor_info', 'type'))) === 3;
}

function productId(json: unknown): string | null {
  return valueOf(
    firstOf(digitsOf(at(json, 'product_id_str')), digitsOf(at(json, 'product_id')), digitsOf(at(json, 'promotion_id'))),
  );
}

/** The objects that name a product, in JSON inside texts too; nothing below one is searched. */
function productsIn(json: unknown, depth = 0): readonly JsonObject[] {
  if (depth > 5) return [];
  if (typeof json === 'string') return /^\s*[[{]/u.test(json) ? productsIn(nestedJson(json), depth + 1) : [];
  if (Array.isArray(json)) return json.flatMap((entry) => productsIn(entry, depth + 1));
  if (!isObject(json)) return [];
  if (productId(json) !== null) return [json];
  return ['extra', 'extra_info', 'products', 'product', 'product_info', 'promotions'].flatMap((name) =>
    productsIn(json[name], depth + 1),
  );
}

function promotionsOf(item: JsonObject, platform: Platform): readonly JsonObject[] {
  const lists =
    platform === 'douyin'
      ? [item['simple_promotions'], item['promotions']]
      : [item['products_info'], item['anchors_info'], item['simple_promotions'], item['promotions']];
  const found = [...lists, isProductAnchor(item) ? item['anchor_info'] : null].flatMap((list) => productsIn(list));
  const byId = new Map<string, JsonObject>();
  for (const product of found) {
    const id = productId(product) ?? '';
    if (!byId.has(id)) byId.set(id, product);
  }
  return [...byId.values()];
}

/** Whether and which products an item links to. */
export function awemeProducts(item: JsonObject, platform: Platform): Readings<PostFields> {
  const anchored = platform === 'tiktok' ? linkedProducts(item) : null;
  const ids = [
    ...promotionsOf(item, platform).map((product) => productId(product) ?? ''),
    ...((anchored && valueOf(anchored.product_ids)) ?? []),
  ];
  if (ids.length > 0) return { has_product_link: { value: true }, product_ids: { value: [...new Set(ids)] } };
  if (anchored) return { has_product_link: anchored.has_product_link, product_ids: anchored.product_ids };
  const hasList = ['simple_promotions', 'promotions'].some((name) => listOf(item[name]).length > 0);
  return hasList || isProductAnchor(item) ? { has_product_link: { value: true } } : {};
}

/** `price_unit` is how Douyin's open platform declares one; without it the amount stays a text. */
function priceOf(product: JsonObject): Readings<ProductFields> {
  const value = ['price', 'min_price', 'real_price', 'format_available_price']
    .map((name) => product[name])
    .find((price): price is string | number => (typeof price === 'string' ? price !== '' : typeof price === 'number'));
  if (value === undefined) return {};
  const currency = nameOf(product['currency']);
  const declared = 'value' in currency && /^[A-Z]{3}$/u.test(currency.value) ? currency : absent;
  const unit = valueOf(nameOf(product['price_unit']));
  if (unit === '分' || unit === '元')
    return {
      price_minor: unit === '分' ? minorOf(value) : majorOf(value),
      currency: { value: 'CNY' },
      price_unit_source: { value: 'declared' },
    };
  return { price_text: { value: String(value) }, currency: declared };
}

/**
 * A record of each linked product of which the item says more than its id. `told`: the ids of those that need none any
 * more; what is read here is added.
 */
export function awemeProductRecords(
  item: JsonObject,
  platform: Platform,
  told: Set<string>,
  originFor: (raw: unknown) => RecordOrigin,
): readonly ProductRecord[] {
  return promotionsOf(item, platform).flatMap((product): readonly ProductRecord[] => {
    const id = productId(product) ?? '';
    if (told.has(id)) return [];
    const title = firstOf(...['title', 'product_name', 'elastic_title', 'name'].map((field) => nameOf(product[field])));
    const price = priceOf(product);
    if ('missing' in title && Object.keys(price).length === 0) return [];
    const image = firstOf(
      firstUrlOf(product['cover']),
      firstUrlOf(product['cover_url']),
      firstUrlOf(product['images']),
    );
    told.add(id);
    const readings: Readings<ProductFields> = {
      product_url: known(platform === 'douyin' ? douyinProductAddress(id) : tiktokProductAddress(id)),
      product_name: title,
      ...price,
      shop_id: firstOf(digitsOf(product['seller_id']), digitsOf(product['shop_id'])),
      shop_name: firstOf(nameOf(product['seller_name']), nameOf(product['shop_name'])),
      image_urls: 'value' in image ? { value: [image.value] } : absent,
    };
    return [makeProduct(originFor(product), id, 'unknown', readings)];
  });
}
