/**
 * Where sources disagree on a figure of one thing. Observations keep what each of them said; this tells what cannot be
 * true of one number at once. The page is one source, whichever of its blocks a figure was read from: it only
 * disagrees with an API, and a count that grew while one scrolled is no disagreement.
 */
import type { Observation } from './observation.ts';
import type { Precision } from './record.ts';

/** What one source said of a figure last. */
export interface FigureReading {
  readonly value: number;
  /** As the figure's note names it: `statsV2`, `api:gateway`. */
  readonly source: string;
  readonly precision: Precision;
  /** Unix ms at which the source saw it. */
  readonly observedAt: number;
  /** Of an amount in minor units: its currency, null where none is known. Absent for counts. */
  readonly currency?: string | null;
}

export interface FigureDifference {
  /** Field name of the data dictionary. */
  readonly field: string;
  /** The latest of each source, newest first; also of those that agree with another. */
  readonly readings: readonly FigureReading[];
}

/** Fields that say what a figure means: readings are compared only where they say the same. */
const terms: readonly { readonly fields: RegExp; readonly terms: readonly string[] }[] = [
  { fields: /_minor$/u, terms: ['currency'] },
  { fields: /^sold_count$/u, terms: ['sold_window'] },
];

/** An abbreviated count has at least so many digits that count: "1.2M", "16K", "1.3万". */
const keptDigits = 2;

/**
 * What a count may have been before its digits were cut or rounded away. How each source rounds is not published, so a
 * whole step of the last digit kept is allowed to either side.
 */
function possible(value: number, precision: Precision): readonly [number, number] {
  if (precision === 'exact') return [value, value];
  if (precision === 'lower_bound') return [value, Number.POSITIVE_INFINITY];
  const digits = String(Math.abs(value));
  if (!/^\d+$/u.test(digits)) return [value, value];
  const zeros = digits.length - digits.replace(/0+$/u, '').length;
  const exponent = Math.min(zeros, digits.length - keptDigits);
  const step = exponent > 0 ? 10 ** exponent : 0;
  return [value - step, value + step];
}

/** Whether two readings may be of one number. */
function agree(one: FigureReading, other: FigureReading): boolean {
  const [low, high] = possible(one.value, one.precision);
  const [otherLow, otherHigh] = possible(other.value, other.precision);
  return low <= otherHigh && otherLow <= high;
}

function partyOf(source: string): string {
  return source.startsWith('api:') ? source : 'page';
}

interface Said extends FigureReading {
  readonly meaning: string;
}

function readingOf({ record, observed_at }: Observation, field: string): Said | null {
  const fields = new Map<string, unknown>(Object.entries(record));
  const note = record.figures[field];
  const value = fields.get(field);
  if (!note || typeof value !== 'number' || !Number.isFinite(value)) return null;
  const meaning = terms
    .filter((term) => term.fields.test(field))
    .flatMap((term) => term.terms.map((name) => fields.get(name) ?? null));
  const currency = fields.get('currency');
  return {
    value,
    source: note.source,
    precision: note.precision,
    observedAt: note.observed_at ?? observed_at,
    ...(field.endsWith('_minor') ? { currency: typeof currency === 'string' ? currency : null } : {}),
    meaning: JSON.stringify(meaning),
  };
}

/**
 * The figures of one thing on which its sources disagree, by what each said last; in the order of the records' fields.
 * Rounded and abbreviated counts disagree only where no number could have been written as both; amounts of different
 * currencies, and sales of different spans, are not compared. SKUs are left out: several share one ref.
 */
export function differencesOf(observations: readonly Observation[]): readonly FigureDifference[] {
  if (observations.length < 2) return [];
  const own = observations.filter(({ record }) => record.record_type !== 'sku');
  if (new Set(own.flatMap(({ record }) => Object.values(record.figures).map(({ source }) => partyOf(source)))).size < 2)
    return [];
  const fields = [...new Set(own.flatMap(({ record }) => Object.keys(record.figures)))];
  return fields.flatMap((field) => {
    // Of two of the same time the one that was appended later is newer.
    const said = own
      .flatMap((observation) => readingOf(observation, field) ?? [])
      .reverse()
      .sort((a, b) => b.observedAt - a.observedAt);
    const latest = new Map<string, Said>();
    for (const reading of said) {
      const party = partyOf(reading.source);
      if (reading.meaning === said[0]?.meaning && !latest.has(party)) latest.set(party, reading);
    }
    const readings = [...latest.values()].map(({ meaning: _meaning, ...reading }) => reading);
    const differ = readings.some((one, at) => readings.slice(at + 1).some((other) => !agree(one, other)));
    return differ ? [{ field, readings }] : [];
  });
}
