import { describe, expect, it } from 'vitest';
import { postRecord } from '../../lib/core/record.samples.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';
import { copyText } from './copy-text.ts';

const entry: Entry = {
  ref: 'tiktok:post:7528963259874125698',
  url: 'https://www.tiktok.com/@lily/video/7528963259874125698',
  idTime: Date.UTC(2025, 6, 20, 1, 2, 41),
  status: 'fresh',
  record: null,
  error: null,
  providers: [],
  expiresAt: null,
  observationCount: 0,
};

describe('copyText', () => {
  it('keeps ids whole, figures with their notes, gaps with their reason, and one line per field', () => {
    const record = postRecord({
      caption: 'Summer\tdaily\noutfit ✨ 夏日',
      like_count: 12_589,
      hashtags: [
        { name: 'fashion', id: null, origin: 'tag_list' },
        { name: 'ootd', id: null, origin: 'both' },
      ],
      figures: {
        like_count: {
          precision: 'exact',
          source: 'api:gateway',
          observed_at: Date.UTC(2026, 8, 1, 12),
          fetched_at: Date.UTC(2026, 8, 1, 12, 0, 1),
        },
      },
      missing_reasons: { view_count: 'not_in_response' },
    });
    const lines = copyText({ ...entry, record }).split('\n');
    expect(lines).toContain('post_id\t7528963259874125698');
    expect(lines).toContain('caption\tSummer daily outfit ✨ 夏日');
    expect(lines).toContain('like_count\t12589\texact\tapi:gateway\t2026-09-01T12:00:00Z\t2026-09-01T12:00:01Z');
    expect(lines).toContain('view_count\t\tnot_in_response');
    expect(lines).toContain('hashtags\tfashion;ootd');
    expect(lines.every((line) => line.split('\t').length <= 6)).toBe(true);
  });

  it('says what the ref alone says where nothing was looked up', () => {
    expect(copyText(entry).split('\n').slice(1)).toEqual([
      'ref\ttiktok:post:7528963259874125698',
      'url\thttps://www.tiktok.com/@lily/video/7528963259874125698',
      'created_at_from_id_utc\t2025-07-20T01:02:41Z',
    ]);
  });
});
