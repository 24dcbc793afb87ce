import { fill, fragment } from './dom.ts';
import type { DouyinItem } from './douyin-cards.ts';
import { liveSlide, slide, slideContent } from './douyin-cards.ts';

/** A list of slides of which one is active. Used by the feed and by the layout over a grid. */
export interface Slides {
  readonly active: DouyinItem | undefined;
  add(items: DouyinItem[]): void;
  show(index: number): void;
  step(distance: number): void;
}

/** Draws slides into `list`; `onChange` hears which one became active. */
export function createSlides(
  list: HTMLElement,
  onChange: (item: DouyinItem, index: number) => void,
  options: { live: boolean },
): Slides {
  const items: DouyinItem[] = [];
  let active = 0;

  function elements(): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>('.slide[data-index]')];
  }

  function show(index: number): void {
    const item = items[index];
    if (!item) return;
    active = index;
    for (const element of elements()) {
      const own = Number(element.dataset['index']);
      const isActive = own === index;
      element.setAttribute('data-e2e', isActive ? 'feed-active-video' : 'feed-video');
      if (isActive) element.setAttribute('data-e2e-vid', item.aweme_id);
      else element.removeAttribute('data-e2e-vid');
      element.classList.toggle('on', isActive);
      const itsItem = items[own];
      if (Math.abs(own - index) <= 1 && itsItem && element.childElementCount === 0)
        fill(element, slideContent(itsItem));
      else if (Math.abs(own - index) > 1) element.replaceChildren();
    }
    onChange(item, index);
  }

  return {
    get active() {
      return items[active];
    },
    add(more) {
      for (const item of more) {
        // One broadcast between the posts, as in the real feed.
        if (options.live && items.length === 5) list.append(fragment(liveSlide()));
        list.append(fragment(slide(item, items.length, active)));
        items.push(item);
      }
    },
    show,
    step: (distance) => show(active + distance),
  };
}
