/** Several sources for one thing: who is asked, who is asked next, and what is shown where they disagree; and lists of APIs. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CredentialState, Entry, ListOffer, ListState, PageState } from '../lib/messaging/protocol.ts';
import { readCsv } from './harness/reading.ts';
import { eventually, type Session, startSession } from './harness/session.ts';

let session: Session;
beforeAll(async () => {
  session = await startSession();
  await session.saveKeys();
  await session.allow('https://api.bearer.test');
  await session.ask('credential.save', { provider: 'bearer', values: session.sandbox.credentials.bearer });
  await session.ask('settings.change', { automaticLookup: false });
});
afterAll(() => session?.close());
afterEach(async () => {
  for (const api of ['gateway', 'key-secret', 'bearer'] as const) session.sandbox.setFault(api, null);
  await session.ask('settings.change', { sourceOrder: {}, dailyLimits: {} });
});

const tiktokPosts = (): string[] =>
  session.sandbox.world
    .postsOf('tiktok')
    .filter((post) => post.status === 'normal')
    .map((post) => post.id);
const callsOf = (id: string): string[] =>
  session.sandbox.calls.filter((call) => call.itemId === id).map(({ api }) => api);
const lookUp = (id: string, refresh = true): Promise<Entry> =>
  session.ask<Entry>('record.lookup', { ref: `tiktok:post:${id}`, refresh, tabId: null });
const usageOf = async (id: string): Promise<CredentialState['usage'] | undefined> =>
  (await session.ask<CredentialState[]>('credential.list', {})).find(({ provider }) => provider === id)?.usage;

describe('the order of sources', () => {
  it('is the researcher’s own', async () => {
    const [id = ''] = tiktokPosts();
    expect((await lookUp(id)).record?.api_provider).toBe('key-secret');
    await session.ask('settings.change', { sourceOrder: { 'post.get': ['bearer', 'page', 'key-secret'] } });
    const entry = await lookUp(id);
    expect(entry.record?.api_provider).toBe('bearer');
    expect(entry.providers.slice(0, 2).map((provider) => provider.id)).toEqual(['bearer', 'key-secret']);
    expect(callsOf(id)).toEqual(['key-secret', 'bearer']);
  });

  it('an allowance that is used up: the next one answers, and the entry tells of it', async () => {
    const [, id = ''] = tiktokPosts();
    session.sandbox.setFault('key-secret', { kind: 'quota' });
    const entry = await lookUp(id);
    expect(entry).toMatchObject({
      status: 'fresh',
      error: null,
      fallenOver: [{ provider: 'key-secret', error: { code: 'quota_exhausted' } }],
    });
    expect(entry.record?.api_provider).toBe('bearer');
    // What is known to have nothing left is not asked again for the next one, until its key is seen to.
    const [, , next = ''] = tiktokPosts();
    session.sandbox.setFault('key-secret', null);
    expect((await lookUp(next)).record?.api_provider).toBe('bearer');
    expect(callsOf(next)).toEqual(['bearer']);
    expect((await usageOf('key-secret'))?.restsUntil).not.toBeNull();
    await session.saveKeys();
    expect((await usageOf('key-secret'))?.restsUntil).toBeNull();
    expect((await lookUp(next)).record?.api_provider).toBe('key-secret');
  });

  it('a limit of the researcher’s own: nothing is sent beyond it', async () => {
    const [, , , id = ''] = tiktokPosts();
    await session.ask('settings.change', { dailyLimits: { 'key-secret': 0 } });
    const entry = await lookUp(id);
    expect(entry.fallenOver).toMatchObject([{ provider: 'key-secret', error: { code: 'quota_exhausted' } }]);
    expect(callsOf(id)).toEqual(['bearer']);
    expect(await usageOf('key-secret')).toMatchObject({ perDay: 0 });
  });

  it('what does not exist is not asked of another', async () => {
    const id = '7500000000000000001';
    const entry = await lookUp(id);
    expect(entry.status).toBe('error');
    expect(entry.error?.provider).toBe('key-secret');
    expect(callsOf(id)).toEqual(['key-secret']);
  });
});

describe('many at once', () => {
  it('each ends as a record or a named error, in their order, and each is paid once', async () => {
    const ids = [...tiktokPosts().slice(4, 16), '7500000000000000002'];
    const refs = ids.map((id) => `tiktok:post:${id}`);
    const results = await session.ask<{ ref: string; error: { code: string } | null }[]>('record.lookup_many', {
      refs,
      refresh: false,
      tabId: null,
    });
    expect(results.map(({ ref }) => ref)).toEqual(refs);
    expect(results.slice(0, -1).map(({ error }) => error)).toEqual(Array(12).fill(null));
    expect(results.at(-1)?.error).not.toBeNull();
    for (const id of ids) expect(callsOf(id)).toHaveLength(1);
    const again = await session.ask<object[]>('record.lookup_many', {
      refs: refs.slice(0, 5),
      refresh: false,
      tabId: null,
    });
    expect(again).toHaveLength(5);
    for (const id of ids) expect(callsOf(id)).toHaveLength(1);
  });
});

describe('an author’s posts from an API', () => {
  it('page by page, over the worker’s death, to the end and to a file with their places', async () => {
    const { world } = session.sandbox;
    const author = world.author(world.ids.tiktok.author);
    const page = await session.open(`https://www.tiktok.com/@${author?.handle}`);
    await page.bringToFront();
    const tabId = await session.browser.tabId(page);
    await eventually(
      () => session.ask<PageState | null>('page.get', { tabId }),
      (now) => (now?.items.length ?? 0) > 0,
    );
    const offers = await eventually(
      () => session.ask<ListOffer[]>('list.offers', { tabId }),
      (found) => found.some(({ capability, provider }) => capability === 'post.list' && provider === 'bearer'),
    );
    const offer = offers.find(({ capability, provider }) => capability === 'post.list' && provider === 'bearer');
    expect(offer?.hasKey).toBe(true);
    expect(offers.find(({ provider }) => provider === 'tikhub')?.hasKey).toBe(false);
    const input = { tabId, ...offer, query: { limit: '5' } };
    const run = (pages: number): Promise<ListState> => {
      const { capability, provider, subject, query } = input;
      return session.ask<ListState>('list.run', { tabId, capability, provider, subject, query, pages });
    };
    const first = await run(1);
    expect(first).toMatchObject({ state: 'paused', pages: 1, error: null });
    expect(first.refs).toHaveLength(5);

    await session.browser.killWorker();
    const [kept] = await session.ask<ListState[]>('list.get', { tabId });
    expect(kept).toEqual(first);

    session.sandbox.setFault('bearer', { kind: 'quota' });
    const refused = await run(1);
    expect(refused).toMatchObject({ state: 'paused', pages: 1 });
    expect(refused.error).not.toBeNull();
    session.sandbox.setFault('bearer', null);
    await session.ask('credential.save', { provider: 'bearer', values: session.sandbox.credentials.bearer });

    const all = await run(100);
    expect(all).toMatchObject({ state: 'ended', error: null });
    expect(new Set(all.refs).size).toBe(all.refs.length);
    expect(all.refs.slice(0, 5)).toEqual(first.refs);
    expect(all.refs.length).toBeGreaterThan(5);

    await session.ask('export.run', { tabId, scope: 'page', listKey: all.key });
    const files = await session.files(1);
    const posts = [...files].find(([name]) => name.includes('_posts_'));
    const rows = readCsv(posts?.[1] ?? Buffer.of());
    expect(rows.map((row) => `tiktok:post:${row['post_id']}`)).toEqual(all.refs);
    expect(rows.map((row) => row['result_rank'])).toEqual(all.refs.map((_, index) => String(index + 1)));
    expect(rows[0]).toMatchObject({ query_type: 'profile', query_text: author?.handle, shown_on_page: '' });
    await page.close();
  });
});
