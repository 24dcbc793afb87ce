/** A product as the open platform of Douyin gives it: the answer itself says that its prices are in fen (分). */

import type { ProductFields, SkuFields } from '../core/record-defaults.ts';
import { makeProduct, makeSku, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, PriceUnitSource } from '../core/record.ts';
import { linkExpiry } from '../core/text.ts';
import { douyinProductAddress } from './addresses.ts';
import { type AnswerStatus, definePayload, originOf, type PayloadContext } from './payload.ts';
import { majorOf, minorOf } from './price.ts';
import {
  absent,
  at,
  countOf,
  dataOf,
  digitsOf,
  flagOf,
  idOf,
  isObject,
  isoTimeOf,
  known,
  listOf,
  listReading,
  nameOf,
  urlsOf,
  valueOf,
} from './reading.ts';

interface Unit {
  readonly read: (value: unknown) => Reading<number>;
  readonly source: PriceUnitSource;
}

/** A unit that is neither fen nor yuan leaves the amount unread. */
function unitOf(product: unknown): Unit {
  const declared = valueOf(nameOf(at(product, 'price_info', 'price_unit')));
  if (declared === '分') return { read: minorOf, source: 'declared' };
  if (declared === '元') return { read: majorOf, source: 'declared' };
  // The interface's description says fen; the answer leaves it out.
  if (declared === null) return { read: minorOf, source: 'assumed:open-platform' };
  return { read: () => absent, source: 'unknown' };
}

function currencyOf(product: unknown): Reading<string> {
  const currency = nameOf(at(product, 'price_info', 'currency'));
  return 'value' in currency && !/^[A-Z]{3}$/u.test(currency.value) ? { missing: 'parse_error' } : currency;
}

/** The category's own name, on the level that its parent tells: names of the levels above are not in the answer. */
function categoryOf(product: unknown): Readings<ProductFields> {
  const name = nameOf(at(product, 'category', 'cat_name'));
  const isRoot = 'missing' in digitsOf(at(product, 'category', 'parent_id'));
  return isRoot ? { category_l1: name } : { category_l2: name };
}

function readSku(sku: unknown, productId: string, product: unknown, origin: RecordOrigin): readonly AnyRecord[] {
  const id = valueOf(idOf(at(sku, 'sku_id')));
  if (id === null) return [];
  const unit = unitOf(product);
  const properties = listOf(at(sku, 'properties')).flatMap((property): [string, string][] => {
    const name = valueOf(nameOf(at(property, 'prop_name')));
    const value = valueOf(nameOf(at(property, 'value')));
    return name === null || value === null ? [] : [[name, value]];
  });
  const readings: Readings<SkuFields> = {
    sku_name: nameOf(at(sku, 'sku_name')),
    price_minor: unit.read(at(sku, 'price')),
    currency: currencyOf(product),
    price_unit_source: { value: unit.source },
    stock: countOf(at(sku, 'stock')),
    properties: properties.length > 0 ? { value: Object.fromEntries(properties) } : absent,
  };
  return [makeSku(origin, productId, id, readings)];
}

function readAnswer(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const product = dataOf(json);
  const id = valueOf(digitsOf(at(product, 'product_id')));
  if (id === null) return [];
  // The answer has no clock of its own: the data dictionary takes the listing's last change for it.
  const origin = originOf(
    context,
    'douyin',
    'api:open-platform',
    valueOf(isoTimeOf(at(product, 'update_time'))),
    product,
  );
  const unit = unitOf(product);
  const price = at(product, 'price_info');
  const images = urlsOf(at(product, 'images'));
  const expiries = images.flatMap((url) => linkExpiry(url) ?? []);
  const skus = at(product, 'sku_list');
  const readings: Readings<ProductFields> = {
    product_url: known(douyinProductAddress(id)),
    product_name: nameOf(at(product, 'product_name')),
    price_minor: unit.read(at(price, 'sale_price')),
    list_price_minor: unit.read(at(price, 'original_price')),
    currency: currencyOf(product),
    price_unit_source: isObject(price) ? { value: unit.source } : absent,
    sold_count: countOf(at(product, 'sales_info', 'total_sales')),
    sold_window: 'value' in countOf(at(product, 'sales_info', 'total_sales')) ? { value: 'lifetime' } : absent,
    month_sold_count: countOf(at(product, 'sales_info', 'month_sales')),
    ...categoryOf(product),
    sku_count: Array.isArray(skus) ? { value: skus.length } : absent,
    stock_total: countOf(at(product, 'inventory', 'total_stock')),
    stock_available: countOf(at(product, 'inventory', 'available_stock')),
    free_shipping: flagOf(at(product, 'logistics', 'free_shipping')),
    dispatch_city: nameOf(at(product, 'logistics', 'dispatch_city')),
    created_at: isoTimeOf(at(product, 'create_time')),
    updated_at: isoTimeOf(at(product, 'update_time')),
    // `shop_score` is one score for everything: it is none of our three, and what `status` means is not documented.
    shop_id: idOf(at(product, 'shop_info', 'shop_id')),
    shop_name: nameOf(at(product, 'shop_info', 'shop_name')),
    image_urls: listReading(at(product, 'images'), images),
    image_urls_expire_at: expiries.length > 0 ? { value: Math.min(...expiries) } : absent,
  };
  return [makeProduct(origin, id, 'ok', readings), ...listOf(skus).flatMap((sku) => readSku(sku, id, product, origin))];
}

function isProduct(json: unknown): boolean {
  const product = dataOf(json);
  return (
    'value' in digitsOf(at(product, 'product_id')) &&
    ['price_info', 'sales_info', 'sku_list', 'product_name'].some((field) => at(product, field) !== undefined)
  );
}

/** A code as text; null where there is none. */
function codeOf(value: unknown): string | null {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : null;
}

function firstText(...values: readonly unknown[]): string {
  return values.map((value) => valueOf(nameOf(value))).find((text) => text !== null) ?? '';
}

/**
 * The code of an answer ("0" is success, null: it has none) and its words. Besides the envelope of the product call,
 * the two that the platform's other interfaces use are read: a wrong path is answered in one of them.
 */
export function openPlatformStatus(json: unknown): { readonly code: string | null; readonly message: string } {
  const codes = [at(json, 'code'), at(json, 'err_no'), at(json, 'data', 'error_code'), at(json, 'extra', 'error_code')]
    .map(codeOf)
    .filter((code) => code !== null);
  return {
    code: codes.find((code) => code !== '0') ?? codes[0] ?? null,
    message: firstText(
      at(json, 'message'),
      at(json, 'msg'),
      at(json, 'err_msg'),
      at(json, 'data', 'description'),
      at(json, 'extra', 'description'),
    ),
  };
}

/** Whether the answer holds this SKU: what a call by `sku_id` was asked for. */
export function namesSku(json: unknown, skuId: string): boolean {
  return listOf(at(dataOf(json), 'sku_list')).some((sku) => valueOf(idOf(at(sku, 'sku_id'))) === skuId);
}

function statusOf(json: unknown): AnswerStatus | null {
  const { code, message } = openPlatformStatus(json);
  return code === null || code === '0' ? null : { code, message };
}

export const openPlatformProduct = definePayload({
  id: 'open-platform-product',
  recognises: isProduct,
  read: readAnswer,
  status: statusOf,
});
