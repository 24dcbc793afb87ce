/**
 * TikHub: posts of TikTok and Douyin, an author's posts, and products of TikTok Shop, with a bearer key. Addresses,
 * envelope and limits as in its OpenAPI V5.3.2 (2026-03-04) and docs.tikhub.io. Its envelope carries `cache_url`, under
 * which anyone may read the answer for 24 hours: only `data` is ever passed on to a payload.
 */
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import { type EntityRef, isSecUid, type Platform } from '../core/ref.ts';
import { aweme } from '../payloads/aweme.ts';
import type { AnswerStatus, Payload } from '../payloads/payload.ts';
import { at, isObject, listOf, nameOf, valueOf } from '../payloads/reading.ts';
import { tikhubProduct } from '../payloads/tikhub-product.ts';
import { tiktokStatus } from '../payloads/tiktok-status.ts';
import { bearerKeyField, choiceField } from './field-schemas.ts';
import { answersAboutItem, nextCursor, statusOfItemError } from './http-answer-posts.ts';
import {
  cleanWords,
  decodeBody,
  notJsonError,
  type Party,
  partyError,
  retryTime,
  statusError,
  unreadableError,
  wrongItemError,
} from './http-answer.ts';
import {
  defineProvider,
  type ErrorMeaning,
  type ListRequest,
  type ProviderAnswer,
  type ProviderContext,
  type ProviderPage,
  toldOf,
} from './provider.ts';

const id = 'tikhub';
const label = 'TikHub';
/** TikHub asks for 30 to 60 s: its answers are fetched from the platform while one waits. */
const timeoutMs = 60_000;
const rateWaitMs = 2_000;
/** The most that its list of Douyin takes; TikTok's takes it as well. */
const pageSize = 20;
const firstCursor = '0';
/** A public post of TikTok's own embedding guide; whether it still exists does not matter to a test. */
const sampleVideo = '6718335390845095173';

const hosts = { io: 'https://api.tikhub.io', dev: 'https://api.tikhub.dev' } as const;

const credential = z.object({
  apiKey: bearerKeyField({ label: 'field_tikhub_api_key', help: 'field_tikhub_api_key_help' }),
  region: choiceField({ label: 'field_tikhub_region', help: 'field_tikhub_region_help' }, ['io', 'dev']),
  market: choiceField({ label: 'field_tikhub_market', help: 'field_tikhub_market_help' }, [
    'US',
    'GB',
    'SG',
    'MY',
    'PH',
    'TH',
    'VN',
    'ID',
  ]),
});
type TikhubCredential = z.infer<typeof credential>;
type Context = ProviderContext<TikhubCredential>;

/**
 * Its codes are those of HTTP. 200 stands for an answer of success without the item: a wrong id is charged like any
 * other. Of 400 TikHub itself says to try again, up to three times.
 */
const errors: Readonly<Record<string, ErrorMeaning>> = {
  200: { code: 'not_found', advice: 'error_tikhub_200', billed: true },
  400: { code: 'upstream', advice: 'error_tikhub_400', billed: null },
  401: { code: 'auth', advice: 'error_tikhub_401', billed: null },
  402: { code: 'quota_exhausted', advice: 'error_tikhub_402', billed: null },
  403: { code: 'permission', advice: 'error_tikhub_403', billed: null },
  404: { code: 'not_found', advice: 'error_tikhub_404', billed: true },
  422: { code: 'bad_request', advice: 'error_tikhub_422', billed: null },
  429: { code: 'rate_limited', advice: 'error_tikhub_429', billed: null },
  500: { code: 'upstream', advice: 'error_tikhub_500', billed: null },
  502: { code: 'upstream', advice: 'error_tikhub_500', billed: null },
  503: { code: 'upstream', advice: 'error_tikhub_500', billed: null },
  504: { code: 'timeout', advice: 'error_tikhub_500', billed: null },
};

interface Call {
  /** Under `/api/v1/`; also what provenance cites. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly payload: Payload;
  readonly platform: Platform;
}

function partyOf({ apiKey }: TikhubCredential): Party {
  return { provider: id, label, secrets: [apiKey] };
}

function textIn(json: unknown, ...path: readonly string[]): string | null {
  return valueOf(nameOf(at(json, ...path)));
}

/** `[{loc: ["query", "aweme_id"], msg: "field required"}]` as "aweme_id: field required". */
function faultsIn(detail: unknown): string {
  return listOf(detail)
    .map((fault) => [listOf(at(fault, 'loc')).slice(1).map(String).join('.'), textIn(fault, 'msg') ?? ''])
    .map((parts) => parts.filter((part) => part !== '').join(': '))
    .join('; ');
}

interface Refusal {
  readonly code: string;
  readonly words: string;
}

/** What an answer is refused with: in its envelope, or in the `detail` of one that never got so far. Null: it is none. */
function refusalIn(json: unknown, response: HttpResponse): Refusal | null {
  const detail = at(json, 'detail');
  if (Array.isArray(detail)) return { code: '422', words: faultsIn(detail) };
  const body = isObject(detail) ? detail : json;
  const stated = at(body, 'code');
  const code = typeof stated === 'number' || typeof stated === 'string' ? String(stated) : null;
  // A status of HTTP that is none of success outweighs a code that is none either.
  const isRefused = code === null ? response.status !== 200 : code !== '200' && code !== '0';
  if (!isRefused) return null;
  const words = textIn(body, 'message') ?? textIn(body, 'message_zh') ?? textIn(json, 'detail') ?? '';
  return { code: code ?? String(response.status), words };
}

function errorOf(refusal: Refusal, response: HttpResponse, party: Party): AppError {
  const { code } = refusal;
  const words = cleanWords(refusal.words, party);
  const known = Object.hasOwn(errors, code) ? errors[code] : undefined;
  return partyError(party, known?.code ?? 'upstream', `${label} answered ${code}${words ? `: ${words}` : ''}.`, {
    advice: known?.advice ?? 'error_tikhub_other',
    parameters: [code, words],
    upstreamCode: code,
    upstreamMessage: words,
    ...(known?.code === 'rate_limited' ? { retryAt: retryTime(response, rateWaitMs) } : {}),
  });
}

function readJson(response: HttpResponse, party: Party): unknown {
  const { text } = decodeBody(response.body);
  try {
    return parseJson(text);
  } catch {
    if (response.status === 200) throw notJsonError(party, text);
    // A 404 without TikHub's own words is about the address, not about the item.
    if (response.status === 404) throw statusError(party, response, rateWaitMs);
    throw errorOf({ code: String(response.status), words: '' }, response, party);
  }
}

interface Answer {
  /** What the platform said, without TikHub's envelope. */
  readonly data: unknown;
  readonly records: readonly AnyRecord[];
}

/** One call. Resolves with an answer of success, also with one without records. */
async function ask(call: Call, context: Context): Promise<Answer> {
  const { apiKey, region } = context.credential;
  const party = partyOf(context.credential);
  const response = await context.http({
    method: 'GET',
    url: `${hosts[region]}/api/v1/${call.path}?${new URLSearchParams(call.parameters).toString()}`,
    headers: { accept: 'application/json', authorization: `Bearer ${apiKey}` },
    timeoutMs,
    secrets: party.secrets,
  });
  const json = readJson(response, party);
  const refusal = refusalIn(json, response);
  // "Not Found" as a bare text is how its server says that there is no such address.
  if (refusal?.code === '404' && typeof at(json, 'detail') === 'string') throw statusError(party, response, rateWaitMs);
  if (refusal) throw errorOf(refusal, response, party);
  if (response.status !== 200) throw statusError(party, response, rateWaitMs);
  const data = at(json, 'data');
  if (data === undefined && at(json, 'code') === undefined) throw unreadableError(party);
  const records = call.payload.read(data, {
    collectedVia: 'api',
    provider: id,
    endpoint: `${id}/${call.path}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: call.platform,
    ...toldOf(context),
  });
  return { data, records };
}

/** The platform's own status within `data`; null where it says that all is well, or nothing. */
function innerStatus(data: unknown, call: Call): AnswerStatus | null {
  const status = call.payload.status?.(data) ?? (call.platform === 'tiktok' ? tiktokStatus(data) : null);
  if (status) return status;
  const code = at(data, 'code');
  const isCode = typeof code === 'number' || (typeof code === 'string' && code !== '');
  if (!isCode || ['0', '200'].includes(String(code))) return null;
  return { code: String(code), message: textIn(data, 'message') ?? textIn(data, 'msg') ?? '' };
}

/** Whether there is an item that could not be read, rather than none. */
function holdsItem(data: unknown): boolean {
  const detail = at(data, 'aweme_detail');
  const items = [detail, ...listOf(at(data, 'aweme_details')), ...listOf(at(data, 'aweme_list'))];
  return items.some((item) => isObject(item) && Object.keys(item).length > 0);
}

/** Why an answer of success holds nothing. */
function emptyError(data: unknown, call: Call, party: Party, advice: string, parameters: readonly string[]): AppError {
  const status = innerStatus(data, call);
  if (status && call.payload === aweme) return statusOfItemError(party, status, 'error_tikhub_inner');
  if (holdsItem(data)) return unreadableError(party);
  return partyError(party, 'not_found', `${label} answered without the item.`, {
    advice,
    parameters,
    upstreamCode: '200',
    upstreamMessage: status ? `${status.code ?? ''} ${status.message}` : '',
  });
}

const postPaths: Readonly<Record<Platform, string>> = {
  tiktok: 'tiktok/app/v3/fetch_one_video',
  douyin: 'douyin/web/fetch_one_video',
};

async function getPost(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const { platform } = ref;
  const call: Call = { path: postPaths[platform], parameters: { aweme_id: ref.id }, payload: aweme, platform };
  const { data, records } = await ask(call, context);
  const party = partyOf(context.credential);
  const post = records.find((record) => record.record_type === 'post');
  if (!post) throw emptyError(data, call, party, 'error_tikhub_200', [ref.id]);
  if (post.post_id !== ref.id) throw wrongItemError(party, ref.id, post.post_id);
  return { records: records.filter((record) => record.record_type !== 'post' || record.post_id === ref.id) };
}

async function getProduct(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const { market } = context.credential;
  const call: Call = {
    path: 'tiktok/shop/web/fetch_product_detail',
    parameters: { product_id: ref.id, region: market },
    payload: tikhubProduct,
    platform: 'tiktok',
  };
  const { data, records } = await ask(call, context);
  const party = partyOf(context.credential);
  const product = records.find((record) => record.record_type === 'product');
  if (!product) throw emptyError(data, call, party, 'error_tikhub_market', [market]);
  if (product.product_id !== ref.id) throw wrongItemError(party, ref.id, product.product_id);
  return { records };
}

/** The parameter that names an author: TikTok's may be named by the handle, Douyin's by the secUid only. */
function authorParameter({ platform, id: author }: EntityRef): Readonly<Record<string, string>> | null {
  if (isSecUid(author)) return { sec_user_id: author };
  return platform === 'tiktok' && !author.includes('/') ? { unique_id: author } : null;
}

const listPaths: Readonly<Record<Platform, string>> = {
  tiktok: 'tiktok/app/v3/fetch_user_post_videos',
  douyin: 'douyin/app/v3/fetch_user_post_videos',
};

async function listPosts(
  context: Context,
  { platform, subject }: ListRequest,
  cursor: string | null,
): Promise<ProviderPage> {
  const party = partyOf(context.credential);
  const author = subject && authorParameter(subject);
  if (!author) {
    throw partyError(party, 'bad_request', 'The list needs the author’s sec_user_id.', {
      advice: 'error_needs_sec_uid',
    });
  }
  const asked = cursor ?? firstCursor;
  const parameters = { ...author, max_cursor: asked, count: String(pageSize) };
  const call: Call = { path: listPaths[platform], parameters, payload: aweme, platform };
  const { data, records } = await ask(call, context);
  const isEmpty = records.length === 0;
  const status = isEmpty ? innerStatus(data, call) : null;
  if (status) throw statusOfItemError(party, status, 'error_tikhub_inner');
  if (isEmpty && holdsItem(data)) throw unreadableError(party);
  return {
    records,
    cursor: nextCursor({ hasMore: at(data, 'has_more'), cursor: at(data, 'max_cursor'), asked, isEmpty }),
  };
}

export const tikhub = defineProvider<TikhubCredential>({
  id,
  label,
  summary: 'provider_tikhub_summary',
  documentation: 'https://docs.tikhub.io/',
  credential,
  needsCredential: true,
  origins: ({ region }) => [hosts[region]],
  timeoutMs,
  /** Ten calls in any second (docs.tikhub.io, 2026-03). Its daily tiers are of the price, not of the number. */
  limits: () => ({ perSecond: 10, burst: 1, concurrency: 10, perDay: null, dayZone: 'UTC' }),
  capabilities: {
    'post.get': { platforms: ['tiktok', 'douyin'], get: getPost },
    'product.get': { platforms: ['tiktok'], get: getProduct },
    'post.list': {
      platforms: ['tiktok', 'douyin'],
      subject: 'author',
      accepts: (ref) => authorParameter(ref) !== null,
      list: listPosts,
    },
  },
  errors,
  async test(context) {
    try {
      await getPost(context, { platform: 'tiktok', kind: 'post', id: sampleVideo });
    } catch (error) {
      // An answer about the post is an answer to a key that was accepted.
      if (error instanceof AppError && answersAboutItem.has(error.code)) return;
      throw error;
    }
  },
});
