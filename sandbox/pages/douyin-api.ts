import type { World, WorldPost } from '../types.ts';
import type { PageAnswer } from './answer.ts';
import { batch, json, stringifyWithBareNumbers } from './answer.ts';
import { describeAweme, describeDouyinAuthor, describeDouyinComment, douyinHashtagId } from './douyin-data.ts';
import { searchDouyin } from './douyin-pages.ts';

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
