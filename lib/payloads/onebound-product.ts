/**
 * The gateway's `item_get` (Douyin): Doudian's raw product inside the gateway's envelope, prices in fen although no
 * field says so. Sample published 2022-04. Telephone numbers and the seller's company name are not read.
 * Its lists (`item_search`, sample 2022-08, and the products of a shop, `item_search_shop`, sample 2023-11) hold short
 * products with prices in yuan.
 */

import type { ProductFields } from '../core/record-defaults.ts';
import { makeProduct, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord, ProductOption } from '../core/record.ts';
import { linkExpiry } from '../core/text.ts';
import { douyinProductAddress } from './addresses.ts';
import { attributesOf, brandOf, categoriesOf, descriptionOf, listingOf } from './douyin-product.ts';
import {
  gatewayCode,
  gatewayItems,
  gatewayOrigin,
  gatewayStatus,
  isGatewayAnswer,
  translatedTo,
} from './onebound-envelope.ts';
import { definePayload, type PayloadContext } from './payload.ts';
import { majorOf, minorOf } from './price.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  idOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  listReading,
  nameOf,
  numberOf,
  positiveOf,
  unreadable,
  urlsOf,
  valueOf,
} from './reading.ts';

function productId(item: unknown): string | null {
  return valueOf(firstOf(digitsOf(at(item, 'product_id')), digitsOf(at(item, 'num_iid'))));
}

function hasAny(item: unknown, fields: readonly string[]): boolean {
  return fields.some((field) => at(item, field) !== undefined);
}

/** Without its envelope an item must show words of the gateway that Doudian's own answers do not have. */
function isProductItem(item: unknown, hasEnvelope: boolean): boolean {
  if (productId(item) === null || isObject(at(item, 'video'))) return false;
  if (hasEnvelope)
    return (
      hasAny(item, ['product_id', 'discount_price', 'sell_num', 'name', 'sku_min_price']) ||
      hasAny(item, ['price', 'promotion_price', 'sales'])
    );
  if (hasAny(item, ['spec_prices', 'product_id_str'])) return false;
  return hasAny(item, ['sell_num', 'sku_min_price', 'credit_score', 'spec_info']) || isOtherForm(item);
}

/** The gateway's other form of a product: `num_iid` with a price in yuan, as in its searches. */
function isOtherForm(item: unknown): boolean {
  return hasAny(item, ['num_iid']) && hasAny(item, ['price', 'orginal_price', 'promotion_price']);
}

function itemsIn(json: unknown): readonly unknown[] {
  return gatewayItems(json).filter((item) => isProductItem(item, isGatewayAnswer(json)));
}

/** The other form's `props_list`: {"0:0": "颜色:黑色", "0:1": "颜色:白色"}. */
function listedOptions(list: JsonObject): readonly ProductOption[] {
  const axes = new Map<string, Set<string>>();
  for (const text of Object.values(list)) {
    const [, name, value] = /^([^:：]+)[:：](.+)$/su.exec(valueOf(nameOf(text)) ?? '') ?? [];
    if (name && value) axes.set(name.trim(), (axes.get(name.trim()) ?? new Set()).add(value.trim()));
  }
  return [...axes].map(([name, values]) => ({ name, values: [...values] }));
}

/** Axes of choice, not SKUs: their combinations may not all be for sale. */
function optionsOf(item: unknown): Reading<readonly ProductOption[]> {
  const list = at(item, 'props_list');
  if (isObject(list)) return { value: listedOptions(list) };
  const specifications = at(item, 'spec_info');
  const options = listOf(specifications).flatMap((entry): ProductOption[] => {
    const name = valueOf(nameOf(at(entry, 'name')));
    const values = listOf(at(entry, 'list')).flatMap((choice) => valueOf(nameOf(at(choice, 'name'))) ?? []);
    return name === null || values.length === 0 ? [] : [{ name, values }];
  });
  return listReading(specifications, options);
}

/** Sold so far. Its window is unknown: the gateway does not say over which time. */
function soldOf(item: unknown): Pick<Readings<ProductFields>, 'sold_count' | 'sold_count_text'> {
  const held = [at(item, 'sell_num'), at(item, 'total_sold'), at(item, 'sales')].find(
    (value) => value !== undefined && value !== null && value !== '',
  );
  const text = typeof held === 'string' ? nameOf(held) : absent;
  return { sold_count: countOf(held), sold_count_text: text };
}

/**
 * The other form's prices, in yuan as decimals. `promotion_price` is what is paid ("优惠价" in the published table of
 * `item_search`); `price` is then what it was reduced from.
 */
function pricesInYuan(item: unknown): Readings<ProductFields> {
  const price = majorOf(at(item, 'price'));
  const original = majorOf(at(item, 'orginal_price'));
  const reduced = majorOf(at(item, 'promotion_price'));
  // 0 is how a product without a promotion is listed.
  const paid = valueOf(reduced) === 0 ? absent : reduced;
  const isReduced = (valueOf(paid) ?? Number.MAX_VALUE) < (valueOf(price) ?? 0);
  return { price_minor: firstOf(paid, price), list_price_minor: isReduced ? firstOf(original, price) : original };
}

/** Prices: fen in the raw product, yuan in the other form. */
function pricesOf(item: unknown): Readings<ProductFields> {
  const isRaw = at(item, 'discount_price') !== undefined || at(item, 'sku_min_price') !== undefined;
  const prices = isRaw
    ? {
        price_minor: minorOf(at(item, 'discount_price')),
        price_min_minor: minorOf(at(item, 'sku_min_price')),
        price_max_minor: minorOf(at(item, 'sku_max_price')),
        list_price_minor: minorOf(at(item, 'market_price')),
      }
    : pricesInYuan(item);
  const hasPrice = Object.values(prices).some((reading) => 'value' in reading);
  return hasPrice ? { ...prices, currency: { value: 'CNY' }, price_unit_source: { value: 'assumed:gateway' } } : prices;
}

/** Scores of the shop from 1 to 5, not of the product. */
function scoresOf(item: unknown): Readings<ProductFields> {
  const score = at(item, 'credit_score');
  return {
    shop_score_product: positiveOf(at(score, 'product')),
    shop_score_service: positiveOf(at(score, 'shop')),
    shop_score_logistics: positiveOf(at(score, 'logistics')),
  };
}

function freightOf(item: unknown): Reading<string> {
  const freight = at(item, 'freight');
  if (freight === undefined || freight === null || freight === '') return absent;
  return isObject(freight) ? { value: JSON.stringify(freight) } : unreadable;
}

function imagesOf(item: unknown): Readings<ProductFields> {
  const lists = [at(item, 'img_list'), at(item, 'item_imgs')].map((list) => urlsOf(list));
  const single = urlsOf([at(item, 'img') ?? at(item, 'pic_url')]);
  const urls = lists.find((list) => list.length > 0) ?? single;
  const expiries = urls.flatMap((url) => linkExpiry(url) ?? []);
  return {
    image_urls: urls.length > 0 ? { value: urls } : listReading(at(item, 'img_list'), []),
    image_urls_expire_at: expiries.length > 0 ? { value: Math.min(...expiries) } : absent,
  };
}

function serviceTags(item: unknown): Reading<readonly string[]> {
  const tags = at(item, 'product_tag', 'service_tag');
  return listReading(
    tags,
    listOf(tags).flatMap((tag) => valueOf(nameOf(tag)) ?? []),
  );
}

function readProduct(item: unknown, json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = productId(item);
  if (id === null) return [];
  const origin = gatewayOrigin(context, json, item);
  const attributes = attributesOf(at(item, 'product_format'));
  const name = firstOf(nameOf(at(item, 'name')), nameOf(at(item, 'title')));
  const listing = listingOf(item);
  const readings: Readings<ProductFields> = {
    product_url: known(douyinProductAddress(id)),
    product_name: name,
    product_name_translated_to: 'value' in name ? known(translatedTo(json, context)) : absent,
    product_description: firstOf(descriptionOf(at(item, 'description')), descriptionOf(at(item, 'desc'))),
    brand: firstOf(brandOf(attributes), nameOf(at(item, 'brand'))),
    ...pricesOf(item),
    ...soldOf(item),
    ...scoresOf(item),
    commission_rate: numberOf(at(item, 'cos_ratio')),
    ...categoriesOf(item),
    attributes,
    options: optionsOf(item),
    dispatch_province: nameOf(at(item, 'freight', 'product_province_name')),
    delivery_promise: firstOf(nameOf(at(item, 'detail_delay_desc')), nameOf(at(item, 'delivery_delay_desc'))),
    freight_json: freightOf(item),
    service_tags: serviceTags(item),
    listing_status: listing,
    // The products of a shop do not name it; the answer repeats for which shop it was asked.
    shop_id: firstOf(idOf(at(item, 'shop_id')), idOf(at(json, 'call_args', 'shopid'))),
    shop_name: firstOf(nameOf(at(item, 'shop_name')), nameOf(at(item, 'nick'))),
    ...imagesOf(item),
  };
  return [makeProduct(origin, id, valueOf(listing) === 'deleted' ? 'removed' : 'ok', readings)];
}

export const oneboundProduct = definePayload({
  id: 'onebound-product',
  recognises: (json) => itemsIn(json).length > 0,
  read: (json, context) => itemsIn(json).flatMap((item) => readProduct(item, json, context)),
  status: (json) => (gatewayCode(json) === '0000' ? null : gatewayStatus(json)),
});
