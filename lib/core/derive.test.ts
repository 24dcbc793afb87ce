import { describe, expect, test } from 'vitest';
import { deriveRecord, deriveRecords } from './derive.ts';
import { bareRecords, postRecord, productRecord, skuRecord } from './record.samples.ts';
import { type FigureNote, type PostRecord, recordTypes } from './record.ts';
import { type Observation, toObservation } from './observation.ts';

const noon = Date.UTC(2026, 8, 1, 12);
const minute = 60_000;
const hour = 60 * minute;

function note(observedAt: number, precision: FigureNote['precision'], source: string): FigureNote {
  return { precision, source, observed_at: observedAt, fetched_at: observedAt };
}

function seen(at: number, fields: Partial<PostRecord>): Observation {
  return toObservation(postRecord({ observed_at: at, fetched_at: at, figures: {}, ...fields }));
}

function derivePost(...observations: Observation[]): PostRecord {
  const record = deriveRecord(observations);
  if (record?.record_type !== 'post') throw new Error('not a post');
  return record;
}

const exactThenRounded = (gap: number) =>
  derivePost(
    seen(noon, { view_count: 15_955, figures: { view_count: note(noon, 'exact', 'statsV2') } }),
    seen(noon + gap, { view_count: 16_000, figures: { view_count: note(noon + gap, 'rounded', 'stats') } }),
  );

describe('figures', () => {
  test.each([
    ['rounded minutes later keeps the exact figure', 5 * minute, 15_955, 'statsV2'],
    ['rounded exactly an hour later keeps it as well', hour, 15_955, 'statsV2'],
    ['rounded more than an hour later wins', hour + 1, 16_000, 'stats'],
  ])('%s', (_name, gap, count, source) => {
    const record = exactThenRounded(gap);
    expect(record.view_count).toBe(count);
    expect(record.figures['view_count']?.source).toBe(source);
  });

  test('of two exact sources that disagree the newer wins, whatever the order of the list', () => {
    const page = seen(noon, { like_count: 100, figures: { like_count: note(noon, 'exact', 'statsV2') } });
    const api = seen(noon + minute, {
      like_count: 101,
      figures: { like_count: note(noon + minute, 'exact', 'api:gateway') },
    });
    expect(derivePost(page, api).like_count).toBe(101);
    expect(derivePost(api, page).like_count).toBe(101);
  });

  test('what was fetched later within one second is newer, though its source dates by whole seconds', () => {
    const page = seen(noon + 600, {
      like_count: 100,
      collected_via: 'page_xhr',
      figures: { like_count: note(noon + 600, 'exact', 'statsV2') },
    });
    const api = toObservation(
      postRecord({
        observed_at: noon,
        fetched_at: noon + 900,
        collected_via: 'api',
        like_count: 101,
        figures: { like_count: note(noon, 'exact', 'api:gateway') },
      }),
    );
    for (const record of [derivePost(page, api), derivePost(api, page)]) {
      expect(record).toMatchObject({ like_count: 101, collected_via: 'api', observed_at: noon });
    }
  });

  test('each figure is chosen for itself and keeps its note', () => {
    const record = derivePost(
      seen(noon, {
        view_count: 15_955,
        like_count: 10,
        figures: { view_count: note(noon, 'exact', 'statsV2'), like_count: note(noon, 'exact', 'statsV2') },
      }),
      seen(noon + minute, {
        view_count: 16_000,
        like_count: 11,
        figures: {
          view_count: note(noon + minute, 'rounded', 'stats'),
          like_count: note(noon + minute, 'exact', 'stats'),
        },
      }),
    );
    expect([record.view_count, record.like_count]).toEqual([15_955, 11]);
    expect(record.figures['view_count']?.observed_at).toBe(noon);
    expect(record.figures['like_count']?.observed_at).toBe(noon + minute);
  });

  test("the figure's own time counts: an answer from a provider's cache is as old as the cache", () => {
    const record = derivePost(
      seen(noon, { view_count: 20, figures: { view_count: note(noon, 'exact', 'statsV2') } }),
      seen(noon + minute, { view_count: 5, figures: { view_count: note(noon - 48 * hour, 'exact', 'api:gateway') } }),
    );
    expect(record.view_count).toBe(20);
  });

  test('a figure without a note counts as of unknown precision', () => {
    const record = derivePost(
      seen(noon, { view_count: 1, figures: { view_count: note(noon, 'lower_bound', 'dom') } }),
      seen(noon + minute, { view_count: 2, figures: {} }),
    );
    expect(record.view_count).toBe(1);
  });

  test('zero is a figure, null is none', () => {
    const record = derivePost(
      seen(noon, {
        share_count: 7,
        save_count: 7,
        figures: { share_count: note(noon, 'exact', 'a'), save_count: note(noon, 'exact', 'a') },
      }),
      seen(noon + 2 * hour, {
        share_count: 0,
        save_count: null,
        figures: { share_count: note(noon + 2 * hour, 'exact', 'b') },
      }),
    );
    expect([record.share_count, record.save_count]).toEqual([0, 7]);
    expect(record.figures['save_count']?.source).toBe('a');
  });
});

describe('other fields', () => {
  test('null, an empty list and `unknown` never erase what was known', () => {
    const hashtags = [{ name: 'ootd', id: null, origin: 'caption' as const }];
    const record = derivePost(
      seen(noon, { region: 'US', hashtags, post_type: 'video', availability: 'ok' }),
      seen(noon + 72 * hour, { region: null, hashtags: [], post_type: 'unknown', availability: 'removed' }),
    );
    expect(record).toMatchObject({ region: 'US', hashtags, post_type: 'video', availability: 'removed' });
  });

  test('a value that says something replaces an older one, an empty text too', () => {
    const record = derivePost(seen(noon, { caption: 'before' }), seen(noon + minute, { caption: '' }));
    expect(record.caption).toBe('');
  });

  test('a reason is kept for what stays null only, the most telling one', () => {
    const record = derivePost(
      seen(noon, {
        view_count: null,
        region: null,
        missing_reasons: { view_count: 'not_exposed_on_web', region: 'not_in_response' },
      }),
      seen(noon + minute, { view_count: null, region: 'CN', missing_reasons: { view_count: 'not_in_response' } }),
    );
    expect(record.missing_reasons).toEqual({ view_count: 'not_exposed_on_web' });
  });

  test('provenance is that of the newest observation', () => {
    const record = derivePost(
      seen(noon, { collected_via: 'page_json', collected_from_url: 'https://www.tiktok.com/@a/video/1' }),
      seen(noon + minute, {
        collected_via: 'api',
        api_provider: 'gateway',
        api_endpoint: 'x/y',
        collected_from_url: null,
      }),
    );
    expect(record).toMatchObject({
      collected_via: 'api',
      api_provider: 'gateway',
      api_endpoint: 'x/y',
      collected_from_url: null,
      observed_at: noon + minute,
      fetched_at: noon + minute,
    });
  });

  test("the author's own caption beats a translation of the same hour, and each keeps its mark", () => {
    const original = seen(noon, { caption: '夏日', caption_translated_to: null });
    const soon = seen(noon + minute, { caption: 'Summer', caption_translated_to: 'en' });
    const nextDay = seen(noon + 24 * hour, { caption: 'Summer day', caption_translated_to: 'en' });
    expect(derivePost(original, soon)).toMatchObject({ caption: '夏日', caption_translated_to: null });
    expect(derivePost(original, nextDay)).toMatchObject({ caption: 'Summer day', caption_translated_to: 'en' });
  });
});

const seenProduct = (at: number, fields: Parameters<typeof productRecord>[0]) =>
  toObservation(productRecord({ observed_at: at, fetched_at: at, figures: {}, ...fields }));

describe('products', () => {
  test('a price never takes the currency or the unit of another source', () => {
    const record = deriveRecord([
      seenProduct(noon, {
        price_minor: 7200,
        list_price_minor: 9900,
        currency: 'CNY',
        price_unit_source: 'assumed:gateway',
      }),
      seenProduct(noon + 2 * hour, {
        price_minor: 1099,
        list_price_minor: null,
        currency: 'USD',
        price_unit_source: 'declared',
      }),
    ]);
    expect(record).toMatchObject({
      price_minor: 1099,
      currency: 'USD',
      price_unit_source: 'declared',
      list_price_minor: null,
    });
  });

  test('amounts of the same currency and unit complete each other', () => {
    const record = deriveRecord([
      seenProduct(noon, { price_minor: 7200, list_price_minor: 9900, currency: 'CNY', price_unit_source: 'declared' }),
      seenProduct(noon + 2 * hour, {
        price_minor: 7100,
        list_price_minor: null,
        currency: 'CNY',
        price_unit_source: 'declared',
      }),
    ]);
    expect(record).toMatchObject({ price_minor: 7100, list_price_minor: 9900 });
  });

  test('the text of a count is of the same observation as the count', () => {
    const record = deriveRecord([
      seenProduct(noon, {
        sold_count: 13_000,
        sold_count_text: '1.3万+',
        figures: { sold_count: note(noon, 'lower_bound', 'a') },
      }),
      seenProduct(noon + minute, {
        sold_count: 13_412,
        sold_count_text: null,
        figures: { sold_count: note(noon + minute, 'exact', 'b') },
      }),
    ]);
    expect(record).toMatchObject({ sold_count: 13_412, sold_count_text: null });
  });

  test("SKUs share their product's ref: the product is the record, the SKUs are records of their own", () => {
    const observations = [
      toObservation(skuRecord({ sku_id: '1' })),
      toObservation(skuRecord({ sku_id: '2' })),
      toObservation(productRecord({})),
      toObservation(skuRecord({ sku_id: '1', stock: 3, fetched_at: noon + hour, observed_at: noon + hour })),
    ];
    expect(deriveRecord(observations)?.record_type).toBe('product');
    expect(deriveRecords(observations).map((record) => record.record_type)).toEqual(['sku', 'sku', 'product']);
    expect(deriveRecords(observations)[0]).toMatchObject({ sku_id: '1', stock: 3 });
  });
});

test('nothing observed, nothing derived', () => {
  expect(deriveRecord([])).toBeNull();
});

describe('what was observed once', () => {
  test.each(recordTypes)('a %s is as it was said, and the same as if it were derived', (type) => {
    const observation = toObservation(bareRecords[type]);
    expect(deriveRecord([observation])).toBe(observation.record);
    expect(deriveRecord([observation, observation])).toEqual(observation.record);
  });

  test('notes and reasons that fit no field are left out', () => {
    const odd = seen(noon, {
      view_count: null,
      figures: { view_count: note(noon, 'exact', 'statsV2') },
      caption: 'said',
      missing_reasons: { caption: 'not_observed', like_count: 'redacted' },
    });
    const once = derivePost(odd);
    expect(once).toEqual(derivePost(odd, odd));
    expect([once.figures, once.missing_reasons]).toEqual([{}, { like_count: 'redacted' }]);
  });
});
