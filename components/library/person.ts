/** Whose a record is. Pure. */
import type { AnyRecord } from '../../lib/core/record.ts';
import { isSecUid, type RefKey, refKey } from '../../lib/core/ref.ts';

/** The account that a record is of or by; null: it names none. */
export function personOf(record: AnyRecord, ref: RefKey): RefKey | null {
  if (record.record_type === 'author') return ref;
  if (record.record_type !== 'post' && record.record_type !== 'comment') return null;
  const { platform, author_handle: handle, author_sec_id: secId, author_id: id } = record;
  const name = platform === 'tiktok' && handle ? handle.toLowerCase() : secId && isSecUid(secId) ? secId : null;
  if (name) return refKey({ platform, kind: 'author', id: name });
  return id ? refKey({ platform, kind: 'author', id: `uid/${id}` }) : null;
}

/** What a person is called in a question: name and handle, as far as they are known. */
export function personName(record: AnyRecord): string {
  if (!('author_name' in record)) return '';
  const handle = 'author_handle' in record && record.author_handle ? `@${record.author_handle}` : '';
  return [record.author_name, handle].filter(Boolean).join(' ');
}
