/** Times as text that machines read: ISO 8601 to the second, in UTC or in a zone. */

/** Beyond these `Date` holds no time. */
const furthestMs = 8.64e15;

/** `2025-06-18T02:06:05Z`; null for null and for what is no time. */
export function isoUtc(ms: number | null): string | null {
  if (ms === null || !(Math.abs(ms) <= furthestMs)) return null;
  return `${new Date(ms).toISOString().slice(0, -'.000Z'.length)}Z`;
}

/** Making a format costs far more than using it, and a table asks for the same zone in every row. Null: not a zone. */
const zoneFormats = new Map<string, Intl.DateTimeFormat | null>();

function zoneFormat(timeZone: string): Intl.DateTimeFormat | null {
  const known = zoneFormats.get(timeZone);
  if (known !== undefined) return known;
  let format: Intl.DateTimeFormat | null = null;
  try {
    format = new Intl.DateTimeFormat('en-US', {
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
  } catch {
    // A RangeError: settings may hold any text.
  }
  zoneFormats.set(timeZone, format);
  return format;
}

/**
 * The zone that a setting means, by the name that the setting has (browsers differ in what they make of it: Asia/Kolkata,
 * Asia/Calcutta). `local` is the system's; what is not a zone falls back to UTC, visibly so in `*_tz`.
 */
export function resolveTimeZone(setting: string): string {
  if (setting === 'local') return new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneFormat(setting) ? setting : 'UTC';
}

/** `2025-06-18T10:06:05+08:00`, asked of the browser. */
function formattedInZone(ms: number, zone: string): string {
  const found = zoneFormat(zone)?.formatToParts(ms) ?? [];
  const parts = new Map(found.map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
  const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
  return `${date}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
}

const dayMs = 86_400_000;
/** By zone and UTC day: the offset that holds all day; null: it changes on that day, or its seconds count. */
const dayOffsets = new Map<string, Map<number, string | null>>();

function offsetOn(day: number, zone: string): string | null {
  let days = dayOffsets.get(zone);
  if (!days) dayOffsets.set(zone, (days = new Map()));
  const before = days.get(day);
  if (before !== undefined) return before;
  const [first, last] = [day * dayMs, (day + 1) * dayMs - 1_000].map((ms) => formattedInZone(ms, zone).slice(19));
  const offset = first === last && /^[+-]\d\d:\d\d$/u.test(first ?? '') ? (first ?? null) : null;
  days.set(day, offset);
  return offset;
}

/** Since 1972 offsets are whole minutes, and until 9999 years have four digits. */
const plainFrom = Date.UTC(1973, 0, 1);
const plainUntil = Date.UTC(9999, 0, 1);

/** `2025-06-18T10:06:05+08:00`: the time on the clocks of this zone, with its offset then. */
export function isoInZone(ms: number | null, zone: string): string | null {
  if (ms === null || !(Math.abs(ms) <= furthestMs)) return null;
  const resolved = resolveTimeZone(zone);
  // The browser takes long to tell a time; on most days the offset is the same from morning to evening.
  const offset = ms > plainFrom && ms < plainUntil ? offsetOn(Math.floor(ms / dayMs), resolved) : null;
  if (offset === null) return formattedInZone(ms, resolved);
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  const local = ms + (offset.startsWith('-') ? -minutes : minutes) * 60_000;
  return `${new Date(local).toISOString().slice(0, 19)}${offset}`;
}
