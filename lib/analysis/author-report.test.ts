import { describe, expect, test } from 'vitest';
import { recordRef } from '../core/observation.ts';
import { bareRecords } from '../core/record.samples.ts';
import { refKey } from '../core/ref.ts';
import { type AuthoredPost, authorRef, authorReport } from './author-report.ts';

function post(author: number, more: Partial<AuthoredPost> = {}): AuthoredPost {
  return {
    ref: 'tiktok:post:1',
    author,
    platform: 'tiktok',
    id: null,
    secId: null,
    handle: `person${author}`,
    name: null,
    followers: null,
    posts: null,
    observedAt: 10,
    caption: null,
    views: null,
    likes: null,
    createdAt: null,
    timesMedian: null,
    others: null,
    ...more,
  };
}

describe('authorReport', () => {
  test('has medians with their number, times, and what was said last', () => {
    const posts = [
      post(1, { views: 100, likes: 5, createdAt: 50, followers: 7, observedAt: 3 }),
      post(1, { views: 300, createdAt: 20, followers: 9, observedAt: 4, handle: 'New.Handle' }),
      post(1, { views: null, observedAt: 2 }),
      post(2),
      post(-1, { views: 1 }),
    ];
    const profile = { ...post(1, { posts: 312, followers: 8, observedAt: 5, name: 'Lily', handle: null }) };
    const [first, second, ...rest] = authorReport(posts, [profile]);
    expect(rest).toEqual([]);
    expect(first).toEqual({
      platform: 'tiktok',
      ref: 'tiktok:author:new.handle',
      handle: 'New.Handle',
      name: 'Lily',
      captured: 3,
      declared: 312,
      followers: 8,
      medianViews: 200,
      medianViewsN: 2,
      medianLikes: 5,
      medianLikesN: 1,
      outliers: [],
      firstPostAt: 20,
      lastPostAt: 50,
    });
    expect(second).toMatchObject({
      captured: 1,
      declared: null,
      medianViews: null,
      medianViewsN: 0,
      firstPostAt: null,
    });
  });

  test('shows the five that stand out most, from three times the median on', () => {
    const posts = [2.9, 3, 4, 5, 6, 7, 8, null].map((timesMedian, index) =>
      post(1, { ref: `tiktok:post:${index}`, views: 10, timesMedian, others: timesMedian === null ? null : 6 }),
    );
    const shown = authorReport(posts, [])[0]?.outliers.map(({ timesMedian, n }) => [timesMedian, n]);
    expect(shown).toEqual([8, 7, 6, 5, 4].map((timesMedian) => [timesMedian, 6]));
  });

  test('keeps the platforms apart, and leaves out whom nobody knows', () => {
    const rows = authorReport([post(1), post(2, { platform: 'douyin' }), post(-1)], []);
    expect(rows.map(({ platform, ref }) => [platform, ref])).toEqual([
      ['tiktok', 'tiktok:author:person1'],
      ['douyin', null],
    ]);
  });

  test('an author’s ref is the one that a record of the author is filed under', () => {
    const bare = bareRecords.author;
    const record = { ...bare, author_handle: 'Lily', author_sec_id: 'MS4', author_id: '9' };
    for (const own of [record, { ...record, platform: 'douyin' as const }, { ...record, author_handle: null }, bare]) {
      const { platform, author_id: id, author_sec_id: secId, author_handle: handle } = own;
      expect(authorRef({ platform, id, secId, handle })).toBe(refKey(recordRef(own)));
    }
    expect(authorRef({ platform: 'douyin', id: null, secId: null, handle: 'lily' })).toBeNull();
  });
});
