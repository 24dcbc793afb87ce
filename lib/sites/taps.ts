/**
 * The API answers that pages load by themselves and that are worth reading. Carried by the script in the page's own
 * world, so it is data and one small function.
 *
 * Sources: zeeschuimer 2026-06, yt-dlp 2026-08, gallery-dl 2026-08, Douyin_TikTok_Download_API 2026.
 */

/**
 * What the items of an answer are to the page. `list`: its list, in the order in which it shows them. `data`: known, but
 * not (yet) to be called part of the page: previews loaded on hover, recommendations beside a post, single details.
 */
export type TapRole = 'list' | 'data';

export interface Tap {
  /** A path; one that ends in `/` also stands for itself without it. */
  readonly path: string;
  readonly role: TapRole;
}

const at =
  (role: TapRole, prefix: string) =>
  (path: string): Tap => ({ path: prefix + path, role });

const tiktok: readonly Tap[] = [
  ...[
    'recommend',
    'explore',
    'following',
    'friends',
    'post',
    'creator',
    'challenge',
    'music',
    'mix',
    'collection',
    'favorite',
    'repost',
    'user/collect',
    'story',
  ].map((name) => at('list', '/api/')(`${name}/item_list/`)),
  ...['general/full/', 'item/full/', 'user/full/'].map(at('list', '/api/search/')),
  ...['related/item_list/', 'preload/item_list/'].map(at('data', '/api/')),
  ...[
    'item/detail/',
    'user/detail/',
    'user/playlist/',
    'challenge/detail/',
    'music/detail/',
    'mix/detail/',
    'comment/list/',
    'comment/list/reply/',
  ].map(at('data', '/api/')),
  ...['/api-live/user/room/', '/webcast/room/info/'].map(at('data', '')),
];

const douyin: readonly Tap[] = [
  ...[
    'aweme/post/',
    'aweme/favorite/',
    'aweme/listcollection/',
    'tab/feed/',
    'module/feed/',
    'follow/feed/',
    'familiar/feed/',
    'channel/feed/',
    'challenge/aweme/',
    'music/aweme/',
    'mix/aweme/',
    'series/aweme/',
    'collects/video/list/',
    'general/search/single/',
    'general/search/stream/',
    'search/item/',
  ].map(at('list', '/aweme/v1/web/')),
  ...[
    'aweme/detail/',
    'aweme/related/',
    'user/profile/other/',
    'challenge/detail/',
    'music/detail/',
    'mix/detail/',
    'comment/list/',
    'comment/list/reply/',
    'live/promotions/page/',
  ].map(at('data', '/aweme/v1/web/')),
  ...[
    '/web/api/v2/aweme/slidesinfo/',
    '/webcast/room/web/enter/',
    // live.douyin.com's own paths (DouYin_Spider, 2026-08).
    '/live/promotions/page/',
    '/live/promotions/pop/v3/',
  ].map(at('data', '')),
];

/** Product pages: no raw answer of these has been seen by us (see lib/payloads/douyin-shop-pack.ts). */
const shop: readonly Tap[] = ['pack/h5/', 'pack/detail/'].map(at('data', '/aweme/v2/shop/promotion/'));

const byHost: readonly (readonly [RegExp, readonly Tap[]])[] = [
  [/(?:^|\.)tiktok\.com$/, tiktok],
  [/(?:^|\.)(?:douyin|iesdouyin)\.com$/, douyin],
  [/(?:^|\.)jinritemai\.com$/, shop],
];

/** Taken down before the page's own scripts run: some pages put another in its place. */
const Address = URL;

/** The tap that an answer's address belongs to; null for everything else, which nobody reads. */
export function tapFor(address: string): Tap | null {
  if (!Address.canParse(address)) return null;
  const { hostname, pathname } = new Address(address);
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  const taps = byHost.find(([host]) => host.test(hostname))?.[1];
  return taps?.find((tap) => tap.path === path) ?? null;
}
