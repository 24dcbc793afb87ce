/** Who a record is of, as a pseudonym of the project: the same person has the same one in every table of its files. */
import { recordRef } from '../core/observation.ts';
import type { AnyRecord } from '../core/record.ts';
import type { ExportContext } from './exporter.ts';

/** The pseudonym of the person that a record is of; null: it is of none. */
export function pseudonymOf(record: AnyRecord, { choices, pseudonyms }: ExportContext): string | null {
  if (choices.personal !== 'pseudonyms' || !pseudonyms) return null;
  const person = personOf(record);
  return person === null ? null : pseudonyms.of(record.platform, person);
}

/** By what people are told apart: as the ref of an author is made (see recordRef), so that posts and authors agree. */
function personOf(record: AnyRecord): string | null {
  if (record.record_type === 'author') return recordRef(record).id;
  if (record.record_type === 'review') return record.author_name;
  if (!('author_id' in record)) return null;
  const handle = record.author_handle?.toLowerCase() ?? null;
  const secId = 'author_sec_id' in record ? record.author_sec_id : null;
  const own = record.platform === 'tiktok' ? handle : null;
  return own ?? secId ?? (record.author_id === null ? handle : `uid/${record.author_id}`);
}
