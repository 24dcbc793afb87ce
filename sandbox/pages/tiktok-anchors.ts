import type { WorldPost, WorldProduct } from '../types.ts';
import { bareNumber, stringifyWithBareNumbers } from './answer.ts';

// The product stands in JSON, in a string of JSON, in a string of JSON; its ids are bare numbers there.
function productAnchor(product: WorldProduct): Record<string, unknown> {
  const detail = {
    product_id: bareNumber(product.id),
    title: product.title,
    elastic_title: product.title.slice(0, 20),
    seller_id: bareNumber(product.shop.id),
    currency: product.currency,
    price: product.priceMinor,
    categories: product.categories.map((category) => ({ id: String(category.id), name: category.name })),
    seo_url: `https://www.tiktok.com/shop/pdp/${product.id}`,
    skus: [{ sku_id: bareNumber(`17295${product.id.slice(5)}`), sku_price: String(product.priceMinor) }],
  };
  return {
    id: product.id,
    type: 35,
    keyword: product.title,
    description: '',
    schema: `aweme://ec/pdp?product_id=${product.id}`,
    icon: { urlList: [] },
    extraInfo: { subtype: 'video_product_anchor' },
    extra: stringifyWithBareNumbers([
      { id: product.id, type: 33, keyword: product.title, extra: stringifyWithBareNumbers(detail) },
    ]),
  };
}

function toolAnchor(type: 28 | 54): Record<string, unknown> {
  const effect = type === 28;
  return {
    id: effect ? '1025308420' : '0',
    type,
    keyword: effect ? 'Soft Grain' : 'CapCut · Editing made easy',
    description: effect ? 'Effects' : 'CapCut · Video Editor',
    schema: 'https://www.capcut.com/editor?scenario=tiktok&utm_medium=tiktok_anchor',
    icon: { urlList: [] },
    thumbnail: { urlList: [], width: 64, height: 64 },
    extraInfo: { subtype: '' },
    logExtra: JSON.stringify({
      anchor_type: effect ? 'TT_EFFECT' : 'TT_CAPCUT',
      landing_page_style_id: 21_502_486_275,
    }),
  };
}

/** What is anchored below a post: its products, and on some posts an effect or the editor, which are no products. */
export function describeAnchors(post: WorldPost): Record<string, unknown> {
  const tools = [...(post.imageCount === 4 ? [28 as const] : []), ...(post.hashtags.length === 3 ? [54 as const] : [])];
  const anchors = [...post.products.map(productAnchor), ...tools.map(toolAnchor)];
  return { ...(anchors.length > 0 ? { anchors } : {}), ...(post.products.length > 0 ? { isECVideo: 1 } : {}) };
}
