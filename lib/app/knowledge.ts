/** What is known of things now: what is stored, and what a tab's buffer holds, derived together. */
import { deriveRecord, deriveRecords } from '../core/derive.ts';
import { differencesOf, type FigureDifference } from '../core/differences.ts';
import type { AnyRecord, SkuRecord } from '../core/record.ts';
import { saysTheSame } from '../core/observation-content.ts';
import type { Observation } from '../core/observation.ts';
import type { RefKey } from '../core/ref.ts';
import type { DataDatabase } from '../storage/database.ts';
import { getObservations, getRecords } from '../storage/records.ts';
import { bufferedObservations, completeObservations, type SessionDatabase } from '../storage/session-buffer.ts';

export interface Sources {
  readonly data: () => Promise<DataDatabase>;
  readonly session: () => Promise<SessionDatabase>;
}

export interface Known {
  readonly record: AnyRecord | null;
  /** Of a product; empty where no source listed any. */
  readonly skus: readonly SkuRecord[];
  /** How many observations the record is derived from. */
  readonly observationCount: number;
  /** Figures on which sources disagree. */
  readonly differences: readonly FigureDifference[];
}

const nothing: Known = { record: null, skus: [], observationCount: 0, differences: [] };

function isSku(record: AnyRecord): record is SkuRecord {
  return record.record_type === 'sku';
}

/** What was saved from the buffer is in both. */
function together(stored: readonly Observation[], buffered: readonly Observation[]): readonly Observation[] {
  return [...stored, ...buffered.filter((observation) => !stored.some((other) => saysTheSame(other, observation)))];
}

function derive(observations: readonly Observation[]): Known {
  const own = observations.filter(({ record }) => !isSku(record));
  const skus = own.length === observations.length ? [] : deriveRecords(observations).filter(isSku);
  return { record: deriveRecord(own), skus, observationCount: own.length, differences: differencesOf(own) };
}

/** What is known of each of these; of a tab's buffer only where one is named. Refs of which nothing is known are left out. */
export async function knownOf(
  { data, session }: Sources,
  refs: readonly RefKey[],
  tabId: number | null,
): Promise<ReadonlyMap<RefKey, Known>> {
  const database = await data();
  const [stored, buffered] = await Promise.all([
    getRecords(database, refs),
    tabId === null
      ? new Map<RefKey, readonly Observation[]>()
      : session().then((sessionDatabase) => bufferedObservations(sessionDatabase, tabId, refs)),
  ]);
  const known = new Map<RefKey, Known>();
  for (const ref of new Set(refs)) {
    const kept = stored.get(ref);
    const met = buffered.get(ref) ?? [];
    // A product's SKUs are no part of its stored record.
    if (kept && met.length === 0 && kept.record.record_type !== 'product') {
      const { record, observation_count: observationCount, differences = [] } = kept;
      known.set(ref, { record, skus: [], observationCount, differences });
    } else if (kept || met.length > 0) {
      known.set(ref, derive(together(kept ? await getObservations(database, ref) : [], met)));
    }
  }
  return known;
}

/** What is known of one thing. */
export async function knownOfOne(sources: Sources, ref: RefKey, tabId: number | null): Promise<Known> {
  return (await knownOf(sources, [ref], tabId)).get(ref) ?? nothing;
}

/** Everything that was observed of a thing, oldest first, SKUs included; what only the tab's buffer holds with its text. */
export async function knownObservations(
  { data, session }: Sources,
  ref: RefKey,
  tabId: number,
): Promise<readonly Observation[]> {
  const stored = await getObservations(await data(), ref);
  const met = await completeObservations(await session(), tabId, [ref]);
  return [...together(stored, met)].sort((one, other) => one.observed_at - other.observed_at);
}
