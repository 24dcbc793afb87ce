/**
 * The product detail of Douyin's open platform: signed with the key and the secret of the researcher's own app. Codes,
 * advice and limits as published, read 2026-11. Public documents disagree about the path, so that host and path are
 * settings. Not published and therefore [unverified]: the text of the HMAC form (Taobao's is taken, see
 * lib/signing/canonical.ts) and that a POST is a form.
 */
import * as z from 'zod/mini';
import { nextBeijingMidnight } from '../core/beijing-time.ts';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpRequest, HttpResponse } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import type { EntityRef } from '../core/ref.ts';
import { namesSku, openPlatformProduct, openPlatformStatus } from '../payloads/open-platform-product.ts';
import { at, isObject } from '../payloads/reading.ts';
import { signingSchemes } from '../signing/canonical.ts';
import { choiceField, secretField, textField, urlFieldWithDefault } from './field-schemas.ts';
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
import { defineProvider, type ErrorMeaning, type ProviderAnswer, type ProviderContext, toldOf } from './provider.ts';

const id = 'open-platform';
const label = 'Douyin Open Platform';
const timeoutMs = 10_000;
/** The platform names no waiting time; its limits are per second. */
const rateWaitMs = 1_000;
/** Calls are refused when their time is more than five minutes off; a call may take as long as its timeout. */
const clockToleranceMs = 5 * 60_000 - timeoutMs;
/** A product of a published sample; whether it still exists does not matter to a test. */
const sampleProduct = '3514453298386183303';

const paths = { product_detail: '/api/product/detail', product_info: '/open/api/v1/product/info' } as const;

const credential = z.object({
  appKey: textField(
    { label: 'field_open_platform_app_key', help: 'field_open_platform_app_key_help' },
    /^[\w-]{1,128}$/u,
    '',
  ),
  appSecret: secretField({ label: 'field_open_platform_app_secret', help: 'field_open_platform_app_secret_help' }),
  baseUrl: urlFieldWithDefault(
    { label: 'field_open_platform_base_url', help: 'field_open_platform_base_url_help' },
    'https://open.douyin.com',
  ),
  path: choiceField({ label: 'field_open_platform_path', help: 'field_open_platform_path_help' }, [
    'product_detail',
    'product_info',
  ]),
  method: choiceField({ label: 'field_open_platform_method', help: 'field_open_platform_method_help' }, [
    'GET',
    'POST',
  ]),
  signMethod: choiceField({ label: 'field_open_platform_sign_method', help: 'field_open_platform_sign_method_help' }, [
    'md5',
    'hmac_sha256',
  ]),
  idParameter: choiceField({ label: 'field_open_platform_id', help: 'field_open_platform_id_help' }, [
    'product_id',
    'sku_id',
  ]),
  fields: textField(
    { label: 'field_open_platform_fields', help: 'field_open_platform_fields_help' },
    /^(?:[\w.]+(?:\s*[,，]\s*[\w.]+)*)?$/u,
    '',
  ),
  callsPerSecond: textField(
    { label: 'field_open_platform_per_second', help: 'field_open_platform_per_second_help' },
    /^(?:[1-9]\d?|100)$/u,
    '10',
  ),
  callsPerDay: textField(
    { label: 'field_open_platform_per_day', help: 'field_open_platform_per_day_help' },
    /^(?:[1-9]\d{0,5}|1000000)$/u,
    '10000',
  ),
});
type OpenPlatformCredential = z.infer<typeof credential>;
type Context = ProviderContext<OpenPlatformCredential>;

function meaning(upstreamCode: string, code: ErrorCode): [string, ErrorMeaning] {
  // Nothing is said about billing: calls are counted against the app's level.
  return [upstreamCode, { code, advice: `error_open_platform_${upstreamCode}`, billed: null }];
}

const errors: Readonly<Record<string, ErrorMeaning>> = Object.fromEntries([
  meaning('10001', 'bad_request'),
  meaning('10002', 'auth'),
  meaning('10003', 'not_found'),
  meaning('10004', 'rate_limited'),
  meaning('10005', 'permission'),
  meaning('10006', 'upstream'),
]);

function partyOf({ appSecret }: OpenPlatformCredential): Party {
  return { provider: id, label, secrets: [appSecret] };
}

/** The fields to ask for; with those by which an answer is told from another's. Empty: all. */
function fieldsOf({ fields, idParameter }: OpenPlatformCredential): string {
  if (fields === '') return '';
  const needed = idParameter === 'sku_id' ? ['product_id', 'sku_list'] : ['product_id'];
  return [...new Set([...fields.split(/\s*[,，]\s*/u), ...needed])].join(',');
}

/** What is sent: all of it is signed, and nothing is changed after that. */
function signedParameters(itemId: string, signedAt: number, used: OpenPlatformCredential): Record<string, string> {
  const fields = fieldsOf(used);
  const parameters = {
    app_key: used.appKey,
    timestamp: String(Math.floor(signedAt / 1000)),
    [used.idParameter]: itemId,
    ...(fields === '' ? {} : { fields }),
    ...(used.signMethod === 'hmac_sha256' ? { sign_method: 'hmac-sha256' } : {}),
  };
  const scheme =
    used.signMethod === 'hmac_sha256' ? signingSchemes['hmac-sha256-secret-key'] : signingSchemes['md5-wrapped-secret'];
  return { ...parameters, sign: scheme.sign(parameters, used.appSecret).sign };
}

function requestOf(itemId: string, signedAt: number, used: OpenPlatformCredential): HttpRequest {
  const url = used.baseUrl + paths[used.path];
  const query = new URLSearchParams(signedParameters(itemId, signedAt, used)).toString();
  const { secrets } = partyOf(used);
  if (used.method === 'GET') return { method: 'GET', url: `${url}?${query}`, timeoutMs, secrets };
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url, headers, body: query, timeoutMs, secrets };
}

interface Told {
  readonly code: ErrorCode;
  readonly advice: string;
  readonly parameters?: readonly string[];
  readonly retryAt?: number;
  readonly retryable?: boolean;
}

/** Whole minutes by which the signed time was off the platform's `Date`; null: not more than it tolerates, or not known. */
function minutesOff(response: HttpResponse, signedAt: number): number | null {
  const difference = Math.abs(signedAt - Date.parse(response.headers['date'] ?? ''));
  return difference > clockToleranceMs ? Math.round(difference / 60_000) : null;
}

function waitNamed(words: string): number | null {
  const seconds = /(\d{1,4}) ?(?:s(?:ec(?:onds?)?)?\b|秒)/iu.exec(words)?.[1];
  return seconds ? Number(seconds) * 1000 : null;
}

/** What a code means together with the words beside it and the clocks. */
function tell(code: string, words: string, response: HttpResponse, signedAt: number): Told {
  const known = Object.hasOwn(errors, code) ? errors[code] : undefined;
  if (!known) return { code: 'upstream', advice: 'error_open_platform_unknown_code', retryable: false };
  if (known.code === 'auth') {
    const minutes = minutesOff(response, signedAt);
    if (minutes !== null) {
      return { code: 'auth', advice: 'error_open_platform_clock_off', parameters: [String(minutes)] };
    }
    if (/time.?stamp|时间戳|过期|expired/iu.test(words)) return { code: 'auth', advice: 'error_open_platform_clock' };
  }
  if (known.code === 'rate_limited') {
    // One code for both limits: only its words can tell that it is the day's.
    if (/每日|当日|今日|日调用|daily|per day|quota/iu.test(words)) {
      const retryAt = nextBeijingMidnight(response.receivedAt);
      return { code: 'quota_exhausted', advice: 'error_open_platform_day', retryAt };
    }
    return { ...known, retryAt: retryTime(response, waitNamed(words) ?? rateWaitMs) };
  }
  return known;
}

function errorOf(code: string, message: string, response: HttpResponse, signedAt: number, party: Party): AppError {
  // Read after the redaction: a secret must not decide what an error means.
  const words = cleanWords(message, party);
  const { retryAt, retryable, ...told } = tell(code, words, response, signedAt);
  return partyError(party, told.code, `${label} answered ${code}${words ? `: ${words}` : ''}.`, {
    advice: told.advice,
    parameters: [code, words, ...(told.parameters ?? [])],
    upstreamCode: code,
    upstreamMessage: words,
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(retryable === undefined ? {} : { retryable }),
  });
}

function readJson(response: HttpResponse, party: Party): unknown {
  const { text } = decodeBody(response.body);
  try {
    // Strict: the comma too many of the published sample is a slip of its page, and would be damage in an answer.
    return parseJson(text);
  } catch {
    throw response.status === 200 ? notJsonError(party, text) : statusError(party, response, rateWaitMs);
  }
}

/** Asks for one item. Resolves with an answer of success that holds something. */
async function ask(itemId: string, context: Context): Promise<{ json: unknown; response: HttpResponse }> {
  const party = partyOf(context.credential);
  const signedAt = context.now();
  const response = await context.http(requestOf(itemId, signedAt, context.credential));
  const json = readJson(response, party);
  const { code, message } = openPlatformStatus(json);
  if (code !== null && code !== '0') throw errorOf(code, message, response, signedAt, party);
  if (response.status !== 200) throw statusError(party, response, rateWaitMs);
  const data = at(json, 'data');
  if (code === null && !isObject(data)) throw unreadableError(party);
  if (!isObject(data) || Object.keys(data).length === 0) {
    throw partyError(party, 'not_found', `${label} answered without a product.`, {
      advice: 'error_open_platform_10003',
      parameters: ['0', ''],
    });
  }
  return { json, response };
}

/**
 * One call for one id. By `sku_id` the id is that of a SKU: the answer is the product that has it, and says so in its
 * `sku_list`.
 */
async function getProduct(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const party = partyOf(context.credential);
  const { json, response } = await ask(ref.id, context);
  const records = openPlatformProduct.read(json, {
    collectedVia: 'api',
    provider: id,
    endpoint: `${id}${paths[context.credential.path]}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'douyin',
    ...toldOf(context),
  });
  const answered = productIdOf(records);
  if (answered === null) throw unreadableError(party);
  const isAsked = context.credential.idParameter === 'sku_id' ? namesSku(json, ref.id) : answered === ref.id;
  if (!isAsked) throw wrongItemError(party, ref.id, answered);
  return { records };
}

function productIdOf(records: readonly AnyRecord[]): string | null {
  const product = records.find((record) => record.record_type === 'product');
  return product?.product_id ?? null;
}

export const openPlatform = defineProvider<OpenPlatformCredential>({
  id,
  label,
  summary: 'provider_open_platform_summary',
  documentation: 'https://developer.open-douyin.com/',
  credential,
  needsCredential: true,
  origins: ({ baseUrl }) => [new URL(baseUrl).origin],
  timeoutMs,
  /** By the level of the app: 10 to 100 calls per second, 10,000 to 1,000,000 per day. Ten at once suffice for any level. */
  limits: ({ callsPerSecond, callsPerDay }) => ({
    perSecond: Number(callsPerSecond),
    burst: Math.min(Number(callsPerSecond), 10),
    concurrency: 10,
    perDay: Number(callsPerDay),
    dayZone: 'Asia/Shanghai',
  }),
  capabilities: { 'product.get': { platforms: ['douyin'], get: getProduct } },
  errors,
  async test(context) {
    try {
      await ask(sampleProduct, context);
    } catch (error) {
      // "Not found" is an answer to a sign that was accepted.
      if (error instanceof AppError && error.code === 'not_found') return;
      throw error;
    }
  },
});
