/** Records for tests: nothing is known but the ids, unless said otherwise. */
import type { PostRecord, ProductRecord, SkuRecord } from './record.ts';
import { makePost, makeProduct, makeSku, type RecordOrigin } from './record-factory.ts';
import type { Platform } from './ref.ts';

function origin(platform: Platform, endpoint: string): RecordOrigin {
  return {
    platform,
    provenance: {
      collected_via: 'api',
      api_provider: 'gateway',
      api_endpoint: endpoint,
      collected_from_url: null,
      observed_at: Date.UTC(2026, 8, 1, 12),
      fetched_at: Date.UTC(2026, 8, 1, 12, 0, 1),
      raw_sha256: null,
    },
    figureSource: 'api:gateway',
  };
}

const product = origin('douyin', 'gateway/item_get');

export function postRecord(fields: Partial<PostRecord>): PostRecord {
  const post = makePost(origin('tiktok', 'gateway/item_get_video'), '7528963259874125698', 'ok', {});
  return { ...post, post_type: 'video', missing_reasons: {}, ...fields };
}

export function productRecord(fields: Partial<ProductRecord>): ProductRecord {
  return { ...makeProduct(product, '3514269087712345678', 'ok', {}), missing_reasons: {}, ...fields };
}

export function skuRecord(fields: Partial<SkuRecord>): SkuRecord {
  const sku = makeSku(product, '3514269087712345678', '1734567890123456789', {});
  return { ...sku, missing_reasons: {}, ...fields };
}
