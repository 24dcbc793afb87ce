/** Days on the clocks of a zone, and when they begin. Pure. */
import { isoInZone } from '../../lib/analysis/time.ts';

const minuteMs = 60_000;

function offsetMs(at: number, zone: string): number {
  const match = /([+-])(\d\d):(\d\d)$/u.exec(isoInZone(at, zone) ?? '');
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -1 : 1) * minutes * minuteMs;
}

/** Unix ms at which a day (`2026-11-21`) begins in this zone; null for what is no day. */
export function dayStart(day: string, zone: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(day);
  if (!match) return null;
  const utc = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) return null;
  // The offset at that moment in UTC may be another than the one at the day's own beginning.
  const near = utc - offsetMs(utc, zone);
  return utc - offsetMs(near, zone);
}

/** The last ms of a day in this zone; null for what is no day. */
export function dayEnd(day: string, zone: string): number | null {
  if (dayStart(day, zone) === null) return null;
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * minuteMs).toISOString().slice(0, 10);
  const start = dayStart(next, zone);
  return start === null ? null : start - 1;
}

/** The day (`2026-11-21`) that a moment is in, on the clocks of this zone; empty for what is no time. */
export function dayOf(ms: number, zone: string): string {
  return isoInZone(ms, zone)?.slice(0, 10) ?? '';
}
