/** Observations, and the ref that a record is filed under. */
import type { AuthorRecord, HashtagRecord, LiveRecord } from './record-kinds.ts';
import type { AnyRecord } from './record.ts';
import { type EntityRef, type RefKey, refKey } from './ref.ts';

/** What one source said of one thing at one time. Append-only: history, comparison and provenance come from here. */
export interface Observation {
  readonly ref_key: RefKey;
  /** Provider id, or `page`. */
  readonly source: string;
  /** Unix ms: when the source saw it; what it was deduplicated and ordered by. */
  readonly observed_at: number;
  readonly fetched_at: number;
  readonly record: AnyRecord;
  /** The scrubbed JSON text that the record was read from; absent where none was kept. Its hash is the record's `raw_sha256`. */
  readonly raw?: string;
}

/** The id of a ref, see docs/glossary.md: an author's handle on TikTok, sec_uid on Douyin, else the number. */
function authorRefId(record: AuthorRecord): string {
  const { platform, author_id: id, author_sec_id: secId, author_handle: handle } = record;
  const name = platform === 'tiktok' ? handle?.toLowerCase() : null;
  return name ?? secId ?? `uid/${id ?? ''}`;
}

function liveRefId({ live_id: id, room_id: room }: LiveRecord): string {
  return id ?? `room/${room ?? ''}`;
}

function hashtagRefId({ platform, hashtag, hashtag_id: id }: HashtagRecord): string {
  return platform === 'tiktok' ? (hashtag ?? `id/${id ?? ''}`) : (id ?? hashtag ?? '');
}

/** The ref that a record is about; a SKU is filed under its product. */
export function recordRef(record: AnyRecord): EntityRef {
  const { platform } = record;
  switch (record.record_type) {
    case 'post':
      return { platform, kind: 'post', id: record.post_id };
    case 'product':
    case 'sku':
      return { platform, kind: 'product', id: record.product_id };
    case 'author':
      return { platform, kind: 'author', id: authorRefId(record) };
    case 'hashtag':
      return { platform, kind: 'hashtag', id: hashtagRefId(record) };
    case 'music':
      return { platform, kind: 'music', id: record.music_id };
    case 'collection':
      return { platform, kind: 'collection', id: record.collection_id };
    case 'comment':
      return { platform, kind: 'comment', id: record.comment_id };
    case 'review':
      return { platform, kind: 'review', id: record.review_id };
    case 'live':
      return { platform, kind: 'live', id: liveRefId(record) };
    case 'shop':
      return { platform, kind: 'shop', id: record.shop_id };
  }
}

/** Wraps a record as the observation that it is. */
export function toObservation(record: AnyRecord, raw?: string): Observation {
  return {
    ref_key: refKey(recordRef(record)),
    source: record.api_provider ?? 'page',
    observed_at: record.observed_at ?? record.fetched_at,
    fetched_at: record.fetched_at,
    record,
    ...(raw === undefined ? {} : { raw }),
  };
}
