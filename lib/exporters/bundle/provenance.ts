/** `PROVENANCE.json`: what wrote the bundle, with which choices, from which sources; for programs. */
import { isoUtc, resolveTimeZone } from '../../analysis/time.ts';
import type { JsonValue } from '../columns/column.ts';
import { schemaVersion } from '../columns/provenance.ts';
import type { ExportContext } from '../exporter.ts';
import type { BundleContents, BundleTable } from './contents.ts';
import type { Span } from './figures.ts';

/** What became of people, as the column pseudonym_scheme says it. */
export function peopleScheme({ choices, pseudonyms }: ExportContext): string {
  if (choices.personal === 'include') return 'none';
  return choices.personal === 'pseudonyms' && pseudonyms ? pseudonyms.scheme : 'redacted';
}

function spanOf(span: Span | null): JsonValue {
  return span === null ? null : { from_utc: isoUtc(span.from), to_utc: isoUtc(span.to), rows: span.known };
}

function tableOf({ id, rows, columns, leftOut, figures }: BundleTable): JsonValue {
  return {
    table: id,
    rows,
    things: figures.things,
    columns: columns.map(({ header }) => header),
    left_out: leftOut === null ? null : { ...leftOut },
    platforms: figures.platforms,
    sources: figures.sources,
    query_types: figures.queries,
    published: spanOf(figures.published),
    observed: spanOf(figures.observed),
    fetched: spanOf(figures.fetched),
    counts: figures.counts.map(({ column, present, exact, missing }) => ({
      column,
      present,
      exact,
      missing: { ...missing },
    })),
    derived: figures.derived.map(({ column, n }) => ({ column, n })),
  };
}

/** The text of PROVENANCE.json. */
export function provenance({ tables, context }: BundleContents): string {
  const { now, timeZone, extensionVersion, projectName, choices, sample } = context;
  const { preset, columns, personal, withholdText, idsOnly, codes } = choices;
  const told = {
    program: 'Clipscope',
    extension_version: extensionVersion,
    schema_version: schemaVersion,
    format: 'bundle',
    exported_at_utc: isoUtc(now),
    time_zone: resolveTimeZone(timeZone),
    ...(projectName === undefined || projectName === '' ? {} : { project: projectName }),
    choices: {
      preset,
      columns,
      personal,
      pseudonym_scheme: peopleScheme(context),
      withhold_text: withholdText,
      ids_only: idsOnly,
      coding_columns: codes,
      sample: sample ?? null,
    },
    tables: tables.map(tableOf),
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
