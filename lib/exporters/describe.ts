import { isoUtc } from '../analysis/time.ts';
import type { AnyRecord } from '../core/record.ts';
import type { JsonValue } from './columns/column.ts';
import { cellsOf } from './columns.ts';
import type { ExportContext } from './exporter.ts';

/**
 * A record as plain JSON under the export's names: `record_type`, every column with its JSON type, `duration_ms` of a
 * post or sound, and `figures` with the precision, source and time of each figure.
 */
export function describeRecord(record: AnyRecord, context: ExportContext): { readonly [name: string]: JsonValue } {
  const figures = Object.entries(record.figures).map(([name, note]) => [
    name,
    {
      precision: note.precision,
      source: note.source,
      raw: note.raw ?? null,
      observed_at_utc: isoUtc(note.observed_at),
    },
  ]);
  return {
    record_type: record.record_type,
    ...Object.fromEntries(cellsOf(record, context).map(({ column, value }) => [column.name, value])),
    ...('duration_ms' in record ? { duration_ms: record.duration_ms } : {}),
    figures: Object.fromEntries(figures),
  };
}
