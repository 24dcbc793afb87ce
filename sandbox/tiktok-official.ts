/** TikTok's official API v2: the login, and the Display API for the one account that consents here. */
import type { Fault, WorldAuthor, WorldPost } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, send } from './state.ts';
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';
import { answerConsent, challengeOf, randomText } from './tiktok-official-consent.ts';

const consentHost = 'www.tiktok.com';
const apiHost = 'open.tiktokapis.com';
const apiPaths = ['/v2/user/info/', '/v2/video/list/', '/v2/video/query/'];

/** The consent, the tokens and the three calls; the Research API lives on the same host. */
export function isTiktokOfficial(host: string, path: string): boolean {
  if (host === consentHost) return path === '/v2/auth/authorize/';
  return host === apiHost && (path.startsWith('/v2/oauth/') || apiPaths.includes(path));
}

function log(exchange: Exchange, apiName: string, itemId: string | null, verdict: string, fault: Fault | null): void {
  const { request, url, body } = exchange;
  const form = new URLSearchParams(body.toString('utf8'));
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  logCall(exchange, 'tiktok-official', fault, {
    apiName,
    itemId,
    verdict,
    parameters: { ...Object.fromEntries(url.searchParams), ...(isForm ? Object.fromEntries(form) : jsonOf(body)) },
  });
}

function jsonOf(body: Buffer): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(body.toString('utf8'));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? { ...json } : {};
  } catch {
    return {};
  }
}

const logId = '20261121040000010203040506070809';

interface TokenAnswer {
  status: number;
  json: Record<string, unknown>;
}

function refused(status: number, error: string, words: string): TokenAnswer {
  return { status, json: { error, error_description: words, log_id: logId } };
}

/** A new pair of tokens; what it was got with is dead already. */
function issue(exchange: Exchange, scopes: string[]): TokenAnswer {
  const { oauth, now } = exchange.state;
  const access = randomText('act');
  const refresh = randomText('rft');
  oauth.accessTokens.set(access, { scopes, expiresAt: now() + oauth.accessSeconds * 1000 });
  oauth.refreshTokens.set(refresh, { scopes, expiresAt: now() + oauth.refreshSeconds * 1000 });
  const json = {
    access_token: access,
    expires_in: oauth.accessSeconds,
    open_id: openIdOf(consenting(exchange)),
    refresh_expires_in: oauth.refreshSeconds,
    refresh_token: refresh,
    scope: scopes.join(','),
    token_type: 'Bearer',
  };
  return { status: 200, json };
}

function redeem(exchange: Exchange, form: URLSearchParams): TokenAnswer {
  const { oauth } = exchange.state;
  const code = form.get('code') ?? '';
  const grant = oauth.codes.get(code);
  // Once only, whatever else is wrong.
  oauth.codes.delete(code);
  if (!grant) return refused(400, 'invalid_grant', 'Authorization code is expired.');
  if (form.get('redirect_uri') !== grant.redirectUri) {
    return refused(400, 'invalid_request', 'Redirect_uri is not matched with the uri when requesting code.');
  }
  if (challengeOf(form.get('code_verifier') ?? '') !== grant.challenge) {
    return refused(400, 'invalid_request', 'Code verifier or code challenge is invalid.');
  }
  return issue(exchange, grant.scopes);
}

function refresh(exchange: Exchange, form: URLSearchParams): TokenAnswer {
  const { oauth, now } = exchange.state;
  const token = form.get('refresh_token') ?? '';
  const held = oauth.refreshTokens.get(token);
  oauth.refreshTokens.delete(token);
  if (!held || held.expiresAt <= now()) return refused(400, 'invalid_grant', 'Refresh token is invalid or expired.');
  return issue(exchange, held.scopes);
}

function tokenAnswer(exchange: Exchange, form: URLSearchParams): TokenAnswer {
  const { clientKey, clientSecret } = exchange.state.credentials.tiktokOfficial;
  const type = exchange.request.headers['content-type'] ?? '';
  if (exchange.request.method !== 'POST' || !type.startsWith('application/x-www-form-urlencoded')) {
    return refused(400, 'invalid_request', 'Only application/x-www-form-urlencoded is supported.');
  }
  if (form.get('client_key') !== clientKey || form.get('client_secret') !== clientSecret) {
    return refused(401, 'invalid_client', 'Client key or secret is incorrect.');
  }
  if (form.get('grant_type') === 'authorization_code') return redeem(exchange, form);
  if (form.get('grant_type') === 'refresh_token') return refresh(exchange, form);
  if (form.get('grant_type') === 'client_credentials') {
    return { status: 200, json: { access_token: randomText('clt'), expires_in: 7_200, token_type: 'Bearer' } };
  }
  return refused(400, 'unsupported_grant_type', 'Grant type is not supported.');
}

function revoke(exchange: Exchange, form: URLSearchParams): TokenAnswer {
  const { credentials, oauth } = exchange.state;
  const { clientKey, clientSecret } = credentials.tiktokOfficial;
  if (form.get('client_key') !== clientKey || form.get('client_secret') !== clientSecret) {
    return refused(401, 'invalid_client', 'Client key or secret is incorrect.');
  }
  // The consent as a whole ends, not only this token.
  if (oauth.accessTokens.has(form.get('token') ?? '')) {
    oauth.accessTokens.clear();
    oauth.refreshTokens.clear();
  }
  return { status: 200, json: {} };
}

async function handleTokens(exchange: Exchange): Promise<void> {
  const { url, body, state, response } = exchange;
  const form = new URLSearchParams(body.toString('utf8'));
  const isRevoke = url.pathname === '/v2/oauth/revoke/';
  const answer = isRevoke ? revoke(exchange, form) : tokenAnswer(exchange, form);
  const verdict = typeof answer.json['error'] === 'string' ? answer.json['error'] : 'ok';
  log(exchange, isRevoke ? 'oauth/revoke' : `oauth/${form.get('grant_type') ?? ''}`, null, verdict, null);
  // The former token is dead by now, and whoever asked does not have the new one yet.
  if (state.oauth.held) await state.oauth.held;
  send(response, answer.status, jsonType, JSON.stringify(answer.json));
}

/** The account that consents on these screens. */
function consenting({ state }: Exchange): WorldAuthor {
  const author = state.world.author(state.world.ids.tiktok.author);
  if (!author) throw new Error('The world has lost its author.');
  return author;
}

/** Made for the app: it names the account to nobody else. */
function openIdOf({ uid }: WorldAuthor): string {
  return challengeOf(uid).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** Each field with the scope that it needs. */
function userFields(author: WorldAuthor): Record<string, [scope: string, value: unknown]> {
  const avatar = `https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${author.uid}`;
  return {
    open_id: ['user.info.basic', openIdOf(author)],
    union_id: ['user.info.basic', openIdOf({ ...author, uid: `union ${author.uid}` })],
    avatar_url: ['user.info.basic', `${avatar}-168.webp`],
    avatar_url_100: ['user.info.basic', `${avatar}-100.webp`],
    avatar_large_url: ['user.info.basic', `${avatar}-720.webp`],
    display_name: ['user.info.basic', author.name],
    bio_description: ['user.info.profile', author.signature],
    profile_deep_link: ['user.info.profile', 'https://vm.tiktok.com/ZMsandbox/'],
    is_verified: ['user.info.profile', author.verified],
    username: ['user.info.profile', author.handle],
    follower_count: ['user.info.stats', author.followers],
    following_count: ['user.info.stats', author.following],
    likes_count: ['user.info.stats', author.likes],
    video_count: ['user.info.stats', author.posts],
  };
}

function videoFields(post: WorldPost): Record<string, [scope: string, value: unknown]> {
  const address = `https://www.tiktok.com/@${post.author.handle}/${post.kind}/${post.id}`;
  const values = {
    id: post.id,
    create_time: post.createdAt,
    cover_image_url: `https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}.jpeg?x-expires=${post.createdAt + 21_600}`,
    share_url: `${address}?utm_campaign=tt4d_open_api&utm_source=awsandbox`,
    video_description: Array.from(post.caption).slice(0, 150).join(''),
    // Whole seconds, unlike the milliseconds of the web.
    duration: Math.round(post.durationMs / 1000),
    height: post.height,
    width: post.width,
    title: Array.from(post.caption.split('\n')[0] ?? '')
      .slice(0, 150)
      .join(''),
    embed_html: `<blockquote class="tiktok-embed" cite="${address}"></blockquote>`,
    embed_link: `https://www.tiktok.com/player/v1/${post.id}`,
    like_count: post.counts.likes,
    comment_count: post.counts.comments,
    share_count: post.counts.shares,
    view_count: post.counts.plays ?? 0,
    is_aigc: post.flags.aiGenerated,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, ['video.list', value]]));
}

interface Refusal {
  status: number;
  code: string;
}

/** The wanted fields of a thing, or why they are not given out. */
function pick(
  fields: Record<string, [scope: string, value: unknown]>,
  wanted: string[],
  scopes: string[],
): Record<string, unknown> | Refusal {
  const chosen: Record<string, unknown> = {};
  for (const name of wanted) {
    const field = fields[name];
    if (!field) return { status: 400, code: 'invalid_params' };
    if (!scopes.includes(field[0])) return { status: 401, code: 'scope_not_authorized' };
    chosen[name] = field[1];
  }
  return chosen;
}

function isRefusal(value: object): value is Refusal {
  return 'status' in value && 'code' in value;
}

function tokenRefusal(exchange: Exchange): Refusal | string[] {
  const token = /^Bearer (.+)$/.exec(exchange.request.headers.authorization ?? '')?.[1] ?? '';
  const held = exchange.state.oauth.accessTokens.get(token);
  if (!held || held.expiresAt <= exchange.state.now()) return { status: 401, code: 'access_token_invalid' };
  return held.scopes;
}

/** `scope` of its own: a call of which no field is asked for needs it as well. */
function videos(exchange: Exchange, posts: WorldPost[], wanted: string[], scopes: string[]): object {
  if (!scopes.includes('video.list')) return { status: 401, code: 'scope_not_authorized' } satisfies Refusal;
  const chosen = posts.map((post) => pick(videoFields(post), wanted, scopes));
  return chosen.find(isRefusal) ?? { videos: chosen };
}

function dataOf(exchange: Exchange, fault: Fault | null): object {
  const { url, body, request, state } = exchange;
  const granted = tokenRefusal(exchange);
  if (!Array.isArray(granted)) return granted;
  const wanted = (url.searchParams.get('fields') ?? '').split(',').filter((name) => name !== '');
  const bad: Refusal = { status: 400, code: 'invalid_params' };
  if (wanted.length === 0) return bad;
  const author = consenting(exchange);
  if (url.pathname === '/v2/user/info/') {
    if (request.method !== 'GET') return bad;
    const user = pick(userFields(author), wanted, granted);
    return isRefusal(user) ? user : { user };
  }
  if (request.method !== 'POST' || !(request.headers['content-type'] ?? '').startsWith('application/json')) return bad;
  const input = jsonOf(body);
  const own = state.world
    .postsOf('tiktok')
    .filter((post) => post.author === author && post.status === 'normal')
    .sort((one, other) => other.createdAt - one.createdAt);
  if (url.pathname === '/v2/video/query/') {
    const ids = wantedIds(input);
    if (ids === null) return bad;
    const found = fault?.kind === 'wrong_item' ? own.filter(({ id }) => !ids.includes(id)).slice(0, 1) : null;
    return videos(exchange, found ?? own.filter(({ id }) => ids.includes(id)), wanted, granted);
  }
  const { cursor = Number.MAX_SAFE_INTEGER, max_count: size = 10 } = input;
  if (typeof cursor !== 'number' || typeof size !== 'number' || size < 1 || size > 20) return bad;
  const older = own.filter((post) => post.createdAt * 1000 < cursor);
  const page = older.slice(0, size);
  const chosen = videos(exchange, page, wanted, granted);
  if (isRefusal(chosen)) return chosen;
  const last = page.at(-1);
  return { ...chosen, cursor: last ? last.createdAt * 1000 : 0, has_more: older.length > page.length };
}

function wantedIds(input: Record<string, unknown>): unknown[] | null {
  const { filters } = input;
  const ids: unknown = typeof filters === 'object' && filters !== null ? Reflect.get(filters, 'video_ids') : null;
  if (!Array.isArray(ids) || ids.length === 0 || ids.length > 20) return null;
  return ids.every((id) => typeof id === 'string') ? ids : null;
}

const words: Record<string, string> = {
  access_token_invalid: 'The access token is invalid or not found in the request.',
  invalid_params: 'One or more fields in request is invalid',
  rate_limit_exceeded: 'The API rate limit was exceeded. Please try again later.',
  scope_not_authorized: 'The user did not authorize the scope required for completing this request.',
};

async function handleCall(exchange: Exchange): Promise<void> {
  const { url, body, host, state, response } = exchange;
  const apiName = url.pathname.replace(/^\/v2\/|\/$/g, '');
  const first = wantedIds(jsonOf(body))?.[0];
  const itemId = typeof first === 'string' ? first : null;
  const fault = takeFault(state, 'tiktok-official', host, itemId);
  const data = dataOf(exchange, fault);
  log(exchange, apiName, itemId, isRefusal(data) ? data.code : 'ok', fault);
  if (fault && (await applySharedFault(exchange, fault))) return;
  const fail = (status: number, code: string, message: string, headers: Record<string, string> = {}): void =>
    send(response, status, jsonType, JSON.stringify({ data: {}, error: { code, message, log_id: logId } }), headers);
  if (fault?.kind === 'rate_limit' || fault?.kind === 'quota') {
    const wait = fault.kind === 'rate_limit' ? fault.retryAfter : undefined;
    const headers = wait === undefined ? undefined : { 'retry-after': String(wait) };
    return fail(429, 'rate_limit_exceeded', words['rate_limit_exceeded'] ?? '', headers);
  }
  if (fault?.kind === 'code') return fail(400, fault.code, fault.reason ?? words[fault.code] ?? 'error');
  if (isRefusal(data)) return fail(data.status, data.code, words[data.code] ?? '');
  const prepared = fault?.kind === 'wrong_item' ? undefined : state.answers.get(`tiktok-official/${apiName}`);
  const text = prepared ?? JSON.stringify({ data, error: { code: 'ok', message: '', log_id: logId } });
  send(response, 200, jsonType, asFaulty(fault, text));
}

/** Handles a screen of the consent, a request for tokens, or a call of the Display API. */
export async function handleTiktokOfficial(exchange: Exchange): Promise<void> {
  const { host, url } = exchange;
  if (host === consentHost) {
    const verdict = answerConsent(exchange);
    log(exchange, 'authorize', null, verdict, null);
    return;
  }
  return url.pathname.startsWith('/v2/oauth/') ? handleTokens(exchange) : handleCall(exchange);
}
