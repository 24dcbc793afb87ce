/** Finds the JSON that a server put into its pages. The content script carries this: it takes text out and parses none. */
import { type BlockName, type EmbeddedBlock, maximumRelayed } from '../core/page-data.ts';

/** A block, the scripts that it stands in, and how their texts begin where only that tells them from others. */
export type BlockPlace = readonly [block: BlockName, scripts: string, beginning?: RegExp];

const ldJson: BlockPlace = ['ld-json', 'script[type="application/ld+json"]'];

// __UNIVERSAL_DATA…, SIGI_STATE: captures of 2023 to 2026; __NEXT_DATA__: 2021; __FRONTITY_CONNECT_STATE__: yt-dlp 2026-08.
export const tiktokPlaces: readonly BlockPlace[] = [
  ['universal-data', '#__UNIVERSAL_DATA_FOR_REHYDRATION__'],
  ['sigi-state', '#SIGI_STATE'],
  ['next-data', '#__NEXT_DATA__'],
  ['frontity-state', '#__FRONTITY_CONNECT_STATE__'],
  ['modern-router-data', '#__MODERN_ROUTER_DATA__'],
  ldJson,
];

// Capture of 2025-07.
export const tiktokShopPlaces: readonly BlockPlace[] = [['modern-router-data', '#__MODERN_ROUTER_DATA__'], ldJson];

// RENDER_DATA and __pace_f: capture of 2026-07; _ROUTER_DATA: of 2026-01; STREAM_RENDER_DATA: scripts of 2024.
export const douyinPlaces: readonly BlockPlace[] = [
  ['render-data', '#RENDER_DATA'],
  ['pace-f', 'script', /^\s*self\.__pace_f\.push\(/],
  ['stream-render-data', '.STREAM_RENDER_DATA'],
  ['router-data', 'script', /^\s*window\._ROUTER_DATA\s*=\s*/],
];

function textOf([block, scripts, beginning]: BlockPlace, document: Document): string {
  const texts = [...document.querySelectorAll(scripts)]
    .filter((element) => element.localName === 'script')
    .map((element) => element.textContent ?? '')
    .filter((text) => text.trim() && (!beginning || beginning.test(text)));
  if (block === 'ld-json' && texts.length > 1) return `[${texts.join()}]`;
  // The assignment of the first one is the page's; another one would be the next statement.
  if (block === 'router-data') return (texts[0] ?? '').replace(beginning ?? '', '').replace(/[;\s]+$/, '');
  return texts.join('\n');
}

/** What stands at these places of the page, as text. A block that is empty or larger than any answer is left out. */
export function embeddedBlocks(document: Document, places: readonly BlockPlace[]): readonly EmbeddedBlock[] {
  return places
    .map((place) => ({ block: place[0], text: textOf(place, document) }))
    .filter(({ text }) => text && text.length <= maximumRelayed);
}
