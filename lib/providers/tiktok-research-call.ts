/**
 * How TikTok's Research API is asked, what its codes mean, and its token. Envelope, codes and HTTP statuses: TikTok's
 * "Error Handling" page of API v2; the flat errors of the token: its OAuth error page (both read 2026-11). The code
 * `daily_quota_limit_exceeded` and the messages of paging are known from public programs that use the API (2026-11).
 */
import { AppError, type ErrorCode } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import { at, isObject, nameOf, numberOf, valueOf } from '../payloads/reading.ts';
import {
  cleanWords,
  decodeBody,
  notJsonError,
  type Party,
  partyError,
  retryTime,
  statusError,
  unreadableError,
} from './http-answer.ts';
import type { ErrorMeaning, ProviderContext, Tokens } from './provider.ts';

export const researchId = 'tiktok-research';
export const researchLabel = 'TikTok Research API';
export const researchOrigin = 'https://open.tiktokapis.com';
/** A search over many videos takes its time. */
export const researchTimeoutMs = 30_000;

/** TikTok's own wrapper waits so long while a search is being prepared (2026-11). */
const notReadyMs = 6_000;
/** A wait that TikTok itself asks for is a rate limit up to here, and the day's allowance beyond. */
const longestRateWaitMs = 3_600_000;
const dayMs = 86_400_000;

export type ResearchCredential = { readonly clientKey: string; readonly clientSecret: string };
export type ResearchContext = ProviderContext<ResearchCredential>;

function meaning(upstreamCode: string, code: ErrorCode): [string, ErrorMeaning] {
  return [upstreamCode, { code, advice: `error_tiktok_research_${upstreamCode}`, billed: null }];
}

/** First those of the API, then those of the token. What counts against the day's allowance is not published. */
export const researchErrors: Readonly<Record<string, ErrorMeaning>> = Object.fromEntries([
  meaning('access_token_invalid', 'auth'),
  meaning('daily_quota_limit_exceeded', 'quota_exhausted'),
  meaning('internal_error', 'upstream'),
  meaning('invalid_file_upload', 'bad_request'),
  meaning('invalid_params', 'bad_request'),
  // Public programs have met it for the day's allowance too, so that trying again may only cost more (2026-11).
  meaning('rate_limit_exceeded', 'quota_exhausted'),
  meaning('scope_not_authorized', 'permission'),
  meaning('scope_permission_missed', 'permission'),
  meaning('access_denied', 'permission'),
  meaning('invalid_client', 'auth'),
  meaning('invalid_grant', 'auth'),
  meaning('invalid_request', 'bad_request'),
  meaning('invalid_scope', 'permission'),
  meaning('unauthorized_client', 'permission'),
  meaning('unsupported_grant_type', 'unsupported'),
  meaning('unsupported_response_type', 'unsupported'),
]);

export function researchParty({ credential, token }: ResearchContext): Party {
  const secrets = [credential.clientSecret, ...(token === null ? [] : [token])];
  return { provider: researchId, label: researchLabel, secrets };
}

/** Unix ms of the next midnight in UTC. That the allowance returns then is what public programs say; TikTok does not. */
export function nextUtcMidnight(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}

interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** What an answer refuses with: `{error: {code, message}}`, or flat as the token's `{error, error_description}`. */
function refusalIn(json: unknown): Refusal | null {
  const error = at(json, 'error');
  if (typeof error === 'string' && error !== '' && error !== 'ok')
    return { code: error, message: valueOf(nameOf(at(json, 'error_description'))) ?? '' };
  const code = at(error, 'code');
  const isCode = (typeof code === 'string' && code !== '') || typeof code === 'number';
  if (!isCode || code === 'ok') return null;
  return { code: String(code), message: valueOf(nameOf(at(error, 'message'))) ?? '' };
}

/** Whether the API says that all is well. Its shop calls are documented without any `error` (2026-09). */
function succeeded(json: unknown): boolean {
  const error = at(json, 'error');
  const hasNone = error === undefined || error === null;
  return isObject(at(json, 'data')) && (hasNone || at(error, 'code') === 'ok');
}

/** A page that is not ready yet: the search's cache fills while it is asked for (TikTok's own wrapper, 2026-11). */
function isNotReady({ message }: Refusal): boolean {
  return /^\s*search id\b/iu.test(message) || /^\s*invalid count or cursor/iu.test(message);
}

function quotaError(party: Party, response: HttpResponse, code: string, words: string): AppError {
  // A wait of minutes is a rate limit; without one nothing tells it from the day's allowance, and a call more may cost.
  const until = response.headers['retry-after'] === undefined ? null : retryTime(response, dayMs);
  const isShort = until !== null && until - response.receivedAt <= longestRateWaitMs;
  if (isShort && code !== 'daily_quota_limit_exceeded') return statusError(party, { ...response, status: 429 }, dayMs);
  const known = researchErrors[code];
  return partyError(party, 'quota_exhausted', `${party.label} allows no more calls today.`, {
    advice: known?.advice ?? 'error_tiktok_research_daily_quota_limit_exceeded',
    parameters: [code, words],
    upstreamCode: code,
    upstreamMessage: words,
    retryAt: nextUtcMidnight(response.receivedAt),
  });
}

function refusalError(refusal: Refusal, response: HttpResponse, party: Party): AppError {
  const { code } = refusal;
  const words = cleanWords(refusal.message, party);
  const known = Object.hasOwn(researchErrors, code) ? researchErrors[code] : undefined;
  const details = { parameters: [code, words], upstreamCode: code, upstreamMessage: words };
  const said = `${party.label} answered ${code}${words ? `: ${words}` : ''}.`;
  if (known?.code === 'quota_exhausted' || response.status === 429) return quotaError(party, response, code, words);
  if (code === 'invalid_params' && isNotReady(refusal)) {
    return partyError(party, 'rate_limited', said, {
      ...details,
      advice: 'error_tiktok_research_not_ready',
      retryAt: response.receivedAt + notReadyMs,
    });
  }
  // Known from public programs, 2026-11.
  if (code === 'invalid_params' && /cannot find the user/iu.test(words)) {
    return partyError(party, 'not_found', said, { ...details, advice: 'error_tiktok_research_no_user' });
  }
  if (code === 'invalid_params' && /cannot return this user/iu.test(words)) {
    return partyError(party, 'not_found', said, { ...details, advice: 'error_tiktok_research_withheld_user' });
  }
  const byStatus = response.status === 200 ? null : statusError(party, response, notReadyMs);
  return partyError(party, known?.code ?? byStatus?.code ?? 'upstream', said, {
    ...(!known && byStatus?.details.retryable !== undefined ? { retryable: byStatus.details.retryable } : {}),
    ...details,
    advice: known?.advice ?? 'error_tiktok_research_unknown_code',
  });
}

/** The JSON of an answer that refuses nothing. Throws AppError. */
function readJson(response: HttpResponse, party: Party): unknown {
  const { text } = decodeBody(response.body);
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    if (response.status === 429) throw quotaError(party, response, 'HTTP 429', '');
    throw response.status === 200 ? notJsonError(party, text) : statusError(party, response, notReadyMs);
  }
  const refusal = refusalIn(json);
  if (refusal) throw refusalError(refusal, response, party);
  if (response.status === 429) throw quotaError(party, response, 'HTTP 429', '');
  if (response.status !== 200) throw statusError(party, response, notReadyMs);
  return json;
}

/** A body of which some values are ids: they are written as bare numbers, all digits kept. */
function bodyOf(values: Readonly<Record<string, unknown>>, ids: Readonly<Record<string, string>>): string {
  const parts = [
    ...Object.entries(ids).map(([name, digits]) => {
      if (!/^[1-9]\d{0,19}$/u.test(digits)) throw new AppError('bad_request', `${name} is no number.`);
      return `${JSON.stringify(name)}:${digits}`;
    }),
    ...Object.entries(values).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`),
  ];
  return `{${parts.join(',')}}`;
}

export interface ResearchCall {
  /** Below `/v2/research/`. */
  readonly path: 'video/query' | 'video/comment/list' | 'user/info' | 'tts/shop' | 'tts/product';
  /** What is to be in the answer; the API gives nothing that is not asked for. */
  readonly fields: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  /** Values of the body that are 64-bit numbers. */
  readonly ids?: Readonly<Record<string, string>>;
}

export interface ResearchAnswer {
  /** The whole answer; its `data` is an object. */
  readonly json: unknown;
  readonly response: HttpResponse;
}

/** One call. Throws AppError; its texts hold neither secret nor token. */
export async function callResearch(
  context: ResearchContext,
  { path, fields, body, ids = {} }: ResearchCall,
): Promise<ResearchAnswer> {
  const party = researchParty(context);
  if (context.token === null) {
    throw partyError(party, 'auth', `There is no access token for the ${party.label}.`, {
      advice: 'error_tiktok_research_access_token_invalid',
      parameters: ['', ''],
    });
  }
  const list = fields.join(',');
  // The shop calls are documented with the fields in the query and shown with them in the body (2026-09).
  const inBody = path.startsWith('tts/') ? { fields: list } : {};
  const response = await context.http({
    method: 'POST',
    url: `${researchOrigin}/v2/research/${path}/?fields=${encodeURIComponent(list)}`,
    headers: { authorization: `Bearer ${context.token}`, 'content-type': 'application/json' },
    body: bodyOf({ ...body, ...inBody }, ids),
    timeoutMs: researchTimeoutMs,
    secrets: party.secrets,
  });
  const json = readJson(response, party);
  if (!succeeded(json)) throw unreadableError(party);
  return { json, response };
}

/**
 * A new token of the application: `clt.…`, for two hours (2026-11); nobody consents and nothing is refreshed.
 * Throws AppError `auth` where TikTok does not know the key.
 */
export async function renewResearchToken(context: ResearchContext): Promise<Tokens> {
  const { clientKey, clientSecret } = context.credential;
  const party = researchParty(context);
  const response = await context.http({
    method: 'POST',
    url: `${researchOrigin}/v2/oauth/token/`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'cache-control': 'no-cache' },
    body: new URLSearchParams({
      client_key: clientKey,
      client_secret: clientSecret,
      grant_type: 'client_credentials',
    }).toString(),
    timeoutMs: researchTimeoutMs,
    secrets: party.secrets,
  });
  const json = readJson(response, party);
  const token = valueOf(nameOf(at(json, 'access_token')));
  const seconds = valueOf(numberOf(at(json, 'expires_in')));
  if (token === null || seconds === null || seconds <= 0) {
    throw partyError(party, 'schema', `${party.label} gave no access token.`, {
      advice: 'error_tiktok_research_no_token',
    });
  }
  return {
    access_token: token,
    refresh_token: null,
    expires_at: response.receivedAt + Math.floor(seconds * 1000),
    refresh_expires_at: null,
    scopes: (valueOf(nameOf(at(json, 'scope'))) ?? '').split(',').filter((scope) => scope !== ''),
    account: null,
  };
}
