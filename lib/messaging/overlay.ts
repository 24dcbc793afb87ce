/** What the page's two parts say to each other: the script that watches, and the overlay that it has drawn. */
import type { BarModel, ChipModel, ExportedFile, OverlaySetup } from './protocol.ts';

/** What the overlay is given to show. */
export interface OverlayState {
  readonly setup: OverlaySetup;
  /** The current item; null hides the chip. */
  readonly model: ChipModel | null;
  /** The whole page; null hides the bar. */
  readonly bar: BarModel | null;
  /** The item's place in the viewport; null: not known, not in view, or the page itself. */
  readonly anchor: DOMRect | null;
  /** What the chip must not cover: the player's buttons, dialogs. */
  readonly avoid: readonly DOMRect[];
  /** What can be seen, in CSS px: measured with the rest, since asking again lays the page out again. */
  readonly viewport: { readonly width: number; readonly height: number };
}

/** What the overlay's buttons do. Each promise rejects with AppError. */
export interface OverlayActions {
  /** `refresh`: past every cache. */
  readonly lookup: (refresh: boolean) => Promise<void>;
  readonly exportPage: () => Promise<readonly ExportedFile[]>;
  /** Saves everything of the page into the active project; resolves with how many things that were. */
  readonly savePage: () => Promise<number>;
  readonly openPanel: () => Promise<void>;
  /** Where keys are added and mended. */
  readonly openOptions: () => Promise<void>;
  /** The chip was put somewhere by hand, or (null) back beside the item. */
  readonly move: (position: OverlaySetup['chipPosition']) => void;
  /** The overlay is not wanted on this site. */
  readonly turnOff: () => void;
}

export interface Overlay {
  readonly update: (state: OverlayState) => void;
  readonly remove: () => void;
}

/** Puts the overlay into the page; nothing shows before the first `update`. */
export type MountOverlay = (actions: OverlayActions) => Promise<Overlay>;
