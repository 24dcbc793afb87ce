/** Flags as a source gives them, kept raw because their meaning is not published. */
import type { Reading } from '../core/record-factory.ts';
import type { RawFlags } from '../core/record.ts';
import { absent } from './reading.ts';

/** Longer values are no flags (characters). */
const longest = 2000;

/** A flag is nearly always a plain value, of which the text is known without a serialiser. */
function textOf(value: unknown): string {
  return typeof value === 'boolean' || Number.isFinite(value) ? String(value) : JSON.stringify(value);
}

/** The values that are there as JSON text, by their names; absent where none is. */
export function rawFlags(values: Readonly<Record<string, unknown>>): Reading<RawFlags> {
  const flags: Record<string, string> = {};
  let isAny = false;
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || value === '') continue;
    const text = textOf(value);
    if (text.length > longest) continue;
    flags[name] = text;
    isAny = true;
  }
  return isAny ? { value: flags } : absent;
}
