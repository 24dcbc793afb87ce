import { parseJson } from '../core/lossless-json.ts';
import type { AnyRecord } from '../core/record.ts';
import { aweme } from './aweme.ts';
import { bearerNormalised } from './bearer-normalised.ts';
import { comments } from './comments.ts';
import { doudianProduct } from './doudian-product.ts';
import { douyinCollection } from './douyin-collection.ts';
import { douyinHashtag } from './douyin-hashtag.ts';
import { douyinLive } from './douyin-live.ts';
import { douyinMusic } from './douyin-music.ts';
import { douyinShopPack } from './douyin-shop-pack.ts';
import { splitStream } from './douyin-stream.ts';
import { douyinUser } from './douyin-user.ts';
import { keySecretVideo } from './key-secret-video.ts';
import { oembed } from './oembed.ts';
import { gatewayStatus } from './onebound-envelope.ts';
import { oneboundProduct } from './onebound-product.ts';
import { oneboundUser } from './onebound-user.ts';
import { oneboundVideo } from './onebound-video.ts';
import { openPlatformProduct } from './open-platform-product.ts';
import type { AnswerStatus, Payload, PayloadContext } from './payload.ts';
import { at, isObject, nameOf, nestedJson, valueOf } from './reading.ts';
import { tikhubProduct } from './tikhub-product.ts';
import { tiktokDisplayUser } from './tiktok-display-user.ts';
import { tiktokDisplayVideo } from './tiktok-display-video.ts';
import { tiktokListing } from './tiktok-listing.ts';
import { tiktokLive } from './tiktok-live.ts';
import { tiktokResearchComment } from './tiktok-research-comment.ts';
import { tiktokResearchProduct } from './tiktok-research-product.ts';
import { tiktokResearchShop } from './tiktok-research-shop.ts';
import { tiktokResearchUser } from './tiktok-research-user.ts';
import { tiktokResearchVideo } from './tiktok-research-video.ts';
import { tiktokShopPage } from './tiktok-shop-page.ts';
import { isTiktokCode, statusOfPart } from './tiktok-status.ts';
import { tiktokUser } from './tiktok-user.ts';
import { tiktokWebItem } from './tiktok-web-item.ts';

/**
 * Every payload, one line each; the more telling a shape, the earlier it is tried. One answer may hold parts for several
 * of one platform, see readTogether; what is written first is the first in the answer's records.
 */
export const payloads: readonly Payload[] = [
  oneboundVideo,
  oneboundProduct,
  oneboundUser,
  keySecretVideo,
  bearerNormalised,
  openPlatformProduct,
  doudianProduct,
  douyinShopPack,
  tiktokShopPage,
  tikhubProduct,
  oembed,
  tiktokResearchVideo,
  tiktokResearchUser,
  tiktokResearchProduct,
  tiktokResearchShop,
  tiktokResearchComment,
  tiktokDisplayVideo,
  tiktokDisplayUser,
  aweme,
  tiktokWebItem,
  tiktokUser,
  tiktokListing,
  tiktokLive,
  douyinUser,
  douyinHashtag,
  douyinMusic,
  douyinCollection,
  douyinLive,
  comments,
];

/** What an answer holds. */
export interface Answer {
  /** Id of the payload that gave the first record; null for an answer that only holds a status, or whose shape is unknown. */
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
  if (isTiktokCode(json['statusCode'])) return statusOfPart(json);
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
 * without a byte order mark. Text is parsed without losing digits, a stray comma before a bracket is forgiven, and
 * several values one after another (a streamed search) are a list.
 * Throws AppError `schema` for text that is not JSON, never for JSON.
 */
export function readAnswer(input: unknown, context: PayloadContext): Answer {
  return readJson(typeof input === 'string' ? parseAnswer(input) : input, context, 0);
}

function parseAnswer(text: string): unknown {
  try {
    return parseJson(text, { lenient: true });
  } catch (error) {
    const streamed = splitStream(text);
    if (streamed === null) throw error;
    return parseJson(streamed);
  }
}

/** What programs put around answers that they save or pass on; an envelope of ours may be in any of them. */
const wrappers = ['data', 'result', 'response', 'body'] as const;
const maximumDepth = 6;

interface Read {
  readonly payload: Payload;
  readonly records: readonly AnyRecord[];
}

/**
 * What the payloads find together: a profile's page holds posts and their author. Nothing is read twice: where one has
 * given records of a type, no later one gives any of that type, and all are of one platform.
 */
function readTogether(candidates: readonly Payload[], json: unknown, context: PayloadContext): readonly Read[] {
  const reads: Read[] = [];
  const types = new Set<string>();
  for (const payload of candidates) {
    // Whoever is told of the records must not hear of those that are left out.
    const told: (readonly [record: AnyRecord, raw: unknown])[] = [];
    const found = payload.read(json, { ...context, made: (record, raw) => told.push([record, raw]) });
    const platform = reads[0]?.records[0]?.platform ?? found[0]?.platform;
    const records = found.filter((record) => record.platform === platform && !types.has(record.record_type));
    if (records.length === 0) continue;
    reads.push({ payload, records });
    for (const { record_type: type } of records) types.add(type);
    const kept = new Set(records);
    for (const [record, raw] of told) if (kept.has(record)) context.made?.(record, raw);
  }
  return reads;
}

function readJson(json: unknown, context: PayloadContext, depth: number): Answer {
  const candidates = payloads.filter((payload) => payload.recognises(json));
  // `item_list` and `data` are words of more than one shape, so the first that recognises it need not find anything.
  const reads = readTogether(candidates, json, context);
  if (reads.length > 0)
    return { payload: reads[0]?.payload.id ?? null, records: reads.flatMap(({ records }) => records), status: null };
  const inner = readParts(json, context, depth);
  if (inner && inner.records.length > 0) return inner;
  const [first] = candidates;
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
