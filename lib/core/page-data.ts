/**
 * What a page carries and hands on as text: its embedded JSON blocks and the answers that it loads by itself. Types and
 * names only, since the content script and the script in the page's own world carry this.
 */

/** What kind of page listed a thing: the `query_type` of an export. */
export const pageTypes = [
  'feed',
  'explore',
  'search',
  'profile',
  'hashtag',
  'music',
  'collection',
  'post',
  'live',
  'product',
  'shop',
  'other',
] as const;
export type PageType = (typeof pageTypes)[number];

/** What a page is by its address. */
export interface PageContext {
  readonly type: PageType;
  /** Its search words, hashtag or name; null where it has none. */
  readonly query: string | null;
  /** The tab of a profile or search, as the address names it. */
  readonly tab: string | null;
  /** Whether the platform chose the list for this viewer; null: not known. */
  readonly personalised: boolean | null;
}

/** The blocks in which pages embed JSON. What each holds: lib/payloads/embedded.ts. */
export const blockNames = [
  /** TikTok, `<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__">`, 2023 to today. */
  'universal-data',
  /** TikTok, `<script id="SIGI_STATE">`: 2021 to 2023, live pages until today. */
  'sigi-state',
  /** TikTok, `<script id="__NEXT_DATA__">`: until 2021. */
  'next-data',
  /** TikTok's embed pages, `<script id="__FRONTITY_CONNECT_STATE__">`. */
  'frontity-state',
  /** TikTok Shop, `<script id="__MODERN_ROUTER_DATA__">`. */
  'modern-router-data',
  /** Any page, `<script type="application/ld+json">`; several are one JSON list. */
  'ld-json',
  /** Douyin, `<script id="RENDER_DATA">`, percent-encoded. */
  'render-data',
  /** Douyin, the `self.__pace_f.push(…)` scripts, one per line. */
  'pace-f',
  /** Douyin, `<script class="STREAM_RENDER_DATA">`; several are joined by line breaks. */
  'stream-render-data',
  /** Douyin's share pages, `window._ROUTER_DATA = …`, without the assignment. */
  'router-data',
] as const;
export type BlockName = (typeof blockNames)[number];

/** One block as it stands in the page, not parsed and not decoded. */
export interface EmbeddedBlock {
  readonly block: BlockName;
  readonly text: string;
}

/** An answer that the page itself loaded. Untrusted: a page can make it up. */
export interface RelayedAnswer {
  /** The request's address. */
  readonly url: string;
  /** Address of the page when the answer came. */
  readonly pageUrl: string;
  readonly text: string;
  /** The page had the browser parse it, so that numbers beyond 2^53 are rounded already: none of them is an id. */
  readonly digitsLost: boolean;
}

/** Larger answers are not relayed (characters). */
export const maximumRelayed = 8 * 1024 * 1024;
