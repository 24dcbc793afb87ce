/**
 * A researcher's own TikTok posts as the Display API gives them (`/v2/video/list/`, `/v2/video/query/`; fields of
 * 2026-08-24): duration in seconds, `create_time` in Unix seconds, covers that end after six hours. It names no author:
 * the handle is in the address alone.
 */
import type { PostFields } from '../core/record-defaults.ts';
import { makePost, type Reading, type Readings } from '../core/record-factory.ts';
import type { AnyRecord, HashtagUse } from '../core/record.ts';
import { idTime } from '../core/ref.ts';
import { mergeHashtags } from '../core/text.ts';
import { authorAddress, postAddress } from './addresses.ts';
import { definePayload, originOf, type PayloadContext } from './payload.ts';
import { rawFlags } from './raw-flags.ts';
import {
  absent,
  at,
  countOf,
  dataOf,
  durationOf,
  firstOf,
  flagOf,
  handleOf,
  isObject,
  known,
  listOf,
  ordinalOf,
  postIdOf,
  secondsOf,
  textOf,
  urlOf,
  valueOf,
} from './reading.ts';
import { displayStatus } from './tiktok-display-envelope.ts';

/** Longer captions are cut (characters). */
const longestCaption = 150;

/** The names that no other list of TikTok posts has; the Research API's `videos` have a region and a user name instead. */
const ownNames = ['cover_image_url', 'share_url', 'embed_link', 'embed_html', 'is_aigc'] as const;

function isOwnVideo(video: unknown): boolean {
  if (!isObject(video) || 'region_code' in video || 'username' in video) return false;
  return postIdOf(video['id']) !== null && ownNames.some((name) => name in video);
}

function videosIn(json: unknown): readonly unknown[] {
  const list = Array.isArray(json) ? json : listOf(at(dataOf(json), 'videos'));
  return list.filter(isOwnVideo);
}

/** The handle in the public address of a post; null without one. */
export function handleInAddress(address: string | null): string | null {
  const name = /^https:\/\/www\.tiktok\.com\/@([^/?#]+)\/(?:video|photo)\//u.exec(address ?? '')?.[1];
  return valueOf(handleOf(name));
}

/** Of a caption that was cut, the last word may be half a tag. */
function hashtagsOf(caption: string | null): Reading<readonly HashtagUse[]> {
  if (caption === null) return absent;
  const isCut = Array.from(caption).length >= longestCaption;
  return { value: mergeHashtags([], isCut ? caption.replace(/\S+$/u, '') : caption) };
}

function readVideo(video: unknown, context: PayloadContext): readonly AnyRecord[] {
  const id = postIdOf(at(video, 'id'));
  if (id === null) return [];
  const address = valueOf(urlOf(at(video, 'share_url')));
  const handle = handleInAddress(address);
  const type = address !== null && /\/photo\/\d/u.test(address) ? 'photo' : 'video';
  const caption = firstOf(textOf(at(video, 'video_description')), textOf(at(video, 'title')));
  const isGenerated = flagOf(at(video, 'is_aigc'));
  const readings: Readings<PostFields> = {
    post_url: { value: postAddress('tiktok', id, type, handle) },
    post_type: { value: type },
    caption,
    created_at: secondsOf(at(video, 'create_time')),
    created_at_from_id: known(idTime(id, context.fetchedAt)),
    duration_ms: durationOf(at(video, 'duration'), 1000),
    width: ordinalOf(at(video, 'width')),
    height: ordinalOf(at(video, 'height')),
    view_count: countOf(at(video, 'view_count')),
    like_count: countOf(at(video, 'like_count')),
    comment_count: countOf(at(video, 'comment_count')),
    share_count: countOf(at(video, 'share_count')),
    hashtags: hashtagsOf(valueOf(caption)),
    cover_url: urlOf(at(video, 'cover_image_url')),
    ai_generated_label: 'value' in isGenerated ? { value: String(isGenerated.value) } : isGenerated,
    ai_flags: rawFlags({ is_aigc: at(video, 'is_aigc') }),
    author_handle: known(handle),
    author_url: known(authorAddress('tiktok', handle, null)),
  };
  return [makePost(originOf(context, 'tiktok', 'videos', null, video), id, 'ok', readings)];
}

export const tiktokDisplayVideo = definePayload({
  id: 'tiktok-display-video',
  recognises: (json) => videosIn(json).length > 0,
  read: (json, context) => videosIn(json).flatMap((video) => readVideo(video, context)),
  status: displayStatus,
});
