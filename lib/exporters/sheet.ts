/**
 * A table as it is to be written: which columns, under which names, and the cells of each row. Presets, chosen columns, the
 * rules about people and coding columns are applied here, once for every format that has rows and columns.
 */
import type { TableId } from '../core/export-choices.ts';
import type { AnyRecord } from '../core/record.ts';
import { AppError } from '../core/errors.ts';
import type { Column, ColumnInfo, ColumnType, JsonValue } from './columns/column.ts';
import { isExportedByDefault } from './columns.ts';
import type { ExportContext, ExportTable } from './exporter.ts';
import { presetById } from './presets/index.ts';
import type { PresetColumn } from './presets/preset.ts';
import { pseudonymOf } from './pseudonym.ts';
import { publicRecord } from './public-record.ts';
import { columnsOfTable, rowsOfRecord, tableById, type TableRow } from './tables.ts';

export interface SheetColumn {
  readonly header: string;
  readonly type: ColumnType;
  readonly description: ColumnInfo['description'];
  /** Why the column of a preset stays empty, always; null: it does not. */
  readonly unfillable: ColumnInfo['description'] | null;
  /** Every cell is a time in UTC (`…Z`) or null: what formats with a type for times need to know. */
  readonly utc: boolean;
}

export type SheetRow = readonly JsonValue[];

export interface Sheet {
  readonly table: TableId;
  readonly columns: readonly SheetColumn[];
  /** The rows of the table, each with a cell per column, in pieces of some hundred. */
  readonly rows: () => AsyncGenerator<readonly SheetRow[]>;
}

const rowsAtOnce = 500;

type Read = (row: TableRow, record: AnyRecord) => JsonValue;

interface OwnColumn extends SheetColumn {
  readonly read: Read;
}

/** Whether a file may hold the column, by what was chosen about people and texts. */
export function isOpen(column: ColumnInfo, table: TableId, { choices, pseudonyms }: ExportContext): boolean {
  if (column.pseudonym) return choices.personal === 'pseudonyms' && pseudonyms !== undefined;
  if (column.personal && choices.personal !== 'include') return false;
  if (column.text && choices.withholdText) return false;
  return !choices.idsOnly || tableById(table).ids.includes(column.name);
}

/** Times in UTC have names that say so; all others have an offset. */
function isUtc({ name, type }: ColumnInfo): boolean {
  return type === 'time' && name.endsWith('_utc');
}

function nativeColumns(table: TableId, context: ExportContext): readonly OwnColumn[] {
  const all = columnsOfTable(table);
  const chosen = context.choices.columns[table];
  const byName = new Map(all.map((column) => [column.name, column]));
  const list: readonly Column<TableRow>[] = chosen
    ? chosen.flatMap((name) => byName.get(name) ?? [])
    : all.filter((column) => isExportedByDefault(column) || column.pseudonym);
  return list
    .filter((column) => isOpen(column, table, context))
    .map((column) => ({
      header: column.name,
      type: column.type,
      description: column.description,
      unfillable: null,
      utc: isUtc(column),
      read: (row) => column.value(row, context),
    }));
}

const noDescription: ColumnInfo['description'] = { en: '', zh_CN: '' };

function presetColumn(column: PresetColumn, table: TableId, context: ExportContext): OwnColumn {
  const byName = new Map(columnsOfTable(table).map((one) => [one.name, one]));
  const { header, type, from, value, description } = column;
  const sources = from.flatMap((name) => byName.get(name) ?? []);
  const [first] = sources;
  const shown = description ?? column.unfillable ?? first?.description ?? noDescription;
  // A value that the preset makes itself may be in any form.
  const utc = type === 'time' && !value && first !== undefined && isUtc(first);
  const base = { header, type, description: shown, unfillable: column.unfillable ?? null, utc };
  if (!sources.every((source) => isOpen(source, table, context))) {
    // A tool that expects an author finds the pseudonym in his place.
    const isAuthor = sources.some((source) => source.names === 'author');
    return { ...base, read: (_row, record) => (isAuthor ? pseudonymOf(record, context) : null) };
  }
  if (column.unfillable) return { ...base, read: () => null };
  const read = (row: TableRow) => (name: string) => byName.get(name)?.value(row, context) ?? null;
  if (value) return { ...base, read: (row, record) => value(read(row), record, context) };
  return { ...base, read: (row) => first?.value(row, context) ?? null };
}

function codingColumn(header: string): OwnColumn {
  const description = { en: 'To be filled in by the coder.', zh_CN: '由编码员填写。' };
  return { header, type: 'string', description, unfillable: null, utc: false, read: () => null };
}

function columnsOf(table: TableId, context: ExportContext): readonly OwnColumn[] {
  const { preset: id, codes } = context.choices;
  const preset = presetById(id);
  if (!preset) throw new AppError('bad_request', `There is no preset ${id}.`);
  const own =
    id === 'native'
      ? nativeColumns(table, context)
      : preset.columns(table, context.platform ?? null)?.map((column) => presetColumn(column, table, context));
  if (!own)
    throw new AppError('unsupported', `The preset ${id} has no table of ${table} rows.`, {
      advice: 'error_export_table',
    });
  return [...own, ...codes.map(codingColumn)];
}

/** Whether a table can be written with the chosen preset. */
export function hasSheet(table: TableId, { choices, platform }: Pick<ExportContext, 'choices' | 'platform'>): boolean {
  return presetById(choices.preset)?.columns(table, platform ?? null) !== null;
}

/** The table as the choices say. Throws AppError `bad_request`, `unsupported` for a preset that is not there or lacks the table. */
export function sheetOf({ id, rows }: ExportTable, context: ExportContext): Sheet {
  const list = columnsOf(id, context);
  const { bases } = tableById(id);
  const readers = list.map(({ read }) => read);
  // A preset may read any field of the record.
  const written = context.choices.preset === 'native' ? new Set(list.map(({ header }) => header)) : null;
  return {
    table: id,
    columns: list.map(({ read: _read, ...column }) => column),
    async *rows() {
      let waiting: SheetRow[] = [];
      for await (const given of rows()) {
        const record = publicRecord(given, context, written);
        if (!bases.includes(record.record_type)) {
          throw new AppError('internal', `A ${record.record_type} record was handed to a table of ${id} rows.`);
        }
        const made = rowsOfRecord(id, record, context);
        for (const row of Array.isArray(made) ? made : await made) {
          waiting.push(readers.map((read) => read(row, record)));
        }
        if (waiting.length < rowsAtOnce) continue;
        yield waiting;
        waiting = [];
      }
      if (waiting.length > 0) yield waiting;
    },
  };
}
