/** Columns that are computed from others when they are asked for: metrics, and differences of times. */
import type { PostRecord } from '../../core/record.ts';
import { createNumberColumn, type NumberColumn, type StoredColumn } from './column-store.ts';
import type { ColumnSource } from './library-columns.ts';

export type ComputedSource = Extract<ColumnSource, { readonly kind: 'metric' | 'computed' }>;

/** Computes one row's value. */
export function computing(
  source: ComputedSource,
  fields: ReadonlyMap<string, StoredColumn>,
): (row: number) => number | null {
  const numberAt = (field: string, row: number): number | null => {
    const column = fields.get(field);
    return column?.kind === 'number' ? column.get(row) : null;
  };
  if (source.kind === 'computed') return (row) => source.compute((field) => numberAt(field, row));
  const { metric } = source;
  const observed: { observed_at: number | null } = { observed_at: null };
  const inputs: Record<string, unknown> = { figures: { view_count: observed } };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a metric reads the fields that it names, and when the views were observed
  const record = inputs as unknown as PostRecord;
  return (row) => {
    for (const field of metric.inputs) inputs[field] = numberAt(field, row);
    observed.observed_at = numberAt('views_observed_at', row);
    // No metric depends on the time of asking.
    return metric.compute(record, 0);
  };
}

/** The values of all rows. */
export function computedColumn(compute: (row: number) => number | null, rowCount: number): NumberColumn {
  const made = createNumberColumn();
  for (let row = 0; row < rowCount; row++) made.set(row, compute(row));
  return made;
}
