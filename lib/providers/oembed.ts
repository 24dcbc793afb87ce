/**
 * TikTok's oEmbed: the words, the author and the thumbnail of a public post, without a key, without counts and without
 * its time. TikTok's page of 2026-10-23 says that Embed Videos, which this serves, "will be deprecated soon". Some callers
 * get 400 without CORS headers, so that only an extension's worker with the host's permission can rely on it.
 */
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import type { EntityRef } from '../core/ref.ts';
import { postAddress } from '../payloads/addresses.ts';
import { oembed as payload } from '../payloads/oembed.ts';
import { at, nameOf, valueOf } from '../payloads/reading.ts';
import {
  cleanWords,
  decodeBody,
  notJsonError,
  type Party,
  partyError,
  retryTime,
  unreadableError,
  wrongItemError,
} from './http-answer.ts';
import { defineProvider, type ErrorMeaning, type ProviderAnswer, type ProviderContext, toldOf } from './provider.ts';

const id = 'oembed';
const label = 'TikTok oEmbed';
const origin = 'https://www.tiktok.com';
const timeoutMs = 15_000;
/** It names no waiting time; a refused address stays refused for a while. */
const rateWaitMs = 60_000;
/** The post of TikTok's own oEmbed guide. */
const samplePost = '6718335390845095173';

const credential = z.object({});
type NoCredential = z.infer<typeof credential>;
type Context = ProviderContext<NoCredential>;

const party: Party = { provider: id, label, secrets: [] };

/** It publishes no table. 400 and 404 stand for whatever it does not serve: gone, private, or closed to embedding. */
const errors: Readonly<Record<string, ErrorMeaning>> = {
  400: { code: 'not_found', advice: 'error_oembed_not_available', billed: false },
  403: { code: 'upstream', advice: 'error_oembed_403', billed: false },
  404: { code: 'not_found', advice: 'error_oembed_not_available', billed: false },
  429: { code: 'rate_limited', advice: 'error_oembed_429', billed: false },
};

function errorOf(code: string, words: string, response: HttpResponse): AppError {
  const known = Object.hasOwn(errors, code) ? errors[code] : undefined;
  const clean = cleanWords(words, party);
  return partyError(party, known?.code ?? 'upstream', `${label} answered ${code}${clean ? `: ${clean}` : ''}.`, {
    advice: known?.advice ?? 'error_http_status',
    parameters: [label, code],
    upstreamCode: code,
    upstreamMessage: clean,
    // Who is refused by TikTok's guards is refused again.
    ...(code === '403' ? { retryable: false } : {}),
    ...(known?.code === 'rate_limited' ? { retryAt: retryTime(response, rateWaitMs) } : {}),
  });
}

function readJson(response: HttpResponse): unknown {
  const { text } = decodeBody(response.body);
  try {
    return parseJson(text);
  } catch {
    throw response.status === 200 ? notJsonError(party, text) : errorOf(String(response.status), '', response);
  }
}

async function getPost(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const response = await context.http({
    method: 'GET',
    url: `${origin}/oembed?${new URLSearchParams({ url: postAddress('tiktok', ref.id) }).toString()}`,
    headers: { accept: 'application/json' },
    timeoutMs,
    secrets: [],
  });
  const json = readJson(response);
  const records = payload.read(json, {
    collectedVia: 'api',
    provider: id,
    endpoint: id,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'tiktok',
    ...toldOf(context),
  });
  const [post] = records;
  if (response.status !== 200 || !post) throw noPostError(json, response);
  if (post.record_type === 'post' && post.post_id !== ref.id) throw wrongItemError(party, ref.id, post.post_id);
  return { records };
}

function noPostError(json: unknown, response: HttpResponse): AppError {
  const stated = at(json, 'code') ?? at(json, 'status_code');
  const code = typeof stated === 'number' || typeof stated === 'string' ? String(stated) : null;
  const words = valueOf(nameOf(at(json, 'message') ?? at(json, 'status_msg'))) ?? '';
  if (code !== null && code !== '0' && code !== '200') return errorOf(code, words, response);
  return response.status === 200 ? unreadableError(party) : errorOf(String(response.status), words, response);
}

export const oembed = defineProvider<NoCredential>({
  id,
  label,
  summary: 'provider_oembed_summary',
  documentation: 'https://developers.tiktok.com/doc/embed-videos/',
  credential,
  needsCredential: false,
  origins: () => [origin],
  timeoutMs,
  /** No limit is published: one at a time, as a reader would open them. */
  limits: () => ({ perSecond: 1, burst: 1, concurrency: 1, perDay: null, dayZone: 'UTC' }),
  capabilities: { 'post.get': { platforms: ['tiktok'], get: getPost } },
  errors,
  async test(context) {
    try {
      await getPost(context, { platform: 'tiktok', kind: 'post', id: samplePost });
    } catch (error) {
      if (error instanceof AppError && error.code === 'not_found') return;
      throw error;
    }
  },
});
