/**
 * A third-party TikTok gateway that signs with a key and a secret: POST of JSON, MD5 sign over the sorted parameters,
 * timestamp in ms. Its address, the name of its call and how a post is named are settings. Its sister call
 * `item_search_video` signs the same way; what it takes and lists is not published, so `q` and `page` are the usual names
 * and the list is read leniently. It publishes no table of error codes, so that what an error means is read from its
 * HTTP status and its words.
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import { type AnyRecord } from '../core/record.ts';
import { recordRef } from '../core/observation.ts';
import type { EntityRef } from '../core/ref.ts';
import { postAddress } from '../payloads/addresses.ts';
import {
  keySecretData,
  type KeySecretPage,
  keySecretPage,
  keySecretStatus,
  keySecretSucceeded,
  keySecretVideo,
} from '../payloads/key-secret-video.ts';
import { withoutKey } from '../payloads/onebound-envelope.ts';
import { isObject } from '../payloads/reading.ts';
import { signingSchemes, type SigningParameters } from '../signing/canonical.ts';
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
import { choiceField, secretField, textField, urlField, wordsField } from './field-schemas.ts';
import {
  defineProvider,
  type ListRequest,
  type ProviderAnswer,
  type ProviderContext,
  type ProviderPage,
  toldOf,
} from './provider.ts';

const id = 'key-secret';
const label = 'TikTok key + secret gateway';
const timeoutMs = 20_000;
const rateWaitMs = 15_000;
/** A public post of TikTok's own embedding guide; whether it still exists does not matter to a test. */
const sampleVideo = '6718335390845095173';

const credential = z.object({
  key: secretField({ label: 'field_key_secret_key', help: 'field_key_secret_key_help' }),
  secret: secretField({ label: 'field_key_secret_secret', help: 'field_key_secret_secret_help' }),
  baseUrl: urlField({ label: 'field_key_secret_base_url', help: 'field_key_secret_base_url_help' }),
  apiName: textField(
    { label: 'field_key_secret_api_name', help: 'field_key_secret_api_name_help' },
    /^[\w-]+(?:\/[\w-]+)*$/u,
    'item_get_video',
  ),
  postName: choiceField({ label: 'field_key_secret_post_name', help: 'field_key_secret_post_name_help' }, [
    'video_id',
    'item_id',
    'share_url',
  ]),
  needProduct: choiceField({ label: 'field_key_secret_need_product', help: 'field_key_secret_need_product_help' }, [
    'yes',
    'no',
  ]),
  needMusic: choiceField({ label: 'field_key_secret_need_music', help: 'field_key_secret_need_music_help' }, [
    'yes',
    'no',
  ]),
});
type KeySecretCredential = z.infer<typeof credential>;
type Context = ProviderContext<KeySecretCredential>;

function partyOf({ key, secret }: KeySecretCredential): Party {
  return { provider: id, label, secrets: [key, secret] };
}

interface Call {
  readonly apiName: string;
  readonly parameters: SigningParameters;
}

/**
 * The signed body. `timestamp` stays a number: the gateway refuses it as text. Nothing that is not set is in it: Python's
 * published code signs `None` as a word while its JSON says null.
 */
function bodyOf({ parameters: asked }: Call, { credential: { key, secret }, now }: Context): string {
  const parameters = { key, ...asked, timestamp: now() };
  const { sign } = signingSchemes['md5-urlencode-secret'].sign(parameters, secret);
  return JSON.stringify({ ...parameters, sign });
}

/** One post, by the name that this gateway knows posts by. */
function postCall(postId: string, { apiName, postName, needProduct, needMusic }: KeySecretCredential): Call {
  return {
    apiName,
    parameters: {
      [postName]: postName === 'share_url' ? postAddress('tiktok', postId) : postId,
      need_product: needProduct === 'yes' ? 1 : 0,
      need_music: needMusic === 'yes' ? 1 : 0,
    },
  };
}

/** The search lies beside the call that is set: `v2/item_get_video` and `v2/item_search_video`. */
function searchCall(words: string, page: number, { apiName }: KeySecretCredential): Call {
  return { apiName: apiName.replace(/[^/]+$/u, 'item_search_video'), parameters: { q: words, page } };
}

/** What the gateway's words tell, tried in this order: "Key[…] quota exceeded" is about the quota, not about the key. */
const meanings: readonly { readonly words: RegExp; readonly code: ErrorCode; readonly advice: string }[] = [
  {
    words: /quota|balance|insufficient|credits?\b|余额|额度|超量|次数.{0,6}(?:用完|不足|超)|欠费/iu,
    code: 'quota_exhausted',
    advice: 'error_key_secret_quota',
  },
  {
    words: /too many|too fast|frequen|rate.?limit|throttl|频率|频繁|限流|并发/iu,
    code: 'rate_limited',
    advice: 'error_key_secret_rate',
  },
  {
    words: /time.?stamp|时间戳|clock|request expired|请求.{0,4}过期/iu,
    code: 'auth',
    advice: 'error_key_secret_clock',
  },
  { words: /\bsign|signature|签名|验签/iu, code: 'auth', advice: 'error_key_secret_sign' },
  {
    words: /permission|forbidden|not allowed|no access|scope|权限|未开通/iu,
    code: 'auth',
    advice: 'error_key_secret_permission',
  },
  {
    words: /\b(?:api|app|access)?[ _-]?key\b|secret|unauthori[sz]ed|token|密钥|鉴权|认证|授权|账号|帐号/iu,
    code: 'auth',
    advice: 'error_key_secret_key',
  },
  {
    words: /\bapi\b.{0,40}not (?:exist|found)|接口.{0,6}(?:不存在|未找到)/iu,
    code: 'unsupported',
    advice: 'error_key_secret_address',
  },
  {
    words: /\b(?:video|item|post)s?\b.{0,20}not (?:exist|found)|(?:视频|作品).{0,6}(?:不存在|没找到|未找到)/iu,
    code: 'not_found',
    advice: 'error_key_secret_not_found',
  },
];

const statusMeanings: Readonly<Record<number, { readonly code: ErrorCode; readonly advice: string }>> = {
  400: { code: 'bad_request', advice: 'error_key_secret_other' },
  401: { code: 'auth', advice: 'error_key_secret_key' },
  403: { code: 'auth', advice: 'error_key_secret_permission' },
  429: { code: 'rate_limited', advice: 'error_key_secret_rate' },
};

/** A failure of the gateway or of who it asks, which may be over in a moment. */
const passingWords = /time.?out|timed out|busy|try again|unavailable|upstream|internal|繁忙|超时|稍后|重试|系统错误/iu;

const clockSkewWorthNaming = 60_000;

/** Whole minutes by which this computer's clock differs from the gateway's `Date` header; null: not much, or not known. */
function clockDifference(response: HttpResponse): number | null {
  const difference = response.receivedAt - Date.parse(response.headers['date'] ?? '');
  return Math.abs(difference) > clockSkewWorthNaming ? Math.round(difference / 60_000) : null;
}

/** Seconds to wait that the words name ("wait 15s"). */
function namedWait(words: string): number | null {
  const seconds = /\b(\d{1,5}) ?s(?:ec|econds?)?\b/iu.exec(words)?.[1];
  return seconds ? Number(seconds) * 1000 : null;
}

/** The error of an answer in the gateway's own form, by its words first, then by its HTTP status. */
function errorOf(json: unknown, response: HttpResponse, party: Party): AppError {
  const { code, message } = keySecretStatus(json);
  const words = cleanWords(withoutKey(message), party);
  // Matched against the redacted words: a secret must not decide what an error means.
  const known =
    (response.status === 429 ? statusMeanings[429] : undefined) ??
    meanings.find((entry) => entry.words.test(words)) ??
    statusMeanings[response.status];
  const minutes = known?.advice === 'error_key_secret_clock' ? clockDifference(response) : null;
  const upstreamCode = code ?? (response.status === 200 ? null : `HTTP ${response.status}`);
  return partyError(
    party,
    known?.code ?? 'upstream',
    `The gateway answered ${upstreamCode ?? 'no code'}${words ? `: ${words}` : ''}.`,
    {
      advice: minutes === null ? (known?.advice ?? 'error_key_secret_other') : 'error_key_secret_clock_off',
      parameters:
        minutes === null ? [upstreamCode ?? '', words] : [upstreamCode ?? '', words, String(Math.abs(minutes))],
      upstreamCode,
      upstreamMessage: words,
      // Nobody knows whether a call with an unknown code was billed: only what passes by itself is asked for again.
      ...(known === undefined ? { retryable: response.status >= 500 || passingWords.test(words) } : {}),
      ...(known?.code === 'rate_limited' ? { retryAt: retryTime(response, namedWait(words) ?? rateWaitMs) } : {}),
    },
  );
}

function readJson(response: HttpResponse, party: Party): unknown {
  const { text } = decodeBody(response.body);
  try {
    return parseJson(text);
  } catch {
    throw response.status === 200 ? notJsonError(party, text) : statusError(party, response, rateWaitMs);
  }
}

interface Answer {
  readonly json: unknown;
  readonly response: HttpResponse;
}

/** Asks once. Resolves with an answer that says that it worked. */
async function ask(call: Call, context: Context): Promise<Answer> {
  const { baseUrl } = context.credential;
  const party = partyOf(context.credential);
  const response = await context.http({
    method: 'POST',
    url: `${baseUrl}/${call.apiName}`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: bodyOf(call, context),
    timeoutMs,
    secrets: party.secrets,
  });
  const json = readJson(response, party);
  const succeeded = keySecretSucceeded(json);
  if (succeeded === null) throw response.status === 200 ? shapeError(party) : statusError(party, response, rateWaitMs);
  if (!succeeded) throw errorOf(json, response, party);
  return { json, response };
}

function recordsOf({ json, response }: Answer, { apiName }: Call, context: Context): readonly AnyRecord[] {
  return keySecretVideo.read(json, {
    collectedVia: 'api',
    provider: id,
    endpoint: `${id}/${apiName}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'tiktok',
    ...toldOf(context),
  });
}

async function askForPost(postId: string, context: Context): Promise<readonly AnyRecord[]> {
  const party = partyOf(context.credential);
  const call = postCall(postId, context.credential);
  const answer = await ask(call, context);
  const data = keySecretData(answer.json);
  if (!isObject(data) || Object.keys(data).length === 0) {
    throw partyError(party, 'not_found', 'The gateway found no such video.', {
      advice: 'error_key_secret_not_found',
      parameters: [postId, ''],
    });
  }
  const records = recordsOf(answer, call, context);
  if (records.length === 0) throw unreadableError(party);
  return records;
}

function shapeError(party: Party): AppError {
  return partyError(party, 'schema', 'The answer has neither a code nor a status.', {
    advice: 'error_key_secret_shape',
  });
}

async function getPost(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const records = await askForPost(ref.id, context);
  const post = records.find((record) => record.record_type === 'post');
  if (!post || post.post_id !== ref.id) {
    throw wrongItemError(partyOf(context.credential), ref.id, post ? recordRef(post).id : '');
  }
  // Whatever else the gateway put into its answer was not asked for.
  return { records: records.filter((record) => record.record_type !== 'post' || record.post_id === ref.id) };
}

/** The number of the page after this one; null where the answer lets one know that there is none. */
function nextPage(asked: number, { entries, page, pageSize, pageCount, hasMore }: KeySecretPage): string | null {
  const isLast =
    entries === null ||
    entries === 0 ||
    hasMore === false ||
    (pageCount !== null && asked >= pageCount) ||
    // Who says that there is more may send a short page.
    (hasMore === null && pageSize !== null && entries < pageSize) ||
    (page !== null && page < asked);
  return isLast ? null : String(asked + 1);
}

const searchForm = z.object({ q: wordsField({ label: 'field_search_words', help: 'field_search_words_help' }) });

async function searchPosts(context: Context, { query }: ListRequest, cursor: string | null): Promise<ProviderPage> {
  const party = partyOf(context.credential);
  const words = query['q']?.trim() ?? '';
  const page = cursor === null ? 1 : Number(cursor);
  if (words === '' || !Number.isSafeInteger(page) || page < 1)
    throw partyError(party, 'bad_request', 'A search needs words, and a page of its own.', { parameters: [label] });
  const call = searchCall(words, page, context.credential);
  const answer = await ask(call, context);
  const found = keySecretPage(answer.json);
  const records = recordsOf(answer, call, context);
  // Empty data is how this gateway says that nothing was found.
  if (records.length === 0 && found.entries !== null && found.entries > 0) throw unreadableError(party);
  return { records, cursor: nextPage(page, found) };
}

export const keySecret = defineProvider<KeySecretCredential>({
  id,
  label,
  summary: 'provider_key_secret_summary',
  documentation: null,
  credential,
  origins: ({ baseUrl }) => [new URL(baseUrl).origin],
  needsCredential: true,
  timeoutMs,
  /** The gateway publishes no limits: what a careful caller keeps. */
  limits: () => ({ perSecond: 3, burst: 3, concurrency: 2, perDay: null, dayZone: 'Asia/Shanghai' }),
  capabilities: {
    'post.get': { platforms: ['tiktok'], get: getPost },
    'post.search': { platforms: ['tiktok'], subject: null, query: searchForm, list: searchPosts },
  },
  // The gateway publishes none.
  errors: {},
  async test(context) {
    try {
      await askForPost(sampleVideo, context);
    } catch (error) {
      // "Not found" is an answer to a key and a sign that were accepted.
      if (error instanceof AppError && error.code === 'not_found') return;
      throw error;
    }
  },
});
