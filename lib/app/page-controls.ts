const maximumControls = 120;

/**
 * What the researcher may want to press, and the page's title: the arrows beside a player belong to no card. Those that
 * can be seen, and no more than a page that is full of them needs to keep its feed clear.
 */
export function visibleControls(): DOMRect[] {
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
