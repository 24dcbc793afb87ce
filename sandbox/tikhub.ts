import type { Platform, WorldAuthor, WorldPost } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, send } from './state.ts';
import { describeAppPost, pageOf } from './app-post.ts';
import { holdsBearer } from './bearer.ts';
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';
import { stringifyWithBareNumbers } from './pages/answer.ts';
import { describeAweme } from './pages/douyin-data.ts';
import { productInfo } from './pages/tiktok-shop.ts';

/** Two addresses of the same service. */
export const tikhubHosts: readonly string[] = ['api.tikhub.io', 'api.tikhub.dev'];

/** Planted where the real service puts the address under which anyone may read the answer: it must turn up nowhere. */
export const plantedCacheUrl = 'https://cache.tikhub.io/api/v1/cache/public/planted-cache-address?sign=plantedsign';

interface Call {
  kind: 'post' | 'posts' | 'product';
  platform: Platform;
  /** The parameters of which one must be given. */
  names: string[];
}

const calls: Record<string, Call> = {
  'tiktok/app/v3/fetch_one_video': { kind: 'post', platform: 'tiktok', names: ['aweme_id'] },
  'douyin/web/fetch_one_video': { kind: 'post', platform: 'douyin', names: ['aweme_id'] },
  'tiktok/app/v3/fetch_user_post_videos': {
    kind: 'posts',
    platform: 'tiktok',
    names: ['sec_user_id', 'unique_id'],
  },
  'douyin/app/v3/fetch_user_post_videos': { kind: 'posts', platform: 'douyin', names: ['sec_user_id'] },
  'tiktok/shop/web/fetch_product_detail': { kind: 'product', platform: 'tiktok', names: ['product_id'] },
};

/** All products of the world's TikTok Shop are sold in this market. */
const market = 'US';

interface Check {
  verdict: string;
  /** The status of a refusal; null when the call is in order. */
  refusal: { status: number; body: unknown } | null;
  itemId: string | null;
}

/** A refusal as its server wraps it. */
function detail(exchange: Exchange, status: number, message: string): { status: number; body: unknown } {
  const { url, state } = exchange;
  return {
    status,
    body: {
      detail: {
        code: status,
        request_id: `th-${state.calls.length}`,
        message,
        message_zh: '请求失败',
        time: '2026-11-20 20:00:00',
        docs: 'https://docs.tikhub.io',
        params: Object.fromEntries(url.searchParams),
      },
    },
  };
}

function invalid(name: string, msg: string): { status: number; body: unknown } {
  return { status: 422, body: { detail: [{ loc: ['query', name], msg, type: 'value_error' }] } };
}

function check(exchange: Exchange, apiName: string): Check {
  const { request, state, url } = exchange;
  const query = url.searchParams;
  const call = calls[apiName];
  const itemId = call?.names.map((name) => query.get(name)).find((value) => value !== null) ?? null;
  const result = (verdict: string, refusal: Check['refusal'] = null): Check => ({ verdict, refusal, itemId });
  if (!call || request.method !== 'GET') return result('unknown_api', { status: 404, body: { detail: 'Not Found' } });
  if (!holdsBearer(request.headers.authorization, state.credentials.tikhub.apiKey))
    return result('wrong_key', detail(exchange, 401, 'Invalid API key'));
  if (!itemId) return result('missing_parameter', invalid(call.names[0] ?? '', 'field required'));
  const count = Number(query.get('count') ?? '20');
  if (call.kind === 'posts' && !(Number.isInteger(count) && count >= 1 && count <= 20))
    return result('bad_parameter', invalid('count', 'ensure this value is less than or equal to 20'));
  return result(isKnown(exchange, apiName, call, itemId) ? 'ok' : 'not_found');
}

function isKnown(exchange: Exchange, apiName: string, call: Call, itemId: string): boolean {
  const { answers, world } = exchange.state;
  if (answers.has(`tikhub/${apiName}`)) return true;
  if (call.kind === 'post') return world.post(itemId)?.platform === call.platform;
  return call.kind === 'posts'
    ? authorOf(exchange, call) !== undefined
    : world.product(itemId)?.platform === 'tiktok' && exchange.url.searchParams.get('region') === market;
}

function authorOf({ state, url }: Exchange, call: Call): WorldAuthor | undefined {
  const secUid = url.searchParams.get('sec_user_id');
  const handle = call.platform === 'tiktok' ? url.searchParams.get('unique_id') : null;
  return state.world.authors.find(
    (author) =>
      author.platform === call.platform && (secUid === null ? author.handle === handle : author.secUid === secUid),
  );
}

function describe(post: WorldPost): Record<string, unknown> {
  return post.platform === 'tiktok' ? describeAppPost(post) : describeAweme(post, true);
}

function answerPost(exchange: Exchange, call: Call, itemId: string, isWrong: boolean): unknown {
  const posts = exchange.state.world.postsOf(call.platform);
  const post = posts.find((candidate) => (candidate.id === itemId) !== isWrong);
  const extra = { now: Date.now(), logid: 'planted' };
  if (!post) return { aweme_detail: null, extra, status_code: 0, status_msg: '' };
  if (post.status === 'withdrawn') {
    const filter_detail = { aweme_id: post.id, filter_reason: 'status_deleted', detail_msg: '' };
    return { aweme_detail: null, filter_detail, extra, status_code: 0, status_msg: '' };
  }
  return { aweme_detail: describe(post), extra, status_code: 0, status_msg: '' };
}

function answerPosts(exchange: Exchange, call: Call): unknown {
  const { state, url } = exchange;
  const author = authorOf(exchange, call);
  // An unknown author is charged as well, and answered within.
  if (!author) return { status_code: 5, status_msg: 'user not found', aweme_list: null };
  const all = state.world.postsOf(call.platform).filter((post) => post.author === author && post.status === 'normal');
  const cursor = url.searchParams.get('max_cursor') ?? '0';
  const found = pageOf(all, cursor, Number(url.searchParams.get('count') ?? '20'));
  const { posts, cursor: next, hasMore } = found ?? { posts: [], cursor, hasMore: false };
  return {
    status_code: 0,
    min_cursor: 0,
    max_cursor: Number(next),
    has_more: hasMore ? 1 : 0,
    aweme_list: posts.map(describe),
    extra: { now: Date.now() },
  };
}

function answerProduct(exchange: Exchange, itemId: string, isWrong: boolean): unknown {
  const { state, url } = exchange;
  const products = state.world.products.filter(({ platform }) => platform === 'tiktok');
  const product = products.find((candidate) => (candidate.id === itemId) !== isWrong);
  if (!product || url.searchParams.get('region') !== market)
    return { code: 0, message: 'success', data: { global_fe_config: {}, components_map: [], global_data: {} } };
  const component_data = { categories: [], error_code: 0, product_info: productInfo(product) };
  const components_map = [{ component_type: 'product_info', component_name: 'product_info', component_data }];
  return { code: 0, message: 'success', data: { global_fe_config: {}, components_map, global_data: {} } };
}

/** Handles one call of TikHub. */
export async function handleTikhub(exchange: Exchange): Promise<void> {
  const { response, state, url, host } = exchange;
  const apiName = /^\/api\/v1\/(.+)$/.exec(url.pathname)?.[1] ?? url.pathname;
  const checked = check(exchange, apiName);
  const fault = takeFault(state, 'tikhub', host, checked.itemId);
  logCall(exchange, 'tikhub', fault, {
    apiName,
    itemId: checked.itemId,
    verdict: checked.verdict,
  });
  if (fault && (await applySharedFault(exchange, fault))) return;

  const sendText = (status: number, text: string, headers?: Record<string, string>): void => {
    send(response, status, jsonType, asFaulty(fault, text), headers);
  };
  const refuse = ({ status, body }: { status: number; body: unknown }, headers?: Record<string, string>): void =>
    sendText(status, JSON.stringify(body), headers);
  if (fault?.kind === 'rate_limit') {
    const headers = fault.retryAfter === undefined ? undefined : { 'retry-after': String(fault.retryAfter) };
    return refuse(detail(exchange, 429, 'Too many requests'), headers);
  }
  if (fault?.kind === 'quota') return refuse(detail(exchange, 402, 'Insufficient balance'));
  if (fault?.kind === 'code') {
    const status = /^[45]\d\d$/.test(fault.code) ? Number(fault.code) : 200;
    return refuse(
      status === 200
        ? { status, body: { code: fault.code, message: fault.reason ?? 'error', data: null } }
        : detail(exchange, status, fault.reason ?? 'error'),
    );
  }
  if (checked.refusal) return refuse(checked.refusal);

  const isWrong = fault?.kind === 'wrong_item';
  const prepared = isWrong ? undefined : state.answers.get(`tikhub/${apiName}`);
  if (prepared !== undefined) return sendText(200, prepared);
  const call = calls[apiName];
  if (!call || checked.itemId === null) return;
  const data =
    call.kind === 'posts'
      ? answerPosts(exchange, call)
      : call.kind === 'post'
        ? answerPost(exchange, call, checked.itemId, isWrong)
        : answerProduct(exchange, checked.itemId, isWrong);
  sendText(
    200,
    stringifyWithBareNumbers({
      code: 200,
      request_id: `th-${state.calls.length}`,
      message: 'Request successful. This request will incur a charge.',
      message_zh: '请求成功，本次请求将被计费。',
      time_stamp: Math.floor(Date.now() / 1000),
      time_zone: 'America/Los_Angeles',
      cache_message: 'This request will be cached, valid for 24 hours.',
      cache_url: plantedCacheUrl,
      router: url.pathname,
      params: Object.fromEntries(url.searchParams),
      data,
    }),
  );
}
