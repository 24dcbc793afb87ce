import type { World, WorldAuthor, WorldCollection, WorldPost } from '../types.ts';
import { avatar, compactCount, escapeHtml } from '../client/html.ts';
import type { PageAnswer } from './answer.ts';
import { page } from './answer.ts';
import { describeAuthor, describePost, hashtagId, rounded } from './tiktok-data.ts';
import { grid } from './tiktok-pages.ts';
import { strictPolicy, tiktokDocument } from './tiktok-shell.ts';
import { withTokens } from './viewer.ts';

/** The posts of a playlist or mix, first part first. */
export function postsOfCollection(world: World, id: string): WorldPost[] {
  return world.posts.filter((post) => post.collection?.id === id).sort((one, other) => one.createdAt - other.createdAt);
}

/** A playlist as TikTok's own JSON describes it. */
export function describePlaylist(world: World, collection: WorldCollection): Record<string, unknown> {
  return {
    id: collection.id,
    mixId: collection.id,
    name: collection.name,
    mixName: collection.name,
    videoCount: postsOfCollection(world, collection.id).length,
    creator: describeAuthor(collection.author),
    cover: `https://p16-sign-va.tiktokcdn.com/sandbox/mix-${collection.id}.jpeg`,
  };
}

/** The page of a playlist. */
export function playlistPage(world: World, collection: WorldCollection): PageAnswer {
  const items = postsOfCollection(world, collection.id).map((post) => describePost(post, 'list'));
  const head = `<div class="head"><div class="disc">≡</div><div><h1 data-e2e="collection-title">${escapeHtml(collection.name)}</h1><h2>${items.length} posts</h2></div></div>`;
  return page(
    tiktokDocument(world, {
      title: `${collection.name} | TikTok`,
      path: '/playlist',
      mainId: 'main-content-playlist',
      main:
        head +
        grid(world, items, `/api/mix/item_list/?mixId=${collection.id}`, 'collection-item', {
          transport: 'xhr',
          detail: `/api/mix/detail/?mixId=${collection.id}`,
        }),
      scope: {},
      scripts: ['tiktok-grid'],
      scrolls: true,
    }),
    strictPolicy(),
  );
}

/** The accounts that a search finds; all where it finds none. */
export function searchAuthors(world: World, words: string): WorldAuthor[] {
  const all = world.authors.filter((author) => author.platform === 'tiktok');
  const wanted = words.toLowerCase();
  const found = all.filter((author) => `${author.handle} ${author.name}`.toLowerCase().includes(wanted));
  return found.length > 0 ? found : all;
}

/** An account as the answer of a search describes it: names with underscores. */
export function describeFoundUser(author: WorldAuthor): Record<string, unknown> {
  return {
    user_info: {
      uid: author.uid,
      sec_uid: author.secUid,
      unique_id: author.handle,
      nickname: author.name,
      signature: author.signature,
      follower_count: author.followers,
      total_favorited: author.likes,
      custom_verify: author.verified ? 'verified account' : '',
      follow_status: 1,
      room_id: author.live?.roomId ?? 0,
      avatar_thumb: { url_list: [`https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${author.uid}-100.jpeg`] },
    },
  };
}

/** The accounts that a search finds, as a page. */
export function searchUsersPage(world: World, words: string): PageAnswer {
  const rows = searchAuthors(world, words)
    .map(
      (author) =>
        `<div class="user-row" data-e2e="search-user-container"><a href="/@${escapeHtml(author.handle)}">${avatar(author.name)}</a><div><p data-e2e="search-user-unique-id">${escapeHtml(author.handle)}</p><p data-e2e="search-user-nickname">${escapeHtml(author.name)} · ${compactCount(author.followers)} Followers</p></div></div>`,
    )
    .join('');
  const list = withTokens(`/api/search/user/full/?keyword=${encodeURIComponent(words)}&cursor=0`, world.viewer);
  return page(
    tiktokDocument(world, {
      title: `${words} | TikTok Search`,
      path: '/search',
      mainId: 'main-content-search_user',
      main: `<div class="tabs"><p>Top</p><p class="on">Users</p><p>Videos</p></div><div class="live" data-list="${escapeHtml(list)}" data-transport="xhr">${rows}</div>`,
      scope: {},
      scripts: ['tiktok-live'],
      scrolls: true,
    }),
    strictPolicy(),
  );
}

/** The page of an account that is gone, is banned, or that only its followers see. */
export function missingProfilePage(world: World, path: string, code: number, message: string): PageAnswer {
  return page(
    tiktokDocument(world, {
      title: 'TikTok - Make Your Day',
      path,
      mainId: 'main-content-others_homepage',
      main: '<div data-e2e="user-page"><p>Couldn&#39;t find this account</p></div>',
      scope: { 'webapp.user-detail': { statusCode: code, statusMsg: message, userInfo: {} } },
    }),
    strictPolicy(),
  );
}

/** A hashtag as its own JSON describes it. */
export function describeHashtag(world: World, name: string): Record<string, unknown> {
  const posts = world
    .postsOf('tiktok')
    .filter((post) => post.hashtags.some((tag) => tag.toLowerCase() === name.toLowerCase()));
  const views = posts.reduce((sum, post) => sum + (post.counts.plays ?? 0), 0);
  return {
    challenge: { id: hashtagId(name), title: name, desc: 'All invented posts with this hashtag.' },
    stats: { videoCount: posts.length, viewCount: rounded({ views })['views'] },
    statsV2: { videoCount: String(posts.length), viewCount: String(views) },
  };
}

/** A piece of music as its own JSON describes it. Null: the world has none such. */
export function describeMusic(world: World, id: string): Record<string, unknown> | null {
  const posts = world.postsOf('tiktok').filter((post) => post.music.id === id);
  const music = posts[0]?.music;
  if (!music) return null;
  return {
    music: {
      id: music.id,
      title: music.title,
      authorName: music.author,
      original: music.original,
      duration: music.durationSeconds,
      playUrl: `https://sf16-ies-music.tiktokcdn.com/sandbox/${music.id}.mp3`,
    },
    stats: { videoCount: posts.length },
  };
}
