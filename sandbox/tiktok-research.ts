/** TikTok's Research API: the token of an application, and the calls below /v2/research/. */
import { createHash } from 'node:crypto';
import type { Fault } from './types.ts';
import type { Exchange, SandboxState } from './state.ts';
import { jsonType, send } from './state.ts';
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';
import {
  describeVideo,
  type Json,
  jsonText,
  type Searches,
  tiktokResearchCalls as calls,
} from './tiktok-research-answers.ts';
import { InvalidParameters } from './tiktok-research-query.ts';

export const tiktokOpenHost = 'open.tiktokapis.com';
export const researchPath = '/v2/research/';
const tokenSeconds = 7200;

interface ResearchState extends Searches {
  /** Token to the Unix ms at which it ends. */
  tokens: Map<string, number>;
}

/** Beside the sandbox's state, with which it ends; a reset leaves tokens as valid as they are. */
const states = new WeakMap<SandboxState, ResearchState>();

function researchOf(state: SandboxState): ResearchState {
  const known = states.get(state) ?? { tokens: new Map(), searches: new Map(), hasWaited: false };
  states.set(state, known);
  return known;
}

const statuses: Record<string, number> = {
  ok: 200,
  access_token_invalid: 401,
  scope_not_authorized: 401,
  internal_error: 500,
  rate_limit_exceeded: 429,
  daily_quota_limit_exceeded: 429,
};

function logId(state: SandboxState): string {
  return `20261121${createHash('md5').update(String(state.calls.length)).digest('hex').slice(0, 24).toUpperCase()}`;
}

function log(
  exchange: Exchange,
  fault: Fault | null,
  checked: string,
  call: { apiName: string; itemId: string | null; parameters: Json },
): void {
  logCall(exchange, 'tiktok-research', fault, { ...call, verdict: checked });
}

/** The errors of the token are flat. */
function sendTokenError(exchange: Exchange, status: number, error: string, description: string): void {
  const body = { error, error_description: description, log_id: logId(exchange.state) };
  send(exchange.response, status, jsonType, JSON.stringify(body));
}

/** The fault that is aimed at the token by the item id `token`; all others are for the calls that the token is for. */
function takeTokenFault(state: SandboxState): Fault | null {
  const entry = state.faults.find(({ api, fault }) => api === 'tiktok-research' && fault.itemId === 'token');
  if (!entry) return null;
  entry.remaining -= 1;
  if (entry.remaining <= 0) state.faults.splice(state.faults.indexOf(entry), 1);
  return entry.fault;
}

/** The grant `client_credentials` of /v2/oauth/token/. */
export async function handleClientCredentials(exchange: Exchange, form: URLSearchParams): Promise<void> {
  const { state, response } = exchange;
  const { clientKey, clientSecret } = state.credentials.tiktokResearch;
  const isKnown = form.get('client_key') === clientKey;
  const verdict = !isKnown ? 'wrong_key' : form.get('client_secret') === clientSecret ? 'ok' : 'wrong_secret';
  const fault = takeTokenFault(state);
  log(exchange, fault, verdict, { apiName: 'client_credentials', itemId: null, parameters: Object.fromEntries(form) });
  if (fault && (await applySharedFault(exchange, fault))) return;
  if (fault?.kind === 'code') return sendTokenError(exchange, 400, fault.code, fault.reason ?? 'error');
  if (verdict !== 'ok') return sendTokenError(exchange, 401, 'invalid_client', 'Client key or secret is incorrect.');
  const research = researchOf(state);
  // With characters that an address or a form would change.
  const token = `clt.sandbox+${research.tokens.size + 1}*0=`;
  research.tokens.set(token, exchange.state.now() + tokenSeconds * 1000);
  send(
    response,
    200,
    jsonType,
    JSON.stringify({ access_token: token, expires_in: tokenSeconds, token_type: 'Bearer' }),
  );
}

function formOf(exchange: Exchange): URLSearchParams {
  return new URLSearchParams(exchange.body.toString('utf8'));
}

/** Whether a request for a token is an application's own; those of people, and of their app, are the Display API's. */
export function asksForAppToken(exchange: Exchange): boolean {
  const form = formOf(exchange);
  const { clientKey } = exchange.state.credentials.tiktokOfficial;
  return form.get('grant_type') === 'client_credentials' && form.get('client_key') !== clientKey;
}

/** Handles a request for which `asksForAppToken` holds. */
export async function handleAppToken(exchange: Exchange): Promise<void> {
  return handleClientCredentials(exchange, formOf(exchange));
}

/** The body of a call; the ids in it may be bare numbers or texts. Null: it is no JSON object. */
function parseBody(text: string): Json | null {
  try {
    const quoted = text.replaceAll(/"(video_id|comment_id|shop_id)"\s*:\s*(\d+)/g, '"$1":"$2"');
    const value: unknown = JSON.parse(quoted);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

/** What is wrong with a call before it is looked at: its method, its token, its body. */
function refusalOf(
  exchange: Exchange,
  name: string,
  body: Json | null,
): { verdict: string; code: string; message: string } | null {
  const header = exchange.request.headers.authorization ?? '';
  const end = /^Bearer /i.test(header) ? researchOf(exchange.state).tokens.get(header.slice(7)) : undefined;
  if (exchange.request.method !== 'POST') return { verdict: 'bad_method', code: 'invalid_params', message: 'use POST' };
  if (end === undefined || end <= exchange.state.now())
    return {
      verdict: 'wrong_key',
      code: 'access_token_invalid',
      message: 'The access token is invalid or not found in the request.',
    };
  if (!calls[name]) return { verdict: 'unknown_api', code: 'invalid_params', message: `no such path: ${name}` };
  if (!/^application\/json\b/.test(exchange.request.headers['content-type'] ?? '') || !body)
    return { verdict: 'bad_body', code: 'invalid_params', message: 'the body must be a JSON object' };
  return null;
}

/** The answer's code, words and data, by token, parameters and world alone. */
function answerOf(
  exchange: Exchange,
  name: string,
  body: Json | null,
): { verdict: string; code: string; message: string; data: Json } {
  const refusal = refusalOf(exchange, name, body);
  if (refusal || !body) return { verdict: 'bad_body', code: 'invalid_params', message: '', ...refusal, data: {} };
  const inQuery = exchange.url.searchParams.get('fields') ?? '';
  const fields = (name.startsWith('tts/') && typeof body['fields'] === 'string' ? body['fields'] : inQuery)
    .split(',')
    .map((field) => field.trim());
  try {
    if (inQuery === '') throw new InvalidParameters('fields is required');
    const data = calls[name]?.answer({ exchange, body, fields, searches: researchOf(exchange.state) }) ?? {};
    return { verdict: 'ok', code: 'ok', message: '', data };
  } catch (error) {
    if (!(error instanceof InvalidParameters)) throw error;
    return { verdict: 'bad_parameter', code: 'invalid_params', message: error.message, data: {} };
  }
}

function wrongItem(exchange: Exchange, itemId: string | null): Json {
  const other = exchange.state.world.postsOf('tiktok').find(({ id, status }) => id !== itemId && status === 'normal');
  return { videos: other ? [describeVideo(other)] : [], cursor: 1, has_more: false, search_id: '1' };
}

/** Handles one call below /v2/research/. */
export async function handleTiktokResearch(exchange: Exchange): Promise<void> {
  const { response, state, url, host } = exchange;
  const name = url.pathname.slice(researchPath.length).replace(/\/$/, '');
  const body = parseBody(exchange.body.toString('utf8'));
  const asked = body ? calls[name]?.itemId(body) : null;
  const itemId = typeof asked === 'string' ? asked : null;
  const fault = takeFault(state, 'tiktok-research', host, itemId);
  const answer =
    fault === null || fault.kind === 'slow' || fault.kind === 'truncated' ? answerOf(exchange, name, body) : null;
  const checked = answer?.verdict ?? refusalOf(exchange, name, body)?.verdict ?? 'ok';
  log(exchange, fault, checked, {
    apiName: name,
    itemId,
    parameters: { ...Object.fromEntries(url.searchParams), ...body },
  });
  if (fault && (await applySharedFault(exchange, fault))) return;

  const sendAnswer = (code: string, message: string, data: Json, headers?: Record<string, string>): void => {
    const text = jsonText({ data, error: { code, message, log_id: logId(state) } });
    send(response, statuses[code] ?? 400, jsonType, asFaulty(fault, text), headers);
  };
  if (fault?.kind === 'rate_limit') {
    const headers = fault.retryAfter === undefined ? undefined : { 'retry-after': String(fault.retryAfter) };
    return sendAnswer('rate_limit_exceeded', 'The API rate limit was exceeded. Please try again later.', {}, headers);
  }
  if (fault?.kind === 'quota')
    return sendAnswer('daily_quota_limit_exceeded', 'The daily quota limit was exceeded.', {});
  if (fault?.kind === 'code') return sendAnswer(fault.code, fault.reason ?? 'error', {});
  if (fault?.kind === 'wrong_item') return sendAnswer('ok', '', wrongItem(exchange, itemId));
  if (!answer) return sendAnswer('internal_error', 'This fault is not known here.', {});
  const prepared = state.answers.get(`tiktok-research/${name}`);
  if (answer.code === 'ok' && prepared !== undefined) return send(response, 200, jsonType, prepared);
  sendAnswer(answer.code, answer.message, answer.data);
}
