/** What the two TikTok sites share: products are met under www.tiktok.com as well as on the shop's own hosts. */

import type { EntityRef } from '../core/ref.ts';
import { cleanPath, matchShape, refList, type Shape } from './id-forms.ts';
import { linkRef } from './page-items.ts';
import type { PageItem } from './site.ts';

// A region stands before or after `shop`: only `us` has been seen, other regions are supposed.
const shapes: readonly Shape[] = [
  ['product', /^\/(?:(?:shop|[a-z]{2}(?:-[a-z]{2,4})?)\/){0,2}(?:pdp|(?:view\/)?product)\/(?:[^/]+\/)?(1\d{18})$/i],
  ['shop', /^\/(?:(?:shop|[a-z]{2}(?:-[a-z]{2,4})?)\/){1,2}store\/(?:[^/]+\/)?([1-9]\d{0,19})$/i],
];

/** The product or shop that the path names, on any host of tiktok.com. */
export function shopRef(url: URL): EntityRef | null {
  return /(?:^|\.)tiktok\.com$/i.test(url.hostname) ? matchShape('tiktok', cleanPath(url), shapes) : null;
}

/** The product that the query names; for pages whose path names nothing. */
export function queriedProduct(url: URL): EntityRef | null {
  const id = url.searchParams.get('product_id');
  return id && /^1\d{18}$/.test(id) ? { platform: 'tiktok', kind: 'product', id } : null;
}

/** Where people wrote: links in comments and descriptions are no items. First three: capture of 2025-11. */
export const writtenText = '[data-e2e="search-common-link"],[data-e2e^="comment-"],[data-e2e*="desc"]';

/** Links that may lead to a product; `productTile` decides. */
export const productLinks = 'a[href*="/pdp/"],a[href*="/product/"]';

/** The product that a link leads to. The link itself is the tile: no hook of its card is known. */
export function productTile(link: Element, url: URL): PageItem | null {
  const ref = linkRef(link, url, (target) => refList(shopRef(target)));
  if (ref?.kind !== 'product' || link.closest(writtenText)) return null;
  return { ref, role: 'tile', element: link, hook: 'product-link' };
}

/** The product that fills a page, when its address names one. Such pages have no hook of their own (capture of 2025-07). */
export function pageProduct(document: Document, page: readonly EntityRef[]): PageItem[] {
  const element = document.querySelector('main') ?? document.body;
  const ref = page.find(({ kind }) => kind === 'product');
  return ref && element ? [{ ref, role: 'detail', element, hook: 'product-page' }] : [];
}
