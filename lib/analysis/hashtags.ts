/** Which hashtags a set of posts carries, and how often. */
import type { PostRecord } from '../core/record.ts';
import type { Platform } from '../core/ref.ts';

export interface HashtagCount {
  readonly platform: Platform;
  /** Without #, in the spelling that most of the posts use. */
  readonly name: string;
  /** Posts that carry it, however often and however spelt. */
  readonly posts: number;
  /** Of the given posts of this platform, from 0 to 1. */
  readonly share: number;
}

/** What two spellings of the same hashtag have in common: both platforms ignore case. */
export function hashtagKey(name: string): string {
  // Upper case first: it alone tells that ß and SS, σ and ς are the same letter.
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}

/**
 * The hashtags of these posts, most used first, then by name. The platforms' tags are counted apart. A post counts once
 * for each tag; give each post once, and only those of which there is a record.
 */
export function hashtagFrequency(posts: readonly Pick<PostRecord, 'platform' | 'hashtags'>[]): readonly HashtagCount[] {
  const found = new Map<string, { platform: Platform; posts: number; spellings: Map<string, number> }>();
  const totals = new Map<Platform, number>();
  for (const { platform, hashtags } of posts) {
    totals.set(platform, (totals.get(platform) ?? 0) + 1);
    const own = new Map<string, string>();
    for (const { name } of hashtags) {
      const key = hashtagKey(name);
      if (!own.has(key)) own.set(key, name.normalize('NFC'));
    }
    for (const [key, name] of own) {
      const place = `${platform} ${key}`;
      const tag = found.get(place) ?? { platform, posts: 0, spellings: new Map<string, number>() };
      tag.posts++;
      tag.spellings.set(name, (tag.spellings.get(name) ?? 0) + 1);
      found.set(place, tag);
    }
  }
  const counts = [...found.values()].map(({ platform, posts: count, spellings }) => ({
    platform,
    // The sort is stable: of spellings used as often, the one that was met first.
    name: [...spellings].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '',
    posts: count,
    share: count / (totals.get(platform) ?? count),
  }));
  return counts.sort((a, b) => b.posts - a.posts || compareText(hashtagKey(a.name), hashtagKey(b.name)));
}

/** By code points: the order must not depend on where it is made. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
