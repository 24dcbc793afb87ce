/**
 * What kind of page an address shows, and which list: the columns `query_type`, `query_text`, `page_tab` and
 * `feed_personalised`, and the key under which a tab's list is kept. By the address alone.
 */
import type { PageContext, PageType } from '../core/page-data.ts';
import { type EntityRef, refKey } from '../core/ref.ts';
import { cleanPath } from './id-forms.ts';
import { detectUrl, siteFor } from './index.ts';

export interface PageListContext extends PageContext {
  /** Site, type and what identifies the list; no tokens. The same again when the researcher comes back to the list. */
  readonly listKey: string;
  /** What the page itself is about (the profile's author, the hashtag); null for feeds and searches. */
  readonly subject: EntityRef | null;
}

type Reading = Partial<PageContext> & {
  readonly type: PageType;
  /** What else tells this list from others of its type. */
  readonly key?: string;
};

/** Longer search words are cut: nobody types them, and they are kept with every row. */
const maximumQuery = 200;

/** Search words as typed: decoded, NFC, without line breaks and doubled blanks; null where there are none. */
function words(text: string | null | undefined): string | null {
  const clean =
    text
      ?.normalize('NFC')
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim() ?? '';
  return clean === '' ? null : Array.from(clean).slice(0, maximumQuery).join('').toWellFormed();
}

/** A path segment as search words; broken percent-encoding is kept as it is. */
function segment(text: string | undefined): string | null {
  if (text === undefined) return null;
  try {
    return words(decodeURIComponent(text));
  } catch {
    return words(text);
  }
}

/** The names of tabs in addresses: one short word. */
function tabName(text: string | null | undefined): string | null {
  return text && /^[a-z][\w-]{0,30}$/iu.test(text) ? text.toLowerCase() : null;
}

const typeOfKind: { readonly [Kind in EntityRef['kind']]?: PageType } = {
  post: 'post',
  author: 'profile',
  hashtag: 'hashtag',
  music: 'music',
  collection: 'collection',
  live: 'live',
  product: 'product',
  shop: 'shop',
};

/** What a page was opened with: the name or id of its hashtag, author, music or collection; null for single things. */
function nameOf({ platform, kind, id }: EntityRef): string | null {
  if (kind === 'live') return platform === 'tiktok' && !id.startsWith('room/') ? id : null;
  if (kind === 'post' || kind === 'product' || kind === 'shop') return null;
  return /^(?:uid|id)\//u.test(id) ? id.slice(id.indexOf('/') + 1) : id;
}

const feed = (key: string, personalised: boolean | null): Reading => ({ type: 'feed', personalised, key });

/** Pages of www.tiktok.com that name nothing. Paths: zeeschuimer 2026-06, gallery-dl 2026-08. */
function tiktokPage(url: URL, path: string): Reading {
  const query = words(url.searchParams.get('q') ?? url.searchParams.get('keyword'));
  const search = /^\/search(?:\/([a-z]+))?$/iu.exec(path);
  if (search) return { type: 'search', query, tab: tabName(search[1]) };
  if (path === '/' || path === '/foryou' || path === '/en') return feed('foryou', true);
  if (path === '/following' || path === '/friends') return feed(path.slice(1), true);
  if (path === '/explore') return { type: 'explore' };
  const discover = /^\/discover\/([^/]+)$/u.exec(path)?.[1];
  if (discover) return { type: 'search', query: segment(discover.replaceAll('-', ' ')), tab: 'discover' };
  if (path === '/live') return { type: 'live' };
  return (/^\/shop(?:\/|$)/iu.test(path) ? shopPage(url, path) : null) ?? { type: 'other', key: path };
}

/** Lists of the shop, on its own hosts and below www.tiktok.com/shop; null for what is none. */
function shopPage(url: URL, path: string): Reading | null {
  const [, kind, text] = /^\/(?:(?:shop|[a-z]{2}(?:-[a-z]{2,4})?)\/){0,2}([ksc])\/(.+)$/iu.exec(path) ?? [];
  // /us/k/KEYWORD and /shop/s/KEYWORD are searches, /shop/c/SLUG/ID is a category; seen in links of other tools only.
  if (kind && text && kind.toLowerCase() !== 'c')
    return { type: 'search', query: segment(text.split('/')[0]), tab: 'shop' };
  if (kind && text)
    return { type: 'shop', query: segment(text.split('/')[0]?.replaceAll('-', ' ')), tab: 'category', key: text };
  const typed = words(url.searchParams.get('q') ?? url.searchParams.get('keyword'));
  if (typed && /\/search$/iu.test(path)) return { type: 'search', query: typed, tab: 'shop' };
  return /^\/shop(?:\/[a-z]{2})?$/iu.test(path) ? { type: 'shop', tab: 'home' } : null;
}

/** Pages of douyin.com that name nothing. Paths: douyin-downloader and TikTokDownloader 2026-08. */
function douyinPage(url: URL, path: string): Reading {
  const typed = url.searchParams.get('keyword') ?? url.searchParams.get('q');
  const search = /^\/(?:(?:root|jingxuan)\/)?search(?:\/([^/]+))?$/u.exec(path);
  if (search) {
    return { type: 'search', query: segment(search[1]) ?? words(typed), tab: tabName(url.searchParams.get('type')) };
  }
  const channel = /^\/channel\/(\d{1,20})$/u.exec(path)?.[1];
  if (channel) return { type: 'feed', tab: channel };
  if (/^live\./iu.test(url.hostname)) return { type: 'live' };
  switch (path) {
    case '/':
    // The recommended feed has had both addresses (2026).
    case '/recommend':
      return feed('recommend', true);
    case '/follow':
    case '/friend':
      return feed(path.slice(1), true);
    case '/jingxuan':
    case '/discover':
    case '/hot':
      return { type: 'explore', tab: path.slice(1) };
    case '/user/self':
      // The researcher's own page names nobody.
      return { type: 'profile', tab: tabName(url.searchParams.get('showTab')), key: 'self' };
    default:
      return { type: 'other', key: path };
  }
}

function shopHostPage(url: URL, path: string): Reading {
  const isHome = /^\/(?:[a-z]{2}(?:-[a-z]{2,4})?)?$/iu.test(path);
  return shopPage(url, path) ?? (isHome ? { type: 'shop', tab: 'home' } : { type: 'other', key: path });
}

/** The page of a promoter's merchandise library, or a product page that names no product. */
function douyinShopPage(url: URL, path: string): Reading {
  const query = words(url.searchParams.get('search_keyword') ?? url.searchParams.get('keyword'));
  if (/merch-picking-library/iu.test(path)) return { type: query ? 'search' : 'shop', query, tab: 'library' };
  return { type: 'other', key: path };
}

/** The tab of a profile. TikTok's are in the path where other programs made the address; Douyin's are in `showTab`. */
function profileTab(url: URL, path: string, platform: EntityRef['platform']): string | null {
  if (platform === 'douyin') return tabName(url.searchParams.get('showTab'));
  return tabName(/^\/@[^/]+\/([a-z]+)$/iu.exec(path)?.[1]);
}

/** The address of the page that a modal lies over: Douyin's `modal_id` and `vid` open a post and change no list. */
function belowModal(url: URL): URL {
  const below = new URL(url);
  if (!/(?:^|\.)douyin\.com$/iu.test(url.hostname)) return below;
  below.searchParams.delete('modal_id');
  if (cleanPath(url).startsWith('/user/')) below.searchParams.delete('vid');
  return below;
}

/** What this page is and which list it shows. Never throws; an address of no known site is `other`. */
export function pageContext(url: URL): PageListContext {
  const site = siteFor(url);
  const below = belowModal(url);
  const path = cleanPath(below);
  const subject = detectUrl(below.href)[0] ?? null;
  const type = subject ? typeOfKind[subject.kind] : undefined;
  const reading = subject && type ? subjectPage(subject, type, below, path) : unnamedPage(site?.id, below, path);
  const { query = null, tab = null, personalised = null, key } = reading;
  const own = subject && type ? refKey(subject) : (key ?? query ?? '');
  const listKey = [site?.id ?? 'unknown', reading.type, own, tab ?? ''].join(' ').trimEnd();
  return {
    type: reading.type,
    query,
    tab,
    personalised,
    listKey: listKey.slice(0, 400),
    subject: type ? subject : null,
  };
}

function subjectPage(subject: EntityRef, type: PageType, url: URL, path: string): Reading {
  const tab = type === 'profile' ? profileTab(url, path, subject.platform) : null;
  return { type, query: nameOf(subject), tab };
}

function unnamedPage(site: string | undefined, url: URL, path: string): Reading {
  if (site === 'tiktok') return tiktokPage(url, path);
  if (site === 'tiktok-shop') return shopHostPage(url, path);
  if (site === 'douyin') return douyinPage(url, path);
  return site === 'douyin-shop' ? douyinShopPage(url, path) : { type: 'other', key: path };
}
