/**
 * A product as Doudian's `product.detail` gives it to its seller: ids as bare 19-digit numbers, JSON inside texts,
 * prices in fen by its documentation, times of Beijing without a zone. Documentation sample read 2025-03.
 * The seller's telephone number is not read.
 */
import { parseBeijingTime } from '../core/beijing-time.ts';
import type { ProductFields, SkuFields } from '../core/record-defaults.ts';
import { makeProduct, makeSku, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, ProductOption } from '../core/record.ts';
import { linkExpiry } from '../core/text.ts';
import { douyinProductAddress } from './addresses.ts';
import { attributesOf, brandOf, categoriesOf, descriptionOf, listingOf } from './douyin-product.ts';
import { type AnswerStatus, definePayload, originOf, type PayloadContext } from './payload.ts';
import { minorOf } from './price.ts';
import {
  absent,
  at,
  countOf,
  dataOf,
  digitsOf,
  firstOf,
  isoTimeOf,
  known,
  listOf,
  listReading,
  nameOf,
  urlsOf,
  valueOf,
} from './reading.ts';

const unitSource = 'assumed:doudian';

/** The same answer writes one time with a zone and one without. */
function timeOf(value: unknown): Reading<number> {
  const beijing = typeof value === 'string' ? parseBeijingTime(value) : null;
  return beijing === null ? isoTimeOf(value) : { value: beijing };
}

function idOfProduct(product: unknown): string | null {
  return valueOf(firstOf(digitsOf(at(product, 'product_id_str')), digitsOf(at(product, 'product_id'))));
}

interface Choice {
  readonly axis: string;
  readonly value: string;
}

/** What each value of each axis is called, by its id. */
function choicesOf(product: unknown): ReadonlyMap<string, Choice> {
  const entries = listOf(at(product, 'specs')).flatMap((spec) => {
    const axis = valueOf(nameOf(at(spec, 'name')));
    return listOf(at(spec, 'values')).flatMap((choice): [string, Choice][] => {
      const id = valueOf(digitsOf(at(choice, 'id')));
      const value = valueOf(nameOf(at(choice, 'name')));
      return id === null || axis === null || value === null ? [] : [[id, { axis, value }]];
    });
  });
  return new Map(entries);
}

function optionsOf(product: unknown): Reading<readonly ProductOption[]> {
  const options = listOf(at(product, 'specs')).flatMap((spec): ProductOption[] => {
    const name = valueOf(nameOf(at(spec, 'name')));
    const values = listOf(at(spec, 'values')).flatMap((choice) => valueOf(nameOf(at(choice, 'name'))) ?? []);
    return name === null || values.length === 0 ? [] : [{ name, values }];
  });
  return listReading(at(product, 'specs'), options);
}

function readSku(
  sku: unknown,
  productId: string,
  choices: ReadonlyMap<string, Choice>,
  origin: RecordOrigin,
): readonly AnyRecord[] {
  const id = valueOf(digitsOf(at(sku, 'sku_id')));
  if (id === null) return [];
  const chosen = listOf(at(sku, 'spec_detail_ids')).flatMap(
    (detail) => choices.get(valueOf(digitsOf(detail)) ?? '') ?? [],
  );
  const readings: Readings<SkuFields> = {
    sku_name: known(chosen.length > 0 ? chosen.map(({ value }) => value).join(' / ') : null),
    price_minor: minorOf(at(sku, 'price')),
    currency: { value: 'CNY' },
    price_unit_source: { value: unitSource },
    stock: countOf(at(sku, 'stock_num')),
    properties:
      chosen.length > 0 ? { value: Object.fromEntries(chosen.map(({ axis, value }) => [axis, value])) } : absent,
  };
  return [makeSku(origin, productId, id, readings)];
}

function pricesOf(product: unknown): Readings<ProductFields> {
  const prices = {
    price_minor: minorOf(at(product, 'discount_price')),
    list_price_minor: minorOf(at(product, 'market_price')),
  };
  const hasPrice = Object.values(prices).some((reading) => 'value' in reading);
  return hasPrice ? { ...prices, currency: { value: 'CNY' }, price_unit_source: { value: unitSource } } : prices;
}

function readAnswer(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const product = dataOf(json);
  const id = idOfProduct(product);
  if (id === null) return [];
  const origin = originOf(context, 'douyin', 'api:doudian');
  const attributes = attributesOf(at(product, 'product_format'));
  const listing = listingOf(product);
  const skus = at(product, 'spec_prices');
  const pictures = urlsOf(at(product, 'pic'));
  const images = pictures.length > 0 ? pictures : urlsOf([at(product, 'img')]);
  const expiries = images.flatMap((url) => linkExpiry(url) ?? []);
  const choices = choicesOf(product);
  const readings: Readings<ProductFields> = {
    product_url: known(douyinProductAddress(id)),
    product_name: nameOf(at(product, 'name')),
    product_description: descriptionOf(at(product, 'description')),
    brand: brandOf(attributes),
    ...pricesOf(product),
    ...categoriesOf(product),
    attributes,
    options: optionsOf(product),
    sku_count: Array.isArray(skus) ? { value: skus.length } : absent,
    listing_status: listing,
    created_at: timeOf(at(product, 'create_time')),
    updated_at: timeOf(at(product, 'update_time')),
    image_urls: images.length > 0 ? { value: images } : listReading(at(product, 'pic'), images),
    image_urls_expire_at: expiries.length > 0 ? { value: Math.min(...expiries) } : absent,
  };
  const record = makeProduct(origin, id, valueOf(listing) === 'deleted' ? 'removed' : 'ok', readings);
  return [record, ...listOf(skus).flatMap((sku) => readSku(sku, id, choices, origin))];
}

/** `spec_prices`, `check_status` and `product_format` together with a product's id are Doudian's own words. */
function isProduct(json: unknown): boolean {
  const product = dataOf(json);
  return (
    idOfProduct(product) !== null &&
    ['spec_prices', 'check_status', 'product_format', 'product_id_str'].some(
      (field) => at(product, field) !== undefined,
    )
  );
}

function statusOf(json: unknown): AnswerStatus | null {
  const code = at(json, 'err_no') ?? at(json, 'code');
  if (code === 0 || code === 10000 || (typeof code !== 'number' && typeof code !== 'string')) return null;
  return { code: String(code), message: valueOf(firstOf(nameOf(at(json, 'message')), nameOf(at(json, 'msg')))) ?? '' };
}

export const doudianProduct = definePayload({
  id: 'doudian-product',
  recognises: isProduct,
  read: readAnswer,
  status: statusOf,
});
