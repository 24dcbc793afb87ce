/**
 * A TikTok Shop product as TikHub's `fetch_product_detail` gives it: what the product page keeps under `page_config`
 * (`components_map`, `global_data`), in an envelope of its own within TikHub's. The two names are documented
 * (TikHub's OpenAPI, 2026-03); that their content is the page's is taken from their names, no answer was captured.
 */
import { definePayload } from './payload.ts';
import { at, isObject, type JsonObject } from './reading.ts';
import { tiktokShopPage } from './tiktok-shop-page.ts';

/** The block, wherever an envelope put it. Nothing else of TikHub's envelope is passed on. */
function configOf(json: unknown): JsonObject | null {
  const places = [json, at(json, 'data'), at(json, 'data', 'data')];
  const blocks = places.flatMap((place) => [place, at(place, 'page_config')]);
  const found = blocks.find(
    (block) => Array.isArray(at(block, 'components_map')) || isObject(at(block, 'global_data')),
  );
  return isObject(found) ? found : null;
}

/** The answer as the page's own JSON, which another payload knows. */
function asPage(json: unknown): unknown {
  const config = configOf(json);
  if (config === null) return null;
  const { components_map, global_data } = config;
  return { loaderData: { page: { page_config: { components_map, global_data } } } };
}

export const tikhubProduct = definePayload({
  id: 'tikhub-product',
  recognises: (json) => configOf(json) !== null,
  read: (json, context) => tiktokShopPage.read(asPage(json), context),
  status: (json) => tiktokShopPage.status?.(asPage(json)) ?? null,
});
