/** What TikTok's Research API answers, made from the sandbox's world. */
import type { WorldAuthor, WorldComment, WorldPost, WorldProduct } from './types.ts';
import type { Exchange } from './state.ts';
import { countOf, findVideos, indexOf, InvalidParameters } from './tiktok-research-query.ts';

export type Json = Record<string, unknown>;

/** The searches so far: the pages of one are only given to who names it. */
export interface Searches {
  searches: Map<string, { question: string; found: WorldPost[] }>;
  /** Whether a search has been found not ready: that happens once. */
  hasWaited: boolean;
}

/** An id that is written as a bare number of 64 bits. */
class BareNumber {
  readonly digits: string;
  constructor(digits: string) {
    this.digits = digits;
  }
  toJSON(): string {
    return `#bare#${this.digits}#`;
  }
}

const bare = (id: string): BareNumber | undefined => (/^\d+$/.test(id) ? new BareNumber(id) : undefined);

export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(/"#bare#(\d+)#"/g, '$1');
}

export function describeVideo(post: WorldPost): Json {
  return {
    id: bare(post.id),
    create_time: post.createdAt,
    username: post.author.handle,
    region_code: post.country,
    video_description: post.caption,
    music_id: bare(post.music.id),
    like_count: post.counts.likes,
    comment_count: post.counts.comments,
    share_count: post.counts.shares,
    view_count: post.counts.plays ?? 0,
    favorites_count: post.counts.saves,
    hashtag_names: post.hashtags.map((tag) => tag.toLowerCase()),
    hashtag_info_list: post.hashtags.map((tag) => ({
      hashtag_id: 100_000 + tag.length,
      hashtag_name: tag.toLowerCase(),
      hashtag_description: '',
    })),
    video_mention_list: post.mentions,
    effect_ids: [],
    playlist_id: post.collection ? bare(post.collection.id) : undefined,
    voice_to_text: post.language === 'en' && post.kind === 'video' ? `Spoken in ${post.author.name}'s video.` : '',
    is_stem_verified: false,
    video_duration: post.durationMs / 1000,
    video_tag: post.flags.aiGenerated ? { video_tag_type: 'AIGC Type', video_tag_number: 2 } : undefined,
  };
}

function describeUser(author: WorldAuthor): Json {
  return {
    display_name: author.name,
    bio_description: author.signature,
    avatar_url: `https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${author.uid}.jpeg`,
    is_verified: author.verified,
    follower_count: author.followers,
    following_count: author.following,
    likes_count: author.likes,
    video_count: author.posts,
    bio_url: '',
  };
}

function describeComment(comment: WorldComment, post: WorldPost): Json {
  return {
    id: bare(comment.id),
    video_id: bare(post.id),
    text: comment.text,
    like_count: comment.likes,
    reply_count: comment.replies,
    parent_comment_id: bare(comment.parent ?? post.id),
    create_time: comment.createdAt,
  };
}

function describeProduct(product: WorldProduct): Json {
  const price = (minor: number): string => `${(minor / 100).toFixed(2)}${product.currency}`;
  return {
    product_id: bare(product.id),
    product_name: product.title,
    product_description: Object.entries(product.attributes)
      .map((pair) => pair.join(': '))
      .join('\n'),
    product_price: [...new Set([price(product.priceMinor), price(product.maximumPriceMinor)])],
    product_sold_count: product.sold,
    product_review_count: product.reviewCount,
    product_rating: String(product.rating),
    product_rating_5_count: product.reviewCount,
  };
}

/** Only what was asked for is given. */
function pick(value: Json, fields: string[], all: string[]): Json {
  const unknown = fields.find((field) => !all.includes(field));
  if (unknown !== undefined) throw new InvalidParameters(`field ${unknown} is unknown`);
  return Object.fromEntries(fields.filter((field) => value[field] !== undefined).map((field) => [field, value[field]]));
}

const videoFields =
  'id,video_description,create_time,region_code,share_count,view_count,like_count,comment_count,music_id,hashtag_names,username,effect_ids,playlist_id,voice_to_text,is_stem_verified,favorites_count,video_duration,hashtag_info_list,sticker_info_list,effect_info_list,video_mention_list,video_label,video_tag'.split(
    ',',
  );
const commentFields = 'id,video_id,text,like_count,reply_count,parent_comment_id,create_time'.split(',');
const userFields =
  'display_name,bio_description,avatar_url,is_verified,follower_count,following_count,likes_count,video_count,bio_url'.split(
    ',',
  );
const shopFields = 'shop_name,shop_rating,shop_review_count,item_sold_count,shop_id,shop_performance_value'.split(',');
const productFields =
  'product_id,product_name,product_description,product_price,product_sold_count,product_review_count,product_rating,product_rating_1_count,product_rating_2_count,product_rating_3_count,product_rating_4_count,product_rating_5_count'.split(
    ',',
  );

export interface Question {
  exchange: Exchange;
  searches: Searches;
  body: Json;
  fields: string[];
}

/** Fewer than anybody asks for, as the real API may give: who takes a short page for the last one misses what follows. */
const pageLength = 2;

function queryVideos({ exchange, body, fields, searches: research }: Question): Json {
  const count = countOf(body, 'max_count', 20, 100);
  const cursor = indexOf(body, 'cursor');
  const question = JSON.stringify([body['query'], body['start_date'], body['end_date']]);
  const given = body['search_id'];
  let searchId = typeof given === 'string' ? given : '';
  if (given === undefined) {
    if (cursor > 0) throw new InvalidParameters('Invalid count or cursor');
    searchId = String(7_400_000_000_000_000_000n + BigInt(research.searches.size + 1));
    research.searches.set(searchId, { question, found: findVideos(exchange.state.world, body) });
  }
  const search = research.searches.get(searchId);
  const isReady = research.hasWaited || given === undefined;
  if (!isReady) research.hasWaited = true;
  if (!search || search.question !== question || !isReady)
    throw new InvalidParameters(`Search Id ${searchId} is invalid or expired`);
  const next = cursor + Math.min(count, pageLength);
  const videos = search.found
    .slice(cursor, next)
    // Left out of its page, which is then shorter than was asked for.
    .filter((post) => post.status === 'normal')
    .map((post) => pick(describeVideo(post), fields, videoFields));
  return {
    videos,
    cursor: Math.min(next, search.found.length),
    has_more: next < search.found.length,
    search_id: searchId,
  };
}

function listComments({ exchange, body, fields }: Question): Json {
  const { world } = exchange.state;
  const [video, parent] = [body['video_id'], body['comment_id']];
  if ((video === undefined) === (parent === undefined))
    throw new InvalidParameters('either video_id or comment_id is required');
  const count = countOf(body, 'max_count', 10, 100);
  const cursor = indexOf(body, 'cursor');
  const post = world
    .postsOf('tiktok')
    .find(({ id, comments }) => id === video || comments.some((comment) => comment.id === parent));
  const above = post?.comments.find(({ id }) => id === parent);
  const all = above ? world.repliesTo(above) : (post?.comments ?? []);
  const comments = post
    ? all.slice(cursor, cursor + count).map((comment) => pick(describeComment(comment, post), fields, commentFields))
    : [];
  return { comments, cursor: cursor + comments.length, has_more: cursor + count < all.length };
}

function describeAccount({ exchange, body, fields }: Question): Json {
  const author = exchange.state.world.authors.find(
    ({ platform, handle }) => platform === 'tiktok' && handle === body['username'],
  );
  if (!author) throw new InvalidParameters(`username ${String(body['username'])} is invalid: cannot find the user`);
  return pick(describeUser(author), fields, userFields);
}

function findShops({ exchange, body, fields }: Question): Json {
  const name = body['shop_name'];
  if (typeof name !== 'string' || name === '') throw new InvalidParameters('shop_name is required');
  const limit = countOf(body, 'limit', 10, 10);
  const products = exchange.state.world.products.filter(({ platform }) => platform === 'tiktok');
  const shops = new Map(products.map(({ shop }) => [shop.id, shop]));
  const found = [...shops.values()].filter((shop) => shop.name.toLowerCase().includes(name.toLowerCase()));
  const describe = (id: string, shopName: string): Json => {
    const own = products.filter(({ shop }) => shop.id === id);
    return {
      shop_id: bare(id),
      shop_name: shopName,
      shop_rating: String(own[0]?.score.service ?? ''),
      shop_review_count: own.reduce((sum, { reviewCount }) => sum + reviewCount, 0),
      item_sold_count: own.reduce((sum, { sold }) => sum + sold, 0),
      shop_performance_value: 90,
    };
  };
  return {
    shop_data: found.slice(0, limit).map(({ id, name: shopName }) => pick(describe(id, shopName), fields, shopFields)),
  };
}

function listProducts({ exchange, body, fields }: Question): Json {
  const shopId = body['shop_id'];
  if (typeof shopId !== 'string') throw new InvalidParameters('shop_id is required');
  const size = countOf(body, 'page_size', 10, 10);
  const page = countOf(body, 'page_start', 1, 100_000);
  const own = exchange.state.world.products.filter(({ platform, shop }) => platform === 'tiktok' && shop.id === shopId);
  const shown = own.slice((page - 1) * size, page * size);
  return { product_data: shown.map((product) => pick(describeProduct(product), fields, productFields)) };
}

/** The calls below /v2/research/ by their paths. `answer` throws InvalidParameters; `itemId`: whom a call is about. */
export const tiktokResearchCalls: Record<
  string,
  { answer: (question: Question) => Json; itemId: (body: Json) => unknown }
> = {
  'video/query': { answer: queryVideos, itemId: askedVideo },
  'video/comment/list': { answer: listComments, itemId: (body) => body['video_id'] ?? body['comment_id'] },
  'user/info': { answer: describeAccount, itemId: (body) => body['username'] },
  'tts/shop': { answer: findShops, itemId: (body) => body['shop_name'] },
  'tts/product': { answer: listProducts, itemId: (body) => body['shop_id'] },
};

/** The one video that a query is for; null: it is for more. */
function askedVideo(body: Json): unknown {
  return /"field_name":"video_id","field_values":\["(\d+)"\]/.exec(JSON.stringify(body['query'] ?? null))?.[1] ?? null;
}
