import { createHash } from 'node:crypto';
import type { World, WorldAuthor, WorldComment, WorldPost } from '../types.ts';
import { describeAnchors } from './tiktok-anchors.ts';
import { appContext, viewerDid } from './viewer.ts';

/** A number for a hashtag. TikTok's are old and short or new and long; both occur here. */
export function hashtagId(name: string): string {
  const number = BigInt(`0x${createHash('md5').update(name).digest('hex').slice(0, 12)}`);
  return name.length % 2 === 0 ? String(number % 90_000_000n) : String((1_655_000_000n << 32n) + number);
}

/**
 * What TikTok shows in place of an exact figure: to the hundred from ten thousand on, to the hundred
 * thousand from a million on (seen in pages of 2025 and 2026).
 */
export function roundedLikeThePage(count: number): number {
  if (count >= 1_000_000) return Math.floor(count / 100_000) * 100_000;
  if (count >= 10_000) return Math.floor(count / 100) * 100;
  return count;
}

/** An author as TikTok's own JSON describes one. */
export function describeAuthor(author: WorldAuthor) {
  return {
    id: author.uid,
    shortId: '',
    uniqueId: author.handle,
    nickname: author.name,
    avatarLarger: `https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${author.uid}.jpeg`,
    avatarThumb: `https://p16-sign-va.tiktokcdn.com/sandbox/avatar-${author.uid}-100.jpeg`,
    signature: author.signature,
    createTime: 1_560_000_000,
    verified: author.verified,
    secUid: author.secUid,
    ftc: false,
    relation: 1,
    privateAccount: false,
    secret: false,
    isADVirtual: false,
    roomId: author.live?.roomId ?? '',
    ttSeller: author.handle === 'greenhouse.22',
  };
}

/** The exact figures of an author. */
export function authorStats(author: WorldAuthor): Record<string, number> {
  return {
    followerCount: author.followers,
    followingCount: author.following,
    heart: author.likes,
    heartCount: author.likes,
    videoCount: author.posts,
    diggCount: 112,
    friendCount: 0,
  };
}

function asTexts(numbers: Record<string, number>): Record<string, string> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)]));
}

/** The figures as TikTok rounds them. */
export function rounded(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, roundedLikeThePage(value)]));
}

function describeTextExtra(post: WorldPost): unknown[] {
  const tags = post.hashtags.map((name) => ({
    type: 1,
    hashtagName: name,
    hashtagId: hashtagId(name),
    userUniqueId: '',
    userId: '',
    secUid: '',
    isCommerce: false,
    text: `#${name}`,
  }));
  const people = post.mentions.map((handle) => ({
    type: 0,
    hashtagName: '',
    hashtagId: '',
    userUniqueId: handle,
    userId: '',
    secUid: '',
    isCommerce: false,
    text: `@${handle}`,
  }));
  return [...tags, ...people].map(({ text, ...entry }) => ({
    awemeId: '',
    start: post.caption.indexOf(text),
    end: post.caption.indexOf(text) + text.length,
    subType: 0,
    ...entry,
  }));
}

/**
 * A post as TikTok's own JSON describes it. In lists `stats` is rounded and `statsV2` exact; in the
 * block of a page both are rounded, but for the saves.
 */
export function describePost(post: WorldPost, place: 'list' | 'page') {
  const { counts } = post;
  const exact = {
    diggCount: counts.likes,
    shareCount: counts.shares,
    commentCount: counts.comments,
    playCount: counts.plays ?? 0,
  };
  const second = place === 'page' ? rounded(exact) : exact;
  const textExtra = describeTextExtra(post);
  return {
    id: post.id,
    desc: post.caption,
    createTime: place === 'page' ? String(post.createdAt) : post.createdAt,
    scheduleTime: 0,
    video: {
      id: post.kind === 'photo' ? '' : post.id,
      height: post.kind === 'photo' ? 0 : post.height,
      width: post.kind === 'photo' ? 0 : post.width,
      duration: post.durationMs / 1000,
      ratio: post.kind === 'photo' ? '' : '540p',
      cover: `https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}.jpeg?x-expires=${post.createdAt + 172_800}`,
      originCover: `https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}-origin.jpeg`,
      subtitleInfos:
        post.kind === 'video'
          ? [
              {
                UrlExpire: String(post.createdAt + 172_800),
                Size: '1933',
                LanguageID: '2',
                LanguageCodeName: 'eng-US',
                Url: `https://v16m-webapp.tiktokcdn-us.com/sandbox/${post.id}.vtt`,
                Format: 'webvtt',
                Version: '1:big_caption',
                Source: 'ASR',
              },
              {
                UrlExpire: String(post.createdAt + 172_800),
                Size: '2011',
                LanguageID: '9',
                LanguageCodeName: 'deu-DE',
                Url: `https://v16m-webapp.tiktokcdn-us.com/sandbox/${post.id}-de.vtt`,
                Format: 'webvtt',
                Version: '1',
                Source: 'MT',
              },
            ]
          : [],
      claInfo: { hasOriginalAudio: post.music.original, enableAutoCaption: true, captionInfos: [], captionsType: '1' },
    },
    ...(post.kind === 'photo'
      ? {
          imagePost: {
            title: '',
            images: Array.from({ length: post.imageCount }, (_unused, index) => ({
              imageURL: { urlList: [`https://p16-sign-va.tiktokcdn.com/sandbox/${post.id}-${index + 1}.jpeg`] },
              imageWidth: 1080,
              imageHeight: 1440,
            })),
          },
        }
      : {}),
    author: describeAuthor(post.author),
    music: {
      id: post.music.id,
      title: post.music.title,
      authorName: post.music.author,
      original: post.music.original,
      duration: post.music.durationSeconds,
      isCopyrighted: !post.music.original,
      is_commerce_music: post.music.original,
    },
    challenges: post.hashtags.map((name) => ({ id: hashtagId(name), title: name, desc: '' })),
    stats: {
      ...rounded(exact),
      collectCount: String(place === 'page' ? counts.saves : roundedLikeThePage(counts.saves)),
    },
    statsV2: {
      ...asTexts(second),
      collectCount: String(counts.saves),
      repostCount: String(place === 'page' ? 0 : counts.reposts),
    },
    warnInfo: [],
    originalItem: false,
    textExtra,
    contents: [{ desc: post.caption, textExtra }],
    secret: false,
    forFriend: false,
    digged: viewerDid(post).liked,
    collected: viewerDid(post).kept,
    playlistId: post.collection?.id ?? '',
    itemCommentStatus: 0,
    takeDown: 0,
    effectStickers: [],
    authorStats: rounded(authorStats(post.author)),
    authorStatsV2: asTexts(authorStats(post.author)),
    privateItem: false,
    duetEnabled: true,
    stitchEnabled: true,
    duetDisplay: 0,
    stitchDisplay: 0,
    shareEnabled: true,
    indexEnabled: true,
    isAd: post.flags.ad,
    ...(post.flags.paidPartnership ? { adAuthorization: true, adLabelVersion: 1 } : {}),
    ...describeAnchors(post),
    IsAigc: post.flags.aiGenerated,
    ...(post.flags.aiGenerated
      ? { aigcLabelType: 1, AIGCDescription: 'Creator labeled as AI-generated' }
      : { AIGCDescription: '' }),
    diversificationLabels: ['Lifestyle'],
    suggestedWords: post.hashtags.slice(0, 3),
    locationCreated: post.country,
    textLanguage: post.language,
    textTranslatable: true,
    CategoryType: 111,
    item_control: { can_repost: true },
  };
}

/** A profile as TikTok's own JSON describes it: `stats` rounded, `statsV2` exact. */
export function describeUser(author: WorldAuthor): Record<string, unknown> {
  return {
    user: { ...describeAuthor(author), region: 'GB', language: 'en' },
    stats: rounded(authorStats(author)),
    statsV2: asTexts(authorStats(author)),
    itemList: [],
  };
}

/** A comment as TikTok's own JSON describes it. */
export function describeComment(comment: WorldComment, post: WorldPost) {
  return {
    cid: comment.id,
    aweme_id: post.id,
    text: comment.text,
    create_time: comment.createdAt,
    digg_count: comment.likes,
    reply_comment_total: comment.replies,
    reply_id: comment.parent ?? '0',
    reply_to_reply_id: '0',
    comment_language: 'en',
    stick_position: 0,
    user_digged: 1,
    is_author_digged: comment.likes % 5 === 0,
    author_pin: false,
    share_info: {
      url: `https://m.tiktok.com/v/${post.id}.html?_d=planted&comment_author_id=${comment.author.uid}&share_comment_id=${comment.id}`,
      title: post.caption,
    },
    user: {
      uid: comment.author.uid,
      unique_id: comment.author.handle,
      nickname: comment.author.name,
      sec_uid: comment.author.secUid,
    },
  };
}

/** A live room with its owner, as live pages and their own JSON describe it. */
export function describeLiveRoom(author: WorldAuthor): Record<string, unknown> {
  const { live } = author;
  return {
    user: {
      id: author.uid,
      nickname: author.name,
      secUid: author.secUid,
      uniqueId: author.handle,
      secret: false,
      verified: author.verified,
      roomId: live?.roomId ?? '',
      signature: author.signature,
      status: live ? 2 : 4,
      followStatus: 1,
    },
    stats: { followingCount: author.following, followerCount: author.followers },
    liveRoom: {
      title: live?.title ?? '',
      startTime: live?.startedAt ?? 0,
      status: live ? 2 : 4,
      liveRoomMode: 0,
      liveRoomStats: { enterCount: (live?.viewers ?? 0) * 9, userCount: live?.viewers ?? 0 },
    },
  };
}

/** The embedded block of a page. Its first scope holds the researcher's own account, as on every page one is logged in to. */
export function rehydrationData(world: World, scope: Record<string, unknown>): Record<string, unknown> {
  return {
    __DEFAULT_SCOPE__: {
      'webapp.app-context': appContext(world),
      'webapp.biz-context': { os: 'linux', isMobile: false },
      'webapp.i18n-translation': {},
      // Ids of experiments, not of videos: a trap for careless readers.
      'seo.abtest': { canonical: '', vidList: ['70405643', '71057832', '71200802'] },
      ...scope,
      'webapp.a-b': {},
    },
  };
}
