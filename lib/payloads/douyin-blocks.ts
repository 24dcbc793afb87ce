/** The blocks of Douyin's pages. */
import type { BlockName } from '../core/page-data.ts';
import { type EmbeddedAnswer, noEmbeddedAnswer, type PageSubject } from './embedded-answer.ts';
import type { PayloadContext } from './payload.ts';

export function readDouyinBlock(
  _block: Extract<BlockName, 'render-data' | 'pace-f' | 'stream-render-data' | 'router-data'>,
  _text: string,
  _page: PageSubject | null,
  _context: PayloadContext,
): EmbeddedAnswer {
  return noEmbeddedAnswer;
}
