import { createHash, createHmac } from 'node:crypto';
import type { Fault, WorldProduct } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, send } from './state.ts';
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';

const host = 'open.douyin.com';
/** The call under its two published paths. */
const apiNames: Record<string, string> = {
  '/api/product/detail': 'product/detail',
  '/open/api/v1/product/info': 'product/info',
};

/** Whether a request is for the open platform: other addresses of its host are pages. */
export function isOpenPlatform(requestHost: string, path: string): boolean {
  return requestHost === host && Object.hasOwn(apiNames, path);
}

const messages: Record<string, string> = {
  '10001': '参数错误',
  '10002': '签名错误',
  '10003': '商品不存在或已下架',
  '10004': '请求过于频繁',
  '10005': '无权限',
  '10006': '系统内部错误',
};

const toleranceSeconds = 300;

interface Check {
  /** 'ok', 'not_found', or the name of the refusal. */
  verdict: string;
  code: number;
  message: string;
  itemId: string | null;
  product: WorldProduct | undefined;
}

/** The parameters of a query, a form or a JSON object of texts; null: none of these, or one is named twice. */
function readParameters(exchange: Exchange): Record<string, string> | null {
  const { request, url, body } = exchange;
  const isPost = request.method === 'POST';
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
  if (isPost && url.search !== '') return null;
  if (isPost && type === 'application/json') {
    try {
      const parsed: unknown = JSON.parse(body.toString('utf8'));
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
      return Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]));
    } catch {
      return null;
    }
  }
  if (isPost && type !== 'application/x-www-form-urlencoded') return null;
  const given = isPost ? new URLSearchParams(body.toString('utf8')) : url.searchParams;
  const names = [...given.keys()];
  return new Set(names).size === names.length ? Object.fromEntries(given) : null;
}

/**
 * Whether `sign` belongs to the parameters: MD5 over the secret, every name and value in the order of the names, and the
 * secret again; or with `sign_method=hmac-sha256` the HMAC over names and values alone. Written from the published
 * formula, and independent of the extension's signer. The order of UTF-8 bytes is that of code points.
 */
function isSigned(parameters: Record<string, string>, secret: string): boolean {
  const names = Object.keys(parameters)
    .filter((name) => name !== 'sign')
    .sort((left, right) => Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8')));
  let text = '';
  for (const name of names) text += `${name}${parameters[name] ?? ''}`;
  const digest =
    parameters['sign_method'] === 'hmac-sha256'
      ? createHmac('sha256', secret).update(text, 'utf8')
      : createHash('md5').update(`${secret}${text}${secret}`, 'utf8');
  return parameters['sign'] === digest.digest('hex').toUpperCase();
}

function skuIdOf(product: WorldProduct, index: number): string {
  return `17${product.id.slice(-14)}${String(index + 1).padStart(3, '0')}`;
}

/** Every combination of the options' values. */
function combinationsOf(product: WorldProduct): { name: string; value: string }[][] {
  return product.options.reduce<{ name: string; value: string }[][]>(
    (combinations, { name, values }) =>
      combinations.flatMap((combination) => values.map((value) => [...combination, { name, value }])),
    [[]],
  );
}

function findProduct(exchange: Exchange, parameters: Record<string, string>): WorldProduct | undefined {
  const { products } = exchange.state.world;
  const onSale = products.filter(({ platform, status }) => platform === 'douyin' && status === 'on_sale');
  const { product_id: productId, sku_id: skuId } = parameters;
  return onSale.find((product) =>
    productId === undefined
      ? combinationsOf(product).some((_unused, index) => skuIdOf(product, index) === skuId)
      : product.id === productId,
  );
}

function check(exchange: Exchange, parameters: Record<string, string> | null): Check {
  const { appKey, appSecret } = exchange.state.credentials.openPlatform;
  const itemId = parameters?.['product_id'] ?? parameters?.['sku_id'] ?? null;
  const result = (verdict: string, code: number, words = ''): Check => ({
    verdict,
    code,
    message: code === 0 ? 'success' : `${messages[String(code)] ?? ''}${words}`,
    itemId,
    product: parameters ? findProduct(exchange, parameters) : undefined,
  });
  if (exchange.request.method !== 'GET' && exchange.request.method !== 'POST') return result('bad_method', 10001);
  if (!parameters) return result('bad_body', 10001);
  if (parameters['app_key'] !== appKey) return result('wrong_key', 10002, ': app_key');
  if (!['md5', 'hmac-sha256'].includes(parameters['sign_method'] ?? 'md5'))
    return result('bad_parameter', 10001, ': sign_method');
  if (!isSigned(parameters, appSecret)) return result('bad_sign', 10002);
  const timestamp = parameters['timestamp'] ?? '';
  if (!/^\d{10}$/.test(timestamp)) return result('bad_timestamp', 10001, ': timestamp');
  if (Math.abs(exchange.state.now() / 1000 - Number(timestamp)) > toleranceSeconds)
    return result('stale_timestamp', 10002, ': timestamp已过期');
  if (itemId === null || itemId === '') return result('missing_parameter', 10001, ': product_id');
  if (!/^\d{5,20}$/.test(itemId)) return result('bad_parameter', 10001, ': product_id');
  const isPrepared = exchange.state.answers.has(`open-platform/${apiNames[exchange.url.pathname] ?? ''}`);
  return isPrepared || findProduct(exchange, parameters) ? result('ok', 0) : result('not_found', 10003);
}

/** The product in the shape of the published sample; `fields` leaves out all that it does not name. */
function describe(product: WorldProduct, fields: string | undefined): Record<string, unknown> {
  const [first, second] = product.categories;
  const skus = combinationsOf(product);
  const data: Record<string, unknown> = {
    product_id: product.id,
    product_name: product.title,
    category: {
      cat_id: second?.id ?? first?.id ?? 0,
      cat_name: second?.name ?? first?.name ?? '',
      parent_id: first?.id,
    },
    price_info: {
      original_price: product.marketPriceMinor,
      sale_price: product.priceMinor,
      currency: product.currency,
      price_unit: '分',
    },
    inventory: { total_stock: skus.length * 100, available_stock: product.stock ?? skus.length * 80 },
    images: Array.from({ length: product.imageCount }, (_unused, index) => ({
      url: `https://p3.douyinpic.com/img/sandbox-${product.id}-${index + 1}~noop.webp?x-expires=1795600000`,
      width: 800,
      height: 800,
    })),
    sku_list: skus.map((combination, index) => ({
      sku_id: skuIdOf(product, index),
      sku_name: combination.map(({ value }) => value).join('-'),
      price: index === 0 ? product.priceMinor : product.maximumPriceMinor,
      stock: 80,
      properties: combination.map(({ name, value }) => ({ prop_name: name, value })),
    })),
    sales_info: { total_sales: product.sold, month_sales: Math.round(product.sold / 12), unit: '件' },
    shop_info: { shop_id: product.shop.id, shop_name: product.shop.name, shop_score: product.score.product },
    logistics: { template_id: 'tpl_001', free_shipping: true, dispatch_city: '杭州市' },
    status: 1,
    create_time: '2026-01-15T10:30:00Z',
    update_time: '2026-11-20T08:00:00Z',
  };
  if (fields === undefined) return data;
  const wanted = fields.split(',');
  return Object.fromEntries(Object.entries(data).filter(([name]) => wanted.includes(name)));
}

/** The code and the words of a fault that this API has a form of its own for; null: it has none. */
function ownFault(fault: Fault | null, appKey: string): { code: number | string; message: string } | null {
  if (fault?.kind === 'rate_limit') return { code: 10004, message: messages['10004'] ?? '' };
  if (fault?.kind === 'quota') return { code: 10004, message: `app_key[${appKey}]超过当日调用上限` };
  if (fault?.kind !== 'code') return null;
  const code = /^\d+$/.test(fault.code) ? Number(fault.code) : fault.code;
  return { code, message: fault.reason ?? messages[fault.code] ?? 'error' };
}

/** Handles one call of the product detail of Douyin's open platform. */
export async function handleOpenPlatform(exchange: Exchange): Promise<void> {
  const { response, state, url } = exchange;
  const apiName = apiNames[url.pathname] ?? url.pathname;
  const parameters = readParameters(exchange);
  const checked = check(exchange, parameters);
  const fault = takeFault(state, 'open-platform', exchange.host, checked.itemId);
  logCall(exchange, 'open-platform', fault, {
    apiName,
    itemId: checked.itemId,
    verdict: checked.verdict,
    parameters: parameters ?? {},
  });
  if (fault && (await applySharedFault(exchange, fault))) return;

  const sendText = (text: string, headers?: Record<string, string>): void => {
    send(response, 200, jsonType, asFaulty(fault, text), headers);
  };
  const own = ownFault(fault, parameters?.['app_key'] ?? '');
  if (own) {
    const wait = fault?.kind === 'rate_limit' ? fault.retryAfter : undefined;
    // The status stays 200: the platform tells errors by the code alone.
    return sendText(JSON.stringify(own), wait === undefined ? undefined : { 'retry-after': String(wait) });
  }
  if (checked.verdict !== 'ok') return sendText(JSON.stringify({ code: checked.code, message: checked.message }));
  const prepared = state.answers.get(`open-platform/${apiName}`);
  if (prepared !== undefined && fault?.kind !== 'wrong_item') return sendText(prepared);
  const other = state.world.products.find(
    ({ platform, id }) => platform === 'douyin' && id !== checked.product?.id && id !== checked.itemId,
  );
  const product = fault?.kind === 'wrong_item' ? other : checked.product;
  const data = product ? describe(product, parameters?.['fields']) : {};
  sendText(JSON.stringify({ code: 0, message: 'success', data }));
}
