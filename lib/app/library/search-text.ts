/** What a search looks through: the texts of a record, without case, and what the researcher wrote on it. */
import { summaryFields } from '../../core/record-summary.ts';
import type { RecordType } from '../../core/record.ts';
import { folded, type StoredColumn } from './column-store.ts';

/** Words from closed lists, codes, and what is in every row: who looks for them filters. */
const notSearched: ReadonlySet<string> = new Set([
  'platform',
  'availability',
  'collected_via',
  'api_provider',
  'api_endpoint',
  'sources',
  'counts_precision',
  'counts_source',
  'sold_count_precision',
  'post_type',
  'listing_status',
  'status',
  'caption_language',
  'caption_translated_to',
  'product_name_translated_to',
  'language',
  'subtitles',
  'transcript_kind',
  'region',
  'author_region',
  'ratio',
  'definition',
  'copyright_type',
  'currency',
  'price_unit_source',
  'price_text',
  'sold_count_text',
  'sold_window',
  'author_sec_id',
]);

/** The fields of a type that are searched, of those that are texts. */
export function searchedFields(type: RecordType): readonly string[] {
  // The author's own row has it; a thousand posts need not repeat it.
  return summaryFields(type).filter((field) => !notSearched.has(field) && !(type === 'post' && field === 'author_bio'));
}

/** The words of a search, which must all occur. */
export function searchWords(text: string): readonly string[] {
  return folded(text).split(/\s+/u).filter(Boolean);
}

/** Tells of a row whether a word occurs in one of its texts. Each text of a column is looked through once, not once a row. */
function occurring(columns: readonly StoredColumn[], word: string): (row: number) => boolean {
  const found = columns.flatMap((column) => {
    if (column.kind === 'number') return [];
    const flags = column.dictionary.matching((text) => text.includes(word));
    return flags.includes(1) ? [{ column, flags }] : [];
  });
  return (row) =>
    found.some(({ column, flags }) => {
      if (column.kind === 'text') return flags[column.numbers()[row] ?? -1] === 1;
      for (let place = column.length(row) - 1; place >= 0; place--) if (flags[column.at(row, place)] === 1) return true;
      return false;
    });
}

/** Tells of a row whether every word occurs somewhere: in a text of the record, or in what was written on it. */
export function searching(
  columns: readonly StoredColumn[],
  written: ReadonlyMap<number, string>,
  words: readonly string[],
): (row: number) => boolean {
  const conditions = words.map((word) => {
    const occurs = occurring(columns, word);
    return (row: number): boolean => occurs(row) || (written.size > 0 && written.get(row)?.includes(word) === true);
  });
  return (row) => conditions.every((occurs) => occurs(row));
}
