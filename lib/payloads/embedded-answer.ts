/** What an embedded block holds. */
import type { EntityRef } from '../core/ref.ts';
import { type Answer, noAnswer } from './index.ts';
import type { PayloadContext } from './payload.ts';

/** What the page is about, by its address. Null: unknown (a saved page without its address), so nothing is stale. */
export interface PageSubject {
  readonly refs: readonly EntityRef[];
}

export interface EmbeddedAnswer extends Answer {
  /**
   * The block describes another page than the address names: it was filled on the last hard load and went stale with a
   * navigation inside the page. Its records are left out.
   */
  readonly stale: boolean;
  /**
   * Handles, ids and sec ids of the account that is logged in: what they name must never be stored or shown. Empty for a
   * guest.
   */
  readonly viewer: readonly string[];
  /** Whether the items of the block are the page's list, in the order in which it shows them. */
  readonly isList: boolean;
}

export const noEmbeddedAnswer: EmbeddedAnswer = { ...noAnswer, stale: false, viewer: [], isList: false };

/** Reads a block's text. Must never throw: text that is none of ours gives no record. */
export type BlockReader = (text: string, page: PageSubject | null, context: PayloadContext) => EmbeddedAnswer;
