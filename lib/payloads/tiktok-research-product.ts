/**
 * Products of TikTok Shop in the EU as the Research API gives them (TikTok's "Query Product Info" of 2026-09). They do
 * not say whose they are: whoever asked for a shop's products must put its id into `shop_id`.
 */
import type { ProductFields } from '../core/record-defaults.ts';
import { makeProduct, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { tiktokProductAddress } from './addresses.ts';
import { amountOf } from './currency.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  dataOf,
  digitsOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  namesIn,
  positiveOf,
  textOf,
  unreadable,
  valueOf,
} from './reading.ts';

function productsIn(json: unknown): readonly JsonObject[] {
  return listOf(at(dataOf(json), 'product_data')).filter(
    (product): product is JsonObject => isObject(product) && 'value' in digitsOf(product['product_id']),
  );
}

/** "20.79GBP": the amount in major units and the currency; the lowest is the price where there are several. */
function pricesOf(value: unknown): Readings<ProductFields> {
  const written = namesIn(Array.isArray(value) ? value : [value]);
  const missing: Reading<never> = value === undefined || value === null || value === '' ? absent : unreadable;
  if (written.length === 0) return { price_minor: Array.isArray(value) && value.length === 0 ? absent : missing };
  const prices = written.map((text) => {
    const match = /^(\d+(?:\.\d+)?)\s*([A-Z]{3})$/u.exec(text);
    const currency = known(match?.[2]);
    return { currency, amount: match ? amountOf(match[1], currency) : unreadable };
  });
  const amounts = prices.flatMap(({ amount }) => valueOf(amount) ?? []);
  const currencies = new Set(prices.map(({ currency }) => valueOf(currency)));
  const [currency = null] = currencies;
  if (amounts.length < prices.length || currencies.size > 1 || currency === null)
    return { price_minor: unreadable, price_text: { value: written.join(', ') } };
  return {
    price_minor: { value: Math.min(...amounts) },
    price_min_minor: { value: Math.min(...amounts) },
    price_max_minor: { value: Math.max(...amounts) },
    currency: { value: currency },
    price_unit_source: { value: 'declared' },
  };
}

function readProduct(product: JsonObject, context: PayloadContext): readonly AnyRecord[] {
  const id = valueOf(digitsOf(product['product_id']));
  if (id === null) return [];
  const sold = countOf(product['product_sold_count']);
  const readings: Readings<ProductFields> = {
    product_url: known(tiktokProductAddress(id)),
    product_name: nameOf(product['product_name']),
    product_description: textOf(product['product_description']),
    ...pricesOf(product['product_price']),
    sold_count: sold,
    // "Since this item was listed on TikTok shop, including items that have been returned."
    sold_window: 'value' in sold ? { value: 'lifetime' } : absent,
    rating: positiveOf(product['product_rating']),
    review_count: countOf(product['product_review_count']),
    rating_1_count: countOf(product['product_rating_1_count']),
    rating_2_count: countOf(product['product_rating_2_count']),
    rating_3_count: countOf(product['product_rating_3_count']),
    rating_4_count: countOf(product['product_rating_4_count']),
    rating_5_count: countOf(product['product_rating_5_count']),
    shop_id: digitsOf(product['shop_id']),
    shop_name: nameOf(product['shop_name']),
  };
  return [makeProduct(originOf(context, 'tiktok', 'api:tiktok-research', null, product), id, 'ok', readings)];
}

export const tiktokResearchProduct = definePayload({
  id: 'tiktok-research-product',
  recognises: (json) => productsIn(json).length > 0,
  read: (json, context) => productsIn(json).flatMap((product) => readProduct(product, context)),
});
