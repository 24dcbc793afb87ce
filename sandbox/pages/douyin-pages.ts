import type { World, WorldAuthor, WorldPost } from '../types.ts';
import type { DouyinItem } from '../client/douyin-cards.ts';
import {
  discoverCard,
  douyinActions,
  douyinCaption,
  douyinCommentHtml,
  douyinPath,
  gridTile,
  relatedSearchTile,
  slide,
  waterfallCard,
} from '../client/douyin-cards.ts';
import { avatar, chineseCount, escapeHtml, icon, poster } from '../client/html.ts';
import type { PageAnswer } from './answer.ts';
import { page } from './answer.ts';
import { describeCamelAweme } from './douyin-camel.ts';
import { describeAweme, describeDouyinComment, describeRoom, douyinHashtagId } from './douyin-data.ts';
import { douyinDocument, paceRows, renderData, streamData } from './douyin-shell.ts';
import { withTokens } from './viewer.ts';

const visitorCookie = { 'set-cookie': 'dy_sandbox_visitor=somebody; Path=/; Secure; SameSite=None' };
const firstBatch = 18;

/** All posts in Douyin's own form, in the order in which the site shows them. */
export function describeAll(world: World, posts: WorldPost[]): DouyinItem[] {
  return posts.map((post) => describeAweme(post, post.id !== world.ids.douyin.incompleteTextExtra));
}

/** The first posts as the component stream of a home page carries them. */
function streamed(world: World, name: string, posts: WorldPost[]): string {
  const list = posts.map((post) => describeCamelAweme(post, post.id !== world.ids.douyin.incompleteTextExtra));
  const data = name === 'homeFetchData' ? { homeFetchData: { awemeList: list } } : { [name]: list };
  return paceRows([
    ['0', ['$', 'html', null, {}]],
    ['9', ['$', '$L7', null, { ...data, videoDetail: '$undefined' }]],
  ]);
}

/** A grid with the address from which the page loads more; `detail`: what it asks for before its list. */
export function gridList(
  world: World,
  items: DouyinItem[],
  form: 'grid' | 'discover' | 'waterfall',
  address: string,
  draw: (item: DouyinItem) => string,
  extra = '',
): string {
  return `<ul class="grid${form === 'discover' ? ' wide' : ''}" data-form="${form}" data-list="${escapeHtml(withTokens(address, world.viewer))}" ${extra}>${items.slice(0, firstBatch).map(draw).join('')}</ul><div class="grid-end"></div>`;
}

/** The start page: cards that name their post in an attribute. */
export function startPage(world: World, pathname: string): PageAnswer {
  const items = describeAll(world, world.postsOf('douyin'));
  const main = `<div class="tabs"><span class="on">全部</span><span>公开课</span><span>美食</span><span>手艺</span></div>${gridList(world, items, 'discover', '/aweme/v1/web/module/feed/?module_id=3003101', discoverCard)}`;
  return page(
    douyinDocument({
      title: '抖音-记录美好生活',
      pathname: pathname === '/' ? '/jingxuan' : pathname,
      main,
      scripts: ['douyin-grid'],
      scrolls: true,
      blocks:
        renderData(pathname, world.viewer) + streamed(world, 'homeFetchData', world.postsOf('douyin').slice(0, 6)),
    }),
    visitorCookie,
  );
}

/** The recommendations: slides, of which the active one names its post. */
export function recommendPage(world: World): PageAnswer {
  const items = describeAll(world, world.postsOf('douyin').slice(0, 3));
  const main = `<div class="stage"><div id="slidelist" data-e2e="slideList" data-list="${escapeHtml(withTokens('/aweme/v1/web/tab/feed/?device_platform=webapp', world.viewer))}">${items.map((item, index) => slide(item, index, 0)).join('')}</div><div class="switch"><button type="button" class="round" data-e2e="video-switch-prev-arrow" aria-label="上一个">${icon('up')}</button><button type="button" class="round" data-e2e="video-switch-next-arrow" aria-label="下一个">${icon('down')}</button></div></div>`;
  return page(
    douyinDocument({
      title: '抖音-记录美好生活',
      pathname: '/?recommend=1',
      main,
      scripts: ['douyin-feed'],
      blocks:
        renderData('/', world.viewer) + streamed(world, 'recommendAwemeList', world.postsOf('douyin').slice(0, 3)),
    }),
    visitorCookie,
  );
}

/** The page of one post. As for a guest, no block of it describes the post. */
export function detailPage(world: World, post: WorldPost): PageAnswer {
  const [item] = describeAll(world, [post]);
  if (!item) throw new Error(`The world cannot describe post ${post.id}.`);
  const others = describeAll(
    world,
    world
      .postsOf('douyin')
      .filter((other) => other.id !== post.id)
      .slice(0, 8),
  );
  const pictures =
    post.kind === 'photo'
      ? `<div class="notes">${Array.from({ length: Math.min(2, post.imageCount) }, (_unused, index) => `<img alt="" src="/sandbox/image/${post.id}-${index + 1}.svg">`).join('')}</div>`
      : poster(post.id);
  const date = new Date((post.createdAt + 8 * 3600) * 1000).toISOString().slice(0, 16).replace('T', ' ');
  const { counts, author } = post;
  const comments = post.comments
    .map((comment, index) =>
      douyinCommentHtml(describeDouyinComment(comment, post), index === 1 ? (others[0] ?? null) : null),
    )
    .join('');
  const main = `<div class="detail"><div data-e2e="${post.kind === 'photo' ? 'note-detail' : 'video-detail'}"><div class="video"><div class="player">${pictures}</div>${douyinActions(item)}</div><div class="video-info-detail" data-e2e="detail-video-info" data-e2e-aweme-id="${post.id}"><h1>${douyinCaption(post.caption)}</h1><div class="counts"><span>${icon('like')} ${chineseCount(counts.likes)}</span><span>${icon('comment')} ${chineseCount(counts.comments)}</span><span>${icon('save')} ${chineseCount(counts.saves)}</span><span>${icon('share')} ${chineseCount(counts.shares)}</span><span data-e2e="detail-video-publish-time">发布时间：${date}</span></div></div><div class="comments">${comments}</div></div><aside><div class="owner" data-e2e="user-info"><a href="//www.douyin.com/user/${author.secUid}">${avatar(author.name)}</a><div><a href="//www.douyin.com/user/${author.secUid}">${escapeHtml(author.name)}</a><p class="by">粉丝 ${chineseCount(author.followers)} · 获赞 ${chineseCount(author.likes)}</p></div></div><h2>推荐视频</h2><ul class="grid" data-e2e="related-video">${others.map(gridTile).join('')}</ul></aside></div>`;
  const blocks =
    renderData(douyinPath(item), world.viewer) +
    paceRows([
      ['0', ['$', 'html', null, {}]],
      ['a', { awemeId: post.id, aweme: null, mixInfo: null, statusCode: 0 }],
    ]);
  return page(
    douyinDocument({
      title: `${post.caption.split('\n')[0]} - 抖音`,
      pathname: douyinPath(item),
      main,
      scripts: ['douyin-detail'],
      scrolls: true,
      blocks,
    }),
    visitorCookie,
  );
}

/** The page of a post that does not exist. */
export function missingDetailPage(pathname: string): PageAnswer {
  return page(
    douyinDocument({
      title: '抖音-记录美好生活',
      pathname,
      main: '<div data-e2e="error-page"><h1>你要观看的视频不存在</h1></div>',
      scrolls: true,
    }),
  );
}

/** A profile; its tiles are links that open over the grid. */
export function userPage(world: World, author: WorldAuthor): PageAnswer {
  const items = describeAll(
    world,
    world.postsOf('douyin').filter((post) => post.author === author),
  );
  const main = `<div data-e2e="user-detail"><div class="head" data-e2e="user-info">${avatar(author.name)}<div><h1>${escapeHtml(author.name)}</h1><div class="numbers"><span data-e2e="user-info-follow">关注 ${author.following}</span><span data-e2e="user-info-fans">粉丝 ${chineseCount(author.followers)}</span><span data-e2e="user-info-like">获赞 ${chineseCount(author.likes)}</span></div><p class="by">抖音号：${escapeHtml(author.handle)}</p><p class="bio">${escapeHtml(author.signature)}</p></div></div><div class="tabs"><span class="on">作品 ${items.length}</span><span>喜欢</span></div><div data-e2e="user-post-list">${gridList(world, items, 'grid', `/aweme/v1/web/aweme/post/?sec_user_id=${author.secUid}`, gridTile, `data-e2e="scroll-list" data-transport="xhr" data-detail="/aweme/v1/web/user/profile/other/?sec_user_id=${author.secUid}"`)}</div></div>`;
  return page(
    douyinDocument({
      title: `${author.name}的主页 - 抖音`,
      pathname: `/user/${author.secUid}`,
      main,
      scripts: ['douyin-grid'],
      scrolls: true,
    }),
    visitorCookie,
  );
}

/** The posts that a search finds. */
export function searchDouyin(world: World, words: string): WorldPost[] {
  const found = world.postsOf('douyin').filter((post) => `${post.caption} ${post.author.name}`.includes(words));
  return found.length > 0 ? found : world.postsOf('douyin').slice(0, 24);
}

/** Results of a search: a waterfall without links, among suggested searches that look alike. */
export function searchPage(world: World, words: string, pathname: string, stream: boolean): PageAnswer {
  const items = describeAll(world, searchDouyin(world, words));
  const suggestion = relatedSearchTile('7410000000000000005', `${words} 教程`);
  const list = gridList(
    world,
    items,
    'waterfall',
    `/aweme/v1/web/general/search/${stream ? 'stream' : 'single'}/?keyword=${encodeURIComponent(words)}`,
    waterfallCard,
    `data-words="${escapeHtml(words)}"${stream ? ' data-transport="stream"' : ''}`,
  );
  const main = `<div class="tabs"><span class="on">综合</span><span>视频</span><span>用户</span></div><div id="search-result-container"><div id="waterFallScrollContainer">${list.replace('</ul>', `${suggestion}</ul>`)}</div></div>`;
  return page(
    douyinDocument({ title: `${words} - 抖音搜索`, pathname, main, scripts: ['douyin-grid'], scrolls: true }),
    visitorCookie,
  );
}

/** The page of a hashtag, which Douyin addresses by number. */
export function hashtagPage(world: World, id: string): PageAnswer | null {
  const posts = world.postsOf('douyin').filter((post) => post.hashtags.some((name) => douyinHashtagId(name) === id));
  const name = posts[0]?.hashtags.find((tag) => douyinHashtagId(tag) === id);
  if (name === undefined) return null;
  const main = `<div class="head"><div><h1>#${escapeHtml(name)}</h1><p class="by">${posts.length} 个作品</p></div></div>${gridList(world, describeAll(world, posts), 'grid', `/aweme/v1/web/challenge/aweme/?ch_id=${id}`, gridTile, `data-detail="/aweme/v1/web/challenge/detail/?ch_id=${id}"`)}`;
  return page(
    douyinDocument({
      title: `#${name} - 抖音`,
      pathname: `/hashtag/${id}`,
      main,
      scripts: ['douyin-grid'],
      scrolls: true,
    }),
  );
}

/** A live broadcast; the component stream carries the state of the room. */
export function liveRoomPage(author: WorldAuthor, shape: string): PageAnswer | null {
  const live = author.live;
  if (!live) return null;
  const room = describeRoom(author);
  const state = {
    state: { roomStore: { roomInfo: { roomId: live.roomId, web_rid: live.webRid, room, anchor: room['owner'] } } },
  };
  const main = `<div class="owner">${avatar(author.name)}<div><h1>${escapeHtml(live.title)}</h1><p class="by">${escapeHtml(author.name)} · ${chineseCount(live.viewers)} 人在看</p></div></div><div class="live-room" data-e2e="living-container" data-list="/webcast/room/web/enter/?web_rid=${live.webRid}">${poster(author.uid)}</div>`;
  return page(
    douyinDocument({
      title: `${author.name}的抖音直播间`,
      pathname: `/${live.webRid}`,
      main,
      scrolls: true,
      scripts: ['tiktok-live'],
      blocks: shape === 'stream' ? streamData(state) : paceRows([['c', ['$', '$L1', null, state]]]),
    }),
  );
}
