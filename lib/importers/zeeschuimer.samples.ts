/** Files of Zeeschuimer's as its source writes them, about invented people. */

export const collectedAt = Date.UTC(2026, 8, 1, 12, 30, 15, 250);
const secUid = 'MS4wLjABAAAAinventedBaker0000000000000000000000000000000';
/** What names whoever collected; nothing of it may stay. */
export const secret = 'SECRETOFWHOEVERCOLLECTED';

type Json = Readonly<Record<string, unknown>>;

export interface Envelope extends Json {
  readonly item_id: string;
  readonly data: Json;
}

/** One line, its keys in Zeeschuimer's order. */
export function envelope(platform: string, data: Json, id: number, change: Json = {}): Envelope {
  const host = platform === 'douyin.com' ? 'www.douyin.com' : 'www.tiktok.com';
  return {
    nav_index: '1:7:NaN',
    item_id: String(data['id']),
    timestamp_collected: collectedAt + id,
    last_updated: collectedAt + id,
    source_platform: platform,
    source_platform_url: `https://${host}/search${host === 'www.douyin.com' ? '/rye%20bread' : ''}?q=rye%20bread&msToken=${secret}`,
    source_url: `https://${host}/api/search/?msToken=${secret}&device_id=1&verifyFp=${secret}`,
    user_agent: `Mozilla/5.0 (${secret}) Firefox/142.0`,
    data,
    id,
    ...change,
  };
}

const author = {
  id: '6900000000000000001',
  uniqueId: 'invented.baker',
  nickname: 'Invented Baker 🍞',
  secUid,
  signature: 'I bake\u2028twice',
  avatarThumb: 'https://p16-sign-va.tiktokcdn.com/invented/thumb.jpeg',
  verified: false,
  relation: 2,
};
const music = {
  id: '7300000000000000009',
  title: 'original sound',
  authorName: 'Invented Baker',
  original: true,
  duration: 61,
  playUrl: 'https://sf16-ies-music-va.tiktokcdn.com/obj/invented.mp3',
};
const stats = {
  diggCount: 412_900,
  shareCount: 66_900,
  commentCount: 7800,
  playCount: 9_000_000,
  collectCount: '40700',
};

export const tiktokVideo: Json = {
  id: '7440000000000000001',
  desc: 'Rye bread in a cast-iron pot #rye @invented.friend 穿搭',
  createTime: 1_732_300_000,
  author,
  authorStats: { followerCount: 807_200, diggCount: 1642, videoCount: 234, heartCount: 5_800_000, followingCount: 39 },
  music,
  stats,
  statsV2: {
    playCount: '9024473',
    diggCount: '412902',
    commentCount: '7800',
    shareCount: '66869',
    collectCount: '40720',
  },
  challenges: [{ id: '1600000000000001', title: 'rye', desc: '' }],
  textExtra: [
    { hashtagName: 'rye', hashtagId: '', type: 1 },
    { hashtagName: '', userUniqueId: 'invented.friend', type: 0 },
  ],
  video: {
    id: '7440000000000000001',
    duration: 61,
    width: 576,
    height: 1024,
    cover: 'https://p16-sign-va.tiktokcdn.com/invented/cover.jpeg?x-expires=1800000000',
    shareCover: ['', 'https://p16-sign-va.tiktokcdn.com/invented/share.jpeg'],
    playAddr: `https://v16-webapp-prime.tiktok.com/invented.mp4?tk=tt_chain_token&msToken=${secret}&x-expires=1`,
    downloadAddr: 'https://v16-webapp-prime.tiktok.com/invented-download.mp4',
  },
  anchors: [
    {
      id: '2',
      type: 35,
      keyword: 'basket',
      extra: '[{"extra":"{\\"product_id\\":1729000000000000001,\\"seller_id\\":7490000000000000001}"}]',
    },
  ],
  duetInfo: { duetFromId: '0' },
  effectStickers: [{ ID: '1', name: 'Glow' }],
  stickersOnItem: [{ stickerText: ['Wait for it'], stickerType: 4 }],
  isAd: false,
  digged: true,
  collected: true,
  privateItem: false,
};

export const tiktokPhoto: Json = {
  id: '7440000000000000002',
  desc: 'Eleven pictures',
  createTime: 1_732_400_000,
  author,
  music,
  stats: { diggCount: 86_500, shareCount: 17_200, commentCount: 262, playCount: 1_700_000 },
  imagePost: {
    images: [{ imageURL: { urlList: ['https://p16-sign.tiktokcdn-us.com/invented/1.jpeg'] } }],
    cover: { imageURL: { urlList: ['https://p16-sign.tiktokcdn-us.com/invented/0.jpeg'] } },
  },
  video: { duration: 0, width: 0, height: 0, cover: 'https://p16-sign.tiktokcdn-us.com/invented/1.jpeg' },
};

/** Of 2021: the author is the handle, its other fields beside it. */
export const tiktokOld: Json = {
  id: '6940000000000000003',
  desc: '',
  createTime: '1616000000',
  author: 'invented.baker',
  nickname: 'Invented Baker',
  authorId: '6900000000000000001',
  authorSecId: secUid,
  music,
  stats,
  video: { duration: 12, cover: 'https://p16.tiktokcdn.com/old.jpeg' },
};

function commentUser(uid: string, handle: string): Json {
  return {
    uid,
    unique_id: handle,
    nickname: `Invented ${handle}`,
    sec_uid: secUid,
    avatar_thumb: { url_list: ['https://p16-sign-va.tiktokcdn.com/invented/g.jpeg'] },
    follow_status: 1,
  };
}

function comment(cid: string, change: Json): Json {
  return {
    cid,
    aweme_id: '7440000000000000001',
    text: 'Lovely crust',
    create_time: 1_732_300_600,
    digg_count: 12,
    reply_comment: null,
    reply_comment_total: 0,
    reply_id: '0',
    reply_to_reply_id: '0',
    is_author_digged: false,
    user_digged: 1,
    author_pin: false,
    stick_position: 0,
    comment_language: 'en',
    share_info: {
      url: `https://m.tiktok.com/v/7440000000000000001.html?_d=${cid}&u_code=${secret}`,
      title: 'Rye bread in a cast-iron pot',
      desc: 'x',
    },
    user: commentUser('6900000000000000004', 'invented.guest'),
    ...change,
    id: cid,
  };
}

const reply = comment('7440000000000000102', {
  text: 'Thank you',
  reply_id: '7440000000000000101',
  user: commentUser('6900000000000000001', 'invented.baker'),
});

export const tiktokComments: readonly Json[] = [
  comment('7440000000000000101', { reply_comment: [reply], reply_comment_total: 2, author_pin: true }),
  comment('7440000000000000103', { text: 'And you', reply_id: '7440000000000000101', stick_position: 1 }),
  comment('7440000000000000104', { text: '' }),
];

const douyinAuthor = {
  uid: '88001122334',
  sec_uid: 'MS4wLjABAAAAinventedHill00000000000000000000000000000000',
  nickname: '山野笔记',
  avatar_thumb: { url_list: ['https://p3-pc.douyinpic.com/invented/avatar.jpeg'] },
  follow_status: 2,
};

export const douyinApi: Json = {
  aweme_id: '7401122334455667788',
  desc: '山里的早晨 #露水',
  create_time: 1_723_200_100,
  aweme_type: 0,
  group_id: '7401122334455667788',
  author_user_id: 3_782_049_871_233_467,
  author: douyinAuthor,
  statistics: { digg_count: 6632, comment_count: 859, share_count: 259, collect_count: 511, play_count: 0 },
  text_extra: [
    { type: 1, hashtag_name: '露水', hashtag_id: '1600000000000007', start: 6, end: 9 },
    { type: 0, sec_uid: 'MS4wLjABAAAAinventedFriend000000000000000000000000000000' },
  ],
  video_tag: [{ tag_id: 2003, tag_name: '随拍', level: 1 }],
  music: {
    // As a browser wrote it: the last digits are those of a double.
    id: 7_401_122_300_000_000_000,
    id_str: '7401122300000000123',
    mid: '7401122300000000123',
    title: '@山野笔记创作的原声',
    author: '山野笔记',
    play_url: { uri: 'https://sf5-hl-cdn-tos.douyinstatic.com/obj/1.mp3', url_list: [] },
  },
  video: {
    duration: 96_434,
    width: 720,
    height: 1280,
    cover: { url_list: ['https://p3-pc.douyinpic.com/invented/cover.jpeg'] },
    bit_rate: [
      { bit_rate: 1_200_000, play_addr: { url_list: ['https://v3-web.douyinvod.com/invented.mp4'] } },
      { bit_rate: 800_000, play_addr: { url_list: ['https://v3-web.douyinvod.com/small.mp4'] } },
    ],
  },
  mix_info: { mix_id: '7300000000000000055', mix_name: '四季', statis: { current_episode: 3 } },
  images: null,
  prevent_download: false,
  user_digged: 1,
  share_info: { share_url: `https://www.iesdouyin.com/share/video/7401122334455667788/?u_code=${secret}&did=1` },
  id: '7401122334455667788',
  ZS_collected_from_mix: true,
  ZS_first_mix_vid: false,
};

export const douyinEmbed: Json = {
  awemeId: '7401122334455660002',
  groupId: '7401122334455660002',
  desc: '茶',
  createTime: 1_723_300_100,
  requestTime: 1_723_300_200_000,
  authorUserId: 88_001_122_334,
  authorInfo: {
    uid: '88001122334',
    secUid: douyinAuthor.sec_uid,
    nickname: '山野笔记',
    avatarThumb: { urlList: ['https://p3-pc.douyinpic.com/invented/avatar.jpeg'] },
    isAdFake: false,
  },
  stats: {
    diggCount: 77,
    commentCount: 5,
    shareCount: 2,
    collectCount: 9,
    playCount: 0,
    downloadCount: 0,
    forwardCount: 0,
  },
  textExtra: [],
  videoTag: [],
  video: {
    duration: 15_000,
    width: 720,
    height: 1280,
    cover: '//p3-pc.douyinpic.com/invented/tea.jpeg',
    bitRateList: [{ bitRate: 900_000, playApi: '://www.douyin.com/aweme/v1/play/?video_id=1' }],
  },
  download: { prevent: true, allowDownload: false },
  music: '$undefined',
  mixInfo: { mixId: '$undefined', mixName: '$undefined', currentEpisode: '$undefined' },
  cellRoom: '$undefined',
  userDigged: 0,
  id: '7401122334455660002',
  ZS_collected_from_embed: true,
};

const room = {
  id_str: '7532000000000000003',
  status: 2,
  title: '山里直播',
  create_time: 1_723_400_000,
  user_count_str: '1.2万',
  stats: { total_user: 30_000, user_count_str: '1.2万', like_count: 1200 },
  stream_url: { flv_pull_url: { FULL_HD1: 'http://pull-flv-l1.douyincdn.com/invented.flv' } },
  owner: { ...douyinAuthor, id_str: '88001122334', web_rid: '123456789' },
  video_feed_tag: '直播中',
};

/** A live room among the posts of a feed, with its room as JSON in a text. */
export const douyinStream: Json = {
  aweme_id: '7532000000000000101',
  desc: '',
  create_time: 1_723_400_001,
  group_id: '7532000000000000101',
  aweme_type: 101,
  author: douyinAuthor,
  statistics: { digg_count: 0 },
  text_extra: null,
  video_tag: null,
  video: {},
  cell_room: { rawdata: JSON.stringify(room), type: 3 },
  id: '7532000000000000101',
};

/** The same where nothing but the room says anything. */
export const douyinBareStream: Json = {
  aweme_id: '7532000000000000102',
  group_id: '7532000000000000102',
  rawdata: JSON.stringify({ ...room, id_str: '7532000000000000004', owner: { ...room.owner, web_rid: '123456780' } }),
  text_extra: null,
  video_tag: null,
  id: '7532000000000000102',
};

export const douyinEmbeddedStream: Json = {
  awemeId: '7532000000000000103',
  groupId: '7532000000000000103',
  desc: '$undefined',
  requestTime: 1_723_500_000_000,
  authorInfo: '$undefined',
  video: '$undefined',
  stats: '$undefined',
  textExtra: [],
  videoTag: [],
  cellRoom: { rawdata: { ...room, id_str: '7532000000000000005', owner: { ...room.owner, web_rid: '123456781' } } },
  id: '7532000000000000103',
  ZS_collected_from_embed: true,
};

function fileOf(platform: string, items: readonly Json[], change?: Json): readonly Envelope[] {
  return items.map((data, index) => envelope(platform, data, index + 1, change));
}

/** By platform, as Zeeschuimer exports them: a file each. */
export const zeeschuimerFiles: Readonly<Record<'tiktok.com' | 'tiktok-comments' | 'douyin.com', readonly Envelope[]>> =
  {
    'tiktok.com': fileOf('tiktok.com', [tiktokVideo, tiktokPhoto, tiktokOld]),
    'tiktok-comments': fileOf('tiktok-comments', tiktokComments),
    'douyin.com': fileOf('douyin.com', [douyinApi, douyinEmbed, douyinStream, douyinBareStream, douyinEmbeddedStream]),
  };

/** Lines with a line feed after each, as a file has them. */
export function ndjsonOf(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
