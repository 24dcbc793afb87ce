import { timingSafeEqual } from 'node:crypto';
import type { WorldPost } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, send } from './state.ts';
import { describeAppPost, pageOf } from './app-post.ts';
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';
import { stringifyWithBareNumbers } from './pages/answer.ts';

export const bearerHost = 'api.bearer.test';

/** Whether the header is exactly the scheme, one space and the key. */
export function holdsBearer(header: string | undefined, key: string): boolean {
  const expected = Buffer.from(`Bearer ${key}`);
  const given = Buffer.from(header ?? '');
  return expected.length === given.length && timingSafeEqual(expected, given);
}

const calls: Record<string, string> = {
  '/api/v1/tiktok/video/detail': 'video/detail',
  '/api/v1/tiktok/user/post/list': 'user/post/list',
};

interface Check {
  verdict: string;
  /** The refusal; null when the call is in order. */
  refusal: { code: number; msg: string } | null;
  itemId: string | null;
}

function check(exchange: Exchange, apiName: string): Check {
  const { request, state, url } = exchange;
  const query = url.searchParams;
  const itemId = query.get(apiName === 'video/detail' ? 'aweme_id' : 'sec_user_id');
  const result = (verdict: string, code = 0, msg = ''): Check => ({
    verdict,
    refusal: code === 0 ? null : { code, msg },
    itemId,
  });
  if (!holdsBearer(request.headers.authorization, state.credentials.bearer.apiKey))
    return result('wrong_key', 401, 'ApiKey invalid or expired');
  if (request.method !== 'GET') return result('bad_method', 400, 'method not allowed, use GET');
  if (!Object.values(calls).includes(apiName)) return result('unknown_api', 400, `no such path: ${apiName}`);
  if (!itemId) return result('missing_parameter', 400, 'a parameter is missing');
  if (apiName === 'user/post/list') {
    const limit = Number(query.get('limit') ?? '20');
    if (!Number.isInteger(limit) || limit < 1 || limit > 35) return result('bad_parameter', 400, 'limit must be 1-35');
    if (query.get('max_cursor') === null) return result('missing_parameter', 400, 'max_cursor is required');
    if (authorOf(exchange) === undefined) return result('not_found', 400, 'sec_user_id not found');
    return result('ok');
  }
  return result(state.world.post(itemId)?.platform === 'tiktok' ? 'ok' : 'not_found');
}

function authorOf({ state, url }: Exchange) {
  const secUid = url.searchParams.get('sec_user_id');
  return state.world.authors.find((author) => author.platform === 'tiktok' && author.secUid === secUid);
}

/** The structured form of a post: the first of each list of addresses only, `{}` without music. */
function describeStructured(post: WorldPost): Record<string, unknown> {
  const { author, counts, music } = post;
  return {
    aweme_id: post.id,
    video_desc: post.caption,
    publish_ts: post.createdAt,
    // Wrong on purpose, as in the published sample.
    publish_time: '2025-03-19 14:06:05',
    is_private: false,
    author_info: {
      uid: author.uid,
      unique_id: author.handle,
      nickname: author.name,
      avatar: `https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${author.uid}.jpeg`,
      signature: author.signature,
      is_verified: author.verified,
    },
    video_resource: {
      duration_ms: post.durationMs,
      duration_sec: Math.round(post.durationMs / 100) / 10,
      width: post.width,
      height: post.height,
      cover_img: `https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}.jpeg`,
      play_url: `https://v16m.tiktokcdn.com/sandbox/${post.id}.mp4`,
    },
    music_info: { music_id: music.id, music_name: music.title, music_author: music.author },
    stats: {
      play: counts.plays,
      like: counts.likes,
      comment: counts.comments,
      share: counts.shares,
      collect: counts.saves,
    },
    hashtags: post.hashtags,
  };
}

function answerDetail(exchange: Exchange, itemId: string, isWrong: boolean): unknown {
  const { world, answerForm } = exchange.state;
  const posts = world.postsOf('tiktok');
  const post = posts.find((candidate) => (candidate.id === itemId) !== isWrong);
  if (!post || post.status === 'withdrawn') return { aweme_detail: null };
  return answerForm === 'status' ? describeStructured(post) : { aweme_detail: describeAppPost(post) };
}

function answerList(exchange: Exchange): unknown {
  const { state, url } = exchange;
  const author = authorOf(exchange);
  const all = state.world.postsOf('tiktok').filter((post) => post.author === author && post.status === 'normal');
  const cursor = url.searchParams.get('max_cursor') ?? '0';
  const found = pageOf(all, cursor, Number(url.searchParams.get('limit') ?? '20'));
  const { posts, cursor: next, hasMore } = found ?? { posts: [], cursor, hasMore: false };
  if (state.answerForm === 'status')
    return { next_cursor: next, has_more: hasMore, video_list: posts.map(describeStructured) };
  return {
    // Both ways of saying it occur in one list.
    has_more: cursor === '0' ? hasMore : Number(hasMore),
    max_cursor: next,
    min_cursor: '0',
    aweme_list: posts.map(describeAppPost),
  };
}

/** Handles one call of the third-party TikTok API with a bearer key. */
export async function handleBearer(exchange: Exchange): Promise<void> {
  const { response, state, url, host } = exchange;
  const apiName = calls[url.pathname] ?? url.pathname;
  const checked = check(exchange, apiName);
  const fault = takeFault(state, 'bearer', host, checked.itemId);
  logCall(exchange, 'bearer', fault, {
    apiName,
    itemId: checked.itemId,
    verdict: checked.verdict,
  });
  if (fault && (await applySharedFault(exchange, fault))) return;

  const sendText = (status: number, text: string, headers?: Record<string, string>): void => {
    send(response, status, jsonType, asFaulty(fault, text), headers);
  };
  /** The code is in the JSON; the status is the same for a wrong key and for haste, 200 for all else. */
  const refuse = (code: number | string, msg: string, headers?: Record<string, string>): void =>
    sendText(code === 401 || code === 429 ? code : 200, JSON.stringify({ code, msg, data: {} }), headers);

  if (fault?.kind === 'rate_limit') {
    const wait = fault.retryAfter ?? 15;
    return refuse(429, `Request frequency limit, wait ${wait}s`);
  }
  // It publishes no code for this; its others are those of HTTP.
  if (fault?.kind === 'quota') return refuse(402, 'ApiKey balance used up');
  if (fault?.kind === 'code')
    return refuse(/^\d+$/.test(fault.code) ? Number(fault.code) : fault.code, fault.reason ?? 'error');
  if (checked.refusal) return refuse(checked.refusal.code, checked.refusal.msg);

  const isWrong = fault?.kind === 'wrong_item';
  const prepared = isWrong ? undefined : state.answers.get(`bearer/${apiName}`);
  if (prepared !== undefined) return sendText(200, prepared);
  const data =
    apiName === 'video/detail' ? answerDetail(exchange, checked.itemId ?? '', isWrong) : answerList(exchange);
  const code = state.answerForm === 'code-as-text' ? '0' : 0;
  sendText(200, stringifyWithBareNumbers({ code, msg: 'success', request_id: `tk_req_${state.calls.length}`, data }));
}
