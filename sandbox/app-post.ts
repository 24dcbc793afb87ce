import type { WorldPost } from './types.ts';
import { bareNumber } from './pages/answer.ts';
import { hashtagId } from './pages/tiktok-data.ts';

function picture(name: string): Record<string, unknown> {
  return { uri: `sandbox/${name}`, url_list: [`https://p16-sign-va.tiktokcdn.com/sandbox/${name}.jpeg`] };
}

/** The end of the mark `#name` or `@name` in the caption, with its beginning. */
function placeOf(caption: string, mark: string): Record<string, number> {
  const start = caption.indexOf(mark);
  return { start, end: start + mark.length };
}

/**
 * A TikTok post as TikTok's app gives it (an "aweme"), with exact figures and durations in ms; some ids are bare numbers
 * that JavaScript cannot hold.
 */
export function describeAppPost(post: WorldPost): Record<string, unknown> {
  const { author, counts, music } = post;
  return {
    aweme_id: post.id,
    desc: post.caption,
    create_time: post.createdAt,
    is_private: false,
    region: post.country,
    aweme_type: post.kind === 'photo' ? 150 : 0,
    is_ads: post.flags.ad,
    author: {
      uid: author.uid,
      sec_uid: author.secUid,
      unique_id: author.handle,
      nickname: author.name,
      signature: author.signature,
      custom_verify: author.verified ? 'verified' : '',
      avatar_larger: picture(`avatar-${author.uid}`),
      follower_count: author.followers,
      following_count: author.following,
      total_favorited: author.likes,
      aweme_count: author.posts,
    },
    statistics: {
      aweme_id: post.id,
      play_count: counts.plays,
      digg_count: counts.likes,
      comment_count: counts.comments,
      share_count: counts.shares,
      collect_count: counts.saves,
      repost_count: counts.reposts,
    },
    text_extra: [
      ...post.hashtags.map((name) => ({
        type: 1,
        hashtag_name: name,
        hashtag_id: hashtagId(name),
        ...placeOf(post.caption, `#${name}`),
      })),
      // Mentions stand in the same list and have no hashtag_name.
      ...post.mentions.map((handle) => ({
        type: 0,
        user_id: '',
        user_unique_id: handle,
        ...placeOf(post.caption, `@${handle}`),
      })),
    ],
    music: {
      id: bareNumber(music.id),
      id_str: music.id,
      title: music.title,
      author: music.author,
      duration: music.durationSeconds,
      is_original_sound: music.original,
    },
    video: {
      duration: post.durationMs,
      width: post.width,
      height: post.height,
      cover: picture(post.id),
      play_addr: { url_list: [`https://v16m.tiktokcdn.com/sandbox/${post.id}.mp4`] },
    },
    ...(post.kind === 'photo'
      ? {
          image_post_info: {
            images: Array.from({ length: post.imageCount }, (_unused, index) => ({
              display_image: picture(`${post.id}-${index + 1}`),
            })),
          },
        }
      : {}),
    status: { aweme_id: post.id, is_delete: false, private_status: 0 },
  };
}

/** One page of a list, newest first, and what the next page is asked with. */
export interface AppPage {
  posts: WorldPost[];
  cursor: string;
  hasMore: boolean;
}

/**
 * The page that a cursor stands for: "0", or the time of the last post before it in ms with its place in the last three
 * digits, so that posts of the same second are told apart. Null for a cursor that was never given out.
 */
export function pageOf(all: WorldPost[], cursor: string, size: number): AppPage | null {
  const posts = [...all].sort((one, other) => other.createdAt - one.createdAt);
  const from = cursor === '0' ? 0 : Number(cursor.slice(-3));
  const cursorAt = (place: number): string => {
    const last = posts[place - 1];
    return last ? `${last.createdAt}${String(place).padStart(3, '0')}` : '0';
  };
  if (!Number.isInteger(from) || (cursor !== '0' && cursorAt(from) !== cursor)) return null;
  const to = Math.min(from + size, posts.length);
  return { posts: posts.slice(from, to), cursor: cursorAt(to), hasMore: to < posts.length };
}
