import type { WorldPost } from './types.ts';

/**
 * The `item` of the gateway's item_get_video: no counts, no time; the detail address carries the
 * tracking parameters did, iid and u_code.
 */
export function describeVideo(post: WorldPost, inEnglish: boolean): Record<string, unknown> {
  const tracking = new URLSearchParams({
    region: '',
    mid: post.music.id,
    u_code: '0',
    did: post.author.secUid,
    iid: post.author.secUid,
    with_sec_did: '1',
    titleType: 'title',
  });
  const stream = `v0200fg10000${post.id.slice(-12)}`;
  return {
    num_iid: post.id,
    detail_url: `https://www.iesdouyin.com/share/video/${post.id}/?${tracking.toString()}`,
    title: inEnglish && post.captionInEnglish !== null ? post.captionInEnglish : post.caption,
    type: post.kind === 'photo' ? 'image' : 'video',
    nick: post.author.name,
    signature: post.author.signature,
    uid: post.author.uid,
    short_id: post.author.shortId,
    video:
      post.kind === 'photo'
        ? { url: '', url_raw: '', pic_url: coverUrl(post) }
        : {
            url: `https://aweme.snssdk.com/aweme/v1/playwm/?video_id=${stream}&ratio=720p&line=0`,
            url_raw: `https://aweme.snssdk.com/aweme/v1/play/?video_id=${stream}&ratio=720p&line=0`,
            pic_url: coverUrl(post),
          },
    music: {
      title: post.music.title,
      nick: post.music.author,
      url: `https://sf6-cdn-tos.douyinstatic.com/obj/ies-music/${post.music.id}.mp3`,
      pic_url: `https://p3.douyinpic.com/sandbox/music-${post.music.id}.jpeg`,
    },
    item_imgs: Array.from({ length: post.imageCount }, (_unused, index) => ({
      url: `https://p3-sign.douyinpic.com/sandbox/${post.id}-${index + 1}.webp?x-expires=${post.createdAt + 1_209_600}`,
    })),
  };
}

function coverUrl(post: WorldPost): string {
  return `https://p6-sign.douyinpic.com/sandbox/${post.id}.jpeg?x-expires=${post.createdAt + 1_209_600}&from=4257465056_large`;
}
