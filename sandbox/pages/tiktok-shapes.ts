/** Pages in the older and other shapes that TikTok has served: `?shape=sigi`, `next`, `reflow`, and the embeds. */
import type { World, WorldAuthor, WorldPost } from '../types.ts';
import { escapeHtml, poster } from '../client/html.ts';
import { relatedTile } from '../client/tiktok-cards.ts';
import type { PageAnswer } from './answer.ts';
import { documentOf, jsonBlock, page } from './answer.ts';
import { authorStats, describeAuthor, describePost, rehydrationData, rounded } from './tiktok-data.ts';
import { tiktokDocument } from './tiktok-shell.ts';
import { appContext } from './viewer.ts';

/** As SIGI_STATE has a post: the author a name, no second and exact figures. */
function sigiItem(post: WorldPost): Record<string, unknown> {
  const { statsV2: _exact, authorStatsV2: _alsoExact, author, ...item } = describePost(post, 'page');
  return {
    ...item,
    author: author.uniqueId,
    nickname: author.nickname,
    authorId: author.id,
    authorSecId: author.secUid,
    avatarThumb: author.avatarThumb,
  };
}

function sigiState(world: World, author: WorldAuthor, posts: WorldPost[], list: string): Record<string, unknown> {
  return {
    AppContext: { appContext: appContext(world) },
    BizContext: {},
    SEOState: { canonical: '' },
    ItemList: { [list]: { list: posts.map((post) => post.id), hasMore: true, cursor: '0', statusCode: 0 } },
    ItemModule: Object.fromEntries(posts.map((post) => [post.id, sigiItem(post)])),
    UserModule: {
      users: { [author.handle]: describeAuthor(author) },
      stats: { [author.handle]: rounded(authorStats(author)) },
    },
  };
}

/** A profile as it was served until 2023. */
export function sigiProfilePage(world: World, author: WorldAuthor): PageAnswer {
  const posts = world.postsOf('tiktok').filter((post) => post.author === author);
  return page(
    tiktokDocument(world, {
      title: `${author.name} (@${author.handle}) | TikTok`,
      path: `/@${author.handle}`,
      mainId: 'main-content-others_homepage',
      main: `<div data-e2e="user-page"><h1 data-e2e="user-title">${escapeHtml(author.handle)}</h1></div>`,
      scope: null,
      blocks: jsonBlock('SIGI_STATE', sigiState(world, author, posts, 'user-post')),
      scrolls: true,
    }),
  );
}

/** The page of one post in an older or another shape. Null: no such shape. */
export function postPageOf(world: World, post: WorldPost, shape: string): PageAnswer | null {
  const { statsV2: _exact, authorStatsV2: _alsoExact, ...item } = describePost(post, 'page');
  const blocks: Record<string, () => string> = {
    sigi: () => jsonBlock('SIGI_STATE', sigiState(world, post.author, [post], 'video')),
    next: () =>
      jsonBlock('__NEXT_DATA__', {
        props: {
          initialProps: { $wid: world.viewer.deviceId },
          pageProps: { statusCode: 0, itemInfo: { itemStruct: item, shareMeta: { title: '', desc: post.caption } } },
        },
        page: '/share/video',
        query: { $initialProps: { $user: { uid: world.viewer.uid, uniqueId: world.viewer.handle } } },
      }),
    reflow: () =>
      jsonBlock(
        '__UNIVERSAL_DATA_FOR_REHYDRATION__',
        rehydrationData(world, {
          'webapp.reflow.global.shareUser': {
            shareUser: { uniqueId: world.viewer.handle, secUid: world.viewer.secUid },
          },
          'webapp.reflow.video.detail': {
            statusCode: 0,
            statusMessage: '',
            itemInfo: { itemStruct: { ...item, mixInfo: { id: '', name: '' }, channelTags: [], keywordTags: [] } },
            shareMeta: { title: `TikTok · ${post.author.name}`, desc: post.caption },
          },
        }),
      ),
  };
  const block = Object.hasOwn(blocks, shape) ? blocks[shape] : undefined;
  if (!block) return null;
  return page(
    documentOf({
      title: `${post.author.name} on TikTok`,
      language: 'en',
      stylesheet: 'tiktok',
      bodyClass: 'scrolls',
      body: `<div id="app"><div id="main-content-video_detail" class="main"><div id="xgwrapper-0-${post.id}">${poster(post.id)}</div></div></div>${block()}`,
    }),
  );
}

function embedDocument(world: World, path: string, source: Record<string, unknown>, body: string): PageAnswer {
  const state = {
    frontity: { mode: 'html', platform: 'server' },
    router: { link: path, state: {} },
    common: { wid: world.viewer.deviceId },
    source: { data: { [path]: { isReady: true, isFetching: false, ...source } } },
  };
  return page(
    documentOf({
      title: 'TikTok embed',
      language: 'en',
      stylesheet: 'tiktok',
      bodyClass: 'scrolls',
      body: `<main>${body}</main>${jsonBlock('__FRONTITY_CONNECT_STATE__', state)}`,
    }),
  );
}

/** The player that other sites embed. */
export function embedPostPage(world: World, post: WorldPost, path: string): PageAnswer {
  const { author, music, counts } = post;
  const shown = rounded({
    playCount: counts.plays ?? 0,
    diggCount: counts.likes,
    shareCount: counts.shares,
    commentCount: counts.comments,
  });
  const videoData = {
    itemInfos: {
      id: post.id,
      text: post.caption,
      createTime: String(post.createdAt),
      authorId: author.uid,
      musicId: music.id,
      covers: [`https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}.jpeg`],
      video: { videoMeta: { width: post.width, height: post.height, ratio: 14, duration: post.durationMs / 1000 } },
      ...shown,
    },
    authorInfos: {
      userId: author.uid,
      secUid: author.secUid,
      uniqueId: author.handle,
      nickName: author.name,
      verified: author.verified,
      signature: author.signature,
    },
    musicInfos: { musicId: music.id, musicName: music.title, authorName: music.author, original: music.original },
    challengeInfoList: [],
    textExtra: [],
  };
  return embedDocument(world, path, { isVideoEmbed: true, videoData }, poster(post.id));
}

/** The list of an account's newest videos that other sites embed. */
export function embedProfilePage(world: World, author: WorldAuthor, path: string): PageAnswer {
  const posts = world
    .postsOf('tiktok')
    .filter((post) => post.author === author)
    .slice(0, 10);
  const videoList = posts.map((post) => ({
    id: post.id,
    desc: post.caption,
    playCount: rounded({ plays: post.counts.plays ?? 0 })['plays'],
    coverUrl: `https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}.jpeg`,
    privateItem: false,
  }));
  const userInfo = {
    id: author.uid,
    uniqueId: author.handle,
    nickname: author.name,
    secUid: author.secUid,
    signature: author.signature,
    verified: author.verified,
    ...rounded({
      followerCount: author.followers,
      followingCount: author.following,
      heartCount: author.likes,
      videoCount: author.posts,
    }),
  };
  const tiles = posts.map((post) => relatedTile(describePost(post, 'page'))).join('');
  return embedDocument(world, path, { isUserEmbed: true, userInfo, videoList }, tiles);
}
