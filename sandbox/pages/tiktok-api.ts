import type { World, WorldComment, WorldPost } from '../types.ts';
import type { PageAnswer } from './answer.ts';
import { batch, json } from './answer.ts';
import { describeComment, describeLiveRoom, describePost, describeUser } from './tiktok-data.ts';
import {
  describeFoundUser,
  describeHashtag,
  describeMusic,
  describePlaylist,
  postsOfCollection,
  searchAuthors,
} from './tiktok-lists.ts';
import { searchPosts } from './tiktok-pages.ts';

function itemList(posts: WorldPost[], query: URLSearchParams): PageAnswer {
  const { items, next, hasMore } = batch(posts, query, 'cursor');
  return json({
    statusCode: 0,
    status_code: 0,
    itemList: items.map((post) => describePost(post, 'list')),
    cursor: String(next),
    hasMore,
    extra: { now: Date.now() },
  });
}

function search(posts: WorldPost[], query: URLSearchParams): PageAnswer {
  const { items, next, hasMore } = batch(posts, query, 'cursor');
  return json({
    status_code: 0,
    data: items.map((post) => ({ type: 1, item: describePost(post, 'list') })),
    cursor: next,
    has_more: hasMore ? 1 : 0,
  });
}

function comments(post: WorldPost | undefined, all: WorldComment[], total: number, query: URLSearchParams): PageAnswer {
  const { items, next, hasMore } = batch(all, query, 'cursor');
  return json({
    status_code: 0,
    comments: post ? items.map((comment) => describeComment(comment, post)) : [],
    cursor: next,
    has_more: hasMore ? 1 : 0,
    total,
    extra: { now: Date.now(), logid: 'planted' },
  });
}

/** What the pages load beside posts: subjects, rooms, comments. Null: no such address. */
function otherApi(world: World, url: URL): PageAnswer | null {
  const query = url.searchParams;
  const posts = world.postsOf('tiktok');
  switch (url.pathname) {
    case '/api/user/detail/': {
      const author = world.author(query.get('uniqueId') ?? query.get('secUid') ?? '');
      return json(
        author ? { statusCode: 0, userInfo: describeUser(author) } : { statusCode: 10202, statusMsg: 'user not exist' },
      );
    }
    case '/api/challenge/detail/':
      return json({ statusCode: 0, challengeInfo: describeHashtag(world, query.get('challengeName') ?? '') });
    case '/api/music/detail/': {
      const musicInfo = describeMusic(world, query.get('musicId') ?? '');
      return json(musicInfo ? { statusCode: 0, musicInfo } : { statusCode: 10203, statusMsg: 'music not exist' });
    }
    case '/api/mix/detail/': {
      const collection = world.collections.find(({ id }) => id === query.get('mixId'));
      return json(collection ? { statusCode: 0, mixInfo: describePlaylist(world, collection) } : { statusCode: 10201 });
    }
    case '/api/search/user/full/': {
      const found = searchAuthors(world, query.get('keyword') ?? '');
      return json({ status_code: 0, user_list: found.map(describeFoundUser), cursor: found.length, has_more: 0 });
    }
    case '/api-live/user/room/': {
      const author = world.author(query.get('uniqueId') ?? '');
      return json(author ? { statusCode: 0, message: '', data: describeLiveRoom(author) } : { statusCode: 19_881_007 });
    }
    case '/api/comment/list/': {
      const post = posts.find((candidate) => candidate.id === query.get('aweme_id'));
      return comments(post, post?.comments ?? [], post?.counts.comments ?? 0, query);
    }
    case '/api/comment/list/reply/': {
      const post = posts.find((candidate) => candidate.id === query.get('item_id'));
      const comment = post?.comments.find(({ id }) => id === query.get('comment_id'));
      return comments(post, comment ? world.repliesTo(comment) : [], comment?.replies ?? 0, query);
    }
    default:
      return null;
  }
}

/** The JSON that TikTok's own pages load. Null: no such address. */
export function tiktokApi(world: World, url: URL): PageAnswer | null {
  const query = url.searchParams;
  const posts = world.postsOf('tiktok');
  switch (url.pathname) {
    case '/api/recommend/item_list/':
    case '/api/explore/item_list/':
      return itemList(posts, query);
    case '/api/preload/item_list/':
      return itemList(posts.slice(40), query);
    case '/api/related/item_list/':
      return itemList(
        posts.filter((post) => post.id !== query.get('itemID')),
        query,
      );
    case '/api/post/item_list/':
      return itemList(
        posts.filter((post) => post.author.secUid === query.get('secUid')),
        query,
      );
    case '/api/challenge/item_list/': {
      const name = query.get('challengeName')?.toLowerCase() ?? '';
      return itemList(
        posts.filter((post) => post.hashtags.some((tag) => tag.toLowerCase() === name)),
        query,
      );
    }
    case '/api/music/item_list/':
      return itemList(
        posts.filter((post) => post.music.id === query.get('musicID')),
        query,
      );
    case '/api/mix/item_list/':
    case '/api/collection/item_list/':
      return itemList(postsOfCollection(world, query.get('mixId') ?? query.get('collectionId') ?? ''), query);
    case '/api/search/item/full/': {
      const { items, next, hasMore } = batch(searchPosts(world, query.get('keyword') ?? ''), query, 'cursor');
      const item_list = items.map((post) => describePost(post, 'list'));
      return json({ status_code: 0, item_list, cursor: next, has_more: hasMore ? 1 : 0 });
    }
    case '/api/search/general/full/':
      return search(searchPosts(world, query.get('keyword') ?? ''), query);
    case '/api/item/detail/': {
      const post = posts.find((candidate) => candidate.id === query.get('itemId'));
      return json(
        post
          ? { statusCode: 0, itemInfo: { itemStruct: describePost(post, 'list') } }
          : { statusCode: 10204, statusMsg: "item doesn't exist" },
      );
    }
    default:
      return otherApi(world, url);
  }
}

/** TikTok's oEmbed answer for a post. */
export function oembed(world: World, address: string): PageAnswer {
  const post = world.post(/\/(?:video|photo)\/(\d+)/.exec(address)?.[1] ?? '');
  if (!post || post.platform !== 'tiktok') return json({ code: 400, message: 'Something went wrong' }, 400);
  return json({
    version: '1.0',
    type: 'video',
    title: post.caption,
    author_url: `https://www.tiktok.com/@${post.author.handle}`,
    author_name: post.author.name,
    author_unique_id: post.author.handle,
    width: '100%',
    height: '100%',
    html: `<blockquote class="tiktok-embed" cite="${address}" data-video-id="${post.id}"></blockquote>`,
    thumbnail_width: 576,
    thumbnail_height: 1024,
    thumbnail_url: `https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}.jpeg`,
    provider_url: 'https://www.tiktok.com',
    provider_name: 'TikTok',
    embed_product_id: post.id,
    embed_type: 'video',
  });
}
