/** The contract of a header preset: the columns of another tool, made of ours. One file and one registry line each. */
import type { TableId } from '../../core/export-choices.ts';
import type { AnyRecord } from '../../core/record.ts';
import type { Platform } from '../../core/ref.ts';
import type { ColumnInfo, ColumnType, JsonValue } from '../columns/column.ts';
import type { ExportContext } from '../exporter.ts';

/** The value of one of our own columns of the row. */
export type CellReader = (name: string) => JsonValue;

export interface PresetColumn {
  /** As the other tool writes it. */
  readonly header: string;
  readonly type: ColumnType;
  /**
   * Names of our own columns that it is made of, which decide whether it names a person; the first one's description is its
   * own where it has none. Empty: nothing that we have, see `unfillable`.
   */
  readonly from: readonly string[];
  /** Absent: the cell of the first column of `from`. */
  readonly value?: (cell: CellReader, record: AnyRecord, context: ExportContext) => JsonValue;
  /** Where it means something else than the first column of `from`. */
  readonly description?: ColumnInfo['description'];
  /** Why the column stays empty, always. */
  readonly unfillable?: ColumnInfo['description'];
}

export interface Preset {
  /** Equals the file's name. */
  readonly id: string;
  /** Message key. */
  readonly label: string;
  /** Message key: who it is for, one line. */
  readonly hint: string;
  /** The source that its columns were read from, with version and date. */
  readonly source: string;
  /** The columns of a table; null: the tool has no such table. A preset whose columns differ by platform is asked for each. */
  readonly columns: (table: TableId, platform: Platform | null) => readonly PresetColumn[] | null;
  /** Its columns differ by platform, so that a file can hold one only. */
  readonly isOfOnePlatform?: true;
}

export function definePreset(preset: Preset): Preset {
  return preset;
}
