/** One row per shop, and one per review of a product. */
import type { ReviewRecord, ShopRecord } from '../../core/record-kinds.ts';
import { authorName, authorPseudonym } from './author.ts';
import { type Column, ownColumn as own } from './column.ts';
import { figureColumns } from './figures.ts';
import { productIdColumn, shopIdColumn, shopNameColumn, skuIdColumn, skuNameColumn } from './product.ts';
import { identityColumn, provenanceColumns } from './provenance.ts';
import { utcColumn } from './times.ts';

export const shopColumns: readonly Column<ShopRecord>[] = [
  identityColumn,
  shopIdColumn,
  shopNameColumn,
  own('product_count', 'integer', 'Products of the shop.', '店铺商品数。'),
  own('rating', 'number', "Rating of the shop, on the source's scale.", '店铺评分（来源的分制）。'),
  own('review_count', 'integer', 'Reviews of the shop.', '店铺评价数。'),
  own('sold_count', 'integer', 'Sold by the shop since it opened.', '店铺累计销量。'),
  own('follower_count', 'integer', 'Followers of the shop.', '店铺粉丝数。'),
  own('shop_location', 'string', 'Where the shop is, as the source says.', '来源给出的店铺所在地。'),
  ...figureColumns,
  ...provenanceColumns,
];

export const reviewColumns: readonly Column<ReviewRecord>[] = [
  identityColumn,
  own('review_id', 'string', 'Id of the review, as text.', '评价 ID（文本）。'),
  productIdColumn,
  own(
    'rating',
    'number',
    'Rating given, as the source states it: usually 1 to 5.',
    '所给评分（来源原值，通常为 1 到 5）。',
  ),
  own('text', 'string', 'The text of the review.', '评价内容。', { text: true }),
  utcColumn('created_at', { en: 'When the review was written.', zh_CN: '评价时间。' }),
  skuIdColumn,
  skuNameColumn,
  authorPseudonym,
  authorName,
  own('like_count', 'integer', 'Found helpful, as often as the source says.', '来源给出的“有用”数。'),
  own(
    'is_verified_purchase',
    'boolean',
    'Whether the platform confirms that the reviewer bought it.',
    '平台是否确认评价者购买过。',
  ),
  own('image_urls', 'list', 'Addresses of the pictures in the review. They expire.', '评价图片地址。会失效。'),
  ...figureColumns,
  ...provenanceColumns,
];
