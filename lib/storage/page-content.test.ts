import { describe, expect, it } from 'vitest';
import { postRecord, skuRecord } from '../core/record.samples.ts';
import { type PostRecord } from '../core/record.ts';
import { toObservation } from '../core/observation.ts';
import { identityOf, pageContent } from './page-content.ts';

const content = (fields: Partial<PostRecord>): string =>
  pageContent(toObservation(postRecord({ like_count: 5, caption: 'tea', ...fields })));

describe('pageContent', () => {
  it.each<[string, Partial<PostRecord>]>([
    ['when it was seen', { observed_at: 1, fetched_at: 2 }],
    ['where it was met', { query_type: 'search', result_rank: 4, collected_from_url: 'https://www.tiktok.com/' }],
    ['what it was read from', { raw_sha256: 'ab' }],
    ['addresses that expire', { cover_url: 'https://a/', image_urls: ['https://b/'], author_avatar_url: 'https://c/' }],
    ['addresses within', { subtitles: [] }],
  ])('does not change with %s', (_what, change) => {
    expect(content(change)).toBe(content({}));
  });

  it('ignores the addresses of subtitles, not the subtitles', () => {
    const track = { language: 'eng-US', kind: 'asr', format: 'webvtt' } as const;
    const subtitled = (url: string): string => content({ subtitles: [{ ...track, url }] });
    expect(subtitled('https://a/')).toBe(subtitled('https://b/'));
    expect(subtitled('https://a/')).not.toBe(content({}));
  });

  it.each<[string, Partial<PostRecord>]>([
    ['a count', { like_count: 6 }],
    ['a text', { caption: 'oat' }],
    ['the availability', { availability: 'private' }],
    [
      'a precision',
      { figures: { like_count: { precision: 'rounded', source: 'stats', observed_at: 1, fetched_at: 1 } } },
    ],
  ])('changes with %s', (_what, change) => {
    expect(content(change)).not.toBe(content({}));
  });
});

describe('identityOf', () => {
  it('tells the SKUs of a product apart', () => {
    const [one, two] = ['1', '2'].map((id) => identityOf(toObservation(skuRecord({ sku_id: id }))));
    expect(one).not.toBe(two);
  });
});
