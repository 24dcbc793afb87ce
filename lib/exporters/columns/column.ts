/** What a column of an export is. The list of all of them is columns.ts; docs/codebook.md is generated from it. */
import type { ExportContext } from '../exporter.ts';

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * `time`: ISO 8601. `list`: texts, null where one of several parallel lists has a gap. `json`: a structure.
 * Ids are always `string`.
 */
export type ColumnType = 'string' | 'integer' | 'number' | 'boolean' | 'time' | 'list' | 'json';

/** What a column is, without its values. */
export interface ColumnInfo {
  /** As in the data dictionary. */
  readonly name: string;
  readonly type: ColumnType;
  /** Names, shows or addresses a person: what pseudonymising replaces. */
  readonly personal?: boolean;
  /** Tells whose the row is: where people are not to be named, a preset's column made of it holds the pseudonym. */
  readonly names?: 'author';
  /** Words that a person wrote or said, which may be withheld. */
  readonly text?: boolean;
  /** The pseudonym itself: written where people have pseudonyms. */
  readonly pseudonym?: boolean;
  /** False: written only where asked for. Default: true. */
  readonly exportedByDefault?: boolean;
  readonly description: { readonly en: string; readonly zh_CN: string };
}

export interface Column<R> extends ColumnInfo {
  /** Null: not reported. */
  readonly value: (record: R, context: ExportContext) => JsonValue;
}

type Flags = Pick<ColumnInfo, 'personal' | 'names' | 'text' | 'pseudonym' | 'exportedByDefault'>;

/** Declares a column that is the record's field of the same name. */
export function ownColumn<Name extends string>(
  name: Name,
  type: ColumnType,
  en: string,
  zhCn: string,
  flags: Flags = {},
): Column<Readonly<Record<Name, JsonValue>>> {
  return { name, type, description: { en, zh_CN: zhCn }, ...flags, value: (record) => record[name] };
}

/** Declares a column that is computed from the record. */
export function computedColumn<R>(
  name: string,
  type: ColumnType,
  en: string,
  zhCn: string,
  value: Column<R>['value'],
  flags: Flags = {},
): Column<R> {
  return { name, type, description: { en, zh_CN: zhCn }, ...flags, value };
}
