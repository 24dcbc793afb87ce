import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Http } from '../lib/core/ports.ts';
import { oembed } from '../lib/providers/oembed.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { ask } from './test-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const oembedOf = (address: string) =>
  ask(sandbox.port, `https://www.tiktok.com/oembed?url=${encodeURIComponent(address)}`);

describe('TikTok’s oEmbed', () => {
  it('answers about a post, also under an address without its author; the rest of the host are pages', async () => {
    const { video } = sandbox.world.ids.tiktok;
    const answer = await oembedOf(`https://www.tiktok.com/@/video/${video}`);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { embed_product_id: video, version: '1.0' }]);
    expect(sandbox.calls).toMatchObject([{ api: 'oembed', verdict: 'ok', itemId: video, headers: { cookie: null } }]);
    expect((await ask(sandbox.port, 'https://www.tiktok.com/explore')).status).toBe(200);
    expect(sandbox.calls).toHaveLength(1);
    expect(sandbox.pageRequests).toHaveLength(1);
  });

  it.each([
    ['a missing post', (): string => `https://www.tiktok.com/@/video/${sandbox.world.ids.tiktok.missing}`, 'not_found'],
    [
      'a withdrawn post',
      (): string => `https://www.tiktok.com/@/video/${sandbox.world.ids.tiktok.withdrawn}`,
      'not_found',
    ],
    ['a post of Douyin', (): string => `https://www.tiktok.com/@/video/${sandbox.world.ids.douyin.video}`, 'not_found'],
    ['another site', (): string => 'https://evil.test/@a/video/7410000000000000001', 'bad_parameter'],
    ['nothing', (): string => '', 'bad_parameter'],
  ])('has nothing of %s', async (_name, address, verdict) => {
    expect((await oembedOf(address())).status).toBe(400);
    expect(sandbox.calls.at(-1)?.verdict).toBe(verdict);
  });

  it('has faults on demand', async () => {
    const address = `https://www.tiktok.com/@/video/${sandbox.world.ids.tiktok.video}`;
    sandbox.setFault('oembed', { kind: 'rate_limit', retryAfter: 5 }, 1);
    const refused = await oembedOf(address);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '5']);
    sandbox.setFault('oembed', { kind: 'wrong_item' }, 1);
    expect(JSON.parse((await oembedOf(address)).text)).not.toMatchObject({
      embed_product_id: sandbox.world.ids.tiktok.video,
    });
    sandbox.setFault('oembed', { kind: 'truncated' }, 1);
    const cut = await oembedOf(address);
    expect(() => JSON.parse(cut.text)).toThrow(SyntaxError);
  });

  it('is understood by the extension’s provider', async () => {
    const http: Http = async ({ method, url, headers }) => {
      const answer = await ask(sandbox.port, url, { method, headers: { ...headers } });
      return { status: answer.status, headers: {}, body: answer.bytes, receivedAt: Date.now() };
    };
    const context = {
      http,
      now: () => Date.now(),
      credential: {},
      token: null,
      fresh: false,
      reportQuota: () => undefined,
    };
    for (const post of sandbox.world.postsOf('tiktok').slice(0, 20)) {
      if (post.status !== 'normal') continue;
      const ref = { platform: 'tiktok', kind: 'post', id: post.id } as const;
      const answer = await oembed.capabilities['post.get']?.get(context, ref);
      expect(answer?.records[0]).toMatchObject({
        post_id: post.id,
        caption: post.caption || null,
        author_handle: post.author.handle,
        like_count: null,
      });
    }
  });
});
