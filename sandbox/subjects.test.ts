import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { ask } from './test-client.ts';
import { createWorld } from './world/world.ts';

const world = createWorld();
const { tiktok, douyin } = world.ids;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

describe('comments, subjects and the shop', () => {
  const read = async (address: string): Promise<Record<string, unknown>> =>
    JSON.parse((await ask(sandbox.port, address, { method: address.includes('pack/h5') ? 'POST' : 'GET' })).text);
  it('comments have as many answers as they say, on both platforms', async () => {
    for (const [id, host, path] of [
      [tiktok.video, 'www.tiktok.com', '/api'],
      [douyin.video, 'www.douyin.com', '/aweme/v1/web'],
    ] as const) {
      for (const comment of world.post(id)?.comments ?? []) {
        const answer = await read(
          `https://${host}${path}/comment/list/reply/?item_id=${id}&comment_id=${comment.id}&count=20&cursor=0`,
        );
        const replies = answer['comments'];
        expect(replies).toHaveLength(comment.replies);
        if (comment.replies > 0) expect(replies).toContainEqual(expect.objectContaining({ reply_id: comment.id }));
      }
    }
  });
  it('every kind of subject describes itself', async () => {
    expect(await read('https://www.tiktok.com/api/challenge/detail/?challengeName=cycling')).toMatchObject({
      challengeInfo: { challenge: { title: 'cycling' } },
    });
    expect(await read(`https://www.tiktok.com/api/music/detail/?musicId=${tiktok.music}`)).toMatchObject({
      musicInfo: { music: { id: tiktok.music } },
    });
    expect(await read(`https://www.tiktok.com/api/mix/detail/?mixId=${tiktok.playlist}`)).toMatchObject({
      mixInfo: { videoCount: 8 },
    });
    expect(await read('https://www.tiktok.com/api/search/user/full/?keyword=marina')).toMatchObject({
      user_list: [{ user_info: { unique_id: 'marina.bakes' } }],
    });
    expect(await read(`https://www.tiktok.com/api-live/user/room/?uniqueId=${tiktok.liveAuthor}`)).toMatchObject({
      data: { liveRoom: { status: 2 } },
    });
    const mix = await read(`https://www.douyin.com/aweme/v1/web/mix/aweme/?mix_id=${douyin.mix}`);
    expect(mix['aweme_list']).toHaveLength(8);
    const pack = `https://haohuo.jinritemai.com/aweme/v2/shop/promotion/pack/h5/?product_id=${douyin.product}`;
    expect(await read(pack)).toMatchObject({
      promotion_h5: { basic_info_data: { price_info: { price: { min_price: 7200 } } } },
    });
  });
  it('a search that streams gives its pieces after their lengths', async () => {
    const { bytes } = await ask(
      sandbox.port,
      'https://www.douyin.com/aweme/v1/web/general/search/stream/?keyword=木工',
    );
    const end = bytes.indexOf('\r\n');
    const length = Number.parseInt(bytes.subarray(0, end).toString(), 16);
    expect(JSON.parse(bytes.subarray(end + 2, end + 2 + length).toString())).toHaveProperty('data');
    expect(bytes.subarray(end + 2 + length, end + 4 + length).toString()).toBe('\r\n');
  });
  it('pages and lists carry what a reader must take out', async () => {
    const { viewer } = world;
    const video = (await ask(sandbox.port, `https://www.tiktok.com/@a/video/${tiktok.video}`)).text;
    for (const planted of [viewer.handle, viewer.secUid, viewer.msToken, viewer.deviceId])
      expect(video).toContain(planted);
    const list = (await ask(sandbox.port, 'https://www.tiktok.com/api/recommend/item_list/?count=16')).text;
    expect(list).toMatch(/"digged":true/);
    expect(list).toMatch(/"collected":true/);
    expect((await ask(sandbox.port, 'https://www.douyin.com/aweme/v1/web/tab/feed/?count=16')).text).toMatch(
      /iid=MS4wPlanted/,
    );
  });
});
