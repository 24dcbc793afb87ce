/** What a bundle holds: told of by its texts, counted while its data were written. */
import type { TableId } from '../../core/export-choices.ts';
import { isExportedByDefault } from '../columns.ts';
import type { ExportContext } from '../exporter.ts';
import { isOpen, type SheetColumn } from '../sheet.ts';
import { columnsOfTable } from '../tables.ts';
import type { TableFigures } from './figures.ts';

/** Names of our columns that the file of a table does not hold, by why. */
export interface LeftOut {
  /** They name, show or address a person. */
  readonly personal: readonly string[];
  /** People's words, which are withheld. */
  readonly text: readonly string[];
  /** Everything but the ids is left out. */
  readonly beyondIds: readonly string[];
  /** Written only where asked for, or not among those that were chosen. */
  readonly unchosen: readonly string[];
}

export interface BundleTable {
  readonly id: TableId;
  readonly columns: readonly SheetColumn[];
  /** Null: the columns are another tool's. */
  readonly leftOut: LeftOut | null;
  readonly rows: number;
  readonly figures: TableFigures;
}

/** A file of the bundle that is written. */
export interface BundledFile {
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface BundleContents {
  readonly tables: readonly BundleTable[];
  readonly context: ExportContext;
}

/** Columns of ours that are not written, by why; null for a preset with columns of its own. */
export function leftOutOf(table: TableId, context: ExportContext): LeftOut | null {
  const { choices } = context;
  if (choices.preset !== 'native') return null;
  const { columns: chosen, personal, withholdText } = choices;
  const isWanted = new Set(
    chosen[table] ??
      columnsOfTable(table)
        .filter(isExportedByDefault)
        .map(({ name }) => name),
  );
  const closed = columnsOfTable(table).filter((column) => !column.pseudonym && !isOpen(column, table, context));
  const named = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
  const isPersonal = new Set(named(closed.filter((column) => column.personal && personal !== 'include')));
  const isText = new Set(named(closed.filter((column) => column.text && withholdText && !isPersonal.has(column.name))));
  return {
    personal: [...isPersonal],
    text: [...isText],
    beyondIds: named(closed.filter(({ name }) => !isPersonal.has(name) && !isText.has(name))),
    unchosen: named(
      columnsOfTable(table).filter(
        (column) => !column.pseudonym && isOpen(column, table, context) && !isWanted.has(column.name),
      ),
    ),
  };
}

/** The paths of a table's files within the bundle. */
export function dataPath(table: TableId, extension: string): string {
  return `data/${table}.${extension}`;
}
