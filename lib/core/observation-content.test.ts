import { describe, expect, it } from 'vitest';
import { saysTheSame } from './observation-content.ts';
import { type Observation, toObservation } from './observation.ts';
import { postRecord, skuRecord } from './record.samples.ts';
import type { PostRecord } from './record.ts';

const at = Date.UTC(2026, 8, 1, 12);

function said(fields: Partial<PostRecord>, raw?: string): Observation {
  const note = { precision: 'exact', source: 'api:gateway', observed_at: at, fetched_at: fields.fetched_at ?? at };
  return toObservation(
    postRecord({ view_count: 5, figures: { view_count: { ...note, precision: 'exact' } }, ...fields }),
    raw,
  );
}

const first = said({});

describe('one observation', () => {
  it('is the same whenever and wherever we asked, and whatever text it stood in', () => {
    const again = said(
      {
        fetched_at: at + 3_600_000,
        collected_from_url: 'https://www.tiktok.com/@a/video/1',
        raw_sha256: 'ab'.repeat(32),
        query_type: 'search',
        query_text: 'rain',
        page_tab: 'video',
        feed_personalised: true,
        result_rank: 4,
        shown_on_page: true,
        first_seen_at: 1,
        last_seen_at: 2,
      },
      '{"request_id":"2","quota":99}',
    );
    expect(saysTheSame(first, again)).toBe(true);
  });

  it('is the same in another order, and without the fields that an older version did not know', () => {
    const entries = Object.entries(first.record).filter(
      ([name]) => !['poi_city', 'ai_flags', 'subtitles'].includes(name),
    );
    const older = { ...first, record: Object.fromEntries(entries.reverse()) } as unknown as Observation;
    expect(saysTheSame(first, older)).toBe(true);
    expect(saysTheSame(older, first)).toBe(true);
  });

  it.each<[string, Observation]>([
    ['another time', said({ observed_at: at + 1 })],
    ['another source', said({ api_provider: 'key-secret' })],
    ['another figure', said({ view_count: 6 })],
    ['a figure where none was', said({ like_count: 0 })],
    ['none where a figure was', said({ view_count: null })],
    ['a list that is longer', said({ product_ids: ['1'] })],
    ['another endpoint', said({ api_endpoint: 'gateway/other' })],
    ['another thing under the same ref', toObservation(skuRecord({}))],
  ])('%s is another one', (_name, other) => {
    expect(saysTheSame(first, other)).toBe(false);
    expect(saysTheSame(other, first)).toBe(false);
  });
});
