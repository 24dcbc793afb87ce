/** Products that a TikTok post links to. Only the anchors of the post itself are read, never a list of its seller's products. */
import type { ProductFields } from '../core/record-defaults.ts';
import { makeProduct, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { ProductRecord } from '../core/record.ts';
import { tiktokProductAddress } from './addresses.ts';
import {
  absent,
  at,
  digitsOf,
  firstOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  nestedJson,
  numberOf,
  unreadable,
  valueOf,
} from './reading.ts';

/** Seen: 28 effect, 35 product, 54 CapCut (2025; that 35 is a product is from public code, not from a capture). */
const productAnchor = 35;

/** The objects with a `product_id`. `extra` is JSON in a text, and so is the `extra` of what is in it. */
function productsIn(value: unknown, depth = 0): readonly JsonObject[] {
  if (depth > 4) return [];
  if (typeof value === 'string')
    return value.startsWith('{') || value.startsWith('[') ? productsIn(nestedJson(value), depth + 1) : [];
  if (Array.isArray(value)) return value.flatMap((entry) => productsIn(entry, depth + 1));
  if (!isObject(value)) return [];
  return valueOf(digitsOf(value['product_id'])) === null ? productsIn(value['extra'], depth + 1) : [value];
}

function productAnchorsOf(item: unknown): readonly unknown[] {
  return listOf(at(item, 'anchors')).filter((anchor) => valueOf(numberOf(at(anchor, 'type'))) === productAnchor);
}

export interface LinkedProducts {
  readonly has_product_link: Reading<boolean>;
  readonly product_ids: Reading<readonly string[]>;
}

/** Reads `anchors` of web and app items. Without the field nobody knows whether there is a product. */
export function linkedProducts(item: unknown): LinkedProducts {
  const anchors = at(item, 'anchors');
  const isShopping = valueOf(numberOf(at(item, 'isECVideo'))) === 1;
  const products = productAnchorsOf(item);
  const linked = products.flatMap((anchor) => productsIn(at(anchor, 'extra')));
  const ids = [...new Set(linked.flatMap((product) => valueOf(digitsOf(product['product_id'])) ?? []))];
  if (products.length > 0 || isShopping)
    return { has_product_link: { value: true }, product_ids: ids.length > 0 ? { value: ids } : absent };
  return Array.isArray(anchors)
    ? { has_product_link: { value: false }, product_ids: { value: [] } }
    : { has_product_link: absent, product_ids: absent };
}

/** Digits after the point by ISO 4217; null for what is no currency. */
function decimalsOf(currency: string | null): number | null {
  if (currency === null || !/^[A-Z]{3}$/u.test(currency)) return null;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? null;
}

/**
 * The price of a linked product (`price`, `currency`). One with a point is in the currency's own unit, and so is one of a
 * currency without decimals. Of any other whole number nobody has said whether it counts dollars or cents, so it is kept
 * as a text only. `unitSource`: who took the unit for that.
 */
export function statedPrice(
  product: JsonObject,
  unitSource: ProductRecord['price_unit_source'],
): Readings<ProductFields> {
  const text = typeof product['price'] === 'number' ? String(product['price']) : valueOf(nameOf(product['price']));
  if (text === null) return {};
  const currency = valueOf(nameOf(product['currency']));
  const decimals = decimalsOf(currency);
  const match = /^(\d{1,10})(?:\.(\d{1,4}))?$/u.exec(text);
  const fraction = match?.[2] ?? '';
  const isStated = fraction !== '' || decimals === 0;
  if (!match || decimals === null || fraction.length > decimals || !isStated)
    return {
      price_minor: unreadable,
      price_text: { value: text },
      currency: decimals === null ? absent : nameOf(currency),
    };
  return {
    price_minor: { value: Number(`${match[1]}${fraction.padEnd(decimals, '0')}`) },
    currency: nameOf(currency),
    price_unit_source: { value: unitSource },
  };
}

/**
 * What posts tell of the products that they link to, each product once. `originOf` is given the product as it stands in
 * the anchor.
 */
export function anchoredProducts(
  items: readonly unknown[],
  originOf: (product: JsonObject) => RecordOrigin,
): readonly ProductRecord[] {
  const products = new Map<string, JsonObject>();
  for (const anchor of items.flatMap(productAnchorsOf)) {
    for (const product of productsIn(at(anchor, 'extra'))) {
      const id = valueOf(digitsOf(product['product_id']));
      if (id !== null && !products.has(id)) products.set(id, product);
    }
  }
  return [...products].map(([id, product]) =>
    makeProduct(originOf(product), id, 'unknown', {
      product_url: known(tiktokProductAddress(id)),
      product_name: firstOf(nameOf(product['title']), nameOf(product['elastic_title'])),
      shop_id: digitsOf(product['seller_id']),
      ...statedPrice(product, 'assumed:anchor'),
    }),
  );
}
