import { describe, expect, it } from 'vitest';
import { type EntityRef, parseRefKey, refKey } from '../core/ref.ts';
import { canonicalUrl } from './canonical.ts';
import { named, unnamed } from './fixtures/url-cases.ts';
import { detectUrl, siteFor, siteMatches, sites } from './index.ts';

const keys = (text: string) => detectUrl(text).map(refKey);

function refOf(key: string): EntityRef {
  const ref = parseRefKey(key);
  if (!ref) throw new Error(`not a ref key: ${key}`);
  return ref;
}

describe('detectUrl', () => {
  it('is tried on at least 120 addresses, a third of which name nothing', () => {
    const total = named.length + unnamed.length;
    expect(new Set([...named.map(([url]) => url), ...unnamed]).size).toBe(total);
    expect(total).toBeGreaterThanOrEqual(160);
    expect(unnamed.length * 3).toBeGreaterThanOrEqual(total);
  });

  it.each(named)('%s', (url, ...expected) => {
    expect(keys(url)).toEqual(expected);
  });

  it.each(unnamed)('names nothing: %j', (url) => {
    expect(keys(url)).toEqual([]);
  });

  it('knows every kind on every platform that has it', () => {
    const kinds = new Set(named.flatMap(([, ...refs]) => refs.map((ref) => ref.split(':', 2).join(':'))));
    const eight = ['post', 'author', 'hashtag', 'music', 'live', 'product', 'collection', 'short_link'];
    expect([...kinds].sort()).toEqual(
      [...eight.flatMap((kind) => [`tiktok:${kind}`, `douyin:${kind}`]), 'tiktok:shop'].sort(),
    );
  });
});

describe('the registry', () => {
  it('asks for the fewest hosts', () => {
    expect(siteMatches()).toEqual([
      'https://*.douyin.com/*',
      'https://*.iesdouyin.com/*',
      'https://*.tiktok.com/*',
      'https://buyin.jinritemai.com/*',
      'https://haohuo.jinritemai.com/*',
    ]);
  });

  it.each([
    ['https://www.tiktok.com/', 'tiktok'],
    ['https://tiktok.com/', 'tiktok'],
    ['https://www.tiktok.com/shop/pdp/1729494515984797858', 'tiktok'],
    ['https://www.tiktokv.com/', 'tiktok'],
    ['https://shop.tiktok.com/us', 'tiktok-shop'],
    ['https://affiliate.tiktok.com/', 'tiktok-shop'],
    ['https://live.douyin.com/', 'douyin'],
    ['https://www.iesdouyin.com/', 'douyin'],
    ['https://webcast.amemv.com/', 'douyin'],
    ['https://haohuo.jinritemai.com/', 'douyin-shop'],
    ['https://fxg.jinritemai.com/', undefined],
    ['https://tiktok.com.evil.example/', undefined],
  ])('%s belongs to %s', (url, id) => {
    expect(siteFor(new URL(url))?.id).toBe(id);
  });

  it('lets no site name anything on hosts of others', () => {
    for (const [text] of named) {
      const url = new URL(text);
      for (const site of sites.filter(({ platform }) => platform !== siteFor(url)?.platform)) {
        expect(site.detect(url), `${site.id} ${text}`).toEqual([]);
      }
    }
  });
});

describe('canonicalUrl', () => {
  it.each([
    ['tiktok:post:7240568259186019630', 'https://www.tiktok.com/@/video/7240568259186019630'],
    ['tiktok:author:some.one', 'https://www.tiktok.com/@some.one'],
    ['tiktok:author:uid/6820838815978423302', 'https://www.tiktok.com/@6820838815978423302'],
    ['tiktok:hashtag:fypシ', 'https://www.tiktok.com/tag/fyp%E3%82%B7'],
    ['tiktok:hashtag:id/15708', 'https://m.tiktok.com/h5/share/tag/15708.html'],
    ['tiktok:live:some.one', 'https://www.tiktok.com/@some.one/live'],
    ['tiktok:short_link:www.tiktok.com/ZTRC5xgJp', 'https://www.tiktok.com/t/ZTRC5xgJp'],
    ['tiktok:short_link:vm.tiktok.com/ZTR45GpSF', 'https://vm.tiktok.com/ZTR45GpSF'],
    ['tiktok:product:1729494515984797858', 'https://www.tiktok.com/shop/pdp/1729494515984797858'],
    ['douyin:post:7591145475174424575', 'https://www.douyin.com/video/7591145475174424575'],
    ['douyin:live:775841227732', 'https://live.douyin.com/775841227732'],
    ['douyin:product:3806636940602769454', 'https://haohuo.jinritemai.com/views/product/item2?id=3806636940602769454'],
  ])('%s is at %s', (key, url) => {
    expect(canonicalUrl(refOf(key))).toBe(url);
  });

  it('names the same ref again, for every named address but TikTok collections', () => {
    for (const [text] of named) {
      for (const ref of detectUrl(text)) {
        const url = canonicalUrl(ref);
        if (ref.platform === 'tiktok' && ref.kind === 'collection') expect(url).toBeNull();
        else expect(keys(url ?? ''), text).toEqual([refKey(ref)]);
      }
    }
  });

  it.each([
    'tiktok:post:12',
    'tiktok:post:7240568259186019630?x=1',
    'tiktok:post:../../7240568259186019630',
    'tiktok:author:Some One',
    'tiktok:author:\ud800',
    'tiktok:hashtag:..',
    'tiktok:hashtag:a/b',
    'tiktok:hashtag:a%b',
    'tiktok:short_link:evil.example/ZTR45GpSF',
    'tiktok:short_link:vm.tiktok.com@evil.example/ZTR45GpSF',
    'douyin:short_link:evil.example/JtFzR4YIV8c',
    'douyin:shop:12345',
    'douyin:live:room/1',
    'douyin:author:self',
  ])('gives no address for an id of a wrong form: %j', (key) => {
    expect(canonicalUrl(refOf(key))).toBeNull();
  });
});
