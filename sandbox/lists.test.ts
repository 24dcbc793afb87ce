/** The calls of the gateway and of the key-secret API that list, and those about accounts and short links. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { shortLink } from './gateway-lists.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import { findByWords, pageOf } from './search.ts';
import { ask } from './test-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

type Json = Record<string, unknown>;

async function askGateway(apiName: string, parameters: Record<string, string>): Promise<Json> {
  const query = new URLSearchParams({ ...sandbox.credentials.gateway, ...parameters });
  return JSON.parse(
    (await ask(sandbox.port, `https://api-gw.onebound.cn/douyin/${apiName}/?${query.toString()}`)).text,
  );
}

async function askKeySecret(apiName: string, parameters: Record<string, string | number>, change = {}): Promise<Json> {
  const { key, secret, baseUrl } = sandbox.credentials.keySecret;
  const all: Record<string, string | number> = { key, timestamp: Date.now(), ...parameters };
  // The characters of addresses are the only ones here that need quoting: no encoder is shared with the verifier.
  const quoted = (value: unknown): string =>
    String(value).replaceAll(':', '%3A').replaceAll('/', '%2F').replaceAll('@', '%40');
  const pairs = Object.keys(all)
    .sort()
    .map((name) => `${name}=${quoted(all[name])}`);
  const sign = createHash('md5')
    .update(`${pairs.join('&')}&secret=${secret}`)
    .digest('hex')
    .toUpperCase();
  const body = JSON.stringify({ ...all, sign, ...change });
  return JSON.parse((await ask(sandbox.port, `${baseUrl}/${apiName}`, { method: 'POST', body })).text);
}

const idsIn = (list: unknown, field: string): unknown[] =>
  Array.isArray(list) ? list.map((entry: Json) => entry[field]) : [];

describe('a search', () => {
  it('finds what holds every word, in pages', () => {
    const texts = ['Rye bread', 'bread', 'Rye', 'rye BREAD again'];
    expect(findByWords(texts, (text) => text, 'bread  RYE')).toEqual(['Rye bread', 'rye BREAD again']);
    expect(findByWords(texts, (text) => text, '  ')).toEqual([]);
    expect(pageOf(texts, 2, 3)).toMatchObject({ things: ['rye BREAD again'], pageCount: 2, total: 4 });
    expect(pageOf(texts, 3, 3).things).toEqual([]);
  });
});

describe('the gateway’s lists', () => {
  it('finds posts by the words of their captions, page by page, each once', async () => {
    const word = '榫卯';
    const expected = sandbox.world
      .postsOf('douyin')
      .filter((post) => post.status === 'normal' && `${post.caption} ${post.author.name}`.includes(word))
      .map((post) => post.id);
    expect(expected.length).toBeGreaterThan(0);
    const found: unknown[] = [];
    for (let page = 1; page <= 20; page += 1) {
      const answer = await askGateway('item_search_video', { q: word, page: String(page) });
      expect(answer).toMatchObject({ error_code: '0000', page: String(page), page_size: 10 });
      expect(answer['total_results']).toBe(expected.length);
      if (answer['item'] === undefined) break;
      found.push(...idsIn(answer['item'], 'num_iid'));
    }
    expect(found).toHaveLength(expected.length);
    expect(new Set(found)).toEqual(new Set(expected));
    expect(JSON.stringify(sandbox.calls[0])).toContain(word);
  });

  it('finds products by title, in yuan and in the order that is asked for, and dates a cached page', async () => {
    const products = sandbox.world.products.filter((product) => product.platform === 'douyin');
    const linen = products.find((product) => product.title.includes('亚麻连衣裙'));
    const answer = await askGateway('item_search', { q: '亚麻 连衣裙', page: '1', sort: '' });
    expect(answer).toMatchObject({
      items: { page: '1', item: [{ num_iid: linen?.id, promotion_price: 159.9, price: 259, sales: linen?.sold }] },
      cache: 0,
    });
    expect(await askGateway('item_search', { q: '亚麻 连衣裙', page: '1', sort: '' })).toMatchObject({
      cache: 1,
      secache_date: expect.stringMatching(/^\d{4}-/),
      items: answer['items'],
    });
    const prices = async (sort: string): Promise<unknown[]> => {
      const { items } = await askGateway('item_search', { q: '云朵', page: '1', sort });
      return idsIn(Object(items).item, 'promotion_price');
    };
    expect(await prices('bid')).toEqual([72, 159.9]);
    expect(await prices('_bid')).toEqual([159.9, 72]);
    expect(await askGateway('item_search', { q: '云朵', sort: 'cheap' })).toMatchObject({ error_code: '4003' });
  });

  it('lists the products of a shop without naming it', async () => {
    const answer = await askGateway('item_search_shop', { shopid: 'wZhou7c', page: '1' });
    expect(answer).toMatchObject({
      user: null,
      call_args: [],
      items: { item: [{ sales: '10.4万+', price: 268 }, {}] },
    });
    expect(JSON.stringify(answer['items'])).not.toMatch(/wZhou7c|pagecount/);
    const beyond = await askGateway('item_search_shop', { shopid: 'wZhou7c', page: '2' });
    expect(beyond).toMatchObject({ error_code: '0000', items: {} });
  });

  it('knows accounts by their secUid and posts by their short link', async () => {
    const { author, video, withdrawn } = sandbox.world.ids.douyin;
    const known = sandbox.world.author(author);
    expect(await askGateway('user_info', { sec_uid: author })).toMatchObject({
      item: { sec_uid: author, uid: known?.uid, follower_count: known?.followers, aweme_count: known?.posts },
    });
    expect(await askGateway('item_password', { word: `看看这个 ${shortLink(video)} 复制` })).toMatchObject({
      error_code: '0000',
      item: { num_iid: video },
    });
    expect(await askGateway('item_password', { word: shortLink(withdrawn) })).toMatchObject({ error_code: '2000' });
    sandbox.setFault('gateway', { kind: 'wrong_item' }, 1);
    const other = await askGateway('user_info', { sec_uid: author });
    expect(Object(other['item']).sec_uid).not.toBe(author);
  });

  it('refuses as for single items', async () => {
    expect(await askGateway('item_search', {})).toMatchObject({ error_code: '4014' });
    expect(await askGateway('item_search_video', { q: 'x', page: '0' })).toMatchObject({ error_code: '4015' });
    expect(await askGateway('item_search_video', { q: 'nowhere to be found' })).toMatchObject({ error_code: '2000' });
    expect(await askGateway('item_search_shop', { shopid: 'sNobody' })).toMatchObject({ error_code: '2000' });
    expect(await askGateway('user_info', { sec_uid: '88001122334' })).toMatchObject({ error_code: '4003' });
    expect(await askGateway('item_password', { word: 'https://v.douyin.com/zzzzzz/' })).toMatchObject({
      error_code: '2000',
    });
    expect(await askGateway('item_search', { q: '云朵', secret: 'x' })).toMatchObject({ error_code: '4005' });
    expect(sandbox.calls.map((call) => call.verdict)).toEqual([
      'missing_parameter',
      'bad_parameter',
      'not_found',
      'not_found',
      'bad_parameter',
      'not_found',
      'wrong_secret',
    ]);
    sandbox.setFault('gateway', { kind: 'quota', itemId: '云朵' }, 1);
    expect(await askGateway('item_search', { q: '云朵' })).toMatchObject({ error_code: '4013' });
    sandbox.serveAnswer('gateway', 'item_search', '{"error_code":"0000"}');
    expect(await askGateway('item_search', { q: '云朵' })).toEqual({ error_code: '0000' });
  });
});

describe('the key-secret API', () => {
  it('names a post by three inputs', async () => {
    const id = sandbox.world.ids.tiktok.video;
    const { apiName } = sandbox.credentials.keySecret;
    expect(await askKeySecret(apiName, { item_id: id })).toMatchObject({ code: 0, data: { video_id: id } });
    const share_url = `https://www.tiktok.com/@/video/${id}`;
    expect(await askKeySecret(apiName, { share_url })).toMatchObject({ code: 0, data: { video_id: id } });
  });

  it('finds posts by the words of their captions, page by page', async () => {
    const expected = sandbox.world
      .postsOf('tiktok')
      .filter((post) => post.status === 'normal' && post.caption.toLowerCase().includes('bakingtok'))
      .map((post) => post.id);
    expect(expected.length).toBeGreaterThan(10);
    const found: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const { data } = await askKeySecret('item_search_video', { q: 'bakingtok', page });
      found.push(...idsIn(Object(data).items, 'video_id'));
      if (Object(data).has_more !== 1) break;
    }
    expect(found).toHaveLength(expected.length);
    expect(new Set(found)).toEqual(new Set(expected));
    expect(sandbox.calls[0]).toMatchObject({ apiName: 'item_search_video', itemId: 'bakingtok', verdict: 'ok' });
  });

  it('refuses a search as it refuses a post', async () => {
    expect(await askKeySecret('item_search_video', { q: 'nothing-of-this-kind' })).toMatchObject({ code: 0, data: {} });
    expect(await askKeySecret('item_search_video', {})).toMatchObject({ code: 40001 });
    expect(await askKeySecret('item_search_video', { q: 'x', page: 0 })).toMatchObject({ code: 40002 });
    expect(await askKeySecret('item_search_video', { q: 'x' }, { q: 'y' })).toMatchObject({ code: 40102 });
    expect(sandbox.calls.map((call) => call.verdict)).toEqual([
      'not_found',
      'missing_parameter',
      'bad_parameter',
      'bad_sign',
    ]);
  });
});
