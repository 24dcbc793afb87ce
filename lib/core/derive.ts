/**
 * The record of a thing, derived from what its sources said: newest and most exact figure first. The rule:
 *
 * - **Figures** (whatever has a note in `figures`): the newest observation that has the figure sets the hour that counts;
 *   among those within one hour before it the best precision wins, then the newest. So an exact count is not replaced by
 *   a rounded one of minutes later, but by one of the next day.
 * - **Money** moves together: price, currency and unit come from one observation, chosen as a figure is. What that one
 *   leaves open is filled only from observations of the same currency and unit.
 * - **Texts that may be translated** follow the figures' rule, with "as its author wrote it" as the best precision.
 * - **Every other field**: the newest that says something. Null, an empty list and `unknown` say nothing, so that a
 *   removed post or a thin answer never erases what was known.
 * - **Provenance** is the newest observation's. A reason is kept for what stays empty only: the most telling
 *   one of all.
 */
import { type AnyRecord, type FigureNote, type MissingReason, noSighting, precisionOrder } from './record.ts';
import { saysNothing } from './observation-content.ts';
import type { Observation } from './observation.ts';

const hourMs = 3_600_000;

/** Some upstreams date by whole seconds: within one, what was fetched later is newer. */
function secondOf(time: number): number {
  return Math.floor(time / 1_000);
}

/** Fields that are only true beside the field that leads them, and are taken from the same observation. */
const followers: Readonly<Record<string, readonly string[]>> = {
  transcript: ['transcript_kind'],
  caption: ['caption_translated_to'],
  product_name: ['product_name_translated_to'],
  sold_count: ['sold_count_text', 'sold_window'],
  image_urls: ['image_urls_expire_at'],
};
const followingFields = new Set(Object.values(followers).flat());

const amounts = ['price_minor', 'price_min_minor', 'price_max_minor', 'list_price_minor'];
/** What an amount means. */
const amountTerms = ['currency', 'price_unit_source', 'price_text'];

const provenanceFields = new Set([
  'record_type',
  'platform',
  'collected_via',
  'api_provider',
  'api_endpoint',
  'collected_from_url',
  'observed_at',
  'fetched_at',
  'raw_sha256',
  ...Object.keys(noSighting),
  'figures',
  'missing_reasons',
]);

/** One observation with its record's fields at hand by name. */
interface Statement {
  readonly observation: Observation;
  readonly fields: ReadonlyMap<string, unknown>;
}

function toStatement(observation: Observation): Statement {
  const entries: [string, unknown][] = Object.entries(observation.record);
  return { observation, fields: new Map(entries) };
}

function figureTime({ observation }: Statement, field: string): number {
  return observation.record.figures[field]?.observed_at ?? observation.observed_at;
}

/**
 * The statement to believe on a field: of those within an hour of the newest that has it, the lowest rank, then the
 * newest. `newestFirst` is ordered, so that the first of equals wins.
 */
function mostExact(
  newestFirst: readonly Statement[],
  field: string,
  rank: (statement: Statement) => number,
): Statement | null {
  const holders = newestFirst.filter(({ fields }) => !saysNothing(fields.get(field)));
  const timed = holders.map((statement) => ({ statement, time: figureTime(statement, field), rank: rank(statement) }));
  const newest = Math.max(...timed.map(({ time }) => time));
  const candidates = timed.filter(({ time }) => newest - time <= hourMs);
  candidates.sort((a, b) => a.rank - b.rank || secondOf(b.time) - secondOf(a.time));
  return candidates[0]?.statement ?? null;
}

function precisionRank(field: string) {
  return ({ observation }: Statement) =>
    precisionOrder.indexOf(observation.record.figures[field]?.precision ?? 'unknown');
}

function translationRank(field: string) {
  return ({ fields }: Statement) => (saysNothing(fields.get(`${field}_translated_to`)) ? 0 : 1);
}

/** Whether amounts of both may stand side by side. An unknown unit is only known to be the same within one source. */
function sameTerms(a: Statement, b: Statement): boolean {
  if (a.fields.get('price_unit_source') === 'unknown' && a.observation.source !== b.observation.source) return false;
  return ['currency', 'price_unit_source'].every((term) => a.fields.get(term) === b.fields.get(term));
}

/** The statement that each amount and its terms are taken from. */
function chooseMoney(newestFirst: readonly Statement[]): Map<string, Statement> {
  const chosen = new Map<string, Statement>();
  const leads = amounts.flatMap((field) => mostExact(newestFirst, field, precisionRank(field)) ?? []);
  const lead = leads[0] ?? newestFirst.find(({ fields }) => !saysNothing(fields.get('price_text')));
  if (!lead) return chosen;
  const comparable = newestFirst.filter((statement) => sameTerms(lead, statement));
  for (const field of amounts) {
    const own = saysNothing(lead.fields.get(field)) ? null : lead;
    // Where nobody comparable has the amount it is the lead's null, not the amount of another currency.
    chosen.set(field, own ?? mostExact(comparable, field, precisionRank(field)) ?? lead);
  }
  for (const field of amountTerms) chosen.set(field, lead);
  return chosen;
}

/** For each field, the statement that it is taken from. */
function chooseSources(newestFirst: readonly Statement[], fieldNames: readonly string[]): Map<string, Statement> {
  const chosen = chooseMoney(newestFirst);
  const figureNames = new Set(newestFirst.flatMap(({ observation }) => Object.keys(observation.record.figures)));
  const translatable = (field: string) => newestFirst.some(({ fields }) => fields.has(`${field}_translated_to`));
  const newestWith = (field: string) => newestFirst.find(({ fields }) => !saysNothing(fields.get(field))) ?? null;

  const choose = (field: string): Statement | null => {
    if (figureNames.has(field)) return mostExact(newestFirst, field, precisionRank(field));
    if (translatable(field)) return mostExact(newestFirst, field, translationRank(field));
    return newestWith(field);
  };
  for (const field of fieldNames) {
    if (chosen.has(field) || followingFields.has(field)) continue;
    const source = choose(field);
    if (source) chosen.set(field, source);
    for (const follower of followers[field] ?? []) {
      const from = source ?? newestWith(follower);
      if (from) chosen.set(follower, from);
    }
  }
  return chosen;
}

/** From most to least telling: that a web page never shows a figure says more than that one answer lacked it. */
const reasonOrder: readonly MissingReason[] = [
  'not_exposed_on_web',
  'redacted',
  'parse_error',
  'not_in_response',
  'not_observed',
];

function mostTelling(statements: readonly Statement[], field: string): MissingReason | null {
  const given = new Set(statements.map(({ observation }) => observation.record.missing_reasons[field]));
  return reasonOrder.find((reason) => given.has(reason)) ?? null;
}

function merge(newestFirst: readonly Statement[], newest: AnyRecord): AnyRecord {
  const fieldNames = [...new Set(newestFirst.flatMap(({ fields }) => [...fields.keys()]))].filter(
    (field) => !provenanceFields.has(field),
  );
  const chosen = chooseSources(newestFirst, fieldNames);
  const values: Record<string, unknown> = {};
  const figures: Record<string, FigureNote> = {};
  const missingReasons: Record<string, MissingReason> = {};
  for (const field of fieldNames) {
    const source = chosen.get(field);
    // A field of which nobody says anything keeps the newest record's way of saying nothing: null, [] or `unknown`.
    if (source) values[field] = source.fields.get(field);
    const note = source?.observation.record.figures[field];
    if (note) figures[field] = note;
    const reason = saysNothing(values[field]) ? mostTelling(newestFirst, field) : null;
    if (reason) missingReasons[field] = reason;
  }
  return { ...newest, ...values, figures, missing_reasons: missingReasons };
}

/** Whether nothing is to be chosen: every figure's note and every reason is of a field that it fits. */
function isPlain({ record }: Observation): boolean {
  const nothingOf = (field: string): boolean => saysNothing(Reflect.get(record, field));
  return (
    !Object.keys(record.figures).some(nothingOf) &&
    Object.keys(record.missing_reasons).every((field) => Object.hasOwn(record, field) && nothingOf(field))
  );
}

function identity({ ref_key: key, record }: Observation): string {
  return `${record.record_type} ${key} ${record.record_type === 'sku' ? record.sku_id : ''}`;
}

/** The records of everything observed, one per post, product and SKU, in the order in which each was first met. */
export function deriveRecords(observations: readonly Observation[]): AnyRecord[] {
  const [only] = observations;
  // What was observed once is as it was said; most of a library is.
  if (only && observations.length === 1 && isPlain(only)) return [only.record];
  const groups = Map.groupBy(observations, identity);
  return [...groups.values()].flatMap((group) => {
    // Reversed before the stable sort: of two observations of the same time the one that was appended later is newer.
    const newestFirst = [...group]
      .reverse()
      .sort((a, b) => secondOf(b.observed_at) - secondOf(a.observed_at) || b.fetched_at - a.fetched_at)
      .map(toStatement);
    const newest = newestFirst[0]?.observation.record;
    return newest ? [merge(newestFirst, newest)] : [];
  });
}

/**
 * The record of one thing from its observations; null without any. SKUs are filed under their product's ref: the
 * product is the answer where it was observed, or else its SKU that was observed first.
 */
export function deriveRecord(observations: readonly Observation[]): AnyRecord | null {
  const records = deriveRecords(observations);
  return records.find((record) => record.record_type !== 'sku') ?? records[0] ?? null;
}
