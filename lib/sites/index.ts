import type { EntityRef } from '../core/ref.ts';
import { douyin } from './douyin.ts';
import { douyinShop } from './douyin-shop.ts';
import type { Site } from './site.ts';
import { tiktok } from './tiktok.ts';
import { tiktokShop } from './tiktok-shop.ts';

/** Every site, one line each. */
export const sites: readonly Site[] = [tiktok, tiktokShop, douyin, douyinShop];

function hostMatches(pattern: string, hostname: string): boolean {
  if (!pattern.startsWith('*.')) return hostname === pattern;
  return hostname === pattern.slice(2) || hostname.endsWith(pattern.slice(1));
}

/** The match patterns of the content scripts, for the manifest: the fewest that cover every site. */
export function siteMatches(): string[] {
  const hosts = [...new Set(sites.flatMap((site) => site.hosts))];
  const covered = (host: string) => hosts.some((other) => other !== host && hostMatches(other, host));
  return hosts
    .filter((host) => !covered(host))
    .sort()
    .map((host) => `https://${host}/*`);
}

// Asked for every link of a page, so it is sorted once.
const byHost = sites
  .flatMap((site) => [...site.hosts, ...(site.linkHosts ?? [])].map((host) => ({ site, host })))
  .sort((a, b) => b.host.length - a.host.length);

/** The site that runs this page; the most specific host wins; null where Clipscope has no business. */
export function siteFor(url: URL): Site | null {
  const hostname = url.hostname.toLowerCase();
  return byHost.find(({ host }) => hostMatches(host, hostname))?.site ?? null;
}

/** What a URL names, by its text alone; nothing for text that is not a URL of a known site. */
export function detectUrl(text: string): readonly EntityRef[] {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return [];
  return siteFor(url)?.detect(url) ?? [];
}
