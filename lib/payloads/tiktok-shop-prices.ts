/** Prices of TikTok Shop. A visitor without a login may get them masked ("$2?"): those stay texts. */
import type { ProductFields } from '../core/record-defaults.ts';
import type { Reading, Readings } from '../core/record-factory.ts';
import { amountOf, currencyOf } from './currency.ts';
import { absent, at, firstOf, isObject, nameOf } from './reading.ts';

/** The currency of a price block; newer blocks call it `currency_name`. */
export function shopCurrency(...blocks: readonly unknown[]): Reading<string> {
  return firstOf(
    ...blocks.flatMap((block) => [currencyOf(at(block, 'currency')), currencyOf(at(block, 'currency_name'))]),
    absent,
  );
}

/** The price as it is written, the first that there is. */
function writtenPrice(price: unknown): Reading<string> {
  const shown = at(price, 'real_price');
  return firstOf(
    nameOf(isObject(shown) ? shown['price_str'] : shown),
    nameOf(at(price, 'sale_price_format')),
    nameOf(at(price, 'sale_price_decimal')),
    nameOf(at(price, 'min_sku_price')),
  );
}

/**
 * The prices of a product: the shape captured in 2025-07 (`min_sku_price`), and that of lists and of 2026, known from
 * public code (`sale_price_decimal`). The lowest is the price, where SKUs differ.
 */
export function shopPrices(price: unknown): Readings<ProductFields> {
  const currency = shopCurrency(price, at(price, 'real_price'));
  const amount = (...names: readonly string[]): Reading<number> =>
    firstOf(...names.map((name) => amountOf(at(price, name), currency)), absent);
  const shown = at(price, 'real_price', 'price_val');
  const lowest = firstOf(amount('min_sku_price', 'sale_price_decimal', 'min_price'), amountOf(shown, currency));
  if ('missing' in lowest) return { price_minor: lowest, currency, price_text: writtenPrice(price) };
  const highest = amount('max_sku_price', 'max_price');
  return {
    price_minor: lowest,
    price_min_minor: lowest,
    price_max_minor: 'missing' in highest && at(price, 'is_interval_price') !== true ? lowest : highest,
    list_price_minor: amount('min_sku_original_price', 'origin_price_decimal', 'original_price_value'),
    currency,
    price_unit_source: { value: 'declared' },
  };
}
