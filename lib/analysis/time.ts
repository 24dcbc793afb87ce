/** Times as text that machines read: ISO 8601 to the second, in UTC or in a zone. */

/** Beyond these `Date` holds no time. */
const furthestMs = 8.64e15;

/** The zone that a setting means: `local` is the system's; what is not a zone falls back to UTC, visibly so in `*_tz`. */
export function resolveTimeZone(setting: string): string {
  if (setting === 'local') return new Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    // Only to see that it is a zone: browsers differ in what they call it (Asia/Kolkata, Asia/Calcutta).
    new Intl.DateTimeFormat('en', { timeZone: setting });
    return setting;
  } catch {
    return 'UTC';
  }
}

/** `2025-06-18T02:06:05Z`; null for null and for what is no time. */
export function isoUtc(ms: number | null): string | null {
  if (ms === null || !(Math.abs(ms) <= furthestMs)) return null;
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/u, 'Z');
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = zoneFormats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  // Making one costs far more than using it, and a table asks for the same one in every row.
  zoneFormats.set(timeZone, format);
  return format;
}

/** `2025-06-18T10:06:05+08:00`: the time on the clocks of this zone, with its offset then. */
export function isoInZone(ms: number | null, zone: string): string | null {
  if (ms === null || !(Math.abs(ms) <= furthestMs)) return null;
  const parts = new Map(
    zoneFormat(resolveTimeZone(zone))
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return `${date}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
}
