import { bibtex } from './bibtex.ts';
import { bundle } from './bundle.ts';
import { cslJson } from './csl-json.ts';
import { csvExcel } from './csv-excel.ts';
import { csv } from './csv.ts';
import { elasticsearch } from './elasticsearch.ts';
import type { Exporter } from './exporter.ts';
import { gexf } from './gexf.ts';
import { jsonPosts } from './json-posts.ts';
import { ndjsonRecords } from './ndjson-records.ts';
import { ndjson } from './ndjson.ts';
import { parquet } from './parquet.ts';
import { ris } from './ris.ts';
import { sqlMysql } from './sql-mysql.ts';
import { sqlSqlite } from './sql-sqlite.ts';
import { tsv } from './tsv.ts';
import { xlsx } from './xlsx.ts';
import { zeeschuimer } from './zeeschuimer.ts';

/** Every file format, one line each, in the order in which they are offered. */
export const exporters: readonly Exporter[] = [
  csv,
  csvExcel,
  tsv,
  xlsx,
  parquet,
  sqlSqlite,
  sqlMysql,
  elasticsearch,
  ndjsonRecords,
  jsonPosts,
  ndjson,
  zeeschuimer,
  gexf,
  ris,
  bibtex,
  cslJson,
  bundle,
];

export function exporterById(id: string): Exporter | null {
  return exporters.find((exporter) => exporter.id === id) ?? null;
}
