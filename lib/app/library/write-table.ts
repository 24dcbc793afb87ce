/** The rows of what is stored, for files. */
import { deriveRecords } from '../../core/derive.ts';
import { type AnyRecord, noSighting, type RecordType, type SkuRecord } from '../../core/record.ts';
import type { RefKey } from '../../core/ref.ts';
import type { DataDatabase, Membership } from '../../storage/database.ts';
import { exportedRefs } from '../../storage/exported.ts';
import { rawOf } from '../../storage/raws.ts';
import { getObservations, getRecords } from '../../storage/records.ts';
import type { RowSource } from '../export-plan.ts';
import { membershipsOf, projectsWithMembers } from './stored.ts';

/** Things that are read at once. */
const refsAtOnce = 500;
/** So many readings are under way while one is written: the browser reads beside us. */
const readingsAhead = 3;

/** The saving that tells where a thing was met: the first one. */
function firstSaved(memberships: readonly Membership[]): Membership | null {
  return memberships.reduce<Membership | null>(
    (first, one) => (first && first.saved_at <= one.saved_at ? first : one),
    null,
  );
}

/** How many more rows than wanted a range may give, before the wanted ones are read one by one. */
const besides = 100;

/**
 * The records of these things. Where they stand side by side in the store, as in a whole project, they are read as a
 * range, which takes a third of the time.
 */
async function recordsOf(database: DataDatabase, refs: readonly RefKey[]): Promise<ReadonlyMap<RefKey, AnyRecord>> {
  const found = new Map<RefKey, AnyRecord>();
  const [first, last] = [refs[0], refs.at(-1)];
  const isInOrder = refs.every((ref, index) => index === 0 || (refs[index - 1] ?? '') < ref);
  if (isInOrder && first !== undefined && last !== undefined) {
    const rows = await database.getAll('records', IDBKeyRange.bound(first, last), refs.length + besides);
    for (const { ref_key: ref, record } of rows) found.set(ref, record);
  }
  const missing = refs.filter((ref) => !found.has(ref));
  if (missing.length === 0) return found;
  for (const [ref, { record }] of await getRecords(database, missing)) found.set(ref, record);
  return found;
}

async function* rowsOf(database: DataDatabase, type: RecordType, refs: readonly RefKey[]): AsyncGenerator<AnyRecord> {
  const projects = await projectsWithMembers(database);
  const read = async (start: number) => {
    const some = refs.slice(start, start + refsAtOnce);
    const [records, memberships] = await Promise.all([
      recordsOf(database, some),
      membershipsOf(database, some, projects),
    ]);
    return { some, records, memberships };
  };
  const begin = (start: number) => {
    const reading = read(start);
    // Whoever stops early does not hear of a failure of what was asked for ahead.
    reading.catch(() => undefined);
    return reading;
  };
  const readings = Array.from({ length: readingsAhead }, (_reading, index) => begin(index * refsAtOnce));
  for (let start = 0; start < refs.length; start += refsAtOnce) {
    const reading = readings.shift();
    readings.push(begin(start + readingsAhead * refsAtOnce));
    const { some, records, memberships } = await (reading ?? read(start));
    for (const ref of some) {
      const sighting = firstSaved(memberships.get(ref) ?? [])?.sighting ?? noSighting;
      if (type === 'sku') {
        for (const sku of await skusOf(database, ref)) yield { ...sku, ...sighting };
        continue;
      }
      const record = records.get(ref);
      // The record was read for this row only: to copy all its fields would take longer than to write them.
      if (record?.record_type === type) yield Object.assign(record, sighting);
    }
  }
}

async function skusOf(database: DataDatabase, ref: RefKey): Promise<readonly SkuRecord[]> {
  return deriveRecords(await getObservations(database, ref)).filter(
    (record): record is SkuRecord => record.record_type === 'sku',
  );
}

/** Everything that an export of stored things can ask for. `project`: whose files are remembered. */
export function storedRows(database: DataDatabase, project: string): RowSource {
  return {
    rowsOf: (type, refs) => rowsOf(database, type, refs),
    async withSkus(refs) {
      // The first one decides: whoever asks wants to know whether there is a table at all.
      for (const ref of refs) if ((await skusOf(database, ref)).length > 0) return [ref];
      return [];
    },
    exported: () => exportedRefs(database, project),
    observationsOf: (ref) => getObservations(database, ref),
    rawOf: (observation) => rawOf(database, observation),
    savedOf: async (ref) => firstSaved((await membershipsOf(database, [ref])).get(ref) ?? []),
  };
}
