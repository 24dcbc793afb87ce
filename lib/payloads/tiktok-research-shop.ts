/** Shops of TikTok Shop in the EU as the Research API gives them (TikTok's "Query Shop Details" of 2026-09). */
import type { ShopFields } from '../core/record-defaults.ts';
import { makeShop, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  at,
  countOf,
  dataOf,
  digitsOf,
  isObject,
  type JsonObject,
  listOf,
  nameOf,
  positiveOf,
  valueOf,
} from './reading.ts';

function shopsIn(json: unknown): readonly JsonObject[] {
  return listOf(at(dataOf(json), 'shop_data')).filter(
    (shop): shop is JsonObject => isObject(shop) && 'value' in digitsOf(shop['shop_id']),
  );
}

function readShop(shop: JsonObject, context: PayloadContext): readonly AnyRecord[] {
  const id = valueOf(digitsOf(shop['shop_id']));
  if (id === null) return [];
  const readings: Readings<ShopFields> = {
    shop_name: nameOf(shop['shop_name']),
    rating: positiveOf(shop['shop_rating']),
    review_count: countOf(shop['shop_review_count']),
    sold_count: countOf(shop['item_sold_count']),
  };
  return [makeShop(originOf(context, 'tiktok', 'api:tiktok-research', null, shop), id, readings)];
}

export const tiktokResearchShop = definePayload({
  id: 'tiktok-research-shop',
  recognises: (json) => shopsIn(json).length > 0,
  read: (json, context) => shopsIn(json).flatMap((shop) => readShop(shop, context)),
});
