/**
 * Products as Douyin's product pages and live rooms load them: `promotion/pack/h5/` and `pack/detail` (`promotion_h5`),
 * `/live/promotions/page/` and `pop/v3/` (`promotions`), buyin's `data.model.product`. No raw answer was ever captured by
 * us: the fields are those that public programs read (GreasyFork 485034, DouYin_Spider and others, until 2026-08), and
 * so is that integer prices are in fen. A price with a decimal point cannot be in fen and stays a text.
 */
import type { ProductFields, SkuFields } from '../core/record-defaults.ts';
import { makeProduct, makeSku, type Reading, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord, ProductOption } from '../core/record.ts';
import { linkExpiry } from '../core/text.ts';
import { douyinProductAddress } from './addresses.ts';
import { douyinStatus } from './douyin-status.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import { minorOf } from './price.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  firstOf,
  firstUrlOf,
  idOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  objectOf,
  urlsOf,
  valueOf,
} from './reading.ts';

const unitSource = 'assumed:douyin-web';

function productIdIn(...places: readonly unknown[]): string | null {
  return valueOf(
    firstOf(
      ...['product_id_str', 'product_id', 'promotion_id_str', 'promotion_id'].flatMap((field) =>
        places.map((place) => digitsOf(at(place, field))),
      ),
    ),
  );
}

/** Amounts with their text, where that is all that there is. */
function pricesOf(
  price: readonly unknown[],
  highest: readonly unknown[],
  list: readonly unknown[],
): Readings<ProductFields> {
  const lowest = firstOf(...price.map(minorOf), absent);
  const text = price.find((value) => typeof value === 'string' && value.trim() !== '');
  if ('missing' in lowest)
    return { price_minor: lowest, price_text: typeof text === 'string' ? { value: text.trim() } : absent };
  return {
    price_minor: lowest,
    price_min_minor: lowest,
    price_max_minor: firstOf(...highest.map(minorOf), absent),
    list_price_minor: firstOf(...list.map(minorOf), absent),
    currency: { value: 'CNY' },
    price_unit_source: { value: unitSource },
  };
}

/** "已售1.3万+件": the count, its text, and the window where the text names one. */
function salesOf(...values: readonly unknown[]): Readings<ProductFields> {
  const value = values.find((held) => typeof held === 'number' || (typeof held === 'string' && held.trim() !== ''));
  if (typeof value === 'number') return { sold_count: countOf(value) };
  if (typeof value !== 'string') return {};
  const text = value.trim();
  const sold = countOf(
    text.replace(/^(?:全网|累计|近30天|月)?(?:已售|销量|售|销)[:：]?\s*/u, '').replace(/\s*[件份单]$/u, ''),
  );
  const isMonth = /^(?:近30天|月)/u.test(text);
  return isMonth
    ? { month_sold_count: sold, sold_count_text: { value: text }, sold_window: { value: 'month' } }
    : { sold_count: sold, sold_count_text: { value: text } };
}

function imagesOf(urls: readonly string[]): Readings<ProductFields> {
  const expiries = urls.flatMap((url) => linkExpiry(url) ?? []);
  return {
    image_urls: urls.length > 0 ? { value: [...new Set(urls)] } : absent,
    image_urls_expire_at: expiries.length > 0 ? { value: Math.min(...expiries) } : absent,
  };
}

interface Choice {
  readonly axis: string | null;
  readonly name: string;
}

/** What each value of each axis is called, by its id, and the axes that have a name. */
function choicesOf(meta: unknown): {
  readonly byId: ReadonlyMap<string, Choice>;
  readonly options: readonly ProductOption[];
} {
  const byId = new Map<string, Choice>();
  const options: ProductOption[] = [];
  for (const spec of listOf(at(meta, 'common_meta', 'sku_spec_info'))) {
    const axis = valueOf(firstOf(nameOf(at(spec, 'name')), nameOf(at(spec, 'spec_name')), nameOf(at(spec, 'title'))));
    const names = listOf(at(spec, 'spec_names')).map((name) => valueOf(nameOf(name)));
    for (const [index, held] of listOf(at(spec, 'spec_ids')).entries()) {
      const id = valueOf(idOf(held));
      const name = names[index] ?? null;
      if (id !== null && name !== null) byId.set(id, { axis, name });
    }
    const values = names.filter((name) => name !== null);
    if (axis !== null && values.length > 0) options.push({ name: axis, values });
  }
  return { byId, options };
}

/** `sku_mappings`: `{"specid_specid": skuid}`. */
function readSkus(meta: unknown, productId: string, origin: RecordOrigin): readonly AnyRecord[] {
  const mappings = objectOf(at(meta, 'sku_meta', 'sku_mappings'));
  if (!mappings) return [];
  const { byId } = choicesOf(meta);
  return Object.entries(mappings).flatMap(([key, held]): readonly AnyRecord[] => {
    const id = valueOf(idOf(isObject(held) ? (held['sku_id'] ?? held['id']) : held));
    if (id === null) return [];
    const chosen = key.split('_').flatMap((spec) => byId.get(spec) ?? []);
    const named = chosen.flatMap(({ axis, name }): [string, string][] => (axis === null ? [] : [[axis, name]]));
    const readings: Readings<SkuFields> = {
      sku_name: known(chosen.length > 0 ? chosen.map(({ name }) => name).join(' / ') : null),
      stock: isObject(held) ? countOf(held['stock'] ?? held['stock_num']) : absent,
      properties: named.length > 0 ? { value: Object.fromEntries(named) } : absent,
    };
    return [makeSku(origin, productId, id, readings)];
  });
}

function optionsReading(meta: unknown): Reading<readonly ProductOption[]> {
  const { options } = choicesOf(meta);
  return options.length > 0 ? { value: options } : absent;
}

/** A product page: the product and its SKUs, of which only the names are known. */
function readPack(pack: JsonObject, detail: unknown, context: PayloadContext): readonly AnyRecord[] {
  const basic = at(pack, 'basic_info_data');
  const meta = at(pack, 'page_meta');
  const id = productIdIn(basic, at(meta, 'common_meta'), pack, detail);
  if (id === null) return [];
  const origin = originOf(context, 'douyin', 'pack', null, pack);
  const price = at(basic, 'price_info');
  const shown = [at(price, 'discount_price'), at(price, 'price')];
  const shop = at(pack, 'shop_info', 'basic_info');
  const pictures = listOf(at(pack, 'head_figure_data', 'media_list'))
    .filter((media) => at(media, 'type') === 'image')
    .flatMap((media) => urlsOf(at(media, 'content_list')));
  const details = urlsOf(at(detail, 'detail_imgs'));
  const skus = readSkus(meta, id, origin);
  const readings: Readings<ProductFields> = {
    product_url: known(douyinProductAddress(id)),
    product_name: firstOf(nameOf(at(basic, 'title_info', 'title')), nameOf(at(basic, 'title'))),
    ...pricesOf(
      shown.map((block) => at(block, 'min_price')),
      shown.map((block) => at(block, 'max_price')),
      [at(price, 'market_price', 'min_price'), at(price, 'market_price', 'max_price')],
    ),
    ...salesOf(at(basic, 'sales'), at(basic, 'sales_desc'), at(basic, 'sale_num')),
    options: optionsReading(meta),
    sku_count: skus.length > 0 ? { value: skus.length } : absent,
    shop_id: firstOf(idOf(at(shop, 'shop_id')), idOf(at(pack, 'shop_info', 'shop_id'))),
    shop_name: nameOf(at(shop, 'shop_name')),
    ...imagesOf(pictures.length > 0 ? pictures : details),
  };
  return [makeProduct(origin, id, 'ok', readings), ...skus];
}

/** An entry of a live room's list, or buyin's product. */
function readListed(product: unknown, base: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = productIdIn(product, base);
  if (id === null) return [];
  const cover = firstOf(...['cover', 'images', 'pic', 'img'].map((field) => firstUrlOf(at(base, field))));
  const readings: Readings<ProductFields> = {
    product_url: known(douyinProductAddress(id)),
    product_name: firstOf(
      ...['title', 'elastic_title', 'product_name', 'name'].map((field) => nameOf(at(base, field))),
    ),
    ...pricesOf(
      ['min_price', 'price', 'discount_price'].map((field) => at(base, field)),
      [at(base, 'max_price')],
      [at(base, 'market_price')],
    ),
    ...salesOf(at(base, 'sales'), at(base, 'sales_desc'), at(base, 'sale_num')),
    shop_id: firstOf(idOf(at(base, 'shop_id')), idOf(at(product, 'shop_id'))),
    shop_name: firstOf(nameOf(at(base, 'shop_name')), nameOf(at(product, 'shop_name'))),
    ...imagesOf('value' in cover ? [cover.value] : []),
  };
  return [makeProduct(originOf(context, 'douyin', 'promotions', null, product), id, 'ok', readings)];
}

/** The answer's own parts, or those below `data`. */
function partsOf(json: unknown): readonly unknown[] {
  return [json, at(json, 'data')];
}

function packOf(json: unknown): { readonly pack: JsonObject; readonly detail: unknown } | null {
  for (const part of partsOf(json)) {
    const pack = at(part, 'promotion_h5');
    const detail = at(part, 'detail_info');
    if (isObject(pack)) return { pack, detail };
    // `pack/detail` alone: its images, where it says whose they are.
    if (Array.isArray(at(detail, 'detail_imgs')) && productIdIn(part, detail) !== null)
      return { pack: isObject(part) ? { basic_info_data: part } : {}, detail };
  }
  return null;
}

function promotionsOf(json: unknown): readonly unknown[] {
  const lists = partsOf(json).map((part) => (at(part, 'aweme_id') === undefined ? listOf(at(part, 'promotions')) : []));
  return (lists.find((list) => list.length > 0) ?? []).filter((entry) => productIdIn(entry) !== null);
}

function buyinProduct(json: unknown): unknown {
  const product = at(json, 'data', 'model', 'product');
  return isObject(product) ? product : null;
}

export const douyinShopPack = definePayload({
  id: 'douyin-shop-pack',
  recognises: (json) => packOf(json) !== null || promotionsOf(json).length > 0 || buyinProduct(json) !== null,
  read: (json, context) => {
    const found = packOf(json);
    if (found) return readPack(found.pack, found.detail, context);
    const product = buyinProduct(json);
    if (product !== null) {
      const base = at(product, 'product_base');
      return readListed(product, isObject(base) ? base : product, context);
    }
    return promotionsOf(json).flatMap((entry) => readListed(entry, entry, context));
  },
  status: douyinStatus,
});
