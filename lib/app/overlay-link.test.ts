import { afterEach, describe, expect, it } from 'vitest';
import type { Overlay, OverlayActions } from '../messaging/overlay.ts';
import { mountOffered, offerOverlay } from './overlay-link.ts';

const place = Symbol.for('clipscope.overlay');
const overlay: Overlay = { update: () => undefined, remove: () => undefined };
const actions: OverlayActions = {
  lookup: () => Promise.resolve(),
  exportPage: () => Promise.resolve([]),
  savePage: () => Promise.resolve(0),
  openPanel: () => Promise.resolve(),
  openOptions: () => Promise.resolve(),
  move: () => undefined,
  turnOff: () => undefined,
};

afterEach(() => {
  Reflect.deleteProperty(globalThis, place);
});

describe('the link between the watching script and the overlay script', () => {
  it.each(['watcher', 'overlay'])('works when the %s comes first', async (first) => {
    const given: OverlayActions[] = [];
    const offer = (): void =>
      offerOverlay((received) => {
        given.push(received);
        return Promise.resolve(overlay);
      });
    if (first === 'overlay') offer();
    const mounted = mountOffered(actions);
    if (first === 'watcher') offer();
    expect(await mounted).toBe(overlay);
    expect(given).toEqual([actions]);
  });

  it('keeps the first overlay that is offered', async () => {
    offerOverlay(() => Promise.resolve(overlay));
    offerOverlay(() => Promise.reject(new Error('a second one')));
    expect(await mountOffered(actions)).toBe(overlay);
  });
});
