/**
 * Our own NDJSON: every observation of every row with the text that it was read from, one a line, so that nothing is lost
 * on the way into another installation. The form of a line is in lib/core/observation-line.ts; UTF-8 without a byte order
 * mark, line feeds. A row of which nothing was observed is its ref alone.
 */
import { lineVersion, type ObservationLine } from '../core/observation-line.ts';
import { type Observation, recordRef } from '../core/observation.ts';
import { type AnyRecord, recordTypes } from '../core/record.ts';
import { refKey } from '../core/ref.ts';
import { defineExporter, type ExportContext, onlyTable } from './exporter.ts';

/** Whether the observation is of this very row: SKUs are filed under their product, and have a table of their own. */
function isOf(row: AnyRecord, { record }: Observation): boolean {
  if (record.record_type !== row.record_type) return false;
  return record.record_type !== 'sku' || row.record_type !== 'sku' || record.sku_id === row.sku_id;
}

function text(line: ObservationLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** All lines of one row. */
async function linesOf(row: AnyRecord, context: ExportContext): Promise<string> {
  const ref = refKey(recordRef(row));
  const observations = ((await context.observationsOf?.(ref)) ?? []).filter((observation) => isOf(row, observation));
  const place = await context.savedOf?.(ref);
  const saved = place
    ? { saved: { saved_at: place.saved_at, page_url: place.page_url, sighting: place.sighting } }
    : {};
  if (observations.length === 0) {
    // What is only seen on a page says nothing but that it is there.
    if (row.collected_via !== 'dom') context.skipped?.('export_skipped_unobserved');
    return text({ clipscope: lineVersion, ref, ...saved });
  }
  const lines = await Promise.all(
    observations.map(async (observation, index) => {
      const { raw: own, ...said } = observation;
      const raw = own ?? (await context.rawOf?.(observation)) ?? null;
      return text({
        clipscope: lineVersion,
        observation: said,
        ...(raw === null ? {} : { raw }),
        ...(index === 0 ? saved : {}),
      });
    }),
  );
  return lines.join('');
}

export const ndjson = defineExporter({
  id: 'ndjson',
  label: 'exporter_ndjson',
  extension: 'ndjson',
  hint: 'exporter_ndjson_hint',
  mediaType: 'application/x-ndjson',
  form: 'captured',
  tables: recordTypes,
  async *write(tables, context) {
    for await (const row of onlyTable(tables).rows()) yield await linesOf(row, context);
  },
});
