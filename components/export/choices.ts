/** What the dialog offers, and what one choice does to the others. Pure. */
import {
  defaultExportChoices,
  type ExportChoices,
  type SheetChoices,
  type TableId,
  tableIds,
} from '../../lib/core/export-choices.ts';
import { recordTypes } from '../../lib/core/record.ts';
import type { ColumnInfo } from '../../lib/exporters/columns/column.ts';
import { isExportedByDefault } from '../../lib/exporters/columns.ts';
import type { Exporter } from '../../lib/exporters/exporter.ts';
import { exporterById } from '../../lib/exporters/index.ts';
import { presetById } from '../../lib/exporters/presets/index.ts';
import { columnsOfTable, tableById } from '../../lib/exporters/tables.ts';

/** The headings that formats are offered under, in their order. */
export const formatGroups = ['tables', 'records', 'captured', 'networks', 'bundle'] as const;
export type FormatGroup = (typeof formatGroups)[number];

/** Formats that are a network or a list of references, by how their files' names end. */
const networkEndings: ReadonlySet<string> = new Set(['gexf', 'ris', 'bib']);

export function groupOf({ id, form, extension }: Exporter): FormatGroup {
  if (id === 'bundle') return 'bundle';
  if (form === 'captured') return 'captured';
  if (networkEndings.has(extension) || id.startsWith('csl')) return 'networks';
  return form === 'sheet' && extension !== 'ndjson' ? 'tables' : 'records';
}

/** The format of the choices. */
export function exporterOf({ format }: Pick<ExportChoices, 'format'>): Exporter | null {
  return exporterById(format);
}

/** Choices of an older version may name what is no longer there: the usual takes its place. */
export function knownChoices(choices: ExportChoices): ExportChoices {
  return {
    ...choices,
    format: exporterOf(choices) ? choices.format : defaultExportChoices.format,
    preset: presetById(choices.preset) ? choices.preset : defaultExportChoices.preset,
  };
}

/** Whether the format holds answers as they were captured, and people are to be kept out: it cannot be written so. */
export function isBarred(choices: ExportChoices): boolean {
  return exporterOf(choices)?.form === 'captured' && choices.personal !== 'include';
}

/** Whether a table goes into the files, as far as it was chosen. */
export function isTableChosen({ tables }: Pick<ExportChoices, 'tables'>, id: TableId): boolean {
  const wanted: readonly TableId[] = tables ?? recordTypes;
  return wanted.includes(id);
}

/** Chooses a table or lets it go. All but the long ones are the same as none chosen: tables that come later are in it too. */
export function toggleTable(choices: ExportChoices, id: TableId): ExportChoices {
  const wanted = tableIds.filter((one) => isTableChosen(choices, one) !== (one === id));
  const isUsual = wanted.length === recordTypes.length && recordTypes.every((type) => wanted.includes(type));
  return { ...choices, tables: isUsual ? null : wanted };
}

/** The columns of a table when nobody chose any. */
export function usualColumns(table: TableId): readonly string[] {
  return columnsOfTable(table)
    .filter((column) => isExportedByDefault(column) || column.pseudonym)
    .map(({ name }) => name);
}

/** The chosen columns of a table, in the file's order. */
export function chosenColumns({ columns }: Pick<SheetChoices, 'columns'>, table: TableId): readonly string[] {
  const known = new Set(columnsOfTable(table).map(({ name }) => name));
  return columns[table]?.filter((name) => known.has(name)) ?? usualColumns(table);
}

/** The usual columns are not kept as a choice: those that come later are in them too. */
export function chooseColumns(choices: ExportChoices, table: TableId, names: readonly string[]): ExportChoices {
  const { [table]: _before, ...others } = choices.columns;
  const usual = usualColumns(table);
  const isUsual = names.length === usual.length && usual.every((name, index) => names[index] === name);
  return { ...choices, columns: isUsual ? others : { ...others, [table]: [...names] } };
}

/** A column more or less. One that comes in stands where the codebook has it: behind the nearest one before it. */
export function toggleColumn(choices: ExportChoices, table: TableId, name: string): ExportChoices {
  const chosen = chosenColumns(choices, table);
  if (chosen.includes(name)) {
    return chooseColumns(
      choices,
      table,
      chosen.filter((one) => one !== name),
    );
  }
  const all = columnsOfTable(table).map((column) => column.name);
  const before = all.slice(0, all.indexOf(name)).findLast((one) => chosen.includes(one));
  const place = before === undefined ? 0 : chosen.indexOf(before) + 1;
  return chooseColumns(choices, table, chosen.toSpliced(place, 0, name));
}

/** Moves a chosen column to another place (from 0). */
export function moveColumn(choices: ExportChoices, table: TableId, name: string, place: number): ExportChoices {
  const chosen = chosenColumns(choices, table);
  const others = chosen.filter((one) => one !== name);
  if (others.length === chosen.length || place < 0 || place > others.length) return choices;
  return chooseColumns(choices, table, others.toSpliced(place, 0, name));
}

/** Why a column is left out although it is chosen: by the rule about people, texts or ids; null: it is written. */
export function closedBy(
  column: ColumnInfo,
  table: TableId,
  choices: Pick<SheetChoices, 'personal' | 'withholdText' | 'idsOnly'>,
): 'people' | 'text' | 'ids' | null {
  const { personal, withholdText, idsOnly } = choices;
  if (column.pseudonym) return personal === 'pseudonyms' ? null : 'people';
  if (column.personal && personal !== 'include') return 'people';
  if (column.text && withholdText) return 'text';
  return idsOnly && !tableById(table).ids.includes(column.name) ? 'ids' : null;
}

/** The columns that were chosen and are left out for the sake of people. */
export function withoutPeople(choices: ExportChoices, table: TableId): readonly string[] {
  const chosen = new Set(chosenColumns(choices, table));
  return columnsOfTable(table)
    .filter((column) => chosen.has(column.name) && !column.pseudonym && closedBy(column, table, choices) === 'people')
    .map(({ name }) => name);
}

/** Names of coding columns as typed: separated by commas or line breaks, each once. */
export function codesOf(text: string): string[] {
  const names = text.split(/[,，、;；\n]/u).map((name) => name.trim().slice(0, 80));
  return [...new Set(names)].filter((name) => name !== '').slice(0, 50);
}

/** A format's name without what stands in parentheses: "CSV (research)" → "CSV". */
export function shortName(label: string): string {
  return label.replace(/\s*[(（].*[)）]\s*$/u, '') || label;
}
