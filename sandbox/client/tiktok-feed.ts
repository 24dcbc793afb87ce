import { fill, fragment, isTyping, load, need, parse, transportOf } from './dom.ts';
import type { TikTokItem } from './tiktok-cards.ts';
import { feedCard, feedCardContent, pathOf } from './tiktok-cards.ts';
import { loadComments, showComments } from './tiktok-comments.ts';

/**
 * The feed of For You and of a post's own page: one column, one card per screen. Cards that are not
 * near the screen are empty shells.
 */

interface ItemList {
  itemList: TikTokItem[];
  cursor: string;
  hasMore: boolean;
}

const container = need('#column-list-container');
const listAddress = container.dataset['list'] ?? '/api/recommend/item_list/?';
const isDetailPage = document.querySelector('#main-content-video_detail') !== null;
const transport = transportOf(container.dataset['transport']);
const items: TikTokItem[] = [];
let cursor = '0';
let hasMore = true;
let loading = false;
let active = 0;
let navigating = false;

const embedded = document.querySelector('#__UNIVERSAL_DATA_FOR_REHYDRATION__')?.textContent ?? '{}';
const scope = Object.values(
  parse<Record<string, Record<string, { itemInfo?: { itemStruct?: TikTokItem } }>>>(embedded),
)[0];
const own = scope?.['webapp.video-detail']?.itemInfo?.itemStruct;
if (own) items.push(own);

function articles(): HTMLElement[] {
  return [...container.querySelectorAll<HTMLElement>(':scope > article')];
}

function indexOf(article: Element): number {
  return Number(article.getAttribute('data-scroll-index'));
}

function hydrate(article: Element, near: boolean): void {
  const index = indexOf(article);
  const item = items[index];
  if (near && item && article.childElementCount === 0) fill(article, feedCardContent(item, index));
  else if (!near && article.childElementCount > 0) article.replaceChildren();
}

const nearby = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) hydrate(entry.target, entry.isIntersecting);
  },
  { root: container, rootMargin: '60% 0px' },
);

const visible = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) void activate(indexOf(entry.target));
    }
  },
  { root: container, threshold: 0.6 },
);

async function commentsOf(item: TikTokItem): Promise<void> {
  const panel = document.querySelector<HTMLElement>('.comments');
  if (!panel) return;
  const comments = await loadComments(item.id);
  if (items[active]?.id !== item.id) return;
  const other = items.find((candidate) => candidate.id !== item.id) ?? null;
  showComments(panel, item.id, comments, other);
}

async function activate(index: number): Promise<void> {
  if (index === active) return;
  active = index;
  for (const article of articles()) article.classList.toggle('active', indexOf(article) === index);
  const item = items[index];
  // The embedded block stays as it was: after this it describes another post than the address.
  if (isDetailPage && item) history.replaceState(null, '', pathOf(item));
  if (item) void commentsOf(item);
  if (index >= items.length - 6) await loadMore();
}

async function loadMore(): Promise<void> {
  if (loading || !hasMore) return;
  loading = true;
  const answer = await load<ItemList>(`${listAddress}&count=16&cursor=${cursor}`, transport);
  cursor = answer.cursor;
  hasMore = answer.hasMore;
  items.push(...answer.itemList);
  for (let index = articles().length; index < items.length; index += 1)
    container.append(fragment(feedCard(null, index)));
  for (const article of articles()) {
    nearby.observe(article);
    visible.observe(article);
  }
  loading = false;
}

function step(distance: number): void {
  if (navigating) return;
  navigating = true;
  const target = container.querySelector(`:scope > article[data-scroll-index="${active + distance}"]`);
  target?.scrollIntoView({ block: 'start' });
  setTimeout(() => {
    navigating = false;
  }, 60);
}

document.addEventListener('keydown', (event) => {
  if (isTyping(event)) return;
  if (event.key === 'ArrowDown') step(1);
  else if (event.key === 'ArrowUp') step(-1);
  else return;
  event.preventDefault();
});
document.querySelector('.feed-next')?.addEventListener('click', () => step(1));
document.querySelector('.feed-previous')?.addEventListener('click', () => step(-1));

await loadMore();
articles()[0]?.classList.add('active');
// The post that the page was opened with: its comments come by the page's own call, as those of every later one.
if (own) void commentsOf(own);
