/** Reading items off a document, the part that all sites share. */

import { type EntityRef, type RefKey, refKey } from '../core/ref.ts';
import type { ItemRole, PageItem, Site } from './site.ts';

const rank: Record<ItemRole, number> = { tile: 0, card: 1, detail: 2 };

/**
 * One query for all hooks of a site, read in document order. Each thing is kept once, the most prominent place first
 * (a modal over the tile that it was opened from), and an element stands for one thing only (a tile has several links).
 */
export function collectItems(
  document: Document,
  selector: string,
  read: (element: Element) => PageItem | null,
  before: readonly PageItem[] = [],
): PageItem[] {
  const found = new Map<RefKey, PageItem>(before.map((item) => [refKey(item.ref), item]));
  const taken = new Set<Element>();
  for (const element of document.querySelectorAll(selector)) {
    const item = read(element);
    if (!item || taken.has(item.element)) continue;
    const key = refKey(item.ref);
    const known = found.get(key);
    if (known && rank[known.role] >= rank[item.role]) continue;
    taken.add(item.element);
    found.delete(key);
    found.set(key, item);
  }
  return [...found.values()];
}

/** What each link named when it was last looked at: a grid of hundreds is looked at again whenever it changes. */
const named = new WeakMap<Element, { readonly address: string; readonly ref: EntityRef | null }>();

/** What a link names; null where it leads elsewhere. */
export function linkRef(link: Element, base: URL, detect: Site['detect']): EntityRef | null {
  const href = link.getAttribute('href') ?? '';
  // Only a relative address depends on the page's.
  const address = /^(?:\/|https?:)/iu.test(href) ? href : `${base.href} ${href}`;
  const known = named.get(link);
  if (known?.address === address) return known.ref;
  const ref = (URL.canParse(href, base.href) && detect(new URL(href, base.href))[0]) || null;
  named.set(link, { address, ref });
  return ref;
}
