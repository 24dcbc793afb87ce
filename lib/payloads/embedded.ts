/** The JSON blocks that pages embed: decoded, read by the payloads, and checked against the page's address. */
import type { BlockName, EmbeddedBlock } from '../core/page-data.ts';
import { readDouyinBlock } from './douyin-blocks.ts';
import { type BlockReader, type EmbeddedAnswer, noEmbeddedAnswer, type PageSubject } from './embedded-answer.ts';
import type { PayloadContext } from './payload.ts';
import { readShopBlock } from './tiktok-shop-blocks.ts';
import { readTiktokBlock } from './tiktok-blocks.ts';

const readers: { readonly [Name in BlockName]: BlockReader } = {
  'universal-data': (...given) => readTiktokBlock('universal-data', ...given),
  'sigi-state': (...given) => readTiktokBlock('sigi-state', ...given),
  'next-data': (...given) => readTiktokBlock('next-data', ...given),
  'frontity-state': (...given) => readTiktokBlock('frontity-state', ...given),
  'modern-router-data': (...given) => readShopBlock('modern-router-data', ...given),
  'ld-json': (...given) => readShopBlock('ld-json', ...given),
  'render-data': (...given) => readDouyinBlock('render-data', ...given),
  'pace-f': (...given) => readDouyinBlock('pace-f', ...given),
  'stream-render-data': (...given) => readDouyinBlock('stream-render-data', ...given),
  'router-data': (...given) => readDouyinBlock('router-data', ...given),
};

export interface BlockAnswer extends EmbeddedAnswer {
  readonly block: BlockName;
}

/**
 * Reads all blocks of one page. Never throws. LD+JSON is a fallback: where another block gave records, what it says is
 * left out.
 */
export function readBlocks(
  blocks: readonly EmbeddedBlock[],
  page: PageSubject | null,
  context: PayloadContext,
): readonly BlockAnswer[] {
  const answers = blocks.map(({ block, text }) => ({ block, ...readers[block](text, page, context) }));
  const isKnown = answers.some(({ block, records }) => block !== 'ld-json' && records.length > 0);
  return answers.map((answer) =>
    answer.block === 'ld-json' && isKnown ? { block: answer.block, ...noEmbeddedAnswer } : answer,
  );
}
