/** Amounts in major units ("24.17") as integer minor units, by the currency's ISO 4217 exponent. */
import type { Reading } from '../core/record-factory.ts';
import { absent, unreadable } from './reading.ts';

/** Currencies without minor units and with three decimals, ISO 4217 of 2026; all others have two. */
const exponents: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].map((code) => [code, 0]),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3])),
};

/** An ISO 4217 code; anything else is none. */
export function currencyOf(value: unknown): Reading<string> {
  if (value === undefined || value === null || value === '') return absent;
  return typeof value === 'string' && /^[A-Z]{3}$/u.test(value) ? { value } : unreadable;
}

/**
 * An amount in major units: digits, and at most as many decimals as the currency has. A thousands separator could be a
 * decimal point ("150.000" dong), so an amount with one is unreadable, and so is a masked one ("2?") and one without a
 * currency.
 */
export function amountOf(value: unknown, currency: Reading<string>): Reading<number> {
  if (value === undefined || value === null || value === '') return absent;
  if ('missing' in currency) return unreadable;
  const exponent = Object.hasOwn(exponents, currency.value) ? (exponents[currency.value] ?? 2) : 2;
  const text = typeof value === 'number' ? String(value) : value;
  const match = typeof text === 'string' ? /^(\d{1,13})(?:\.(\d{1,3}))?$/u.exec(text.trim()) : null;
  const decimals = match?.[2] ?? '';
  if (!match || decimals.length > exponent) return unreadable;
  // Put together as digits: 1.15 * 100 is 114.99999999999999.
  const amount = Number(`${match[1]}${decimals.padEnd(exponent, '0')}`);
  return Number.isSafeInteger(amount) ? { value: amount } : unreadable;
}
