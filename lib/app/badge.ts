/** The sign on the extension's icon. The one place that writes it. */
import { browser } from 'wxt/browser';
import type { Job } from '../core/job.ts';
import { progressOf } from '../core/job-progress.ts';

/** As in the theme of the pages: a job that runs, and something that somebody should look at. */
const runningColour = '#1f6feb';
const attentionColour = '#b3261e';

export interface Badge {
  readonly text: string;
  readonly colour: string;
}

/** At most four characters have room. */
function shortCount(count: number): string {
  if (count < 10_000) return String(count);
  return count < 1_000_000 ? `${Math.floor(count / 1_000)}k` : `${Math.floor(count / 1_000_000)}M`;
}

/**
 * What the icon says: how far the jobs are that run (in per cent where all of them know it, else what they found), in
 * the colour of attention where a job was stopped by something or there are alerts nobody has seen. Empty: nothing.
 */
export function badgeOf(jobs: readonly Job[], unseenAlerts: number): Badge {
  const needsAttention = unseenAlerts > 0 || jobs.some(({ state, reason }) => state === 'paused' && reason !== null);
  const colour = needsAttention ? attentionColour : runningColour;
  // A watchlist looks for a moment, again and again: that is no progress.
  const running = jobs.filter(({ state, plan }) => state === 'running' && plan.kind !== 'watchlist');
  if (running.length === 0) return { text: needsAttention ? '!' : '', colour };
  const progress = running.map((job) => ({ job, ...progressOf(job) }));
  const settled = progress.reduce((sum, one) => sum + one.settled, 0);
  if (progress.some(({ share }) => share === null)) return { text: shortCount(settled), colour };
  const expected = progress.reduce((sum, { job: { plan, counts } }) => {
    return sum + (plan.kind === 'listing' ? (plan.most ?? counts.total) : counts.total);
  }, 0);
  return { text: `${expected === 0 ? 0 : Math.floor((settled / expected) * 100)}%`, colour };
}

export async function showBadge({ text, colour }: Badge): Promise<void> {
  await browser.action.setBadgeText({ text });
  if (text !== '') await browser.action.setBadgeBackgroundColor({ color: colour });
}
