/** The blocks of TikTok Shop's pages. */
import type { BlockName } from '../core/page-data.ts';
import { streamParts } from './douyin-stream.ts';
import { type EmbeddedAnswer, noEmbeddedAnswer, type PageSubject } from './embedded-answer.ts';
import type { PayloadContext } from './payload.ts';
import { nestedJson } from './reading.ts';
import { ldProductId, ldProducts, readLdProduct } from './tiktok-shop-ld.ts';
import { shopPage, tiktokShopPage } from './tiktok-shop-page.ts';

/** Whether the block is about another product than the address names. A page that names no product has none of its own. */
function isStale(productId: string | null, page: PageSubject | null): boolean {
  if (page === null) return false;
  const named = page.refs.filter(({ kind }) => kind === 'product').map(({ id }) => id);
  return productId === null ? named.length > 0 : !named.includes(productId);
}

function readRouterData(text: string, page: PageSubject | null, context: PayloadContext): EmbeddedAnswer {
  const json = nestedJson(text);
  const found = shopPage(json);
  if (!found) return noEmbeddedAnswer;
  const { productId, viewer } = found;
  const status = tiktokShopPage.status?.(json) ?? null;
  // Of a page that says why it has no product, nobody can tell whose answer that is.
  if (isStale(productId, page) && status === null)
    return { ...noEmbeddedAnswer, payload: tiktokShopPage.id, stale: true, viewer };
  const records = isStale(productId, page) ? [] : found.records(context);
  return {
    payload: tiktokShopPage.id,
    records,
    status: records.length > 0 ? null : status,
    stale: false,
    viewer,
    isList: productId === null && records.length > 0,
  };
}

/** Several scripts are one list; where one of them is broken, the others are still read. */
function ldJson(text: string): unknown {
  const whole = nestedJson(text);
  if (whole !== null) return whole;
  const parts = streamParts(text.trim().replace(/^\[/u, '').replace(/\]$/u, ''));
  return (parts ?? []).map(nestedJson);
}

function readLd(text: string, page: PageSubject | null, context: PayloadContext): EmbeddedAnswer {
  const products = ldProducts(ldJson(text));
  const own = products.filter((product) => !isStale(ldProductId(product), page));
  const records = own.flatMap((product) => readLdProduct(product, context) ?? []);
  return { ...noEmbeddedAnswer, records, stale: products.length > 0 && own.length === 0 };
}

/** Reads a block of a TikTok Shop page. Never throws; text that is none of the shop's gives no record. */
export function readShopBlock(
  block: Extract<BlockName, 'modern-router-data' | 'ld-json'>,
  text: string,
  page: PageSubject | null,
  context: PayloadContext,
): EmbeddedAnswer {
  return block === 'ld-json' ? readLd(text, page, context) : readRouterData(text, page, context);
}
