/** The sites as people know them: for the switches and for the page that says where Clipscope works. Detection is in lib/sites. */
import type { Platform } from '../lib/core/ref.ts';

export interface KnownSite {
  /** Equals the id in lib/sites. */
  readonly id: string;
  readonly platform: Platform;
  /** Where to begin; null where the site has no front page. */
  readonly start: string | null;
  /** A page is of the first site that has its host, or a host above it. */
  readonly hosts: readonly string[];
}

/** Labels: message key `site_<id>`, a line on what works there: `site_<id>_what`, with `_` for `-`. Most specific hosts first. */
export const knownSites: readonly KnownSite[] = [
  {
    id: 'tiktok-shop',
    platform: 'tiktok',
    start: 'https://shop.tiktok.com/',
    hosts: ['shop.tiktok.com', 'shop-vn.tiktok.com', 'affiliate.tiktok.com'],
  },
  { id: 'tiktok', platform: 'tiktok', start: 'https://www.tiktok.com/explore', hosts: ['tiktok.com'] },
  { id: 'douyin-shop', platform: 'douyin', start: null, hosts: ['haohuo.jinritemai.com', 'buyin.jinritemai.com'] },
  { id: 'douyin', platform: 'douyin', start: 'https://www.douyin.com/', hosts: ['douyin.com', 'iesdouyin.com'] },
];

/** The sites in the order in which people look for them. */
export const sitesInOrder: readonly KnownSite[] = ['tiktok', 'tiktok-shop', 'douyin', 'douyin-shop'].flatMap(
  (id) => knownSites.find((site) => site.id === id) ?? [],
);

/** The site of a page's address; null where it is none of ours. */
export function siteOfPage(address: string): KnownSite | null {
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  return knownSites.find((site) => site.hosts.some((own) => host === own || host.endsWith(`.${own}`))) ?? null;
}

/** The message key of a site's name. */
export function siteKey(site: KnownSite): string {
  return `site_${site.id.replace('-', '_')}`;
}
