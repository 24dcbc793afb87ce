/**
 * Apache Parquet, a row group at a time, Snappy: what R (arrow), pandas, Polars, Spark and DuckDB read with their types.
 *
 * - Ids and texts are STRING, whole numbers INT64, numbers DOUBLE, truth values BOOLEAN. Times in UTC are TIMESTAMP in
 *   milliseconds, adjusted to UTC; a time with an offset stays text, since the type has no room for the offset.
 * - Lists are LIST<STRING>, gaps are null elements. Structures are JSON in a STRING column: not every reader takes the JSON type.
 * - Null is null everywhere, and an empty text or list is not null.
 * - Of columns with the same name, upper or lower case, all but the first get a number behind it.
 */
import type { SchemaElement } from 'hyparquet-writer';
import type { ColumnType, JsonValue } from './columns/column.ts';
import { defineExporter, type ExportContext, onlyTable } from './exporter.ts';
import { sheetOf, type SheetColumn } from './sheet.ts';
import { distinctNames } from './table-names.ts';
import { jsonText, listTexts, typedCell, utcMs } from './typed-cell.ts';

/** What is in memory at a time. More rows make a smaller file and need more memory. */
const rowsOfGroup = 10_000;

const physicalTypes: Readonly<Record<Exclude<ColumnType, 'list'>, Omit<SchemaElement, 'name'>>> = {
  string: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  time: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
};

const timestamp: Omit<SchemaElement, 'name'> = {
  type: 'INT64',
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
};

function elementsOf({ type, utc }: SheetColumn, name: string): readonly SchemaElement[] {
  if (type !== 'list') return [{ name, repetition_type: 'OPTIONAL', ...(utc ? timestamp : physicalTypes[type]) }];
  return [
    { name, repetition_type: 'OPTIONAL', converted_type: 'LIST', num_children: 1 },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'OPTIONAL', ...physicalTypes.string },
  ];
}

type Stored = string | bigint | number | boolean | null | readonly (string | null)[];

function stored(column: SheetColumn, cell: JsonValue, context: ExportContext): Stored {
  const value = typedCell(column, cell, context);
  if (value === null) return null;
  if (Array.isArray(value) && column.type === 'list') return listTexts(value);
  if (column.type === 'json' || typeof value === 'object') return jsonText(value);
  if (typeof value === 'number' && column.type === 'integer') return BigInt(value);
  if (!column.utc || typeof value !== 'string') return value;
  const ms = utcMs(value);
  return ms === null ? null : BigInt(ms);
}

export const parquet = defineExporter({
  id: 'parquet',
  label: 'exporter_parquet',
  hint: 'exporter_parquet_hint',
  extension: 'parquet',
  mediaType: 'application/vnd.apache.parquet',
  form: 'sheet',
  async *write(tables, context) {
    const { ByteWriter, ParquetWriter } = await import('hyparquet-writer');
    const { columns, rows } = sheetOf(onlyTable(tables), context);
    const names = distinctNames(columns.map(({ header }) => header.toWellFormed()));
    const bytes = new ByteWriter();
    const root = { name: 'root', num_children: columns.length };
    const file = new ParquetWriter({
      writer: bytes,
      schema: [root, ...columns.flatMap((column, index) => elementsOf(column, names[index] ?? ''))],
      createdBy: `Clipscope ${context.extensionVersion}`,
    });
    const takeBytes = (): Uint8Array<ArrayBuffer> => {
      const taken = new Uint8Array(bytes.getBytes());
      // What is handed out leaves the buffer; offsets in the file are counted apart from it.
      bytes.index = 0;
      return taken;
    };
    const emptyGroup = (): Stored[][] => columns.map(() => []);
    const writeGroup = async (group: readonly Stored[][], rowGroupSize: number): Promise<void> => {
      const columnData = group.map((data, index) => ({ name: names[index] ?? '', data }));
      await file.write({ columnData, rowGroupSize });
    };
    let group = emptyGroup();
    let length = 0;
    for await (const piece of rows()) {
      for (const [index, column] of columns.entries()) {
        for (const row of piece) group[index]?.push(stored(column, row[index] ?? null, context));
      }
      length += piece.length;
      if (length < rowsOfGroup) continue;
      await writeGroup(group, length);
      yield takeBytes();
      group = emptyGroup();
      length = 0;
    }
    if (length > 0) await writeGroup(group, length);
    await file.finish();
    yield takeBytes();
  },
});
