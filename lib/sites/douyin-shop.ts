import type { EntityRef } from '../core/ref.ts';
import { collectItems, linkRef } from './page-items.ts';
import { defineSite, type PageItem } from './site.ts';

// Product and promotion have the same form and, on these pages, the same number. The most exact name comes first.
const names = ['product_id', 'commodity_id', 'goods_id', 'id', 'iid', 'promotion_id', 'ec_promotion_id'];

function fits(id: string | null): id is string {
  return id !== null && /^3\d{18}$/.test(id);
}

function detect(url: URL): readonly EntityRef[] {
  if (!/^(?:haohuo|buyin)\.jinritemai\.com$/i.test(url.hostname)) return [];
  const query = url.searchParams;
  const one = names.map((name) => query.get(name)).find(fits);
  const ids = one
    ? [one]
    : query
        .getAll('promotion_ids')
        .flatMap((list) => list.split(','))
        .filter(fits);
  return [...new Set(ids)].map((id) => ({ platform: 'douyin', kind: 'product', id }));
}

function items(document: Document, url: URL): readonly PageItem[] {
  const page = detect(url);
  const element = document.querySelector('main') ?? document.body;
  const shown: PageItem[] =
    page[0] && page.length === 1 && element ? [{ ref: page[0], role: 'detail', element, hook: 'product-page' }] : [];
  // No rendered page has been seen by us: the links are supposed from the addresses.
  return collectItems(
    document,
    'a[href*="/views/product/"],a[href*="/trade/detail/"],a[href*="/merch-promoting"]',
    (link) => {
      const ref = linkRef(link, url, detect);
      return ref && { ref, role: 'tile', element: link, hook: 'product-link' };
    },
    shown,
  );
}

/** Douyin's product pages and the merchandise library of its promoters. */
export const douyinShop = defineSite({
  id: 'douyin-shop',
  platform: 'douyin',
  start: null,
  hosts: ['haohuo.jinritemai.com', 'buyin.jinritemai.com'],
  detect,
  items,
  // No embedded JSON is known: what the page knows, it loads.
  embedded: () => [],
  watchedAttributes: ['href'],
});
