/** Where the chip may stand. Pure: rectangles in, a position out, all in CSS px of the viewport. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Position {
  readonly left: number;
  readonly top: number;
}

/** Between the chip and what it stands beside, and between the chip and the viewport's edge. */
const gap = 8;

/** The share of a player, from its bottom, that holds its controls and the caption. */
const controlsShare = 0.25;

/**
 * Beside the item where there is room (right, left, above, below), else in one of its top corners, else anywhere.
 * Never on the player's bottom quarter and never on `avoid`, unless the viewport has no other place at all.
 */
export function placeChip(anchor: Box, viewport: Size, chip: Size, avoid: readonly Box[]): Position {
  const controls = playerControls(anchor);
  const forbidden = [...avoid, controls];
  const isFree = (place: Position) => fits(place, viewport, chip) && isClear(place, chip, forbidden);

  const top = Math.max(anchor.top, gap);
  const columns: Position[] = [
    { left: anchor.right + gap, top },
    { left: anchor.left - gap - chip.width, top },
  ];
  const rows: Position[] = [
    { left: anchor.right - chip.width, top: anchor.top - gap - chip.height },
    { left: anchor.right - chip.width, top: anchor.bottom + gap },
  ];
  const corners: Position[] = [
    { left: anchor.right - gap - chip.width, top: top + gap },
    { left: anchor.left + gap, top: top + gap },
  ];
  // Anything in the way is passed below, but not further than the item reaches.
  const lowered = (place: Position, lowest: number): Position[] =>
    [place.top, ...forbidden.map((box) => box.bottom + gap).filter((bottom) => bottom > place.top && bottom <= lowest)]
      .sort((a, b) => a - b)
      .map((candidate) => ({ left: place.left, top: candidate }));

  const candidates = [
    ...columns.flatMap((place) => lowered(place, anchor.bottom)),
    ...rows,
    ...corners.flatMap((place) => lowered(place, controls.top - chip.height)),
    ...everywhere(viewport, chip),
  ];
  return candidates.find(isFree) ?? clampPosition({ left: viewport.width, top: gap }, viewport, chip);
}

/**
 * For something that is the page itself, such as a product: the bottom right corner, where pages put the least; above
 * whatever is in the way there.
 */
export function placeInCorner(viewport: Size, chip: Size, avoid: readonly Box[]): Position {
  const left = viewport.width - chip.width - 2 * gap;
  const lowest = viewport.height - chip.height - 2 * gap;
  const tops = [lowest, ...avoid.map((box) => box.top - gap - chip.height).filter((top) => top < lowest && top >= gap)];
  const places = tops.sort((a, b) => b - a).map((top) => ({ left, top }));
  return places.find((place) => isClear(place, chip, avoid)) ?? { left, top: lowest };
}

/** The part of an item that holds its player's controls. */
export function playerControls(anchor: Box): Box {
  return { ...anchor, top: anchor.bottom - (anchor.bottom - anchor.top) * controlsShare };
}

/** Whether the chip covers none of these there. */
export function isClear(place: Position, chip: Size, boxes: readonly Box[]): boolean {
  return boxes.every((box) => !overlaps(boxAt(place, chip), box));
}

/** The nearest position at which the whole chip is in the viewport. */
export function clampPosition(place: Position, viewport: Size, chip: Size): Position {
  return {
    left: Math.max(gap, Math.min(place.left, viewport.width - chip.width - gap)),
    top: Math.max(gap, Math.min(place.top, viewport.height - chip.height - gap)),
  };
}

function everywhere(viewport: Size, chip: Size): Position[] {
  const places: Position[] = [];
  for (let top = gap; top + chip.height + gap <= viewport.height; top += 24) {
    for (let left = viewport.width - chip.width - gap; left >= gap; left -= 24) places.push({ left, top });
  }
  return places;
}

function boxAt(place: Position, chip: Size): Box {
  return { left: place.left, top: place.top, right: place.left + chip.width, bottom: place.top + chip.height };
}

function fits(place: Position, viewport: Size, chip: Size): boolean {
  return (
    place.left >= gap &&
    place.top >= gap &&
    place.left + chip.width + gap <= viewport.width &&
    place.top + chip.height + gap <= viewport.height
  );
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
