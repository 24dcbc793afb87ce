/**
 * One line of our own NDJSON, as lib/exporters/ndjson.ts writes it and lib/importers/clipscope-ndjson.ts reads it: one
 * observation, or one thing of which nothing is known but that it was saved.
 *
 * - `clipscope`: the version of this form. A later version is not read.
 * - `observation`: what one source said of one thing at one time, with the names of the data (times in Unix ms, durations
 *   in ms, money in minor units) and never with its raw text.
 * - `raw`: the scrubbed JSON text that the observation was read from; its SHA-256 is the record's `raw_sha256`. Absent:
 *   none was kept.
 * - `saved`: when and where it was saved; on the first line of a thing. Absent: it is not known.
 */
import type { Observation } from './observation.ts';
import type { Sighting } from './record.ts';
import type { RefKey } from './ref.ts';

export const lineVersion = 1;

/** When and where a thing was saved into a project. */
export interface SavedPlace {
  /** Unix ms. */
  readonly saved_at: number;
  /** Address of the page whose list it was in, without its query. */
  readonly page_url: string | null;
  readonly sighting: Sighting;
}

interface LineBase {
  readonly clipscope: typeof lineVersion;
  readonly saved?: SavedPlace;
}

export type ObservationLine = LineBase &
  (
    | { readonly observation: Omit<Observation, 'raw'>; readonly raw?: string; readonly ref?: never }
    | { readonly ref: RefKey; readonly observation?: never; readonly raw?: never }
  );
