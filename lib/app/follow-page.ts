/** Follows one document for as long as it is shown: what is on it, what is current, what it carries. */
import { type EntityRef, type RefKey, refKey } from '../core/ref.ts';
import { isOrphaned, send } from '../messaging/client.ts';
import type { MountOverlay } from '../messaging/overlay.ts';
import type { OverlaySetup, PageUpdate } from '../messaging/protocol.ts';
import { detectUrl } from '../sites/index.ts';
import type { PageItem, Site } from '../sites/site.ts';
import { createPageOverlay } from './page-overlay.ts';
import { createReporter } from './page-report.ts';
import { createTileLayer } from './place-tiles.ts';
import { relayAnswers } from './relay-answers.ts';
import { sendBlocks } from './send-blocks.ts';
import { createKnownTiles } from './known-tiles.ts';

/** More than a page ever showed (2026-11: about 400 after long scrolling); a page that forges more is cut. */
const maximumItems = 2_000;

/** What is put into the page. */
export interface PageSurfaces {
  readonly mountOverlay: MountOverlay;
  /** The style sheet of the tiles' layer. */
  readonly tileStyles: string;
}

export interface Follower {
  /** Something else is known of these. */
  readonly refresh: (keys: readonly RefKey[]) => void;
  /** Settings changed: all may be shown otherwise, or not at all. */
  readonly refreshSetup: () => void;
  /** Keys changed: what is said about the current item may be different. */
  readonly refreshChip: () => void;
  readonly stop: () => void;
}

/**
 * Unix ms with fraction, now: later documents of a tab have a later one. By the clock that the worker reads as well: the
 * one that only measures (`performance.timeOrigin` with `now()`) drifts from it, and stands still while a computer sleeps.
 */
function preciseNow(): number {
  return Date.now() + (performance.now() % 1);
}

/** `loadedAt`: Unix ms since when the document is there; it is followed from later on, and shown anew after that. */
export function followPage(
  site: Site,
  loadedAt: number,
  getSetup: () => OverlaySetup,
  surfaces: PageSurfaces,
): Follower {
  const stopped = new AbortController();
  let items: readonly PageItem[] = [];
  /** Those by which it is measured what is current. */
  let measured: ReadonlySet<Element> = new Set();
  let pageRefs: readonly EntityRef[] = [];
  let shownAt = preciseNow();
  let scanning = false;
  /** How much of each card can be seen, in square CSS px. */
  const visibleArea = new Map<Element, number>();

  const reporter = createReporter(accept, scheduleScan);
  const models = createKnownTiles({ reported: reporter.settled, accept });
  const layer = createTileLayer({
    styles: surfaces.tileStyles,
    modelOf: models.get,
    onNear: (keys) => {
      if (getSetup().overlay) models.want(keys);
    },
    isShown: () => getSetup().overlay,
  });
  const overlay = createPageOverlay({
    getSetup,
    mountOverlay: surfaces.mountOverlay,
    refreshBar: () => models.refresh([]),
  });
  const surroundings = { site, known: reporter.known, shownAt: () => shownAt, accept };
  const blocks = sendBlocks({ ...surroundings, loadedAt });
  const relay = relayAnswers(surroundings);

  const visibility = new IntersectionObserver(
    (entries) => {
      for (const { target, intersectionRect } of entries) {
        if (measured.has(target)) visibleArea.set(target, intersectionRect.width * intersectionRect.height);
      }
      settle();
    },
    { threshold: [0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1] },
  );

  const mutations = new MutationObserver((records) => {
    if (!records.every(isOurs)) scheduleScan();
  });
  mutations.observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: [...site.watchedAttributes],
  });
  const options = { signal: stopped.signal, passive: true };
  // The Navigation API tells of pushState and replaceState too, in our world as in the page's.
  window.navigation.addEventListener('currententrychange', scheduleScan, options);
  window.addEventListener('pageshow', showAgain, options);
  window.addEventListener('pagehide', leave, options);
  window.addEventListener('scroll', schedulePlacing, { ...options, capture: true });
  window.addEventListener('resize', schedulePlacing, options);
  document.addEventListener('visibilitychange', overlay.startDwell, options);
  scheduleScan();

  /** What the worker says whenever it was told something. */
  function accept(update: PageUpdate): void {
    if (stopped.signal.aborted) return;
    const changed = models.put(update.tiles);
    overlay.setBar(update.bar);
    overlay.refreshChip(changed);
    if (changed.length > 0) layer.schedule();
  }

  /** The page came back from the back/forward cache; its report went with it when it left. */
  function showAgain(event: PageTransitionEvent): void {
    if (!event.persisted) return;
    shownAt = preciseNow();
    reporter.forget();
    blocks.sendAgain();
    scheduleScan();
    overlay.startDwell();
  }

  function scheduleScan(): void {
    if (scanning) return;
    scanning = true;
    requestAnimationFrame(() => {
      scanning = false;
      if (!stopped.signal.aborted) scan();
    });
  }

  function schedulePlacing(): void {
    overlay.schedule();
    layer.schedule();
  }

  function scan(): void {
    const url = new URL(location.href);
    const before = measured;
    pageRefs = detectUrl(url.href);
    items = site.items(document, url).slice(0, maximumItems);
    measured = new Set(items.filter((item) => item.role !== 'tile').map((item) => item.element));
    for (const element of before) {
      if (measured.has(element)) continue;
      visibility.unobserve(element);
      visibleArea.delete(element);
    }
    for (const element of measured) if (!before.has(element)) visibility.observe(element);
    settle();
    layer.setItems(items);
  }

  /** The modal or detail view that can be seen, else the card that fills most of the screen, else nothing. */
  function findCurrent(): PageItem | null {
    const candidates = items.filter((item) => item.role !== 'tile' && (visibleArea.get(item.element) ?? 0) > 0);
    const details = candidates.filter((item) => item.role === 'detail');
    return (details.length > 0 ? details : candidates).reduce<PageItem | null>(
      (best, item) =>
        (visibleArea.get(item.element) ?? 0) > (best ? (visibleArea.get(best.element) ?? 0) : 0) ? item : best,
      null,
    );
  }

  /** Decides what is current, reports what changed, and brings the chip along. */
  function settle(): void {
    const current = findCurrent();
    const ref = current?.ref ?? pageRefs[0];
    const key = ref ? refKey(ref) : null;
    reporter.report({
      url: location.href,
      refs: pageRefs.map(refKey),
      current: key,
      items: items.map((item) => ({ ref: refKey(item.ref), role: item.role, hook: item.hook })),
      shownAt,
    });
    overlay.setCurrent(key, current);
  }

  function leave(): void {
    // A worker that is being replaced must not break the page.
    if (!isOrphaned()) send('page.leave', { shownAt }).catch(() => undefined);
  }

  return {
    refresh: (keys) => {
      overlay.refreshChip(keys);
      models.refresh(keys.filter((key) => models.get(key)));
    },
    refreshSetup: () => {
      models.clear();
      overlay.refreshAll();
      // Everything is asked for again, in the language that is now right.
      models.refresh(items.map((item) => refKey(item.ref)));
      layer.schedule();
    },
    refreshChip: () => overlay.refreshChip(null),
    stop: () => {
      stopped.abort();
      mutations.disconnect();
      visibility.disconnect();
      relay.stop();
      blocks.stop();
      models.stop();
      layer.remove();
      overlay.stop();
      leave();
    },
  };
}

/** Whether a change of the document is our own: the hosts of the overlay and of the tiles' layer. */
function isOurs({ type, addedNodes, removedNodes }: MutationRecord): boolean {
  return type === 'childList' && [...addedNodes, ...removedNodes].every(isHost);
}

function isHost({ nodeName }: Node): boolean {
  return nodeName.startsWith('CLIPSCOPE-');
}
