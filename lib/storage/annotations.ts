/** What the researcher wrote on things: tags and a note. */
import type { RefKey } from '../core/ref.ts';
import type { Annotation, DataDatabase } from './database.ts';
import { committing } from './writing.ts';

/** Characters of a tag, tags of a thing, characters of a note. */
export const longestTag = 60;
export const mostTags = 50;
export const longestNote = 10_000;

/** Things that are written in one transaction. */
const refsAtOnce = 1_000;

export interface AnnotationChange {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  readonly note?: string;
}

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : text
        .slice(0, length)
        .replace(/[\uD800-\uDBFF]$/u, '')
        .trim();
}

/** A tag as it is kept: NFC, without blanks around it; null: there is nothing to it. */
export function cleanTag(text: string): string | null {
  const tag = cut(text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim(), longestTag);
  return tag === '' ? null : tag;
}

/** Tags without those that differ from one before in case only. */
function distinct(tags: readonly string[]): readonly string[] {
  const kept = new Map<string, string>();
  for (const text of tags) {
    const tag = cleanTag(text);
    if (tag !== null && !kept.has(tag.toLowerCase())) kept.set(tag.toLowerCase(), tag);
  }
  return [...kept.values()];
}

function changed(before: Annotation | undefined, change: AnnotationChange): Pick<Annotation, 'tags' | 'note'> {
  const removed = new Set((change.remove ?? []).flatMap((tag) => cleanTag(tag)?.toLowerCase() ?? []));
  const tags = distinct([...(before?.tags ?? []), ...(change.add ?? [])]).filter(
    (tag) => !removed.has(tag.toLowerCase()),
  );
  const note = change.note === undefined ? (before?.note ?? '') : cut(change.note.trim(), longestNote);
  return { tags: tags.slice(0, mostTags), note };
}

/**
 * Adds tags to these things, takes tags away, and writes the note where one is given. A tag that differs from one that is
 * there in case only is that one; more than 50 tags, and what is too long, is cut off. Where nothing is left the annotation
 * is deleted. `now`: Unix ms. Throws AppError `storage_full`; what was committed before stays.
 */
export async function changeAnnotations(
  database: DataDatabase,
  refs: readonly RefKey[],
  change: AnnotationChange,
  now: number,
): Promise<void> {
  const all = [...new Set(refs)];
  for (let start = 0; start < all.length; start += refsAtOnce) {
    const transaction = database.transaction('annotations', 'readwrite', { durability: 'strict' });
    await committing(transaction, () =>
      Promise.all(
        all.slice(start, start + refsAtOnce).map(async (ref) => {
          const before = await transaction.store.get(ref);
          const { tags, note } = changed(before, change);
          if (tags.length > 0 || note !== '') {
            await transaction.store.put({ ref_key: ref, tags, note, changed_at: now });
          } else if (before) await transaction.store.delete(ref);
        }),
      ),
    );
  }
}

/** The annotations of those among these that have one; null: of everything. */
export async function getAnnotations(
  database: DataDatabase,
  refs: readonly RefKey[] | null,
): Promise<ReadonlyMap<RefKey, Annotation>> {
  const found =
    refs === null
      ? await database.getAll('annotations')
      : await Promise.all(refs.map((ref) => database.get('annotations', ref)));
  return new Map(found.flatMap((annotation) => (annotation ? [[annotation.ref_key, annotation] as const] : [])));
}
