import { describe, expect, test } from 'vitest';
import { categoryUse, type CategorisedProduct } from './categories.ts';

describe('categoryUse', () => {
  const product = (more: Partial<CategorisedProduct>): CategorisedProduct => ({
    platform: 'douyin',
    levels: ['女装', '衬衫', null],
    priceMinor: null,
    currency: null,
    soldCount: null,
    soldWindow: null,
    ...more,
  });

  test('counts products and sales, and takes the median price', () => {
    const rows = categoryUse([
      product({ priceMinor: 100, currency: 'CNY', soldCount: 5 }),
      product({ priceMinor: 400, currency: 'CNY', soldCount: 7 }),
      product({ priceMinor: 90 }),
      product({ levels: [null, null, null], priceMinor: 1, currency: 'CNY' }),
      product({ levels: ['茶'] }),
    ]);
    expect(rows).toEqual([
      {
        platform: 'douyin',
        category: '女装 › 衬衫',
        products: 3,
        medianPriceMinor: 250,
        currency: 'CNY',
        soldCount: 12,
      },
      { platform: 'douyin', category: '茶', products: 1, medianPriceMinor: null, currency: null, soldCount: null },
    ]);
  });

  test('adds and compares nothing that is not of one kind', () => {
    const [row] = categoryUse([
      product({ priceMinor: 100, currency: 'CNY', soldCount: 5, soldWindow: 'month' }),
      product({ priceMinor: 400, currency: 'USD', soldCount: 7, soldWindow: 'lifetime' }),
    ]);
    expect(row).toMatchObject({ medianPriceMinor: null, currency: null, soldCount: null });
    expect(categoryUse([product({}), product({ platform: 'tiktok' })])).toHaveLength(2);
  });
});
