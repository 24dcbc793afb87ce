import { expect, test } from 'vitest';
import { isoInZone, isoUtc } from './time.ts';

const zones = [
  'UTC',
  'Asia/Shanghai',
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Africa/Casablanca',
  'Asia/Pyongyang',
  'Pacific/Apia',
];

/** The same, asked of the browser for every single time. */
function asking(zone: string): (ms: number) => string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  return (ms) => {
    const parts = format.formatToParts(ms);
    const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
    const offset = part('timeZoneName').replace('GMT', '') || '+00:00';
    return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}${offset}`;
  };
}

test.each(zones)('every time of %s is as its clocks show it, on days when they are changed too', (zone) => {
  const times = [Date.UTC(2011, 11, 29, 9), Date.UTC(2026, 2, 8, 6, 59, 59), Date.UTC(2026, 2, 8, 7)];
  for (let ms = Date.UTC(2015, 0, 1, 0, 7, 13); ms < Date.UTC(2027, 0, 1); ms += 37 * 3_600_000 + 1_861_007)
    times.push(ms);
  for (let hour = 0; hour < 366 * 24; hour += 3) times.push(Date.UTC(2026, 0, 1, hour, 30));
  expect(times.map((ms) => isoInZone(ms, zone))).toEqual(times.map(asking(zone)));
});

test('what is no time is null, and UTC has no fraction', () => {
  expect([isoInZone(null, 'UTC'), isoInZone(Number.NaN, 'UTC'), isoUtc(null), isoUtc(9e15)]).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(isoUtc(Date.UTC(2025, 5, 18, 2, 6, 5, 999))).toBe('2025-06-18T02:06:05Z');
});
