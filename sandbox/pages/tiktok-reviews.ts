import type { WorldProduct } from '../types.ts';

const texts = [
  'Fits as described, the pockets are deep',
  'Colour is a little darker than in the picture 🌿',
  '<b>Not</b> waterproof, but who asked',
  '=1+1 stars would be unfair',
  'Second one that I buy',
  'The stitching came loose after a week.\nShop replaced it.',
];

/** The reviews that the page of a product shows: invented, the same in every run. */
export function reviewsOf(product: WorldProduct): Record<string, unknown>[] {
  return texts.map((text, index) => ({
    review: {
      review_id: `73976859${String(index).padStart(2, '0')}${product.id.slice(10)}`,
      rating: 5 - (index % 4),
      display_text: text,
      images: [],
      review_timestamp: String(1_722_407_993_343 + index * 86_400_000),
      has_origin_text: true,
      display_review_text: [],
      media: [],
      review_timestamp_fmt: 'July 31, 2024',
      main_review_title: '',
    },
    sku_id: `17295${String(index + 1).padStart(2, '0')}${product.id.slice(7)}`,
    sku_specification: `${product.options[0]?.name ?? ''}: ${product.options[0]?.values[index % 2] ?? ''}`,
    review_user: {
      name: `buyer ${index + 1}`,
      avatar: { url_list: [] },
      link: 'aweme://user/profile/7130000000000000001',
    },
    is_owner: false,
    is_anonymous: index % 2 === 0,
    review_source_type: 0,
    review_source_name: 'Purchased on TikTok',
  }));
}
