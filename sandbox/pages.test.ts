import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { ask } from './test-client.ts';
import { createWorld } from './world/world.ts';

const world = createWorld();
const { tiktok, douyin } = world.ids;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function postAddress(id: string): string {
  const post = world.post(id);
  return `https://www.tiktok.com/@${post?.author.handle}/${post?.kind}/${id}`;
}

/** Every kind of page, with what must stand in it as it comes from the server. */
const pages: [string, string, string[]][] = [
  [
    'TikTok start',
    'https://www.tiktok.com/',
    [
      'id="column-list-container"',
      'id="one-column-item-0"',
      'id="one-column-item-15"',
      'data-e2e="recommend-list-item-container"',
    ],
  ],
  [
    'TikTok For You',
    'https://www.tiktok.com/foryou',
    [
      'id="main-content-homepage_hot"',
      `id="xgwrapper-0-${tiktok.video}"`,
      'data-e2e="undefined-count"',
      'data-e2e="search-common-link"',
    ],
  ],
  [
    'TikTok video',
    postAddress(tiktok.video),
    [
      'id="main-content-video_detail"',
      `id="xgwrapper-0-${tiktok.video}"`,
      'data-e2e="video-desc"',
      'webapp.video-detail',
      '"statsV2"',
      'comment-level-1',
    ],
  ],
  ['TikTok photos', postAddress(tiktok.photo), ['ImgPhotoSlide', '"imagePost"']],
  [
    'TikTok post with products',
    postAddress(tiktok.withProducts),
    ['"anchors"', '"isECVideo":1', `\\\\\\"product_id\\\\\\":${tiktok.product}`],
  ],
  ['TikTok missing post', `https://www.tiktok.com/@a/video/${tiktok.missing}`, ['10204', "item doesn't exist"]],
  [
    'TikTok profile',
    `https://www.tiktok.com/@${tiktok.author}`,
    [
      'data-e2e="user-page"',
      'data-e2e="followers-count"',
      'data-e2e="user-post-item-list"',
      'data-e2e="video-views"',
      'webapp.user-detail',
    ],
  ],
  ['TikTok hashtag', 'https://www.tiktok.com/tag/cycling', ['data-e2e="challenge-title"', 'data-e2e="challenge-item"']],
  ['TikTok hashtag in Chinese', 'https://www.tiktok.com/tag/%E9%99%B6%E8%89%BA', ['#陶艺']],
  [
    'TikTok search',
    'https://www.tiktok.com/search?q=bees',
    ['data-e2e="search_top-item"', 'data-e2e="search-card-desc"', 'search-card-user-unique-id'],
  ],
  ['TikTok explore', 'https://www.tiktok.com/explore', ['data-e2e="explore-item"']],
  ['TikTok music', `https://www.tiktok.com/music/original-sound-${tiktok.music}`, ['data-e2e="music-item"']],
  ['TikTok live', `https://www.tiktok.com/@${tiktok.liveAuthor}/live`, ['SIGI_STATE', '"liveRoomStats"']],
  [
    'TikTok Shop',
    `https://www.tiktok.com/shop/pdp/linen-apron/${tiktok.product}`,
    ['__MODERN_ROUTER_DATA__', '"sold_count":30764', '"min_sku_price":"24.17"'],
  ],
  [
    'TikTok Shop, other host',
    `https://shop.tiktok.com/us/pdp/linen-apron/${tiktok.product}`,
    ['__MODERN_ROUTER_DATA__'],
  ],
  [
    'TikTok Shop, older form',
    `https://shop.tiktok.com/view/product/${tiktok.product}?region=US`,
    ['view/product/(product_id)/page'],
  ],
  ['Douyin start', 'https://www.douyin.com/', [`data-aweme-id="${douyin.video}"`, 'class="discover-video-card-item"']],
  ['Douyin selection', 'https://www.douyin.com/jingxuan', ['class="discover-video-card-item"']],
  [
    'Douyin recommendations',
    'https://www.douyin.com/?recommend=1',
    [
      'id="slidelist"',
      `data-e2e="feed-active-video" data-e2e-vid="${douyin.video}"`,
      'data-e2e="feed-video"',
      'video-switch-next-arrow',
    ],
  ],
  [
    'Douyin video',
    `https://www.douyin.com/video/${douyin.video}`,
    [
      'data-e2e="video-detail"',
      `data-e2e="detail-video-info" data-e2e-aweme-id="${douyin.video}"`,
      'id="RENDER_DATA"',
      '__pace_f',
    ],
  ],
  ['Douyin note', `https://www.douyin.com/note/${douyin.note}`, [`data-e2e-aweme-id="${douyin.note}"`]],
  [
    'Douyin profile',
    `https://www.douyin.com/user/${douyin.author}`,
    ['data-e2e="user-post-list"', `href="//www.douyin.com/video/${douyin.video}"`],
  ],
  [
    'Douyin search',
    'https://www.douyin.com/search/%E6%9C%A8%E5%B7%A5',
    [
      'id="search-result-container"',
      `id="waterfall_item_${douyin.video}"`,
      'class="search-result-card"',
      'class="related-search"',
    ],
  ],
  ['Douyin live', `https://live.douyin.com/${douyin.liveWebRid}`, ['__pace_f', 'id_str']],
  [
    'Douyin shared video',
    `https://www.iesdouyin.com/share/video/${douyin.video}/`,
    ['window._ROUTER_DATA', 'video_(id)/page', '"digg_count"'],
  ],
  [
    'Douyin shared video, missing',
    `https://www.iesdouyin.com/share/video/${douyin.missing}/`,
    ['"filter_reason":"status_deleted"'],
  ],
  [
    'Douyin product',
    `https://haohuo.jinritemai.com/views/product/item2?id=${douyin.product}`,
    ['磨毛棉麻衬衫', '72.00'],
  ],
  [
    'Douyin product, other address',
    `https://haohuo.jinritemai.com/ecommerce/trade/detail/index.html?id=${douyin.product}&origin_type=604`,
    ['磨毛棉麻衬衫'],
  ],
  [
    'Douyin product, merchants',
    `https://buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting?id=${douyin.product}`,
    ['磨毛棉麻衬衫'],
  ],
  [
    'TikTok profile, older',
    `https://www.tiktok.com/@${tiktok.author}?shape=sigi`,
    ['id="SIGI_STATE"', '"ItemModule"', `"author":"${tiktok.author}"`],
  ],
  ['TikTok video, oldest', `${postAddress(tiktok.video)}?shape=next`, ['id="__NEXT_DATA__"', '"itemStruct"']],
  ['TikTok video, mobile', `${postAddress(tiktok.video)}?shape=reflow`, ['webapp.reflow.video.detail']],
  ['TikTok embed', `https://www.tiktok.com/embed/v2/${tiktok.video}`, ['__FRONTITY_CONNECT_STATE__', '"videoData"']],
  ['TikTok embedded profile', `https://www.tiktok.com/embed/@${tiktok.author}`, ['"videoList"']],
  ['TikTok private post', `https://www.tiktok.com/@a/video/${tiktok.privatePost}`, ['10216']],
  ['TikTok post of a private account', `https://www.tiktok.com/@a/video/${tiktok.privateAccountPost}`, ['10222']],
  ['TikTok account that is gone', 'https://www.tiktok.com/@gone.sandbox', ['10221']],
  ['TikTok playlist', `https://www.tiktok.com/@a/playlist/Slow-${tiktok.playlist}`, ['data-e2e="collection-item"']],
  ['TikTok search for people', 'https://www.tiktok.com/search/user?q=marina', ['search-user-unique-id']],
  [
    'TikTok Shop, linked data only',
    `https://www.tiktok.com/shop/pdp/linen-apron/${tiktok.product}?shape=ld`,
    ['application/ld+json', '"productID"'],
  ],
  ['TikTok Shop search', 'https://www.tiktok.com/shop/s/apron', ['feed_list_search_word', '"product_price_info"']],
  ['Douyin live, older', `https://live.douyin.com/${douyin.liveWebRid}?shape=stream`, ['STREAM_RENDER_DATA']],
  ['Douyin music', `https://www.douyin.com/music/${douyin.music}`, ['/aweme/v1/web/music/aweme/']],
  ['Douyin mix', `https://www.douyin.com/collection/${douyin.mix}`, ['/aweme/v1/web/mix/aweme/']],
  [
    'Douyin recommendations, embedded',
    'https://www.douyin.com/?recommend=1',
    ['recommendAwemeList', 'diggCount', '$undefined'],
  ],
  ...[
    'forged-ids',
    'captions',
    'huge',
    'overlay-names',
    'bad-data',
    'restless',
    'flood',
    'tap-huge',
    'tap-deep',
    'tap-proto',
    'tap-types',
    'tap-texts',
    'tap-forged',
    'tap-endless',
    'tap-override',
    'tap-rejects',
  ].map((name): [string, string, string[]] => [
    `hostile: ${name}`,
    `https://www.tiktok.com/sandbox/hostile/${name}`,
    ['column-list-container'],
  ]),
];

describe('pages', () => {
  it.each(pages)('%s', async (_name, address, hooks) => {
    const answer = await ask(sandbox.port, address);
    expect(answer.status).toBe(200);
    for (const hook of hooks) expect(answer.text).toContain(hook);
    expect(answer.text).not.toMatch(/(?<!\$)undefined(?!-(?:count|icon))|\[object Object\]|NaN(?!")|\u{E000}/u);
    expect(sandbox.pageRequests.map((request) => request.host + request.path)).toEqual([
      new URL(address).host + new URL(address).pathname,
    ]);
  });

  it('video pages forbid inline code and plain-text HTML', async () => {
    const { headers, text } = await ask(sandbox.port, postAddress(tiktok.video));
    expect(headers['content-security-policy']).toMatch(
      /default-src 'self'; script-src 'self' 'nonce-.*require-trusted-types-for 'script'/,
    );
    expect(text).not.toMatch(/ style="|<style|<script>/);
  });

  it('nothing is loaded from elsewhere, and the scripts are JavaScript', async () => {
    const { text } = await ask(sandbox.port, 'https://www.tiktok.com/foryou');
    const loaded = [...text.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(loaded.length).toBeGreaterThan(1);
    for (const path of loaded) {
      const asset = await ask(sandbox.port, new URL(path, 'https://www.tiktok.com').href);
      expect([path, asset.status]).toEqual([path, 200]);
    }
    const script = await ask(sandbox.port, 'https://www.tiktok.com/sandbox/client/tiktok-feed.ts');
    expect(script.text).not.toMatch(/interface |: HTMLElement/);
  });

  it('what is unknown is 404 and logged, browser noise apart', async () => {
    expect((await ask(sandbox.port, 'https://tracker.test/pixel?id=1')).status).toBe(404);
    expect((await ask(sandbox.port, 'https://update.googleapis.com/x')).status).toBe(404);
    expect((await ask(sandbox.port, 'https://www.tiktok.com/sandbox/client/..%2f..%2fpackage.json')).status).toBe(404);
    expect(sandbox.pageRequests.map((request) => request.kind)).toEqual(['unknown', 'browser', 'unknown']);
    expect(sandbox.pageRequests[0]).toMatchObject({ host: 'tracker.test', path: '/pixel', query: '?id=1' });
  });

  it('a prepared page is served under its address, its query counting only when given', async () => {
    sandbox.servePage('https://www.tiktok.com/@a/video/7?b=1', 'with query');
    sandbox.servePage('https://www.tiktok.com/@a/video/7', 'without');
    expect((await ask(sandbox.port, 'https://www.tiktok.com/@a/video/7?b=1')).text).toBe('with query');
    expect((await ask(sandbox.port, 'https://www.tiktok.com/@a/video/7?c=1')).text).toBe('without');
    sandbox.servePage('https://www.tiktok.com/@a/video/7', null);
    expect((await ask(sandbox.port, 'https://www.tiktok.com/@a/video/7')).text).not.toBe('without');
  });
});

const detail = (id: string): Promise<string> =>
  ask(sandbox.port, `https://www.douyin.com/aweme/v1/web/aweme/detail/?aweme_id=${id}`).then((answer) => answer.text);

describe("the sites' own JSON", () => {
  it('TikTok lists give rounded stats and exact statsV2, pages give both rounded', async () => {
    const post = world.postsOf('tiktok').find((candidate) => (candidate.counts.plays ?? 0) > 1_000_000);
    const list = await ask(
      sandbox.port,
      `https://www.tiktok.com/api/post/item_list/?secUid=${post?.author.secUid}&count=35&cursor=0`,
    );
    expect(list.text).toContain(`"playCount":"${post?.counts.plays}"`);
    expect(list.text).not.toContain(`"playCount":${post?.counts.plays},`);
    const html = await ask(sandbox.port, postAddress(post?.id ?? ''));
    expect(html.text).not.toContain(`"playCount":"${post?.counts.plays}"`);
    expect(html.text).toContain(`"collectCount":"${post?.counts.saves}"`);
  });
  it('Douyin answers have bare numbers beyond the safe range, and one text_extra lacks a hashtag', async () => {
    expect(await detail(douyin.video)).toMatch(/"music":\{"id":7\d{18},"id_str":"7\d{18}"/);
    const incomplete = await detail(douyin.incompleteTextExtra);
    for (const name of world.post(douyin.incompleteTextExtra)?.hashtags.slice(0, -1) ?? [])
      expect(incomplete).toContain(`"hashtag_name":"${name}"`);
    expect(incomplete).not.toContain(`"hashtag_name":"${world.post(douyin.incompleteTextExtra)?.hashtags.at(-1)}"`);
    expect(await detail(douyin.withdrawn)).toContain('"aweme_detail":null');
  });
  it('lists go on by a cursor and end', async () => {
    const ids = new Set<string>();
    for (let cursor = '0', more = true; more; ) {
      const answer = await ask(
        sandbox.port,
        `https://www.tiktok.com/api/recommend/item_list/?count=35&cursor=${cursor}`,
      );
      const list: { itemList: { id: string }[]; cursor: string; hasMore: boolean } = JSON.parse(answer.text);
      for (const item of list.itemList) ids.add(item.id);
      ({ cursor, hasMore: more } = list);
    }
    expect(ids.size).toBe(world.postsOf('tiktok').length);
  });
});

describe('the world', () => {
  it('has ids of the right forms and plausible times', () => {
    expect(new Set(world.posts.map((post) => post.id)).size).toBe(world.posts.length);
    for (const post of world.posts) {
      expect(post.id).toMatch(/^7\d{18}$/);
      const idTime = Number(BigInt(post.id) >> 32n);
      expect(idTime).toBeGreaterThan(Date.UTC(2024, 0, 1) / 1000);
      expect(idTime).toBeLessThanOrEqual(post.createdAt);
      expect(post.createdAt).toBeLessThan(Date.UTC(2026, 11, 1) / 1000);
      expect(post.author.secUid).toMatch(/^MS4wLjABAAAA[\w-]{43,64}$/);
    }
    for (const product of world.products)
      expect(product.id).toMatch(product.platform === 'douyin' ? /^3[4-8]\d{17}$/ : /^17(?:29|31)\d{15}$/);
    for (const id of [tiktok.missing, douyin.missing]) expect(world.post(id)).toBeUndefined();
    expect(world.postsOf('tiktok').length).toBeGreaterThanOrEqual(220);
    expect(world.postsOf('douyin').length).toBeGreaterThanOrEqual(120);
  });
  it('keeps what its named posts promise', () => {
    expect(world.post(tiktok.photo)?.kind).toBe('photo');
    expect(world.post(tiktok.withProducts)?.products).toHaveLength(2);
    expect(world.post(tiktok.formulaCaption)?.caption).toMatch(/^=SUM/);
    expect(world.post(tiktok.lineBreaksAndQuotes)?.caption).toMatch(/".*"[\s\S]*\n\n/);
    expect(world.post(tiktok.rightToLeft)?.caption).toMatch(/^[\u0600-\u06FF]/);
    expect(world.post(douyin.note)?.kind).toBe('photo');
    expect(world.post(douyin.withProducts)?.products[0]?.id).toBe(douyin.product);
    expect(world.post(douyin.withdrawn)?.status).toBe('withdrawn');
    expect(world.product(douyin.offShelfProduct)?.status).toBe('off_shelf');
    const scheduled = world.post(tiktok.scheduled);
    expect((scheduled?.createdAt ?? 0) - Number(BigInt(scheduled?.id ?? 0) >> 32n)).toBeGreaterThan(86_400);
  });
});
