/**
 * TikTok's embed pages (`__FRONTITY_CONNECT_STATE__`, yt-dlp 2026-08): the same facts as in web items, under other names.
 * None was captured, so every field may be missing.
 */
import { at, isObject, type JsonObject, listOf } from './reading.ts';

/** `videoData` of `/embed/v2/ID` as a web item. */
export function itemOfVideoData(data: unknown): JsonObject | null {
  const infos = at(data, 'itemInfos');
  if (!isObject(infos)) return null;
  const author = at(data, 'authorInfos');
  const music = at(data, 'musicInfos');
  const meta = at(infos, 'video', 'videoMeta');
  return {
    id: infos['id'],
    desc: infos['text'],
    createTime: infos['createTime'],
    author: {
      id: at(author, 'userId') ?? infos['authorId'],
      uniqueId: at(author, 'uniqueId'),
      nickname: at(author, 'nickName'),
      secUid: at(author, 'secUid'),
      verified: at(author, 'verified'),
      signature: at(author, 'signature'),
      avatarThumb: at(author, 'covers', 0),
    },
    music: {
      id: at(music, 'musicId') ?? infos['musicId'],
      title: at(music, 'musicName'),
      authorName: at(music, 'authorName'),
      original: at(music, 'original'),
    },
    challenges: listOf(at(data, 'challengeInfoList')).map((tag) => ({
      id: at(tag, 'challengeId'),
      title: at(tag, 'challengeName'),
    })),
    video: {
      width: at(meta, 'width'),
      height: at(meta, 'height'),
      duration: at(meta, 'duration'),
      cover: at(infos, 'covers', 0),
    },
    stats: infos,
  };
}

/** An entry of `videoList` of `/embed/@USER` as a web item. */
export function itemOfVideoList(entry: unknown, user: unknown): JsonObject | null {
  if (!isObject(entry)) return null;
  const { id, uniqueId, nickname, secUid, verified, signature } = isObject(user) ? user : {};
  return {
    id: entry['id'],
    desc: entry['desc'],
    createTime: entry['createTime'],
    privateItem: entry['privateItem'],
    author: { id, uniqueId, nickname, secUid, verified, signature },
    video: { cover: entry['coverUrl'], playAddr: entry['playAddr'] },
    stats: entry,
  };
}
