import { describe, expect, test } from 'vitest';
import type { RefKey } from '../core/ref.ts';
import { addApiPage, apiListKey, type ListPlan, listState, newApiList, withApiError } from './api-list.ts';
import { newList, ranksOf, refsOfList, sightingsOf } from './page-list.ts';

const plan: ListPlan = {
  provider: 'bearer',
  capability: 'post.list',
  platform: 'tiktok',
  subject: 'tiktok:author:invented.baker',
  query: {},
};
const search: ListPlan = { ...plan, capability: 'post.search', subject: null, query: { keyword: '咖啡', region: '' } };
const post = (number: number): RefKey => `tiktok:post:75150000000000000${String(number).padStart(2, '0')}`;
const form = { url: '', words: ['keyword', 'region'] };
const author: RefKey = 'tiktok:author:invented.baker';

describe('the key', () => {
  test('is of the question, in whatever order its form was filled in', () => {
    const one = apiListKey({ ...search, query: { keyword: 'a', region: 'DE' } });
    expect(apiListKey({ ...search, query: { region: 'DE', keyword: 'a' } })).toBe(one);
    expect(apiListKey({ ...search, query: { keyword: 'a', region: '' } })).not.toBe(one);
    expect(apiListKey({ ...search, query: { keyword: 'a' } })).toBe(
      apiListKey({ ...search, query: { keyword: 'a', region: '' } }),
    );
  });

  test('tells apart what could be confused by its parts', () => {
    const keys = [
      plan,
      search,
      { ...plan, provider: 'tikhub' },
      { ...plan, capability: 'post.search' as const },
      { ...plan, platform: 'douyin' as const },
      { ...search, query: { keyword: '"],"x' } },
    ].map(apiListKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => key.startsWith('api:'))).toBe(true);
  });
});

describe('pages', () => {
  test('lie one behind the other, each thing once, in the order of the API', () => {
    let list = addApiPage(newApiList(plan, form), { refs: [post(3), author, post(1)], cursor: 'c1' }, 10);
    list = addApiPage(list, { refs: [post(1), post(2)], cursor: 'c2' }, 20);
    expect(list.entries.map(({ ref }) => ref)).toEqual([post(3), post(1), post(2)]);
    expect(list.others).toEqual([author]);
    expect(refsOfList(list)).toEqual([post(3), post(1), post(2), author]);
    expect(list.api).toMatchObject({ cursor: 'c2', pages: 2, ended: false });
  });

  test.each<[string, RefKey[], string | null, boolean]>([
    ['no cursor', [post(2)], null, true],
    ['an empty page, and the cursor stays', [], 'c1', true],
    ['only what is known, and the cursor stays', [post(1)], 'c1', true],
    ['an empty page, and the cursor moves', [], 'c2', false],
    ['something new, and the cursor stays', [post(2)], 'c1', false],
  ])('%s', (_name, refs, cursor, ended) => {
    const first = addApiPage(newApiList(plan, form), { refs: [post(1)], cursor: 'c1' }, 1);
    expect(addApiPage(first, { refs, cursor }, 2).api?.ended).toBe(ended);
  });

  test('an error is forgotten with the next page, and moves nothing', () => {
    const error = { code: 'upstream' } as never;
    const first = addApiPage(newApiList(plan, form), { refs: [post(1)], cursor: 'c1' }, 1);
    const failed = withApiError(first, error);
    expect(failed.api).toEqual({ ...first.api, error });
    expect(addApiPage(failed, { refs: [], cursor: 'c2' }, 2).api?.error).toBeNull();
  });

  test('a list of the page itself is none of these', () => {
    const own = newList('profile', {
      url: '',
      context: { type: 'profile', query: null, tab: null, personalised: null },
      subject: null,
    });
    expect(listState(own, false)).toBeNull();
    expect(addApiPage(own, { refs: [post(1)], cursor: null }, 1)).toBe(own);
  });
});

describe('what becomes of it', () => {
  const grown = addApiPage(newApiList(search, form), { refs: [post(1), post(2)], cursor: 'c1' }, 77);

  test('the state says whether it runs, waits or has ended', () => {
    expect(listState(grown, true)?.state).toBe('running');
    expect(listState(grown, false)).toEqual({
      key: apiListKey(search),
      capability: 'post.search',
      provider: 'bearer',
      subject: null,
      query: { keyword: '咖啡' },
      state: 'paused',
      pages: 1,
      refs: [post(1), post(2)],
      error: null,
    });
    expect(listState(addApiPage(grown, { refs: [], cursor: null }, 78), false)?.state).toBe('ended');
  });

  test('an export tells the words and the place of each, and claims no page', () => {
    expect(ranksOf(grown).get(post(2))).toBe(2);
    expect(sightingsOf(grown)(post(2))).toMatchObject({
      query_type: 'search',
      query_text: '咖啡',
      result_rank: 2,
      shown_on_page: null,
      first_seen_at: 77,
    });
    expect(sightingsOf(newApiList(plan, form))(post(9))).toMatchObject({
      query_type: 'profile',
      query_text: 'invented.baker',
    });
    const two = { ...search, query: { keyword: 'rye', region: 'DE', order: 'sales' } };
    expect(newApiList(two, form).context.query).toBe('keyword=rye region=DE');
  });
});
