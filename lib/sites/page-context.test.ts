import { describe, expect, it } from 'vitest';
import type { PageType } from '../core/page-data.ts';
import { named, unnamed } from './fixtures/url-cases.ts';
import { pageContext } from './page-context.ts';

const SEC = 'MS4wLjABAAAAv7iSuuXDJGDvJkmH_vz1qkDZYo1apxgzaxdBSeIuPiM';
const POST = '7507673491211029803';
const OTHER = '7509143020856462638';

type Case = readonly [
  url: string,
  type: PageType,
  query: string | null,
  tab: string | null,
  personalised: boolean | null,
];

const cases: Case[] = [
  ['https://www.tiktok.com/', 'feed', null, null, true],
  ['https://www.tiktok.com/?lang=en', 'feed', null, null, true],
  ['https://www.tiktok.com/foryou', 'feed', null, null, true],
  ['https://www.tiktok.com/following', 'feed', null, null, true],
  ['https://www.tiktok.com/friends', 'feed', null, null, true],
  ['https://www.tiktok.com/explore', 'explore', null, null, null],
  ['https://www.tiktok.com/search?q=oat%20milk&t=1700000000000', 'search', 'oat milk', null, null],
  ['https://www.tiktok.com/search/video?q=oat+milk', 'search', 'oat milk', 'video', null],
  ['https://www.tiktok.com/search/user?q=%E7%87%95%E9%BA%A6', 'search', '燕麦', 'user', null],
  ['https://www.tiktok.com/search/video', 'search', null, 'video', null],
  ['https://www.tiktok.com/discover/how-to-knit', 'search', 'how to knit', 'discover', null],
  ['https://www.tiktok.com/@Some.One', 'profile', 'some.one', null, null],
  ['https://www.tiktok.com/@someone/liked', 'profile', 'someone', 'liked', null],
  ['https://www.tiktok.com/@someone/reposts/', 'profile', 'someone', 'reposts', null],
  [`https://www.tiktok.com/@${SEC}`, 'profile', SEC, null, null],
  ['https://m.tiktok.com/h5/share/usr/6820838815978423302.html', 'profile', '6820838815978423302', null, null],
  ['https://www.tiktok.com/tag/fyp%E3%82%B7', 'hashtag', 'fypシ', null, null],
  ['https://www.tiktok.com/music/Build-a-Btch-6956990112127585029', 'music', '6956990112127585029', null, null],
  ['https://www.tiktok.com/@a/collection/b-7371330159376370462', 'collection', '7371330159376370462', null, null],
  [`https://www.tiktok.com/@someone/video/${POST}?is_from_webapp=1`, 'post', null, null, null],
  [`https://www.tiktok.com/@someone/photo/${POST}`, 'post', null, null, null],
  ['https://www.tiktok.com/@someone/live', 'live', 'someone', null, null],
  ['https://www.tiktok.com/live', 'live', null, null, null],
  ['https://www.tiktok.com/shop/pdp/some-words/1729494515984797858', 'product', null, null, null],
  ['https://www.tiktok.com/shop/c/womens-tops/601739', 'shop', 'womens tops', 'category', null],
  ['https://www.tiktok.com/shop/s/oat%20milk', 'search', 'oat milk', 'shop', null],
  ['https://www.tiktok.com/shop', 'shop', null, 'home', null],
  ['https://www.tiktok.com/shop/store/greenhouse/7494012345678901234', 'shop', null, null, null],
  ['https://www.tiktok.com/channel/cooking', 'other', null, null, null],
  ['https://shop.tiktok.com/', 'shop', null, 'home', null],
  ['https://shop.tiktok.com/us', 'shop', null, 'home', null],
  ['https://shop.tiktok.com/us/k/oat-milk', 'search', 'oat-milk', 'shop', null],
  ['https://shop.tiktok.com/view/product/1729401957854974731?region=US', 'product', null, null, null],
  ['https://shop.tiktok.com/us/help', 'other', null, null, null],
  ['https://www.douyin.com/', 'feed', null, null, true],
  ['https://www.douyin.com/?recommend=1', 'feed', null, null, true],
  [`https://www.douyin.com/?modal_id=${POST}`, 'feed', null, null, true],
  ['https://www.douyin.com/follow', 'feed', null, null, true],
  ['https://www.douyin.com/friend', 'feed', null, null, true],
  ['https://www.douyin.com/channel/300203', 'feed', null, '300203', null],
  ['https://www.douyin.com/jingxuan', 'explore', null, 'jingxuan', null],
  [`https://www.douyin.com/discover?modal_id=${POST}`, 'explore', null, 'discover', null],
  ['https://www.douyin.com/search/%E7%87%95%E9%BA%A6?type=video', 'search', '燕麦', 'video', null],
  ['https://www.douyin.com/root/search/%E7%87%95%E9%BA%A6', 'search', '燕麦', null, null],
  [`https://www.douyin.com/jingxuan/search/%E7%87%95%E9%BA%A6?modal_id=${POST}`, 'search', '燕麦', null, null],
  ['https://www.douyin.com/search/%zz?aid=1', 'search', '%zz', null, null],
  [`https://www.douyin.com/user/${SEC}`, 'profile', SEC, null, null],
  [`https://www.douyin.com/user/${SEC}?showTab=like`, 'profile', SEC, 'like', null],
  [`https://www.douyin.com/user/${SEC}?modal_id=${POST}`, 'profile', SEC, null, null],
  [`https://www.douyin.com/user/${SEC}?vid=${POST}`, 'profile', SEC, null, null],
  ['https://www.douyin.com/user/self?showTab=favorite_collection', 'profile', null, 'favorite_collection', null],
  [`https://www.douyin.com/video/${POST}`, 'post', null, null, null],
  [`https://www.douyin.com/note/${POST}`, 'post', null, null, null],
  ['https://www.douyin.com/hashtag/1578364729', 'hashtag', '1578364729', null, null],
  ['https://www.douyin.com/music/7012345678901234567', 'music', '7012345678901234567', null, null],
  ['https://www.douyin.com/collection/7012345678901234567', 'collection', '7012345678901234567', null, null],
  ['https://live.douyin.com/735287613901', 'live', null, null, null],
  ['https://live.douyin.com/', 'live', null, null, null],
  [`https://www.iesdouyin.com/share/video/${POST}/`, 'post', null, null, null],
  ['https://haohuo.jinritemai.com/views/product/item2?id=3806636940602769454', 'product', null, null, null],
  ['https://buyin.jinritemai.com/dashboard/merch-picking-library', 'shop', null, 'library', null],
  ['https://example.org/search?q=x', 'other', null, null, null],
];

const keyOf = (url: string): string => pageContext(new URL(url)).listKey;

describe('pageContext', () => {
  it.each(cases)('%s', (url, type, query, tab, personalised) => {
    expect(pageContext(new URL(url))).toMatchObject({ type, query, tab, personalised });
  });

  it('reads every address of the detection tests without throwing, and never twice differently', () => {
    for (const text of [...named.map(([url]) => url), ...unnamed]) {
      if (!URL.canParse(text)) continue;
      expect(pageContext(new URL(text))).toEqual(pageContext(new URL(text)));
      expect(keyOf(text).length).toBeLessThanOrEqual(400);
    }
  });

  it('cuts search words to what a person types, and to one line', () => {
    const { query } = pageContext(new URL(`https://www.tiktok.com/search?q=a%0Ab%20%20c${'😀'.repeat(300)}`));
    expect(query?.startsWith('a b c😀')).toBe(true);
    expect(Array.from(query ?? '')).toHaveLength(200);
  });
});

describe('listKey', () => {
  it.each([
    // A modal of Douyin lies over its page.
    [`https://www.douyin.com/user/${SEC}`, `https://www.douyin.com/user/${SEC}?modal_id=${POST}`],
    [`https://www.douyin.com/user/${SEC}?modal_id=${POST}`, `https://www.douyin.com/user/${SEC}?vid=${OTHER}`],
    ['https://www.douyin.com/', `https://www.douyin.com/?modal_id=${POST}`],
    // Tokens and trackers name no list.
    ['https://www.tiktok.com/search?q=oat%20milk', 'https://www.tiktok.com/search?q=oat+milk&msToken=abc&t=17'],
    ['https://www.tiktok.com/@someone', 'https://www.tiktok.com/@SomeOne?is_from_webapp=1&sec_uid=x'],
    ['https://www.tiktok.com/', 'https://www.tiktok.com/foryou'],
    [`https://www.tiktok.com/@a/video/${POST}`, `https://www.tiktok.com/@b/photo/${POST}`],
  ])('%s lists what %s lists', (one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });

  it.each([
    ['https://www.tiktok.com/@someone', 'https://www.tiktok.com/@someone/liked'],
    ['https://www.tiktok.com/@someone', 'https://www.tiktok.com/@another'],
    ['https://www.tiktok.com/search?q=a', 'https://www.tiktok.com/search/video?q=a'],
    ['https://www.tiktok.com/search?q=a', 'https://www.tiktok.com/search?q=b'],
    ['https://www.tiktok.com/foryou', 'https://www.tiktok.com/following'],
    ['https://www.douyin.com/channel/300203', 'https://www.douyin.com/channel/300204'],
    [`https://www.douyin.com/user/${SEC}`, `https://www.douyin.com/user/${SEC}?showTab=like`],
    ['https://www.tiktok.com/shop/c/a/601739', 'https://www.tiktok.com/shop/c/b/601740'],
    [`https://www.douyin.com/video/${POST}`, `https://www.douyin.com/video/${OTHER}`],
  ])('%s lists something else than %s', (one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });

  it('never holds a token', () => {
    const url = `https://www.tiktok.com/@someone?msToken=SECRET&X-Bogus=SECRET&_signature=SECRET#SECRET`;
    expect(JSON.stringify(pageContext(new URL(url)))).not.toContain('SECRET');
  });
});

describe('subject', () => {
  it.each([
    ['https://www.tiktok.com/@someone', 'author', 'someone'],
    [`https://www.douyin.com/user/${SEC}?modal_id=${POST}`, 'author', SEC],
    [`https://www.douyin.com/?modal_id=${POST}`, undefined, undefined],
    [`https://www.douyin.com/video/${POST}`, 'post', POST],
    ['https://vm.tiktok.com/ZTR45GpSF/', undefined, undefined],
  ])('of %s', (url, kind, id) => {
    const { subject } = pageContext(new URL(url));
    expect([subject?.kind, subject?.id]).toEqual([kind, id]);
  });
});
