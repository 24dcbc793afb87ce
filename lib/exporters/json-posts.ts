/**
 * Posts as one JSON document in the structured form that users of the bearer API save (`next_cursor`, `has_more`,
 * `video_list`; lib/payloads/bearer-normalised.ts reads it; published sample, read 2026-08). All posts are in one list and
 * no page follows.
 *
 * - The form is TikTok's and has no place for a platform: posts on Douyin are left out and told.
 * - What is not known is null, but `music_info` is `{}` and `hashtags` `[]` where there are none, as in the published form.
 * - `publish_time` is `publish_ts` on the clocks of the chosen zone (the published sample's is wrong).
 * - `duration_sec` has one digit, rounded as Python rounds; `duration_ms` is exact.
 * - Where people are not to be named, `unique_id` is the pseudonym and what else names them is null. Addresses of videos
 *   and profile pictures are written only where their columns were asked for; `music_cover` is not known to us.
 */
import { isoInZone } from '../analysis/time.ts';
import type { PostRecord } from '../core/record.ts';
import type { JsonValue } from './columns/column.ts';
import { defineExporter, type ExportContext } from './exporter.ts';
import { openColumns, postsOf } from './posts.ts';
import { pseudonymOf } from './pseudonym.ts';
import { jsonText } from './typed-cell.ts';

/** Python's `round(ms / 1000, 1)`: of what lies in the middle, to the even digit. */
function roundedSeconds(ms: number): number {
  // Only quarters are in the middle for a binary number, and of them toFixed takes the upper digit: of .25 that is odd.
  return ms % 1000 === 250 ? (ms - 50) / 1000 : Number((ms / 1000).toFixed(1));
}

function publishTime(createdAt: number, timeZone: string): string | null {
  return isoInZone(createdAt, timeZone)?.slice(0, 19).replace('T', ' ') ?? null;
}

function videoOf(post: PostRecord, open: ReadonlySet<string>, context: ExportContext): JsonValue {
  const own = <Field extends keyof PostRecord>(field: Field): PostRecord[Field] | null =>
    open.has(field) ? post[field] : null;
  const createdAt = open.has('created_at_utc') ? post.created_at : null;
  const duration = open.has('duration_s') ? post.duration_ms : null;
  const isKnown = open.has('availability') && (post.availability === 'ok' || post.availability === 'private');
  const music = {
    music_id: own('music_id'),
    music_name: own('music_title'),
    music_author: own('music_author'),
    music_cover: null,
  };
  return {
    aweme_id: post.post_id,
    video_desc: own('caption'),
    publish_ts: createdAt === null ? null : Math.floor(createdAt / 1000),
    publish_time: createdAt === null ? null : publishTime(createdAt, context.timeZone),
    is_private: isKnown ? post.availability === 'private' : null,
    author_info: {
      uid: own('author_id'),
      unique_id: own('author_handle') ?? pseudonymOf(post, context),
      nickname: own('author_name'),
      avatar: own('author_avatar_url'),
      signature: own('author_bio'),
      is_verified: own('author_verified'),
    },
    video_resource: {
      duration_ms: duration,
      duration_sec: duration === null ? null : roundedSeconds(duration),
      width: own('width'),
      height: own('height'),
      cover_img: own('cover_url'),
      play_url: own('media_url'),
    },
    music_info: Object.values(music).every((value) => value === null) ? {} : music,
    stats: {
      play: own('view_count'),
      like: own('like_count'),
      comment: own('comment_count'),
      share: own('share_count'),
      collect: own('save_count'),
    },
    hashtags: open.has('hashtags') ? post.hashtags.map(({ name }) => name) : [],
  };
}

export const jsonPosts = defineExporter({
  id: 'json-posts',
  label: 'exporter_json_posts',
  hint: 'exporter_json_posts_hint',
  extension: 'json',
  mediaType: 'application/json',
  form: 'record',
  tables: ['post'],
  async *write(tables, context) {
    const open = openColumns(context);
    yield '{"next_cursor":"","has_more":false,"video_list":[';
    let separator = '\n';
    for await (const post of postsOf(tables, context)) {
      if (post.platform !== 'tiktok') {
        context.skipped?.('export_skipped_not_tiktok');
        continue;
      }
      yield separator + jsonText(videoOf(post, open, context));
      separator = ',\n';
    }
    yield '\n]}\n';
  },
});
