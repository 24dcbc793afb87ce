import { createHash } from 'node:crypto';
import type { WorldAuthor, WorldCollection, WorldComment, WorldMusic, WorldPost } from '../types.ts';
import { chineseCount } from '../client/html.ts';
import { bareNumber } from './answer.ts';
import { viewerDid } from './viewer.ts';

/** The number of a hashtag on Douyin, by which its page is addressed. */
export function douyinHashtagId(name: string): string {
  return `16${(BigInt(`0x${createHash('md5').update(name).digest('hex').slice(0, 12)}`) % 100_000_000_000_000n).toString().padStart(14, '0')}`;
}

function image(name: string, width: number, height: number): Record<string, unknown> {
  return {
    uri: `sandbox/${name}`,
    url_list: [`https://p3-sign.douyinpic.com/sandbox/${name}.jpeg?x-expires=1799999999`],
    width,
    height,
  };
}

/** An author as Douyin's own JSON describes one. */
export function describeDouyinAuthor(author: WorldAuthor) {
  return {
    uid: author.uid,
    sec_uid: author.secUid,
    short_id: author.shortId,
    unique_id: author.handle,
    nickname: author.name,
    signature: author.signature,
    avatar_thumb: image(`avatar-${author.uid}`, 100, 100),
    follower_count: author.followers,
    following_count: author.following,
    total_favorited: author.likes,
    aweme_count: author.posts,
    follow_status: 1,
    custom_verify: author.verified ? '优质创作者' : '',
    room_id: author.live ? bareNumber(author.live.roomId) : 0,
  };
}

function describeTextExtra(post: WorldPost, complete: boolean): unknown[] {
  const names = complete ? post.hashtags : post.hashtags.slice(0, -1);
  const tags = names.map((name) => {
    const start = post.caption.indexOf(`#${name}`);
    return {
      start,
      end: start + name.length + 1,
      type: 1,
      hashtag_name: name,
      hashtag_id: bareNumber(douyinHashtagId(name)),
      is_commerce: false,
    };
  });
  // Mentions stand in the same list and have no hashtag_name.
  const people = post.mentions.map((name) => {
    const start = post.caption.indexOf(`@${name}`);
    return { start, end: start + name.length + 1, type: 0, user_id: '', sec_uid: '' };
  });
  return [...tags, ...people];
}

/** Planted where Douyin's share addresses carry the device of who is logged in. */
export const viewerMarks = { did: 'MS4wPlantedDeviceOfTheResearcher', iid: 'MS4wPlantedInstallOfTheResearcher' };

/** A mix as Douyin's own JSON describes it. */
export function describeMix(collection: WorldCollection, count = 8): Record<string, unknown> {
  return {
    mix_id: collection.id,
    mix_name: collection.name,
    desc: '',
    author: { uid: collection.author.uid, sec_uid: collection.author.secUid, nickname: collection.author.name },
    statis: { updated_to_episode: count, play_vv: 0, collect_vv: 4211, current_episode: 1 },
  };
}

/** A piece of music as Douyin's own JSON describes it. */
export function describeDouyinMusic(music: WorldMusic, count: number): Record<string, unknown> {
  return {
    id: bareNumber(music.id),
    id_str: music.id,
    mid: music.id,
    title: music.title,
    author: music.author,
    duration: music.durationSeconds,
    is_original_sound: music.original,
    user_count: count,
  };
}

/** A running broadcast as Douyin's own JSON describes it. */
export function describeRoom(author: WorldAuthor): Record<string, unknown> {
  return {
    id_str: author.live?.roomId ?? '',
    status: author.live ? 2 : 4,
    status_str: author.live ? '2' : '4',
    title: author.live?.title ?? '',
    user_count_str: chineseCount(author.live?.viewers ?? 0),
    stats: {
      total_user_str: chineseCount((author.live?.viewers ?? 0) * 9),
      user_count_str: chineseCount(author.live?.viewers ?? 0),
    },
    owner: { id_str: author.uid, sec_uid: author.secUid, nickname: author.name, web_rid: author.live?.webRid ?? '' },
  };
}

/**
 * A post as Douyin's own JSON describes it (an "aweme"): durations in milliseconds, plays always 0,
 * some ids bare numbers that JavaScript cannot hold.
 */
export function describeAweme(post: WorldPost, completeTextExtra: boolean) {
  const { counts } = post;
  return {
    aweme_id: post.id,
    group_id: post.id,
    video_tag: [],
    desc: post.caption,
    caption: post.caption,
    create_time: post.createdAt,
    author_user_id: bareNumber(post.author.uid),
    author: describeDouyinAuthor(post.author),
    statistics: {
      aweme_id: post.id,
      admire_count: 0,
      comment_count: counts.comments,
      digg_count: counts.likes,
      collect_count: counts.saves,
      play_count: 0,
      share_count: counts.shares,
      recommend_count: counts.reposts,
    },
    duration: post.durationMs,
    video: {
      duration: post.durationMs,
      width: post.width,
      height: post.height,
      ratio: '720p',
      cover: image(post.id, 720, 1280),
      play_addr: {
        uri: `v0200fg10000${post.id.slice(-12)}`,
        url_list: [`https://v26-web.douyinvod.com/sandbox/${post.id}/`],
      },
    },
    music: {
      id: bareNumber(post.music.id),
      id_str: post.music.id,
      mid: post.music.id,
      title: post.music.title,
      author: post.music.author,
      duration: post.music.durationSeconds,
      is_original_sound: post.music.original,
    },
    text_extra: describeTextExtra(post, completeTextExtra),
    cha_list: null,
    images:
      post.kind === 'photo'
        ? Array.from({ length: post.imageCount }, (_unused, index) => ({
            ...image(`${post.id}-${index + 1}`, 1080, 1440),
            download_url_list: [],
          }))
        : null,
    aweme_type: post.kind === 'photo' ? 68 : 0,
    media_type: post.kind === 'photo' ? 2 : 4,
    is_ads: post.flags.ad,
    aigc_info: { aigc_label_type: post.flags.aiGenerated ? 1 : 0, created_by_ai: post.flags.aiGenerated },
    risk_infos: {
      vote: false,
      warn: false,
      risk_sink: false,
      type: 0,
      content: post.flags.aiGenerated ? '作者声明：内容由AI生成' : '',
    },
    status: {
      aweme_id: post.id,
      is_delete: false,
      private_status: 0,
      is_private: false,
      in_reviewing: false,
      is_prohibited: false,
      part_see: 0,
      review_result: { review_status: 0 },
      allow_share: true,
    },
    region: '',
    poi_info: null,
    mix_info: post.collection ? describeMix(post.collection) : null,
    share_info: {
      share_url: `https://www.iesdouyin.com/share/video/${post.id}/?region=CN&mid=${post.music.id}&u_code=planted&did=${viewerMarks.did}&iid=${viewerMarks.iid}&with_sec_did=1`,
      share_link_desc: '',
    },
    ...(post.products.length > 0
      ? {
          anchor_info: { type: 3, id: post.products[0]?.id ?? '', title: post.products[0]?.title ?? '', extra: '' },
          simple_promotions: JSON.stringify(
            post.products.map((product) => ({
              promotion_id: product.id,
              product_id: product.id,
              title: product.title,
              price: product.priceMinor,
              market_price: product.marketPriceMinor,
            })),
          ),
        }
      : {}),
    suggest_words: null,
    prevent_download: false,
    user_digged: viewerDid(post).liked ? 1 : 0,
    collect_stat: viewerDid(post).kept ? 1 : 0,
    is_top: 0,
  };
}

/** A comment as Douyin's own JSON describes it. */
export function describeDouyinComment(comment: WorldComment, post: WorldPost) {
  return {
    cid: comment.id,
    aweme_id: post.id,
    text: comment.text,
    create_time: comment.createdAt,
    digg_count: comment.likes,
    reply_comment_total: comment.replies,
    reply_id: comment.parent ?? '0',
    reply_to_reply_id: '0',
    user_digged: 1,
    is_author_digged: comment.likes % 5 === 0,
    stick_position: 0,
    ip_label: '浙江',
    user: { uid: comment.author.uid, sec_uid: comment.author.secUid, nickname: comment.author.name },
  };
}
