import { describe, expect, test } from 'vitest';
import { notSummarised, summaryFields, summaryOf, summaryType, type SummaryValue } from './record-summary.ts';
import { bareRecords, postRecord, productRecord } from './record.samples.ts';
import { type AnyRecord, type FigureNote, recordTypes } from './record.ts';

function note(precision: FigureNote['precision'], source: string, observedAt: number | null = 5): FigureNote {
  return { precision, source, observed_at: observedAt, fetched_at: 6 };
}

function summarised(record: AnyRecord, more: object = {}): Readonly<Record<string, SummaryValue | undefined>> {
  const { form, values } = summaryOf({ ref_key: 'tiktok:post:1', record, observation_count: 3, ...more });
  const fields = summaryFields(summaryType(form) ?? 'sku');
  expect(values).toHaveLength(fields.length);
  return Object.fromEntries(fields.map((field, index) => [field, values[index]]));
}

test.each(recordTypes)('every field of a %s is summarised, or left out for a reason', (type) => {
  const fields = new Set([...summaryFields(type), ...Object.keys(notSummarised)]);
  expect(Object.keys(bareRecords[type]).filter((field) => !fields.has(field))).toEqual([]);
  for (const reason of Object.values(notSummarised)) expect(reason.length).toBeGreaterThan(5);
});

test('no two types have the same form, and a form of another version is of none', () => {
  expect(
    new Set(
      recordTypes.map(
        (type) => summaryOf({ ref_key: 'tiktok:post:1', record: bareRecords[type], observation_count: 1 }).form,
      ),
    ).size,
  ).toBe(recordTypes.length);
  expect(summaryType(1)).toBeNull();
});

describe('a summary', () => {
  const post = postRecord({
    caption: 'Bread #rye',
    view_count: 0,
    is_ad: false,
    hashtags: [{ name: 'rye', id: null, origin: 'caption' }],
    mentions: [{ account: 'friend', origin: 'both' }],
    subtitles: [{ language: 'eng-US', kind: 'asr', format: null, url: null }],
    image_urls: ['https://p.invented.test/1', 'https://p.invented.test/2'],
    figures: { view_count: note('rounded', 'stats', 77), like_count: note('unknown', 'dom') },
  });

  test('has values as they are, lists as their texts, and null for what is empty', () => {
    expect(summarised(post)).toMatchObject({
      caption: 'Bread #rye',
      view_count: 0,
      is_ad: false,
      like_count: null,
      hashtags: ['rye'],
      mentions: ['friend'],
      subtitles: ['eng-US'],
      effects: null,
      image_count: 2,
    });
  });

  test('knows how good the figures are that there is a value of', () => {
    expect(summarised(post)).toMatchObject({
      counts_precision: 'rounded',
      counts_source: 'stats',
      views_observed_at: 77,
      sources: ['gateway', 'page'],
      observation_count: 3,
    });
    expect(summarised(postRecord({}))).toMatchObject({ counts_precision: null, counts_source: null });
    const sold = productRecord({ sold_count: 13_000, figures: { sold_count: note('lower_bound', 'api:other') } });
    expect(summarised(sold)).toMatchObject({ sold_count_precision: 'lower_bound', sources: ['gateway', 'other'] });
    expect(summarised(productRecord({}))).toMatchObject({ sold_count_precision: null });
  });

  test('has how far the views came between the last two looks', () => {
    const interval = { earlier: { value: 100, at: 1000 }, later: { value: 90, at: 5000 } };
    expect(summarised(post, { view_interval: interval })).toMatchObject({ interval_views: -10, interval_ms: 4000 });
    expect(summarised(post)).toMatchObject({ interval_views: null, interval_ms: null });
  });
});
