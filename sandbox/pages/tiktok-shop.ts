import type { World, WorldProduct } from '../types.ts';
import { escapeHtml, poster } from '../client/html.ts';
import type { PageAnswer } from './answer.ts';
import { jsonBlock, jsonForScript, page } from './answer.ts';
import { reviewsOf } from './tiktok-reviews.ts';
import { tiktokDocument } from './tiktok-shell.ts';

function dollars(cents: number): string {
  return (cents / 100).toFixed(2);
}

function slugOf(product: WorldProduct): string {
  return product.title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}

function image(product: WorldProduct, index: number): Record<string, unknown> {
  const url = `https://p16-oec-ttp.tiktokcdn-us.com/sandbox/${product.id}-${index + 1}.webp`;
  return {
    height: 800,
    width: 800,
    uri: `tos-sandbox/${product.id}-${index + 1}`,
    url_list: [url],
    thumb_url_list: [url],
  };
}

function skus(product: WorldProduct): Record<string, unknown>[] {
  const [first, second] = product.options;
  const pairs = (first?.values ?? []).flatMap((one) => (second?.values ?? ['']).map((two) => [one, two]));
  return pairs.map((pair, index) => ({
    sku_id: `17295${String(index + 1).padStart(2, '0')}${product.id.slice(7)}`,
    sku_sale_props: pair.filter(Boolean).map((value, place) => ({
      prop_id: String(100_000 + place),
      prop_name: product.options[place]?.name ?? '',
      prop_value_id: `73000000000000${place}${String(index).padStart(4, '0')}`,
      prop_value: value,
    })),
    stock: 25 + index,
    purchase_limit: 20,
    price: {
      real_price: {
        price_str: `$${dollars(product.priceMinor)}`,
        price_val: dollars(product.priceMinor),
        currency: product.currency,
      },
      original_price: `$${dollars(product.marketPriceMinor)}`,
      original_price_value: dollars(product.marketPriceMinor),
    },
    status: 1,
  }));
}

/** A product as the shop's own JSON describes it. */
export function productInfo(product: WorldProduct): Record<string, unknown> {
  const interval = product.maximumPriceMinor > product.priceMinor;
  return {
    product_id: product.id,
    status: 1,
    seller: {
      seller_id: product.shop.id,
      name: product.shop.name,
      product_count: product.shop.productCount,
      status: 2,
      seller_location: 'United Kingdom',
      is_hide: false,
    },
    product_base: {
      title: product.title,
      desc_detail: JSON.stringify([{ type: 'text', text: product.title }]),
      images: Array.from({ length: product.imageCount }, (_unused, index) => image(product, index)),
      specifications: Object.entries(product.attributes).map(([name, value]) => ({ name, value })),
      sold_count: product.sold,
      price: {
        original_price: '',
        real_price: interval
          ? `$${dollars(product.priceMinor)} - ${dollars(product.maximumPriceMinor)}`
          : `$${dollars(product.priceMinor)}`,
        discount: '',
        is_interval_price: interval,
        min_sku_price: dollars(product.priceMinor),
        max_sku_price: dollars(product.maximumPriceMinor),
        currency: product.currency,
        min_sku_original_price: dollars(product.marketPriceMinor),
        max_sku_original_price: dollars(product.marketPriceMinor),
        currency_symbol: '$',
        symbol_position: 1,
      },
    },
    sale_props: product.options.map((option, index) => ({
      prop_id: String(100_000 + index),
      prop_name: option.name,
      has_image: false,
      sale_prop_values: option.values.map((value, place) => ({
        prop_value_id: `73000000000000${index}${String(place).padStart(4, '0')}`,
        prop_value: value,
      })),
    })),
    skus: skus(product),
    logistic: {
      delivery_name: 'Standard shipping',
      shipping_fee: { price_str: '$7.80', price_val: '7.8', currency: product.currency },
      free_shipping: false,
      delivery_min_days: 5,
      delivery_max_days: 8,
    },
    product_detail_review: {
      product_rating: product.rating,
      review_count: product.reviewCount,
      review_items: reviewsOf(product),
      review_count_str: String(product.reviewCount),
    },
    seller_id: product.shop.id,
    source: 'TikTok Shop',
  };
}

/** What search engines are told of a product. */
function linkedData(product: WorldProduct, address: string): string {
  const data = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    productID: product.id,
    sku: product.id,
    url: address.split('?')[0],
    image: image(product, 0)['url_list'],
    brand: { '@type': 'Brand', name: product.shop.name },
    offers: {
      '@type': 'AggregateOffer',
      lowPrice: dollars(product.priceMinor),
      highPrice: dollars(product.maximumPriceMinor),
      priceCurrency: product.currency,
      availability: 'https://schema.org/InStock',
    },
    aggregateRating: { '@type': 'AggregateRating', ratingValue: product.rating, reviewCount: product.reviewCount },
  };
  const crumbs = {
    '@context': 'https://schema.org',
    '@type': 'BreadcrumbList',
    itemListElement: product.categories.map(({ name }, index) => ({ '@type': 'ListItem', position: index + 1, name })),
  };
  return [crumbs, data].map((each) => `<script type="application/ld+json">${jsonForScript(each)}</script>`).join('');
}

/** The results of a search in the shop. */
export function shopSearchPage(world: World, words: string, address: string): PageAnswer {
  const found = world.products.filter(({ platform }) => platform === 'tiktok');
  const products = found.map((product) => ({
    product_id: product.id,
    title: product.title,
    image: image(product, 0),
    product_price_info: {
      sku_id: `1729501${product.id.slice(7)}`,
      currency_name: product.currency,
      currency_symbol: '$',
      sale_price_decimal: dollars(product.priceMinor),
      sale_price_format: dollars(product.priceMinor),
      origin_price_decimal: dollars(product.marketPriceMinor),
      discount_decimal: '0.1',
    },
    rate_info: { score: product.rating, review_count: String(product.reviewCount) },
    sold_info: { sold_count: product.sold },
    seller_info: { seller_id: product.shop.id, shop_name: product.shop.name },
    seo_url: { canonical_url: `https://www.tiktok.com/shop/pdp/${slugOf(product)}/${product.id}` },
  }));
  const data = {
    loaderData: {
      layout: null,
      'shop/s/(keyword)/page': {
        route_info: { route_page_name: 'search', request_url: address },
        page_config: {
          components_map: [
            {
              component_type: 'feed_list_search_word',
              component_data: { search_word: words, products, has_more: false },
            },
          ],
        },
      },
    },
    errors: null,
  };
  const cards = found
    .map(
      (product) =>
        `<div class="tile"><a href="https://www.tiktok.com/shop/pdp/${slugOf(product)}/${product.id}">${poster(product.id)}<span>${escapeHtml(product.title)}</span></a><span class="price">$${dollars(product.priceMinor)}</span></div>`,
    )
    .join('');
  return page(
    tiktokDocument(world, {
      title: `${words} - TikTok Shop`,
      path: '/shop',
      mainId: 'main-content-shop',
      main: `<div class="grid">${cards}</div>`,
      scope: null,
      blocks: jsonBlock('__MODERN_ROUTER_DATA__', data),
      scrolls: true,
    }),
  );
}

/** The page of a TikTok Shop product with the blocks that the real one embeds; `?shape=ld` has linked data only. */
export function shopPage(world: World, product: WorldProduct, address: string): PageAnswer {
  const name = address.includes('/view/product/')
    ? 'view/product/(product_id)/page'
    : 'shop/pdp/(product_name_slug$)/(product_id)/page';
  const data = {
    loaderData: {
      layout: null,
      [name]: {
        basic_info: { lang: 'en', is_mobile: false, is_login: false },
        route_info: {
          route_page_name: 'pdp',
          page_name: 'product_detail',
          route_product_name_slug: slugOf(product),
          route_product_id: product.id,
          request_url: address,
          is_api: false,
        },
        region_info: { path_region: 'US', real_region: 'US', current_v_region: 'US' },
        page_config: {
          components_map: [
            { component_type: 'page_header', component_name: 'page_header' },
            {
              component_type: 'product_info',
              component_name: 'product_info',
              component_data: {
                categories: product.categories.map((category, index) => ({
                  category_id: String(category.id),
                  level: index + 1,
                  is_leaf: index === product.categories.length - 1,
                  category_name: category.name,
                })),
                sale_region: 'US',
                error_code: 0,
                error_message: '',
                product_info: productInfo(product),
              },
            },
          ],
        },
      },
    },
    errors: null,
  };
  const options = product.options
    .map(
      (option) =>
        `<dt>${escapeHtml(option.name)}</dt><dd>${option.values.map((value) => `<span class="choice">${escapeHtml(value)}</span>`).join('')}</dd>`,
    )
    .join('');
  const main = `<div class="product"><div class="picture-box">${poster(product.id)}</div><div><h1>${escapeHtml(product.title)}</h1><p>★ ${product.rating} (${product.reviewCount}) · ${escapeHtml(product.soldText)} sold</p><div><span class="price">$${dollars(product.priceMinor)}</span><del>$${dollars(product.marketPriceMinor)}</del></div><dl>${options}<dt>Sold by</dt><dd>${escapeHtml(product.shop.name)}</dd></dl><button type="button" class="red">Buy now</button></div></div>`;
  return page(
    tiktokDocument(world, {
      title: `${product.title} - TikTok Shop`,
      path: '/shop',
      mainId: 'main-content-shop',
      main,
      scope: null,
      blocks:
        linkedData(product, address) +
        (new URL(address).searchParams.get('shape') === 'ld' ? '' : jsonBlock('__MODERN_ROUTER_DATA__', data)),
      scrolls: true,
    }),
  );
}
