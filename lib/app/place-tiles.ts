/**
 * The layer of small chips on the tiles of grids. They stand in one shadow root of ours at the end of the document, not
 * inside the page's elements, and in the document's coordinates, so that they scroll with the window by themselves.
 */
import { type RefKey, refKey } from '../core/ref.ts';
import type { TileModel } from '../messaging/protocol.ts';
import type { PageItem } from '../sites/site.ts';
import { addStyles } from './shadow-styles.ts';
import { figureElements, roomFor } from './tile-chip.ts';

/** The element that holds the layer. */
export const tileHostName = 'clipscope-tiles';

/** From the picture's left and bottom edge (CSS px): above the play count that the platforms write there themselves. */
const inset = { left: 6, bottom: 32 } as const;
/** As in components/overlay/tiles.css (CSS px). */
const chipHeight = 20;
/** Tiles this far outside the viewport are followed (CSS px). */
const margin = 300;
/** A picture stands for its tile where it is at least so much of its width. */
const pictureShare = 0.5;
/** A page that keeps throwing the layer out gets its way. */
const maximumReturns = 20;

interface Tile {
  key: RefKey;
  /** Null: not measured yet. */
  near: boolean | null;
  /** What the chip is placed on; null: not looked for yet, or gone. */
  picture: Element | null;
  chip: HTMLElement | null;
  drawn: TileModel | null;
  count: number;
  at: string;
}

/** Where a chip goes, worked out before anything is written. */
interface Place {
  readonly tile: Tile;
  readonly model: TileModel;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

export interface TileLayer {
  /** What the page shows, after each look at it. Tiles that came or changed are drawn in the same frame. */
  readonly setItems: (items: readonly PageItem[]) => void;
  /** Something moved, or something became known: everything is placed within a frame. */
  readonly schedule: () => void;
  readonly remove: () => void;
}

interface LayerSurroundings {
  readonly styles: string;
  readonly modelOf: (key: RefKey) => TileModel | undefined;
  /** These came near the viewport. */
  readonly onNear: (keys: readonly RefKey[]) => void;
  readonly isShown: () => boolean;
}

export function createTileLayer({ styles, modelOf, onNear, isShown }: LayerSurroundings): TileLayer {
  const tiles = new Map<Element, Tile>();
  let host: HTMLElement | null = null;
  let root: ShadowRoot | null = null;
  /** Of the type that this system draws the figures in (CSS px). */
  let digitWidth = 0;
  let returns = 0;
  let placing = false;

  const nearness = new IntersectionObserver(
    (entries) => {
      const came: RefKey[] = [];
      for (const { target, isIntersecting } of entries) {
        const tile = tiles.get(target);
        if (!tile) continue;
        if (isIntersecting && !tile.near) came.push(tile.key);
        tile.near = isIntersecting;
        if (isIntersecting) afterLayout.observe(target);
        else afterLayout.unobserve(target);
      }
      if (came.length > 0) onNear(came);
      schedule();
    },
    { rootMargin: `${margin}px` },
  );
  // Told within the frame, after the page was laid out and before it is painted: measuring costs no layout then.
  const afterLayout = new ResizeObserver(place);

  function setItems(items: readonly PageItem[]): void {
    const gone = new Set(tiles.keys());
    const came: RefKey[] = [];
    for (const { ref, role, element } of items) {
      if (role !== 'tile') continue;
      gone.delete(element);
      const key = refKey(ref);
      const known = tiles.get(element);
      if (!known) {
        tiles.set(element, { key, near: null, picture: null, chip: null, drawn: null, count: 0, at: '' });
        nearness.observe(element);
      } else if (known.key !== key) {
        // Grids use an element again for another post.
        known.key = key;
        if (known.near) came.push(key);
      }
    }
    for (const element of gone) forget(element);
    if (came.length > 0) onNear(came);
    schedule();
  }

  function forget(element: Element): void {
    tiles.get(element)?.chip?.remove();
    tiles.delete(element);
    nearness.unobserve(element);
    afterLayout.unobserve(element);
  }

  function schedule(): void {
    if (placing || tiles.size === 0) return;
    // What is observed anew is told of in this frame, or in the next where none is under way.
    afterLayout.unobserve(document.documentElement);
    afterLayout.observe(document.documentElement);
  }

  /** First everything is read, then everything is written: the page is laid out once at most. */
  function place(): void {
    const layer = isShown() && tiles.size > 0 ? attached() : root;
    if (!layer || !host) return;
    placing = true;
    const origin = host.getBoundingClientRect();
    const places: Place[] = [];
    const without: HTMLElement[] = [];
    const came: RefKey[] = [];
    for (const [element, tile] of tiles) {
      if (tile.near === null) {
        tile.near = isNear(element.getBoundingClientRect());
        if (tile.near) came.push(tile.key);
      }
      const model = tile.near && isShown() ? modelOf(tile.key) : undefined;
      const found = model && model.figures.length > 0 ? placeOf(element, tile, model, origin) : null;
      if (found) places.push(found);
      else if (tile.chip) without.push(tile.chip);
    }
    for (const chip of without) chip.hidden = true;
    for (const each of places) draw(each, layer);
    placing = false;
    if (came.length > 0) onNear(came);
  }

  function placeOf(element: Element, tile: Tile, model: TileModel, origin: DOMRect): Place | null {
    const box = element.getBoundingClientRect();
    if (!tile.picture?.isConnected || !element.contains(tile.picture)) tile.picture = pictureOf(element, box.width);
    const picture = tile.picture === element ? box : tile.picture.getBoundingClientRect();
    const left = picture.left + inset.left;
    const top = picture.bottom - inset.bottom - chipHeight;
    // What reached out of the viewport could make the page scroll that did not before.
    const width = Math.min(picture.right - inset.left, innerWidth) - left;
    const inView = top >= 0 && top + chipHeight <= innerHeight && left >= 0 && width > 3 * chipHeight;
    if (!inView || top < picture.top || isCovered(element, left + chipHeight / 2, top + chipHeight / 2)) return null;
    return { tile, model, left: Math.round(left - origin.left), top: Math.round(top - origin.top), width };
  }

  function draw({ tile, model, left, top, width }: Place, layer: ShadowRoot): void {
    const chip = (tile.chip ??= layer.appendChild(newChip()));
    const count = roomFor(model.figures, width, digitWidth);
    if (tile.drawn !== model || tile.count !== count) {
      chip.replaceChildren(...figureElements(model.figures, count));
      tile.drawn = model;
      tile.count = count;
    }
    const at = `${left} ${top} ${Math.floor(width)}`;
    if (tile.at !== at) {
      chip.style.transform = `translate(${left}px, ${top}px)`;
      chip.style.maxWidth = `${Math.floor(width)}px`;
      tile.at = at;
    }
    if (chip.hidden) chip.hidden = false;
  }

  /** The layer's root, in the document: pages that draw themselves anew throw out what they do not know. */
  function attached(): ShadowRoot {
    if (!host || !root) {
      host = document.createElement(tileHostName);
      // Closed: the page cannot read the figures.
      root = host.attachShadow({ mode: 'closed' });
      addStyles(root, styles);
    }
    if (!host.isConnected && returns < maximumReturns) {
      returns += 1;
      document.documentElement.append(host);
      if (digitWidth === 0) digitWidth = widthOfDigit(root);
    }
    return root;
  }

  return {
    setItems,
    schedule,
    remove: () => {
      nearness.disconnect();
      afterLayout.disconnect();
      host?.remove();
      tiles.clear();
    },
  };
}

function widthOfDigit(root: ShadowRoot): number {
  const probe = root.appendChild(newChip());
  const digits = '0123456789';
  const words = probe.appendChild(document.createElement('span'));
  words.textContent = digits;
  const { width } = words.getBoundingClientRect();
  probe.remove();
  return width / digits.length;
}

function newChip(): HTMLElement {
  const chip = document.createElement('div');
  chip.className = 'tile';
  chip.dataset['testid'] = 'tile';
  return chip;
}

function isNear({ top, bottom, left, right, width }: DOMRect): boolean {
  return width > 0 && bottom > -margin && top < innerHeight + margin && right > -margin && left < innerWidth + margin;
}

/** The picture that a person takes for the tile; the tile itself where there is none, or a page's background. */
function pictureOf(element: Element, width: number): Element {
  for (const picture of element.querySelectorAll('img, video, canvas, svg')) {
    if (picture.getBoundingClientRect().width >= width * pictureShare) return picture;
  }
  return element;
}

/** Whether something else lies over the tile at this point of the viewport, or the tile is cut off there. */
function isCovered(element: Element, x: number, y: number): boolean {
  const hit = document.elementFromPoint(x, y);
  if (!hit) return true;
  if (element.contains(hit)) return false;
  if (!hit.contains(element)) return true;
  // Through the tile: it takes no clicks, or something that scrolls has cut it off.
  for (let holder = element.parentElement; holder && holder !== hit.parentElement; holder = holder.parentElement) {
    const { left, right, top, bottom } = holder.getBoundingClientRect();
    const cuts = x < left || x > right || y < top || y > bottom;
    if (cuts && getComputedStyle(holder).overflow !== 'visible') return true;
  }
  return false;
}
