import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OverlayActions, OverlayState } from '../../lib/messaging/overlay.ts';
import { clampPosition, isClear, placeChip, placeInCorner, playerControls, type Position } from './place-chip.ts';

/** How far an arrow key moves the chip. */
const keyStep = 16;
const keySteps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-keyStep, 0],
  ArrowRight: [keyStep, 0],
  ArrowUp: [0, -keyStep],
  ArrowDown: [0, keyStep],
};

/** Buttons that scroll by under the chip do not push it around; those that stay there do, after so long. */
const restMs = 350;

/** Where it was put beside an item: from the item's top left corner to the chip's top right one. */
interface Spot {
  readonly ref: string;
  readonly width: number;
  readonly height: number;
  readonly right: number;
  readonly top: number;
}

/** Where the chip stands now, and the handle that moves it by pointer or arrow keys. */
export function usePlace(
  props: OverlayState & { actions: OverlayActions },
  chip: { current: HTMLElement | null },
  ref: string,
) {
  const { setup, anchor, avoid, actions, viewport } = props;
  const [place, setPlace] = useState<Position | null>(null);
  const [moving, setMoving] = useState(false);
  const drag = useRef<{ readonly x: number; readonly y: number; readonly from: Position } | null>(null);
  const spot = useRef<Spot | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Where it was just put, until the worker's settings say the same.
  const [held, setHeld] = useState<OverlayState['setup']['chipPosition']>(null);
  useEffect(() => setHeld(null), [setup.chipPosition]);
  const fixed = held ?? setup.chipPosition;

  const size = useSize(chip, () => settle());

  /** Beside the item: where it stood before if that is still free, else the best place there is now. */
  const beside = (item: DOMRect, rested: boolean): Position => {
    const before = spot.current?.ref === ref ? spot.current : null;
    if (before) {
      const kept = clampPosition(
        { left: item.left + before.right - size.width, top: item.top + before.top },
        viewport,
        size,
      );
      const sameSize = before.width === size.width && before.height === size.height;
      if (isClear(kept, size, [playerControls(item)])) {
        if (isClear(kept, size, avoid)) return kept;
        if (sameSize && !rested) {
          rest.current = setTimeout(() => settle(true), restMs);
          return kept;
        }
      }
    }
    const next = placeChip(item, viewport, size, avoid);
    spot.current = { ref, ...size, right: next.left + size.width - item.left, top: next.top - item.top };
    return next;
  };
  const settle = (rested = false) => {
    clearTimeout(rest.current);
    if (drag.current || size.width === 0) return;
    const wanted = fixed
      ? { left: viewport.width - fixed.right - size.width, top: fixed.top }
      : anchor
        ? beside(anchor, rested)
        : placeInCorner(viewport, size, avoid);
    const next = clampPosition(wanted, viewport, size);
    setPlace((before) => (before && before.left === next.left && before.top === next.top ? before : next));
  };
  useLayoutEffect(() => settle());
  useEffect(() => () => clearTimeout(rest.current), []);
  const moveTo = (wanted: Position) => {
    const next = clampPosition(wanted, viewport, size);
    setPlace(next);
    return { right: viewport.width - next.left - size.width, top: next.top };
  };
  const dragTo = (event: PointerEvent, start: NonNullable<typeof drag.current>) =>
    moveTo({ left: start.from.left + event.clientX - start.x, top: start.from.top + event.clientY - start.y });
  const stop = () => {
    const start = drag.current;
    drag.current = null;
    setMoving(false);
    return start;
  };
  const cancel = () => {
    const start = stop();
    if (start) setPlace(start.from);
  };
  const put = (position: NonNullable<typeof fixed>) => {
    setHeld(position);
    actions.move(position);
  };
  const dragHandle = {
    onPointerDown: (event: PointerEvent & { readonly currentTarget: HTMLElement }) => {
      if (!place || event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      // Firefox on a Mac and Safari do not focus what is clicked, and Escape is heard by what has the focus.
      event.currentTarget.focus({ preventScroll: true });
      drag.current = { x: event.clientX, y: event.clientY, from: place };
    },
    onPointerMove: (event: PointerEvent) => {
      const start = drag.current;
      if (!start) return;
      setMoving(true);
      dragTo(event, start);
    },
    onPointerUp: (event: PointerEvent) => {
      const start = stop();
      if (start && (event.clientX !== start.x || event.clientY !== start.y)) put(dragTo(event, start));
    },
    onPointerCancel: cancel,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') cancel();
      const step = keySteps[event.key];
      if (!step || !place) return;
      event.preventDefault();
      put(moveTo({ left: place.left + step[0], top: place.top + step[1] }));
    },
  };
  return { place, moving, dragHandle };
}

/**
 * The chip's size in CSS px, 0 until it is known; the object stays the same. Told after layout and before painting: to
 * ask for it after each change would lay the whole page out once more.
 */
function useSize(
  chip: { readonly current: HTMLElement | null },
  onChange: () => void,
): { width: number; height: number } {
  const size = useRef({ width: 0, height: 0 });
  const changed = useRef(onChange);
  changed.current = onChange;
  const observed = useRef<{ readonly element: HTMLElement; readonly observer: ResizeObserver } | null>(null);
  useLayoutEffect(() => {
    const element = chip.current;
    if (observed.current?.element === element) return;
    observed.current?.observer.disconnect();
    observed.current = null;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const [box] = entry?.borderBoxSize ?? [];
      if (!box) return;
      size.current.width = Math.round(box.inlineSize);
      size.current.height = Math.round(box.blockSize);
      changed.current();
    });
    observer.observe(element);
    observed.current = { element, observer };
  });
  useEffect(() => () => observed.current?.observer.disconnect(), []);
  return size.current;
}
