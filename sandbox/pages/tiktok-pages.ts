import type { World, WorldAuthor, WorldPost } from '../types.ts';
import { avatar, compactCount, escapeHtml, icon, poster } from '../client/html.ts';
import type { TikTokItem } from '../client/tiktok-cards.ts';
import { commentHtml, feedCard, pathOf, relatedTile, tile } from '../client/tiktok-cards.ts';
import type { PageAnswer } from './answer.ts';
import { jsonBlock, page } from './answer.ts';
import { describeComment, describeLiveRoom, describePost, describeUser, hashtagId } from './tiktok-data.ts';
import { strictPolicy, tiktokDocument, visitorCookie } from './tiktok-shell.ts';
import { withTokens } from './viewer.ts';

const arrows = `<div class="feed-arrows"><button type="button" class="round feed-previous" aria-label="Previous video">${icon('up')}</button><button type="button" class="round feed-next" aria-label="Next video">${icon('down')}</button></div>`;

const shellCount = 16;

function column(world: World, items: TikTokItem[], list: string): string {
  const cards = Array.from({ length: Math.min(shellCount, items.length) }, (_unused, index) =>
    feedCard(index < 2 ? (items[index] ?? null) : null, index),
  );
  return `<div class="left"><div id="column-list-container" data-list="${escapeHtml(withTokens(list, world.viewer))}">${cards.join('')}</div>${arrows}</div>`;
}

/** For You: a column of cards, whose address never says which post is shown. */
export function forYouPage(world: World, path: string): PageAnswer {
  const items = world.postsOf('tiktok').map((post) => describePost(post, 'list'));
  return page(
    tiktokDocument(world, {
      title: 'TikTok - Make Your Day',
      path: path === '/' ? '/foryou' : path,
      mainId: 'main-content-homepage_hot',
      main: column(world, items, '/api/recommend/item_list/?from_page=fyp'),
      // The first cards; nobody has seen a capture of this scope, zeeschuimer reads it as a list (2026-06).
      scope: {
        'webapp.updated-items': world
          .postsOf('tiktok')
          .slice(0, 2)
          .map((post) => describePost(post, 'page')),
      },
      scripts: ['tiktok-feed'],
    }),
    visitorCookie,
  );
}

/** The page of one post: the same column, this post first, with comments and related posts beside it. */
export function postPage(world: World, post: WorldPost): PageAnswer {
  const others = world.postsOf('tiktok').filter((other) => other.id !== post.id);
  const items = [post, ...others].map((each) => describePost(each, 'list'));
  const comments = post.comments
    .map((comment, index) => commentHtml(describeComment(comment, post), index === 1 ? (items[1] ?? null) : null))
    .join('');
  const related = items.slice(3, 9).map(relatedTile).join('');
  const main = `${column(world, items, `/api/related/item_list/?itemID=${post.id}`)}<aside class="panel"><h2>Comments</h2><div class="comments">${comments}</div><h2>You may like</h2><div class="related">${related}</div></aside>`;
  return page(
    tiktokDocument(world, {
      title: `${post.author.name} on TikTok`,
      path: pathOf(describePost(post, 'list')),
      mainId: 'main-content-video_detail',
      main,
      head: `<link rel="canonical" href="https://www.tiktok.com/@${post.author.handle}/${post.kind}/${post.id}">`,
      scope: {
        'webapp.video-detail': {
          itemInfo: { itemStruct: describePost(post, 'page') },
          shareMeta: { title: `${post.author.name} on TikTok`, desc: post.caption },
          statusCode: 0,
          statusMsg: '',
        },
      },
      scripts: ['tiktok-feed'],
    }),
    { ...strictPolicy(), ...visitorCookie },
  );
}

/** The page of a post that is not shown: mostly code 10204, which says little. */
export function missingPostPage(world: World, path: string, code = 10204, message = "item doesn't exist"): PageAnswer {
  return page(
    tiktokDocument(world, {
      title: 'TikTok - Make Your Day',
      path,
      mainId: 'main-content-video_detail',
      main: '<div class="left"><p>Video currently unavailable</p></div>',
      scope: { 'webapp.video-detail': { statusCode: code, statusMsg: message } },
    }),
    strictPolicy(),
  );
}

interface GridOptions {
  withText?: boolean;
  /** How the page asks for its list: `fetch`, or XMLHttpRequest with the response type '' or 'json'. */
  transport?: 'fetch' | 'xhr' | 'xhr-json';
  /** What the page asks for before its list. */
  detail?: string;
  count?: number;
}

/** A grid of tiles with the address from which the page loads more. */
export function grid(
  world: World,
  items: TikTokItem[],
  list: string,
  tileName: string,
  { withText = false, transport = 'fetch', detail, count = 16 }: GridOptions = {},
): string {
  const name = tileName === 'user-post-item' ? 'user-post-item-list' : `${tileName}-list`;
  return `<div class="grid" data-e2e="${name}" data-list="${escapeHtml(withTokens(list, world.viewer))}" data-tile="${tileName}" data-transport="${transport}" data-count="${count}"${detail === undefined ? '' : ` data-detail="${escapeHtml(withTokens(detail, world.viewer))}"`}${withText ? ' data-text="yes"' : ''}>${items
    .slice(0, shellCount)
    .map((item) => tile(item, tileName, withText))
    .join('')}</div><div class="grid-end"></div>`;
}

/** A profile with its grid. */
export function profilePage(world: World, author: WorldAuthor): PageAnswer {
  const items = world
    .postsOf('tiktok')
    .filter((post) => post.author === author)
    .map((post) => describePost(post, 'list'));
  const head = `<div class="head" data-e2e="user-avatar">${avatar(author.name)}<div><h1 data-e2e="user-title">${escapeHtml(author.handle)}${author.verified ? ' ✓' : ''}</h1><h2 data-e2e="user-subtitle">${escapeHtml(author.name)}</h2><div class="numbers"><span><strong data-e2e="following-count">${compactCount(author.following)}</strong>Following</span><span><strong data-e2e="followers-count">${compactCount(author.followers)}</strong>Followers</span><span><strong data-e2e="likes-count">${compactCount(author.likes)}</strong>Likes</span></div><div class="bio" data-e2e="user-bio">${escapeHtml(author.signature)}</div></div></div><div class="tabs"><p class="on" data-e2e="videos-tab">Videos</p><p data-e2e="repost-tab">Reposts</p><p data-e2e="liked-tab">Liked</p></div>`;
  return page(
    tiktokDocument(world, {
      title: `${author.name} (@${author.handle}) | TikTok`,
      path: `/@${author.handle}`,
      mainId: 'main-content-others_homepage',
      main: `<div data-e2e="user-page">${head}${grid(world, items, `/api/post/item_list/?secUid=${author.secUid}`, 'user-post-item')}</div>`,
      scope: {
        'webapp.user-detail': {
          userInfo: describeUser(author),
          shareMeta: { title: `${author.name} on TikTok`, desc: author.signature },
          statusCode: 0,
          statusMsg: '',
          needFix: false,
        },
      },
      scripts: ['tiktok-grid'],
      scrolls: true,
    }),
    { ...strictPolicy(), ...visitorCookie },
  );
}

/** The page of a hashtag. */
export function tagPage(world: World, name: string): PageAnswer {
  const posts = world
    .postsOf('tiktok')
    .filter((post) => post.hashtags.some((tag) => tag.toLowerCase() === name.toLowerCase()));
  const views = posts.reduce((sum, post) => sum + (post.counts.plays ?? 0), 0);
  const head = `<div class="head"><div><h1 data-e2e="challenge-title">#${escapeHtml(name)}</h1><h2 data-e2e="challenge-vvcount">${compactCount(views)} views</h2><div data-e2e="challenge-desc" class="bio">All invented posts with this hashtag.</div></div></div>`;
  const items = posts.map((post) => describePost(post, 'list'));
  return page(
    tiktokDocument(world, {
      title: `#${name} | TikTok`,
      path: `/tag/${name}`,
      mainId: 'main-content-challenge',
      main:
        head +
        grid(
          world,
          items,
          `/api/challenge/item_list/?challengeID=${hashtagId(name)}&challengeName=${encodeURIComponent(name)}`,
          'challenge-item',
          {
            withText: true,
            transport: 'xhr',
            detail: `/api/challenge/detail/?challengeName=${encodeURIComponent(name)}`,
            count: 30,
          },
        ),
      scope: {
        'webapp.challenge-detail': {
          challengeInfo: {
            challenge: { id: hashtagId(name), title: name, desc: '' },
            stats: { videoCount: posts.length, viewCount: views },
          },
          statusCode: 0,
        },
      },
      scripts: ['tiktok-grid'],
      scrolls: true,
    }),
  );
}

/** The page of a piece of music. */
export function musicPage(world: World, id: string): PageAnswer | null {
  const posts = world.postsOf('tiktok').filter((post) => post.music.id === id);
  const music = posts[0]?.music;
  if (!music) return null;
  const head = `<div class="head"><div class="disc">♪</div><div><h1 data-e2e="music-title">${escapeHtml(music.title)}</h1><h2 data-e2e="music-creator">${escapeHtml(music.author)}</h2><div data-e2e="music-video-count">${posts.length} videos</div></div></div>`;
  const items = posts.map((post) => describePost(post, 'list'));
  return page(
    tiktokDocument(world, {
      title: `${music.title} - ${music.author} | TikTok`,
      path: '/music',
      mainId: 'main-content-music',
      main:
        head +
        grid(world, items, `/api/music/item_list/?musicID=${id}`, 'music-item', {
          transport: 'xhr-json',
          detail: `/api/music/detail/?musicId=${id}`,
        }),
      scope: {},
      scripts: ['tiktok-grid'],
      scrolls: true,
    }),
  );
}

/** The posts that a search finds. */
export function searchPosts(world: World, words: string): WorldPost[] {
  const wanted = words.toLowerCase();
  const found = world
    .postsOf('tiktok')
    .filter((post) => `${post.caption} ${post.author.handle} ${post.author.name}`.toLowerCase().includes(wanted));
  return found.length > 0 ? found : world.postsOf('tiktok').slice(0, 20);
}

/** Results of a search, or the Explore page, which looks alike. */
export function resultsPage(world: World, words: string | null): PageAnswer {
  const posts = words === null ? world.postsOf('tiktok') : searchPosts(world, words);
  const items = posts.map((post) => describePost(post, 'list'));
  const explore = words === null;
  const main = explore
    ? `<div class="tabs"><p class="on">All</p><p>Food</p><p>Crafts</p></div>${grid(world, items, '/api/explore/item_list/?categoryType=119', 'explore-item', { withText: true, count: 30 })}`
    : `<div class="tabs"><p class="on">Top</p><p>Users</p><p>Videos</p><p>Photos</p></div>${grid(world, items, `/api/search/general/full/?keyword=${encodeURIComponent(words)}`, 'search_top-item', { withText: true, transport: 'xhr' })}`;
  return page(
    tiktokDocument(world, {
      title: explore ? 'Explore | TikTok' : `${words} | TikTok Search`,
      path: explore ? '/explore' : '/search',
      mainId: explore ? 'main-content-explore_page' : 'main-content-general_search',
      main,
      scope: {},
      scripts: ['tiktok-grid'],
      scrolls: true,
    }),
    explore ? {} : strictPolicy(),
  );
}

/** A live broadcast. It still carries SIGI_STATE, as the real page does. */
export function livePage(world: World, author: WorldAuthor): PageAnswer {
  const { live } = author;
  const state = {
    LiveRoom: {
      loadingState: {},
      needLogin: false,
      liveRoomStatus: 0,
      liveRoomUserInfo: describeLiveRoom(author),
    },
    CurrentRoom: {},
  };
  const main = `<div class="head">${avatar(author.name)}<div><h1>${escapeHtml(author.handle)}</h1><h2>${escapeHtml(live?.title ?? 'LIVE has ended')}</h2></div></div><div class="live" data-list="${escapeHtml(withTokens(`/api-live/user/room/?uniqueId=${author.handle}`, world.viewer))}">${poster(author.uid)}${live ? `<span class="label">LIVE</span>` : ''}</div>`;
  return page(
    tiktokDocument(world, {
      title: `${author.name} is LIVE - TikTok LIVE`,
      path: '/live',
      mainId: 'main-content-live',
      main,
      scope: {},
      blocks: jsonBlock('SIGI_STATE', state),
      scripts: ['tiktok-live'],
      scrolls: true,
    }),
  );
}
