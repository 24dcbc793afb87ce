import { fill, load, need } from './dom.ts';
import type { DouyinComment, DouyinItem } from './douyin-cards.ts';
import { douyinCommentHtml } from './douyin-cards.ts';

/** The page of one post of Douyin: its figures come by JSON, since the page of a guest embeds none. */

const id = need('[data-e2e="detail-video-info"]').dataset['e2eAwemeId'] ?? '';
await load<{ aweme_detail: DouyinItem | null }>(`/aweme/v1/web/aweme/detail/?aweme_id=${id}`);
const related = await load<{ aweme_list: DouyinItem[] }>(`/aweme/v1/web/aweme/related/?aweme_id=${id}&count=8`);
const answer = await load<{ comments: DouyinComment[] }>(
  `/aweme/v1/web/comment/list/?aweme_id=${id}&cursor=0&count=20`,
);
fill(
  need('.comments'),
  answer.comments
    .map((comment, index) => douyinCommentHtml(comment, index === 1 ? (related.aweme_list[0] ?? null) : null))
    .join(''),
);
