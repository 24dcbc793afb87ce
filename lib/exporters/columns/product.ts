/** One row per product, and one per SKU. */
import { decimalAmount } from '../../analysis/money.ts';
import type { ProductRecord, SkuRecord } from '../../core/record.ts';
import { type Column, computedColumn as computed, ownColumn as own } from './column.ts';
import { identityColumn, provenanceColumns } from './provenance.ts';
import { utcColumn } from './times.ts';

const words = {
  price: ['The price as a decimal number in currency.', '以 currency 计的十进制价格。'],
  priceMinor: [
    'The price in whole minor units (fen, cents) by the ISO 4217 exponent of currency.',
    '价格，按 currency 的 ISO 4217 指数以最小单位（分）计的整数。',
  ],
  currency: ['Currency (ISO 4217).', '货币（ISO 4217）。'],
  priceUnitSource: [
    "Who said what the price's unit is: declared (the source), assumed:<provider> (our reading of it) or unknown.",
    '价格单位的依据：declared（来源声明）、assumed:<提供方>（我们的解读）或 unknown。',
  ],
} as const;

export const productIdColumn = own(
  'product_id',
  'string',
  'Id of the product, up to 20 digits: read it as text, numbers lose its last digits.',
  '商品 ID，最多 20 位：请按文本读取，按数字读取会丢失末位。',
);
export const skuIdColumn = own('sku_id', 'string', 'Id of the SKU, as text.', 'SKU ID（文本）。');
export const skuNameColumn = own('sku_name', 'string', 'Name of the SKU.', 'SKU 名称。');
export const shopIdColumn = own('shop_id', 'string', 'Id of the shop.', '店铺 ID。');
export const shopNameColumn = own('shop_name', 'string', 'Name of the shop.', '店铺名称。');

const ratingColumns: readonly Column<ProductRecord>[] = ([1, 2, 3, 4, 5] as const).map((stars) =>
  own(`rating_${stars}_count`, 'integer', `Reviews with ${stars} of 5 stars.`, `${stars} 星（满分 5 星）的评价数。`),
);

const nameColumns: readonly Column<ProductRecord>[] = [
  identityColumn,
  productIdColumn,
  own('product_url', 'string', 'Public address of the product, without tracking.', '商品公开地址，不含跟踪参数。'),
  own('product_name', 'string', 'Name of the product.', '商品名称。'),
  own(
    'product_name_translated_to',
    'string',
    'The language that the provider may have translated the name into; empty: as the seller wrote it.',
    '提供方可能将名称翻译成的语言；为空表示卖家原文。',
  ),
  own('product_description', 'string', 'Description, text only.', '商品描述（纯文本）。'),
  own('brand', 'string', 'Brand.', '品牌。'),
  own('listing_status', 'string', 'on_sale, off_sale, deleted or unknown.', 'on_sale、off_sale、deleted 或 unknown。'),
  utcColumn('created_at', { en: 'When the product was listed.', zh_CN: '商品创建时间。' }),
  utcColumn('updated_at', { en: 'When the listing was last changed.', zh_CN: '商品更新时间。' }),
];

const priceColumns: readonly Column<ProductRecord>[] = [
  computed('price', 'string', ...words.price, (record) => decimalAmount(record.price_minor, record.currency)),
  own('price_minor', 'integer', ...words.priceMinor),
  own(
    'price_min_minor',
    'integer',
    'The lowest price among the variants, in minor units.',
    '各规格最低价（最小单位）。',
  ),
  own(
    'price_max_minor',
    'integer',
    'The highest price among the variants, in minor units.',
    '各规格最高价（最小单位）。',
  ),
  own('currency', 'string', ...words.currency),
  own('price_unit_source', 'string', ...words.priceUnitSource),
  own(
    'price_text',
    'string',
    'The price as the source wrote it, where it is not a number ($2?).',
    '来源所写的价格原文（并非数字时，如 $2?）。',
  ),
  own('list_price_minor', 'integer', 'The price before discount, in minor units.', '划线价（最小单位）。'),
];

const salesColumns: readonly Column<ProductRecord>[] = [
  own('sold_count', 'integer', 'Sold, in the time of sold_window.', 'sold_window 时间内的销量。'),
  own(
    'sold_count_text',
    'string',
    'The text that sold_count was read from (1.3万+).',
    'sold_count 的原文（如 1.3万+）。',
  ),
  computed(
    'sold_count_precision',
    'string',
    'Precision of sold_count: exact, rounded, abbreviated, lower_bound or unknown.',
    'sold_count 的精度：exact、rounded、abbreviated、lower_bound 或 unknown。',
    (record) => (record.sold_count === null ? null : (record.figures['sold_count']?.precision ?? 'unknown')),
  ),
  own(
    'sold_window',
    'string',
    'The time that sold_count spans: lifetime or month; empty where the source does not say.',
    'sold_count 的统计区间：lifetime 或 month；来源未说明则为空。',
  ),
  own('month_sold_count', 'integer', 'Sold in the last month.', '近一个月销量。'),
  own('rating', 'number', "Rating of the product, on the source's scale.", '商品评分（来源的分制）。'),
  own('review_count', 'integer', 'Reviews of the product.', '商品评价数。'),
  ...ratingColumns,
  own(
    'commission_rate',
    'number',
    "Commission for creators, in the source's own unit.",
    '达人佣金率（来源自己的单位）。',
  ),
];

const shopColumns: readonly Column<ProductRecord>[] = [
  shopIdColumn,
  shopNameColumn,
  own(
    'shop_score_product',
    'number',
    "The shop's score for its products: not a rating of this product.",
    '店铺商品体验分：并非该商品的评分。',
  ),
  own('shop_score_service', 'number', "The shop's score for its service.", '店铺服务体验分。'),
  own('shop_score_logistics', 'number', "The shop's score for its logistics.", '店铺物流体验分。'),
  own('category_l1', 'string', 'Category, first level.', '一级类目。'),
  own('category_l2', 'string', 'Category, second level.', '二级类目。'),
  own('category_l3', 'string', 'Category, third level.', '三级类目。'),
  computed(
    'attributes',
    'json',
    'Specifications as the source lists them.',
    '来源列出的商品参数。',
    (record) => record.attributes,
  ),
  computed(
    'options',
    'json',
    'Axes of choice with their values. They are not SKUs: not every combination is on sale.',
    '可选规格及其取值。并非 SKU：不是每种组合都有售。',
    (record) => record.options.map(({ name, values }) => ({ name, values })),
  ),
  own('sku_count', 'integer', 'SKUs of the product.', 'SKU 数量。'),
  own('stock_total', 'integer', 'Stock.', '总库存。'),
  own('stock_available', 'integer', 'Stock that can be ordered.', '可售库存。'),
  own('free_shipping', 'boolean', 'Whether shipping is free.', '是否包邮。'),
  own('dispatch_city', 'string', 'City that it is sent from.', '发货城市。'),
  own('dispatch_province', 'string', 'Province that it is sent from.', '发货省份。'),
  own('delivery_promise', 'string', 'What is promised about the delivery.', '发货承诺。'),
  own('freight_json', 'string', "The source's freight rules, as JSON text.", '来源的运费规则（JSON 文本）。'),
  own('service_tags', 'list', 'Services promised with the product.', '服务保障标签。'),
  own('image_urls', 'list', 'Addresses of the pictures. They may expire.', '图片地址。可能失效。'),
  utcColumn('image_urls_expire_at', {
    en: 'When the picture addresses expire, where they say so.',
    zh_CN: '图片地址的失效时间（若地址中注明）。',
  }),
];

export const productColumns: readonly Column<ProductRecord>[] = [
  ...nameColumns,
  ...priceColumns,
  ...salesColumns,
  ...shopColumns,
  ...provenanceColumns,
];

export const skuColumns: readonly Column<SkuRecord>[] = [
  identityColumn,
  productIdColumn,
  skuIdColumn,
  skuNameColumn,
  computed('price', 'string', ...words.price, (record) => decimalAmount(record.price_minor, record.currency)),
  own('price_minor', 'integer', ...words.priceMinor),
  own('currency', 'string', ...words.currency),
  own('price_unit_source', 'string', ...words.priceUnitSource),
  own('stock', 'integer', 'Stock of the SKU.', 'SKU 库存。'),
  computed(
    'properties',
    'json',
    'The choices that make the SKU (colour, size).',
    '构成该 SKU 的规格取值（颜色、尺码）。',
    (record) => record.properties,
  ),
  ...provenanceColumns,
];
