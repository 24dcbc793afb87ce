import { createHash } from 'node:crypto';
import type { Fault, WorldPost, WorldProduct } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, requestHeaders, send } from './state.ts';
import { beijingText } from './beijing.ts';
import { applySharedFault, faultName, sendWrongKey, takeFault } from './faults.ts';
import { describeProduct } from './gateway-product.ts';
import { describeVideo } from './gateway-video.ts';

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

const itemParameter: Record<string, string> = { item_get_video: 'item_id', item_get: 'num_iid' };

interface Check {
  /** 'ok', 'not_found', or the name of the refusal. */
  verdict: string;
  code: string;
  itemId: string | null;
}

function check(exchange: Exchange, platform: string, apiName: string): Check {
  const { credentials } = exchange.state;
  const query = exchange.url.searchParams;
  const parameter = itemParameter[apiName];
  const itemId = parameter === undefined ? null : query.get(parameter);
  if (query.get('key') !== credentials.gateway.key) return { verdict: 'wrong_key', code: '4004', itemId };
  if (query.get('secret') !== credentials.gateway.secret) return { verdict: 'wrong_secret', code: '4005', itemId };
  if (platform !== 'douyin' || parameter === undefined) return { verdict: 'unknown_api', code: '4010', itemId };
  if (itemId === null || itemId === '') return { verdict: 'missing_parameter', code: '4014', itemId };
  if (!/^\d{5,20}$/.test(itemId)) return { verdict: 'bad_parameter', code: '4003', itemId };
  return { verdict: isKnown(exchange, apiName, itemId) ? 'ok' : 'not_found', code: '0000', itemId };
}

function isKnown(exchange: Exchange, apiName: string, itemId: string): boolean {
  const { answers, world } = exchange.state;
  if (answers.has(`gateway/${apiName}`)) return true;
  if (apiName === 'item_get') return world.product(itemId)?.platform === 'douyin';
  const post = world.post(itemId);
  return post?.platform === 'douyin' && post.status === 'normal';
}

/** What every answer of the gateway carries beside the item. */
function envelope(exchange: Exchange, parameters: Record<string, string>) {
  const today = exchange.state.gatewayCallsToday;
  return {
    api_info: `today:${today} max:10100 all[${today + 50}=${today}+19+31];expires:2030-12-31`,
    execution_time: (0.04 + (today % 9) / 50).toFixed(3),
    server_time: `Beijing/${beijingText(Date.now())}`,
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

function answerProduct(exchange: Exchange, product: WorldProduct): string {
  const { state } = exchange;
  const now = Math.floor(Date.now() / 1000);
  const wantsFresh = exchange.url.searchParams.get('cache') === 'no';
  const cached = wantsFresh ? undefined : state.productCache.get(product.id);
  const entry = cached ?? { time: now, item: describeProduct(product, now) };
  state.productCache.set(product.id, entry);
  const cacheFields = cached
    ? {
        secache: createHash('md5').update(product.id).digest('hex'),
        secache_time: cached.time,
        secache_date: beijingText(cached.time * 1000),
      }
    : {};
  return JSON.stringify({
    item: entry.item,
    ...cacheFields,
    error: '',
    reason: '',
    error_code: '0000',
    cache: cached ? 1 : 0,
    ...envelope(exchange, { num_iid: product.id }),
  });
}

function answerFromWorld(exchange: Exchange, apiName: string, itemId: string, fault: Fault | null): string {
  const { world } = exchange.state;
  const wrongItem = fault?.kind === 'wrong_item';
  if (apiName === 'item_get_video') {
    const posts = world.postsOf('douyin');
    const post = posts.find((candidate) => (candidate.id === itemId) !== wrongItem);
    return post?.status === 'normal' ? answerVideo(exchange, post) : failure(exchange, '2000', '没找到');
  }
  const product = world.products.find(
    (candidate) => candidate.platform === 'douyin' && (candidate.id === itemId) !== wrongItem,
  );
  return product ? answerProduct(exchange, product) : failure(exchange, '2000', '商品没找到');
}

/** Handles one call of the gateway for Douyin videos and products. */
export async function handleGateway(exchange: Exchange): Promise<void> {
  const { request, response, state, url, host } = exchange;
  const [, platform = '', apiName = ''] = /^\/([\w-]+)\/([\w-]+)\/?$/.exec(url.pathname) ?? [];
  const checked = check(exchange, platform, apiName);
  const fault = takeFault(state, 'gateway', host, checked.itemId);
  state.gatewayCallsToday += 1;
  state.calls.push({
    time: Date.now(),
    host,
    path: url.pathname,
    method: request.method ?? 'GET',
    api: 'gateway',
    apiName,
    itemId: checked.itemId,
    verdict: fault ? faultName(fault) : checked.verdict,
    checked: checked.verdict,
    parameters: Object.fromEntries(url.searchParams),
    headers: requestHeaders(request),
  });
  if (fault && (await applySharedFault(exchange, fault))) return;

  const sendJson = (status: number, text: string, headers?: Record<string, string>): void => {
    const cut = fault?.kind === 'truncated' ? text.slice(0, Math.floor(text.length / 2)) : text;
    send(response, status, jsonType, cut, headers);
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
