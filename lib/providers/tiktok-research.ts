/**
 * TikTok's Research API, for researchers whom TikTok has approved: videos, comments, accounts, and TikTok Shop in the EU.
 * TikTok's pages as of 2026-08 to 2026-09. It holds public posts of people of 18 and older, none of Canada; it counts
 * systematically fewer views, and more comments and shares, than the pages show (doi 10.1177/08944393251413277), which is
 * why every figure keeps its source and time.
 */
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { recordRef } from '../core/observation.ts';
import type { AnyRecord } from '../core/record.ts';
import { type EntityRef, idTime } from '../core/ref.ts';
import { at, digitsOf, flagOf, idOf, isObject, listOf, postIdOf, valueOf } from '../payloads/reading.ts';
import type { Payload, PayloadContext } from '../payloads/payload.ts';
import { tiktokResearchComment } from '../payloads/tiktok-research-comment.ts';
import { tiktokResearchProduct } from '../payloads/tiktok-research-product.ts';
import { tiktokResearchShop } from '../payloads/tiktok-research-shop.ts';
import { tiktokResearchUser } from '../payloads/tiktok-research-user.ts';
import { tiktokResearchVideo } from '../payloads/tiktok-research-video.ts';
import { secretField, textField } from './field-schemas.ts';
import { partyError, unreadableError, wrongItemError } from './http-answer.ts';
import { defineProvider, type ListRequest, type ProviderAnswer, type ProviderPage, toldOf } from './provider.ts';
import {
  callResearch,
  renewResearchToken,
  type ResearchAnswer,
  type ResearchContext,
  type ResearchCredential,
  researchErrors,
  researchId,
  researchLabel,
  researchOrigin,
  researchParty,
  researchTimeoutMs,
} from './tiktok-research-call.ts';
import { commentFields, productFields, shopFields, userFields, videoFields } from './tiktok-research-fields.ts';
import {
  addDays,
  authorVideosQuery,
  type Condition,
  conditionOf,
  conditionsOf,
  dayOf,
  type DayRange,
  firstPlace,
  parsePlace,
  type Place,
  placeAfter,
  rangeOf,
  readForm,
  shopQuery,
  videoQuery,
  writePlace,
} from './tiktok-research-query.ts';

const credential = z.object({
  clientKey: textField(
    { label: 'field_tiktok_research_client_key', help: 'field_tiktok_research_client_key_help' },
    /^[\w-]{4,200}$/u,
    '',
  ),
  clientSecret: secretField({ label: 'field_tiktok_research_client_secret' }),
});

/** The most that one page holds. */
const pageSize = 100;
const shopPageSize = 10;
/** TikTok's own account: whether it is found does not matter to a test. */
const sampleAccount = 'tiktok';
/** The first month of the app: an author's videos are looked for from then on, unless the form says otherwise. */
const firstMonth = '20160901';

function read(
  asked: ResearchContext,
  payload: Payload,
  json: unknown,
  endpoint: string,
  { response }: ResearchAnswer,
): readonly AnyRecord[] {
  const context: PayloadContext = {
    collectedVia: 'api',
    provider: researchId,
    endpoint: `${researchId}/${endpoint}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'tiktok',
    ...toldOf(asked),
  };
  return payload.read(json, context);
}

/** The list of an answer's `data`; an answer of success without it is none. */
function entriesOf(answer: ResearchAnswer, name: string, context: ResearchContext): readonly unknown[] {
  const entries = at(answer.json, 'data', name);
  // Empty lists come as null or not at all from servers of this kind.
  if (entries !== undefined && entries !== null && !Array.isArray(entries))
    throw unreadableError(researchParty(context));
  return listOf(entries);
}

async function queryVideos(
  context: ResearchContext,
  conditions: readonly Condition[],
  { window, cursor, searchId }: Place,
): Promise<ResearchAnswer> {
  return callResearch(context, {
    path: 'video/query',
    fields: videoFields,
    body: {
      query: { and: conditions },
      start_date: window.start,
      end_date: window.end,
      max_count: pageSize,
      is_random: false,
      ...(searchId === null ? {} : { search_id: searchId }),
    },
    ids: searchId === null ? {} : { cursor },
  });
}

/** Where the search goes on after this page; null: it is done. */
function nextPlace(place: Place, { json }: ResearchAnswer): Place | null {
  const cursor = at(json, 'data', 'cursor');
  return placeAfter(place, {
    hasMore: valueOf(flagOf(at(json, 'data', 'has_more'))) === true,
    cursor: cursor === 0 ? '0' : valueOf(digitsOf(cursor)),
    searchId: valueOf(idOf(at(json, 'data', 'search_id'))),
  });
}

/** Videos of a range of days, newest window first: one page. */
async function videoPage(
  context: ResearchContext,
  conditions: readonly Condition[],
  place: Place,
): Promise<ProviderPage> {
  const answer = await queryVideos(context, conditions, place);
  entriesOf(answer, 'videos', context);
  const next = nextPlace(place, answer);
  return {
    records: read(context, tiktokResearchVideo, answer.json, 'video/query', answer),
    cursor: next && writePlace(next),
  };
}

/**
 * The days in which a post may have been published: its id is given when it is written, up to weeks before a scheduled
 * post appears. Null for an id that carries no time.
 */
function daysOf(postId: string, now: number): DayRange | null {
  const time = idTime(postId, now);
  if (time === null) return null;
  const today = dayOf(now);
  const start = addDays(dayOf(time), -1);
  const end = addDays(start, 29);
  return { start: start < today ? start : today, end: end < today ? end : today };
}

/** Asks on where a page is empty but not the last: what was found may have been left out before it. */
const emptyPages = 3;

async function getPost(context: ResearchContext, ref: EntityRef): Promise<ProviderAnswer> {
  const party = researchParty(context);
  const days = daysOf(ref.id, context.now());
  const condition = conditionOf('video_id', [ref.id]);
  if (!days || !condition) {
    throw partyError(party, 'unsupported', `The id ${ref.id} carries no time.`, {
      advice: 'error_tiktok_research_id_without_time',
      parameters: [ref.id],
    });
  }
  let place: Place | null = firstPlace(days);
  for (let page = 0; page < emptyPages && place?.window.end === days.end; page++) {
    const answer: ResearchAnswer = await queryVideos(context, [condition], place);
    const entries = entriesOf(answer, 'videos', context);
    const records = read(context, tiktokResearchVideo, answer.json, 'video/query', answer);
    const found = records.filter((record) => recordRef(record).id === ref.id);
    if (found.length > 0) return { records: found };
    const [other] = entries;
    if (other !== undefined) {
      const id = postIdOf(at(other, 'id'));
      throw id === null ? unreadableError(party) : wrongItemError(party, ref.id, id);
    }
    place = nextPlace(place, answer);
  }
  throw partyError(party, 'not_found', `The ${researchLabel} does not hold this video.`, {
    advice: 'error_tiktok_research_not_held',
  });
}

/** The API is asked by the handle only. */
function hasHandle({ id }: EntityRef): boolean {
  return /^[\p{L}\p{M}\p{N}_.-]{1,40}$/u.test(id) && !id.startsWith('MS4w');
}

async function getAuthor(context: ResearchContext, ref: EntityRef): Promise<ProviderAnswer> {
  const answer = await callResearch(context, { path: 'user/info', fields: userFields, body: { username: ref.id } });
  const data = at(answer.json, 'data');
  const party = researchParty(context);
  if (!isObject(data) || Object.keys(data).length === 0) {
    throw partyError(party, 'not_found', `The ${researchLabel} does not hold this account.`, {
      advice: 'error_tiktok_research_no_user',
    });
  }
  // The answer does not say whom it is about.
  const records = read(context, tiktokResearchUser, { data: { ...data, username: ref.id } }, 'user/info', answer);
  if (records.length === 0) throw unreadableError(party);
  return { records };
}

function subjectOf(request: ListRequest, context: ResearchContext): string {
  if (request.subject) return request.subject.id;
  throw partyError(researchParty(context), 'bad_request', 'The list has no subject.', {
    advice: 'error_tiktok_research_cursor',
  });
}

async function listPosts(context: ResearchContext, request: ListRequest, cursor: string | null): Promise<ProviderPage> {
  const condition = conditionOf('username', [subjectOf(request, context)]);
  const range = rangeOf(readForm(authorVideosQuery, request.query), context.now(), firstMonth);
  const place = cursor === null ? firstPlace(range) : parsePlace(cursor, range, false);
  return videoPage(context, condition ? [condition] : [], place);
}

async function searchPosts(
  context: ResearchContext,
  request: ListRequest,
  cursor: string | null,
): Promise<ProviderPage> {
  const form = readForm(videoQuery, request.query);
  const conditions = conditionsOf(form);
  const range = rangeOf(form, context.now());
  const place = cursor === null ? firstPlace(range) : parsePlace(cursor, range, form.start === '');
  return videoPage(context, conditions, place);
}

function wrongCursor(context: ResearchContext): AppError {
  return partyError(researchParty(context), 'bad_request', 'The cursor is none of this list.', {
    advice: 'error_tiktok_research_cursor',
    retryable: false,
  });
}

async function listComments(
  context: ResearchContext,
  request: ListRequest,
  cursor: string | null,
): Promise<ProviderPage> {
  const from = cursor ?? '0';
  if (!/^\d{1,15}$/u.test(from)) throw wrongCursor(context);
  const answer = await callResearch(context, {
    path: 'video/comment/list',
    fields: commentFields,
    body: { max_count: pageSize, cursor: Number(from) },
    ids: { video_id: subjectOf(request, context) },
  });
  entriesOf(answer, 'comments', context);
  const hasMore = valueOf(flagOf(at(answer.json, 'data', 'has_more'))) === true;
  const next = valueOf(digitsOf(at(answer.json, 'data', 'cursor')));
  return {
    records: read(context, tiktokResearchComment, answer.json, 'video/comment/list', answer),
    // Deleted comments make a page short, even empty; a cursor that does not move would never end.
    cursor: hasMore && next !== null && next !== from && /^\d{1,15}$/u.test(next) ? next : null,
  };
}

/** Where a shop's products go on: the page, and what the page before began with. */
const productCursor = z.tuple([z.int().check(z.minimum(2), z.maximum(10_000)), z.string().check(z.maxLength(30))]);

function parseProductCursor(cursor: string, context: ResearchContext): readonly [page: number, first: string] {
  try {
    return z.parse(productCursor, JSON.parse(cursor));
  } catch {
    throw wrongCursor(context);
  }
}

/** These answers do not tell whether there is more: the list ends with an empty page, or one that comes a second time. */
async function listProducts(
  context: ResearchContext,
  request: ListRequest,
  cursor: string | null,
): Promise<ProviderPage> {
  const shopId = subjectOf(request, context);
  const [page, former] = cursor === null ? [1, ''] : parseProductCursor(cursor, context);
  const answer = await callResearch(context, {
    path: 'tts/product',
    fields: productFields,
    body: { page_start: page, page_size: shopPageSize },
    ids: { shop_id: shopId },
  });
  const entries = entriesOf(answer, 'product_data', context);
  const first = valueOf(digitsOf(at(entries[0], 'product_id'))) ?? '';
  if (entries.length === 0 || (first !== '' && first === former)) return { records: [], cursor: null };
  // The products do not say whose they are.
  const owned = entries.map((entry) => (isObject(entry) ? { ...entry, shop_id: shopId } : entry));
  const json = { data: { product_data: owned } };
  return {
    records: read(context, tiktokResearchProduct, json, 'tts/product', answer),
    cursor: page < 10_000 ? JSON.stringify([page + 1, first]) : null,
  };
}

async function searchShops(context: ResearchContext, request: ListRequest): Promise<ProviderPage> {
  const { shop } = readForm(shopQuery, request.query);
  const answer = await callResearch(context, {
    path: 'tts/shop',
    fields: shopFields,
    body: { shop_name: shop, limit: shopPageSize },
  });
  entriesOf(answer, 'shop_data', context);
  return { records: read(context, tiktokResearchShop, answer.json, 'tts/shop', answer), cursor: null };
}

const isPostId = ({ id }: EntityRef): boolean => /^[1-9]\d{14,18}$/u.test(id);
const isShopId = ({ id }: EntityRef): boolean => /^[1-9]\d{2,18}$/u.test(id);

export const tiktokResearch = defineProvider<ResearchCredential>({
  id: researchId,
  label: researchLabel,
  summary: 'provider_tiktok_research_summary',
  documentation: 'https://developers.tiktok.com/products/research-api/',
  credential,
  needsCredential: true,
  login: { consent: null, renew: renewResearchToken },
  origins: () => [researchOrigin],
  timeoutMs: researchTimeoutMs,
  /** A thousand requests a day (2026-11, third parties); no rate is published, and there is no need to hurry. */
  limits: () => ({ perSecond: 1, burst: 2, concurrency: 1, perDay: 1_000, dayZone: 'UTC' }),
  capabilities: {
    'post.get': { platforms: ['tiktok'], accepts: isPostId, get: getPost },
    'author.get': { platforms: ['tiktok'], accepts: hasHandle, get: getAuthor },
    'post.list': {
      platforms: ['tiktok'],
      subject: 'author',
      accepts: hasHandle,
      query: authorVideosQuery,
      list: listPosts,
    },
    'comment.list': { platforms: ['tiktok'], subject: 'post', accepts: isPostId, list: listComments },
    'product.list': { platforms: ['tiktok'], subject: 'shop', accepts: isShopId, list: listProducts },
    'post.search': { platforms: ['tiktok'], subject: null, query: videoQuery, list: searchPosts },
    'shop.search': { platforms: ['tiktok'], subject: null, query: shopQuery, list: searchShops },
  },
  errors: researchErrors,
  async test(context) {
    try {
      await callResearch(context, { path: 'user/info', fields: userFields, body: { username: sampleAccount } });
    } catch (error) {
      // An account that is not given away is an answer to a token that was accepted.
      if (error instanceof AppError && error.code === 'not_found') return;
      throw error;
    }
  },
});
