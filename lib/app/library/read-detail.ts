/** Everything that is known of one thing, and how its figures went. */
import { deriveRecords } from '../../core/derive.ts';
import { differencesOf } from '../../core/differences.ts';
import type { Observation } from '../../core/observation.ts';
import type { AnyRecord, SkuRecord } from '../../core/record.ts';
import { parseRefKey, type RefKey } from '../../core/ref.ts';
import type { HistoryPoint, LibraryDetail } from '../../messaging/library-models.ts';
import { canonicalUrl } from '../../sites/canonical.ts';
import { getAnnotations } from '../../storage/annotations.ts';
import type { DataDatabase } from '../../storage/database.ts';
import { rawOf } from '../../storage/raws.ts';
import { getObservations } from '../../storage/records.ts';
import { membershipsOf } from './stored.ts';

type SkuObservation = Observation & { readonly record: SkuRecord };

function isSku(record: AnyRecord): record is SkuRecord {
  return record.record_type === 'sku';
}

function isOfSku(observation: Observation): observation is SkuObservation {
  return isSku(observation.record);
}

function pointOf({ record, observed_at, source }: Observation, field: string): HistoryPoint {
  const value: unknown = Reflect.get(record, field);
  const note = record.figures[field];
  return {
    at: note?.observed_at ?? observed_at,
    value: typeof value === 'number' ? value : null,
    precision: typeof value === 'number' ? (note?.precision ?? null) : null,
    source,
  };
}

/**
 * By field every figure that any of these observations has, oldest first; where one has it not, the value is null. Of a
 * product's SKUs the lowest price and the stock of all together, as each source listed them at one time: `sku_price_min_minor`
 * and `sku_stock_total`.
 */
export function historyOf(observations: readonly Observation[]): Readonly<Record<string, readonly HistoryPoint[]>> {
  const own = observations.filter((observation) => !isOfSku(observation));
  const fields = new Set(own.flatMap(({ record }) => Object.keys(record.figures)));
  const history: Record<string, readonly HistoryPoint[]> = {};
  for (const field of fields) {
    const points = own.map((observation) => pointOf(observation, field)).sort((a, b) => a.at - b.at);
    if (points.some(({ value }) => value !== null)) history[field] = points;
  }
  const skus = skuHistory(observations.filter(isOfSku));
  return { ...history, ...skus };
}

function skuHistory(observations: readonly SkuObservation[]): Readonly<Record<string, readonly HistoryPoint[]>> {
  const looks = Map.groupBy(observations, ({ source, observed_at: at }) => `${at} ${source}`);
  const series = (
    field: 'price_minor' | 'stock',
    join: (values: readonly number[]) => number,
  ): readonly HistoryPoint[] =>
    [...looks.values()].flatMap((look) => {
      const points = look.map((observation) => pointOf(observation, field));
      const known = points.filter(({ value }) => value !== null);
      const [first] = known;
      const values = known.flatMap(({ value }) => value ?? []);
      return first ? [{ ...first, value: join(values) }] : [];
    });
  const prices = series('price_minor', (values) => Math.min(...values));
  const stocks = series('stock', (values) => values.reduce((sum, value) => sum + value, 0));
  return {
    ...(prices.length > 0 ? { sku_price_min_minor: prices } : {}),
    ...(stocks.length > 0 ? { sku_stock_total: stocks } : {}),
  };
}

/** Null: nothing is stored of it. */
export async function readDetail(database: DataDatabase, ref: RefKey): Promise<LibraryDetail | null> {
  const [kept, observations, memberships, annotations] = await Promise.all([
    database.get('records', ref),
    getObservations(database, ref),
    membershipsOf(database, [ref]),
    getAnnotations(database, [ref]),
  ]);
  const parsed = parseRefKey(ref);
  if (!kept || !parsed) return null;
  const { tags = [], note = '' } = annotations.get(ref) ?? {};
  return {
    ref,
    url: canonicalUrl(parsed),
    record: kept.record,
    skus: deriveRecords(observations.filter(isOfSku)).filter(isSku),
    differences: kept.differences ?? differencesOf(observations),
    observations: observations.map(({ raw: _raw, ...said }) => said),
    history: historyOf(observations),
    projects: (memberships.get(ref) ?? []).map(({ project }) => project),
    tags,
    note,
  };
}

/** The scrubbed text that the observation of this place was read from; null: none was kept. */
export async function readRaw(database: DataDatabase, ref: RefKey, place: number): Promise<string | null> {
  const observation = (await getObservations(database, ref))[place];
  return observation ? rawOf(database, observation) : null;
}
