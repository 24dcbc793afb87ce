import type { EntityRef } from '../core/ref.ts';
import { embeddedBlocks, tiktokShopPlaces } from './embedded-blocks.ts';
import { refList } from './id-forms.ts';
import { collectItems } from './page-items.ts';
import { defineSite, type PageItem } from './site.ts';
import { pageProduct, productLinks, productTile, queriedProduct, shopRef } from './tiktok-products.ts';

function detect(url: URL): readonly EntityRef[] {
  return refList(shopRef(url) ?? queriedProduct(url));
}

function items(document: Document, url: URL): readonly PageItem[] {
  return collectItems(document, productLinks, (link) => productTile(link, url), pageProduct(document, detect(url)));
}

/** The shop's own hosts. The shop under www.tiktok.com belongs to the site `tiktok`, which reads it in the same way. */
export const tiktokShop = defineSite({
  id: 'tiktok-shop',
  platform: 'tiktok',
  start: 'https://shop.tiktok.com/',
  // `*.tiktok.com` covers them already; they are named so that this site wins there. shop-vn: from scripts.
  hosts: ['shop.tiktok.com', 'shop-vn.tiktok.com', 'affiliate.tiktok.com'],
  detect,
  items,
  embedded: (document) => embeddedBlocks(document, tiktokShopPlaces),
  watchedAttributes: ['href', 'data-e2e'],
});
