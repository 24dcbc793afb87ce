/** Prices as integer minor units. The unit is never guessed by size: each payload says what its upstream declares. */
import type { Reading } from '../core/record-factory.ts';
import { unreadable, absent } from './reading.ts';

/** An amount that is already in minor units (fen): an integer from 0, or its digits as a text. */
export function minorOf(value: unknown): Reading<number> {
  if (value === undefined || value === null || value === '') return absent;
  const amount = typeof value === 'string' && /^\d{1,15}$/u.test(value.trim()) ? Number(value) : value;
  return typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0 ? { value: amount } : unreadable;
}

/** An amount in major units with two decimals at most ("72", "72.5", 72.05) as minor units of a currency with two. */
export function majorOf(value: unknown): Reading<number> {
  if (value === undefined || value === null || value === '') return absent;
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' ? /^(\d{1,12})(?:\.(\d{1,2})0*)?$/u.exec(text.trim()) : null;
  // Put together as digits: 1.15 * 100 is 114.99999999999999.
  return match ? { value: Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`) } : unreadable;
}
