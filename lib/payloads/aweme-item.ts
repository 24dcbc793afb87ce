/** One aweme as records: the post, and the products that it links to. Durations are in ms, except the music's. */
import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord, PostRecord } from '../core/record.ts';
import { idTime, type Platform } from '../core/ref.ts';
import { postAddress } from './addresses.ts';
import { awemeAuthor } from './aweme-author.ts';
import { awemeLabels } from './aweme-labels.ts';
import { platformOf } from './aweme-platform.ts';
import { awemeProductRecords, awemeProducts } from './aweme-products.ts';
import { awemeText } from './aweme-text.ts';
import { originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  durationOf,
  firstOf,
  firstPostId,
  firstUrlOf,
  flagOf,
  isObject,
  type JsonObject,
  known,
  listOf,
  listReading,
  nameOf,
  notOnWeb,
  numberOf,
  ordinalOf,
  secondsOf,
  unroundedOf,
  valueOf,
} from './reading.ts';

function isSet(value: unknown): boolean {
  return valueOf(flagOf(value)) === true;
}

function imageEntries(item: unknown): readonly unknown[] {
  const lists = [at(item, 'images'), at(item, 'image_post_info', 'images'), at(item, 'image_infos')];
  return lists.map(listOf).find((list) => list.length > 0) ?? [];
}

function postType(item: unknown): PostRecord['post_type'] {
  const type = valueOf(numberOf(at(item, 'aweme_type')));
  if (imageEntries(item).length > 0 || [2, 68, 150].includes(type ?? -1)) return 'photo';
  if (type === 101) return 'live';
  if (isSet(at(item, 'is_story'))) return 'story';
  return isObject(at(item, 'video')) ? 'video' : 'unknown';
}

function musicOf(item: unknown): Readings<PostFields> {
  const music = at(item, 'music');
  return {
    // `id` is a bare number that some upstreams have rounded; the texts beside it have all digits.
    music_id: firstOf(
      digitsOf(at(music, 'mid')),
      digitsOf(at(music, 'id_str')),
      digitsOf(at(music, 'music_id')),
      unroundedOf(at(music, 'id')),
    ),
    music_title: nameOf(at(music, 'title')),
    music_author: firstOf(nameOf(at(music, 'author')), nameOf(at(music, 'owner_nickname'))),
    music_is_original: flagOf(at(music, 'is_original_sound')),
    music_duration_ms: durationOf(at(music, 'duration'), 1000),
    music_album: nameOf(at(music, 'album')),
    music_url: firstUrlOf(at(music, 'play_url')),
  };
}

/** On Douyin's web every post has `play_count` 0 (2020 to 2026). */
function viewsOf(item: unknown, platform: Platform): Reading<number> {
  const reading = countOf(at(item, 'statistics', 'play_count'));
  return platform === 'douyin' && valueOf(reading) === 0 ? notOnWeb : reading;
}

function countsOf(item: unknown, platform: Platform): Readings<PostFields> {
  const count = (field: string): Reading<number> => countOf(at(item, 'statistics', field));
  return {
    view_count: viewsOf(item, platform),
    like_count: count('digg_count'),
    comment_count: count('comment_count'),
    share_count: count('share_count'),
    save_count: count('collect_count'),
    repost_count: count('repost_count'),
    download_count: count('download_count'),
    forward_count: count('forward_count'),
    recommend_count: count('recommend_count'),
  };
}

function availabilityOf(item: unknown): PostRecord['availability'] {
  if (isSet(at(item, 'status', 'is_delete')) || isSet(at(item, 'is_delete'))) return 'removed';
  return isSet(at(item, 'is_private')) ||
    isSet(at(item, 'status', 'is_private')) ||
    isSet(at(item, 'status', 'private_status'))
    ? 'private'
    : 'ok';
}

function imagesOf(item: unknown, type: PostRecord['post_type']): Reading<readonly string[]> {
  const entries = imageEntries(item);
  if (type !== 'photo') return { value: [] };
  const urls = entries.flatMap(
    (image) =>
      valueOf(
        firstOf(
          firstUrlOf(at(image, 'url_list')),
          firstUrlOf(at(image, 'display_image')),
          firstUrlOf(at(image, 'label_large')),
        ),
      ) ?? [],
  );
  return urls.length > 0 ? { value: urls } : listReading(at(item, 'images'), urls);
}

function mediaOf(item: JsonObject, type: PostRecord['post_type']): Readings<PostFields> {
  const video = item['video'];
  return {
    // The duration of a photo post is that of its music.
    duration_ms:
      type === 'photo' ? absent : firstOf(durationOf(at(video, 'duration'), 1), durationOf(item['duration'], 1)),
    width: ordinalOf(at(video, 'width')),
    height: ordinalOf(at(video, 'height')),
    cover_url: firstOf(firstUrlOf(at(video, 'cover')), firstUrlOf(at(video, 'origin_cover'))),
    media_url: firstUrlOf(at(video, 'play_addr')),
    image_urls: imagesOf(item, type),
  };
}

/** What is known of an item besides its own fields. */
export interface AwemeAnswer {
  /** Unix ms by the upstream's clock; null: it does not say. */
  readonly answeredAt: number | null;
  /** The item as it stands in the answer, where it was translated before it was read. */
  readonly raw?: unknown;
  /** What its block of figures is called there; `statistics` unless said otherwise. */
  readonly figureSource?: string;
  /** The ids of linked products that another item of the answer has told of; this one's are added. */
  readonly told?: Set<string>;
}

/** The posts of an answer in their order, and then the products that they link to. */
export function postsFirst(records: readonly AnyRecord[]): readonly AnyRecord[] {
  const isPost = (record: AnyRecord): boolean => record.record_type === 'post';
  return [...records.filter(isPost), ...records.filter((record) => !isPost(record))];
}

/** The post first, then its linked products; nothing for an item without an id. */
export function readAweme(item: JsonObject, answer: AwemeAnswer, context: PayloadContext): readonly AnyRecord[] {
  const id = firstPostId(item['aweme_id']);
  if (id === null) return [];
  const platform = context.platform ?? platformOf(item);
  const originFor = (raw: unknown) =>
    originOf(context, platform, answer.figureSource ?? 'statistics', answer.answeredAt, raw);
  const type = postType(item);
  const author = awemeAuthor(item, platform);
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress(platform, id, type, valueOf(author.author_handle ?? absent)) },
    post_type: type === 'unknown' ? absent : { value: type },
    created_at: secondsOf(item['create_time']),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    scheduled_at: firstOf(secondsOf(item['schedule_time']), secondsOf(item['scheduled_publish_time'])),
    region: nameOf(item['region']),
    ...awemeText(item, platform),
    ...countsOf(item, platform),
    ...awemeProducts(item, platform),
    ...musicOf(item),
    ...mediaOf(item, type),
    ...awemeLabels(item),
    ...author,
  };
  return [
    makePost(originFor(answer.raw ?? item), id, availabilityOf(item), readings),
    ...awemeProductRecords(item, platform, answer.told ?? new Set(), originFor),
  ];
}
