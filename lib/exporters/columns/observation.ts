/**
 * One row per figure of each observation: the history of counts and prices in the long form that R, pandas and databases
 * take as it is. Nothing is filled in between two observations.
 */
import { isoUtc } from '../../analysis/time.ts';
import type { Observation } from '../../core/observation.ts';
import { type EntityRef, type EntityKind, parseRefKey, refKey } from '../../core/ref.ts';
import { recordRef } from '../../core/observation.ts';
import type { AnyRecord, Precision } from '../../core/record.ts';
import type { ExportContext } from '../exporter.ts';
import { type Column, computedColumn as computed, ownColumn as own } from './column.ts';
import { identityColumn } from './provenance.ts';

export interface ObservationRow {
  readonly platform: string;
  readonly entity_type: string;
  readonly entity_id: string | null;
  readonly sku_id: string | null;
  readonly metric: string;
  readonly value: number;
  readonly unit: string | null;
  readonly precision: Precision;
  readonly observed_at: number | null;
  readonly fetched_at: number;
  readonly source: string;
  readonly raw_sha256: string | null;
}

export const observationColumns: readonly Column<ObservationRow>[] = [
  identityColumn,
  own(
    'entity_type',
    'string',
    'What was observed: post, product, author, …',
    '所观测的对象：post、product、author 等。',
  ),
  own(
    'entity_id',
    'string',
    'Its id; of authors and live rooms the pseudonym, or nothing, unless personal data was chosen.',
    '对象 ID；作者与直播间在未选择个人数据时为化名或留空。',
  ),
  own('sku_id', 'string', 'Id of the SKU, where the figure is of one.', 'SKU 的 ID（若数值属于某个 SKU）。'),
  own('metric', 'string', 'Name of the figure: the column of its own table.', '数值名称，即其所属表中的列名。'),
  own('value', 'number', 'The figure as observed at that time.', '当时观测到的数值。'),
  own(
    'unit',
    'string',
    'count, or the minor unit of a currency (CNY/100); empty: the source does not say.',
    'count，或货币的最小单位（如 CNY/100）；来源未说明则为空。',
  ),
  own(
    'precision',
    'string',
    'exact, rounded, abbreviated, lower_bound or unknown.',
    'exact、rounded、abbreviated、lower_bound 或 unknown。',
  ),
  computed(
    'observed_at_utc',
    'time',
    'When the source saw the figure. Empty where it does not say.',
    '来源获得该数值的时间；未说明则为空。',
    ({ observed_at: time }) => isoUtc(time),
  ),
  computed(
    'fetched_at_utc',
    'time',
    'When Clipscope got the figure.',
    'Clipscope 取得该数值的时间。',
    ({ fetched_at: time }) => isoUtc(time),
  ),
  own(
    'source',
    'string',
    'Where it was read: statsV2, stats, dom or api:<provider>.',
    '出处：statsV2、stats、dom 或 api:<提供方>。',
  ),
  own(
    'raw_sha256',
    'string',
    'SHA-256 of the answer that it was read from: figures with the same one were seen together.',
    '所依据应答的 SHA-256；相同者为同一次观测。',
  ),
];

const personKinds: ReadonlySet<EntityKind> = new Set(['author', 'live']);

function entityId({ platform, kind, id }: EntityRef, { choices, pseudonyms }: ExportContext): string | null {
  if (!personKinds.has(kind) || choices.personal === 'include') return id;
  return choices.personal === 'pseudonyms' && pseudonyms ? pseudonyms.of(platform, id) : null;
}

function unitOf(metric: string, record: AnyRecord): string | null {
  if (!metric.endsWith('_minor')) return metric.endsWith('_count') || metric === 'stock' ? 'count' : null;
  const currency = 'currency' in record ? record.currency : null;
  if (currency === null) return null;
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return digits === 0 ? currency : `${currency}/${10 ** digits}`;
}

function rowsOf({ record }: Observation, ref: EntityRef, context: ExportContext): readonly ObservationRow[] {
  return Object.entries(record.figures).flatMap(([metric, note]): ObservationRow[] => {
    const value: unknown = Reflect.get(record, metric);
    if (typeof value !== 'number') return [];
    return [
      {
        platform: ref.platform,
        entity_type: record.record_type,
        entity_id: entityId(ref, context),
        sku_id: record.record_type === 'sku' ? record.sku_id : null,
        metric,
        value,
        unit: unitOf(metric, record),
        precision: note.precision,
        observed_at: note.observed_at,
        fetched_at: note.fetched_at,
        source: note.source,
        raw_sha256: record.raw_sha256,
      },
    ];
  });
}

/** The figures of everything that was observed of a thing, oldest first, its SKUs' included. */
export async function observationRows(record: AnyRecord, context: ExportContext): Promise<readonly ObservationRow[]> {
  const key = refKey(recordRef(record));
  const ref = parseRefKey(key);
  const observations = (await context.observationsOf?.(key)) ?? [];
  return ref ? observations.flatMap((observation) => rowsOf(observation, ref, context)) : [];
}
