/**
 * Samples that can be drawn again: each thing has a place by SHA-256 of `seed`, a line feed and its ref, and those with the
 * first places are drawn. So the same seed draws the same of the same things, in any order, on any machine, in any language;
 * and a larger sample holds the smaller one.
 */
import { refKey } from '../core/ref.ts';
import { recordRef } from '../core/observation.ts';
import type { SampleChoice, Stratum } from '../core/export-choices.ts';
import type { AnyRecord } from '../core/record.ts';
import type { RefKey } from '../core/ref.ts';
import { sha256Hex } from '../signing/digest.ts';

export interface Drawable {
  readonly ref: RefKey;
  /** What it is drawn evenly by. */
  readonly stratum: string;
}

/** The refs that are drawn, in the order in which they were given: `size` of all, or of each stratum. */
export function drawSample(things: readonly Drawable[], { size, seed }: Pick<SampleChoice, 'size' | 'seed'>): RefKey[] {
  const drawn = new Set<RefKey>();
  for (const group of Map.groupBy(things, ({ stratum }) => stratum).values()) {
    const placed = group.map(({ ref }) => ({ ref, place: sha256Hex(`${seed}\n${ref}`) }));
    placed.sort((a, b) => (a.place < b.place ? -1 : 1));
    for (const { ref } of placed.slice(0, size)) drawn.add(ref);
  }
  return things.flatMap(({ ref }) => (drawn.has(ref) ? [ref] : []));
}

/** The stratum of a record: the month is that of publishing in UTC. What has no such thing is a stratum of its own. */
export function stratumOf(record: AnyRecord, by: Stratum): string {
  switch (by) {
    case 'platform':
      return record.platform;
    case 'author': {
      if (record.record_type === 'author') return refKey(recordRef(record));
      const names = 'author_id' in record ? record : null;
      return names?.author_id ?? names?.author_handle?.toLowerCase() ?? '';
    }
    case 'month': {
      const at = 'created_at' in record ? record.created_at : null;
      return at === null ? '' : new Date(at).toISOString().slice(0, 7);
    }
    case 'query':
      return `${record.query_type ?? ''} ${record.query_text ?? ''}`;
  }
}
