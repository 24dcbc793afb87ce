/** What "copy" puts on the clipboard: tab-separated lines that paste into a spreadsheet and read well in an e-mail. */
import { isoUtc } from '../../lib/analysis/time.ts';
import type { AnyRecord } from '../../lib/core/record.ts';
import type { RefKey } from '../../lib/core/ref.ts';
import type { Entry } from '../../lib/messaging/protocol.ts';

const header = ['field', 'value', 'precision', 'source', 'observed_at_utc', 'fetched_at_utc'];

const timeFields = new Set([
  'created_at',
  'created_at_from_id',
  'updated_at',
  'observed_at',
  'fetched_at',
  'image_urls_expire_at',
]);

/** Expire, or are as long as a page. */
const leftOut = new Set([
  'figures',
  'missing_reasons',
  'music_url',
  'cover_url',
  'media_url',
  'image_urls',
  'author_avatar_url',
  'freight_json',
  'product_description',
]);

/** An entry as TSV with the data dictionary's names. Figures carry their precision, source and times; gaps their reason. */
export function copyText(entry: Entry): string {
  const rows = entry.record ? recordRows(entry.record) : refRows(entry.ref, entry);
  return [header, ...rows].map((cells) => cells.map(cell).join('\t').trimEnd()).join('\n');
}

function recordRows(record: AnyRecord): string[][] {
  return Object.entries(record).flatMap(([field, value]): string[][] => {
    if (leftOut.has(field) || (Array.isArray(value) && value.length === 0)) return [];
    if (value === null) {
      const reason = record.missing_reasons[field];
      return reason ? [[field, '', reason]] : [];
    }
    const note = record.figures[field];
    if (note)
      return [
        [
          field,
          String(value),
          note.precision,
          note.source,
          isoUtc(note.observed_at) ?? '',
          isoUtc(note.fetched_at) ?? '',
        ],
      ];
    if (timeFields.has(field) && typeof value === 'number') return [[`${field}_utc`, isoUtc(value) ?? '']];
    return [[field, textOf(value)]];
  });
}

function refRows(ref: RefKey, entry: Entry): string[][] {
  const rows = [['ref', ref]];
  if (entry.url) rows.push(['url', entry.url]);
  if (entry.idTime !== null) rows.push(['created_at_from_id_utc', isoUtc(entry.idTime) ?? '']);
  return rows;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(nameOf).join(';');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A hashtag or an option by its name, an id as it is. */
function nameOf(part: unknown): string {
  if (typeof part !== 'object' || part === null || !('name' in part)) return String(part);
  const values = 'values' in part && Array.isArray(part.values) ? `: ${part.values.join(', ')}` : '';
  return `${String(part.name)}${values}`;
}

/** A tab or line break inside a cell would become another cell. */
function cell(text: string): string {
  return text.replaceAll(/[\t\r\n]+/gu, ' ');
}
