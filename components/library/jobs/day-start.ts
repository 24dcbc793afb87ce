/** The beginning of a day in a zone. */
import { isoInZone } from '../../../lib/analysis/time.ts';

const dayMs = 86_400_000;

/**
 * Unix ms of the first moment of a day (`2026-11-01`) in this IANA zone; null for what is no day. Found by the zone's
 * own clock, since days of 23 and 25 hours exist.
 */
export function dayStart(day: string, zone: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(day)) return null;
  const utc = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) return null;
  // No zone is further from UTC than 14 hours.
  let [before, from] = [utc - dayMs, utc + dayMs];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if ((isoInZone(middle, zone)?.slice(0, 10) ?? '') >= day) from = middle;
    else before = middle;
  }
  return from;
}
