/** The payloads of products over our own fixtures: onebound-product, open-platform-product, doudian-product. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ProductRecord } from '../core/record.ts';
import { type Answer, readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';
import { majorOf, minorOf } from './price.ts';

const arrival = Date.UTC(2026, 10, 21);
const fixture = (name: string): string => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');
const read = (input: unknown): Answer => readAnswer(input, contextAt(arrival, { provider: null }));
// Bare numbers of 19 digits are among the ids.
const json = (name: string) => JSON.parse(fixture(name).replace(/: (\d{19})\b/gu, ': "$1"'));

function product({ records }: Answer): ProductRecord | undefined {
  return records.find((record) => record.record_type === 'product');
}

describe('onebound-product', () => {
  test('every field that the sample has', () => {
    const answer = read(fixture('onebound-product'));
    expect(answer.payload).toBe('onebound-product');
    expect(answer.records).toHaveLength(1);
    expect(product(answer)).toMatchObject({
      platform: 'douyin',
      product_id: '3614453298386180001',
      product_url: 'https://haohuo.jinritemai.com/views/product/item2?id=3614453298386180001',
      product_name: '【某某窑】手绘茶杯',
      product_name_translated_to: null,
      product_description: '手工制作 & 小批量\n请勿机洗',
      brand: '某某窑',
      price_minor: 12905,
      price_min_minor: 12905,
      price_max_minor: 15905,
      list_price_minor: 15900,
      currency: 'CNY',
      price_unit_source: 'assumed:gateway',
      sold_count: 13_000,
      sold_count_text: '1.3万+',
      sold_window: null,
      shop_score_product: 4.85,
      shop_score_service: 4.96,
      shop_score_logistics: 4.9,
      commission_rate: 0,
      category_l1: '家居',
      category_l2: '茶具',
      category_l3: null,
      attributes: { 品牌: '某某窑', 材质: '陶瓷', 适用人数: '2' },
      options: [
        { name: '颜色分类', values: ['青色', '白色'] },
        { name: '规格', values: ['单杯', '对杯'] },
      ],
      sku_count: null,
      dispatch_province: '江西省',
      delivery_promise: '48小时内发货',
      service_tags: ['support_7days_refund', 'pay_for_bad'],
      listing_status: 'on_sale',
      created_at: null,
      shop_id: 'aBcDeFg',
      shop_name: '某某窑小店',
      image_urls: [
        'https://p9-aio.ecombdimg.com/obj/invented/main-1?x-expires=1757267200',
        'https://p6-aio.ecombdimg.com/obj/invented/main-2?x-expires=1757260000&from=x',
      ],
      image_urls_expire_at: 1757260000000,
      observed_at: 1723252400000,
      fetched_at: arrival,
    });
  });

  test('figures carry their precision, and the time of the cache', () => {
    expect(product(read(fixture('onebound-product')))?.figures).toMatchObject({
      sold_count: {
        precision: 'lower_bound',
        raw: '1.3万+',
        source: 'api:gateway',
        observed_at: 1723252400000,
        fetched_at: arrival,
      },
      price_minor: { precision: 'exact', source: 'api:gateway' },
    });
  });

  test('telephone numbers, the company and the address of the caller are not read', () => {
    expect(JSON.stringify(read(fixture('onebound-product')))).not.toMatch(/1300000000|无此服饰|203\.0\.113|gw-1/u);
  });

  test.each([
    [0, 3, 'on_sale', 'ok'],
    [0, 2, 'unknown', 'ok'],
    [1, 3, 'off_sale', 'ok'],
    [0, 5, 'off_sale', 'ok'],
    [2, 3, 'deleted', 'removed'],
    ['0', '3', 'on_sale', 'ok'],
    [undefined, undefined, 'unknown', 'ok'],
  ])('status %s and check_status %s: %s', (status, check, listing, availability) => {
    const answer = json('onebound-product');
    Object.assign(answer.item, { status, check_status: check });
    expect(product(read(answer))).toMatchObject({ listing_status: listing, availability });
  });

  test('what is there but unreadable says so', () => {
    const answer = json('onebound-product');
    Object.assign(answer.item, {
      discount_price: 72.5,
      market_price: '¥72',
      sell_num: '$2?',
      name: 5,
      shop_id: ['x'],
      freight: 'x',
      status: 'x',
      spec_info: {},
    });
    expect(product(read(answer))?.missing_reasons).toMatchObject({
      price_minor: 'parse_error',
      list_price_minor: 'parse_error',
      sold_count: 'parse_error',
      product_name: 'parse_error',
      shop_id: 'parse_error',
      freight_json: 'parse_error',
      listing_status: 'parse_error',
      options: 'parse_error',
      created_at: 'not_in_response',
    });
  });

  test("the gateway's other form has prices in yuan", () => {
    const answer = json('onebound-product');
    answer.item = {
      num_iid: '3614453298386180001',
      title: '手绘茶杯',
      price: '72.50',
      orginal_price: 99,
      nick: '某某窑小店',
      pic_url: '//p9/x.jpg',
      total_sold: 12,
    };
    expect(product(read(answer))).toMatchObject({
      product_name: '手绘茶杯',
      price_minor: 7250,
      list_price_minor: 9900,
      sold_count: 12,
      shop_name: '某某窑小店',
      image_urls: ['https://p9/x.jpg'],
    });
  });

  test('an error holds a status', () => {
    const error = { error: 'item-not-found', reason: '商品没找到', error_code: '2000', success: 0 };
    expect(read(error)).toEqual({
      payload: null,
      records: [],
      status: { code: '2000', message: 'item-not-found: 商品没找到' },
    });
  });
});

describe('open-platform-product', () => {
  test('a product and its SKUs, in the unit that the answer declares', () => {
    const answer = read(fixture('open-platform-product'));
    expect(answer.payload).toBe('open-platform-product');
    expect(answer.records).toMatchObject([
      {
        record_type: 'product',
        product_id: '3614453298386180001',
        price_minor: 19900,
        list_price_minor: 29900,
        currency: 'CNY',
        price_unit_source: 'declared',
        sold_count: 150000,
        sold_window: 'lifetime',
        month_sold_count: 25000,
        category_l1: null,
        category_l2: '茶具',
        sku_count: 2,
        stock_total: 500,
        stock_available: 320,
        free_shipping: true,
        dispatch_city: '景德镇市',
        created_at: Date.UTC(2024, 0, 15, 10, 30),
        updated_at: Date.UTC(2026, 3, 21),
        observed_at: Date.UTC(2026, 3, 21),
        image_urls_expire_at: 1757267200000,
      },
      {
        record_type: 'sku',
        product_id: '3614453298386180001',
        sku_id: 'sku_1',
        sku_name: '白色-单杯',
        price_minor: 19900,
        price_unit_source: 'declared',
        stock: 150,
        properties: { 颜色: '白色', 规格: '单杯' },
      },
    ]);
  });

  test.each([
    ['元', '199.00', 19900, 'declared'],
    [undefined, 19900, 19900, 'assumed:open-platform'],
    ['角', 19900, null, 'unknown'],
  ])('a price in %s', (unit, price, minor, source) => {
    const answer = json('open-platform-product');
    Object.assign(answer.data.price_info, { price_unit: unit, sale_price: price });
    expect(product(read(answer))).toMatchObject({ price_minor: minor, price_unit_source: source });
  });
});

describe('doudian-product', () => {
  test('JSON inside texts, bare ids, times of Beijing', () => {
    const answer = read(
      `\u{FEFF}${fixture('doudian-product').replace('"product_id_str": "3614453298386180001",', '')}`,
    );
    expect(answer.payload).toBe('doudian-product');
    expect(answer.records).toMatchObject([
      {
        record_type: 'product',
        product_id: '3614453298386180001',
        product_description: '手工',
        price_minor: 100,
        list_price_minor: 200,
        price_unit_source: 'assumed:doudian',
        category_l1: '家居',
        category_l2: '茶具',
        attributes: { 品牌: '某某窑', 货号: '8888' },
        brand: '某某窑',
        options: [
          { name: '颜色', values: ['红色', '黄色'] },
          { name: '规格', values: ['单杯'] },
        ],
        sku_count: 1,
        listing_status: 'on_sale',
        created_at: Date.UTC(2021, 2, 29, 7, 52, 52),
        updated_at: Date.UTC(2021, 2, 29, 7, 52, 52),
      },
      {
        record_type: 'sku',
        sku_id: '1695459998495774',
        sku_name: '红色 / 单杯',
        price_minor: 102,
        stock: 13,
        properties: { 颜色: '红色', 规格: '单杯' },
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain('13000000000');
  });
});

describe('amounts', () => {
  test.each([
    [7200, 7200],
    ['19900', 19900],
    [0, 0],
    [72.5, null],
    ['72.50', null],
    [-1, null],
    ['', null],
    [null, null],
  ])('minor units: %s', (value, amount) => {
    const reading = minorOf(value);
    expect('value' in reading ? reading.value : null).toBe(amount);
  });

  test.each([
    ['72', 7200],
    ['1.15', 115],
    [1.15, 115],
    ['0.1', 10],
    ['8.290', 829],
    ['1.155', null],
    ['$2?', null],
    ['1,000', null],
  ])('major units: %s', (value, amount) => {
    const reading = majorOf(value);
    expect('value' in reading ? reading.value : null).toBe(amount);
  });
});
