/** Records for tests: nothing is known but the ids, unless said otherwise. */
import type { AnyRecord, PostRecord, ProductRecord, RecordType, SkuRecord } from './record.ts';
import {
  makeAuthor,
  makeCollection,
  makeComment,
  makeHashtag,
  makeLive,
  makeMusic,
  makePost,
  makeProduct,
  makeReview,
  makeShop,
  makeSku,
  type RecordOrigin,
} from './record-factory.ts';
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

const page = origin('tiktok', 'gateway/item_get_video');

type SampleOf<Type extends RecordType> = Extract<AnyRecord, { record_type: Type }>;

/** A record of every type, with ids of as many digits as real ones have. */
export const bareRecords: { readonly [Type in RecordType]: SampleOf<Type> } = {
  post: makePost(page, '7528963259874125698', 'ok', {}),
  product: makeProduct(product, '3514269087712345678', 'ok', {}),
  sku: makeSku(product, '3514269087712345678', '1734567890123456789', {}),
  author: known(makeAuthor(page, 'ok', { author_id: { value: '6952369874521000001' } })),
  hashtag: known(makeHashtag(page, { hashtag_id: { value: '1600000000000000001' } })),
  music: makeMusic(page, '7489562135987000123', {}),
  collection: makeCollection(page, '7371330159376370462', {}),
  comment: makeComment(page, '7529963259874125698', {}),
  review: makeReview(page, '7530963259874125698', {}),
  live: known(makeLive(page, 'ok', { room_id: { value: '7531963259874125698' } })),
  shop: makeShop(page, '7495963259874125698', {}),
};

function known<T>(record: T | null): T {
  if (record === null) throw new Error('A sample without its id.');
  return record;
}
