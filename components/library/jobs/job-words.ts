/** What a job is called and how it stands, in words. */
import { formatRatio } from '../../../lib/analysis/format.ts';
import { progressOf } from '../../../lib/core/job-progress.ts';
import type { Translate } from '../../../lib/i18n/index.ts';
import type { Job, JobPlan } from '../../../lib/messaging/protocol.ts';
import type { IconName } from '../../parts/Icon.tsx';
import { durationText } from '../../estimate.ts';
import { ageText, clockText, providerName } from '../../show.ts';

export const kindIcons: Readonly<Record<JobPlan['kind'], IconName>> = {
  batch: 'search',
  listing: 'list',
  watchlist: 'eye',
  availability: 'check',
};

/** `good`, `warn`: as badges are coloured. */
export function stateTone({ state, reason, counts }: Job): 'good' | 'warn' | 'accent' | '' {
  if (state === 'running') return 'accent';
  if (state === 'done') return counts.failed > 0 ? 'warn' : 'good';
  if (state === 'paused' || (state === 'waiting' && reason !== null)) return 'warn';
  return '';
}

/** "12 of 15 · failed: 1 · 2.8 per second · 4 min left". */
export function progressText(t: Translate, job: Job): string {
  const count = (value: number): string => new Intl.NumberFormat(t.locale).format(value);
  const { counts, plan } = job;
  const { perMinute, leftMs } = progressOf(job);
  // What was left out was not asked for.
  const asked = counts.done + counts.failed;
  const total = totalOf(job);
  const goes = job.state === 'running';
  const parts = [
    plan.kind === 'watchlist'
      ? t('job_watched', count(counts.total))
      : total === null
        ? t('job_found', count(asked))
        : t('job_progress', count(asked), count(total)),
    plan.kind === 'listing' && job.pages > 0 && t('job_pages', count(job.pages)),
    counts.failed > 0 && t('job_failed', count(counts.failed)),
    counts.skipped > 0 && t('job_skipped', count(counts.skipped)),
    goes && perMinute !== null && rateText(t, perMinute),
    goes && leftMs !== null && t('job_left', durationText(t, leftMs / 1000)),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Things in all; null: nobody knows yet, as of a list that is followed to its end. */
function totalOf({ plan, state, counts }: Job): number | null {
  if (plan.kind !== 'listing') return counts.total;
  // A list may be shorter than what was asked for.
  return plan.most === null || state === 'done' ? null : plan.most;
}

/** "2.8 per second"; slow ones by the minute, so that the number says something. */
export function rateText(t: Translate, perMinute: number): string {
  return perMinute >= 60
    ? t('job_per_second', formatRatio(perMinute / 60, t.locale, 1))
    : t('job_per_minute', formatRatio(perMinute, t.locale, 1));
}

/** Until when it waits, and what for; null for a job that does not wait. */
export function waitText(t: Translate, job: Job, zone: string, now: number): string | null {
  if (job.state !== 'waiting') return null;
  const { reason, resume_at: at } = job;
  const clock = at === null ? null : clockText(t, at, zone, now);
  if (job.plan.kind === 'watchlist' && reason === null) {
    return clock === null || at === null ? t('job_wait_next') : t('job_wait_look', clock, soonText(t, at, now));
  }
  return clock === null || at === null ? t('job_wait_next') : t('job_wait_until', clock, soonText(t, at, now));
}

/** "in 3 min", or "now" where its time has come. */
export function soonText(t: Translate, at: number, now: number): string {
  return at <= now
    ? t('job_wait_due')
    : ageText(t, at, now) === t('just_now')
      ? t('job_wait_soon')
      : ageText(t, at, now);
}

/** What a job asks, in a line: "Posts of the author · TikHub · until 200". */
export function planText(t: Translate, plan: JobPlan, zone: string): string {
  switch (plan.kind) {
    case 'batch':
      return t(plan.refresh ? 'job_plan_batch_refresh' : 'job_plan_batch');
    case 'availability':
      return t('job_plan_availability');
    case 'watchlist':
      return t('job_plan_watchlist', everyText(t, plan.everyMs));
    case 'listing': {
      const end =
        plan.most !== null
          ? t('job_plan_most', new Intl.NumberFormat(t.locale).format(plan.most))
          : plan.since !== null
            ? t('job_plan_since', dayText(t, plan.since, zone))
            : t('job_plan_end');
      const query = Object.values(plan.query)
        .filter((text) => text.trim() !== '')
        .join(t('list_separator'));
      return [t(`api_${plan.capability.replace('.', '_')}`), query, providerName(t, plan.provider), end]
        .filter(Boolean)
        .join(' · ');
    }
  }
}

/** "6 hr", "2 days". */
export function everyText(t: Translate, ms: number): string {
  const unit = (value: number, name: 'minute' | 'hour' | 'day'): string =>
    new Intl.NumberFormat(t.locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'long',
      maximumFractionDigits: 1,
    }).format(value);
  const hours = ms / 3_600_000;
  if (hours < 1) return unit(ms / 60_000, 'minute');
  return hours >= 48 || hours === 24 ? unit(hours / 24, 'day') : unit(hours, 'hour');
}

/** A day of the researcher's own zone: "Nov 21, 2026". */
export function dayText(t: Translate, time: number, zone: string): string {
  return new Intl.DateTimeFormat(t.locale, { timeZone: zone, year: 'numeric', month: 'short', day: 'numeric' }).format(
    time,
  );
}
