import { describe, expect, test } from 'vitest';
import { metrics } from '../../analysis/metrics.ts';
import { notSummarised, summaryFields } from '../../core/record-summary.ts';
import { bareRecords } from '../../core/record.samples.ts';
import { recordTypes } from '../../core/record.ts';
import { columns as codebook } from '../../exporters/columns.ts';
import { libraryColumns, libraryName, notInLibrary } from './library-columns.ts';
import { ownColumns, shownColumns } from './own-columns.ts';

/** What a summary has for the computing of others, and shows under another name. */
const behind: ReadonlySet<string> = new Set(['views_observed_at', 'interval_views', 'interval_ms', 'subtitles']);
/** Of a summary of any type; only some tables have the column. */
const ofSomeTables: ReadonlySet<string> = new Set([
  'counts_precision',
  'counts_source',
  'sold_count_precision',
  'image_count',
]);

describe.each(recordTypes)('the columns of %s', (type) => {
  const columns = libraryColumns(type);
  const names = columns.map(({ column }) => column.name);

  test('are those of the codebook but for what is left out with a reason, and the library’s own', () => {
    expect(new Set(names).size).toBe(names.length);
    const fromCodebook = codebook[type].map(({ name }) => name).filter((name) => !(name in notInLibrary));
    for (const name of fromCodebook) expect(names).toContain(libraryName(name));
    for (const { column } of ownColumns) expect(names).toContain(column.name);
  });

  test('show every field of a record that is one value or a list of texts, unless it is left out with a reason', () => {
    const left = Object.keys(bareRecords[type]).filter(
      (field) => !names.includes(field) && !(field in notSummarised) && !behind.has(field),
    );
    expect(left).toEqual([]);
    const unseen = summaryFields(type).filter(
      (field) => !names.includes(field) && !behind.has(field) && !ofSomeTables.has(field),
    );
    expect(unseen).toEqual([]);
  });

  test('are described in both languages, and a metric has its formula', () => {
    for (const { column, source } of columns) {
      expect(column.description.en, column.name).toMatch(/^\S.*\.$/u);
      expect(column.description.zh_CN, column.name).toMatch(/^\S.*。$/u);
      if (source.kind === 'metric') expect(column.formula).toBe(source.metric.formula);
      if (source.kind === 'summary') expect(summaryFields(type)).toContain(source.field);
    }
  });

  test('show eight to twelve when nobody chose', () => {
    const shown = columns.filter(({ column }) => column.shown).map(({ column }) => column.name);
    expect(shown.length).toBeGreaterThanOrEqual(8);
    expect(shown.length).toBeLessThanOrEqual(12);
    expect([...shown].sort()).toEqual([...shownColumns[type]].sort());
  });
});

test('a post’s times are in ms, its prices in minor units, and all metrics are there', () => {
  const types = new Map(libraryColumns('post').map(({ column }) => [column.name, column.type]));
  for (const { name } of metrics) expect(types.get(name)).toBe('number');
  expect(types.get('outlier_x_median')).toBe('number');
  expect(types.get('outlier_n')).toBe('integer');
  expect(types.get('views_per_hour_interval')).toBe('number');
  expect(types.get('created_at')).toBe('time');
  expect(types.get('duration_ms')).toBe('duration');
  expect(types.get('music_duration_ms')).toBe('duration');
  expect(types.get('is_ad')).toBe('boolean');
  expect(types.get('hashtags')).toBe('list');
  const product = new Map(libraryColumns('product').map(({ column }) => [column.name, column.type]));
  expect(product.get('price_minor')).toBe('money');
  expect(product.get('sold_count')).toBe('integer');
});
