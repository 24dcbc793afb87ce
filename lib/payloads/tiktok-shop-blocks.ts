/** The blocks of TikTok Shop's pages. */
import type { BlockName } from '../core/page-data.ts';
import { type EmbeddedAnswer, noEmbeddedAnswer, type PageSubject } from './embedded-answer.ts';
import type { PayloadContext } from './payload.ts';

export function readShopBlock(
  _block: Extract<BlockName, 'modern-router-data' | 'ld-json'>,
  _text: string,
  _page: PageSubject | null,
  _context: PayloadContext,
): EmbeddedAnswer {
  return noEmbeddedAnswer;
}
