import type { EmbeddedBlock } from '../core/page-data.ts';
import type { EntityRef, Platform } from '../core/ref.ts';

/** Where on a page an item was met. */
export type ItemRole =
  /** The card of a feed, with its own player. */
  | 'card'
  /** A tile of a grid that leads to the item. */
  | 'tile'
  /** The item that fills the page or a modal over it. */
  | 'detail';

/** One thing found in the page's DOM. */
export interface PageItem {
  readonly ref: EntityRef;
  readonly role: ItemRole;
  /** The element that stands for the item as a person sees it: chips are placed and visibility is measured by it. */
  readonly element: Element;
  /** Name of the DOM hook that fitted, for the health panel and bug reports. */
  readonly hook: string;
}

/** A site is a set of hosts and what can be read off their pages. Pure and total: never throws, never fetches. */
export interface Site {
  /** Equals the file's name. */
  readonly id: string;
  readonly platform: Platform;
  /** Where a person would begin; null where the site has no front page. Names: messages `site_<id>` and `site_<id>_what`, with _ for -. */
  readonly start: string | null;
  /** Match-pattern hosts of pages that the content script runs on: `*.tiktok.com` (which includes tiktok.com itself) or `haohuo.jinritemai.com`. */
  readonly hosts: readonly string[];
  /** Hosts whose URLs are recognised although no content script runs there; same notation. Short-link hosts are such. */
  readonly linkHosts?: readonly string[];
  /** What this URL names. Usually one ref; none for feeds, searches and unknown pages. */
  detect(url: URL): readonly EntityRef[];
  /** What the DOM shows, in document order, each item once. `url` is the page's address. */
  items(document: Document, url: URL): readonly PageItem[];
  /** The JSON that the server put into the page, as text: the worker parses it, and checks whether it went stale. */
  embedded(document: Document): readonly EmbeddedBlock[];
  /** The attributes that the hooks of `items` read: the page is looked at again when one of them changes. */
  readonly watchedAttributes: readonly string[];
}

/** Declares a site. The registry is lib/sites/index.ts. */
export function defineSite(site: Site): Site {
  return site;
}
