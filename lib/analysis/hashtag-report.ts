/** How hashtags are used in a set of posts: how often, when, with what outcome, and beside which others. */
import type { Platform } from '../core/ref.ts';
import { countTags, type TagCounts } from './hashtag-counts.ts';
import { median } from './median.ts';

export interface TaggedPost {
  readonly platform: Platform;
  /** Names without #, as written. */
  readonly hashtags: readonly string[];
  /** Unix ms; null: not known. */
  readonly createdAt: number | null;
  readonly views: number | null;
  readonly likes: number | null;
}

export interface HashtagUsage {
  readonly platform: Platform;
  readonly name: string;
  readonly posts: number;
  readonly share: number;
  readonly months: Readonly<Record<string, number>>;
  readonly growth: number | null;
  readonly medianViews: number | null;
  readonly medianLikes: number | null;
  readonly beside: readonly { readonly name: string; readonly posts: number }[];
}

export interface HashtagPairUse {
  readonly platform: Platform;
  readonly one: string;
  readonly other: string;
  readonly posts: number;
}

export interface HashtagUsageReport {
  readonly posts: number;
  /** Hashtags there are; the rows are the most used of them. */
  readonly distinct: number;
  readonly rows: readonly HashtagUsage[];
  /** The pairs most often together; of equals the first by name. */
  readonly pairs: readonly HashtagPairUse[];
}

const windowMs = 30 * 86_400_000;
const besideShown = 5;
/** Two places of hashtags make one number of a pair. */
const pairFactor = 2 ** 26;

/** `2026-11`, in UTC. */
function monthOf(time: number): string {
  return new Date(time).toISOString().slice(0, 7);
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/**
 * The hashtags of these posts, most used first, then by name; at most `most.rows`, and `most.pairs` pairs. Counts are exact.
 * The platforms' tags are apart, each by the posts of its own platform. A post counts once for each tag, however spelt; the
 * name is in the spelling that most posts use. Months are those of publishing, in UTC.
 *
 * - `share`: of the platform's posts. `medianViews`, `medianLikes`: of those that have the figure.
 * - `growth`: posts published in the last 30 days before the platform's newest post, less those of the 30 days before; null
 *   where the platform's posts do not span 60 days.
 */
export function hashtagReport(
  posts: readonly TaggedPost[],
  most: { readonly rows: number; readonly pairs: number },
): HashtagUsageReport {
  const reports = [...Map.groupBy(posts, ({ platform }) => platform)].map(([platform, own]) =>
    reportPlatform(platform, own, most),
  );
  const rows = reports.flatMap((report) => report.rows).sort((a, b) => b.posts - a.posts || compareText(a.key, b.key));
  const pairs = reports
    .flatMap((report) => report.pairs)
    .sort((a, b) => b.posts - a.posts || compareText(a.key, b.key));
  return {
    posts: posts.length,
    distinct: reports.reduce((sum, { distinct }) => sum + distinct, 0),
    rows: rows.slice(0, most.rows).map(({ key: _key, ...row }) => row),
    pairs: pairs.slice(0, most.pairs).map(({ key: _key, ...pair }) => pair),
  };
}

interface Keyed {
  /** What it is ordered by among equals: the same on both platforms. */
  readonly key: string;
}

interface PlatformReport {
  readonly distinct: number;
  readonly rows: readonly (HashtagUsage & Keyed)[];
  readonly pairs: readonly (HashtagPairUse & Keyed)[];
}

function reportPlatform(
  platform: Platform,
  posts: readonly TaggedPost[],
  most: { readonly rows: number; readonly pairs: number },
): PlatformReport {
  const tags = countTags(posts);
  const order = Array.from(tags.keys, (_key, place) => place);
  order.sort((a, b) => (tags.posts[b] ?? 0) - (tags.posts[a] ?? 0) || a - b);
  const shown = order.slice(0, most.rows);
  const pairs = pairsOf(tags);
  const beside = neighbours(pairs, new Set(shown));
  const details = detailsOf(posts, tags, shown);
  const nameOf = (place: number): string => tags.names[place] ?? '';
  const rows = shown.map((place) => ({
    key: tags.keys[place] ?? '',
    platform,
    name: nameOf(place),
    posts: tags.posts[place] ?? 0,
    share: (tags.posts[place] ?? 0) / posts.length,
    ...details(place),
    beside: (beside.get(place) ?? []).map(([other, together]) => ({ name: nameOf(other), posts: together })),
  }));
  return {
    distinct: tags.keys.length,
    rows,
    pairs: mostFrequent(pairs, most.pairs).map(([one, other, together]) => ({
      key: `${tags.keys[one]} ${tags.keys[other]}`,
      platform,
      one: nameOf(one),
      other: nameOf(other),
      posts: together,
    })),
  };
}

type Details = Pick<HashtagUsage, 'months' | 'growth' | 'medianViews' | 'medianLikes'>;

/** What is told of the shown hashtags beside their number. */
function detailsOf(
  posts: readonly TaggedPost[],
  tags: TagCounts,
  shown: readonly number[],
): (place: number) => Details {
  const times = posts.flatMap(({ createdAt }) => createdAt ?? []);
  const newest = times.reduce((last, time) => Math.max(last, time), Number.NEGATIVE_INFINITY);
  const oldest = times.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
  const spans = newest - oldest >= 2 * windowMs;
  const monthsOf = posts.map(({ createdAt }) => (createdAt === null ? null : monthOf(createdAt)));
  const users = new Map<number, number[]>(shown.map((place) => [place, []]));
  posts.forEach((_post, number) => {
    for (const place of tags.of(number)) users.get(place)?.push(number);
  });
  return (place) => {
    const own = users.get(place) ?? [];
    const months = new Map<string, number>();
    const views: number[] = [];
    const likes: number[] = [];
    let [recent, before] = [0, 0];
    for (const number of own) {
      const post = posts[number];
      const month = monthsOf[number] ?? null;
      if (month !== null) months.set(month, (months.get(month) ?? 0) + 1);
      const age = newest - (post?.createdAt ?? Number.NEGATIVE_INFINITY);
      if (age < windowMs) recent += 1;
      else if (age < 2 * windowMs) before += 1;
      if (post && post.views !== null) views.push(post.views);
      if (post && post.likes !== null) likes.push(post.likes);
    }
    return {
      months: Object.fromEntries([...months].sort(([a], [b]) => compareText(a, b))),
      growth: spans ? recent - before : null,
      medianViews: median(views),
      medianLikes: median(likes),
    };
  };
}

/** Every two hashtags of every post as one number, in order: what is the same pair stands together. */
function pairsOf(tags: TagCounts): Float64Array {
  let count = 0;
  for (let post = 0; post < tags.count; post++) {
    const { length } = tags.of(post);
    count += (length * (length - 1)) / 2;
  }
  const pairs = new Float64Array(count);
  let at = 0;
  for (let post = 0; post < tags.count; post++) {
    const own = tags.of(post);
    for (let one = 0; one < own.length; one++) {
      for (let other = one + 1; other < own.length; other++) {
        pairs[at++] = (own[one] ?? 0) * pairFactor + (own[other] ?? 0);
      }
    }
  }
  return pairs.sort();
}

/** Each pair once, with how often it occurs. */
function eachPair(pairs: Float64Array, tell: (pair: number, together: number) => void): void {
  let start = 0;
  for (let at = 1; at <= pairs.length; at++) {
    const pair = pairs[start] ?? 0;
    if (pairs[at] === pair) continue;
    tell(pair, at - start);
    start = at;
  }
}

type Neighbour = readonly [place: number, together: number];

/** For each of these hashtags the five that stand beside it most often; of equals the first by name. */
function neighbours(pairs: Float64Array, wanted: ReadonlySet<number>): ReadonlyMap<number, readonly Neighbour[]> {
  const found = new Map<number, Neighbour[]>([...wanted].map((place) => [place, []]));
  const offer = (place: number, other: number, together: number): void => {
    const list = found.get(place);
    if (!list) return;
    const stands = (known: Neighbour): boolean => known[1] > together || (known[1] === together && known[0] < other);
    const last = list[besideShown - 1];
    if (last && stands(last)) return;
    const at = list.findIndex((known) => !stands(known));
    list.splice(at < 0 ? list.length : at, 0, [other, together]);
    if (list.length > besideShown) list.pop();
  };
  eachPair(pairs, (pair, together) => {
    const [one, other] = [Math.floor(pair / pairFactor), pair % pairFactor];
    offer(one, other, together);
    offer(other, one, together);
  });
  return found;
}

/** The pairs that occur most often; of equals the first by name. */
function mostFrequent(
  pairs: Float64Array,
  atMost: number,
): readonly (readonly [one: number, other: number, together: number])[] {
  // How many pairs occur how often: there are millions, and most of them occur once.
  const byCount = new Map<number, number>();
  eachPair(pairs, (_pair, together) => byCount.set(together, (byCount.get(together) ?? 0) + 1));
  let [least, above] = [Number.POSITIVE_INFINITY, 0];
  for (const [together, own] of [...byCount].sort((a, b) => b[0] - a[0])) {
    least = together;
    if (above + own >= atMost) break;
    above += own;
  }
  // Pairs come by name, so that the first of equals are the first ones met.
  let equals = atMost - above;
  const found: [number, number, number][] = [];
  eachPair(pairs, (pair, together) => {
    if (together < least || (together === least && equals-- <= 0)) return;
    found.push([Math.floor(pair / pairFactor), pair % pairFactor, together]);
  });
  return found.sort((a, b) => b[2] - a[2]);
}
