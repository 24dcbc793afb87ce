/** The chip beside the current item and the bar of the page: what they show, and what their buttons do. */
import { parseRefKey, type RefKey } from '../core/ref.ts';
import { isOrphaned, send } from '../messaging/client.ts';
import type { MountOverlay, Overlay, OverlayActions } from '../messaging/overlay.ts';
import type { BarModel, ChipModel, OverlaySetup } from '../messaging/protocol.ts';
import type { PageItem } from '../sites/site.ts';
import { visibleControls } from './page-controls.ts';

/** An item must stay current for so long before it is looked up unasked: skimming a feed costs nothing. */
const dwellMs = 1_000;

export interface PageOverlay {
  /** What is current now; the item is null where that is the page itself. */
  readonly setCurrent: (key: RefKey | null, item: PageItem | null) => void;
  readonly setBar: (bar: BarModel | null) => void;
  /** Something else is known of these; null: whatever is current. */
  readonly refreshChip: (keys: readonly RefKey[] | null) => void;
  /** Settings changed: whatever is shown may be worded otherwise. */
  readonly refreshAll: () => void;
  /** Something may have moved. */
  readonly schedule: () => void;
  readonly startDwell: () => void;
  readonly stop: () => void;
}

interface OverlaySurroundings {
  readonly getSetup: () => OverlaySetup;
  readonly mountOverlay: MountOverlay;
  /** The bar may say something else now. */
  readonly refreshBar: () => void;
}

export function createPageOverlay({ getSetup, mountOverlay, refreshBar }: OverlaySurroundings): PageOverlay {
  let currentKey: RefKey | null = null;
  let current: PageItem | null = null;
  let model: ChipModel | null = null;
  let bar: BarModel | null = null;
  let overlay: Promise<Overlay> | null = null;
  let dwell: ReturnType<typeof setTimeout> | undefined;
  let showing = false;
  let stopped = false;

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

  function requestChip(): void {
    if (!currentKey || !canBeLookedUp(currentKey) || !getSetup().overlay || isOrphaned()) return;
    send('overlay.chip', { ref: currentKey }).then(accept, () => undefined);
  }

  function accept(answer: ChipModel): void {
    if (answer.ref !== currentKey) return;
    model = answer;
    show();
  }

  // Told within the frame, after the page was laid out and before it is painted: measuring costs no layout then.
  const layout = new ResizeObserver(() => {
    layout.disconnect();
    draw();
  });

  /** Once per frame, however much happened: to know where the item is, the page has to be laid out. */
  function show(): void {
    if (showing || (!overlay && !(getSetup().overlay && (model || bar)))) return;
    showing = true;
    // Frames are for what can be seen; behind another tab there are none.
    if (document.visibilityState === 'hidden') queueMicrotask(draw);
    else layout.observe(document.documentElement);
  }

  function draw(): void {
    showing = false;
    if (stopped) return;
    overlay ??= mountOverlay(actions);
    void overlay.then((mounted) => {
      if (stopped) return;
      const shown = getSetup().overlay;
      const chip = shown ? model : null;
      // A product is the page itself: beside it there is nothing.
      const item = current && current.ref.kind !== 'product' ? current.element : null;
      mounted.update({
        setup: getSetup(),
        model: chip,
        bar: shown ? bar : null,
        anchor: item?.getBoundingClientRect() ?? null,
        avoid: chip && current ? visibleControls() : [],
        viewport: { width: document.documentElement.clientWidth || innerWidth, height: innerHeight },
      });
    });
  }

  /** A worker that is being replaced must not break the page. */
  function tellWorker(sending: Promise<unknown>): void {
    sending.catch(() => undefined);
  }

  const actions: OverlayActions = {
    lookup: async (refresh) => {
      if (currentKey) accept(await send('overlay.lookup', { ref: currentKey, refresh, automatic: false }));
    },
    exportPage: () => send('overlay.export', {}),
    savePage: async () => {
      const { saved } = await send('overlay.save', {});
      refreshBar();
      return saved;
    },
    openPanel: async () => void (await send('overlay.panel', {})),
    openOptions: async () => void (await send('overlay.options', {})),
    move: (position) => tellWorker(send('overlay.move', { position })),
    turnOff: () => tellWorker(send('overlay.off', {})),
  };

  return {
    setCurrent: (key, item) => {
      current = item;
      if (key !== currentKey) {
        currentKey = key;
        model = null;
        startDwell();
        requestChip();
      }
      show();
    },
    setBar: (next) => {
      if (JSON.stringify(next) === JSON.stringify(bar)) return;
      bar = next;
      show();
    },
    refreshChip: (keys) => {
      if (!keys || (currentKey && keys.includes(currentKey))) requestChip();
    },
    refreshAll: () => {
      model = null;
      show();
      requestChip();
    },
    schedule: () => {
      if (model) show();
    },
    startDwell,
    stop: () => {
      stopped = true;
      layout.disconnect();
      clearTimeout(dwell);
      void overlay?.then((mounted) => mounted.remove());
    },
  };
}
