/** Views and addresses: what was written is read again, and what nobody wrote is not. */
import { describe, expect, it } from 'vitest';
import type { LibraryView } from '../../lib/messaging/protocol.ts';
import { addressOf } from './grid.samples.ts';
import { formatRoute, mostCompared, parseRoute, type Route } from './route.ts';
import { firstView, lastView, lastViewId, namedViews, readView, type TableView, writeView } from './view-state.ts';

const view: TableView = {
  query: {
    type: 'product',
    project: 'p1',
    text: 'tea 茶',
    filters: [
      { kind: 'between', column: 'price_minor', from: 100, to: null },
      { kind: 'one_of', column: 'platform', values: ['douyin'] },
      { kind: 'contains', column: 'product_name', text: '杯' },
      { kind: 'missing', column: 'rating', missing: true },
    ],
    sort: { column: 'sold_count', descending: true },
  },
  layout: { shown: ['product_name', 'price_minor'], pinned: ['product_name'], widths: { product_name: 320 } },
};
const stored = (id: string, state: string, name = id): LibraryView => ({ id, name, state });

describe('a view', () => {
  it('is read as it was written', () => {
    expect(readView(writeView(view))).toEqual(view);
    expect(readView(writeView(firstView('post')))).toEqual(firstView('post'));
  });

  it.each([
    '',
    'null',
    '[]',
    '{"version":2}',
    writeView(view).replace('"product"', '"planet"'),
    writeView(view).replace('"between"', '"beside"'),
    writeView(view).replace('"descending":true', '"descending":"yes"'),
    writeView(view).replace('320', '"wide"'),
  ])('that nobody wrote is none: %s', (text) => {
    expect(readView(text)).toBeNull();
  });

  it('what else stands in it is left out', () => {
    const text = JSON.stringify({ ...JSON.parse(writeView(view)), more: 1, layout: { ...view.layout, more: 1 } });
    expect(readView(text)).toEqual(view);
  });

  it('the way a table was last shown is no named view, and is of its own table only', () => {
    const all = [
      stored('a', writeView(view), 'Tea'),
      stored('b', 'broken'),
      stored(lastViewId('product'), writeView(view)),
    ];
    expect(namedViews(all).map(({ name }) => name)).toEqual(['Tea']);
    expect(lastView(all, 'product')).toEqual(view);
    expect(lastView(all, 'post')).toBeNull();
    expect(lastView([stored(lastViewId('post'), writeView(view))], 'post')).toBeNull();
  });
});

describe('addresses', () => {
  const ref = addressOf(1);
  it.each<Route>([
    { view: 'records', type: 'post', open: null },
    { view: 'records', type: 'author', open: null },
    { view: 'records', type: 'comment', open: ref },
    { view: 'records', type: 'hashtag', open: 'tiktok:hashtag:面包/,#%' },
    { view: 'compare', refs: [] },
    { view: 'compare', refs: [ref, addressOf(2)] },
    { view: 'hashtags' },
    { view: 'authors' },
    { view: 'jobs' },
    { view: 'import' },
  ])('%j comes back', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it.each(['', '#', '#nothing', '#records', '#posts/not-a-ref', '#posts/%E0%A4%A'])(
    '%j is the table of posts',
    (hash) => {
      expect(parseRoute(hash)).toEqual({ view: 'records', type: 'post', open: null });
    },
  );

  it('no more are compared than fit', () => {
    const refs = Array.from({ length: 30 }, (_value, index) => addressOf(index));
    expect(parseRoute(formatRoute({ view: 'compare', refs }))).toMatchObject({ refs: refs.slice(0, mostCompared) });
  });
});
