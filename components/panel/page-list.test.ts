import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../lib/core/record.ts';
import { postRecord, productRecord } from '../../lib/core/record.samples.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { Entry, PageEntry } from '../../lib/messaging/protocol.ts';
import {
  filterItems,
  itemState,
  itemType,
  type ListFilter,
  listItems,
  noFilter,
  noSelection,
  selectedRefs,
  sortItems,
  type SortKey,
  toggle,
  toggleAll,
  usefulSorts,
} from './page-list.ts';

interface Sample {
  readonly ref: RefKey;
  readonly record?: AnyRecord | null;
  readonly idTime?: number;
  readonly status?: Entry['status'];
  readonly saved?: boolean;
  /** Not told by the worker yet. */
  readonly unknown?: boolean;
}

function itemsOf(samples: readonly Sample[]) {
  const places: PageEntry[] = samples.map((sample, index) => ({
    ref: sample.ref,
    role: 'tile',
    hook: 'grid',
    rank: index + 1,
    firstSeenAt: 0,
    lastSeenAt: 0,
    hasData: Boolean(sample.record),
    saved: sample.saved ?? false,
  }));
  const entries = samples.flatMap((sample): [RefKey, Entry][] =>
    sample.unknown
      ? []
      : [
          [
            sample.ref,
            {
              ref: sample.ref,
              url: null,
              idTime: sample.idTime ?? null,
              status: sample.status ?? 'none',
              record: sample.record ?? null,
              error: null,
              providers: [],
              expiresAt: null,
              observationCount: 0,
            },
          ],
        ],
  );
  return listItems(places, new Map(entries));
}

const post = (id: number): RefKey => `tiktok:post:${id}`;
const ids = (items: readonly { readonly ref: RefKey }[]): string =>
  items.map(({ ref }) => ref.split(':').slice(2).join(':')).join(' ');

describe('sortItems', () => {
  const items = itemsOf([
    { ref: post(1), record: postRecord({ view_count: 10, like_count: null, created_at: 300 }) },
    { ref: post(2), idTime: 900 },
    { ref: post(3), record: postRecord({ view_count: 500, like_count: 0, created_at: null, created_at_from_id: 400 }) },
    { ref: post(4), record: postRecord({ view_count: 10, like_count: 7, created_at: 100 }) },
    { ref: post(5), unknown: true },
  ]);

  it.each<[SortKey, boolean, string]>([
    ['page', false, '1 2 3 4 5'],
    ['page', true, '5 4 3 2 1'],
    ['views', false, '3 1 4 2 5'],
    ['views', true, '1 4 3 2 5'],
    ['likes', false, '4 3 1 2 5'],
    ['likes', true, '3 4 1 2 5'],
    ['newest', false, '2 3 1 4 5'],
    ['price', false, '1 2 3 4 5'],
  ])('by %s, ascending %s: %s', (key, ascending, order) => {
    expect(ids(sortItems(items, key, ascending))).toBe(order);
  });

  it('never mixes platforms or currencies', () => {
    const views = (platform: 'tiktok' | 'douyin', count: number) => postRecord({ platform, view_count: count });
    const mixed = itemsOf([
      { ref: 'douyin:post:1', record: views('douyin', 5) },
      { ref: 'tiktok:post:2', record: views('tiktok', 900) },
      { ref: 'douyin:post:3', record: views('douyin', 50) },
    ]);
    expect(ids(sortItems(mixed, 'views', false))).toBe('3 1 2');
    const prices = itemsOf([
      { ref: 'tiktok:product:1', record: productRecord({ price_minor: 99_000, currency: 'VND' }) },
      { ref: 'tiktok:product:2', record: productRecord({ price_minor: 500, currency: 'USD' }) },
      {
        ref: 'tiktok:product:3',
        record: productRecord({ price_minor: null, price_min_minor: 120_000, currency: 'VND' }),
      },
      { ref: 'tiktok:product:4', record: productRecord({}) },
    ]);
    expect(ids(sortItems(prices, 'price', false))).toBe('3 1 2 4');
  });

  it('offers only what tells items apart', () => {
    expect(usefulSorts(items)).toEqual(['page', 'views', 'likes', 'newest']);
    expect(usefulSorts([])).toEqual(['page']);
  });
});

describe('filterItems', () => {
  const tag = (name: string) => ({ name, id: null, origin: 'caption' as const });
  const items = itemsOf([
    {
      ref: post(11),
      record: postRecord({ caption: 'Morning in the Harbour', author_handle: 'ada', hashtags: [tag('Café')] }),
      saved: true,
    },
    {
      ref: post(12),
      record: postRecord({ caption: '港口的早晨', post_type: 'photo', hashtags: [tag('cafe\u0301s')] }),
    },
    { ref: post(13) },
    { ref: 'tiktok:product:14', record: productRecord({ product_name: 'Teapot' }) },
    { ref: 'tiktok:live:ada', record: null },
  ]);
  const filtered = (filter: Partial<ListFilter>) => ids(filterItems(items, { ...noFilter, ...filter }));

  it.each<[Partial<ListFilter>, string]>([
    [{}, '11 12 13 14 ada'],
    [{ text: 'HARBOUR  morning' }, '11'],
    [{ text: '早晨' }, '12'],
    [{ text: '@ada' }, '11'],
    [{ text: '13' }, '13'],
    [{ text: 'ＴＥＡ' }, '14'],
    [{ text: '.*' }, ''],
    [{ type: 'video' }, '11'],
    [{ type: 'photo' }, '12'],
    [{ type: 'live' }, 'ada'],
    [{ type: 'product' }, '14'],
    [{ data: 'with' }, '11 12 14'],
    [{ data: 'without' }, '13 ada'],
    [{ data: 'unsaved' }, '12 13 14 ada'],
    [{ hashtag: 'CAFÉ' }, '11'],
    [{ hashtag: 'café', data: 'unsaved' }, ''],
  ])('%j keeps %s', (filter, kept) => {
    expect(filtered(filter)).toBe(kept);
  });

  it('before the worker told, the page says whether there is data', () => {
    const [known] = itemsOf([{ ref: post(1), record: postRecord({}), unknown: true }]);
    expect(filterItems(known ? [known] : [], { ...noFilter, data: 'with' })).toHaveLength(1);
  });
});

describe('itemState and itemType', () => {
  const stateOf = (sample: Omit<Sample, 'ref'>) => itemsOf([{ ref: post(1), ...sample }]).map(itemState)[0];

  it('tells who gave the data, and what there is instead', () => {
    expect(stateOf({})).toEqual({ is: 'seen' });
    expect(stateOf({ unknown: true })).toEqual({ is: 'seen' });
    expect(stateOf({ status: 'error' })).toEqual({ is: 'failed' });
    expect(stateOf({ status: 'loading' })).toEqual({ is: 'loading' });
    expect(stateOf({ record: postRecord({ collected_via: 'page_json' }) })).toEqual({ is: 'page' });
    expect(stateOf({ record: postRecord({ collected_via: 'api' }), status: 'error' })).toEqual({ is: 'provider' });
    const gone = postRecord({ availability: 'not_available' });
    expect(stateOf({ record: gone })).toEqual({ is: 'unavailable', availability: 'not_available' });
  });

  it('does not guess whether a post is a video', () => {
    const [unsaid, asked] = itemsOf([
      { ref: post(1) },
      { ref: post(2), record: postRecord({ post_type: 'unknown' }) },
    ]).map(itemType);
    expect([unsaid, asked]).toEqual(['post', 'post']);
  });
});

describe('selection', () => {
  const shown = [1, 2, 3, 4, 5].map(post);
  const at = (index: number) => shown[index] ?? post(0);

  it('toggles one, and a range with Shift in either direction', () => {
    const one = toggle(noSelection, shown, at(3), false);
    const range = toggle(one, shown, at(1), true);
    expect([...range.refs].sort()).toEqual([at(1), at(2), at(3)]);
    const fewer = toggle(range, shown, at(2), true);
    expect([...fewer.refs]).toEqual([at(3)]);
  });

  it('starts no range from what is no longer shown', () => {
    const one = toggle(noSelection, shown, at(0), false);
    expect([...toggle(one, shown.slice(1), at(4), true).refs]).toEqual([at(0), at(4)]);
  });

  it('selects all that is shown, and takes only that away again', () => {
    const hidden = toggle(noSelection, shown, at(0), false);
    const all = toggleAll(hidden, shown.slice(1));
    expect(all.refs.size).toBe(5);
    expect([...toggleAll(all, shown.slice(1)).refs]).toEqual([at(0)]);
    expect(toggleAll(noSelection, []).refs.size).toBe(0);
  });

  it('comes in the order of the page, without what went', () => {
    const items = itemsOf([{ ref: at(2) }, { ref: at(1) }]);
    const chosen = { refs: new Set([at(1), at(2), at(4)]), anchor: null };
    expect(selectedRefs(chosen, items)).toEqual([at(2), at(1)]);
  });
});
