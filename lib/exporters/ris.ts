/**
 * RIS, one reference per post, for Zotero, EndNote, Mendeley and Citavi. Tags by the 2011 specification as readers have it
 * (Zotero's RIS.js, bibutils; read 2026-09): `VIDEO` for videos and lives, `ELEC` (web page) for all else. The platform is
 * the database (`DB`) and publisher (`PB`), the post's id the accession number (`AN`). UTF-8 without a byte order mark, CRLF.
 *
 * A field is one line, and a comma in an author's name separates the given name: line breaks and commas there become spaces,
 * control characters are removed, and each post that this changes is told.
 */
import { defineExporter, type ExportContext } from './exporter.ts';
import { oneLine, type Reference, referencesOf } from './reference.ts';

function slashed(day: string | null): string | null {
  return day === null ? null : day.replaceAll('-', '/');
}

function entryText(reference: Reference, context: ExportContext): string {
  let isChanged = false;
  const change = (): void => {
    isChanged = true;
  };
  const { author, published } = reference;
  const name = author?.replaceAll(',', ' ').replaceAll(/ {2,}/gu, ' ') ?? null;
  if (author?.includes(',')) change();
  const isVideo = reference.medium === 'Video' || reference.medium === 'Live';
  const fields: readonly (readonly [string, string | null])[] = [
    ['TY', isVideo ? 'VIDEO' : 'ELEC'],
    ['ID', reference.key],
    ['TI', reference.title],
    ['AU', name],
    ['PY', published?.slice(0, 4) ?? null],
    ['DA', slashed(published)],
    ['Y2', slashed(reference.accessed)],
    ['UR', reference.url],
    ['PB', reference.site],
    ['M3', `${reference.site} ${reference.medium.toLowerCase()}`],
    ['AB', reference.caption],
    ...reference.hashtags.map((hashtag) => ['KW', hashtag] as const),
    ['LA', reference.language],
    ['DB', reference.site],
    ['AN', reference.id],
    ['N1', reference.note],
    ['ER', ''],
  ];
  const lines = fields.flatMap(([tag, value]) => (value === null ? [] : [`${tag}  - ${oneLine(value, change)}\r\n`]));
  if (isChanged) context.skipped?.('export_changed_reference');
  return `${lines.join('')}\r\n`;
}

export const ris = defineExporter({
  id: 'ris',
  label: 'exporter_ris',
  hint: 'exporter_ris_hint',
  extension: 'ris',
  mediaType: 'application/x-research-info-systems',
  form: 'record',
  tables: ['post'],
  async *write(tables, context) {
    for await (const reference of referencesOf(tables, context)) yield entryText(reference, context);
  },
});
