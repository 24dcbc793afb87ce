/** The days of an allowance. */
import type { Limits, Usage } from '../core/usage.ts';

type Zone = Limits['dayZone'];

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Neither zone has a summer time. */
const offsets: Readonly<Record<Zone, number>> = { UTC: 0, 'Asia/Shanghai': 8 * hourMs };

/** The day (`2026-11-21`) of a time (Unix ms) in that zone. */
export function dayOf(time: number, zone: Zone): string {
  return new Date(time + offsets[zone]).toISOString().slice(0, 10);
}

/** Unix ms of the next midnight in that zone after a time (Unix ms). */
export function nextMidnight(time: number, zone: Zone): number {
  return (Math.floor((time + offsets[zone]) / dayMs) + 1) * dayMs - offsets[zone];
}

/**
 * The day and what was called on it, at a time (Unix ms). A clock that goes back over midnight does not bring the former
 * day's allowance again; one that was days ahead counts anew.
 */
export function callsOn(kept: Pick<Usage, 'day' | 'calls'>, time: number, zone: Zone): Pick<Usage, 'day' | 'calls'> {
  const day = dayOf(time, zone);
  const ahead = Date.parse(kept.day) - Date.parse(day);
  return ahead === 0 || ahead === dayMs ? { day: kept.day, calls: kept.calls } : { day, calls: 0 };
}
