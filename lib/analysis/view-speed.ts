/** How fast views grew between two looks. */

const hourMs = 3_600_000;
const decimals = 1e6;

export const viewsPerHourInterval = {
  name: 'views_per_hour_interval',
  formula: '(view_count − the exact view_count observed before it) / hours between the two observations',
  description: {
    en: 'Views per hour between the last two exact counts. Empty with fewer than two.',
    zh_CN: '最近两次精确播放量之间的平均每小时播放量。不足两次则为空。',
  },
  /** `views`: how many came (fewer where the platform took some away); `ms`: in which time. Null in, null out; six decimals. */
  compute(views: number | null, ms: number | null): number | null {
    return views === null || ms === null || ms <= 0 ? null : Math.round((views / (ms / hourMs)) * decimals) / decimals;
  },
} as const;
