/**
 * TikTok's own Display API with the researcher's own app: the account that logged in, and its posts. It knows nothing
 * of anybody else's. Facts of developers.tiktok.com as read 2026-08 to 2026-11.
 */
import { recordRef } from '../core/observation.ts';
import type { HttpResponse } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import type { EntityRef } from '../core/ref.ts';
import type { Payload } from '../payloads/payload.ts';
import { at, digitsOf, flagOf, isObject, valueOf } from '../payloads/reading.ts';
import { tiktokDisplayUser } from '../payloads/tiktok-display-user.ts';
import { tiktokDisplayVideo } from '../payloads/tiktok-display-video.ts';
import { type Party, partyError, unreadableError, wrongItemError } from './http-answer.ts';
import { defineProvider, type ListRequest, type ProviderAnswer, type ProviderPage, toldOf } from './provider.ts';
import {
  type Context,
  credential,
  emptyError,
  errors,
  id,
  label,
  login,
  type OfficialCredential,
  proveApp,
  readOfficial,
  timeoutMs,
} from './tiktok-official-login.ts';

const api = 'https://open.tiktokapis.com';

/** By the scopes user.info.basic, .profile and .stats. */
const userFields =
  'open_id,union_id,avatar_url,avatar_url_100,avatar_large_url,display_name,bio_description,profile_deep_link,is_verified,username,follower_count,following_count,likes_count,video_count';
/** All that there is (2026-08-24) but `embed_html`, which is markup that nobody needs. */
const videoFields =
  'id,create_time,cover_image_url,share_url,video_description,duration,height,width,title,embed_link,like_count,comment_count,share_count,view_count,is_aigc';
/** The most that one page may hold. */
const pageSize = 20;

interface Call {
  readonly path: '/v2/user/info/' | '/v2/video/list/' | '/v2/video/query/';
  readonly fields: string;
  /** Null: a GET. */
  readonly body: string | null;
  readonly payload: Payload;
}

interface Answered {
  readonly json: unknown;
  readonly records: readonly AnyRecord[];
  readonly party: Party;
}

function partyOf({ credential: { clientSecret }, token }: Context): Party {
  return { provider: id, label, secrets: [clientSecret, ...(token === null ? [] : [token])] };
}

/** `fields` is always in the query, also of a POST. */
async function ask(context: Context, { path, fields, body, payload }: Call): Promise<Answered> {
  const party = partyOf(context);
  if (context.token === null) {
    throw partyError(party, 'auth', `Nobody has logged in to ${label}.`, {
      advice: 'error_login_needed',
      parameters: [label],
    });
  }
  const response: HttpResponse = await context.http({
    method: body === null ? 'GET' : 'POST',
    url: `${api}${path}?fields=${fields}`,
    headers: {
      authorization: `Bearer ${context.token}`,
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === null ? {} : { body }),
    timeoutMs,
    secrets: party.secrets,
  });
  const json = readOfficial(response, party);
  if (!isObject(at(json, 'data'))) throw emptyError(party);
  const records = payload.read(json, {
    collectedVia: 'api',
    provider: id,
    endpoint: `${id}${path.replace(/\/$/u, '')}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'tiktok',
    ...toldOf(context),
  });
  return { json, records, party };
}

const ownAccount: Call = { path: '/v2/user/info/', fields: userFields, body: null, payload: tiktokDisplayUser };

function ownPosts(body: string, path: '/v2/video/list/' | '/v2/video/query/'): Call {
  return { path, fields: videoFields, body, payload: tiktokDisplayVideo };
}

/** A handle; neither secUids nor numbers can be compared with what the API says of the account. */
function isHandle(ref: EntityRef): boolean {
  return ref.kind === 'author' && !ref.id.includes('/') && !ref.id.startsWith('MS4w');
}

/** The account itself answers every question about an author, whoever was asked for. */
function ensureOwn(asked: string, own: string, party: Party): void {
  if (asked.toLowerCase() === own.toLowerCase()) return;
  throw partyError(party, 'unsupported', `${label} tells only about @${own}, who logged in.`, {
    advice: 'error_tiktok_official_other_author',
    parameters: [asked, own],
  });
}

async function getOwnAuthor(context: Context): Promise<Answered & { readonly handle: string }> {
  const answered = await ask(context, ownAccount);
  const [author] = answered.records;
  if (author?.record_type !== 'author' || author.author_handle === null) throw unreadableError(answered.party);
  return { ...answered, handle: author.author_handle };
}

async function getAuthor(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const { records, handle, party } = await getOwnAuthor(context);
  ensureOwn(ref.id, handle, party);
  return { records };
}

async function getPost(context: Context, ref: EntityRef): Promise<ProviderAnswer> {
  const body = JSON.stringify({ filters: { video_ids: [ref.id] } });
  const { json, records, party } = await ask(context, ownPosts(body, '/v2/video/query/'));
  const videos = at(json, 'data', 'videos');
  if (videos === undefined || videos === null || (Array.isArray(videos) && videos.length === 0)) {
    throw partyError(party, 'not_found', `${label} knows no such post of the account that logged in.`, {
      advice: 'error_tiktok_official_not_own_post',
      parameters: [ref.id],
    });
  }
  if (records.length === 0) throw unreadableError(party);
  const other = records.find((record) => recordRef(record).id !== ref.id);
  if (other) throw wrongItemError(party, ref.id, recordRef(other).id);
  return { records };
}

/** Posts name their author in their addresses only. An answer that has none of those says nothing of whose it is. */
function handleIn(records: readonly AnyRecord[]): string | null {
  for (const record of records) {
    if (record.record_type === 'post' && record.author_handle !== null) return record.author_handle;
  }
  return null;
}

async function listPosts(context: Context, request: ListRequest, cursor: string | null): Promise<ProviderPage> {
  const asked = request.subject?.id ?? '';
  // A number in JSON, written as its digits: int64 milliseconds.
  const from = cursor !== null && /^\d{1,19}$/u.test(cursor) ? `,"cursor":${cursor}` : '';
  const body = `{"max_count":${pageSize}${from}}`;
  const { json, records, party } = await ask(context, ownPosts(body, '/v2/video/list/'));
  const videos = at(json, 'data', 'videos');
  if (records.length === 0 && Array.isArray(videos) && videos.length > 0) throw unreadableError(party);
  const own = handleIn(records) ?? (cursor === null ? (await getOwnAuthor(context)).handle : asked);
  ensureOwn(asked, own, party);
  const next = valueOf(digitsOf(at(json, 'data', 'cursor')));
  const hasMore = valueOf(flagOf(at(json, 'data', 'has_more'))) === true;
  const isEnd = !hasMore || records.length === 0 || next === cursor;
  return { records, cursor: isEnd ? null : next };
}

export const tiktokOfficial = defineProvider<OfficialCredential>({
  id,
  label: 'TikTok Display API',
  summary: 'provider_tiktok_official_summary',
  documentation: 'https://developers.tiktok.com/doc/display-api-overview',
  credential,
  needsCredential: true,
  login,
  /** The redirect is called by nobody, but the address that the consent ends at can be read with its permission only. */
  origins: ({ redirectUri }) => [api, new URL(redirectUri).origin],
  timeoutMs,
  /** 600 calls in any minute, of each endpoint (2026-08-04): 9 a second and 10 at once are 550. */
  limits: () => ({ perSecond: 9, burst: 10, concurrency: 4, perDay: null, dayZone: 'UTC' }),
  capabilities: {
    'author.get': { platforms: ['tiktok'], accepts: isHandle, get: getAuthor },
    'post.get': { platforms: ['tiktok'], get: getPost },
    'post.list': { platforms: ['tiktok'], subject: 'author', accepts: isHandle, list: listPosts },
  },
  errors,
  async test(context) {
    // Whoever did not share the handle has a working login all the same.
    if (context.token === null) await proveApp(context);
    else await ask(context, ownAccount);
  },
});
