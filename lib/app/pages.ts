/** What pages report, carry and load, what is shown of it on them, and what of it is saved. */
import { AppError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import type { RefKey } from '../core/ref.ts';
import type { Settings } from '../core/settings.ts';
import type { Translate } from '../i18n/index.ts';
import type { Input, PageState, PageUpdate, PageView, TileModel } from '../messaging/protocol.ts';
import { activeProject } from '../storage/projects.ts';
import { storedRefs } from '../storage/records.ts';
import { forgetTab, getList, type PageList, writeBuffer } from '../storage/session-buffer.ts';
import type { HealthEvent } from './health-state.ts';
import type { Health } from './health.ts';
import type { Ingest, Ingested } from './ingest.ts';
import { knownOf, type Sources } from './knowledge.ts';
import { barModel } from './page-bar.ts';
import { newList, showItems } from './page-list.ts';
import { type FollowedReport, pageAddress } from './page-state.ts';
import { declaredOf, pageView } from './page-view.ts';
import { hasUnsaved, saveThings } from './saving.ts';
import { forgetPage, getPage, lastReported, leavePage, putPage } from './tab-pages.ts';
import { tileModel } from './tile-model.ts';

/** Pages that list things: what they load should be shown sooner or later. */
const listPages: ReadonlySet<string> = new Set([
  'feed',
  'explore',
  'search',
  'profile',
  'hashtag',
  'music',
  'collection',
]);
/** So long (ms) an item may be shown before its data is missed. */
const patienceMs = 10_000;

const noUpdate: PageUpdate = { bar: null, tiles: [] };

export interface PageDependencies extends Sources {
  readonly clock: Clock;
  readonly ingest: Ingest;
  readonly health: Health;
  readonly settings: () => Promise<Settings>;
  readonly translator: () => Promise<Translate>;
  /** The tab's page, or what is known of these things, is not what it was. */
  readonly changed: (tabId: number, refs: readonly RefKey[]) => void;
  /** Something was saved. */
  readonly saved: () => void;
  /** Whether the last save failed for want of room; absent: nobody knows. */
  readonly isFull?: () => Promise<boolean>;
}

export interface Pages {
  report(tabId: number, report: Input<'page.report'>, senderUrl: string | null): Promise<PageUpdate>;
  blocks(tabId: number, input: Input<'page.blocks'>, senderUrl: string | null): Promise<PageUpdate>;
  answer(tabId: number, input: Input<'page.answer'>, senderUrl: string | null): Promise<PageUpdate>;
  leave(tabId: number, shownAt: number): Promise<void>;
  /** The bar as it is now, and these tiles. */
  tiles(tabId: number, refs: readonly RefKey[]): Promise<PageUpdate>;
  view(tabId: number): Promise<PageView | null>;
  /** Saves these things of the tab's page, or with null all of them. Throws AppError `not_found`, `storage_full`. */
  save(tabId: number, refs: readonly RefKey[] | null): Promise<{ readonly saved: number }>;
  forget(tabId: number): Promise<void>;
}

/** Reports of one list, and the list after them; null: there was no room. */
interface Shown {
  readonly reports: readonly FollowedReport[];
  readonly list: PageList | null;
}

/** Neighbours of the same list together. */
function byList(followed: readonly FollowedReport[]): readonly (readonly FollowedReport[])[] {
  const groups: FollowedReport[][] = [];
  for (const report of followed) {
    const group = groups.at(-1);
    if (group?.[0]?.page.listKey === report.page.listKey) group.push(report);
    else groups.push([report]);
  }
  return groups;
}

/** What reports that were dealt with together have in common is worked out for the first who asks. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}

function freshOf(reports: readonly FollowedReport[]): readonly RefKey[] {
  return [...new Set(reports.flatMap(({ fresh }) => fresh.map(({ ref }) => ref)))];
}

export function createPages(dependencies: PageDependencies): Pages {
  const { clock, health, ingest } = dependencies;
  /** Where there is no room, by tab; found out anew by every worker. */
  const full = new Map<number, 'buffer' | 'disk'>();
  /** Lists whose missing data was told already. */
  const missed = new Set<string>();
  /** Tabs that were closed while something of theirs was still being read. */
  const closed = new Set<number>();

  /** What came too late goes as well. */
  async function forgetLate(tabId: number): Promise<void> {
    if (closed.has(tabId)) await forgetTab(await dependencies.session(), tabId);
  }

  /** Keeps what there is room for; a full disk is told on the bar, and costs nothing that was there. */
  async function withRoom<Value>(tabId: number, write: () => Promise<Value>): Promise<Value | null> {
    try {
      const value = await write();
      if (full.get(tabId) === 'disk') full.delete(tabId);
      return value;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'storage_full') throw error;
      full.set(tabId, 'disk');
      return null;
    }
  }

  async function record(tabId: number, listKey: string, refs: readonly RefKey[]): Promise<void> {
    if (refs.length === 0 || !(await activeProject()).recording) return;
    await withRoom(tabId, () => saveThings(dependencies, tabId, listKey, refs));
    dependencies.saved();
  }

  /** Adds what reports of one list show, in one write. */
  async function showReports(tabId: number, reports: readonly FollowedReport[]): Promise<PageList | null> {
    const now = clock.now();
    const [first] = reports;
    if (!first) return null;
    const { listKey, context, url } = first.page;
    const stored = await storedRefs(await dependencies.data(), freshOf(reports));
    const outcome = await withRoom(tabId, async () =>
      writeBuffer(await dependencies.session(), tabId, {
        stored,
        list: {
          key: listKey,
          change: (before) =>
            reports.reduce(
              (list, { items }) => showItems(list, items, now),
              before ?? newList(listKey, { url: pageAddress(url), context, subject: first.subject }),
            ),
        },
      }),
    );
    return outcome?.list ?? null;
  }

  /** What a report says of the hooks of its site. */
  function healthOf({ page, fresh }: FollowedReport, list: PageList): readonly HealthEvent[] {
    const { site, context, emptyReports } = page;
    const event = { site, kind: 'dom' } as const;
    const fits = [...new Set(fresh.map(({ hook }) => hook))].map((name) => ({ ...event, name, missed: null }));
    if (!listPages.has(context.type)) return fits;
    const hasLoaded = list.entries.some(({ role }) => role === 'data');
    if (emptyReports === 2 && hasLoaded) return [...fits, { ...event, name: context.type, missed: 'no_items' }];
    const before = clock.now() - patienceMs;
    const waits = list.entries.some((entry) => entry.shown && entry.first_seen_at < before);
    const key = `${page.tabId} ${list.key}`;
    if (!waits || missed.has(key) || list.entries.some((entry) => entry.has_data)) return fits;
    missed.add(key);
    return [...fits, { ...event, name: context.type, missed: 'no_data' }];
  }

  async function tilesOf(tabId: number, list: PageList | null, refs: readonly RefKey[]): Promise<readonly TileModel[]> {
    const items = [...new Set(refs)].filter((ref) => /^[a-z]+:(?:post|product):/u.test(ref));
    if (items.length === 0) return [];
    // What is in the list without data need not be asked for.
    const bare = new Set(list?.entries.flatMap((entry) => (entry.has_data ? [] : [entry.ref])));
    const [known, t] = await Promise.all([
      knownOf(
        dependencies,
        items.filter((ref) => !bare.has(ref)),
        tabId,
      ),
      dependencies.translator(),
    ]);
    return items.map((ref) => tileModel(ref, known.get(ref)?.record ?? null, t));
  }

  async function update(
    tabId: number,
    page: PageState | null,
    list: PageList | null,
    refs: readonly RefKey[],
  ): Promise<PageUpdate> {
    const settings = await dependencies.settings();
    if (!page || settings.paused || settings.overlayOffSites.includes(page.site)) return noUpdate;
    const shown = list?.key === page.listKey ? list : await getList(await dependencies.session(), tabId, page.listKey);
    if (!shown) return { bar: null, tiles: await tilesOf(tabId, null, refs) };
    const project = await activeProject();
    const [tiles, declared, unsaved, t] = await Promise.all([
      tilesOf(tabId, shown, refs),
      declaredOf(dependencies, shown, tabId),
      hasUnsaved(dependencies, shown, project.id),
      dependencies.translator(),
    ]);
    // A recording that was stopped for want of room must not look as if nobody had wanted it.
    const noRoom = full.get(tabId) ?? ((await dependencies.isFull?.()) ? 'disk' : null);
    const storage = { project, hasUnsaved: unsaved, noRoom };
    return { bar: barModel(shown, declared, storage, t), tiles };
  }

  async function took(tabId: number, read: () => Promise<Ingested | null>): Promise<PageUpdate> {
    const ingested = await withRoom(tabId, read);
    await forgetLate(tabId);
    if (!ingested) return update(tabId, await lastReported(tabId), null, []);
    if (ingested.noRoom) full.set(tabId, 'buffer');
    const refs = [...new Set(ingested.added.map((observation) => observation.ref_key))];
    await record(tabId, ingested.listKey, refs);
    if (refs.length > 0) dependencies.changed(tabId, refs);
    return update(tabId, ingested.page, ingested.list, ingested.changed);
  }

  async function tell(tabId: number, { page }: FollowedReport, shown: readonly Shown[]): Promise<PageUpdate> {
    await forgetLate(tabId);
    for (const { reports, list } of shown) {
      if (list) void health.note(reports.flatMap((report) => healthOf(report, list)));
      const listKey = reports[0]?.page.listKey;
      if (listKey !== undefined) await record(tabId, listKey, freshOf(reports));
    }
    dependencies.changed(tabId, []);
    return update(tabId, page, shown.at(-1)?.list ?? null, freshOf(shown.flatMap(({ reports }) => reports)));
  }

  return {
    async report(tabId, report, senderUrl) {
      const tellAll = await putPage(tabId, report, senderUrl, async (followed) => {
        const shown: Shown[] = [];
        for (const reports of byList(followed)) shown.push({ reports, list: await showReports(tabId, reports) });
        return once(() => tell(tabId, followed.at(-1) ?? followed[0], shown));
      });
      return tellAll?.() ?? noUpdate;
    },

    blocks: (tabId, input, senderUrl) => took(tabId, () => ingest.blocks(tabId, input, senderUrl)),
    answer: (tabId, input, senderUrl) => took(tabId, () => ingest.answer(tabId, input, senderUrl)),

    async leave(tabId, shownAt) {
      await leavePage(tabId, shownAt);
      dependencies.changed(tabId, []);
    },

    async tiles(tabId, refs) {
      const page = await lastReported(tabId);
      if (!page) return noUpdate;
      const session = await dependencies.session();
      const before = await getList(session, tabId, page.listKey);
      const bare = before?.entries.flatMap((entry) => (entry.has_data ? [] : [entry.ref])) ?? [];
      const asked = new Set(refs);
      // A lookup may have brought what the page did not.
      const stored = await storedRefs(
        await dependencies.data(),
        bare.filter((ref) => asked.has(ref)),
      );
      if (!before || stored.size === 0) return update(tabId, page, before, refs);
      const marked = await withRoom(tabId, () =>
        writeBuffer(session, tabId, { stored, list: { key: page.listKey, change: (list) => list ?? before } }),
      );
      return update(tabId, page, marked?.list ?? before, refs);
    },

    async view(tabId) {
      const page = await getPage(tabId);
      return page && pageView(dependencies, page);
    },

    async save(tabId, refs) {
      const page = await getPage(tabId);
      if (!page) throw new AppError('not_found', 'The tab shows no page of a known site.');
      const saved = await saveThings(dependencies, tabId, page.listKey, refs);
      full.delete(tabId);
      dependencies.saved();
      dependencies.changed(tabId, []);
      return { saved };
    },

    async forget(tabId) {
      closed.add(tabId);
      full.delete(tabId);
      for (const key of missed) if (key.startsWith(`${tabId} `)) missed.delete(key);
      await forgetPage(tabId);
      await forgetTab(await dependencies.session(), tabId);
    },
  };
}
