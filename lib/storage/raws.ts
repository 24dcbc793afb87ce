/** The scrubbed texts that records were read from. Each is kept once, deflated, however many observations say so. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import type { IDBPTransaction } from 'idb';
import type { Observation } from '../core/observation.ts';
import type { DataDatabase, DataSchema, KeptRaw } from './database.ts';

/** Deflates a text for its hash (hex). */
export function packRaw(sha256: string, text: string): KeptRaw {
  const bytes = strToU8(text);
  return { sha256, deflated: deflateSync(bytes), size: bytes.length };
}

/** The text of a kept raw. Throws where the bytes were damaged. */
export function unpackRaw({ deflated }: KeptRaw): string {
  return strFromU8(inflateSync(deflated));
}

/** An open transaction that writes, among others, raw texts. */
export type RawWriting = IDBPTransaction<
  DataSchema,
  ('observations' | 'records' | 'summaries' | 'memberships' | 'raws')[],
  'readwrite'
>;

/** Keeps the texts of these observations that are not there yet, within an open transaction. */
export async function keepRaws(transaction: RawWriting, observations: readonly Observation[]): Promise<void> {
  const texts = new Map<string, string>();
  for (const { raw, record } of observations) {
    if (raw !== undefined && record.raw_sha256 !== null) texts.set(record.raw_sha256, raw);
  }
  const store = transaction.objectStore('raws');
  await Promise.all(
    [...texts].map(async ([hash, text]) => {
      if ((await store.getKey(hash)) === undefined) await store.put(packRaw(hash, text));
    }),
  );
}

/** The text with this hash (hex); null: none is kept. */
export async function getRaw(database: DataDatabase, sha256: string): Promise<string | null> {
  const kept = await database.get('raws', sha256);
  return kept ? unpackRaw(kept) : null;
}

/**
 * The text that an observation was read from; null: none was kept. Observations of before version 3 of the data hold their
 * text themselves.
 */
export async function rawOf(database: DataDatabase, { raw, record }: Observation): Promise<string | null> {
  if (raw !== undefined) return raw;
  return record.raw_sha256 === null ? null : getRaw(database, record.raw_sha256);
}
