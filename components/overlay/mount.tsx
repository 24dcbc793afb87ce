/**
 * The chip on the platform's page. Runs in the content script, so it carries Preact and nothing else: its words and
 * figures come ready-made from the worker.
 */
import { render } from 'preact';
import type { ChipModel, ExportedFile, OverlaySetup } from '../../lib/messaging/protocol.ts';
import { Chip } from './Chip.tsx';
import stylesheet from './overlay.css?inline';

/** What the chip's buttons do. Each promise rejects with AppError. */
export interface OverlayActions {
  /** `refresh`: past every cache. */
  readonly lookup: (refresh: boolean) => Promise<void>;
  readonly exportPage: () => Promise<readonly ExportedFile[]>;
  readonly openPanel: () => Promise<void>;
  /** Where keys are added and mended. */
  readonly openOptions: () => Promise<void>;
  /** The chip was put somewhere by hand, or (null) back beside the item. */
  readonly move: (position: OverlaySetup['chipPosition']) => void;
  /** The overlay is not wanted on this site. */
  readonly turnOff: () => void;
}

export interface OverlayState {
  readonly setup: OverlaySetup;
  /** The current item; null hides the chip. */
  readonly model: ChipModel | null;
  /** The item’s place in the viewport; null: not known, not in view, or the page itself. */
  readonly anchor: DOMRect | null;
  /** What must not be covered: the player's buttons, dialogs. */
  readonly avoid: readonly DOMRect[];
}

export interface Overlay {
  readonly update: (state: OverlayState) => void;
  readonly remove: () => void;
}

/** Draws the overlay into a shadow root; nothing shows before the first `update`. */
export function mountOverlay(root: ShadowRoot, actions: OverlayActions): Overlay {
  const removeStyles = addStyles(root);
  const container = document.createElement('div');
  root.append(container);
  // The platforms' players listen for keys and clicks on the document: arrows would change the video under a menu.
  for (const type of [
    'keydown',
    'keyup',
    'keypress',
    'click',
    'dblclick',
    'pointerdown',
    'mousedown',
    'touchstart',
    'wheel',
  ]) {
    container.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  }
  return {
    update: (state) =>
      render(state.model ? <Chip {...state} model={state.model} actions={actions} /> : null, container),
    remove: () => {
      render(null, container);
      container.remove();
      removeStyles();
    },
  };
}

/** A constructed stylesheet is beyond the reach of the page's CSP. Firefox has none in content scripts (bug 1928865), but exempts their style elements from the CSP. */
function addStyles(root: ShadowRoot): () => void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(stylesheet);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return () => {
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  } catch {
    const element = document.createElement('style');
    element.textContent = stylesheet;
    root.append(element);
    return () => element.remove();
  }
}
