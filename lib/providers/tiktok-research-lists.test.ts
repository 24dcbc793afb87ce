import { describe, expect, test } from 'vitest';
import type { EntityRef } from '../core/ref.ts';
import { type Asked, askProvider, type StubAnswer, testTime } from './harness.ts';
import type { ListCapability, Query } from './provider.ts';
import { tiktokResearch } from './tiktok-research.ts';
import { author, credential, post, received, shop, text, token, videos, withCode } from './tiktok-research.samples.ts';

const get = (ref: EntityRef, ...answers: readonly StubAnswer[]): Promise<Asked> =>
  askProvider(tiktokResearch, {
    capability: ref.kind === 'author' ? 'author.get' : 'post.get',
    ref,
    credential,
    token,
    answers,
  });

describe('a post', () => {
  test('keeps the digits of an id that is a bare number', async () => {
    const { answer } = await get(post, { body: text('video') });
    expect(answer?.records).toHaveLength(1);
    expect(answer?.records[0]).toMatchObject({
      post_id: post.id,
      music_id: '7289000000000000123',
      api_provider: 'tiktok-research',
      api_endpoint: 'tiktok-research/video/query',
      fetched_at: received,
    });
  });

  test('that is not held is not found, and another one is not shown', async () => {
    expect((await get(post, videos([]))).error).toMatchObject({
      code: 'not_found',
      details: { advice: 'error_tiktok_research_not_held' },
    });
    expect((await get(post, { body: '{"data":{"videos":null},"error":{"code":"ok"}}' })).error?.code).toBe('not_found');
    expect((await get(post, videos(['7401122334455660000']))).error).toMatchObject({
      code: 'upstream',
      details: { advice: 'error_wrong_item' },
    });
  });

  test('is asked for once more where a page is empty but not the last, and not for ever', async () => {
    const more = videos([], { has_more: 1 });
    const found = await get(post, more, videos([post.id]));
    expect(found.answer?.records).toHaveLength(1);
    expect(JSON.parse(found.requests[1]?.body ?? '')).toMatchObject({ cursor: 100, search_id: '77' });
    expect(
      (await get(post, more, videos([], { has_more: true, cursor: 200 }), videos([], { has_more: true, cursor: 300 })))
        .requests,
    ).toHaveLength(3);
    expect((await get(post, more, more)).requests).toHaveLength(2);
  });

  test('of today is asked for up to today; one without a time is not asked for', async () => {
    const id = String((BigInt(Math.floor(testTime / 1000)) << 32n) + 5n);
    const { requests } = await get({ ...post, id }, videos([id]));
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ start_date: '20261120', end_date: '20261121' });
    const { error, requests: none } = await get({ ...post, id: '1729503318846291774' }, videos([]));
    expect(error).toMatchObject({ code: 'unsupported' });
    expect(none).toEqual([]);
  });

  test.each([
    [{ ...post, id: '7401122334455667788' }, true],
    [{ ...post, id: '../7401122334455667788' }, false],
    [{ ...post, id: '74' }, false],
  ])('%o is accepted: %s', (ref, expected) => {
    expect(tiktokResearch.capabilities['post.get']?.accepts?.(ref)).toBe(expected);
  });
});

describe('an account', () => {
  test.each([
    ['is invalid: cannot find the user', 'error_tiktok_research_no_user'],
    ["API cannot return this user's information", 'error_tiktok_research_withheld_user'],
  ])('%s', async (words, advice) => {
    const { error } = await get(author, { status: 400, body: withCode('invalid_params', words) });
    expect(error).toMatchObject({ code: 'not_found', details: { advice } });
  });

  test('is asked for by its handle only', () => {
    const accepts = (id: string) => tiktokResearch.capabilities['author.get']?.accepts?.({ ...author, id });
    expect([accepts('ferry.notes'), accepts('MS4wLjABAAAAxyz'), accepts('uid/123'), accepts('a b')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

const list = (
  capability: ListCapability,
  ref: EntityRef,
  answers: readonly StubAnswer[],
  query: Query = {},
  cursor: string | null = null,
): Promise<Asked> =>
  askProvider(tiktokResearch, {
    capability,
    ref,
    credential,
    token,
    answers,
    cursor,
    request: { platform: 'tiktok', subject: capability.endsWith('search') ? null : ref, query },
  });

/** Every page of a list, with the bodies that asked for them. */
async function all(capability: ListCapability, answers: readonly StubAnswer[], query: Query, ref: EntityRef = author) {
  const bodies: Record<string, unknown>[] = [];
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < 50; page++) {
    const answer = answers[Math.min(page, answers.length - 1)];
    const asked: Asked = await list(capability, ref, answer ? [answer] : [], query, cursor);
    expect(asked.error).toBeNull();
    bodies.push(JSON.parse(asked.requests[0]?.body ?? '{}'));
    ids.push(...(asked.answer?.records ?? []).map((record) => (record.record_type === 'post' ? record.post_id : '')));
    cursor = asked.answer?.cursor ?? null;
    if (cursor === null) return { bodies, ids };
  }
  throw new Error('The list never ends.');
}

describe('a search', () => {
  test('goes through windows of 30 days, newest first, each with a search of its own', async () => {
    const { bodies, ids } = await all(
      'post.search',
      [
        videos(['7401122334455667701'], { has_more: true, cursor: 100, search_id: '71' }),
        // Fewer than asked for, even none, is normal.
        videos([], { has_more: true, cursor: '200', search_id: '71' }),
        videos(['7401122334455667702'], { has_more: false, search_id: '71' }),
        videos(['7401122334455667703'], { has_more: 0, search_id: '72' }),
      ],
      { keyword: 'ferry, tide', region: 'se，de', start: '2024-07-01', end: '2024-08-15' },
    );
    expect(ids).toEqual(['7401122334455667701', '7401122334455667702', '7401122334455667703']);
    expect(
      bodies.map(({ start_date, end_date, cursor, search_id }) => [start_date, end_date, cursor, search_id]),
    ).toEqual([
      ['20240717', '20240815', undefined, undefined],
      ['20240717', '20240815', 100, '71'],
      ['20240717', '20240815', 200, '71'],
      ['20240701', '20240716', undefined, undefined],
    ]);
    expect(bodies[0]?.['query']).toEqual({
      and: [
        { operation: 'IN', field_name: 'keyword', field_values: ['ferry', 'tide'] },
        { operation: 'IN', field_name: 'region_code', field_values: ['SE', 'DE'] },
      ],
    });
  });

  test('a cursor that does not move ends its window, not in a circle', async () => {
    const { bodies } = await all('post.search', [videos(['7401122334455667701'], { has_more: true, cursor: 100 })], {
      keyword: 'x',
      start: '2024-08-01',
      end: '2024-08-09',
    });
    expect(bodies).toHaveLength(2);
  });

  test.each([
    ['nothing to search for', { start: '2024-08-01' }, 'error_tiktok_research_no_condition'],
    ['only separators', { keyword: ' , ，', hashtag: '#' }, 'error_tiktok_research_no_condition'],
    [
      'an end before the start',
      { keyword: 'x', start: '2024-08-02', end: '2024-08-01' },
      'error_tiktok_research_end_before_start',
    ],
    ['a day that does not exist', { keyword: 'x', start: '2023-02-29' }, 'error_tiktok_research_no_date'],
    ['a day to come', { keyword: 'x', start: '2026-11-22', end: '2026-11-23' }, 'error_tiktok_research_future'],
    ['a date in words', { keyword: 'x', start: 'yesterday' }, 'error_tiktok_research_form'],
    ['a country in words', { region: 'Sweden' }, 'error_tiktok_research_form'],
  ])('%s is refused before anything is spent', async (_name, query, advice) => {
    const { error, requests } = await list('post.search', author, [videos([])], query);
    expect(error).toMatchObject({ code: 'bad_request', details: { advice, provider: 'tiktok-research' } });
    expect(error?.retryable).toBe(false);
    expect(requests).toEqual([]);
  });

  test('a cursor of another list, or of nobody, is refused before anything is spent', async () => {
    const query = { keyword: 'x', start: '2024-07-01', end: '2024-08-15' };
    const first = await list('post.search', author, [videos([], { has_more: true })], query);
    const good = first.answer?.cursor ?? '';
    expect(JSON.parse(good)).toEqual(['20240701', '20240717', '20240815', '100', '77']);
    const hostile = [
      '',
      'null',
      '{"__proto__":{}}',
      '["20240701","20240717","20240815","100"]',
      '["20240701","20240717","20240815",100,"77"]',
      '["20240701","20240717","20240815","100","77\\"}"]',
      '["20240701","20240717","20240815","-1","77"]',
      '["20240701","20240717","20240816","100","77"]',
      '["20240601","20240617","20240715","100","77"]',
      '["20240701","20240701","20240815","100","77"]',
      '["20240701","20240815","20240717","100","77"]',
      '["20240701","20240630","20240715","100","77"]',
      '["20240701","20240231","20240315","100","77"]',
      good.repeat(2),
    ];
    for (const cursor of hostile) {
      const { error, requests } = await list('post.search', author, [videos([])], query, cursor);
      expect(error?.details.advice, cursor).toBe('error_tiktok_research_cursor');
      expect(requests).toEqual([]);
    }
    expect((await list('post.search', author, [videos([])], query, good)).error).toBeNull();
  });
});

describe('the videos of an account', () => {
  test('are looked for as far back as the form says, over empty windows too', async () => {
    const { bodies } = await all('post.list', [videos([])], { start: '2026-08-01' });
    expect(bodies.map(({ start_date, end_date }) => [start_date, end_date])).toEqual([
      ['20261023', '20261121'],
      ['20260923', '20261022'],
      ['20260824', '20260922'],
      ['20260801', '20260823'],
    ]);
  });

  test('are looked for since the beginning where the form says nothing', async () => {
    const { answer } = await list('post.list', author, [videos([])]);
    expect(JSON.parse(answer?.cursor ?? '')).toEqual(['20160901', '20260923', '20261022', '0', null]);
  });
});

describe('comments', () => {
  test('go on from the cursor, also over an empty page, and end with has_more or a cursor that stands still', async () => {
    const page = (data: object): StubAnswer => ({ body: JSON.stringify({ data, error: { code: 'ok' } }) });
    const next = async (data: object, cursor: string | null = null) =>
      (await list('comment.list', post, [page(data)], {}, cursor)).answer?.cursor;
    expect(await next({ comments: [], has_more: true, cursor: 100 })).toBe('100');
    expect(await next({ comments: [], has_more: 1, cursor: '200' }, '100')).toBe('200');
    expect(await next({ comments: [], has_more: false, cursor: 200 }, '100')).toBeNull();
    expect(await next({ has_more: true, cursor: 100 }, '100')).toBeNull();
    expect(await next({ has_more: true })).toBeNull();
    const { requests } = await list('comment.list', post, [page({})], {}, '100');
    expect(requests[0]?.body).toContain('"cursor":100');
    for (const cursor of ['x', '-1', '1e9', '1'.repeat(16), '{"a":1}'])
      expect((await list('comment.list', post, [page({})], {}, cursor)).error?.details.advice).toBe(
        'error_tiktok_research_cursor',
      );
  });
});

describe('products of a shop', () => {
  const page = (...ids: readonly string[]): StubAnswer => ({
    body: `{"data":{"product_data":[${ids.map((id) => `{"product_id":${id}}`).join()}]}}`,
  });

  test('come page by page until one is empty or comes again', async () => {
    const first = await list('product.list', shop, [page('1729503318846291774', '1729503318846291775')]);
    expect(first.answer?.records).toMatchObject([
      { product_id: '1729503318846291774', shop_id: shop.id },
      { product_id: '1729503318846291775', shop_id: shop.id },
    ]);
    const cursor = first.answer?.cursor ?? '';
    const second = await list('product.list', shop, [page('1729503318846291776')], {}, cursor);
    expect(second.requests[0]?.body).toContain('"page_start":2');
    expect(second.answer?.cursor).not.toBeNull();
    expect((await list('product.list', shop, [page()], {}, cursor)).answer).toEqual({ records: [], cursor: null });
    expect((await list('product.list', shop, [page('1729503318846291774')], {}, cursor)).answer).toEqual({
      records: [],
      cursor: null,
    });
  });

  test('are not asked for with a cursor of nobody', async () => {
    for (const cursor of ['', '2', '[2]', '[1,""]', '[1e9,""]', '["2",""]', '[2.5,""]'])
      expect((await list('product.list', shop, [page()], {}, cursor)).error?.details.advice, cursor).toBe(
        'error_tiktok_research_cursor',
      );
  });
});

test('shops: none is an empty list, and a name is needed', async () => {
  expect((await list('shop.search', shop, [{ body: '{"data":{}}' }], { shop: 'x' })).answer).toEqual({
    records: [],
    cursor: null,
  });
  expect((await list('shop.search', shop, [{ body: '{"data":{}}' }], { shop: '  ' })).error?.code).toBe('bad_request');
});
