/** What is said about exports, between the pages and whoever writes the files. */
import type { ExportChoices, TableId } from '../core/export-choices.ts';

/** What would be written, shown before it is. */
export interface ExportPreview {
  /** The tables that there are rows for, the long ones too. */
  readonly tables: readonly { readonly id: TableId; readonly things: number }[];
  /** The one that is shown; null: nothing can be written with these choices. */
  readonly table: TableId | null;
  readonly columns: readonly PreviewColumn[];
  /** The first rows, as text; null: an empty cell. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** Things that the files will hold, after what is left out and drawn. */
  readonly things: number;
  /** Things that an earlier export of the project has had. */
  readonly exportedBefore: number;
  /** Size of all files together, reckoned from the rows that are shown; null: nothing to reckon from. */
  readonly bytes: number | null;
}

export interface PreviewColumn {
  readonly header: string;
  readonly description: { readonly en: string; readonly zh_CN: string };
  /** Why the column stays empty with this preset; null: it is filled where something is known. */
  readonly unfillable: { readonly en: string; readonly zh_CN: string } | null;
}

/** A file that was made and saved. */
export interface ExportedFile {
  readonly name: string;
  readonly rows: number;
  /** What the format could not hold or had to change: message key → how often. Absent: nothing. */
  readonly skipped?: Readonly<Record<string, number>>;
}

export type { ExportChoices };
