/** Counts as platforms write them: "3303450", "1.3万+", "12.5K". Nothing is invented: what is no count is null. */
import type { Precision } from './record.ts';

export interface ParsedCount {
  readonly value: number;
  /** `exact` for plain digits, `abbreviated` with a unit, `lower_bound` with a plus. */
  readonly precision: Extract<Precision, 'exact' | 'abbreviated' | 'lower_bound'>;
  /** The text as it was, trimmed. */
  readonly raw: string;
}

/** Powers of ten. Lower-case w is how Chinese pages abbreviate 万. */
const unitExponents: Readonly<Record<string, number>> = { k: 3, w: 4, 万: 4, 萬: 4, m: 6, 亿: 8, 億: 8, b: 9 };

const countPattern = /^(?<digits>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?<fraction>\d+))?(?<unit>[kwmb万萬亿億])?(?<plus>\+)?$/u;

/**
 * Reads a count from its text. Full-width digits and signs, spaces and thousands commas are understood; null for ""
 * and "--" (no count published) and for anything else that is not one ("$2?", "1.3万-2万", "-5").
 */
export function parseCount(text: string): ParsedCount | null {
  const raw = text.trim();
  // NFKC turns ０-９, ．, ，, ＋ and Ｋ into their ASCII forms.
  const groups = countPattern.exec(raw.normalize('NFKC').toLowerCase().replace(/\s+/gu, ''))?.groups;
  if (!groups) return null;
  const exponent = groups['unit'] ? (unitExponents[groups['unit']] ?? 0) : 0;
  const value = scale((groups['digits'] ?? '').replaceAll(',', ''), groups['fraction'] ?? '', exponent);
  if (value === null) return null;
  const abbreviated = groups['unit'] ? 'abbreviated' : 'exact';
  return { value, precision: groups['plus'] ? 'lower_bound' : abbreviated, raw };
}

/** digits.fraction × 10^exponent in whole numbers, since 1.15 × 10000 is 11499.999… in floating point; null where a part of one is left. */
function scale(digits: string, fraction: string, exponent: number): number | null {
  const kept = fraction.replace(/0+$/u, '');
  if (kept.length > exponent) return null;
  const value = Number(digits + kept.padEnd(exponent, '0'));
  return Number.isSafeInteger(value) ? value : null;
}
