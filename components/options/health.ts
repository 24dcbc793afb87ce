/** What the health figures of a hook mean, without drawing them. */
import type { HealthEntry } from '../../lib/messaging/protocol.ts';

/** `broken`: it fitted no more when it was last tried. `unseen`: no page that has it was open yet. */
export type HealthState = 'fine' | 'unseen' | 'broken';

/**
 * Misses that say nothing about whether the page can still be read: a block that went stale with a navigation, an answer
 * that was too large or empty, a buffer that was full.
 */
const harmless: ReadonlySet<HealthEntry['missed']> = new Set(['stale', 'too_large', 'no_data', 'no_room']);

/** Whether a hook, block or answer is still read as it should be. */
export function healthState(entry: HealthEntry): HealthState {
  const { lastFitAt, lastMissAt, missed } = entry;
  const missedSince = lastMissAt !== null && (lastFitAt === null || lastMissAt > lastFitAt);
  if (missedSince && missed !== null && !harmless.has(missed)) return 'broken';
  return lastFitAt === null ? 'unseen' : 'fine';
}

const order: readonly HealthState[] = ['broken', 'fine', 'unseen'];

/** By site, in the order given; within a site what needs attention first, then by kind and name. */
export function healthBySite(entries: readonly HealthEntry[]): readonly (readonly [string, readonly HealthEntry[]])[] {
  const rank = (entry: HealthEntry) => order.indexOf(healthState(entry));
  return [...Map.groupBy(entries, ({ site }) => site)].map(([site, group]) => [
    site,
    [...group].sort(
      (a, b) => rank(a) - rank(b) || a.kind.localeCompare(b.kind, 'en') || a.name.localeCompare(b.name, 'en'),
    ),
  ]);
}
