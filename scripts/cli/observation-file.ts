/**
 * Reads our own NDJSON thing by thing, as often as a format asks for it, and holds no more of it than one thing: the lines of
 * a thing stand together, as Clipscope writes them. What is asked for decides what is parsed; all other lines are passed by.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { tableIds, type TableId } from '../../lib/core/export-choices.ts';
import type { SavedPlace } from '../../lib/core/observation-line.ts';
import type { Observation } from '../../lib/core/observation.ts';
import { noSighting, type RecordType, recordTypes } from '../../lib/core/record.ts';
import { type Platform, platforms, type RefKey } from '../../lib/core/ref.ts';
import { tableById } from '../../lib/exporters/tables.ts';
import { clipscopeNdjson } from '../../lib/importers/clipscope-ndjson.ts';
import type { ImportContext, ImportItem, ImportProblem } from '../../lib/importers/importer.ts';
import { linesOf } from '../../lib/importers/lines.ts';

/** Text in pieces, from the beginning at every call. */
export type Source = () => AsyncIterable<string>;

const pieceBytes = 256 * 1024;

/** A file's text: UTF-16 where a byte order mark says so (PowerShell's `>` writes that), or else UTF-8. Throws errors of the file system. */
export async function fileSource(path: string): Promise<Source> {
  const file = await open(path);
  const head = Buffer.alloc(2);
  try {
    await file.read(head, 0, 2, 0);
  } finally {
    await file.close();
  }
  const encoding = head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : 'utf8';
  return () => createReadStream(path, { encoding, highWaterMark: pieceBytes });
}

/** What is observed of one thing. */
export interface Thing {
  readonly ref: RefKey;
  readonly observations: readonly Observation[];
  /** When and where it was saved; null: the file does not say. */
  readonly place: SavedPlace | null;
}

/** What a line is of, found without parsing it: quotes within a text are escaped, so that no text can pose as a field. */
function typeOf(line: string): RecordType | null {
  const name = /"record_type"\s*:\s*"([a-z]+)"/u.exec(line)?.[1];
  return recordTypes.find((type) => type === name) ?? null;
}

function platformOf(line: string): Platform | null {
  const name = /"ref_key"\s*:\s*"([a-z]+):/u.exec(line)?.[1];
  return platforms.find((platform) => platform === name) ?? null;
}

/** The types of records whose lines a table is made of. */
export function typesOf(table: TableId): readonly RecordType[] {
  return table === 'observation' ? recordTypes : tableById(table).bases;
}

export interface Contents {
  /** The tables that there are lines for, without the long ones. */
  readonly tables: readonly TableId[];
  readonly platformsOf: (table: TableId) => readonly Platform[];
}

/** Looks through a file without reading it in full. */
export async function contentsOf(source: Source): Promise<Contents> {
  const found = new Set<string>();
  for await (const { text } of linesOf(source())) {
    const type = typeOf(text);
    if (type !== null) found.add(`${type} ${platformOf(text) ?? ''}`);
  }
  const platformsOf = (table: TableId): Platform[] =>
    platforms.filter((platform) => typesOf(table).some((type) => found.has(`${type} ${platform}`)));
  const isOfRecords = (table: TableId): boolean => recordTypes.some((type) => type === table);
  return { tables: tableIds.filter((table) => isOfRecords(table) && platformsOf(table).length > 0), platformsOf };
}

export interface ReadingOptions {
  readonly withRaw: boolean;
  /** Unix ms. */
  readonly now: number;
  /** Told of each line that cannot be read, once, whatever the number of readings. */
  readonly problem: (problem: ImportProblem) => void;
  /** Told once of each line that names a thing without any data. */
  readonly named: () => void;
}

export interface ThingReader {
  /** The things that lines of these types are of, in the order of the file; one platform's only, where one is given. */
  things(types: readonly RecordType[], platform: Platform | null): AsyncGenerator<Thing>;
}

export function createThingReader(source: Source, options: ReadingOptions): ThingReader {
  /** What lines of former readings were of: their problems have been told. */
  const told = new Set<string>();
  const context: ImportContext = {
    fetchedAt: options.now,
    readRefs: () => ({ refs: [], reason: null }),
    pageContext: () => ({ type: 'other', query: null, tab: null, personalised: null }),
    ...(options.withRaw ? {} : { withoutRaw: true }),
  };

  async function* things(types: readonly RecordType[], only: Platform | null): AsyncGenerator<Thing> {
    const met = new Set<string>();
    const wanted: ReadonlySet<RecordType | null> = new Set(types);
    let isTold = false;

    /** The text line by line, those of other tables emptied, so that the numbers of lines stay. */
    async function* wantedLines(): AsyncGenerator<string> {
      let passedBy = '';
      for await (const { line, text, isCut } of linesOf(source())) {
        const type = isCut ? null : typeOf(text);
        const platform = type === null ? null : platformOf(text);
        const kind = `${type ?? ''} ${platform ?? ''}`;
        // A line of no known type is broken, or names a thing only: it is for whoever reads first.
        const isOfTable = wanted.has(type) && (only === null || platform === only);
        const isWanted = isOfTable || ((type === null || platform === null) && !told.has(kind));
        if (!isWanted || isCut) {
          passedBy += '\n';
          if (isWanted)
            options.problem({ kind: 'problem', line, message: 'import_line_too_long', parameters: [], text: '' });
          continue;
        }
        met.add(kind);
        isTold = told.has(kind);
        yield `${passedBy}${text}\n`;
        passedBy = '';
      }
    }

    let ref: RefKey | null = null;
    let observations: Observation[] = [];
    let place: SavedPlace | null = null;
    for await (const event of clipscopeNdjson.read(wantedLines(), context)) {
      const observation = event.kind === 'item' ? event.observations[0] : undefined;
      if (event.kind === 'problem') {
        if (!isTold) options.problem(event);
      } else if (!observation) {
        options.named();
      } else {
        if (ref !== observation.ref_key) {
          if (ref !== null) yield { ref, observations, place };
          ref = observation.ref_key;
          observations = [];
          place = null;
        }
        observations.push(observation);
        place ??= placeOf(event);
      }
    }
    if (ref !== null) yield { ref, observations, place };
    for (const kind of met) told.add(kind);
  }

  return { things };
}

function placeOf({ met, savedAt }: ImportItem): SavedPlace | null {
  if (!met || savedAt === undefined) return null;
  return { saved_at: savedAt, page_url: met.pageUrl, sighting: { ...noSighting, ...met.sighting } };
}
