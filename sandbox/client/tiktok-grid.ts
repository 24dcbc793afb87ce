import { fill, fragment, historyEntry, isTyping, load, need, targetOf, transportOf } from './dom.ts';
import type { TikTokItem } from './tiktok-cards.ts';
import { loadComments, showComments } from './tiktok-comments.ts';
import { browseHtml, pathOf, tile } from './tiktok-cards.ts';

/** The grids of TikTok, and the layout that opens over them when a tile is clicked. */

interface ItemList {
  itemList?: TikTokItem[];
  data?: { type: number; item?: TikTokItem }[];
  cursor: number | string;
  hasMore?: boolean;
  has_more?: number;
}

const list = need('[data-list]');
const listAddress = list.dataset['list'] ?? '';
const tileName = list.dataset['tile'] ?? 'user-post-item';
const withText = list.dataset['text'] === 'yes';
const transport = transportOf(list.dataset['transport']);
const count = list.dataset['count'] ?? '16';
const items: TikTokItem[] = [];
let cursor: number | string = 0;
let hasMore = true;
let loading = false;

async function loadMore(): Promise<void> {
  if (loading || !hasMore) return;
  loading = true;
  const first = items.length === 0;
  const answer = await load<ItemList>(`${listAddress}&count=${count}&cursor=${cursor}`, transport);
  const fresh = answer.itemList ?? (answer.data ?? []).flatMap((entry) => entry.item ?? []);
  cursor = answer.cursor;
  hasMore = answer.hasMore ?? answer.has_more === 1;
  items.push(...fresh);
  const html = fresh.map((item) => tile(item, tileName, withText)).join('');
  if (first) fill(list, html);
  else list.append(fragment(html));
  loading = false;
}

function itemOf(element: Element | null): TikTokItem | undefined {
  const href = element?.closest('.tile')?.querySelector('a')?.getAttribute('href') ?? '';
  return items.find((item) => href.endsWith(`/${item.id}`));
}

// A player opens under the pointer though nobody opened that post: the classic false positive.
list.addEventListener('mouseover', (event) => {
  const media = targetOf(event)?.closest('.tile-media') ?? null;
  const item = itemOf(media);
  if (!media || !item || media.querySelector('.hover-player')) return;
  media.querySelector('a')?.append(fragment(`<div class="hover-player" id="xgwrapper-1-${item.id}"></div>`));
  void load(`/api/preload/item_list/?${listAddress.slice(listAddress.indexOf('?') + 1)}&count=3`);
});
list.addEventListener('mouseout', (event) => {
  const media = targetOf(event)?.closest('.tile-media') ?? null;
  const to = event.relatedTarget;
  if (media && !(to instanceof Node && media.contains(to))) media.querySelector('.hover-player')?.remove();
});

const modal = document.createElement('div');
modal.className = 'browse-mode';
modal.setAttribute('role', 'dialog');
modal.setAttribute('aria-modal', 'true');
let shown: TikTokItem | null = null;

async function show(item: TikTokItem | null): Promise<void> {
  shown = item;
  if (!item) {
    modal.remove();
    return;
  }
  fill(modal, browseHtml(item));
  if (!modal.isConnected) document.body.append(modal);
  const comments = await loadComments(item.id);
  if (shown?.id !== item.id) return;
  const other = items.find((candidate) => candidate.id !== item.id) ?? null;
  showComments(need('.comments', modal), item.id, comments, other);
}

function open(item: TikTokItem, depth: number): void {
  // The embedded block of the page keeps describing what was loaded first.
  history.pushState({ id: item.id, depth }, '', pathOf(item));
  void show(item);
}

function step(distance: number): void {
  const next = items[items.findIndex((item) => item.id === shown?.id) + distance];
  const { depth } = historyEntry();
  if (next) open(next, depth + 1);
}

function close(): void {
  const { depth } = historyEntry();
  if (depth > 0) history.go(-depth);
}

list.addEventListener('click', (event) => {
  const link = targetOf(event)?.closest('.tile-media a') ?? null;
  const item = itemOf(link);
  if (!item || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  open(item, 1);
});
modal.addEventListener('click', (event) => {
  const button = targetOf(event)?.closest('[data-e2e]')?.getAttribute('data-e2e');
  if (button === 'arrow-right') step(1);
  else if (button === 'arrow-left') step(-1);
  else if (button === 'browse-close') close();
});
document.addEventListener('keydown', (event) => {
  if (!shown || isTyping(event)) return;
  if (event.key === 'ArrowDown') step(1);
  else if (event.key === 'ArrowUp') step(-1);
  else if (event.key === 'Escape') close();
});
addEventListener('popstate', (event) => {
  const { id } = historyEntry(event.state);
  void show(items.find((item) => item.id === id) ?? null);
});

new IntersectionObserver(
  (entries) => {
    if (entries.some((entry) => entry.isIntersecting)) void loadMore();
  },
  { rootMargin: '400px' },
).observe(need('.grid-end'));
if (list.dataset['detail']) void load(list.dataset['detail'], transport);
await loadMore();
