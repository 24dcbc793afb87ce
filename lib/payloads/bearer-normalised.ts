/**
 * The published target form of the bearer API (`video_list`), as its users save it. Its `publish_time` is wrong in the
 * published sample and never read: `publish_ts` (Unix seconds) is.
 */

import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Readings } from '../core/record-factory.ts';
import type { AnyRecord } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { mergeHashtags } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import {
  absent,
  at,
  countOf,
  digitsOf,
  durationOf,
  firstPostId,
  flagOf,
  isObject,
  known,
  listOf,
  nameOf,
  ordinalOf,
  secondsOf,
  textOf,
  urlOf,
  valueOf,
} from './reading.ts';

function videosIn(json: unknown): readonly unknown[] {
  const list = at(json, 'video_list') ?? at(json, 'data', 'video_list');
  // A single one, saved without its list, is told from an aweme by its own words.
  const isBare = ['video_desc', 'publish_ts', 'video_resource'].some((field) => at(json, field) !== undefined);
  if (Array.isArray(list)) return list;
  return isBare ? [json] : [];
}

function readVideo(video: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = firstPostId(at(video, 'aweme_id'));
  if (id === null) return [];
  const origin = originOf(context, 'tiktok', 'api:bearer', null, video);
  const caption = textOf(at(video, 'video_desc'));
  const handle = nameOf(at(video, 'author_info', 'unique_id'));
  const tags = at(video, 'hashtags');
  const listed = listOf(tags).flatMap((tag) => {
    const name = valueOf(nameOf(tag));
    return name === null ? [] : [{ name, id: null }];
  });
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('tiktok', id, 'video', valueOf(handle)) },
    post_type: { value: 'video' },
    caption,
    created_at: secondsOf(at(video, 'publish_ts')),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    duration_ms: durationOf(at(video, 'video_resource', 'duration_ms'), 1),
    width: ordinalOf(at(video, 'video_resource', 'width')),
    height: ordinalOf(at(video, 'video_resource', 'height')),
    view_count: countOf(at(video, 'stats', 'play')),
    like_count: countOf(at(video, 'stats', 'like')),
    comment_count: countOf(at(video, 'stats', 'comment')),
    share_count: countOf(at(video, 'stats', 'share')),
    save_count: countOf(at(video, 'stats', 'collect')),
    hashtags: Array.isArray(tags) || 'value' in caption ? { value: mergeHashtags(listed, valueOf(caption)) } : absent,
    music_id: digitsOf(at(video, 'music_info', 'music_id')),
    music_title: nameOf(at(video, 'music_info', 'music_name')),
    music_author: nameOf(at(video, 'music_info', 'music_author')),
    cover_url: urlOf(at(video, 'video_resource', 'cover_img')),
    media_url: urlOf(at(video, 'video_resource', 'play_url')),
    author_id: digitsOf(at(video, 'author_info', 'uid')),
    author_handle: handle,
    author_name: nameOf(at(video, 'author_info', 'nickname')),
    author_url: known(authorAddress('tiktok', valueOf(handle), null)),
    author_bio: textOf(at(video, 'author_info', 'signature')),
    author_avatar_url: urlOf(at(video, 'author_info', 'avatar')),
    author_verified: flagOf(at(video, 'author_info', 'is_verified')),
  };
  const isPrivate = valueOf(flagOf(at(video, 'is_private'))) === true;
  return [makePost(origin, id, isPrivate ? 'private' : 'ok', readings)];
}

export const bearerNormalised = definePayload({
  id: 'bearer-normalised',
  recognises: (json) => isObject(json) && videosIn(json).some((video) => firstPostId(at(video, 'aweme_id')) !== null),
  read: (json, context) => videosIn(json).flatMap((video) => readVideo(video, context)),
});
