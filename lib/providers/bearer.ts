/**
 * A third-party TikTok API with a bearer key: a post's detail and an author's posts, GET with query parameters. Its
 * address is a setting. Its codes are in the JSON, under HTTP status 200 or the same (as published; read 2026-10).
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import { type EntityRef, isSecUid } from '../core/ref.ts';
import { aweme } from '../payloads/aweme.ts';
import { bearerNormalised } from '../payloads/bearer-normalised.ts';
import type { PayloadContext } from '../payloads/payload.ts';
import { at, isObject, listOf, nameOf, valueOf } from '../payloads/reading.ts';
import { bearerKeyField, textField, urlField } from './field-schemas.ts';
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
  type Query,
  toldOf,
} from './provider.ts';

const id = 'bearer';
const label = 'TikTok bearer-key API';
const timeoutMs = 20_000;
/** What its published refusal of too many calls asks for. */
const rateWaitMs = 15_000;
const largestPage = 35;
const firstCursor = '0';
/** A public post of TikTok's own embedding guide; whether it still exists does not matter to a test. */
const sampleVideo = '6718335390845095173';

const credential = z.object({
  apiKey: bearerKeyField({ label: 'field_bearer_api_key', help: 'field_bearer_api_key_help' }),
  baseUrl: urlField({ label: 'field_bearer_base_url', help: 'field_bearer_base_url_help' }),
});
type BearerCredential = z.infer<typeof credential>;
type Context = ProviderContext<BearerCredential>;

const listQuery = z.object({
  limit: textField(
    { label: 'field_bearer_limit', help: 'field_bearer_limit_help' },
    /^(?:[1-9]|[12]\d|3[0-5])$/u,
    String(largestPage),
  ),
  region: textField({ label: 'field_bearer_region', help: 'field_bearer_region_help' }, /^(?:[A-Za-z]{2})?$/u, ''),
});

/** The codes that it publishes. It does not say which answers are billed. */
const errors: Readonly<Record<string, ErrorMeaning>> = {
  400: { code: 'not_found', advice: 'error_bearer_400', billed: null },
  401: { code: 'auth', advice: 'error_bearer_401', billed: null },
  429: { code: 'rate_limited', advice: 'error_bearer_429', billed: null },
};

/** Its codes are those of HTTP, so that one which it does not publish means what it means there. */
const httpMeanings: Readonly<Record<string, ErrorCode>> = {
  402: 'quota_exhausted',
  403: 'permission',
  404: 'not_found',
};

interface Call {
  /** Under the base address; also what provenance cites. */
  readonly path: 'video/detail' | 'user/post/list';
  readonly parameters: Readonly<Record<string, string>>;
}

function partyOf({ apiKey }: BearerCredential): Party {
  return { provider: id, label, secrets: [apiKey] };
}

function codeOf(json: unknown): string | null {
  const code = at(json, 'code');
  return typeof code === 'number' || typeof code === 'string' ? String(code) : null;
}

/** The wait that the words name ("wait 15s", "请等待 15 秒") in ms; null: none. */
function namedWait(words: string): number | null {
  const [, amount, unit = ''] =
    /(\d{1,5})\s*(m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?|分|秒)(?![a-z])/iu.exec(words) ?? [];
  return amount === undefined ? null : Number(amount) * (/^(?:m|分)/iu.test(unit) ? 60_000 : 1000);
}

function errorOf(json: unknown, code: string, response: HttpResponse, party: Party): AppError {
  const words = cleanWords(valueOf(nameOf(at(json, 'msg') ?? at(json, 'message'))) ?? '', party);
  const known = Object.hasOwn(errors, code) ? errors[code] : undefined;
  const byHttp = Object.hasOwn(httpMeanings, code) ? httpMeanings[code] : undefined;
  const meaning = known?.code ?? byHttp ?? 'upstream';
  return partyError(party, meaning, `The API answered ${code}${words ? `: ${words}` : ''}.`, {
    advice: known?.advice ?? 'error_bearer_other',
    parameters: [code, words],
    upstreamCode: code,
    upstreamMessage: words,
    ...(meaning === 'rate_limited' ? { retryAt: retryTime(response, namedWait(words) ?? rateWaitMs) } : {}),
  });
}

function readJson(response: HttpResponse, party: Party): unknown {
  const { text } = decodeBody(response.body);
  try {
    return parseJson(text);
  } catch {
    throw response.status === 200 ? notJsonError(party, text) : statusError(party, response, rateWaitMs);
  }
}

/** One call. Resolves with an answer of success, whatever it holds. */
async function ask(call: Call, context: Context): Promise<{ json: unknown; response: HttpResponse }> {
  const { apiKey, baseUrl } = context.credential;
  const party = partyOf(context.credential);
  const response = await context.http({
    method: 'GET',
    url: `${baseUrl}/api/v1/tiktok/${call.path}?${new URLSearchParams(call.parameters).toString()}`,
    headers: { accept: 'application/json', authorization: `Bearer ${apiKey}` },
    timeoutMs,
    secrets: party.secrets,
  });
  const json = readJson(response, party);
  const code = codeOf(json);
  const isSuccess = code === null || code === '0' || code === '200';
  if (!isSuccess) throw errorOf(json, code, response, party);
  if (response.status !== 200) throw statusError(party, response, rateWaitMs);
  // The published target form has no code of its own; anything else without one is no answer of this API.
  if (code === null && !bearerNormalised.recognises(json) && !aweme.recognises(json)) throw unreadableError(party);
  return { json, response };
}

/** The records of an answer in either of its forms: TikTok's own, or the structured one, also within `data`. */
function recordsOf(json: unknown, call: Call, response: HttpResponse, asked: Context): readonly AnyRecord[] {
  const context: PayloadContext = {
    collectedVia: 'api',
    provider: id,
    endpoint: `${id}/${call.path}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'tiktok',
    ...toldOf(asked),
  };
  const raw = aweme.read(json, context);
  if (raw.length > 0) return raw;
  const structured = bearerNormalised.read(json, context);
  return structured.length > 0 ? structured : bearerNormalised.read(at(json, 'data'), context);
}

/** What an answer holds, at its top or in `data`. */
function held(json: unknown, name: string): unknown {
  return at(json, 'data', name) ?? at(json, name);
}

function listIn(json: unknown): readonly unknown[] {
  const raw = listOf(held(json, 'aweme_list'));
  return raw.length > 0 ? raw : listOf(held(json, 'video_list'));
}

/** Whether the answer says that there is nothing, rather than something that cannot be read. */
function isEmptyAnswer(json: unknown): boolean {
  const data = at(json, 'data') ?? {};
  const detail = held(json, 'aweme_detail');
  const holdsItem = isObject(detail) ? Object.keys(detail).length > 0 : (detail ?? null) !== null;
  const isStructured = ['aweme_id', 'video_desc', 'author_info'].some((name) => at(data, name) !== undefined);
  return !holdsItem && !isStructured && listIn(json).length === 0;
}

async function getPost(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const call: Call = { path: 'video/detail', parameters: { aweme_id: ref.id } };
  const { json, response } = await ask(call, context);
  const party = partyOf(context.credential);
  const records = recordsOf(json, call, response, context);
  const post = records.find((record) => record.record_type === 'post');
  if (!post) throw noPostError(json, ref, party);
  if (post.post_id !== ref.id) throw wrongItemError(party, ref.id, post.post_id);
  // Whatever other posts the answer holds were not asked for.
  return { records: records.filter((record) => record.record_type !== 'post' || record.post_id === ref.id) };
}

function noPostError(json: unknown, ref: EntityRef, party: Party): AppError {
  const status = aweme.status?.(json) ?? null;
  if (status) return statusOfItemError(party, status, 'error_bearer_other');
  if (!isEmptyAnswer(json)) return unreadableError(party);
  return partyError(party, 'not_found', 'The API found no such post.', {
    advice: 'error_bearer_400',
    parameters: [ref.id, ''],
  });
}

function listParameters(secUid: string, query: Query, cursor: string): Readonly<Record<string, string>> {
  const region = (query['region'] ?? '').toUpperCase();
  return {
    sec_user_id: secUid,
    max_cursor: cursor,
    limit: query['limit'] || String(largestPage),
    ...(region ? { region } : {}),
  };
}

async function listPosts(context: Context, request: ListRequest, cursor: string | null): Promise<ProviderPage> {
  const party = partyOf(context.credential);
  const { subject, query } = request;
  if (subject === null || !isSecUid(subject.id)) {
    throw partyError(party, 'bad_request', 'The list needs the author’s sec_user_id.', {
      advice: 'error_needs_sec_uid',
    });
  }
  const asked = cursor ?? firstCursor;
  const call: Call = { path: 'user/post/list', parameters: listParameters(subject.id, query, asked) };
  const { json, response } = await ask(call, context);
  const records = recordsOf(json, call, response, context);
  if (records.length === 0) {
    const status = aweme.status?.(json) ?? null;
    if (status) throw statusOfItemError(party, status, 'error_bearer_other');
    if (!isEmptyAnswer(json)) throw unreadableError(party);
  }
  return {
    records,
    cursor: nextCursor({
      hasMore: held(json, 'has_more'),
      cursor: held(json, 'max_cursor') ?? held(json, 'next_cursor'),
      asked,
      isEmpty: records.length === 0,
    }),
  };
}

export const bearer = defineProvider<BearerCredential>({
  id,
  label,
  summary: 'provider_bearer_summary',
  documentation: null,
  credential,
  needsCredential: true,
  origins: ({ baseUrl }) => [new URL(baseUrl).origin],
  timeoutMs,
  /** Three calls in any second, as published: without a burst, since a bucket that is full lets twice as many through. */
  limits: () => ({ perSecond: 3, burst: 1, concurrency: 3, perDay: null, dayZone: 'UTC' }),
  capabilities: {
    'post.get': { platforms: ['tiktok'], get: getPost },
    'post.list': {
      platforms: ['tiktok'],
      subject: 'author',
      accepts: (ref) => isSecUid(ref.id),
      query: listQuery,
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
