import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Http } from '../lib/core/ports.ts';
import type { EntityRef } from '../lib/core/ref.ts';
import { tikhub } from '../lib/providers/tikhub.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import type { TestAnswer } from './test-client.ts';
import { ask } from './test-client.ts';
import { plantedCacheUrl } from './tikhub.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const parse = (answer: TestAnswer): Record<string, unknown> => JSON.parse(answer.text);

function call(path: string, parameters: Record<string, string>, key?: string): Promise<TestAnswer> {
  const query = new URLSearchParams(parameters).toString();
  return ask(sandbox.port, `https://api.tikhub.dev/api/v1/${path}?${query}`, {
    headers: { authorization: `Bearer ${key ?? sandbox.credentials.tikhub.apiKey}` },
  });
}

describe('TikHub', () => {
  it('answers in its envelope, with the public address of the cached answer', async () => {
    const { video } = sandbox.world.ids.tiktok;
    const answer = parse(await call('tiktok/app/v3/fetch_one_video', { aweme_id: video }));
    expect(answer).toMatchObject({
      code: 200,
      cache_url: plantedCacheUrl,
      params: { aweme_id: video },
      data: { aweme_detail: { aweme_id: video }, status_code: 0 },
    });
    expect(sandbox.calls).toMatchObject([{ api: 'tikhub', host: 'api.tikhub.dev', verdict: 'ok', itemId: video }]);
  });

  it('refuses with the status and the words of its server', async () => {
    const wrong = await call('tiktok/app/v3/fetch_one_video', { aweme_id: '1' }, 'other');
    expect([wrong.status, parse(wrong)]).toMatchObject([401, { detail: { code: 401 } }]);
    const empty = await call('tiktok/app/v3/fetch_one_video', {});
    expect([empty.status, parse(empty)]).toMatchObject([422, { detail: [{ loc: ['query', 'aweme_id'] }] }]);
    const many = await call('douyin/app/v3/fetch_user_post_videos', { sec_user_id: 'x', count: '21' });
    expect(many.status).toBe(422);
    const none = await call('tiktok/nothing', {});
    expect([none.status, parse(none)]).toEqual([404, { detail: 'Not Found' }]);
    expect(sandbox.calls.map(({ verdict }) => verdict)).toEqual([
      'wrong_key',
      'missing_parameter',
      'bad_parameter',
      'unknown_api',
    ]);
  });

  it('charges a wrong id, and answers it within', async () => {
    const { missing, withdrawn } = sandbox.world.ids.tiktok;
    const post = (id: string): Promise<TestAnswer> => call('tiktok/app/v3/fetch_one_video', { aweme_id: id });
    expect(parse(await post(missing))).toMatchObject({ code: 200, data: { aweme_detail: null } });
    expect(parse(await post(withdrawn))).toMatchObject({
      data: { filter_detail: { filter_reason: 'status_deleted' } },
    });
    const nobody = await call('tiktok/app/v3/fetch_user_post_videos', { unique_id: 'nobody.at.all' });
    expect(parse(nobody)).toMatchObject({ code: 200, data: { status_code: 5 } });
  });

  it.each([
    [{ kind: 'rate_limit', retryAfter: 3 }, 429],
    [{ kind: 'quota' }, 402],
    [{ kind: 'code', code: '403' }, 403],
    [{ kind: 'code', code: '4711' }, 200],
    [{ kind: 'status', status: 502 }, 502],
  ] as const)('has the fault %j on demand', async (fault, status) => {
    sandbox.setFault('tikhub', fault, 1);
    const aweme_id = sandbox.world.ids.tiktok.video;
    expect((await call('tiktok/app/v3/fetch_one_video', { aweme_id })).status).toBe(status);
    expect((await call('tiktok/app/v3/fetch_one_video', { aweme_id })).status).toBe(200);
    expect(sandbox.calls[0]).toMatchObject({ checked: 'ok' });
  });
});

describe('the extension’s provider', () => {
  const http: Http = async ({ method, url, headers }) => {
    const answer = await ask(sandbox.port, url, { method, headers: { ...headers } });
    return { status: answer.status, headers: {}, body: answer.bytes, receivedAt: Date.now() };
  };
  const context = () => ({
    http,
    now: () => Date.now(),
    credential: { ...sandbox.credentials.tikhub, region: 'io', market: 'US' },
    token: null,
    fresh: false,
    reportQuota: () => undefined,
  });

  it.each(['tiktok', 'douyin'] as const)('reads posts of %s', async (platform) => {
    for (const post of sandbox.world.postsOf(platform).slice(0, 20)) {
      if (post.status !== 'normal') continue;
      const ref: EntityRef = { platform, kind: 'post', id: post.id };
      const answer = await tikhub.capabilities['post.get']?.get(context(), ref);
      expect(answer?.records[0]).toMatchObject({
        platform,
        post_id: post.id,
        like_count: post.counts.likes,
        view_count: post.counts.plays,
      });
      expect(JSON.stringify(answer)).not.toMatch(/cache\.tikhub|planted-cache/u);
    }
  });

  it('reads products of its market, and says so of others', async () => {
    const { product } = sandbox.world.ids.tiktok;
    const ref: EntityRef = { platform: 'tiktok', kind: 'product', id: product };
    const get = tikhub.capabilities['product.get']?.get;
    const answer = await get?.(context(), ref);
    expect(answer?.records[0]).toMatchObject({
      record_type: 'product',
      product_id: product,
      price_minor: sandbox.world.product(product)?.priceMinor,
    });
    const elsewhere = { ...context(), credential: { ...context().credential, market: 'MY' } };
    await expect(get?.(elsewhere, ref)).rejects.toMatchObject({
      code: 'not_found',
      details: { advice: 'error_tikhub_market', parameters: ['MY'] },
    });
  });

  it.each(['tiktok', 'douyin'] as const)('reads an author’s posts of %s to the end', async (platform) => {
    const author = sandbox.world.postsOf(platform)[0]?.author;
    const subject: EntityRef = {
      platform,
      kind: 'author',
      id: (platform === 'tiktok' ? author?.handle : author?.secUid) ?? '',
    };
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { records: readonly { record_type: string }[]; cursor: string | null } | undefined =
        await tikhub.capabilities['post.list']?.list(context(), { platform, subject, query: {} }, cursor);
      for (const record of page?.records ?? [])
        if (record.record_type === 'post' && 'post_id' in record) ids.push(String(record.post_id));
      cursor = page?.cursor ?? null;
    } while (cursor !== null && ids.length < 500);
    const all = sandbox.world.postsOf(platform).filter((post) => post.author === author && post.status === 'normal');
    expect([...ids].sort()).toEqual(all.map(({ id }) => id).sort());
  });
});
