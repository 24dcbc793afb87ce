/** What columns and their values are called in the reader's language. */
import type { RecordType } from '../../lib/core/record.ts';
import type { Translate } from '../../lib/i18n/index.ts';
import type { LibraryColumn } from '../../lib/messaging/protocol.ts';
import { languageName, providerName, regionName, sourceName } from '../show.ts';

/** Fields whose short name depends on what they are a field of. */
const ownNames: Readonly<Record<string, string>> = {
  'product created_at': 'field_created_at_product',
  'post post_id': 'field_id',
  observed_at: 'provenance_observed',
  'product product_id': 'field_id',
};

/** The record's field that a column shows: `created_at_utc` → `created_at`, `duration_s` → `duration_ms`. */
export function fieldOf(column: string): string {
  return column.replace(/_utc$/u, '').replace(/_s$/u, '_ms');
}

/** A column's name for its heading: the short word, the beginning of a metric's description, else the name itself. */
export function columnLabel(
  t: Translate,
  column: Pick<LibraryColumn, 'name' | 'formula' | 'description'>,
  type?: RecordType,
): string {
  const field = fieldOf(column.name);
  const candidates = [ownNames[`${type} ${field}`], ownNames[field], `field_${field}`, `field_${column.name}`];
  const key = candidates.find((candidate) => candidate !== undefined && t.has(candidate));
  if (key !== undefined) return t(key);
  if (column.formula !== undefined) return beginningOf(column.description[t.language]);
  return column.name;
}

/** What stands before the explanation: "Engagement rate by views". */
function beginningOf(description: string): string {
  return description.split(/[:：。]|\.(?:\s|$)/u, 1)[0] ?? description;
}

/** What a column is, for its tooltip: description, formula, and the name that exports give it. */
export function columnHelp(t: Translate, column: LibraryColumn): string {
  const { name, description, formula } = column;
  const text = description[t.language];
  // A metric's description in the codebook ends with its formula.
  const own = formula !== undefined && !text.includes(formula) ? t('library_formula', formula) : '';
  return [text, own, name].filter(Boolean).join('\n');
}

/** Columns of words from a closed list, with the beginning of the message keys that word them. */
const worded: Readonly<Record<string, string>> = {
  platform: 'platform_',
  availability: 'availability_',
  post_type: 'post_type_',
  listing_status: 'listing_status_',
  collected_via: 'collected_via_',
  counts_precision: 'precision_',
  sold_count_precision: 'precision_',
  query_type: 'page_type_',
  status: 'state_',
};

/** One value of a column of words, as people read it; the value itself where it is somebody's own. */
export function valueWord(t: Translate, column: string, value: string): string {
  const prefix = worded[column];
  if (prefix !== undefined && t.has(prefix + value)) return t(prefix + value);
  if (/^(?:sources|api_provider)$/u.test(column)) return originName(t, value);
  if (column === 'counts_source')
    return value
      .split(';')
      .map((source) => sourceName(t, source))
      .join(t('list_separator'));
  if (/^(?:caption_language|language)$/u.test(column)) return languageName(t, value);
  if (/^(?:region|author_region)$/u.test(column)) return regionName(t, value);
  return value;
}

/** Who said something, as observations and histories name it: `page`, a provider's id, or where in a page it was read. */
export function originName(t: Translate, source: string): string {
  if (source.startsWith('api:') || t.has(`source_${source}`)) return sourceName(t, source);
  return providerName(t, source);
}

/** Whether a column's values come from a list that people choose from. */
export function isWorded(column: string): boolean {
  return column in worded || /^(?:sources|api_provider)$/u.test(column);
}
