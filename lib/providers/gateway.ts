/**
 * The OneBound gateway for Douyin: posts without counts and time (`item_get_video`), products (`item_get`), accounts
 * (`user_info`), searches for both (`item_search`, `item_search_video`), the products of a shop (`item_search_shop`:
 * by its documentation "all products of a shop", not a search for shops), and where a short link leads (`item_password`).
 * Parameters as published on open.onebound.cn, read 2026-11; of the answers of `item_search_video` and `user_info`
 * nothing is published, so theirs are read leniently.
 */
import * as z from 'zod/mini';
import { AppError } from '../core/errors.ts';
import { recordRef } from '../core/observation.ts';
import type { EntityKind, EntityRef } from '../core/ref.ts';
import { authorAddress } from '../payloads/addresses.ts';
import { type GatewayPage, gatewayPage } from '../payloads/onebound-envelope.ts';
import { gatewayLinkTarget } from '../payloads/onebound-link.ts';
import { oneboundProduct } from '../payloads/onebound-product.ts';
import { oneboundUser } from '../payloads/onebound-user.ts';
import { oneboundVideo } from '../payloads/onebound-video.ts';
import type { Payload, PayloadContext } from '../payloads/payload.ts';
import { at, isObject } from '../payloads/reading.ts';
import { choiceField, wordsField } from './field-schemas.ts';
import {
  askGateway,
  type Context,
  credential,
  errors,
  type GatewayAnswer,
  type GatewayCall,
  type GatewayCredential,
  id,
  label,
  notFoundError,
  partyOf,
  timeoutMs,
} from './gateway-call.ts';
import { partyError, unreadableError, wrongItemError } from './http-answer.ts';
import {
  defineProvider,
  type FormSchema,
  type ListEntry,
  type ListRequest,
  type LookupEntry,
  type ProviderAnswer,
  type ProviderPage,
  type Query,
  toldOf,
} from './provider.ts';

/** A public post of the gateway's own published sample; whether it still exists does not matter to a test. */
const sampleVideo = '7092264344980868359';
/** Its code for "nothing found": how a list says that it has ended. */
const nothingFound = '2000';

const platforms = ['douyin'] as const;

function readingContext(call: GatewayCall, { response }: GatewayAnswer, context: Context): PayloadContext {
  return {
    collectedVia: 'api',
    provider: id,
    endpoint: `${id}/${call.apiName}`,
    pageUrl: null,
    fetchedAt: response.receivedAt,
    platform: 'douyin',
    language: context.credential.language,
    ...toldOf(context),
  };
}

function isFilled(value: unknown): boolean {
  return isObject(value) && Object.keys(value).length > 0;
}

/** Asks about one thing. Resolves with an answer that holds something, whatever that is. */
async function askAboutOne(call: GatewayCall, context: Context): Promise<GatewayAnswer> {
  const answer = await askGateway(call, context);
  const hasSubject = ['item', 'user', 'user_info'].some((name) => isFilled(at(answer.json, name)));
  if (hasSubject) return answer;
  if (answer.code === null) throw unreadableError(partyOf(context.credential));
  // Code 0000 without an item is how some answers say that nothing was found.
  throw notFoundError(context);
}

/** `parameter`: what the call names its thing by. */
function lookup(apiName: string, parameter: string, payload: Payload) {
  return async (context: Context, ref: EntityRef): Promise<ProviderAnswer> => {
    const call: GatewayCall = { apiName, parameters: { [parameter]: ref.id } };
    const answer = await askAboutOne(call, context);
    const records = payload.read(answer.json, readingContext(call, answer, context));
    const party = partyOf(context.credential);
    if (records.length === 0) throw unreadableError(party);
    // The gateway's cache has been seen polluted.
    const other = records.find((record) => recordRef(record).id !== ref.id);
    if (other) throw wrongItemError(party, ref.id, recordRef(other).id);
    return { records };
  };
}

interface ListCall {
  readonly apiName: string;
  readonly payload: Payload;
  /** What is asked for besides the page. Throws AppError `bad_request`. */
  readonly parameters: (request: ListRequest, context: Context) => Readonly<Record<string, string>>;
}

/** The number of the page after this one; null where the answer lets one know that there is none. */
function nextPage(asked: number, { entries, page, pageSize, pageCount }: GatewayPage): string | null {
  const isLast =
    entries === 0 ||
    (pageSize !== null && entries < pageSize) ||
    (pageCount !== null && asked >= pageCount) ||
    // Past its end a list may give its last page again and again.
    (page !== null && page < asked);
  return isLast ? null : String(asked + 1);
}

async function listPage(
  { apiName, payload, parameters }: ListCall,
  context: Context,
  request: ListRequest,
  cursor: string | null,
): Promise<ProviderPage> {
  const party = partyOf(context.credential);
  const page = cursor === null ? 1 : Number(cursor);
  if (!Number.isSafeInteger(page) || page < 1)
    throw partyError(party, 'bad_request', 'This is no cursor of this list.', { parameters: [label] });
  // Of a shop that it does not know it says the same as of a search without results.
  const isEmptyAnAnswer = request.subject === null || page > 1;
  const call: GatewayCall = {
    apiName,
    parameters: { ...parameters(request, context), page: String(page) },
    ...(isEmptyAnAnswer ? { answers: [nothingFound] } : {}),
  };
  const answer = await askGateway(call, context);
  if (answer.code === nothingFound) return { records: [], cursor: null };
  const found = gatewayPage(answer.json);
  const records = payload.read(answer.json, readingContext(call, answer, context));
  const isUnreadable = found.entries > 0 ? records.length === 0 : answer.code === null;
  if (isUnreadable) throw unreadableError(party);
  return { records, cursor: nextPage(page, found) };
}

/** The words of a search. `URLSearchParams` would send half of a character as another one. */
function wordsOf({ query }: ListRequest, context: Context): string {
  const words = query['q']?.trim() ?? '';
  if (words === '' || !words.isWellFormed())
    throw partyError(partyOf(context.credential), 'bad_request', 'There are no words to search for.', {
      parameters: [label],
    });
  return words;
}

function listEntry(
  call: ListCall,
  subject: EntityKind | null,
  query?: FormSchema<Query>,
): ListEntry<GatewayCredential> {
  return {
    platforms,
    subject,
    ...(query ? { query } : {}),
    list: (context, request, cursor) => listPage(call, context, request, cursor),
  };
}

/** The orders of `item_search` and what it calls them: by price up and down, by sales. */
const orders = { relevance: '', price_up: 'bid', price_down: '_bid', sales: '_sale' } as const;
type Order = keyof typeof orders;

const words = wordsField({ label: 'field_search_words', help: 'field_search_words_help' });
const wordsForm = z.object({ q: words });
const productForm = z.object({
  q: words,
  order: choiceField({ label: 'field_search_order' }, ['relevance', 'price_up', 'price_down', 'sales']),
});

function orderOf({ query }: ListRequest): string {
  const order = query['order'] ?? '';
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an own key of `orders` is one of its names
  return Object.hasOwn(orders, order) ? orders[order as Order] : orders.relevance;
}

const productSearch: ListCall = {
  apiName: 'item_search',
  payload: oneboundProduct,
  parameters: (request, context) => ({ q: wordsOf(request, context), sort: orderOf(request) }),
};
const videoSearch: ListCall = {
  apiName: 'item_search_video',
  payload: oneboundVideo,
  parameters: (request, context) => ({ q: wordsOf(request, context) }),
};
const shopProducts: ListCall = {
  apiName: 'item_search_shop',
  payload: oneboundProduct,
  parameters: ({ subject }) => ({ shopid: subject?.id ?? '' }),
};

/** Only a sec_uid can be asked for; the page may know a number alone (`uid/123`). */
const accounts: LookupEntry<GatewayCredential> = {
  platforms,
  accepts: (ref) => authorAddress('douyin', null, ref.id) !== null,
  get: lookup('user_info', 'sec_uid', oneboundUser),
};

async function resolveLink(context: Context, link: string): Promise<string> {
  const { json } = await askAboutOne({ apiName: 'item_password', parameters: { word: link } }, context);
  const target = gatewayLinkTarget(json);
  if (target === null) throw unreadableError(partyOf(context.credential));
  return target;
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
  /**
   * The gateway publishes no rate; it refuses what runs at once beyond a plan (4008). Calls of a day end at midnight in
   * Beijing; how many they are depends on the plan, and each answer says it (`api_info`).
   */
  limits: () => ({ perSecond: 5, burst: 2, concurrency: 2, perDay: null, dayZone: 'Asia/Shanghai' }),
  capabilities: {
    'post.get': { platforms, get: lookup('item_get_video', 'item_id', oneboundVideo) },
    'product.get': { platforms, get: lookup('item_get', 'num_iid', oneboundProduct) },
    'author.get': accounts,
    'post.search': listEntry(videoSearch, null, wordsForm),
    'product.search': listEntry(productSearch, null, productForm),
    'product.list': listEntry(shopProducts, 'shop'),
    'link.resolve': { platforms, resolve: resolveLink },
  },
  errors,
  async test(context) {
    try {
      await askAboutOne({ apiName: 'item_get_video', parameters: { item_id: sampleVideo } }, context);
    } catch (error) {
      // "Not found" is an answer to a key that was accepted.
      if (error instanceof AppError && error.code === 'not_found') return;
      throw error;
    }
  },
});
