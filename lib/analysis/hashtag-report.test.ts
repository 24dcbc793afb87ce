import { describe, expect, test } from 'vitest';
import { hashtagReport, type TaggedPost } from './hashtag-report.ts';
import { hashtagFrequency } from './hashtags.ts';

const day = 86_400_000;
const newest = Date.UTC(2026, 10, 20);
const all = { rows: 1000, pairs: 1000 };

function post(hashtags: readonly string[], more: Partial<TaggedPost> = {}): TaggedPost {
  return { platform: 'tiktok', hashtags, createdAt: newest, views: null, likes: null, ...more };
}

describe('hashtagReport', () => {
  test('counts, months, medians and shares of a small set', () => {
    const report = hashtagReport(
      [
        post(['Rye', 'bread'], { views: 100, likes: 1 }),
        post(['rye', 'RYE'], { views: 300, createdAt: Date.UTC(2026, 9, 31, 23) }),
        post(['rye'], { createdAt: null, likes: 5 }),
        post([]),
        post(['rye'], { platform: 'douyin' }),
      ],
      all,
    );
    expect(report).toMatchObject({ posts: 5, distinct: 3 });
    expect(report.rows.map(({ platform, name, posts, share }) => [platform, name, posts, share])).toEqual([
      ['tiktok', 'rye', 3, 0.75],
      ['tiktok', 'bread', 1, 0.25],
      ['douyin', 'rye', 1, 1],
    ]);
    expect(report.rows[0]).toMatchObject({
      months: { '2026-10': 1, '2026-11': 1 },
      medianViews: 200,
      medianLikes: 3,
      beside: [{ name: 'bread', posts: 1 }],
    });
    expect(report.rows[2]).toMatchObject({ medianViews: null, medianLikes: null, beside: [] });
    expect(report.pairs).toEqual([{ platform: 'tiktok', one: 'bread', other: 'rye', posts: 1 }]);
  });

  test('growth is the last 30 days less the 30 before, and null where the posts span less than 60 days', () => {
    const at = (days: number) => post(['穿搭'], { createdAt: newest - days * day });
    const posts = [at(0), at(29.9), at(30), at(59.9), at(60)];
    expect(hashtagReport(posts, all).rows[0]?.growth).toBe(0);
    expect(hashtagReport([...posts, at(1)], all).rows[0]?.growth).toBe(1);
    expect(hashtagReport(posts.slice(0, 4), all).rows[0]?.growth).toBeNull();
    // The other platform's newest post is no part of it.
    const elsewhere = post(['x'], { platform: 'douyin', createdAt: newest + 90 * day });
    expect(hashtagReport([...posts, elsewhere], all).rows.find(({ name }) => name === '穿搭')?.growth).toBe(0);
  });

  test('agrees with the frequencies of a page, and with pairs counted one by one', () => {
    const posts = Array.from({ length: 400 }, (_, index) =>
      post(
        Array.from({ length: index % 6 }, (_unused, tag) => `t${(index * 31 + tag * 7) % 23}`),
        { platform: index % 3 === 0 ? 'douyin' : 'tiktok' },
      ),
    );
    const report = hashtagReport(posts, all);
    const frequency = hashtagFrequency(
      posts.map(({ platform, hashtags }) => ({
        platform,
        hashtags: hashtags.map((name) => ({ name, id: null, origin: 'caption' as const })),
      })),
    );
    const sorted = (list: readonly { platform: string; name: string; posts: number; share: number }[]) =>
      list.map(({ platform, name, posts: count, share }) => `${count} ${platform} ${name} ${share}`).sort();
    expect(sorted(report.rows)).toEqual(sorted(frequency));
    for (const { platform, one, other, posts: count } of report.pairs) {
      const together = posts.filter(
        (own) => own.platform === platform && own.hashtags.includes(one) && own.hashtags.includes(other),
      );
      expect([one, other, together.length]).toEqual([one, other, count]);
    }
    for (const { platform, name, beside } of report.rows) {
      const best = report.pairs
        .filter((pair) => pair.platform === platform && (pair.one === name || pair.other === name))
        .map((pair) => ({ name: pair.one === name ? pair.other : pair.one, posts: pair.posts }))
        .sort((a, b) => b.posts - a.posts || (a.name < b.name ? -1 : 1));
      expect(beside).toEqual(best.slice(0, 5));
    }
  });

  test('shows the most frequent only, and still says how many there are', () => {
    const posts = [post(['a', 'b']), post(['a', 'b']), post(['a', 'c']), post(['c', 'd'])];
    const report = hashtagReport(posts, { rows: 2, pairs: 1 });
    expect(report.distinct).toBe(4);
    expect(report.rows.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(report.pairs).toEqual([{ platform: 'tiktok', one: 'a', other: 'b', posts: 2 }]);
    expect(hashtagReport([], all)).toEqual({ posts: 0, distinct: 0, rows: [], pairs: [] });
  });
});
