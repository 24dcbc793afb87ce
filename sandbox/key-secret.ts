import type { WorldPost } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, send } from './state.ts';
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';
import { findByWords, pageOf } from './search.ts';
import { parseParameters, pythonText, verifySign } from './sign.ts';

export const keySecretHost = 'gateway.keysecret.test';

const fiveMinutes = 5 * 60 * 1000;
const searchName = 'item_search_video';
const searchPageSize = 10;

interface Check {
  verdict: string;
  /** The refusal; null when the call is in order. */
  refusal: { code: number; msg: string } | null;
  itemId: string | null;
  post: WorldPost | undefined;
}

/** What the call is about: a post, or the words of a search. */
function itemIdOf(parameters: Record<string, unknown>, apiName: string): string | null {
  if (apiName === searchName) return typeof parameters['q'] === 'string' ? parameters['q'] : null;
  for (const name of ['video_id', 'item_id']) {
    const value = parameters[name];
    if (value !== undefined && value !== null) return pythonText(value);
  }
  const link = parameters['share_url'];
  return typeof link === 'string' ? (/\/(?:video|photo)\/(\d+)/.exec(link)?.[1] ?? null) : null;
}

function check(exchange: Exchange, apiName: string, parameters: Record<string, unknown> | null): Check {
  const { credentials, world } = exchange.state;
  const itemId = parameters ? itemIdOf(parameters, apiName) : null;
  const result = (verdict: string, code: number, msg: string): Check => ({
    verdict,
    refusal: code === 0 ? null : { code, msg },
    itemId,
    post: itemId === null ? undefined : world.post(itemId),
  });
  if (exchange.request.method !== 'POST') return result('bad_method', 40500, 'method not allowed, use POST');
  if (!parameters) return result('bad_body', 40000, 'request body is not a JSON object');
  if (parameters['key'] !== credentials.keySecret.key) return result('wrong_key', 40101, 'invalid key');
  if (!verifySign(parameters, credentials.keySecret.secret, parameters['sign']))
    return result('bad_sign', 40102, 'sign error');
  const timestamp = parameters['timestamp'];
  // A number of 13 digits: text or seconds are mistakes that the real service does not forgive.
  if (typeof timestamp !== 'object' || !/^\d{13}$/.test(pythonText(timestamp))) {
    return result('bad_timestamp', 40104, 'timestamp must be a number of milliseconds');
  }
  if (Math.abs(exchange.state.now() - Number(pythonText(timestamp))) > fiveMinutes)
    return result('stale_timestamp', 40103, 'timestamp expired');
  if (apiName === searchName) {
    if (itemId === null || itemId.trim() === '') return result('missing_parameter', 40001, 'missing parameter q');
    if (pageNumber(parameters) === 0) return result('bad_parameter', 40002, 'page must be a number from 1');
    const isAnswered = exchange.state.answers.has(`key-secret/${apiName}`) || postsFound(exchange, itemId).length > 0;
    return result(isAnswered ? 'ok' : 'not_found', 0, 'success');
  }
  if (apiName !== credentials.keySecret.apiName) return result('unknown_api', 40400, `api ${apiName} does not exist`);
  if (itemId === null) return result('missing_parameter', 40001, 'missing parameter video_id');
  const known = exchange.state.answers.has(`key-secret/${apiName}`) || world.post(itemId)?.platform === 'tiktok';
  return result(known ? 'ok' : 'not_found', 0, 'success');
}

function pageNumber(parameters: Record<string, unknown>): number {
  const page = pythonText(parameters['page'] ?? '1');
  return /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 0;
}

function postsFound(exchange: Exchange, words: string): WorldPost[] {
  const posts = exchange.state.world.postsOf('tiktok').filter((post) => post.status === 'normal');
  return findByWords(posts, (post) => `${post.caption} ${post.author.name}`, words);
}

/** The data of a search; empty, as of a post that does not exist, where nothing is found. Its shape is not published. */
function describeSearch(exchange: Exchange, words: string, parameters: Record<string, unknown>) {
  const found = pageOf(postsFound(exchange, words), pageNumber(parameters), searchPageSize);
  if (found.total === 0) return {};
  return {
    items: found.things.map((post) => describe(post, parameters)),
    page: found.page,
    page_size: found.pageSize,
    total: found.total,
    has_more: found.page < found.pageCount ? 1 : 0,
  };
}

function isWanted(value: unknown): boolean {
  return value !== undefined && pythonText(value) === '1';
}

function describe(post: WorldPost, parameters: Record<string, unknown>): Record<string, unknown> {
  return {
    video_id: post.id,
    title: post.caption.split('\n')[0],
    description: post.caption,
    cover_url: `https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}.jpeg?x-expires=${post.createdAt + 172_800}`,
    duration: post.durationMs / 1000,
    create_time: post.createdAt,
    play_count: post.counts.plays,
    like_count: post.counts.likes,
    comment_count: post.counts.comments,
    share_count: post.counts.shares,
    favorite_count: post.counts.saves,
    author_id: post.author.uid,
    author_name: post.author.name,
    author_avatar: `https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${post.author.uid}.jpeg`,
    author_verified: post.author.verified,
    hashtags: post.hashtagsAnsweredAsNull ? null : post.hashtags,
    products: isWanted(parameters['need_product'])
      ? post.products.map((product) => ({
          product_id: product.id,
          title: product.title,
          price: (product.priceMinor / 100).toFixed(2),
          currency: product.currency,
          shop_name: product.shop.name,
          product_url: `https://www.tiktok.com/shop/pdp/${product.id}`,
        }))
      : null,
    ...(isWanted(parameters['need_music'])
      ? {
          music: {
            music_id: post.music.id,
            title: post.music.title,
            author: post.music.author,
            duration: post.music.durationSeconds,
          },
        }
      : {}),
    copyright_type: post.music.original ? 'original' : 'licensed',
    status: post.status === 'normal' ? 0 : 1,
  };
}

/** Handles one call of the third-party TikTok API that signs with a key and a secret. */
export async function handleKeySecret(exchange: Exchange): Promise<void> {
  const { response, state, url, host } = exchange;
  const apiName = /^\/tiktok\/([\w-]+)\/?$/.exec(url.pathname)?.[1] ?? url.pathname;
  const parameters = parseParameters(exchange.body.toString('utf8'));
  const checked = check(exchange, apiName, parameters);
  const fault = takeFault(state, 'key-secret', host, checked.itemId);
  logCall(exchange, 'key-secret', fault, {
    apiName,
    itemId: checked.itemId,
    verdict: checked.verdict,
    parameters: Object.fromEntries(
      Object.entries(parameters ?? {}).map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null && 'written' in value ? Number(value.written) : value,
      ]),
    ),
  });
  if (fault && (await applySharedFault(exchange, fault))) return;

  const sendJson = (status: number, value: unknown, headers?: Record<string, string>): void =>
    send(response, status, jsonType, JSON.stringify(value), headers);
  if (fault?.kind === 'rate_limit') {
    sendJson(
      429,
      { code: 42900, msg: 'too many requests' },
      fault.retryAfter === undefined ? undefined : { 'retry-after': String(fault.retryAfter) },
    );
    return;
  }
  if (fault?.kind === 'quota')
    return sendJson(200, { code: 40301, msg: `Key[${String(parameters?.['key'])}] quota exceeded` });
  if (fault?.kind === 'code')
    return sendJson(200, {
      code: /^\d+$/.test(fault.code) ? Number(fault.code) : fault.code,
      msg: fault.reason ?? 'error',
    });
  if (checked.refusal) return sendJson(200, checked.refusal);

  const prepared = state.answers.get(`key-secret/${apiName}`);
  if (prepared !== undefined && fault?.kind !== 'wrong_item') {
    send(response, 200, jsonType, fault?.kind === 'truncated' ? prepared.slice(0, prepared.length / 2) : prepared);
    return;
  }
  const found = checked.post?.platform === 'tiktok' ? checked.post : undefined;
  const other = state.world.postsOf('tiktok').find((post) => post.id !== checked.itemId);
  const post = fault?.kind === 'wrong_item' ? other : found;
  const answer = (): Record<string, unknown> => {
    if (!parameters) return {};
    if (apiName === searchName) return describeSearch(exchange, checked.itemId ?? '', parameters);
    return post ? describe(post, parameters) : {};
  };
  const data = answer();
  const head =
    state.answerForm === 'status'
      ? { status: 'success', message: 'success' }
      : { code: state.answerForm === 'code' ? 0 : '0', msg: 'success' };
  const text = JSON.stringify({ ...head, data, request_id: `ks-${state.calls.length}` });
  send(response, 200, jsonType, asFaulty(fault, text));
}
