/**
 * TikTok Shop's pages as their JSON gives them (`__MODERN_ROUTER_DATA__`): a product page with its product, SKUs, reviews
 * and shop (captured 2025-07), or the list of a search, category or store page (public code, 2026).
 */
import type { RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { type AnswerStatus, definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  at,
  digitsOf,
  firstOf,
  idOf,
  isObject,
  type JsonObject,
  listOf,
  nameOf,
  numberOf,
  valueOf,
} from './reading.ts';
import { readShop, readShopProduct, readShopTile, shopProductId } from './tiktok-shop-product.ts';

function pagesIn(json: unknown): readonly JsonObject[] {
  const pages = at(json, 'loaderData');
  return isObject(pages)
    ? Object.values(pages)
        .filter((page) => isObject(at(page, 'page_config')))
        .filter(isObject)
    : [];
}

function componentsOf(page: JsonObject): readonly unknown[] {
  return listOf(at(page, 'page_config', 'components_map'));
}

interface Found {
  readonly product: JsonObject;
  readonly categories: unknown;
}

/** Whether this is a product and not only its id, as `global_data` has today. */
function isProduct(held: unknown): held is JsonObject {
  const telling = ['product_base', 'title', 'price', 'skus', 'product_model'];
  return (
    isObject(held) &&
    shopProductId(held) !== null &&
    telling.some((field) => isObject(held[field]) || Array.isArray(held[field]) || typeof held[field] === 'string')
  );
}

/** The page's own product: that of its address, where the page says which that is. */
function productOf(page: JsonObject): Found | null {
  const named = valueOf(digitsOf(at(page, 'route_info', 'route_product_id')));
  const blocks = [
    ...componentsOf(page)
      .filter((component) => at(component, 'component_type') === 'product_info')
      .map((component) => at(component, 'component_data')),
    at(page, 'page_config', 'global_data', 'product_info'),
    at(page, 'page_config', 'global_data'),
  ];
  for (const block of blocks) {
    const product = at(block, 'product_info');
    if (isProduct(product) && (named === null || shopProductId(product) === named))
      return { product, categories: at(block, 'categories') ?? product['categories'] };
  }
  return null;
}

/** Lists that are not the page's: what else one might like. */
const asides = /similar|more|like|recommend|bought|related|trending|brand_cat/iu;

function tilesOf(page: JsonObject): readonly unknown[] {
  return componentsOf(page).flatMap((component) => {
    const name = valueOf(firstOf(nameOf(at(component, 'component_name')), nameOf(at(component, 'component_type'))));
    return name !== null && asides.test(name) ? [] : listOf(at(component, 'component_data', 'products'));
  });
}

/** The shop of a store page; the names of its blocks are from public code. */
function sellersOf(page: JsonObject): readonly unknown[] {
  return componentsOf(page).flatMap((component) =>
    ['shop_info', 'store_info', 'seller_info', 'seller'].flatMap((name) => {
      const seller = at(component, 'component_data', name);
      return isObject(seller) ? [seller] : [];
    }),
  );
}

export interface ShopPage {
  /** The product that the page is about; null: the page is a list. */
  readonly productId: string | null;
  /** The account that is logged in. */
  readonly viewer: readonly string[];
  readonly records: (context: PayloadContext) => readonly AnyRecord[];
}

const viewerFields = ['user_id', 'uid', 'id', 'unique_id', 'sec_uid', 'sec_user_id'] as const;

function viewerOf(pages: readonly JsonObject[]): readonly string[] {
  const names = pages.flatMap((page) =>
    componentsOf(page)
      .filter((component) => at(component, 'component_type') === 'user_info')
      .flatMap((component) => {
        const data = at(component, 'component_data');
        return [data, at(data, 'user_info'), at(data, 'user')].flatMap((user) =>
          viewerFields.flatMap((field) => valueOf(idOf(at(user, field))) ?? []),
        );
      }),
  );
  return [...new Set(names)];
}

/** When the server answered (Unix ms), where the page says so. */
function clockOf(page: JsonObject): number | null {
  return valueOf(numberOf(at(page, 'bot_info', 'request_time')));
}

/** Reads the JSON of a page; null for anything else. */
export function shopPage(json: unknown): ShopPage | null {
  const pages = pagesIn(json);
  if (pages.length === 0) return null;
  const found = pages.flatMap((page) => {
    const product = productOf(page);
    return product ? [{ page, ...product }] : [];
  })[0];
  const viewer = viewerOf(pages);
  const originsOf =
    (page: JsonObject, source: string, context: PayloadContext) =>
    (raw: unknown): RecordOrigin =>
      originOf(context, 'tiktok', source, clockOf(page), raw);
  if (found)
    return {
      productId: shopProductId(found.product),
      viewer,
      records: (context) =>
        readShopProduct(found.product, found.categories, originsOf(found.page, 'product_info', context)),
    };
  return {
    productId: null,
    viewer,
    records: (context) =>
      pages.flatMap((page) => {
        const originFor = originsOf(page, 'products', context);
        const shops = sellersOf(page).flatMap((seller) => readShop(seller, originFor(seller)));
        return [...tilesOf(page).flatMap((tile) => readShopTile(tile, originFor)), ...shops];
      }),
  };
}

/** The page's own code where it has no product: what each means is not known. */
function statusOf(json: unknown): AnswerStatus | null {
  for (const page of pagesIn(json)) {
    const blocks = [
      ...componentsOf(page)
        .filter((component) => at(component, 'component_type') === 'product_info')
        .map((component) => at(component, 'component_data')),
      at(page, 'page_config', 'global_data', 'product_info'),
    ];
    for (const block of blocks) {
      const code = valueOf(numberOf(at(block, 'error_code')));
      if (code !== null && code !== 0)
        return {
          code: String(code),
          message: valueOf(nameOf(at(block, 'error_message'))) ?? '',
          availability: 'not_available',
        };
    }
  }
  return null;
}

export const tiktokShopPage = definePayload({
  id: 'tiktok-shop-page',
  recognises: (json) => pagesIn(json).length > 0,
  read: (json, context) => shopPage(json)?.records(context) ?? [],
  status: statusOf,
});
