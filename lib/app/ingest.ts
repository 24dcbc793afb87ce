/**
 * Takes in what pages carried and loaded: from text to the tab's buffer, and into the project where it records. Everything
 * here is untrusted; what cannot be read is a miss of the health, never an error on the page.
 */
import { AppError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { maximumRelayed } from '../core/page-data.ts';
import { refKey, type RefKey } from '../core/ref.ts';
import type { Input, PageState } from '../messaging/protocol.ts';
import { sha256Hex } from '../signing/digest.ts';
import { detectUrl, siteFor } from '../sites/index.ts';
import { tapFor } from '../sites/taps.ts';
import { addViewer, getViewer } from '../storage/items.ts';
import { type BufferOutcome, forgetRecords, getList, type PageList, writeBuffer } from '../storage/session-buffer.ts';
import type { HealthEvent } from './health-state.ts';
import type { Health } from './health.ts';
import type { Sources } from './knowledge.ts';
import { addOthers, addStatus, loadItems, newList } from './page-list.ts';
import { listOfAnswer, pageAddress } from './page-state.ts';
import { type IsViewer, type PageReading, personsOf, readPageAnswer, readPageBlocks } from './read-page-data.ts';
import { lastReported, siteOfSender } from './tab-pages.ts';

/** Text (characters) of one tab that waits at once; a page that sends more floods us. */
const maximumWaiting = 4 * maximumRelayed;

export interface Ingested extends BufferOutcome {
  readonly page: PageState | null;
  readonly listKey: string;
  /** Posts and products of which there is something new. */
  readonly changed: readonly RefKey[];
}

export interface IngestDependencies extends Sources {
  readonly clock: Clock;
  readonly health: Health;
}

export interface Ingest {
  /** Null: nothing came of it. Throws AppError `permission` and `storage_full`. */
  blocks(tabId: number, input: Input<'page.blocks'>, senderUrl: string | null): Promise<Ingested | null>;
  answer(tabId: number, input: Input<'page.answer'>, senderUrl: string | null): Promise<Ingested | null>;
}

export function createIngest(dependencies: IngestDependencies): Ingest {
  const { clock, health } = dependencies;
  const waiting = new Map<number, number>();

  /** Runs a reading unless the tab floods us with text. */
  async function within<Value>(tabId: number, size: number, read: () => Promise<Value>): Promise<Value | null> {
    const before = waiting.get(tabId) ?? 0;
    if (before > 0 && before + size > maximumWaiting) return null;
    waiting.set(tabId, before + size);
    try {
      return await read();
    } finally {
      const left = (waiting.get(tabId) ?? size) - size;
      if (left > 0) waiting.set(tabId, left);
      else waiting.delete(tabId);
    }
  }

  /** Names are kept as hashes only, each for its platform. */
  async function viewerTest(platform: string): Promise<IsViewer> {
    const hashes = new Set(await getViewer());
    if (hashes.size === 0) return () => false;
    return (name) => hashes.has(viewerHash(platform, name));
  }

  async function learnViewer(platform: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const added = await addViewer(names.map((name) => viewerHash(platform, name)));
    if (added.length === 0) return;
    const fresh = new Set(added);
    // Answers that came before the page said who is looking.
    await forgetRecords(
      await dependencies.session(),
      (record) =>
        record.platform === platform && personsOf(record).some((name) => fresh.has(viewerHash(platform, name))),
    );
  }

  async function keep(
    tabId: number,
    place: { readonly pageUrl: string; readonly shownAt: number },
    reading: PageReading,
  ): Promise<Ingested> {
    const page = await lastReported(tabId);
    const context = listOfAnswer(page, place.pageUrl, place.shownAt);
    const session = await dependencies.session();
    const now = clock.now();
    const own = new Set(detectUrl(place.pageUrl).map(refKey));
    const change = (before: PageList | null): PageList => {
      const list =
        before ??
        newList(context.listKey, {
          url: pageAddress(place.pageUrl),
          context,
          subject: context.subject && refKey(context.subject),
        });
      return extend(list, reading, own, now);
    };
    // Without anything to add, no list is begun for a page that shows none.
    const isEmpty = reading.observations.length + reading.statuses.length === 0;
    const outcome = isEmpty
      ? { added: [], noRoom: false, list: await getList(session, tabId, context.listKey) }
      : await writeBuffer(session, tabId, {
          observations: reading.observations,
          list: { key: context.listKey, change },
        });
    const changed = new Set(outcome.added.map((observation) => observation.ref_key));
    return {
      ...outcome,
      page,
      listKey: context.listKey,
      changed: [...changed].filter((ref) => /^[a-z]+:(?:post|product):/u.test(ref)),
    };
  }

  function note(events: readonly HealthEvent[], outcome: Ingested | null): void {
    const noRoom = outcome?.noRoom ? events.slice(0, 1).map((event) => ({ ...event, missed: 'no_room' as const })) : [];
    void health.note([...events, ...noRoom]);
  }

  return {
    blocks(tabId, input, senderUrl) {
      const { id: site, platform } = siteOfSender(input.url, senderUrl);
      const size = input.blocks.reduce((sum, { text }) => sum + text.length, 0);
      return within(tabId, size, async () => {
        // As old as the document: answers that it loaded since are newer, whichever of them comes here first.
        const now = Math.min(clock.now(), Math.floor(input.loadedAt));
        const place = { site, platform, pageUrl: input.url, now };
        const reading = await readPageBlocks(place, input.blocks, await viewerTest(platform));
        await learnViewer(platform, reading.viewer);
        const ingested = await keep(tabId, { pageUrl: input.url, shownAt: input.shownAt }, reading);
        note(reading.health, ingested);
        return ingested;
      });
    },

    answer(tabId, input, senderUrl) {
      const { id: site, platform } = siteOfSender(input.pageUrl, senderUrl);
      const tap = tapFor(input.url);
      // A page of one platform has no business with answers of another.
      if (!tap || siteFor(new URL(input.url))?.platform !== platform) {
        throw new AppError('permission', 'An answer from an address that is not read.');
      }
      return within(tabId, input.text.length, async () => {
        const place = { site, platform, pageUrl: input.pageUrl, now: clock.now() };
        const { url, text, digitsLost } = input;
        const reading = await readPageAnswer(place, { url, text, digitsLost, tap }, await viewerTest(platform));
        const ingested = await keep(tabId, input, reading);
        note(reading.health, ingested);
        return ingested;
      });
    },
  };
}

function viewerHash(platform: string, name: string): string {
  return sha256Hex(`${platform} ${name.toLowerCase()}`);
}

/**
 * The list with what was read. What came along with posts that are no part of the page (recommendations, previews) is not
 * of the page either.
 */
function extend(list: PageList, reading: PageReading, own: ReadonlySet<RefKey>, now: number): PageList {
  const loaded = loadItems(list, reading.listed, now);
  const entries = new Set(loaded.entries.map(({ ref }) => ref));
  const isOfPage = reading.besides.every((ref) => own.has(ref) || entries.has(ref));
  // The page's own product is shown by the page itself.
  const others = isOfPage ? reading.others.filter((ref) => !own.has(ref) || !ref.includes(':product:')) : [];
  return reading.statuses.reduce((so, [ref, status]) => addStatus(so, ref, status), addOthers(loaded, others));
}
