/**
 * How the gateway is called: a GET with key and secret in the query, one host after the other, and what its codes mean.
 * Codes, billing and behaviours as read 2026-10.
 */
import * as z from 'zod/mini';
import { nextBeijingMidnight } from '../core/beijing-time.ts';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import { gatewayCode, gatewayStatus, parseApiInfo, withoutKey } from '../payloads/onebound-envelope.ts';
import { at, isObject } from '../payloads/reading.ts';
import { cleanWords, decodeBody, notJsonError, type Party, partyError, retryTime, statusError } from './http-answer.ts';
import { choiceField, secretField, urlListField } from './field-schemas.ts';
import type { ErrorMeaning, ProviderContext } from './provider.ts';

export const id = 'gateway';
export const label = 'OneBound';
export const timeoutMs = 20_000;
/** No further host is tried after so long: a browser ends a worker that is busy with one thing for five minutes. */
const failOverMs = 60_000;
/** The gateway names no waiting time; a concurrency limit is over as soon as a call ends. */
const rateWaitMs = 5_000;
/** Maintenance is over when it is over: nobody is asked again at once, and people are told "in an hour". */
const maintenanceMs = 3_600_000;

export const credential = z.object({
  key: secretField({ label: 'field_gateway_key', help: 'field_gateway_key_help' }),
  secret: secretField({ label: 'field_gateway_secret', help: 'field_gateway_secret_help' }),
  hosts: urlListField({ label: 'field_gateway_hosts', help: 'field_gateway_hosts_help' }, [
    'https://api-gw.onebound.cn',
  ]),
  language: choiceField({ label: 'field_gateway_language', help: 'field_gateway_language_help' }, ['cn', 'en', 'ru']),
});
export type GatewayCredential = z.infer<typeof credential>;
export type Context = ProviderContext<GatewayCredential>;

function meaning(upstreamCode: string, code: ErrorCode, billed: boolean | null = null): [string, ErrorMeaning] {
  return [upstreamCode, { code, advice: `error_gateway_${upstreamCode}`, billed }];
}

/**
 * "Not found" is billed as a success is; failures of the gateway are free; of the others it says that they are
 * "ignored". Worth repeating are 4000, 4001, 4002, 4017 and 5000, and 4008 after a moment.
 */
export const errors: Readonly<Record<string, ErrorMeaning>> = Object.fromEntries([
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

/** One call: its name and what it asks for. */
export interface GatewayCall {
  readonly apiName: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Codes that are an answer to this call besides 0000. */
  readonly answers?: readonly string[];
}

export interface GatewayAnswer {
  readonly json: unknown;
  /** Null: it has none. */
  readonly code: string | null;
  readonly response: HttpResponse;
}

/** Whose answers these are. */
export function partyOf({ key, secret }: GatewayCredential): Party {
  return { provider: id, label, secrets: [key, secret] };
}

function addressOf(host: string, call: GatewayCall, context: Context): string {
  const { key, secret, language } = context.credential;
  const query = new URLSearchParams({
    key,
    secret,
    ...call.parameters,
    cache: context.fresh ? 'no' : 'yes',
    result_type: 'json',
    lang: language,
    version: '',
  });
  return `${host}/douyin/${call.apiName}/?${query.toString()}`;
}

/** One host after the other: the next is asked only where this one was not reached or answered with another status than 200. */
async function askHosts(
  call: GatewayCall,
  context: Context,
): Promise<{ readonly json: unknown; readonly response: HttpResponse }> {
  const party = partyOf(context.credential);
  const failures: AppError[] = [];
  const start = context.now();
  for (const host of context.credential.hosts) {
    if (context.now() - start > failOverMs) break;
    try {
      const response = await context.http({
        method: 'GET',
        url: addressOf(host, call, context),
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

/**
 * The error of a code of the gateway's table. An unknown code is shown as it came and not asked for again by itself:
 * nobody knows whether it was billed.
 */
function errorOf(json: unknown, code: string, response: HttpResponse, party: Party): AppError {
  const known = Object.hasOwn(errors, code) ? errors[code] : undefined;
  const words = cleanWords(withoutKey(gatewayStatus(json)?.message ?? ''), party);
  return partyError(party, known?.code ?? 'upstream', `${label} answered ${code}${words ? `: ${words}` : ''}.`, {
    advice: known?.advice ?? 'error_gateway_unknown_code',
    parameters: [code, words],
    upstreamCode: code,
    upstreamMessage: words,
    ...(known === undefined || code === '4009' ? { retryable: false } : {}),
    ...retryAtOf(code, response),
  });
}

function retryAtOf(code: string, response: HttpResponse): { retryAt?: number } {
  // Calls used up come back at midnight in Beijing; a spent balance does not come back by itself.
  if (code === '4013') return { retryAt: nextBeijingMidnight(response.receivedAt) };
  if (code === '4009') return { retryAt: retryTime(response, maintenanceMs) };
  return code === '4008' ? { retryAt: retryTime(response, rateWaitMs) } : {};
}

/**
 * The answer with what it was asked. The gateway repeats that in `call_args`, in some answers as an empty list; records
 * need it where their item does not say whose it is.
 */
function withAsked(json: unknown, { parameters }: GatewayCall): unknown {
  if (!isObject(json)) return json;
  const repeated = json['call_args'];
  return isObject(repeated) && Object.keys(repeated).length > 0 ? json : { ...json, call_args: parameters };
}

/** Asks once. Resolves with an answer of success, or of one of the call's own `answers`; throws AppError for all others. */
export async function askGateway(call: GatewayCall, context: Context): Promise<GatewayAnswer> {
  const { json, response } = await askHosts(call, context);
  reportQuota(json, response, context);
  const code = gatewayCode(json);
  if (code !== null && code !== '0000' && !call.answers?.includes(code))
    throw errorOf(json, code, response, partyOf(context.credential));
  return { json: withAsked(json, call), code, response };
}

/** Nothing was found, although no code says so. */
export function notFoundError(context: Context): AppError {
  return partyError(partyOf(context.credential), 'not_found', `${label} answered without an item.`, {
    advice: 'error_gateway_2000',
    parameters: ['0000', ''],
  });
}
