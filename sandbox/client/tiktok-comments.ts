import { fragment, load } from './dom.ts';
import type { TikTokComment, TikTokItem } from './tiktok-cards.ts';
import { commentHtml, replyHtml } from './tiktok-cards.ts';

/** The comments of a post, which the page asks for by fetch, and their answers, which it asks for by XMLHttpRequest. */

/** The comments of this post. */
export async function loadComments(id: string): Promise<TikTokComment[]> {
  const address = `/api/comment/list/?aweme_id=${id}&count=20&cursor=0`;
  return (await load<{ comments: TikTokComment[] }>(address)).comments;
}

async function showReplies(button: Element, id: string): Promise<void> {
  const comment = button.getAttribute('data-comment') ?? '';
  const address = `/api/comment/list/reply/?item_id=${id}&comment_id=${comment}&count=20&cursor=0`;
  const answer = await load<{ comments: TikTokComment[] }>(address, 'xhr');
  button.closest('.comment')?.after(fragment(answer.comments.map(replyHtml).join('')));
  button.remove();
}

/** Draws the comments; `linked` is another post that one of them links to. */
export function showComments(
  panel: HTMLElement,
  id: string,
  comments: TikTokComment[],
  linked: TikTokItem | null,
): void {
  const html = comments.map((comment, index) => commentHtml(comment, index === 1 ? linked : null)).join('');
  panel.replaceChildren(fragment(html));
  for (const button of panel.querySelectorAll('[data-e2e="view-more-1"]')) {
    button.addEventListener('click', () => void showReplies(button, id), { once: true });
  }
}
