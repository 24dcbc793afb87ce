/**
 * Lists that APIs give: an author's posts, a post's comments, what a search finds. What a page brought is stored before
 * the cursor moves on, and both before anyone is told, so that a worker that dies loses no page that was paid for.
 */
import * as z from 'zod/mini';
import { AppError, toAppError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { toObservation } from '../core/observation.ts';
import { type ListCapability, listCapabilities } from '../core/capabilities.ts';
import { type EntityKind, type EntityRef, parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { Input, ListOffer, ListState, PageState } from '../messaging/protocol.ts';
import { providerById, providers } from '../providers/index.ts';
import { formFieldsOf, type ListEntry, type ListRequest, type Provider, type Query } from '../providers/provider.ts';
import { canonicalUrl } from '../sites/canonical.ts';
import { addObservations } from '../storage/records.ts';
import { getList, getLists, type PageList, writeBuffer } from '../storage/session-buffer.ts';
import {
  addApiPage,
  apiListKey,
  apiListPrefix,
  type ListPlan,
  listState,
  newApiList,
  withApiError,
} from './api-list.ts';
import { type Asking, longPatienceMs } from './asking.ts';
import { isUsable, providersInOrder } from './choosing.ts';
import { knownOfOne, type Sources } from './knowledge.ts';
import { pageAddress } from './page-state.ts';

/** Which list there is of what a page is about. */
const listOf: Partial<Record<EntityKind, ListCapability>> = {
  author: 'post.list',
  post: 'comment.list',
  shop: 'product.list',
};

export interface ListDependencies extends Sources {
  readonly asking: Asking;
  readonly settings: () => Promise<Settings>;
  /** Ids of the providers whose credential is stored. */
  readonly stored: () => Promise<ReadonlySet<string>>;
  /** What the tab shows; null: no page of a known site. */
  readonly page: (tabId: number) => Promise<PageState | null>;
  readonly clock: Clock;
  /** A list of this tab is not what it was, and these things are known better. */
  readonly changed: (tabId: number, refs: readonly RefKey[]) => void;
}

export interface Lists {
  offers(tabId: number): Promise<readonly ListOffer[]>;
  get(tabId: number): Promise<readonly ListState[]>;
  /**
   * Asks for so many pages, and resolves when they came, the list ended, or a page failed (the error is in the state). The
   * same list asked for twice at once is one run. Throws AppError `bad_request`, `unsupported`.
   */
  run(input: Input<'list.run'>): Promise<ListState>;
  /** Cancels what is under way; what came stays. Throws AppError `not_found`. */
  stop(tabId: number, key: string): Promise<ListState>;
  /** The tab is gone. */
  forget(tabId: number): void;
}

interface Run {
  readonly tabId: number;
  readonly controller: AbortController;
  readonly end: Promise<ListState>;
}

export function createLists(dependencies: ListDependencies): Lists {
  const { asking, clock, changed } = dependencies;
  /** By tab and key. What runs is known to this worker only: after its death a list is paused. */
  const runs = new Map<string, Run>();
  const runName = (tabId: number, key: string): string => `${tabId} ${key}`;
  const closed = new Set<number>();

  async function offers(tabId: number): Promise<readonly ListOffer[]> {
    const page = await dependencies.page(tabId);
    if (!page) return [];
    const [settings, stored, session] = await Promise.all([
      dependencies.settings(),
      dependencies.stored(),
      dependencies.session(),
    ]);
    const subject = (await getList(session, tabId, page.listKey))?.subject ?? null;
    const refs = [...new Set([subject, ...page.refs, page.current])].filter((ref) => ref !== null);
    const found: ListOffer[] = [];
    const add = async (capability: ListCapability, key: RefKey | null): Promise<void> => {
      const ref = key === null ? null : parseRefKey(key);
      const able = providers.filter(
        ({ capabilities }) => capabilities[capability]?.platforms.includes(ref?.platform ?? page.platform) === true,
      );
      for (const provider of providersInOrder(settings.sourceOrder, capability, able)) {
        const entry = provider.capabilities[capability];
        if (!entry || (ref && !(await acceptedName(entry, ref, tabId)))) continue;
        found.push({ capability, provider: provider.id, subject: key, hasKey: isUsable(provider, stored) });
      }
    };
    for (const key of refs) {
      const capability = listOf[parseRefKey(key)?.kind ?? 'short_link'];
      if (capability) await add(capability, key);
    }
    for (const capability of listCapabilities) if (capability.endsWith('.search')) await add(capability, null);
    return found;
  }

  /**
   * The subject by a name that the provider knows it by: an author has a handle and a secUid, pages name one of them, and
   * APIs ask for the other. What was stored or met of the author tells it. Null: nothing does.
   */
  async function acceptedName(entry: ListEntry, ref: EntityRef, tabId: number): Promise<EntityRef | null> {
    const accepts = (candidate: EntityRef): boolean => entry.accepts?.(candidate) ?? true;
    if (accepts(ref)) return ref;
    if (ref.kind !== 'author') return null;
    const { record } = await knownOfOne(dependencies, `${ref.platform}:author:${ref.id}`, tabId);
    if (record?.record_type !== 'author') return null;
    const names = [record.author_sec_id, record.author_handle, record.author_id && `uid/${record.author_id}`];
    const others = names.flatMap((id) => (id ? [{ ...ref, id }] : []));
    return others.find(accepts) ?? null;
  }

  /** The list's request; throws AppError where it cannot be one. */
  async function prepare(input: Input<'list.run'>) {
    const provider = requireProvider(input.provider);
    const entry = provider.capabilities[input.capability];
    if (!entry) throw new AppError('unsupported', `${provider.id} has no ${input.capability}.`);
    const page = await dependencies.page(input.tabId);
    const named = input.subject === null ? null : parseRefKey(input.subject);
    if ((entry.subject ?? null) !== (named?.kind ?? null)) {
      throw new AppError('bad_request', `${input.capability} is not a list of ${named?.kind ?? 'nothing'}.`);
    }
    const subject = named && (await acceptedName(entry, named, input.tabId));
    if (named && !subject) {
      throw new AppError('unsupported', `${provider.id} knows ${input.subject} by another name only.`, {
        advice: 'error_list_subject_unknown',
        parameters: [provider.label],
        provider: provider.id,
      });
    }
    const wanted = named?.platform ?? page?.platform;
    const platform = entry.platforms.find((candidate) => candidate === wanted) ?? (named ? null : entry.platforms[0]);
    if (!platform) throw new AppError('unsupported', `${provider.id} has no ${input.capability} there.`);
    const query = readQuery(entry, input.query);
    const plan: ListPlan = {
      provider: provider.id,
      capability: input.capability,
      platform,
      subject: input.subject,
      query,
    };
    const request: ListRequest = { platform, subject, query };
    const words = entry.query
      ? formFieldsOf(entry.query).flatMap(({ name, input }) => (input === 'choice' ? [] : name))
      : [];
    const pageUrl = page ? pageAddress(page.url) : null;
    return { provider, entry, plan, request, pageUrl, url: (named && canonicalUrl(named)) ?? pageUrl ?? '', words };
  }

  type Prepared = Awaited<ReturnType<typeof prepare>>;

  /** Changes the kept list in one transaction; nothing comes back of a tab that is gone. */
  async function write(tabId: number, key: string, change: (before: PageList | null) => PageList): Promise<PageList> {
    if (closed.has(tabId)) throw new AppError('cancelled', 'The tab is gone.');
    const { list } = await writeBuffer(await dependencies.session(), tabId, { list: { key, change } });
    if (!list) throw new AppError('internal', 'The list was not kept.');
    return list;
  }

  async function runPages(
    { provider, entry, plan, request, pageUrl, url, words }: Prepared,
    { tabId, pages }: Input<'list.run'>,
    signal: AbortSignal,
  ): Promise<void> {
    const key = apiListKey(plan);
    const blank = newApiList(plan, { url, words });
    // A list that has ended begins anew: what it brought before is stored.
    let list = await write(tabId, key, (before) =>
      before?.api && !before.api.ended ? withApiError(before, null) : blank,
    );
    changed(tabId, []);
    for (let asked = 0; asked < pages && list.api && !list.api.ended && !signal.aborted; asked++) {
      const { cursor } = list.api;
      try {
        const question = { name: `${key} ${cursor ?? ''}`, patienceMs: longPatienceMs, signal };
        const page = await asking.ask(provider, question, (context) => entry.list(context, request, cursor));
        const observations = page.records.map((record) => toObservation({ ...record, collected_from_url: pageUrl }));
        await addObservations(await dependencies.data(), observations);
        const refs = [...new Set(observations.map(({ ref_key: ref }) => ref))];
        const arrived = { refs, cursor: page.cursor };
        list = await write(tabId, key, (before) => addApiPage(before ?? blank, arrived, clock.now()));
        changed(tabId, refs);
      } catch (thrown) {
        const error = toAppError(thrown);
        // Whoever stopped it knows why.
        if (error.code === 'cancelled') return;
        await write(tabId, key, (before) => withApiError(before ?? blank, error.toWire()));
        return;
      }
    }
  }

  async function stateOf(tabId: number, key: string): Promise<ListState> {
    const list = await getList(await dependencies.session(), tabId, key);
    const state = list && listState(list, runs.has(runName(tabId, key)));
    if (!state) throw new AppError('not_found', 'The tab has no such list.');
    return state;
  }

  return {
    offers,

    async get(tabId) {
      const lists = await getLists(await dependencies.session(), tabId, apiListPrefix);
      return lists.flatMap((list) => listState(list, runs.has(runName(tabId, list.key))) ?? []);
    },

    async run(input) {
      const prepared = await prepare(input);
      const { tabId } = input;
      const key = apiListKey(prepared.plan);
      const name = runName(tabId, key);
      const running = runs.get(name);
      if (running) return running.end;
      const controller = new AbortController();
      const end = runPages(prepared, input, controller.signal)
        .finally(() => {
          runs.delete(name);
          changed(tabId, []);
        })
        .then(() => stateOf(tabId, key));
      runs.set(name, { tabId, controller, end });
      return end;
    },

    async stop(tabId, key) {
      const run = runs.get(runName(tabId, key));
      run?.controller.abort();
      // Why it failed is told to whoever runs it.
      await run?.end.catch(() => undefined);
      return stateOf(tabId, key);
    },

    forget(tabId) {
      closed.add(tabId);
      for (const run of runs.values()) if (run.tabId === tabId) run.controller.abort();
    },
  };
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
