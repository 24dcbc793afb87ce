/** What `export` was called with, checked before anything is read or written. */
import { readFileSync } from 'node:fs';
import {
  defaultSheetChoices,
  personalModes,
  sampleSchema,
  type SampleChoice,
  type SheetChoices,
  strata,
  tableIds,
  type TableId,
} from '../../lib/core/export-choices.ts';
import { type Platform, platforms } from '../../lib/core/ref.ts';
import { createPseudonyms } from '../../lib/app/pseudonymise.ts';
import type { Exporter, Pseudonyms } from '../../lib/exporters/exporter.ts';
import { exporterById, exporters } from '../../lib/exporters/index.ts';
import { presetById, presets } from '../../lib/exporters/presets/index.ts';
import { tableNames } from '../../lib/exporters/table-names.ts';
import { columnsOfTable } from '../../lib/exporters/tables.ts';
import { InputError, UsageError } from './command.ts';
import { fileError, readArguments } from './input.ts';

export interface ExportCall {
  readonly exporter: Exporter;
  readonly choices: SheetChoices;
  /** Null: those that the input has. */
  readonly tables: readonly TableId[] | null;
  /** Null: all that the input has. */
  readonly platform: Platform | null;
  readonly isOfOnePlatform: boolean;
  readonly timeZone: string;
  readonly pseudonyms: Pseudonyms | null;
  readonly sample: SampleChoice | null;
  readonly input: string;
  readonly output: string;
}

const options = {
  format: { type: 'string' },
  preset: { type: 'string' },
  table: { type: 'string', multiple: true },
  platform: { type: 'string' },
  'time-zone': { type: 'string' },
  columns: { type: 'string' },
  personal: { type: 'string' },
  'pseudonym-key': { type: 'string' },
  'withhold-text': { type: 'boolean' },
  'ids-only': { type: 'boolean' },
  sample: { type: 'string' },
  seed: { type: 'string' },
  'sample-by': { type: 'string' },
  'exclude-hashtag': { type: 'string' },
} as const;

/** The value of the list that is meant; throws UsageError with the list. */
function oneOf<Value extends string>(option: string, text: string, values: readonly Value[]): Value {
  const value = values.find((candidate) => candidate === text);
  if (value === undefined) throw new UsageError(`${option} must be one of ${values.join(', ')}`);
  return value;
}

function tableOf(text: string): TableId {
  const plural = tableIds.find((id) => tableNames[id] === text);
  return plural ?? oneOf('--table', text, tableIds);
}

/** The chosen columns by table: each table has those of them that are its own. */
function columnsOf(text: string, tables: readonly TableId[] | null): SheetChoices['columns'] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const own = (tables ?? tableIds).map((table) => {
    const known = new Set(columnsOfTable(table).map(({ name }) => name));
    return [table, names.filter((name) => known.has(name))] as const;
  });
  const found = new Set(own.flatMap(([, list]) => list));
  const strange = names.filter((name) => !found.has(name));
  if (names.length === 0 || strange.length > 0)
    throw new UsageError(`--columns: no column is called ${strange.join(', ') || 'so'}; docs/codebook.md has them all`);
  return Object.fromEntries(own.filter(([, list]) => list.length > 0));
}

/** The project's key as Clipscope saves it (`key_hex`), or its 64 hex digits alone. */
function readKey(path: string): Pseudonyms {
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw fileError(path, error);
  }
  const [, digits] = /(?:"key_hex"\s*:\s*"|^\uFEFF?\s*)([0-9a-f]{64})(?:"|\s*$)/iu.exec(text) ?? [];
  // What the file holds must not be quoted: it may be the key all the same.
  if (digits === undefined)
    throw new InputError(`${path}: no key of pseudonyms; its file has 64 hex digits as key_hex`);
  return createPseudonyms(digits.toLowerCase());
}

function sampleOf(size: string | undefined, seed: string | undefined, by: string | undefined): SampleChoice | null {
  if (size === undefined && seed === undefined && by === undefined) return null;
  if (size === undefined || seed === undefined)
    throw new UsageError('--sample and --seed belong together: the same seed draws the same again');
  const stratum = by === undefined ? null : oneOf('--sample-by', by, strata);
  const parsed = sampleSchema.safeParse({ size: Number(size), seed, by: stratum });
  if (!parsed.success)
    throw new UsageError('--sample must be a whole number up to 1000000, --seed at most 80 characters');
  return parsed.data;
}

function checkZone(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(`--time-zone: no zone is called ${zone}; Asia/Shanghai is one`);
  }
}

/** Reads the arguments; throws UsageError, or InputError for a key that cannot be read. */
export function readCall(args: readonly string[]): ExportCall {
  const { values, positionals } = readArguments({ args: [...args], allowPositionals: true, options });
  const exporter = exporterById(values.format ?? '');
  if (!exporter) throw new UsageError(`--format must be one of ${exporters.map(({ id }) => id).join(', ')}`);
  const preset = presetById(values.preset ?? 'native');
  if (!preset) throw new UsageError(`--preset must be one of ${presets.map(({ id }) => id).join(', ')}`);
  const [input, output] = positionals;
  if (input === undefined || output === undefined || positionals.length !== 2)
    throw new UsageError('give the file to read and the file to write; - is standard input or output');

  const { form } = exporter;
  const personal = oneOf('--personal', values.personal ?? 'pseudonyms', personalModes);
  if (form !== 'sheet' && (values.preset ?? values.columns) !== undefined)
    throw new UsageError(
      `${exporter.id} has a form of its own: --preset and --columns are for formats with rows and columns`,
    );
  if (form === 'captured' && personal !== 'include')
    throw new UsageError(`${exporter.id} writes answers as they were captured, people in them: say --personal include`);
  if (form === 'captured' && (values['withhold-text'] || values['ids-only']))
    throw new UsageError(`${exporter.id} writes answers as they were captured: nothing can be left out of them`);
  if (personal !== 'pseudonyms' && values['pseudonym-key'] !== undefined)
    throw new UsageError(`--pseudonym-key is for --personal pseudonyms, not for ${personal}`);

  const tables = values.table ? [...new Set(values.table.map(tableOf))] : null;
  const wrong = tables?.find((table) => exporter.tables?.includes(table) === false);
  if (wrong) throw new UsageError(`${exporter.id} holds no ${tableNames[wrong]}`);
  return {
    exporter,
    choices: {
      ...defaultSheetChoices,
      preset: preset.id,
      columns: values.columns === undefined ? {} : columnsOf(values.columns, tables),
      personal,
      withholdText: values['withhold-text'] ?? false,
      idsOnly: values['ids-only'] ?? false,
      excludedHashtag: values['exclude-hashtag']?.replace(/^#/u, '') || null,
    },
    tables,
    platform: values.platform === undefined ? null : oneOf('--platform', values.platform, platforms),
    isOfOnePlatform: (exporter.isOfOnePlatform ?? preset.isOfOnePlatform) === true,
    timeZone: checkZone(values['time-zone'] ?? 'UTC'),
    pseudonyms: values['pseudonym-key'] === undefined ? null : readKey(values['pseudonym-key']),
    sample: sampleOf(values.sample, values.seed, values['sample-by']),
    input,
    output,
  };
}
