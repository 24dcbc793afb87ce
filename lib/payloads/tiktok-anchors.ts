/** Products that a TikTok post links to. Only the anchors of the post itself are read, never a list of its seller's products. */
import type { Reading } from '../core/record-factory.ts';
import { absent, at, digitsOf, listOf, nestedJson, numberOf, valueOf } from './reading.ts';

/** Seen: 28 effect, 35 product, 54 CapCut (2025; that 35 is a product is from public code, not from a capture). */
const productAnchor = 35;

/** `extra` is JSON in a text, and so is the `extra` of what is in it. */
function productIdsIn(value: unknown, depth = 0): readonly string[] {
  if (depth > 4) return [];
  if (typeof value === 'string')
    return value.startsWith('{') || value.startsWith('[') ? productIdsIn(nestedJson(value), depth + 1) : [];
  if (Array.isArray(value)) return value.flatMap((entry) => productIdsIn(entry, depth + 1));
  const id = valueOf(digitsOf(at(value, 'product_id')));
  return id === null ? productIdsIn(at(value, 'extra'), depth + 1) : [id];
}

export interface LinkedProducts {
  readonly has_product_link: Reading<boolean>;
  readonly product_ids: Reading<readonly string[]>;
}

/** Reads `anchors` of web and app items. Without the field nobody knows whether there is a product. */
export function linkedProducts(item: unknown): LinkedProducts {
  const anchors = at(item, 'anchors');
  const isShopping = valueOf(numberOf(at(item, 'isECVideo'))) === 1;
  const products = listOf(anchors).filter((anchor) => valueOf(numberOf(at(anchor, 'type'))) === productAnchor);
  const ids = [...new Set(products.flatMap((anchor) => productIdsIn(at(anchor, 'extra'))))];
  if (products.length > 0 || isShopping)
    return { has_product_link: { value: true }, product_ids: ids.length > 0 ? { value: ids } : absent };
  return Array.isArray(anchors)
    ? { has_product_link: { value: false }, product_ids: { value: [] } }
    : { has_product_link: absent, product_ids: absent };
}
