/** Flags as a source gives them, kept raw because their meaning is not published. */
import type { Reading } from '../core/record-factory.ts';
import type { RawFlags } from '../core/record.ts';
import { absent } from './reading.ts';

/** Longer values are no flags (characters). */
const longest = 2000;

/** The values that are there as JSON text, by their names; absent where none is. */
export function rawFlags(values: Readonly<Record<string, unknown>>): Reading<RawFlags> {
  const entries = Object.entries(values).flatMap(([name, value]): [string, string][] => {
    if (value === undefined || value === null || value === '') return [];
    const text = JSON.stringify(value);
    return text.length > longest ? [] : [[name, text]];
  });
  return entries.length > 0 ? { value: Object.fromEntries(entries) } : absent;
}
