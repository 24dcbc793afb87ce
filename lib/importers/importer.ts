/** The contract of a file format in which old collections come: one file and one registry line each. */
import type { Observation } from '../core/observation.ts';
import type { PageContext } from '../core/page-data.ts';
import type { Sighting } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';

/** Characters of a file that a format is recognised by. */
export const headLength = 65_536;

/** The beginning of a file. */
export interface ImportHead {
  /** At most `headLength` characters, without a byte order mark. */
  readonly text: string;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

/** What a cell of a list names. */
export interface NamedRefs {
  readonly refs: readonly RefKey[];
  /** Why it names nothing; null: it names something, or is empty. */
  readonly reason: 'excel' | 'number' | 'unknown' | null;
}

/** What is known besides the file, and what only other layers can read. */
export interface ImportContext {
  /** Unix ms: when the file was last written, for what has no time of its own. */
  readonly fetchedAt: number;
  /** The things that an address or id names. */
  readonly readRefs: (text: string) => NamedRefs;
  /** What kind of page an address shows. */
  readonly pageContext: (url: string) => PageContext;
  /** Leaves raw texts out, which cost the most to read. Only our own form knows it. */
  readonly withoutRaw?: true;
}

/** Where and how a thing was met, by the file. */
export interface ImportMeeting {
  /** Without its query. */
  readonly pageUrl: string | null;
  readonly sighting: Sighting;
}

/** One thing of the file: kept with all of it, or not at all. */
export interface ImportItem {
  readonly kind: 'item';
  /** From 1. */
  readonly line: number;
  /** With their raw texts; the hashes of those are for whoever keeps them. */
  readonly observations: readonly Observation[];
  /** Things that are named without data. */
  readonly refs: readonly RefKey[];
  /** Null: the file does not say. */
  readonly met: ImportMeeting | null;
  /** Unix ms at which it was saved; absent: the file does not say. */
  readonly savedAt?: number;
  /** The text whose hash the observation's record names, as the file has it: they must fit. Absent: the file names none. */
  readonly hashed?: string;
}

/** Something of the file that could not be read. */
export interface ImportProblem {
  readonly kind: 'problem';
  /** From 1. */
  readonly line: number;
  /** Message key, and the values of its placeholders. */
  readonly message: string;
  readonly parameters: readonly string[];
  /** At most 200 characters of what stands there. */
  readonly text: string;
}

export type ImportEvent = ImportItem | ImportProblem;

export interface Importer {
  /** Equals the file's name. */
  readonly id: string;
  /** Message key. */
  readonly label: string;
  /** Whether a file that begins so is of this format. */
  readonly recognises: (head: ImportHead) => boolean;
  /**
   * Reads the file as its text arrives, and holds no more of it than one item. Any text in, items and problems out, in the
   * order of the file; throws only what `chunks` throws.
   */
  readonly read: (chunks: AsyncIterable<string>, context: ImportContext) => AsyncGenerator<ImportEvent>;
}

export function defineImporter(importer: Importer): Importer {
  return importer;
}

const longestShown = 200;

/** A problem on a line, with what stands there. */
export function problemAt(
  line: number,
  message: string,
  text: string,
  ...parameters: readonly string[]
): ImportProblem {
  const shown = text.slice(0, longestShown).toWellFormed().trim();
  return { kind: 'problem', line, message, parameters, text: shown };
}
