import { avatar, chineseCount, clockText, escapeHtml, icon, poster } from './html.ts';

/** The part of Douyin's own JSON that its pages draw. */
export interface DouyinItem {
  aweme_id: string;
  desc: string;
  create_time: number;
  duration: number;
  author: { sec_uid: string; nickname: string };
  statistics: { digg_count: number; comment_count: number; collect_count: number; share_count: number };
  images: unknown[] | null;
}

export interface DouyinComment {
  cid: string;
  text: string;
  digg_count: number;
  reply_comment_total: number;
  ip_label: string;
  user: { sec_uid: string; nickname: string };
}

/** The path of a post. */
export function douyinPath(item: DouyinItem): string {
  return `/${item.images ? 'note' : 'video'}/${item.aweme_id}`;
}

/** A caption: text, and hashtags as links to a search, as Douyin draws them. */
export function douyinCaption(text: string): string {
  return escapeHtml(text).replaceAll(
    /#([\p{L}\p{N}_]+)/gu,
    (whole, name: string) => `<a class="tag" href="/search/${encodeURIComponent(name)}">${whole}</a>`,
  );
}

function dateText(item: DouyinItem): string {
  const date = new Date((item.create_time + 8 * 3600) * 1000);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

function action(kind: 'like' | 'comment' | 'save' | 'share', e2e: string, count: number): string {
  return `<div class="action" data-e2e="${e2e}">${icon(kind)}<span>${chineseCount(count)}</span></div>`;
}

/** The counts beside a player. */
export function douyinActions(item: DouyinItem): string {
  const { statistics } = item;
  return `<div class="actions"><a class="face" href="//www.douyin.com/user/${escapeHtml(item.author.sec_uid)}">${avatar(item.author.nickname)}</a>${action('like', 'video-player-digg', statistics.digg_count)}${action('comment', 'feed-comment-icon', statistics.comment_count)}${action('save', 'video-player-collect', statistics.collect_count)}${action('share', 'video-player-share', statistics.share_count)}</div>`;
}

/** What is inside a slide: player, author, caption, counts. */
export function slideContent(item: DouyinItem): string {
  return `<div class="player">${poster(item.aweme_id)}</div><div class="video-info" data-e2e="video-info"><div class="account"><a href="//www.douyin.com/user/${escapeHtml(item.author.sec_uid)}" data-e2e="feed-video-nickname">@${escapeHtml(item.author.nickname)}</a><span class="time"> · ${dateText(item)}</span></div><div class="title" data-e2e="video-desc">${douyinCaption(item.desc)}</div></div>${douyinActions(item)}<div class="bar"><span>${clockText((item.duration / 1000) * 0.3)} / ${clockText(item.duration / 1000)}</span></div>`;
}

/** A slide. Only the active one names its post where the site's own tests look for it. */
export function slide(item: DouyinItem, index: number, active: number): string {
  const near = Math.abs(index - active) <= 1;
  const hooks =
    index === active ? `data-e2e="feed-active-video" data-e2e-vid="${item.aweme_id}"` : `data-e2e="feed-video"`;
  return `<div class="slide video_${item.aweme_id}" data-index="${index}" ${hooks}>${near ? slideContent(item) : ''}</div>`;
}

/** A live broadcast between the slides: it is no post. */
export function liveSlide(): string {
  return '<div class="slide" data-e2e="feed-live"><div class="player live-slide">直播中</div></div>';
}

/** A card of the start page. Its id stands in an attribute; there is no link. */
export function discoverCard(item: DouyinItem): string {
  return `<div class="discover-video-card-item" data-aweme-id="${item.aweme_id}" tabindex="0"><div class="cover">${poster(item.aweme_id)}<span class="length">${clockText(item.duration / 1000)}</span><span class="likes">${icon('like')}${chineseCount(item.statistics.digg_count)}</span></div><p class="name">${escapeHtml(item.desc || '（无标题）')}</p><p class="by">@${escapeHtml(item.author.nickname)} · ${dateText(item)}</p></div>`;
}

/** A card of the search results. Its id stands in the id of the element; there is no link. */
export function waterfallCard(item: DouyinItem): string {
  return `<div id="waterfall_item_${item.aweme_id}" class="waterfall-item"><div class="search-result-card" tabindex="0"><div class="cover">${poster(item.aweme_id)}<span class="length">${clockText(item.duration / 1000)}</span><span class="likes">${icon('like')}${chineseCount(item.statistics.digg_count)}</span></div><p class="name">${escapeHtml(item.desc || '（无标题）')}</p><p class="by">@${escapeHtml(item.author.nickname)}</p></div></div>`;
}

/** A tile of suggested searches: its id looks like that of a post, but it is none. */
export function relatedSearchTile(id: string, words: string): string {
  return `<div id="waterfall_item_${id}" class="waterfall-item"><div class="related-search"><p>相关搜索</p><a href="/search/${encodeURIComponent(words)}">${escapeHtml(words)}</a></div></div>`;
}

/** A tile of a profile or a hashtag. */
export function gridTile(item: DouyinItem): string {
  const note = item.images
    ? '<span class="length">图文</span>'
    : `<span class="length">${clockText(item.duration / 1000)}</span>`;
  return `<li class="grid-item"><a href="//www.douyin.com${douyinPath(item)}" data-id="${item.aweme_id}"><div class="cover">${poster(item.aweme_id)}${note}<span class="likes">${icon('like')}<span>${chineseCount(item.statistics.digg_count)}</span></span></div><p class="name">${escapeHtml(item.desc)}</p></a></li>`;
}

/** A comment with the place that Douyin shows. */
export function douyinCommentHtml(comment: DouyinComment, linked: DouyinItem | null): string {
  const link = linked ? ` <a class="tag" href="//www.douyin.com${douyinPath(linked)}">看这个</a>` : '';
  return `<div class="comment" data-e2e="comment-item">${avatar(comment.user.nickname)}<div><a href="//www.douyin.com/user/${escapeHtml(comment.user.sec_uid)}">${escapeHtml(comment.user.nickname)}</a><p>${escapeHtml(comment.text)}${link}</p><span class="by">${escapeHtml(comment.ip_label)} · ${icon('like')} ${comment.digg_count}</span></div></div>`;
}
