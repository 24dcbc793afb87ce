import type { World, WorldPost } from '../types.ts';
import type { PageAnswer } from './answer.ts';
import { batch, json, stringifyWithBareNumbers } from './answer.ts';
import {
  describeAweme,
  describeDouyinAuthor,
  describeDouyinComment,
  describeDouyinMusic,
  describeMix,
  describeRoom,
  douyinHashtagId,
} from './douyin-data.ts';
import { searchDouyin } from './douyin-pages.ts';
import { postsOfCollection } from './tiktok-lists.ts';

/** The JSON that Douyin's own pages load. Null: no such address. */
export function douyinApi(world: World, url: URL): PageAnswer | null {
  const query = url.searchParams;
  const posts = world.postsOf('douyin');
  const describe = (post: WorldPost): ReturnType<typeof describeAweme> =>
    describeAweme(post, post.id !== world.ids.douyin.incompleteTextExtra);
  const list = (found: WorldPost[], offsetName: string): PageAnswer => {
    const { items, next, hasMore } = batch(found, query, offsetName);
    return json({
      status_code: 0,
      aweme_list: items.map(describe),
      max_cursor: next,
      min_cursor: 0,
      has_more: hasMore ? 1 : 0,
    });
  };
  switch (url.pathname.replace('/aweme/v1/web', '')) {
    case '/tab/feed/':
      return list(posts, 'refresh_index');
    case '/module/feed/': {
      const { items, next, hasMore } = batch(posts, query, 'offset');
      // Each post is JSON in a string here, and its bare numbers stand inside that string.
      return json({
        status_code: 0,
        cards: items.map((post) => ({ type: 1, aweme: stringifyWithBareNumbers(describe(post)) })),
        cursor: next,
        has_more: hasMore,
      });
    }
    case '/aweme/post/':
      return list(
        posts.filter((post) => post.author.secUid === query.get('sec_user_id')),
        'max_cursor',
      );
    case '/aweme/related/':
      return list(
        posts.filter((post) => post.id !== query.get('aweme_id')),
        'refresh_index',
      );
    case '/challenge/aweme/':
      return list(
        posts.filter((post) => post.hashtags.some((name) => douyinHashtagId(name) === query.get('ch_id'))),
        'offset',
      );
    case '/general/search/single/': {
      const { items, next, hasMore } = batch(searchDouyin(world, query.get('keyword') ?? ''), query, 'offset');
      return json({
        status_code: 0,
        data: items.map((post) => ({ type: 1, aweme_info: describe(post) })),
        cursor: next,
        has_more: hasMore ? 1 : 0,
      });
    }
    case '/general/search/stream/': {
      const { items, next, hasMore } = batch(searchDouyin(world, query.get('keyword') ?? ''), query, 'offset');
      // A page of results comes in several pieces, each after its length in bytes.
      const middle = Math.ceil(items.length / 2);
      const pieces = [items.slice(0, middle), items.slice(middle)].map((part, index) =>
        stringifyWithBareNumbers({
          status_code: 0,
          data: part.map((post) => ({ type: 1, aweme_info: describe(post) })),
          cursor: next,
          has_more: hasMore ? 1 : 0,
          ack: index,
        }),
      );
      const body = pieces.map((text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`).join('');
      return { ...json({}), body };
    }
    case '/music/aweme/':
      return list(
        posts.filter((post) => post.music.id === query.get('music_id')),
        'offset',
      );
    case '/mix/aweme/':
      return list(postsOfCollection(world, query.get('mix_id') ?? ''), 'offset');
    case '/music/detail/': {
      const found = posts.filter((post) => post.music.id === query.get('music_id'));
      const music = found[0]?.music;
      return json(
        music ? { status_code: 0, music_info: describeDouyinMusic(music, found.length) } : { status_code: 5 },
      );
    }
    case '/mix/detail/': {
      const collection = world.collections.find(({ id }) => id === query.get('mix_id'));
      return json(collection ? { status_code: 0, mix_info: describeMix(collection) } : { status_code: 5 });
    }
    case '/challenge/detail/': {
      const found = posts.filter((post) => post.hashtags.some((name) => douyinHashtagId(name) === query.get('ch_id')));
      const cha_name = found[0]?.hashtags.find((name) => douyinHashtagId(name) === query.get('ch_id'));
      if (cha_name === undefined) return json({ status_code: 5 });
      const cid = query.get('ch_id');
      return json({
        status_code: 0,
        ch_info: {
          cid,
          cha_name,
          desc: '',
          view_count: found.length * 120_345,
          user_count: found.length,
          is_commerce: false,
        },
      });
    }
    case '/webcast/room/web/enter/': {
      const author = world.authors.find(({ live }) => live?.webRid === query.get('web_rid'));
      return json(
        author
          ? {
              status_code: 0,
              data: { data: [describeRoom(author)], user: describeDouyinAuthor(author), web_rid: query.get('web_rid') },
            }
          : { status_code: 30_003, data: { prompts: '' } },
      );
    }
    case '/comment/list/reply/': {
      const post = posts.find((candidate) => candidate.id === query.get('item_id'));
      const comment = post?.comments.find(({ id }) => id === query.get('comment_id'));
      const { items, next, hasMore } = batch(comment ? world.repliesTo(comment) : [], query, 'cursor');
      return json({
        status_code: 0,
        comments: post ? items.map((reply) => describeDouyinComment(reply, post)) : [],
        cursor: next,
        has_more: hasMore ? 1 : 0,
        total: comment?.replies ?? 0,
      });
    }
    case '/aweme/detail/': {
      const post = posts.find((candidate) => candidate.id === query.get('aweme_id'));
      if (post?.status === 'normal') return json({ status_code: 0, aweme_detail: describe(post) });
      return json({
        status_code: 0,
        aweme_detail: null,
        filter_detail: {
          aweme_id: query.get('aweme_id'),
          filter_reason: 'status_deleted',
          detail_msg: '作品已被作者删除',
          notice: '',
        },
      });
    }
    case '/user/profile/other/': {
      const author = world.author(query.get('sec_user_id') ?? '');
      return json(author ? { status_code: 0, user: describeDouyinAuthor(author) } : { status_code: 5, status_msg: '' });
    }
    case '/comment/list/': {
      const post = posts.find((candidate) => candidate.id === query.get('aweme_id'));
      const { items, next, hasMore } = batch(post?.comments ?? [], query, 'cursor');
      return json({
        status_code: 0,
        comments: post ? items.map((comment) => describeDouyinComment(comment, post)) : [],
        cursor: next,
        has_more: hasMore ? 1 : 0,
        total: post?.counts.comments ?? 0,
      });
    }
    default:
      return null;
  }
}
