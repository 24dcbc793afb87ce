/** The contract of a file format: one file and one registry line each. */
import type { AnyRecord, RecordType } from '../core/record.ts';

export interface ExportContext {
  /** IANA zone of the `*_local` columns. */
  readonly timeZone: string;
  /** Unix ms of the export, for derived columns that depend on "now". */
  readonly now: number;
  /** Version of the extension, a provenance column. */
  readonly extensionVersion: string;
}

export interface Exporter {
  /** Equals the file's name. */
  readonly id: string;
  /** Message key. */
  readonly label: string;
  /** Without a dot. */
  readonly extension: string;
  readonly mediaType: string;
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
