import { createHash } from 'node:crypto';
import type { Fault, WorldAuthor, WorldPost, WorldProduct } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, send } from './state.ts';
import { beijingText } from './beijing.ts';
import { productAt } from './course.ts';
import { applySharedFault, asFaulty, logCall, sendWrongKey, takeFault } from './faults.ts';
import {
  describeUser,
  gatewayOrders,
  listedPost,
  listedProduct,
  postOfShortLink,
  productsOfShop,
  searchPosts,
  searchProducts,
  shopProduct,
} from './gateway-lists.ts';
import { describeProduct } from './gateway-product.ts';
import { describeVideo } from './gateway-video.ts';
import type { Page } from './search.ts';

/** The hosts that answer as the gateway. */
export const gatewayHosts: readonly string[] = [
  'api-gw.onebound.cn',
  'api-1.onebound.cn',
  'api-2.onebound.cn',
  'api-3.onebound.cn',
  'api-4.onebound.cn',
];

const reasons: Record<string, string> = {
  '2000': '没找到',
  '4000': '服务器错误',
  '4001': '网络错误',
  '4002': '目标服务器错误',
  '4003': '参数错误',
  '4004': '账号不存在',
  '4005': '授权失败: secret不正确',
  '4006': 'API已停用',
  '4007': '账号已停用',
  '4008': '并发已达上限',
  '4009': 'API维护中',
  '4010': 'API不存在',
  '4012': '请先添加API',
  '4013': '调用次数已用完',
  '4014': '缺少必要参数',
  '4015': '页面Token错误',
  '4016': '余额不足',
  '4017': 'API请求超时',
  '5000': '未知错误',
};

// The names in the `error` field; where the public samples show none, the code's meaning.
const errorNames: Record<string, string> = {
  '2000': 'item-not-found',
  '4005': 'auth-failed',
  '4010': 'api-not-found',
  '4013': 'quota-used-up',
  '4014': 'missing-parameter',
};

const itemNumber = /^\d{5,20}$/;

/** What each call names its thing by, and what that must look like. */
const subjects = new Map<string, { parameter: string; form: RegExp; isList: boolean }>([
  ['item_get_video', { parameter: 'item_id', form: itemNumber, isList: false }],
  ['item_get', { parameter: 'num_iid', form: itemNumber, isList: false }],
  ['user_info', { parameter: 'sec_uid', form: /^MS4wLjABAAAA[\w-]{32,64}$/, isList: false }],
  ['item_password', { parameter: 'word', form: /\S/, isList: false }],
  ['item_search', { parameter: 'q', form: /\S/, isList: true }],
  ['item_search_video', { parameter: 'q', form: /\S/, isList: true }],
  ['item_search_shop', { parameter: 'shopid', form: /^\w{2,40}$/, isList: true }],
]);

interface Check {
  /** 'ok', 'not_found', or the name of the refusal. */
  verdict: string;
  code: string;
  itemId: string | null;
}

function pageNumber(exchange: Exchange): number {
  const text = exchange.url.searchParams.get('page') ?? '1';
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
}

function check(exchange: Exchange, platform: string, apiName: string): Check {
  const { credentials } = exchange.state;
  const query = exchange.url.searchParams;
  const subject = subjects.get(apiName);
  const itemId = subject === undefined ? null : query.get(subject.parameter);
  if (query.get('key') !== credentials.gateway.key) return { verdict: 'wrong_key', code: '4004', itemId };
  if (query.get('secret') !== credentials.gateway.secret) return { verdict: 'wrong_secret', code: '4005', itemId };
  if (platform !== 'douyin' || subject === undefined) return { verdict: 'unknown_api', code: '4010', itemId };
  if (itemId === null || itemId === '') return { verdict: 'missing_parameter', code: '4014', itemId };
  const isWellAsked = subject.form.test(itemId) && gatewayOrders.includes(query.get('sort') ?? '');
  if (!isWellAsked) return { verdict: 'bad_parameter', code: '4003', itemId };
  if (subject.isList && pageNumber(exchange) === 0) return { verdict: 'bad_parameter', code: '4015', itemId };
  return { verdict: isKnown(exchange, apiName, itemId) ? 'ok' : 'not_found', code: '0000', itemId };
}

/** The entries that a list call would give; null where the call is no list. */
function listOf(exchange: Exchange, apiName: string, itemId: string): Page<Record<string, unknown>> | null {
  const { world } = exchange.state;
  const page = pageNumber(exchange);
  const described = <Thing>(found: Page<Thing>, describe: (thing: Thing) => Record<string, unknown>) => ({
    ...found,
    things: found.things.map(describe),
  });
  const order = exchange.url.searchParams.get('sort') ?? '';
  if (apiName === 'item_search') return described(searchProducts(world, itemId, order, page), listedProduct);
  if (apiName === 'item_search_video') return described(searchPosts(world, itemId, page), listedPost);
  return apiName === 'item_search_shop' ? described(productsOfShop(world, itemId, page), shopProduct) : null;
}

function authorOf(exchange: Exchange, secUid: string): WorldAuthor | undefined {
  return exchange.state.world.authors.find((author) => author.platform === 'douyin' && author.secUid === secUid);
}

function isKnown(exchange: Exchange, apiName: string, itemId: string): boolean {
  const { answers, world } = exchange.state;
  if (answers.has(`gateway/${apiName}`)) return true;
  if (apiName === 'item_get') return world.product(itemId)?.platform === 'douyin';
  if (apiName === 'user_info') return authorOf(exchange, itemId) !== undefined;
  const list = listOf(exchange, apiName, itemId);
  if (list) return list.total > 0;
  const post = apiName === 'item_password' ? postOfShortLink(world, itemId) : world.post(itemId);
  return post?.platform === 'douyin' && post.status === 'normal';
}

/** What every answer of the gateway carries beside the item. */
function envelope(exchange: Exchange, parameters: Record<string, string>) {
  const today = exchange.state.gatewayCallsToday;
  return {
    api_info: `today:${today} max:10100 all[${today + 50}=${today}+19+31];expires:2030-12-31`,
    execution_time: (0.04 + (today % 9) / 50).toFixed(3),
    server_time: `Beijing/${beijingText(exchange.state.now())}`,
    // From the block that is reserved for documentation.
    client_ip: '203.0.113.77',
    call_args: parameters,
    api_type: 'douyin',
    translate_language: exchange.url.searchParams.get('lang') === 'en' ? 'en' : 'zh-CN',
    translate_engine: 'google_new',
    server_memory: '3.04MB',
    request_id: `gw-1.${createHash('md5').update(`${today}`).digest('hex').slice(0, 13)}`,
    last_id: String(1_038_207_000 + today),
  };
}

function failure(exchange: Exchange, code: string, reason: string): string {
  const { api_info, execution_time, server_time, api_type, request_id } = envelope(exchange, {});
  return JSON.stringify({
    error: errorNames[code] ?? `error-${code}`,
    reason,
    error_code: code,
    success: 0,
    cache: 0,
    api_info,
    execution_time: Number(execution_time),
    server_time,
    call_args: [],
    api_type,
    request_id,
  });
}

function answerVideo(exchange: Exchange, post: WorldPost): string {
  const item = describeVideo(post, exchange.url.searchParams.get('lang') === 'en');
  return JSON.stringify({
    item,
    error: '',
    reason: '',
    error_code: '0000',
    cache: 0,
    ...envelope(exchange, {}),
    call_args: [],
  });
}

/** The answer of the cache, or a new one that goes there. The cache keeps what was seen, with the time. */
function throughCache(exchange: Exchange, name: string, see: (now: number) => Record<string, unknown>) {
  const { productCache } = exchange.state;
  const now = Math.floor(exchange.state.now() / 1000);
  const cached = exchange.url.searchParams.get('cache') === 'no' ? undefined : productCache.get(name);
  const entry = cached ?? { time: now, item: see(now) };
  productCache.set(name, entry);
  const cacheFields = cached
    ? {
        secache: createHash('md5').update(name).digest('hex'),
        secache_time: cached.time,
        secache_date: beijingText(cached.time * 1000),
      }
    : {};
  return { seen: entry.item, cacheFields, cache: cached ? 1 : 0 };
}

/** An answer of its cache that nobody asked for: others ask for the same things, and at other times. */
function fromOthers({ state }: Exchange, product: WorldProduct, ageMs: number) {
  const time = Math.floor((state.now() - ageMs) / 1000);
  const then = productAt(product, state.courses.get(product.id)?.course, time * 1000);
  const secache = createHash('md5').update(product.id).digest('hex');
  const cacheFields = { secache, secache_time: time, secache_date: beijingText(time * 1000) };
  return { seen: describeProduct(then, time), cacheFields, cache: 1 };
}

function answerProduct(exchange: Exchange, product: WorldProduct, fault: Fault | null): string {
  const { seen, cacheFields, cache } =
    fault?.kind === 'cached'
      ? fromOthers(exchange, product, fault.ageMs)
      : throughCache(exchange, product.id, (now) => describeProduct(product, now));
  return JSON.stringify({
    item: seen,
    ...cacheFields,
    error: '',
    reason: '',
    error_code: '0000',
    cache,
    ...envelope(exchange, { num_iid: product.id }),
  });
}

function answerUser(exchange: Exchange, author: WorldAuthor): string {
  const success = { error: '', reason: '', error_code: '0000', cache: 0 };
  return JSON.stringify({ item: describeUser(author), ...success, ...envelope(exchange, {}), call_args: [] });
}

/** A page beyond the last has no list at all, although its code is 0000. */
function answerList(exchange: Exchange, apiName: string, itemId: string, list: Page<Record<string, unknown>>): string {
  const { page, pageSize, pageCount, total } = list;
  const name = JSON.stringify([apiName, itemId, page, exchange.url.searchParams.get('sort')]);
  const { seen, cacheFields, cache } = throughCache(exchange, name, () =>
    list.things.length > 0 ? { item: list.things } : {},
  );
  const numbers = {
    page: String(page),
    real_total_results: total,
    total_results: total,
    page_size: pageSize,
    pagecount: pageCount,
  };
  const end = { ...cacheFields, error: '', reason: '', error_code: '0000', cache };
  // Three forms: beside its page numbers, under `items` with them, and under `items` without any.
  if (apiName === 'item_search_video')
    return JSON.stringify({ ...numbers, ...seen, ...end, ...envelope(exchange, {}), call_args: [] });
  if (apiName === 'item_search')
    return JSON.stringify({ items: { ...numbers, ...seen }, ...end, ...envelope(exchange, { q: itemId }) });
  return JSON.stringify({ user: null, items: seen, ...end, ...envelope(exchange, {}), call_args: [] });
}

function answerFromWorld(exchange: Exchange, apiName: string, itemId: string, fault: Fault | null): string {
  const { world } = exchange.state;
  const isAsked = (is: boolean): boolean => is !== (fault?.kind === 'wrong_item');
  const nothing = failure(exchange, '2000', apiName === 'item_get' ? '商品没找到' : '没找到');
  const list = listOf(exchange, apiName, itemId);
  if (list) return list.total > 0 ? answerList(exchange, apiName, itemId, list) : nothing;
  if (apiName === 'user_info') {
    const authors = world.authors.filter((candidate) => candidate.platform === 'douyin');
    const author = authors.find((candidate) => isAsked(candidate.secUid === itemId));
    return author ? answerUser(exchange, author) : nothing;
  }
  if (apiName === 'item_get') {
    const goods = world.products.filter((candidate) => candidate.platform === 'douyin');
    const product = goods.find((candidate) => isAsked(candidate.id === itemId));
    return product ? answerProduct(exchange, product, fault) : nothing;
  }
  const id = apiName === 'item_password' ? postOfShortLink(world, itemId)?.id : itemId;
  const post = world.postsOf('douyin').find((candidate) => isAsked(candidate.id === id));
  return post?.status === 'normal' ? answerVideo(exchange, post) : nothing;
}

/** Handles one call of the gateway for Douyin. */
export async function handleGateway(exchange: Exchange): Promise<void> {
  const { response, state, url, host } = exchange;
  const [, platform = '', apiName = ''] = /^\/([\w-]+)\/([\w-]+)\/?$/.exec(url.pathname) ?? [];
  const checked = check(exchange, platform, apiName);
  const fault = takeFault(state, 'gateway', host, checked.itemId);
  state.gatewayCallsToday += 1;
  logCall(exchange, 'gateway', fault, {
    apiName,
    itemId: checked.itemId,
    verdict: checked.verdict,
  });
  if (fault && (await applySharedFault(exchange, fault))) return;

  const sendJson = (status: number, text: string, headers?: Record<string, string>): void => {
    send(response, status, jsonType, asFaulty(fault, text), headers);
  };
  if (fault?.kind === 'rate_limit') {
    const headers = fault.retryAfter === undefined ? undefined : { 'retry-after': String(fault.retryAfter) };
    return sendJson(429, failure(exchange, '4008', reasons['4008'] ?? ''), headers);
  }
  // The real reason text contains the key of the caller.
  if (fault?.kind === 'quota')
    return sendJson(200, failure(exchange, '4013', `Key[${url.searchParams.get('key') ?? ''}]已超量`));
  if (fault?.kind === 'code')
    return sendJson(200, failure(exchange, fault.code, fault.reason ?? reasons[fault.code] ?? ''));
  if (checked.verdict === 'wrong_key') return sendWrongKey(exchange);
  if (checked.code !== '0000' || checked.itemId === null) {
    return sendJson(200, failure(exchange, checked.code, reasons[checked.code] ?? ''));
  }
  const prepared = fault?.kind === 'wrong_item' ? undefined : state.answers.get(`gateway/${apiName}`);
  sendJson(200, prepared ?? answerFromWorld(exchange, apiName, checked.itemId, fault));
}
