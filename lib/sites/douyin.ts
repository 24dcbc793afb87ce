import type { EntityRef } from '../core/ref.ts';
import { douyinPlaces, embeddedBlocks } from './embedded-blocks.ts';
import { cleanPath, matchShape, postId, refList, type Shape, secUid, shortLink } from './id-forms.ts';
import { collectItems, linkRef } from './page-items.ts';
import { defineSite, type ItemRole, type PageItem } from './site.ts';

const host = /(?:^|\.)(?:douyin|iesdouyin|amemv)\.com$/i;
const shortHost = /^(?:(?:v|jx)\.douyin|v\.iesdouyin)\.com$/i;

// Sources: TikTokDownloader, douyin-downloader, f2, parse-video and yt-dlp of 2026-08.
const shapes: readonly Shape[] = [
  ['post', /^\/(?:share\/|m\/)?(?:video|note|slides|gallery|shipin|article)\/(\d{15,20})$/],
  ['author', /^\/(?:share\/)?user\/(MS4wLjABAAAA[\w-]{32,64})$/],
  ['hashtag', /^\/(?:hashtag|share\/challenge)\/([1-9]\d{0,19})$/],
  ['music', /^\/(?:share\/)?music\/([1-9]\d{0,19})$/],
  ['collection', /^\/(?:collection|mix|vsdetail|share\/(?:mix|playlet)\/detail)\/([1-9]\d{0,19})$/],
  ['live', /^\/(?:douyin\/)?webcast\/reflow\/(\d{15,20})$/, 'room/'],
  // A web_rid is short, a room id has 19 digits.
  ['live', /^\/(?:follow|root)\/live\/(\d{1,14})$/],
];

function post(id: string | null | undefined): EntityRef | null {
  return id && postId.test(id) ? { platform: 'douyin', kind: 'post', id } : null;
}

function pathRef(url: URL, path: string): EntityRef | null {
  const query = url.searchParams;
  const user = /^\/share\/user\/(\d{1,20})$/.exec(path)?.[1];
  const named = query.get('sec_uid') ?? '';
  if (user) return { platform: 'douyin', kind: 'author', id: secUid.test(named) ? named : `uid/${user}` };
  const room = path === '/follow' ? query.get('webRid') : /^live\./i.test(url.hostname) ? path.slice(1) : null;
  if (room && /^\d{1,14}$/.test(room)) return { platform: 'douyin', kind: 'live', id: room };
  return matchShape('douyin', path, shapes);
}

function detect(url: URL): readonly EntityRef[] {
  if (!host.test(url.hostname)) return [];
  const path = cleanPath(url);
  if (shortHost.test(url.hostname)) return refList(shortLink('douyin', url, /^\/([\w-]{4,64})$/.exec(path)?.[1]));
  const query = url.searchParams;
  // A modal lies over the page that the path names.
  const modal = post(query.get('modal_id')) ?? (path.startsWith('/user/') ? post(query.get('vid')) : null);
  return refList(modal ?? pathRef(url, path));
}

// No rendered page of Douyin has been seen by us: every hook is from scripts and their tests, 2023 to 2026.
// Classes are named only where they are no build hashes.
const feedPlayer = '[data-e2e^="feed-"][data-e2e-vid],#sliderVideo[data-e2e-vid]';
const information = ':is([data-e2e="video-info"],[data-e2e="detail-video-info"],.video-info-detail)[data-e2e-aweme-id]';
const detail = '[data-e2e="video-detail"],.modal-video-container';
const discoverCard = '.discover-video-card-item[data-aweme-id]';
const waterfall = '[id^="waterfall_item_"]';
const links = 'a[href*="/video/"],a[href*="/note/"]';
const hooks = `${feedPlayer},${information},${detail},${discoverCard},${waterfall}`;
const lists = '[data-e2e="user-post-list"],[data-e2e="scroll-list"]';
// Below a profile's own grid the footer recommends posts of others (measured by a crawler, 2026).
const aside = `footer,[data-e2e="page-footer"],[data-e2e*="comment"],[data-e2e*="desc"],[data-e2e*="related"],[data-e2e-vid],[data-e2e-aweme-id],${detail}`;

function items(document: Document, url: URL): readonly PageItem[] {
  const shown = detect(url).find((ref) => ref.kind === 'post');
  const hasLinks = /^\/(?:user|collection|mix|vsdetail|hashtag|music)\//.test(cleanPath(url));
  const hasLists = hasLinks && document.querySelector(lists) !== null;

  function item(id: string | null | undefined, role: ItemRole, element: Element, hook: string): PageItem | null {
    const ref = post(id);
    return ref && { ref, role: role === 'card' && ref.id === shown?.id ? 'detail' : role, element, hook };
  }

  function readWaterfall(element: Element): PageItem | null {
    const id = element.id.slice('waterfall_item_'.length);
    // Tiles of related searches have such an id too, and may hold a result card that leads to another post.
    const targets = [...element.querySelectorAll(links)].map((link) => linkRef(link, url, detect)?.id);
    const cards = '.search-result-card,.discover-video-card-item';
    const fits = targets.length > 0 ? targets.includes(id) : (element.closest(cards) ?? element.querySelector(cards));
    return fits && !element.textContent?.trimStart().startsWith('相关搜索')
      ? item(id, 'tile', element, 'waterfall')
      : null;
  }

  function read(element: Element): PageItem | null {
    if (element.matches(feedPlayer)) return item(element.getAttribute('data-e2e-vid'), 'card', element, 'feed-player');
    if (element.matches(information)) {
      const holder = element.closest(`${detail},[data-e2e="feed-item"]`) ?? element;
      const role = element.matches('[data-e2e="detail-video-info"]') ? 'detail' : 'card';
      return item(element.getAttribute('data-e2e-aweme-id'), role, holder, 'video-info');
    }
    if (element.matches(discoverCard)) return item(element.getAttribute('data-aweme-id'), 'tile', element, 'discover');
    if (element.matches(waterfall)) return readWaterfall(element);
    if (!element.matches('a')) {
      // A detail page that does not say its id yet: the address does.
      return element.querySelector(`${feedPlayer},${information}`)
        ? null
        : item(shown?.id, 'detail', element, 'detail-page');
    }
    if (element.closest(aside) || (hasLists && !element.closest(lists))) return null;
    const ref = linkRef(element, url, detect);
    return ref?.kind === 'post' ? item(ref.id, 'tile', element, 'link') : null;
  }

  return collectItems(document, hasLinks ? `${hooks},${links}` : hooks, read);
}

/** Douyin's web pages, live rooms and share pages. */
export const douyin = defineSite({
  id: 'douyin',
  platform: 'douyin',
  start: 'https://www.douyin.com/',
  hosts: ['*.douyin.com', '*.iesdouyin.com'],
  linkHosts: ['*.amemv.com'],
  detect,
  items,
  embedded: (document) => embeddedBlocks(document, douyinPlaces),
  // Not `class`: it changes all the time, and the classes of the hooks are there from the start.
  watchedAttributes: ['id', 'data-e2e', 'data-e2e-vid', 'data-e2e-aweme-id', 'data-aweme-id', 'href'],
});
