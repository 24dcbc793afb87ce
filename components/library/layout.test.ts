import { describe, expect, it } from 'vitest';
import type { LibraryColumn } from '../../lib/messaging/protocol.ts';
import {
  clampWidth,
  firstLayout,
  fittedLayout,
  moveColumn,
  narrowest,
  placeColumns,
  resizeColumn,
  type TableLayout,
  toggleColumn,
  togglePin,
  usualWidth,
  widest,
} from './layout.ts';

const column = (name: string, shown = true, type: LibraryColumn['type'] = 'text'): LibraryColumn => ({
  name,
  type,
  shown,
  description: { en: name, zh_CN: name },
});
const columns = [column('platform'), column('caption'), column('view_count', true, 'integer'), column('region', false)];
const layout: TableLayout = { shown: ['a', 'b', 'c', 'd'], pinned: [], widths: {} };

describe('the first layout', () => {
  it('shows what the library shows by itself, its name first', () => {
    expect(firstLayout(columns).shown).toEqual(['caption', 'platform', 'view_count']);
  });

  it('is taken where nothing of a stored one is left, or there is none', () => {
    expect(fittedLayout(null, columns)).toEqual(firstLayout(columns));
    expect(fittedLayout({ shown: ['gone'], pinned: ['gone'], widths: { gone: 90 } }, columns)).toEqual(
      firstLayout(columns),
    );
  });
});

describe('a stored layout', () => {
  it('loses columns that are none any more, doubles, pins of what is hidden, and impossible widths', () => {
    const stored = {
      shown: ['region', 'gone', 'caption', 'region'],
      pinned: ['gone', 'region', 'platform'],
      widths: { region: 9_999, caption: Number.NaN, gone: 80 },
    };
    expect(fittedLayout(stored, columns)).toEqual({
      shown: ['region', 'caption'],
      pinned: ['region'],
      widths: { region: widest, caption: narrowest },
    });
  });
});

describe('placing', () => {
  it('draws pinned columns first, each where the one before it ends', () => {
    const placed = placeColumns(
      { shown: ['platform', 'caption', 'view_count'], pinned: ['view_count'], widths: { platform: 60 } },
      columns,
    );
    expect(placed.map(({ column: { name }, left, width, pinned }) => [name, left, width, pinned])).toEqual([
      ['view_count', 0, 108, true],
      ['platform', 108, 60, false],
      ['caption', 168, usualWidth(column('caption')), false],
    ]);
  });
});

describe('changes', () => {
  it('show a column at the end, and hide it with its pin; the last one stays', () => {
    expect(toggleColumn(layout, 'e').shown).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(toggleColumn({ ...layout, pinned: ['b'] }, 'b')).toMatchObject({ shown: ['a', 'c', 'd'], pinned: [] });
    const one: TableLayout = { shown: ['a'], pinned: [], widths: {} };
    expect(toggleColumn(one, 'a')).toBe(one);
  });

  it.each([
    ['a', 2, ['b', 'c', 'a', 'd']],
    ['d', 0, ['d', 'a', 'b', 'c']],
    ['b', 99, ['a', 'c', 'd', 'b']],
    ['c', -5, ['c', 'a', 'b', 'd']],
  ])('move %s to place %d', (name, to, shown) => {
    expect(moveColumn(layout, name, to).shown).toEqual(shown);
  });

  it('move nothing where there is nothing to move', () => {
    expect(moveColumn(layout, 'b', 1)).toBe(layout);
    expect(moveColumn(layout, 'z', 1)).toBe(layout);
  });

  it('never move a column over the border of the pinned ones', () => {
    const pinned = togglePin(togglePin(layout, 'c'), 'd');
    expect(moveColumn(pinned, 'c', 3).shown).toEqual(['d', 'c', 'a', 'b']);
    expect(moveColumn(pinned, 'a', 0)).toBe(pinned);
    expect(togglePin(pinned, 'c').pinned).toEqual(['d']);
  });

  it('keep widths within what can be seen and grasped', () => {
    expect(resizeColumn(layout, 'a', 10).widths).toEqual({ a: narrowest });
    expect([clampWidth(123.6), clampWidth(5_000), clampWidth(Number.NaN)]).toEqual([124, widest, narrowest]);
  });
});
