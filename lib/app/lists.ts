/**
 * Lists that APIs give: an author's posts, a post's comments, what a search finds. What a page brought is stored before
 * the cursor moves on, and both before anyone is told, so that a worker that dies loses no page that was paid for.
 */
import { AppError, toAppError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { type ListCapability, listCapabilities } from '../core/capabilities.ts';
import { type EntityKind, parseRefKey, type RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { Input, ListOffer, ListState, PageState } from '../messaging/protocol.ts';
import { providers } from '../providers/index.ts';
import { addObservations } from '../storage/records.ts';
import { getList, getLists, type PageList, writeBuffer } from '../storage/session-buffer.ts';
import { addApiPage, apiListKey, apiListPrefix, listState, newApiList, withApiError } from './api-list.ts';
import type { Asking } from './asking.ts';
import { isUsable, providersInOrder } from './choosing.ts';
import type { Sources } from './knowledge.ts';
import { acceptedName, askPage, prepareList } from './list-page.ts';
import { pageAddress } from './page-state.ts';
import { observeAll } from './raw-texts.ts';

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
  /** Whether a project (null: the active one) keeps the texts of answers; absent: none does. */
  readonly keepsRaw?: (project: string | null) => Promise<boolean>;
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
        if (!entry || (ref && !(await acceptedName(dependencies, entry, ref, tabId)))) continue;
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

  /** The list's request, with where its tab stands; throws AppError where it cannot be one. */
  async function prepare({ tabId, ...input }: Input<'list.run'>) {
    const page = await dependencies.page(tabId);
    const list = await prepareList(dependencies, { ...input, platform: page?.platform ?? null, tabId });
    const pageUrl = page ? pageAddress(page.url) : null;
    return { list, pageUrl, url: list.subjectUrl ?? pageUrl ?? '' };
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
    { list: prepared, pageUrl, url }: Prepared,
    { tabId, pages }: Input<'list.run'>,
    signal: AbortSignal,
  ): Promise<void> {
    const key = apiListKey(prepared.plan);
    const blank = newApiList(prepared.plan, { url, words: prepared.words });
    // A list that has ended begins anew: what it brought before is stored.
    let list = await write(tabId, key, (before) =>
      before?.api && !before.api.ended ? withApiError(before, null) : blank,
    );
    changed(tabId, []);
    for (let asked = 0; asked < pages && list.api && !list.api.ended && !signal.aborted; asked++) {
      const { cursor } = list.api;
      try {
        const page = await askPage(asking, prepared, cursor, signal);
        const keepRaw = (await dependencies.keepsRaw?.(null)) ?? false;
        const observations = await observeAll(page.records, { keepRaw, pageUrl });
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
      const key = apiListKey(prepared.list.plan);
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
