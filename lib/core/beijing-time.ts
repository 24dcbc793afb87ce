/** Beijing time is UTC+8 all year; several Chinese APIs write it without saying so. */

const hourMs = 3_600_000;
const offsetMs = 8 * hourMs;
const dayMs = 24 * hourMs;

/** "2022-04-12 08:51:14" or "Beijing/2022-04-12 08:51:14" as Unix ms; null for anything else and for dates that do not exist. */
export function parseBeijingTime(text: string): number | null {
  const match = /^(?:Beijing\/)?(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/u.exec(text.trim());
  if (!match) return null;
  const time = Date.parse(`${match[1]}T${match[2]}Z`);
  if (Number.isNaN(time)) return null;
  // The engine lets 31 April pass as 1 May.
  if (!new Date(time).toISOString().startsWith(`${match[1]}T${match[2]}`)) return null;
  return time - offsetMs;
}

/** Unix ms of the next midnight in Beijing after `now`. */
export function nextBeijingMidnight(now: number): number {
  return (Math.floor((now + offsetMs) / dayMs) + 1) * dayMs - offsetMs;
}
