import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { describe, expect, it, vi } from 'vitest';
import { refKey } from '../core/ref.ts';
import { siteFor, sites } from './index.ts';
import type { PageItem } from './site.ts';

const SEC = 'MS4wLjABAAAAv7iSuuXDJGDvJkmH_vz1qkDZYo1apxgzaxdBSeIuPiM';

function open(fixture: string): Document {
  return parseHTML(readFileSync(`${import.meta.dirname}/fixtures/${fixture}.html`, 'utf8')).document;
}

function read(document: Document, address: string): readonly PageItem[] {
  const url = new URL(address);
  return siteFor(url)?.items(document, url) ?? [];
}

/** Roles and ref keys alone. */
function itemsOf(fixture: string, address: string): string[] {
  return read(open(fixture), address).map(({ role, ref }) => `${role} ${refKey(ref)}`);
}

/** What the fixture itself marks as items, in document order. */
function marked(document: Document): [string | null, Element][] {
  return [...document.querySelectorAll('[data-item]')].map((element) => [element.getAttribute('data-item'), element]);
}

const gridHooks = `user-post-item user-repost-item user-liked-item favorites-item collection-item grid-item-container
challenge-item search_top-item search_video-item explore-item music-item`.split(/\s/);

const pages: [fixture: string, address: string, hooks: string[]][] = [
  ['tiktok-feed', 'https://www.tiktok.com/foryou', ['feed-player', 'product-link']],
  ['tiktok-grids', 'https://www.tiktok.com/@anna.example', gridHooks],
  [
    'tiktok-modal',
    'https://www.tiktok.com/@anna.example/video/7400000000000000201',
    ['detail-player', 'user-post-item'],
  ],
  ['tiktok-photo', 'https://www.tiktok.com/@anna.example/photo/7400000000000000301', ['detail-page']],
  ['tiktok-player', 'https://www.tiktok.com/@anna.example/video/7400000000000000401', ['page-player']],
  [
    'tiktok-product',
    'https://www.tiktok.com/shop/pdp/red-kettle/1729494515984797801',
    ['product-page', 'product-link'],
  ],
  ['tiktok-product', 'https://shop.tiktok.com/us/pdp/1729494515984797801', ['product-page', 'product-link']],
  ['douyin-feed', 'https://www.douyin.com/?recommend=1', ['feed-player', 'video-info', 'discover']],
  ['douyin-search', 'https://www.douyin.com/search/%E6%B0%B4%E5%A3%B6', ['waterfall']],
  ['douyin-profile', `https://www.douyin.com/user/${SEC}?modal_id=7500000000000000201`, ['feed-player', 'link']],
  ['douyin-hashtag', 'https://www.douyin.com/hashtag/1596868013', ['link']],
  ['douyin-detail', 'https://www.douyin.com/video/7500000000000000401', ['video-info']],
  ['douyin-detail-bare', 'https://www.douyin.com/video/7500000000000000401', ['detail-page']],
  [
    'douyin-product',
    'https://haohuo.jinritemai.com/views/product/item2?id=3806636940602769401',
    ['product-page', 'product-link'],
  ],
];

describe.each(pages)('%s at %s', (fixture, address, hooks) => {
  const document = open(fixture);
  const items = read(document, address);

  it('finds just what is marked, in document order, each at its element', () => {
    const found = items.map(({ role, ref, element }) => [`${role} ${refKey(ref)}`, element] as const);
    const expected = marked(document);
    expect(found.map(([text]) => text)).toEqual(expected.map(([text]) => text));
    found.forEach(([text, element], index) => expect(element === expected[index]?.[1], text).toBe(true));
  });

  it('names the hooks that fitted', () => {
    expect([...new Set(items.map(({ hook }) => hook))].sort()).toEqual([...hooks].sort());
  });

  it('asks the whole document only a few times', () => {
    const query = vi.spyOn(document, 'querySelectorAll');
    read(document, address);
    expect(query.mock.calls.length).toBeLessThanOrEqual(2);
    query.mockRestore();
  });
});

describe('what the address decides', () => {
  it('leaves a player alone that the address does not name', () => {
    expect(itemsOf('tiktok-player', 'https://www.tiktok.com/@anna.example')).toEqual([]);
    expect(itemsOf('tiktok-photo', 'https://www.tiktok.com/@anna.example')).toEqual([]);
    expect(itemsOf('douyin-detail-bare', 'https://www.douyin.com/jingxuan')).toEqual([]);
  });

  it('takes the player in the modal for the truth when the address lags behind', () => {
    const items = itemsOf('tiktok-modal', 'https://www.tiktok.com/@anna.example/video/7400000000000000999');
    expect(items).toEqual(['tile tiktok:post:7400000000000000202', 'detail tiktok:post:7400000000000000201']);
  });

  it('shows a hovered tile as a tile although the address names its post', () => {
    const document = open('tiktok-modal');
    document.querySelector('[role="dialog"]')?.remove();
    const [first] = read(document, 'https://www.tiktok.com/@anna.example/video/7400000000000000201');
    expect([first?.role, first?.ref.id]).toEqual(['tile', '7400000000000000201']);
  });

  it('reads links on listing pages of Douyin only', () => {
    expect(itemsOf('douyin-hashtag', 'https://www.douyin.com/video/7500000000000000999')).toEqual([]);
    expect(itemsOf('douyin-hashtag', 'https://www.douyin.com/music/7091906498227880735')).toHaveLength(2);
  });

  it('shows the products of a shop page without a product of its own as tiles', () => {
    const roles = read(open('tiktok-product'), 'https://www.tiktok.com/shop').map(({ role }) => role);
    expect(roles).toEqual(['tile', 'tile', 'tile', 'tile']);
  });

  it('shows no product as the one that fills the page when the address names several', () => {
    const address = 'https://haohuo.jinritemai.com/x?promotion_ids=3806636940602769402,3806636940602769499';
    const items = itemsOf('douyin-product', address);
    expect(items).toHaveLength(4);
    expect(items.every((text) => text.startsWith('tile '))).toBe(true);
  });
});

describe('totality', () => {
  it('finds nothing in empty and foreign documents, on any site', () => {
    const empty = parseHTML('<!doctype html><html><head></head><body></body></html>').document;
    for (const site of sites) {
      for (const address of ['https://www.tiktok.com/', 'https://live.douyin.com/', 'about:blank', 'data:,x']) {
        expect(site.items(empty, new URL(address))).toEqual([]);
        expect(site.items(open('tiktok-grids'), new URL(address)).length).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('watches every attribute that its hooks read', () => {
    const needed = [
      ['tiktok', ['id', 'data-e2e', 'href']],
      ['tiktok-shop', ['data-e2e', 'href']],
      ['douyin', ['id', 'data-e2e', 'data-e2e-vid', 'data-e2e-aweme-id', 'data-aweme-id', 'href']],
      ['douyin-shop', ['href']],
    ] as const;
    for (const [id, attributes] of needed) {
      const watched = sites.find((site) => site.id === id)?.watchedAttributes;
      expect([...(watched ?? [])].sort()).toEqual([...attributes].sort());
    }
  });
});
