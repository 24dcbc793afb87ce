/**
 * The OneBound gateway for Douyin: `item_get_video` (a post without counts and time) and `item_get` (a product).
 * GET with key and secret in the query. Codes, billing and behaviours as read 2026-10.
 */
import * as z from 'zod/mini';
import { nextBeijingMidnight } from '../core/beijing-time.ts';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import { type AnyRecord } from '../core/record.ts';
import { recordRef } from '../core/observation.ts';
import type { EntityRef } from '../core/ref.ts';
import { gatewayCode, gatewayStatus, parseApiInfo, withoutKey } from '../payloads/onebound-envelope.ts';
import { oneboundProduct } from '../payloads/onebound-product.ts';
import { oneboundVideo } from '../payloads/onebound-video.ts';
import type { Payload } from '../payloads/payload.ts';
import { at, isObject } from '../payloads/reading.ts';
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
import { choiceField, secretField, urlListField } from './field-schemas.ts';
import { defineProvider, type ErrorMeaning, type ProviderAnswer, type ProviderContext } from './provider.ts';

const id = 'gateway';
const label = 'OneBound';
const timeoutMs = 20_000;
/** No further host is tried after so long: a browser ends a worker that is busy with one thing for five minutes. */
const failOverMs = 60_000;
/** The gateway names no waiting time; a concurrency limit is over as soon as a call ends. */
const rateWaitMs = 5_000;
/** A public post of the gateway's own published sample; whether it still exists does not matter to a test. */
const sampleVideo = '7092264344980868359';

const credential = z.object({
  key: secretField({ label: 'field_gateway_key', help: 'field_gateway_key_help' }),
  secret: secretField({ label: 'field_gateway_secret', help: 'field_gateway_secret_help' }),
  hosts: urlListField({ label: 'field_gateway_hosts', help: 'field_gateway_hosts_help' }, [
    'https://api-gw.onebound.cn',
  ]),
  language: choiceField({ label: 'field_gateway_language', help: 'field_gateway_language_help' }, ['cn', 'en', 'ru']),
});
type GatewayCredential = z.infer<typeof credential>;
type Context = ProviderContext<GatewayCredential>;

function meaning(upstreamCode: string, code: ErrorCode, billed: boolean | null = null): [string, ErrorMeaning] {
  return [upstreamCode, { code, advice: `error_gateway_${upstreamCode}`, billed }];
}

/** "Not found" is billed; failures of the gateway are free; of the others it says that they are "ignored". */
const errors: Readonly<Record<string, ErrorMeaning>> = Object.fromEntries([
  meaning('2000', 'not_found', true),
  meaning('4000', 'upstream', false),
  meaning('4001', 'upstream', false),
  meaning('4002', 'upstream', false),
  meaning('4003', 'bad_request'),
  meaning('4004', 'auth'),
  meaning('4005', 'auth'),
  meaning('4006', 'permission'),
  meaning('4007', 'auth'),
  meaning('4008', 'rate_limited'),
  meaning('4009', 'upstream'),
  meaning('4010', 'unsupported'),
  meaning('4012', 'permission'),
  meaning('4013', 'quota_exhausted'),
  meaning('4014', 'bad_request'),
  meaning('4015', 'bad_request'),
  meaning('4016', 'quota_exhausted'),
  meaning('4017', 'timeout', false),
  meaning('5000', 'upstream', false),
]);

interface Call {
  readonly apiName: 'item_get_video' | 'item_get';
  readonly idParameter: 'item_id' | 'num_iid';
  readonly payload: Payload;
}
const videoCall: Call = { apiName: 'item_get_video', idParameter: 'item_id', payload: oneboundVideo };
const productCall: Call = { apiName: 'item_get', idParameter: 'num_iid', payload: oneboundProduct };

function partyOf({ key, secret }: GatewayCredential): Party {
  return { provider: id, label, secrets: [key, secret] };
}

function addressOf(host: string, call: Call, itemId: string, context: Context): string {
  const { key, secret, language } = context.credential;
  const query = new URLSearchParams({
    key,
    secret,
    [call.idParameter]: itemId,
    cache: context.fresh ? 'no' : 'yes',
    result_type: 'json',
    lang: language,
    version: '',
  });
  return `${host}/douyin/${call.apiName}/?${query.toString()}`;
}

/** One host after the other: the next is asked only where this one was not reached or answered with another status than 200. */
async function askHosts(
  call: Call,
  itemId: string,
  context: Context,
): Promise<{ json: unknown; response: HttpResponse }> {
  const party = partyOf(context.credential);
  const failures: AppError[] = [];
  const start = context.now();
  for (const host of context.credential.hosts) {
    if (context.now() - start > failOverMs) break;
    try {
      const response = await context.http({
        method: 'GET',
        url: addressOf(host, call, itemId, context),
        timeoutMs,
        secrets: party.secrets,
      });
      if (response.status === 200) return { json: readJson(response, party), response };
      failures.push(refusalOf(response, party, context));
    } catch (error) {
      const isUnreached = error instanceof AppError && (error.code === 'network' || error.code === 'timeout');
      if (!isUnreached) throw error;
      failures.push(error);
    }
  }
  // A host that asks for patience, or that names a reason of its own, says more than one that could not be reached.
  throw (
    failures.find(({ code }) => code === 'rate_limited') ??
    failures.find(({ details }) => details.advice?.startsWith('error_gateway_')) ??
    failures.at(-1) ??
    new AppError('bad_request', 'No host is set.')
  );
}

/** The error of an answer with another status than 200: its own code explains more than the status, if it has one. */
function refusalOf(response: HttpResponse, party: Party, context: Context): AppError {
  const byStatus = statusError(party, response, rateWaitMs);
  let json: unknown;
  try {
    json = parseJson(decodeBody(response.body).text);
  } catch {
    return byStatus;
  }
  reportQuota(json, response, context);
  const code = gatewayCode(json);
  if (code === null || code === '0000' || response.status === 429) return byStatus;
  return errorOf(json, code, response, party);
}

function readJson(response: HttpResponse, party: Party): unknown {
  const { text, isUtf8 } = decodeBody(response.body);
  try {
    return parseJson(text);
  } catch {
    // A wrong key gets one line of GBK instead of JSON, with status 200 (2026-10).
    const isPlainText = !/^\s*(?:[<{[]|$)/u.test(text);
    if (isPlainText && (!isUtf8 || /key|secret|密钥|授权|账号|账户|帐号|签名/iu.test(text))) {
      throw partyError(party, 'auth', `${label} does not know this key.`, {
        advice: 'error_gateway_wrong_key',
        upstreamMessage: withoutKey(text),
      });
    }
    throw notJsonError(party, text);
  }
}

function reportQuota(json: unknown, response: HttpResponse, context: Context): void {
  const info = parseApiInfo(at(json, 'api_info'));
  if (!info) return;
  context.reportQuota({ used: info.today, limit: info.max, expires: info.expires, read_at: response.receivedAt });
}

/** The error of a code of the gateway's table; an unknown code is shown as it came. */
function errorOf(json: unknown, code: string, response: HttpResponse, party: Party): AppError {
  const known = Object.hasOwn(errors, code) ? errors[code] : undefined;
  const words = cleanWords(withoutKey(gatewayStatus(json)?.message ?? ''), party);
  return partyError(party, known?.code ?? 'upstream', `${label} answered ${code}${words ? `: ${words}` : ''}.`, {
    advice: known?.advice ?? 'error_gateway_unknown_code',
    parameters: [code, words],
    upstreamCode: code,
    upstreamMessage: words,
    ...retryAtOf(code, response),
  });
}

function retryAtOf(code: string, response: HttpResponse): { retryAt?: number } {
  // Calls used up come back at midnight in Beijing; a spent balance does not come back by itself.
  if (code === '4013') return { retryAt: nextBeijingMidnight(response.receivedAt) };
  return code === '4008' ? { retryAt: retryTime(response, rateWaitMs) } : {};
}

/** Asks for one item. Resolves with an answer of success that holds an item, whatever that is. */
async function askForItem(
  call: Call,
  itemId: string,
  context: Context,
): Promise<{ json: unknown; response: HttpResponse }> {
  const party = partyOf(context.credential);
  const { json, response } = await askHosts(call, itemId, context);
  reportQuota(json, response, context);
  const code = gatewayCode(json);
  const item = at(json, 'item');
  if (code !== null && code !== '0000') throw errorOf(json, code, response, party);
  if (code === null && !isObject(item)) throw unreadableError(party);
  // Code 0000 without an item is how some answers say that nothing was found.
  if (!isObject(item) || Object.keys(item).length === 0) {
    throw partyError(party, 'not_found', `${label} answered without an item.`, {
      advice: 'error_gateway_2000',
      parameters: ['0000', ''],
    });
  }
  return { json, response };
}

async function ask(call: Call, itemId: string, context: Context): Promise<readonly AnyRecord[]> {
  const { json, response } = await askForItem(call, itemId, context);
  const records = call.payload.read(json, {
    collectedVia: 'api',
    provider: id,
    endpoint: `${id}/${call.apiName}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'douyin',
    language: context.credential.language,
  });
  if (records.length === 0) throw unreadableError(partyOf(context.credential));
  return records;
}

function lookup(call: Call) {
  return async (context: Context, ref: EntityRef): Promise<ProviderAnswer> => {
    const records = await ask(call, ref.id, context);
    const other = records.find((record) => recordRef(record).id !== ref.id);
    if (other) throw wrongItemError(partyOf(context.credential), ref.id, recordRef(other).id);
    return { records };
  };
}

export const gateway = defineProvider<GatewayCredential>({
  id,
  label,
  summary: 'provider_gateway_summary',
  documentation: 'https://open.onebound.cn/',
  credential,
  origins: ({ hosts }) => [...new Set(hosts.map((host) => new URL(host).origin))],
  needsCredential: true,
  timeoutMs,
  /** The gateway publishes no rate; it refuses what runs at once beyond a plan (4008). Calls of a day end at midnight in Beijing. */
  limits: () => ({ perSecond: 5, burst: 2, concurrency: 2, perDay: null, dayZone: 'Asia/Shanghai' }),
  capabilities: {
    'post.get': { platforms: ['douyin'], get: lookup(videoCall) },
    'product.get': { platforms: ['douyin'], get: lookup(productCall) },
  },
  errors,
  async test(context) {
    try {
      await askForItem(videoCall, sampleVideo, context);
    } catch (error) {
      // "Not found" is an answer to a key that was accepted.
      if (error instanceof AppError && error.code === 'not_found') return;
      throw error;
    }
  },
});
