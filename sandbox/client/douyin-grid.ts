import { fill, fragment, historyEntry, isTyping, load, loadPieces, need, parse, targetOf, transportOf } from './dom.ts';
import type { DouyinComment, DouyinItem } from './douyin-cards.ts';
import { discoverCard, douyinCommentHtml, gridTile, relatedSearchTile, waterfallCard } from './douyin-cards.ts';
import type { Slides } from './douyin-slides.ts';
import { createSlides } from './douyin-slides.ts';

/** The grids of Douyin, and the layout that opens over them with ?modal_id= in the address. */

interface AwemeList {
  aweme_list?: DouyinItem[];
  data?: { type: number; aweme_info?: DouyinItem }[];
  cards?: { type: number; aweme: string }[];
  max_cursor?: number;
  cursor?: number;
  has_more: number | boolean;
}

const list = need('[data-list]');
const listAddress = list.dataset['list'] ?? '';
const form = list.dataset['form'] ?? 'grid';
const words = list.dataset['words'] ?? '';
const transport = transportOf(list.dataset['transport']);
const items: DouyinItem[] = [];
let cursor = 0;
let hasMore = true;
let loading = false;

function draw(item: DouyinItem, index: number): string {
  if (form === 'discover') return discoverCard(item);
  if (form !== 'waterfall') return gridTile(item);
  // Tiles of suggested searches stand among the results.
  return (
    waterfallCard(item) +
    (index % 8 === 5 ? relatedSearchTile(`74${String(10_000_000_000_000_000 + index)}`, `${words} ${index}`) : '')
  );
}

async function loadMore(): Promise<void> {
  if (loading || !hasMore) return;
  loading = true;
  const first = items.length === 0;
  const address = `${listAddress}&count=18&max_cursor=${cursor}&offset=${cursor}`;
  const pieces =
    list.dataset['transport'] === 'stream'
      ? await loadPieces<AwemeList>(address)
      : [await load<AwemeList>(address, transport)];
  const answer = { ...pieces[0], data: pieces.flatMap((piece) => piece.data ?? []) };
  const fresh =
    answer.aweme_list ??
    // The start page sends each post as JSON in a string.
    answer.cards?.map((card) => parse<DouyinItem>(card.aweme)) ??
    answer.data.flatMap((entry) => entry.aweme_info ?? []);
  cursor = answer.max_cursor ?? answer.cursor ?? cursor + fresh.length;
  hasMore = Boolean(answer.has_more);
  const html = fresh.map((item, index) => draw(item, items.length + index)).join('');
  items.push(...fresh);
  if (first) fill(list, html);
  else list.append(fragment(html));
  loading = false;
}

let modal: HTMLElement | null = null;
let slides: Slides | null = null;

function addressWith(id: string | null): string {
  const address = new URL(location.href);
  if (id === null) address.searchParams.delete('modal_id');
  else address.searchParams.set('modal_id', id);
  return address.pathname + address.search;
}

async function showComments(item: DouyinItem): Promise<void> {
  const answer = await load<{ comments: DouyinComment[] }>(
    `/aweme/v1/web/comment/list/?aweme_id=${item.aweme_id}&cursor=0&count=20`,
  );
  if (slides?.active?.aweme_id !== item.aweme_id || !modal) return;
  const other = items.find((candidate) => candidate.aweme_id !== item.aweme_id) ?? null;
  fill(
    need('.comments', modal),
    answer.comments.map((comment, index) => douyinCommentHtml(comment, index === 1 ? other : null)).join(''),
  );
  const answered = answer.comments.find((comment) => comment.reply_comment_total > 0);
  if (answered) {
    const address = `/aweme/v1/web/comment/list/reply/?item_id=${item.aweme_id}&comment_id=${answered.cid}`;
    await load(`${address}&cursor=0&count=10`, 'xhr');
  }
}

function openModal(index: number): void {
  modal?.remove();
  const made = fragment(
    '<div class="modal-video-container" role="dialog" aria-modal="true"><div class="modal-left"><div id="slideMode" class="slides"></div><button type="button" class="round close" aria-label="关闭">×</button><div class="switch"><button type="button" class="round" data-e2e="video-switch-prev-arrow" aria-label="上一个">⌃</button><button type="button" class="round" data-e2e="video-switch-next-arrow" aria-label="下一个">⌄</button></div></div><aside class="modal-right"><h2>评论</h2><div class="comments"></div></aside></div>',
  );
  modal = made.querySelector<HTMLElement>('.modal-video-container');
  if (!modal) return;
  document.body.append(modal);
  let opening = true;
  slides = createSlides(
    need('.slides', modal),
    (item) => {
      if (!opening)
        history.pushState({ id: item.aweme_id, depth: historyEntry().depth + 1 }, '', addressWith(item.aweme_id));
      void showComments(item);
    },
    { live: false },
  );
  slides.add(items);
  slides.show(index);
  opening = false;
  need('.close', modal).addEventListener('click', close);
  need('[data-e2e="video-switch-next-arrow"]', modal).addEventListener('click', () => slides?.step(1));
  need('[data-e2e="video-switch-prev-arrow"]', modal).addEventListener('click', () => slides?.step(-1));
}

function hide(): void {
  modal?.remove();
  modal = null;
  slides = null;
}

function close(): void {
  const { depth } = historyEntry();
  if (depth > 0) history.go(-depth);
  else {
    history.replaceState(null, '', addressWith(null));
    hide();
  }
}

function idUnder(element: Element): string | undefined {
  const link = element.closest<HTMLElement>('a[data-id]')?.dataset['id'];
  const card = element.closest<HTMLElement>('[data-aweme-id]')?.dataset['awemeId'];
  const result = element.closest('.search-result-card')?.parentElement?.id.replace('waterfall_item_', '');
  return link ?? card ?? result;
}

list.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey) return;
  const target = targetOf(event);
  const id = target ? idUnder(target) : undefined;
  const index = items.findIndex((item) => item.aweme_id === id);
  const item = items[index];
  if (!item) return;
  event.preventDefault();
  history.pushState({ id: item.aweme_id, depth: 1 }, '', addressWith(item.aweme_id));
  openModal(index);
});
document.addEventListener('keydown', (event) => {
  if (!slides || isTyping(event)) return;
  if (event.key === 'ArrowDown') slides.step(1);
  else if (event.key === 'ArrowUp') slides.step(-1);
  else if (event.key === 'Escape') close();
});

function followAddress(): void {
  const id = new URL(location.href).searchParams.get('modal_id');
  const index = items.findIndex((item) => item.aweme_id === id);
  if (index >= 0) openModal(index);
  else hide();
}
addEventListener('popstate', followAddress);

new IntersectionObserver(
  (entries) => {
    if (entries.some((entry) => entry.isIntersecting)) void loadMore();
  },
  { rootMargin: '400px' },
).observe(need('.grid-end'));
if (list.dataset['detail']) void load(list.dataset['detail']);
await loadMore();
if (location.search.includes('modal_id=')) {
  const wanted = new URL(location.href).searchParams.get('modal_id');
  while (hasMore && !items.some((item) => item.aweme_id === wanted)) await loadMore();
  followAddress();
}
