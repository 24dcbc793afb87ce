/** The payload douyin-shop-pack over our own fixture: no answer of it was ever captured. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const context = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'page_xhr' });
const text = readFileSync(new URL('./fixtures/douyin-shop-pack.json', import.meta.url), 'utf8');

test('a product page: product and SKUs, prices in fen', () => {
  const answer = readAnswer(text, context);
  expect(answer.payload).toBe('douyin-shop-pack');
  expect(answer.records).toMatchObject([
    {
      record_type: 'product',
      platform: 'douyin',
      product_id: '3614453298386180001',
      product_name: '手绘茶杯',
      price_minor: 9990,
      price_min_minor: 9990,
      price_max_minor: 12990,
      list_price_minor: 19900,
      currency: 'CNY',
      price_unit_source: 'assumed:douyin-web',
      sold_count: 13000,
      sold_count_text: '已售1.3万+件',
      shop_name: '某某窑小店',
      sku_count: 2,
      options: [{ name: '颜色', values: ['青色', '白色'] }],
      image_urls: ['https://p3-aio.ecombdimg.com/obj/invented/1?x-expires=1757267200'],
      image_urls_expire_at: 1757267200000,
      figures: { sold_count: { precision: 'lower_bound', raw: '1.3万+' } },
    },
    { record_type: 'sku', sku_id: '3514000000000000017', sku_name: '青色 / 单杯', properties: { 颜色: '青色' } },
    { record_type: 'sku', sku_id: '3514000000000000019', sku_name: '白色 / 单杯', price_minor: null },
  ]);
  expect(JSON.stringify(answer)).not.toContain('13000000000');
});

describe('other forms', () => {
  test('a price that cannot be in fen stays a text', () => {
    const json = text
      .replace('"min_price": 9990', '"min_price": "99.90"')
      .replace('"min_price": 12900', '"min_price": "129.00"');
    expect(readAnswer(json, context).records[0]).toMatchObject({
      price_minor: null,
      price_text: '99.90',
      currency: null,
      price_unit_source: 'unknown',
    });
  });

  test('the products of a live room', () => {
    const answer = readAnswer(
      '{"status_code":0,"promotions":[{"promotion_id":3614453298386180003,"product_id":3614453298386180001,"title":"茶杯","min_price":16800,"max_price":19800,"cover":{"url_list":["https://p3-aio.ecombdimg.com/obj/invented/c"]},"shop_id":77},{"title":"无编号"}]}',
      context,
    );
    expect(answer.records).toMatchObject([
      {
        product_id: '3614453298386180001',
        product_name: '茶杯',
        price_minor: 16800,
        price_max_minor: 19800,
        shop_id: '77',
      },
    ]);
    expect(answer.records).toHaveLength(1);
  });

  test("buyin's product, and the images of pack/detail", () => {
    const buyin = {
      data: { model: { product: { product_id: '3614453298386180001', product_base: { title: '茶杯' } } } },
    };
    expect(readAnswer(buyin, context).records).toMatchObject([
      { product_id: '3614453298386180001', product_name: '茶杯' },
    ]);
    const detail = {
      product_id: '3614453298386180001',
      detail_info: { detail_imgs: ['//p3-aio.ecombdimg.com/obj/d'] },
    };
    expect(readAnswer(detail, context).records).toMatchObject([{ image_urls: ['https://p3-aio.ecombdimg.com/obj/d'] }]);
    expect(readAnswer({ detail_info: detail.detail_info }, context).records).toEqual([]);
  });

  test.each([
    ['月售200', 'month_sold_count', 200],
    ['销量 5', 'sold_count', 5],
    [12, 'sold_count', 12],
    ['很多', 'sold_count', null],
  ])('sales: %s', (sales, field, count) => {
    const answer = readAnswer(text.replace('"已售1.3万+件"', JSON.stringify(sales)), context);
    expect(answer.records[0]).toHaveProperty(field, count);
  });

  test('without an id there is no product', () => {
    expect(readAnswer({ promotion_h5: { basic_info_data: { title_info: { title: 'x' } } } }, context).records).toEqual(
      [],
    );
  });
});
