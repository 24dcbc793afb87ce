/** Writes a table of stored things into a file in memory. */
import { AppError } from '../../core/errors.ts';
import { deriveRecords } from '../../core/derive.ts';
import { type AnyRecord, noSighting, type RecordType, type SkuRecord } from '../../core/record.ts';
import { type Platform, parseRefKey, platforms, type RefKey } from '../../core/ref.ts';
import type { ExportContext } from '../../exporters/exporter.ts';
import { exportFileName } from '../../exporters/file-name.ts';
import { exporterById } from '../../exporters/index.ts';
import type { LibraryFile } from '../../messaging/library-models.ts';
import type { DataDatabase, Membership } from '../../storage/database.ts';
import { rawOf } from '../../storage/raws.ts';
import { getObservations, getRecords } from '../../storage/records.ts';
import { membershipsOf } from './stored.ts';

/** What the page knows that its worker cannot ask for. */
export type ExportSurroundings = Pick<ExportContext, 'timeZone' | 'extensionVersion'>;

/** Things that are read at once. */
const refsAtOnce = 200;

/** The saving that tells where a thing was met: the first one. */
function firstSaved(memberships: readonly Membership[]): Membership | null {
  return memberships.reduce<Membership | null>(
    (first, one) => (first && first.saved_at <= one.saved_at ? first : one),
    null,
  );
}

async function* rowsOf(database: DataDatabase, type: RecordType, refs: readonly RefKey[]): AsyncGenerator<AnyRecord> {
  for (let start = 0; start < refs.length; start += refsAtOnce) {
    const some = refs.slice(start, start + refsAtOnce);
    const [records, memberships] = await Promise.all([getRecords(database, some), membershipsOf(database, some)]);
    for (const ref of some) {
      const sighting = firstSaved(memberships.get(ref) ?? [])?.sighting ?? noSighting;
      if (type === 'sku') {
        for (const sku of await skusOf(database, ref)) yield { ...sku, ...sighting };
        continue;
      }
      const record = records.get(ref)?.record;
      if (record?.record_type === type) yield { ...record, ...sighting };
    }
  }
}

async function skusOf(database: DataDatabase, ref: RefKey): Promise<readonly SkuRecord[]> {
  return deriveRecords(await getObservations(database, ref)).filter(
    (record): record is SkuRecord => record.record_type === 'sku',
  );
}

/**
 * One table of these things as a file, in their order. SKUs are asked for by the refs of their products. `now`: Unix ms.
 * Throws AppError `bad_request` for a format that is not there or that cannot hold the table.
 */
export async function writeTable(
  database: DataDatabase,
  exporterId: string,
  type: RecordType,
  refs: readonly RefKey[],
  surroundings: ExportSurroundings & { readonly now: number },
): Promise<LibraryFile> {
  const exporter = exporterById(exporterId);
  if (!exporter || exporter.tables?.includes(type) === false)
    throw new AppError('bad_request', `No exporter ${exporterId} writes tables of ${type}.`);
  const skipped: Record<string, number> = {};
  const context: ExportContext = {
    ...surroundings,
    observationsOf: (ref) => getObservations(database, ref),
    rawOf: (observation) => rawOf(database, observation),
    savedOf: async (ref) => firstSaved((await membershipsOf(database, [ref])).get(ref) ?? []),
    skipped: (message) => {
      skipped[message] = (skipped[message] ?? 0) + 1;
    },
  };
  let rows = 0;
  async function* counted(): AsyncGenerator<AnyRecord> {
    for await (const row of rowsOf(database, type, refs)) {
      rows += 1;
      yield row;
    }
  }
  const parts: BlobPart[] = [];
  for await (const chunk of exporter.write(type, counted(), context)) parts.push(chunk);
  const found = platformsOf(refs);
  // A file of one platform is that of its first row; the exporter tells how many rows were of another.
  const first = refs[0] === undefined ? null : parseRefKey(refs[0]);
  const platform = (exporter.isOfOnePlatform ? first?.platform : found[0]) ?? 'tiktok';
  const name =
    exporter.fileName?.(type, platform, surroundings.now) ??
    exportFileName(found.length === 1 ? platform : 'mixed', plural(type), surroundings.now, exporter.extension);
  const written = rows - Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return {
    name,
    blob: new Blob(parts, { type: exporter.mediaType }),
    rows: Math.max(0, written),
    ...(Object.keys(skipped).length > 0 ? { skipped } : {}),
  };
}

function platformsOf(refs: readonly RefKey[]): readonly Platform[] {
  const found = new Set(refs.map((ref) => parseRefKey(ref)?.platform));
  return platforms.filter((platform) => found.has(platform));
}

/** What a table of many is called in the file's name. */
function plural(type: RecordType): string {
  return type === 'music' ? type : `${type}s`;
}
