import type { PostRecord } from '../core/record.ts';
import type { Platform } from '../core/ref.ts';

export interface HashtagFrequency {
  readonly platform: Platform;
  /** As most of the posts write it. */
  readonly name: string;
  /** Ids seen for it, oldest post first; usually one, none where only the caption names it. */
  readonly ids: readonly string[];
  /** In how many of the posts it is used. */
  readonly posts: number;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * How often the posts use each hashtag, most used first. A post counts once however often it repeats a tag; names are
 * the same when they differ in case or in Unicode form only; the platforms are never added up.
 */
export function hashtagFrequency(records: Iterable<PostRecord>): HashtagFrequency[] {
  interface Tally {
    readonly platform: Platform;
    readonly spellings: Map<string, number>;
    readonly ids: Set<string>;
    readonly posts: Set<string>;
  }
  const tallies = new Map<string, Tally>();
  for (const { platform, post_id: postId, hashtags } of records) {
    for (const { name, id } of hashtags) {
      const written = name.normalize('NFC');
      const key = `${platform} ${written.toLowerCase()}`;
      const tally = tallies.get(key) ?? { platform, spellings: new Map(), ids: new Set(), posts: new Set() };
      tallies.set(key, tally);
      tally.spellings.set(written, (tally.spellings.get(written) ?? 0) + 1);
      if (id !== null) tally.ids.add(id);
      tally.posts.add(postId);
    }
  }
  return [...tallies.values()]
    .map(({ platform, spellings, ids, posts }) => ({
      platform,
      name: [...spellings].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '',
      ids: [...ids],
      posts: posts.size,
    }))
    .sort((a, b) => b.posts - a.posts || byCodeUnit(a.name, b.name) || byCodeUnit(a.platform, b.platform));
}
