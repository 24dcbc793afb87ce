import type { PageAnswer, PageQuestion } from './answer.ts';
import { douyinApi } from './douyin-api.ts';
import {
  detailPage,
  hashtagPage,
  liveRoomPage,
  missingDetailPage,
  recommendPage,
  searchPage,
  startPage,
  userPage,
} from './douyin-pages.ts';
import { douyinMusicPage, mixPage } from './douyin-lists.ts';
import { productPage, sharePage, shopPack } from './douyin-share.ts';
import { hostileAnswer } from './hostile-answers.ts';

/** Whether this host answers as Douyin or as one of its shops. */
export function isDouyinHost(host: string): boolean {
  return /(?:^|\.)(?:douyin|iesdouyin|jinritemai)\.com$/.test(host);
}

const productAddresses = new Set([
  'haohuo.jinritemai.com/views/product/item2',
  'haohuo.jinritemai.com/views/product/item',
  'haohuo.jinritemai.com/ecommerce/trade/detail/index.html',
  'buyin.jinritemai.com/dashboard/merch-picking-library/merch-promoting',
]);

/** Answers a request to Douyin. Null: the sandbox has no such page. */
export function douyinPage(question: PageQuestion): PageAnswer | null {
  const { world, url, host } = question;
  const path = url.pathname.replace(/(?<=.)\/$/, '');
  if (productAddresses.has(host + path)) {
    const id =
      url.searchParams.get('id') ?? url.searchParams.get('commodity_id') ?? url.searchParams.get('product_id') ?? '';
    const product = world.product(id);
    return productPage(product?.platform === 'douyin' ? product : undefined, id);
  }
  const shared = /^\/share\/(video|note|slides)\/(\d+)$/.exec(path);
  if (shared) {
    const post = world.post(shared[2] ?? '');
    return sharePage(world, shared[2] ?? '', shared[1] ?? 'video', post?.platform === 'douyin' ? post : undefined);
  }
  if (host === 'live.douyin.com') {
    const author = world.authors.find(
      (candidate) => candidate.platform === 'douyin' && candidate.live?.webRid === path.slice(1),
    );
    if (path === '/webcast/room/web/enter') return douyinApi(world, url);
    return author ? liveRoomPage(author, url.searchParams.get('shape') ?? '') : null;
  }
  if (host === 'haohuo.jinritemai.com' && path.startsWith('/aweme/v2/shop/promotion/pack/'))
    return shopPack(world, url);
  if (host !== 'www.douyin.com') return null;
  const attack = url.searchParams.get('hostile');
  if (attack !== null && path.startsWith('/aweme/')) return hostileAnswer(world, attack);
  if (path.startsWith('/aweme/')) return douyinApi(world, url);
  if (path === '/') return url.searchParams.has('recommend') ? recommendPage(world) : startPage(world, '/');
  if (path === '/jingxuan') return startPage(world, path);
  const detail = /^\/(?:video|note)\/(\d+)$/.exec(path)?.[1];
  if (detail !== undefined) {
    const post = world.post(detail);
    return post?.platform === 'douyin' ? detailPage(world, post) : missingDetailPage(path);
  }
  const user = /^\/user\/([\w-]+)$/.exec(path)?.[1];
  if (user !== undefined) {
    const author = world.author(user);
    return author?.platform === 'douyin' ? userPage(world, author) : null;
  }
  const words = /^\/(?:jingxuan\/)?search\/([^/]+)$/.exec(path)?.[1];
  if (words !== undefined)
    return searchPage(world, decodeURIComponent(words), path, url.searchParams.get('type') === 'stream');
  const music = /^\/music\/(\d+)$/.exec(path)?.[1];
  if (music !== undefined) return douyinMusicPage(world, music);
  const mix = /^\/(?:collection|mix)\/(\d+)$/.exec(path)?.[1];
  if (mix !== undefined) return mixPage(world, mix);
  const hashtag = /^\/hashtag\/(\d+)$/.exec(path)?.[1];
  return hashtag === undefined ? null : hashtagPage(world, hashtag);
}
