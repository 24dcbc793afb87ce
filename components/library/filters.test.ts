/** What people type into filters, and what the chips say. */
import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../lib/i18n/index.ts';
import type { LibraryColumn, LibraryFilter, LibraryQuery } from '../../lib/messaging/protocol.ts';
import { boundText, filterManner, parseBound } from './filter-input.ts';
import { filterText, isNarrowed, queryCurrency, withFilters, withoutFilters } from './filter-words.ts';
import { dayEnd, dayOf, dayStart } from './zoned.ts';

const units = { zone: 'Asia/Shanghai', currency: 'CNY' };

describe('bounds as typed', () => {
  it.each([
    ['integer', '1,000', 1_000],
    ['integer', '1.2万', 12_000],
    ['integer', '10k', 10_000],
    ['integer', '-30', -30],
    ['integer', '12.5', undefined],
    ['number', '0.05', 0.05],
    ['number', '5%', undefined],
    ['duration', '1:30', 90_000],
    ['duration', '1:02:03', 3_723_000],
    ['duration', '90', 90_000],
    ['duration', '2.5 s', 2_500],
    ['duration', '1:3', undefined],
    ['money', '9.90', 990],
    ['money', '1,200', 120_000],
    ['money', '9.905', undefined],
    ['money', 'nine', undefined],
    ['time', '2026-11-21', Date.UTC(2026, 10, 20, 16)],
    ['time', '2026-02-30', undefined],
    ['integer', '  ', null],
  ] as const)('%s %s is %s', (type, text, value) => {
    expect(parseBound(type, text, 'from', units)).toBe(value);
  });

  it('the last day counts whole', () => {
    expect(parseBound('time', '2026-11-21', 'to', units)).toBe(Date.UTC(2026, 10, 21, 16) - 1);
  });

  it('currencies have their own decimals, and without one the minor units are typed', () => {
    expect(parseBound('money', '72', 'from', { ...units, currency: 'VND' })).toBe(72);
    expect(parseBound('money', '7.2', 'from', { ...units, currency: 'VND' })).toBeUndefined();
    expect(parseBound('money', '1.234', 'from', { ...units, currency: 'KWD' })).toBe(1_234);
    expect(parseBound('money', '720', 'from', { ...units, currency: null })).toBe(720);
  });

  it.each([
    ['integer', 12_000],
    ['duration', 90_000],
    ['duration', 2_500],
    ['money', 990],
    ['time', Date.UTC(2026, 10, 20, 16)],
    ['number', 0.05],
  ] as const)('what is written of %s %d means it again', (type, value) => {
    expect(parseBound(type, boundText(type, value, units), 'from', units)).toBe(value);
  });
});

describe('days of a zone', () => {
  it.each([
    ['2026-03-29', 'Europe/Berlin', Date.UTC(2026, 2, 28, 23)],
    ['2026-03-30', 'Europe/Berlin', Date.UTC(2026, 2, 29, 22)],
    ['2026-10-25', 'Europe/Berlin', Date.UTC(2026, 9, 24, 22)],
    ['2026-10-26', 'Europe/Berlin', Date.UTC(2026, 9, 25, 23)],
    ['2026-01-01', 'UTC', Date.UTC(2026, 0, 1)],
    ['2026-06-01', 'America/Los_Angeles', Date.UTC(2026, 5, 1, 7)],
  ])('%s in %s begins at its own midnight', (day, zone, at) => {
    expect(dayStart(day, zone)).toBe(at);
    expect(dayOf(at, zone)).toBe(day);
    expect(dayOf(at - 1, zone)).not.toBe(day);
    expect(dayOf(dayEnd(day, zone) ?? 0, zone)).toBe(day);
  });

  it('what is no day is none', () => {
    expect([dayStart('21.11.2026', 'UTC'), dayEnd('2026-13-01', 'UTC')]).toEqual([null, null]);
  });
});

const column = (name: string, type: LibraryColumn['type']): LibraryColumn => ({
  name,
  type,
  shown: true,
  description: { en: name, zh_CN: name },
});

describe('the manner of a column', () => {
  it.each([
    ['view_count', 'integer', 'range'],
    ['created_at', 'time', 'range'],
    ['caption', 'text', 'text'],
    ['platform', 'text', 'choice'],
    ['author_handle', 'text', 'choice'],
    ['hashtags', 'list', 'choice'],
    ['author_verified', 'boolean', 'flag'],
  ] as const)('%s (%s): %s', (name, type, manner) => {
    expect(filterManner({ name, type })).toBe(manner);
  });
});

describe('chips', () => {
  const en = createTranslator('en');
  const zh = createTranslator('zh_CN');
  const views = column('view_count', 'integer');
  const between = (from: number | null, to: number | null, name = 'view_count'): LibraryFilter => ({
    kind: 'between',
    column: name,
    from,
    to,
  });

  it.each([
    [between(1_000, 5_000), views, 'Views: 1,000 – 5,000'],
    [between(1_000, null), views, 'Views: ≥ 1,000'],
    [between(null, 0), views, 'Views: ≤ 0'],
    [between(7, 7), views, 'Views: 7'],
    [between(30_000, 90_000, 'duration_ms'), column('duration_ms', 'duration'), 'Duration: 0:30 – 1:30'],
    [between(990, null, 'price_minor'), column('price_minor', 'money'), 'Price: ≥ CN¥9.90'],
    [
      between(Date.UTC(2026, 10, 20, 16), null, 'created_at'),
      column('created_at', 'time'),
      'Published: since 2026-11-21',
    ],
    [
      { kind: 'one_of', column: 'platform', values: ['tiktok', 'douyin'] },
      column('platform', 'text'),
      'Platform: TikTok, Douyin',
    ],
    [
      { kind: 'one_of', column: 'author_verified', values: ['true'] },
      column('author_verified', 'boolean'),
      'Verified: yes',
    ],
    [{ kind: 'contains', column: 'caption', text: 'bread' }, column('caption', 'text'), 'Caption: contains “bread”'],
    [{ kind: 'missing', column: 'view_count', missing: true }, views, 'Views: not known'],
    [{ kind: 'missing', column: 'view_count', missing: false }, views, 'Views: known'],
    [{ kind: 'missing', column: 'gone', missing: false }, undefined, 'gone: known'],
  ] as const)('%j', (filter, of, text) => {
    expect(filterText(en, filter, of, units)).toBe(text);
  });

  it('are worded in Chinese as well', () => {
    expect(
      filterText(zh, { kind: 'one_of', column: 'platform', values: ['douyin'] }, column('platform', 'text'), units),
    ).toBe('平台：抖音');
  });
});

describe('queries', () => {
  const query: LibraryQuery = {
    type: 'product',
    project: 'p',
    text: 'tea',
    filters: [
      { kind: 'one_of', column: 'platform', values: ['douyin'] },
      { kind: 'contains', column: 'product_name', text: 'x' },
      { kind: 'one_of', column: 'currency', values: ['CNY'] },
    ],
    sort: { column: 'sold_count', descending: true },
  };

  it('a condition takes the place of the one on its column, with those that belong to it', () => {
    const changed = withFilters(query, 'price_minor', [
      { kind: 'one_of', column: 'currency', values: ['USD'] },
      { kind: 'between', column: 'price_minor', from: 1, to: null },
    ]);
    expect(changed.filters.map((filter) => filter.column)).toEqual([
      'platform',
      'product_name',
      'currency',
      'price_minor',
    ]);
    expect(queryCurrency(changed)).toBe('USD');
    const edited = withFilters(query, 'platform', [{ kind: 'one_of', column: 'platform', values: ['tiktok'] }]);
    expect(edited.filters.map((filter) => filter.column)).toEqual(['platform', 'product_name', 'currency']);
    expect(withFilters(query, 'product_name', []).filters).toHaveLength(2);
  });

  it('have a currency only where it is one', () => {
    expect(
      queryCurrency({ ...query, filters: [{ kind: 'one_of', column: 'currency', values: ['CNY', 'USD'] }] }),
    ).toBeNull();
    expect(queryCurrency({ ...query, filters: [] })).toBeNull();
  });

  it('lose their conditions and keep their order', () => {
    expect(isNarrowed(query)).toBe(true);
    expect(withoutFilters(query)).toMatchObject({ sort: query.sort, filters: [], text: '', project: null });
    expect(isNarrowed(withoutFilters(query))).toBe(false);
    expect(isNarrowed({ ...withoutFilters(query), text: '  ' })).toBe(false);
  });
});
