/** How far a post's views stand above what its author's other posts get. */
import { medianWithout } from './median.ts';

/** With fewer other posts there is no median worth the name. */
export const fewestOthers = 5;

const decimals = 1e6;

/** The columns that come of it, with their formulae (docs/codebook.md has those of single posts). */
export const outlierMetrics = [
  {
    name: 'outlier_x_median',
    type: 'number',
    formula: `view_count / median(view_count of the author's other captured posts)`,
    description: {
      en: "Times the median views of the author's other posts in the library; their number is outlier_n. Empty with fewer than 5, or without views.",
      zh_CN: '播放量为该作者库中其他作品播放量中位数的倍数，其他作品数见 outlier_n。不足 5 个或无播放量则为空。',
    },
  },
  {
    name: 'outlier_n',
    type: 'integer',
    formula: `number of the author's other captured posts with a view_count`,
    description: {
      en: 'The number of posts that outlier_x_median is reckoned from. Empty where that is.',
      zh_CN: 'outlier_x_median 所依据的作品数。该列为空时亦为空。',
    },
  },
] as const;

export interface Outliers {
  /** `outlier_x_median` by place, six decimals; NaN: null. */
  readonly timesMedian: Float64Array;
  /** `outlier_n` by place; NaN: null. */
  readonly others: Float64Array;
}

/**
 * Both figures of each post. `authors`: a number for each author, negative where nobody knows who it is; `views`: NaN where
 * they are not known. Null (NaN) with fewer than five other posts that have views, and for a median of zero.
 */
export function outliersOf(authors: ArrayLike<number>, views: ArrayLike<number>): Outliers {
  const timesMedian = new Float64Array(authors.length).fill(Number.NaN);
  const others = new Float64Array(authors.length).fill(Number.NaN);
  const byAuthor = new Map<number, number[]>();
  for (let place = 0; place < authors.length; place++) {
    const author = authors[place] ?? -1;
    if (author < 0 || !Number.isFinite(views[place])) continue;
    const own = byAuthor.get(author);
    if (own) own.push(place);
    else byAuthor.set(author, [place]);
  }
  const viewsAt = (place: number): number => views[place] ?? 0;
  for (const own of byAuthor.values()) {
    if (own.length <= fewestOthers) continue;
    own.sort((a, b) => viewsAt(a) - viewsAt(b));
    const sorted = Float64Array.from(own, viewsAt);
    own.forEach((place, rank) => {
      const typical = medianWithout(sorted, rank);
      if (typical === null || typical === 0) return;
      timesMedian[place] = Math.round((viewsAt(place) / typical) * decimals) / decimals;
      others[place] = own.length - 1;
    });
  }
  return { timesMedian, others };
}
