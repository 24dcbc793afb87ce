import type { World, WorldAuthor, WorldPost, WorldProduct } from './types.ts';
import { findByWords, type Page, pageOf } from './search.ts';

/** Small pages, so that a list of the small world has several. */
export const gatewayPageSize = { item_search: 2, item_search_video: 10, item_search_shop: 2 } as const;

/** The orders that the gateway's item_search knows. */
export const gatewayOrders = ['', 'bid', '_bid', '_sale'];

/** A short link to a Douyin post, as its share button would give it. */
export function shortLink(postId: string): string {
  return `https://v.douyin.com/${BigInt(postId).toString(36)}/`;
}

/** The post behind a short link, also within a whole text that was shared; undefined: none of ours. */
export function postOfShortLink(world: World, word: string): WorldPost | undefined {
  const code = /\bv\.douyin\.com\/([0-9a-z]{5,20})\b/.exec(word)?.[1];
  return world.postsOf('douyin').find((post) => BigInt(post.id).toString(36) === code);
}

function inYuan(minor: number): number {
  return Number((minor / 100).toFixed(2));
}

function sorted(products: WorldProduct[], order: string): WorldProduct[] {
  if (order === 'bid') return products.toSorted((one, other) => one.priceMinor - other.priceMinor);
  if (order === '_bid') return products.toSorted((one, other) => other.priceMinor - one.priceMinor);
  return order === '_sale' ? products.toSorted((one, other) => other.sold - one.sold) : products;
}

/** The goods that item_search finds. */
export function searchProducts(world: World, query: string, order: string, page: number): Page<WorldProduct> {
  const goods = world.products.filter((product) => product.platform === 'douyin');
  const found = findByWords(goods, (product) => `${product.title} ${product.shop.name}`, query);
  return pageOf(sorted(found, order), page, gatewayPageSize.item_search);
}

/** The goods of a shop that are on sale. */
export function productsOfShop(world: World, shopId: string, page: number): Page<WorldProduct> {
  const goods = world.products.filter((product) => product.platform === 'douyin' && product.shop.id === shopId);
  return pageOf(goods, page, gatewayPageSize.item_search_shop);
}

/** The posts that item_search_video finds, newest first. */
export function searchPosts(world: World, query: string, page: number): Page<WorldPost> {
  const posts = world.postsOf('douyin').filter((post) => post.status === 'normal');
  const found = findByWords(posts, (post) => `${post.caption} ${post.author.name}`, query);
  return pageOf(
    found.toSorted((one, other) => other.createdAt - one.createdAt),
    page,
    gatewayPageSize.item_search_video,
  );
}

/** An entry of item_search: yuan, a plain number of sales. */
export function listedProduct(product: WorldProduct): Record<string, unknown> {
  return {
    title: product.title,
    pic_url: `https://p3-aio.ecombdimg.com/obj/sandbox/${product.id}-main-1`,
    promotion_price: inYuan(product.priceMinor),
    price: inYuan(product.marketPriceMinor),
    sales: product.sold,
    num_iid: product.id,
    shop_id: product.shop.id,
    nick: product.shop.name,
    detail_url: `https://haohuo.jinritemai.com/views/product/item2?id=${product.id}`,
  };
}

/** An entry of item_search_shop: sales as a text, and nothing that tells the shop. */
export function shopProduct(product: WorldProduct): Record<string, unknown> {
  const { shop_id: _shop, nick: _nick, ...rest } = listedProduct(product);
  return { ...rest, price: inYuan(product.priceMinor), sales: product.soldText };
}

/** An entry of item_search_video, of which only these names are known. */
export function listedPost(post: WorldPost): Record<string, unknown> {
  return {
    title: post.caption,
    num_iid: post.id,
    nick: post.author.name,
    signature: post.author.signature,
    city: '',
    uid: post.author.uid,
    detail_url: `https://www.iesdouyin.com/share/video/${post.id}/?region=&u_code=0&did=${post.author.secUid}&iid=${post.author.secUid}`,
  };
}

/** The account of user_info. Its shape is not published: the platform's own words, where the gateway puts its subjects. */
export function describeUser(author: WorldAuthor): Record<string, unknown> {
  return {
    uid: author.uid,
    sec_uid: author.secUid,
    short_id: author.shortId,
    unique_id: author.handle,
    nickname: author.name,
    signature: author.signature,
    avatar: `https://p3.douyinpic.com/sandbox/avatar-${author.uid}.jpeg`,
    custom_verify: author.verified ? 'verified' : '',
    follower_count: author.followers,
    following_count: author.following,
    total_favorited: author.likes,
    aweme_count: author.posts,
  };
}
