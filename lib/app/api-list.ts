/** A list that an API gives page by page, as it is kept among the lists of a tab. Pure. */
import type { ListCapability } from '../core/capabilities.ts';
import type { WireError } from '../core/errors.ts';
import type { PageType } from '../core/page-data.ts';
import { type EntityKind, parseRefKey, type Platform, type RefKey } from '../core/ref.ts';
import type { ListState } from '../messaging/protocol.ts';
import type { ApiListing, PageList } from '../storage/session-buffer.ts';
import { addOthers, loadItems, newList } from './page-list.ts';

/** What the keys of such lists begin with; keys of pages never do. */
export const apiListPrefix = 'api:';

/** What each list holds, and what kind of page would show it: the `query_type` of an export. */
const kinds: { readonly [Name in ListCapability]: { readonly kind: EntityKind; readonly type: PageType } } = {
  'post.list': { kind: 'post', type: 'profile' },
  'comment.list': { kind: 'comment', type: 'post' },
  'product.list': { kind: 'product', type: 'shop' },
  'post.search': { kind: 'post', type: 'search' },
  'product.search': { kind: 'product', type: 'search' },
  'shop.search': { kind: 'shop', type: 'search' },
};

/** What kind of thing a list is of. */
export function listedKind(capability: ListCapability): EntityKind {
  return kinds[capability].kind;
}

/** What a list is asked for with. */
export interface ListPlan {
  readonly provider: string;
  readonly capability: ListCapability;
  readonly platform: Platform;
  /** As the page names it. */
  readonly subject: RefKey | null;
  readonly query: Readonly<Record<string, string>>;
}

function filled(query: ListPlan['query']): readonly (readonly [string, string])[] {
  return Object.entries(query)
    .filter(([, value]) => value !== '')
    .sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Names a list within its tab: the same question is the same list, in whatever order its form was filled in. */
export function apiListKey({ provider, capability, platform, subject, query }: ListPlan): string {
  return `${apiListPrefix}${JSON.stringify([provider, capability, platform, subject, filled(query)])}`;
}

/** What an export tells in `query_text`: whose list it is, or what was written into the form of the search. */
function queryText({ subject, query }: ListPlan, words: readonly string[]): string | null {
  const own = subject && parseRefKey(subject);
  if (own) return own.id;
  const written = filled(query).filter(([name]) => words.includes(name));
  const [only, ...others] = written;
  if (!only) return null;
  return others.length === 0 ? only[1] : written.map(([name, value]) => `${name}=${value}`).join(' ');
}

/**
 * The list before its first page. `url`: the address of what it is a list of, for the provenance; `words`: the fields of
 * its query that a person writes into, the others being choices.
 */
export function newApiList(plan: ListPlan, { url, words }: { url: string; words: readonly string[] }): PageList {
  const { provider, capability, platform, subject, query } = plan;
  const context = { type: kinds[capability].type, query: queryText(plan, words), tab: null, personalised: null };
  const api: ApiListing = {
    provider,
    capability,
    platform,
    query: Object.fromEntries(filled(query)),
    cursor: null,
    pages: 0,
    ended: false,
    error: null,
  };
  return { ...newList(apiListKey(plan), { url, context, subject }), api };
}

/** A page as it came, by the refs of its records. */
export interface ArrivedPage {
  readonly refs: readonly RefKey[];
  readonly cursor: string | null;
}

/**
 * The list after a page: its things in the API's order, each once. It has ended where there is no cursor, and where a page
 * brought nothing new while the cursor stayed: the next would be the same again. `now`: Unix ms.
 */
export function addApiPage(list: PageList, { refs, cursor }: ArrivedPage, now: number): PageList {
  const { api } = list;
  if (!api) return list;
  const { kind } = kinds[api.capability];
  const own = refs.filter((ref) => parseRefKey(ref)?.kind === kind);
  const grown = addOthers(
    loadItems(list, own, now),
    refs.filter((ref) => parseRefKey(ref)?.kind !== kind),
  );
  const standsStill = grown.entries.length === list.entries.length && cursor === api.cursor;
  const ended = cursor === null || standsStill;
  return { ...grown, api: { ...api, cursor, pages: api.pages + 1, ended, error: null } };
}

/** The list after a page that did not come: it can be asked for again. Null: nobody knows of an error. */
export function withApiError(list: PageList, error: WireError | null): PageList {
  return list.api ? { ...list, api: { ...list.api, error } } : list;
}

/** The list as the panel sees it; null for a page's own. */
export function listState({ key, subject, entries, api }: PageList, isRunning: boolean): ListState | null {
  if (!api) return null;
  return {
    key,
    capability: api.capability,
    provider: api.provider,
    subject,
    query: api.query,
    state: isRunning ? 'running' : api.ended ? 'ended' : 'paused',
    pages: api.pages,
    refs: entries.map(({ ref }) => ref),
    error: api.error,
  };
}
