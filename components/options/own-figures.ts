/** Reads the figures that a researcher sets for a provider: what a call costs, and how many a day are allowed. */

const mostPerDay = 100_000_000;
const mostPerCall = 1_000;

/** "1,200" → 1200; null for nothing; undefined for what is no whole number from 0. */
export function readLimit(text: string): number | null | undefined {
  const plain = text.replaceAll(/[\s,_]/gu, '');
  if (plain === '') return null;
  const value = Number(plain);
  return /^\d+$/u.test(plain) && value <= mostPerDay ? value : undefined;
}

/** "0.001" or "0,001" → 0.001; null for nothing; undefined for what is no amount. */
export function readAmount(text: string): number | null | undefined {
  const plain = text.replaceAll(/\s/gu, '').replace(/^(\d*),(\d+)$/u, '$1.$2');
  if (plain === '') return null;
  const value = Number(plain);
  return /^(?:\d+\.?\d*|\.\d+)$/u.test(plain) && value <= mostPerCall ? value : undefined;
}

const usual = ['USD', 'EUR', 'GBP', 'CHF', 'CNY', 'HKD', 'TWD', 'JPY', 'KRW', 'SGD', 'INR', 'AUD', 'CAD', 'BRL'];

/** The currencies to choose from, with the one that is set, whatever it is. */
export function currencies(chosen: string): readonly string[] {
  return usual.includes(chosen) ? usual : [chosen, ...usual];
}

/** The record without this key. */
export function withoutKey<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([candidate]) => candidate !== key));
}
