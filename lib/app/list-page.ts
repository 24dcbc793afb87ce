/** One page of a list that an API gives: what it is asked with, and the asking. Tabs and jobs follow lists by it. */
import * as z from 'zod/mini';
import type { ListCapability } from '../core/capabilities.ts';
import { AppError } from '../core/errors.ts';
import { type EntityRef, parseRefKey, type Platform, type RefKey } from '../core/ref.ts';
import { providerById } from '../providers/index.ts';
import {
  formFieldsOf,
  type ListEntry,
  type ListRequest,
  type Provider,
  type ProviderPage,
  type Query,
} from '../providers/provider.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { apiListKey, type ListPlan } from './api-list.ts';
import { type Asking, longPatienceMs } from './asking.ts';
import { knownOfOne, type Sources } from './knowledge.ts';

/** What somebody wants a list of. */
export interface ListWish {
  readonly provider: string;
  readonly capability: ListCapability;
  readonly subject: RefKey | null;
  readonly query: Query;
  /** Where a search is made; null: where the provider searches first. A subject has a platform of its own. */
  readonly platform: Platform | null;
  /** The tab whose page may know more of the subject. */
  readonly tabId: number | null;
}

/** A list that can be asked for. */
export interface PreparedList {
  readonly provider: Provider;
  readonly entry: ListEntry;
  readonly plan: ListPlan;
  readonly request: ListRequest;
  /** Address of the subject; null where it has none. */
  readonly subjectUrl: string | null;
  /** The fields of its query that a person writes into, the others being choices. */
  readonly words: readonly string[];
}

/**
 * The subject by a name that the provider knows it by: an author has a handle and a secUid, pages name one of them, and
 * APIs ask for the other. What was stored or met of the author tells it. Null: nothing does.
 */
export async function acceptedName(
  sources: Sources,
  entry: ListEntry,
  ref: EntityRef,
  tabId: number | null,
): Promise<EntityRef | null> {
  const accepts = (candidate: EntityRef): boolean => entry.accepts?.(candidate) ?? true;
  if (accepts(ref)) return ref;
  if (ref.kind !== 'author') return null;
  const { record } = await knownOfOne(sources, `${ref.platform}:author:${ref.id}`, tabId);
  if (record?.record_type !== 'author') return null;
  const names = [record.author_sec_id, record.author_handle, record.author_id && `uid/${record.author_id}`];
  const others = names.flatMap((id) => (id ? [{ ...ref, id }] : []));
  return others.find(accepts) ?? null;
}

/** The list's request. Throws AppError `bad_request`, `unsupported` where it cannot be one. */
export async function prepareList(sources: Sources, wish: ListWish): Promise<PreparedList> {
  const provider = requireProvider(wish.provider);
  const entry = provider.capabilities[wish.capability];
  if (!entry) throw new AppError('unsupported', `${provider.id} has no ${wish.capability}.`);
  const named = wish.subject === null ? null : parseRefKey(wish.subject);
  if ((entry.subject ?? null) !== (named?.kind ?? null)) {
    throw new AppError('bad_request', `${wish.capability} is not a list of ${named?.kind ?? 'nothing'}.`);
  }
  const subject = named && (await acceptedName(sources, entry, named, wish.tabId));
  if (named && !subject) {
    throw new AppError('unsupported', `${provider.id} knows ${wish.subject} by another name only.`, {
      advice: 'error_list_subject_unknown',
      parameters: [provider.label],
      provider: provider.id,
    });
  }
  const wanted = named?.platform ?? wish.platform;
  const platform = entry.platforms.find((candidate) => candidate === wanted) ?? (named ? null : entry.platforms[0]);
  if (!platform) throw new AppError('unsupported', `${provider.id} has no ${wish.capability} there.`);
  const query = readQuery(entry, wish.query);
  const plan: ListPlan = {
    provider: provider.id,
    capability: wish.capability,
    platform,
    subject: wish.subject,
    query,
  };
  const words = entry.query
    ? formFieldsOf(entry.query).flatMap(({ name, input }) => (input === 'choice' ? [] : name))
    : [];
  return {
    provider,
    entry,
    plan,
    request: { platform, subject, query },
    subjectUrl: named && canonicalUrl(named),
    words,
  };
}

/** Asks for the page at this cursor, null being the first. Throws AppError. */
export function askPage(
  asking: Asking,
  { provider, entry, plan, request }: PreparedList,
  cursor: string | null,
  signal: AbortSignal,
): Promise<ProviderPage> {
  const question = { name: `${apiListKey(plan)} ${cursor ?? ''}`, patienceMs: longPatienceMs, signal };
  return asking.ask(provider, question, (context) => entry.list(context, request, cursor));
}

function requireProvider(id: string): Provider {
  const provider = providerById(id);
  if (!provider) throw new AppError('bad_request', `No provider is called ${id}.`);
  return provider;
}

/** What the form holds, as its schema reads it. Throws AppError `bad_request` that names the fields. */
function readQuery(entry: ListEntry, given: Query): Query {
  if (!entry.query) return {};
  const parsed = z.safeParse(entry.query, given);
  if (parsed.success) return parsed.data;
  const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')))].join(', ');
  throw new AppError('bad_request', `The query is incomplete or unreadable: ${fields}.`, {
    advice: 'error_query_incomplete',
    parameters: [fields],
  });
}
