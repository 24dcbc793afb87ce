/**
 * Reads records and observations from a file that somebody may have written by hand: every field has its type or the
 * whole is refused; a field that a later version added, or one that is missing, is no reason to refuse.
 */
import * as z from 'zod/mini';
import { type Observation, recordRef } from './observation.ts';
import { maximumRelayed } from './page-data.ts';
import {
  noAuthor,
  noCollection,
  noComment,
  noHashtag,
  noLive,
  noMusic,
  noPost,
  noProduct,
  noReview,
  noShop,
  noSku,
} from './record-defaults.ts';
import { recordSchemas } from './record-fields.ts';
import { type AnyRecord, noSighting, type RecordType, recordTypes } from './record.ts';
import { parseRefKey, type RefKey } from './ref.ts';

const nothingKnown = {
  collected_via: 'import',
  api_provider: null,
  api_endpoint: null,
  collected_from_url: null,
  observed_at: null,
  raw_sha256: null,
  ...noSighting,
  availability: 'unknown',
  figures: {},
  missing_reasons: {},
};

/** What a field is filled with that the file does not have. */
const defaults: { readonly [Type in RecordType]: object } = {
  post: { ...nothingKnown, ...noPost },
  product: { ...nothingKnown, ...noProduct },
  sku: { ...nothingKnown, ...noSku },
  author: { ...nothingKnown, ...noAuthor },
  hashtag: { ...nothingKnown, ...noHashtag },
  music: { ...nothingKnown, ...noMusic },
  collection: { ...nothingKnown, ...noCollection },
  comment: { ...nothingKnown, ...noComment },
  review: { ...nothingKnown, ...noReview },
  live: { ...nothingKnown, ...noLive },
  shop: { ...nothingKnown, ...noShop },
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The record that a value of a file is: with all fields of its type and no others. Fields that are missing say nothing
 * (null, or their type's way of saying nothing). Null: no record, a field of a wrong type, or no id.
 */
export function parseRecord(value: unknown): AnyRecord | null {
  if (!isObject(value)) return null;
  const type = recordTypes.find((candidate) => candidate === value['record_type']);
  if (!type) return null;
  const parsed = z.safeParse(recordSchemas[type], { ...defaults[type], ...value });
  if (!parsed.success) return null;
  // Kinds that may be named in several ways need at least one name.
  return /^$|\/$/u.test(recordRef(parsed.data).id) ? null : parsed.data;
}

const frame = z.object({
  ref_key: z.custom<RefKey>((value) => typeof value === 'string' && value.length <= 300 && parseRefKey(value) !== null),
  source: z.string().check(z.minLength(1), z.maxLength(100)),
  observed_at: z.number().check(z.minimum(0)),
  fetched_at: z.number().check(z.minimum(0)),
  raw: z.exactOptional(z.string().check(z.maxLength(maximumRelayed))),
});

/** The observation that a value of a file is; null: none, or its ref names a thing of another kind than its record. */
export function parseObservation(value: unknown): Observation | null {
  const parsed = z.safeParse(frame, value);
  const record = isObject(value) ? parseRecord(value['record']) : null;
  if (!parsed.success || !record) return null;
  const filed = parseRefKey(parsed.data.ref_key);
  const own = recordRef(record);
  return filed?.platform === own.platform && filed.kind === own.kind ? { ...parsed.data, record } : null;
}
