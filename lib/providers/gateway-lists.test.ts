/** The gateway's searches, the products of a shop, accounts and short links. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { credential, errors, expectRequest, fixture, lookupErrors, received, withCode } from './gateway.samples.ts';
import { gateway } from './gateway.ts';
import { type Asked, askProvider, type StubAnswer, stubHttp, testProvider, testTime } from './harness.ts';
import { formFieldsOf, type ListCapability, type ListRequest, type Query } from './provider.ts';

const productSearch = fixture('onebound-product-search');
const videoSearch = fixture('onebound-video-search');
const shopProducts = fixture('onebound-shop-products');
const user = fixture('onebound-user');

const cup = { platform: 'douyin', kind: 'product', id: '3614453298386180001' } as const;
const morning = { platform: 'douyin', kind: 'post', id: '7401122334455667788' } as const;
const shop = { platform: 'douyin', kind: 'shop', id: 'sInvent1' } as const;
const secUid = 'MS4wLjABAAAAinventedInventedInventedInventedInvented000';
const author = { platform: 'douyin', kind: 'author', id: secUid } as const;

const searching = (query: Query): ListRequest => ({ platform: 'douyin', subject: null, query });

describe('product.search', () => {
  testProvider({
    name: 'products',
    provider: gateway,
    capability: 'product.search',
    ref: cup,
    list: searching({ q: ' 茶 杯+&', order: 'price_down' }),
    credential,
    success: productSearch,
    required: ['items', 'items.item', 'items.item.0', 'items.item.0.num_iid', 'error_code'],
    request: expectRequest('item_search', { q: '茶 杯+&', sort: '_bid', page: '1' }),
    errors,
    withCode,
    answers: ['2000'],
  });
});

describe('post.search', () => {
  testProvider({
    name: 'posts',
    provider: gateway,
    capability: 'post.search',
    ref: morning,
    list: searching({ q: '早晨' }),
    credential,
    success: videoSearch,
    required: ['item', 'item.0', 'item.0.num_iid', 'error_code'],
    request: expectRequest('item_search_video', { q: '早晨', page: '1' }),
    errors,
    withCode,
    answers: ['2000'],
  });
});

describe('product.list', () => {
  testProvider({
    name: 'the products of a shop',
    provider: gateway,
    capability: 'product.list',
    ref: shop,
    answerId: cup.id,
    credential,
    success: shopProducts,
    required: ['items', 'items.item', 'items.item.0', 'items.item.0.num_iid', 'error_code'],
    request: expectRequest('item_search_shop', { shopid: shop.id, page: '1' }),
    errors,
    withCode,
  });
});

describe('author.get', () => {
  testProvider({
    name: 'an account',
    provider: gateway,
    capability: 'author.get',
    ref: author,
    credential,
    success: user,
    required: ['item', 'item.sec_uid', 'error_code'],
    request: expectRequest('user_info', { sec_uid: secUid }),
    errors: lookupErrors,
    withCode,
  });

  const ask = (json: unknown): Promise<Asked> =>
    askProvider(gateway, {
      capability: 'author.get',
      ref: author,
      credential,
      answers: [{ body: JSON.stringify(json) }],
    });

  test('figures, abbreviated ones as such', async () => {
    const { answer } = await ask(user);
    expect(answer?.records).toMatchObject([
      {
        record_type: 'author',
        author_id: '88001122334',
        author_sec_id: secUid,
        author_handle: 'shanye.biji',
        author_name: '山野笔记',
        author_url: `https://www.douyin.com/user/${secUid}`,
        author_bio: '种花，写字\n偶尔拍照',
        author_verified: false,
        author_follower_count: 125_000,
        author_following_count: 88,
        author_likes_received_count: 1_204_311,
        author_post_count: 317,
        author_friend_count: null,
        figures: { author_follower_count: { precision: 'abbreviated', raw: '12.5万', source: 'api:gateway' } },
        api_endpoint: 'gateway/user_info',
        observed_at: Date.UTC(2024, 7, 10, 1, 20),
        fetched_at: received,
      },
    ]);
  });

  test.each([
    ['under user, in the gateway’s words', { user: { uid: '88001122334', nick: '山野笔记', fans: 12 } }, 12],
    ['under item.user', { item: { user: { nickname: '山野笔记', follower_count: '1.2万+' } } }, 12_000],
  ])('wherever it stands, and although it does not say whose it is: %s', async (_name, body, followers) => {
    const { answer } = await ask({ error_code: '0000', call_args: [], ...body });
    expect(answer?.records).toMatchObject([
      { author_sec_id: secUid, author_name: '山野笔记', author_follower_count: followers },
    ]);
  });

  test('another account than the one asked for is not shown', async () => {
    const other = { ...user, item: { ...user.item, sec_uid: `${secUid.slice(0, -3)}999` } };
    expect((await ask(other)).error?.details.advice).toBe('error_wrong_item');
    const echoed = { error_code: '0000', item: { nickname: 'x' }, call_args: { sec_uid: `${secUid}9` } };
    expect((await ask(echoed)).error?.details.advice).toBe('error_wrong_item');
  });

  test('only a sec_uid can be asked for', () => {
    const entry = gateway.capabilities['author.get'];
    const accepts = (id: string): boolean | undefined => entry?.accepts?.({ ...author, id });
    expect([secUid, 'uid/88001122334', 'shanye.biji', `${secUid}&key=1`].map(accepts)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

const list = (
  capability: ListCapability,
  json: unknown,
  changes: { cursor?: string; query?: Query; answers?: readonly StubAnswer[] } = {},
): Promise<Asked> =>
  askProvider(gateway, {
    capability,
    ref: capability === 'product.list' ? shop : cup,
    request: {
      platform: 'douyin',
      subject: capability === 'product.list' ? shop : null,
      query: changes.query ?? { q: '茶' },
    },
    credential,
    answers: changes.answers ?? [{ body: JSON.stringify(json) }],
    ...(changes.cursor ? { cursor: changes.cursor } : {}),
  });

describe('pages', () => {
  const page = (numbers: object, entries = 2): object => ({
    ...productSearch,
    items: { ...numbers, item: productSearch.items.item.slice(0, entries) },
  });

  test.each<[string, object, string | undefined, string | null]>([
    ['there are more pages', page({ page: '1', page_size: 2, pagecount: 3 }), undefined, '2'],
    ['the next one after that', page({ page: 2, page_size: '2', pagecount: '3' }), '2', '3'],
    ['the last by its number', page({ page: '3', page_size: 2, pagecount: 3 }), '3', null],
    ['the last, as it is short', page({ page: '1', page_size: 20 }), undefined, null],
    ['the first page again', page({ page: '1', page_size: 2 }), '4', null],
    ['no numbers at all', page({}), '6', '7'],
    ['numbers that are none', page({ page: 'x', page_size: -1, pagecount: {} }), undefined, '2'],
    ['no entries', page({ page: '2', page_size: 2, pagecount: 9 }, 0), '2', null],
    ['no list, although the code is 0000', { ...productSearch, items: { page: '2' } }, '2', null],
    ['items as a list', { ...productSearch, items: productSearch.items.item }, undefined, '2'],
  ])('%s', async (_name, json, cursor, expected) => {
    const { answer, requests } = await list('product.search', json, cursor ? { cursor } : {});
    expect(answer?.cursor).toBe(expected);
    expect(new URL(requests[0]?.url ?? '').searchParams.get('page')).toBe(cursor ?? '1');
  });

  test('page numbers beside the list of posts count as well', async () => {
    expect((await list('post.search', videoSearch)).answer?.cursor).toBe('2');
    expect((await list('post.search', { ...videoSearch, pagecount: 1 })).answer?.cursor).toBeNull();
  });

  test('nothing found is an empty page of a search, and the end of a list; a shop that is not known is an error', async () => {
    const answers = [{ body: withCode('2000', '没找到') }];
    const empty = { records: [], cursor: null };
    expect((await list('post.search', null, { answers })).answer).toEqual(empty);
    expect((await list('product.list', null, { answers, cursor: '3' })).answer).toEqual(empty);
    expect((await list('product.list', null, { answers })).error).toMatchObject({
      code: 'not_found',
      details: { advice: 'error_gateway_2000' },
    });
  });

  test('entries of which none can be read are no empty page', async () => {
    const { error } = await list('post.search', { ...videoSearch, item: [{ title: 'x' }, 5] });
    expect(error).toMatchObject({ code: 'schema', details: { advice: 'error_answer_unreadable' } });
  });

  test.each(['0', '-1', '1.5', 'next', '1e99', '2&key=3'])('%s is no cursor', async (cursor) => {
    const { error, requests } = await list('product.search', productSearch, { cursor });
    expect(error?.code).toBe('bad_request');
    expect(requests).toEqual([]);
  });

  test.each([{}, { q: '  ' }, { q: 'a\uD800' }])('no call is spent on %j', async (query) => {
    const { error, requests } = await list('post.search', videoSearch, { query });
    expect(error?.code).toBe('bad_request');
    expect(requests).toEqual([]);
  });

  test.each([
    [undefined, ''],
    ['relevance', ''],
    ['price_up', 'bid'],
    ['price_down', '_bid'],
    ['sales', '_sale'],
    ['constructor', ''],
  ])('the order %s is sent as %j', async (order, sort) => {
    const { requests } = await list('product.search', productSearch, {
      query: { q: '茶', ...(order ? { order } : {}) },
    });
    expect(new URL(requests[0]?.url ?? '').searchParams.get('sort')).toBe(sort);
  });

  test('the forms', () => {
    const entry = gateway.capabilities['product.search'];
    const form = entry?.query;
    expect(form && formFieldsOf(form).map(({ name, input, secret }) => [name, input, secret])).toEqual([
      ['q', 'text', false],
      ['order', 'choice', false],
    ]);
    expect(form && z.parse(form, { q: ' 茶 ' })).toEqual({ q: '茶', order: 'relevance' });
    expect(form && z.safeParse(form, { q: '' }).success).toBe(false);
  });
});

describe('what lists tell', () => {
  test('prices of a search are yuan, dated by the cache', async () => {
    const { answer } = await list('product.search', productSearch);
    expect(answer?.records).toMatchObject([
      {
        product_id: cup.id,
        product_url: `https://haohuo.jinritemai.com/views/product/item2?id=${cup.id}`,
        price_minor: 10,
        list_price_minor: null,
        currency: 'CNY',
        sold_count: 3303,
        shop_id: null,
        image_urls: ['https://p3-aio.ecombdimg.com/obj/invented/cup'],
        observed_at: 1_723_200_000_000,
        figures: { price_minor: { observed_at: 1_723_200_000_000, fetched_at: received } },
      },
      {
        price_minor: 5990,
        list_price_minor: 8900,
        sold_count: 17_000,
        sold_count_text: '1.7万+',
        shop_id: 'sInvent1',
        shop_name: '某某窑小店',
        figures: { sold_count: { precision: 'lower_bound' } },
      },
    ]);
  });

  test('the products of a shop are of that shop, though none of them says so', async () => {
    const { answer } = await list('product.list', shopProducts);
    expect(answer?.records).toMatchObject([
      {
        product_id: cup.id,
        shop_id: shop.id,
        price_minor: 6900,
        sold_count: 4000,
        api_endpoint: 'gateway/item_search_shop',
      },
      { shop_id: shop.id, price_minor: 7550, list_price_minor: null, sold_count: 12 },
    ]);
  });

  test('posts of a search, without who shared them; counts and a time where there are any', async () => {
    const [first] = videoSearch.item;
    const counted = { ...first, digg_count: '1.2万', comment_count: 0, create_time: 1_723_200_000, sec_uid: secUid };
    const { answer } = await list('post.search', { ...videoSearch, item: [first, counted] });
    expect(answer?.records).toMatchObject([
      {
        post_id: morning.id,
        caption: '山里的早晨 #露水',
        author_name: '山野笔记',
        author_id: '88001122334',
        like_count: null,
        created_at: null,
        hashtags: [{ name: '露水' }],
      },
      { like_count: 12_000, comment_count: 0, created_at: 1_723_200_000_000, author_sec_id: secUid },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/u_code|did=|iid=|203\.0\.113/u);
  });
});

describe('link.resolve', () => {
  const resolve = async (answer: StubAnswer, link = 'https://v.douyin.com/JtFzR4YIV8c/') => {
    const { http, requests } = stubHttp(answer);
    const parsed = z.parse(gateway.credential, credential);
    const context = { http, now: () => testTime, credential: parsed, token: null, fresh: false, reportQuota: () => {} };
    const target = await gateway.capabilities['link.resolve']?.resolve(context, link);
    return { target, request: requests[0] };
  };
  const video = fixture('onebound-video');
  const item = (changes: object) => ({ body: JSON.stringify({ ...video, item: changes }) });

  test('a post, without who shared it', async () => {
    const { target, request } = await resolve({ body: JSON.stringify(video) });
    expect(target).toBe('https://www.douyin.com/video/7401122334455667788');
    if (request) expectRequest('item_password', { word: 'https://v.douyin.com/JtFzR4YIV8c/' })(request, false);
  });

  test.each([
    ['a post of images', { num_iid: morning.id, type: 'image' }, `https://www.douyin.com/note/${morning.id}`],
    [
      'a product by its address',
      { detail_url: `//haohuo.jinritemai.com/views/product/item2?id=${cup.id}&u_code=1` },
      `https://haohuo.jinritemai.com/views/product/item2?id=${cup.id}`,
    ],
    [
      'a product by its number',
      { product_id: cup.id },
      `https://haohuo.jinritemai.com/views/product/item2?id=${cup.id}`,
    ],
    [
      'an account',
      { detail_url: `http://www.iesdouyin.com/share/user/${secUid}?did=1&iid=2` },
      `https://www.iesdouyin.com/share/user/${secUid}`,
    ],
    ['an account by its number', { sec_uid: secUid }, `https://www.douyin.com/user/${secUid}`],
  ])('%s', async (_name, changes, expected) => {
    expect((await resolve(item(changes))).target).toBe(expected);
  });

  test.each([
    ['an address of someone else', { detail_url: 'https://evil.test/www.douyin.com/video/7401122334455667788' }],
    ['a host that only ends alike', { detail_url: 'https://notdouyin.com/video/1' }],
    ['a script', { detail_url: 'javascript:alert(1)//douyin.com' }],
    ['no address', { title: 'x' }],
  ])('%s leads nowhere', async (_name, changes) => {
    await expect(resolve(item(changes))).rejects.toMatchObject({ code: 'schema' });
  });

  test('a link that leads nowhere, and one that was not answered', async () => {
    await expect(resolve({ body: withCode('2000', '没找到') })).rejects.toMatchObject({ code: 'not_found' });
    await expect(resolve({ body: '{"error_code":"0000","item":[]}' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(resolve({ body: withCode('4013', 'Key[t_planted_key_4711]已超量') })).rejects.toMatchObject({
      code: 'quota_exhausted',
      details: { upstreamMessage: 'error-4013: Key[…]已超量' },
    });
  });
});
