/** What a set of products costs and sells, by category. */
import type { Platform } from '../core/ref.ts';
import { median } from './median.ts';

export interface CategorisedProduct {
  readonly platform: Platform;
  /** Levels from the first; null where one is not known. */
  readonly levels: readonly (string | null)[];
  readonly priceMinor: number | null;
  readonly currency: string | null;
  readonly soldCount: number | null;
  /** `lifetime`, `month`, or null: the source does not say. */
  readonly soldWindow: string | null;
}

export interface CategoryUse {
  readonly platform: Platform;
  readonly category: string;
  readonly products: number;
  readonly medianPriceMinor: number | null;
  readonly currency: string | null;
  readonly soldCount: number | null;
}

/**
 * The categories of these products, most products first, then by name; those without one are left out. Platforms are apart.
 *
 * - `medianPriceMinor`: of the products that have a price in a known currency; null, and no currency, where there are
 *   several currencies: their amounts are no numbers of one kind.
 * - `soldCount`: the sum of what is known; null where nothing is, or where the sales are of different spans.
 */
export function categoryUse(products: readonly CategorisedProduct[]): readonly CategoryUse[] {
  const named = products.flatMap((product) => {
    const category = product.levels.filter((level) => level !== null && level !== '').join(' › ');
    return category === '' ? [] : [{ ...product, category }];
  });
  const groups = Map.groupBy(named, ({ platform, category }) => `${platform} ${category}`);
  const rows = [...groups.values()].flatMap((own): CategoryUse[] => {
    const [first] = own;
    if (!first) return [];
    const priced = own.filter(({ priceMinor, currency }) => priceMinor !== null && currency !== null);
    const [currency = null, ...others] = new Set(priced.flatMap((product) => product.currency ?? []));
    const isOneCurrency = currency !== null && others.length === 0;
    const sold = own.filter(({ soldCount }) => soldCount !== null);
    const isOneSpan = new Set(sold.map(({ soldWindow }) => soldWindow)).size === 1;
    return [
      {
        platform: first.platform,
        category: first.category,
        products: own.length,
        medianPriceMinor: isOneCurrency ? median(priced.flatMap(({ priceMinor }) => priceMinor ?? [])) : null,
        currency: isOneCurrency ? currency : null,
        soldCount: isOneSpan ? sold.reduce((sum, { soldCount }) => sum + (soldCount ?? 0), 0) : null,
      },
    ];
  });
  return rows.sort(
    (a, b) => b.products - a.products || (a.category < b.category ? -1 : a.category > b.category ? 1 : 0),
  );
}
