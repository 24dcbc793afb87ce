/**
 * The derived figures of a post. Each one's formula is data that is computed from, so that what the codebook says is
 * what is done: null in, null out; nothing is divided by zero; the result has six decimals.
 */
import type { PostRecord } from '../core/record.ts';

type Figure = {
  [Field in keyof PostRecord]: PostRecord[Field] extends number | null ? Field : never;
}[keyof PostRecord];

export interface Metric {
  /** The export column. */
  readonly name: string;
  /** For people: `(like_count + comment_count + share_count) / view_count`. */
  readonly formula: string;
  /** The record's fields that it is computed from. */
  readonly inputs: readonly Figure[];
  readonly description: { readonly en: string; readonly zh_CN: string };
  /** Null when an input is null or the denominator zero. `now` is Unix ms; no present metric depends on it. */
  readonly compute: (record: PostRecord, now: number) => number | null;
}

const hourMs = 3_600_000;
const decimals = 1e6;

function round(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * decimals) / decimals : null;
}

/** The sum of some figures for each one of another, or for each `per` of it. */
function ratio(
  name: string,
  numerator: readonly Figure[],
  denominator: Figure,
  description: Metric['description'],
  per = 1,
): Metric {
  const sum = numerator.length > 1 ? `(${numerator.join(' + ')})` : numerator.join('');
  return {
    name,
    formula: `${sum} / ${denominator}${per === 1 ? '' : ` × ${per}`}`,
    inputs: [...numerator, denominator],
    description,
    compute: (record) => {
      const divisor = record[denominator];
      const parts = numerator.map((field) => record[field]);
      if (divisor === null || divisor === 0) return null;
      const total = parts.reduce<number | null>((so, part) => (so === null || part === null ? null : so + part), 0);
      return total === null ? null : round((total / divisor) * per);
    },
  };
}

/** Views per hour since publishing, at the time at which the source saw the views: not at the time of the export. */
const viewsPerHourLifetime: Metric = {
  name: 'views_per_hour_lifetime',
  formula: 'view_count / hours from created_at to the time at which view_count was observed',
  inputs: ['view_count', 'created_at', 'observed_at'],
  description: {
    en: 'Mean views per hour from publishing to the observation. Empty when the post was younger than one hour, or when the time of the observation is not known.',
    zh_CN: '从发布到观测时的平均每小时播放量。观测时发布不足一小时，或观测时间未知，则为空。',
  },
  compute: (record) => {
    if (record.view_count === null || record.created_at === null) return null;
    const observedAt = record.figures['view_count']?.observed_at ?? record.observed_at;
    // Of a saved answer nobody knows when its views were seen; the time of the file would make up a speed.
    if (observedAt === null) return null;
    const age = observedAt - record.created_at;
    return age < hourMs ? null : round(record.view_count / (age / hourMs));
  },
};

/** Every metric of one post, in the order of the export columns. */
export const metrics: readonly Metric[] = [
  ratio('er_views_lcs', ['like_count', 'comment_count', 'share_count'], 'view_count', {
    en: 'Engagement rate by views: likes, comments and shares per view.',
    zh_CN: '按播放量计的互动率：每次播放对应的点赞、评论与分享。',
  }),
  ratio('er_views_lcss', ['like_count', 'comment_count', 'share_count', 'save_count'], 'view_count', {
    en: 'Engagement rate by views with saves: likes, comments, shares and saves per view.',
    zh_CN: '按播放量计的互动率（含收藏）：每次播放对应的点赞、评论、分享与收藏。',
  }),
  ratio('er_followers_lcs', ['like_count', 'comment_count', 'share_count'], 'author_follower_count', {
    en: 'Engagement rate by followers: likes, comments and shares per follower of the author.',
    zh_CN: '按粉丝数计的互动率：每名粉丝对应的点赞、评论与分享。',
  }),
  ratio('like_rate_views', ['like_count'], 'view_count', { en: 'Likes per view.', zh_CN: '点赞数与播放量之比。' }),
  ratio('comment_rate_views', ['comment_count'], 'view_count', {
    en: 'Comments per view.',
    zh_CN: '评论数与播放量之比。',
  }),
  ratio('share_rate_views', ['share_count'], 'view_count', { en: 'Shares per view.', zh_CN: '分享数与播放量之比。' }),
  ratio('save_rate_views', ['save_count'], 'view_count', { en: 'Saves per view.', zh_CN: '收藏数与播放量之比。' }),
  ratio('save_per_like', ['save_count'], 'like_count', {
    en: 'Saves per like. Needs no views, so it works on Douyin.',
    zh_CN: '收藏数与点赞数之比。不需要播放量，适用于抖音。',
  }),
  ratio('share_per_like', ['share_count'], 'like_count', {
    en: 'Shares per like. Needs no views, so it works on Douyin.',
    zh_CN: '分享数与点赞数之比。不需要播放量，适用于抖音。',
  }),
  ratio('comment_per_like', ['comment_count'], 'like_count', {
    en: 'Comments per like. Needs no views, so it works on Douyin.',
    zh_CN: '评论数与点赞数之比。不需要播放量，适用于抖音。',
  }),
  ratio(
    'comments_per_1k_likes',
    ['comment_count'],
    'like_count',
    { en: 'Comments per 1,000 likes.', zh_CN: '每千次点赞对应的评论数。' },
    1000,
  ),
  ratio(
    'shares_per_1k_likes',
    ['share_count'],
    'like_count',
    { en: 'Shares per 1,000 likes.', zh_CN: '每千次点赞对应的分享数。' },
    1000,
  ),
  ratio('views_per_follower', ['view_count'], 'author_follower_count', {
    en: 'Views per follower of the author.',
    zh_CN: '播放量与作者粉丝数之比。',
  }),
  viewsPerHourLifetime,
  ratio('likes_per_follower_author', ['author_likes_received_count'], 'author_follower_count', {
    en: "The author's likes received per follower, over all posts.",
    zh_CN: '作者的获赞总数与粉丝数之比（赞粉比）。',
  }),
];
