import { avatar, clockText, compactCount, escapeHtml, icon, poster } from './html.ts';

/** The part of TikTok's own JSON that its pages draw. */
export interface TikTokItem {
  id: string;
  desc: string;
  createTime: string | number;
  author: { uniqueId: string; nickname: string };
  music: { id: string; title: string };
  statsV2: Record<string, string>;
  video: { duration: number };
  imagePost?: { images: { imageURL: { urlList: string[] } }[] };
}

export interface TikTokComment {
  cid: string;
  text: string;
  digg_count: number;
  reply_comment_total?: number;
  user: { unique_id: string; nickname: string };
}

/** The path of a post. */
export function pathOf(item: TikTokItem): string {
  return `/@${item.author.uniqueId}/${item.imagePost ? 'photo' : 'video'}/${item.id}`;
}

/** The path of a piece of music: a readable beginning and its id. */
export function musicPath(music: TikTokItem['music']): string {
  return `/music/${encodeURIComponent(music.title.replaceAll(/[\s@]+/gu, '-'))}-${music.id}`;
}

function count(item: TikTokItem, name: string): number {
  return Number(item.statsV2[name] ?? 0);
}

/** A caption as TikTok draws it: text in spans, hashtags and mentions as links. */
export function captionHtml(text: string): string {
  let html = '';
  let end = 0;
  const span = (part: string): string =>
    part ? `<span class="text" data-e2e="desc-span-0_${end}">${escapeHtml(part)}</span>` : '';
  for (const match of text.matchAll(/#([\p{L}\p{N}\p{M}_]+)|@([\p{L}\p{N}_.]+)/gu)) {
    html += span(text.slice(end, match.index));
    end = match.index + match[0].length;
    const href = match[1] === undefined ? `/@${match[2] ?? ''}` : `/tag/${match[1]}`;
    html += `<a class="link" data-e2e="search-common-link" target="_self" href="${escapeHtml(href)}"><p>${escapeHtml(match[0])}</p></a>`;
  }
  return html + span(text.slice(end));
}

function dateText(item: TikTokItem): string {
  const date = new Date(Number(item.createTime) * 1000);
  return `${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
}

function mediaHtml(item: TikTokItem, player: string): string {
  const slides = item.imagePost?.images.map(
    (image, index) =>
      `<img class="ImgPhotoSlide${index === 0 ? ' first' : ''}" alt="" loading="lazy" src="${escapeHtml(image.imageURL.urlList[0] ?? '')}">`,
  );
  return `<div id="${player}-${item.id}" class="xgplayer-container tiktok-web-player">${slides ? `<div class="slides">${slides.join('')}</div>` : poster(item.id)}</div>`;
}

function actionButton(kind: 'like' | 'comment' | 'save' | 'share', e2e: string, value: number, label: string): string {
  return `<button type="button" class="action" aria-label="${label}"><span data-e2e="${e2e}-icon">${icon(kind)}</span><strong data-e2e="${e2e}-count">${compactCount(value)}</strong></button>`;
}

function actionBar(item: TikTokItem): string {
  const user = escapeHtml(item.author.uniqueId);
  const [likes, comments, saves, shares] = [
    count(item, 'diggCount'),
    count(item, 'commentCount'),
    count(item, 'collectCount'),
    count(item, 'shareCount'),
  ];
  return `<section class="actions"><div class="follow"><a data-e2e="video-author-avatar" href="/@${user}">${avatar(item.author.nickname)}</a><button type="button" data-e2e="feed-follow" aria-label="Follow">+</button></div>${actionButton('like', 'like', likes, `Like video\n${compactCount(likes)} likes`)}${actionButton('comment', 'comment', comments, `Read or add comments\n${compactCount(comments)} comments`)}${actionButton('save', 'undefined', saves, `Add to Favorites. ${compactCount(saves)} added to Favorites`)}${actionButton('share', 'share', shares, `Share video\n${compactCount(shares)} shares`)}<a class="disc" data-e2e="video-music" aria-label="Watch more videos with music ${escapeHtml(item.music.title)}" href="${escapeHtml(musicPath(item.music))}">♪</a></section>`;
}

/** What is inside a card of the feed once it is near the screen. The post's id stands in the player only. */
export function feedCardContent(item: TikTokItem, index: number): string {
  const user = escapeHtml(item.author.uniqueId);
  const seconds = item.video.duration;
  const progress = item.imagePost
    ? ''
    : `<div class="progress"><p>${clockText(seconds * 0.34)} / ${clockText(seconds)}</p><div class="track"><div class="played"></div></div></div>`;
  return `<div class="card"><section id="media-card-${index}" shape="vertical" tabindex="0" role="button" aria-label="Watch in full screen" data-e2e="feed-video" class="media"><div class="basic-player">${mediaHtml(item, 'xgwrapper-0')}</div><div class="overlay"><button type="button" class="more" data-e2e="more-menu-icon" aria-label="More">···</button><div class="about"><div class="who"><a href="/@${user}"><p>${user}</p></a><span> · ${dateText(item)}</span></div><div class="desc" data-e2e="video-desc">${captionHtml(item.desc)}</div></div>${progress}</div></section>${actionBar(item)}</div>`;
}

/** A card of the feed. Without an item it is the empty shell that stands for one off the screen. */
export function feedCard(item: TikTokItem | null, index: number): string {
  return `<article id="one-column-item-${index}" data-scroll-index="${index}" shape="vertical" data-e2e="recommend-list-item-container" class="article">${item ? feedCardContent(item, index) : ''}</article>`;
}

/** A tile of a grid: profile, hashtag, music, search. */
export function tile(item: TikTokItem, e2e: string, withText = false): string {
  const text = withText
    ? `<div class="tile-text" data-e2e="${e2e.startsWith('search') ? 'search-card-desc' : `${e2e}-desc`}"><div class="desc">${captionHtml(item.desc)}</div><a class="user" data-e2e="search-card-user-link" href="/@${escapeHtml(item.author.uniqueId)}"><p data-e2e="search-card-user-unique-id">${escapeHtml(item.author.uniqueId)}</p></a></div>`
    : '';
  const badge = item.imagePost ? '<div class="badge" data-e2e="video-card-badge">Photo</div>' : '';
  return `<div class="tile" id="grid-item-container-${item.id.slice(-4)}"><div data-e2e="${e2e}" class="tile-media"><a href="https://www.tiktok.com${escapeHtml(pathOf(item))}">${poster(item.id)}${badge}<div class="views">${icon('play')}<strong data-e2e="video-views" class="video-count">${compactCount(count(item, 'playCount'))}</strong></div></a></div>${text}</div>`;
}

/** A comment. Its author and every link in it are of other posts: they must not be taken for the page's. */
export function commentHtml(comment: TikTokComment, linked: TikTokItem | null): string {
  const link = linked ? ` <a class="link" href="https://www.tiktok.com${escapeHtml(pathOf(linked))}">this one</a>` : '';
  const more = comment.reply_comment_total
    ? ` <span data-e2e="view-more-1" data-comment="${escapeHtml(comment.cid)}" role="button" tabindex="0">View ${comment.reply_comment_total} replies</span>`
    : '';
  return `<div class="comment">${avatar(comment.user.nickname)}<div><div data-e2e="comment-username-1"><a href="/@${escapeHtml(comment.user.unique_id)}"><p>${escapeHtml(comment.user.nickname)}</p></a></div><span data-e2e="comment-level-1"><span class="text">${escapeHtml(comment.text)}${link}</span></span><div class="comment-foot"><span data-e2e="comment-reply-1" role="button" tabindex="0">Reply</span> <span>${icon('like')} ${comment.digg_count}</span>${more}</div></div></div>`;
}

/** An answer to a comment. */
export function replyHtml(comment: TikTokComment): string {
  return `<div class="comment reply"><div><div data-e2e="comment-username-2"><a href="/@${escapeHtml(comment.user.unique_id)}"><p>${escapeHtml(comment.user.nickname)}</p></a></div><span data-e2e="comment-level-2"><span class="text">${escapeHtml(comment.text)}</span></span></div></div>`;
}

/** A tile of the related column: another false positive. */
export function relatedTile(item: TikTokItem): string {
  return `<a class="related-tile" href="https://www.tiktok.com${escapeHtml(pathOf(item))}">${poster(item.id)}<span>${escapeHtml(item.desc.slice(0, 60))}</span></a>`;
}

/** The layout that opens over a grid: the address holds the id, the counts have plain names. */
export function browseHtml(item: TikTokItem): string {
  const user = escapeHtml(item.author.uniqueId);
  return `<div class="browse-left"><button type="button" class="round close" data-e2e="browse-close" aria-label="Close">${icon('close')}</button><div class="browse-video" data-e2e="detail-video">${mediaHtml(item, 'xgwrapper-4')}</div><button type="button" class="round up" data-e2e="arrow-left" aria-label="Go to previous video">${icon('up')}</button><button type="button" class="round down" data-e2e="arrow-right" aria-label="Go to next video">${icon('down')}</button></div><div class="browse-right"><div class="browse-user"><a data-e2e="browse-user-avatar" href="/@${user}">${avatar(item.author.nickname)}</a><div><a href="/@${user}"><span data-e2e="browse-username">${user}</span></a><div data-e2e="browser-nickname"><span>${escapeHtml(item.author.nickname)}</span> · ${dateText(item)}</div></div><button type="button" class="red" data-e2e="browse-follow">Follow</button></div><div class="desc" data-e2e="browse-video-desc">${captionHtml(item.desc)}</div><h4 data-e2e="browse-music"><a href="${escapeHtml(musicPath(item.music))}">♪ ${escapeHtml(item.music.title)}</a></h4><div class="browse-counts"><span>${icon('like')}<strong data-e2e="like-count">${compactCount(count(item, 'diggCount'))}</strong></span><span>${icon('comment')}<strong data-e2e="comment-count">${compactCount(count(item, 'commentCount'))}</strong></span><span>${icon('save')}<strong data-e2e="undefined-count">${compactCount(count(item, 'collectCount'))}</strong></span><span>${icon('share')}<strong data-e2e="share-count">${compactCount(count(item, 'shareCount'))}</strong></span></div><div class="copy"><p data-e2e="browse-video-link">https://www.tiktok.com${escapeHtml(pathOf(item))}</p><button type="button">Copy link</button></div><div class="comments"></div></div>`;
}
