/** The blocks of TikTok's pages. */
import type { BlockName } from '../core/page-data.ts';
import { type EmbeddedAnswer, noEmbeddedAnswer, type PageSubject } from './embedded-answer.ts';
import type { PayloadContext } from './payload.ts';

export function readTiktokBlock(
  _block: Extract<BlockName, 'universal-data' | 'sigi-state' | 'next-data' | 'frontity-state'>,
  _text: string,
  _page: PageSubject | null,
  _context: PayloadContext,
): EmbeddedAnswer {
  return noEmbeddedAnswer;
}
