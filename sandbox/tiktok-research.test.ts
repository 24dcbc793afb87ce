import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { AppError } from '../lib/core/errors.ts';
import type { Http } from '../lib/core/ports.ts';
import type { AnyRecord } from '../lib/core/record.ts';
import type { EntityRef } from '../lib/core/ref.ts';
import type { ListCapability, ProviderPage, Query } from '../lib/providers/provider.ts';
import { tiktokResearch } from '../lib/providers/tiktok-research.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import type { TestAnswer } from './test-client.ts';
import { ask } from './test-client.ts';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.close());

const host = 'https://open.tiktokapis.com';
type Json = Record<string, unknown>;

async function askToken(change: Record<string, string> = {}): Promise<TestAnswer> {
  const { clientKey, clientSecret } = sandbox.credentials.tiktokResearch;
  const form = { client_key: clientKey, client_secret: clientSecret, grant_type: 'client_credentials', ...change };
  return ask(sandbox.port, `${host}/v2/oauth/token/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
}

async function newToken(): Promise<string> {
  const { access_token: token }: Json = JSON.parse((await askToken()).text);
  return String(token);
}

async function call(path: string, fields: string, body: string | Json, authorization?: string): Promise<TestAnswer> {
  return ask(sandbox.port, `${host}/v2/research/${path}/?fields=${fields}`, {
    method: 'POST',
    headers: { authorization: authorization ?? `Bearer ${await newToken()}`, 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

function errorOf(answer: TestAnswer): Json {
  return (JSON.parse(answer.text) as { error: Json }).error;
}

function dataOf(answer: TestAnswer): Json & { videos: Json[] } {
  return (JSON.parse(answer.text) as { data: Json & { videos: Json[] } }).data;
}

const october = { start_date: '20261001', end_date: '20261030' };
const keyword = (...values: string[]): Json => ({
  query: { and: [{ operation: values.length > 1 ? 'IN' : 'EQ', field_name: 'keyword', field_values: values }] },
});
const anyCountry = {
  query: { and: [{ operation: 'IN', field_name: 'region_code', field_values: ['GB', 'SE', 'AE', 'DE', 'US'] }] },
};

describe('the token', () => {
  it('is given to who knows key and secret, for the one grant', async () => {
    expect(JSON.parse((await askToken()).text)).toMatchObject({ expires_in: 7200, token_type: 'Bearer' });
    for (const change of [{ client_key: 'x' }, { client_secret: 'x' }] as Record<string, string>[]) {
      const refused = await askToken(change);
      expect(refused.status).toBe(401);
      expect(JSON.parse(refused.text)).toMatchObject({ error: 'invalid_client' });
    }
    expect(sandbox.calls.map(({ verdict, api }) => [api, verdict])).toEqual([
      ['tiktok-research', 'ok'],
      ['tiktok-research', 'wrong_key'],
      ['tiktok-research', 'wrong_secret'],
    ]);
  });

  it('is asked for by every call', async () => {
    for (const authorization of ['', 'Bearer clt.invented', await newToken()]) {
      const refused = await call('video/query', 'id', { ...keyword('x'), ...october }, authorization);
      expect([refused.status, errorOf(refused)['code']]).toEqual([401, 'access_token_invalid']);
    }
  });

  it('a fault of the API leaves it alone, one that is aimed at it does not', async () => {
    sandbox.setFault('tiktok-research', { kind: 'code', code: 'internal_error' });
    expect((await askToken()).status).toBe(200);
    sandbox.setFault('tiktok-research', { kind: 'code', code: 'unauthorized_client', itemId: 'token' }, 1);
    expect(JSON.parse((await askToken()).text)).toMatchObject({ error: 'unauthorized_client' });
  });
});

describe('video/query', () => {
  it.each([
    ['no condition', { query: { and: [] }, ...october }],
    ['no query', october],
    ['no dates', keyword('x')],
    ['more than 30 days', { ...keyword('x'), start_date: '20260930', end_date: '20261031' }],
    ['an end before the start', { ...keyword('x'), start_date: '20261002', end_date: '20261001' }],
    ['a day that does not exist', { ...keyword('x'), start_date: '20260231', end_date: '20260301' }],
    [
      'a name of the answer',
      { query: { and: [{ operation: 'EQ', field_name: 'id', field_values: ['1'] }] }, ...october },
    ],
    [
      'an operation of nobody',
      { query: { and: [{ operation: 'LIKE', field_name: 'keyword', field_values: ['x'] }] }, ...october },
    ],
    [
      'numbers as values',
      { query: { and: [{ operation: 'EQ', field_name: 'video_id', field_values: [1] }] }, ...october },
    ],
    [
      'EQ with two values',
      { query: { and: [{ operation: 'EQ', field_name: 'keyword', field_values: ['a', 'b'] }] }, ...october },
    ],
    ['too many at once', { ...keyword('x'), ...october, max_count: 101 }],
    ['a page without its search', { ...keyword('x'), ...october, cursor: 100 }],
  ])('refuses %s', async (_name, body) => {
    const refused = await call('video/query', 'id', body);
    expect([refused.status, errorOf(refused)['code']]).toEqual([400, 'invalid_params']);
  });

  it('gives what was asked for only, and ids as bare numbers', async () => {
    const { video } = sandbox.world.ids.tiktok;
    const body = { query: { and: [{ operation: 'EQ', field_name: 'video_id', field_values: [video] }] }, ...october };
    const answer = await call('video/query', 'id,like_count', body);
    expect(answer.text).toContain(`"id":${video}`);
    expect(Object.keys(dataOf(answer).videos[0] ?? {})).toEqual(['id', 'like_count']);
    expect(errorOf(await call('video/query', 'id,nonsense', body))['code']).toBe('invalid_params');
    expect(errorOf(await call('video/query', '', body))['code']).toBe('invalid_params');
  });

  it('evaluates and, or and not', async () => {
    const token = `Bearer ${await newToken()}`;
    const count = async (query: Json): Promise<number> => {
      let found = 0;
      for (let next: Json | null = {}, calls = 0; next !== null && calls < 20; calls += 1) {
        const answer = await call('video/query', 'id', { query, ...october, max_count: 100, ...next }, token);
        if (errorOf(answer)['code'] !== 'ok') continue;
        const { videos, has_more: hasMore, cursor, search_id: search } = dataOf(answer);
        found += videos.length;
        next = hasMore === true ? { cursor, search_id: search } : null;
      }
      return found;
    };
    const gb = { operation: 'EQ', field_name: 'region_code', field_values: ['GB'] };
    const se = { operation: 'EQ', field_name: 'region_code', field_values: ['SE'] };
    const all = await count(anyCountry.query);
    const [one, other] = [await count({ and: [gb] }), await count({ and: [se] })];
    expect(one).toBeGreaterThan(0);
    expect(await count({ and: [gb, se] })).toBe(0);
    expect(await count({ or: [gb, se] })).toBe(one + other);
    expect(await count({ not: [gb] })).toBe(all - one);
  });

  it('pages by search, once not ready, with short pages before the end', async () => {
    const token = `Bearer ${await newToken()}`;
    const page = (more: Json): Promise<TestAnswer> =>
      call('video/query', 'id', { ...anyCountry, ...october, max_count: 100, ...more }, token);
    const first = dataOf(await page({}));
    expect(first).toMatchObject({ has_more: true, cursor: 2, search_id: expect.stringMatching(/^\d{19}$/) });
    expect(first.videos).toHaveLength(2);
    const next = { cursor: 2, search_id: first['search_id'] };
    expect(errorOf(await page(next))).toMatchObject({
      code: 'invalid_params',
      message: expect.stringMatching(/^Search Id/),
    });
    expect(dataOf(await page(next))).toMatchObject({ cursor: 3, has_more: false });
    expect(errorOf(await page({ ...next, search_id: '7' }))['message']).toContain('Search Id 7');
    expect(errorOf(await page({ ...next, ...keyword('other') }))['message']).toContain('Search Id');
  });

  it('leaves out what was withdrawn, and goes on', async () => {
    const post = sandbox.world.post(sandbox.world.ids.tiktok.withdrawn);
    const day = new Date((post?.createdAt ?? 0) * 1000).toISOString().slice(0, 10).replaceAll('-', '');
    const found = dataOf(await call('video/query', 'id', { ...anyCountry, start_date: day, end_date: day }));
    expect(found).toMatchObject({ videos: [], cursor: 1, has_more: false });
  });
});

describe('the other calls', () => {
  it('comments are of a video or the replies to a comment, never of both', async () => {
    const { video } = sandbox.world.ids.tiktok;
    const answer = await call(
      'video/comment/list',
      'id,video_id,parent_comment_id',
      `{"video_id":${video},"max_count":2}`,
    );
    expect(answer.text).toContain(`"video_id":${video}`);
    expect(dataOf(answer)).toMatchObject({ cursor: 2, has_more: true });
    const comment = sandbox.world.post(video)?.comments.find(({ replies }) => replies > 0);
    const replies = await call('video/comment/list', 'id,parent_comment_id', `{"comment_id":${comment?.id ?? ''}}`);
    expect(replies.text).toContain(`"parent_comment_id":${comment?.id ?? '?'}`);
    for (const body of ['{}', `{"video_id":${video},"comment_id":1}`])
      expect(errorOf(await call('video/comment/list', 'id', body))['code']).toBe('invalid_params');
  });

  it('an account that is none is named in a refusal', async () => {
    expect(errorOf(await call('user/info', 'display_name', { username: 'nobody.at.all' }))['message']).toContain(
      'cannot find the user',
    );
  });

  it('unknown paths and bodies that are no JSON are refused', async () => {
    expect(errorOf(await call('video/everything', 'id', {}))['code']).toBe('invalid_params');
    expect(errorOf(await call('user/info', 'display_name', 'username=x'))['code']).toBe('invalid_params');
    expect(sandbox.calls.map(({ verdict }) => verdict)).toEqual(['ok', 'unknown_api', 'ok', 'bad_body']);
  });

  it('the faults that all APIs share', async () => {
    const { video } = sandbox.world.ids.tiktok;
    const body = { query: { and: [{ operation: 'EQ', field_name: 'video_id', field_values: [video] }] }, ...october };
    const token = `Bearer ${await newToken()}`;
    const once = async (fault: Parameters<Sandbox['setFault']>[1]): Promise<TestAnswer> => {
      sandbox.setFault('tiktok-research', fault, 1);
      return call('video/query', 'id', body, token);
    };
    expect((await once({ kind: 'quota' })).status).toBe(429);
    expect((await once({ kind: 'rate_limit', retryAfter: 3 })).headers['retry-after']).toBe('3');
    expect((await once({ kind: 'status', status: 503 })).status).toBe(503);
    expect(errorOf(await once({ kind: 'code', code: 'scope_not_authorized' }))['code']).toBe('scope_not_authorized');
    expect((await once({ kind: 'wrong_item' })).text).not.toContain(video);
    const cut = (await once({ kind: 'truncated' })).text;
    expect(() => void JSON.parse(cut)).toThrow(SyntaxError);
    expect(dataOf(await call('video/query', 'id', body, token)).videos).toHaveLength(1);
  });
});

describe('the provider on the sandbox', () => {
  const http: Http = async ({ url, method, headers, body }) => {
    const answer = await ask(sandbox.port, url, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const kept = Object.entries(answer.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    );
    return { status: answer.status, headers: Object.fromEntries(kept), body: answer.bytes, receivedAt: Date.now() };
  };
  // A day after the newest post of the world.
  const now = Date.UTC(2026, 9, 31);

  async function context() {
    const credential = z.parse(tiktokResearch.credential, sandbox.credentials.tiktokResearch);
    const bare = { http, now: () => now, credential, token: null, fresh: false, reportQuota: () => undefined };
    const tokens = await tiktokResearch.login?.renew(bare, null);
    return { ...bare, token: tokens?.access_token ?? null };
  }

  async function listAll(
    capability: ListCapability,
    subject: EntityRef | null,
    query: Query = {},
  ): Promise<AnyRecord[]> {
    const given = await context();
    const records: AnyRecord[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      try {
        const page: ProviderPage | undefined = await tiktokResearch.capabilities[capability]?.list(
          given,
          { platform: 'tiktok', subject, query },
          cursor,
        );
        records.push(...(page?.records ?? []));
        cursor = page?.cursor ?? null;
      } catch (error) {
        // What the transport does after six seconds.
        if (!(error instanceof AppError) || !error.retryable) throw error;
      }
      pages += 1;
    } while (cursor !== null && pages < 200);
    return records;
  }

  const idsOf = (records: readonly AnyRecord[]): string[] =>
    records.flatMap((record) => (record.record_type === 'post' ? [record.post_id] : []));

  it('finds every video of half a year once, and none that was withdrawn', async () => {
    const from = Date.UTC(2026, 4, 1) / 1000;
    const expected = sandbox.world
      .postsOf('tiktok')
      .filter(({ createdAt, status }) => createdAt >= from && status === 'normal');
    const found = idsOf(await listAll('post.search', null, { region: 'GB,SE,AE,DE,US', start: '2026-05-01' }));
    expect(expected.length).toBeGreaterThan(10);
    expect(found).toEqual(expected.sort((one, other) => other.createdAt - one.createdAt).map(({ id }) => id));
    // The search that was not ready, once.
    expect(sandbox.calls.filter(({ checked }) => checked !== 'ok').map(({ checked }) => checked)).toEqual([
      'bad_parameter',
    ]);
  });

  it('lists the videos of an account, the comments of a video, the products of a shop', async () => {
    const { author, video, scheduled, withdrawn, missing } = sandbox.world.ids.tiktok;
    const own = sandbox.world
      .postsOf('tiktok')
      .filter((post) => post.author.handle === author && post.status === 'normal');
    const since = new Date(Math.min(...own.map(({ createdAt }) => createdAt)) * 1000).toISOString().slice(0, 10);
    const posts = await listAll('post.list', { platform: 'tiktok', kind: 'author', id: author }, { start: since });
    expect(idsOf(posts).sort()).toEqual(own.map(({ id }) => id).sort());
    const comments = await listAll('comment.list', { platform: 'tiktok', kind: 'post', id: video });
    expect(comments).toHaveLength(sandbox.world.post(video)?.comments.length ?? -1);
    expect(comments[0]).toMatchObject({ post_id: video, parent_comment_id: null });
    const product = sandbox.world.products.find(({ platform }) => platform === 'tiktok');
    const shops = await listAll('shop.search', null, { shop: product?.shop.name ?? '' });
    expect(shops).toMatchObject([{ shop_id: product?.shop.id, shop_name: product?.shop.name }]);
    const products = await listAll('product.list', { platform: 'tiktok', kind: 'shop', id: product?.shop.id ?? '' });
    expect(products).toMatchObject([
      { product_id: product?.id, price_minor: product?.priceMinor, currency: 'USD', shop_id: product?.shop.id },
    ]);
    const get = tiktokResearch.capabilities['post.get']?.get;
    const given = await context();
    const post = (id: string): EntityRef => ({ platform: 'tiktok', kind: 'post', id });
    expect((await get?.(given, post(video)))?.records[0]).toMatchObject({
      post_id: video,
      view_count: sandbox.world.post(video)?.counts.plays,
    });
    // Its id is two days older than it is.
    expect((await get?.(given, post(scheduled)))?.records).toHaveLength(1);
    for (const id of [withdrawn, missing])
      await expect(get?.(given, post(id))).rejects.toMatchObject({ code: 'not_found' });
    const account = await tiktokResearch.capabilities['author.get']?.get(given, {
      platform: 'tiktok',
      kind: 'author',
      id: author,
    });
    expect(account?.records[0]).toMatchObject({
      author_handle: author,
      author_follower_count: sandbox.world.author(author)?.followers,
    });
    await tiktokResearch.test(given);
    expect(sandbox.calls.filter(({ headers }) => headers.cookie !== null)).toEqual([]);
  });

  it('a wrong secret, a used-up day and a missing scope are told apart', async () => {
    const given = await context();
    const wrong = { ...given, credential: { ...given.credential, clientSecret: 'wrong' } };
    await expect(tiktokResearch.login?.renew(wrong, null)).rejects.toMatchObject({ code: 'auth' });
    sandbox.setFault('tiktok-research', { kind: 'quota' }, 1);
    await expect(tiktokResearch.test(given)).rejects.toMatchObject({ code: 'quota_exhausted' });
    sandbox.setFault('tiktok-research', { kind: 'code', code: 'scope_not_authorized' }, 1);
    await expect(tiktokResearch.test(given)).rejects.toMatchObject({ code: 'permission' });
    await expect(tiktokResearch.test({ ...given, token: 'clt.old' })).rejects.toMatchObject({ code: 'auth' });
  });
});
