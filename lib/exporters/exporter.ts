/** The contract of a file format: one file and one registry line each. */
import type { SampleChoice, SheetChoices, TableId } from '../core/export-choices.ts';
import type { SavedPlace } from '../core/observation-line.ts';
import type { Observation } from '../core/observation.ts';
import type { AnyRecord } from '../core/record.ts';
import type { Platform, RefKey } from '../core/ref.ts';

/** Tells people apart without naming them. */
export interface Pseudonyms {
  /** `hmac-sha256:<first digits of the key's own hash>`. */
  readonly scheme: string;
  /** 32 hex digits; the same for the same person of the same platform under the same key. `person`: the id of the author's ref. */
  readonly of: (platform: Platform, person: string) => string;
}

export interface ExportContext {
  /** IANA zone of the `*_local` columns. */
  readonly timeZone: string;
  /** Unix ms of the export, for derived columns that depend on "now". */
  readonly now: number;
  /** Version of the extension, a provenance column. */
  readonly extensionVersion: string;
  readonly choices: SheetChoices;
  /** The only platform of the file; null or absent: both may be in it. */
  readonly platform?: Platform | null;
  /** Absent: people have no pseudonyms, whatever the choices are. */
  readonly pseudonyms?: Pseudonyms;
  /** The project's name, for bundles. */
  readonly projectName?: string;
  /** How the rows were drawn, for the texts of bundles; absent: they are all that was chosen. */
  readonly sample?: SampleChoice;
  /** Every observation of a thing, oldest first, SKUs included. Absent: there is nobody to ask. */
  readonly observationsOf?: (ref: RefKey) => Promise<readonly Observation[]>;
  /** The scrubbed text that an observation was read from; null: none was kept. Absent: there is nobody to ask. */
  readonly rawOf?: (observation: Observation) => Promise<string | null>;
  /** When and where a thing was saved; null: it is not known. Absent: there is nobody to ask. */
  readonly savedOf?: (ref: RefKey) => Promise<SavedPlace | null>;
  /**
   * Told of every row that the format cannot hold, or of what it had to change: the key of a message, whose `$1` is the
   * number of such cases. `export_skipped_*`: the row is not in the file; `export_changed_*`: it is, with the change.
   */
  readonly skipped?: (message: string) => void;
}

/** The rows of one table. */
export interface ExportTable {
  readonly id: TableId;
  /** Records of the table's base types (see tables.ts), from the first; may be asked for several times. */
  readonly rows: () => Iterable<AnyRecord> | AsyncIterable<AnyRecord>;
}

export interface Exporter {
  /** Equals the file's name. */
  readonly id: string;
  /** Message key. */
  readonly label: string;
  /** Message key: who it is for, one line. */
  readonly hint: string;
  /** Without a dot. */
  readonly extension: string;
  readonly mediaType: string;
  /**
   * `sheet`: rows and columns, for which presets, chosen columns and coding columns count; `record`: the format has a form
   * of its own; `captured`: answers as they were captured, people in them: only where personal data is to be included.
   */
  readonly form: 'sheet' | 'record' | 'captured';
  /** The tables that the format can hold; absent: all. */
  readonly tables?: readonly TableId[];
  /** All chosen tables are in one file; absent: a file each. */
  readonly holdsAll?: true;
  /** A file holds one platform: that of its first row. Others are skipped, so whoever exports asks for each by itself. */
  readonly isOfOnePlatform?: true;
  /** The file's name, where the format has a rule for it. `now`: Unix ms. Absent: exportFileName. */
  readonly fileName?: (table: TableId, platform: Platform, now: number) => string;
  /** Writes one file, in chunks of a line or more (pieces.ts makes bytes of them): of one table, or of all where the format holds all. A format's library is imported inside. */
  readonly write: (
    tables: readonly ExportTable[],
    context: ExportContext,
  ) => AsyncGenerator<string | Uint8Array<ArrayBuffer>>;
}

export function defineExporter(exporter: Exporter): Exporter {
  return exporter;
}

/** The one table of a format that has a file for each. Throws where there are more or none: whoever writes has to ask anew. */
export function onlyTable(tables: readonly ExportTable[]): ExportTable {
  const [table, ...others] = tables;
  if (!table || others.length > 0) throw new Error(`One table was expected, ${tables.length} were given.`);
  return table;
}
