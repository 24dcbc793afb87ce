/** What the worker tells of a page: types only, since the content script and the pages carry them. */
import type { Availability, PageType } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import type { Language, Settings } from '../core/settings.ts';
import type { Project } from './project-models.ts';
import type { EntryStatus, PageState } from './protocol.ts';

/** One thing of a page's list: a post or product, whether it is in the DOM now, was before, or was loaded only. */
export interface PageEntry {
  readonly ref: RefKey;
  /** `data`: loaded by the page, and met in no place of it. */
  readonly role: 'card' | 'tile' | 'detail' | 'data';
  /** The DOM hook that fitted; null for what was only loaded. */
  readonly hook: string | null;
  /** Place in the list as shown, from 1; null: not shown, or not a part of the list (a detail). */
  readonly rank: number | null;
  /** Unix ms. */
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** Whether there is a record of it, from the page or from a provider. */
  readonly hasData: boolean;
  /** Whether it is in the active project. */
  readonly saved: boolean;
}

/** A tab's page as the panel and the popup see it. */
export interface PageView extends PageState {
  /** Everything of the list, in its order: as shown, then what was loaded only. */
  readonly entries: readonly PageEntry[];
  /** Comments, authors, reviews, hashtags and so on that the page carried, in the order in which they came. */
  readonly others: readonly RefKey[];
  /** "The profile says 312": the count of the page's own subject, where that is known. */
  readonly declared: { readonly of: PageType; readonly count: number } | null;
  /** What the platform says of the page's own subject where it gave no record: "not available to this viewer". */
  readonly status: {
    readonly code: string | null;
    readonly message: string;
    readonly availability: Availability;
  } | null;
  /** Where data goes: the buffer that ends with the tab, and the active project. */
  readonly project: Project;
  /** Things of this page that are not in the active project: what "Save all" would save. */
  readonly unsavedCount: number;
}

/** The few figures on a tile of a grid or feed. */
export interface TileModel {
  readonly ref: RefKey;
  /** `text` is ready to show ("9,024,473", "≈ 9M"), `note` says what it is ("Views · exact · the page"). */
  readonly figures: readonly {
    readonly icon: 'views' | 'likes' | 'saves' | 'comments' | 'price' | 'sold';
    readonly text: string;
    readonly note: string;
  }[];
}

/** The bar at the edge of a page. */
export interface BarModel {
  readonly found: number;
  readonly withData: number;
  /** "42 found · 40 with data · profile says 312". */
  readonly text: string;
  /** "Kept until the tab closes" or "Recording into My study". */
  readonly storage: string;
  readonly recording: boolean;
  /** Whether there is something that is not saved yet. */
  readonly canSave: boolean;
}

/** What the overlay learns when something was reported, relayed or stored. */
export interface PageUpdate {
  /** Null where the overlay is off or the page holds nothing. */
  readonly bar: BarModel | null;
  /** Of what changed, or was asked for; one without figures says that there is no data yet. */
  readonly tiles: readonly TileModel[];
}

/** Where a page is read: a hook of its DOM, an embedded block, an API path. */
export interface HealthEntry {
  readonly site: string;
  readonly kind: 'dom' | 'block' | 'answer';
  /** Hook name, block name, or path. */
  readonly name: string;
  readonly fits: number;
  /** Unix ms; null: never. */
  readonly lastFitAt: number | null;
  readonly misses: number;
  readonly lastMissAt: number | null;
  /** What it missed last; null: nothing. */
  readonly missed: 'no_items' | 'unknown_shape' | 'not_json' | 'stale' | 'too_large' | 'no_data' | 'no_room' | null;
}

/** What the chip shows. The worker words it, so that the content script carries no dictionary. */
export interface ChipModel {
  readonly ref: RefKey;
  readonly status: EntryStatus;
  /** What kind of thing it is, and whose or where: "Video", "Greenhouse 22". */
  readonly title?: string;
  readonly subtitle?: string;
  /** Short figures: `{ label: 'Likes', text: '12,589', note: 'exact · gateway · 3 min ago' }`. */
  readonly figures: readonly { readonly label: string; readonly text: string; readonly note: string }[];
  /** One line under the figures: what is missing and why, or what went wrong and what to do; empty where all is well. */
  readonly line: string;
  /** Where the figures come from, and when the source saw them (Unix ms): the age is worded where it is shown. */
  readonly source?: { readonly text: string; readonly at: number };
  /** What stands in the way is mended in the options. */
  readonly toOptions?: boolean;
}

/** The words that the overlay needs, by message key. */
export type OverlayWords = Readonly<Record<string, string>>;

export interface OverlaySetup {
  /** Everything is off: nothing is detected, reported or asked. */
  readonly paused: boolean;
  /** Whether the chip is shown on this site. */
  readonly overlay: boolean;
  readonly language: Language;
  readonly words: OverlayWords;
  readonly chipPosition: Settings['chipPosition'];
  /** False where the browser opens its sidebar from its own buttons only (Firefox). */
  readonly canOpenPanel: boolean;
}
