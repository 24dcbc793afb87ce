/** The contract of a file format: one file and one registry line each. */
import type { SavedPlace } from '../core/observation-line.ts';
import type { Observation } from '../core/observation.ts';
import type { AnyRecord, RecordType } from '../core/record.ts';
import type { Platform, RefKey } from '../core/ref.ts';

export interface ExportContext {
  /** IANA zone of the `*_local` columns. */
  readonly timeZone: string;
  /** Unix ms of the export, for derived columns that depend on "now". */
  readonly now: number;
  /** Version of the extension, a provenance column. */
  readonly extensionVersion: string;
  /** Every observation of a thing, oldest first, SKUs included. Absent: there is nobody to ask. */
  readonly observationsOf?: (ref: RefKey) => Promise<readonly Observation[]>;
  /** The scrubbed text that an observation was read from; null: none was kept. Absent: there is nobody to ask. */
  readonly rawOf?: (observation: Observation) => Promise<string | null>;
  /** When and where a thing was saved; null: it is not known. Absent: there is nobody to ask. */
  readonly savedOf?: (ref: RefKey) => Promise<SavedPlace | null>;
  /** Told of every row that the format cannot hold: the key of a message, whose `$1` is the number of such rows. */
  readonly skipped?: (message: string) => void;
}

export interface Exporter {
  /** Equals the file's name. */
  readonly id: string;
  /** Message key. */
  readonly label: string;
  /** Without a dot. */
  readonly extension: string;
  readonly mediaType: string;
  /** The tables that the format can hold; absent: all. */
  readonly tables?: readonly RecordType[];
  /** A file holds one platform: that of its first row. Others are skipped, so whoever exports asks for each by itself. */
  readonly isOfOnePlatform?: true;
  /** The file's name, where the format has a rule for it. `now`: Unix ms. Absent: exportFileName. */
  readonly fileName?: (table: RecordType, platform: Platform, now: number) => string;
  /** Writes one table, in chunks; all rows are of `recordType`. A format's library is imported inside. */
  readonly write: (
    recordType: RecordType,
    rows: Iterable<AnyRecord> | AsyncIterable<AnyRecord>,
    context: ExportContext,
  ) => AsyncGenerator<string | Uint8Array<ArrayBuffer>>;
}

export function defineExporter(exporter: Exporter): Exporter {
  return exporter;
}
