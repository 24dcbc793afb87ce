/** What is known of the authors of a set of posts: how much of them was captured, what is typical, and what stands out. */
import type { Platform, RefKey } from '../core/ref.ts';
import type { AuthorName } from './author-groups.ts';
import { median } from './median.ts';

/** What a post, or an author's own record, says of the author at one time. */
export interface AuthorSaid extends AuthorName {
  readonly name: string | null;
  readonly followers: number | null;
  /** Public posts, as the profile says. */
  readonly posts: number | null;
  /** Unix ms; what was observed later wins. */
  readonly observedAt: number;
}

export interface AuthoredPost extends AuthorSaid {
  readonly ref: RefKey;
  /** Its author's number, see authorGroups; negative: nobody knows who it is. */
  readonly author: number;
  readonly caption: string | null;
  readonly views: number | null;
  readonly likes: number | null;
  /** Unix ms. */
  readonly createdAt: number | null;
  /** `outlier_x_median` and `outlier_n`, see outliers.ts. */
  readonly timesMedian: number | null;
  readonly others: number | null;
}

/** An author's own record. */
export interface AuthorProfile extends AuthorSaid {
  readonly author: number;
}

export interface AuthorUse {
  readonly platform: Platform;
  readonly ref: RefKey | null;
  readonly handle: string | null;
  readonly name: string | null;
  readonly captured: number;
  readonly declared: number | null;
  readonly followers: number | null;
  readonly medianViews: number | null;
  readonly medianViewsN: number;
  readonly medianLikes: number | null;
  readonly medianLikesN: number;
  readonly outliers: readonly {
    readonly ref: RefKey;
    readonly caption: string | null;
    readonly views: number;
    readonly timesMedian: number;
    readonly n: number;
  }[];
  readonly firstPostAt: number | null;
  readonly lastPostAt: number | null;
}

/** From so many times the median on a post stands out. */
const outstanding = 3;
const outliersShown = 5;

/** By the rules of docs/glossary.md: the handle on TikTok, else the secUid, else the number; null without any of them. */
export function authorRef({ platform, id, secId, handle }: AuthorName): RefKey | null {
  const name = platform === 'tiktok' ? handle?.toLowerCase() : null;
  const own = name ?? secId ?? (id === null ? null : `uid/${id}`);
  return own === null ? null : `${platform}:author:${own}`;
}

/**
 * The authors of these posts, most captured first, then by handle and name. What an author is called, and how many posts
 * and followers are declared, is what was said of them last, by a profile or a post. Medians are over the posts that have
 * the figure, with their number. Posts whose author nobody knows are left out.
 */
export function authorReport(posts: readonly AuthoredPost[], profiles: readonly AuthorProfile[]): readonly AuthorUse[] {
  const known = Map.groupBy(profiles, ({ author }) => author);
  const rows = [...Map.groupBy(posts, ({ author }) => author)].flatMap(([author, own]) => {
    const row = author < 0 ? null : authorUse(own, known.get(author) ?? []);
    return row ? [row] : [];
  });
  return rows.sort((a, b) => b.captured - a.captured || compareText(labelOf(a), labelOf(b)));
}

function labelOf({ handle, name }: AuthorUse): string {
  return `${handle ?? ''} ${name ?? ''}`;
}

function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function authorUse(posts: readonly AuthoredPost[], profiles: readonly AuthorProfile[]): AuthorUse | null {
  const [first] = posts;
  if (!first) return null;
  const said: readonly AuthorSaid[] = [...posts, ...profiles].sort((a, b) => b.observedAt - a.observedAt);
  const last = <Field extends keyof AuthorSaid>(field: Field): AuthorSaid[Field] | null =>
    said.find((one) => one[field] !== null)?.[field] ?? null;
  const name = { platform: first.platform, id: last('id'), secId: last('secId'), handle: last('handle') };
  const views = posts.flatMap((post) => post.views ?? []);
  const likes = posts.flatMap((post) => post.likes ?? []);
  const times = posts.flatMap(({ createdAt }) => createdAt ?? []);
  return {
    platform: name.platform,
    ref: authorRef(name),
    handle: name.handle,
    name: last('name'),
    captured: posts.length,
    declared: last('posts'),
    followers: last('followers'),
    medianViews: median(views),
    medianViewsN: views.length,
    medianLikes: median(likes),
    medianLikesN: likes.length,
    outliers: outliersAmong(posts),
    firstPostAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    lastPostAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
  };
}

function outliersAmong(posts: readonly AuthoredPost[]): AuthorUse['outliers'] {
  return posts
    .flatMap(({ ref, caption, views, timesMedian, others }) =>
      views === null || timesMedian === null || others === null || timesMedian < outstanding
        ? []
        : [{ ref, caption, views, timesMedian, n: others }],
    )
    .sort((a, b) => b.timesMedian - a.timesMedian)
    .slice(0, outliersShown);
}
