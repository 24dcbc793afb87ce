import { isTyping, load, need, transportOf } from './dom.ts';
import type { DouyinItem } from './douyin-cards.ts';
import { createSlides } from './douyin-slides.ts';

/** The recommendations of Douyin: one slide per screen; the address never says which post is active. */

const list = need('#slidelist');
const listAddress = list.dataset['list'] ?? '';
const transport = transportOf('xhr');
list.replaceChildren();
let offset = 0;
let hasMore = true;
let loading = false;

async function loadMore(): Promise<void> {
  if (loading || !hasMore) return;
  loading = true;
  const answer = await load<{ aweme_list: DouyinItem[]; has_more: number }>(
    `${listAddress}&count=16&refresh_index=${offset}`,
    transport,
  );
  offset += answer.aweme_list.length;
  hasMore = answer.has_more === 1;
  slides.add(answer.aweme_list);
  loading = false;
}

const slides = createSlides(
  list,
  (_item, index) => {
    if (index >= offset - 3) void loadMore();
  },
  { live: true },
);

need('[data-e2e="video-switch-next-arrow"]').addEventListener('click', () => slides.step(1));
need('[data-e2e="video-switch-prev-arrow"]').addEventListener('click', () => slides.step(-1));
document.addEventListener('keydown', (event) => {
  if (isTyping(event)) return;
  if (event.key === 'ArrowDown') slides.step(1);
  else if (event.key === 'ArrowUp') slides.step(-1);
});

await loadMore();
slides.show(0);
