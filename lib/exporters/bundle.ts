/**
 * The research bundle: a zip archive with what a reviewer needs to check a study. Of each table the same rows as research
 * CSV, Parquet and NDJSON; `datapackage.json` (Frictionless); the codebook, methods paragraph, provenance, checklist and
 * README; scripts that load it all; and `SHA256SUMS` of every other file, last.
 *
 * - It is written as it is read: rows are asked for three times per table, and nothing is kept but counts and sums.
 * - The texts are in English and Chinese, say only what was counted, and name no person; the project's name is in them.
 * - All files have the time of the export. 4 GiB are the end (see zip-stream.ts).
 */
import type { AnyRecord } from '../core/record.ts';
import { checklist } from './bundle/checklist.ts';
import { type BundleContents, type BundledFile, type BundleTable, dataPath, leftOutOf } from './bundle/contents.ts';
import { dataPackage } from './bundle/data-package.ts';
import { countTable, type Counting } from './bundle/figures.ts';
import { pythonLoader, rLoader } from './bundle/loaders.ts';
import { methods } from './bundle/methods.ts';
import { provenance } from './bundle/provenance.ts';
import { readme } from './bundle/readme.ts';
import { codebook, type CodebookTable } from './codebook.ts';
import { csv } from './csv.ts';
import { defineExporter, type ExportContext, type ExportTable } from './exporter.ts';
import { ndjsonRecords } from './ndjson-records.ts';
import { parquet } from './parquet.ts';
import { inPieces } from './pieces.ts';
import { sheetOf, type SheetColumn } from './sheet.ts';
import { columnsOfTable } from './tables.ts';
import { zipOf, type ZipEntry } from './zip-stream.ts';

type Chunk = string | Uint8Array<ArrayBuffer>;
type Chunks = Iterable<Chunk> | AsyncIterable<Chunk>;

/** The rows, each counted on its way. */
async function* tapped(rows: ReturnType<ExportTable['rows']>, { add }: Counting): AsyncGenerator<AnyRecord> {
  for await (const row of rows) {
    add(row);
    yield row;
  }
}

/** NDJSON has a line feed per row, and none elsewhere. */
async function* withLines(chunks: AsyncIterable<Chunk>, told: (lines: number) => void): AsyncGenerator<Chunk> {
  let lines = 0;
  for await (const chunk of chunks) {
    if (typeof chunk === 'string')
      for (let at = chunk.indexOf('\n'); at >= 0; at = chunk.indexOf('\n', at + 1)) lines += 1;
    yield chunk;
  }
  told(lines);
}

/** The columns of a file as the codebook describes them: ours with their marks. */
function described({ id, columns }: BundleTable, { choices }: ExportContext): CodebookTable {
  const own = new Map(choices.preset === 'native' ? columnsOfTable(id).map((column) => [column.name, column]) : []);
  const asInfo = ({ header, type, description }: SheetColumn) => own.get(header) ?? { name: header, type, description };
  return { id, columns: columns.map(asInfo) };
}

/** The files of a table, one after the other, and then what was counted of it. */
async function* tableFiles(table: ExportTable, context: ExportContext): AsyncGenerator<ZipEntry, BundleTable> {
  const { id } = table;
  const { columns } = sheetOf(table, context);
  const headers = new Set(columns.map(({ header }) => header));
  const isNative = context.choices.preset === 'native';
  const counting = countTable(id, (column) => !isNative || headers.has(column), context.now);
  const once: ExportTable = { id, rows: () => tapped(table.rows(), counting) };
  // What had to be changed is told once, of the format that can hold the least.
  const { skipped: _untold, ...quiet } = context;
  let rows = 0;
  yield { path: dataPath(id, 'csv'), chunks: csv.write([once], quiet) };
  yield { path: dataPath(id, 'parquet'), chunks: parquet.write([table], context), isPacked: true };
  yield {
    path: dataPath(id, 'ndjson'),
    chunks: withLines(ndjsonRecords.write([table], quiet), (lines) => {
      rows = lines;
    }),
  };
  return { id, columns, rows, leftOut: leftOutOf(id, context), figures: counting.result() };
}

/** The texts, all but the sums. `files`: those that are written. */
function* textFiles(contents: BundleContents, files: readonly BundledFile[]): Generator<ZipEntry> {
  const tables = contents.tables.map((table) => described(table, contents.context));
  yield { path: 'datapackage.json', chunks: [dataPackage(contents, files)] };
  yield { path: 'CODEBOOK.en.md', chunks: [codebook(['en'], tables)] };
  yield { path: 'CODEBOOK.zh.md', chunks: [codebook(['zh_CN'], tables)] };
  yield { path: 'METHODS.md', chunks: [methods(contents)] };
  yield { path: 'PROVENANCE.json', chunks: [provenance(contents)] };
  yield { path: 'CHECKLIST.md', chunks: [checklist()] };
  yield { path: 'load.py', chunks: [pythonLoader()] };
  yield { path: 'load.R', chunks: [rLoader(contents.tables)] };
  yield { path: 'README.md', chunks: [readme(contents)] };
}

export const bundle = defineExporter({
  id: 'bundle',
  label: 'exporter_bundle',
  hint: 'exporter_bundle_hint',
  extension: 'zip',
  mediaType: 'application/zip',
  form: 'sheet',
  holdsAll: true,
  async *write(tables, context) {
    const { sha256 } = await import('@noble/hashes/sha2.js');
    const { bytesToHex } = await import('@noble/hashes/utils.js');
    const files: BundledFile[] = [];
    async function* summed(path: string, chunks: Chunks): AsyncGenerator<Chunk> {
      const sum = sha256.create();
      let bytes = 0;
      for await (const piece of inPieces(chunks)) {
        sum.update(piece);
        bytes += piece.length;
        yield piece;
      }
      files.push({ path, bytes, sha256: bytesToHex(sum.digest()) });
    }
    const listed = (entry: ZipEntry): ZipEntry => ({ ...entry, chunks: summed(entry.path, entry.chunks) });
    // Each entry is read to its end before the next one is asked for, so what was counted of it is known then.
    async function* entries(): AsyncGenerator<ZipEntry> {
      const written: BundleTable[] = [];
      for (const table of tables) {
        const own = tableFiles(table, context);
        let next = await own.next();
        for (; !next.done; next = await own.next()) yield listed(next.value);
        written.push(next.value);
      }
      for (const entry of textFiles({ tables: written, context }, files)) yield listed(entry);
      const sums = files.map(({ path, sha256: hex }) => `${hex}  ${path}\n`);
      yield { path: 'SHA256SUMS', chunks: sums };
    }
    yield* zipOf(entries(), context.now);
  },
});
