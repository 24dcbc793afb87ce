/**
 * The chip and the bar on the platform's page. They run in a content script, so they carry Preact and nothing else:
 * words and figures come ready-made from the worker.
 */
import { render } from 'preact';
import type { Overlay, OverlayActions } from '../../lib/messaging/overlay.ts';
import { Face } from './Face.tsx';

/** Draws the overlay into a shadow root; nothing shows before the first `update`. */
export function drawOverlay(root: ShadowRoot, actions: OverlayActions): Overlay {
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
    update: (state) => render(<Face {...state} actions={actions} />, container),
    remove: () => {
      render(null, container);
      container.remove();
    },
  };
}
