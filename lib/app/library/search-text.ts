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

/** The searched texts of one row as one. What is said twice, as a hashtag in its caption, is there once. */
export function searchText(columns: readonly StoredColumn[], row: number): string {
  let whole = '';
  const add = (text: string): void => {
    if (text !== '' && !whole.includes(text)) whole = whole === '' ? text : `${whole}\n${text}`;
  };
  for (const column of columns) {
    if (column.kind === 'text') add(column.get(row) ?? '');
    else if (column.kind === 'list') column.get(row)?.forEach(add);
  }
  return folded(whole);
}

/** The words of a search, which must all occur. */
export function searchWords(text: string): readonly string[] {
  return folded(text).split(/\s+/u).filter(Boolean);
}
