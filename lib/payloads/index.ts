import { parseJson } from '../core/lossless-json.ts';
import type { AnyRecord } from '../core/record.ts';
import { aweme } from './aweme.ts';
import { bearerNormalised } from './bearer-normalised.ts';
import { doudianProduct } from './doudian-product.ts';
import { keySecretVideo } from './key-secret-video.ts';
import { gatewayStatus } from './onebound-envelope.ts';
import { oneboundProduct } from './onebound-product.ts';
import { oneboundVideo } from './onebound-video.ts';
import { openPlatformProduct } from './open-platform-product.ts';
import type { AnswerStatus, Payload, PayloadContext } from './payload.ts';
import { at, isObject, nameOf, nestedJson, valueOf } from './reading.ts';
import { tiktokWebItem } from './tiktok-web-item.ts';

/** Every payload, one line each; the more telling a shape, the earlier it is tried. */
export const payloads: readonly Payload[] = [
  oneboundVideo,
  oneboundProduct,
  keySecretVideo,
  bearerNormalised,
  openPlatformProduct,
  doudianProduct,
  aweme,
  tiktokWebItem,
];

/** What an answer holds. */
export interface Answer {
  /** Payload id; null for an answer that only holds a status, or whose shape is unknown. */
  readonly payload: string | null;
  readonly records: readonly AnyRecord[];
  /** What the upstream says where there is no record; null where it says nothing. */
  readonly status: AnswerStatus | null;
}

/** An answer that says nothing. */
export const noAnswer: Answer = { payload: null, records: [], status: null };

/** The codes and words of answers that hold nothing else, whoever sent them. */
function bareStatus(json: unknown): AnswerStatus | null {
  const gateway = gatewayStatus(json);
  if (gateway) return gateway;
  if (!isObject(json)) return null;
  const code = ['code', 'status_code', 'statusCode', 'err_no', 'errorCode']
    .map((name) => at(json, name))
    .find((value) => typeof value === 'number' || typeof value === 'string');
  const words = ['msg', 'message', 'status_msg', 'statusMsg', 'error', 'description']
    .map((name) => valueOf(nameOf(at(json, name))))
    .find((value) => value !== null);
  return code === undefined && words === undefined
    ? null
    : { code: code === undefined ? null : String(code), message: words ?? '' };
}

/**
 * Reads any saved or live API answer, recognised by its content: in its envelope, as a bare object or list, with or
 * without a byte order mark. Text is parsed without losing digits, and a stray comma before a bracket is forgiven.
 * Throws AppError `schema` for text that is not JSON, never for JSON.
 */
export function readAnswer(input: unknown, context: PayloadContext): Answer {
  return readJson(typeof input === 'string' ? parseJson(input, { lenient: true }) : input, context, 0);
}

/** What programs put around answers that they save or pass on; an envelope of ours may be in any of them. */
const wrappers = ['data', 'result', 'response', 'body'] as const;
const maximumDepth = 6;

function readJson(json: unknown, context: PayloadContext, depth: number): Answer {
  let first: Payload | null = null;
  for (const payload of payloads) {
    if (!payload.recognises(json)) continue;
    first ??= payload;
    const records = payload.read(json, context);
    // `item_list` and `data` are words of more than one shape.
    if (records.length > 0) return { payload: payload.id, records, status: null };
  }
  const inner = readParts(json, context, depth);
  if (inner && inner.records.length > 0) return inner;
  const status = first?.status?.(json) ?? bareStatus(json) ?? inner?.status ?? null;
  return { payload: first?.id ?? inner?.payload ?? null, records: [], status };
}

/** The answers within one that is none itself: the entries of a list, or what a wrapper holds. */
function readParts(json: unknown, context: PayloadContext, depth: number): Answer | null {
  if (depth >= maximumDepth) return null;
  const parts: readonly unknown[] = Array.isArray(json) ? json : wrappers.map((name) => at(json, name));
  const answers = parts
    // Some programs keep the answer as a text.
    .map((part) => (typeof part === 'string' && /^\s*[[{]/u.test(part) ? nestedJson(part) : part))
    .filter((part) => typeof part === 'object' && part !== null)
    .map((part) => readJson(part, context, depth + 1));
  const records = answers.flatMap((answer) => answer.records);
  const telling = answers.find((answer) => answer.records.length > 0) ?? answers.find(({ status }) => status !== null);
  return telling ? { ...telling, records } : null;
}
