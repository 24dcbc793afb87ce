/** Products of schema.org (LD+JSON) in TikTok Shop's pages: what is left where a page has no JSON of its own. */
import type { ProductFields } from '../core/record-defaults.ts';
import { makeProduct, type Reading, type Readings } from '../core/record-factory.ts';
import type { ProductRecord } from '../core/record.ts';
import { htmlToText } from '../core/text.ts';
import { tiktokProductAddress } from './addresses.ts';
import { amountOf, currencyOf } from './currency.ts';
import { originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  firstOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  positiveOf,
  textOf,
  urlsOf,
  valueOf,
} from './reading.ts';

function isProduct(held: unknown): held is JsonObject {
  const type = at(held, '@type');
  return isObject(held) && (Array.isArray(type) ? type : [type]).some((name) => name === 'Product');
}

/** Every product in a list, a `@graph` or by itself; other types are left out. */
export function ldProducts(json: unknown, depth = 0): readonly JsonObject[] {
  if (depth > 3) return [];
  if (Array.isArray(json)) return json.flatMap((entry: unknown) => ldProducts(entry, depth + 1));
  if (isProduct(json)) return [json];
  return [at(json, '@graph'), at(json, 'mainEntity')].flatMap((part) =>
    part === undefined ? [] : ldProducts(part, depth + 1),
  );
}

function firstOffer(product: JsonObject): unknown {
  const offers = product['offers'];
  return Array.isArray(offers) ? offers[0] : offers;
}

/** Product ids have 19 digits and start with 1; so do those of SKUs, so an address says it best. */
export function ldProductId(product: JsonObject): string | null {
  const addresses = [product['url'], product['@id'], at(firstOffer(product), 'url')];
  for (const address of addresses) {
    const id =
      typeof address === 'string' ? /(?:pdp|product)\/(?:[^/?#]+\/)?(1\d{18})(?=[/?#]|$)/u.exec(address)?.[1] : null;
    if (id) return id;
  }
  const ids = [product['productID'], product['sku']].map((value) => valueOf(nameOf(value))?.replace(/^.*:/u, ''));
  return ids.find((id) => id !== undefined && /^1\d{18}$/u.test(id)) ?? null;
}

function priceOf(offer: unknown): Readings<ProductFields> {
  const currency = currencyOf(at(offer, 'priceCurrency'));
  const value = at(offer, 'price') ?? at(offer, 'lowPrice');
  const price = amountOf(value, currency);
  const text = nameOf(value);
  if ('missing' in price) return { price_minor: price, currency, price_text: 'value' in text ? text : absent };
  const highest = amountOf(at(offer, 'highPrice'), currency);
  return {
    price_minor: price,
    price_min_minor: price,
    price_max_minor: 'value' in highest ? highest : price,
    currency,
    price_unit_source: { value: 'declared' },
  };
}

function descriptionOf(product: JsonObject): Reading<string> {
  const text = textOf(product['description']);
  return 'value' in text ? textOf(htmlToText(text.value)) : text;
}

/** schema.org's own words (`https://schema.org/InStock`). */
function listingOf(offer: unknown): Reading<ProductRecord['listing_status']> {
  const name = valueOf(nameOf(at(offer, 'availability'))) ?? '';
  if (name.endsWith('InStock')) return { value: 'on_sale' };
  return /(?:Discontinued|SoldOut|OutOfStock)$/u.test(name) ? { value: 'off_sale' } : absent;
}

/** The product's record; null without an id. */
export function readLdProduct(product: JsonObject, context: PayloadContext): ProductRecord | null {
  const id = ldProductId(product);
  if (id === null) return null;
  const offer = firstOffer(product);
  const images = urlsOf(Array.isArray(product['image']) ? product['image'] : [product['image']]);
  const brand = product['brand'];
  const rating = product['aggregateRating'];
  return makeProduct(originOf(context, 'tiktok', 'ld-json', null, product), id, 'ok', {
    product_url: known(tiktokProductAddress(id)),
    product_name: nameOf(product['name']),
    product_description: descriptionOf(product),
    brand: nameOf(isObject(brand) ? brand['name'] : brand),
    ...priceOf(offer),
    rating: positiveOf(at(rating, 'ratingValue')),
    review_count: firstOf(countOf(at(rating, 'reviewCount')), countOf(at(rating, 'ratingCount'))),
    category_l1: listOf(product['category']).length > 0 ? absent : nameOf(product['category']),
    listing_status: listingOf(offer),
    shop_name: nameOf(at(offer, 'seller', 'name')),
    image_urls: images.length > 0 ? { value: images } : absent,
  });
}
