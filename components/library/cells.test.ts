/** What cells say: never a zero for what is not known, and always why. */
import { describe, expect, it } from 'vitest';
import { postRecord, productRecord } from '../../lib/core/record.samples.ts';
import type { AnyRecord, Precision } from '../../lib/core/record.ts';
import { createTranslator } from '../../lib/i18n/index.ts';
import type { CellValue, HistoryPoint, LibraryColumn, LibraryRow } from '../../lib/messaging/protocol.ts';
import { cellText } from './cell-text.ts';
import { alignLines, hasChanged, linesBySource } from './chart-data.ts';
import { columnHelp, columnLabel } from './column-words.ts';
import { addressOf } from './grid.samples.ts';
import { monthsBetween } from './months.ts';
import { personName, personOf } from './person.ts';
import { tagsOf } from './tags.ts';

const t = createTranslator('en');
const writing = { t, zone: 'Asia/Shanghai', projects: new Map([['p1', 'Bread & maps']]) };
const column = (name: string, type: LibraryColumn['type'], formula?: string): LibraryColumn => ({
  name,
  type,
  shown: true,
  description: { en: `${name} in words. More.`, zh_CN: `${name}的说明。` },
  ...(formula === undefined ? {} : { formula }),
});
const row = (record: AnyRecord, values: Record<string, CellValue>): LibraryRow => ({
  ref: addressOf(1),
  record,
  values,
  observationCount: 1,
  tags: [],
  hasNote: false,
});
const noted = (precision: Precision) => ({ precision, source: 'stats', observed_at: null, fetched_at: 0 });
const show = (of: LibraryColumn, value: CellValue, record: AnyRecord = postRecord({})) =>
  cellText(writing, of, row(record, { [of.name]: value }));

describe('cells', () => {
  it.each([
    [column('view_count', 'integer'), 0, '0'],
    [column('view_count', 'integer'), 12_589, '12,589'],
    [column('created_at', 'time'), Date.UTC(2026, 10, 20, 16, 5), '2026-11-21 00:05'],
    [column('duration_ms', 'duration'), 75_400, '1:15'],
    [column('author_verified', 'boolean'), false, 'no'],
    [column('platform', 'text'), 'douyin', 'Douyin'],
    [column('availability', 'text'), 'ok', 'Can be seen'],
    [column('hashtags', 'list'), ['bread', '面包'], 'bread, 面包'],
    [column('sources', 'list'), ['page', 'gateway'], 'the page, OneBound'],
    [column('projects', 'list'), ['p1', 'gone'], 'Bread & maps, gone'],
    [column('er_views_lcs', 'number', 'x'), 0.0640129, '0.064'],
  ] as const)('%j %j', (of, value, text) => {
    expect(show(of, value).text).toBe(text);
  });

  it('say how good a figure is', () => {
    const record = postRecord({ view_count: 16_000, figures: { view_count: noted('rounded') } });
    expect(show(column('view_count', 'integer'), 16_000, record)).toEqual({ text: '≈16,000', title: 'rounded' });
    const sold = productRecord({ sold_count: 13_000, figures: { sold_count: noted('lower_bound') } });
    expect(show(column('sold_count', 'integer'), 13_000, sold).text).toBe('≥13,000');
  });

  it('write amounts in their own currency, and as they came without one', () => {
    expect(show(column('price_minor', 'money'), 7_200, productRecord({ currency: 'CNY' })).text).toBe('CN¥72.00');
    expect(show(column('price_minor', 'money'), 7_200, productRecord({ currency: 'VND' })).text).toBe('₫7,200');
    expect(show(column('price_minor', 'money'), 7_200, productRecord({})).text).toBe('7,200');
  });

  it('have a dash for what is not known, with the reason', () => {
    const record = postRecord({ view_count: null, missing_reasons: { view_count: 'not_exposed_on_web' } });
    expect(show(column('view_count', 'integer'), null, record)).toEqual({
      text: '–',
      missing: true,
      title: 'not shown on the web',
    });
    expect(show(column('hashtags', 'list'), [])).toMatchObject({ text: '–', missing: true });
    expect(show(column('er_views_lcs', 'number', 'x'), null).title).toMatch(/denominator/u);
    expect(show(column('tags', 'list'), null).title).not.toBe('');
  });
});

describe('columns', () => {
  it('have short names, a metric its own, and the last resort is their name', () => {
    expect(columnLabel(t, column('created_at', 'time'), 'post')).toBe('Published');
    expect(columnLabel(t, column('created_at', 'time'), 'product')).toBe('Listed');
    expect(columnLabel(t, column('post_id', 'text'), 'post')).toBe('ID');
    expect(columnLabel(t, column('a_new_metric', 'number', 'a / b'), 'post')).toBe('a_new_metric in words');
    expect(columnLabel(t, column('what_is_this', 'text'), 'post')).toBe('what_is_this');
  });

  it('explain themselves with their formula', () => {
    expect(columnHelp(t, column('er', 'number', 'a / b'))).toBe('er in words. More.\nFormula: a / b\ner');
  });
});

describe('charts', () => {
  const point = (at: number, value: number | null, source = 'page'): HistoryPoint => ({
    at,
    value,
    precision: 'exact',
    source,
  });

  it('have one line per source, over the times of all', () => {
    const lines = linesBySource([point(1_000, 5), point(2_000, 6, 'gateway'), point(3_000, 7)], (source) => source);
    expect(lines.map(({ label }) => label)).toEqual(['page', 'gateway']);
    expect(alignLines(lines)).toEqual({
      times: [1, 2, 3],
      values: [
        [5, undefined, 7],
        [undefined, 6, undefined],
      ],
    });
  });

  it('leave a gap as a gap, from the last value before it to the first after it', () => {
    const lines = [
      { label: 'a', points: [point(1_000, 5), point(4_000, null), point(6_000, 8)] },
      { label: 'b', points: [point(2_000, 1), point(3_000, 2), point(5_000, 3)] },
    ];
    expect(alignLines(lines).values).toEqual([
      [5, null, null, null, null, 8],
      [undefined, 1, 2, undefined, 3, undefined],
    ]);
  });

  it('are drawn for what changed only', () => {
    expect(hasChanged([point(1, 5), point(2, 5), point(3, null)])).toBe(false);
    expect(hasChanged([point(1, 5), point(2, null), point(3, 6)])).toBe(true);
    expect(hasChanged([])).toBe(false);
  });

  it('months without a post are months as well', () => {
    expect(monthsBetween('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(monthsBetween('2026-02', '2026-02')).toEqual(['2026-02']);
    expect(monthsBetween('2026-02', '2025-02')).toEqual([]);
  });
});

describe('people and tags', () => {
  const secId = `MS4wLjABAAAA${'x'.repeat(40)}`;
  it.each([
    [{ author_handle: 'Some.One', author_sec_id: secId }, 'tiktok:author:some.one'],
    [{ author_sec_id: secId }, `tiktok:author:${secId}`],
    [{ author_id: '123' }, 'tiktok:author:uid/123'],
    [{}, null],
    [{ platform: 'douyin', author_handle: 'dy123', author_sec_id: secId }, `douyin:author:${secId}`],
  ] as const)('a post by %j is of %s', (fields, ref) => {
    expect(personOf(postRecord(fields), addressOf(1))).toBe(ref);
  });

  it('are named as far as they are known', () => {
    expect(personName(postRecord({ author_name: 'Some One', author_handle: 'some.one' }))).toBe('Some One @some.one');
    expect(personOf(productRecord({}), addressOf(1))).toBeNull();
  });

  it('tags are several with commas between, each once', () => {
    expect(tagsOf(' coded, #wave 1，二， coded ,, ')).toEqual(['coded', 'wave 1', '二']);
    expect(tagsOf(' , ')).toEqual([]);
  });
});
