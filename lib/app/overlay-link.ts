/**
 * How the watching script gets the overlay, which is a content script of its own so that neither is heavy. All content
 * scripts of an extension share one global object per document, and which runs first is not said.
 */
import type { MountOverlay } from '../messaging/overlay.ts';

interface Link {
  readonly offered: Promise<MountOverlay>;
  readonly offer: (mount: MountOverlay) => void;
}

const place = Symbol.for('clipscope.overlay');

function link(): Link {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the page cannot reach this world: only we write here
  const shared = globalThis as { [place]?: Link };
  if (!shared[place]) {
    const { promise, resolve } = Promise.withResolvers<MountOverlay>();
    shared[place] = { offered: promise, offer: resolve };
  }
  return shared[place];
}

/** The overlay script's part: hands over how the overlay is drawn. Only the first counts. */
export function offerOverlay(mount: MountOverlay): void {
  link().offer(mount);
}

/** The watching script's part: draws the overlay as soon as the overlay's script is there. */
export const mountOffered: MountOverlay = async (actions) => (await link().offered)(actions);
