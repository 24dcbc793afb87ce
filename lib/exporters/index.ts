import { csv } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { ndjson } from './ndjson.ts';
import { zeeschuimer } from './zeeschuimer.ts';

/** Every file format, one line each, in the order in which they are offered. */
export const exporters: readonly Exporter[] = [csv, ndjson, zeeschuimer];

export function exporterById(id: string): Exporter | null {
  return exporters.find((exporter) => exporter.id === id) ?? null;
}
