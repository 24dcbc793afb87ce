/** What gathers posts on TikTok, where an answer or page is about it: hashtags, music, and playlists or collections. */
import type { CollectionFields } from '../core/record-defaults.ts';
import { makeCollection, makeHashtag, makeMusic, type Readings, type RecordOrigin } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  at,
  countOf,
  digitsOf,
  durationOf,
  firstOf,
  flagOf,
  idOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  nameOf,
  positiveOf,
  textOf,
  urlOf,
  valueOf,
} from './reading.ts';
import { listingCounts, tiktokCounts } from './tiktok-counts.ts';
import { tiktokParts } from './tiktok-parts.ts';
import { tiktokStatus } from './tiktok-status.ts';

/** The figures stand beside the thing, or else in it. */
function withFigures(info: JsonObject, thing: unknown): JsonObject {
  const isBeside = isObject(info['stats']) || isObject(info['statsV2']);
  return isBeside ? info : { stats: at(thing, 'stats'), statsV2: at(thing, 'statsV2') };
}

type OriginFor = (raw: unknown) => RecordOrigin;

function readHashtag(info: JsonObject, origin: OriginFor): AnyRecord | null {
  const tag = info['challenge'];
  const name = firstOf(idOf(at(tag, 'title')), idOf(at(tag, 'name')));
  return makeHashtag(origin(info), {
    hashtag: 'value' in name ? known(name.value.replace(/^[#＃]/u, '') || null) : name,
    hashtag_id: digitsOf(at(tag, 'id')),
    description: textOf(at(tag, 'desc')),
    ...tiktokCounts(withFigures(info, tag), listingCounts, { view_count: ['viewCount'], post_count: ['videoCount'] }),
  });
}

function readMusic(info: JsonObject, origin: OriginFor): AnyRecord | null {
  const music = info['music'];
  const id = valueOf(digitsOf(at(music, 'id')));
  if (id === null) return null;
  return makeMusic(origin(info), id, {
    title: nameOf(at(music, 'title')),
    author: nameOf(at(music, 'authorName')),
    is_original: flagOf(at(music, 'original')),
    duration_ms: durationOf(at(music, 'duration'), 1000),
    album: nameOf(at(music, 'album')),
    music_url: urlOf(at(music, 'playUrl')),
    ...tiktokCounts(withFigures(info, music), listingCounts, { post_count: ['videoCount'] }),
  });
}

/**
 * A playlist (`mix`) or a collection of saved posts; the names of the latter are from public code, none was ever
 * captured.
 */
function readCollection(info: JsonObject, origin: OriginFor): AnyRecord | null {
  const id = valueOf(firstOf(digitsOf(info['mixId']), digitsOf(info['collectionId']), digitsOf(info['id'])));
  if (id === null) return null;
  const owner = isObject(info['creator']) ? info['creator'] : info['author'];
  const readings: Readings<CollectionFields> = {
    title: firstOf(nameOf(info['name']), nameOf(info['mixName'])),
    description: textOf(info['desc']),
    author_id: firstOf(digitsOf(at(owner, 'id')), digitsOf(info['userId'])),
    author_handle: firstOf(nameOf(at(owner, 'uniqueId')), nameOf(info['userName'])),
    post_count: firstOf(countOf(info['videoCount']), countOf(info['total']), countOf(at(info, 'stats', 'videoCount'))),
    view_count: firstOf(countOf(info['playCount']), countOf(at(info, 'stats', 'playCount'))),
  };
  return makeCollection(origin(info), id, readings);
}

interface Kind {
  readonly field: string;
  /** What must be in it. */
  readonly holds: string | null;
  readonly read: (info: JsonObject, origin: OriginFor) => AnyRecord | null;
}

const kinds: readonly Kind[] = [
  { field: 'challengeInfo', holds: 'challenge', read: readHashtag },
  { field: 'musicInfo', holds: 'music', read: readMusic },
  ...['mixInfo', 'playList', 'mixList', 'collectionInfo', 'collectionList'].map((field) => ({
    field,
    holds: null,
    read: readCollection,
  })),
];

/** One object, or the entries of a list. */
function infosIn(part: JsonObject, { field, holds }: Kind): readonly JsonObject[] {
  const value = part[field];
  const entries = Array.isArray(value) ? listOf(value) : [value];
  return entries.filter((entry) => isObject(entry)).filter((entry) => holds === null || isObject(entry[holds]));
}

function readListings(json: unknown, context: PayloadContext): readonly AnyRecord[] {
  const answeredAt = valueOf(positiveOf(at(json, 'extra', 'now')));
  const origin: OriginFor = (raw) => originOf(context, 'tiktok', 'stats', answeredAt, raw);
  return tiktokParts(json)
    .flatMap((part) => kinds.flatMap((kind) => infosIn(part, kind).map((info) => kind.read(info, origin))))
    .filter((record) => record !== null);
}

export const tiktokListing = definePayload({
  id: 'tiktok-listing',
  recognises: (json) => tiktokParts(json).some((part) => kinds.some((kind) => infosIn(part, kind).length > 0)),
  read: readListings,
  status: tiktokStatus,
});
