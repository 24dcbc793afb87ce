/** Which files an export is: which of the things, in which tables, under which rules. Nothing is written here. */
import { AppError } from '../core/errors.ts';
import { type ExportChoices, type TableId, tableIds } from '../core/export-choices.ts';
import { type AnyRecord, type RecordType, recordTypes } from '../core/record.ts';
import { recordRef } from '../core/observation.ts';
import { type EntityKind, type Platform, platforms, refKey, type RefKey } from '../core/ref.ts';
import type { Exporter, ExportContext, ExportTable, Pseudonyms } from '../exporters/exporter.ts';
import { exporterById } from '../exporters/index.ts';
import { presetById } from '../exporters/presets/index.ts';
import { hasSheet } from '../exporters/sheet.ts';
import { tableById } from '../exporters/tables.ts';
import { drawSample, stratumOf } from './sample.ts';

/** Where rows come from. */
export interface RowSource extends Pick<ExportContext, 'observationsOf' | 'rawOf' | 'savedOf'> {
  /** The records of one type of these things, in their order; SKUs are asked for by the refs of their products. */
  readonly rowsOf: (type: RecordType, refs: readonly RefKey[]) => AsyncIterable<AnyRecord>;
  /** Those of these products that have SKUs. */
  readonly withSkus: (refs: readonly RefKey[]) => Promise<readonly RefKey[]>;
  /** What files of the project have had. */
  readonly exported: () => Promise<ReadonlySet<RefKey>>;
}

/** What one export is of. */
export interface ExportPlan {
  readonly choices: ExportChoices;
  readonly refs: readonly RefKey[];
  /** Unix ms. */
  readonly now: number;
  /** IANA; the choices may say otherwise. */
  readonly timeZone: string;
  readonly extensionVersion: string;
  readonly projectName: string;
  /** Null: people have none. */
  readonly pseudonyms: Pseudonyms | null;
  /** What a table is called in the files' names where it is of one thing only. */
  readonly isOfOne?: boolean;
}

/** The kind of ref that a type's rows are filed under. */
export function kindOf(type: RecordType): EntityKind {
  return type === 'sku' ? 'product' : type;
}

/** The parts of a ref's text; that it is one was seen to before. */
export function partsOf(ref: RefKey): { readonly platform: string; readonly kind: string } {
  const [platform = '', kind = ''] = ref.split(':', 2);
  return { platform, kind };
}

export function kindsOf(refs: readonly RefKey[]): ReadonlyMap<string, readonly RefKey[]> {
  return Map.groupBy(refs, (ref) => partsOf(ref).kind);
}

function exporterOf({ format, personal }: ExportChoices): Exporter {
  const exporter = exporterById(format);
  if (!exporter) throw new AppError('bad_request', `No exporter is called ${format}.`);
  if (exporter.form === 'captured' && personal !== 'include') {
    throw new AppError('bad_request', `${format} holds answers as they were captured, people in them.`, {
      advice: 'error_export_captured',
    });
  }
  return exporter;
}

/** The tables that there may be rows for, in the order of the files. */
async function tablesFor(refs: readonly RefKey[], source: RowSource): Promise<readonly TableId[]> {
  const kinds = kindsOf(refs);
  const products = kinds.get('product') ?? [];
  const hasSkus = products.length > 0 && (await source.withSkus(products)).length > 0;
  return tableIds.filter((id) =>
    id === 'sku' ? hasSkus : tableById(id).bases.some((type) => kinds.has(kindOf(type))),
  );
}

export interface Chosen {
  readonly exporter: Exporter;
  readonly context: ExportContext;
  /** After what is left out, and drawn. */
  readonly refs: readonly RefKey[];
  readonly available: readonly TableId[];
  readonly tables: readonly TableId[];
}

async function draw(refs: readonly RefKey[], { sample }: ExportChoices, source: RowSource): Promise<readonly RefKey[]> {
  if (!sample) return refs;
  const drawn = new Set<RefKey>();
  for (const [kind, own] of kindsOf(refs)) {
    const { by } = sample;
    const type = recordTypes.find((one) => one === kind);
    if (by === null || !type) {
      for (const ref of drawSample(
        own.map((ref) => ({ ref, stratum: '' })),
        sample,
      ))
        drawn.add(ref);
      continue;
    }
    const strata = new Map<RefKey, string>();
    for await (const record of source.rowsOf(type, own)) strata.set(refKey(recordRef(record)), stratumOf(record, by));
    for (const ref of drawSample(
      own.map((one) => ({ ref: one, stratum: strata.get(one) ?? '' })),
      sample,
    ))
      drawn.add(ref);
  }
  return refs.filter((ref) => drawn.has(ref));
}

function contextOf(plan: ExportPlan, source: RowSource): ExportContext {
  const { choices, now, timeZone, extensionVersion, projectName, pseudonyms } = plan;
  const { observationsOf, rawOf, savedOf } = source;
  return {
    choices,
    now,
    timeZone: choices.timeZone ?? timeZone,
    extensionVersion,
    projectName,
    ...(pseudonyms ? { pseudonyms } : {}),
    ...(choices.sample ? { sample: choices.sample } : {}),
    ...(observationsOf ? { observationsOf } : {}),
    ...(rawOf ? { rawOf } : {}),
    ...(savedOf ? { savedOf } : {}),
  };
}

/** Whether the format and the preset can hold the table, of one platform at least. */
function canHold({ form, tables }: Exporter, table: TableId, choices: ExportChoices): boolean {
  if (tables?.includes(table) === false) return false;
  return form !== 'sheet' || [null, ...platforms].some((platform) => hasSheet(table, { choices, platform }));
}

export async function choose(plan: ExportPlan, source: RowSource): Promise<Chosen> {
  const { choices } = plan;
  const exporter = exporterOf(choices);
  if (!presetById(choices.preset)) throw new AppError('bad_request', `There is no preset ${choices.preset}.`);
  const before = choices.skipExported ? await source.exported() : new Set<RefKey>();
  const left = [...new Set(plan.refs)].filter((ref) => !before.has(ref));
  const refs = await draw(left, choices, source);
  const available = await tablesFor(refs, source);
  const wanted: readonly TableId[] = choices.tables ?? recordTypes;
  const tables = available.filter((id) => wanted.includes(id) && canHold(exporter, id, choices));
  return { exporter, context: contextOf(plan, source), refs, available, tables };
}

function platformsOf(refs: readonly RefKey[]): readonly Platform[] {
  const found = new Set(refs.map((ref) => partsOf(ref).platform));
  return platforms.filter((platform) => found.has(platform));
}

export function tableOf(id: TableId, refs: readonly RefKey[], source: RowSource): ExportTable {
  const kinds = kindsOf(refs);
  return {
    id,
    async *rows() {
      for (const type of tableById(id).bases) {
        const own = kinds.get(kindOf(type));
        if (own) yield* source.rowsOf(type, own);
      }
    },
  };
}

/** One file: its tables, and the only platform in it, where there is but one. */
export interface FilePlan {
  readonly tables: readonly TableId[];
  readonly refs: readonly RefKey[];
  readonly platform: Platform | null;
}

/** How many things the file's tables are made of, each counted once for every table; some make several rows. */
export function thingsIn({ tables, refs }: FilePlan): number {
  const kinds = kindsOf(refs);
  return tables
    .flatMap((id) => tableById(id).bases)
    .reduce((sum, type) => sum + (kinds.get(kindOf(type))?.length ?? 0), 0);
}

export function filesOf({ exporter, context, refs, tables }: Chosen): readonly FilePlan[] {
  const isApart = exporter.isOfOnePlatform || presetById(context.choices.preset)?.isOfOnePlatform;
  const found = platformsOf(refs);
  const parts = isApart
    ? found.map((platform) => ({ platform, refs: refs.filter((ref) => partsOf(ref).platform === platform) }))
    : [{ platform: found.length === 1 ? (found[0] ?? null) : null, refs }];
  return parts.flatMap(({ platform, refs: own }) => {
    const kinds = kindsOf(own);
    const held = tables.filter(
      (id) =>
        tableById(id).bases.some((type) => kinds.has(kindOf(type))) &&
        (exporter.form !== 'sheet' || hasSheet(id, { choices: context.choices, platform })),
    );
    if (held.length === 0) return [];
    return exporter.holdsAll
      ? [{ tables: held, refs: own, platform }]
      : held.map((id) => ({ tables: [id], refs: own, platform }));
  });
}
