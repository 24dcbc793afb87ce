import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, parse, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { drawSample, stratumOf } from '../../lib/app/sample.ts';
import { deriveRecord, deriveRecords } from '../../lib/core/derive.ts';
import { AppError } from '../../lib/core/errors.ts';
import type { TableId } from '../../lib/core/export-choices.ts';
import { type AnyRecord, type RecordType, recordTypes } from '../../lib/core/record.ts';
import { parseRefKey, type Platform, type RefKey } from '../../lib/core/ref.ts';
import type { ExportContext, ExportTable } from '../../lib/exporters/exporter.ts';
import { exporters } from '../../lib/exporters/index.ts';
import { inPieces } from '../../lib/exporters/pieces.ts';
import { presets } from '../../lib/exporters/presets/index.ts';
import { hasSheet } from '../../lib/exporters/sheet.ts';
import { tableNames } from '../../lib/exporters/table-names.ts';
import { tableById } from '../../lib/exporters/tables.ts';
import { type Command, InputError, note, UsageError } from './command.ts';
import { type ExportCall, readCall } from './export-call.ts';
import { createReport, type ExportReport } from './export-report.ts';
import { fileError } from './input.ts';
import {
  contentsOf,
  type Contents,
  createThingReader,
  fileSource,
  type Source,
  type Thing,
  type ThingReader,
  typesOf,
} from './observation-file.ts';
import { writeOutput } from './write-output.ts';

const packageFile = new URL('../../package.json', import.meta.url);
const { version }: { readonly version: string } = JSON.parse(readFileSync(packageFile, 'utf8'));

/** One file to write. */
interface Job {
  readonly tables: readonly TableId[];
  readonly platform: Platform | null;
  readonly path: string;
}

/** `posts.csv` → `posts_authors.csv`. */
function pathWith(path: string, ...parts: readonly string[]): string {
  const { dir, name, ext } = parse(path);
  return join(dir, `${[name, ...parts].join('_')}${ext}`);
}

/** Whether the format and the header preset can hold a table. */
function canHold({ exporter, choices }: ExportCall, table: TableId, platform: Platform | null): boolean {
  if (exporter.tables?.includes(table) === false) return false;
  return exporter.form !== 'sheet' || hasSheet(table, { choices, platform });
}

/** The files that a call makes. `contents`: null where the call names all that there is to know. */
function jobsOf(call: ExportCall, contents: Contents | null): readonly Job[] {
  const { exporter, tables, platform, output } = call;
  const wanted = tables ?? contents?.tables ?? [];
  const platformsOf = (table: TableId): readonly (Platform | null)[] => {
    if (!call.isOfOnePlatform || platform !== null) return [platform];
    return contents?.platformsOf(table) ?? [];
  };
  const found = wanted.flatMap((table) => platformsOf(table).map((of) => ({ table, platform: of })));
  const parts = found.filter((part) => canHold(call, part.table, part.platform));
  const [left] = found.filter((part) => !parts.includes(part));
  if (left && tables)
    throw new UsageError(`${exporter.id} holds no ${tableNames[left.table]} with --preset ${call.choices.preset}`);
  if (left)
    note(
      `left out, since ${exporter.id} cannot hold them: ${found
        .filter((part) => !parts.includes(part))
        .map(({ table }) => tableNames[table])
        .join(', ')}`,
    );
  const groups = exporter.holdsAll
    ? [...Map.groupBy(parts, (part) => part.platform)].map(([of, list]) => ({
        platform: of,
        tables: list.map(({ table }) => table),
      }))
    : parts.map((part) => ({ platform: part.platform, tables: [part.table] }));
  if (output === '-' && groups.length > 1)
    throw new UsageError(
      `standard output takes one file, and this would make ${groups.length}: name one table (${[...new Set(parts.map(({ table }) => tableNames[table]))].join(', ')})${call.isOfOnePlatform ? ' and --platform' : ''}`,
    );
  const isOfMany = (key: 'platform' | 'table'): boolean => new Set(parts.map((part) => part[key])).size > 1;
  return groups.map((group) => {
    const named = [
      ...(isOfMany('platform') && group.platform ? [group.platform] : []),
      ...(isOfMany('table') && !exporter.holdsAll ? group.tables.map((table) => tableNames[table]) : []),
    ];
    return { ...group, path: named.length === 0 ? output : pathWith(output, ...named) };
  });
}

/** Things that wait for the drawing at once, at least. */
const drawnAtOnce = 10_000;

/** The kind of ref that a type's things are filed under. */
function kindOf(type: RecordType): string {
  return type === 'sku' ? 'product' : type;
}

/**
 * The things that are drawn for a table, as the extension draws them: so many of each kind, SKUs with their products. No more
 * are held than about twice the sample, since what is drawn of a part and the rest is drawn of the whole.
 */
async function drawnFor(
  table: TableId,
  { sample, platform }: ExportCall,
  reader: ThingReader,
): Promise<ReadonlySet<RefKey> | null> {
  if (!sample) return null;
  const { by } = sample;
  const { bases } = tableById(table);
  const types = recordTypes.filter((type) => bases.some((base) => kindOf(base) === kindOf(type)));
  let held: { readonly ref: RefKey; readonly stratum: string }[] = [];
  let drawnSize = 0;
  const draw = (): void => {
    const drawn = new Set(drawSample(held, sample));
    held = held.filter(({ ref }) => drawn.has(ref));
    drawnSize = held.length;
  };
  for await (const { ref, observations, place } of reader.things(types, platform)) {
    const record = by === null ? null : deriveRecord(observations);
    const stratum = by === null || !record ? '' : stratumOf({ ...record, ...place?.sighting }, by);
    held.push({ ref, stratum: `${parseRefKey(ref)?.kind ?? ''} ${stratum}` });
    if (held.length >= drawnSize * 2 + drawnAtOnce) draw();
  }
  draw();
  return new Set(held.map(({ ref }) => ref));
}

/** The records of a table, each with the thing that it is derived from. */
async function* recordsOf(
  reader: ThingReader,
  table: TableId,
  platform: Platform | null,
): AsyncGenerator<readonly [Thing, AnyRecord]> {
  const { bases } = tableById(table);
  for await (const thing of reader.things(typesOf(table), platform)) {
    const sighting = thing.place?.sighting;
    for (const record of deriveRecords(thing.observations)) {
      if (bases.includes(record.record_type)) yield [thing, sighting ? { ...record, ...sighting } : record];
    }
  }
}

async function writeJob(job: Job, call: ExportCall, reader: ThingReader, report: ExportReport): Promise<void> {
  const { exporter, choices, pseudonyms } = call;
  /** What is known besides a row, as long as it is being written. */
  const open = new Map<symbol, Thing>();
  const thingOf = (ref: RefKey): Thing | undefined => [...open.values()].find((thing) => thing.ref === ref);
  const context: ExportContext = {
    timeZone: call.timeZone,
    now: Date.now(),
    extensionVersion: version,
    choices,
    platform: job.platform,
    ...(pseudonyms ? { pseudonyms } : {}),
    observationsOf: async (ref) => thingOf(ref)?.observations ?? [],
    rawOf: async ({ raw }) => raw ?? null,
    savedOf: async (ref) => thingOf(ref)?.place ?? null,
    skipped: (message) => report.skipped(message),
  };
  const counts = new Map<TableId, number>();
  const tables: ExportTable[] = [];
  for (const id of job.tables) {
    const drawn = await drawnFor(id, call, reader);
    tables.push({
      id,
      async *rows() {
        const reading = Symbol(id);
        let count = 0;
        try {
          for await (const [thing, record] of recordsOf(reader, id, job.platform)) {
            if (drawn && !drawn.has(thing.ref)) continue;
            open.set(reading, thing);
            count += 1;
            yield record;
          }
          counts.set(id, count);
        } finally {
          open.delete(reading);
        }
      },
    });
  }
  await writeOutput(job.path, inPieces(exporter.write(tables, context)));
  const said = job.tables.map((table) => `${counts.get(table) ?? 0} ${tableNames[table]}`).join(', ');
  note(`${job.path === '-' ? 'standard output' : job.path}: ${said}`);
}

/** Whether the input must be read more than once. */
function readsAgain({ exporter, tables, platform, isOfOnePlatform, sample }: ExportCall): boolean {
  return (
    tables?.length !== 1 || exporter.holdsAll === true || sample !== null || (isOfOnePlatform && platform === null)
  );
}

async function withSource(call: ExportCall, run: (source: Source) => Promise<void>): Promise<void> {
  const { input } = call;
  if (input !== '-') {
    const source = await fileSource(input).catch((error: unknown) => {
      throw fileError(input, error);
    });
    return run(source);
  }
  if (!readsAgain(call)) return run(() => process.stdin.setEncoding('utf8'));
  const folder = await mkdtemp(join(tmpdir(), 'clipscope-export-'));
  try {
    const path = join(folder, 'input.ndjson');
    await pipeline(process.stdin, createWriteStream(path));
    await run(await fileSource(path));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function exportAll(call: ExportCall): Promise<void> {
  const { input, output, choices, exporter } = call;
  if (input !== '-' && output !== '-' && resolve(input) === resolve(output))
    throw new UsageError('the file to write is the file to read');
  const name = input === '-' ? 'standard input' : input;
  if (choices.personal === 'pseudonyms' && !call.pseudonyms)
    note('people are left out, without pseudonyms: --pseudonym-key gives them those of a project');
  await withSource(call, async (source) => {
    const needsContents = call.tables === null || (call.isOfOnePlatform && call.platform === null);
    const jobs = jobsOf(call, needsContents ? await contentsOf(source) : null);
    if (jobs.length === 0) throw new InputError(`${name}: nothing in it that ${exporter.id} can hold.`);
    const report = createReport(name);
    const reader = createThingReader(source, { withRaw: exporter.form === 'captured', now: Date.now(), ...report });
    try {
      for (const job of jobs) await writeJob(job, call, reader, report);
    } catch (error) {
      if (error instanceof AppError) throw new InputError(`${name}: ${error.message}`);
      throw error;
    } finally {
      report.end();
    }
  });
}

/** The ids of the formats, in lines of the help. */
function exporterLines(indent: string): string {
  const ids = exporters.map(({ id }) => id);
  const lines = ids.reduce<string[]>((made, id) => {
    const last = made.at(-1);
    return last !== undefined && last.length + id.length < 75
      ? [...made.slice(0, -1), `${last}, ${id}`]
      : [...made, id];
  }, []);
  return lines.join(`,\n${indent}`);
}

export const command: Command = {
  usage: `export --format F [--preset P] [--table T] [--platform P] [--time-zone Z] [--columns A,B]
    [--personal pseudonyms|omit|include] [--pseudonym-key FILE] [--withhold-text] [--ids-only]
    [--sample N --seed S [--sample-by K]] [--exclude-hashtag H] IN.ndjson OUT`,
  help: `Writes the NDJSON of Clipscope (what a project's export "NDJSON" gave) in another format, with the columns
and under the rules of the extension's own export. Files of millions of lines are fine: but for formats
that hold a network or a bundle, no more is kept in memory than one thing. Lines of one thing must stand
together, as Clipscope writes them. - is standard input or output.
  --format           ${exporterLines('                     ')}
  --preset           the names of another program's columns: ${presets.map(({ id }) => id).join(', ')}
  --table            posts, authors, comments, products, skus, reviews, …, or post_hashtags and observations,
                     the two long ones; may be given several times. Without it: all of the input but the
                     long ones. Where that makes several files, OUT.csv becomes OUT_posts.csv and so on;
                     standard output takes one.
  --platform         tiktok or douyin: the rows of that one only. A format or preset that holds one
                     platform makes a file for each without it.
  --time-zone        zone of the local times, as Asia/Shanghai; without it UTC
  --columns          names of docs/codebook.md, in the order of the file
  --personal         pseudonyms (without it): columns that name, show or address people are left out, and
                     --pseudonym-key, the file that Clipscope saves for a project, tells them apart under
                     the project's pseudonyms; omit: left out; include: written as they are
  --withhold-text    leaves out what people wrote and said
  --ids-only         leaves out everything but ids
  --sample           draws N things of each table, the same ones with the same seed as the extension does;
                     evenly by platform, author, month or query with --sample-by
  --exclude-hashtag  leaves a hashtag out of networks
A line that cannot be read is told by its number, and costs no other. Standard input is kept in a
temporary file where it must be read more than once: name one table to have it read as it comes.`,
  run: (args) => exportAll(readCall(args)),
};
