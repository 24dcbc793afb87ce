/**
 * The content script: detects what the page shows, follows it, reports it to the worker and keeps the chip beside the
 * current item. It asks the page for nothing, changes nothing in it, and carries no dictionary and no zod.
 */
import type { ContentScriptContext } from 'wxt/utils/content-script-context';
import { type EntityRef, parseRefKey, type RefKey, refKey } from '../core/ref.ts';
import { isOrphaned, onWorkerEvent, send } from '../messaging/client.ts';
import type { ChipModel, OverlaySetup, PageReport, Settings } from '../messaging/protocol.ts';
import { detectUrl, siteFor } from '../sites/index.ts';
import type { PageItem, Site } from '../sites/site.ts';

/** An item must stay current for so long before it is looked up unasked: skimming a feed costs nothing. */
const dwellMs = 1_000;
/** How long to wait before the worker is tried again, once, twice and so on: the browser may just be starting it. */
const retryMs = [200, 1_000, 5_000];
/** More than a page ever showed (2026-11: about 400 after long scrolling); a page that forges more is cut. */
const maximumItems = 2_000;
const maximumControls = 120;

/** What the overlay is given to show. */
export interface OverlayState {
  readonly setup: OverlaySetup;
  readonly model: ChipModel | null;
  /** Where the current item is on the screen; null: unknown, or the page itself. */
  readonly anchor: DOMRect | null;
  /** What the chip must not cover: the player's own controls. */
  readonly avoid: readonly DOMRect[];
}

/** What the overlay's buttons do. Each rejects with AppError. */
export interface OverlayActions {
  readonly lookup: (refresh: boolean) => Promise<void>;
  readonly exportPage: () => Promise<readonly { readonly name: string; readonly rows: number }[]>;
  readonly openPanel: () => Promise<void>;
  readonly openOptions: () => Promise<void>;
  readonly move: (position: Settings['chipPosition']) => void;
  readonly turnOff: () => void;
}

export interface Overlay {
  readonly update: (state: OverlayState) => void;
  readonly remove: () => void;
}

/** Starts watching; resolves once the first report is under way. */
export async function watchPage(
  context: ContentScriptContext,
  mountOverlay: (actions: OverlayActions) => Promise<Overlay>,
): Promise<void> {
  const site = siteFor(new URL(location.href));
  if (!site) return;
  await whenShown();
  let setup = await askForSetup(context);
  if (!setup) return;
  const first = setup;
  let watch = first.paused ? null : startWatch(site, () => setup ?? first, mountOverlay);
  const stopListening = onWorkerEvent((event) => {
    if (event.event === 'record.changed') watch?.refreshChip(event.ref);
    if (event.event === 'credentials.changed') watch?.refreshChip(null);
    if (event.event !== 'settings.changed') return;
    void askForSetup(context).then((changed) => {
      if (!changed) return;
      setup = changed;
      if (changed.paused) {
        watch?.stop();
        watch = null;
      } else {
        watch ??= startWatch(site, () => setup ?? changed, mountOverlay);
        watch.refreshSetup();
      }
    });
  });
  context.onInvalidated(() => {
    stopListening();
    watch?.stop();
  });
}

/** Resolves at once, or when a page that the browser prepared unseen is shown: only then is it a tab's page. */
async function whenShown(): Promise<void> {
  if (!('prerendering' in document) || !document.prerendering) return;
  await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }));
}

/** What the worker says of this page; null once the extension is gone or the worker does not start. */
async function askForSetup(context: ContentScriptContext): Promise<OverlaySetup | null> {
  for (const wait of [...retryMs, null]) {
    if (context.isInvalid || isOrphaned()) return null;
    try {
      return await send('overlay.setup', {});
    } catch {
      if (wait !== null) await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return null;
}

/** Unix ms with fraction, now: later documents of a tab have a later one. */
function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

interface Watch {
  /** Null: whatever is current. */
  refreshChip(ref: RefKey | null): void;
  refreshSetup(): void;
  stop(): void;
}

function startWatch(
  site: Site,
  getSetup: () => OverlaySetup,
  mountOverlay: (actions: OverlayActions) => Promise<Overlay>,
): Watch {
  const stopped = new AbortController();
  let items: readonly PageItem[] = [];
  let pageRefs: readonly EntityRef[] = [];
  let current: PageItem | null = null;
  let currentKey: RefKey | null = null;
  let model: ChipModel | null = null;
  let overlay: Promise<Overlay> | null = null;
  let lastReport = '';
  let shownAt = preciseNow();
  let lostReports = 0;
  let scanning = false;
  let placing = false;
  let dwell: ReturnType<typeof setTimeout> | undefined;
  /** How much of each card can be seen, in square CSS px. */
  const visibleArea = new Map<Element, number>();

  // Told after layout and within the same frame, so measuring costs no extra layout.
  const visibility = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (items.some((item) => item.element === entry.target)) {
          visibleArea.set(entry.target, entry.intersectionRect.width * entry.intersectionRect.height);
        }
      }
      settle();
    },
    { threshold: [0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1] },
  );

  const mutations = new MutationObserver(scheduleScan);
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
  document.addEventListener('visibilitychange', startDwell, options);
  scheduleScan();

  /** The page came back from the back/forward cache; its report went with it when it left. */
  function showAgain(event: PageTransitionEvent): void {
    if (!event.persisted) return;
    shownAt = preciseNow();
    lastReport = '';
    scheduleScan();
    startDwell();
  }

  function scheduleScan(): void {
    if (scanning) return;
    scanning = true;
    requestAnimationFrame(() => {
      scanning = false;
      if (!stopped.signal.aborted) scan();
    });
  }

  function scan(): void {
    const url = new URL(location.href);
    const known = new Set(items.map((item) => item.element));
    pageRefs = detectUrl(url.href);
    items = site.items(document, url).slice(0, maximumItems);
    const elements = new Set(items.filter((item) => item.role !== 'tile').map((item) => item.element));
    for (const element of known) {
      if (elements.has(element)) continue;
      visibility.unobserve(element);
      visibleArea.delete(element);
    }
    for (const element of elements) if (!known.has(element)) visibility.observe(element);
    settle();
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
    current = findCurrent();
    const ref = current?.ref ?? pageRefs[0];
    const key = ref ? refKey(ref) : null;
    report(key);
    if (key !== currentKey) {
      currentKey = key;
      model = null;
      startDwell();
      if (key) requestChip(key);
    }
    show();
  }

  function report(key: RefKey | null): void {
    const now: PageReport = {
      url: location.href,
      refs: pageRefs.map(refKey),
      current: key,
      items: items.map((item) => ({ ref: refKey(item.ref), role: item.role, hook: item.hook })),
      shownAt,
    };
    const text = JSON.stringify(now);
    if (text === lastReport) return;
    lastReport = text;
    if (isOrphaned()) return;
    send('page.report', now).then(
      () => {
        lostReports = 0;
      },
      () => {
        // Perhaps nothing changes any more that would bring another one.
        const wait = retryMs[lostReports];
        lostReports += 1;
        lastReport = '';
        if (wait !== undefined) setTimeout(scheduleScan, wait);
      },
    );
  }

  function leave(): void {
    if (!isOrphaned()) tellWorker(send('page.leave', { shownAt }));
  }

  /** A worker that is being replaced must not break the page. */
  function tellWorker(sending: Promise<unknown>): void {
    sending.catch(() => undefined);
  }

  function canBeLookedUp(key: RefKey): boolean {
    const kind = parseRefKey(key)?.kind;
    return kind === 'post' || kind === 'product';
  }

  function startDwell(): void {
    clearTimeout(dwell);
    const key = currentKey;
    if (!key || !canBeLookedUp(key) || document.visibilityState !== 'visible') return;
    dwell = setTimeout(() => {
      if (!isOrphaned())
        send('overlay.lookup', { ref: key, refresh: false, automatic: true }).then(accept, () => undefined);
    }, dwellMs);
  }

  function requestChip(key: RefKey): void {
    if (!canBeLookedUp(key) || !getSetup().overlay || isOrphaned()) return;
    send('overlay.chip', { ref: key }).then(accept, () => undefined);
  }

  function accept(answer: ChipModel): void {
    if (answer.ref !== currentKey) return;
    model = answer;
    show();
  }

  function show(): void {
    const visible = getSetup().overlay && model !== null;
    if (!visible && !overlay) return;
    overlay ??= mountOverlay(actions);
    void overlay.then((mounted) => {
      if (stopped.signal.aborted) return;
      mounted.update({
        setup: getSetup(),
        model: visible ? model : null,
        // A product is the page itself: beside it there is nothing.
        anchor: current && current.ref.kind !== 'product' ? current.element.getBoundingClientRect() : null,
        avoid: current ? visibleControls() : [],
      });
    });
  }

  function schedulePlacing(): void {
    if (placing || !overlay) return;
    placing = true;
    requestAnimationFrame(() => {
      placing = false;
      if (!stopped.signal.aborted) show();
    });
  }

  const actions: OverlayActions = {
    lookup: async (refresh) => {
      if (currentKey) accept(await send('overlay.lookup', { ref: currentKey, refresh, automatic: false }));
    },
    exportPage: () => send('overlay.export', {}),
    openPanel: async () => void (await send('overlay.panel', {})),
    openOptions: async () => void (await send('overlay.options', {})),
    move: (position) => tellWorker(send('overlay.move', { position })),
    turnOff: () => tellWorker(send('overlay.off', {})),
  };

  return {
    refreshChip: (ref) => {
      if (currentKey && (ref ?? currentKey) === currentKey) requestChip(currentKey);
    },
    refreshSetup: () => {
      model = null;
      show();
      if (currentKey) requestChip(currentKey);
    },
    stop: () => {
      stopped.abort();
      mutations.disconnect();
      visibility.disconnect();
      clearTimeout(dwell);
      void overlay?.then((mounted) => mounted.remove());
      leave();
    },
  };
}

/**
 * What the researcher may want to press, and the page's title: the arrows beside a player belong to no card. Those that can be
 * seen, and no more than a page that is full of them needs to keep its feed clear.
 */
function visibleControls(): DOMRect[] {
  const rects: DOMRect[] = [];
  for (const control of document.querySelectorAll('h1, button, [role="button"], [role="slider"], input, textarea')) {
    const rect = control.getBoundingClientRect();
    const seen =
      rect.width > 0 &&
      rect.height > 0 &&
      rect.bottom > 0 &&
      rect.top < innerHeight &&
      rect.right > 0 &&
      rect.left < innerWidth;
    if (seen && rects.push(rect) === maximumControls) break;
  }
  return rects;
}
