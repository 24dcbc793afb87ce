import { describe, expect, it } from 'vitest';
import type { RefKey } from '../core/ref.ts';
import type { PageList } from '../storage/session-buffer.ts';
import {
  addOthers,
  addStatus,
  loadItems,
  mergeOrder,
  newList,
  ranksOf,
  refsOfList,
  type ShownItem,
  showItems,
  sightingsOf,
} from './page-list.ts';

const ref = (name: string | number): RefKey => `tiktok:post:${name}`;
const tile = (name: string | number): ShownItem => ({ ref: ref(name), role: 'tile', hook: 'user-post-item' });
const card = (name: string | number): ShownItem => ({ ref: ref(name), role: 'card', hook: 'feed-player' });
const detail = (name: string | number): ShownItem => ({ ref: ref(name), role: 'detail', hook: 'detail-player' });
const context = { type: 'profile', query: 'someone', tab: null, personalised: null } as const;
const empty = newList('tiktok profile', { url: 'https://www.tiktok.com/@someone', context, subject: null });

const names = (list: PageList): string[] => list.entries.map((entry) => entry.ref.split(':')[2] ?? '');
const text = (refs: readonly RefKey[]): string => refs.map((key) => key.split(':')[2]).join(' ');
const ranks = (list: PageList): string[] => [...ranksOf(list)].map(([key, rank]) => `${key.split(':')[2]}=${rank}`);
/** The page as scrolled through: each text names what is in the DOM at one time. */
const scrolled = (...windows: string[]): PageList =>
  windows.reduce((list, dom, index) => showItems(list, dom.split(' ').filter(Boolean).map(tile), index), empty);

describe('mergeOrder', () => {
  it.each([
    ['', 'a b c', 'a b c'],
    ['a b', 'a b c', 'a b c'],
    ['a b', 'b c d', 'a b c d'],
    // A window of a feed that was scrolled up.
    ['c d', 'a b c', 'a b c d'],
    ['a d', 'b c d', 'a b c d'],
    // In between.
    ['a c', 'a b c', 'a b c'],
    ['a b c', 'a x b y c z', 'a x b y c z'],
    // Behind its predecessor, though what followed left the DOM.
    ['a b c', 'a x', 'a x b c'],
    // A jump.
    ['a b', 'x y', 'a b x y'],
    // Sorted anew by the page: the order of the first meeting stays.
    ['a b c', 'c b a', 'a b c'],
    ['a b c', '', 'a b c'],
    ['a b c', 'c a x', 'a x b c'],
  ])('[%s] after [%s] is [%s]', (known, shown, wanted) => {
    const list = (words: string): RefKey[] => words.split(' ').filter(Boolean).map(ref);
    expect(text(mergeOrder(list(known), list(shown)))).toBe(wanted);
  });

  it('puts every item of a virtualised feed in its place once, whatever way it is scrolled', () => {
    const feed = Array.from({ length: 200 }, (_item, index) => ref(index));
    let random = 7;
    const next = (limit: number): number => {
      random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
      return random % limit;
    };
    for (let round = 0; round < 4; round++) {
      let known: readonly RefKey[] = [];
      let top = 0;
      let furthest = 0;
      while (furthest < feed.length) {
        const size = 2 + next(10);
        known = mergeOrder(known, feed.slice(top, top + size));
        furthest = Math.max(furthest, top + size);
        // Down by less than a window, or back up.
        top = Math.max(0, Math.min(furthest - 1, next(4) === 0 ? top - next(30) : furthest - 1 - next(size - 1)));
      }
      expect(known).toEqual(feed);
    }
  });
});

describe('showItems', () => {
  it('keeps what left the DOM, with its rank', () => {
    const list = scrolled('a b c', 'c d', 'd e', '', 'a b');
    expect(ranks(list)).toEqual(['a=1', 'b=2', 'c=3', 'd=4', 'e=5']);
  });

  it('keeps when an item was first and last seen', () => {
    const list = scrolled('a b', 'b c', 'c');
    expect(list.entries.map((entry) => [entry.first_seen_at, entry.last_seen_at])).toEqual([
      [0, 0],
      [0, 1],
      [1, 2],
    ]);
  });

  it('gives an opened item of the list no second entry, and keeps its rank', () => {
    const list = showItems(scrolled('a b c'), [tile('a'), tile('b'), tile('c'), detail('b')], 9);
    expect(ranks(list)).toEqual(['a=1', 'b=2', 'c=3']);
    expect(list.entries.find((entry) => entry.ref === ref('b'))).toMatchObject({ role: 'tile', last_seen_at: 9 });
  });

  it('ranks no detail that is in no list, until it is met in one', () => {
    const opened = showItems(scrolled('a'), [tile('a'), detail('x')], 5);
    expect(ranks(opened)).toEqual(['a=1']);
    expect(names(opened)).toEqual(['a', 'x']);
    const met = showItems(opened, [tile('a'), tile('b'), tile('x'), detail('x')], 6);
    expect(ranks(met)).toEqual(['a=1', 'b=2', 'x=3']);
    expect(met.entries.find((entry) => entry.ref === ref('x'))).toMatchObject({ role: 'tile', first_seen_at: 5 });
  });

  it('counts an item that the DOM has twice once', () => {
    expect(names(showItems(empty, [card('a'), card('b'), card('a')], 1))).toEqual(['a', 'b']);
  });

  it('changes nothing in the list that it was given', () => {
    const before = scrolled('a b');
    const copy = structuredClone(before);
    showItems(before, [tile('c')], 9);
    expect(before).toEqual(copy);
  });

  it('stays within its bound when a page makes items up', () => {
    let list = empty;
    for (let round = 0; round < 12; round++) {
      list = showItems(
        list,
        Array.from({ length: 2_000 }, (_item, index) => tile(round * 2_000 + index)),
        round,
      );
    }
    expect(list.entries).toHaveLength(20_000);
  });
});

describe('loadItems', () => {
  it('puts what was only loaded behind what is shown, without a rank', () => {
    const list = loadItems(scrolled('a b'), [ref('b'), ref('c'), ref('d'), ref('c')], 5);
    expect(names(list)).toEqual(['a', 'b', 'c', 'd']);
    expect(ranks(list)).toEqual(['a=1', 'b=2']);
    expect(list.entries.at(-1)).toMatchObject({ role: 'data', hook: null, shown: false });
  });

  it('gives what is shown afterwards its place, and first seen then', () => {
    const loaded = loadItems(empty, ['a', 'b', 'c', 'd'].map(ref), 1);
    const list = showItems(loaded, [tile('b'), tile('a')], 7);
    expect(names(list)).toEqual(['b', 'a', 'c', 'd']);
    expect(list.entries[0]).toMatchObject({ shown: true, first_seen_at: 7, has_data: true });
    expect(list.entries[2]).toMatchObject({ shown: false, first_seen_at: 1 });
  });

  it('is the very same list when nothing is new', () => {
    const list = loadItems(empty, [ref('a')], 1);
    expect(loadItems(list, [ref('a')], 2)).toBe(list);
  });
});

describe('what else a page brings', () => {
  it('keeps others once, in the order in which they came', () => {
    const list = addOthers(addOthers(empty, ['tiktok:comment:2', 'tiktok:comment:1']), ['tiktok:comment:1']);
    expect(list.others).toEqual(['tiktok:comment:2', 'tiktok:comment:1']);
    expect(refsOfList(loadItems(list, [ref('a')], 1))).toEqual([ref('a'), 'tiktok:comment:2', 'tiktok:comment:1']);
  });

  it('keeps the last status of a thing', () => {
    const status = { code: '10204', message: "item doesn't exist", availability: 'not_available' } as const;
    const list = addStatus(addStatus(empty, ref('a'), { ...status, code: '0' }), ref('a'), status);
    expect(list.statuses).toEqual({ [ref('a')]: status });
  });
});

describe('sightingsOf', () => {
  it('says where an entry was met, and of others on which page', () => {
    const sighting = sightingsOf(loadItems(scrolled('a b', 'b'), [ref('c')], 4));
    expect(sighting(ref('b'))).toEqual({
      query_type: 'profile',
      query_text: 'someone',
      page_tab: null,
      feed_personalised: null,
      result_rank: 2,
      shown_on_page: true,
      first_seen_at: 0,
      last_seen_at: 1,
    });
    expect(sighting(ref('c'))).toMatchObject({ result_rank: null, shown_on_page: false });
    expect(sighting('tiktok:comment:1')).toMatchObject({
      query_type: 'profile',
      result_rank: null,
      shown_on_page: null,
      first_seen_at: null,
    });
  });
});
