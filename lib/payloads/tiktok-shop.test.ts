/** TikTok Shop: the payload tiktok-shop-page, and the blocks of its pages. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../core/lossless-json.ts';
import type { ProductRecord } from '../core/record.ts';
import type { EntityRef } from '../core/ref.ts';
import { amountOf } from './currency.ts';
import type { EmbeddedAnswer } from './embedded-answer.ts';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { readShopBlock } from './tiktok-shop-blocks.ts';

const arrival = Date.UTC(2026, 10, 21);
const context = contextAt(arrival, { collectedVia: 'page_json' });
const text = readFileSync(new URL('./fixtures/tiktok-shop-page.json', import.meta.url), 'utf8');
const product = (id: string): EntityRef => ({ platform: 'tiktok', kind: 'product', id });
const own = product('1729000000000000107');
const router = (source: string, refs: readonly EntityRef[] | null = [own]): EmbeddedAnswer =>
  readShopBlock('modern-router-data', source, refs && { refs }, context);
const ld = (json: unknown, refs: readonly EntityRef[] | null = [own]): EmbeddedAnswer =>
  readShopBlock('ld-json', typeof json === 'string' ? json : JSON.stringify(json), refs && { refs }, context);
const page = (components: readonly object[], more: object = {}): string =>
  JSON.stringify({ loaderData: { '(region)/page': { page_config: { components_map: components }, ...more } } });

function products({ records }: { readonly records: EmbeddedAnswer['records'] }): readonly ProductRecord[] {
  return records.filter((record) => record.record_type === 'product');
}

describe('a product page', () => {
  const answer = readAnswer(text, context);

  test('its product, SKUs, reviews and shop, and no other product', () => {
    expect(answer.payload).toBe('tiktok-shop-page');
    expect(answer.records.map((record) => record.record_type)).toEqual(['product', 'sku', 'sku', 'review', 'shop']);
    expect(JSON.stringify(answer)).not.toContain('1729000000000000999');
  });

  test('every field that the page has', () => {
    expect(answer.records[0]).toMatchObject({
      platform: 'tiktok',
      product_id: '1729000000000000107',
      product_url: 'https://www.tiktok.com/shop/pdp/1729000000000000107',
      product_name: 'Hand-painted cup',
      product_description: 'Made by hand\nKeeps warm\nHolds 250 ml',
      brand: 'Hill',
      price_minor: 2417,
      price_min_minor: 2417,
      price_max_minor: 2469,
      list_price_minor: 3175,
      currency: 'USD',
      price_unit_source: 'declared',
      price_text: null,
      sold_count: 30762,
      rating: 4.5,
      review_count: 2868,
      rating_5_count: null,
      category_l1: 'Home',
      category_l2: 'Kitchen',
      category_l3: 'Cups',
      attributes: { Material: 'Stoneware', Brand: 'Hill' },
      options: [
        { name: 'Color', values: ['Black', 'Sage'] },
        { name: 'Size', values: ['S'] },
      ],
      sku_count: 2,
      free_shipping: false,
      delivery_promise: 'Jul 17 - Jul 20',
      listing_status: 'on_sale',
      shop_id: '7490000000000000055',
      shop_name: 'Hill Pottery',
      image_urls: ['https://p16-oec-ttp.tiktokcdn-us.com/invented/1.jpeg?x-expires=1757267200'],
      image_urls_expire_at: 1757267200000,
      observed_at: 1752298743761,
    });
    expect(answer.records.slice(1)).toMatchObject([
      {
        sku_id: '1729000000000000211',
        product_id: '1729000000000000107',
        sku_name: 'Black / S',
        price_minor: 2417,
        currency: 'USD',
        stock: 25,
        properties: { Color: 'Black', Size: 'S' },
      },
      { sku_id: '1729000000000000213', price_minor: null, stock: 0, missing_reasons: { price_minor: 'parse_error' } },
      {
        review_id: '7390000000000000301',
        product_id: '1729000000000000107',
        rating: 5,
        text: '<b>Lovely</b>',
        created_at: 1722407993343,
        sku_id: '1729000000000000211',
        sku_name: 'Item: Black, S',
        author_name: 'T**a',
      },
      { shop_id: '7490000000000000055', shop_name: 'Hill Pottery', product_count: 12 },
    ]);
  });

  test('each record is told of with its own part', () => {
    const told: string[] = [];
    readAnswer(text, { ...context, made: (record, raw) => told.push(`${record.record_type} ${typeof raw}`) });
    expect(told).toEqual(['product object', 'sku object', 'sku object', 'review object', 'shop object']);
  });

  test('a masked price stays a text', () => {
    const masked = text.replace(
      /"price": \{ "original_price".*\}/u,
      '"price": { "real_price": "$2?", "min_sku_price": "2?", "currency": "USD" }',
    );
    expect(products(readAnswer(masked, context))[0]).toMatchObject({
      price_minor: null,
      price_text: '$2?',
      missing_reasons: { price_minor: 'parse_error' },
    });
  });

  test('the older place, and not the bare id that stands there today', () => {
    const json = JSON.parse(JSON.stringify(parseJson(text)));
    const [only] = Object.values<{ page_config: Record<string, unknown> }>(json.loaderData).filter(Boolean);
    const components = only?.page_config['components_map'];
    const held = Array.isArray(components) ? components.pop().component_data : null;
    expect(readAnswer(json, context).records).toEqual([]);
    Object.assign(only?.page_config ?? {}, { global_data: { product_info: held } });
    expect(products(readAnswer(json, context))[0]?.price_minor).toBe(2417);
  });

  test('the shape that public code reads in 2026', () => {
    const info = {
      product_id: '1729000000000000107',
      product_model: {
        name: 'Cup',
        skus: [{ sku_id: '1729000000000000211', price: { sale_price_decimal: '9.90', currency_name: 'USD' } }],
      },
      price: { sale_price_decimal: '9.90', origin_price_decimal: '12.00', currency_name: 'USD' },
      desc_blocks: [{ type: 'text', text: 'Words' }],
    };
    const answer = readAnswer(
      page([{ component_type: 'product_info', component_data: { product_info: info } }]),
      context,
    );
    expect(answer.records).toMatchObject([
      { product_name: 'Cup', price_minor: 990, list_price_minor: 1200, product_description: 'Words' },
      { record_type: 'sku', price_minor: 990 },
    ]);
  });

  test('an error says its code', () => {
    const failed = page([
      { component_type: 'product_info', component_data: { error_code: 23, error_message: 'gone' } },
    ]);
    expect(router(failed)).toMatchObject({
      records: [],
      status: { code: '23', message: 'gone', availability: 'not_available' },
    });
  });
});

describe('the block against the address', () => {
  test.each([
    ['the same product', [own], 5, false],
    ['no address', null, 5, false],
    ['another product', [product('1729000000000000108')], 0, true],
    ['a page without a product', [], 0, true],
  ])('%s', (_name, refs, count, stale) => {
    const answer = router(text, refs);
    expect(answer.records).toHaveLength(count);
    expect(answer).toMatchObject({ stale, isList: false });
  });

  test('who is logged in is told apart, and appears in no record', () => {
    const answer = router(text);
    expect(answer.viewer).toEqual(['6800000000000000003', 'some.researcher']);
    expect(JSON.stringify(answer.records)).not.toMatch(/some\.researcher|6800000000000000003/u);
  });

  const tile = {
    product_id: '1729000000000000301',
    title: 'Cup',
    image: { url_list: ['https://p16.tiktokcdn-us.com/invented/t.jpeg'] },
    product_price_info: { sale_price_decimal: '9.9', sale_price_format: '$9.90', currency_name: 'USD' },
    rate_info: { score: 4.8, review_count: '120' },
    sold_info: { sold_count: 77 },
    seller_info: { seller_id: '7490000000000000055', shop_name: 'Hill Pottery' },
  };
  const list = page([
    { component_name: 'feed_list_search_word', component_data: { products: [tile, { title: 'without an id' }] } },
    {
      component_name: 'feed_list_you_may_like',
      component_data: { products: [{ ...tile, product_id: '1729000000000000302' }] },
    },
  ]);

  test('a list of a search', () => {
    const answer = router(list, []);
    expect(answer.isList).toBe(true);
    expect(answer.records).toMatchObject([
      {
        product_id: '1729000000000000301',
        price_minor: 990,
        rating: 4.8,
        review_count: 120,
        sold_count: 77,
        shop_name: 'Hill Pottery',
      },
    ]);
  });

  test('a list is not what a product page is about', () => {
    expect(router(list)).toMatchObject({ records: [], stale: true });
  });

  test('a store page has its shop', () => {
    const store = page([
      {
        component_name: 'shop_head',
        component_data: { shop_info: { seller_id: '7490000000000000055', shop_name: 'Hill', followers_count: '1.2K' } },
      },
    ]);
    expect(router(store, []).records).toMatchObject([
      { record_type: 'shop', follower_count: 1200, figures: { follower_count: { precision: 'abbreviated' } } },
    ]);
  });
});

describe('LD+JSON', () => {
  const cup = {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: 'Cup',
    sku: '1729000000000000107',
    image: ['https://p16.tiktokcdn-us.com/invented/1.jpeg'],
    brand: { '@type': 'Brand', name: 'Hill' },
    offers: { '@type': 'Offer', price: '24.17', priceCurrency: 'USD', availability: 'https://schema.org/InStock' },
    aggregateRating: { ratingValue: '4.5', reviewCount: 2868 },
  };

  test('a product', () => {
    expect(ld([{ '@type': 'BreadcrumbList', name: 'x' }, cup]).records).toMatchObject([
      {
        record_type: 'product',
        product_id: '1729000000000000107',
        price_minor: 2417,
        currency: 'USD',
        rating: 4.5,
        review_count: 2868,
        brand: 'Hill',
        listing_status: 'on_sale',
      },
    ]);
  });

  test('its address says its id before the SKU does', () => {
    const sold = { ...cup, url: 'https://shop.tiktok.com/us/pdp/cup/1729000000000000108', sku: '1729000000000000107' };
    expect(ld({ '@graph': [sold] }, null).records).toMatchObject([{ product_id: '1729000000000000108' }]);
    expect(ld(sold)).toMatchObject({ records: [], stale: true });
  });

  test('one broken script does not spoil the others', () => {
    expect(ld(`[{"@type":"WebPage",,},${JSON.stringify(cup)}]`).records).toHaveLength(1);
    expect(ld('[{"@type":"Product"')).toMatchObject({ records: [], stale: false });
  });

  test.each([['Organization'], [undefined], [['Thing']]])('no product: %s', (type) => {
    expect(ld({ ...cup, '@type': type }).records).toEqual([]);
  });
});

test.each([
  ['24.17', 'USD', 2417],
  [24.17, 'USD', 2417],
  ['9.9', 'USD', 990],
  ['150000', 'VND', 150000],
  ['150.000', 'VND', null],
  ['150.000', 'IDR', null],
  ['1.234', 'KWD', 1234],
  ['1,234.00', 'USD', null],
  ['2?', 'USD', null],
  ['24.17', '$', null],
  ['-1', 'USD', null],
  ['', 'USD', null],
])('%s %s', (value, code, amount) => {
  const currency = /^[A-Z]{3}$/u.test(code) ? { value: code } : ({ missing: 'parse_error' } as const);
  const reading = amountOf(value, currency);
  expect('value' in reading ? reading.value : null).toBe(amount);
});
